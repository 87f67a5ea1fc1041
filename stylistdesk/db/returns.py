"""Returns as they follow from orders (R39): what is left of each line, what comes back is worth, and where it goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, delete, select

from stylistdesk.db.gifts import due_of, paid_by_gifts
from stylistdesk.db.host_orders import lines_of
from stylistdesk.db.orders import KnownOrder, read_orders
from stylistdesk.db.tables import CardPayment, GiftCertificate, HostOrder, Location, Return, ReturnAddress, ReturnLine
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.returns import (
    Asked,
    Bought,
    Coming,
    check_window,
    fee_of,
    given_back,
    refunded,
    restock_fee,
    shared_out,
)
from stylistdesk.domain.sales import NOTHING, split
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Cents, HostPays, OrderKind, OrderStatus
from stylistdesk.settings import Settings

SENT_INSTEAD = "its return"
"""The source of an order that is sent for what came back: it is no purchase, and its return keeps it."""

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order as it may come back, and the original purchase behind it: on that one the money is booked."""

    order: KnownOrder
    root: KnownOrder
    lines: tuple[Bought, ...]

    @property
    def currency(self) -> str:
        """Its currency."""
        return str(self.order.row["currency"])


@dataclass(frozen=True, slots=True)
class Worked:
    """What a return comes to: `goods` less `fee`, of which each certificate gets back its part.

    `to_gifts` is by the certificate: its id, its number and how much; `card` is the brand and last four of her card.
    What was never paid does not go back: it is taken `off_due`, off what she still owes.
    """

    purchase: Purchase
    lines: tuple[Coming, ...]
    goods: Cents
    fee: Cents
    to_gifts: tuple[tuple[int, str, Cents], ...]
    to_card: Cents
    card: tuple[str, str]
    off_due: Cents = NOTHING

    @property
    def replaced(self) -> tuple[Coming, ...]:
        """The lines for which others are sent."""
        return tuple(line for line in self.lines if line.is_replaced)


def purchase(session: Session, zone: ZoneInfo, order_id: int) -> Purchase:
    """The order with what is left of its lines. Raises `Refused` if it is gone."""
    session.flush()
    order = next(read_orders(session, zone, ids=(order_id,)), None)
    if order is None:
        raise Refused("This order is no longer on the desk.", hint="Undo brings a removed order back.")
    made_by = session.exec(select(Return).where(Return.exchange_order_id == order_id)).first()
    root = order
    if made_by is not None:
        root = next(read_orders(session, zone, ids=(made_by.root_order_id,)))
    return Purchase(order, root, _bought(session, order, made_by))


def _bought(session: Session, order: KnownOrder, made_by: Return | None) -> tuple[Bought, ...]:
    back: dict[int | None, tuple[int, int]] = {}
    for line in session.exec(
        select(ReturnLine)
        .join(Return, col(Return.id) == col(ReturnLine.return_id))
        .where(Return.order_id == order.row["id"], col(Return.cancelled_at).is_(None))
    ):
        count, cents = back.get(line.order_line_id, (0, 0))
        back[line.order_line_id] = count + line.quantity, cents + line.cents
    if hers := _of_host_order(session, order):
        return hers
    if not order.lines:
        return (Bought(None, "", 1, order.facts.standing.active, 0, Cents(back.get(None, (0, 0))[1])),)
    worths = split(order.booked, order.weights)
    if made_by is not None:  # it cost nothing itself: it is worth what it was sent for
        replaced = _lines_of(session, made_by.id or 0, replaced=True)
        worths = tuple(Cents(line.cents) for line in replaced)
        if len(worths) != len(order.lines):
            worths = split(sum(worths), [line["quantity"] for line in order.lines])
    return tuple(
        Bought(line["id"], line["name"], line["quantity"], worth, count, Cents(cents))
        for line, worth in zip(order.lines, worths, strict=True)
        for count, cents in (back.get(line["id"], (0, 0)),)
    )


