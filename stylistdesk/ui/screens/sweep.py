"""Client Sweep (R2): how a week, a month or a year of her clients went."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.periods import Period, say_period
from stylistdesk.domain.types import PeriodKind
from stylistdesk.ui import asking, text
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.looking import PeriodKeys
from stylistdesk.ui.screens.empty import EmptyList, keys_for
from stylistdesk.ui.screens.list_screen import ClientPanes
from stylistdesk.ui.screens.sweep_lines import bar_of, row_lines, summary, words_of
from stylistdesk.ui.widgets.frame import SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.sweep import Sweep as Found
    from stylistdesk.queries.sweep import SweepRow

PAGE = 100
"""Bars are fetched for so many clients at a time, as they come into sight."""


class Sweep(PeriodKeys, ClientPanes):
    """The clients who did anything in a period, with what, and how much they spent."""

    PLACE = "Client Sweep"
    TAB: ClassVar[str] = "sweep"
    KIND: ClassVar[PeriodKind] = PeriodKind.WEEK
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SWEEP, Scope.LIST, Scope.SORTED)  # type: ignore[assignment]
    SORTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("last", "by last activity"),
        ("spent", "by what they spent"),
        ("activity", "by activity"),
        ("name", "by name"),
        ("power", "by spending power"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: Found | None = None
        self.shown: tuple[SweepRow, ...] = ()
        self.bars: dict[int, tuple[int, ...]] = {}
        self._asked = 0
        self._reading = asyncio.Lock()

    # ------------------------------------------------------------------ frame

    def make_list(self) -> "RecordList[SweepRow]":
        return EmptyList(self._lay_out, lambda row: row.client_id, id="list")

    def _lay_out(self, row: "SweepRow", width: int) -> tuple[Line, Line]:
        desk, found, symbols = self.desk, self.found, self.program.symbols
        assert desk is not None and found is not None
        here = LocalNow(desk.now(), desk.zone)
        begun = sum(first <= here.today for first, _ in found.period.parts())
        bar = bar_of(self.bars.get(row.client_id) or (0,) * len(found.period.parts()), begun, width, symbols)
        return row_lines(row, bar, width, here, symbols, desk.currency)

    def client_id_at(self, index: int) -> int | None:
        return self.shown[index].client_id if 0 <= index < len(self.shown) else None

    def title_list(self) -> None:
        super().title_list()
        if self.desk is not None:
            said = "rolling" if self.period.rolling else "calendar"
            self.listed.border_subtitle = text.content(f"{said} {self.period.kind.value}")

    # ----------------------------------------------------------- the period

    @property
    def period(self) -> Period:
        """The period that is looked at."""
        assert self.desk is not None
        return self.look(self.desk).period

    def not_begun(self) -> None:
        self.tell(f"This {self.period.kind.value} is not over yet: nothing is known of the next.")

    def period_turned(self) -> None:
        start(self, partial(self.load, at_index=0), self.PLACE)

    # ---------------------------------------------------------------- loading

    def warm(self, desk: "Desk") -> None:
        """Read the week once, so that its pages are at hand."""
        asking.read_sweep(desk, self.period)

    def reload(self) -> None:
        start(self, partial(self.load, at_key=self.current_id, anew=True), self.PLACE)

    def refilter(self) -> None:
        start(self, partial(self.load, at_key=self.current_id, at_index=0), self.PLACE)

    async def load(self, *, at_key: int | None = None, at_index: int | None = None, anew: bool = False) -> None:
        """Read the period, if it is not the one that is here; only the last of what was asked for is read."""
        self._asked += 1
        mine = self._asked
        async with self._reading:
            desk = self.desk
            if desk is None or mine != self._asked:
                return
            version, period = desk.version, self.period
            found, sort, sought = self.found, self.sort, self.filter
            if found is None or anew or found.period != period or self.shown_version != version:
                found = await asyncio.to_thread(asking.read_sweep, desk, period)
                self.bars = {}
            here = LocalNow(desk.now(), desk.zone)
            kept = await asyncio.to_thread(
                asking.arrange_sweep, found, sort, sought, partial(words_of, here=here, currency=desk.currency)
            )
            rows = kept.rows
            place = next((at for at, row in enumerate(rows) if row.client_id == at_key), None)
            if place is None:
                place = min(self.listed.cursor if at_index is None else at_index, max(0, len(rows) - 1))
            await self._fetch_bars(rows, place, period)
            if mine != self._asked:
                return
        self.found, self.shown, self.shown_version = found, rows, version
        self.forget_panes()
        at_hand = [row if row.client_id in self.bars else None for row in rows]
        listed = self.listed
        assert isinstance(listed, EmptyList)
        listed.empty = self._empty(period)
        listed.marks &= {row.client_id for row in found.rows}
        listed.forget_drawn()
        listed.set_rows(at_hand, at_index=place)
        self.title_list()
        self.show_frame()
        matching = f"of {len(found.rows):,}, with “{sought}”" if sought else ""
        said = say_period(period, self.today)
        self.query_one(SumUp).sum_up(summary(kept, said, desk.currency, self.program.symbols, matching), in_full=True)

    async def _fetch_bars(self, rows: "Sequence[SweepRow]", place: int, period: Period) -> int:
        """The bars of the page around a row; gives where the page begins."""
        assert self.desk is not None
        offset = max(0, place) // PAGE * PAGE
        missing = [row.client_id for row in rows[offset : offset + PAGE] if row.client_id not in self.bars]
        if missing:
            self.bars |= await asyncio.to_thread(asking.read_sweep_bars, self.desk, period, missing)
        return offset

    @on(RecordList.Wanted)
    def _wanted(self, event: RecordList.Wanted) -> None:
        start(self, partial(self._fill, event.index), self.PLACE, group=f"page {event.index // PAGE}", exclusive=True)

    async def _fill(self, index: int) -> None:
        rows, found = self.shown, self.found
        if found is None:
            return
        offset = await self._fetch_bars(rows, index, found.period)
        if self.shown is rows:
            self.listed.fill(offset, rows[offset : offset + PAGE])

    def _empty(self, period: Period) -> list[Line]:
        keymap = self.program.keymap_of_desk
        if self.filter:
            return [
                (Piece(f"No client here has “{self.filter}”.", "strong"),),
                (Piece("esc shows all again.", "quiet"),),
            ]
        return [
            (Piece(f"Nothing was done in {say_period(period, self.today)}.", "strong"),),
            BLANK,
            *keys_for(
                keymap,
                ("sweep_earlier", f"look at the {period.kind.value} before"),
                ("sweep_year", "look at the whole year"),
                ("import", "bring in what your clients did"),
            ),
        ]

    # ------------------------------------------------------------- what keys do

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self.load(at_key=back_to[0] if back_to else self.current_id, anew=True)

    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        await self.load(at_key=self.current_id, anew=True)

    async def subjects(self) -> list[Subject]:
        current = self.current_id
        return await self.subjects_of(tuple(self.listed.marks) or (() if current is None else (current,)))

    def action_export_shown(self) -> None:
        """Write what is shown into a file."""
        from stylistdesk.ui.screens.exporting import export_sweep

        if self.found is not None:
            start(self.program, partial(export_sweep, self.program, self.found.period, self.shown), "export")
