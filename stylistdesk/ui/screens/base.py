"""What every screen of the desk is: a bar of tabs, a line that sums up, a body, and a footer of keys."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from stylistdesk.ui.keymap import WITH_HER, Scope, bindings
from stylistdesk.ui.widgets.frame import Banner, KeyFooter, Prompt, SumUp, TabBar
from stylistdesk.ui.widgets.tour import TourLine

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk
    from stylistdesk.ui.dialogs.form import Field, Form
    from stylistdesk.ui.lines import Line


TAKEN = "-taken"
"""Class of the quiet line while something stands in it: what the prompt says then has a line of its own."""


class DeskScreen(Screen[None]):
    """A screen of the desk. It loads when the desk is open, and again when the desk has changed since it last did."""

    PLACE: str = ""
    TAB: ClassVar[str] = ""
    ABOVE: ClassVar[str] = ""  # TAKEN where something always stands in the quiet line

    def __init__(self) -> None:
        super().__init__()
        # A new screen gets its styles as it is mounted; Textual would style every other one again for it.
        self._css_update_count = self.app._css_update_count
        self.shown_version = -1
        self.shown_spell: tuple[date, int, int] | None = None
        self.is_built = False  # from then on all that it consists of is there
        self._was_ready = False  # else it was mounted ahead, or left before the desk was open
        self._styled_for: str | None = None

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    @property
    def desk(self) -> "Desk | None":
        """The desk, once it is open."""
        return self.program.desk

    # ------------------------------------------------------------------ frame

    def compose(self) -> ComposeResult:
        keymap = self.program.keymap_of_desk
        yield TabBar(keymap)
        yield SumUp()
        yield Banner()
        with Horizontal(id="above", classes=self.ABOVE):
            yield from self.above()
        yield Prompt()
        with Horizontal(id="body"):
            yield from self.body()
        yield TourLine(keymap)
        yield KeyFooter(keymap, self.PLACE)

    def above(self) -> Iterable[Widget]:
        """What goes into the quiet line between the summary and the body."""
        return ()

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """What the screen is about."""

    def on_mount(self) -> None:
        self.is_built = True
        self.show_frame()
        if self.desk is not None and not self.program.mounting_ahead:
            self.desk_ready()

    def show_frame(self) -> None:
        """The tabs with what waits in them, and the time."""
        for bar in self.query(TabBar):
            bar.show(self.program.counts.tabs(), self.TAB, self.program.local_now() if self.desk is not None else None)
        for line in self.query(TourLine):
            line.show(self.program.tour)
        does, said = "begin_now", self.program.counts.prompt
        if not said:
            does, said = "outbox", self.program.sending.prompt
        for prompt in self.query(Prompt):
            prompt.say(self.program.keymap_of_desk.shown(does), said, does)
        self.set_class(bool(said), "-prompted")

    def tell(self, words: str, *, bad: bool = False, after: str = "", undo: str = "") -> None:
        """Say what was just done, until the next key; what the banner says already is not said twice."""
        if any(banner.words and banner.words.startswith(words) for banner in self.query(Banner)):
            words = "Nothing was changed."
        for line in self.query(SumUp):
            line.tell(words, bad=bad, after=after, undo=undo)

    def hush(self) -> None:
        """Say the summary again."""
        for line in self.query(SumUp):
            line.hush()

    def say_banner(self, words: str) -> None:
        """Keep saying it: this window only reads, say."""
        for banner in self.query(Banner):
            banner.say(words)

    # ------------------------------------------------------ what a job may ask for

    def saver(
        self, make: "Callable[[dict[str, str]], Command]"
    ) -> "Callable[[dict[str, str]], Coroutine[Any, Any, Any]]":
        """What a form does to save: have the desk do the command. A refusal goes back to the form."""

        async def save(values: dict[str, str]) -> Any:
            assert self.desk is not None
            outcome = await asyncio.to_thread(self.desk.do, make(values))
            self.program.counts.count_again(outcome.client_ids)
            # Whoever asked shows what this changed: coming back to the screen is no reason to load it all again.
            self.shown_version = self.desk.version
            return outcome

        return save

    async def carry_out(self, command: "Command") -> "Outcome | None":
        """Have the desk do it, say so, and show what changed; a refusal is said instead."""
        outcome = await self.program.do(command)
        if outcome is not None:
            await self.changed(outcome.client_ids)
        return outcome

    async def fill_in(
        self,
        title: str,
        fields: "Sequence[Field]",
        make: "Callable[[dict[str, str]], Command]",
        *,
        draft: str = "",
        about: "Sequence[Line]" = (),
    ) -> "Outcome | None":
        """Ask in a form, and have the desk do what `make` makes of it; a refusal goes back to the form."""
        from stylistdesk.ui.dialogs.form import Form

        return await self.show_form(Form(title, fields, self.saver(make), draft=draft, about=about))

    async def show_form(self, form: "Form") -> "Outcome | None":
        """Show a form that saves by `saver`; then say what was done and show what changed."""
        outcome: Outcome | None = await self.app.push_screen_wait(form)
        if outcome is not None:
            await self.changed(outcome.client_ids)
            self.program.tell_done(outcome)
        return outcome

    # ---------------------------------------------------------------- loading

    def desk_ready(self) -> None:
        """The desk is open: fill the screen."""
        self._was_ready = True
        self.say_banner(self.program.banner_words)
        self.reload()

    def on_screen_suspend(self) -> None:
        if self.app.screen.is_modal:  # another screen hides the footer, and painting it would hold that one up
            for footer in self.query(KeyFooter):
                footer.cover(True)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        # Working all styles out again takes longer than painting; only another theme makes other styles.
        for footer in self.query(KeyFooter):
            footer.cover(False)
        event.refresh_styles = self._styled_for not in (None, self.app.theme)
        self._styled_for = self.app.theme
        if not self._was_ready and self.is_built and self.is_current and self.desk is not None:
            self._was_ready = True
            self.call_after_refresh(self.desk_ready)  # the frame first: what is read holds it up
        elif self.desk is not None and self.shown_version not in (-1, self.desk.version):
            self.call_after_refresh(self.reload)
        elif self.desk is not None and self.shown_spell not in (None, self.program.spell):
            self.call_after_refresh(self.time_passed)  # behind another screen it was not told so
        if self.desk is not None:
            self.shown_spell = self.program.spell

    @abstractmethod
    def reload(self) -> None:
        """Ask the desk again for what is shown."""

    def forget(self) -> None:
        """Another desk has come in the place of this one: what was read of it holds no more."""
        self.shown_version = min(self.shown_version, 0)

    def warm(self, desk: "Desk") -> None:
        """Do in a thread, ahead, what takes long only the first time."""

    def time_passed(self) -> None:
        """Some minutes went by: what is shown may depend on the hour."""

    @abstractmethod
    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        """These clients have changed: show them as they are now; put the cursor back on one of `back_to`."""


class FilterLine(Input):
    """The words that filter a list, above it; enter goes back to the list, escape clears."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.FILTER)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(id="filter", classes="-line", placeholder="words that the row has", compact=True)

    def open(self, is_open: bool) -> None:
        """Be there, or go away: the quiet line is taken meanwhile."""
        self.set_class(is_open, "-open")
        self.screen.query_one("#above").set_class(is_open, TAKEN)

    def on_focus(self) -> None:
        self.screen.query_one(KeyFooter).show_place("Filter")

    def on_blur(self) -> None:
        for footer in self.screen.query(KeyFooter):
            footer.show_place(getattr(self.screen, "PLACE", ""))


LIST_KEYS = bindings(*WITH_HER, Scope.LIST, Scope.SORTED)
"""The keys of a list of clients."""
