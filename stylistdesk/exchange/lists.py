"""The lists of `queries/lists.py`, and those of the tabs, as tables for CSV and for a workbook (R46)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from stylistdesk.domain.dates import say_due
from stylistdesk.domain.metrics import Unit
from stylistdesk.domain.money import minor_digits
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import PeriodKind
from stylistdesk.exchange.export_sweep import sweep_table
from stylistdesk.exchange.spreadsheet import Cell, Table
from stylistdesk.exchange.statement import statement_table
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.daily_tasks import queue
from stylistdesk.queries.ledger import ledger
from stylistdesk.queries.lists import Holds, Listed
from stylistdesk.queries.metrics import metrics
from stylistdesk.queries.sweep import sweep

Told = tuple[Table, int | None]
"""A table, and how many things are in it where that is not how many rows."""


def listed_table(listed: Listed, asking: Asking, ids: Sequence[int] | None) -> Told:
    """One of `LISTS`, of these clients or of all."""
    currency = listed.names.index("currency") if "currency" in listed.names else None
    tellers = [_TELLERS[holds] for _, _, holds in listed.columns]

    def rows() -> Iterator[list[Cell]]:
        for row in listed.rows(asking, ids):
            code = (row[currency] if currency is not None else "") or asking.currency
            tell = partial(_tell, asking=asking, currency=code)
            yield [tell(teller, value) for teller, value in zip(tellers, row, strict=True)]

    return Table(listed.names, rows()), None


def _tell(teller: "_Teller", value: Any, *, asking: Asking, currency: str) -> Cell:
    return None if value is None else teller(value, asking, currency)


_Teller = Callable[[Any, Asking, str], Cell]
_TELLERS: dict[Holds, _Teller] = {
    Holds.TEXT: lambda value, *_: str(value),
    Holds.WORD: lambda value, *_: str(value).replace("_", " "),
    Holds.NUMBER: lambda value, *_: int(value),
    Holds.DAY: lambda value, *_: date.fromisoformat(value),
    Holds.INSTANT: lambda value, asking, _: datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(asking.zone),
    Holds.MONEY: lambda value, _, currency: _money(value, currency),
    Holds.RATE: lambda value, *_: Decimal(value).scaleb(-2),
    Holds.YES: lambda value, *_: bool(value),
}


def _money(cents: int, currency: str) -> Decimal:
    return Decimal(cents).scaleb(-minor_digits(currency))


# --------------------------------------------------------------------------------------------- tabs

QUEUE = (
    "client", "spending_power", "score", "next", "channel", "reason", "due", "signals_since",
)  # fmt: skip
METRICS = (
    "group", "metric", "value", "unit", "lowest", "highest", "before", "goal", "of", "from", "to",
)  # fmt: skip


def queue_table(asking: Asking, ids: Sequence[int] | None) -> Told:
    """Daily Tasks as it stands: who needs her, what is next and why."""

    def rows() -> Iterator[list[Cell]]:
        for row in queue(asking).rows:
            if ids is None or row.client_id in ids:
                yield [
                    row.name, row.spending_power, Decimal(str(row.standing.score)), row.next.action,
                    row.next.channel.value.replace("_", " "), row.next.reason,
                    say_due(row.next, asking.now, asking.zone), sum(one.count for one in row.signals),
                ]  # fmt: skip

    return Table(QUEUE, rows()), None


def sweep_of_month(asking: Asking, ids: Sequence[int] | None) -> Told:
    """The sweep of the month."""
    period = period_of(_today(asking), PeriodKind.MONTH)
    found = [row for row in sweep(asking, period).rows if ids is None or row.client_id in ids]
    return sweep_table(found, period, asking.currency, asking.zone), None


def statement_of_year(asking: Asking, ids: Sequence[int] | None) -> Told:
    """The commission of the year, order by order; with ids, of these clients' orders alone."""
    told = ledger(asking, period_of(_today(asking), PeriodKind.YEAR))
    if ids is None:
        return statement_table(told, asking.currency), len(told.rows) + len(told.payments)
    hers = replace(told, rows=tuple(row for row in told.rows if row.client_id in ids), payments=())
    columns, rows = statement_table(hers, asking.currency)
    return Table(columns, [row for row in rows if row[0] == "order"]), None


def metrics_table(asking: Asking, _ids: Sequence[int] | None) -> Told:
    """The metrics of the month; whose clients are meant makes no difference to them."""
    told = metrics(asking, period_of(_today(asking), PeriodKind.MONTH))

    def rows() -> Iterator[list[Cell]]:
        for card in told.cards:
            unit = card.metric.unit
            say = partial(_value, unit, asking.currency)
            lowest, highest = card.now.interval or (None, None)
            yield [
                card.metric.group, card.metric.label, say(card.now.value),
                _UNITS.get(unit, unit.value) or asking.currency, say(lowest), say(highest),
                say(card.before.value), say(told.goals.get(card.metric.id)), card.now.n,
                told.period.starts, date.fromordinal(told.period.ends.toordinal() - 1),
            ]  # fmt: skip

    return Table(METRICS, rows()), None


_UNITS = {Unit.RATE: "%", Unit.CENTS: "", Unit.HUNDREDTHS: "count"}


def _value(unit: Unit, currency: str, value: int | None) -> Cell:
    if value is None:
        return None
    if unit is Unit.CENTS:
        return _money(value, currency)
    return Decimal(value).scaleb(-2) if unit in (Unit.RATE, Unit.POINTS, Unit.HUNDREDTHS) else value


def _today(asking: Asking) -> date:
    return asking.now.astimezone(asking.zone).date()
