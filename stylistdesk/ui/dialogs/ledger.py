"""One entry of the consent ledger in full, with the hash that chains it."""

from typing import TYPE_CHECKING

from stylistdesk.domain.consent import say_date
from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, wrap

if TYPE_CHECKING:
    from stylistdesk.queries.consent import LedgerLine

LABEL = 12


class LedgerEntry(PageDialog[None]):
    """All that was written down, when and from where."""

    page_title = "An entry of the consent ledger"

    def __init__(self, entry: "LedgerLine", here: LocalNow) -> None:
        super().__init__()
        self.entry, self.here = entry, here

    def lines(self, width: int) -> list[Line]:
        entry = self.entry
        told = (
            ("Address", f"{entry.address} ({entry.channel.value})"),
            ("Says", words.CONSENT[entry.state][0]),
            ("Ground", entry.ground.value if entry.ground else ""),
            ("On", say_date(entry.happened_on) if entry.happened_on else ""),
            ("Ends", say_date(entry.ends_on) if entry.ends_on else ""),
            ("Evidence", entry.evidence),
            ("From", entry.source),
            ("Recorded", words.moment(entry.recorded_at, self.here.now, self.here.zone)),
            ("Hash", entry.hash),
        )
        lines: list[Line] = [BLANK]
        for label, said in told:
            for number, part in enumerate(wrap(said, max(10, width - LABEL)) if said else ()):
                lines.append((Piece(fit(label if number == 0 else "", LABEL), "label"), Piece(part)))
        return lines
