"""WooCommerce's orders as its two plug-ins export them: a row for each item, or a row for each order."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.db.tables import Client, Contact, Location, Order, OrderLine, Signal
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.suite_items import item_of, items_of
from tests.helpers import dump

EXPORT = (
    "Order Number", "Order Status", "Order Date", "Customer Note", "First Name (Billing)", "Last Name (Billing)",
    "Address 1&2 (Billing)", "City (Billing)", "Postcode (Billing)", "Email (Billing)", "Phone (Billing)", "SKU",
    "Name", "Product Variation", "Quantity", "Quantity (- Refund)", "Item Cost", "Order Line (w/o tax)",
    "Order Line Total Refunded", "Coupon Code", "Coupons Used", "Cart Discount Amount", "Order Shipping Amount",
    "Order Refund Amount", "Order Total Amount", "Order Total Tax Amount",
)  # fmt: skip
SUITE = (
    "order_id", "order_number_formatted", "date", "status", "order_shipping", "order_shipping_tax", "order_tax",
    "cart_discount", "order_total", "refunded_total", "billing_first_name", "billing_last_name", "billing_email",
    "billing_phone", "billing_address_1", "billing_city", "billing_postcode", "order_item_1", "order_item_2",
    "order_item_10", "line_items", "customer_note",
)  # fmt: skip


def _csv(header: tuple[str, ...], rows: tuple[dict[str, str], ...]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def export(*rows: dict[str, str]) -> str:
    return _csv(EXPORT, rows)


def suite(*rows: dict[str, str]) -> str:
    return _csv(SUITE, rows)


ORDER = {
    "Order Number": "4801", "Order Status": "Completed", "Order Date": "2026-09-04 14:03",
    "First Name (Billing)": "Petra", "Last Name (Billing)": "Vance", "Address 1&2 (Billing)": "9 Mill Street Apt 2",
    "City (Billing)": "Ithaca", "Postcode (Billing)": "14850", "Email (Billing)": "petra@example.com",
    "Phone (Billing)": "607-555-0161", "SKU": "LC-3", "Name": "Linen coat", "Quantity": "1", "Quantity (- Refund)": "1",
    "Item Cost": "110.00", "Order Line (w/o tax)": "110.00", "Cart Discount Amount": "10.00",
    "Order Shipping Amount": "10.00", "Order Total Amount": "212.00", "Order Total Tax Amount": "12.00",
}  # fmt: skip
BELT = {"SKU": "BL-1", "Name": "Belt", "Quantity": "2", "Quantity (- Refund)": "2", "Item Cost": "40.00",
        "Order Line (w/o tax)": "80.00"}  # fmt: skip
ROW = {
    "order_id": "5101", "order_number_formatted": "W-5101", "date": "2026-09-08 11:15:20", "status": "completed",
    "order_shipping": "8.00", "order_shipping_tax": "0.64", "order_tax": "4.80", "order_total": "73.44",
    "billing_first_name": "Lena", "billing_last_name": "Obi", "billing_email": "lena@example.com",
    "billing_city": "Chicago", "billing_postcode": "60614", "order_item_1": "product_id:4959|1|30|size: Medium",
    "order_item_2": "SOCK-2|3|30.00",
}  # fmt: skip


def test_the_rows_of_an_order_are_gathered(bench: Any) -> None:
    """An order of two items would be two orders."""
    other = ORDER | {"Order Number": "4802", "Email (Billing)": "imre@example.com", "Phone (Billing)": ""}
    report = bench.take(export(ORDER, other, ORDER | BELT))
    assert (report.created["order"], report.created["order_line"], report.refused) == (2, 3, ())
    order = bench.all(Order)[1]
    assert (order.number, order.source, order.status, order.shipped_at) == ("4801", "woocommerce", "shipped", None)
    assert order.placed_at == datetime(2026, 9, 4, 18, 3, tzinfo=UTC), "the desk's own clock"
    assert (order.total_cents, order.shipping_cents, order.tax_cents, order.discount_cents) == (
        21_200,
        1_000,
        1_200,
        1_000,
    )
    lines = [line for line in bench.all(OrderLine) if line.order_id == order.id]
    assert [(line.name, line.sku, line.quantity, line.price_cents, line.shipped) for line in lines] == [
        ("Linen coat", "LC-3", 1, 11_000, True),
        ("Belt", "BL-1", 2, 4_000, True),
    ]
    assert {contact.phone for contact in bench.all(Contact)} == {"+16075550161", ""}
    assert bench.all(Location)[0].line1 == "9 Mill Street Apt 2"


def test_the_orders_own_fields_may_stand_on_its_first_row_only(bench: Any) -> None:
    """The plug-in can be set so: an order's other items would be lost."""
    report = bench.take(export(ORDER, BELT, BELT | {"Name": "Hat"}))
    assert (report.created["order"], report.created["order_line"], report.refused) == (1, 3, ())


