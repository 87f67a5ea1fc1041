"""Two records of one person become one (R47): one command, so that one undo takes them apart again."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.merging_contacts import merge_contacts, merge_locations
from stylistdesk.commands.triage import client_named
from stylistdesk.db import tables
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.db.journal import journaled_tables
from stylistdesk.db.tables import Client
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.merging import (
    MergeField,
    Seen,
    Side,
    default_side,
    joined_tags,
    joined_words,
    merged_mark,
    merged_watermark,
)
from stylistdesk.domain.text import MULTILINE_LIMIT, name_key
from stylistdesk.domain.types import BrandStatus

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: how many rows went over, and how many signals that had been seen show again."""

    rows: int
    shown_again: int


@dataclass(frozen=True, slots=True)
class MergeClients:
    """Put everything of `gone_id` onto `keep_id`, and remove what is left of it. Undo takes the two apart.

    `choices` says, for a `MergeField`, whose value stays (a `Side`); where it says nothing, the known one does, or
    the fuller name. `Outcome.value` is a `Merged`.
    """

    keep_id: int
    gone_id: int
    choices: Choices = ()

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if one of them is gone, or both are one."""
        session = work.session
        keep, gone = client_named(session, self.keep_id), client_named(session, self.gone_id)
        if self.keep_id == self.gone_id:
            raise Refused("A client cannot be merged with herself.", hint="Choose another one.")
        chosen = dict(self.choices)
        names = keep.name, gone.name
        seen = _seen(session, keep), _seen(session, gone)
        _merge_fields(keep, gone, chosen)
        shown_again = _merge_watermark(session, keep, self.gone_id, seen)
        merge_contacts(session, self.keep_id, self.gone_id, chosen.get(MergeField.CONTACT, Side.KEEP))
        merge_locations(session, self.keep_id, self.gone_id, chosen.get(MergeField.LOCATION, Side.KEEP))
        _merge_cadence(session, self, chosen)
        _merge_snooze(session, self, seen)
        _merge_dismissals(session, self, seen)
        _merge_brands(session, self)
        _merge_rates(session, self, chosen)
        _merge_quizzes(session, self)
        _merge_distinct(session, self)
        session.flush()
        moved = sum(_move(session, table, self) for table in journaled_tables())
        session.execute(
            update(tables.GiftCertificate)
            .where(col(tables.GiftCertificate.for_client_id) == self.gone_id)
            .values(for_client_id=self.keep_id)
        )
        session.execute(delete(Client).where(col(Client.id) == self.gone_id))
        session.expunge(gone)
        refresh_order_summary(session, [self.keep_id], work.zone)
        return Outcome(_label(*names, now=keep.name), (self.keep_id, self.gone_id), Merged(moved, shown_again))


@dataclass(frozen=True, slots=True)
class MarkDistinct:
    """Remember that two clients who look alike are two: they are not offered for a merge again."""

    client_id: int
    other_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if one of them is gone."""
        session = work.session
        low, high = sorted((self.client_id, self.other_id))
        one, other = client_named(session, low), client_named(session, high)
        table = tables.DistinctClients
        if session.exec(select_rows(table).where(table.client_id == low, table.other_id == high)).first() is None:
            session.add(table(client_id=low, other_id=high))
        return Outcome(f"Remembered that {one.name} and {other.name} are two", (low, high))


def _label(keep: str, gone: str, *, now: str) -> str:
    said = f"Merged {gone} into {keep}" if keep != gone else f"Merged two records of {keep}"
    return said if now == keep else f"{said}, as {now}"


def _seen(session: Session, client: Client) -> Seen:
    signal = tables.Signal
    first = session.exec(
        select_rows(signal.id)
        .where(signal.client_id == client.id, col(signal.id) > client.watermark)
        .order_by(col(signal.id))
        .limit(1)
    ).first()
    return Seen(client.watermark, first)


