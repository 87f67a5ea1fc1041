"""The main job in a real terminal: a pty, real keys, the bytes that come back."""

import os
import re
import signal
import sqlite3
from pathlib import Path

import pexpect
import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.demo.start import build
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.queries.daily_tasks import queue
from tests.conftest import NOW
from tests.helpers import add_client, dump

if os.name != "posix":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
from tests.terminal import open_desk


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_client_is_dealt_with_taken_back_and_dealt_with_again(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = tmp_path / "desk"
    build(desk_paths(folder), FrozenClock(NOW))
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        names = [row.name for row in desk.ask(queue).rows]
    with open_desk(folder, size) as terminal:
        terminal.wait_for(f"{len(names)} clients need you", names[0])
        terminal.send("jjd")
        terminal.wait_for(f"Completed follow-up with {names[2]}")
        terminal.send("u")
        terminal.wait_for(f"Took back: Completed follow-up with {names[2]}")
        terminal.send("d")
        terminal.wait_for(f"Completed follow-up with {names[2]}", gone="Took back")
        terminal.send("q")
        terminal.child.expect_exact(["\x1b[?1049l"], timeout=20)
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        assert names[2] not in [row.name for row in desk.ask(queue).rows]


HOSTILE = "Ann\x1b]0;owned\x07a \x1b[31m[/]\x9b2J\x00 [@click=app.quit()]x\u202egnp"


def test_no_byte_of_hostile_text_reaches_the_terminal(desk: Desk, tmp_path: Path) -> None:
    """Written past the border, straight into the file: what is drawn is clean all the same."""
    add_client(desk)
    desk.close()
    connection = sqlite3.connect(desk.paths.database)
    for table, columns in {"client": ("name", "company", "description", "tags"), "contact": ("email", "phone")}.items():
        for column in columns:
            connection.execute(f"UPDATE {table} SET {column} = ?", (HOSTILE,))
    connection.execute(
        "INSERT INTO signal (client_id, kind, occurred_at, source, external_id, lookbook, item, brand, currency, "
        "comment, url) VALUES (1, 'commented', '2026-11-21 10:00:00', 'x', 'x', ?, ?, ?, '', ?, '')",
        (HOSTILE,) * 4,
    )
    connection.commit()
    connection.close()
    with open_desk(tmp_path / "desk") as terminal:
        terminal.wait_for("1 client needs you")
        for key, there in (("w", "esc Back"), ("\r", "Attachments"), ("m", "Message to")):
            terminal.send(key)
            terminal.wait_for(there)
            terminal.send("\x1b")
            terminal.wait_for("by urgency", gone=there)
            terminal.settle()  # a frame may come in two parts
        terminal.send("8")
        terminal.wait_for("by name")
        terminal.send("3")
        terminal.wait_for("by urgency")
        terminal.send("d")
        terminal.wait_for("Completed follow-up")
        drawn = re.sub(rb"\x1b\]22;\w+\x07", b"", bytes(terminal.bytes))  # Textual's own: the shape of the pointer
        for bad in (b"\x1b]0;owned", b"\x07", b"\x9b2J", "\u202e".encode(), b"\x1b[31m", b"\x00"):
            at = drawn.find(bad)
            assert at < 0, (bad, drawn[max(0, at - 100) : at + 60])
    assert dump(tmp_path / "desk" / "desk.sqlite3")["follow_up"]


def test_told_to_end_it_keeps_what_is_typed_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    build(desk_paths(tmp_path), FrozenClock(NOW))
    with open_desk(tmp_path) as terminal:
        terminal.wait_for("clients need you")
        terminal.send("n")
        terminal.wait_for("Note on")
        terminal.send("Likes ink")
        terminal.wait_for("Likes ink")
        terminal.child.kill(signal.SIGTERM)
        terminal.child.expect_exact(["\x1b[?1049l"], timeout=20)
        terminal.child.expect(pexpect.EOF, timeout=20)
        terminal.child.wait()
        assert terminal.child.exitstatus == 128 + signal.SIGTERM
    with open_desk(tmp_path) as terminal:
        terminal.wait_for("clients need you")
        terminal.send("n")
        terminal.wait_for("Likes ink", "What you had not saved is back.")