def test_a_row_of_a_coupon_is_no_item(bench: Any) -> None:
    """There are as many rows as items or coupons: the second coupon would be an item without a name."""
    only = dict.fromkeys(BELT, "") | {"Coupon Code": "SECOND"}
    bench.take(export(ORDER | {"Coupon Code": "FIRST"}, ORDER | only))
    assert ([line.name for line in bench.all(OrderLine)], bench.all(Order)[0].note) == (
        ["Linen coat"],
        "Coupon FIRST, SECOND",
    )


@pytest.mark.parametrize(
    ("status", "stands", "refunded", "signals"),
    [
        ("Processing", "placed", 0, 1),
        ("wc-processing", "placed", 0, 1),
        ("On hold", "placed", 0, 1),
        ("wc-on-hold", "placed", 0, 1),
        ("completed", "shipped", 0, 1),
        ("wc-cancelled", "cancelled", 0, 0),
        ("Cancelled", "cancelled", 0, 0),
        ("Refunded", "placed", 21_200, 0),
        ("Packed", "placed", 0, 1),
    ],
)
def test_how_an_order_stands(bench: Any, status: str, stands: str, refunded: int, signals: int) -> None:
    """A cancelled order would count, or a completed one earn nothing."""
    report = bench.take(export(ORDER | {"Order Status": status}))
    (order,) = bench.all(Order)
    assert (order.status, order.refunded_cents, len(bench.all(Signal))) == (stands, refunded, signals)
    assert [notice.text for notice in report.notices] == (
        ["order 4801: status “Packed” is not known; taken as placed"] if status == "Packed" else []
    )


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("Pending payment", "it is not paid yet (status Pending payment), so it is no order"),
        ("wc-pending", "it is not paid yet"),
        ("failed", "its payment failed"),
        ("checkout-draft", "it is a cart that was never sent off"),
    ],
)
def test_what_is_no_order_is_left_out_with_the_reason(bench: Any, status: str, why: str) -> None:
    """A cart that was never paid would be a sale."""
    for file in (export(ORDER | {"Order Status": status}), suite(ROW | {"status": status})):
        (refused,) = bench.take(file).refused
        assert (refused.line, why in refused.reason) == (2, True)
    assert (bench.all(Order), bench.all(Client)) == ([], [])


def test_what_was_paid_back(bench: Any) -> None:
    """A refund would go on earning a commission."""
    bench.take(export(ORDER | {"Order Refund Amount": "-40.00"}))
    bench.take(export(ORDER | {"Order Number": "4803", "Order Line Total Refunded": "25.00"}))
    bench.take(suite(ROW | {"refunded_total": "10.00"}))
    assert [order.refunded_cents for order in bench.all(Order)] == [4_000, 2_500, 1_000]


def test_a_later_export_brings_it_up_to_date_and_an_older_one_takes_nothing_back(bench: Any) -> None:
    placed, done = ORDER | {"Order Status": "processing"}, ORDER
    bench.take(export(placed, placed | BELT))
    bench.take(export(done, done | BELT))
    before = dump(bench.desk)
    (order,) = bench.all(Order)
    assert (order.status, [line.shipped for line in bench.all(OrderLine)]) == ("shipped", [True, True])
    bench.take(export(placed, placed | BELT))
    assert dump(bench.desk) == before


def test_a_row_for_each_order_with_any_number_of_items(bench: Any) -> None:
    """Item 10 would stand before item 2, or be left out."""
    report = bench.take(suite(ROW | {"order_item_10": "HAT-1|1|12.00|color: Moss|_internal: x"}))
    assert "order_item_10" not in report.unused_columns
    (order,) = bench.all(Order)
    assert (order.number, order.external_id, order.shipping_cents, order.tax_cents) == ("W-5101", "5101", 800, 544)
    assert order.placed_at == datetime(2026, 9, 8, 15, 15, 20, tzinfo=UTC)
    assert [(line.name, line.sku, line.quantity, line.price_cents) for line in bench.all(OrderLine)] == [
        ("Product 4959 (size: Medium)", "", 1, 3_000),
        ("SOCK-2", "SOCK-2", 3, 1_000),
        ("HAT-1 (color: Moss)", "HAT-1", 1, 1_200),
    ]


@pytest.mark.parametrize(
    ("cell", "name", "quantity", "price", "discount"),
    [
        ("product_id:4959|1|30|size: Medium", "Product 4959 (size: Medium)", 1, 3_000, 0),
        ("COAT-1|2|840.00", "COAT-1", 2, 42_000, 0),
        ("COAT-1 | 3 | 10.00", "COAT-1", 3, 334, 2),
        (r"A\|B|1|5|note: x\|y", "A|B (note: x|y)", 1, 500, 0),
        ("COAT-1|1.0|0", "COAT-1", 1, 0, 0),
        ("COAT-1|1|5|engraving", "COAT-1 (engraving)", 1, 500, 0),
    ],
)
def test_an_item_in_one_cell(cell: str, name: str, quantity: int, price: int, discount: int) -> None:
    """What it cost would be off, or a mark in its name would cut it in two."""
    line = item_of("order_item_1", cell, 2, "USD", sent=False)
    assert (line.name, line.quantity, line.price, line.discount) == (name, quantity, price, discount)


