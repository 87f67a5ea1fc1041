"""Metrics (R20): a page of cards; one of them in full by enter. It follows the desk while it is open."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.domain.metrics_table import METRICS
from stylistdesk.ui import text
from stylistdesk.ui.asking_metrics import read_metrics
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.looking import PeriodKeys, begin
from stylistdesk.ui.metric_lines import CARD_LINES, card_lines
from stylistdesk.ui.widgets.cards import Cards
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.metrics import Metrics as Found


class Metrics(PeriodKeys):
    """The cards; their names stand there at once, and their numbers as soon as they are counted."""

    PLACE = "Metrics"
    TAB: ClassVar[str] = "metrics"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.METRICS)  # type: ignore[assignment]
    AUTO_FOCUS = "#cards"

    def __init__(self) -> None:
        super().__init__()
        self.found: Found | None = None

    def body(self) -> Iterable[Widget]:
        yield Cards(self._lay_out, CARD_LINES, mark=self.program.symbols.mark, id="cards")

    @property
    def _cards(self) -> Cards:
        return self.query_one("#cards", Cards)

    def on_mount(self) -> None:
        self._cards.show([(group, len(list(some))) for group, some in groupby(METRICS, lambda metric: metric.group)])

    # ---------------------------------------------------------------- showing

    def warm(self, desk: "Desk") -> None:
        """Gather ahead what the month needs: of what changes since, only that is gathered again."""
        looking = begin(desk, self.KIND)
        looking.held = read_metrics(desk, looking.period, None).gathered
        self.looking = self.looking or looking

    def reload(self) -> None:
        start(self, self._load, "metrics", group="metrics", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        looking = self.look(desk)
        if self.found is not None and self.found.period != looking.period:
            self.found = None  # the numbers of another period never stand under this one's name
        self._show()
        version = desk.version
        found = await asyncio.to_thread(read_metrics, desk, looking.period, looking.held)
        looking.held = found.gathered
        self.found, self.shown_version = found, version
        self._show()

    def _show(self) -> None:
        assert self.looking is not None
        said = self.looking.said(self.today)
        if self.found is not None and self.found.other_currencies:
            said = (*said, Piece(f"   {self.found.other_currencies} orders in other currencies are not in it", "quiet"))
        self.query_one(SumUp).sum_up(said)
        self._cards.border_title = text.content(f"{self.looking.period.kind.value.capitalize()} by the calendar"
                                                if not self.looking.period.rolling else "Rolling")  # fmt: skip
        self._cards.refresh()

    def _lay_out(self, index: int, width: int) -> Sequence[Line]:
        metric = METRICS[index]
        symbols, desk, found = self.program.symbols, self.desk, self.found
        if desk is None or found is None:
            return card_lines(metric, None, None, symbols, "", width)
        return card_lines(metric, found.cards[index], found.goals.get(metric.id), symbols, desk.currency, width)

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    # -------------------------------------------------------------------- keys

    def action_move(self, how: str) -> None:
        """To another card."""
        self._cards.move(how)

    @on(Cards.Opened)
    def _opened(self) -> None:
        self.action_open_card()

    def action_open_card(self) -> None:
        """The number in full."""
        from stylistdesk.ui.screens.metric import MetricScreen

        if self.looking is not None:
            self.app.push_screen(MetricScreen(METRICS[self._cards.cursor], self.looking), self._came_back)

    def _came_back(self, _: None) -> None:
        """The period may be another one now."""
        assert self.looking is not None
        if self.found is None or self.found.period != self.looking.period:
            self.reload()

    def action_goal(self) -> None:
        """Set a goal for the number under the cursor."""
        from stylistdesk.ui.metric_jobs import set_goal

        if self.looking is not None:
            metric, period = METRICS[self._cards.cursor], self.looking.period
            start(self.program, lambda: set_goal(self, metric, period.kind), "goal", group="dialog")

    def action_ledger(self) -> None:
        """The commission ledger."""
        from stylistdesk.ui.screens.ledger import LedgerScreen

        if self.looking is not None:
            self.app.push_screen(LedgerScreen(self.looking), self._came_back)
