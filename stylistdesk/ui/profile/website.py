"""Website: what she favourited and hearted in the showroom (R31)."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.money import format_money
from stylistdesk.ui import words
from stylistdesk.ui.lines import Line, Piece, clip, fit, spread
from stylistdesk.ui.links import may_open, open_link
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.conversations import Liked
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["Liked", ...]


class Website(Section[Known]):
    """The newest first; `enter` opens the item in the showroom."""

    TITLE = "Website"

    def read(self, desk: "Desk", client_id: int) -> Known:
        from stylistdesk.queries.conversations import liked

        return desk.ask(liked, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [Entry(self._lines(one, look), ("signal", one.id), one.url) for one in known]

    def empty(self, look: Look) -> list[Line]:
        return [(), (Piece(" She has not favourited anything in the showroom yet.", "quiet"),)]

    @staticmethod
    def _lines(one: "Liked", look: Look) -> tuple[Line, ...]:
        when = words.day(look.here.day(one.occurred_at), look.here.today)
        amount = format_money(one.amount, one.currency) if one.amount is not None and one.currency else ""
        head = (
            Piece(fit(f" {when}", 16), "quiet"),
            Piece(f"{look.symbols.signals[one.kind]} ", "heart"),
            Piece(clip(one.item or one.lookbook or "something", look.width - 32)),
        )
        where = "  ".join(part for part in (one.brand, one.lookbook) if part)
        links = one.url if may_open(one.url) else ""
        below: Line = (
            Piece(" " * 18),
            Piece(clip("  ".join(p for p in (where, links) if p), look.width - 19), "quiet"),
        )
        return spread(head, (Piece(amount),), look.width), below

    async def open(self, profile: "Profile", key: Key) -> None:
        url = next((one.url for one in profile.known if one.id == key[1]), "")
        if not url or not may_open(url):
            profile.tell("There is no link to open." if not url else "Such a link is never opened.", bad=True)
        elif await asyncio.to_thread(open_link, url):
            profile.tell("Opened in your browser.")
        else:
            profile.app.copy_to_clipboard(url)
            profile.tell("No browser was found.", bad=True, after="The link is copied.")

    async def edit(self, profile: "Profile", key: Key) -> None:
        profile.tell("What she did cannot be changed.", bad=True)

    async def remove(self, profile: "Profile", key: Key) -> None:
        profile.tell("What she did cannot be removed.", bad=True)
