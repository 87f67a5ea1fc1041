"""All clients: every client there is, a page at a time, with all keys of triage."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.dates import say_short_day
from stylistdesk.domain.expected import say_expected
from stylistdesk.domain.text import say_phone
from stylistdesk.ui import asking, words
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, line, spread
from stylistdesk.ui.screens.empty import EmptyList, keys_for
from stylistdesk.ui.screens.list_screen import ListScreen
from stylistdesk.ui.screens.queue_lines import POWER
from stylistdesk.ui.widgets.frame import SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.clients import ClientList, ClientRow

PAGE = 200


class AllClients(ListScreen):
    """The list of all clients."""

    PLACE = "All clients"
    TAB: ClassVar[str] = "all_clients"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CLIENTS)
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("name", "by name"),
        ("power", "by spending power"),
        ("last_order", "by last order"),
        ("added", "newest first"),
        ("expected", "by expected value"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[int] = set()
        self._total: int | None = None

    def make_list(self) -> "RecordList[ClientRow]":
        return EmptyList(self._lay_out, lambda row: row.client_id, id="list")

    def _lay_out(self, row: "ClientRow", width: int) -> tuple[Line, Line]:
        name = max(12, min(30, width // 2 - 8))
        today = self.program.local_now().date()
        orders = words.count(row.order_count, "order") if row.order_count else ""
        last = f"last {say_short_day(row.last_order_on, today)}" if row.last_order_on else "no orders yet"
        if self.sort == "expected" and row.expected is not None:
            last = say_expected(row.expected, today).removeprefix("likely to buy ")
        first = spread(
            line(
                Piece(fit(row.name, name), "name"),
                " ",
                Piece(fit(words.power(row.spending_power), POWER), "power" if row.spending_power else "quiet"),
                Piece(row.company or row.tags, "quiet"),
            ),
            (Piece(f" {orders}"),),
            width,
        )
        reach = f"  {self.program.symbols.dot}  ".join(part for part in (say_phone(row.phone), row.email) if part)
        return first, spread((Piece(reach or "no phone or email", "quiet"),), (Piece(f" {last}", "quiet"),), width)

    def client_id_at(self, index: int) -> int | None:
        rows = self.listed.rows
        row = rows[index] if 0 <= index < len(rows) else None
        return row.client_id if row is not None else None

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, partial(self._load, at_key=self.current_id), "All clients", group="load", exclusive=True)

    async def _page(self, offset: int) -> "ClientList":
        from stylistdesk.queries.clients import Sort

        assert self.desk is not None
        return await asyncio.to_thread(asking.read_clients, self.desk, Sort(self.sort), self.filter, offset, PAGE)

    async def _load(self, *, at_key: int | None = None, at_index: int | None = None) -> None:
        desk = self.desk
        if desk is None:
            return
        version = desk.version
        place = self.listed.cursor if at_index is None else at_index
        offset = max(0, place // PAGE) * PAGE
        page = await self._page(offset)
        self._asked = {offset}
        rows: list[ClientRow | None] = [None] * page.count
        rows[offset : offset + len(page.rows)] = page.rows
        self.shown_version = version
        self.forget_panes()
        listed = self.listed
        assert isinstance(listed, EmptyList)
        listed.empty = self._empty()
        listed.set_rows(rows, at_key=at_key, at_index=place)
        self.title_list()
        self.show_frame()
        if not self.filter:
            self._total = page.count
        total = self._total if self._total is not None else page.count
        found = (Piece(f"   {page.count:,} have “{self.filter}”", "quiet"),) if self.filter else BLANK
        self.query_one(SumUp).sum_up((Piece(words.count(total, "client"), "strong"), *found))

    @on(RecordList.Wanted)
    def _wanted(self, event: RecordList.Wanted) -> None:
        offset = event.index // PAGE * PAGE
        if offset not in self._asked:
            self._asked.add(offset)
            start(self, partial(self._fill, offset), "All clients")

    async def _fill(self, offset: int) -> None:
        page = await self._page(offset)
        if page.count == len(self.listed.rows):
            self.listed.fill(offset, page.rows)
        else:
            await self._load(at_key=self.current_id)

    def refilter(self) -> None:
        start(self, partial(self._load, at_key=self.current_id, at_index=0), "All clients", group="load",
                        exclusive=True)  # fmt: skip

    def _empty(self) -> list[Line]:
        keymap = self.program.keymap_of_desk
        if self.filter:
            return [(Piece(f"No client has “{self.filter}”.", "strong"),), (Piece("esc shows all again.", "quiet"),)]
        return [
            (Piece("There are no clients yet.", "strong"),),
            BLANK,
            *keys_for(keymap, ("add", "add your first client by hand"), ("import", "bring in a file that you have")),
        ]

    # ------------------------------------------------------------- what keys do

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load(at_key=back_to[0] if back_to else self.current_id)

    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        acted = {subject.client_id for subject in subjects}
        self.listed.marks -= acted
        place = self.listed.cursor
        if stay:
            await self._load(at_key=self.current_id, at_index=place)
            return
        below = [row.client_id for row in self.listed.rows[place:] if row is not None and row.client_id not in acted]
        await self._load(at_key=below[0] if below else None, at_index=place)

    async def subjects(self) -> list[Subject]:
        return await self.subjects_of(tuple(self.listed.marks)) or await self.under_cursor()

    async def under_cursor(self) -> list[Subject]:
        current = self.current_id
        return await self.subjects_of((current,)) if current is not None else []

    def action_add(self) -> None:
        """Add a client by hand."""
        if self.desk is not None:
            start(self.program, self._add, "add a client", group="dialog")

    async def _add(self) -> None:
        from stylistdesk.ui.dialogs.client import add_client

        outcome = await self.app.push_screen_wait(add_client(self.saver))
        if outcome is not None:
            await self._load(at_key=outcome.client_ids[0])
            self.program.tell_done(outcome)
