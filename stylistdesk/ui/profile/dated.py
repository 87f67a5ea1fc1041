"""Entries with a date in front."""

from datetime import date, datetime

from stylistdesk.ui import words
from stylistdesk.ui.lines import Line, Piece, cut, fit, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look

WHEN = 16
"""The cells of a date in front, with the year where it is another one."""


def heading(title: str) -> Entry:
    """A heading between entries, with a blank line above."""
    return Entry(((), (Piece(f" {title}", "label"),)))


def on(at: datetime | date | None, look: Look) -> str:
    """The day of an instant, or a day, in words; nothing for none."""
    if at is None:
        return ""
    return words.day(look.here.day(at) if isinstance(at, datetime) else at, look.here.today)


def dated(key: Key | None, when: str, head: Line, look: Look, body: str = "", *, most: int = 40) -> Entry:
    """An entry with its date in front, what it is beside that, and its words below, at most so many lines."""
    lines: list[Line] = [cut((Piece(fit(f" {when}", WHEN + 1), "quiet"), *head), look.width)]
    if body:
        wrapped = wrap(body, look.width - WHEN - 1)
        lines += [(Piece(" " * (WHEN + 1)), Piece(part, "quiet")) for part in wrapped[:most]]
    return Entry(tuple(lines), key)


def more(*parts: str, look: Look) -> str:
    """What there is of these, with dots between."""
    return f" {look.symbols.dot} ".join(part for part in parts if part)
