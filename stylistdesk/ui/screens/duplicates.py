"""Duplicates: clients who may be one person twice. They are merged, or remembered as two (R47)."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.ui import words
from stylistdesk.ui.dialogs.merge import MergeForm, command_of
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.screens.empty import EmptyList
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.duplicates import DuplicatePair, Duplicates
    from stylistdesk.ui.app import StylistDesk


class DuplicatesScreen(DeskScreen):
    """The pairs, the surest first. They are looked for in a worker: among ten thousand clients that takes a moment."""

    PLACE = "Duplicates"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.DUPLICATES, Scope.PAGE)  # type: ignore[assignment]
    AUTO_FOCUS = "#pairs"

    def body(self) -> Iterable[Widget]:
        yield EmptyList[Any](self._lay_out, lambda pair: hash((pair.one, pair.other)), id="pairs")

    @property
    def _listed(self) -> "EmptyList[DuplicatePair]":
        return self.query_one("#pairs", EmptyList)

    def _lay_out(self, pair: "DuplicatePair", width: int) -> tuple[Line, Line]:
        half = max(12, (width - 8) // 2)
        names = (
            Piece(clip(pair.one_name, half), "name"),
            Piece("  and  ", "quiet"),
            Piece(clip(pair.other_name, half), "name"),
        )
        return names, (Piece(clip("  " + ", ".join(pair.why), width), "quiet"),)

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        self.query_one(SumUp).sum_up((Piece("Looking for duplicates …", "quiet"),))
        start(self, self._load, "duplicates", group="load", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return

        def look() -> "Duplicates":
            from stylistdesk.queries.duplicates import duplicates

            return desk.ask(duplicates)

        self.shown_version = desk.version
        found = await asyncio.to_thread(look)
        listed, shown = self._listed, self.program.keymap_of_desk.shown
        listed.empty = [
            (Piece("No two clients look alike.", "strong"),),
            BLANK,
            (Piece("They are compared by email, phone, and a name alike in one city.", "quiet"),),
            (Piece(f"Any other two: mark them in a list with {shown('mark')}, then {shown('duplicates')}.", "quiet"),),
        ]
        listed.set_rows(found.pairs)
        nothing = {} if found.pairs else dict.fromkeys((act.id for act in acts_of((Scope.DUPLICATES,))), "")
        self.query_one(KeyFooter).relabel(nothing)
        most = f", the {len(found.pairs)} surest are shown" if found.count > len(found.pairs) else ""
        pairs = words.count(found.count, "pair may be one client", "pairs may be one client each")
        self.query_one(SumUp).sum_up((Piece(f"{pairs}{most}" if found.count else "No duplicates", "strong"),))

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    # ------------------------------------------------------------- what keys do

    @on(RecordList.Opened)
    def action_compare(self) -> None:
        """Side by side; saving merges them."""
        pair = self._listed.current
        if pair is not None and self.desk is not None:
            start(self.program, partial(self._merge, pair), "merge", group="dialog")

    async def _merge(self, pair: "DuplicatePair") -> None:
        outcome = await merge_two(self.program, pair.one, pair.other)
        if outcome is not None:
            await self._load()
            self.program.tell_done(outcome)

    async def action_two(self) -> None:
        """They are two: they are not offered again."""
        pair = self._listed.current
        if pair is None:
            return
        from stylistdesk.commands.merging import MarkDistinct

        if await self.program.do(MarkDistinct(pair.one, pair.other)):
            await self._load()

    async def action_profile(self) -> None:
        """The first of the two."""
        pair = self._listed.current
        if pair is not None:
            await self.program.open_profile(pair.one)

    def action_back(self) -> None:
        self.dismiss(None)


async def merge_two(program: "StylistDesk", keep_id: int, gone_id: int) -> Any:
    """Compare two and merge them as she chooses; what came of it, or `None`."""
    from stylistdesk.queries.merging import compare

    desk = program.desk
    assert desk is not None
    two = await asyncio.to_thread(desk.ask, compare, keep_id, gone_id)
    if two is None:
        program.tell("One of them is no longer on the desk.", bad=True)
        return None

    async def save(values: dict[str, str]) -> Any:
        return await asyncio.to_thread(desk.do, command_of(two, values))

    return await program.push_screen_wait(MergeForm(two, program.size.width, save))
