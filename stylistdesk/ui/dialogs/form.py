"""The one form: label, field, hint or error in one line each; what is typed stays until it is saved or left."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from stylistdesk.domain.errors import Refused
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.field import LABEL_WIDTH, Field, FieldLabel, Hint, Question, Words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import BY_ID, Scope, bindings
from stylistdesk.ui.lines import Line
from stylistdesk.ui.widgets.choice import Choice
from stylistdesk.ui.widgets.frame import KeyFooter

if TYPE_CHECKING:
    from stylistdesk.commands.base import Outcome
    from stylistdesk.ui.app import StylistDesk
__all__ = ["LABEL_WIDTH", "Field", "Form", "Hint"]


class Form(ModalScreen[Any]):
    """A form over the screen; its answer is what `save` returned, or `None` if it was left."""

    PLACE: ClassVar[str] = "Form"
    KEY_LABELS: ClassVar[dict[str, str]] = {}
    KEY_HELPS: ClassVar[dict[str, str]] = {}  # what the help says of keys that do something of their own here
    FIRST: str = ""  # the field that has the cursor first; else the one that begins, or the first one
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.FORM)  # type: ignore[assignment]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: "Callable[[dict[str, str]], Awaitable[Outcome | Any]]",
        *,
        draft: str = "",
        about: Sequence[Line] = (),
        does: str = "",
        classes: str | None = None,
    ) -> None:
        """`does` names what the key that saves does here, where that is not saving."""
        super().__init__(classes=classes)
        self.key_labels = {**self.KEY_LABELS, "form_save": does} if does else self.KEY_LABELS
        self.form_title = title
        self.fields = {field.name: field for field in fields}
        self.save = save
        self.draft = draft
        self.about = about
        self._saving = self._is_leaving = self.is_saved = False
        self._keeping: Timer | None = None

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    @property
    def in_help(self) -> dict[str, tuple[str, str]]:
        """The keys that are called something else here: so in the help too, with what it says of them."""
        return {
            name: (label, self.KEY_HELPS.get(name) or BY_ID[name].help.replace(BY_ID[name].label, label, 1))
            for name, label in self.key_labels.items()
            if label
        }

    # ---------------------------------------------------------------- drawing

    def compose(self) -> ComposeResult:
        kept = self.program.drafts.read(self.draft) if self.draft else {}
        self._came_back = {name for name, value in kept.items() if name in self.fields and value}
        with Vertical(id="dialog") as dialog:
            dialog.border_title = text.content(self.form_title)
            if self.about:
                with Vertical(id="about"):
                    for words in self.about:
                        yield Words(words)
            with VerticalScroll(id="fields", can_focus=False):
                for field in self.fields.values():
                    yield from self._field(field, kept.get(field.name, field.value))
            yield from self.beside()
            yield KeyFooter(self.program.keymap_of_desk, self.PLACE, self.key_labels)

    def beside(self) -> Iterable[Widget]:
        """What stands beside or below the fields."""
        return ()

    def _field(self, field: Field, value: str) -> ComposeResult:
        if field.question:
            question = Question(field.question, "label")
            question.id = f"question-{field.name}"
            yield question
        with Horizontal(classes="-area" if field.lines > 1 else "-row", id=f"row-{field.name}") as row:
            row.styles.height = field.lines
            yield FieldLabel(field.label)
            if field.choices:
                yield Choice(field.choices, value, id=f"field-{field.name}")
            elif field.lines > 1:
                yield TextArea(
                    text.clean_lines(value), id=f"field-{field.name}", compact=True, highlight_cursor_line=False
                )
            else:
                yield Input(
                    text.clean(value),
                    id=f"field-{field.name}",
                    classes="-line",
                    compact=True,
                    password=field.secret,
                )
        if not field.choices:
            hint = Hint("What you had not saved is back." if field.name in self._came_back else field.hint)
            hint.id = f"hint-{field.name}"
            yield hint

    def on_mount(self) -> None:
        self.initial = {name: _as_shown(field) for name, field in self.fields.items()}
        for name in self.fields:
            if name not in self._came_back:
                self._say_understood(name)
        begins = (name for name, field in self.fields.items() if field.begins)
        self.widget_of(self.FIRST or next(begins, next(iter(self.fields)))).focus()
        fields = self.query_one("#fields")
        self.watch(fields, "virtual_size", self._stay_in_sight, init=False)
        self.watch(fields, "scroll_y", self._say_more, init=False)
        self.call_after_refresh(self._say_more)

    def on_resize(self) -> None:
        self.call_after_refresh(self._stay_in_sight)

    def _stay_in_sight(self) -> None:
        """What is said above the field in hand may have pushed it out of sight."""
        if self.focused is not None and (name := str(self.focused.id).removeprefix("field-")) in self.fields:
            self.call_after_refresh(self._into_sight, name)
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        """Say on the lower edge that fields are below."""
        fields, dialog = self.query_one("#fields"), self.query_one("#dialog")
        said = "… more below" if fields.scroll_offset.y < fields.max_scroll_y else ""
        if dialog.border_subtitle != said:
            dialog.border_subtitle = text.content(said)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.call_after_refresh(self._into_sight, str(event.widget.id).removeprefix("field-"))

    def _into_sight(self, name: str) -> None:
        """Scroll so that the field is seen with its hint; where not both have room, the hint."""
        parts = [
            widget.virtual_region
            for widget in self.query(f"#question-{name}, #row-{name}, #hint-{name}")
            if widget.display
        ]
        for part in (Region.from_union(parts), parts[-1]) if parts else ():
            self.query_one("#fields").scroll_to_region(part, animate=False, force=True, immediate=True)

    def widget_of(self, name: str) -> Widget:
        """The field's widget."""
        return self.query_one(f"#field-{name}")

    def value_of(self, name: str) -> str:
        """What is typed in a field."""
        widget = self.widget_of(name)
        return widget.text if isinstance(widget, TextArea) else str(getattr(widget, "value", ""))

    def put(self, name: str, value: str) -> None:
        """Type this into a field."""
        widget = self.widget_of(name)
        if isinstance(widget, TextArea):
            widget.text = text.clean_lines(value)
        elif isinstance(widget, Input | Choice):
            widget.value = text.clean(value)

    @property
    def values(self) -> dict[str, str]:
        """What is typed in all fields."""
        return {name: self.value_of(name) for name in self.fields}

    # ----------------------------------------------------------------- typing

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        name = str(event.control.id).removeprefix("field-")
        if name in self.fields and hasattr(self, "initial"):
            if name not in self._came_back:
                self._say_understood(name)
            self._came_back.discard(name)
            self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what is typed, half a second after the last key."""
        if not self.draft:
            return
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(0.5, self.write_draft)

    async def write_draft(self) -> None:
        """Keep what is typed until it is saved or left, also over a restart."""
        self._keeping = None
        if self.draft and self.values != self.initial and not self._saving:
            await asyncio.to_thread(self.program.drafts.keep, self.draft, self.values)

    async def _forget_draft(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
        if self.draft:
            await asyncio.to_thread(self.program.drafts.forget, self.draft)

    def _say_understood(self, name: str) -> None:
        field = self.fields[name]
        if field.choices:
            return
        words, look = field.hint, "quiet"
        if field.understood is not None and self.value_of(name).strip():
            try:
                words, look = field.understood(self.value_of(name)), "good"
            except Refused as no:
                words = str(no) if field.tells else field.hint
        self.query_one(f"#hint-{name}", Hint).say(words, look)
        if field.looked_up is not None:
            start(self, partial(self._look_up, name), f"look up {name}", group=f"look up {name}", exclusive=True)

    async def _look_up(self, name: str) -> None:
        typed, ask = self.value_of(name), self.fields[name].looked_up
        if ask is None or not typed.strip():
            return
        try:
            words, look = await ask(typed), "good"
        except Refused as no:
            words, look = no.hint, "quiet"
        for hint in self.query(f"#hint-{name}").results(Hint):
            hint.say(words, look)

    @on(Input.Submitted)
    @on(Choice.Submitted)
    async def _next(self, event: Input.Submitted | Choice.Submitted) -> None:
        event.stop()
        names = list(self.fields)
        name = str(event.control.id).removeprefix("field-")
        if name == names[-1]:
            await self.action_save()
        else:
            self.focus_next()

    # ------------------------------------------------------ saving and leaving

    async def action_save(self) -> None:
        """Save; the first wrong field gets the cursor and the form keeps what was typed."""
        if self._saving:
            return
        for name, field in self.fields.items():
            if field.understood is not None:
                try:
                    field.understood(self.value_of(name))
                except Refused as no:
                    self._refuse(Refused(no.reason, field=name, hint=no.hint))
                    return
        self._saving = True
        try:
            answer = await self.save(self.values)
        except Refused as no:
            self._refuse(no)
            return
        finally:
            self._saving = False
        self.is_saved = True
        await self._forget_draft()
        self.dismiss(answer)

    def _refuse(self, no: Refused) -> None:
        name = no.field if no.field in self.fields else next(iter(self.fields))
        if self.fields[name].choices:
            name = next((n for n, f in self.fields.items() if not f.choices), name)
        for hint in self.query(f"#hint-{name}").results(Hint):
            hint.say(str(no), "late")
        self.widget_of(name).focus()
        self.call_after_refresh(self._into_sight, name)

    def action_leave(self) -> None:
        """Leave; asks only if something was changed."""
        if not self._is_leaving:  # the key may come twice before the question is there
            self._is_leaving = True
            start(self, self._leave, "leave")

    async def _leave(self) -> None:
        question = Confirm("Leave without saving?", "What you typed is dropped.", "Leave")
        if self.values != self.initial and not await self.app.push_screen_wait(question):
            self._is_leaving = False
            return
        await self._forget_draft()
        self.dismiss(None)


def _as_shown(field: Field) -> str:
    """A field's value as its widget holds it: cleaned, and one of the choices."""
    if field.choices:
        known = [key for key, _ in field.choices]
        return field.value if field.value in known else known[0]
    return text.clean_lines(field.value) if field.lines > 1 else text.clean(field.value)