def _merge_fields(keep: Client, gone: Client, chosen: dict[str, str]) -> None:
    def side(field: MergeField, ours: object, theirs: object) -> str:
        return chosen.get(field) or default_side(field, str(ours or ""), str(theirs or ""))

    if side(MergeField.NAME, keep.name, gone.name) == Side.GONE:
        keep.name, keep.first_name, keep.last_name = gone.name, gone.first_name, gone.last_name
        keep.name_key = name_key(gone.name)
    for field in (
        MergeField.COMPANY,
        MergeField.SPENDING_POWER,
        MergeField.STAGE,
        MergeField.BIRTHDAY,
        MergeField.WEBSITE,
    ):
        ours, theirs = getattr(keep, field), getattr(gone, field)
        if side(field, ours, theirs) == Side.GONE:
            setattr(keep, field, theirs)
    for field, join in ((MergeField.TAGS, joined_tags), (MergeField.DESCRIPTION, joined_words)):
        ours, theirs = getattr(keep, field), getattr(gone, field)
        values = {Side.KEEP: ours, Side.GONE: theirs, Side.BOTH: join(ours, theirs)[:MULTILINE_LIMIT]}
        setattr(keep, field, values[Side(side(field, ours, theirs))])
    keep.added_at = min(keep.added_at, gone.added_at)
    keep.added_by_hand = keep.added_by_hand or gone.added_by_hand


def _merge_watermark(session: Session, keep: Client, gone_id: int, seen: tuple[Seen, Seen]) -> int:
    """Lower the watermark until nothing unseen is below it; how many signals that were seen are above it now."""
    signal, keep.watermark = tables.Signal, merged_watermark(*seen)
    session.flush()
    return sum(
        len(
            session.exec(
                select_rows(signal.id).where(
                    signal.client_id == owner,
                    col(signal.id) > keep.watermark,
                    col(signal.id) <= side.watermark,
                )
            ).all()
        )
        for owner, side in zip((keep.id, gone_id), seen, strict=True)
    )


def _hers(session: Session, table: Any, client_id: int) -> list[Any]:
    return list(session.exec(select_rows(table).where(table.client_id == client_id).order_by(table.id)))


def _merge_cadence(session: Session, merge: MergeClients, chosen: dict[str, str]) -> None:
    ours, theirs = (_hers(session, tables.Cadence, who) for who in (merge.keep_id, merge.gone_id))
    if ours and theirs:
        loser = ours if chosen.get(MergeField.CADENCE) == Side.GONE else theirs
        session.delete(loser[0])
        session.flush()


def _merge_snooze(session: Session, merge: MergeClients, seen: tuple[Seen, Seen]) -> None:
    """Hidden only if both were, and only until the earlier time: what one record would show is shown."""
    ours, theirs = (_hers(session, tables.Snooze, who) for who in (merge.keep_id, merge.gone_id))
    if ours and theirs:
        ours[0].until = min(ours[0].until, theirs[0].until)
        ours[0].mark = min(merged_mark(ours[0].mark, seen[1]), merged_mark(theirs[0].mark, seen[0]))
        session.delete(theirs[0])
    else:
        for snooze in (*ours, *theirs):
            session.delete(snooze)
    session.flush()


def _merge_dismissals(session: Session, merge: MergeClients, seen: tuple[Seen, Seen]) -> None:
    ours, theirs = (_hers(session, tables.Dismissal, who) for who in (merge.keep_id, merge.gone_id))
    known = {(each.rule, each.subject): each for each in ours}
    for each in ours:
        each.mark = merged_mark(each.mark, seen[1])
    for each in theirs:
        each.mark = merged_mark(each.mark, seen[0])
        same = known.get((each.rule, each.subject))
        if same is not None:
            same.mark = min(same.mark, each.mark)
            session.delete(each)
    session.flush()


