"""What clients are expected to bring (R48): learned from the orders, in no history, shown wherever it is asked."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.merging import MergeClients
from stylistdesk.db.tables import Order, Signal
from stylistdesk.desk import Desk
from stylistdesk.domain.buying import CDNOW, History, chance
from stylistdesk.domain.types import OrderStatus, SignalKind
from stylistdesk.exchange.exporting import export_for
from stylistdesk.queries.clients import Sort, all_clients
from stylistdesk.queries.daily_tasks import client_pane, queue, today_json
from stylistdesk.queries.history import history
from tests.helpers import add_client, dump

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)


class Ordered:
    """Orders so many days ago, as an import brings them: (client, days ago, cents)."""

    def __init__(self, *orders: tuple[int, float, int], currency: str = "USD", cancelled: bool = False) -> None:
        self.orders, self.currency, self.cancelled = orders, currency, cancelled

    def apply(self, work: Work) -> Outcome:
        for client_id, ago, cents in self.orders:
            order = Order(
                client_id=client_id, source="test", number=f"{client_id}-{ago}-{cents}-{self.cancelled}",
                status=OrderStatus.CANCELLED if self.cancelled else OrderStatus.RECEIVED,
                placed_at=work.now - timedelta(days=ago), currency=self.currency, subtotal_cents=cents,
                shipping_cents=0, tax_cents=0, discount_cents=0, total_cents=cents,
            )  # fmt: skip
            work.session.add(order)
        return Outcome("Ordered", tuple({client_id for client_id, _, _ in self.orders}))


class Commented:
    """Something that puts her in the queue."""

    def __init__(self, client_id: int) -> None:
        self.client_id = client_id

    def apply(self, work: Work) -> Outcome:
        work.session.add(
            Signal(client_id=self.client_id, kind=SignalKind.COMMENTED, occurred_at=work.now, source="test",
                   external_id=str(self.client_id), comment="Lovely")
        )  # fmt: skip
        return Outcome("Commented", (self.client_id,))


def expected(desk: Desk) -> dict[str, tuple[int, int, str]]:
    """By name: chance, cents and day, as the list of all clients has them."""
    rows = desk.ask(all_clients).rows
    return {r.name: (r.expected.chance, r.expected.amount, str(r.expected.by_day)) for r in rows if r.expected}


def test_below_two_hundred_clients_the_stated_defaults_hold(desk: Desk) -> None:
    """Orders of one day are one; cancelled ones and other currencies' amounts do not count."""
    ana, bea, cleo = (add_client(desk, name) for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh"))
    desk.do(Ordered((ana, 70, 100_00), (ana, 35, 200_00), (ana, 35.1, 40_00), (bea, 7, 60_00)))
    desk.do(Ordered((ana, 1, 900_00), (cleo, 1, 900_00), cancelled=True))
    desk.do(Ordered((bea, 14, 5_00), currency="EUR"))
    assert desk.learn_buyers()
    told = expected(desk)
    desk_mean = (100_00 + 240_00 + 60_00) / 3
    assert told == {
        "Ana Ruiz": (round(10_000 * chance(CDNOW, History(1, 35, 70), 13)), round((3 * desk_mean + 340_00) / 5),
                     "2027-02-20"),
        "Bea Okafor": (round(10_000 * chance(CDNOW, History(1, 7, 14), 13)), round((3 * desk_mean + 60_00) / 4),
                       "2027-02-20"),
    }  # fmt: skip


def test_a_desk_without_orders_learns_nothing(desk: Desk) -> None:
    add_client(desk)
    before = dump(desk)
    assert not desk.learn_buyers()
    assert dump(desk) == before


def test_it_is_learned_again_only_for_other_orders_and_another_day(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk)
    desk.do(Ordered((ana, 30, 100_00), (ana, 9, 100_00)))
    assert desk.learn_buyers()
    first = expected(desk)["Ana Ruiz"]
    version = desk.version
    assert not desk.learn_buyers() and desk.version == version
    clock.at += timedelta(days=1)
    assert desk.learn_buyers() and desk.version == version + 1, "the screens are told"
    later = expected(desk)["Ana Ruiz"]
    assert later[0] < first[0] and later[2] == "2027-02-21"
    desk.undo()
    assert desk.learn_buyers()
    assert expected(desk) == {} and dump(desk)["buyer_model"] == []


def test_undo_redo_removing_and_merging_do_not_mind_it(desk: Desk) -> None:
    ana, bea = add_client(desk, "Ana Ruiz"), add_client(desk, "Bea Okafor")
    desk.do(Ordered((ana, 30, 100_00), (bea, 9, 100_00)))
    steps = len(desk.ask(history))
    desk.learn_buyers()
    assert len(desk.ask(history)) == steps, "it is no step of the history"
    before = dump(desk)
    for command in (DeleteClient(bea), MergeClients(keep_id=ana, gone_id=bea)):
        desk.do(command)
        gone = dump(desk)
        assert list(expected(desk)) == ["Ana Ruiz"]
        desk.undo()
        assert dump(desk) == before
        desk.redo()
        assert dump(desk) == gone
        desk.undo()
    desk.do(DeleteClient(ana))
    assert desk.learn_buyers()
    assert list(expected(desk)) == ["Bea Okafor"] and len(dump(desk)["expected_value"]) == 1
    desk.undo()
    assert desk.ask(client_pane, ana).expected is None  # type: ignore[union-attr]
    assert desk.learn_buyers() and len(expected(desk)) == 2


def test_a_window_that_only_reads_writes_nothing(desk: Desk) -> None:
    desk.do(Ordered((add_client(desk), 30, 100_00)))
    with Desk.open(desk.paths.data_dir, clock=FrozenClock(NOW)) as second:
        assert second.read_only is not None
        before = dump(desk)
        assert not second.learn_buyers()
        assert dump(desk) == before
        desk.learn_buyers()
        assert second.poll() and expected(second) == expected(desk) != {}


def test_it_is_a_term_of_her_score_said_in_words(desk: Desk) -> None:
    """One for each hundred that she is expected to bring, three at most; nothing where nothing was learned."""
    ana, bea = add_client(desk, "Ana Ruiz"), add_client(desk, "Bea Okafor")
    desk.do(Ordered(*((ana, ago, 140_00) for ago in range(5, 200, 30)), (bea, 400, 9_000_00)))
    for client_id in (ana, bea):
        desk.do(Commented(client_id))

    def terms() -> dict[str, dict[str, float]]:
        rows = desk.ask(today_json, desk.ask(queue))
        return {row["client"]: {term["name"]: term["value"] for term in row["terms"]} for row in rows}

    without = terms()
    desk.learn_buyers()
    told, said = expected(desk), terms()
    percent = (told["Ana Ruiz"][0] + 50) // 100
    assert f"likely to buy: {percent} %, about $470" in said["Ana Ruiz"]
    hers = next(row["expected"] for row in desk.ask(today_json, desk.ask(queue)) if row["client"] == "Ana Ruiz")
    chance, amount, by = told["Ana Ruiz"]
    assert hers == {"chance": chance / 10_000, "amount_cents": amount, "currency": "USD", "by": by}
    for name, (chances, cents, _) in told.items():
        new = said[name].keys() - without[name].keys()
        assert [said[name][term] for term in new] == [min(chances * cents // 10_000 // 100 / 100, 3.0)]
    assert desk.ask(client_pane, ana).standing.terms == next(  # type: ignore[union-attr]
        row.standing.terms for row in desk.ask(queue).rows if row.client_id == ana
    )


def test_all_clients_can_be_sorted_by_it_and_the_table_has_it(desk: Desk) -> None:
    names = ("Ana Ruiz", "Bea Okafor", "Cleo Marsh")
    ana, bea, _ = (add_client(desk, name) for name in names)
    desk.do(Ordered((ana, 300, 20_00), (bea, 60, 90_00), (bea, 30, 90_00)))
    desk.learn_buyers()
    assert [row.name for row in desk.ask(all_clients, Sort.EXPECTED).rows] == ["Bea Okafor", "Ana Ruiz", "Cleo Marsh"]
    rows = list(csv.DictReader(io.StringIO(desk.ask(export_for(Path("c.csv")).make, None).content.decode("utf-8-sig"))))
    bought = {row["name"]: row for row in rows}
    chances, cents, day = expected(desk)["Bea Okafor"]
    row = bought["Bea Okafor"]
    assert (row["likely_to_buy_percent"], row["likely_to_buy_by"]) == (f"{chances / 100:.2f}", day)
    assert (row["expected_order"], row["expected_value"]) == (
        f"{cents / 100:.2f}", f"{chances * cents // 10_000 / 100:.2f}"
    )  # fmt: skip
    assert bought["Cleo Marsh"]["expected_value"] == ""


def test_what_was_promised_for_a_day_that_has_passed_is_not_told(desk: Desk, clock: FrozenClock) -> None:
    desk.do(Ordered((add_client(desk), 30, 100_00)))
    desk.learn_buyers()
    clock.at += timedelta(days=92)
    assert expected(desk) == {}


def test_from_two_hundred_clients_on_it_is_fitted_on_her_own_orders(desk: Desk, clock: FrozenClock) -> None:
    """Clients who come back every month, and none who stays away: far likelier than the defaults say."""
    random = Random(3)
    ids = [add_client(desk, f"Client {number}") for number in range(200)]
    desk.do(Ordered(*((who, random.randrange(5, 25) + 30 * month, 100_00) for who in ids for month in range(9))))
    desk.learn_buyers()
    (model,) = dump(desk)["buyer_model"]
    assert model[2] == 1 and model[3:5] == (200, 1800)
    assert min(chance for chance, _, _ in expected(desk).values()) > 9_000
    clock.at += timedelta(days=1)
    desk.learn_buyers()
    (later,) = dump(desk)["buyer_model"]
    assert later[1] == model[1], "another day is no reason to fit it anew"
