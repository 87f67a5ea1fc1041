"""Shopify's orders: one row a line, gathered whole or refused whole."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.orders import RemoveOrder
from stylistdesk.commands.returns import OpenReturn
from stylistdesk.db.event_orders import event_orders
from stylistdesk.db.orders import read_orders
from stylistdesk.db.tables import Client, Contact, HostEvent, Location, Order, OrderLine, ReturnLine, Signal
from stylistdesk.domain.returns import Asked
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.daily_tasks import queue
from tests.commands.doing import Do
from tests.helpers import dump

DATA = Path(__file__).parents[2] / "data"

HEADER = (
    "Name,Email,Financial Status,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,"
    "Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Lineitem fulfillment status,"
    "Billing Name,Billing Address1,Billing City,Billing Zip,Billing Phone,Cancelled at,Refunded Amount,Vendor,Id,Tags\n"
)
AT = "2026-11-01 10:00:00 -0400"


def first(number: str = "#1001", **said: str) -> str:
    """The row that speaks for the order."""
    row = {
        "Name": number, "Email": "ana@example.com", "Financial Status": "paid", "Fulfillment Status": "fulfilled",
        "Fulfilled at": "2026-11-03 09:00:00 -0500", "Accepts Marketing": "no", "Currency": "USD", "Subtotal": "500.00",
        "Shipping": "10.00", "Taxes": "0.00", "Total": "510.00", "Discount Amount": "0.00", "Created at": AT,
        "Lineitem quantity": "1", "Lineitem name": "Cashmere coat", "Lineitem price": "420.00", "Lineitem sku": "'007",
        "Lineitem fulfillment status": "fulfilled", "Billing Name": "Ana Ruiz", "Billing Address1": "1 Main St",
        "Billing City": "Boston", "Billing Zip": "'02134", "Billing Phone": "'+12125550101", "Cancelled at": "",
        "Refunded Amount": "0.00", "Vendor": "Ola", "Id": "'5001", "Tags": "",
    }  # fmt: skip
    row |= {name.replace("_", " "): value for name, value in said.items()}
    return ",".join(row.values()) + "\n"


def more(number: str = "#1001", name: str = "Ankle boot", quantity: str = "2", price: str = "40.00") -> str:
    """A further line of the order: what is true of the whole order stands on its first row only."""
    return f"{number},ana@example.com,,,,,,,,,,,{AT},{quantity},{name},{price},,pending,,,,,,,,Ola,,\n"


def test_rows_are_gathered_into_one_order_wherever_they_stand(bench: Any) -> None:
    """Half of an order would be missing if its rows were not next to each other."""
    report = bench.take(HEADER + first() + first("#1002", Email="ben@example.com", Billing_Phone="") + more())
    assert report.created == {"client": 2, "contact": 2, "location": 2, "order": 2, "order_line": 3, "signal": 2}
    order = next(order for order in bench.all(Order) if order.number == "#1001")
    assert (order.status, order.total_cents, order.external_id, order.currency) == ("shipped", 51_000, "5001", "USD")
    assert order.placed_at == datetime(2026, 11, 1, 14, tzinfo=UTC)
    assert order.shipped_at == datetime(2026, 11, 3, 14, tzinfo=UTC)
    lines = [line for line in bench.all(OrderLine) if line.order_id == order.id]
    assert [(line.name, line.quantity, line.price_cents, line.shipped, line.sku, line.brand) for line in lines] == [
        ("Cashmere coat", 1, 42_000, True, "007", "Ola"),
        ("Ankle boot", 2, 4_000, False, "", "Ola"),
    ]
    assert ({contact.phone for contact in bench.all(Contact)}, bench.all(Location)[0].postcode) == (
        {"", "+12125550101"},
        "02134",
    )


def test_an_order_is_a_signal_and_a_cancelled_one_is_none(bench: Any) -> None:
    """She would not be told to thank a client for her order, or would thank for one that was called off."""
    bench.take(HEADER + first() + more() + first("#1002", Cancelled_at="2026-11-02 10:00:00 -0400"))
    (signal,) = bench.all(Signal)
    assert (signal.external_id, signal.kind, signal.item) == (
        "order:#1001:checked_out",
        "checked_out",
        "Cashmere coat (+1 more)",
    )
    assert (signal.amount_cents, signal.currency, signal.occurred_at) == (
        51_000,
        "USD",
        datetime(2026, 11, 1, 14, tzinfo=UTC),
    )
    assert [order.status for order in bench.all(Order)] == ["shipped", "cancelled"]


def test_a_newer_export_brings_the_order_up_to_date(bench: Any) -> None:
    """An order cancelled later would go on counting, or its signal would appear a second time."""
    unshipped = first(Fulfillment_Status="unfulfilled", Fulfilled_at="")
    bench.take(HEADER + unshipped + more() + more(name="Belt"))
    assert [order.status for order in bench.all(Order)] == ["placed"]
    report = bench.take(HEADER + first(Refunded_Amount="40.00") + more(price="35.00"))
    assert (report.created, report.updated) == ({}, {"order": 1, "order_line": 1})
    assert [line.name for line in bench.all(OrderLine)] == ["Cashmere coat", "Ankle boot"]
    bench.take(HEADER + first(Cancelled_at="2026-11-04 10:00:00 -0500", Refunded_Amount="40.00") + more(price="35.00"))
    (order,), (client,) = bench.all(Order), bench.all(Client)
    assert (order.status, order.refunded_cents, client.order_count, client.last_order_on) == (
        "cancelled",
        4_000,
        0,
        None,
    )
    assert bench.all(Signal) == []


def test_the_same_orders_again_change_nothing(bench: Any) -> None:
    """Every import would double her sales."""
    rows = HEADER + first() + more() + first("#1002", Tags='"a, b"', Cancelled_at="2026-11-02 10:00:00 -0400")
    bench.take(rows)
    again = bench.take(rows)
    assert (again.created, again.updated, again.unchanged) == ({}, {}, {"order": 2, "order_line": 3})


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        (
            first() + more(quantity="two"),
            3,
            "order #1001 is left out whole: Lineitem quantity “two” is not a whole number",
        ),
        (first() + more(price="1.240"), 3, "order #1001 is left out whole: “1.240” can be read in two ways."),
        (first() + more(name=""), 3, "order #1001 is left out whole: Lineitem name is blank"),
        (first() + "#1001,x\n", 2, "order #1001 is left out whole: its row on line 3 cannot be read"),
        (first(Created_at="2026-11-01 10:00:00"), 2, "does not say its offset from UTC"),
        (first(Created_at="soon"), 2, "“soon” is not a date and time"),
        (first(Currency="dollars"), 2, "is not a code of three letters"),
        (more(), 2, "none of its rows has a Total"),
        (first(Email="", Billing_Name="", Billing_Phone=""), 2, "the row names no client"),
        (first(""), 2, "the row has no order number (Name)"),
    ],
)
def test_an_order_with_one_bad_row_is_refused_whole(bench: Any, rows: str, line: int, reason: str) -> None:
    """Half an order would make wrong totals and a wrong commission."""
    report = bench.take(HEADER + rows + first("#1002"))
    assert [order.number for order in bench.all(Order)] == ["#1002"]
    refused = {row.line: row.reason for row in report.refused}
    assert reason in refused[line]


def test_orders_make_the_rhythm(bench: Any) -> None:
    """A client who buys every month would be called quiet, or never."""
    days = [
        "2026-07-01 23:30:00 -0400",
        "2026-07-31 10:00:00 -0400",
        "2026-09-04 10:00:00 -0400",
        "2026-09-04 12:00:00 -0400",
    ]
    bench.take(HEADER + "".join(first(f"#{number}", Created_at=at) for number, at in enumerate(days)))
    (client,) = bench.all(Client)
    assert (client.order_count, str(client.last_order_on), client.rhythm_days) == (4, "2026-09-04", 33)


def test_accepting_marketing_at_checkout_is_consent_and_not_accepting_says_nothing(bench: Any) -> None:
    """An unticked box at one checkout would bar a client who had said yes."""
    bench.take(HEADER + first(Accepts_Marketing="yes"))
    bench.take(HEADER + first("#1002"))
    assert [contact.email_consent for contact in bench.all(Contact)] == ["subscribed"]


BEN = {"Email": "ben@example.com", "Billing_Name": "Ben Ode", "Billing_Phone": ""}
LATER = "2026-11-05 10:00:00 -0500"


def test_the_same_number_with_another_id_is_another_order(bench: Any) -> None:
    """Every shop begins at #1001: the order of a second one would overwrite another client's."""
    bench.take(HEADER + first())
    other = HEADER + first(Id="'9001", Total="99.00", Lineitem_name="Hat", **BEN)
    report = bench.take(other)
    assert (report.refused, report.updated) == ((), {})
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (2, "order #1001 is not the #1001 of Ana Ruiz, by its Id; the desk keeps both")
    ]
    kept = [(order.source, order.number, order.external_id, order.total_cents) for order in bench.all(Order)]
    assert kept == [("shopify", "#1001", "5001", 51_000), ("shopify 2", "#1001", "9001", 9_900)]
    assert len({order.client_id for order in bench.all(Order)}) == 2
    assert [line.name for line in bench.all(OrderLine)] == ["Cashmere coat", "Hat"]
    assert [signal.client_id for signal in bench.all(Signal)] == [order.client_id for order in bench.all(Order)]
    for rows in (other, HEADER + first()):
        assert (bench.take(rows).changes_something, bench.look(rows).notices) == (False, ())
    bench.take(HEADER + first(Id="'9500", **BEN))
    assert [order.source for order in bench.all(Order)] == ["shopify", "shopify 2", "shopify 3"]


