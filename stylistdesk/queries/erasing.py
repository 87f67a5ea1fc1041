"""What it would do to erase a client, before it is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from stylistdesk.db.backups import backups_in
from stylistdesk.db.erasing import would_erase
from stylistdesk.db.restoring import set_aside_in
from stylistdesk.domain.consent import say_date
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import counted
from stylistdesk.paths import DeskPaths

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

THINNED = timedelta(days=9 * 31)
"""The oldest backup that is kept is of nine months ago, where there is one each month."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """Her name; how many rows go and what stays, in words; how many backups still hold her, and until when.

    `beside` are the files that lie beside the desk, `second` says whether there is a second copy. `alone` and
    `shared` are names of one word, and those of them that another has too.
    """

    name: str
    goes: int
    stays: str
    backups: int
    backups_until: date | None
    beside: tuple[str, ...] = ()
    second: bool = False
    alone: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()


def what_erasing_does(asking: "Asking", client_id: int, paths: DeskPaths) -> Erasing:
    """Look, and change nothing. Raises `Refused` if she is not on the desk."""
    connection = asking.session.connection()
    row = connection.exec_driver_sql("SELECT name, added_at FROM client WHERE id = ?", (client_id,)).first()
    if row is None:
        raise Refused("She is not on the desk.", hint="Look for her in all clients.")
    found = would_erase(connection, client_id)
    made = backups_in(paths.backups)
    until = (made[0].made_at + THINNED).astimezone(asking.zone).date() if made else None
    return Erasing(
        str(row.name),
        sum(found.goes.values()),
        found.stays,
        len(made),
        until,
        tuple(aside.name for aside in set_aside_in(paths)),
        bool(asking.settings.second_copy.strip()),
        found.alone,
        found.shared,
    )


def erasing_lines(told: Erasing) -> list[str]:
    """What erasing a client does, what stays and why, and what is left for the rep to do; a sentence or two a line."""
    rows = counted(told.goes, "row")
    lines = [f"This erases {told.name} for good: {rows} and their history. No undo brings her back."]
    notes = "Others' notes that name her say “[erased]” from then on"
    if told.alone:
        words = ", ".join(f"“{word}”" for word in told.alone)
        lines.append(f"{notes}; {words} goes with a capital, whatever is meant, and stays in small letters.")
    elif told.shared:
        word, other = told.shared[0]
        lines.append(f"{notes}; “{word}” alone stays, as {other} has that name too: look for it yourself.")
    else:
        lines.append(f"{notes}; her first name alone, or a nickname, stays: look for it yourself.")
    if told.stays:
        lines.append(
            f"Kept: {told.stays}. Sums stay for tax, without her name; consent and opt-outs, with the address, as "
            "proof for three years."
        )
    if told.backups_until:
        too = ", here and in the second copy" if told.second else ""
        lines.append(
            f"{counted(told.backups, 'backup')} may still hold her, until about {say_date(told.backups_until)}{too}. "
            "If you restore one, erase her again."
        )
    if told.beside:
        more = f" and {len(told.beside) - 1} more" if len(told.beside) > 1 else ""
        lines.append(f"So may {told.beside[0]}{more}, beside the desk: remove what you need no more in Keep safe.")
    return [*lines, "Remove her from your shop, calendars and exported files too."]
