"""Orders with all that hangs on them, read at once, and what follows from it: how they stand, and what they earn."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from stylistdesk.db.tables import Brand, CommissionRate, CreditMemo, Order, OrderLine, Return, Shipment
from stylistdesk.domain.commission import DatedRate, RateBook, RateKey, Terms, say_reasons
from stylistdesk.domain.sales import NOTHING, OrderFacts, merchandise, net_of_line, refunded_merchandise, split
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import BasisPoints, Cents, RateScope

Row = Mapping[str, Any]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Posting:
    """Something that earned commission, or took it back: a part that was sent (above zero), or a credit (below)."""

    on: date
    cents: Cents
    commission: Cents
    credit_id: int | None = None


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order, its lines by position, its shipments and credits by date.

    `returned` is what was credited for returns (R39): what a shop says later that it paid back is the same money.
    """

    row: Row
    lines: tuple[Row, ...]
    shipments: tuple[Row, ...]
    credits: tuple[Row, ...]
    zone: ZoneInfo
    returned: Cents = NOTHING

    @property
    def day(self) -> date:
        """The local day of the order: by it the rate is chosen."""
        return _day(self.row["placed_at"], self.zone)

    @property
    def booked(self) -> Cents:
        """What was booked."""
        return merchandise(self.row["total_cents"], self.row["shipping_cents"], self.row["tax_cents"])

    @property
    def weights(self) -> tuple[int, ...]:
        """What each line is worth; of an order without lines, what it is worth."""
        if not self.lines:
            return (self.booked,)
        found = tuple(net_of_line(x["price_cents"], x["quantity"], x["discount_cents"]) for x in self.lines)
        return found if any(found) else (1,) * len(self.lines)

    @property
    def facts(self) -> OrderFacts:
        """What is known of its money."""
        row, booked = self.row, self.booked
        refunded = refunded_merchandise(
            row["refunded_cents"], row["total_cents"], row["shipping_cents"], row["tax_cents"]
        )
        sent = 0
        if self.lines and any(line["shipped"] for line in self.lines):
            parts = zip(split(booked, self.weights), self.lines, strict=True)
            sent = sum(worth for worth, line in parts if line["shipped"])
        return OrderFacts(
            kind=row["kind"],
            status=row["status"],
            booked=booked,
            cancelled=Cents(row["cancelled_cents"]),
            shipped=Cents(row["shipped_cents"]),
            refunded=Cents(max(0, refunded - self.returned)),
            shipped_lines=Cents(sent),
            credits=tuple((Cents(credit["amount_cents"]), credit["reopens"]) for credit in self.credits),
            units=row["units"] if row["units"] is not None else sum(line["quantity"] for line in self.lines),
        )

    @property
    def rates(self) -> tuple[int | None, ...]:
        """The frozen rate of each line; of an order without lines, its own."""
        return tuple(line["rate"] for line in self.lines) if self.lines else (self.row["rate"],)

    @property
    def terms(self) -> Terms:
        """What it earns at its frozen rates."""
        return Terms(tuple(zip(self.weights, self.rates, strict=True)))

    @property
    def why(self) -> str:
        """Why its frozen rates hold, in words: of an order with lines, what they have in common."""
        if not self.lines:
            return str(self.row["rate_from"])
        return say_reasons((line["rate"], line["rate_from"]) for line in self.lines)

    @property
    def left_to_ship(self) -> Cents:
        """What is open, less what came back before it was sent: that need not leave any more (R39)."""
        return Cents(max(0, self.facts.standing.open - self._moved()[1]))

    def postings(self, terms: Terms) -> list[Posting]:
        """What was earned and taken back, in the order in which it happened (R32).

        A shop tells neither the day of a part nor that of a refund: both count on the day on which it was sent. What
        came back before it was sent has earned nothing, and takes nothing back.
        """
        moves, _ = self._moved()
        posted = terms.postings(cents for _, cents, _ in moves)
        return [
            Posting(on, Cents(cents), commission, credit_id)
            for (on, cents, credit_id), commission in zip(moves, posted, strict=True)
        ]

    def _moved(self) -> tuple[list[tuple[date, int, int | None]], int]:
        """What was sent and given back, day by day with the credit's id; and how much came back before it was sent.

        On one day a return comes first: what left that day cannot be back yet.
        """
        facts, row = self.facts, self.row
        moves: list[tuple[date, int, int, int | None]] = []
        at = _day(row["shipped_at"] or row["received_at"] or row["placed_at"], self.zone)
        if self.shipments:
            moves += [(shipment["shipped_on"], 1, shipment["amount_cents"], None) for shipment in self.shipments]
        elif facts.sent:
            moves.append((at, 1, facts.sent, None))
        if back := min(facts.paid_back, facts.sent):
            moves.append((at, 2, -back, None))
        moves += [(x["issued_on"], 0 if x["is_return"] else 3, -x["amount_cents"], x["id"]) for x in self.credits]
        moves.sort(key=lambda move: (move[0], move[1], move[3] or 0))
        found: list[tuple[date, int, int | None]] = []
        active, sent, net, unsent = facts.standing.active, 0, 0, 0
        reopens = {credit["id"] for credit in self.credits if credit["reopens"]}
        for on, rank, cents, credit_id in moves:
            counts = cents
            if rank == 0:
                counts = -min(-cents, max(0, net))
                unsent += counts - cents
            elif rank == 1 and unsent:
                counts = min(cents, max(0, active - unsent - sent))
            net += counts
            sent += cents if rank == 1 or credit_id in reopens else 0
            found.append((on, counts, credit_id))
        return found, unsent


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Brands:
    """The desk's brands: their names by id, and their ids by name."""

    names: Mapping[int, str]
    ids: Mapping[str, int]

    def of_line(self, order: Row, line: Row | None) -> int | None:
        """The brand of a line: the one that it names, else the order's."""
        named = self.ids.get(name_key(line["brand"])) if line is not None and line["brand"] else None
        return named if named is not None else order["brand_id"]

    def said(self, order: Row, line: Row | None) -> str:
        """The brand's name; of a brand that the desk does not know, as the line has it."""
        brand_id = self.of_line(order, line)
        if brand_id is not None:
            return self.names[brand_id]
        return str(line["brand"]) if line is not None else ""


