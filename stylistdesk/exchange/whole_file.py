"""One client's whole file, to hand over when she asks for it: a page to read, JSON, her card, her attachments, proofs.

The folder is private to the rep (0700), and so is every file in it (0600).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stylistdesk.db.attachments import copy_out
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.domain.file_names import harmless_name
from stylistdesk.domain.text import counted
from stylistdesk.exchange.exporting import export_for, file_name
from stylistdesk.exchange.proof import write_proof
from stylistdesk.exchange.whole_page import Page
from stylistdesk.paths import private_folder, unused, write_private
from stylistdesk.queries.whole_file import WholeFile, mark_of, whole_file

if TYPE_CHECKING:
    from datetime import datetime

    from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class Handed:
    """Where it is, what it holds in words, and the attachments whose bytes are missing."""

    folder: Path
    holds: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be written, read in one snapshot."""

    file: WholeFile
    card: bytes
    now: "datetime"
    zone: ZoneInfo
    currency: str


def gather(asking: "Asking", client_id: int) -> Gathered:
    """Read all of her. Raises `Refused` if she is not on the desk."""
    card = export_for(Path(), "vcard4").make(asking, [client_id]).content
    return Gathered(whole_file(asking, client_id), card, asking.now, asking.zone, asking.currency)


def write_whole_file(folder: Path, gathered: Gathered, attachments: Path) -> Handed:
    """Write it into a new folder, or into one of her own within a folder that is there; nothing is written over.

    `attachments` is where the desk keeps its files. Raises `Refused` where no folder can be made.
    """
    file = gathered.file
    folder = folder.expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file.", hint="Name a folder.")
    if folder.is_dir():
        day = gathered.now.astimezone(gathered.zone).date()
        folder = unused(folder / file_name(f"{file.name} {day} whole file", ""))
    elif not folder.parent.is_dir():
        raise Refused(f"There is no folder {folder.parent}.", hint="Make it first.")
    private_folder(folder)
    missing = tuple(_attachments(folder, file, attachments))
    write_private(folder / "client.vcf", gathered.card)
    for proof in file.proofs:
        write_proof(folder / "proofs", proof, gathered.zone)
    write_private(folder / "data.json", (json.dumps(_as_json(gathered), indent=1, ensure_ascii=False) + "\n").encode())
    page = Page(file, gathered.now, gathered.zone, gathered.currency, missing)
    write_private(folder / "read-me.html", page.html().encode())
    rows = sum(len(there) for there in file.rows.values())
    holds = f"{counted(rows, 'row')}, {counted(len(file.attachments) - len(missing), 'attachment')}"
    return Handed(folder, f"{holds}, {counted(len(file.proofs), 'proof')} of consent", missing)


def _attachments(folder: Path, file: WholeFile, kept: Path) -> Iterator[str]:
    """Copy her attachments; the names of those that are missing."""
    into = folder / "attachments"
    for name, sha256 in file.attachments:
        private_folder(into)
        try:
            copy_out(kept, sha256, unused(into / harmless_name(name)))
        except (DeskDamaged, OSError):
            yield name


def _as_json(gathered: Gathered) -> dict[str, Any]:
    file = gathered.file
    return {
        "client": file.name,
        "made_at": gathered.now.isoformat(),
        "units": "sums in minor units (cents), instants in UTC",
        "whose_words": {
            f"{table}.{column}": mark
            for table, rows in file.rows.items()
            for column in (rows[0] if rows else ())
            if (mark := mark_of(table, column))
        },
        "tables": file.rows,
        "other_clients_named_in": [
            {"table": table, "id": row_id, "names": list(names)} for (table, row_id), names in file.named.items()
        ],
        "certificates_she_holds": file.held_certificates,
        "history": file.history,
    }
