"""When the rep works, as she filled it in (R17)."""

from datetime import date
from typing import Any

from stylistdesk.domain.working_hours import WorkingHours
from stylistdesk.queries.asking import Asking


def working_hours(asking: Asking) -> WorkingHours:
    """Her weekly hours, and the dates that differ."""
    weekly: dict[int, tuple[tuple[int, int], ...]] = {}
    dates: dict[date, tuple[tuple[int, int], ...]] = {}
    rows = asking.session.connection().exec_driver_sql(
        "SELECT weekday, on_day, starts, ends FROM availability ORDER BY starts"
    )
    for weekday, on_day, starts, ends in rows:
        # Only a day off has a row without hours.
        hours = ((starts, ends),) if starts < ends else ()
        where: Any = weekly if weekday is not None else dates
        key = weekday if weekday is not None else date.fromisoformat(on_day)
        where[key] = (*where.get(key, ()), *hours)
    return WorkingHours(weekly, dates)
