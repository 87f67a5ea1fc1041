"""Commission rates at their seven scopes (R32): set, ended, removed; and orders rated by them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.brands import brand_with
from stylistdesk.commands.triage import client_of_sale
from stylistdesk.db.orders import rate_of, read_rates
from stylistdesk.db.rating import Rated, Rating, rate_orders
from stylistdesk.db.tables import CommissionRate, Order, OrderLine
from stylistdesk.domain.commission import DatedRate, RateKey
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import WHOLE, format_rate, say_date, say_span
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import BasisPoints, RateScope

_NEEDS = {
    RateScope.LINE: ("order_line_id",),
    RateScope.ORDER: ("order_id",),
    RateScope.CLIENT_BRAND: ("client_id", "brand_id"),
    RateScope.CLIENT: ("client_id",),
    RateScope.REP_BRAND: ("brand_id",),
    RateScope.REP: (),
    RateScope.BRAND: ("brand_id",),
}


@dataclass(frozen=True, slots=True)
class SetRate:
    """Set a rate from a day (or as if always) up to, not with, another (or for good). `Outcome.value` is its id.

    Two rates of one scope never overlap. With `end_running` a rate that runs on its first day ends there instead of
    being in the way, as one step. Orders that are rated already keep what is frozen on them.
    """

    key: RateKey
    rate: BasisPoints
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""
    end_running: bool = False

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a rate that is none, days the wrong way round, and an overlap."""
        whose, client_ids = _whose(work.session, self.key)
        wanted = _checked(DatedRate(self.key, self.rate, self.starts_on, self.ends_on))
        if self.end_running:
            _end_running(work.session, wanted)
        _refuse_overlap(work.session, wanted)
        row = _row(wanted, work, clean(self.note, limit=200))
        work.session.add(row)
        work.session.flush()
        return Outcome(f"Set {whose} to {format_rate(self.rate)}, {_span(wanted)}", client_ids, row.id)


