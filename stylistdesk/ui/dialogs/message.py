"""`m`: a message from a template, copied or opened in the rep's own program, and logged."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import TextArea

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel, ConsentState
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, line
from stylistdesk.ui.links import may_open, message_link, open_link
from stylistdesk.ui.templates import template_for
from stylistdesk.ui.widgets.choice import Choice
from stylistdesk.ui.words import CONSENT

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import ClientPane

WRITTEN = (Channel.TEXT, Channel.EMAIL)
AFTER = (("done", "her follow-up is done"), ("keep", "keep her in the queue"))


class MessageForm(Form):
    """What to send, to which address; ctrl+s copies it, ctrl+o opens it, both log it."""

    PLACE: ClassVar[str] = "Message"
    KEY_LABELS: ClassVar[dict[str, str]] = {
        "form_save": "Copy and log",
        "form_next": "",
        "message_open": "Open and log",
    }
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MESSAGE)
    FIRST = "body"

    def __init__(
        self,
        pane: "ClientPane",
        rep_name: str,
        links: dict[Channel, str],
        save: Callable[[dict[str, str]], Awaitable[Any]],
        recent: tuple[Line, ...] = (),
    ) -> None:
        """`recent` is what is said of a contact only just."""
        self.pane = pane
        self.links = links
        self.opened = False
        suggestion = pane.standing.suggestions[0] if pane.standing else None
        items = {signal.kind: signal.item for signal in pane.signals if signal.item}
        subject, body = template_for(suggestion, pane.first_name, items, rep_name)
        channel = suggestion.channel if suggestion and suggestion.channel in WRITTEN else Channel.TEXT
        if not self.address(channel):
            channel = next((other for other in WRITTEN if self.address(other)), channel)
        self.initial_channel = channel
        super().__init__(
            f"Message to {pane.name}",
            [
                Field("channel", "By", channel.value, choices=tuple((c.value, c.value) for c in WRITTEN)),
                Field("address", "To", self.address(channel), hint=self.consent_words(channel)),
                Field("subject", "Subject", subject, hint="only an email has one"),
                Field("body", "Message", body, lines=7),
                Field("after", "Then", "done", choices=AFTER),
            ],
            save,
            draft=f"message:{pane.client_id}",
            about=(*recent, *self.about_her()),
        )

    def about_her(self) -> tuple[Line, ...]:
        """What it is about, above the fields."""
        if self.pane.standing is None:
            return ()
        suggestion = self.pane.standing.suggestions[0]
        return (line(Piece(suggestion.action, "strong"), Piece(f"  {suggestion.detail}", "quiet")), ())

    def address(self, channel: Channel) -> str:
        """Where a message of this kind goes."""
        return self.pane.email if channel is Channel.EMAIL else self.pane.phone

    def consent(self, channel: Channel) -> ConsentState | None:
        """Whether she lets the rep write there."""
        return self.pane.email_consent if channel is Channel.EMAIL else self.pane.text_consent

    def consent_words(self, channel: Channel) -> str:
        """The same, in words."""
        state = self.consent(channel)
        return f"{channel.value}: {CONSENT[state][0]}" if state else f"{channel.value}: no address known"

    def on_mount(self) -> None:
        self._fit_channel(self.initial_channel)
        body = self.query_one("#field-body", TextArea)
        body.move_cursor(body.document.end)

    def _fit_channel(self, channel: Channel) -> None:
        for part in ("#row-subject", "#hint-subject"):
            self.query_one(part).display = channel is Channel.EMAIL

    @on(Choice.Changed, "#field-channel")
    def _other_channel(self) -> None:
        channel = Channel(self.value_of("channel"))
        self.fields["address"] = Field("address", "To", self.address(channel), hint=self.consent_words(channel))
        self.put("address", self.address(channel))
        self._fit_channel(channel)

    def may_send(self) -> None:
        """Raises `Refused` if she has asked not to be written to there."""
        channel = Channel(self.value_of("channel"))
        if self.consent(channel) is ConsentState.UNSUBSCRIBED:
            raise Refused(
                f"{self.pane.name} has unsubscribed from {channel.value}.",
                field="address",
                hint="Call her, or write another way.",
            )

    async def action_save(self) -> None:
        """Copy it, and log it."""
        if await self._checked():
            self.app.copy_to_clipboard(self.value_of("body"))
            await super().action_save()

    async def action_open_link(self) -> None:
        """Open it in the rep's own program, and log it."""
        if not await self._checked():
            return
        channel = Channel(self.value_of("channel"))
        link = message_link(
            channel,
            self.links.get(channel, ""),
            self.value_of("address"),
            self.value_of("subject"),
            self.value_of("body"),
        )
        if link is None or not may_open(link):
            self._refuse(Refused("There is no address to open.", field="address", hint="ctrl+s copies it instead."))
            return
        if not await asyncio.to_thread(open_link, link):
            self._refuse(
                Refused(
                    f"No program here opens {link.partition(':')[0]}: links; nothing was logged.",
                    field="address",
                    hint="ctrl+s copies it instead.",
                )
            )
            return
        self.opened = True
        await super().action_save()

    async def _checked(self) -> bool:
        try:
            self.may_send()
            if not self.value_of("body").strip():
                raise Refused("The message is empty.", field="body", hint="Write a few words.")
        except Refused as no:
            self._refuse(no)
            return False
        return True
