"""Daily Tasks (R3 to R6): read the reason, press a key, the next client is there."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui import asking
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.empty import EmptyList, empty_queue
from stylistdesk.ui.screens.list_screen import ListScreen
from stylistdesk.ui.screens.queue_lines import row_lines, summary
from stylistdesk.ui.widgets.frame import SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import Queue, QueueRow

MANY = 50
"""Beyond so many changed clients the whole queue is asked for again."""


class DailyTasks(ListScreen):
    """The queue of the clients who need the rep."""

    PLACE: ClassVar[str] = "Daily Tasks"
    TAB: ClassVar[str] = "daily_tasks"
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("urgency", "by urgency"),
        ("due", "by due time"),
        ("power", "by spending power"),
        ("name", "by name"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, QueueRow] = {}
        self.ranks: dict[int, tuple[object, ...]] = {}  # where each row stands by urgency, worked out once
        self.next_up = ""

    def make_list(self) -> "RecordList[QueueRow]":
        return EmptyList(self._lay_out, lambda row: row.client_id, id="list")

    def on_mount(self) -> None:
        self.listed.mark = self.program.symbols.mark

    def _lay_out(self, row: "QueueRow", width: int) -> tuple[Line, Line]:
        assert self.desk is not None
        return row_lines(self.desk.now(), self.desk.zone, self.program.symbols)(row, width)

    def client_id_at(self, index: int) -> int | None:
        rows = self.listed.rows
        row = rows[index] if 0 <= index < len(rows) else None
        return row.client_id if row is not None else None

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, self._load, "Daily Tasks", group="load", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        version = desk.version
        queue: Queue = await asyncio.to_thread(asking.read_queue, desk)
        from stylistdesk.queries.daily_tasks import rank

        self.rows = {row.client_id: row for row in queue.rows}
        self.ranks = {row.client_id: rank(row) for row in queue.rows}
        self.next_up, self.shown_version = queue.next_up, version
        self.listed.marks &= set(self.rows)
        self.forget_panes()
        self._show(at_key=self.current_id)

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        """Only the clients that changed are computed again, and merged in place."""
        desk = self.desk
        if desk is None:
            return
        if not client_ids or len(client_ids) > MANY or self.shown_version < desk.version - 1:
            await self._load()
        else:
            from stylistdesk.queries.daily_tasks import rank

            version = desk.version
            fresh = await asyncio.to_thread(asking.read_rows, desk, tuple(dict.fromkeys(client_ids)))
            for client_id, row in fresh.items():
                if row is None:
                    self.rows.pop(client_id, None)
                else:
                    self.rows[client_id], self.ranks[client_id] = row, rank(row)
            if not self.rows:
                self.next_up = (await asyncio.to_thread(asking.read_queue, desk)).next_up
            self.shown_version = version
            self.forget_panes_of(client_ids)
        if back_to:
            back = next((client_id for client_id in back_to if client_id in self.rows), None)
            self._show(at_key=back if back is not None else self.current_id)

    async def acted(self, subjects: Sequence[Subject]) -> None:
        gone = {subject.client_id for subject in subjects}
        after = self._next_after(gone)
        place = self.listed.cursor
        self.listed.marks -= gone
        await self.changed(tuple(gone))
        self._show(at_key=after, at_index=place)

    def who_stays(self, subjects: Sequence[Subject]) -> str:
        staying = [self.rows[subject.client_id] for subject in subjects if subject.client_id in self.rows]
        if len(staying) == 1:
            return f"{staying[0].name} stays: {staying[0].next.action}."
        return f"{len(staying)} of them stay." if staying else ""

    def _next_after(self, gone: set[int]) -> int | None:
        """The first client below the cursor that the key did not act on, else the last above it."""
        rows = self.listed.rows
        below = [row.client_id for row in rows[self.listed.cursor :] if row is not None]
        above = [row.client_id for row in rows[: self.listed.cursor] if row is not None]
        return next((client_id for client_id in [*below, *reversed(above)] if client_id not in gone), None)

    async def subjects(self) -> list[Subject]:
        rows = [row for row in self.listed.rows if row is not None]
        chosen = [row for row in rows if row.client_id in self.listed.marks]
        if not chosen:
            current = self.listed.current
            chosen = [current] if current is not None else []
        return [Subject(row.client_id, row.name, row.last_signal_id, row.next) for row in chosen]

    # ---------------------------------------------------------------- showing

    def refilter(self) -> None:
        self._show(at_key=self.current_id)

    def _ordered(self) -> "list[QueueRow]":
        sought = self.filter.casefold().split()
        rows = [row for row in self.rows.values() if not sought or _has(row, sought)]
        match self.sort:
            case "name":
                rows.sort(key=lambda row: (row.name.casefold(), row.client_id))
            case "power":
                rows.sort(key=lambda row: (-(row.spending_power or 0), -row.standing.points, row.name.casefold()))
            case "due":
                rows.sort(key=lambda row: (row.next.due, -row.standing.points, row.client_id))
            case _:
                rows.sort(key=lambda row: self.ranks[row.client_id])
        return rows

    def _show(self, *, at_key: int | None = None, at_index: int | None = None) -> None:
        desk = self.desk
        if desk is None:
            return
        shown = self._ordered()
        listed = self.listed
        assert isinstance(listed, EmptyList)
        listed.empty = self._empty(bool(self.rows))
        listed.set_rows(shown, at_key=at_key, at_index=at_index)
        self.program.waiting = len(self.rows)
        self.title_list()
        self.show_frame()
        self.query_one(SumUp).sum_up(summary(list(self.rows.values()), desk.now(), desk.zone, self.program.symbols))

    def _empty(self, filtered: bool) -> list[Line]:
        keymap = self.program.keymap_of_desk
        if filtered:
            return [
                (Piece(f"No client here has “{self.filter}”.", "strong"),),
                (Piece("esc shows all again.", "quiet"),),
            ]
        return empty_queue(self.next_up, keymap)


def _has(row: "QueueRow", sought: list[str]) -> bool:
    if not sought:
        return True
    said = f"{row.name} {row.next.action} {row.next.detail} {row.next.reason} {row.next.channel}".casefold()
    return all(word in said for word in sought)
