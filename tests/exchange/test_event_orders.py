"""The orders of an event: put into it by its id or its name, and written out again as they came."""

import csv
import io
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.db.event_orders import event_orders
from stylistdesk.db.tables import Client, HostEvent, Order, OrderLine, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.event_orders import COLUMNS
from stylistdesk.exchange.exporting import EXPORTS, export_for
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.host_rewards import event_ledger
from tests.helpers import dump

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ROW = {
    "event_external_id": "EV-1", "event_name": "Autumn party", "order_number": "A-1",
    "placed_at": "2026-11-07T15:00:00-05:00", "client_email": "ana@example.com", "client_name": "Ana Ruiz",
    "item": "Wrap dress", "sku": "WD-1", "quantity": "2", "price": "60.00", "discount": "20.00", "shipping": "8.00",
    "tax": "5.00", "total": "113.00", "currency": "USD", "is_host_order": "no",
}  # fmt: skip
SCARF = {"item": "Scarf", "sku": "", "quantity": "1", "price": "0.00", "discount": ""}


class PutEvent:
    """An event as the desk keeps it."""

    def __init__(self, name: str, external_id: str | None = None, **said: Any) -> None:
        self.values = {"name": name, "external_id": external_id, "code": f"{name}-{external_id}", **said}

    def apply(self, work: Work) -> Outcome:
        window = {"opens_on": date(2026, 9, 1), "closes_on": date(2026, 11, 20)}
        work.session.add(event := HostEvent(source="hq", **window | self.values))
        work.session.flush()
        return Outcome("Added an event", value=event.id)


@pytest.fixture
def party(bench: Any) -> int:
    bench.desk.do(PutEvent("Other party", "EV-0"))
    return int(bench.desk.do(PutEvent("Autumn party", "EV-1")).value)


