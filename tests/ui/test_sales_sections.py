"""Sales, Orders and Brands on a client's profile, and the page of brands and rates, with keys only."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.brands import AddBrand, SetClientBrand
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.paying import PayByCard
from stylistdesk.commands.rates import SetRate
from stylistdesk.commands.sales import CancelOrder, ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents, RateScope
from stylistdesk.paths import desk_paths
from stylistdesk.queries import sales
from stylistdesk.ui.brand_field import brand_meant, said_brand
from stylistdesk.ui.widgets.entries import Entries
from tests.helpers import dump
from tests.ui.conftest import NOW, Rep, at_the_desk

ANA = 1


def fill(folder: Path) -> None:
    """Ana has three orders of two brands, two of them shipped in part."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        northmoor = desk.do(AddBrand("Northmoor")).value
        desk.do(SetRate(RateKey(RateScope.BRAND, brand_id=northmoor), BasisPoints(1_200)))
        desk.do(SetRate(RateKey(RateScope.REP), BasisPoints(1_000)))
        desk.do(SetClientBrand(ANA, "Northmoor", BrandStatus.ACTIVE, "N-77"))
        fall = OrderForm(date(2026, 10, 12), Cents(144_000), "Northmoor", "Fall", 2026, units=24)
        first = desk.do(AddOrderSummary(ANA, fall)).value
        desk.do(ShipOrder(first, date(2026, 11, 2), Cents(44_000)))
        lines = parse_lines("4 x Cable cardigan @ 95 at 5 %\n2 x Felt hat @ 48", "USD")
        desk.do(AddPurchaseOrder(ANA, OrderForm(date(2026, 11, 3), brand="Halcyon Loom", season="Holiday",
                                                season_year=2026, lines=lines)))  # fmt: skip
        desk.do(AddOrderSummary(ANA, OrderForm(date(2025, 3, 4), Cents(30_000), "Northmoor", "Spring", 2025)))


def rows(rep: Rep, model: Any) -> list[Any]:
    return rep.desk.ask(lambda asking: list(asking.session.exec(select(model).order_by("id"))))  # type: ignore[arg-type]


async def go_to(rep: Rep, section: str) -> None:
    await rep.sees("clients need you", "Ana Ruiz")
    await rep.app.open_profile(ANA, section)
    await rep.until(lambda shown: f"─ {section} ─" in shown, section)


@pytest.fixture
def sold(folder: Path) -> Path:
    fill(folder)
    return folder