def _of_host_order(session: Session, order: KnownOrder) -> tuple[Bought, ...]:
    """What of a host order may come back, for what she paid herself (R38): nothing for what her reward paid.

    It has no lines of its own: what came back of one is known by its name, with what paid for it.
    """
    host_order = session.exec(select(HostOrder.id).where(HostOrder.order_id == order.row["id"])).first()
    if host_order is None:
        return ()
    found: dict[str, Bought] = {}
    for at, line in enumerate(lines_of(session, (host_order,)).get(host_order, ()), 1):
        name = f"{line.name}{_PAID_BY[line.pays]}"
        had = found.get(name, Bought(-at, name, 0, NOTHING))
        found[name] = replace(had, quantity=had.quantity + line.quantity, worth=Cents(had.worth + line.she_pays))
    back = select(ReturnLine).join(Return, col(Return.id) == col(ReturnLine.return_id))
    for row in session.exec(back.where(Return.order_id == order.row["id"], col(Return.cancelled_at).is_(None))):
        if row.name in found:
            found[row.name] = found[row.name].less(row.quantity, row.cents)
    return tuple(found.values())


_PAID_BY = {HostPays.REWARD: ", by reward", HostPays.HALF_PRICE: ", at half price", HostPays.HERSELF: ""}


def _lines_of(session: Session, return_id: int, *, replaced: bool) -> Sequence[ReturnLine]:
    wanted = select(ReturnLine).where(ReturnLine.return_id == return_id, ReturnLine.is_replaced == replaced)
    return session.exec(wanted.order_by(col(ReturnLine.position))).all()


def work_out(
    session: Session,
    zone: ZoneInfo,
    settings: Settings,
    country: str,
    today: date,
    order_id: int,
    asked: Sequence[Asked],
) -> Worked:
    """What the return of these lines comes to today; `country` is the desk's.

    Raises `Refused` after the window, for an order that is cancelled, for more than is left of a line, for nothing.
    """
    bought = purchase(session, zone, order_id)
    check_window(bought.root.day, today, settings.waits.return_window_days)
    if bought.order.row["status"] is OrderStatus.CANCELLED:
        raise Refused("This order was cancelled: nothing of it comes back.", hint="Reinstate it first.")
    lines = _coming(bought, asked)
    goods = refunded(lines)
    _check_left(bought, goods)
    where = select(Location.country).where(Location.client_id == bought.order.row["client_id"], Location.is_primary)
    here = session.exec(where).first() or country
    fee = restock_fee(lines, fee_of(here, settings.restock_fee_cents, settings.restock_fees), settings.restock_basis)
    root_id = bought.root.row["id"]
    paid, fee = _paid(session, bought.root, goods, fee)
    back = given_back(goods, fee, paid)
    to_gifts, to_card = shared_out(back, paid_by_gifts(session, root_id))
    named = select(GiftCertificate.id, GiftCertificate.number).where(col(GiftCertificate.id).in_(to_gifts))
    numbers = dict(session.exec(named).all())
    return Worked(
        bought,
        lines,
        goods,
        fee,
        tuple((key, numbers[key], cents) for key, cents in to_gifts.items()),
        to_card,
        _card_of(session, root_id),
        Cents(goods - fee - back),
    )


def _paid(session: Session, root: KnownOrder, goods: Cents, fee: Cents) -> tuple[Cents, Cents]:
    """What of an order was paid and can go back, and the fee: where all of it comes back, at most what was paid.

    What another program keeps, with nothing paid here, was paid there.
    """
    due = due_of(session, root.row["id"])
    if due is None or due.was_paid_in_its_shop or (root.row["kind"] is OrderKind.SHOP and not due.was_paid_here):
        return goods, fee
    paid = Cents(max(0, due.paid - due.fees))
    return paid, Cents(min(fee, paid)) if goods >= due.total - due.taken_back else fee


def _coming(bought: Purchase, asked: Sequence[Asked]) -> tuple[Coming, ...]:
    """The lines with what they were paid for; two sayings of one line share what is left of it."""
    if not asked:
        raise Refused("Nothing comes back yet.", hint="Write a number beside an item: 1, or 1 exchange for size M.")
    if len(asked) > MOST_LINES:
        raise Refused(f"A return has at most {MOST_LINES} lines.", hint="Make two of it.")
    left = {line.line_id: line for line in bought.lines}
    coming = []
    for one in asked:
        line, field = left.get(one.line_id), f"line_{one.line_id}"
        if line is None:
            raise Refused("This item is no longer on the order.", hint="Leave the form and begin again.")
        found = _of_line(line, one, field) if one.line_id is not None else _by_amount(line, one, bought.currency)
        left[one.line_id] = line.less(found.quantity, found.cents)
        coming.append(found)
    return tuple(coming)


