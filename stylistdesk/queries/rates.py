"""Brands and rates (R31, R32): what is set, what would hold, what re-rating would change, and what if."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from stylistdesk.db.orders import rate_of, read_rates
from stylistdesk.db.rating import Rated, Rating, rated
from stylistdesk.db.tables import Brand, Client, ClientBrand, CommissionRate
from stylistdesk.domain.commission import DatedRate, RateKey, Sold, say_why
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents, RateScope
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate that was set; `runs` says that it holds today."""

    id: int
    rate: BasisPoints
    starts_on: date | None
    ends_on: date | None
    note: str
    runs: bool


@dataclass(frozen=True, slots=True)
class BrandRow:
    """One brand: its default rates, the rep's own for it, and how many clients it has."""

    id: int
    name: str
    note: str
    default: tuple[RateRow, ...]
    rep: tuple[RateRow, ...]
    active: int
    potential: int


@dataclass(frozen=True, slots=True)
class BrandsAndRates:
    """The rep's own rates for all brands, and the brands by name."""

    rep: tuple[RateRow, ...]
    brands: tuple[BrandRow, ...]


@dataclass(frozen=True, slots=True)
class HerBrand:
    """A brand and one client: `status` None where she is neither active nor potential. `today` is what would hold."""

    id: int
    name: str
    status: BrandStatus | None
    number: str
    default: BasisPoints | None
    rep: BasisPoints | None
    own: tuple[RateRow, ...]
    today: BasisPoints | None
    why: str


@dataclass(frozen=True, slots=True)
class HerBrands:
    """One client's own rates for all brands, and the brands: hers first, then all others."""

    client_id: int
    name: str
    own: tuple[RateRow, ...]
    brands: tuple[HerBrand, ...]
    today: BasisPoints | None
    why: str


def brands_and_rates(asking: Asking) -> BrandsAndRates:
    """All brands with their rates, and the rep's own."""
    session = asking.session
    rates = _rates(asking)
    counts: dict[tuple[int, BrandStatus], int] = {
        (brand_id, BrandStatus(status)): count
        for brand_id, status, count in session.exec(
            select(ClientBrand.brand_id, ClientBrand.status, func.count()).group_by(
                col(ClientBrand.brand_id), col(ClientBrand.status)
            )
        )
    }
    return BrandsAndRates(
        rates.get(RateKey(RateScope.REP), ()),
        tuple(
            BrandRow(
                brand.id or 0,
                brand.name,
                brand.note,
                rates.get(RateKey(RateScope.BRAND, brand_id=brand.id), ()),
                rates.get(RateKey(RateScope.REP_BRAND, brand_id=brand.id), ()),
                counts.get((brand.id or 0, BrandStatus.ACTIVE), 0),
                counts.get((brand.id or 0, BrandStatus.POTENTIAL), 0),
            )
            for brand in session.exec(select(Brand).order_by(Brand.name_key))
        ),
    )


def her_brands(asking: Asking, client_id: int) -> HerBrands | None:
    """What one client is to each brand, and at what rate; `None` if she is not on the desk."""
    session, today = asking.session, asking.now.astimezone(asking.zone).date()
    client = session.get(Client, client_id)
    if client is None:
        return None
    rates, book = _rates(asking), read_rates(session)
    hers = {row.brand_id: row for row in session.exec(select(ClientBrand).where(ClientBrand.client_id == client_id))}
    brands = []
    for brand in session.exec(select(Brand).order_by(Brand.name_key)):
        key = brand.id or 0
        holding = book.holding(Sold(today, client_id, key))
        by_scope = {rate.key.scope: rate.rate for rate in holding}
        row = hers.get(key)
        brands.append(
            HerBrand(
                key,
                brand.name,
                row.status if row is not None else None,
                row.number if row is not None else "",
                by_scope.get(RateScope.BRAND),
                by_scope.get(RateScope.REP_BRAND, by_scope.get(RateScope.REP)),
                rates.get(RateKey(RateScope.CLIENT_BRAND, client_id, key), ()),
                holding[0].rate if holding else None,
                say_why(holding, brand.name),
            )
        )
    brands.sort(key=lambda brand: (brand.status is None, brand.status is BrandStatus.POTENTIAL))
    holding = book.holding(Sold(today, client_id))
    return HerBrands(
        client_id,
        client.name,
        rates.get(RateKey(RateScope.CLIENT, client_id), ()),
        tuple(brands),
        holding[0].rate if holding else None,
        say_why(holding),
    )


def _rates(asking: Asking) -> dict[RateKey, tuple[RateRow, ...]]:
    """All rates by whose they are, the newest first."""
    today = asking.now.astimezone(asking.zone).date()
    found: dict[RateKey, list[tuple[DatedRate, str]]] = {}
    for row in asking.session.exec(select(CommissionRate)):
        rate = rate_of(row.model_dump())
        found.setdefault(rate.key, []).append((rate, row.note))
    return {
        key: tuple(
            RateRow(rate.id or 0, rate.rate, rate.starts_on, rate.ends_on, note, rate.holds_on(today))
            for rate, note in sorted(some, key=lambda pair: pair[0].starts_on or date.min, reverse=True)
        )
        for key, some in found.items()
    }


# ------------------------------------------------------ rated anew, and what if


@dataclass(frozen=True, slots=True)
class Before:
    """A rate, why, and what it earns: of an order, or of one of its lines."""

    rate: BasisPoints | None
    why: str
    commission: Cents | None


@dataclass(frozen=True, slots=True)
class ReRating:
    """What rating one order anew would change: old and new of the order, and of each of its lines by name."""

    order_id: int
    number: str
    day: date
    currency: str
    active: Cents
    old: Before
    new: Before
    lines: tuple[tuple[str, Before, Before], ...]


def re_rating(asking: Asking, order_ids: Sequence[int]) -> tuple[ReRating, ...]:
    """What `ReRate` would change; orders that would stay as they are are left out."""
    return _changes(rated(asking.session, asking.zone, ids=order_ids, anew=True))


def re_rating_of_client(asking: Asking, client_id: int) -> tuple[ReRating, ...]:
    """What `ReRate` of all of a client's orders would change."""
    return _changes(rated(asking.session, asking.zone, client_id=client_id, anew=True))


def what_if(
    asking: Asking, client_id: int, rate: BasisPoints, starts_on: date | None = None, brand_id: int | None = None
) -> tuple[ReRating, ...]:
    """What her orders would earn if this were her rate from that day on (for one brand, or for all). Nothing is kept.

    It is laid over the rates that are set; only orders that would earn another sum are told.
    """
    scope = RateScope.CLIENT if brand_id is None else RateScope.CLIENT_BRAND
    tried = DatedRate(RateKey(scope, client_id, brand_id), rate, starts_on)
    found = _changes(rated(asking.session, asking.zone, client_id=client_id, tried=tried))
    return tuple(one for one in found if one.old.commission != one.new.commission)


def _changes(found: Iterable[Rated]) -> tuple[ReRating, ...]:
    changed = [
        ReRating(
            one.order.row["id"],
            one.order.row["number"],
            one.order.day,
            one.order.row["currency"],
            one.order.facts.standing.active,
            _before(one.now),
            _before(one.then),
            tuple(
                (line["name"], _before(old), _before(new))
                for line, (old, new) in zip(one.order.lines, one.lines, strict=True)
            ),
        )
        for one in found
        if one.changes
    ]
    return tuple(sorted(changed, key=lambda one: (one.day, one.order_id), reverse=True))


def _before(rating: Rating) -> Before:
    return Before(rating.rate, rating.why, rating.commission)
