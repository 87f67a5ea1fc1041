"""Shopify's orders: one row a line, gathered whole or refused whole."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stylistdesk.db.tables import Client, Contact, Location, Order, OrderLine, Signal

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
    assert len(bench.all(Signal)) == 1


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
