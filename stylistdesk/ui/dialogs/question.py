"""A question to the ASM (R21): written, kept as a draft, or opened in the rep's mail program and marked as sent."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.your_desk import ask_your_desk
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line
from stylistdesk.ui.links import may_open, message_link, open_link


class QuestionForm(Form):
    """ctrl+s keeps the draft, ctrl+o opens it as an email and marks it as sent: `values["sent"]` is then "yes"."""

    PLACE: ClassVar[str] = "Message"
    KEY_LABELS: ClassVar[dict[str, str]] = {
        "form_save": "Keep the draft",
        "form_next": "",
        "message_open": "Open and mark as sent",
        "message_sender": "ASM's address",
        "message_template": "",
    }
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MESSAGE)
    FIRST = "body"

    def __init__(
        self,
        title: str,
        words: tuple[str, str, str],
        link: str,
        save: Callable[[dict[str, str]], Awaitable[Any]],
        *,
        draft: str,
        about: Sequence[Line] = (),
    ) -> None:
        """`words` are where it goes, its subject and its body; `link` is the template of an email."""
        address, subject, body = words
        self.link = link
        self.sent = False
        super().__init__(
            title,
            [
                Field(
                    "address",
                    "To",
                    address,
                    hint="your ASM's email" + ("" if address else "; ctrl+r keeps it for the next questions"),
                ),
                Field("subject", "Subject", subject),
                Field(
                    "body", "Question", body, lines=10, hint="client, score and comment are in it; change what you like"
                ),
            ],
            save,
            draft=draft,
            about=about,
        )

    @property
    def values(self) -> dict[str, str]:
        """What is typed, and whether it was sent."""
        return super().values | ({"sent": "yes"} if self.sent else {})

    def action_sender(self) -> None:
        """Say the ASM's address, for all questions."""
        start(self, self._ask_desk, "your desk", group="dialog")

    async def _ask_desk(self) -> None:
        await ask_your_desk(self.program, first="asm_email")
        desk = self.program.desk
        if desk is not None and not self.value_of("address").strip():
            from stylistdesk.queries.tickets import recipients

            self.put("address", (await asyncio.to_thread(desk.ask, recipients)).asm_email)

    async def action_open_link(self) -> None:
        """Open it in the rep's mail program, and mark it as sent."""
        shown = {name: self.value_of(name) for name in self.fields}
        link = message_link(Channel.EMAIL, self.link, shown["address"], shown["subject"], shown["body"])
        if link is None or not may_open(link):
            key = self.program.keymap_of_desk.shown("message_sender")
            self._refuse(
                Refused("Your ASM's email is missing.", field="address", hint=f"{key} keeps it for all questions.")
            )
            return
        if not await asyncio.to_thread(open_link, link):
            no = Refused("No mail program opened; nothing was sent.", field="address", hint="ctrl+s keeps the draft.")
            self._refuse(no)
            return
        self.sent = True
        await self.action_save()
        self.sent = False
