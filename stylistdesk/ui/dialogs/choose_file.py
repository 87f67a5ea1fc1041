"""Choosing a file: the library's picker, with its keys said and room for a path."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static
from textual_fspicker import FileOpen, Filters
from textual_fspicker.parts import DirectoryNavigation

from stylistdesk.domain.file_names import harmless_name
from stylistdesk.ui import text
from stylistdesk.ui.fixed_keys import FixedKey

KEYS = "enter opens a folder or takes a file   tab to the line below, where a path can be typed   esc leaves"


class ChooseFile(FileOpen):
    """A file that is there, or `None`. Names that would look like something else are not shown."""

    PLACE: ClassVar[str] = "File"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("enter", "Take it", "Open a folder, or take a file"),
        FixedKey("tab", "Next", "From the files to the line below, where a path can be typed, and to what is shown"),
        FixedKey("backspace", "Folder above", "Leave this folder for the one that it is in"),
        FixedKey(".", "Hidden", "Show hidden files too, or hide them again"),
        FixedKey("esc", "Back", "Take no file"),
    )

    DEFAULT_CSS = """
    ChooseFile {
        InputBar {
            padding: 0 1;
            Input { width: 1fr; min-width: 24; }
            Select { width: 20; }
            Button { min-width: 12; }
            #cancel { display: none; }
        }
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

    def _header_area(self) -> ComposeResult:
        yield from super()._header_area()
        yield Static(text.content(KEYS), id="keys")

    def _should_return(self, candidate: Path) -> bool:
        typed = self.query_one(DirectoryNavigation).location / Path(self.query_one(Input).value).expanduser()
        if not self._links and typed.is_symlink():
            self._set_error("That is a link: choose the file itself")
            return False
        return super()._should_return(candidate)