def file(*rows: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_gift_certificate_is_left_out_of_the_event(bench: Any, party: int) -> None:
    """Its sale would earn the host a reward (R36); what was bought beside it does count."""
    gift = SCARF | {"item": "Gift certificate for Bea", "price": "50.00"}
    alone = ROW | gift | {"order_number": "A-2", "item": "Gift card", "total": "50.00"}
    before = dump(bench.desk)
    for said in ("163.00", "113.00", ""):  # with it, without it, and not said at all
        report = bench.take(file(ROW | {"total": said}, ROW | gift | {"total": said}, alone))
        (order,) = bench.all(Order)
        assert (order.event_id, order.total_cents, order.subtotal_cents) == (party, 11_300, 10_000)
        assert [line.name for line in bench.all(OrderLine)] == ["Wrap dress"]
        words = "a gift certificate is never sold in an event; sell it under Certificates"
        assert [(row.line, row.reason) for row in report.refused] == [
            (3, f"order A-1: {words}"), (4, f"order A-2: {words}"),
        ]  # fmt: skip
        bench.desk.undo()
        assert dump(bench.desk) == before


def test_certificates_on_a_shops_own_order_earn_its_host_nothing(bench: Any, party: int) -> None:
    """The order stays as the shop has it: its certificates are still no sale of the event (R36)."""
    head = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,"
    head += "Lineitem name,Lineitem price\n"
    order = "#1001,ana@example.com,paid,2026-11-07,USD,170.00,8.00,5.00,183.00,2026-11-07 15:00:00 -0500,"
    bench.take(f"{head}{order}2,Wrap dress,60.00\n#1001,ana@example.com,,,,,,,,,1,Gift Card - $50.00,50.00\n")
    there = ROW | {"order_number": "#1001", "client_email": "", "client_name": "", "is_host_order": ""}
    assert bench.take(file(there)).refused == ()
    (counted,) = bench.desk.ask(lambda asking: event_orders(asking.session, (party,)))
    assert counted.base == 12_000
    ledger = bench.desk.ask(event_ledger, party)
    (line,) = ledger.account.orders
    assert (line.merchandise, line.counts, line.returned) == (12_000, 12_000, 0)
    assert ("Certificates on order #1001", 5_000) in [(one.what, one.cents) for one in ledger.account.left_out]


def test_an_order_of_nothing_but_certificates_stays_out_of_the_event(bench: Any, party: int) -> None:
    """Their sale is no event sale, in whichever shop they were sold (R36)."""
    head = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,"
    order = "#1001,ana@example.com,paid,2026-11-07,USD,110.00,110.00,2026-11-07 15:00:00 -0500,1,$110 Gift Card,110.00"
    bench.take(f"{head}Lineitem price\n{order}\n")
    there = ROW | {"order_number": "#1001", "client_email": "", "client_name": "", "is_host_order": ""}
    (no,) = bench.take(file(there)).refused
    assert no.reason == "order #1001: a gift certificate is never sold in an event; sell it under Certificates"


def test_an_order_comes_into_its_event(bench: Any, party: int) -> None:
    """The party's sales would earn its host nothing."""
    before = dump(bench.desk)
    report = bench.take(file(ROW, ROW | SCARF, ROW | {"order_number": "A-2", "is_host_order": "yes"}))
    assert (report.created["order"], report.created["order_line"], report.refused) == (2, 3, ())
    order, hers = bench.all(Order)
    assert (order.event_id, order.is_host_order, hers.is_host_order) == (party, False, True)
    assert (order.number, order.total_cents, order.shipping_cents, order.tax_cents) == ("A-1", 11_300, 800, 500)
    assert (order.subtotal_cents, order.discount_cents) == (10_000, 2_000)
    assert order.placed_at == datetime(2026, 11, 7, 20, tzinfo=UTC)
    assert [(line.name, line.quantity, line.price_cents, line.discount_cents) for line in bench.all(OrderLine)[:2]] == [
        ("Wrap dress", 2, 6_000, 2_000),
        ("Scarf", 1, 0, 0),
    ]
    again = bench.take(file(ROW, ROW | SCARF, ROW | {"order_number": "A-2", "is_host_order": "yes"}))
    assert (again.created, again.updated, again.unchanged) == ({}, {}, {"order": 2, "order_line": 3})
    bench.desk.undo()
    assert dump(bench.desk) == before


@pytest.mark.parametrize(
    "said",
    [
        {"event_name": ""},
        {"event_external_id": ""},
        {"event_name": "Called otherwise now"},
        {"event_external_id": "", "event_name": "AUTUMN  party"},
        {"event_external_id": "EV-unknown"},
    ],
)
def test_an_event_is_found_by_its_id_then_by_its_name(bench: Any, party: int, said: dict[str, str]) -> None:
    assert bench.take(file(ROW | said)).refused == ()
    assert [order.event_id for order in bench.all(Order)] == [party]


def test_what_is_true_of_the_order_may_stand_on_one_row_only(bench: Any, party: int) -> None:
    rest = dict.fromkeys(COLUMNS, "") | SCARF | {"order_number": "A-1"}
    assert bench.take(file(ROW, rest)).refused == ()
    assert (len(bench.all(Order)), len(bench.all(OrderLine))) == (1, 2)


def test_an_order_that_is_there_is_only_put_into_its_event(bench: Any, party: int) -> None:
    """A shop's order would be there twice, or what the shop says of it be written over."""
    bench.take((SAMPLES / "woocommerce_advanced_order_export.csv").read_bytes())
    before = [order.model_dump(exclude={"event_id"}) for order in bench.all(Order)]
    there = ROW | {"order_number": "4801", "client_email": "", "client_name": "", "is_host_order": ""}
    report = bench.take(file(there))
    assert (report.created, report.updated, report.refused) == ({}, {"order": 1}, ())
    assert [order.event_id for order in bench.all(Order)] == [party, None]
    assert [order.model_dump(exclude={"event_id"}) for order in bench.all(Order)] == before
    assert bench.take(file(there)).changes_something is False
    (refused,) = bench.take(file(there | {"event_external_id": "EV-0"})).refused
    assert refused.reason == "order 4801 is in the event “Autumn party”; move it under Moving orders"


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        (
            (ROW | {"event_external_id": "", "event_name": "Winter party"},),
            2,
            "there is no event “Winter party”; import",
        ),
        ((ROW | {"event_external_id": "EV-9", "event_name": ""},), 2, "there is no event with the id EV-9; import the"),
        ((ROW | {"event_external_id": "", "event_name": ""},), 2, "the row names no event"),
        ((ROW | {"event_external_id": "EV-2"},), 2, "Called off is cancelled. Reopen the event first."),
        ((ROW | {"event_external_id": "EV-3"},), 2, "Closed already is closed. Reopen the event first."),
        (
            (ROW | {"placed_at": "2026-11-21T09:00:00-05:00"},),
            2,
            "Autumn party was not open on Sat 21 Nov: Tue 1 Sep to",
        ),
        ((ROW | {"event_external_id": "", "event_name": "Twice"},), 2, "2 events are called “Twice”; give the row the"),
        ((ROW | {"client_email": "", "client_name": ""},), 2, "the row names nobody"),
        ((ROW, ROW | SCARF | {"quantity": "one"}), 3, "quantity “one” is not a whole number"),
        ((ROW, ROW | {"total": "99.00"}), 3, "total is “99.00”, and “113.00” above"),
        ((ROW | {"is_host_order": "maybe"},), 2, "is_host_order “maybe” is neither yes nor no"),
        ((ROW | {"item": ""},), 2, "item is blank"),
        ((ROW | {"price": "-5"},), 2, "is below zero"),
        ((ROW | {"quantity": "1", "price": "25", "discount": "30"},), 2, "discount is “30”, and all of the item costs"),
        ((ROW | {"placed_at": "soon"},), 2, "is not a date and time"),
        ((ROW | {"order_number": ""},), 2, "the row has no order number (order_number)"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(
    bench: Any, party: int, rows: tuple[dict[str, str], ...], line: int, reason: str
) -> None:
    for name, external_id, said in (
        ("Called off", "EV-2", {"cancelled_at": datetime(2026, 11, 1, tzinfo=UTC)}), ("Twice", "T1", {}),
        ("Closed already", "EV-3", {"closed_at": datetime(2026, 11, 10, tzinfo=UTC)}),
        ("Twice", "T2", {}),
    ):  # fmt: skip
        bench.desk.do(PutEvent(name, external_id, **said))
    before = dump(bench.desk)
    report = bench.take(file(*rows))
    refused = {row.line: row.reason for row in report.refused}
    assert reason in refused[line]
    assert dump(bench.desk) == before


class Close:
    """The event is over and settled."""

    def apply(self, work: Work) -> Outcome:
        for event in work.session.exec(select(HostEvent)):
            event.closed_at = work.now
        return Outcome("Closed events")


def test_what_is_in_an_event_stays_there_when_it_is_closed(bench: Any, party: int) -> None:
    """The same file again would be refused row by row; the host orders when the party is over."""
    hers = ROW | {"order_number": "A-2", "is_host_order": "yes", "placed_at": "2026-11-25T10:00:00-05:00"}
    bench.take(file(ROW, hers))
    bench.desk.do(Close())
    report = bench.take(file(ROW, hers))
    assert (report.refused, report.changes_something) == ((), False)
    assert [order.event_id for order in bench.all(Order)] == [party, party]


def test_the_same_number_of_another_client_is_refused(bench: Any, party: int) -> None:
    """Two parties number their orders from 1: one would be written over the other."""
    bench.take(file(ROW))
    other = {"client_email": "ben@example.com", "client_name": "Ben Ode"}
    (refused,) = bench.take(file(ROW | other)).refused
    assert "give it another order_number, such as A-1-2" in refused.reason
    assert [client.name for client in bench.all(Client)] == ["Ana Ruiz"]


def test_what_is_written_out_comes_in_again_unchanged(bench: Any, party: int, new_bench: Any) -> None:
    """An export that nobody can read back is no export."""
    bench.take(file(ROW, ROW | SCARF, ROW | {"order_number": "A-2", "is_host_order": "yes"}))
    bare = ROW | {"order_number": "A-3", "item": "", "sku": "", "quantity": "", "price": "", "discount": ""}
    assert bench.take(file(bare)).refused == ()
    export = next(known for known in EXPORTS if known.name == "event_orders")
    written = bench.desk.ask(export.make, None)
    assert (written.count, bench.take(written.content).changes_something) == (4, False)
    other = new_bench()
    other.desk.do(PutEvent("Other party", "EV-0"))
    other.desk.do(PutEvent("Autumn party", "EV-1"))
    assert other.take(written.content).refused == ()
    for model in (Order, OrderLine, Signal):
        assert [row.model_dump() for row in other.all(model)] == [row.model_dump() for row in bench.all(model)]
    (ana,) = bench.all(Client)
    assert bench.desk.ask(export.make, [ana.id]).count == 4
    assert bench.desk.ask(export.make, []).count == 0


def test_two_events_of_one_name_and_their_orders_come_into_an_empty_desk(bench: Any, new_bench: Any) -> None:
    """Made by hand, they have no id but their codes: both files say those."""
    form = HostEventForm("Autumn party", date(2026, 11, 1), date(2026, 11, 20))
    for _ in range(2):
        bench.desk.do(AddHostEvent(form))
    rows = (
        ROW | {"event_external_id": "autumn-party"},
        ROW | {"event_external_id": "autumn-party-2", "order_number": "A-2"},
    )
    assert bench.take(file(*rows)).refused == ()
    written = {name: bench.desk.ask(export_for(Path(), name).make, None).content for name in ("events", "event_orders")}
    assert bench.take(written["event_orders"]).changes_something is False
    other = new_bench()
    for content in written.values():
        assert other.take(content).refused == ()

    def placed(desk: Any) -> list[tuple[str, int | None]]:
        return [(order.number, order.event_id) for order in desk.all(Order)]

    assert placed(other) == placed(bench) == [("A-1", 1), ("A-2", 2)]


def test_card_payments_are_written_out(bench: Any) -> None:
    bench.take((SAMPLES / "square_transactions.csv").read_bytes())
    export = next(known for known in EXPORTS if known.name == "card_payments")
    written = bench.desk.ask(export.make, None)
    rows = list(csv.DictReader(io.StringIO(written.content.decode("utf-8-sig"))))
    assert [(row["order_number"], row["amount"], row["card_brand"], row["last_four"]) for row in rows] == [
        ("SQTX1MADEUP", "1339.20", "Visa", "4242"),
        ("SQTX2MADEUP", "50.00", "Mastercard", "5454"),
        ("SQTX1MADEUP", "-48.60", "Visa", "4242"),
    ]


@given(seed=st.integers(0, 10**6), cuts=st.integers(0, 12))
def test_no_damaged_file_is_a_traceback(
    seed: int, cuts: int, new_desk: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory, shared: Any
) -> None:
    """A file that was saved by another program would close the desk."""
    chance = random.Random(seed)
    text = list(file(ROW, ROW | SCARF, ROW | {"order_number": "A-2"}, ROW | {"order_number": "4801"}))
    for _ in range(cuts):
        text[chance.randrange(150, len(text))] = chance.choice(
            ['"', "\x00", "\n", ",", "'", "9" * 400, "", ";", "-", "A"]
        )
    path = tmp_path_factory.getbasetemp() / "damaged-event.csv"
    path.write_text("".join(text), "utf-8", newline="")
    try:
        outcome = shared.preview(ImportFile(recognise(path)))
    except Refused as refused:
        assert str(refused)
    else:
        assert all(row.reason and row.line >= 1 for row in outcome.value.refused)


@pytest.fixture(scope="module")
def shared(new_desk: Callable[[], Any]) -> Any:
    with new_desk() as desk:
        desk.do(PutEvent("Autumn party", "EV-1"))
        desk.do(ImportFile(recognise(SAMPLES / "woocommerce_advanced_order_export.csv")))
        yield desk