def read_brands(session: Session) -> Brands:
    """All brands."""
    table = _table(Brand)
    rows = session.execute(select(table.c.id, table.c.name, table.c.name_key)).all()
    return Brands({int(i): str(name) for i, name, _ in rows}, {str(key): int(i) for i, _, key in rows})


def read_rates(session: Session) -> RateBook:
    """All rates."""
    return RateBook(rate_of(dict(row)) for row in session.execute(select(_table(CommissionRate))).mappings())


def rate_of(row: Row) -> DatedRate:
    """A row of `commission_rate` as a rate; an order's and a line's are known by their own id alone."""
    scope = row["scope"]
    key = RateKey(
        scope,
        client_id=row["client_id"] if scope in (RateScope.CLIENT, RateScope.CLIENT_BRAND) else None,
        brand_id=row["brand_id"],
        order_id=row["order_id"] if scope is RateScope.ORDER else None,
        order_line_id=row["order_line_id"],
    )
    return DatedRate(key, BasisPoints(row["rate"]), row["starts_on"], row["ends_on"], row["id"])


def read_orders(
    session: Session, zone: ZoneInfo, *, ids: Collection[int] | None = None, client_id: int | None = None
) -> Iterator[KnownOrder]:
    """These orders, those of one client, or all; the oldest row first."""
    table = _table(Order)
    query = select(table).order_by(table.c.id)
    if client_id is not None:
        query = query.where(table.c.client_id == client_id)
    if ids is None:
        yield from _with_rest(session, zone, [dict(row) for row in session.execute(query).mappings()])
        return
    for batch in batches(ids):
        found = session.execute(query.where(table.c.id.in_(batch))).mappings()
        yield from _with_rest(session, zone, [dict(row) for row in found])


def _with_rest(session: Session, zone: ZoneInfo, orders: Sequence[Row]) -> Iterator[KnownOrder]:
    for start in range(0, len(orders), BATCH):
        some = orders[start : start + BATCH]
        ids = [order["id"] for order in some]
        lines = _of(session, OrderLine, ids, "position")
        shipments = _of(session, Shipment, ids, "shipped_on")
        credits_ = _credits_of(session, ids)
        for order in some:
            key = order["id"]
            given = tuple(credits_.get(key, ()))
            returned = Cents(sum(credit["amount_cents"] for credit in given if credit["is_return"]))
            yield KnownOrder(order, tuple(lines.get(key, ())), tuple(shipments.get(key, ())), given, zone, returned)


def _credits_of(session: Session, order_ids: list[int]) -> dict[int, list[Row]]:
    """The credits of these orders, and of each whether it is a return's."""
    found = _of(session, CreditMemo, order_ids, "issued_on")
    ids = [credit["id"] for some in found.values() for credit in some]
    of_returns = set(session.exec(select_rows(Return.credit_id).where(col(Return.credit_id).in_(ids)))) if ids else ()
    return {
        key: [{**credit, "is_return": credit["id"] in of_returns} for credit in some] for key, some in found.items()
    }


def _of(session: Session, model: type[SQLModel], order_ids: list[int], by: str) -> dict[int, list[Row]]:
    table = _table(model)
    query = select(table).where(table.c.order_id.in_(order_ids)).order_by(table.c.order_id, table.c[by], table.c.id)
    found: dict[int, list[Row]] = {}
    for row in session.execute(query).mappings():
        found.setdefault(row["order_id"], []).append(dict(row))
    return found


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, so many at a time as one statement takes."""
    known = sorted(set(ids))
    for start in range(0, len(known), BATCH):
        yield known[start : start + BATCH]


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]
