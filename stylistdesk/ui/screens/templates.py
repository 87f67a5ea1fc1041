"""Templates (R44): what the rep writes to clients, and beside the list what each says to a real one."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.domain.built_in_templates import BUILT_IN
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import OF_OTHER_SCREENS, MessageTemplate, example_values
from stylistdesk.domain.types import MessageKind
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.pick_template import say_about
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, spread
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.template_lines import examples_line, fields_lines, refused_lines, words_lines
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.entries import Entries, Entry, Key
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.queries.daily_tasks import ClientPane

_PLACES = {one.key: place for place, one in enumerate(BUILT_IN)}
NEW = MessageTemplate("", "", None, "", MessageKind.COMMERCIAL, "", "")


class TemplatesPage(EntriesPage):
    """Hers and ours by what they are for; the one under the cursor in words for a client."""

    PLACE = "Templates"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.TEMPLATES, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self, client_id: int | None = None) -> None:
        super().__init__()
        self.wanted_client = client_id
        self.known: tuple[MessageTemplate, ...] | None = None
        self.pane: ClientPane | None = None

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        yield Page(id="pane")

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        from stylistdesk.queries.templates import previewed, templates

        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.known = await asyncio.to_thread(desk.ask, templates)
        self.pane = await asyncio.to_thread(desk.ask, previewed, self.wanted_client)
        self._show()

    def _show(self, at: Key | None = None) -> None:
        if self.known is None:
            return
        width = self._entries.room
        groups = (
            ("For what is to be done next", [one for one in self.known if one.occasion not in ("", *OF_OTHER_SCREENS)]),
            ("For CSAT, events, certificates and sign-ups",
             [one for one in self.known if one.occasion in OF_OTHER_SCREENS]),
            ("For any time", [one for one in self.known if not one.occasion]),
        )  # fmt: skip
        entries: list[Entry] = []
        for title, some in groups:
            head: tuple[Line, ...] = ((Piece(f" {title}", "label"),),)
            entries.append(Entry((BLANK, *head) if entries else head))
            entries += [Entry((_line(one, width),), _key(one)) for one in some]
        self._entries.border_title = text.content("Templates")
        self._entries.show(entries, at=at, keep_place=True)
        own = sum(one.is_own for one in self.known)
        hidden = sum(one.hidden for one in self.known)
        said = [Piece(words.count(len(self.known), "template"), "strong")]
        said += [Piece(f"   {own} of your own" if own else "   none of your own yet", "quiet")]
        said += [Piece(f"   {hidden} hidden", "quiet")] if hidden else []
        self.query_one(SumUp).sum_up(tuple(said))
        self._follow()

    @on(Entries.Moved)
    @on(Page.Resized)
    def _follow(self) -> None:
        if self._at is not None:
            one = self._at
            self.query_one(KeyFooter).relabel(
                {
                    "template_hide": "Offer again" if one.hidden else "Hide",
                    "template_remove": "Remove" if one.is_own else "",
                }
            )
        start(self, self._preview, "preview", group="preview", exclusive=True)

    async def _preview(self) -> None:
        """The template under the cursor, in words for her; worked out in a thread."""
        from stylistdesk.ui.dialogs.template import values_of

        desk, one, page = self.desk, self._at, self.query_one("#pane", Page)
        if desk is None or one is None:
            return
        pane, width = self.pane, page.room

        def lines() -> list[Line]:
            from stylistdesk.filling import fill_template

            known = values_of(desk, pane, one.occasion)
            try:
                shown = words_lines(fill_template(one, example_values(known)), one.channel, width)
                shown += examples_line(f"{one.subject} {one.body}", known, width)
            except Refused as no:
                shown = refused_lines(no, width)
            return [*shown, BLANK, *fields_lines(known, width)]

        laid_out = await asyncio.to_thread(lines)
        key = self.program.keymap_of_desk.shown("template_client")
        whom = f"To {pane.name}" if pane is not None else "To nobody yet"
        page.entitle(text.content(whom), text.content(f"{key} another client" if pane is not None else ""))
        page.show(laid_out)

    # -------------------------------------------------------------------- keys

    @property
    def _at(self) -> MessageTemplate | None:
        key = self._entries.current
        return next((one for one in self.known or () if key == _key(one)), None)

    def _start(self, job: Callable[[], Any]) -> None:
        if self.known is not None and self.desk is not None:
            start(self.program, job, "templates", group="dialog")

    @on(Entries.Opened)
    def action_edit_template(self) -> None:
        """Change it; of ours, put her words in its place."""
        if (one := self._at) is not None:
            title = f"Edit “{one.name}”" if one.is_own else f"Your words for “{one.name}”"
            self._start(lambda: self._write(title, one, one))

    def action_add_template(self) -> None:
        """Write one of her own, for any time unless she says for what."""
        self._start(lambda: self._write("Write a template", NEW, None))

    def action_copy_template(self) -> None:
        """Write one of her own that begins with its words: for an email what she has for a text, say."""
        if (one := self._at) is not None:
            begun = replace(one, name="", row=None, replaces="")
            self._start(lambda: self._write(f"Copy of “{one.name}”", begun, None))

    async def _write(self, title: str, begun: MessageTemplate, edited: MessageTemplate | None) -> None:
        from stylistdesk.ui.dialogs.template import TemplateDialog, form_of

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.templates import AddTemplate, EditTemplate

            form = form_of(values)
            return AddTemplate(form) if edited is None else EditTemplate(edited.ref, form)

        draft = f"template:{edited.key if edited is not None else 'new'}"
        dialog = TemplateDialog(title, begun, self.pane, self.saver(make), draft=draft)
        dialog.FIRST = "body" if edited is not None else "name"
        outcome: Outcome | None = await self.app.push_screen_wait(dialog)
        if outcome is not None:
            await self._load()
            if outcome.value is not None:
                self._show(at=("own", outcome.value))
            self.program.tell_done(outcome)

    async def action_remove_template(self) -> None:
        """Remove hers; the one that it replaced is back."""
        from stylistdesk.commands.templates import RemoveTemplate

        if (one := self._at) is None:
            return
        outcome = await self.program.do(RemoveTemplate(one.ref))
        if outcome is not None:
            await self._load()
            if one.replaces:
                self._show(at=("ours", _PLACES[one.replaces]))

    async def action_hide_template(self) -> None:
        """Offer it no more, or offer it again."""
        from stylistdesk.commands.templates import HideTemplate

        if (one := self._at) is not None:
            await self.carry_out(HideTemplate(one.ref, hidden=not one.hidden))

    def action_other_client(self) -> None:
        """See them in words for another client."""
        self._start(self._other_client)

    async def _other_client(self) -> None:
        from stylistdesk.ui.dialogs.template import ask_client

        pane = await ask_client(self.program)
        if pane is not None:
            self.wanted_client, self.pane = pane.client_id, pane
            self._follow()


def _key(one: MessageTemplate) -> Key:
    return ("own", one.row) if one.row is not None else ("ours", _PLACES[one.key])


def _line(one: MessageTemplate, width: int) -> Line:
    """A template in one line: its name, and what it is for or whose."""
    told = [say_about(one), "in the place of ours" if one.replaces else "", "hidden" if one.hidden else ""]
    aside = ", ".join(filter(None, told))
    look = "quiet" if one.hidden else "strong" if one.is_own else ""
    return spread(cut((Piece("   "), Piece(one.name, look)), width), (Piece(f" {aside} ", "quiet"),), width)
