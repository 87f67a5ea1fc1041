"""Conversation: for each phone number, the texts and calls with it, in and out (R33)."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.consent import Sender, signed
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import Channel, Direction, MessageKind
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.prepared import KINDS
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.links import may_open, message_link, open_link
from stylistdesk.ui.profile.correspondence import log_by_hand, message_entry, read_in_full, remove_message
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.conversations import Thread
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["Thread", ...]


class Conversation(Section[Known]):
    """A thread for each number; `enter` on the number writes a text in the rep's own texting program."""

    TITLE = "Conversation"
    ADDS = "a text or a call that came or went elsewhere"

    def read(self, desk: "Desk", client_id: int) -> Known:
        from stylistdesk.queries.conversations import conversation

        return desk.ask(conversation, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        shown: list[Entry] = []
        for place, thread in enumerate(known):
            names = dict(thread.sharers)
            if shown:
                shown.append(Entry((BLANK,)))
            shown.append(Entry(tuple(self._heading(thread, look)), ("number", place) if thread.number else None))
            shown += [
                message_entry(message, look, most=4, whose=names.get(message.client_id, ""))
                for message in thread.messages
            ]
        return shown

    @staticmethod
    def _heading(thread: "Thread", look: Look) -> list[Line]:
        if not thread.number:
            return [(Piece(" Without a number", "label"),)]
        lines: list[Line] = [
            (
                Piece(f" {say_phone(thread.number)}", "label"),
                Piece(f"  {thread.whose}" if thread.whose else ""),
                *look.key("section_open", "writes a text", before="   "),
            )
        ]
        if thread.sharers:
            also = ", ".join(name for _, name in thread.sharers)
            lines.append((Piece(f" also the number of {also}", "late"),))
        return lines

    async def add(self, profile: "Profile") -> None:
        known: Known = profile.known
        await log_by_hand(profile, Channel.TEXT, number=known[0].number if known else "")

    async def open(self, profile: "Profile", key: Key) -> None:
        known: Known = profile.known
        if key[0] == "number":
            await self._write(profile, known[key[1]])
            return
        for message in (message for thread in known for message in thread.messages):
            if message.id == key[1]:
                await read_in_full(profile, message)

    async def edit(self, profile: "Profile", key: Key) -> None:
        profile.tell("What was said stays as it was said.", bad=True, after="It can be removed and logged anew.")

    async def remove(self, profile: "Profile", key: Key) -> None:
        if key[0] == "message":
            await remove_message(profile, key[1])
        else:
            profile.tell("Numbers are changed in Contacts.", bad=True)

    async def _write(self, profile: "Profile", thread: "Thread") -> None:
        """Ask for the words, log them, and hand them to the texting program; where there is none, copy them."""
        assert profile.desk is not None
        number, last = thread.number, next(iter(thread.messages), None)
        answers = last is not None and last.direction is Direction.IN
        template, client_id = profile.desk.settings.links.text, profile.client_id
        written: list[str] = []
        _, sender = await asyncio.to_thread(
            asking.read_answer, profile.desk, client_id, Channel.TEXT, number, MessageKind.COMMERCIAL, ""
        )

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.triage import LogMessage

            kind = MessageKind(values["kind"])
            written[:] = [signed(values["body"], sender, Channel.TEXT, kind) if values["body"].strip() else ""]
            return LogMessage(client_id, Channel.TEXT, number, "", written[0], kind)

        outcome = await profile.fill_in(
            f"Text to {say_phone(number)}",
            [
                Field(
                    "kind", "It is", (MessageKind.ANSWER if answers else MessageKind.COMMERCIAL).value, choices=KINDS
                ),
                Field("body", "Words", lines=5, hint="saving logs it and opens your texting program"),
            ],
            make,
            draft=f"number:{number}",
            about=(*_signature(sender, profile.program.keymap_of_desk.shown("sender")), BLANK),
        )
        if outcome is None:
            return
        link = message_link(Channel.TEXT, template, number, "", written[0])
        if link is None or not may_open(link) or not await asyncio.to_thread(open_link, link):
            profile.app.copy_to_clipboard(written[0])
            profile.tell(
                f"{outcome.label}.", after="No program here sends texts: it is copied, paste it where you write."
            )


def _signature(sender: Sender, key: str) -> tuple[Line, ...]:
    """What a text that is no answer to her is signed with."""
    words = signed("", sender, Channel.TEXT).strip()
    said = f"Signed, unless it is an answer: {words}" if words else f"Missing: your mailing address ({key})"
    return tuple((Piece(part, "quiet"),) for part in wrap(said, 64))
