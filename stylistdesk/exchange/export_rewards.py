"""The rewards of an event and the host orders, as tables for a spreadsheet (R38, R46)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from stylistdesk.domain.host_rewards import Tier
from stylistdesk.domain.money import minor_digits
from stylistdesk.domain.reward_tiers import say_missing, say_reach
from stylistdesk.domain.rewards_ledger import say_percentage
from stylistdesk.exchange.spreadsheet import Cell, Table, csv_text
from stylistdesk.queries.exports_of_rewards import ExportAdjustment
from stylistdesk.queries.host_rewards import EventLedger, HostOrderRow

LEDGER_COLUMNS = (
    "kind", "event", "host", "date", "order", "client", "merchandise", "discount", "cancelled", "returned", "counts",
    "running", "reward", "half_price_items", "currency", "why",
)  # fmt: skip
HOST_ORDER_COLUMNS = (
    "host_order", "status", "event", "client", "entered", "placed", "cancelled", "reward", "half_price_items", "item",
    "quantity", "price", "paid_by", "she_pays", "currency", "note",
)  # fmt: skip

TIER_COLUMNS = ("from", "to", "fixed", "percent", "half_price_items", "currency")
ADJUSTMENT_COLUMNS = (
    "event", "host", "posted_on", "reward", "half_price_items", "return_id", "order", "currency", "note",
)  # fmt: skip


def _money(cents: int, currency: str) -> Cell:
    return Decimal(cents).scaleb(-minor_digits(currency))


def ledgers_text(ledgers: Sequence[EventLedger], currency: str) -> str:
    """`ledgers_table` as CSV."""
    return csv_text(*ledgers_table(ledgers, currency))


def ledgers_table(ledgers: Sequence[EventLedger], currency: str) -> Table:
    """The whole list: of each event a row for each order, for what is left out, and for each step up to the total."""
    return Table(LEDGER_COLUMNS, (row for ledger in ledgers for row in _ledger_rows(ledger, currency)))


def _ledger_rows(ledger: EventLedger, currency: str) -> Iterator[list[Cell]]:
    account, event = ledger.account, ledger.event
    rewards = account.rewards

    def row(kind: str, why: str = "", **said: Cell) -> list[Cell]:
        known: dict[str, Cell] = {
            "kind": kind, "event": event.name, "host": event.host, "currency": currency, "why": why,
        }  # fmt: skip
        return [(known | said).get(column, "") for column in LEDGER_COLUMNS]

    def money(cents: int) -> Cell:
        return _money(cents, currency)

    for order, running in zip(account.orders, account.running, strict=True):
        yield row(
            "order",
            order.why_nothing,
            date=order.on,
            order=order.number,
            client=order.client,
            merchandise=money(order.merchandise),
            discount=money(order.discount),
            cancelled=money(order.cancelled),
            returned=money(order.returned),
            counts=money(order.counts),
            running=money(running),
        )
    for left in account.left_out:
        cents = money(left.cents) if left.cents is not None else ""
        yield row("left out", f"{left.what}: {left.why}", merchandise=cents)
    tier = rewards.tier
    if tier is None:
        why = say_missing(rewards, currency)
        why = f"it needs {why}" if why else "no tier speaks of this"
    elif tier.fixed_cents is not None or tier.percent is None:
        why = f"the tier of {say_reach(tier, currency)}"
    else:
        why = f"the tier of {say_reach(tier, currency)}: {say_percentage(rewards.base, tier.percent, currency)}"
    earned = _gives(rewards.cents, rewards.half_price_items, currency)
    yield row("earned", why, counts=money(rewards.base), **earned)
    frozen = account.frozen
    if frozen is not None:
        placed = _gives(frozen.cents, frozen.half_price_items, currency)
        why = "what was frozen when the host order was placed"
        yield row("placed", why, date=frozen.on, order=frozen.number, **placed)
    for one in account.adjustments:
        yield row("adjustment", one.note, date=one.on, **_gives(one.cents, one.half_price_items, currency))
    yield row("total", "", **_gives(account.total, account.half_price_items, currency))


def _gives(cents: int, half_price_items: int, currency: str) -> dict[str, Cell]:
    return {"reward": _money(cents, currency), "half_price_items": half_price_items}


def host_orders_text(rows: Sequence[HostOrderRow], currency: str) -> str:
    """`host_orders_table` as CSV."""
    return csv_text(*host_orders_table(rows, currency))


def host_orders_table(rows: Sequence[HostOrderRow], currency: str) -> Table:
    """The whole list: a row for each line of each host order; `reward` is what was frozen when it was placed."""
    return Table(HOST_ORDER_COLUMNS, (cells for row in rows for cells in _lines(row, currency)))


def _lines(row: HostOrderRow, currency: str) -> Iterator[list[Cell]]:
    about: list[Cell] = [
        row.number,
        row.status.value,
        row.event,
        row.client,
        row.entered_on,
        row.placed_on,
        row.cancelled_on,
        _money(row.reward, currency) if row.reward is not None else "",
        row.half_price_items,
    ]
    for line in row.lines:
        yield [
            *about,
            line.name,
            line.quantity,
            _money(line.price, currency),
            line.pays.value.replace("_", " "),
            _money(line.she_pays, currency),
            currency,
            " ".join(row.note.split()),
        ]


def tiers_table(tiers: Sequence[Tier], currency: str) -> Table:
    """The whole list: a row for each tier; it reaches up to, not with, `to`."""

    def money(cents: int | None) -> Cell:
        return _money(cents, currency) if cents is not None else ""

    rows = (
        (
            money(one.from_cents),
            money(one.to_cents),
            money(one.fixed_cents),
            Decimal(one.percent).scaleb(-2) if one.percent is not None else "",
            one.half_price_items,
            currency,
        )
        for one in tiers
    )
    return Table(TIER_COLUMNS, rows)


def adjustments_table(rows: Sequence[ExportAdjustment], currency: str) -> Table:
    """The whole list: a row for each adjustment, below zero where it takes from the host."""
    return Table(
        ADJUSTMENT_COLUMNS,
        (
            (
                *(one.event, one.host, one.posted_on, _money(one.cents, currency), one.half_price_items),
                *(one.return_id, one.order, currency, one.note),
            )
            for one in rows
        ),
    )
