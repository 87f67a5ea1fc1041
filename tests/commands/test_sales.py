"""Orders, shipments, credits, rates and brands: what a rep does, each as one step that can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from stylistdesk.commands.base import Command, Outcome
from stylistdesk.commands.brands import AddBrand, EditBrand, RemoveBrand, RemoveClientBrand, SetClientBrand
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.rates import EditRate, EndRate, RateOrders, RemoveRate, ReRate, SetRate
from stylistdesk.commands.sales import (
    AddCreditMemo,
    CancelOrder,
    ReinstateOrder,
    RemoveCreditMemo,
    RemoveShipment,
    ShipOrder,
)
from stylistdesk.db import tables as t
from stylistdesk.db.orders import read_orders
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents, OrderStatus, RateScope
from stylistdesk.queries.asking import Asking
from tests.helpers import add_client, dump
from tests.torture import times

TODAY = date(2026, 11, 21)
S = RateScope


def do(desk: Desk, command: Command) -> Outcome:
    """Do it, take it back, and do it again: the desk is each time as it was."""
    before = dump(desk)
    outcome = desk.do(command)
    after = dump(desk)
    if outcome.changed:
        desk.undo()
        assert dump(desk) == before
        desk.redo()
        assert dump(desk) == after
    return outcome


def every(desk: Desk, model: type[SQLModel]) -> list[Any]:
    def rows(asking: Asking) -> list[Any]:
        return list(asking.session.exec(select(model).order_by("id")))  # type: ignore[arg-type]

    return desk.ask(rows)


def only(desk: Desk, model: type[SQLModel]) -> Any:
    (row,) = every(desk, model)
    return row


def form(total: int = 100_000, on: date = TODAY, **said: Any) -> OrderForm:
    return OrderForm(on, Cents(total), **said)


def lines(words: str) -> Any:
    return parse_lines(words, "USD")


def rate(scope: RateScope, value: int, start: date | None = None, end: date | None = None, **ids: int) -> SetRate:
    return SetRate(RateKey(scope, **ids), BasisPoints(value), start, end)


@pytest.fixture
def ana(desk: Desk) -> int:
    return add_client(desk)


@pytest.fixture
def northmoor(desk: Desk) -> int:
    return int(desk.do(AddBrand("Northmoor")).value)


# ------------------------------------------------------------------- orders


def test_an_order_summary_keeps_every_field_and_gets_the_next_number(desk: Desk, ana: int) -> None:
    """The rep types it from a paper, and finds all of it again."""
    said = form(
        144_000, date(2026, 10, 12), brand="Northmoor", season="Fall", season_year=2026, ship_on=date(2026, 10, 20),
        cancel_on=date(2026, 11, 30), units=24, rep="Ola Berg", origin="Market week", description="Two\nparcels",
    )  # fmt: skip
    outcome = do(desk, AddOrderSummary(ana, said))
    assert outcome.label == "Added order S1001 of Ana Ruiz, $1,440"
    order = only(desk, t.Order)
    assert (order.number, order.kind, order.status, order.total_cents) == ("S1001", "summary", "placed", 144_000)
    assert (order.season, order.season_year, order.units, order.rep) == ("Fall", 2026, 24, "Ola Berg")
    assert (order.origin, order.note, order.ship_on) == ("Market week", "Two\nparcels", date(2026, 10, 20))
    assert only(desk, t.Brand).name == "Northmoor"
    assert (only(desk, t.Client).order_count, only(desk, t.Client).last_order_on) == (1, date(2026, 10, 12))
    assert every(desk, t.Signal) == []  # she knows it herself: nothing tells her to thank for it
    do(desk, AddOrderSummary(ana, form(number="A-7", brand="NORTHMOOR ")))
    do(desk, AddOrderSummary(ana, form()))
    assert [o.number for o in every(desk, t.Order)] == ["S1001", "A-7", "S1002"]
    assert len(every(desk, t.Brand)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "ordered_on"),
        ({"ship_on": TODAY - timedelta(days=1)}, "ship_on"),
        ({"ship_on": TODAY, "cancel_on": TODAY - timedelta(days=1)}, "cancel_on"),
        ({"total": -1}, "total"),
        ({"units": -1}, "units"),
        ({"rate": 10_001}, "rate"),
        ({"location_id": 77}, "location_id"),
        ({"number": "S1001"}, "number"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(desk: Desk, ana: int, wrong: dict[str, Any], field: str) -> None:
    desk.do(AddOrderSummary(ana, form()))
    before = dump(desk)
    with pytest.raises(Refused) as no:
        desk.do(AddOrderSummary(ana, form(**wrong)))
    assert no.value.field == field
    assert dump(desk) == before


def test_a_purchase_order_is_the_sum_of_its_lines(desk: Desk, ana: int) -> None:
    words = "4 x Cable cardigan [NM-310] @ 95 less 20\n6 x Felt hat @ 48.00 at 5 %"
    do(desk, rate_all := rate(S.REP, 1_000))
    assert rate_all.rate == 1_000
    do(desk, AddPurchaseOrder(ana, form(0, lines=lines(words))))
    order = only(desk, t.Order)
    assert (order.number, order.total_cents, order.units, order.discount_cents) == ("PO1001", 64_800, 10, 2_000)
    assert [(x.rate, x.commission_cents) for x in every(desk, t.OrderLine)] == [(1_000, 3_600), (500, 1_440)]
    assert (order.rate, order.rate_from, order.commission_cents) == (None, "by line: 5 % to 10 %", 5_040)
    assert every(desk, t.OrderLine)[1].rate_from == "5 %: this line's own rate, over the rep's 10 %"
    do(desk, EditOrder(order.id, form(0, lines=lines("4 x Cable cardigan @ 95"))))
    order = only(desk, t.Order)
    assert (order.total_cents, order.rate, order.commission_cents) == (38_000, 1_000, 3_800)
    assert len(every(desk, t.CommissionRate)) == 1
    with pytest.raises(Refused):
        desk.do(AddPurchaseOrder(ana, form(100)))


def test_an_order_is_changed_and_removed(desk: Desk, ana: int) -> None:
    order_id = do(desk, AddOrderSummary(ana, form(rate=BasisPoints(700)))).value
    assert only(desk, t.Order).commission_cents == 7_000
    do(desk, EditOrder(order_id, form(50_000, rate=BasisPoints(0))))
    order = only(desk, t.Order)
    assert (order.rate, order.commission_cents, order.rate_from) == (0, 0, "0 %: this order's own rate")
    do(desk, EditOrder(order_id, form(50_000)))  # blank is no rate
    order = only(desk, t.Order)
    assert (order.rate, order.commission_cents, order.rate_from, order.rated_at) == (None, None, "", None)
    do(desk, ShipOrder(order_id, TODAY))
    do(desk, AddCreditMemo(order_id, Cents(500), TODAY))
    do(desk, RemoveOrder(order_id))
    assert (every(desk, t.Order), every(desk, t.Shipment), every(desk, t.CreditMemo)) == ([], [], [])
    assert only(desk, t.Client).order_count == 0


# -------------------------------------------------- shipped, cancelled, credited


def test_an_order_ships_in_parts_and_what_is_left_is_cancelled(desk: Desk, ana: int) -> None:
    order_id = desk.do(AddOrderSummary(ana, form(rate=BasisPoints(1_000), on=date(2026, 11, 1)))).value
    do(desk, ShipOrder(order_id, date(2026, 11, 5), Cents(60_000)))
    order = only(desk, t.Order)
    assert (order.status, order.shipped_cents, order.shipped_at) == (OrderStatus.PLACED, 60_000, None)
    with pytest.raises(Refused, match=r"Only \$400 of it is open"):
        desk.do(ShipOrder(order_id, TODAY, Cents(40_001)))
    do(desk, CancelOrder(order_id, Cents(10_000)))
    do(desk, ShipOrder(order_id, TODAY))
    order = only(desk, t.Order)
    assert (order.status, order.shipped_cents, order.cancelled_cents) == (OrderStatus.SHIPPED, 90_000, 10_000)
    assert order.commission_cents == 9_000
    for command in (ShipOrder(order_id, TODAY), CancelOrder(order_id)):
        with pytest.raises(Refused, match="Nothing of it is open"):
            desk.do(command)
    do(desk, RemoveShipment(2))
    do(desk, ReinstateOrder(order_id))
    order = only(desk, t.Order)
    assert (order.status, order.cancelled_cents, order.commission_cents) == (OrderStatus.PLACED, 0, 10_000)


def test_a_cancelled_order_earns_nothing_and_is_no_order_of_hers(desk: Desk, ana: int) -> None:
    order_id = desk.do(AddOrderSummary(ana, form(rate=BasisPoints(1_000)))).value
    do(desk, CancelOrder(order_id))
    order = only(desk, t.Order)
    assert (order.status, order.commission_cents, only(desk, t.Client).order_count) == ("cancelled", 0, 0)
    do(desk, ReinstateOrder(order_id))
    order = only(desk, t.Order)
    assert (order.status, order.commission_cents, only(desk, t.Client).order_count) == ("placed", 10_000, 1)


@pytest.mark.parametrize("reopens", [True, False])
def test_a_credit_memo_reopens_or_not_and_takes_its_commission_back(desk: Desk, ana: int, reopens: bool) -> None:
    order_id = desk.do(AddOrderSummary(ana, form(10_001, rate=BasisPoints(1_050), on=date(2026, 9, 1)))).value
    desk.do(ShipOrder(order_id, date(2026, 9, 3)))
    outcome = do(desk, AddCreditMemo(order_id, Cents(3_333), date(2026, 11, 2), reopens))
    assert outcome.label == "Credited $33.33 on order S1001 of Ana Ruiz"
    memo = only(desk, t.CreditMemo)
    assert (memo.number, memo.commission_cents, memo.reopens) == ("CM1001", -350, reopens)
    assert only(desk, t.Order).status == (OrderStatus.PLACED if reopens else OrderStatus.SHIPPED)
    if reopens:
        do(desk, ShipOrder(order_id, TODAY))
        with pytest.raises(Refused, match="has shipped again"):
            desk.do(RemoveCreditMemo(memo.id))
        desk.undo()
    do(desk, RemoveCreditMemo(memo.id))
    assert every(desk, t.CreditMemo) == []


def test_a_credit_is_never_more_than_what_is_left(desk: Desk, ana: int) -> None:
    order_id = desk.do(AddOrderSummary(ana, form(10_000))).value
    with pytest.raises(Refused, match="has shipped, and only that"):
        desk.do(AddCreditMemo(order_id, Cents(1), TODAY))  # reopening is the default
    do(desk, AddCreditMemo(order_id, Cents(4_000), TODAY, reopens=False))
    for amount in (6_001, 0, -1):
        with pytest.raises(Refused):
            desk.do(AddCreditMemo(order_id, Cents(amount), TODAY, reopens=False))
    with pytest.raises(Refused):
        desk.do(AddCreditMemo(order_id, Cents(1), TODAY - timedelta(days=1), reopens=False))
    with pytest.raises(Refused):
        desk.do(CancelOrder(order_id))


# -------------------------------------------------------------------- rates


def test_rates_of_one_scope_never_overlap(desk: Desk, ana: int, northmoor: int) -> None:
    """It would be a matter of luck which is paid."""
    march, june = date(2026, 3, 1), date(2026, 6, 1)
    do(desk, rate(S.CLIENT, 700, march, client_id=ana))
    with pytest.raises(Refused, match="It overlaps 7 %, which holds from 1 Mar 2026") as no:
        desk.do(rate(S.CLIENT, 900, june, client_id=ana))
    assert no.value.field == "starts_on"
    do(desk, rate(S.CLIENT_BRAND, 900, june, client_id=ana, brand_id=northmoor))  # another scope
    do(desk, rate(S.CLIENT, 500, None, march, client_id=ana))  # ends where the other begins
    do(desk, SetRate(RateKey(S.CLIENT, ana), BasisPoints(900), june, end_running=True))
    found = [(r.rate, r.starts_on, r.ends_on) for r in every(desk, t.CommissionRate) if r.scope == "client"]
    assert found == [(700, march, june), (500, None, march), (900, june, None)]
    with pytest.raises(Refused, match="end before it begins"):
        desk.do(EndRate(1, march))
    do(desk, EditRate(4, BasisPoints(950), june, date(2026, 7, 1)))
    do(desk, RemoveRate(1))


def test_a_rate_needs_whom_its_scope_names(desk: Desk, ana: int) -> None:
    for wrong in (rate(S.CLIENT, 1), rate(S.REP, 1, client_id=ana), rate(S.BRAND, 1, brand_id=9), rate(S.LINE, 1)):
        with pytest.raises(Refused):
            desk.do(wrong)


def test_the_rate_is_frozen_until_it_is_rated_anew(desk: Desk, ana: int, northmoor: int) -> None:
    """A new rate for next year must not change what she was paid for last year."""
    desk.do(rate(S.BRAND, 1_200, brand_id=northmoor))
    order_id = desk.do(AddOrderSummary(ana, form(brand="Northmoor"))).value
    desk.do(ShipOrder(order_id, TODAY))
    desk.do(AddCreditMemo(order_id, Cents(10_000), TODAY))
    do(desk, rate(S.CLIENT, 700, date(2026, 3, 1), client_id=ana))
    assert (only(desk, t.Order).rate, only(desk, t.Order).commission_cents) == (1_200, 12_000)
    do(desk, EditOrder(order_id, form(200_000, brand="Northmoor")))
    assert (only(desk, t.Order).rate, only(desk, t.Order).commission_cents) == (1_200, 24_000)
    outcome = do(desk, ReRate((order_id,)))
    assert outcome.label == "Re-rated order S1001: 12 %, $240 → 7 %, $140"
    order = only(desk, t.Order)
    assert order.rate_from == "7 %: her own rate from 1 Mar 2026, over the brand's 12 %"
    assert only(desk, t.CreditMemo).commission_cents == -700
    assert not desk.do(ReRate((order_id,))).changed


def edit_lines(desk: Desk, order_id: int, words: str, **said: Any) -> list[tuple[str, int | None, int | None]]:
    """Edit the lines of the order of 1 November; each with its frozen rate and commission."""
    do(desk, EditOrder(order_id, form(0, date(2026, 11, 1), lines=lines(words), **said)))
    found = sorted(every(desk, t.OrderLine), key=lambda x: x.position)
    assert sum(x.commission_cents or 0 for x in found) == (only(desk, t.Order).commission_cents or 0)
    return [(x.name, x.rate, x.commission_cents) for x in found]


def test_a_line_keeps_its_frozen_rate_when_another_is_taken_out(desk: Desk, ana: int) -> None:
    """What the one that went was paid must not be paid for the one that stays."""
    desk.do(rate(S.REP, 1_000))
    order_id = desk.do(AddPurchaseOrder(ana, form(0, date(2026, 11, 1), lines=lines("1 x A @ 100")))).value
    desk.do(EditRate(1, BasisPoints(1_500)))
    assert edit_lines(desk, order_id, "1 x A @ 100\n1 x B @ 100") == [("A", 1_000, 1_000), ("B", 1_500, 1_500)]
    assert edit_lines(desk, order_id, "1 x B @ 100") == [("B", 1_500, 1_500)]
    assert edit_lines(desk, order_id, "1 x A @ 100\n2 x B @ 100") == [("A", 1_500, 1_500), ("B", 1_500, 3_000)]


def test_a_line_takes_its_own_rate_along(desk: Desk, ana: int) -> None:
    desk.do(rate(S.REP, 1_000))
    typed = "1 x A @ 100 at 5 %\n1 x B @ 100 at 6 %\n1 x C @ 100"
    order_id = desk.do(AddPurchaseOrder(ana, form(0, date(2026, 11, 1), lines=lines(typed)))).value
    assert edit_lines(desk, order_id, "1 x C @ 100\n1 x B @ 100 at 6 %") == [("C", 1_000, 1_000), ("B", 600, 600)]
    own = [(r.rate, r.order_line_id) for r in every(desk, t.CommissionRate) if r.scope == "line"]
    assert own == [(600, 2)]


def test_the_rate_agreed_for_a_line_rates_that_line_alone(desk: Desk, ana: int, northmoor: int) -> None:
    """The others are rated anew only when the rep asks for it and has seen what it does."""
    desk.do(rate(S.REP, 1_000))
    typed = "1 x A @ 100 at 5 %\n2 x B @ 100"
    first = form(0, date(2026, 11, 1), brand="Northmoor", lines=lines(typed))
    order_id = desk.do(AddPurchaseOrder(ana, first)).value
    desk.do(rate(S.REP_BRAND, 1_500, brand_id=northmoor))
    changed = edit_lines(desk, order_id, "1 x A @ 100 at 6 %\n2 x B @ 100", brand="Northmoor")
    assert changed == [("A", 600, 600), ("B", 1_000, 2_000)]
    changed = edit_lines(desk, order_id, "1 x A @ 100\n2 x B @ 100", brand="Northmoor")  # no longer its own
    assert changed == [("A", 1_500, 1_500), ("B", 1_000, 2_000)]
    changed = edit_lines(desk, order_id, "1 x A @ 100 at 6 %\n2 x B @ 100", brand="Northmoor", rate=BasisPoints(700))
    assert changed == [("A", 600, 600), ("B", 700, 1_400)]  # agreed for the order: all of it but the line's own


def test_an_order_without_a_rate_is_rated_when_there_is_one(desk: Desk, ana: int) -> None:
    desk.do(AddOrderSummary(ana, form()))
    assert only(desk, t.Order).commission_cents is None
    assert desk.do(RateOrders(ana)).label == "No order waits for a rate"
    desk.do(rate(S.REP, 1_000))
    assert do(desk, RateOrders(ana)).label == "Rated 1 order"
    assert only(desk, t.Order).commission_cents == 10_000


def test_the_order_date_chooses_by_the_local_day(desk: Desk, ana: int) -> None:
    """An order of 28 Feb at ten in the evening is one of March in UTC."""
    desk.do(rate(S.REP, 1_000, None, date(2026, 3, 1)))
    desk.do(rate(S.REP, 500, date(2026, 3, 1)))
    for day in (date(2026, 2, 28), date(2026, 3, 1)):
        desk.do(AddOrderSummary(ana, form(on=day)))
    assert [o.rate for o in every(desk, t.Order)] == [1_000, 500]


# ------------------------------------------------------------------- brands


def test_brands_are_kept_once_and_removed_with_their_rates(desk: Desk, ana: int, northmoor: int) -> None:
    with pytest.raises(Refused, match="There is a brand Northmoor already"):
        desk.do(AddBrand(" NORTHMOOR"))
    do(desk, EditBrand(northmoor, "Northmoor Mills", "Portland"))
    do(desk, SetClientBrand(ana, "northmoor mills", BrandStatus.POTENTIAL, "N-77"))
    outcome = do(desk, SetClientBrand(ana, "Northmoor Mills", BrandStatus.ACTIVE, "N-77"))
    assert outcome.label == "Ana Ruiz is active for Northmoor Mills"
    desk.do(rate(S.BRAND, 1_200, brand_id=northmoor))
    desk.do(AddOrderSummary(ana, form(brand="Northmoor Mills")))
    do(desk, RemoveClientBrand(ana, northmoor))
    do(desk, SetClientBrand(ana, "Northmoor Mills", BrandStatus.ACTIVE))
    do(desk, RemoveBrand(northmoor))
    assert (every(desk, t.Brand), every(desk, t.ClientBrand), every(desk, t.CommissionRate)) == ([], [], [])
    order = only(desk, t.Order)
    assert (order.brand_id, order.commission_cents) == (None, 12_000)


def test_a_client_goes_with_all_of_her_orders(desk: Desk, ana: int, northmoor: int) -> None:
    desk.do(SetClientBrand(ana, "Northmoor", BrandStatus.ACTIVE))
    desk.do(rate(S.CLIENT, 700, client_id=ana))
    order_id = desk.do(AddPurchaseOrder(ana, form(0, lines=lines("2 x Hat @ 5 at 3 %"), rate=BasisPoints(1)))).value
    desk.do(ShipOrder(order_id, TODAY))
    desk.do(AddCreditMemo(order_id, Cents(5), TODAY))
    do(desk, DeleteClient(ana))
    for model in (t.Order, t.OrderLine, t.Shipment, t.CreditMemo, t.CommissionRate, t.ClientBrand):
        assert every(desk, model) == []
    assert northmoor


# ------------------------------------------------------- any order of doing things

amounts = st.integers(1, 70_000)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("ship"), st.one_of(st.none(), amounts)),
        st.tuples(st.just("cancel"), st.one_of(st.none(), amounts)),
        st.tuples(st.just("credit"), amounts),
        st.tuples(st.just("allow"), amounts),
        st.tuples(st.just("total"), st.integers(0, 90_000)),
        st.tuples(st.just("reinstate"), st.none()),
        st.tuples(st.just("unship"), st.integers(1, 4)),
        st.tuples(st.just("uncredit"), st.integers(1, 4)),
        st.tuples(st.just("rate"), st.integers(0, 10_000)),
    ),
    max_size=8,
)


@settings(max_examples=times(12))
@given(total=st.integers(0, 90_000), rate_of=st.integers(0, 10_000), doing=steps)
def test_whatever_is_done_to_an_order_its_sums_agree(
    new_desk: Callable[[], Desk], total: int, rate_of: int, doing: list[tuple[str, Any]]
) -> None:
    """Booked, cancelled, shipped and credited, and what each earns: nothing is ever paid twice."""
    with new_desk() as desk:
        ana = add_client(desk)
        order_id = desk.do(AddOrderSummary(ana, form(total, rate=BasisPoints(rate_of)))).value
        booked = total
        for what, much in doing:
            command: Any = {
                "ship": lambda m: ShipOrder(order_id, TODAY, m),
                "cancel": lambda m: CancelOrder(order_id, m),
                "credit": lambda m: AddCreditMemo(order_id, m, TODAY, True),
                "allow": lambda m: AddCreditMemo(order_id, m, TODAY, False),
                "total": lambda m, r=rate_of: EditOrder(order_id, form(m, rate=BasisPoints(r))),
                "reinstate": lambda _: ReinstateOrder(order_id),
                "unship": RemoveShipment,
                "uncredit": RemoveCreditMemo,
                "rate": lambda m, b=booked: EditOrder(order_id, form(b, rate=BasisPoints(m))),
            }[what](much)
            before = dump(desk)
            try:
                desk.do(command)
            except Refused:
                assert dump(desk) == before
                continue
            booked = much if what == "total" else booked
            rate_of = much if what == "rate" else rate_of
        (order,) = desk.ask(lambda asking: list(read_orders(asking.session, asking.zone)))
        s = order.facts.standing
        assert s.booked == booked
        assert (order.row["status"] == OrderStatus.CANCELLED) == (0 < s.booked == s.cancelled)
        assert s.booked >= s.cancelled >= 0 <= s.shipped <= s.active
        # reckoned apart: what was sent less what came back, at the rate
        sent = sum(x["amount_cents"] for x in order.shipments)
        back = sum(x["amount_cents"] for x in order.credits)
        reopened = sum(x["amount_cents"] for x in order.credits if x["reopens"])
        assert (s.shipped, s.open, s.credited) == (sent - reopened, s.active - sent + reopened, back)
        earned = sum(p.commission for p in order.postings(order.terms))
        exact = Fraction((sent - back) * rate_of, 10_000)
        assert abs(earned - exact) <= Fraction(1, 2)
        assert order.row["commission_cents"] == (s.active * rate_of * 2 + 10_000) // 20_000
        report = desk.preview(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
