"""The sales of one client (R29): by year, season and brand, order by order, and what they earn by month (R32)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from stylistdesk.commands.orders import next_order_number
from stylistdesk.commands.sales import next_credit_number
from stylistdesk.db.gifts import due_of, paid_of
from stylistdesk.db.orders import Brands, KnownOrder, read_brands, read_orders
from stylistdesk.db.tables import Brand, CardPayment, HostEvent, Location
from stylistdesk.domain.commission import Terms
from stylistdesk.domain.gifts import OrderDue
from stylistdesk.domain.order_lines import TypedLine, spell_line
from stylistdesk.domain.sales import Standing, split
from stylistdesk.domain.seasons import SEASONS
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import BasisPoints, Cents, OrderKind, OrderStatus
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.host_events import EventChoice, event_choices

PAGE = 500
"""So many orders are a page of the list."""


@dataclass(frozen=True, slots=True)
class SalesRow:
    """What she bought of one brand in one season of one year, in one currency, and the orders behind it.

    `year` is the season's, or that of the order where it names none; `brand` is empty where none is known.
    """

    year: int
    season: str
    brand: str
    currency: str
    standing: Standing
    order_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SalesSummary:
    """All rows, the newest year first. The rows of one currency add up to her orders to the cent."""

    client_id: int
    rows: tuple[SalesRow, ...]

    def chosen(self, year: int | None = None, season: str | None = None) -> tuple[SalesRow, ...]:
        """The rows of a year and a season; None is all."""
        return tuple(
            row for row in self.rows if (year is None or row.year == year) and (season is None or row.season == season)
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The years that there are, the newest first."""
        return tuple(dict.fromkeys(row.year for row in self.rows))

    @property
    def seasons(self) -> tuple[str, ...]:
        """The seasons that there are, in the order of the year; "" for orders that name none."""
        return tuple(sorted({row.season for row in self.rows}, key=_season_place))


def totals(rows: Iterable[SalesRow]) -> dict[str, Standing]:
    """What the rows add up to, by currency."""
    sums: dict[str, Standing] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Standing()) + row.standing
    return sums


def sales_summary(asking: Asking, client_id: int) -> SalesSummary:
    """The sales summary of one client; an order of several brands is shared out among them by its lines."""
    brands = read_brands(asking.session)
    sums: dict[tuple[int, str, str, str], Standing] = {}
    names: dict[tuple[int, str, str, str], str] = {}
    orders: dict[tuple[int, str, str, str], list[int]] = {}
    for order in read_orders(asking.session, asking.zone, client_id=client_id):
        year, season = order.row["season_year"] or order.day.year, order.row["season"]
        for brand, standing in _by_brand(order, brands):
            key = (year, season, name_key(brand), order.row["currency"])
            names.setdefault(key, brand)
            sums[key] = sums.get(key, Standing()) + standing
            orders.setdefault(key, []).append(order.row["id"])
    rows = [
        SalesRow(key[0], key[1], names[key], key[3], standing, tuple(orders[key])) for key, standing in sums.items()
    ]
    rows.sort(key=lambda row: (-row.year, _season_place(row.season), row.brand.casefold(), row.currency))
    return SalesSummary(client_id, tuple(rows))


def _by_brand(order: KnownOrder, brands: Brands) -> Iterator[tuple[str, Standing]]:
    """What of an order is of which brand. Each share is rounded down, and the last one takes the rest."""
    standing = order.facts.standing
    worth: dict[str, int] = {}
    units: dict[str, int] = {}
    for line, weight in zip(order.lines or (None,), order.weights, strict=True):
        brand = brands.said(order.row, line)
        worth[brand] = worth.get(brand, 0) + weight
        units[brand] = units.get(brand, 0) + (line["quantity"] if line is not None else standing.units)
    if len(worth) == 1:
        yield next(iter(worth)), standing
        return
    shares = [
        split(cents, list(worth.values()))
        for cents in (standing.cancelled, standing.shipped, standing.open, standing.credited)
    ]
    for brand, cancelled, shipped, open_, credited in zip(worth, *shares, strict=True):
        booked = Cents(cancelled + shipped + open_)
        yield brand, Standing(booked, cancelled, shipped, credited, units[brand])


def _season_place(season: str) -> tuple[int, str]:
    return (SEASONS.index(season) if season in SEASONS else len(SEASONS), season)