def _of_line(line: Bought, one: Asked, field: str) -> Coming:
    count = line.left if one.quantity is None else one.quantity
    if count <= 0 or count > line.left:
        are = f"{line.left} of {line.quantity} can still come back." if line.left else "All of it came back already."
        raise Refused(are, field=field, hint="It is never more than was bought, less what was returned.")
    return Coming(
        line.line_id, line.name, count, line.paid_for(count), one.kind, one.is_replaced, clean(one.instead, limit=200)
    )


def _by_amount(line: Bought, one: Asked, currency: str) -> Coming:
    name = clean(one.name, limit=300)
    if not name:
        raise Refused("Say what comes back.", field="name", hint="This order has no lines: write the item.")
    if one.cents is None or one.cents <= 0:
        raise Refused("The amount is missing.", field="amount", hint="What it was paid for, like 49 or 49.00.")
    if one.cents > line.left_cents:
        raise Refused(f"Only {format_money(line.left_cents, currency)} of it can still come back.",
                      field="amount", hint="Write that, or less.")  # fmt: skip
    return Coming(None, name, one.quantity or 1, one.cents, one.kind, one.is_replaced, clean(one.instead, limit=200))


def _check_left(bought: Purchase, goods: int) -> None:
    """What was refunded or credited otherwise is not refunded again."""
    facts = bought.root.facts
    left = facts.standing.active - facts.kept_back
    if goods > left:
        raise Refused(
            f"Only {format_money(max(0, left), bought.currency)} of order {bought.root.row['number']} can still be "
            "refunded: the rest was cancelled, credited or paid back.",
            hint="Return less, or take that credit back first.",
        )


def _card_of(session: Session, order_id: int) -> tuple[str, str]:
    """The card that paid last for an order; blank where none is known."""
    paid = select(CardPayment).where(CardPayment.order_id == order_id, CardPayment.cents > 0)
    last = session.exec(paid.order_by(col(CardPayment.id).desc())).first()
    return (last.brand, last.last_four) if last is not None else ("", "")


def return_address(session: Session, day: date) -> str:
    """Where returns go on a day; empty where the rep has not said."""
    known = select(ReturnAddress.lines).where(ReturnAddress.from_on <= day).order_by(col(ReturnAddress.from_on).desc())
    return session.exec(known).first() or ""


def returns_of(session: Session, order_ids: Collection[int]) -> list[Return]:
    """The returns that hang on these orders: of what they are, go back to, or are sent for."""
    hangs = [col(column).in_(order_ids) for column in (Return.order_id, Return.root_order_id, Return.exchange_order_id)]
    return list(session.exec(select(Return).where(hangs[0] | hangs[1] | hangs[2]).order_by(col(Return.id))))


def let_go_of(session: Session, order_id: int) -> None:
    """Before an order is removed: its cancelled returns go. Raises `Refused` where one hangs on it that is not."""
    for row in returns_of(session, (order_id,)):
        if row.cancelled_at is None:
            raise Refused(f"Return {row.number} hangs on this order.", hint="Cancel the return first.")
        session.exec(delete(ReturnLine).where(col(ReturnLine.return_id) == row.id))
        session.delete(row)
    session.flush()


def refuse_if_back(session: Session, line_id: int | None, keeps: int = 0) -> None:
    """Raises `Refused` where more of a line came back than it keeps; cancelled returns let go of one that goes."""
    back = session.exec(select(ReturnLine).where(ReturnLine.order_line_id == line_id)).all()
    cancelled = set(session.exec(select(Return.id).where(col(Return.cancelled_at).is_not(None))))
    live = [line for line in back if line.return_id not in cancelled]
    if sum(line.quantity for line in live) > keeps:
        raise Refused(f"More of “{live[0].name}” came back than that.", field="lines", hint="Cancel its return first.")
    for line in back if not keeps else ():
        line.order_line_id = None
