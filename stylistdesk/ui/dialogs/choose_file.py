"""Choosing a file: the library's picker, with its keys said, room for a path, and sizes and times as one says them."""

import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static
from textual_fspicker import FileOpen, Filters
from textual_fspicker.base_dialog import Dialog, InputBar
from textual_fspicker.parts import DirectoryNavigation, DriveNavigation
from textual_fspicker.parts.directory_navigation import DirectoryEntry, DirectoryEntryStyling

from stylistdesk.domain.dates import LocalNow, say_short_day
from stylistdesk.domain.file_names import harmless_name, say_size
from stylistdesk.ui import text
from stylistdesk.ui.fixed_keys import FixedKey

KEYS = "enter opens a folder or takes a file   letters, / or ~ begin a path   esc leaves"
BEGINS = "/~_-"
"""What begins a path, beside letters and digits; other signs are keys."""


class _Entry(DirectoryEntry):
    """A file with its size and when it was changed, on the clock of the desk; of a folder, only its name and when."""

    def __init__(self, location: Path, styles: DirectoryEntryStyling, here: LocalNow) -> None:
        self._here = here
        super().__init__(location, styles)

    @staticmethod
    def _size(location: Path) -> str:
        try:
            return "" if location.is_dir() else say_size(location.stat().st_size)
        except OSError:
            return ""

    def _mtime(self, location: Path) -> str:  # type: ignore[override]
        try:
            at = datetime.fromtimestamp(location.stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return ""
        return f"{say_short_day(self._here.day(at), self._here.today)}, {self._here.hour(at)}"


class _Files(DirectoryNavigation):
    """The library's list, of our entries."""

    def __init__(self, location: Path | str, here: LocalNow, *, double_click_directories: bool) -> None:
        super().__init__(location, double_click_directories=double_click_directories)
        self._here = here

    def _forward_event(self, event: events.Event) -> None:
        # As the app hands it on: from here to the screen it would take so long that the next letters came first.
        if isinstance(self.screen, ChooseFile) and (path := _begun_by(event)):
            self.screen.begin(path)
        else:
            super()._forward_event(event)

    def _repopulate_display(self) -> None:
        styles = self._styles
        self._entries = [
            one if isinstance(one, _Entry) else _Entry(one.location, styles, self._here) for one in self._entries
        ]
        super()._repopulate_display()
        if not self.is_root:
            self.replace_option_prompt_at_index(0, _Entry(self._location / "..", styles, self._here).prompt)


def _begun_by(event: events.Event) -> str:
    """The path that is begun by what is typed, or pasted, as a file is that is dropped onto the terminal."""
    if isinstance(event, events.Paste):
        return _dropped(text.clean(event.text).strip())
    typed = (event.character or "") if isinstance(event, events.Key) and event.is_printable else ""
    return typed if typed and (typed.isalnum() or typed in BEGINS) else ""


def _dropped(said: str) -> str:
    """The path of a file that is dropped: terminals quote it for a shell, or give its address."""
    if said.startswith("file://"):
        return unquote(urlsplit(said).path)
    try:
        parts = shlex.split(said) if said[:1] in ("'", '"') or "\\ " in said else []
    except ValueError:
        parts = []
    return parts[0] if len(parts) == 1 else said


class ChooseFile(FileOpen):
    """A file that is there, or `None`. Names that would look like something else are not shown."""

    PLACE: ClassVar[str] = "File"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("enter", "Take it", "Open a folder, or take a file"),
        FixedKey("letters", "Path", "They begin a path in the line below, and so do /, ~ and what is pasted"),
        FixedKey("tab", "Next", "From the files to the line below, and to what is shown"),
        FixedKey("backspace", "Folder above", "Leave this folder for the one that it is in"),
        FixedKey(".", "Hidden", "Show hidden files too, or hide them again"),
        FixedKey("esc", "Back", "Take no file"),
    )

    ERROR_A_FILE_MUST_EXIST = "There is no such file"
    ERROR_A_FILE_MUST_BE_CHOSEN = "Choose a file, or type its path"

    DEFAULT_CSS = """
    ChooseFile {
        InputBar Input { width: 1fr; min-width: 24; }
        #keys { color: $text-muted; padding: 0 1; height: auto; }
    }
    """

    def __init__(
        self, title: str, button: str, folder: Path, kinds: dict[str, Callable[[Path], bool]], *, links: bool = True
    ) -> None:
        """`kinds` name which files are shown; without `links`, one that leads to another file is refused."""

        def shown(kind: Callable[[Path], bool]) -> Callable[[Path], bool]:
            return lambda path: harmless_name(path.name) == path.name and kind(path)

        filters = Filters(*((name, shown(kind)) for name, kind in kinds.items()))
        super().__init__(folder, title, open_button=button, filters=filters)
        self._links = links

    def compose(self) -> ComposeResult:
        """As in the library, but with `_Files`, and without a button to leave, which escape does."""
        desk = self.app.desk  # type: ignore[attr-defined]
        here = LocalNow(desk.now(), desk.zone)
        with Dialog() as dialog:
            dialog.border_title = text.content(self._title)
            yield from self._header_area()
            with Horizontal():
                if sys.platform == "win32":
                    yield DriveNavigation(self._location)
                yield _Files(self._location, here, double_click_directories=self._double_click_directories)
            with InputBar():
                yield from self._input_bar()
                yield Button(text.content(str(self._select_button)), id="select")

    def _header_area(self) -> ComposeResult:
        yield from super()._header_area()
        yield Static(text.content(KEYS), id="keys")

    def begin(self, path: str) -> None:
        """Begin this path in the line below."""
        line = self.query_one(Input)
        line.select_on_focus = False  # the next letter would take the place of the first
        line.value = path
        line.cursor_position = len(path)
        self.set_focus(line)

    def _should_return(self, candidate: Path) -> bool:
        typed = self.query_one(DirectoryNavigation).location / Path(self.query_one(Input).value).expanduser()
        if not self._links and typed.is_symlink():
            self._set_error("That is a link: choose the file itself")
            return False
        return super()._should_return(candidate)