def _merge_brands(session: Session, merge: MergeClients) -> None:
    ours, theirs = (_hers(session, tables.ClientBrand, who) for who in (merge.keep_id, merge.gone_id))
    known = {each.brand_id: each for each in ours}
    for each in theirs:
        same = known.get(each.brand_id)
        if same is not None:
            same.number = same.number or each.number
            same.status = BrandStatus.ACTIVE if BrandStatus.ACTIVE in (same.status, each.status) else same.status
            session.delete(each)
    session.flush()


def _merge_rates(session: Session, merge: MergeClients, chosen: dict[str, str]) -> None:
    """Two rates of one scope never overlap (R32): where they would, those of the chosen side stay."""
    winner, loser = (merge.keep_id, merge.gone_id)
    if chosen.get(MergeField.RATES) == Side.GONE:
        winner, loser = loser, winner
    staying = _hers(session, tables.CommissionRate, winner)
    for rate in _hers(session, tables.CommissionRate, loser):
        if any(_same_scope(rate, other) and _overlap(rate, other) for other in staying):
            session.delete(rate)
    session.flush()


def _same_scope(one: tables.CommissionRate, other: tables.CommissionRate) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for name in ("scope", "brand_id", "order_id", "order_line_id")
    )


def _overlap(one: tables.CommissionRate, other: tables.CommissionRate) -> bool:
    return (one.starts_on or date.min) < (other.ends_on or date.max) and (other.starts_on or date.min) < (
        one.ends_on or date.max
    )


def _merge_quizzes(session: Session, merge: MergeClients) -> None:
    """A quiz that both have is one; another of the same instant comes right after it."""
    answer = tables.StyleQuizAnswer

    def said(quiz: tables.StyleQuiz) -> tuple[object, ...]:
        rows = session.exec(select_rows(answer).where(answer.quiz_id == quiz.id).order_by(col(answer.position)))
        return (quiz.spending_power, *((row.question, row.answer) for row in rows))

    ours, theirs = (_hers(session, tables.StyleQuiz, who) for who in (merge.keep_id, merge.gone_id))
    taken = {quiz.taken_at: quiz for quiz in ours}
    theirs_at = {quiz.taken_at for quiz in theirs}
    for quiz in theirs:
        same = taken.get(quiz.taken_at)
        if same is not None and said(same) == said(quiz):
            session.execute(delete(answer).where(col(answer.quiz_id) == quiz.id))
            session.delete(quiz)
            continue
        while quiz.taken_at in taken:
            quiz.taken_at += timedelta(microseconds=1)
            while quiz.taken_at in theirs_at:
                quiz.taken_at += timedelta(microseconds=1)
        taken[quiz.taken_at] = quiz
    session.flush()


def _merge_distinct(session: Session, merge: MergeClients) -> None:
    """Who was told apart from the one that goes is told apart from the one that stays."""
    table = tables.DistinctClients
    either = {merge.keep_id, merge.gone_id}
    rows = session.exec(
        select_rows(table).where(col(table.client_id).in_(either) | col(table.other_id).in_(either))
    ).all()
    others = {other for row in rows for other in (row.client_id, row.other_id)} - either
    for row in rows:
        if merge.gone_id in (row.client_id, row.other_id):
            session.delete(row)
    session.flush()
    known = {(row.client_id, row.other_id) for row in rows if merge.gone_id not in (row.client_id, row.other_id)}
    for other in sorted(others):
        low, high = sorted((merge.keep_id, other))
        if (low, high) not in known:
            session.add(table(client_id=low, other_id=high))


def _move(session: Session, table: Table, merge: MergeClients) -> int:
    """Give the rows that are left to the client that stays; how many they are."""
    if "client_id" not in table.columns:
        return 0
    owner = table.c.client_id
    there = session.execute(select(table.c.id).where(owner == merge.gone_id)).all()
    if there:
        session.execute(update(table).where(owner == merge.gone_id).values(client_id=merge.keep_id))
    return len(there)
