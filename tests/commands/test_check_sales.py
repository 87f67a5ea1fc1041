"""`check` on sums (R22, R29, R32): what follows from the rest is mended and counted, what does not is told by name."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from stylistdesk.commands.check import CheckDesk, CheckReport
from stylistdesk.commands.clients import AddClient, ClientForm, EditClient
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, OrderForm
from stylistdesk.commands.quizzes import AddQuiz, QuizForm
from stylistdesk.commands.rates import SetRate
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ShipOrder
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.types import BasisPoints, Cents, RateScope
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from tests.helpers import add_client, dump

TODAY = date(2026, 11, 21)
LINES = parse_lines("2 x Hat @ 50\n1 x Coat @ 33.33 at 7.5 %", "USD")


@pytest.fixture
def sold(desk: Desk) -> Desk:
    """Ana has a purchase order that shipped in part and was credited (PO1001), and a cancelled summary (S1001)."""
    ana = add_client(desk)
    desk.do(SetRate(RateKey(RateScope.REP), BasisPoints(1_000)))
    order_id = desk.do(AddPurchaseOrder(ana, OrderForm(TODAY, lines=LINES))).value
    desk.do(ShipOrder(order_id, TODAY, Cents(9_999)))
    desk.do(AddCreditMemo(order_id, Cents(1_111), TODAY, reopens=False))
    desk.do(CancelOrder(desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(5_000)))).value, Cents(2_000)))
    return desk


def harm(desk: Desk, *statements: str) -> None:
    """What another program, or a fault, did to the file."""
    with desk._database.write() as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def check(desk: Desk) -> CheckReport:
    """What `check` says; a second run finds nothing to mend, and the same to tell."""
    report: CheckReport = desk.do(CheckDesk()).value
    again = desk.preview(CheckDesk()).value
    assert (again.problems, again.repaired) == (report.problems, ())
    return report


@pytest.mark.parametrize(
    ("harmed", "repaired"),
    [
        ("UPDATE \"order\" SET commission_cents = 99999 WHERE kind = 'summary'", "1 commissions of orders"),
        ("UPDATE \"order\" SET commission_cents = NULL WHERE kind = 'summary'", "1 commissions of orders"),
        ("UPDATE order_line SET commission_cents = commission_cents + 1", "1 commissions of orders"),
        ("UPDATE order_line SET commission_cents = CASE position WHEN 0 THEN 999 ELSE 251 END",
         "1 commissions of orders"),
        ("UPDATE credit_memo SET commission_cents = -1", "1 commissions of orders"),
        ("UPDATE \"order\" SET rate = 700 WHERE kind = 'purchase_order'", "1 commissions of orders"),
        ("UPDATE \"order\" SET total_cents = total_cents + 100 WHERE kind = 'purchase_order'",
         "1 totals of purchase orders"),
        ("UPDATE \"order\" SET shipped_cents = 0", "1 shipped sums and statuses of orders"),
        ("UPDATE \"order\" SET status = 'cancelled'", "2 shipped sums and statuses of orders"),
    ],
)  # fmt: skip
def test_what_follows_from_the_rest_is_mended(sold: Desk, harmed: str, repaired: str) -> None:
    """A sum that is wrong is paid out wrongly."""
    before = dump(sold)
    harm(sold, harmed)
    as_harmed = dump(sold)
    assert check(sold) == CheckReport((), (repaired,))
    assert dump(sold) == before
    sold.undo()
    assert dump(sold) == as_harmed


@pytest.mark.parametrize(
    ("harmed", "said"),
    [
        ("UPDATE shipment SET amount_cents = amount_cents * 9",
         ("Order PO1001 of Ana Ruiz: $899.91 shipped and $0 cancelled is more than the $133.33 that was booked",)),
        ("UPDATE \"order\" SET cancelled_cents = 5001 WHERE kind = 'summary'",
         ("Order S1001 of Ana Ruiz: $0 shipped and $50.01 cancelled is more than the $50 that was booked",)),
        ("UPDATE credit_memo SET amount_cents = 13334",
         ("Order PO1001 of Ana Ruiz: $133.34 was credited, and only $133.33 is left of it",)),
        ("UPDATE credit_memo SET amount_cents = 10000, reopens = 1",
         ("Order PO1001 of Ana Ruiz: $100 was reopened by credits, and only $99.99 was shipped",)),
        ("UPDATE order_line SET rate = 9999 WHERE position = 0",
         ("Order PO1001 of Ana Ruiz: a rate on it is 99.99 %, and its reason says “10 %: the rep's rate”",)),
        ("UPDATE \"order\" SET rate = 20000, rate_from = '200 %: a gift' WHERE kind = 'summary'",
         ("Order S1001 of Ana Ruiz: a rate on it is 200 %, and its reason says “200 %: a gift”",)),
        ("UPDATE \"order\" SET rate = NULL WHERE kind = 'summary'",
         ("Order S1001 of Ana Ruiz: a rate on it is gone, and its reason says “10 %: the rep's rate”",)),
        ("UPDATE commission_rate SET rate = -1", ("2 commission rates that are not 0 to 100 %",)),
        ("INSERT INTO commission_rate (scope, rate, set_at, note) VALUES ('rep', 5, '2026-01-01', '')",
         ("1 pairs of commission rates of one scope that overlap",)),
        ("DELETE FROM commission_rate WHERE scope = 'line'; DELETE FROM order_line",
         ("Order PO1001 of Ana Ruiz: the lines of this purchase order are gone",
          "Order PO1001 of Ana Ruiz: a rate on it is gone, and its reason says “by line: 7.5 % to 10 %”")),
    ],
)  # fmt: skip
def test_what_does_not_is_told_by_order_and_client(sold: Desk, harmed: str, said: tuple[str, ...]) -> None:
    """She has to look at the paper: nothing on the desk says which of the two is right."""
    assert check(sold) == CheckReport((), ())
    harm(sold, *harmed.split(";"))
    assert check(sold).problems == said


def test_the_sums_of_a_shop_are_its_own(sold: Desk, tmp_path: Path) -> None:
    """With tax, shipping, discounts and refunds its total is not that of its lines."""
    file = tmp_path / "orders.csv"
    file.write_text(
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,"
        "Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount,Id\n"
        "#1,bea@example.com,partially_refunded,2026-10-01 10:00:00 -0400,fulfilled,2026-10-02 10:00:00 -0400,USD,"
        "90.00,8.00,7.00,105.00,10.00,2026-10-01 10:00:00 -0400,2,Hat,50.00,20.00,1\n"
    )
    report = sold.do(ImportFile(recognise(file))).value
    assert report.created["order"] == 1
    assert check(sold) == CheckReport((), ())
    harm(sold, "UPDATE \"order\" SET commission_cents = 1 WHERE kind = 'shop'")
    assert check(sold).repaired == ("1 commissions of orders",)


# ------------------------------------------------------------------ spending power


def quiz(desk: Desk, client_id: int, power: int | None, month: int) -> None:
    taken_at = datetime(2026, month, 1, 12, tzinfo=UTC)
    desk.do(AddQuiz(client_id, QuizForm(taken_at, power, (("Which colours?", "green"),))))


def powers(desk: Desk) -> list[int | None]:
    def read(asking: Any) -> list[int | None]:
        return list(asking.session.exec(select(t.Client.spending_power).order_by("id")))

    return desk.ask(read)


def test_spending_power_is_that_of_the_newest_quiz_that_tells_it(desk: Desk) -> None:
    ana = add_client(desk)
    add_client(desk, "Bea")
    quiz(desk, ana, 3, 2)
    quiz(desk, ana, 4, 3)
    quiz(desk, ana, None, 4)
    harm(desk, "UPDATE client SET spending_power = 6")
    assert check(desk) == CheckReport((), ("1 spending powers",))
    assert powers(desk) == [4, 6]  # Bea took no quiz: nothing says what it was


@pytest.mark.parametrize("by", ["hand", "undo", "merge"])
def test_what_the_rep_decided_herself_stays(desk: Desk, by: str) -> None:
    """She knows her clients: a check that overrules her would do so each time."""
    ana = add_client(desk)
    quiz(desk, ana, 3, 2)
    if by == "merge":
        bea = desk.do(AddClient(ClientForm("Bea"))).value
        quiz(desk, bea, 5, 3)
        desk.do(MergeClients(ana, bea, (("spending_power", "keep"),)))
    else:
        desk.do(EditClient(ana, ClientForm("Ana Ruiz", spending_power=2)))
    if by == "undo":
        desk.do(EditClient(ana, ClientForm("Ana Ruiz", spending_power=1)))
        desk.undo()
    assert check(desk) == CheckReport((), ())
    assert powers(desk) == [3 if by == "merge" else 2]
