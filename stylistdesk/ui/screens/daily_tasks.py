"""Daily Tasks (R3 to R6): read the reason, press a key, the next client is there."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui import asking
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.screens.base import LIST_KEYS
from stylistdesk.ui.screens.empty import EmptyList, empty_desk, empty_queue
from stylistdesk.ui.screens.held_queue import SORTS, HeldQueue
from stylistdesk.ui.screens.list_screen import ListScreen
from stylistdesk.ui.screens.queue_lines import row_lines, summary
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import Queue, QueueRow

MANY = 50
"""Beyond so many changed clients the whole queue is asked for again."""


class DailyTasks(ListScreen):
    """The queue of the clients who need the rep."""

    PLACE = "Daily Tasks"
    TAB: ClassVar[str] = "daily_tasks"
    BINDINGS: ClassVar[list[Binding]] = [*LIST_KEYS, *bindings(Scope.WELCOME)]  # `check_action` says which of `d` it is
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = SORTS

    def __init__(self) -> None:
        super().__init__()
        self.next_up = ""
        self.no_clients = False
        self._drawn_at: tuple[datetime, ZoneInfo] | None = None

    @property
    def held(self) -> HeldQueue:
        """The queue; its length is told in the bar of tabs, on every screen."""
        return self.program.counts.held

    def make_list(self) -> "RecordList[QueueRow]":
        return EmptyList(self._lay_out, lambda row: row.client_id, id="list")

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
        self.held.fill(queue.rows)
        self.next_up, self.no_clients, self.shown_version = queue.next_up, queue.no_clients, version
        self.listed.marks &= self.held.rows.keys()
        self.forget_panes()
        self._show(at_key=self.current_id)

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._merge(client_ids, back_to[:1])
        back = next((client_id for client_id in back_to if client_id in self.held.rows), None)
        self._show(at_key=back if back is not None else self.current_id)

    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        gone = {subject.client_id for subject in subjects}
        after = self.current_id if stay else self._next_after(gone)
        place = self.listed.cursor
        self.listed.marks -= gone
        await self._merge(tuple(gone), (after,) if after is not None else ())
        self._show(at_key=after, at_index=place)

    async def _merge(self, client_ids: tuple[int, ...], next_ones: tuple[int, ...]) -> None:
        """Only the clients that changed are computed again, and merged in place.

        The panes of the next ones are fetched with them, if they are not here, so that one frame shows it all.
        """
        desk = self.desk
        if desk is None:
            return
        if not client_ids or len(client_ids) > MANY or self.shown_version < desk.version - 1:
            await self._load()
            return
        version = desk.version
        self.forget_panes_of(client_ids)
        missing = tuple(client_id for client_id in next_ones if client_id not in self.panes)
        fresh, panes = await asyncio.to_thread(asking.read_rows, desk, tuple(dict.fromkeys(client_ids)), missing)
        self.panes |= panes
        for client_id, row in fresh.items():
            self.held.put(client_id, row)
        if not self.held:
            queue: Queue = await asyncio.to_thread(asking.read_queue, desk)
            self.next_up, self.no_clients = queue.next_up, queue.no_clients
        self.shown_version = version

    def who_stays(self, subjects: Sequence[Subject], *, snoozed: bool = False) -> str:
        rows = self.held.rows
        staying = [rows[subject.client_id] for subject in subjects if subject.client_id in rows]
        if len(staying) != 1:
            return f"{len(staying)} of them stay." if staying else ""
        stays = staying[0]
        urgent = next((each for each in stays.standing.suggestions if each.urgent), None) if snoozed else None
        action = urgent.action if urgent is not None else stays.next.action
        if len(subjects) == 1:
            return f"Still urgent: {action}." if urgent is not None else f"Still to do: {action}."
        return f"1 of them {'is still urgent' if urgent else 'stays'}: {stays.name}, {action[:1].lower()}{action[1:]}."

    def _next_after(self, gone: set[int]) -> int | None:
        """The first client below the cursor that the key did not act on, else the last above it."""
        clients = [row.client_id for row in self.held.shown]
        cursor = self.listed.cursor
        return next((each for each in (*clients[cursor:], *reversed(clients[:cursor])) if each not in gone), None)

    async def subjects(self) -> list[Subject]:
        marks = self.listed.marks
        chosen = [_subject(row) for row in self.held.shown if row.client_id in marks] if marks else []
        return chosen or await self.under_cursor()

    async def under_cursor(self) -> list[Subject]:
        current = self.listed.current
        return [_subject(current)] if current is not None else []

    # ------------------------------------------------------------- an empty desk

    @property
    def is_bare(self) -> bool:
        """Whether there is not one client on the desk: then the keys of a beginning work here."""
        return self.no_clients and not self.held

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With no client on the desk, `d` is the demo; with one, it is done."""
        if action in ("choose", "done"):
            return self.is_bare is (action == "choose")
        return super().check_action(action, parameters)

    def action_choose(self, what: str) -> None:
        """Begin with the demo, a file or a first client."""
        from stylistdesk.ui.screens.welcome import begin

        if self.desk is not None:
            start(self.program, partial(begin, self.program, what), what, group="dialog")

    # ---------------------------------------------------------------- showing

    def time_passed(self) -> None:
        """What became due meanwhile appears; the rows say how long something waits."""
        self.reload()

    def refilter(self) -> None:
        self._show(at_key=self.current_id)

    def _show(self, *, at_key: int | None = None, at_index: int | None = None) -> None:
        desk = self.desk
        if desk is None:
            return
        held, listed, now = self.held, self.listed, desk.now()
        held.arrange(self.sort, self.filter, LocalNow(now, desk.zone))
        assert isinstance(listed, EmptyList)
        listed.empty = self._empty(bool(held))
        place_of_keys = "Welcome" if self.is_bare else "Daily Tasks"
        if place_of_keys != self.PLACE:
            self.PLACE = place_of_keys
            self.query_one(KeyFooter).show_place(place_of_keys)
        minute = now.replace(second=0, microsecond=0), desk.zone
        if minute != self._drawn_at:
            self._drawn_at = minute
            listed.forget_drawn()  # each row says how long something waits
        place = held.index_of(at_key)
        listed.set_rows(held.shown, at_index=at_index if place is None else place)
        self.title_list()
        self.show_frame()

    def show_frame(self) -> None:
        """The sum-up too: the sign-ups that it tells of are counted as the numbers in the bar are."""
        super().show_frame()
        desk, program = self.desk, self.program
        if desk is not None and self._drawn_at is not None:
            waits = program.counts.waiting
            counted = self.held.counted(LocalNow(desk.now(), desk.zone))
            said = summary(
                counted,
                program.symbols,
                waits.strangers if waits is not None else 0,
                program.keymap_of_desk.shown("back_office"),
            )
            self.query_one(SumUp).sum_up(said)

    def _empty(self, filtered: bool) -> list[Line]:
        keymap = self.program.keymap_of_desk
        if filtered:
            return [
                (Piece(f"No client here has “{self.filter}”.", "strong"),),
                (Piece("esc shows all again.", "quiet"),),
            ]
        if self.is_bare:
            return empty_desk(keymap, is_set_up=self.desk is not None and self.desk.is_set_up)
        return empty_queue(self.next_up, keymap)


def _subject(row: "QueueRow") -> Subject:
    return Subject(row.client_id, row.name, row.last_signal_id, row.next)
