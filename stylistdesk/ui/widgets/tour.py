"""The line of the tour, above the footer of keys: it takes one line of the list while the tour lasts."""

from stylistdesk.ui.keymap import Keymap
from stylistdesk.ui.lines import BLANK, Line, Piece, spread
from stylistdesk.ui.tour import STEPS, Tour, goes_back
from stylistdesk.ui.widgets.drawn import OneLine


class TourLine(OneLine):
    """Which step it is, its key, and what that does."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.display = False
        self._shown: tuple[int, str, str] | None = None

    def show(self, tour: Tour) -> None:
        """Show the step at hand, or nothing."""
        step = tour.step
        shown = (tour.at or 0, *tour.said(getattr(self.screen, "PLACE", ""))) if step is not None else None
        if shown != self._shown:
            self._shown = shown
            self.display = shown is not None
            self.refresh()

    def pieces(self, width: int) -> Line:
        if self._shown is None:
            return BLANK
        at, key, words = self._shown
        left = (Piece(f" Tour {at + 1} of {len(STEPS)}  ", "label"), Piece(key, "key"), Piece(f" {words}"))
        ends = self.keymap.shown("tour") if goes_back(self.screen) else "esc"
        return spread(left, (Piece(ends, "key"), Piece(" ends it ", "quiet")), width)
