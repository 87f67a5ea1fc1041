"""What a list says when it is empty, and what to press next."""

from textual.strip import Strip

from stylistdesk.ui.keymap import Keymap
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, wrap
from stylistdesk.ui.widgets.record_list import RecordList, Row

NARROW = 44
"""So many cells a list has at least."""


class EmptyList(RecordList[Row]):
    """A list that says something when it has no rows. While `empty` is empty, it is only quiet."""

    empty: list[Line] = []  # noqa: RUF012 - replaced, never changed

    def render_line(self, y: int) -> Strip:
        if self.rows or not 0 <= y - 1 < len(self.empty):
            return super().render_line(y)
        width = self.scrollable_content_region.width
        return self.drawn((Piece("  "), *cut(self.empty[y - 1], width - 3)), width)


def empty_queue(next_up: str, keymap: Keymap) -> list[Line]:
    """A good day: nothing waits."""
    lines: list[Line] = [
        (Piece("A good day: nobody needs you now.", "strong"),),
        BLANK,
        *((Piece(part),) for part in wrap(next_up or "Nothing is planned yet.", NARROW)),
        BLANK,
    ]
    return lines + keys_for(
        keymap,
        ("all_clients", "look through all clients"),
        ("import", "bring in what is new"),
        ("undo", "take back the last change"),
    )


def empty_desk(keymap: Keymap, *, is_set_up: bool) -> list[Line]:
    """There is not one client yet: where to begin."""
    chosen = [
        ("welcome_demo", "look at a demo full of made-up clients; your desk stays as it is"),
        ("welcome_import", "bring in a file that you have"),
        ("welcome_add", "add your first client by hand"),
    ]
    if not is_set_up:
        chosen.append(("sender", "say your name, time zone and currency"))
    return [(Piece("Your desk is empty.", "strong"),), BLANK, *keys_for(keymap, *chosen)]


def keys_for(keymap: Keymap, *chosen: tuple[str, str]) -> list[Line]:
    """A few keys, each with what it is good for here."""
    return [(Piece(f"{keymap.shown(name):>6}", "key"), Piece(f"  {what}", "quiet")) for name, what in chosen]
