"""Emails: every one that was sent to her and received from her (R31), and how far those of the desk have come (R44)."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from stylistdesk.domain.sending import say_delivery
from stylistdesk.domain.types import Channel, DeliveryState
from stylistdesk.ui import words
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Piece, wrap
from stylistdesk.ui.profile.correspondence import WHEN, log_by_hand, message_entry, read_in_full, remove_message
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.conversations import MessageRow
    from stylistdesk.queries.outbox import DeliveryLine
    from stylistdesk.ui.profile.screen import Profile


@dataclass(frozen=True, slots=True)
class Known:
    """Her emails, and what became of those that the desk sends itself."""

    messages: "tuple[MessageRow, ...]"
    deliveries: "dict[int, DeliveryLine]"

    def said(self, message: "MessageRow", look: Look) -> str:
        """How far it has come, if the desk sends it."""
        one = self.deliveries.get(message.id)
        moment = partial(words.moment, now=look.here.now, zone=look.here.zone)
        return say_delivery(one.state, one.tried_at, one.next_at, one.said, moment) if one is not None else ""

    def entry(self, message: "MessageRow", look: Look) -> Entry:
        """It, and below its subject how far it has come."""
        entry, said = message_entry(message, look), self.said(message, look)
        if not said:
            return entry
        failed = self.deliveries[message.id].state is DeliveryState.FAILED
        indent = Piece(" " * (WHEN + 1))
        how = [(indent, Piece(part, "late" if failed else "label")) for part in wrap(said, look.width - WHEN - 2)]
        return Entry((entry.lines[0], *how, *entry.lines[1:]), entry.key)


class Emails(Section[Known]):
    """The newest first; `m` writes a new one."""

    TITLE = "Emails"
    SCOPE = Scope.EMAILS
    ADDS = "an email that came or went elsewhere"

    def read(self, desk: "Desk", client_id: int) -> Known:
        from stylistdesk.queries.conversations import emails
        from stylistdesk.queries.outbox import deliveries

        return Known(desk.ask(emails, client_id), desk.ask(deliveries, client_id))

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [known.entry(message, look) for message in known.messages]

    def labels_of(self, known: Known, key: Key) -> dict[str, str]:
        one = known.deliveries.get(key[1])
        if one is None or one.state not in (DeliveryState.FAILED, DeliveryState.WAITING):
            return {"email_again": ""}
        return {"remove": "Take back"}

    async def add(self, profile: "Profile") -> None:
        await log_by_hand(profile, Channel.EMAIL)

    async def open(self, profile: "Profile", key: Key) -> None:
        known: Known = profile.known
        for message in known.messages:
            if message.id == key[1]:
                await read_in_full(
                    profile, replace(message, outcome=known.said(message, profile.look) or message.outcome)
                )

    async def edit(self, profile: "Profile", key: Key) -> None:
        profile.tell("What was written stays as it was written.", bad=True, after="It can be removed and logged anew.")

    async def remove(self, profile: "Profile", key: Key) -> None:
        await remove_message(profile, key[1])

    async def send_again(self, profile: "Profile", key: Key) -> None:
        """Send now what waits, or could not be sent."""
        from stylistdesk.ui.screens.outbox import send_again

        await send_again(profile, key[1], "")
