"""Every text of every table hostile, past all cleaning: every screen on a real pty draws it, and none of it acts."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint
from sqlmodel import AutoString, SQLModel

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.desk import Desk
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.profile.sections import SECTIONS
from tests.conftest import NOW
from tests.torture import LONG
from tests.ui.test_hostile_text import STORABLE

if os.name != "posix":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
from tests.faults.test_hostile_terminal import _assert_harmless
from tests.terminal import Terminal, open_desk

WORDS = {"name", "title", "note", "body", "subject", "description", "comment", "reason", "place", "line1", "line2",
         "city", "region", "company", "tags", "item", "lookbook", "look", "label", "question", "answer", "headline",
         "story", "evidence", "hq_notes", "rep_notes", "words", "reminder", "whom", "outcome", "instead", "category",
         "assignee", "picture_words", "type_reason", "end_reason", "season", "postcode", "lines", "for_name",
         "first_name", "last_name", "author", "rep", "origin", "sku", "website", "picture", "file_name",
         "link", "url", "username"}  # fmt: skip
"""Columns that hold what somebody wrote; the others hold what the program itself reads."""


class AllPoisoned:
    """Writes payloads into all that somebody wrote, in every table."""

    of_others = True
    from_hq = True

    def __init__(self, payloads: tuple[str, ...]) -> None:
        self.payloads = payloads
        self.written = 0

    def apply(self, work: Work) -> Outcome:
        connection = work.session.connection()
        at = 0
        for table in SQLModel.metadata.sorted_tables:
            if table.name in ("consent", "desk_info") or table.name.startswith("journal_"):
                continue
            unique = {
                one for found in table.constraints if isinstance(found, UniqueConstraint) for one in found.columns
            }
            for column in table.columns:
                if column.name in WORDS and isinstance(column.type, AutoString):
                    rows = connection.exec_driver_sql(f'SELECT rowid FROM "{table.name}"').scalars().all()
                    for row in rows:
                        at += 1
                        one_of_them = " " * (at if column in unique else 0)
                        connection.exec_driver_sql(
                            f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE rowid = ?',
                            (self.payloads[at % len(self.payloads)] + one_of_them, row),
                        )
        self.written = at
        return Outcome("Poisoned")


def look(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.send(key)
        terminal.settle(0.07)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("first", range(0, len(STORABLE), 4) if LONG else (0,))
@pytest.mark.parametrize("size", [(120, 40), (80, 24)] if LONG else [(120, 40)])
def test_no_screen_lets_it_act(demo_desk: Path, tmp_path: Path, first: int, size: tuple[int, int]) -> None:
    shutil.copytree(demo_desk, tmp_path / "demo")
    poisoned = AllPoisoned(STORABLE[first : first + 4] if LONG else STORABLE)
    with Desk.open(tmp_path / "demo", clock=FrozenClock(NOW)) as desk:
        desk.do(poisoned)
        assert poisoned.written > 500
    with open_desk(tmp_path / "demo", size) as terminal:
        terminal.wait_for("Tasks", "Sweep")
        terminal.settle(0.5)
        for tab in "12345678":
            look(terminal, tab, "j", "j", "\r", "\x1b")
        for page in ("\x02", "\x0b", "\x04", "M"):
            look(terminal, "3", page, "j", "\r", "\x1b", "\x1b")
        look(terminal, "/", "a", "\x1b", "?", "\x1b", "3", "j", "p")
        for _ in SECTIONS:
            look(terminal, "\r", "j", "\r", "\x1b", "\x1b[D", "]")
        look(terminal, "\x1b", "\x1b", "9")
        for _ in TASKS:
            look(terminal, "\r", "j", "\r", "\x1b", "\x1b[D", "]")
        _assert_harmless(bytes(terminal.bytes))
        assert terminal.child.isalive()
    assert not list((tmp_path / "demo").glob("reports/*"))
