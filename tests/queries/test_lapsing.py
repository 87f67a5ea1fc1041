"""Whose consent lapses soon (R5 rule 14), over a small desk: the queue and the judgement of a message agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.db import tables as t
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, Direction, OrderStatus, SignalKind
from stylistdesk.queries.consent import consent_page
from stylistdesk.queries.daily_tasks import queue, queue_row
from tests.conftest import NOW
from tests.helpers import add_client

TODAY = date(2026, 11, 21)
TWO_YEARS, HALF_A_YEAR = date(2024, 11, 21), date(2026, 5, 21)


@dataclass(frozen=True)
class Put:
    """Puts rows on the desk, as an import would."""

    rows: tuple[SQLModel, ...]

    def apply(self, work: Work) -> Outcome:
        work.session.add_all(self.rows)
        refresh_order_summary(work.session, None, work.zone)
        return Outcome("Put rows")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=NOW.tzinfo)


def order(day: date, status: OrderStatus = OrderStatus.PLACED) -> t.Order:
    return t.Order(
        client_id=1, source="test", number=f"{day} {status}", status=status, placed_at=noon(day), currency="USD",
        subtotal_cents=1, shipping_cents=0, tax_cents=0, discount_cents=0, total_cents=1,
    )  # fmt: skip


def message(day: date) -> t.Message:
    return t.Message(client_id=1, channel=Channel.TEXT, direction=Direction.IN, sent_at=noon(day), body="In navy?")


def reply(day: date) -> t.Signal:
    return t.Signal(client_id=1, kind=SignalKind.REPLIED, occurred_at=noon(day), source="t", external_id=str(day))


def ledger(ground: ConsentGround, day: date, ends_on: date | None = None) -> Callable[[Desk], Any]:
    return lambda desk: desk.do(
        RecordConsent(1, Channel.EMAIL, "ana@example.com", ground, day, "Said so at the fair", ends_on)
    )


def days(count: int) -> timedelta:
    return timedelta(days=count)


CASES: list[tuple[str, tuple[Any, ...], str]] = [
    ("bought two years ago", (order(TWO_YEARS),), "2026-11-21"),
    ("bought two years and a day ago", (order(TWO_YEARS - days(1)),), ""),
    ("lapses in 30 days", (order(TWO_YEARS + days(30)),), "2026-12-21"),
    ("lapses in 31 days", (order(TWO_YEARS + days(31)),), ""),
    ("bought again since", (order(TWO_YEARS + days(9)), order(TODAY - days(99))), ""),
    ("the later one was cancelled",
     (order(TWO_YEARS + days(9)), order(TODAY - days(99), OrderStatus.CANCELLED)), "2026-11-30"),
    ("wrote half a year ago", (message(HALF_A_YEAR + days(3)),), "2026-11-24"),
    ("replied half a year ago", (reply(HALF_A_YEAR + days(3)),), "2026-11-24"),
    ("replied since she bought", (order(TWO_YEARS + days(9)), reply(TODAY - days(9))), ""),
    ("replied, but that lapses too", (order(TWO_YEARS + days(9)), reply(HALF_A_YEAR + days(3))), "2026-11-30"),
    ("an inquiry on record", (ledger(ConsentGround.INQUIRY, HALF_A_YEAR + days(5)),), "2026-11-26"),
    ("a contract that ended", (ledger(ConsentGround.CONTRACT, date(2020, 1, 1), TWO_YEARS + days(5)),), "2026-11-26"),
    ("a contract in force", (order(TWO_YEARS), ledger(ConsentGround.CONTRACT, date(2020, 1, 1))), ""),
    ("express consent", (order(TWO_YEARS), ledger(ConsentGround.EXPRESS, TODAY)), "2026-11-21 by text"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "lapses"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_lapses_is_suggested_and_what_does_not_is_not(desk: Desk, rows: tuple[Any, ...], lapses: str) -> None:
    add_client(desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101" if "text" in lapses else "")
    desk.do(Put(tuple(row for row in rows if isinstance(row, SQLModel))))
    for row in rows:
        if not isinstance(row, SQLModel):
            row(desk)
    found = [s for s in _suggested(desk) if s.number == 14]
    assert [s.subject.split(":")[2] for s in found] == ([lapses.split(maxsplit=1)[0]] if lapses else [])
    page = desk.ask(consent_page, 1)
    assert page is not None
    for suggestion in found:
        line = next(line for line in page.addresses if line.channel is suggestion.channel)
        assert line.answer.last_day == date.fromisoformat(lapses.split(maxsplit=1)[0]), "the profile says the same day"


def _suggested(desk: Desk) -> tuple[Any, ...]:
    row = desk.ask(queue_row, 1)
    in_queue = [one for one in desk.ask(queue).rows if one.client_id == 1]
    assert in_queue == ([row] if row else [])
    return row.standing.suggestions if row else ()


def test_who_opted_out_is_not_asked(desk: Desk) -> None:
    add_client(desk, "Ana Ruiz", email="ana@example.com")
    desk.do(Put((order(TWO_YEARS + days(9)),)))
    assert 14 in {s.number for s in _suggested(desk)}
    desk.do(WithdrawConsent(1, Channel.EMAIL, "ana@example.com"))
    assert 14 not in {s.number for s in _suggested(desk)}
    desk.undo()
    assert 14 in {s.number for s in _suggested(desk)}


def test_who_is_on_a_list_is_not_asked_again(desk: Desk) -> None:
    add_client(desk, "Ana Ruiz", email="ana@example.com")

    class Subscribed:
        def apply(self, work: Work) -> Outcome:
            contact = work.session.get(t.Contact, 1)
            assert contact is not None
            contact.email_consent = ConsentState.SUBSCRIBED
            work.session.add(contact)
            return Outcome("Subscribed")

    desk.do(Put((order(TWO_YEARS + days(9)),)))
    desk.do(Subscribed())
    assert 14 not in {s.number for s in _suggested(desk)}
