"""Brands and commission rates with all that an export tells of them (R31, R32)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from stylistdesk.db.orders import rate_of
from stylistdesk.db.tables import Brand, Client, ClientBrand, CommissionRate, Contact, Order
from stylistdesk.domain.types import BasisPoints, BrandStatus, RateScope
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class ExportName:
    """How a file names a client; all blank where it is about none."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ExportBrand:
    """A brand with its default rate of today, or what a client is to it."""

    brand: str
    default_rate: BasisPoints | None = None
    note: str = ""
    client: ExportName = ExportName()
    status: BrandStatus | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class ExportRate:
    """A rate that was set, from its first day up to, not with, its last."""

    scope: RateScope
    brand: str
    client: ExportName
    order_number: str
    rate: BasisPoints
    starts_on: date | None
    ends_on: date | None
    note: str


def brands_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportBrand, ...]:
    """All brands by name, then what all clients, or those of the ids, are to them."""
    session, today = asking.session, asking.now.astimezone(asking.zone).date()
    brands = session.exec(select(Brand).order_by(col(Brand.name_key))).all()
    own = session.exec(select(CommissionRate).where(CommissionRate.scope == RateScope.BRAND)).all()
    default = {row.brand_id: rate for row in own if (rate := rate_of(row.model_dump())).holds_on(today)}
    rows = [ExportBrand(b.name, default[b.id].rate if b.id in default else None, b.note) for b in brands]
    named = {brand.id: brand.name for brand in brands}
    hers = select(ClientBrand).order_by(col(ClientBrand.brand_id), col(ClientBrand.client_id))
    if ids is not None:
        hers = hers.where(col(ClientBrand.client_id).in_(ids))
    found = session.exec(hers).all()
    who = names_for_export(asking, (row.client_id for row in found))
    rows += [
        ExportBrand(named[row.brand_id], client=who[row.client_id], status=row.status, number=row.number)
        for row in found
    ]
    return tuple(rows)


def rates_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportRate, ...]:
    """All rates but those of lines, by whose they are; with ids, only those of these clients and their orders."""
    session, rate = asking.session, CommissionRate
    brands = {brand.id: brand.name for brand in session.exec(select(Brand))}
    wanted = select(rate, Order.number, Order.client_id).join(Order, col(Order.id) == col(rate.order_id), isouter=True)
    wanted = wanted.where(rate.scope != RateScope.LINE).order_by(col(rate.id))
    found = [
        (row, number or "", row.client_id or of)
        for row, number, of in session.exec(wanted)
        if ids is None or (row.client_id or of) in ids
    ]
    who = names_for_export(asking, (client_id for row, _, client_id in found if client_id))
    rates = (
        ExportRate(
            row.scope,
            brands.get(row.brand_id, "") if row.scope is not RateScope.ORDER else "",
            who[client_id] if client_id and row.scope is not RateScope.ORDER else ExportName(),
            number,
            BasisPoints(row.rate),
            row.starts_on,
            row.ends_on,
            row.note,
        )
        for row, number, client_id in found
    )
    return tuple(sorted(rates, key=_by_whose))


def _by_whose(rate: ExportRate) -> tuple[str, str, str, str, str]:
    return rate.scope, rate.brand, rate.client.name, rate.order_number, str(rate.starts_on or "")


def names_for_export(asking: Asking, ids: Iterable[int]) -> dict[int, ExportName]:
    """How files name these clients, by their ids."""
    wanted = list(set(ids))
    names: dict[int, ExportName] = {}
    for start in range(0, len(wanted), 500):
        batch = col(Client.id).in_(wanted[start : start + 500])
        statement = select(Client.id, Client.name, Contact.email, Contact.phone).join(
            Contact, (col(Contact.client_id) == col(Client.id)) & col(Contact.is_primary), isouter=True
        )
        for client_id, name, email, phone in asking.session.exec(statement.where(batch)):
            names[client_id or 0] = ExportName(name, email or "", phone or "")
    return names
