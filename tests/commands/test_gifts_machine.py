"""Any order of selling, redeeming, refunding, cancelling, correcting, undo and redo: model and desk agree."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.gifts import CorrectGift, DeleteGift, EditGift, SellGift
from stylistdesk.commands.orders import AddOrderSummary, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.paying import RedeemGift, RefundGift
from stylistdesk.commands.sales import CancelOrder
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.types import Cents
from tests.conftest import NOW
from tests.helpers import add_client
from tests.torture import times

VISA = Card("Visa", "4242")
which = st.integers(0, 3)
cents = st.integers(0, 6_000)
Effect = Callable[["World"], None]


class World:
    """What is there: the balance of each certificate, the total of each order, and what paid for it."""

    def __init__(self) -> None:
        self.left: Counter[int] = Counter()
        self.used: set[int] = set()  # certificates with more than their sale on them
        self.total: dict[int, int] = {}
        self.cancelled: Counter[int] = Counter()
        self.by_gift: dict[int, Counter[int]] = {}
        self.by_card: Counter[int] = Counter()

    @property
    def is_short(self) -> bool:
        """Whether less than nothing is left somewhere, or more was given back than was paid."""
        return any(amount < 0 for held in (self.left, *self.by_gift.values()) for amount in held.values())

    def due(self, order: int) -> int:
        return max(0, self.owed(order) - self.by_gift[order].total() - self.by_card[order])

    def owed(self, order: int) -> int:
        """What it costs now."""
        return self.total[order] - self.cancelled[order]

    def sell(self, gift: int, amount: int) -> None:
        self.left[gift] = amount

    def remove(self, gift: int) -> None:
        del self.left[gift]

    def order(self, order: int, total: int) -> None:
        self.total[order], self.by_gift[order] = total, Counter()

    def remove_order(self, order: int) -> None:
        del self.total[order], self.by_gift[order], self.by_card[order], self.cancelled[order]

    def cancel(self, order: int, amount: int) -> None:
        self.cancelled[order] += amount

    def lower(self, order: int, total: int) -> None:
        self.total[order] = total

    def redeem(self, gift: int, order: int, amount: int, rest: int) -> None:
        self.left[gift] -= amount
        self.used.add(gift)
        self.by_gift[order][gift] += amount
        self.by_card[order] += rest

    def refund(self, order: int, parts: dict[int, int], card: int) -> None:
        for gift, amount in parts.items():
            self.left[gift] += amount
            self.by_gift[order][gift] -= amount
        self.by_card[order] -= card

    def correct(self, gift: int, by: int) -> None:
        self.left[gift] += by
        self.used.add(gift)

    def change(self, gift: int, by: int) -> None:
        self.left[gift] += by


class Gifts(RuleBasedStateMachine):
    """The model: what each command in force has done, in order."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stylistdesk-gifts-"))
        self.desk = Desk.open(self.folder / "desk", clock=FrozenClock(NOW))
        self.desk.do(SetUpDesk("Ola Berg", "America/New_York", "USD"))
        add_client(self.desk)
        self.before = self.ask("SELECT max(id) FROM journal_command")
        self.effects: dict[int, Effect] = {}
        self.force: list[int] = []
        self.undone: list[int] = []
        self.do(SellGift(1, Cents(5_000), NOW.date()), lambda made: lambda world: world.sell(made[0], 5_000))
        self.do(AddOrderSummary(1, OrderForm(NOW.date(), Cents(4_000))), lambda made: lambda w: w.order(made, 4_000))

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            shutil.rmtree(self.folder)

    def ask(self, sql: str) -> Any:
        return self.desk.ask(lambda asking: asking.session.connection().execute(text(sql)).scalar())

    @property
    def world(self) -> World:
        world = World()
        for key in sorted(self.force):
            self.effects[key](world)
        return world

    def do(self, command: Command, effect: Callable[[Any], Effect], *, refused: bool = False) -> None:
        """A command does what was foreseen, or is refused as was foreseen."""
        try:
            made = self.desk.do(command).value
        except Refused as no:
            assert refused, no
            return
        assert not refused, command
        key = self.ask("SELECT max(id) FROM journal_command")
        self.effects[key] = effect(made)
        self.force.append(key)
        self.undone.clear()

    def gift(self, place: int) -> int:
        """One of the certificates; where there is none, one that is not there."""
        there = sorted(self.world.left)
        return there[place % len(there)] if there else 99

    def order(self, place: int) -> int:
        there = sorted(self.world.total)
        return there[place % len(there)] if there else 99

    def number(self, gift: int) -> str:
        return str(self.ask(f"SELECT number FROM gift_certificate WHERE id = {gift}") or "GC")

    # ----------------------------------------------------------------- commands

    @rule(amount=cents, count=st.integers(1, 2))
    def sell(self, amount: int, count: int) -> None:
        def effect(ids: tuple[int, ...]) -> Effect:
            return lambda world: [world.sell(gift, amount) for gift in ids] and None

        self.do(SellGift(1, Cents(amount), NOW.date(), count=count), effect, refused=amount == 0)

    @rule(total=cents)
    def add_order(self, total: int) -> None:
        form = OrderForm(NOW.date(), Cents(total))
        self.do(AddOrderSummary(1, form), lambda order: lambda world: world.order(order, total))

    @rule(gift=which, order=which, amount=st.none() | cents, by_card=st.booleans())
    def redeem(self, gift: int, order: int, amount: int | None, by_card: bool) -> None:
        key, on, world = self.gift(gift), self.order(order), self.world
        left, due = world.left.get(key, 0), world.due(on) if on in world.total else 0
        pays = min(left, due) if amount is None else amount
        rest = due - pays if by_card else 0
        wrong = not 0 < pays <= min(left, due) or (by_card and not rest)
        command = RedeemGift(self.number(key), on, None if amount is None else Cents(amount), VISA if by_card else None)
        self.do(command, lambda _: lambda world: world.redeem(key, on, pays, rest), refused=wrong)

    @rule(order=which, amount=st.none() | cents, first=st.none() | which)
    def refund(self, order: int, amount: int | None, first: int | None) -> None:
        on, world = self.order(order), self.world
        chosen = None if first is None else self.gift(first)
        paid = +world.by_gift.get(on, Counter())
        most = paid.total() + world.by_card[on]
        back = amount if amount is not None else most if chosen is None else paid[chosen]
        wrong = not 0 < back <= most or (chosen is not None and not paid[chosen])
        parts: dict[int, int] = {}
        rest = back
        for key in sorted(self.paid_in_order(on), key=lambda key: key != chosen):
            parts[key] = min(paid[key], rest)
            rest -= parts[key]
        command = RefundGift(on, None if amount is None else Cents(amount), chosen)
        self.do(command, lambda _: lambda world: world.refund(on, parts, rest), refused=wrong)

    def paid_in_order(self, order: int) -> list[int]:
        rows = self.desk.ask(
            lambda asking: (
                asking.session.connection()
                .execute(text(f"SELECT gift_id FROM gift_movement WHERE order_id = {order} ORDER BY id"))
                .scalars()
                .all()
            )
        )
        return list(dict.fromkeys(rows))

    @rule(order=which, amount=cents)
    def cancel(self, order: int, amount: int) -> None:
        """Certificates get back what is owed no longer, the first to pay first."""
        on, world = self.order(order), self.world
        wrong = on not in world.total or not 0 < amount <= world.owed(on)
        parts = {} if wrong else self.parts_back(on, world.owed(on) - amount)

        def effect(world: World) -> None:
            world.cancel(on, amount)
            world.refund(on, parts, 0)

        self.do(CancelOrder(on, Cents(amount)), lambda _: effect, refused=wrong)

    @rule(order=which, by=cents)
    def lower(self, order: int, by: int) -> None:
        on, world = self.order(order), self.world
        if on not in world.total or not by:
            return
        total = world.total[on] - by
        wrong = total < world.cancelled[on]
        parts = {} if wrong else self.parts_back(on, total - world.cancelled[on])

        def effect(world: World) -> None:
            world.lower(on, total)
            world.refund(on, parts, 0)

        self.do(EditOrder(on, OrderForm(NOW.date(), Cents(total))), lambda _: effect, refused=wrong)

    def parts_back(self, on: int, owed: int) -> dict[int, int]:
        """What goes back to each certificate where an order is owed so much from now on."""
        paid, parts = +self.world.by_gift[on], {}
        over = max(0, paid.total() + self.world.by_card[on] - owed)
        for key in self.paid_in_order(on):
            parts[key] = min(paid[key], over)
            over -= parts[key]
        return parts

    @rule(gift=which, balance=cents)
    def correct(self, gift: int, balance: int) -> None:
        key, world = self.gift(gift), self.world
        by = balance - world.left.get(key, balance)
        self.do(CorrectGift(key, Cents(balance), "so"), lambda _: lambda world: world.correct(key, by), refused=not by)

    @rule(gift=which, amount=cents)
    def change(self, gift: int, amount: int) -> None:
        key, world = self.gift(gift), self.world
        sold = self.sold_at(key)
        if amount != sold:
            by = amount - (sold or 0)
            wrong = sold is None or key in world.used or not amount
            self.do(EditGift(key, amount=Cents(amount)), lambda _: lambda w: w.change(key, by), refused=wrong)

    def sold_at(self, gift: int) -> int | None:
        found = self.ask(f"SELECT cents FROM gift_movement WHERE kind = 'sold' AND gift_id = {gift}")
        return None if found is None else int(found)

    @rule(gift=which)
    def remove(self, gift: int) -> None:
        key, world = self.gift(gift), self.world
        self.do(DeleteGift(key), lambda _: lambda world: world.remove(key),
                refused=key not in world.left or key in world.used)  # fmt: skip

    @rule(order=which)
    def remove_order(self, order: int) -> None:
        on, world = self.order(order), self.world
        wrong = on not in world.total or (+world.by_gift[on]).total() > 0
        self.do(RemoveOrder(on), lambda _: lambda world: world.remove_order(on), refused=wrong)

    # ---------------------------------------------------------------- undo, redo

    @precondition(lambda self: self.force)
    @rule()
    def undo(self) -> None:
        """Refused only where an earlier step was taken back, so that less than nothing would be left."""
        key = max(self.force)
        self.force.remove(key)
        if self.world.is_short:
            self.force.append(key)
            with pytest.raises(NotUndoable):
                self.desk.undo()
        else:
            self.desk.undo()
            self.undone.append(key)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.desk.redo()
        self.force.append(self.undone.pop())

    @precondition(lambda self: self.force)
    @rule(place=st.integers(0, 20))
    def undo_an_earlier_one(self, place: int) -> None:
        """It may stand in the way of what came later: then nothing changes."""
        key = sorted(self.force)[place % len(self.force)]
        try:
            self.desk.undo(key)
        except NotUndoable:
            return
        self.force.remove(key)
        self.undone.append(key)

    # ------------------------------------------------------------ what always holds

    @invariant()
    def balances_agree(self) -> None:
        if not hasattr(self, "force"):
            return
        world = self.world
        rows = self.desk.ask(
            lambda asking: (
                asking.session.connection()
                .execute(text("SELECT gift_id, kind, sum(cents) FROM gift_movement GROUP BY gift_id, kind"))
                .all()
            )
        )
        left: Counter[int] = Counter()
        for gift, _, amount in rows:
            left[gift] += amount
        assert dict(left) == dict(world.left)
        assert all(amount >= 0 for amount in left.values())
        assert all(amount >= 0 for paid in world.by_gift.values() for amount in paid.values())
        redeemed = -sum(amount for _, kind, amount in rows if kind in ("redeemed", "refunded"))
        paid = int(self.ask("SELECT coalesce(sum(cents), 0) FROM card_payment"))
        assert paid == world.by_card.total()
        sold, corrected = (sum(a for _, kind, a in rows if kind == name) for name in ("sold", "corrected"))
        assert left.total() == sold - redeemed + corrected

    @rule()
    def check(self) -> None:
        """An order is paid beyond its total only where an earlier refund was taken back: that is told."""
        world, report = self.world, self.desk.preview(CheckDesk()).value
        beyond = [on for on in world.total if world.by_gift[on].total() > world.total[on]]
        assert (len(report.problems), report.repaired) == (len(beyond), ())


Gifts.TestCase.settings = settings(max_examples=times(15), stateful_step_count=25, deadline=None)
TestGifts = Gifts.TestCase
