"""The rewards of an event and the host orders in a spreadsheet: every cent that is on screen is there too."""

import csv
import io
from datetime import date

from stylistdesk.domain.host_orders import parse_host_lines
from stylistdesk.domain.host_rewards import RewardRules, rewards_of
from stylistdesk.domain.rewards_ledger import Account, Adjustment, CountedOrder, Frozen, LeftOut
from stylistdesk.domain.types import Cents, HostOrderStatus
from stylistdesk.exchange.export_rewards import host_orders_text, ledgers_text
from stylistdesk.queries.host_rewards import EventLedger, EventRewards, HostOrderRow

DAY = date(2026, 11, 8)


def order(key: int, worth: int, returned: int = 0) -> CountedOrder:
    return CountedOrder(
        key, 1, f"=Guest {key}", f"#{key}", DAY, Cents(worth), Cents(0), Cents(0), Cents(returned), Cents(99)
    )


ACCOUNT = Account(
    (order(1, 20_000), order(2, 20_000), order(3, 1_250), order(4, 500, 500)),
    (LeftOut("Tax and shipping", "they are no merchandise", Cents(99)), LeftOut("Order #9 of Bea", "in EUR")),
    RewardRules(),
    Frozen("HO-1001", DAY, Cents(6_500), 2),
    (Adjustment(DAY, Cents(-312), 0, "Return R-1"),),
)
HOST_ORDER = HostOrderRow(
    1, "HO-1001", 1, "Ana's party", 1, "Ana Ruiz", HostOrderStatus.PLACED, DAY, DAY, None, Cents(6_500), 2, 7,
    "for\nFriday", parse_host_lines("1 x Scarf @ 60 reward\n2 x Hat @ 48.01 half", "USD"), "",
)  # fmt: skip
REWARDS = rewards_of((20_000, 20_000, 1_250), RewardRules())
EVENT = EventRewards(
    1, "Ana's party", 1, "Ana Ruiz", DAY, DAY, True, False, REWARDS, ACCOUNT.total, 2, None, HOST_ORDER
)  # fmt: skip


def table(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))


def test_the_rows_of_a_ledger_are_its_total() -> None:
    rows = table(ledgers_text((EventLedger(EVENT, ACCOUNT, (HOST_ORDER,)),), "USD"))
    assert [row["kind"] for row in rows] == [
        *["order"] * 4,
        *["left out"] * 2,
        "earned",
        "placed",
        "adjustment",
        "total",
    ]
    assert [row["running"] for row in rows[:4]] == ["200.00", "400.00", "412.50", "412.50"]
    assert (rows[3]["why"], rows[0]["client"]) == ("returned", "'=Guest 1")
    earned, placed, adjusted, total = rows[6:]
    assert earned["why"] == "the tier of $400 to $700: 15 % of $412.50 is 61.875, rounded to the cent"
    assert (earned["counts"], earned["reward"]) == ("412.50", "61.88")
    assert [row["reward"] for row in (placed, adjusted, total)] == ["65.00", "-3.12", "61.88"]


def test_an_event_that_does_not_qualify_says_what_is_missing() -> None:
    bare = Account((order(1, 15_500),), (), RewardRules())
    rows = table(ledgers_text((EventLedger(EVENT, bare, ()),), "USD"))
    assert [(row["kind"], row["why"], row["reward"]) for row in rows[1:]] == [
        ("earned", "it needs 2 orders and $45 more", "0.00"), ("total", "", "0.00"),
    ]  # fmt: skip


def test_each_line_of_a_host_order_is_a_row() -> None:
    rows = table(host_orders_text((HOST_ORDER,), "USD"))
    assert [(row["host_order"], row["item"], row["quantity"], row["paid_by"], row["she_pays"]) for row in rows] == [
        ("HO-1001", "Scarf", "1", "reward", "0.00"), ("HO-1001", "Hat", "2", "half price", "48.02"),
    ]  # fmt: skip
    assert (rows[0]["status"], rows[0]["placed"], rows[0]["reward"], rows[0]["note"]) == (
        "placed", "2026-11-08", "65.00", "for Friday",
    )  # fmt: skip