@pytest.mark.parametrize(
    "cell", ["COAT-1", "COAT-1|1", "|1|5", "COAT-1|one|5", "COAT-1|1|", "COAT-1|1|five", "COAT-1|1|-5", "COAT-1|-1|5"]
)
def test_an_item_that_is_none_is_refused_with_its_order(bench: Any, cell: str) -> None:
    with pytest.raises(Refused):
        item_of("order_item_2", cell, 2, "USD", sent=False)
    (refused,) = bench.take(suite(ROW | {"order_item_2": cell})).refused
    assert refused.reason.startswith("order W-5101 is left out:")
    assert bench.all(Order) == []


@pytest.mark.parametrize(
    "cell",
    [
        "id:1|name:Coat|product_id:9|sku:C-1|quantity:2|subtotal:80.00|total:70.00|refunded:10.00|meta:Size=M,Color=Red;"
        r"id:2|name:Hat\; black|sku:|quantity:1|subtotal:5|total:5|meta:",
        '[{"name": "Coat", "sku": "C-1", "quantity": 2, "subtotal": 80.00, "total": "70.00", "refunded": 10, '
        '"meta": "Size=M,Color=Red"}, {"name": "Hat; black", "quantity": 1, "total": 5}]',
    ],
)
def test_all_items_in_one_cell(cell: str) -> None:
    """Later versions of the plug-in write them so."""
    lines = list(items_of(cell, 2, "USD", sent=True))
    assert [(line.name, line.sku, line.quantity, line.price, line.discount, back) for line, back in lines] == [
        ("Coat (Size: M, Color: Red)", "C-1", 2, 4_000, 1_000, 1_000),
        ("Hat; black", "", 1, 500, 0, 0),
    ]


@given(st.text(alphabet='\\|;:=,[]{}"abC1 .é\n', max_size=60))
def test_no_cell_is_a_traceback(cell: str) -> None:
    """One strange item would close the desk."""
    for read in (
        lambda: [item_of("order_item_1", cell, 2, "USD", sent=False)],
        lambda: list(items_of(cell, 2, "USD", sent=False)),
    ):
        try:
            assert read() is not None
        except Refused as refused:
            assert str(refused)


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        (export(ORDER, ORDER | BELT | {"Quantity": "two"}), 3, "Quantity “two” is not a whole number"),
        (export(ORDER | {"Order Total Amount": ""}), 2, "none of its rows has an Order Total Amount"),
        (export(ORDER | {"Order Date": "soon"}), 2, "“soon” is not a date and time"),
        (export(ORDER | {"Order Number": ""}), 2, "the row has no order number (Order Number)"),
        (export(ORDER, ORDER | BELT | {"Name": ""}), 3, "Name is blank"),
        (export(ORDER | {"Item Cost": "-1", "Order Line (w/o tax)": "-1"}), 2, "is below zero"),
        (export(ORDER | {"Order Total Amount": "-5"}), 2, "Order Total Amount “-5” is below zero"),
        (suite(ROW | {"order_total": "-5"}), 2, "order_total “-5” is below zero"),
        (suite(ROW, ROW), 3, "order W-5101 stands on line 2 already"),
        (suite(ROW | {"order_total": ""}), 2, "order_total is blank"),
        (suite(ROW | {"order_id": "", "order_number_formatted": ""}), 2, "the row has no order number"),
        (suite(ROW | {"billing_email": "", "billing_first_name": "", "billing_last_name": ""}), 2, "names no client"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(bench: Any, file: str, line: int, reason: str) -> None:
    refused = {row.line: row.reason for row in bench.take(file).refused}
    assert reason in refused[line]


def test_the_same_order_from_both_plugins_is_one(bench: Any) -> None:
    """Who tries the second plug-in would have every order twice."""
    bench.take(suite(ROW))
    same = ORDER | {
        "Order Number": "W-5101", "Order Date": "2026-09-08 11:15", "Email (Billing)": "lena@example.com",
        "Phone (Billing)": "", "Order Total Amount": "73.44", "Order Shipping Amount": "8.00",
        "Order Total Tax Amount": "5.44", "Cart Discount Amount": "", "Postcode (Billing)": "60614",
    }  # fmt: skip
    report = bench.take(export(same))
    assert (report.refused, len(bench.all(Order))) == ((), 1)
    (refused,) = bench.take(export(same | {"Order Date": "2026-09-08 12:15"})).refused
    assert "export it with the column Order ID" in refused.reason
