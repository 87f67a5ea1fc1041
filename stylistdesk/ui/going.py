"""Going places: the tabs, a client's profile, and what is reached from everywhere."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from stylistdesk.ui.guard import Guarded
from stylistdesk.ui.jobs import start

if TYPE_CHECKING:
    from textual.screen import Screen

    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk
    from stylistdesk.ui.profile.screen import Profile


PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "brands_and_rates": ("screens.rates", "BrandsScreen", ()),
    "templates": ("screens.templates", "TemplatesPage", ("current_id", "client_id")),
    "outbox": ("screens.outbox", "OutboxPage", ()),
    "map": ("map.screen", "MapScreen", ("client_id",)),
    "settings": ("screens.settings", "SettingsScreen", ()),
    "keep_safe": ("screens.keep_safe", "KeepSafe", ()),
}
"""Pages that open from everywhere: module, screen, and the names under which a screen has the client it opens at."""


class Going(Guarded):
    """The part of the program that changes what is on the screen."""

    desk: "Desk | None"
    _is_mounted = False

    async def action_tab(self, mode: str) -> None:
        """Go to a tab, leaving whatever was opened over it."""
        searched = cast("StylistDesk", self).searched
        searched.opened, searched.mode = None, ""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if mode != self.current_mode:
            self._is_mounted = bool(self._screen_stacks.get(mode))
            await self.switch_mode(mode)
            cast("StylistDesk", self).tell_banner()

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual masks a change of modes for so many seconds; a screen that is mounted has nothing to mask."""
        if not self._is_mounted:
            super().delay_update(delay)

    def push_screen(self, *given: Any, **named: Any) -> Any:
        """As Textual does; keys that waited for what opens go to it, once it is there."""
        pushed = super().push_screen(*given, **named)
        self.screen.call_after_refresh(cast("StylistDesk", self).held_keys.let_go)
        return pushed

    async def open_profile(self, client_id: int, section: str = "") -> None:
        """Open a client's profile, at the section of that title. One screen serves them all: it is laid out once."""
        from stylistdesk.ui.profile.screen import Profile

        if not self.is_screen_installed("profile"):
            self.install_screen(Profile(), "profile")
        searched = cast("StylistDesk", self).searched
        searched.opened, searched.mode = None, ""
        profile = cast("Profile", self.get_screen("profile"))
        while profile in self.screen_stack and self.screen is not profile:
            await self.pop_screen()
        profile.show_client(client_id, section)
        await profile.fill()
        if self.screen is not profile:
            await self.push_screen(profile)
        profile.read_ahead()

    async def expect_profile(self, client_id: int) -> None:
        """This client may be opened next: read what is seen first."""
        if self.desk is not None and self.is_screen_installed("profile"):
            profile = cast("Profile", self.get_screen("profile"))
            await profile.reading.expect(self.desk, client_id)

    def action_help(self) -> None:
        """The keys that work where she is; in the back office, the guide of the task before them; in help, back."""
        from stylistdesk.ui.dialogs.help import Help
        from stylistdesk.ui.dialogs.page import PageDialog

        screen, program = self.screen, cast("StylistDesk", self)
        if isinstance(screen, PageDialog) and screen.IS_HELP:
            screen.action_back()
        elif (show_guide := getattr(screen, "show_guide", None)) is not None:
            show_guide()
        else:
            place, own = getattr(screen, "PLACE", ""), getattr(screen, "FIXED_KEYS", ())
            self.push_screen(Help(program.keymap_of_desk, place, own, getattr(screen, "in_help", None)))

    def action_command_palette(self) -> None:
        """Textual's own, as a place with help and with letters to jump to."""
        from stylistdesk.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_search(self) -> None:
        """Find anything, and open it; not over a form, in which something may be typed."""
        from stylistdesk.ui.dialogs.form import Form

        if self.desk is not None and not any(isinstance(screen, Form) for screen in self.screen_stack):
            cast("StylistDesk", self).searched.only = ""
            self.search_again()

    def search_again(self, mode: str = "") -> None:
        """The search as it was, in this tab if one is named."""
        from stylistdesk.ui.finding import search_and_open

        program = cast("StylistDesk", self)
        program.held_keys.hold()  # what she types at once is meant for the box
        start(self, partial(search_and_open, program, mode), "search", group="dialog")

    def was_opened_by_search(self, screen: "Screen[Any]") -> bool:
        """Whether one goes back from this screen to the search."""
        return cast("StylistDesk", self).searched.opened is screen

    def leave(self, screen: "Screen[Any]") -> None:
        """Go back from a screen to what is below it, or to the search that opened it."""
        searched = cast("StylistDesk", self).searched
        opened, mode = searched.opened, searched.mode
        if len(self.screen_stack) > 1:
            screen.dismiss(None)
        if opened is screen:
            searched.opened = None
            self.search_again(mode)

    def action_find_phone(self) -> None:
        """Open the conversation with a number."""
        from stylistdesk.ui.dialogs.find_phone import find_phone

        if self.desk is not None:
            start(self, partial(find_phone, cast("StylistDesk", self)), "find by phone number", group="dialog")

    async def action_page(self, name: str) -> None:
        """Open one of `PAGES` over whatever is there, unless that is it."""
        module, kind, of_client = PAGES[name]
        page = getattr(import_module(f"stylistdesk.ui.{module}"), kind)
        if self.desk is not None and not isinstance(self.screen, page):
            at_hand = next(filter(None, (getattr(self.screen, each, None) for each in of_client)), None)
            await self.push_screen(page(client_id=at_hand) if of_client else page())

    async def action_duplicates(self) -> None:
        """Clients who may be one person twice; if two are marked, those."""
        from stylistdesk.ui.screens.duplicates import DuplicatesScreen
        from stylistdesk.ui.screens.list_screen import ListScreen

        if isinstance(self.screen, ListScreen) and len(self.screen.listed.marks) == 2:
            start(self, self.screen.merge_marked, "merge", group="dialog")
        elif self.desk is not None and not isinstance(self.screen, DuplicatesScreen):
            await self.push_screen(DuplicatesScreen())

    def action_tour(self) -> None:
        """Take her through the keys that matter most, or end that."""
        program = cast("StylistDesk", self)
        program.tour.turn()
        program.show_frame()

    def action_jump(self) -> None:
        """Put a letter on all that is in sight."""
        from stylistdesk.ui.dialogs.jump import jump

        jump(cast("StylistDesk", self))

    def action_copy(self) -> None:
        """Copy what is under the cursor."""
        from stylistdesk.ui.copying import copy_here

        start(self, partial(copy_here, cast("StylistDesk", self)), "copy", group="copy", exclusive=True)

    def action_help_quit(self) -> None:
        """Textual's own for `ctrl+c`: here it copies."""
        self.action_copy()

    def action_import_file(self) -> None:
        """Choose a file and look at what importing it would do."""
        from stylistdesk.ui.screens.importing import choose_and_import

        if self.desk is not None:
            start(self, partial(choose_and_import, cast("StylistDesk", self)), "import")

    def action_sender(self) -> None:
        """Change whose desk it is, and where her own mail goes."""
        from stylistdesk.ui.dialogs.your_desk import ask_your_desk

        if self.desk is not None:
            start(self, partial(ask_your_desk, cast("StylistDesk", self)), "your desk", group="dialog")

    def action_export_clients(self) -> None:
        """Write clients into a file."""
        from stylistdesk.ui.screens.exporting import choose_and_export

        if self.desk is not None:
            start(self, partial(choose_and_export, cast("StylistDesk", self)), "export")
