"""Keeps for each client with orders what she is expected to bring (R48): worked out from the orders, never by hand.

What it writes is derived, so the journal leaves it out: no step of the history, nothing to undo. A client who is gone
leaves a row that nothing asks for; the next run clears it away.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from stylistdesk.db.sums import ACTIVE, SENT_INSTEAD
from stylistdesk.domain.buying import CDNOW, FITTED_FROM, History, Parameters, chance, fit, history, spending
from stylistdesk.domain.dates import start_of_day

_STATE = f"SELECT count(*), max(id), total({ACTIVE}), total(status = 'cancelled') FROM \"order\""
_ORDERS = f"""
    SELECT client_id, placed_at, CASE currency WHEN ? THEN {ACTIVE} END FROM "order"
    WHERE status <> 'cancelled' AND NOT {SENT_INSTEAD} ORDER BY client_id"""


@dataclass(frozen=True, slots=True)
class Learned:
    """What `keep` writes: the model's row, and those of the clients (id, basis points, cents, day).

    The same orders on the same day make the same rows to the byte. Without orders there is no model.
    """

    model: tuple[Any, ...] | None
    values: tuple[tuple[int, int, int, str], ...]


def learn(session: Session, now: datetime, zone: ZoneInfo, currency: str, weeks: int) -> Learned | None:
    """What each client is expected to bring within so many weeks; None if what is kept already says it.

    Amounts are of the desk's currency alone; an order in another tells when she buys. Reads only. Takes some tenths of
    a second for many orders: ask it in a thread.
    """
    driver: Any = session.connection().connection.driver_connection
    today = now.astimezone(zone).date()
    count, last, active, cancelled = driver.execute(_STATE).fetchone()
    orders_seen = f"{count} {last} {active:.0f} {cancelled:.0f} {currency} {zone.key}"
    seen = f"{orders_seen}, {today} {weeks}"
    kept = driver.execute("SELECT seen, parameters, fitted FROM buyer_model WHERE id = 1").fetchone()
    if not count:
        return None if kept is None else Learned(None, ())
    if kept is not None and kept[0] == seen:
        return None
    known: list[tuple[int, History, list[int]]] = []
    for client_id, hers in groupby(driver.execute(_ORDERS, (currency,)), key=lambda row: row[0]):
        bought = _by_day(hers, zone, today)
        told = history((day.toordinal() for day in bought), today.toordinal())
        if told is not None:
            known.append((client_id, told, [cents for cents in bought.values() if cents is not None and cents > 0]))
    fitted = len(known) >= FITTED_FROM
    of = CDNOW
    if fitted:  # another day alone makes no other model
        same = kept is not None and kept[2] and kept[0].startswith(f"{orders_seen},")
        of = _from_json(kept[1]) if same else fit([told for _, told, _ in known])
    spent = spending([amounts for _, _, amounts in known])
    by = (today + timedelta(weeks=weeks)).isoformat()
    values = tuple(
        (client_id, round(10_000 * chance(of, told, weeks)), spent.of(amounts), by)
        for client_id, told, amounts in known
    )
    at = start_of_day(today, zone).replace(tzinfo=None).isoformat(" ", "microseconds")
    days = sum(told.repeats + 1 for _, told, _ in known)
    told_of = _as_json(of, spent.mean, spent.pull)
    return Learned((1, told_of, fitted, len(known), days, seen, at), values)


def keep(session: Session, learned: Learned) -> None:
    """Write it in the place of what was kept."""
    driver: Any = session.connection().connection.driver_connection
    driver.execute("DELETE FROM expected_value")
    driver.executemany("INSERT INTO expected_value (id, chance, amount_cents, by_day) VALUES (?, ?, ?, ?)",
                       learned.values)  # fmt: skip
    driver.execute("DELETE FROM buyer_model")
    if learned.model is not None:
        driver.execute(
            "INSERT INTO buyer_model (id, parameters, fitted, clients, orders, seen, fitted_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            learned.model,
        )


def _by_day(rows: Iterable[Any], zone: ZoneInfo, today: date) -> dict[date, int | None]:
    """What she ordered on each local day up to today, in cents; None where nothing of it is in the desk's currency."""
    bought: dict[date, int | None] = {}
    for _, placed_at, cents in rows:
        day = datetime.fromisoformat(placed_at + "+00:00").astimezone(zone).date()
        if day <= today:
            before = bought.get(day)
            bought[day] = before if cents is None else cents + (before or 0)
    return bought


def _from_json(told: str) -> Parameters:
    kept = json.loads(told)
    return Parameters(*(kept[name] for name in Parameters._fields))


def _as_json(of: Parameters, mean: float, pull: float) -> str:
    return json.dumps({**of._asdict(), "mean_order_cents": round(mean), "pull": pull})
