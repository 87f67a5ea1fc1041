"""Every hostile payload in every file, every screen and dialog on a real pty: no byte of it acts on the terminal."""

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import LogCall, LogMessage
from stylistdesk.commands.work import AddTask
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from tests.conftest import NOW
from tests.ui.test_hostile_text import PAYLOADS

if os.name != "posix":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
from tests.terminal import Terminal, open_desk

AT, OLD = "2026-11-21T08:00:00-05:00", "2026-11-01T08:00:00-05:00"
CLIENTS = 13
EMAILS = {f"c{number:02}@example.com": " ".join(PAYLOADS[number::CLIENTS]) for number in range(CLIENTS)}
"""A few payloads for each client; every client has one of the dialogs opened."""


def _sheet(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _activity(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def _did(email: str, kind: str, at: str, payload: str) -> dict[str, str]:
    told = dict.fromkeys(("lookbook", "item", "brand", "comment", "url"), payload)
    return told | {"client_email": email, "kind": kind, "occurred_at": at, "external_id": f"{kind}-{email}-{payload}"}


def _files(folder: Path) -> list[Path]:
    """The payloads of each client stand in all that is said of her."""
    her = list(EMAILS.items())
    place = ("Company", "Address1", "City", "Zip")
    return [
        _sheet(folder / "customers.csv", *(
            {"First Name": p, "Last Name": p, "Email": email, "Accepts Email Marketing": "yes", "Note": p, "Tags": p,
             **{f"Default Address {part}": p for part in place}} for email, p in her)),
        _sheet(folder / "orders.csv", *(
            {"Name": f"#{email}", "Email": email, "Created at": AT, "Total": "10.00", "Notes": p, "Vendor": p,
             "Lineitem quantity": "1", "Lineitem name": f"{p} coat", "Lineitem price": "10.00"} for email, p in her)),
        _sheet(folder / "assignments.csv", *(
            {"external_id": f"HQ-{email}", "client_email": email, "type": "initial", "status": "scheduled",
             "consultation_at": "2026-12-01T10:00:00-05:00", "hq_notes": p} for email, p in her)),
        _sheet(folder / "quizzes.csv", *(
            {"client_email": email, "taken_at": AT, "spending_power": "4", "question": f"Which? {p}", "answer": p}
            for email, p in her)),
        _sheet(folder / "csat.csv", *(
            {"external_id": email, "client_email": email, "responded_at": AT, "score": str(1 + number % 5),
             "comment": p} for number, (email, p) in enumerate(her))),
        _activity(folder / "activity.jsonl", *(
            _did(email, ("added_to_cart", "hearted", "received", "commented", "replied")[(number + more) % 5], at, p)
            for number, (email, p) in enumerate(her) for more, at in enumerate((OLD, AT)))),
    ]  # fmt: skip


def _fill(desk: Desk, folder: Path) -> None:
    for file in _files(folder):
        report = desk.do(ImportFile(recognise(file))).value
        assert sum(report.created.values()) >= CLIENTS
    commands: list[Any] = []
    for number, payload in enumerate(EMAILS.values(), 1):
        typed = f"typed {payload}"
        commands += [AddNote(number, typed), AddTask(number, typed, NOW.date()), LogCall(number, typed, typed),
                     LogMessage(number, Channel.TEXT, typed, typed, typed),
                     ScheduleFollowUp(number, Channel.TEXT, NOW.date(), typed)]  # fmt: skip
    for command in commands:
        desk.do(command)


# What Textual itself sends: colours, the cursor, modes, and the shape of the pointer.
_OWN = re.compile(rb"\x1b\[[0-9;:?<>=$]*[A-Za-z~]|\x1b\]22;\w+\x07|\x1bP[^\x1b]*\x1b\\|\x1b[=>78]")
_UNSEEN = [chr(code).encode() for code in (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)]


def _assert_harmless(drawn: bytes) -> None:
    for sequence in (b"\x1b[31m", b"\x1b]52", b"\x1b]8", b"\x1b]0", b"\x1b[2J\x1b[H", b"\x9b31m"):
        assert sequence not in drawn, sequence
    plain = _OWN.sub(b"", drawn)
    for bad in (*(bytes([code]) for code in range(0x20) if code not in b"\r\n"), b"\x7f", *_UNSEEN):
        at = plain.find(bad)
        assert at < 0, (bad, plain[max(0, at - 80) : at + 40])


# A key, and what stands there when it has opened.
VISITS = (
    ("\r", "esc Back"), ("w", "Urgency"), ("m", "Message to"), ("c", "Call with"), ("n", "Note on"), ("t", "Task for"),
    ("f", "Follow up with"), ("s", "Until"), ("x", "Dismiss for"), ("D", "Done with"), ("?", "Keys in"),
    ("e", "About her"), ("\x10", "Search"),
)  # fmt: skip


def _visit(terminal: Terminal, home: str, key: str, there: str) -> None:
    terminal.send(key)
    terminal.wait_for(there)
    terminal.settle(0.15)
    terminal.send("\x1b")
    terminal.wait_for(home, gone=there)
    terminal.settle(0.15)


def test_every_payload_on_every_screen_is_only_text(desk: Desk, tmp_path: Path) -> None:
    _fill(desk, tmp_path)
    desk.close()
    folder = desk.paths.data_dir
    with open_desk(folder, (100, 44)) as terminal:
        terminal.wait_for("clients need you")
        for key, there in VISITS:
            _visit(terminal, "by urgency", key, there)
            terminal.send("j")
        terminal.send("8")
        terminal.wait_for("by name")
        for _ in EMAILS:
            terminal.send("j")
            terminal.settle(0.03)
        terminal.send("3")
        terminal.wait_for("by urgency")
        terminal.send("\x06")  # ctrl+f
        terminal.wait_for("To the list")
        terminal.send("typed")
        terminal.wait_for("with “typed”")
        terminal.send("\x1b")
        terminal.wait_for("by urgency", gone="with “typed”")
        hostile = folder / "inbox" / "a\x1b[31m[b]\u202egnp.jsonl"
        news = [_did(f"new{email}", "commented", AT, p) | {"client_name": f"New {p}"} for email, p in EMAILS.items()]
        _activity(hostile, *news, *(_did(email, f"kind {p}", AT, p) for email, p in EMAILS.items()))
        terminal.wait_for("A file is in the inbox")
        terminal.send("y")
        terminal.wait_for("New clients", "Refused")
        terminal.send("\x1b[6~\x1b[6~\x1b[F")
        terminal.wait_for("First rows")
        terminal.send("\x13")
        terminal.wait_for("Imported")
        terminal.send("d")
        terminal.wait_for("Completed follow-up")
        terminal.settle()
        _assert_harmless(bytes(terminal.bytes))
        terminal.send("q")
        terminal.child.expect_exact(["\x1b[?1049l"], timeout=20)
    assert not list(folder.glob("reports/*"))