@pytest.mark.parametrize(("known", "given"), [("", ""), ("'5001", ""), ("", "'9001")])
@pytest.mark.parametrize(
    ("said", "differs"), [(BEN, "by another client"), (BEN | {"Created_at": LATER}, "by another client"),
                          ({"Created_at": LATER}, "at another time")],
)  # fmt: skip
def test_an_order_that_may_be_another_is_refused_where_an_id_is_missing(
    bench: Any, known: str, given: str, said: dict[str, str], differs: str
) -> None:
    """It would be written over another client's without a word."""
    bench.take(HEADER + first(Id=known))
    before = dump(bench.desk)
    report = bench.take(HEADER + first(Id=given, Total="99.00", **said))
    (refused,) = report.refused
    assert refused.line == 2
    assert f"the desk has an order #1001 placed {differs}" in refused.reason
    assert "export it with the column Id, or give it another Name, such as #1001-2" in refused.reason
    assert dump(bench.desk) == before


@pytest.mark.parametrize("number", ["'5001", ""])
def test_an_order_of_a_client_who_was_erased_is_not_counted_again(bench: Any, number: str) -> None:
    """She would give the order another number, as she is told to, and the sale would count twice."""
    bench.take(HEADER + first())
    bench.desk.erase(bench.all(Order)[0].client_id, "Ana Ruiz")
    before = dump(bench.desk)
    (refused,) = bench.take(HEADER + first(Id=number)).refused
    assert "kept without a name, because its client was erased; leave the order out" in refused.reason
    assert dump(bench.desk) == before


