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

    `beside` are the files that lie beside the desk, `second` the folder of the second copy, if there is one. `alone`
    and `shared` are names of one word, and those of them that another has too.
    """

    name: str
    goes: int
    stays: str
    backups: int
    backups_until: date | None
    beside: tuple[str, ...] = ()
    second: str = ""
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
        asking.settings.second_copy.strip(),
        found.alone,
        found.shared,
    )


def erasing_lines(told: Erasing) -> list[str]:
    """What erasing a client does, what stays and why, and what is left for the rep to do; a sentence or two a line."""
    lines = [
        f"This erases {told.name} for good: {counted(told.goes, 'row')} and their history. No undo brings her back.",
        "Others' notes that name her say “[erased]” from then on.",
    ]
    lines += [
        f"“{word}” with a capital goes from all notes, whoever or whatever is meant; in small letters it stays."
        for word in told.alone
    ]
    lines += [
        f"“{word}” stays in notes where it stands alone: {other} has that name too. Look for it yourself."
        for word, other in told.shared
    ]
    if not (told.alone or told.shared):
        lines.append("Her first name alone, or a nickname, stays in them: look for it yourself.")
    if told.stays:
        lines.append(
            f"Kept: {told.stays}. Sums stay for tax, without her name; consent and opt-outs with the address: it is "
            "proof for three years, and no import brings back who opted out."
        )
    if told.backups_until:
        too = f", here and in {told.second}" if told.second else ""
        lines.append(
            f"{counted(told.backups, 'backup')} may still hold her{too}, until about {say_date(told.backups_until)}: "
            "they are not rewritten. If you restore one, erase her again."
        )
    if told.beside:
        files = "this file" if len(told.beside) == 1 else f"these {len(told.beside)} files"
        lines.append(
            f"So may {files} beside the desk, which nothing thins: {', '.join(told.beside)}. Remove what you no longer "
            "need in Keep safe."
        )
    return [*lines, "Remove her from your shop, calendars and exported files too."]
