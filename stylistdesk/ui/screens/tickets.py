"""Tickets: what was drafted to HQ, the ASM or customer service; opened in the rep's mail program, sent, settled."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.types import Channel, TicketTo
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, line, spread, wrap
from stylistdesk.ui.links import message_link, open_link
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry, Key
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.tickets import Recipients, TicketRow

WHOM = (
    (TicketTo.HQ.value, "HQ"),
    (TicketTo.ASM.value, "your ASM"),
    (TicketTo.SERVICE.value, "customer service"),
)
SHORT = {TicketTo.HQ: "HQ", TicketTo.ASM: "ASM", TicketTo.SERVICE: "service"}


class TicketsPage(EntriesPage):
    """Those to be sent first, with all they say; then those that wait for an answer, then what is settled."""

    PLACE = "Tickets"
    TAB: ClassVar[str] = "appointments"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TICKETS, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.known: tuple[TicketRow, ...] | None = None
        self.begin_at: Key | None = None  # the one to begin at
        self.to: Recipients | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        from stylistdesk.queries.tickets import recipients, tickets

        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.known = await asyncio.to_thread(desk.ask, tickets)
        self.to = await asyncio.to_thread(desk.ask, recipients)
        self._show()

    def _show(self) -> None:
        if self.known is None or self.desk is None:
            return
        width = min(self._entries.room, 100)
        groups = (
            ("To send", [one for one in self.known if one.sent_at is None and one.settled_at is None]),
            ("Sent", [one for one in self.known if one.sent_at is not None and one.settled_at is None]),
            ("Settled", [one for one in self.known if one.settled_at is not None]),
        )
        entries: list[Entry] = []
        for title, some in groups:
            if some:
                head: tuple[Line, ...] = ((Piece(f" {title}", "label"), Piece(f"  {len(some)}", "quiet")),)
                entries.append(Entry((BLANK, *head) if entries else head))
                entries += [Entry(self._lines(one, width), ("ticket", one.id)) for one in some]
        if not self.known:
            nothing: Line = (Piece(" No ticket was drafted.", "strong"),)
            keys = keys_for(self.program.keymap_of_desk, ("ticket_add", "draft one"), ("back", "go back"))
            entries = [Entry((nothing, BLANK, *keys))]
        self._entries.border_title = text.content("Tickets")
        self._entries.show(entries, at=self.begin_at, keep_place=True)
        self.begin_at = None
        waiting = len(groups[0][1])
        self.query_one(SumUp).sum_up(
            (Piece(f"{words.count(waiting, 'ticket')} to send" if waiting else "No ticket to send", "strong"),)
        )

    def _lines(self, one: "TicketRow", width: int) -> tuple[Line, ...]:
        desk = self.desk
        assert desk is not None
        whom = SHORT[one.recipient]
        at, said = one.drafted_at, "drafted"
        if one.settled_at is not None:
            at, said = one.settled_at, "settled"
        elif one.sent_at is not None:
            at, said = one.sent_at, "sent"
        when = f"{said} {words.moment(at, desk.now(), desk.zone)}"
        first = spread(
            line(" ", Piece(f"to {whom}  ", "signal"), Piece(one.subject, "strong")), (Piece(when, "quiet"),), width
        )
        if said != "drafted":
            body = " ".join(one.body.split())
            return first, (Piece(f"   {clip(body, width - 4)}", "quiet"),)
        shown = [(Piece(f"   {words_}"),) for words_ in wrap(one.body, width - 4) if words_]
        return (first, *shown, BLANK)

    # -------------------------------------------------------------------- keys

    @property
    def _ticket(self) -> "TicketRow | None":
        key = self._entries.current
        return next((one for one in self.known or () if key == ("ticket", one.id)), None)

    def _start(self, job: Callable[[], Any]) -> None:
        if self.known is not None and self.desk is not None:
            start(self.program, job, "tickets", group="dialog")

    def action_edit_ticket(self) -> None:
        """Change what it says."""
        one = self._ticket
        if one is None:
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.tickets import EditTicket

            return EditTicket(one.id, values["subject"], values["body"])

        fields = [Field("subject", "Subject", one.subject), Field("body", "Words", one.body, lines=10)]
        self._start(lambda: self.fill_in("Edit the ticket", fields, make, draft=f"ticket:{one.id}"))

    def action_add_ticket(self) -> None:
        """Draft one."""

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.tickets import DraftTicket

            return DraftTicket(TicketTo(values["to"]), values["subject"], values["body"])

        fields = [
            Field("to", "To", choices=WHOM),
            Field("subject", "Subject", hint="what it is about"),
            Field("body", "Words", lines=8, hint="it is drafted; your mail program sends it"),
        ]
        self._start(lambda: self.fill_in("Draft a ticket", fields, make, draft="ticket:new"))

    async def action_turn_sent(self) -> None:
        """It was sent, or was not after all."""
        from stylistdesk.commands.tickets import MarkTicketSent

        if (one := self._ticket) is not None:
            await self.carry_out(MarkTicketSent(one.id, sent=one.sent_at is None))

    async def action_turn_settled(self) -> None:
        """It is settled, or is not after all."""
        from stylistdesk.commands.tickets import SettleTicket

        if (one := self._ticket) is not None:
            await self.carry_out(SettleTicket(one.id, settled=one.settled_at is None))

    @on(Entries.Opened)
    def _opened(self) -> None:
        self.action_open_mail()

    def action_open_mail(self) -> None:
        """Open it in the rep's mail program."""
        if (one := self._ticket) is not None:
            self._start(lambda: self._open(one))

    def _goes_to(self, one: "TicketRow") -> tuple[str, str]:
        """The address, empty where it is not known, and who that is."""
        return self.to.email(one.recipient) if self.to is not None else "", dict(WHOM)[one.recipient.value]

    def action_copy_words(self) -> None:
        """Copy its words, for a rep whose mail is elsewhere."""
        if (one := self._ticket) is not None:
            address, whom = self._goes_to(one)
            self.app.copy_to_clipboard(one.body)
            sent = self.program.keymap_of_desk.shown("ticket_sent")
            when = f" {sent} when it is sent." if one.sent_at is None else ""
            self.tell("Its words are copied.", after=f"They go to {address or whom}.{when}")

    async def _open(self, one: "TicketRow") -> None:
        desk, keys = self.desk, self.program.keymap_of_desk
        assert desk is not None
        address, whom = self._goes_to(one)
        if not address:
            self.tell(
                f"The address of {whom} is not known.", bad=True, after=f"{keys.shown('ticket_address')} says it."
            )
            return
        link = message_link(Channel.EMAIL, desk.settings.links.email, address, one.subject, one.body)
        if link is not None and await asyncio.to_thread(open_link, link):
            self.tell("It is open in your mail program.", after=f"{keys.shown('ticket_sent')} when it is sent.")
        else:
            self.tell(
                "No program here opens mailto: links.", bad=True, after=f"{keys.shown('ticket_copy')} copies its words."
            )

    def action_addresses(self) -> None:
        """Say where tickets go."""
        from stylistdesk.ui.dialogs.your_desk import ask_your_desk

        service = (one := self._ticket) is not None and one.recipient is TicketTo.SERVICE
        first = "service_email" if service else "hq_email"
        self._start(lambda: ask_your_desk(self.program, first=first))

    async def action_profile(self) -> None:
        """The client whom it is about."""
        one = self._ticket
        if one is not None and one.client_id is not None:
            await self.program.open_profile(one.client_id)
