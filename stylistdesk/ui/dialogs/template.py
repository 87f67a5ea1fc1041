"""Writing a template (R44): what it says to a client, as it is typed, beside it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, TextArea

from stylistdesk.domain.built_in_templates import usual_kind
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import (
    FIELDS,
    OCCASIONS,
    MessageTemplate,
    example_values,
    occasions_meant,
    parse_occasion,
)
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.filtered_picker import FilteredPicker
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Field, Form, Hint
from stylistdesk.ui.dialogs.prepared import KINDS
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.template_lines import examples_line, refused_lines, words_lines
from stylistdesk.ui.widgets.choice import Choice
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.commands.templates import TemplateForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.ui.app import StylistDesk

CHANNELS = (("", "text or email"), (Channel.TEXT.value, "text"), (Channel.EMAIL.value, "email"))
TAKE_FIELDS = ("field-subject", "field-body")
SHOWN = 3
"""Of several that are meant, so many are named."""
BESIDE = 22
"""So many lines of the screen are not for the words."""


class TemplateDialog(Form):
    """ctrl+k puts a field in, ctrl+o tries it on another client; what cannot be filled is told as it is typed."""

    PLACE: ClassVar[str] = "Template"
    KEY_LABELS: ClassVar[dict[str, str]] = {"form_next": ""}
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TEMPLATE)

    def __init__(
        self,
        title: str,
        start_from: MessageTemplate,
        pane: "ClientPane | None",
        save: Callable[[dict[str, str]], Awaitable[Any]],
        *,
        draft: str,
    ) -> None:
        self.pane = pane
        self._values: dict[str, dict[str, str]] = {}  # by occasion, what the fields say of her
        self._usual = start_from.kind.value
        self._where = ""  # below which field it is said what takes one
        one = start_from
        super().__init__(
            title,
            [
                Field("name", "Name", one.name, hint="by which you know it"),
                Field(
                    "occasion",
                    "For",
                    OCCASIONS[one.occasion] if one.occasion else "",
                    hint="such as cart, comment, check in; empty: any time",
                    understood=said_occasion,
                    tells=True,
                ),
                Field("channel", "By", one.channel.value if one.channel else "", choices=CHANNELS),
                Field("kind", "It is", one.kind.value, choices=KINDS),
                Field("subject", "Subject", one.subject, hint="only an email has one"),
                Field("body", "Words", one.body, lines=8, hint="a field is written {{ first_name }}"),
            ],
            save,
            draft=draft,
            classes="-with-preview",
        )

    def beside(self) -> Iterable[Widget]:
        preview = Page(id="preview")
        preview.can_focus = False
        yield preview

    def on_mount(self) -> None:
        self.query_one("#row-body").styles.height = max(5, min(20, self.app.size.height - BESIDE))
        body = self.query_one("#field-body", TextArea)
        body.move_cursor(body.document.end)
        self._try_on()

    # ---------------------------------------------------------------- preview

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Page.Resized)
    def _try_on(self) -> None:
        start(self, self._preview, "preview", group="preview", exclusive=True)

    async def _preview(self) -> None:
        """What it says to her now; worked out in a thread, as she types on."""
        values = self.values
        occasion = parse_occasion(values["occasion"]) or ""
        known = await self._known(occasion)

        def lines(width: int) -> list[Line]:
            from stylistdesk.domain.templates import Words
            from stylistdesk.filling import fill, fill_subject

            channel = Channel(values["channel"]) if values["channel"] else None
            if not f"{values['subject']}{values['body']}".strip():
                return [(Piece("What you write shows here, in words for her.", "quiet"),)]
            shown = example_values(known)
            try:
                words = Words(fill_subject(values["subject"], shown), fill(values["body"], shown))
            except Refused as no:
                return refused_lines(no, width)
            source = f"{values['subject']} {values['body']}"
            return [*words_lines(words, channel, width), *examples_line(source, known, width)]

        for page in self.query("#preview").results(Page):
            laid_out = await asyncio.to_thread(lines, page.room)
            whom = self.pane.name if self.pane is not None else "nobody yet"
            page.border_title = text.content(f"To {whom}")
            page.show(laid_out or [BLANK], keep_place=True)

    async def _known(self, occasion: str) -> dict[str, str]:
        """What the fields say of her where it is for this."""
        desk, pane = self.program.desk, self.pane
        if occasion not in self._values and desk is not None:
            self._values[occasion] = await asyncio.to_thread(values_of, desk, pane, occasion)
        return self._values.get(occasion, {})

    @on(events.DescendantBlur, "#field-occasion")
    def _say_whole(self) -> None:
        """What was meant by a few letters stands there in full."""
        if occasion := parse_occasion(self.value_of("occasion")):
            self.put("occasion", OCCASIONS[occasion])

    @on(Input.Changed, "#field-occasion")
    def _usual_kind(self) -> None:
        """What it is follows from what it is for, unless she has said otherwise."""
        occasion = parse_occasion(self.value_of("occasion"))
        if occasion is not None and self.value_of("kind") == self._usual:
            self._usual = usual_kind(occasion).value
            self.put("kind", self._usual)

    # ------------------------------------------------------------------- keys

    def action_put_field(self) -> None:
        """Put a field where the cursor is."""
        start(self, self._put_field, "field", group="dialog")

    async def _put_field(self) -> None:
        into = self.focused
        if into is None or into.id not in TAKE_FIELDS:
            self._say_where(str(into.id).removeprefix("field-") if into is not None else "")
            return
        known = await self._known(parse_occasion(self.value_of("occasion")) or "")
        choices = [(name, name) for name in FIELDS]
        asides = {name: " · ".join(filter(None, (says, known.get(name, "")))) for name, says in FIELDS.items()}
        chosen = await self.app.push_screen_wait(FilteredPicker("Put in which field?", choices, "", asides))
        if chosen is not None and isinstance(into, TextArea):
            into.insert(f"{{{{ {chosen} }}}}")
        elif chosen is not None and isinstance(into, Input):
            into.insert_text_at_cursor(f"{{{{ {chosen} }}}}")
        into.focus()

    def _say_where(self, here: str) -> None:
        """Say what takes one: below the one that has the cursor, or the next that says anything."""
        names = list(self.fields)
        below = names[names.index(here) if here in names else 0 :]
        self._where = next(name for name in below if not self.fields[name].choices)
        where = self.query_one(f"#hint-{self._where}", Hint)
        where.say("Only Subject and Words take a field.", "late")

    @on(events.DescendantFocus, ", ".join(f"#{one}" for one in TAKE_FIELDS))
    def _said_where(self) -> None:
        if self._where:
            self._say_understood(self._where)
            self._where = ""

    def action_other_client(self) -> None:
        """See it in words for another client."""
        start(self, self._other_client, "other client", group="dialog")

    async def _other_client(self) -> None:
        pane = await ask_client(self.program)
        if pane is not None:
            self.pane = pane
            self._values.clear()
            self._try_on()


def said_occasion(typed: str) -> str:
    """What is meant by what was typed. Raises `Refused` where that is none of them, or several."""
    occasion = parse_occasion(typed)
    if occasion is None and (several := [OCCASIONS[one] for one in occasions_meant(typed)]):
        more = ", …" if len(several) > SHOWN else ""
        raise Refused(f"It can be several: {', '.join(several[:SHOWN])}{more}.", hint="Write more of one.")
    if occasion is None:
        raise Refused(f"“{typed.strip()[:30]}” is not one of them.", hint="For example: cart, comment, check in.")
    return f"first for: {OCCASIONS[occasion]}" if occasion else "for any time"


def form_of(values: dict[str, str]) -> "TemplateForm":
    """The template as it was typed."""
    from stylistdesk.commands.templates import TemplateForm

    return TemplateForm(
        values["name"],
        values["body"],
        values["subject"],
        Channel(values["channel"]) if values["channel"] else None,
        parse_occasion(values["occasion"]) or "",
        MessageKind(values["kind"]),
    )


def values_of(desk: "Desk", pane: "ClientPane | None", occasion: str) -> dict[str, str]:
    """What the fields say of a client, where a template is for this; read in a thread."""
    from stylistdesk.queries.templates import letter

    return dict(desk.ask(letter, pane, occasion).values) if pane is not None else {}


async def ask_client(program: "StylistDesk") -> "ClientPane | None":
    """The client whom the rep names, or None."""
    desk = program.desk
    assert desk is not None

    async def save(values: dict[str, str]) -> Any:
        from stylistdesk.queries.templates import previewed

        row = await find_client(desk, values["client"])
        return await asyncio.to_thread(desk.ask, previewed, row.client_id)

    return await program.push_screen_wait(Form("See it for whom?", [client_field(desk)], save, does="See it"))
