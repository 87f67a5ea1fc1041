"""The proof pack (R25): all that proves the permission to write to one address, in one file to hand over.

A zip of `proof.json` (everything), `proof.txt` (the same to read) and `verify.py`, which checks the chain of the ledger
with nothing but Python, so that nobody has to believe this program.
"""

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.consent import say_date
from stylistdesk.paths import private_folder, unused, write_private
from stylistdesk.queries.proof import Proof

VERIFY = '''\
"""Checks the consent ledger in proof.json: python3 verify.py

Each entry's hash is the SHA-256, in hex, of its fields as a JSON list without spaces, in UTF-8, the hash of the entry
before it first. Whoever changes an entry, takes one away or puts one in breaks every hash after it.
"""

import hashlib
import json
import pathlib
import sys

FIELDS = [
    "previous_hash", "channel", "address", "state", "source", "recorded_at", "ground", "happened_on", "ends_on",
    "evidence",
]
proof = json.loads((pathlib.Path(__file__).parent / "proof.json").read_text("utf-8"))
before = ""
for number, entry in enumerate(proof["ledger"], 1):
    said = json.dumps([entry[field] for field in FIELDS], ensure_ascii=False, separators=(",", ":"))
    if entry["previous_hash"] != before or hashlib.sha256(said.encode()).hexdigest() != entry["hash"]:
        sys.exit(f"Entry {number} is not as it was written.")
    before = entry["hash"]
print(f"The {len(proof['ledger'])} entries are as they were written. The newest hash is {before or 'none'}.")
'''


def write_proof(folder: Path, proof: Proof, zone: ZoneInfo) -> Path:
    """Write the pack into the folder (made private); nothing that is there is overwritten. Gives its path."""
    private_folder(folder)
    made = proof.made_at.astimezone(zone)
    name = re.sub(r"[^a-z0-9@+.-]+", "-", proof.address.casefold())[:80].strip(".-") or "address"
    path = unused(folder / f"proof-{proof.channel.value}-{name}-{made:%Y-%m-%d}.zip")
    write_private(path, _zipped(proof, made))
    return path


def _zipped(proof: Proof, made: datetime) -> bytes:
    files = {"proof.txt": "\n".join(_text(proof, made)) + "\n", "proof.json": _json(proof), "verify.py": VERIFY}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, words in files.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, words.encode())
    return kept.getvalue()


def as_json(proof: Proof) -> dict[str, Any]:
    """The proof as `proof.json` holds it."""
    answer = proof.answer
    return {
        "channel": proof.channel.value,
        "address": proof.address,
        "clients": list(proof.clients),
        "sender": proof.sender,
        "mailing_address": proof.mailing_address,
        "made_at": proof.made_at.isoformat(),
        "may_be_written_to": answer.lawful,
        "reason": answer.reason,
        "last_lawful_day": answer.last_day.isoformat() if answer.last_day else None,
        "missing": list(answer.missing),
        "chain_holds": not proof.problems,
        "problems": list(proof.problems),
        "ledger": list(proof.ledger),
        "taken_back": list(proof.taken_back),
        "opt_outs": list(proof.opt_outs),
        "purchases": list(proof.purchases),
        "messages_from_her": list(proof.from_her),
        "messages_sent": list(proof.sent),
        "obligations": list(proof.obligations),
    }


def _json(proof: Proof) -> str:
    return json.dumps(as_json(proof), indent=2, ensure_ascii=False) + "\n"


_SAID = ("state", "ground", "happened_on", "ends_on", "source", "evidence")
"""What an entry of the ledger says."""


def _when(row: dict[str, Any]) -> str:
    """When an entry was recorded and taken back: "recorded 21 Nov 2026 10:02, taken back 10:03"."""
    recorded, taken = (datetime.fromisoformat(row[name]) for name in ("recorded_at", "taken_back_at"))
    day = "" if taken.date() == recorded.date() else f"{say_date(taken.date())} "
    return f"recorded {say_date(recorded.date())} {recorded:%H:%M}, taken back {day}{taken:%H:%M}"


def _text(proof: Proof, made: datetime) -> list[str]:
    lines = [
        f"Consent to {proof.channel.value} {proof.address}",
        f"of {', '.join(proof.clients)}",
        f"as {proof.sender} knew it on {made:%Y-%m-%d %H:%M %Z}",
        "",
        proof.answer.reason,
        *(f"Missing: {what}" for what in proof.answer.missing),
        "",
        "The ledger, the oldest entry first (times in UTC)",
        *_listed(proof.ledger, ("recorded_at", *_SAID)),
        *(proof.problems or ("The chain of hashes holds.",)),
        "How to verify it: run python3 verify.py beside proof.json; it says how the hashes are made.",
        "",
        "Recorded, then taken back by undo and so no longer in the ledger (times in UTC)",
        *_listed(tuple({"when": _when(row), **row} for row in proof.taken_back), ("when", *_SAID)),
        "",
        "Opt-outs in force",
        *_listed(proof.opt_outs, ("recorded_at", "source")),
        "",
        "To be taken off outside lists",
        *_listed(proof.obligations, ("due_on", "description", "done_at")),
        "",
        "Her purchases",
        *_listed(proof.purchases, ("placed_at", "number", "status", "source")),
        "",
        "From her",
        *_listed(proof.from_her, ("sent_at", "channel", "subject", "body")),
        "",
        "Sent to her, each with what it was and the ground on which it was sent",
        *_listed(proof.sent, ("sent_at", "consent", "subject", "body")),
    ]
    return lines


def _listed(rows: tuple[dict[str, Any], ...], columns: tuple[str, ...]) -> list[str]:
    said = ["  - " + " | ".join(" ".join(str(row[name]).split()) for name in columns if row[name]) for row in rows]
    return said or ["  none"]
