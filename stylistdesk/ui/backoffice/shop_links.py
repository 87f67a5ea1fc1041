"""Shop links: events with their shop windows, and a word where none of the rep's own is open (R37)."""

from typing import TYPE_CHECKING, Any, ClassVar

from stylistdesk.domain.host_events import EventState
from stylistdesk.ui.backoffice import event_jobs
from stylistdesk.ui.backoffice.event_lines import list_entries
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, line, wrap

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_events import EventRow, ShopLinksList

NONE_OPEN = "No shop window of your own is open:"


class ShopLinks(Task["ShopLinksList"]):
    """All events, those that are open first. Own ones have no host."""

    TITLE = "Shop links"
    WAITS = "events"
    SCOPE: ClassVar[Scope] = Scope.SHOP_LINKS
    ADDS = "an event"

    def read(self, desk: "Desk") -> "ShopLinksList":
        from stylistdesk.queries.host_events import shop_links

        return desk.ask(shop_links)

    def entries(self, known: "ShopLinksList", look: Look) -> list[Entry]:
        if not known.rows:
            return []
        return list_entries(known.rows, look.width, known.currency)

    def _banner(self, look: Look) -> Line:
        return (Piece(f" {NONE_OPEN}", "late"), *look.key("section_add", "opens one."))

    def empty(self, look: Look) -> list[Line]:
        said = "An event has a shop window with a link of its own: a host's party, or your own shop."
        return [
            BLANK,
            *((Piece(f" {part}", "quiet"),) for part in wrap(said, look.width - 2)),
            BLANK,
            self._banner(look),
        ]

    def summary(self, known: "ShopLinksList", look: Look) -> Line:
        counts = {state: sum(1 for row in known.rows if row.state is state) for state in EventState}
        said = [
            f"{counts[state]} {words}"
            for state, words in (
                (EventState.OPEN, "open"),
                (EventState.OVER, "to be closed"),
                (EventState.UPCOMING, "to come"),
            )
            if counts[state]
        ]
        if not known.own_is_open:
            missing = ", none of your own is open" if said else "No shop window of your own is open"
            return line(Piece(", ".join(said), "strong"), Piece(missing, "late"))
        return line(Piece(", ".join(said), "strong"))

    # ------------------------------------------------------------------- keys

    async def add(self, screen: Any) -> None:
        await event_jobs.edit_event(screen, None)

    async def edit(self, screen: Any, key: Key) -> None:
        await event_jobs.edit_event(screen, _row(screen, key))

    async def remove(self, screen: Any, key: Key) -> None:
        from stylistdesk.commands.host_events import RemoveHostEvent

        await screen.carry_out(RemoveHostEvent(key[1]))

    async def open(self, screen: Any, key: Key) -> None:
        from stylistdesk.ui.backoffice.event_page import HostEventPage

        await screen.app.push_screen(HostEventPage(key[1]))

    async def add_order(self, screen: Any, key: Key) -> None:
        """A client's order in it."""
        await event_jobs.add_order(screen, _row(screen, key))

    async def copy_link(self, screen: Any, key: Key) -> None:
        """Copy its link."""
        await event_jobs.copy_link(screen, _row(screen, key))

    async def open_shop(self, screen: Any, key: Key) -> None:
        """Open its link in the rep's browser."""
        await event_jobs.open_shop(screen, _row(screen, key))

    async def show_code(self, screen: Any, key: Key) -> None:
        """Its QR code on the screen."""
        await event_jobs.show_code(screen, _row(screen, key))

    async def write_code(self, screen: Any, key: Key) -> None:
        """Its QR code as a file."""
        await event_jobs.write_code(screen, _row(screen, key))

    async def send_link(self, screen: Any, key: Key) -> None:
        """Write to its host."""
        await event_jobs.send_link(screen, _row(screen, key))

    async def turn_cancelled(self, screen: Any, key: Key) -> None:
        """Call it off, or let it take place again."""
        await event_jobs.turn_cancelled(screen, _row(screen, key))

    async def turn_closed(self, screen: Any, key: Key) -> None:
        """Close it, or open it again."""
        await event_jobs.turn_closed(screen, _row(screen, key))


def _row(screen: Any, key: Key) -> "EventRow":
    rows: tuple[EventRow, ...] = screen.known.rows
    return next(row for row in rows if key == ("event", row.id))