def test_an_order_learns_its_id_from_a_later_export(bench: Any) -> None:
    """Older exports have no Id: the order would be refused from then on."""
    bench.take(HEADER + first(Id=""))
    assert bench.take(HEADER + first()).updated == {"order": 1}
    assert bench.take(HEADER + first(Id="")).changes_something is False
    assert [order.external_id for order in bench.all(Order)] == ["5001"]


def test_two_orders_of_one_number_in_one_file_are_refused(bench: Any) -> None:
    """The lines of two shops' orders would be added up to one."""
    (refused,) = bench.take(HEADER + first() + first(Id="'9001", **BEN)).refused
    assert "its row on line 3 has the Id 9001, others 5001; export the orders of each shop apart" in refused.reason
    assert bench.all(Order) == []


@pytest.mark.parametrize(
    "said",
    [
        {"Cancelled_at": "2026-11-19 10:00:00 -0500"},
        {"Financial_Status": "refunded"},
        {"Financial_Status": "Voided"},
        {"Financial_Status": "", "Refunded_Amount": "510.00"},
    ],
)
def test_she_is_not_thanked_for_what_was_called_off_later(bench: Any, said: dict[str, str]) -> None:
    """Rule 8 would have the rep thank a client for an order that she sent back."""

    def rules() -> list[int]:
        return [one.number for row in bench.desk.ask(queue).rows for one in row.standing.suggestions]

    placed = {"Created_at": "2026-11-18 10:00:00 -0500", "Fulfilled_at": "2026-11-18 12:00:00 -0500"}
    bench.take(HEADER + first(**placed))
    before = dump(bench.desk)
    assert rules() == [8]
    report = bench.take(HEADER + first(**placed | said))
    assert rules() == []
    (notice,) = report.notices
    assert (notice.line, "no longer asks to thank" in notice.text) == (2, True)
    bench.desk.undo()
    assert (rules(), dump(bench.desk)) == ([8], before)
    bench.desk.redo()
    bench.take(HEADER + first(**placed))
    assert rules() == [], "an older export brings it back"
    assert "Financial Status" not in report.unused_columns


