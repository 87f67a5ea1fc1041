"""What is on a day that was typed alone into the search (R43): "23 nov", "tomorrow", "tuesday"."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_day, parse_past_day
from stylistdesk.queries.asking import Asking

NOT_DAYS = frozenset({"tom", "tod"})
"""Names of people, before they are short for a day."""

ON_A_DAY = {
    "event": "SELECT id FROM host_event WHERE closes_on >= :day AND opens_on <= :day "
        "AND (:day IN (opens_on, closes_on) OR julianday(closes_on) - julianday(opens_on) < 7) ORDER BY opens_on, id",
    "task": "SELECT id FROM task WHERE done_at IS NULL AND due_on = :day ORDER BY id",
    "follow_up": "SELECT id FROM follow_up WHERE status = 'scheduled' AND due_on = :day ORDER BY id",
    "appointment": "SELECT id FROM appointment WHERE starts_at >= :starts AND starts_at < :ends ORDER BY starts_at, id",
    "session": "SELECT DISTINCT t.id FROM appointment a JOIN assignment t ON t.id = a.assignment_id "
        "WHERE a.starts_at >= :starts AND a.starts_at < :ends AND t.consultation_at >= :starts "
        "AND t.consultation_at < :ends ORDER BY t.consultation_at, t.id",
}  # fmt: skip
"""What is on a day, in order of time; of tasks and follow-ups, what is still to do: each by its index.

An event of a week or more is on its first day and on its last: on the days between, it would stand by every day.
"""


def on_a_day(
    asking: Asking, driver: sqlite3.Connection, typed: str, most: int
) -> tuple[date | None, dict[str, list[int]]]:
    """The day, if what was typed is one and no more, and by kind what is on it."""
    meant: date | None = None
    for day in _days(typed, asking.now.astimezone(asking.zone).date()):
        found = _on(asking, driver, day, most)
        if found:
            return day, found
        meant = meant or day
    return meant, {}


def _days(typed: str, today: date) -> Iterator[date]:
    """The next such day; of a date, also the last one."""
    if typed.strip().casefold() in NOT_DAYS:
        return
    try:
        yield parse_day(typed, today)
        if any(letter.isdecimal() for letter in typed):
            yield parse_past_day(typed, today)
    except Refused:
        return


def _on(asking: Asking, driver: sqlite3.Connection, day: date, most: int) -> dict[str, list[int]]:
    try:
        starts, ends = (start_of_day(one, asking.zone) for one in (day, day + timedelta(days=1)))
    except OverflowError:
        return {}
    bounds = {"day": day.isoformat(), "starts": f"{starts:%Y-%m-%d %H:%M:%S}", "ends": f"{ends:%Y-%m-%d %H:%M:%S}"}
    found = {kind: driver.execute(f"{asked} LIMIT {most}", bounds).fetchall() for kind, asked in ON_A_DAY.items()}
    return {kind: [row[0] for row in rows] for kind, rows in found.items() if rows}