# ------------------------------------------------------------------- orders


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list. `commission` is what it earns if all of it ships, `earned` what it has earned so far.

    `left_to_ship` is what is open, less what came back before it was sent.
    """

    id: int
    number: str
    kind: OrderKind
    status: OrderStatus
    day: date
    brands: tuple[str, ...]
    season: str
    year: int | None
    currency: str
    standing: Standing
    rate: BasisPoints | None
    why: str
    commission: Cents | None
    earned: Cents
    left_to_ship: Cents
    paid: OrderDue | None = None  # what certificates and cards have paid for it here, if any have


@dataclass(frozen=True, slots=True)
class OrderList:
    """A page of her orders, the newest first; `next` is the last of it if there are more, else `None`."""

    rows: tuple[OrderRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """One line of an order, with what it earns and why."""

    id: int
    name: str
    sku: str
    brand: str
    quantity: int
    price: Cents
    discount: Cents
    worth: Cents
    rate: BasisPoints | None
    why: str
    commission: Cents | None


@dataclass(frozen=True, slots=True)
class Move:
    """A shipment (`kind` "shipment") or a credit memo ("credit") of an order, with what it earned or took back."""

    kind: str
    id: int
    on: date
    amount: Cents
    number: str
    note: str
    reopens: bool
    commission: Cents | None


@dataclass(frozen=True, slots=True)
class PaidByCard:
    """What was paid by card on an order, below zero where it went back: "Visa 4242".

    `was_typed` says that the rep wrote it down herself; else it came with a return or from a file.
    """

    id: int
    on: date
    amount: Cents
    card: str
    was_typed: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order in full, and what its form holds."""

    client_id: int
    row: OrderRow
    lines: tuple[OrderedLine, ...]
    moves: tuple[Move, ...]
    total: Cents
    shipping: Cents
    tax: Cents
    refunded: Cents
    ship_on: date | None
    cancel_on: date | None
    location_id: int | None
    location: str
    rep: str
    origin: str
    source: str
    description: str
    units: int | None
    brand: str
    own_rate: BasisPoints | None
    typed_lines: str
    terms: Terms
    net: Cents
    event_id: int | None = None
    event: str = ""
    is_host_order: bool = False
    due: OrderDue | None = None
    cards: tuple[PaidByCard, ...] = ()

    def earns(self, cents: int) -> Cents | None:
        """What so much more of it earns when it ships; `None` where no rate is frozen on it.

        It is the difference to what has shipped and was credited so far (`net`), as its posting will be.
        """
        if not self.terms.are_known:
            return None
        return Cents(self.terms.on(self.net + cents) - self.terms.on(self.net))


_AFTER = '(placed_at, id) < (SELECT placed_at, id FROM "order" WHERE id = :after)'
_HERS = 'SELECT id FROM "order" WHERE client_id = :client AND {after} ORDER BY placed_at DESC, id DESC LIMIT :most'


def orders_of(asking: Asking, client_id: int, after: int | None = None, limit: int = PAGE) -> OrderList:
    """A page of her orders, the newest first; `after` is the last one of the page before."""
    asking.session.flush()
    given = {"client": client_id, "most": limit + 1, "after": after}
    sql = _HERS.format(after=_AFTER if after is not None else "1")
    ids = [key for (key,) in asking.session.connection().exec_driver_sql(sql, given)]
    return OrderList(order_rows(asking, ids[:limit]), ids[limit - 1] if len(ids) > limit else None)


def order_rows(asking: Asking, order_ids: Collection[int]) -> tuple[OrderRow, ...]:
    """These orders, the newest first."""
    brands, paid = read_brands(asking.session), paid_of(asking.session, order_ids)
    orders = sorted(
        read_orders(asking.session, asking.zone, ids=order_ids),
        key=lambda order: (order.row["placed_at"], order.row["id"]),
        reverse=True,
    )
    return tuple(_row(order, brands, paid) for order in orders)


def _row(order: KnownOrder, brands: Brands, paid: Mapping[int, OrderDue]) -> OrderRow:
    row = order.row
    named = dict.fromkeys(brands.said(row, line) for line in order.lines or (None,))
    return OrderRow(
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        status=row["status"],
        day=order.day,
        brands=tuple(name for name in named if name),
        season=row["season"],
        year=row["season_year"],
        currency=row["currency"],
        standing=order.facts.standing,
        rate=row["rate"],
        why=order.why,
        commission=row["commission_cents"],
        earned=Cents(sum(posting.commission for posting in order.postings(order.terms))),
        left_to_ship=order.left_to_ship,
        paid=paid.get(row["id"]),
    )


def order_page(asking: Asking, order_id: int) -> OrderPage | None:
    """One order in full; `None` if it is gone."""
    order = next(read_orders(asking.session, asking.zone, ids=(order_id,)), None)
    if order is None:
        return None
    brands, row = read_brands(asking.session), order.row
    worth = split(order.booked, order.weights)
    own = _agreed(asking, order_id)
    place = asking.session.get(Location, row["location_id"]) if row["location_id"] is not None else None
    event = asking.session.get(HostEvent, row["event_id"]) if row["event_id"] is not None else None
    return OrderPage(
        client_id=row["client_id"],
        row=_row(order, brands, paid_of(asking.session, (order_id,))),
        lines=tuple(
            OrderedLine(
                line["id"],
                line["name"],
                line["sku"],
                brands.said(row, line),
                line["quantity"],
                Cents(line["price_cents"]),
                Cents(line["discount_cents"]),
                cents,
                line["rate"],
                line["rate_from"],
                line["commission_cents"],
            )
            for line, cents in zip(order.lines, worth[: len(order.lines)], strict=True)
        ),
        moves=_moves(order),
        total=Cents(row["total_cents"]),
        shipping=Cents(row["shipping_cents"]),
        tax=Cents(row["tax_cents"]),
        refunded=Cents(row["refunded_cents"]),
        ship_on=row["ship_on"],
        cancel_on=row["cancel_on"],
        location_id=row["location_id"],
        location=(place.name or place.line1 or place.city) if place is not None else "",
        rep=row["rep"],
        origin=row["origin"],
        source=row["source"],
        description=row["note"],
        units=row["units"],
        brand=brands.names.get(row["brand_id"], ""),
        own_rate=own.get(None),
        typed_lines="\n".join(
            spell_line(
                TypedLine(
                    line["name"],
                    line["quantity"],
                    Cents(line["price_cents"]),
                    Cents(line["discount_cents"]),
                    line["sku"],
                    own.get(line["id"]),
                ),
                row["currency"],
            )
            for line in order.lines
        ),
        terms=order.terms,
        net=Cents(sum(posting.cents for posting in order.postings(order.terms))),
        event_id=row["event_id"],
        event=event.name if event is not None else "",
        is_host_order=bool(row["is_host_order"]),
        due=due_of(asking.session, order_id),
        cards=_cards(asking, order_id),
    )


