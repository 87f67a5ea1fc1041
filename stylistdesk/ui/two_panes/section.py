"""What a section is: something known, as entries, and what keys do to them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from stylistdesk.domain.dates import LocalNow
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.symbols import Symbols
from stylistdesk.ui.widgets.entries import Entry, Key

__all__ = ["AnySection", "Entry", "Key", "Look"]

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Look:
    """How entries are laid out: the desk's now, the symbols, the cells a line has, and a key's name by its action.

    Where `only_read`, nothing is said of keys that would change something.
    """

    here: LocalNow
    symbols: Symbols
    width: int
    shown: Callable[[str], str]
    only_read: bool = False

    def key(self, action: str, words: str, before: str = " ") -> Line:
        """What a key does, if it does something here."""
        return () if self.only_read else (Piece(f"{before}{self.shown(action)}", "key"), Piece(f" {words}", "quiet"))

    def keys(self, *does: tuple[str, str]) -> Line:
        """What several keys do, in one quiet line: "v previews, W writes it out"."""
        last = len(does) - 1
        said = (self.key(action, words + ("," if at < last else "")) for at, (action, words) in enumerate(does))
        return tuple(piece for one in said for piece in one)


class AnySection(ABC, Generic[Known]):
    """One section. It holds nothing of what it read: that is given back to it.

    A section of the profile reads of a client, one of the back office (a task) of the desk; `screen` is the screen
    that shows it.
    """

    TITLE: ClassVar[str] = ""  # on the list at the left, at most 14 cells
    SCOPE: ClassVar[Scope | None] = None  # the keys that only this section has; `keymap.PLACES` knows it by its TITLE
    LABELS: ClassVar[Mapping[str, str]] = {}  # what keys that all sections have do in this one, where that is special
    ADDS: ClassVar[str] = ""  # what `a` adds, in words ("a location"); empty where nothing is added

    @abstractmethod
    def entries(self, known: Known, look: Look) -> list[Entry]:
        """What was read, as entries; none where there is nothing."""

    def nothing(self, look: Look) -> list[Line]:
        """What is said where there is nothing, or where there was nothing."""
        return [BLANK, (Piece(" There was nothing here then.", "quiet"),)] if look.only_read else self.empty(look)

    def empty(self, look: Look) -> list[Line]:
        """What is said where there is nothing."""
        lines: list[Line] = [BLANK, (Piece(" Nothing here yet.", "quiet"),)]
        if self.ADDS:
            lines += [BLANK, look.key("section_add", f"adds {self.ADDS}.")]
        return lines

    def labels_of(self, known: Known, key: Key) -> Mapping[str, str]:
        """As `LABELS`, for the entry under the cursor alone; an empty one leaves the key out of the footer."""
        return {}

    async def add(self, screen: Any, /) -> None:
        """Add something here."""
        screen.tell("Nothing is added here by hand.", bad=True)

    async def edit(self, screen: Any, key: Key, /) -> None:
        """Change the entry."""
        screen.tell("This cannot be changed.", bad=True)

    async def remove(self, screen: Any, key: Key, /) -> None:
        """Remove the entry."""
        screen.tell("This cannot be removed.", bad=True)

    async def open(self, screen: Any, key: Key, /) -> None:
        """Open the entry."""
        await self.edit(screen, key)
