"""Rating orders (R32): the rates that hold for their lines, frozen on them with why, and what they earn.

A rate is frozen when the order is entered or first rated and stays, also when a line is added or a part cancelled; what
it earns follows the order's money. Rating anew is another matter: it is asked for, and shown before it is done.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, update
from sqlmodel import Session, SQLModel

from stylistdesk.db.orders import Brands, KnownOrder, read_brands, read_orders, read_rates
from stylistdesk.domain.commission import DatedRate, RateBook, Sold, Terms, say_reasons, say_why
from stylistdesk.domain.types import BasisPoints, Cents


@dataclass(frozen=True, slots=True)
class Rating:
    """What is frozen on an order or on one of its lines."""

    rate: BasisPoints | None
    why: str
    commission: Cents | None


@dataclass(frozen=True, slots=True)
class Rated:
    """An order as it is rated now and as it would be; lines and credits in their order, each now and then."""

    order: KnownOrder
    now: Rating
    then: Rating
    lines: tuple[tuple[Rating, Rating], ...]
    credits: tuple[tuple[Cents | None, Cents | None], ...]

    @property
    def changes(self) -> bool:
        """Whether anything would be another."""
        return self.now != self.then or any(old != new for old, new in (*self.lines, *self.credits))


def rated(
    session: Session,
    zone: ZoneInfo,
    *,
    ids: Collection[int] | None = None,
    client_id: int | None = None,
    anew: bool = False,
    anew_lines: Collection[int] = (),
    tried: DatedRate | None = None,
    frozen: bool = False,
) -> Iterator[Rated]:
    """What the orders are rated at, and would be: `anew` by the rates as they are now, or only these lines of them.

    A rate that is `tried` is laid over those of its scope, and counts where it wins; the rest stays as it is. With
    `frozen` only the rates that are frozen count: it tells what they earn.
    """
    rates, brands = RateBook(()) if frozen else read_rates(session), read_brands(session)
    if tried is not None:
        rates = rates.with_instead(tried)
    for order in read_orders(session, zone, ids=ids, client_id=client_id):
        yield _rated(order, rates, brands, anew=anew, anew_lines=anew_lines, tried=tried)


_Found = tuple[BasisPoints | None, str]


def _rated(
    order: KnownOrder,
    book: RateBook,
    brands: Brands,
    *,
    anew: bool,
    anew_lines: Collection[int],
    tried: DatedRate | None,
) -> Rated:
    row = order.row
    old = [Rating(line["rate"], line["rate_from"], line["commission_cents"]) for line in order.lines]
    parts: list[tuple[int | None, _Found]] = [(index, (one.rate, one.why)) for index, one in enumerate(old)]
    found: list[_Found] = []
    for index, frozen in parts or [(None, (row["rate"], row["rate_from"]))]:
        holding, brand = _holding(order, book, brands, index)
        wins = holding[0].rate if holding else None
        again = anew or (index is not None and order.lines[index]["id"] in anew_lines)
        stays = frozen[0] is not None and not again
        if tried is not None:
            stays = not holding or holding[0] != tried
        found.append(frozen if stays else (wins, say_why(holding, brand)))
    terms = Terms(tuple((weight, rate) for weight, (rate, _) in zip(order.weights, found, strict=True)))
    active = order.facts.standing.active
    earned = terms.by_line(active) if order.lines else ()
    by_credit = {posting.credit_id: posting.commission for posting in order.postings(terms)}
    return Rated(
        order,
        Rating(row["rate"], order.why, row["commission_cents"]),
        _whole(found, terms, active),
        tuple(
            (before, Rating(rate, why, cents))
            for before, (rate, why), cents in zip(old, found[: len(old)], earned, strict=True)
        ),
        tuple(
            (credit["commission_cents"], by_credit[credit["id"]] if terms.are_known else None)
            for credit in order.credits
        ),
    )


def _holding(order: KnownOrder, book: RateBook, brands: Brands, index: int | None) -> tuple[tuple[DatedRate, ...], str]:
    """The rates that could apply to a line, or to an order without lines, the one that wins first; and its brand."""
    line = order.lines[index] if index is not None else None
    brand_id = brands.of_line(order.row, line)
    sold = Sold(order.day, order.row["client_id"], brand_id, order.row["id"], line["id"] if line is not None else None)
    return book.holding(sold), brands.names[brand_id] if brand_id is not None else ""


def _whole(found: list[_Found], terms: Terms, active: Cents) -> Rating:
    if not terms.are_known:
        return Rating(None, "", None)
    rates = {rate for rate, _ in found}
    return Rating(next(iter(rates)) if len(rates) == 1 else None, say_reasons(found), terms.on(active))


def rate_orders(
    session: Session,
    zone: ZoneInfo,
    now: datetime,
    *,
    ids: Collection[int] | None = None,
    client_id: int | None = None,
    anew: bool = False,
    anew_lines: Collection[int] = (),
    frozen: bool = False,
) -> list[Rated]:
    """Freeze the rates of these orders and write what they earn where that differs. Gives those that were written.

    What is frozen stays, unless the orders, or these lines of them, are rated `anew`; with `frozen` nothing else is
    frozen either.
    """
    session.flush()
    found = rated(session, zone, ids=ids, client_id=client_id, anew=anew, anew_lines=anew_lines, frozen=frozen)
    changed = [one for one in found if one.changes or _unstamped(one)]
    orders: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    credits_: list[dict[str, Any]] = []
    for one in changed:
        row = one.order.row
        stamp = None if one.then.commission is None else row["rated_at"]
        if one.then.commission is not None and (stamp is None or _rates_of(one, 0) != _rates_of(one, 1)):
            stamp = now
        orders.append(_values(row["id"], one.then) | {"new_rated_at": stamp})
        for line, (before, after) in zip(one.order.lines, one.lines, strict=True):
            if before != after:
                lines.append(_values(line["id"], after))
        for credit, (was, is_) in zip(one.order.credits, one.credits, strict=True):
            if was != is_:
                credits_.append({"row_id": credit["id"], "new_commission_cents": is_})
    _write(session, "order", orders)
    _write(session, "order_line", lines)
    _write(session, "credit_memo", credits_)
    session.expire_all()
    return changed


def is_any_rated(session: Session) -> bool:
    """Whether a rate is frozen on any order."""
    found = session.connection().exec_driver_sql('SELECT 1 FROM "order" WHERE rated_at IS NOT NULL LIMIT 1')
    return found.first() is not None


def _unstamped(one: Rated) -> bool:
    return (one.then.commission is None) != (one.order.row["rated_at"] is None)


def _rates_of(one: Rated, which: int) -> list[tuple[BasisPoints | None, str]]:
    whole = (one.now, one.then)[which]
    return [(whole.rate, whole.why), *((pair[which].rate, pair[which].why) for pair in one.lines)]


def _values(row_id: int, rating: Rating) -> dict[str, Any]:
    return {
        "row_id": row_id,
        "new_rate": rating.rate,
        "new_rate_from": rating.why,
        "new_commission_cents": rating.commission,
    }


def _write(session: Session, name: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table = SQLModel.metadata.tables[name]
    values: dict[str, Any] = {
        column.removeprefix("new_"): bindparam(column) for column in rows[0] if column != "row_id"
    }
    session.connection().execute(update(table).where(table.c.id == bindparam("row_id")).values(values), rows)
