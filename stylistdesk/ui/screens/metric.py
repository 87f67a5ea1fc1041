"""One metric in full (R20): its plot, its formula with the numbers put in, and the clients behind it."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.domain.metrics import Unit
from stylistdesk.domain.metrics_table import METRICS, Metric
from stylistdesk.domain.metrics_words import say_value
from stylistdesk.ui import text
from stylistdesk.ui.asking_metrics import read_metric
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, clip, fit
from stylistdesk.ui.looking import Looking, PeriodKeys
from stylistdesk.ui.metric_lines import full_lines
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.frame import SumUp
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.queries.metrics import Behind, InFull


class MetricScreen(PeriodKeys):
    """The number beside the clients behind it; above them where the screen is narrow."""

    PLACE = "Metric"
    TAB: ClassVar[str] = "metrics"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.METRIC, Scope.PAGE)  # type: ignore[assignment]
    AUTO_FOCUS = "#behind"

    def __init__(self, metric: Metric, looking: Looking) -> None:
        super().__init__()
        self.metric, self.looking = metric, looking
        self.found: InFull | None = None

    def body(self) -> Iterable[Widget]:
        yield Page(id="number")
        yield RecordList["Behind"](self._lay_out, lambda row: row.client_id, row_height=1, id="behind")

    # ---------------------------------------------------------------- showing

    def reload(self) -> None:
        start(self, self._load, "metric", group="metrics", exclusive=True)

    async def _load(self) -> None:
        desk, looking, metric = self.desk, self.looking, self.metric
        if desk is None or looking is None:
            return
        self._entitle()
        if self.found is not None and self.found.period != looking.period:
            self.found = None
            self._show()
        version = desk.version
        found = await asyncio.to_thread(read_metric, desk, metric.id, looking.period, looking.held)
        looking.held = found.gathered
        if metric is not self.metric:
            return  # another one was chosen meanwhile: it is on its way
        self.found, self.shown_version = found, version
        self._show()
        self._list.set_rows(found.behind, at_key=self._list.current.client_id if self._list.current else None)

    @property
    def _list(self) -> "RecordList[Behind]":
        return self.query_one("#behind", RecordList)

    def _entitle(self) -> None:
        assert self.looking is not None
        self.query_one(SumUp).sum_up((Piece(f"{self.metric.label}   ", "label"), *self.looking.said(self.today)))

    @on(Page.Resized)
    def _show(self) -> None:
        page, desk, looking = self.query_one("#number", Page), self.desk, self.looking
        page.border_title = text.content(f"{self.metric.group}, {self.metric.label}")
        listed = self._list
        if desk is None or looking is None or self.found is None:
            page.show(((Piece("…", "quiet"),),))
            listed.border_title = text.content("Clients behind it")
            return
        card, goal = self.found.card, self.found.goal
        size = page.room, max(1, page.size.height)
        symbols = self.program.symbols
        page.show(full_lines(card, goal, symbols, desk.currency, looking.period.kind, size), keep_place=True)
        count = len(self.found.behind)
        listed.border_title = text.content(f"Clients behind it: {count:,}" if count else "No client is behind it")
        key = self.program.keymap_of_desk.shown("metric_before")
        aside = "" if count else f"{key} looks at the {looking.period.kind.value} before"
        if self.found.apart:
            aside = say_apart(self.metric, self.found.apart, desk.currency)
        listed.border_subtitle = text.content(aside)

    def _lay_out(self, row: "Behind", width: int) -> tuple[Line, ...]:
        assert self.desk is not None
        said = say_part(self.metric, row, self.desk.currency)
        room = max(8, width - len(said) - 3)
        return ((Piece(fit(clip(row.name, room), room), "name"), Piece(f" {said}", "quiet")),)

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    # -------------------------------------------------------------------- keys

    def action_back(self) -> None:
        self.dismiss(None)

    def action_other(self, by: int) -> None:
        """Another number in full."""
        self.metric = METRICS[(METRICS.index(self.metric) + by) % len(METRICS)]
        self._list.set_rows(())
        self.found = None
        self._show()
        self.reload()

    @on(RecordList.Opened)
    async def action_profile(self) -> None:
        """Open everything known about the client under the cursor."""
        row = self._list.current
        if row is not None:
            await self.program.open_profile(row.client_id)

    def action_goal(self) -> None:
        """Set a goal for this number."""
        from stylistdesk.ui.metric_jobs import set_goal

        if self.looking is not None:
            kind = self.looking.period.kind
            start(self.program, lambda: set_goal(self, self.metric, kind), "goal", group="dialog")


def say_apart(metric: Metric, cents: int, currency: str) -> str:
    """What of commission is no client's: "and $20 paid ahead, for no order yet"."""
    how = "paid ahead, for no order yet" if cents > 0 else "taken back, of no order"
    adds = (cents > 0) != metric.less_is_better  # what was paid is less of what is outstanding
    return f"{'and' if adds else 'less'} {say_value(abs(cents), metric.unit, currency)} {how}"


def say_part(metric: Metric, row: "Behind", currency: str) -> str:
    """What of a number is one client's: "2 of 3", "$1,440 in 2", "45 min in 3"."""
    if metric.unit is Unit.RATE:
        return f"{row.numerator:,} of {row.n:,}"
    if metric.unit is Unit.POINTS:
        return "promoter" if row.numerator > 0 else "detractor" if row.numerator < 0 else "passive"
    if metric.unit is Unit.COUNT:
        return f"{row.numerator:,}"
    if metric.unit is Unit.MINUTES:
        return f"up to {say_value(row.numerator, metric.unit, currency)} in {row.n:,}"
    unit = Unit.COUNT if metric.unit is Unit.HUNDREDTHS else metric.unit
    return f"{say_value(row.numerator, unit, currency)} in {row.n:,}"
