"""Emails: every one that was sent to her and received from her (R31)."""

from typing import TYPE_CHECKING

from stylistdesk.domain.types import Channel
from stylistdesk.ui.profile.correspondence import log_by_hand, message_entry, read_in_full, remove_message
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.conversations import MessageRow
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["MessageRow", ...]


class Emails(Section[Known]):
    """The newest first; `m` writes a new one."""

    TITLE = "Emails"
    ADDS = "an email that came or went elsewhere"

    def read(self, desk: "Desk", client_id: int) -> Known:
        from stylistdesk.queries.conversations import emails

        return desk.ask(emails, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [message_entry(message, look) for message in known]

    async def add(self, profile: "Profile") -> None:
        await log_by_hand(profile, Channel.EMAIL)

    async def open(self, profile: "Profile", key: Key) -> None:
        for message in profile.known:
            if message.id == key[1]:
                await read_in_full(profile, message)

    async def edit(self, profile: "Profile", key: Key) -> None:
        profile.tell("What was written stays as it was written.", bad=True, after="It can be removed and logged anew.")

    async def remove(self, profile: "Profile", key: Key) -> None:
        await remove_message(profile, key[1])
