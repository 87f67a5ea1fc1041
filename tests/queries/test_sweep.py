"""Client Sweep (R2): who did anything in a period, and what counts as anything."""

import csv
import io
from datetime import UTC, datetime, timedelta

from sqlmodel import SQLModel

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.assignments import BookAssignment, CancelAssignment, SessionForm
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Appointment, Message, Note, Order, Signal
from stylistdesk.desk import Desk
from stylistdesk.domain.periods import Period, period_of
from stylistdesk.domain.types import Channel, Direction, OrderStatus, PeriodKind, SignalKind
from stylistdesk.exchange.cells import unguarded
from stylistdesk.exchange.export_sweep import sweep_text
from stylistdesk.queries.sweep import Sweep, SweepSort, arranged, signals_of, summed, sweep, sweep_bars
from tests.helpers import add_client

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)  # Saturday, 9:42 in New York


class Rows:
    """Rows as an import brings them."""

    def __init__(self, *rows: SQLModel) -> None:
        self.rows = rows

    def apply(self, work: Work) -> Outcome:
        work.session.add_all(self.rows)
        return Outcome("Rows", ())


def at(text: str) -> datetime:
    """An instant of November 2026 in UTC: "18 15:00"."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def signal(
    client_id: int, when: datetime, kind: SignalKind = SignalKind.HEARTED, order_id: int | None = None
) -> Signal:
    return Signal(client_id=client_id, kind=kind, occurred_at=when, source="test",
                  external_id=f"{client_id}{when}{kind}", order_id=order_id)  # fmt: skip


def order(client_id: int, when: datetime, cents: int, currency: str = "USD", **fields: object) -> Order:
    given = {"status": OrderStatus.PLACED} | fields
    return Order(client_id=client_id, source="test", number=f"{client_id}{when}", placed_at=when, currency=currency,
                 subtotal_cents=cents, shipping_cents=0, tax_cents=0, discount_cents=0, total_cents=cents,
                 **given)  # fmt: skip


def week(desk: Desk, *, rolling: bool = False, kind: PeriodKind = PeriodKind.WEEK) -> Period:
    return period_of(desk.now().astimezone(desk.zone).date(), kind, rolling=rolling)


def names(found: Sweep) -> set[str]:
    return {row.name for row in found.rows}


def test_the_look_review_of_a_session_cancelled_late_is_no_appointment(desk: Desk, clock: FrozenClock) -> None:
    """Its lookbook is still to be sent, so the review stands; nobody met, and a session held is one appointment."""
    late, held = add_client(desk, "Late"), add_client(desk, "Held")
    form = SessionForm(at("23 15:00"), at("23 16:00"), at("23 20:00"))
    for client_id in (late, held):
        number = desk.do(BookAssignment(client_id, form)).value
        if client_id == late:
            desk.do(CancelAssignment(number))
    clock.at = at("24 15:00")
    found = desk.ask(sweep, week(desk))
    assert [(row.name, row.appointments, row.activities) for row in found.rows] == [("Held", 1, 1)]
    assert {key: sum(bar) for key, bar in desk.ask(sweep_bars, week(desk), [late, held]).items()} == {late: 0, held: 1}


def test_each_kind_of_activity_counts_and_a_booking_ahead_does_not(desk: Desk) -> None:
    """A signal, an order, an appointment held, a message, a note; not one that is ahead, cancelled, or of last week."""
    ids = {
        name: add_client(desk, name)
        for name in (
            "Signal",
            "Order",
            "Met",
            "Wrote",
            "Noted",
            "Ahead",
            "Later today",
            "Cancelled",
            "Last week",
            "Nothing",
        )
    }
    desk.do(
        Rows(
            signal(ids["Signal"], at("18 15:00")),
            order(ids["Order"], at("18 15:00"), 100_00),
            Appointment(client_id=ids["Met"], kind="fitting", starts_at=at("21 14:00")),
            Message(client_id=ids["Wrote"], channel=Channel.TEXT, direction=Direction.IN, sent_at=at("16 15:00")),
            Note(client_id=ids["Noted"], written_at=at("17 15:00"), body="Likes ink."),
            Appointment(client_id=ids["Ahead"], kind="fitting", starts_at=at("22 15:00")),
            Appointment(client_id=ids["Later today"], kind="fitting", starts_at=at("21 20:00")),
            Appointment(client_id=ids["Cancelled"], kind="fitting", starts_at=at("18 15:00"),
                        cancelled_at=at("17 15:00")),
            order(ids["Cancelled"], at("18 15:00"), 100_00, status=OrderStatus.CANCELLED),
            signal(ids["Last week"], at("14 15:00")),
        )
    )  # fmt: skip
    found = desk.ask(sweep, week(desk))
    assert names(found) == {"Signal", "Order", "Met", "Wrote", "Noted"}
    assert {row.name: row.what for row in found.rows} == {
        "Signal": "hearted", "Order": "order", "Met": "appointment", "Wrote": "message_in", "Noted": "note",
    }  # fmt: skip
    assert (found.activities, found.orders, found.spent) == (5, 1, 100_00)


def test_a_booking_ahead_is_told_of_whoever_was_active(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(
        Rows(
            signal(ana, at("18 15:00")),
            Appointment(client_id=ana, kind="look review", starts_at=at("27 15:00")),
            Appointment(client_id=ana, kind="cancelled", starts_at=at("24 15:00"), cancelled_at=at("20 15:00")),
        )
    )
    (row,) = desk.ask(sweep, week(desk)).rows
    assert (row.next_at, row.next_kind, row.appointments) == (at("27 15:00"), "look review", 0)


def test_days_begin_and_end_at_midnight_where_the_desk_is(desk: Desk) -> None:
    """Monday 0:00 in New York is 5:00 in UTC."""
    early, monday, late = (add_client(desk, name) for name in ("Sunday", "Monday", "Week after"))
    desk.do(Rows(signal(early, at("16 04:59")), signal(monday, at("16 05:00")), signal(late, at("23 05:00"))))
    desk.clock = FrozenClock(NOW + timedelta(days=10))
    period = period_of(NOW.date(), PeriodKind.WEEK)
    assert names(desk.ask(sweep, period)) == {"Monday"}
    assert names(desk.ask(sweep, period.step(-1))) == {"Sunday"}
    assert names(desk.ask(sweep, period.step(1))) == {"Week after"}
    assert desk.ask(sweep_bars, period, [monday]) == {monday: (1, 0, 0, 0, 0, 0, 0)}


def test_rolling_days_reach_back_over_the_calendars_edge(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(Rows(signal(ana, at("15 15:00"))))
    assert names(desk.ask(sweep, week(desk))) == set()
    assert names(desk.ask(sweep, week(desk, rolling=True))) == {"Ana Ruiz"}


def test_what_she_did_is_counted_and_an_order_with_its_signal_is_one_thing(desk: Desk) -> None:
    """Orders are counted once; those in other currencies are told apart, and what was cancelled of one is not spent."""
    ana = add_client(desk)
    desk.do(Rows(order(ana, at("18 15:00"), 100_00, cancelled_cents=30_00, kind="summary")))
    desk.do(
        Rows(
            signal(ana, at("18 15:00"), SignalKind.CHECKED_OUT, order_id=1),
            order(ana, at("19 15:00"), 50_00, "CAD"),
            *(signal(ana, at(f"17 1{hour}:00"), kind) for hour, kind in enumerate(
                (SignalKind.HEARTED, SignalKind.FAVOURITED, SignalKind.COMMENTED, SignalKind.REPLIED,
                 SignalKind.ADDED_TO_CART, SignalKind.RECEIVED))),
            Message(client_id=ana, channel=Channel.CALL, direction=Direction.OUT, sent_at=at("20 15:00")),
        )
    )  # fmt: skip
    found = desk.ask(sweep, week(desk))
    (row,) = found.rows
    assert (row.hearts, row.comments, row.cart, row.orders, row.messages) == (2, 2, 1, 2, 1)
    assert (row.spent, row.others, row.what) == (70_00, (("CAD", 50_00),), "call")
    assert row.activities == found.activities == 9
    assert (found.spent, found.others) == (70_00, (("CAD", 50_00),))
    assert sum(desk.ask(sweep_bars, week(desk), [ana])[ana]) == 9
    assert desk.ask(sweep, week(desk), lambda: desk.ask(signals_of, week(desk))) == found


def test_the_parts_of_a_year_are_its_months(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(Rows(*(signal(ana, NOW - timedelta(days=days)) for days in (0, 1, 30, 320))))
    bars = desk.ask(sweep_bars, week(desk, kind=PeriodKind.YEAR), [ana])
    assert bars == {ana: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0)}


def test_they_can_be_sorted_and_filtered(desk: Desk) -> None:
    ana, zoe = add_client(desk, "Ana Ruiz", spending_power=2), add_client(desk, "Zoë Åkesson", company="Harbor & Hem")
    bea = add_client(desk, "Bea Okafor", spending_power=5)
    desk.do(
        Rows(signal(ana, at("20 15:00")), order(zoe, at("18 15:00"), 100_00), signal(bea, at("17 15:00")),
             signal(bea, at("17 16:00")), signal(bea, at("17 17:00")), order(ana, at("17 15:00"), 20_00))
    )  # fmt: skip
    rows = desk.ask(sweep, week(desk)).rows

    def order_by(sort: SweepSort, words: str = "") -> list[str]:
        return [row.name.split()[0] for row in arranged(rows, sort, words)]

    assert order_by(SweepSort.LAST) == ["Ana", "Zoë", "Bea"]
    assert order_by(SweepSort.SPENT) == ["Zoë", "Ana", "Bea"]
    assert order_by(SweepSort.ACTIVITY) == ["Bea", "Ana", "Zoë"]
    assert order_by(SweepSort.NAME) == ["Ana", "Bea", "Zoë"]
    assert order_by(SweepSort.POWER) == ["Bea", "Ana", "Zoë"]
    assert order_by(SweepSort.NAME, "zoe hem") == ["Zoë"]
    ordered = arranged(rows, SweepSort.NAME, "zoe $100", lambda row: f"${row.spent // 100}")
    assert [row.name for row in ordered] == ["Zoë Åkesson"] and summed(week(desk), ordered).spent == 100_00


def test_the_table_says_what_the_screen_says_and_is_no_formula(desk: Desk) -> None:
    evil = add_client(desk, "=1+1")
    desk.do(
        Rows(order(evil, at("18 15:00"), 100_50), order(evil, at("18 16:00"), 7_00, "CAD"),
             Appointment(client_id=evil, kind="fitting", starts_at=at("27 15:00")))
    )  # fmt: skip
    period = week(desk)
    text = sweep_text(desk.ask(sweep, period).rows, period, desk.currency, desk.zone)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert row["client"] == "'=1+1" and unguarded(row["client"]) == "=1+1"
    assert (row["spent"], row["currency"], row["spent_otherwise"], row["orders"]) == ("100.50", "USD", "CA$7", "2")
    assert row["last_activity"] == "2026-11-18T11:00:00-05:00"
    assert row["next_appointment"] == "2026-11-27T10:00:00-05:00"
    assert (row["from"], row["to"]) == ("2026-11-16", "2026-11-22")
