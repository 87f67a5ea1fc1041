"""One client's whole file, to hand over when she asks for it: a page to read, JSON, her card, her attachments, proofs.

The folder is private to the rep (0700), and so is every file in it (0600).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stylistdesk.db.attachments import copy_out
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.domain.file_names import harmless_name
from stylistdesk.domain.text import clean, counted
from stylistdesk.exchange.exporting import export_for, file_name
from stylistdesk.exchange.proof import write_proof
from stylistdesk.paths import private_folder, unused, write_private
from stylistdesk.queries.whole_file import HQ, OWN, WholeFile, mark_of, whole_file

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


def gather(asking: "Asking", client_id: int) -> Gathered:
    """Read all of her. Raises `Refused` if she is not on the desk."""
    card = export_for(Path(), "vcard4").make(asking, [client_id]).content
    return Gathered(whole_file(asking, client_id), card, asking.now, asking.zone)


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
    write_private(folder / "read-me.html", "\n".join(_page(gathered, missing)).encode())
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
        "certificates_she_holds": file.held_certificates,
        "history": file.history,
    }


_NAMES = {
    "assignment": "Assignments", "client": "Who she is", "consent": "Consent ledger", "contact": "Contacts",
    "csat_response": "What she said of the service", "goods_return": "Returns", "opt_out": "Opt-outs",
    "style_quiz": "Style quizzes", "style_quiz_answer": "Answers of style quizzes", "order": "Orders",
}  # fmt: skip
_INTERNAL = ("id", "client_id", "name_key", "email_key", "sha256")
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "h2{margin-top:2em;border-bottom:1px solid #ccc}dl{margin:0 0 1em;padding:.5em 1em;background:#f6f6f4}"
    "dt{float:left;clear:left;width:13em;color:#666}dd{margin:0 0 0 14em;white-space:pre-wrap;min-height:1.5em}"
    "small{color:#8a4b00}"
)


def _page(gathered: Gathered, missing: tuple[str, ...]) -> Iterator[str]:
    file, made = gathered.file, gathered.now.astimezone(gathered.zone)
    name = escape(clean(file.name))
    yield f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
    yield f"<style>{_STYLE}</style></head><body><h1>{name}</h1>"
    yield f"<p>Everything that is kept of her, as it was on {made:%Y-%m-%d %H:%M %Z}. data.json beside this page has "
    yield "the same for a program, with what was changed when; client.vcf is her card, attachments are her files, "
    yield "proofs are of her consent. Sums are in cents, times in UTC.</p>"
    yield f"<p><small>Marked so:</small> {escape(HQ)}; {escape(OWN)}.</p>"
    for what in missing:
        yield f"<p>The file {escape(clean(what))} is missing on the desk.</p>"
    order = sorted(file.rows, key=lambda table: (table != "client", table != "contact", table))
    for table in order:
        yield from _rows(_NAMES.get(table, table.replace("_", " ").capitalize()), table, file.rows[table])
    yield from _rows("Gift certificates that others bought for her", "gift_certificate", file.held_certificates)
    steps = [{"at": row["at"], "step": row["step"], "what": f"{row['what']} {row['table']}"} for row in file.history]
    yield from _rows("History", "history", steps)
    yield "</body></html>\n"


def _rows(title: str, table: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        return
    yield f"<h2>{escape(title)} ({len(rows)})</h2>"
    for row in rows:
        yield "<dl>"
        for column, value in row.items():
            if value in (None, "") or column in _INTERNAL:
                continue
            mark = mark_of(table, column)
            said = f" <small>({escape(mark)})</small>" if mark else ""
            words = clean(str(value), multiline=True)
            yield f"<dt>{escape(column.replace('_', ' '))}</dt><dd>{escape(words)}{said}</dd>"
        yield "</dl>"