def _cards(asking: Asking, order_id: int) -> tuple[PaidByCard, ...]:
    rows = asking.session.exec(
        select(CardPayment)
        .where(CardPayment.order_id == order_id)
        .order_by(col(CardPayment.paid_on), col(CardPayment.id))
    )
    return tuple(
        PaidByCard(
            row.id or 0,
            row.paid_on,
            Cents(row.cents),
            f"{row.brand} {row.last_four}".strip() or "card",
            row.cents > 0 and row.return_id is None and row.external_id is None,
        )
        for row in rows
    )


def _agreed(asking: Asking, order_id: int) -> dict[int | None, BasisPoints]:
    """The rates agreed for this order (None) and for its lines (by their id) alone."""
    rows = asking.session.connection().exec_driver_sql(
        "SELECT order_line_id, rate FROM commission_rate WHERE order_id = ?", (order_id,)
    )
    return {line_id: BasisPoints(rate) for line_id, rate in rows}


def _moves(order: KnownOrder) -> tuple[Move, ...]:
    terms = order.terms
    shipped = [Cents(row["amount_cents"]) for row in order.shipments]
    posted = iter([p.commission for p in order.postings(terms) if p.credit_id is None])
    moves = [
        Move("shipment", row["id"], row["shipped_on"], cents, "", row["note"], False, next(posted, None))
        for row, cents in zip(order.shipments, shipped, strict=True)
    ]
    moves += [
        Move(
            "credit",
            row["id"],
            row["issued_on"],
            Cents(row["amount_cents"]),
            row["number"],
            row["note"],
            row["reopens"],
            row["commission_cents"],
        )
        for row in order.credits
    ]
    return tuple(sorted(moves, key=lambda move: (move.on, move.kind == "credit", move.id)))


# --------------------------------------------------------------- commission


@dataclass(frozen=True, slots=True)
class CommissionMonth:
    """What was earned by what shipped in a month, and what credits of that month took back (below zero)."""

    year: int
    month: int
    currency: str
    earned: Cents
    credited: Cents

    @property
    def net(self) -> Cents:
        """Both together."""
        return Cents(self.earned + self.credited)


def commission_by_month(asking: Asking, client_id: int | None = None) -> tuple[CommissionMonth, ...]:
    """Commission by calendar month of the desk, the newest first; of one client, or of all."""
    sums: dict[tuple[int, int, str], list[int]] = {}
    for order in read_orders(asking.session, asking.zone, client_id=client_id):
        for posting in order.postings(order.terms):
            key = (posting.on.year, posting.on.month, order.row["currency"])
            sums.setdefault(key, [0, 0])[posting.cents < 0] += posting.commission
    return tuple(
        CommissionMonth(*key, Cents(earned), Cents(credited))
        for key, (earned, credited) in sorted(sums.items(), key=lambda item: (-item[0][0], -item[0][1], item[0][2]))
        if earned or credited
    )


# ---------------------------------------------------------- what forms begin with


@dataclass(frozen=True, slots=True)
class OrderChoices:
    """What the forms of orders offer: brands, her locations (id, name), the next numbers, and events."""

    brands: tuple[str, ...]
    locations: tuple[tuple[int, str], ...]
    next_summary: str
    next_purchase_order: str
    next_credit: str
    events: tuple[EventChoice, ...] = ()


def order_choices(asking: Asking, client_id: int, event_id: int | None = None) -> OrderChoices:
    """What the forms of a client's orders offer; `event_id` is the event that the order is in."""
    session = asking.session
    places = session.exec(
        select(Location).where(Location.client_id == client_id).order_by(col(Location.is_primary).desc())
    ).all()
    return OrderChoices(
        brands=tuple(session.exec(select(Brand.name).order_by(Brand.name_key)).all()),
        locations=tuple((place.id or 0, place.name or place.line1 or place.city or "unnamed") for place in places),
        next_summary=next_order_number(session, OrderKind.SUMMARY),
        next_purchase_order=next_order_number(session, OrderKind.PURCHASE_ORDER),
        next_credit=next_credit_number(session),
        events=event_choices(asking, event_id),
    )
