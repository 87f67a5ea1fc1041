"""How backups, and what lies beside the desk, are laid out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stylistdesk.domain.comparison import say_beyond, say_returned, say_since
from stylistdesk.domain.file_names import say_size
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip_middle, cut, fit, spread, wrap

if TYPE_CHECKING:
    from stylistdesk.desk import Aside, Desk, Kept, KeptBackup

LABEL = 14


def place_lines(kept: "Kept", desk: "Desk", width: int, erase_again: str) -> list[Line]:
    """Where the second copy goes, whether backups are encrypted, and who was erased and is back by a restore."""
    second, room = kept.second, width - LABEL - 1
    if second.words:
        copy = [(Piece(part, "late" if second.folder is None else ""),) for part in wrap(second.words, room)]
    elif second.folder is None:
        copy = [(Piece("none yet: name a folder as second_copy in the settings"),)]
    else:
        copy = [(Piece(clip_middle(str(second.folder), room)),)]
    age = "for your key; the secret one is with you" if desk.settings.backup_key else "no"
    said = [part for one in say_returned(kept.returned, erase_again) for part in wrap(one, room)]
    back = _labelled("Erased", [(Piece(part, "late"),) for part in said]) if said else []
    return [*_labelled("Second copy", copy), *_labelled("Encrypted", [(Piece(age),)]), *back]


def backup_lines(found: "Sequence[KeptBackup]", desk: "Desk", width: int) -> list[tuple[Line, ...]]:
    """Each backup: when, why, how large, how sure; then what the desk has beyond it, on a line or two."""
    marks = [_marks(one, desk) for one in found]
    columns = [max((piece.width for piece in column), default=0) for column in zip(*marks, strict=True)]
    return [
        (_head(one, own, columns, desk, width), *_beyond(one, width)) for one, own in zip(found, marks, strict=True)
    ]


def _head(one: "KeptBackup", marks: Sequence[Piece], columns: Sequence[int], desk: "Desk", width: int) -> Line:
    when = fit(words.moment(one.backup.made_at, desk.now(), desk.zone), 20)
    shown = [
        Piece(f"  {fit(piece.text, column, right=at == 0)}" if column else "", piece.look)
        for at, (piece, column) in enumerate(zip(marks, columns, strict=True))
    ]
    return spread((Piece(" "), Piece(when, "strong"), Piece(one.backup.why, "quiet")), tuple(shown), width)


def _marks(one: "KeptBackup", desk: "Desk") -> tuple[Piece, ...]:
    """How large it is, whether it is whole, encrypted, and in the second place too."""
    made, today = one.backup, desk.now().astimezone(desk.zone).date()
    state = Piece("damaged", "late")
    if not made.damaged:
        checked = made.checked_at or made.made_at
        again = "" if checked == made.made_at else f" {words.day(checked.astimezone(desk.zone).date(), today)}"
        state = Piece(f"verified{again}", "good")
    return (
        Piece(say_size(made.size), "quiet"),
        state,
        Piece("encrypted" if made.is_encrypted else "", "quiet"),
        Piece("second copy" if one.has_second else "", "good"),
    )


def _beyond(one: "KeptBackup", width: int) -> list[Line]:
    """What it holds, and what the desk has beyond it: on lines of its own where one has no room for both."""
    rows, since, beyond = one.backup.rows, say_since(one.since), say_beyond(one.beyond, 4)
    holds = Piece(f"   {words.count(rows['client'], 'client')}, {words.count(rows['signal'], 'signal')}   ", "quiet")
    look = "quiet" if one.since == 0 else "signal"
    whole = Piece("; ".join(filter(None, (since, beyond))), look)
    if holds.width + whole.width <= width:
        return [(holds, whole)]
    return [
        cut((holds, Piece(since, look)), width),
        *((Piece(f"   {part}", look),) for part in wrap(beyond, width - 3)),
    ]


def aside_lines(aside: "Aside", desk: "Desk", width: int) -> tuple[Line, ...]:
    """A copy that lies beside the desk."""
    when = words.moment(aside.at, desk.now(), desk.zone)
    head = (Piece(" "), Piece(fit(when, 20), "strong"), Piece(aside.why, "quiet"))
    return (
        spread(head, (Piece(say_size(aside.size), "quiet"),), width),
        cut((Piece(f"   {aside.name}", "quiet"),), width),
    )


def _labelled(label: str, body: Sequence[Line]) -> list[Line]:
    return [
        (Piece(" "), Piece(fit(label if number == 0 else "", LABEL), "label"), *line)
        for number, line in enumerate(body or [BLANK])
    ]
