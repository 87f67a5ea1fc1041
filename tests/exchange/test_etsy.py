"""Etsy's sold orders and sold order items: two files about the same orders, joined in any order."""

from pathlib import Path
from typing import Any

import pytest

from stylistdesk.db.tables import Client, ClientExternalId, Contact, Location, Order, OrderLine, Signal
from tests.helpers import add_client, dump

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ORDERS_FILE = (SAMPLES / "etsy_sold_orders.csv").read_text("utf-8")
ITEMS_FILE = (SAMPLES / "etsy_sold_order_items.csv").read_text("utf-8")

ORDERS = (
    "Sale Date,Order ID,Buyer User ID,Full Name,Number of Items,Date Shipped,Street 1,Street 2,Ship City,Ship State,"
    "Ship Zipcode,Ship Country,Currency,Order Value,Coupon Code,Discount Amount,Shipping Discount,Shipping,Sales Tax,"
    "Order Total,Status,Adjusted Order Total,Adjusted Net Order Amount,Buyer,InPerson Discount,SKU\n"
)
ITEMS = (
    "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Shipping Discount,Order Shipping,"
    "Order Sales Tax,Currency,Transaction ID,Date Shipped,Ship Name,Ship Address1,Ship City,Ship Zipcode,Order ID,"
    "Variations,SKU\n"
)


def order(header: str = ORDERS, **said: str) -> str:
    row = {
        "Sale Date": "09/03/26", "Order ID": "301", "Buyer User ID": "odaweaves", "Full Name": "Oda Fjeld",
        "Number of Items": "2", "Date Shipped": "09/05/26", "Street 1": "14 Larch Row", "Ship City": "Duluth",
        "Ship Zipcode": "55802", "Currency": "USD", "Order Value": "84.00", "Discount Amount": "8.40",
        "Shipping": "6.00", "Sales Tax": "5.61", "Order Total": "87.21", "Status": "Completed", "SKU": '"SC-1,SC-2"',
    }  # fmt: skip
    row |= {name.replace("_", " "): value for name, value in said.items()}
    return ",".join(row.get(column, "") for column in header.strip().split(",")) + "\n"


def item(**said: str) -> str:
    row = {
        "Sale Date": "09/03/26", "Item Name": "Scarf", "Buyer": "odaweaves", "Quantity": "1", "Price": "42.00",
        "Discount Amount": "4.20", "Order Shipping": "6.00", "Order Sales Tax": "5.61", "Currency": "USD",
        "Transaction ID": "401", "Date Shipped": "09/05/2026", "Ship Name": "Oda Fjeld",
        "Ship Address1": "14 Larch Row", "Ship City": "Duluth", "Ship Zipcode": "55802", "Order ID": "301",
    }  # fmt: skip
    row |= {name.replace("_", " "): value for name, value in said.items()}
    return ",".join(row.get(column, "") for column in ITEMS.strip().split(",")) + "\n"


def _state(bench: Any) -> dict[str, list[dict[str, Any]]]:
    """What stands on the desk, whatever the ids."""
    names = {client.id: client.name for client in bench.all(Client)}
    numbers = {order.id: order.number for order in bench.all(Order)}
    state: dict[str, list[dict[str, Any]]] = {}
    for model in (Client, ClientExternalId, Location, Contact, Order, OrderLine, Signal):
        rows = []
        for row in bench.all(model):
            values = row.model_dump(exclude={"id"})
            if "client_id" in values:
                values["client_id"] = names[values["client_id"]]
            if "order_id" in values:
                values["order_id"] = numbers[values["order_id"]]
            rows.append(values)
        state[model.__name__] = sorted(rows, key=str)
    return state


def test_both_files_come_to_the_same_whichever_comes_first(new_bench: Any) -> None:
    """She would have to know which file to take first, or have every order twice."""
    found = []
    for files in (
        (ORDERS_FILE, ITEMS_FILE),
        (ITEMS_FILE, ORDERS_FILE),
        (ITEMS_FILE, ORDERS_FILE, ITEMS_FILE, ORDERS_FILE),
    ):
        bench = new_bench()
        for file in files:
            report = bench.take(file)
            assert report.refused == ()
        assert [bench.take(file).changes_something for file in files] == [False] * len(files)
        found.append(_state(bench))
    assert found[0] == found[1] == found[2]
    assert (len(found[0]["Order"]), len(found[0]["OrderLine"]), len(found[0]["Client"])) == (3, 4, 2)


