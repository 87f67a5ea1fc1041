"""Brands and commission rates from files, and what a shop's orders earn when they come in."""

from typing import Any

import pytest

from stylistdesk.commands.brands import AddBrand
from stylistdesk.commands.rates import SetRate
from stylistdesk.db.tables import Brand, Client, ClientBrand, CommissionRate, Order, OrderLine
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.types import BasisPoints, RateScope
from tests.exchange.test_orders import HEADER, first, more
from tests.helpers import add_client

BRANDS = "brand,default_rate,note,client_email,client_phone,client_name,status,brand_number\n"
RATES = "scope,brand,client_email,client_phone,client_name,order_number,rate,starts_on,ends_on,note\n"


def test_brands_come_with_their_rates_and_with_what_clients_are_to_them(bench: Any) -> None:
    add_client(bench.desk, email="ana@example.com")
    rows = (
        BRANDS
        + "Northmoor,12 %,Knitwear,,,,,\nNORTHMOOR,,,ana@example.com,,,Active,N-77\n"
        + "Halcyon Loom,0,,,,Ana Ruiz,potential,\nAlder & Wick,,,,,,,\n"
    )
    report = bench.take(rows)
    assert report.format == "brands"
    assert report.created == {"brand": 3, "client_brand": 2, "commission_rate": 2}
    assert [(b.name, b.note) for b in bench.all(Brand)] == [
        ("Northmoor", "Knitwear"), ("Halcyon Loom", ""), ("Alder & Wick", ""),
    ]  # fmt: skip
    assert [(r.scope, r.brand_id, r.rate) for r in bench.all(CommissionRate)] == [("brand", 1, 1200), ("brand", 2, 0)]
    assert [(c.brand_id, c.status, c.number) for c in bench.all(ClientBrand)] == [
        (1, "active", "N-77"), (2, "potential", ""),
    ]  # fmt: skip
    again = bench.take(rows)
    assert (again.created, again.updated) == ({}, {})
    changed = bench.take(rows.replace("12 %", "11"))
    assert changed.updated == {"commission_rate": 1}
    bench.desk.undo()
    bench.desk.undo()
    assert (bench.all(Brand), bench.all(CommissionRate)) == ([], [])


def test_a_row_that_cannot_be_taken_is_told_and_makes_no_client(bench: Any) -> None:
    rows = ",5,,,,,,\nNorthmoor,abc,,,,,,\nNorthmoor,,,x@example.com,,,,\nNorthmoor,5,,,,X,sometimes,\n"
    report = bench.take(BRANDS + rows)
    assert [row.line for row in report.refused] == [2, 3, 4, 5]
    assert bench.all(Client) == []


def test_rates_are_dated_and_never_overlap(bench: Any) -> None:
    add_client(bench.desk, email="ana@example.com")
    bench.desk.do(AddBrand("Northmoor"))
    bench.take(HEADER + first())
    report = bench.take(
        RATES
        + "rep,,,,,,10,,,\nrep x brand,northmoor,,,,,11 %,2026-01-01,2027-01-01,two seasons\n"
        + "client,,ana@example.com,,,,7,2026-03-01,,\nclient,,ana@example.com,,,,8,2026-05-01,,\n"
        + "client,,ana@example.com,,,,6,,2026-03-01,\nclient x brand,Northmoor,,,Ana Ruiz,,0,,,\n"
        + "brand,Northmoor,,,,,12.5,,,\norder,,,,,#1001,5,,,\n"
    )
    assert report.format == "commission_rates"
    assert [(row.line, row.reason) for row in report.refused] == [
        (5, "it overlaps 7 %, which holds from 1 Mar 2026"),
    ]
    assert [r.scope for r in bench.all(CommissionRate)] == [
        "rep", "rep_brand", "client", "client", "client_brand", "brand", "order",
    ]  # fmt: skip
    assert bench.all(CommissionRate)[-1].client_id == 1
    assert bench.take(RATES + "rep,,,,,,10,,,\n").unchanged == {"commission_rate": 1}
    assert bench.take(RATES + "rep,,,,,,9.5,,,\n").updated == {"commission_rate": 1}


@pytest.mark.parametrize(
    "row",
    [
        "planet,,,,,,5,,,", "line,,,,,,5,,,", "rep,,,,,,,,,", "rep,,,,,,101,,,", "rep,X,,,,,5,,,", "client,,,,,,5,,,",
        "brand,Unknown,,,,,5,,,", "client,,nobody@example.com,,,,5,,,", "order,,,,,#9,5,,,", "rep,,,,,,5,3/1,,",
        "rep,,,,,,5,2026-03-01,2026-03-01,",
    ],
)  # fmt: skip
def test_a_rate_that_cannot_be_is_told_by_its_line(bench: Any, row: str) -> None:
    report = bench.take(RATES + row + "\n")
    assert [refused.line for refused in report.refused] == [2]
    assert (bench.all(CommissionRate), bench.all(Client)) == ([], [])


@pytest.mark.parametrize("ends", ["2026-03-01", "2026-02-28"])
def test_a_rate_that_holds_on_no_day_says_what_its_end_means(bench: Any, ends: str) -> None:
    """For one day's rate, "it ends before it begins" would be wrong, and say nothing of what to write."""
    report = bench.take(f"{RATES}rep,,,,,,5,2026-03-01,{ends},\n")
    assert [refused.reason for refused in report.refused] == [
        "ends_on is the first day on which the rate no longer holds, so it must be after starts_on"
    ]


def test_a_shops_order_is_rated_when_it_comes_in_by_the_brand_of_its_lines(bench: Any) -> None:
    """Tax and shipping earn nothing; the vendor names the brand, however it is spelled."""
    ola = bench.desk.do(AddBrand("OLA")).value
    bench.desk.do(SetRate(RateKey(RateScope.BRAND, brand_id=ola), BasisPoints(1_000)))
    bench.take(HEADER + first(Vendor="ola") + more())
    (order,) = bench.all(Order)
    assert (order.brand_id, order.rate, order.rate_from) == (ola, 1_000, "10 %: OLA's rate")
    assert order.commission_cents == 5_000
    assert sum(line.commission_cents for line in bench.all(OrderLine)) == 5_000
    again = bench.take(HEADER + first(Vendor="ola") + more())
    assert (again.created, again.updated) == ({}, {})
    bench.take(HEADER + first(Vendor="ola", Cancelled_at="2026-11-05 10:00:00 -0500") + more())
    assert bench.all(Order)[0].commission_cents == 0


def test_a_line_that_the_shop_takes_off_takes_its_rate_along(bench: Any) -> None:
    bench.take(HEADER + first() + more())
    line = bench.all(OrderLine)[1]
    bench.desk.do(SetRate(RateKey(RateScope.LINE, order_line_id=line.id), BasisPoints(300)))
    bench.take(HEADER + first(Refunded_Amount="5.00"))
    assert (len(bench.all(OrderLine)), bench.all(CommissionRate)) == (1, [])
