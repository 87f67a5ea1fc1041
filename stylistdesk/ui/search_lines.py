"""How what was found is laid out: whose it is, the words around the match with the match marked, and the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import say_short_day
from stylistdesk.domain.searching import marks
from stylistdesk.domain.text import shortened
from stylistdesk.ui.keymap import Keymap
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, spread, width_of, wrap
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.text import clean

if TYPE_CHECKING:
    from stylistdesk.queries.search_told import Hit

KINDS = {
    "client": "Clients",
    "contact": "Contacts",
    "order": "Orders",
    "certificate": "Gift certificates",
    "return": "Returns",
    "event": "Events",
    "item": "Items",
    "note": "Notes",
    "message": "Messages",
    "comment": "Comments",
    "task": "Tasks",
    "follow_up": "Follow-ups",
    "appointment": "Appointments",
    "session": "Sessions",
    "ticket": "Tickets",
    "lookbook": "Lookbooks",
    "place": "Places",
    "attachment": "Attachments",
    "company_file": "Company files",
    "sign_up": "Sign-ups",
}
"""What they are called, in the order of the groups."""

WHO = 20
ROOM = 60
"""So many cells the words have that stand there where nothing is found."""
BEFORE = 12
"""So many letters before the first match are shown, where not all of the text has room."""


@dataclass(frozen=True, slots=True)
class More:
    """Stands for the others of a kind."""

    kind: str


def hit_line(hit: "Hit", needles: Sequence[str], width: int, today: date) -> Line:
    """One thing on one line."""
    on = (Piece(say_short_day(hit.on, today), "quiet"),) if hit.on is not None else BLANK
    room = width - 1 - (width_of(on) + 2 if on else 0)
    who = marked(hit.who, needles, "strong")
    title = marked(hit.title, needles)
    gap = (Piece("  "),) if hit.title and hit.text else BLANK
    if hit.title or hit.text:
        rest = width_of((*title, *gap, Piece(_in_one(hit.text)))) + 2
        least = min(width_of(who) if hit.kind == "item" else WHO, room)  # items of one name differ at its end
        said = cut(who, max(least, room - rest))
        who = (*said, Piece(" " * max(0, least - width_of(said))), Piece("  "))
    left = room - width_of((*who, *title, *gap))
    return spread((Piece(" "), *who, *title, *gap, *around(hit.text, needles, left)), on, width)


def more_line(more: More, width: int) -> Line:
    """That there are others."""
    return cut((Piece(f" … more {KINDS[more.kind].lower()}", "quiet"),), width)


def marked(text: str, needles: Sequence[str], look: str = "") -> Line:
    """The text with what was looked for marked."""
    text = clean(text)
    pieces: list[Piece] = []
    at = 0
    for start, end in marks(text, needles):
        pieces += [Piece(text[at:start], look), Piece(text[start:end], "chosen")]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:], look)) if piece.text)


def around(text: str, needles: Sequence[str], width: int) -> Line:
    """So much of the text as has room, with the first match in sight."""
    if width <= 1:
        return BLANK
    text = _in_one(text)
    first = next(iter(marks(text, needles)), None)
    if first is not None and first[1] > width:
        latest = max(0, min(first[0] - BEFORE, len(text) - width + 1))  # no room is left empty behind it
        begin = text.rfind(" ", 0, latest) + 1
        text = f"…{text[begin if begin and first[1] - begin < width else latest :]}"
    return cut(marked(text, needles), width)


def _in_one(text: str) -> str:
    """The text on one line, its parts apart."""
    return "  ".join(" ".join(part.split()) for part in clean(text).split("  ") if part.strip())


def nothing_typed(keymap: Keymap) -> list[Line]:
    """What can be found."""
    return [
        (Piece("Type a few letters, or a few digits.", "strong"),),
        BLANK,
        (Piece("a name, an email, a phone however you type it", "quiet"),),
        (Piece("the number of an order, a certificate or a return", "quiet"),),
        (Piece("an item, an event, a place, a file", "quiet"),),
        (Piece("any words of a note, a message or a reminder", "quiet"),),
        (Piece("what is hers: her name, and a day or a word beside it", "quiet"),),
        (Piece("what is on a day: tomorrow, tuesday, 23 nov", "quiet"),),
        BLANK,
        *keys_for(keymap, ("search_leave", "goes back to where you were")),
    ]


def nothing_found(typed: str, only: str, keymap: Keymap, *, is_day: bool = False) -> list[Line]:
    """What to do where nothing has the words."""
    if is_day:
        day = shortened(clean(typed), 60)
        return [
            (Piece(f"Nothing is on “{day}”.", "strong"),),
            BLANK,
            (Piece("A day goes beside a client's name too: “ana monday”.", "quiet"),),
            BLANK,
            *keys_for(
                keymap,
                ("search_leave", "looks among all kinds" if only else "goes back to where you were"),
                ("calendar", "shows your days, from there"),
            ),
        ]
    where = f"among {KINDS[only].lower()}" if only else "on the desk"
    return [
        *((Piece(part, "strong"),) for part in wrap(f"Nothing {where} has “{shortened(clean(typed), 60)}”.", ROOM)),
        BLANK,
        (Piece("Fewer letters or fewer words find more.", "quiet"),),
        *((Piece(part, "quiet"),) for part in wrap("All words must be in one thing or in its client's name.", ROOM)),
        BLANK,
        *keys_for(keymap, ("search_leave", "looks among all kinds" if only else "goes back to where you were")),
    ]