def test_each_file_is_undone_by_itself(bench: Any) -> None:
    """Taking back the second file would take the orders of the first with it."""
    for file in (ORDERS_FILE, ITEMS_FILE):
        before = dump(bench.desk)
        bench.take(file)
        after = dump(bench.desk)
        bench.desk.undo()
        assert dump(bench.desk) == before
        bench.desk.redo()
        assert dump(bench.desk) == after


def test_the_preview_says_where_the_items_are(bench: Any) -> None:
    """She would look for what was bought, and take the file for broken."""
    report = bench.look(ORDERS + order() + order(Order_ID="302"))
    (notice,) = report.notices
    assert "this file has no items: what was bought comes from Etsy's other file, Sold Order Items" in notice.text
    bench.take(ORDERS + order())
    (signal,) = bench.all(Signal)
    assert signal.item == "2 items (SC-1,SC-2)"
    bench.take(ITEMS + item() + item(Item_Name="Hat", Transaction_ID="402", Variations='"Size:58,Color:Moss"'))
    (signal,) = bench.all(Signal)
    assert (signal.item, bench.all(OrderLine)[1].name) == ("Scarf (+1 more)", "Hat (Size:58,Color:Moss)")


@pytest.mark.parametrize(
    ("said", "tax", "total"),
    [
        ({}, 561, 8_721),
        ({"Order_Total": "81.60"}, 0, 8_160),  # Etsy keeps the tax out of the total
        ({"Sales_Tax": "0", "Order_Total": "87.21"}, 561, 8_721),  # or out of Sales Tax
        ({"Order_Total": "$87.21", "Order_Value": "$84.00", "Sales_Tax": "$5.61"}, 561, 8_721),
        ({"Order_Total": '"87,21"', "Order_Value": '"84,00"', "Sales_Tax": '"5,61"'}, 561, 8_721),
    ],
)
def test_an_order_is_booked_at_its_goods(bench: Any, said: dict[str, str], tax: int, total: int) -> None:
    """The tax that Etsy collects would earn her a commission, or take some of hers."""
    bench.take(ORDERS + order(**said))
    (row,) = bench.all(Order)
    assert (row.subtotal_cents, row.shipping_cents, row.tax_cents, row.total_cents) == (7_560, 600, tax, total)
    assert (row.discount_cents, row.currency, row.source, row.external_id) == (840, "USD", "etsy", "301")
    assert row.total_cents - row.shipping_cents - row.tax_cents == 7_560


@pytest.mark.parametrize(
    ("said", "status", "refunded", "signals"),
    [
        ({}, "shipped", 0, 1),
        ({"Date_Shipped": ""}, "placed", 0, 1),
        ({"Adjusted_Order_Total": "0.00", "Adjusted_Net_Order_Amount": "0.00"}, "shipped", 0, 1),
        ({"Adjusted_Order_Total": "60.00", "Adjusted_Net_Order_Amount": "57.00"}, "shipped", 2_721, 1),
        ({"Adjusted_Order_Total": "0.00", "Adjusted_Net_Order_Amount": "-3.00"}, "shipped", 8_721, 0),
        ({"Status": "Refunded"}, "shipped", 8_721, 0),
        ({"Status": "Canceled"}, "cancelled", 0, 0),
    ],
)
def test_what_became_of_an_order(bench: Any, said: dict[str, str], status: str, refunded: int, signals: int) -> None:
    """A refund would go on counting, or a client be thanked for what she sent back."""
    bench.take(ORDERS + order(**said))
    (row,) = bench.all(Order)
    assert (row.status, row.refunded_cents, len(bench.all(Signal))) == (status, refunded, signals)
    bench.take(ITEMS + item(Date_Shipped=said.get("Date_Shipped", "09/05/2026")))
    (row,) = bench.all(Order)
    assert (row.status, row.refunded_cents, len(bench.all(Signal))) == (status, refunded, signals)


def test_an_order_that_was_cancelled_later_is_not_thanked_for(bench: Any) -> None:
    bench.take(ITEMS + item(Date_Shipped=""))
    assert len(bench.all(Signal)) == 1
    report = bench.take(ORDERS + order(Status="Canceled", Date_Shipped=""))
    assert ([row.status for row in bench.all(Order)], bench.all(Signal)) == (["cancelled"], [])
    assert any("no longer asks to thank" in notice.text for notice in report.notices)


