"""`m`: a message from a template, copied or opened in the rep's own program, and logged.

Whether it may be sent is judged as it is written, when it is copied or opened, and once more as it is logged (R25).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Input, TextArea

from stylistdesk.domain.consent import Answer, Sender, signed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.ui import asking, doing
from stylistdesk.ui.dialogs.form import Field, Form, Hint
from stylistdesk.ui.dialogs.your_desk import ask_your_desk
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, line
from stylistdesk.ui.links import may_open, message_link, open_link
from stylistdesk.ui.templates import kind_of, template_for
from stylistdesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.daily_tasks import ClientPane

WRITTEN = (Channel.TEXT, Channel.EMAIL)
KINDS = (
    (MessageKind.COMMERCIAL.value, "commercial"),
    (MessageKind.ANSWER.value, "answer"),
    (MessageKind.ORDER.value, "notice"),
    (MessageKind.QUOTE.value, "quote"),
)
ROOMY = 30
"""From so many lines on the whole form has room."""
AFTER = (("done", "her follow-up is done"), ("keep", "keep her in the queue"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a message says at first where it is not about what is suggested for her.

    `about` stands above it, `after` are the choices of what follows, `draft` is under which name it is kept unsaved.
    `channel` is by which it goes at first.
    """

    subject: str
    body: str
    kind: MessageKind
    about: tuple[Line, ...]
    after: tuple[tuple[str, str], ...]
    draft: str
    channel: Channel | None = None


def to_log(subject: doing.Subject, values: dict[str, str]) -> "Command":
    """Keep what was sent to her, as the form held it; only an email has a subject."""
    channel = Channel(values["channel"])
    title = values["subject"] if channel is Channel.EMAIL else ""
    return doing.log_message(subject, channel, values["address"], title, values["body"], MessageKind(values["kind"]))


def sent(subject: doing.Subject, values: dict[str, str]) -> "Command":
    """Keep it and, if the rep is done with her, complete her follow-up."""
    done = values["after"] == "done"
    return doing.contact(subject, to_log(subject, values), Channel(values["channel"]), done=done)


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
        prepared: Prepared | None = None,
    ) -> None:
        """`recent` is what is said of a contact only just."""
        self.pane = pane
        self.links = links
        self.opened = False
        suggestion = pane.standing.suggestions[0] if pane.standing else None
        items = {signal.kind: signal.item for signal in pane.signals if signal.item}
        prepared = prepared or Prepared(
            *template_for(suggestion, pane.first_name, items, rep_name),
            kind_of(suggestion),
            self.about_her(),
            AFTER,
            f"message:{pane.client_id}",
        )
        channel = suggestion.channel if suggestion and suggestion.channel in WRITTEN else Channel.TEXT
        channel = prepared.channel or channel
        if not self.address(channel):
            channel = next((other for other in WRITTEN if self.address(other)), channel)
        self.initial_channel = channel
        super().__init__(
            f"Message to {pane.name}",
            [
                Field("channel", "By", channel.value, choices=tuple((c.value, c.value) for c in WRITTEN)),
                Field("kind", "It is", prepared.kind.value, choices=KINDS),
                Field("address", "To", self.address(channel)),
                Field("subject", "Subject", prepared.subject, hint="only an email has one"),
                Field("body", "Message", prepared.body, lines=7),
                Field("after", "Then", "done", choices=prepared.after),
            ],
            save,
            draft=prepared.draft,
            about=(*recent, *prepared.about),
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

    def on_mount(self) -> None:
        self.query_one("#hint-address", Hint).most = 5
        if self.app.size.height < ROOMY:  # whether it may be sent stays in sight
            self.query_one("#row-body").styles.height = 4
        self._fit_channel(self.initial_channel)
        body = self.query_one("#field-body", TextArea)
        body.move_cursor(body.document.end)
        self.call_after_refresh(body.scroll_home, animate=False)  # she reads it before she goes on at its end
        self._judge_again()

    def _fit_channel(self, channel: Channel) -> None:
        for part in ("#row-subject", "#hint-subject"):
            self.query_one(part).display = channel is Channel.EMAIL

    @on(Choice.Changed, "#field-channel")
    def _other_channel(self) -> None:
        channel = Channel(self.value_of("channel"))
        self.put("address", self.address(channel))
        self._fit_channel(channel)
        self._judge_again()

    # -------------------------------------------------------- may it be sent?

    @on(Choice.Changed, "#field-kind")
    @on(Input.Changed, "#field-address")
    @on(TextArea.Changed, "#field-body")
    def _judge_again(self) -> None:
        start(self, self._show_judged, "judge", group="judge", exclusive=True)

    async def _judged(self) -> tuple[Answer, Sender]:
        desk = self.program.desk
        assert desk is not None
        channel, kind = Channel(self.value_of("channel")), MessageKind(self.value_of("kind"))
        return await asyncio.to_thread(
            asking.read_answer,
            desk,
            self.pane.client_id,
            channel,
            self.value_of("address"),
            kind,
            self.value_of("body"),
        )

    async def _show_judged(self) -> None:
        if not self.value_of("address").strip():
            self._say_of_address("no address known", "quiet")
            return
        answer, sender = await self._judged()
        self._say_signature(answer, sender)
        words = answer.reason if answer.lawful else f"{answer.reason} {answer.remedy}".rstrip()
        if answer.lawful and answer.missing:
            words = f"{words}. Missing: {', '.join(answer.missing)}"
            if any("mailing address" in one for one in answer.missing):
                words += f" ({self.program.keymap_of_desk.shown('message_sender')})"
        self._say_of_address(words, "quiet" if answer.lawful else "late")

    def _say_of_address(self, words: str, look: str) -> None:
        self.fields["address"] = replace(self.fields["address"], hint=words)
        for hint in self.query("#hint-address").results(Hint):
            hint.say(words, look)

    def _say_signature(self, answer: Answer, sender: Sender) -> None:
        """Say below the words what they will be signed with."""
        body = self.value_of("body")
        added = signed(body, sender, answer.channel, answer.kind).removeprefix(body.rstrip())
        words = " ".join(added.removeprefix("\n\n--").split())
        self.fields["body"] = replace(self.fields["body"], hint=f"signed: {words}" if words else "")
        if "body" not in self._came_back:
            self._say_understood("body")

    async def _checked(self) -> bool:
        """Whether it may be sent; if not, that is said in the form. It is then signed as it must be."""
        try:
            if not self.value_of("body").strip():
                raise Refused("The message is empty.", field="body", hint="Write a few words.")
            answer, sender = await self._judged()
            if not answer.lawful:
                raise Refused(answer.reason, field="address", hint=answer.remedy)
        except Refused as no:
            self._refuse(no)
            return False
        with self.prevent(TextArea.Changed):  # what is said below the address next is not to be judged away
            self.put("body", signed(self.value_of("body"), sender, answer.channel, answer.kind))
        return True

    def action_sender(self) -> None:
        """Say the mailing address that messages must carry."""
        start(self, self._ask_sender, "sender", group="dialog")

    async def _ask_sender(self) -> None:
        await ask_your_desk(self.program, first="mailing_address")
        await self._show_judged()

    # ------------------------------------------------------------- sending it

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
