"""`w`: why a client is where she is in the queue: every term of her urgency, and all suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual.binding import Binding

from stylistdesk.domain.suggestions import Standing
from stylistdesk.domain.types import BY_CHANNEL
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.keymap import BY_ID
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, spread, wrap


class Why(PageDialog[None]):
    """Her urgency, term by term, and everything that is suggested for her. The key that opened it closes it too."""

    PLACE: ClassVar[str] = "Why"
    BINDINGS: ClassVar[list[Binding]] = [Binding(BY_ID["why"].keys, "back", show=False, id="why")]

    def __init__(self, name: str, standing: Standing | None, now: datetime, zone: ZoneInfo) -> None:
        super().__init__()
        self.standing, self.now, self.zone = standing, now, zone
        self.page_title = f"Why {name}"

    def lines(self, width: int) -> Sequence[Line]:
        if self.standing is None:
            return [(Piece("Nothing is suggested for her now: she is not in the queue.", "quiet"),)]
        page: list[Line] = [(Piece("Urgency", "label"),)]
        room = min(width, 60)
        page += [
            spread((Piece(f" {term.name}"),), (Piece(f"{term.value:.1f}", "strong"),), room)
            for term in self.standing.terms
        ]
        page.append(spread((Piece(" together", "quiet"),), (Piece(f"{self.standing.score:.1f}", "quiet"),), room))
        for number, suggestion in enumerate(self.standing.suggestions):
            page += [BLANK, (Piece("Next" if number == 0 else "Then", "label"),)]
            page.append(
                spread(
                    (
                        Piece(" "),
                        Piece(suggestion.action, "strong"),
                        Piece(f", {BY_CHANNEL[suggestion.channel]}"),
                    ),
                    (words.due(suggestion, self.now, self.zone),),
                    room,
                )
            )
            page += [(Piece(f" {more}"),) for more in wrap(suggestion.reason, width - 2)]
            if suggestion.detail and suggestion.detail not in suggestion.reason:
                page += [(Piece(f" {more}", "quiet"),) for more in wrap(suggestion.detail, width - 2)]
            page.append(
                (Piece(fit(f" rule {suggestion.number}: {suggestion.rule.replace('_', ' ')}", width), "quiet"),)
            )
        return page
