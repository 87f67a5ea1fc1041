"""Entries with a date in front."""

from datetime import date, datetime

from rich.cells import cell_len

from stylistdesk.ui import words
from stylistdesk.ui.lines import Line, Piece, cut, fit, width_of, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look

WHEN = 16
"""The cells of a date in front, with the year where it is another one."""

MOST_LINES = 60
"""An entry shows so many lines of its words; the whole of it is in its form."""


def heading(title: str) -> Entry:
    """A heading between entries, with a blank line above."""
    return Entry(((), (Piece(f" {title}", "label"),)))


def on(at: datetime | date | None, look: Look) -> str:
    """The day of an instant, or a day, in words; nothing for none."""
    if at is None:
        return ""
    return words.day(look.here.day(at) if isinstance(at, datetime) else at, look.here.today)


def dated(key: Key | None, when: str, head: Line, look: Look, body: str = "", *, about: str = "") -> Entry:
    """An entry with its date in front, what it is beside that, and its words below.

    What there is about it stands behind what it is where it has room, else it begins the words below.
    """
    room = look.width - WHEN - 1
    if about and width_of(head) + 2 + cell_len(about) <= room:
        head, about = (*head, Piece(f"  {about}", "quiet")), ""
    lines: list[Line] = [cut((Piece(fit(f" {when}", WHEN + 1), "quiet"), *head), look.width)]
    below = "\n".join(part for part in (about, body) if part)
    if below:
        lines += [(Piece(" " * (WHEN + 1)), Piece(part, "quiet")) for part in wrap(below, room)[:MOST_LINES]]
    return Entry(tuple(lines), key)


def more(*parts: str, look: Look) -> str:
    """What there is of these, with dots between."""
    return f" {look.symbols.dot} ".join(part for part in parts if part)