async def test_the_summary_shows_what_was_sold_by_year_season_and_brand(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Sales")
        shown = await rep.sees("Booked", "Cancelled", "Active", "Shipped", "Open", "Together", "$2,216")
        (fall,) = [row for row in shown.splitlines() if "Fall" in row and "Northmoor" in row]
        assert [word for word in fall.split() if "$" in word] == ["$1,440", "$1,440", "$440", "$1,000"]
        await rep.sees("Commission by month", "Nov 2026", "$44")
        await rep.press("y")
        await rep.until(lambda s: "2026 " in s and "Spring" not in s, "only 2026")
        await rep.press("h")
        await rep.until(lambda s: "Halcyon" not in s and "Fall" in s, "only Fall")
        await rep.press("y", "y")
        await rep.sees("Spring", "Holiday", "Fall")
        await rep.press("v")
        await rep.until(lambda s: "Booked $" in s and "Cancelled" not in s, "Booked alone")


async def test_a_season_in_the_reps_own_words_stands_apart_from_the_brand(folder: Path) -> None:
    """At 80 columns it ran into the brand, so that neither could be read."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        said = OrderForm(date(2026, 11, 2), Cents(9_900), "Northmoor Mills of Portland", "Precollection", 2027)
        desk.do(AddOrderSummary(ANA, said))
    async with at_the_desk(folder, (80, 24)) as rep:
        await go_to(rep, "Sales")
        await rep.sees("2027 Precoll… Northmoor")


async def test_enter_opens_the_orders_behind_a_row_and_o_all_of_hers(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Sales")
        await rep.sees("Together")
        await rep.press("enter", "enter")
        await rep.sees("Order S1001", "10 %: your rate, over the brand's 12 %", "$44 earned so far", "S Ship")
        await rep.press("escape", "o")
        await rep.sees("PO1001", "S1002", "Tue 3 Nov")


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("alder", "Alder & Wick", "Alder & Wick, or write “new brand alder”"),
        ("ALDER & WICK", "Alder & Wick", "Alder & Wick"),
        ("elan", "Élan Nord", "Élan Nord, or write “new brand elan”"),
        ("maison", "maison", "a new brand: maison; there is Maison Orme"),
        ("wick", "wick", "a new brand: wick; there is Alder & Wick"),
        ("new brand Alder", "Alder", "a new brand: Alder"),
        ("new brand elan nord", "elan nord", "a new brand: elan nord"),
        ("Zephyr", "Zephyr", "a new brand: Zephyr"),
        ("", "", ""),
    ],
)
def test_the_beginning_of_one_brands_name_is_that_brand(typed: str, meant: str, said: str) -> None:
    brands = ("Alder & Wick", "Élan Nord", "Maison Orme", "Maison Rey")
    assert brand_meant(brands, typed) == meant
    assert not typed or said_brand(brands, typed) == said


async def test_summaries_are_typed_in_one_after_the_other(sold: Path) -> None:
    """Save and new: what the orders of one market share stays in the form."""
    async with at_the_desk(sold, (120, 50)) as rep:
        await go_to(rep, "Sales")
        await rep.press("a")
        await rep.sees("Add an order summary", "Brand", "Commission %", "Save and new")
        for typed in ("moor", "Nrothmoor"):
            await rep.write(typed)
            await rep.sees(f"a new brand: {typed}; there is Northmoor")
        await rep.write("north")
        await rep.sees("Northmoor, or write “new brand north”")
        await rep.press("tab")
        await rep.write("fw26")
        await rep.sees("Fall 2026")
        await rep.press(*["tab"] * 6)
        await rep.press("tab")
        await rep.write("1,440")
        await rep.press("ctrl+n")
        await rep.until(lambda _: len(rows(rep, t.Order)) == 4, "saved")
        await rep.until(lambda s: "Add an order summary" in s and "S1004" in s, "the next form")
        await rep.press(*["tab"] * 8)
        await rep.write("ten")
        await rep.press("ctrl+s")
        await rep.sees("“ten” is not an amount of money")
        await rep.write("$10.50")
        await rep.press("ctrl+s")
        await rep.sees("Added order S1004 of Ana Ruiz, $10.50")
        last = rows(rep, t.Order)[-1]
        assert (last.brand_id, last.season, last.season_year, last.total_cents) == (1, "Fall", 2026, 1_050)


async def test_an_order_ships_is_credited_and_taken_back_on_its_page(sold: Path) -> None:
    async with at_the_desk(sold, (120, 40)) as rep:
        await go_to(rep, "Orders")
        await rep.press("enter", "j", "enter")
        await rep.sees("Order S1001", "Open", "$1,000")
        await rep.press("S")
        await rep.sees("Ship order S1001", "all that is open, $1,000")
        await rep.press("ctrl+s")
        await rep.sees("Order S1001", "$144 earned so far")
        await rep.press("B")
        await rep.sees("Credit memo on S1001", "CM1001")
        await rep.write("100")
        await rep.press("ctrl+s")
        await rep.sees("credit CM1001, reopens", "-$100.00", "-$10.00")
        await rep.press("z")
        await rep.sees("Take back")
        await rep.press("enter")
        await rep.until(lambda s: "credit CM1001," not in s and "$144 earned so far" in s, "taken back")
        await rep.press("escape")
        await rep.press("u", "u", "u")
        await rep.sees("$440 shipped, $1,000 open")


async def test_a_purchase_order_shows_how_its_lines_are_typed_on_80x24(sold: Path) -> None:
    async with at_the_desk(sold, (80, 24)) as rep:
        await go_to(rep, "Orders")
        await rep.press("P")
        await rep.sees("Add a purchase order", "4 x Cardigan @ 95.00, one line each;", "Season")
        await rep.write("Northmoor")
        await rep.press("tab")
        await rep.write("4 x Cardigan @ 95.00")
        await rep.sees("4 units, $380")
        await rep.press("ctrl+s")
        await rep.sees("Added order PO1002 of Ana Ruiz, $380")


async def test_half_of_it_ships_and_what_that_earns_is_shown_first(sold: Path) -> None:
    """She had to reckon the amount of a parcel by hand, and saw what it earns only once it was saved."""
    async with at_the_desk(sold, (120, 40)) as rep:
        await go_to(rep, "Orders")
        await rep.press("enter", "S")
        await rep.sees("Ship order PO1001", "empty: all that is open, $476; or half, 50 %")
        await rep.write("120 %")
        await rep.press("ctrl+s")
        await rep.sees("A rate is at most 100 %.")
        await rep.write("half")
        await rep.sees("$238, earns $14.30")
        await rep.press("ctrl+s")
        await rep.sees("Shipped $238 of order PO1001")
        assert rows(rep, t.Shipment)[-1].amount_cents == 23_800


async def test_cancelling_a_part_and_an_order_that_is_gone(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Orders")
        await rep.press("enter", "C")
        await rep.sees("Cancel order PO1001", "or half, 50 %")
        await rep.write("half")
        await rep.sees("$238")
        await rep.press("ctrl+s")
        await rep.sees("Cancelled $238 of order PO1001")
        await rep.press("S", "ctrl+s")
        await rep.sees("Shipped $238 of order PO1001")
        await rep.press("S")
        await rep.sees("Nothing of order PO1001 is open.")
        await rep.press("delete")
        await rep.sees("Removed order PO1001 of Ana Ruiz")
        await rep.press("u")
        await rep.sees("PO1001")


async def test_re_rating_is_shown_before_it_is_done(sold: Path) -> None:
    async with at_the_desk(sold, (120, 40)) as rep:
        await go_to(rep, "Brands")
        await rep.sees("Northmoor", "Active", "ID N-77", "its default 12 %, your rate 10 %")
        await rep.press("enter", "r")
        await rep.sees("Set her own rate")
        await rep.write("7")
        await rep.press("tab")
        await rep.write("2026-03-01")
        await rep.press("ctrl+s")
        await rep.sees("7 % from 1 Mar 2026")
        await rep.app.open_profile(ANA, "Orders")
        await rep.sees("─ Orders ─", "PO1001")
        await rep.press("R")
        await rep.sees("Re-rate all of her orders", "$144 → $100.80", "Re-rate", "7 %: her own rate from 1 Mar 2026")
        await rep.sees("enter or ctrl+s Re-rate")
        await rep.press("escape")
        await rep.sees("Nothing was re-rated.")
        assert rows(rep, t.Order)[0].rate == 1_000
        await rep.press("R")
        await rep.sees("Re-rate all of her orders")
        await rep.press("ctrl+s")
        await rep.sees("Re-rated 2 orders")
        assert rows(rep, t.Order)[0].rate == 700


async def test_what_if_shows_and_keeps_nothing(sold: Path) -> None:
    async with at_the_desk(sold, (120, 40)) as rep:
        await go_to(rep, "Orders")
        await rep.press("W")
        await rep.sees("What if", "tried only, not kept")
        await rep.write("20 %")
        await rep.press("ctrl+s")
        shown = await rep.sees("What if the rate were 20 %", "$144 → $288")
        told = [" ".join(line.split("│")[-3].split()) for line in shown.splitlines() if line.count("│") > 3]
        at = told.index("was by line: 5 % to 10 %")
        assert told[at : at + 7] == [
            "was by line: 5 % to 10 %",
            "is by line: 5 % to 20 %",
            "Cable cardigan $19",
            "by 5 %: this line's own rate, over your 10 %",
            "Felt hat $9.60 → $19.20",
            "was 10 %: your rate",
            "is 20 %: her own rate, over your 10 %",
        ]
        await rep.press("escape")
        assert [order.rate for order in rows(rep, t.Order)] == [1_000, None, 1_000]


async def test_brands_are_changed_in_one_key_and_all_rates_have_a_page(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Brands")
        await rep.press("enter", "j", "v")
        await rep.sees("Ana Ruiz is potential for Northmoor")
        await rep.press("e")
        await rep.sees("ID number", "N-77")
        await rep.press("escape")
        await rep.press("b")
        await rep.sees("Brands and rates", "Your own rate", "its default", "1 potential")
        await rep.press("r")
        await rep.sees("Set your own rate", "Now 10 %")
        await rep.write("11 %")
        await rep.press("tab")
        await rep.write("2027-01-01")
        await rep.press("ctrl+s")
        await rep.sees("10 % until 31 Dec 2026", "11 % from 1 Jan 2027")
        await rep.press("a")
        await rep.sees("Add a brand")
        await rep.write("Alder & Wick")
        await rep.press("ctrl+s")
        await rep.sees("Added the brand Alder & Wick")
        await rep.press("escape")
        await rep.sees("─ Brands ─", "Alder & Wick")


async def test_a_new_rate_begins_today_unless_the_rep_says_otherwise(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Brands")
        await rep.press("enter", "r")
        await rep.sees("Set her own rate", "21 Nov 2026; empty: as if it had always been")
        await rep.write("7")
        await rep.press("ctrl+s")
        await rep.sees("7 % from 21 Nov 2026")


async def test_brands_and_rates_are_in_the_palette(sold: Path) -> None:
    async with at_the_desk(sold) as rep:
        await rep.sees("clients need you")
        await rep.press("ctrl+b")
        await rep.sees("Brands and rates", "Northmoor", "Halcyon Loom")
        await rep.press("escape")
        await rep.sees("clients need you")


@pytest.mark.parametrize("section", ["Sales", "Orders", "Brands"])
async def test_an_empty_section_says_what_to_press(folder: Path, section: str) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await go_to(rep, section)
        await rep.sees("Nothing here yet", "a adds")


@pytest.mark.parametrize("section", ["Sales", "Orders", "Brands"])
async def test_each_section_fits_80_columns(sold: Path, section: str) -> None:
    async with at_the_desk(sold, (80, 24)) as rep:
        await go_to(rep, section)
        shown = await rep.sees("Northmoor")
        assert all(len(row) <= 80 for row in shown.splitlines())


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_she_pays_by_card_is_written_down_and_taken_back_on_its_page(
    sold: Path, size: tuple[int, int]
) -> None:
    """Only imports could say so; and nothing of a card but its last four digits is kept."""

    def kept(rep: Rep) -> dict[str, Any]:
        return {name: rows for name, rows in dump(rep.desk).items() if name not in ("expected_value", "buyer_model")}

    async with at_the_desk(sold, size) as rep:
        await go_to(rep, "Orders")
        await rep.press("enter", "enter")
        await rep.sees("Order PO1001", "Pay", "Take back esc Back" if size[0] == 80 else "Take back  esc Back")
        before = kept(rep)
        await rep.press("p")
        await rep.sees("Card payment on PO1001", "empty: all $476 that is to be paid", "only the last four digits")
        await rep.write("400.50")
        await rep.press("tab")
        await rep.write("Visa")
        await rep.press("tab")
        await rep.write("4242424242424242")
        await rep.press("ctrl+s")
        await rep.sees("Only the brand and the last four digits are kept.")
        assert kept(rep) == before
        await rep.write("4242")
        await rep.press("ctrl+s")
        await rep.sees("Order PO1001")
        (paid,) = rows(rep, t.CardPayment)
        assert (paid.cents, paid.brand, paid.last_four) == (40_050, "Visa", "4242")
        await rep.press("end")
        await rep.sees("$400.50  Visa 4242, Sat 21 Nov", "To be paid", "$75.50")
        await rep.press("z")
        await rep.until(lambda _: not rows(rep, t.CardPayment), "taken back")
        await rep.sees("Order PO1001")
        await rep.press("escape", "u", "u")
        await rep.until(lambda _: kept(rep) == before, "undone")


async def test_older_orders_are_read_as_the_cursor_comes_to_the_end(
    sold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was read so far stays in sight after a change: she is not thrown back to the first page."""
    with Desk.open(desk_paths(sold), clock=FrozenClock(NOW)) as desk:
        for number in range(60):
            desk.do(AddOrderSummary(ANA, OrderForm(date(2026, 9, 30) - timedelta(days=number), Cents(1_000 + number))))
    monkeypatch.setattr(sales, "PAGE", 30)
    monkeypatch.setattr(sales.orders_of, "__defaults__", (None, 30))
    async with at_the_desk(sold) as rep:
        await go_to(rep, "Orders")
        await rep.press("enter")
        entries = rep.app.screen.query_one(Entries)
        assert len(entries.keys) == 30
        for many in (60, 63):
            await rep.press("G")
            await rep.until(lambda _, many=many: len(entries.keys) == many, f"{many} orders")  # type: ignore[misc]
        await rep.press("G", "up", "delete")
        await rep.until(lambda shown: "4 Mar 2025" in shown and len(entries.keys) == 62, "the oldest order still")


async def test_what_is_paid_and_owed_no_longer_is_told_until_it_went_back(sold: Path) -> None:
    """A cancelled order that was paid by card would look as if all were well."""
    async with at_the_desk(sold, (80, 24)) as rep:
        order = rows(rep, t.Order)[1].id
        rep.desk.do(PayByCard(order, Card("Visa", "4242")))
        rep.desk.do(CancelOrder(order, Cents(14_500)))
        await go_to(rep, "Orders")
        await rep.sees("card $476; $145 to give back")
        await rep.press("enter", "enter")
        await rep.sees("Order PO1001", "b Give back", "esc Back")
        await rep.press("end")
        await rep.sees("To give back           $145  b when she has it")
        await rep.press("b")
        await rep.until(lambda _: len(rows(rep, t.CardPayment)) == 2, "given back")
        await rep.until(lambda shown: "esc Back" in shown and "To give back" not in shown, "all of it went back")
        assert [row.cents for row in rows(rep, t.CardPayment)] == [47_600, -14_500]
