"""What it would do to erase a client, before it is done."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from stylistdesk.db.backups import backups_in
from stylistdesk.db.erasing import would_stay
from stylistdesk.domain.consent import say_date
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import counted

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking

THINNED = timedelta(days=9 * 31)
"""The oldest backup that is kept is of nine months ago, where there is one each month."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """Her name; how many rows go and what stays, in words; how many backups still hold her, and until when."""

    name: str
    goes: int
    stays: str
    backups: int
    backups_until: date | None


def what_erasing_does(asking: "Asking", client_id: int, backups: Path) -> Erasing:
    """Look, and change nothing. Raises `Refused` if she is not on the desk."""
    connection = asking.session.connection()
    row = connection.exec_driver_sql("SELECT name, added_at FROM client WHERE id = ?", (client_id,)).first()
    if row is None:
        raise Refused("She is not on the desk.", hint="Look for her in all clients.")
    goes, stays = would_stay(connection, client_id)
    made = backups_in(backups)
    until = (made[0].made_at + THINNED).astimezone(asking.zone).date() if made else None
    return Erasing(str(row.name), sum(goes.values()), stays, len(made), until)


def erasing_lines(told: Erasing) -> list[str]:
    """What erasing a client does, what stays and why, and what is left for the rep to do; a sentence or two a line."""
    lines = [
        f"This erases {told.name} for good: {counted(told.goes, 'row')} and their history. No undo brings her back.",
        "Others' notes that name her say “[erased]” from then on.",
    ]
    if told.stays:
        lines.append(
            f"Kept: {told.stays}. Sums stay for tax, without her name; consent and opt-outs with the address: it is "
            "proof for three years, and no import brings back who opted out."
        )
    if told.backups_until:
        lines.append(
            f"{counted(told.backups, 'backup')} may still hold her, until about {say_date(told.backups_until)}: they "
            "are not rewritten. If you restore one, erase her again."
        )
    return [*lines, "Remove her from your shop, calendars and exported files too."]
