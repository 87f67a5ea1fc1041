"""Sell, redeem, pay, return, move, take rewards, close, undo and redo, in any order: no cent is made or lost."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.host_events import AddHostEvent, CloseHostEvent, HostEventForm
from stylistdesk.commands.host_orders import CancelHostOrder, EnterHostOrder, PlaceHostOrder
from stylistdesk.commands.moves import ConfirmMove, MoveOrder, RequestMove
from stylistdesk.commands.orders import AddPurchaseOrder, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.paying import PayByCard, RedeemGift, RefundGift
from stylistdesk.commands.returns import CancelReturn, MarkExchangeSent, MarkReceived, OpenReturn
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ReinstateOrder, RemoveCreditMemo, ShipOrder
from stylistdesk.db.event_orders import rewards_of_events
from stylistdesk.db.gifts import due_of
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.host_orders import HostLine
from stylistdesk.domain.order_lines import TypedLine
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import Cents, HostPays, ReturnKind
from stylistdesk.queries.asking import Asking
from tests.conftest import NOW
from tests.helpers import add_client, dump
from tests.torture import times

HOST, GUEST = 1, 2
TODAY = NOW.date()
which = st.integers(0, 5)
cents = st.integers(1, 20_000)


STEPS = (
    "order", "sell", "redeem", "redeem", "pay", "refund", "ship", "give_back", "give_back", "receive", "send_exchange",
    "cancel_return", "move", "ask_service", "ask_service", "edit", "edit", "credit", "uncredit", "cancel",
    "reinstate", "remove",
    "take_rewards", "place", "cancel_host_order", "close", "undo", "redo",
)  # fmt: skip


class Money(RuleBasedStateMachine):
    """Each step is done or refused in words; what must hold of the money is looked at after it."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stylistdesk-money-"))
        self.desk = Desk.open(self.folder / "desk", clock=FrozenClock(NOW))
        self.desk.do(SetUpDesk("Ola Berg", "America/New_York", "USD"))
        add_client(self.desk), add_client(self.desk, "Bea Okafor")
        self.empty = dump(self.desk)
        self.done = self.undone = 0
        self.least: dict[int, int] = {}
        window = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
        self.do(AddHostEvent(HostEventForm("Autumn party", *window, HOST)))
        self.do(AddHostEvent(HostEventForm("My own", *window)))
        for place in (1, 2, 4):
            self.order(place, 1, 9_999)
        self.sell(0, 0, 9_000)
        self.redeem(0, 0, 4_001)
        self.give_back(1, 1, 2)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.check()
            for _ in range(self.done):
                self.desk.undo()
            there, gone = dump(self.desk), {"journal_command", "journal_change", "journal_state", "sqlite_sequence"}
            assert {k: v for k, v in there.items() if k not in gone} == {
                k: v for k, v in self.empty.items() if k not in gone
            }
            self.desk.close()
            shutil.rmtree(self.folder)

    def do(self, command: Command) -> None:
        """Do it; a refusal says why, and changes nothing."""
        try:
            changed = self.desk.do(command).changed
        except Refused as no:
            assert str(no).strip()
            return
        if changed:
            self.done, self.undone = self.done + 1, 0

    def rows(self, sql: str) -> list[Any]:
        return self.desk.ask(lambda asking: list(asking.session.connection().execute(text(sql)).all()))

    def one(self, table: str, place: int, column: str = "id") -> Any:
        """One of the rows of a table; where there is none, one that is not there."""
        there = self.rows(f'SELECT {column} FROM "{table}" ORDER BY id')
        return there[place % len(there)][0] if there else 99

    def redeemed(self) -> dict[int, tuple[int, int, int]]:
        """By event with a placed host order: what was frozen, that and what was posted since, and what is earned."""
        earned = self.desk.ask(lambda asking: rewards_of_events(asking.session, asking.settings))
        placed = self.rows(
            "SELECT event_id, reward_cents, (SELECT coalesce(sum(cents), 0) FROM reward_adjustment a WHERE "
            "a.event_id = h.event_id) FROM host_order h WHERE status = 'placed'"
        )
        return {event: (frozen, frozen + posted, earned[event].cents) for event, frozen, posted in placed}

    # ----------------------------------------------------------------- commands

    def order(self, a: int, b: int, amount: int) -> None:
        lines = TypedLine("Scarf", 1 + a % 3, Cents(amount)), TypedLine("Coat", 1, Cents(7_001), Cents(500))
        self.do(AddPurchaseOrder((HOST, GUEST)[b % 2], OrderForm(TODAY, lines=lines, event_id=b % 3)))

    def sell(self, a: int, b: int, amount: int) -> None:
        self.do(SellGift(GUEST, Cents(amount), TODAY, "Cleo"))

    def redeem(self, a: int, b: int, amount: int) -> None:
        number = str(self.one("gift_certificate", a, "number"))
        self.do(RedeemGift(number, self.one("order", b), Cents(amount) if amount % 2 else None))

    def pay(self, a: int, b: int, amount: int) -> None:
        self.do(PayByCard(self.one("order", a), Card("Visa", "4242")))

    def refund(self, a: int, b: int, amount: int) -> None:
        self.do(RefundGift(self.one("order", a), Cents(amount) if amount % 2 else None))

    def ship(self, a: int, b: int, amount: int) -> None:
        self.do(ShipOrder(self.one("order", a), TODAY))

    def cancel(self, a: int, b: int, amount: int) -> None:
        """What is owed no longer is on its certificates again: only a card may be left to be paid back."""
        order = self.one("order", a)
        cancelled = self.rows(f'SELECT cancelled_cents FROM "order" WHERE id = {order}')
        self.follows(CancelOrder(order, Cents(amount) if amount % 2 else None))
        if self.rows(f'SELECT cancelled_cents FROM "order" WHERE id = {order}') == cancelled:
            return
        ((owed, by_gift, by_card),) = self.rows(
            "SELECT total_cents - cancelled_cents - coalesce((SELECT sum(amount_cents) FROM credit_memo c WHERE"
            ' c.order_id = "order".id), 0) + coalesce((SELECT sum(fee_cents) FROM goods_return WHERE root_order_id ='
            ' "order".id AND cancelled_at IS NULL), 0), coalesce((SELECT -sum(cents) FROM gift_movement WHERE'
            ' order_id = "order".id), 0), coalesce((SELECT sum(cents) FROM card_payment WHERE'
            ' order_id = "order".id), 0)'
            f' FROM "order" WHERE id = {order}'
        )
        assert by_gift == 0 or by_gift + by_card <= owed

    def give_back(self, a: int, b: int, amount: int) -> None:
        key = self.one("order_line", a)
        (order,) = [row[0] for row in self.rows(f"SELECT order_id FROM order_line WHERE id = {key}")] or [99]
        kind, before = list(ReturnKind)[b % 4], self.redeemed()
        dues, last = self.dues(), self.rows("SELECT coalesce(max(id), 0) FROM goods_return")[0][0]
        self.do(OpenReturn(order, (Asked(key, 1 + amount % 2, kind, amount % 3 == 0, "the same in navy"),)))
        for event, (_, had, _) in before.items():
            _, has, earned = self.redeemed()[event]
            assert min(had, earned) <= has <= had
        for root, due in self.dues().items():
            newest = (
                "SELECT goods_cents - fee_cents - to_gift_cents - to_card_cents FROM goods_return WHERE root_order_id"
            )
            off = self.rows(f"{newest} = {root} AND id > {last} ORDER BY id DESC LIMIT 1")
            assert due in (dues.get(root, 0) - (off[0][0] if off else 0), 0)

    def dues(self) -> dict[int, int]:
        """What is due on each order."""
        orders = [row[0] for row in self.rows('SELECT id FROM "order"')]
        found = self.desk.ask(lambda asking: [due_of(asking.session, key) for key in orders])
        return {one.order_id: one.due for one in found if one is not None}

    def receive(self, a: int, b: int, amount: int) -> None:
        self.do(MarkReceived(self.one("goods_return", a)))

    def send_exchange(self, a: int, b: int, amount: int) -> None:
        self.do(MarkExchangeSent(self.one("goods_return", a)))

    def cancel_return(self, a: int, b: int, amount: int) -> None:
        before = self.redeemed()
        self.do(CancelReturn(self.one("goods_return", a)))
        for event, (_, had, _) in before.items():
            assert had <= self.redeemed()[event][1]

    def move(self, a: int, b: int, amount: int) -> None:
        self.do(MoveOrder(self.one("order", a), 1 + b % 2))

    def follows(self, command: Command) -> None:
        """Done to an order that is there: redeemed rewards lose what is no longer earned, and get back no more."""
        before = self.redeemed()
        self.do(command)
        for event, (frozen, had, earned) in before.items():
            _, has, earns = self.redeemed()[event]
            if earns < earned:
                assert has == min(had, earns)
            elif earns == earned:
                assert has == had
            else:
                assert had <= has <= max(had, min(frozen, earns, had + earns - earned))

    def ask_service(self, a: int, b: int, amount: int) -> None:
        self.do(RequestMove(self.one("order", a), 1 + b % 2))
        self.follows(ConfirmMove(self.one("order_move", 99 - a)))

    def edit(self, a: int, b: int, amount: int) -> None:
        lines, order = (TypedLine("Scarf", 1 + a % 3, Cents(amount)),), self.one("order", a)
        if self.rows(f"SELECT id FROM card_payment WHERE order_id = {order}"):
            return  # what a card has paid beyond the new total is told, and left to the rep
        self.follows(EditOrder(order, OrderForm(TODAY, lines=lines, event_id=b % 3 if b < 3 else None)))

    def credit(self, a: int, b: int, amount: int) -> None:
        self.follows(AddCreditMemo(self.one("order", a), Cents(amount), TODAY, reopens=False))

    def uncredit(self, a: int, b: int, amount: int) -> None:
        self.follows(RemoveCreditMemo(self.one("credit_memo", a)))

    def reinstate(self, a: int, b: int, amount: int) -> None:
        self.follows(ReinstateOrder(self.one("order", a)))

    def remove(self, a: int, b: int, amount: int) -> None:
        if b == 0:
            self.follows(RemoveOrder(self.one("order", a)))

    def take_rewards(self, a: int, b: int, amount: int) -> None:
        self.do(EnterHostOrder(1, (HostLine("Gown", 1, Cents(amount % 4_000), list(HostPays)[b % 3]),)))

    def place(self, a: int, b: int, amount: int) -> None:
        self.do(PlaceHostOrder(self.one("host_order", a)))

    def cancel_host_order(self, a: int, b: int, amount: int) -> None:
        self.do(CancelHostOrder(self.one("host_order", a)))

    def close(self, a: int, b: int, amount: int) -> None:
        self.do(CloseHostEvent(1 + a % 2, closed=b == 0))

    def undo(self, a: int, b: int, amount: int) -> None:
        try:
            self.desk.undo()
        except NotUndoable:
            return
        self.done, self.undone = self.done - 1, self.undone + 1

    def redo(self, a: int, b: int, amount: int) -> None:
        if self.undone:
            self.desk.redo()
            self.done, self.undone = self.done + 1, self.undone - 1

    # One rule for them all: hypothesis would leave whole kinds of steps out of an example.
    @rule(step=st.sampled_from(STEPS), a=which, b=which, amount=cents)
    def step(self, step: str, a: int, b: int, amount: int) -> None:
        """One more thing that a rep does."""
        getattr(self, step)(a, b, amount)

    # ------------------------------------------------------------ what always holds

    @invariant()
    def no_certificate_is_overdrawn(self) -> None:
        if not hasattr(self, "desk"):
            return
        movements = self.rows("SELECT gift_id, kind, cents FROM gift_movement")
        left: dict[int, int] = {}
        for gift, _, amount in movements:
            left[gift] = left.get(gift, 0) + amount
        assert all(amount >= 0 for amount in left.values())
        sold = sum(amount for _, kind, amount in movements if kind == "sold")
        used = -sum(amount for _, kind, amount in movements if kind in ("redeemed", "refunded"))
        assert sold - used == sum(left.values())

    @invariant()
    def no_order_is_paid_beyond_what_it_costs_or_below_nothing(self) -> None:
        if not hasattr(self, "desk"):
            return
        dues = self.dues()
        for order, total, by_gift, by_card, credited in self.rows(
            'SELECT id, total_cents, coalesce((SELECT -sum(cents) FROM gift_movement WHERE order_id = "order".id), 0),'
            ' coalesce((SELECT sum(cents) FROM card_payment WHERE order_id = "order".id), 0), coalesce((SELECT'
            ' sum(amount_cents) FROM credit_memo WHERE order_id = "order".id), 0) FROM "order"'
        ):
            assert by_gift >= 0 and by_card >= 0 and by_gift + by_card <= total
            assert dues[order] == 0 or credited < total

    @invariant()
    def no_return_gives_more_than_was_paid_for_what_came_back(self) -> None:
        if not hasattr(self, "desk"):
            return
        for goods, fee, to_gift, to_card in self.rows(
            "SELECT goods_cents, fee_cents, to_gift_cents, to_card_cents FROM goods_return"
        ):
            assert 0 <= fee <= goods and to_gift >= 0 and to_card >= 0 and to_gift + to_card <= goods - fee
        for bought, back in self.rows(
            "SELECT l.quantity, coalesce((SELECT sum(b.quantity) FROM return_line b JOIN goods_return r ON "
            "r.id = b.return_id AND r.cancelled_at IS NULL WHERE b.order_line_id = l.id), 0) FROM order_line l"
        ):
            assert 0 <= back <= bought
        for booked, credited in self.rows(
            'SELECT total_cents, (SELECT coalesce(sum(amount_cents), 0) FROM credit_memo WHERE order_id = "order".id)'
            ' FROM "order"'
        ):
            assert credited <= booked

    @invariant()
    def rewards_are_what_the_orders_come_to(self) -> None:
        """Reckoned here from plain rows: three orders and $200, then 10, 15, 20 or 25 % of the base."""
        if not hasattr(self, "desk"):
            return

        def asked(asking: Asking) -> dict[int, Any]:
            return rewards_of_events(asking.session, asking.settings)

        for event, rewards in self.desk.ask(asked).items():
            bases = [
                total - back
                for total, back in self.rows(
                    "SELECT total_cents - cancelled_cents, (SELECT coalesce(sum(amount_cents), 0) FROM credit_memo"
                    f' WHERE order_id = "order".id) FROM "order" WHERE event_id = {event} AND NOT is_host_order'
                )
            ]
            base, orders = sum(bases), sum(amount > 0 for amount in bases)
            percent = next((p for at, p in ((100_000, 25), (70_000, 20), (40_000, 15), (20_000, 10)) if base >= at), 0)
            assert (rewards.base, rewards.orders) == (base, orders)
            assert rewards.cents == ((base * percent + 50) // 100 if orders >= 3 else 0)

    @invariant()
    def no_host_has_more_than_was_frozen_or_less_than_returns_left_of_it(self) -> None:
        """What a return once took comes back with it, not with an order that comes later."""
        if not hasattr(self, "desk"):
            return
        lowest, self.least = self.least, {}
        for event, (frozen, has, earned) in self.redeemed().items():
            self.least[event] = min(lowest.get(event, frozen), earned)
            assert self.least[event] <= has <= frozen

    def check(self) -> None:
        """`check` finds nothing, and mends nothing."""
        report = self.desk.preview(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())


Money.TestCase.settings = settings(max_examples=times(6), stateful_step_count=40, deadline=None)
TestMoney = Money.TestCase
