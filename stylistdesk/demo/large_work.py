"""The rep's own work on the large made-up desk: sessions, lookbooks, ratings, messages, notes, tasks."""

from datetime import datetime, timedelta
from random import Random

from stylistdesk.db.tables import (
    Appointment,
    Assignment,
    CsatResponse,
    FollowUp,
    Lookbook,
    LookbookItem,
    Message,
    Note,
    Task,
)
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.catalogue import CATALOGUE
from stylistdesk.demo.large_clients import DAYS, Cast
from stylistdesk.demo.names import LOOKBOOK_TITLES, OUTCOMES, REMINDERS
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Channel, Direction, FollowUpStatus, Theme

_WRITTEN = (Channel.TEXT, Channel.TEXT, Channel.TEXT, Channel.EMAIL, Channel.EMAIL, Channel.CALL)
_THEMES = tuple(Theme)
_RATINGS = (5,) * 55 + (4,) * 30 + (3,) * 9 + (2,) * 4 + (1,) * 2


def add_work(filling: Filling, random: Random, cast: Cast) -> None:
    """Add about two sessions a client, three messages, a note, and what is promised for the weeks around now."""
    for client_id in range(1, cast.size + 1):
        joined = cast.joined[client_id]
        _add_sessions(filling, random, cast, client_id)
        for _ in range(random.choice((0, 1, 2, 4, 8))):
            channel = random.choice(_WRITTEN)
            filling.rows(Message).add(
                client_id=client_id,
                channel=channel,
                direction=Direction.OUT if random.random() < 0.6 else Direction.IN,
                sent_at=cast.at(random.uniform(joined, DAYS)),
                address="",
                subject="New looks" if channel is Channel.EMAIL else "",
                body=random.choice(OUTCOMES) + ".",
                outcome="Reached" if channel is Channel.CALL else "",
            )
        if random.random() < 0.6:
            filling.rows(Note).add(
                client_id=client_id,
                kind="Fit",
                written_at=cast.at(random.uniform(joined, DAYS)),
                body=random.choice(REMINDERS),
            )
        _add_promises(filling, random, cast, client_id)


def _add_sessions(filling: Filling, random: Random, cast: Cast, client_id: int) -> None:
    day, count = cast.joined[client_id] + random.uniform(1, 30), 0
    while day < DAYS - 2 and random.random() < 0.72:
        noon = cast.at(day).astimezone(cast.zone).replace(hour=random.choice((9, 10, 11, 13, 14)), minute=0, second=0)
        _add_delivered(
            filling, random, cast, client_id, noon, AssignmentType.RECURRING if count else AssignmentType.INITIAL
        )
        count += 1
        day += random.uniform(40, 400)
    if random.random() < 0.01:
        ahead = cast.now + timedelta(days=random.uniform(0.2, 20))
        at = ahead.astimezone(cast.zone).replace(
            hour=random.choice((9, 10, 11, 13, 14)), minute=30, second=0, microsecond=0
        )
        kind = AssignmentType.RECURRING if count else AssignmentType.INITIAL
        assignment_id = _add_assignment(filling, client_id, kind, AssignmentStatus.SCHEDULED, at, None, False)
        _add_appointment(
            filling, client_id, assignment_id, at, at - timedelta(days=3) if random.random() < 0.5 else None
        )


def _add_delivered(
    filling: Filling, random: Random, cast: Cast, client_id: int, at: datetime, kind: AssignmentType
) -> None:
    delivered = at + timedelta(hours=random.uniform(3, 7))
    closed = (cast.now - delivered).days > 14
    status = AssignmentStatus.CLOSED if closed else AssignmentStatus.DELIVERED
    assignment_id = _add_assignment(filling, client_id, kind, status, at, delivered, closed)
    _add_appointment(filling, client_id, assignment_id, at, at - timedelta(days=2))
    title = f"{random.choice(LOOKBOOK_TITLES)} {at.year}"
    lookbook_id = filling.rows(Lookbook).add(
        client_id=client_id, assignment_id=assignment_id, title=title, delivered_at=delivered
    )
    for number in range(4):
        item = random.choice(CATALOGUE)
        filling.rows(LookbookItem).add(
            lookbook_id=lookbook_id,
            look=f"Look {number // 2 + 1}",
            name=item.name,
            brand=item.brand,
            price_cents=item.price_cents,
            currency=cast.currency,
            url=f"https://looks.example.com/items/{item.sku.lower()}",
        )
    rated = delivered + timedelta(days=random.uniform(0.5, 5))
    if rated < cast.now and random.random() < 0.4:
        score = random.choice(_RATINGS)
        answered = rated + timedelta(days=1) if score <= 2 and (cast.now - rated).days > 7 else None
        filling.rows(CsatResponse).add(
            client_id=client_id,
            assignment_id=assignment_id,
            external_id=f"csat-{assignment_id}",
            responded_at=rated,
            score=score,
            comment="" if random.random() < 0.5 else "Lovely, thank you." if score > 3 else "Not quite me.",
            answered_at=answered,
            nps=min(10, 2 * score + assignment_id % 2) if assignment_id % 3 == 0 else None,
            read_at=rated + timedelta(hours=15) if (cast.now - rated).days > 2 else None,
            themes=_THEMES[assignment_id % len(_THEMES)] if score < 4 else "",
        )


def _add_assignment(
    filling: Filling,
    client_id: int,
    kind: AssignmentType,
    status: AssignmentStatus,
    at: datetime,
    delivered: datetime | None,
    closed: bool,
) -> int:
    return filling.rows(Assignment).add(
        client_id=client_id,
        external_id=f"HQ-{900_001 + filling.rows(Assignment).last_id}",
        type=kind,
        parent_id=None,
        revision_number=None,
        status=status,
        consultation_at=at,
        look_review_at=at.replace(hour=17),
        started_at=at if delivered else None,
        delivered_at=delivered,
        closed_at=delivered + timedelta(days=3) if delivered and closed else None,
        hq_notes="",
        rep_notes="",
    )


def _add_appointment(
    filling: Filling, client_id: int, assignment_id: int, at: datetime, confirmed: datetime | None
) -> None:
    filling.rows(Appointment).add(
        client_id=client_id,
        assignment_id=assignment_id,
        kind="Consultation",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        confirmed_at=confirmed,
        cancelled_at=None,
    )


def _add_promises(filling: Filling, random: Random, cast: Cast, client_id: int) -> None:
    today = cast.now.astimezone(cast.zone).date()
    if random.random() < 0.02:
        filling.rows(FollowUp).add(
            client_id=client_id,
            status=FollowUpStatus.SCHEDULED,
            due_on=today + timedelta(days=random.randrange(-4, 30)),
            channel=random.choice(_WRITTEN),
            reminder=random.choice(REMINDERS),
            completed_at=None,
            outcome="",
            rule="",
            seen_through=None,
        )
    if random.random() < 0.02:
        filling.rows(Task).add(
            client_id=client_id,
            description=random.choice(REMINDERS),
            category="",
            assignee="",
            due_on=today + timedelta(days=random.randrange(-4, 30)),
            done_at=cast.now - timedelta(days=1) if random.random() < 0.3 else None,
        )
