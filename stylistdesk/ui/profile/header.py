"""The two lines above the sections of a profile: who she is, and how she can be reached."""

from typing import TYPE_CHECKING

from stylistdesk.domain.consent import consent_phrase
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import EmailStatus
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, whole, width_of
from stylistdesk.ui.symbols import Symbols
from stylistdesk.ui.widgets.drawn import OneLine

if TYPE_CHECKING:
    from stylistdesk.queries.profile import Header


class HeaderLine(OneLine):
    """When she was last contacted, whether she may be written to, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Line = BLANK

    def show(self, shown: Line) -> None:
        """Show this line."""
        if shown != self.shown:
            self.shown = shown
            self.refresh()

    def pieces(self, width: int) -> Line:
        """As many as fit whole."""
        return whole(self.shown, width - 1)


def who(header: "Header", here: LocalNow, symbols: Symbols, width: int) -> Line:
    """Her name, spending power, stage, styling frequency and primary contact; then, as far as they fit, the rest."""
    parts = [
        header.company if header.company != header.name else "",
        header.stage.value if header.stage else "",
        header.cadence + (" (paused)" if header.cadence_paused else ""),
        " ".join(part for part in (header.contact, say_phone(header.phone) or header.email) if part),
        words.count(header.order_count, "order") if header.order_count else "no orders yet",
        f"on the desk since {words.day(here.day(header.added_at), here.today)}",
    ]
    dot, parts = f"  {symbols.dot}  ", [part for part in parts if part]
    power = Piece(f"  {words.power(header.spending_power)}", "power" if header.spending_power else "quiet")
    first: Line = (Piece(header.name, "strong"), power)
    lines = [(*first, Piece("   " + dot.join(parts[:many]), "quiet")) for many in range(len(parts), 1, -1)]
    return next((line for line in lines if width_of(line) <= width), lines[-1])


def reach(header: "Header", here: LocalNow, symbols: Symbols) -> Line:
    """The last contact, which stands out if it was only just; consent, and her email."""
    pieces: list[Piece] = []
    last = header.last_contact
    if last is None:
        pieces.append(Piece("not contacted yet", "quiet"))
    else:
        days = (here.today - here.day(last.at)).days
        said = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago" if days < 7 else ""
        said = said or words.day(here.day(last.at), here.today)
        pieces.append(Piece(f"contacted {said}, {last.what}", "late" if last.is_recent else "quiet"))
    if header.consent:
        lawful = any(answer.lawful for answer in header.consent)
        pieces.append(Piece(f"   {consent_phrase(header.consent)}", "quiet" if lawful else "late"))
    if header.email_status not in (None, EmailStatus.ACTIVE):
        pieces.append(Piece(f"   email {header.email_status}", "late"))
    if header.phone and header.email:  # the phone stands above
        pieces.append(Piece(f"   {header.email}"))
    return tuple(pieces)
