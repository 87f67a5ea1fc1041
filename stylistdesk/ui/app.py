"""The program: its modes, its theme, its keys, and what holds when something goes wrong. No screen's logic."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.color import Color

from stylistdesk.clock import Clock
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.screen_names import SHORT_THEMES
from stylistdesk.ui.counts import Counts
from stylistdesk.ui.dialogs.search import Searched
from stylistdesk.ui.drafts import Drafts
from stylistdesk.ui.held_keys import HeldKeys
from stylistdesk.ui.jobs import collect_again, start
from stylistdesk.ui.keymap import BY_ID, Keymap, Scope, acts_of, bindings
from stylistdesk.ui.palette import KeymapCommands
from stylistdesk.ui.putting_on import wrong_in_settings
from stylistdesk.ui.running import end_when_told
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.screens.daily_tasks import DailyTasks
from stylistdesk.ui.symbols import ASCII, symbols_for
from stylistdesk.ui.tabs import TABS
from stylistdesk.ui.theme import DARK, LIGHT, OWN_THEMES
from stylistdesk.ui.tour import Tour
from stylistdesk.ui.turning_back import TurningBack

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.desk import Desk

STYLES = Path(__file__).parent / "styles"


class StylistDesk(TurningBack):
    """The desk on a terminal. `opening` brings in the database; it runs in a thread, after the frame is painted."""

    TITLE = "stylistdesk"
    CSS_PATH: ClassVar[list[str | Path]] = sorted(STYLES.glob("*.tcss"))  # type: ignore[assignment]
    MODES: ClassVar[dict[str, Any]] = {"daily_tasks": DailyTasks, **TABS}
    DEFAULT_MODE = "daily_tasks"
    COMMANDS = {KeymapCommands}  # noqa: RUF012
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.DESK, Scope.ANYWHERE)  # type: ignore[assignment]
    COMMAND_PALETTE_BINDING = "f20"  # the palette's key comes from the keymap
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide"), (160, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        opening: "Callable[[], Desk]",
        first: Mapping[str, Any],
        data_dir: Path,
        *,
        clock: Clock,
    ) -> None:
        """`first` is what the settings file says, for the first frame: theme, symbols, keys, opening_tab."""
        keys = first.get("keys")
        self.keymap_of_desk = Keymap({str(k): str(v) for k, v in keys.items()} if isinstance(keys, dict) else None)
        super().__init__(data_dir, clock)
        self.opening = opening
        self.first = first
        self.drafts = Drafts(data_dir)
        self.desk: Desk | None = None
        self.counts = Counts(self)
        self.banner = ""
        self.at_close: Callable[[], None] | None = None
        self.symbols = symbols_for(
            getattr(sys.__stdout__, "encoding", None), ascii_only=first.get("symbols") == "ascii"
        )
        self.held_keys = HeldKeys(self)
        self.searched = Searched()
        self.tour = Tour(self.keymap_of_desk)

    # -------------------------------------------------------------- opening

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; those that only our own themes have are mixed from the theme's colours."""
        variables = super().get_css_variables()
        fore, back = Color.parse(variables["foreground"]), Color.parse(variables["background"])
        if fore.ansi is None and back.ansi is None:
            variables.setdefault("quiet", back.blend(fore, 0.6).hex6)
            variables.setdefault("line", back.blend(fore, 0.3).hex6)
            variables.setdefault("cursor", back.blend(fore, 0.15).hex6)
        for name, fallback in (("quiet", "foreground"), ("line", "foreground"), ("cursor", "panel")):
            variables.setdefault(name, variables[fallback])
        variables.setdefault("signal", variables["secondary"])
        variables.setdefault("on-accent", variables["background"])
        return variables

    def on_mount(self) -> None:
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self.wear(str(self.first.get("theme", "")))
        if self.symbols is ASCII:
            from stylistdesk.ui.plain_signs import PlainSigns

            self.add_class("-ascii")
            self._filters.append(PlainSigns())
        if (tab := self.first.get("opening_tab")) in TABS:
            self.switch_mode(tab)
        self.set_keymap(self.keymap_of_desk.overridden)
        end_when_told(self)
        # The frame first: the database's imports would hold the first paint up.
        self.call_after_refresh(start, self, self.open_desk, "opening the desk")

    def wear(self, theme: str) -> None:
        """Put on the theme of this name, or our own dark one if there is no such theme."""
        wanted = SHORT_THEMES.get(theme, theme)
        self.theme = wanted if wanted in self.available_themes else DARK.name

    async def open_desk(self) -> None:
        """Open the desk and fill the screens; where it cannot be opened, say why."""
        try:
            self.desk = await asyncio.to_thread(self.opening)
        except Refused as no:
            from stylistdesk.ui.dialogs.trouble import tell_trouble

            await tell_trouble(self, no)
            return
        self._let_time_pass(self.screen)
        self.set_interval(1.0, self._look, name="look around")
        self.tell_banner()
        if self.desk.held is not None:
            self.tell_held()
        elif not self.desk.is_set_up:
            from stylistdesk.ui.screens.welcome import welcome

            self._fill_screens()  # what stands behind the form does not wait for it
            await welcome(self)
        self._fill_screens()
        if problems := wrong_in_settings(self, self.desk):
            from stylistdesk.ui.dialogs.problems import Problems

            await self.push_screen(Problems(problems))
        collect_again()
        start(self, self.look_after_file, "looking after the file", group="file")
        start(self, self.mount_tabs, "the other tabs", group="tabs")

    async def look_after_file(self) -> None:
        """Check a large file (a small one was checked before it was opened), then make the day's backup."""
        from stylistdesk.ui.dialogs.trouble import Trouble

        desk = self.desk
        if desk is None or desk.read_only is not None:
            return
        try:
            await asyncio.to_thread(desk.keep_safe)
        except DeskDamaged as no:
            await self.push_screen(Trouble(no))

    async def change_desk(self, opening: "Callable[[], Desk]", banner: str) -> None:
        """Open another desk instead of this one, under a banner that says which."""
        before, self.desk = self.desk, await asyncio.to_thread(opening)
        self.banner = banner
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.hush()
        self._fill_screens()
        if before is not None:
            await asyncio.to_thread(before.close)  # last: until then the clock's tick still asked it

    def _fill_screens(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen) and screen.is_built:  # else it fills itself as it is
                screen.desk_ready()
        self.counts.count_again()

    async def on_unmount(self) -> None:
        if self.desk is not None:
            await asyncio.to_thread(self.sending.stop)
            await asyncio.to_thread(self.desk.close)
        if self.at_close is not None:
            await asyncio.to_thread(self.at_close)

    # ------------------------------------------------------- asking and doing

    def local_now(self) -> datetime:
        """The desk's now in its own zone."""
        assert self.desk is not None
        return self.desk.now().astimezone(self.desk.zone)

    async def do(self, command: "Command", *, after: str | None = None) -> "Outcome | None":
        """Carry out a command and say so; a refusal is said instead, and `None` returned."""
        outcome = await self.carry_out(command)
        if outcome is not None:
            self.tell_done(outcome, after or "")
        return outcome

    async def carry_out(self, command: "Command") -> "Outcome | None":
        """Carry out a command and leave it to the caller to say so; a refusal is said, and `None` returned."""
        if self.desk is None:
            return None
        try:
            outcome = await asyncio.to_thread(self.desk.do, command)
        except Refused as no:
            self.tell(str(no), bad=True)
            return None
        self.counts.count_again(outcome.client_ids)
        return outcome

    def tell_done(self, outcome: "Outcome", more: str = "") -> None:
        """Say what was done and how to undo it; a command that changed nothing has nothing to undo."""
        if outcome.changed:
            undo = f"{self.keymap_of_desk.shown('undo')} undoes it."
            self.tell(f"{outcome.label}.", after=more, undo=undo)
        else:
            self.tell("Nothing was changed.", after=more)

    def tell(self, words: str, *, bad: bool = False, after: str = "", undo: str = "") -> None:
        """Say it in the line that sums up, on whatever screen shows one."""
        if (screen := self.desk_screen) is not None:
            screen.tell(words, bad=bad, after=after, undo=undo)

    def show_frame(self) -> None:
        """Say the tabs, what waits and the time anew, also under a form."""
        if (screen := self.desk_screen) is not None:
            screen.show_frame()

    @property
    def desk_screen(self) -> DeskScreen | None:
        """The screen of the desk that is in sight, whatever is open over it."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)), None)

    async def action_begin_now(self) -> None:
        """Set In Progress what the prompt says begins now."""
        from stylistdesk.commands.assignments import StartConsultation

        if not self.counts.to_start:
            self.tell("No consultation begins now.")
            return
        first = self.counts.to_start[0]
        screen = self.screen
        if isinstance(screen, DeskScreen):
            await screen.carry_out(StartConsultation(first.assignment_id))

    def tell_banner(self) -> None:
        """Say on every screen that this window only reads, if it does."""
        words = self.banner_words
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.say_banner(words)

    # -------------------------------------------------------------- what opens

    def action_turn_theme(self) -> None:
        """Between the light and the dark theme."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    # ------------------------------------------------------------------ keys

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        # Here keys become actions, in their order, whatever has the focus.
        if not priority and self.held_keys.takes(key):
            return True
        if isinstance(self.screen, DeskScreen) and self.tour.leaves(key, self.screen):
            self.show_frame()
            return True
        goes_on = self.tour.goes_on(getattr(self.screen, "PLACE", ""))  # before the key opens another place
        if await super()._check_bindings(key, priority):
            if goes_on and self.tour.pressed(key):
                self.show_frame()
            return True
        # Under a dialog Textual asks the dialog alone; a few keys work wherever she is, and so does help.
        if priority or not self.screen.is_modal:
            return False
        everywhere = (*acts_of((Scope.ANYWHERE,)), BY_ID["help"])
        doing = [act.does for act in everywhere if key in self.keymap_of_desk.keys[act.id]]
        return bool(doing) and await self.run_action(doing[0], self)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self.input_at = time.monotonic()
        if isinstance(event, events.Key) and isinstance(self.screen, DeskScreen):
            self.screen.hush()
        if not self.held_keys.edits(event):
            await super().on_event(event)