def test_an_order_called_off_before_it_was_known_is_no_signal(bench: Any) -> None:
    """The same order would be thanked for or not by the day of the export."""
    bench.take(HEADER + first(Financial_Status="refunded") + first("#1002", Total="0.00"))
    assert [signal.external_id for signal in bench.all(Signal)] == ["order:#1002:checked_out"]


UNSHIPPED = {"Fulfillment_Status": "unfulfilled", "Fulfilled_at": "", "Lineitem_fulfillment_status": "pending"}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (first() + more(), first(Refunded_Amount="40.00") + more()),
        (first() + more(), first(Cancelled_at=LATER) + more()),
        (first() + more(), first(Cancelled_at=LATER, Refunded_Amount="510.00") + more()),
        (first(**UNSHIPPED) + more(), first() + more()),
        (first(**UNSHIPPED), first() + more()),
        (first(**UNSHIPPED) + more() + more(name="Belt"), first() + more()),
        (first(**UNSHIPPED, Total="470.00", Tags="vip"), first() + more(price="35.00")),
        (first(), first() + more()),
    ],
)
def test_an_older_export_takes_nothing_back(bench: Any, older: str, newer: str) -> None:
    """A refund would be gone, a cancelled order count again, or a line be missing, for an export of last week."""
    bench.take(HEADER + newer)
    before = dump(bench.desk)
    report = bench.take(HEADER + older)
    assert (report.created, report.updated, dump(bench.desk)) == ({}, {}, before)


def test_both_exports_in_any_order_come_to_the_same(new_bench: Any) -> None:
    """What a desk says of an order would depend on which of two files was taken last."""
    older = HEADER + first(**UNSHIPPED) + more() + more(name="Belt")
    newer = HEADER + first(Refunded_Amount="40.00") + more(price="35.00")
    seen = []
    for files in ((older, newer), (newer, older), (older, newer, older, newer)):
        bench = new_bench()
        for file in files:
            bench.take(file)
        (order,) = bench.all(Order)
        lines = [(line.name, line.price_cents, line.shipped) for line in bench.all(OrderLine)]
        seen.append((order.status, order.refunded_cents, order.shipped_at, lines))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][3] == [("Cashmere coat", 42_000, True), ("Ankle boot", 3_500, False)]


def test_what_changes_in_the_lines_is_told(bench: Any) -> None:
    """She promised the belt, and would not see that it is off the order."""
    bench.take(HEADER + first(**UNSHIPPED) + more() + more(name="Belt"))
    report = bench.take(HEADER + first() + more(price="35.00", quantity="1") + more(name="Scarf") + more(name="Sock"))
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (
            2,
            "order #1001: “Ankle boot” quantity 2 is now 1, price $40 is now $35; “Belt” is now “Scarf”; "
            "“Sock” is new on it",
        )
    ]
    report = bench.take(HEADER + first(Refunded_Amount="40.00") + more(price="35.00", quantity="1"))
    (notice,) = report.notices
    assert notice.text == "order #1001: “Scarf”, “Sock” are no longer on it and taken off"
    report = bench.take(HEADER + first(Refunded_Amount="40.00"))
    (notice,) = report.notices
    assert notice.text == ("this file lacks “Ankle boot” of order #1001 and is not newer; the desk's lines were kept")
    assert [line.name for line in bench.all(OrderLine)] == ["Cashmere coat", "Ankle boot"]


