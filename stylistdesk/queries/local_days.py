"""Reading many rows at once, and the local days of the instants in them."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored


class LocalDays:
    """Tells the local day of an instant as the tables store it, without reading it: they are in order as text.

    `since` is the day from which on rows are wanted.
    """

    def __init__(self, zone: ZoneInfo, today: date, since: date, years: int = 8) -> None:
        first = date(today.year - years, 1, 1)
        self.since = since
        self._zone = zone
        self._days = [first + timedelta(days=number) for number in range((years + 1) * 366)]
        self._starts = [stored(start_of_day(day, zone)) for day in self._days]

    def starts(self, day: date) -> str:
        """When a local day begins, as the tables store it."""
        return stored(start_of_day(day, self._zone))

    def of(self, text: str) -> date:
        """The local day on which it was."""
        place = bisect_right(self._starts, text)
        if 0 < place < len(self._starts):
            return self._days[place - 1]
        return instant(text).astimezone(self._zone).date()


def plain_rows(asking: Asking, statement: str, **given: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement as the driver gives them: of a hundred thousand, that takes half the time."""
    driver = asking.session.connection().connection.driver_connection
    assert driver is not None
    yield from driver.execute(statement, given)
