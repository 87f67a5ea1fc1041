"""Events and blocked time: added, changed and removed, each taken back by one key (R17)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stylistdesk.commands.calendar import AddEvent, EditEvent, EventForm, RemoveEvent
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.db.tables import CalendarEvent
from stylistdesk.desk import Desk
from stylistdesk.domain.types import EventKind
from stylistdesk.queries.busy import busy_between
from stylistdesk.queries.events import EventRow, event, events_between
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.helpers import add_client, dump

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
WEEK = NOON - timedelta(days=3), NOON + timedelta(days=5)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def shown(desk: Desk) -> tuple[EventRow, ...]:
    return desk.ask(events_between, *WEEK)


def test_an_event_is_added_changed_and_removed(desk: Desk, done: Done) -> None:
    ana = add_client(desk)
    first = done(AddEvent(EventForm(" Trade\x1b[2J show ", starts_at=NOON, place="Pier 9", client_id=ana)))
    assert first.label == "Added “Trade show” on Tue 24 Nov 12:00" and first.client_ids == (ana,)
    row = shown(desk)[0]
    assert (row.title, row.who, row.place, row.ends_at) == (
        "Trade show",
        "Ana Ruiz",
        "Pier 9",
        NOON + timedelta(hours=1),
    )
    done(EditEvent(row.id, EventForm("Trade show", starts_at=NOON, ends_at=NOON + timedelta(hours=3), busy=False)))
    assert desk.ask(busy_between, *WEEK) == ()
    assert shown(desk)[0].client_id is None
    done(RemoveEvent(row.id))
    assert shown(desk) == ()
    with refused(desk):
        desk.do(RemoveEvent(row.id))


def test_two_events_have_names_of_their_own(desk: Desk, done: Done) -> None:
    for _ in range(2):
        done(AddEvent(EventForm("Fair", starts_at=NOON)))
    assert len({row[-4] for row in dump(desk)["calendar_event"]}) == 2


def test_whole_days_are_blocked_without_a_name(desk: Desk, done: Done) -> None:
    blocked = EventForm("", EventKind.BLOCKED, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 28), busy=False)
    assert done(AddEvent(blocked)).label == "Blocked time on Thu 26 Nov"
    row = shown(desk)[0]
    assert (row.title, row.busy, row.starts_on, row.ends_on) == (
        "Blocked",
        True,  # blocked time takes time, whatever was said
        date(2026, 11, 26),
        date(2026, 11, 28),
    )
    assert row.ends_at - row.starts_at == timedelta(days=2)


def test_wrong_fields_are_refused(desk: Desk) -> None:
    for field, form in (
        ("title", EventForm(" ", starts_at=NOON)),
        ("starts", EventForm("Fair")),
        ("ends", EventForm("Fair", starts_at=NOON, ends_at=NOON)),
        ("ends", EventForm("Fair", starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 26))),
        ("ends", EventForm("Fair", starts_on=date(2026, 11, 26), ends_on=date(2028, 11, 26))),
    ):
        with refused(desk, field):
            desk.do(AddEvent(form))


def test_what_came_from_another_calendar_is_not_changed_but_can_go_as_a_whole(desk: Desk, done: Done) -> None:
    given = {"kind": EventKind.EVENT, "title": "Yoga", "source": "home.ics", "uid": "yoga"}
    later = NOON + timedelta(days=1)
    desk.do(
        Do(
            lambda work: [
                work.session.add(CalendarEvent(starts_at=at, ends_at=at + timedelta(hours=1), **fields, **given))
                for at, fields in ((NOON, {"recurs": True}), (later, {"recurrence": "20261125T170000Z"}))
            ]
        )
    )
    with refused(desk):
        desk.do(EditEvent(1, EventForm("Yoga", starts_at=NOON)))
    assert done(RemoveEvent(1)).label == "Removed “Yoga”, on all of its days"
    assert dump(desk)["calendar_event"] == []


def test_her_events_go_with_a_client(desk: Desk, done: Done) -> None:
    ana = add_client(desk)
    number = done(AddEvent(EventForm("Fair", starts_at=NOON, client_id=ana))).value
    done(DeleteClient(ana))
    assert desk.ask(event, number) is None
