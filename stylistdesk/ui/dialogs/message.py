"""`m`: a message from a template (R44), copied, opened in the rep's own program or sent by the desk, and logged.

Whether it may be sent is judged as it is written, when it is copied, opened or sent, and as it is logged (R25).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Input, TextArea

from stylistdesk.domain.consent import Answer, Sender, signed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import GRACE
from stylistdesk.domain.templates import REP_NAME, MessageTemplate, Words, check_finished, unknown_in
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.ui import asking, doing, text
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.form import Field, Form, Hint
from stylistdesk.ui.dialogs.pick_template import pick_template
from stylistdesk.ui.dialogs.prepared import KINDS, WRITTEN, Prepared, address_of, first_words
from stylistdesk.ui.dialogs.sending import ask_account
from stylistdesk.ui.dialogs.your_desk import ask_your_desk
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line
from stylistdesk.ui.links import may_open, message_link, open_link
from stylistdesk.ui.widgets.choice import Choice
from stylistdesk.ui.widgets.frame import KeyFooter

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.daily_tasks import ClientPane

BY_DESK = "by_desk"
"""The value that says that the desk sends it by itself."""
ROOMY = 30
"""From so many lines on the whole form has room."""


def to_log(subject: doing.Subject, values: dict[str, str]) -> "Command":
    """Keep what was sent to her, as the form held it; only an email has a subject."""
    channel = Channel(values["channel"])
    if values.get(BY_DESK):
        kind = MessageKind(values["kind"])
        return doing.send_email(subject, values["address"], values["subject"], values["body"], kind)
    title = values["subject"] if channel is Channel.EMAIL else ""
    return doing.log_message(subject, channel, values["address"], title, values["body"], MessageKind(values["kind"]))


def sent(subject: doing.Subject, values: dict[str, str]) -> "Command":
    """Keep it and, if the rep is done with her, complete her follow-up."""
    done = values["after"] == "done"
    return doing.contact(subject, to_log(subject, values), Channel(values["channel"]), done=done)


class MessageForm(Form):
    """What to send, to which address; ctrl+s copies it, ctrl+o opens it, ctrl+e sends it: all log it."""

    PLACE: ClassVar[str] = "Message"
    KEY_LABELS: ClassVar[dict[str, str]] = {
        "form_save": "Copy",
        "form_leave": "Back",  # so that all keys have room
        "form_next": "",
        "copy": "Copy selected",  # it is not what ctrl+s copies
    }
    KEY_HELPS: ClassVar[dict[str, str]] = {
        "form_save": "Copy the message, to be pasted, and log it",
        "copy": "Copy what is selected in a field",
    }
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.MESSAGE)
    FIRST = "body"

    def __init__(
        self,
        pane: "ClientPane",
        links: dict[Channel, str],
        save: Callable[[dict[str, str]], Awaitable[Any]],
        prepared: Prepared,
        recent: tuple[Line, ...] = (),
    ) -> None:
        """`recent` is what is said of a contact only just."""
        self.pane = pane
        self.links = links
        self.opened = self.by_desk = False
        self.letter = prepared.letter
        self.template, self.filled = prepared.template, prepared.words
        self._picked = False
        self.initial_channel, self.country = prepared.channel, prepared.country
        super().__init__(
            f"Message to {pane.name}",
            [
                Field("channel", "By", prepared.channel.value, choices=tuple((c.value, c.value) for c in WRITTEN)),
                Field("kind", "It is", prepared.template.kind.value, choices=KINDS),
                Field("address", "To", self.address(prepared.channel)),
                Field("subject", "Subject", prepared.words.subject, hint="only an email has one"),
                Field("body", "Message", prepared.words.body, lines=7),
                Field("after", "Then", "done", choices=prepared.after),
            ],
            save,
            draft=prepared.draft,
            about=(*recent, *prepared.about),
        )

    def address(self, channel: Channel) -> str:
        """Where a message of this kind goes."""
        return address_of(self.pane, channel, self.country)

    def on_mount(self) -> None:
        self.query_one("#hint-address", Hint).most = 9  # why it may not be sent, and what to do, in full
        self.query_one("#hint-body", Hint).most = 5
        if self.app.size.height < ROOMY:  # whether it may be sent stays in sight
            self.query_one("#row-body").styles.height = 4
        self._fit_channel(self.initial_channel)
        self._to_the_end()
        self._judge_again()

    def _fit_channel(self, channel: Channel) -> None:
        only_email = {} if channel is Channel.EMAIL else {"message_send": ""}  # a text is not sent by the desk
        self.query_one(KeyFooter).relabel({**self.key_labels, **only_email})
        for part in ("#row-subject", "#hint-subject"):
            self.query_one(part).display = channel is Channel.EMAIL

    @on(Choice.Changed, "#field-channel")
    def _other_channel(self) -> None:
        channel = Channel(self.value_of("channel"))
        self.put("address", self.address(channel))
        self._fit_channel(channel)
        self._judge_again()
        start(self, self._suit_channel, "template", group="template", exclusive=True)

    # ----------------------------------------------------------- the template

    @property
    def _is_as_filled(self) -> bool:
        """Whether she has typed nothing yet: it says what the template says."""
        body = self.value_of("body").rstrip() == text.clean_lines(self.filled.body).rstrip()
        return body and self.value_of("subject") == text.clean(self.filled.subject)

    async def _suit_channel(self) -> None:
        """An email says it as a letter, and may say more than a text; what she has typed stays."""
        if self._is_as_filled:
            channel, picked = Channel(self.value_of("channel")), self.template if self._picked else None
            template, words = await asyncio.to_thread(first_words, self.letter, channel, picked)
            if (template, words) != (self.template, self.filled) and self._is_as_filled:
                self._say(template, words)

    def action_choose_template(self) -> None:
        """Begin with another template."""
        start(self, self._choose_template, "template", group="dialog")

    async def _choose_template(self) -> None:
        channel = Channel(self.value_of("channel"))
        offered = self.letter.nearest(channel)
        chosen = await pick_template(self.program, offered, self.template.key)
        if chosen is None:
            return
        try:
            by = chosen.channel if chosen.channel and self.address(chosen.channel) else channel
            words = await asyncio.to_thread(self.letter.fill, chosen, by)
        except Refused as no:
            self._refuse(Refused(no.reason, field="body", hint=no.hint))
            return
        if not self._is_as_filled:
            asked = Confirm("Replace what you wrote?", f"“{chosen.name}” takes its place.", "Replace it", "Keep mine")
            if not await self.app.push_screen_wait(asked):
                return
        self._picked = True
        self.put("channel", by.value)
        self._say(chosen, words)
        self.widget_of("body").focus()

    def _say(self, template: MessageTemplate, words: Words) -> None:
        """Say what this template says."""
        is_other, self.template, self.filled = template != self.template, template, words
        self.put("subject", words.subject)
        self.put("body", words.body)
        if is_other and template.kind.value in [key for key, _ in KINDS]:
            self.put("kind", template.kind.value)
        self._to_the_end()

    def _to_the_end(self) -> None:
        """The cursor to the end of the words, and their beginning in sight: she reads before she goes on."""
        body = self.query_one("#field-body", TextArea)
        body.move_cursor(body.document.end)
        self.call_after_refresh(body.scroll_home, animate=False)

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
        words = added.removeprefix("\n\n--").strip()
        said = [f"{mark}: write what it is, or take it out" if (mark := unknown_in(body)) else ""]
        said += [f"signed: {words}" if words else ""]
        self.fields["body"] = replace(self.fields["body"], hint="\n".join(filter(None, said)))
        if "body" not in self._came_back:
            self._say_understood("body")

    async def _checked(self, done: str) -> bool:
        """Whether it may be sent; if not, the form says that it was not `done`. It is then signed as it must be."""
        try:
            self._check_finished()
            answer, sender = await self._judged()
            if not answer.lawful:
                raise Refused(answer.reason, field="address", hint=answer.remedy)
        except Refused as no:
            self.workers.cancel_group(self, "judge")  # or its words take the place of these
            self._refuse(Refused(f"Not {done}. {no.reason}", field=no.field, hint=no.hint))
            return False
        with self.prevent(TextArea.Changed):  # what is said below the address next is not to be judged away
            self.put("body", signed(self.value_of("body"), sender, answer.channel, answer.kind))
        return True

    def _check_finished(self) -> None:
        """Raises `Refused` while what goes out is not all written yet."""
        is_email = Channel(self.value_of("channel")) is Channel.EMAIL
        names = (self.pane.name, self.pane.first_name, self.letter.values.get(REP_NAME, ""))
        for name in ("subject", "body") if is_email else ("body",):
            check_finished(name, self.value_of(name), self.filled, names)

    def action_sender(self) -> None:
        """Say the mailing address that messages must carry."""
        start(self, self._ask_sender, "sender", group="dialog")

    async def _ask_sender(self) -> None:
        await ask_your_desk(self.program, first="mailing_address")
        await self._show_judged()

    # ------------------------------------------------------------- sending it

    @property
    def values(self) -> dict[str, str]:
        return super().values | ({BY_DESK: "yes"} if self.by_desk else {})

    @property
    def more(self) -> str:
        """What to say beside what was logged."""
        if self.by_desk:
            return f"The email goes to {self.pane.first_name or self.pane.name} in {GRACE.seconds} seconds."
        return "" if self.opened else "It is copied to be pasted."

    async def action_send(self) -> None:
        """Have the desk send it, and log it; without an account for that, ask for one first."""
        desk = self.program.desk
        if Channel(self.value_of("channel")) is not Channel.EMAIL:
            self._refuse(Refused("Only an email is sent by the desk.", field="address", hint="ctrl+s copies a text."))
        elif desk is not None and not desk.settings.sending.is_set_up:
            start(self, partial(ask_account, self.program), "sending", group="dialog")
        elif await self._checked("sent"):
            self.by_desk = True
            await super().action_save()
            self.by_desk = self.is_saved

    async def action_save(self) -> None:
        """Copy it, and log it."""
        if await self._checked("copied"):
            self.app.copy_to_clipboard(self.value_of("body"))
            await super().action_save()

    async def action_open_link(self) -> None:
        """Open it in the rep's own program, and log it."""
        if not await self._checked("opened"):
            return
        channel = Channel(self.value_of("channel"))
        address = self.value_of("address")
        if channel is Channel.TEXT:
            address = await asyncio.to_thread(asking.dialled, address, self.country)
        subject, body = self.value_of("subject"), self.value_of("body")
        link = message_link(channel, self.links.get(channel, ""), address, subject, body)
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
