"""The queue as Daily Tasks holds it: in the order that is wanted, and counted. One row that changes costs one row."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.dates import LocalNow, say_due
from stylistdesk.domain.text import folded
from stylistdesk.ui.words import power

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import QueueRow

SORTS = (
    ("urgency", "by urgency"),
    ("due", "by due time"),
    ("power", "by spending power"),
    ("name", "by name"),
)


class HeldQueue:
    """All rows by client; `shown` are those that have the words sought, in their order."""

    def __init__(self) -> None:
        self.rows: dict[int, QueueRow] = {}
        self.shown: list[QueueRow] = []
        self._sort = SORTS[0][0]
        self._sought: list[str] = []
        self._here: LocalNow | None = None
        self._keys: list[Any] = []  # of the rows shown, to search in
        self._counted: Counter[str] = Counter()
        self._counted_by: LocalNow | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def fill(self, rows: "Iterable[QueueRow]") -> None:
        """Hold these rows instead."""
        self.rows = {row.client_id: row for row in rows}
        self._counted_by = None
        self._arrange()

    def arrange(self, sort: str, words: str, here: LocalNow) -> None:
        """Show the rows that have all the words, in this order; it costs something only where that is another one."""
        sought, before = folded(words).split(), self._here
        another_day = before is None or before.today_starts != here.today_starts
        moved_on = bool(sought) and (before is None or before.now != here.now)  # "17:00" has become "now"
        self._here = here
        if (sort, sought) != (self._sort, self._sought) or moved_on or (another_day and sort == "due"):
            self._sort, self._sought = sort, sought
            self._arrange()

    def _arrange(self) -> None:
        keyed = sorted((self._key(row), row.client_id) for row in self.rows.values() if self._is_sought(row))
        self._keys = [key for key, _ in keyed]
        self.shown = [self.rows[client_id] for _, client_id in keyed]

    def put(self, client_id: int, row: "QueueRow | None") -> None:
        """Show the client as she is now, in her place; `None` if she is no longer in the queue."""
        from stylistdesk.queries.daily_tasks import when

        before = self.rows.pop(client_id, None)
        if before is not None:
            place = self._place(before)
            if place is not None:
                del self.shown[place], self._keys[place]
            if self._counted_by is not None:
                self._counted[when(before, self._counted_by)] -= 1
        if row is not None:
            self.rows[client_id] = row
            if self._is_sought(row):
                key = self._key(row)
                place = bisect_left(self._keys, key)
                self._keys.insert(place, key)
                self.shown.insert(place, row)
            if self._counted_by is not None:
                self._counted[when(row, self._counted_by)] += 1

    def index_of(self, client_id: int | None) -> int | None:
        """Where the client is among the rows shown."""
        row = self.rows.get(client_id) if client_id is not None else None
        return self._place(row) if row is not None else None

    def counted(self, here: LocalNow) -> Counter[str]:
        """How many rows are "overdue", for "today" and for "soon"; they are counted anew when another day begins."""
        from stylistdesk.queries.daily_tasks import when

        if self._counted_by is None or self._counted_by.today_starts != here.today_starts:
            self._counted_by = here
            self._counted = Counter(when(row, here) for row in self.rows.values())
        return self._counted

    def _place(self, row: "QueueRow") -> int | None:
        place = bisect_left(self._keys, self._key(row))
        return place if place < len(self.shown) and self.shown[place] is row else None

    def _key(self, row: "QueueRow") -> tuple[Any, ...]:
        """By what a row is sorted; no two rows have the same."""
        from stylistdesk.queries.daily_tasks import overdue_since, rank

        match self._sort:
            case "name":
                return row.name.casefold(), row.client_id
            case "power":
                return -(row.spending_power or 0), -row.standing.points, row.name.casefold(), rank(row)
            case "due":
                since = overdue_since(row, self._here) if self._here is not None else None
                return since is None, since or row.next.due, -row.standing.points, row.client_id
            case _:
                return rank(row)

    def _is_sought(self, row: "QueueRow") -> bool:
        """Whether all the words are in what the row shows: her two lines, and as what she is counted above them."""
        if not self._sought:
            return True
        said = folded(f"{row.name} {power(row.spending_power)} {row.next.action} {row.next.detail}")
        missing = [word for word in self._sought if word not in said]
        return not missing or (self._here is not None and all(word in self._when(row, self._here) for word in missing))

    @staticmethod
    def _when(row: "QueueRow", here: LocalNow) -> str:
        """When it is due, as the row says it and as it is counted."""
        from stylistdesk.queries.daily_tasks import when

        return folded(f"{say_due(row.next, here.now, here.zone)} {when(row, here)}")