def test_an_item_that_is_newer_says_that_it_was_shipped_and_nothing_goes_back(bench: Any) -> None:
    """Last month's file would set an order back to unshipped."""
    bench.take(ITEMS + item(Date_Shipped=""))
    assert [line.shipped for line in bench.all(OrderLine)] == [False]
    bench.take(ITEMS + item())
    assert ([line.shipped for line in bench.all(OrderLine)], bench.all(Order)[0].status) == ([True], "shipped")
    assert bench.take(ITEMS + item(Date_Shipped="")).changes_something is False


def test_a_buyer_is_known_by_her_login_then_by_name_and_postcode(bench: Any) -> None:
    """Etsy gives no email: two Odas would be one, or one Oda three."""
    bench.take(ORDERS + order() + order(Order_ID="302", Full_Name="O. Fjeld", Ship_Zipcode="10001"))
    assert [client.name for client in bench.all(Client)] == ["Oda Fjeld"], "one login"
    bench.take(ORDERS + order(Order_ID="303", Buyer_User_ID="", Ship_Zipcode="55802-1101"))
    assert len(bench.all(Client)) == 1, "her name, and the same postcode"
    bench.take(ORDERS + order(Order_ID="304", Buyer_User_ID="", Ship_Zipcode="94110"))
    assert len(bench.all(Client)) == 2, "her name, and another postcode"
    assert [row.external_id for row in bench.all(ClientExternalId)] == ["odaweaves"]
    report = bench.take(ORDERS + order(Order_ID="305", Buyer_User_ID="", Ship_Zipcode="94110"))
    assert (report.refused, len(bench.all(Client))) == ((), 2), "of two with her name, the one who lives there"


def test_a_client_whom_the_desk_knows_without_an_address_is_found_by_name(bench: Any) -> None:
    """Everyone whom she knows already would be there twice."""
    ana = add_client(bench.desk, "Oda Fjeld")
    bench.take(ORDERS + order())
    assert [(row.client_id, row.source) for row in bench.all(ClientExternalId)] == [(ana, "etsy")]
    assert bench.take(ITEMS + item(Buyer="Oda Fjeld (odaweaves)", Order_ID="309")).created["order"] == 1
    assert {row.client_id for row in bench.all(Order)} == {ana}


def test_names_are_read_as_they_are_meant(bench: Any) -> None:
    """O'Dea would be called O&#39;Dea ever after."""
    bench.take(ORDERS + order(Full_Name="Cormac O&#39;Dea"))
    assert [client.name for client in bench.all(Client)] == ["Cormac O'Dea"]
    assert [contact.email_consent for contact in bench.all(Contact)] == []


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        (ORDERS + order(Sale_Date="24/03/2026"), 2, "“24/03/2026” is not a date, the month first"),
        (ORDERS + order(Order_Value="cheap"), 2, "“cheap” is not an amount of money"),
        (ORDERS + order(Currency="dollars"), 2, "is not a code of three letters"),
        (ORDERS + order() + order(Order_Total="99.00"), 2, "it stands again on line 3, and differs"),
        (ORDERS + order(Order_ID=""), 2, "the row has no order number (Order ID)"),
        (ORDERS + order(Full_Name="", Buyer_User_ID=""), 2, "the row names no client"),
        (ITEMS + item() + item(Transaction_ID="402", Quantity="two"), 3, "Quantity “two” is not a whole number"),
        (ITEMS + item() + item(Transaction_ID="402", Quantity="0"), 3, "Quantity “0” is below one"),
        (ITEMS + item() + item(Transaction_ID="402", Quantity="-1"), 3, "Quantity “-1” is below one"),
        (ITEMS + item() + item(Transaction_ID="402", Quantity=""), 3, "Quantity is blank"),
        (ITEMS + item() + item(Transaction_ID="402", Price=" "), 3, "Price is blank"),
        (ITEMS + item() + item(Transaction_ID="402", Price="-42.00"), 3, "Price “-42.00” is below zero"),
        (ITEMS + item() + item(Transaction_ID="402", Currency="EUR"), 3, "its currency is EUR, that of the rows"),
        (ITEMS + item(Item_Name=""), 2, "Item Name is blank"),
        (ITEMS + item() + "09/03/26,x\n", 3, "the row has 2 cells"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(bench: Any, file: str, line: int, reason: str) -> None:
    """Half an order would make wrong totals."""
    refused = {row.line: row.reason for row in bench.take(file).refused}
    assert reason in refused[line]


def test_files_of_two_months_put_together_count_nothing_twice(bench: Any) -> None:
    bench.take(ITEMS + item() + item())
    assert len(bench.all(OrderLine)) == 1
    assert bench.take(ORDERS + order() + order()).refused == ()