def test_the_same_rows_in_another_order_are_unchanged(bench: Any) -> None:
    """A shop that sorts its lines by name would change every order, and every rate that hangs on a line."""
    rows = [first(), more(), more(price="45.00"), more(quantity="3"), more(name="Belt")]
    bench.take(HEADER + "".join(rows))
    before = dump(bench.desk)
    report = bench.take(HEADER + "".join(reversed(rows)))
    assert (report.unchanged, report.updated, report.notices) == ({"order": 1, "order_line": 5}, {}, ())
    assert dump(bench.desk) == before


def test_the_two_exports_of_the_demo_change_nothing_the_second_time(bench: Any) -> None:
    """Taking last week's export after today's would set an order back to unshipped."""
    pair = [ImportFile(recognise(DATA / name)) for name in ("shopify_orders-earlier.csv", "shopify_orders.csv")]
    for command in pair:
        bench.desk.do(command)
    before = dump(bench.desk)
    for command in (*pair, *pair):
        report = bench.desk.do(command).value
        assert (report.changes_something, report.refused, report.notices) == (False, (), ())
    assert dump(bench.desk) == before


def test_an_order_that_was_removed_comes_in_again(bench: Any) -> None:
    """Its signal stays when it is removed: the next export could not be taken in."""
    bench.take(HEADER + first())
    bench.desk.do(RemoveOrder(1))
    assert bench.take(HEADER + first()).created == {"order": 1, "order_line": 1}
    (signal,) = bench.all(Signal)
    assert signal.order_id == bench.all(Order)[0].id
    bench.desk.do(RemoveOrder(signal.order_id))
    bench.take(HEADER + first(Id="'9001", **BEN))
    assert [(signal.client_id, signal.order_id) for signal in bench.all(Signal)] == [
        (1, None),
        (2, bench.all(Order)[0].id),
    ]


def test_what_came_back_stays_when_its_line_goes(bench: Any) -> None:
    """A file that no longer has an item does not fail because she returned it, and the return keeps what it was."""
    bench.take(HEADER + first(**UNSHIPPED) + more(name="Belt"))
    belt = bench.all(OrderLine)[1]
    bench.desk.do(OpenReturn(belt.order_id, (Asked(belt.id),)))
    report = bench.take(HEADER + first(Refunded_Amount="38.00"))
    assert "“Belt” is no longer on it" in report.notices[0].text
    (line,) = bench.all(ReturnLine)
    assert (line.name, line.order_line_id) == ("Belt", None)
    assert bench.desk.do(CheckDesk()).value.problems == ()


def test_what_the_shop_pays_back_for_a_return_counts_once(bench: Any) -> None:
    """She opens the return here, and the shop's next file tells of its refund: the host's base would lose it twice."""
    bench.take(HEADER + first() + more())
    (order,) = bench.all(Order)

    def held(work: Any) -> None:
        day = order.placed_at.date()
        work.session.add(HostEvent(name="Tea", code="tea", opens_on=day, closes_on=day))
        work.session.flush()
        work.session.get(Order, order.id).event_id = 1

    bench.desk.do(Do(held))
    bench.desk.do(OpenReturn(order.id, (Asked(bench.all(OrderLine)[0].id),)))

    def left() -> tuple[int, int]:
        def asked(asking: Any) -> tuple[int, int]:
            (known,) = read_orders(asking.session, asking.zone, ids=(order.id,))
            return known.facts.standing.credited, sum(one.base for one in event_orders(asking.session))

        found: tuple[int, int] = bench.desk.ask(asked)
        return found

    assert left() == (42_000, 8_000)
    for refunded, gone in (("100.00", 42_000), ("420.00", 42_000), ("460.00", 46_000)):
        bench.take(HEADER + first(Refunded_Amount=refunded) + more())
        assert left() == (gone, 50_000 - gone)
