"""Reading many rows at once, and the local days of the instants in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import start_of_day
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.facts import instant, stored

Row = TypeVar("Row", bound=tuple[Any, ...])


class LocalDays:
    """Tells the local day of an instant as the tables store it, without reading it: they are in order as text."""

    def __init__(self, zone: ZoneInfo, today: date, years: int = 8) -> None:
        first = date(today.year - years, 1, 1)
        self._zone = zone
        self._days = [first + timedelta(days=number) for number in range((years + 1) * 366)]
        self._starts = [stored(start_of_day(day, zone)) for day in self._days]
        # In most days of UTC, one local day begins: then it is told without a search.
        begun = [starts[:10] for starts in self._starts]
        self._begins = {
            begun[place]: (self._starts[place], self._days[place - 1], self._days[place])
            for place in range(1, len(begun) - 1)
            if begun[place - 1] < begun[place] < begun[place + 1]
        }

    def starts(self, day: date) -> str:
        """When a local day begins, as the tables store it."""
        place = (day - self._days[0]).days
        if 0 <= place < len(self._starts):
            return self._starts[place]
        return stored(start_of_day(day, self._zone))

    def of(self, text: str) -> date:
        """The local day on which it was."""
        told = self._begins.get(text[:10])
        if told is not None:
            starts, before, day = told
            return day if text >= starts else before
        place = bisect_right(self._starts, text)
        if 0 < place < len(self._starts):
            return self._days[place - 1]
        return instant(text).astimezone(self._zone).date()

    def split(self, rows: Sequence[Row]) -> Iterator[tuple[date, Sequence[Row]]]:
        """The rows of each day; they begin with an instant, and are in its order."""
        ends = 0
        while ends < len(rows):
            begins, on = ends, self.of(rows[ends][0])
            ends = bisect_left(rows, self.starts(on + timedelta(days=1)), begins, key=itemgetter(0))
            yield on, rows[begins:ends]


def plain_rows(asking: Asking, statement: str, **given: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement as the driver gives them: of a hundred thousand, that takes half the time."""
    driver = asking.session.connection().connection.driver_connection
    assert driver is not None
    return iter(driver.execute(statement, given))