@dataclass(frozen=True, slots=True)
class EditRate:
    """Change a rate, its days or its note."""

    rate_id: int
    rate: BasisPoints
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` as `SetRate` does."""
        row, known = _kept(work.session, self.rate_id)
        wanted = _checked(replace(known, rate=self.rate, starts_on=self.starts_on, ends_on=self.ends_on))
        _refuse_overlap(work.session, wanted)
        row.rate, row.starts_on, row.ends_on = self.rate, self.starts_on, self.ends_on
        row.note = clean(self.note, limit=200)
        whose, client_ids = _whose(work.session, known.key)
        return Outcome(f"Changed {whose} to {format_rate(self.rate)}, {_span(wanted)}", client_ids)


@dataclass(frozen=True, slots=True)
class EndRate:
    """Let a rate end: `ends_on` is the first day on which it no longer holds."""

    rate_id: int
    ends_on: date

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an end before the rate's first day."""
        row, known = _kept(work.session, self.rate_id)
        wanted = _checked(replace(known, ends_on=self.ends_on))
        _refuse_overlap(work.session, wanted)
        row.ends_on = self.ends_on
        whose, client_ids = _whose(work.session, known.key)
        return Outcome(f"Ended {whose} of {format_rate(row.rate)} before {say_date(self.ends_on)}", client_ids)


@dataclass(frozen=True, slots=True)
class RemoveRate:
    """Remove a rate as if it had never been set. What is frozen on orders stays."""

    rate_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone."""
        row, known = _kept(work.session, self.rate_id)
        whose, client_ids = _whose(work.session, known.key)
        work.session.delete(row)
        return Outcome(f"Removed {whose} of {format_rate(known.rate)}", client_ids)


def _kept(session: Session, rate_id: int) -> tuple[CommissionRate, DatedRate]:
    row = session.get(CommissionRate, rate_id)
    if row is None:
        raise Refused("This rate is no longer on the desk.", hint="Undo brings a removed rate back.")
    return row, rate_of(row.model_dump())


def _checked(rate: DatedRate) -> DatedRate:
    if not 0 <= rate.rate <= WHOLE:
        raise Refused("A rate is 0 to 100 %.", field="rate", hint="Write it as 7 or 7.5 %.")
    if rate.starts_on is not None and rate.ends_on is not None and rate.ends_on <= rate.starts_on:
        raise Refused("It would end before it begins.", field="ends_on", hint="The end is the first day without it.")
    return rate


def _refuse_overlap(session: Session, rate: DatedRate) -> None:
    session.flush()
    for other in read_rates(session).overlapping(rate):
        raise Refused(
            f"It overlaps {format_rate(other.rate)}, which holds {say_span(other.starts_on, other.ends_on)}.",
            field="starts_on",
            hint="End that one first, or begin when it ends.",
        )


def _end_running(session: Session, rate: DatedRate) -> None:
    """The rate that runs on the new one's first day ends there."""
    if rate.starts_on is None:
        return
    for other in read_rates(session).overlapping(rate):
        before = other.starts_on is None or other.starts_on < rate.starts_on
        row = session.get(CommissionRate, other.id)
        if before and row is not None and other.holds_on(rate.starts_on):
            row.ends_on = rate.starts_on


def _row(rate: DatedRate, work: Work, note: str) -> CommissionRate:
    key = rate.key
    client_id, order_id = key.client_id, key.order_id
    if key.order_line_id is not None:
        line = work.session.get(OrderLine, key.order_line_id)
        order_id = line.order_id if line is not None else None
    if order_id is not None:  # so that the client's history tells it
        order = work.session.get(Order, order_id)
        client_id = order.client_id if order is not None else None
    return CommissionRate(
        scope=key.scope,
        client_id=client_id,
        brand_id=key.brand_id,
        order_id=order_id,
        order_line_id=key.order_line_id,
        rate=rate.rate,
        starts_on=rate.starts_on,
        ends_on=rate.ends_on,
        set_at=work.now,
        note=note,
    )


def _whose(session: Session, key: RateKey) -> tuple[str, tuple[int, ...]]:
    """Whose rate it is in words, and the client whom it concerns. Raises `Refused` for ids that do not fit."""
    there = {name for name in ("client_id", "brand_id", "order_id", "order_line_id") if getattr(key, name) is not None}
    if there != set(_NEEDS[key.scope]):
        raise Refused("That is not whose rate it could be.", hint="Choose the client, the brand or the order again.")
    say: Callable[[], tuple[str, tuple[int, ...]]] = {
        RateScope.LINE: lambda: _of_line(session, key.order_line_id or 0),
        RateScope.ORDER: lambda: _of_order(session, key.order_id or 0),
        RateScope.CLIENT_BRAND: lambda: (
            f"the rate of {client_of_sale(session, key.client_id or 0).name} for "
            f"{brand_with(session, key.brand_id or 0).name}",
            (key.client_id or 0,),
        ),
        RateScope.CLIENT: lambda: (
            f"the rate of {client_of_sale(session, key.client_id or 0).name}",
            (key.client_id or 0,),
        ),
        RateScope.REP_BRAND: lambda: (f"your rate for {brand_with(session, key.brand_id or 0).name}", ()),
        RateScope.REP: lambda: ("your rate", ()),
        RateScope.BRAND: lambda: (f"the rate of {brand_with(session, key.brand_id or 0).name}", ()),
    }[key.scope]
    return say()


def _of_order(session: Session, order_id: int) -> tuple[str, tuple[int, ...]]:
    order = session.get(Order, order_id)
    if order is None:
        raise Refused("This order is no longer on the desk.", hint="Undo brings a removed order back.")
    return f"the rate of order {order.number}", (order.client_id,)


def _of_line(session: Session, line_id: int) -> tuple[str, tuple[int, ...]]:
    line = session.get(OrderLine, line_id)
    if line is None:
        raise Refused("This line is no longer on the desk.", hint="Undo brings a removed line back.")
    words, clients = _of_order(session, line.order_id)
    return f"{words}, {line.name}", clients


def _span(rate: DatedRate) -> str:
    said = say_span(rate.starts_on, rate.ends_on)
    return "for all days" if said == "always" else said


@dataclass(frozen=True, slots=True)
class RateOrders:
    """Rate those of a client's orders (or of all) that have no rate yet and for which there is one now."""

    client_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """`Outcome.value` is how many orders were rated."""
        changed = rate_orders(work.session, work.zone, work.now, client_id=self.client_id)
        count = len(changed)
        label = f"Rated {count:,} order{'s' if count != 1 else ''}" if count else "No order waits for a rate"
        return Outcome(label, tuple(sorted({one.order.row["client_id"] for one in changed})), count)


@dataclass(frozen=True, slots=True)
class ReRate:
    """Rate orders anew by the rates as they are now (R32): asked for, previewed, and told in the history.

    `queries.rates.re_rating` shows what it would do: old and new, for each order and line.
    """

    order_ids: tuple[int, ...]

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if an order is gone."""
        for order_id in self.order_ids:
            _of_order(work.session, order_id)
        changed = rate_orders(work.session, work.zone, work.now, ids=self.order_ids, anew=True)
        clients = tuple(sorted({one.order.row["client_id"] for one in changed}))
        if len(changed) == 1:
            return Outcome(f"Re-rated order {changed[0].order.row['number']}: {say_change(changed[0])}", clients, 1)
        return Outcome(f"Re-rated {len(changed):,} orders", clients, len(changed))


def say_change(one: Rated) -> str:
    """What re-rating changes of an order: "10 %, $144 → 7 %, $100.80"."""
    currency = one.order.row["currency"]

    def said(rating: Rating) -> str:
        if rating.commission is None:
            return "no rate"
        rate = format_rate(rating.rate) if rating.rate is not None else rating.why
        return f"{rate}, {format_money(rating.commission, currency)}"

    return f"{said(one.now)} → {said(one.then)}"
