"""Two clients side by side, before they are merged (R47)."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, select

from stylistdesk.db import tables
from stylistdesk.db.tables import Client
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.merging import MergeField, Seen, Side, default_side, merged_watermark
from stylistdesk.domain.text import say_phone
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both, in words, and whose value stays unless she says otherwise."""

    field: MergeField
    keep: str
    gone: str
    default: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two clients field by field; how many of each kind come together; how many signals already seen show again."""

    keep_id: int
    gone_id: int
    keep_name: str
    gone_name: str
    fields: tuple[FieldPair, ...]
    together: tuple[tuple[str, int, int], ...]
    shown_again: int


_COUNTED: tuple[tuple[str, Any], ...] = (
    ("contact", tables.Contact),
    ("location", tables.Location),
    ("order", tables.Order),
    ("signal", tables.Signal),
    ("message", tables.Message),
    ("note", tables.Note),
    ("task", tables.Task),
    ("appointment", tables.Appointment),
    ("lookbook", tables.Lookbook),
    ("attachment", tables.Attachment),
)


def compare(asking: Asking, keep_id: int, gone_id: int) -> Comparison | None:
    """The two side by side; `None` if one of them is gone."""
    keep, gone = asking.session.get(Client, keep_id), asking.session.get(Client, gone_id)
    if keep is None or gone is None:
        return None
    ours, theirs = _values(asking, keep), _values(asking, gone)
    return Comparison(
        keep_id,
        gone_id,
        keep.name,
        gone.name,
        tuple(
            FieldPair(field, ours[field], theirs[field], default_side(field, ours[field], theirs[field]))
            for field in MergeField
            if ours[field] or theirs[field]
        ),
        tuple(
            (noun, both[0], both[1])
            for noun, table in _COUNTED
            if any(both := (_count(asking, table, keep_id), _count(asking, table, gone_id)))
        ),
        _shown_again(asking, keep, gone),
    )


def _values(asking: Asking, client: Client) -> dict[MergeField, str]:
    contact, place = (_primary(asking, table, client.id) for table in (tables.Contact, tables.Location))
    cadence = asking.session.exec(select(tables.Cadence).where(tables.Cadence.client_id == client.id)).first()
    rates = asking.session.exec(select(tables.CommissionRate).where(tables.CommissionRate.client_id == client.id)).all()
    return {
        MergeField.NAME: client.name,
        MergeField.COMPANY: client.company,
        MergeField.SPENDING_POWER: "$" * (client.spending_power or 0),
        MergeField.STAGE: client.stage or "",
        MergeField.TAGS: client.tags,
        MergeField.DESCRIPTION: " ".join(client.description.split()),
        MergeField.BIRTHDAY: client.birthday,
        MergeField.WEBSITE: client.website,
        MergeField.CONTACT: _joined(contact, "email", "phone"),
        MergeField.LOCATION: _joined(place, "line1", "city", "region", "postcode"),
        MergeField.CADENCE: say_cadence(cadence.every, cadence.unit) if cadence else "",
        MergeField.RATES: ", ".join(f"{rate.rate / 100:g} %" for rate in rates),
    }


def _primary(asking: Asking, table: Any, client_id: int | None) -> Any:
    return asking.session.exec(select(table).where(table.client_id == client_id, table.is_primary)).first()


def _joined(row: Any, *names: str) -> str:
    if row is None:
        return ""
    told = {name: str(getattr(row, name)) for name in names}
    return ", ".join(say_phone(value) if name == "phone" else value for name, value in told.items() if value)


def _count(asking: Asking, table: Any, client_id: int) -> int:
    return asking.session.exec(select(func.count()).select_from(table).where(table.client_id == client_id)).one()


def _shown_again(asking: Asking, keep: Client, gone: Client) -> int:
    signal = tables.Signal

    def seen(client: Client) -> Seen:
        first = select(func.min(signal.id)).where(signal.client_id == client.id, col(signal.id) > client.watermark)
        return Seen(client.watermark, asking.session.exec(first).one())

    mark = merged_watermark(seen(keep), seen(gone))
    return sum(
        asking.session.exec(
            select(func.count())
            .select_from(signal)
            .where(signal.client_id == one.id, col(signal.id) > mark, col(signal.id) <= one.watermark)
        ).one()
        for one in (keep, gone)
    )
