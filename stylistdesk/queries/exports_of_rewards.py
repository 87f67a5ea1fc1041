"""The tiers of host rewards and what was posted of redeemed ones, with all that an export tells of them (R38, R39)."""

from collections.abc import Sequence
from dataclasses import dataclass

from stylistdesk.db.event_orders import reward_rules
from stylistdesk.domain.host_rewards import Tier
from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class ExportAdjustment:
    """What was posted of the rewards of an event, by which return of which order; its day as 2026-11-27."""

    event: str
    host: str
    posted_on: str
    cents: Cents
    half_price_items: int
    return_id: str
    order: str
    note: str


_ADJUSTMENTS = """
    SELECT e.name, coalesce(c.name, ''), a.posted_on, a.cents, a.half_price_items, coalesce(r.number, ''),
    coalesce(o.number, ''), a.note FROM reward_adjustment a JOIN host_event e ON e.id = a.event_id
    LEFT JOIN client c ON c.id = e.client_id LEFT JOIN goods_return r ON r.id = a.return_id
    LEFT JOIN "order" o ON o.id = a.order_id WHERE {which} ORDER BY a.id"""


def tiers_for_export(asking: Asking) -> tuple[Tier, ...]:
    """The tiers that hold, the lowest first: the rep's own, or the usual ones."""
    return tuple(reward_rules(asking.session, asking.settings).tiers)


def adjustments_for_export(asking: Asking, ids: Sequence[int] | None = None) -> tuple[ExportAdjustment, ...]:
    """All adjustments, or those of the events that these clients host, the first posted first."""
    which = "1" if ids is None else f"e.client_id IN ({', '.join(str(int(key)) for key in ids) or 'NULL'})"
    rows = asking.session.connection().exec_driver_sql(_ADJUSTMENTS.format(which=which))
    return tuple(ExportAdjustment(*row) for row in rows)
