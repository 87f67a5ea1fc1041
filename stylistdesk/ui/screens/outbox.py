"""Emails to send (R44): what could not be sent, what waits, what was sent, and through which server."""

import asyncio
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import say_delivery
from stylistdesk.domain.types import DeliveryState
from stylistdesk.ui import text, words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, cut, fit, line, wrap
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp

if TYPE_CHECKING:
    from stylistdesk.queries.outbox import OutboxRow

NAME = 22
WIDEST = 120
GROUPS = (
    ("Not sent", (DeliveryState.FAILED,)),
    ("Waiting", (DeliveryState.WAITING, DeliveryState.SENDING)),
    ("Sent", (DeliveryState.SENT,)),
)


class OutboxPage(EntriesPage):
    """What needs the rep first: what could not be sent."""

    PLACE = "Emails to send"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.OUTBOX, Scope.PAGE)  # type: ignore[assignment]
    shows_outbox = True

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OutboxRow, ...] = ()
        self.is_all = True  # else only the newest are shown

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        from stylistdesk.queries.outbox import MOST, outbox

        self.shown_version = desk.version
        self.rows = await asyncio.to_thread(desk.ask, outbox)
        self.is_all = len(self.rows) < MOST
        self._show()

    def _show(self) -> None:
        desk = self.desk
        if desk is None:
            return
        width, shown = min(self._entries.room, WIDEST), self.program.keymap_of_desk.shown
        here, account = LocalNow(desk.now(), desk.zone), desk.settings.sending
        through = line(
            Piece(" Through ", "label"),
            Piece(account.host, "strong"),
            Piece(f"   from {account.from_address}   ", "quiet"),
            Piece(shown("outbox_account"), "key"),
            Piece(" changes it", "quiet"),
        )
        if not account.is_set_up:
            through = line(
                Piece(f" {shown('outbox_account')}", "key"),
                Piece(" says through which mail server the desk sends, and tries it.", "quiet"),
            )
        entries = [Entry((cut(through, width), BLANK))]
        for title, states in GROUPS:
            rows = [row for row in self.rows if row.delivery.state in states]
            if rows:
                entries.append(Entry(((Piece(f" {title}", "label"),),)))
                entries += [Entry(tuple(_lines(row, here, width)), ("email", row.message_id)) for row in rows]
                entries.append(Entry((BLANK,)))
        if not self.rows:
            said = line(
                Piece(" Nothing was sent by the desk yet: in a message, ", "quiet"),
                Piece(shown("message_send"), "key"),
                Piece(" sends an email.", "quiet"),
            )
            entries.append(Entry((cut(said, width),)))
        self._entries.border_title = text.content("Emails to send")
        self._entries.show(entries, keep_place=True)
        self._sum_up()
        self._follow()

    def _sum_up(self) -> None:
        """What waits, what failed and is news, and what was sent."""
        states = Counter(row.delivery.state for row in self.rows)
        waiting = states[DeliveryState.WAITING] + states[DeliveryState.SENDING]
        waits = f"{words.count(waiting, 'email')} {'waits' if waiting == 1 else 'wait'}"
        parts = [Piece(waits if waiting else "Nothing waits", "strong")]
        if failed := sum(row.is_news for row in self.rows):
            key = self.program.keymap_of_desk.shown("outbox_seen")
            parts.append(Piece(f"   {failed} could not be sent: {key} when you have seen it", "late"))
        if sent := states[DeliveryState.SENT]:
            more = "" if self.is_all else " or more"
            parts.append(Piece(f"   {sent}{more} {'was' if sent == 1 else 'were'} sent", "quiet"))
        self.query_one(SumUp).sum_up(tuple(parts))

    @on(Entries.Moved)
    def _follow(self) -> None:
        """The footer says what can be done with the email under the cursor."""
        row = self._under_cursor
        state = row.delivery.state if row is not None else DeliveryState.SENT
        is_sent = state is DeliveryState.SENT
        self.query_one(KeyFooter).relabel(
            {
                "outbox_again": "" if is_sent else "Try again" if state is DeliveryState.FAILED else "Send now",
                "outbox_remove": "" if is_sent else "Take back",
                "outbox_open": "Her emails" if row is not None else "",
                "outbox_seen": "Seen" if any(one.is_news for one in self.rows) else "",
            }
        )

    # -------------------------------------------------------------------- keys

    @property
    def _under_cursor(self) -> "OutboxRow | None":
        key = self._entries.current
        return next((one for one in self.rows if key == ("email", one.message_id)), None)

    def _row(self) -> "OutboxRow | None":
        row = self._under_cursor
        if row is None:
            self.tell("Put the cursor on an email.", bad=True)
        return row

    def action_account(self) -> None:
        """Say through which server."""
        start(self, self._ask_account, "sending", group="dialog")

    async def _ask_account(self) -> None:
        from stylistdesk.ui.dialogs.sending import ask_account

        await ask_account(self.program)
        self._show()

    async def action_send_again(self) -> None:
        """Send it now."""
        if (row := self._row()) is not None:
            await send_again(self, row.message_id, row.client)

    async def action_seen(self) -> None:
        """Be told no more of what could not be sent."""
        desk = self.desk
        if desk is None:
            return
        from stylistdesk.exchange.outbox import leave_it

        try:
            seen = await asyncio.to_thread(leave_it, desk)
        except Refused as no:
            self.tell(str(no), bad=True)
            return
        await self.program.sending.ask_again(desk)
        await self._load()
        self.tell("You are not told of it any more." if seen else "There is nothing new.")

    async def action_take_back(self) -> None:
        """Do not send it."""
        from stylistdesk.commands.conversations import RemoveMessage

        row = self._row()
        if row is None:
            return
        if row.delivery.state is DeliveryState.SENT:
            self.tell("It was sent: nothing takes it back.", bad=True)
        else:
            await self.carry_out(RemoveMessage(row.message_id))

    @on(Entries.Opened)
    def action_open_emails(self) -> None:
        """Her emails."""
        if (row := self._row()) is not None:
            start(self.program, partial(self.program.open_profile, row.client_id, "Emails"), "profile", group="dialog")


async def send_again(screen: "EntriesPage | object", message_id: int, client: str) -> None:
    """Send it now; on this page, or in her emails."""
    from stylistdesk.exchange.outbox import try_again
    from stylistdesk.ui.screens.base import DeskScreen

    assert isinstance(screen, DeskScreen)
    desk = screen.desk
    if desk is None:
        return
    if not desk.settings.sending.is_set_up:
        key = screen.program.keymap_of_desk.shown("outbox")
        screen.tell("Sending is not set up.", bad=True, after=f"{key}, then e, says through which server.")
        return
    try:
        await asyncio.to_thread(try_again, desk, message_id)
    except Refused as no:
        screen.tell(str(no), bad=True)
        return
    screen.program.sending.set_up()
    await screen.changed(())
    screen.tell(f"The email to {client} is tried again now." if client else "It is tried again now.")


def _lines(row: "OutboxRow", here: LocalNow, width: int) -> list[Line]:
    delivery = row.delivery
    say = partial(words.moment, now=here.now, zone=here.zone)
    said = say_delivery(delivery.state, delivery.tried_at, delivery.next_at, delivery.said, say)
    look = "late" if row.is_news else "quiet"
    return [
        cut((Piece(fit(f" {row.client}", NAME), "strong"), Piece(clip(row.subject, max(10, width - NAME)))), width),
        *((Piece(" " * NAME), Piece(part, look)) for part in wrap(f"{row.address}  {said}", max(20, width - NAME))),
    ]
