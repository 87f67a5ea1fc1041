"""The power fails while the desk writes: what is in the WAL and not synced may be cut, dropped, torn or out of order.

SQLite syncs the WAL at each commit (`synchronous=FULL`), so what stood in it when a command was acknowledged is on the
disk. What came after may be there in any mix of sectors. And while the WAL is folded into the file, its own pages may
be old, new or torn: the WAL is still whole then.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from tests.conftest import NOW
from tests.faults import scripted
from tests.helpers import dump
from tests.torture import times

SECTOR = 512
State = str


def state_of(path: Path) -> State:
    return json.dumps(dump(path), default=str)


class Run:
    """What stood on the disk after each acknowledged command of the scripted session, and the state it made."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        self.empty = desk.paths.database
        self.wals: list[bytes] = []
        self.states: list[State] = []
        wal = self.empty.with_name(self.empty.name + "-wal")
        with desk._database.raw() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA wal_autocheckpoint=0")
        self.file = self.empty.read_bytes()
        self._keep(wal, desk)
        for step in scripted.session(desk, folder):
            step()
            self._keep(wal, desk)

    def _keep(self, wal: Path, desk: Desk) -> None:
        self.wals.append(wal.read_bytes() if wal.exists() else b"")
        self.states.append(state_of(desk.paths.database))


def spoilt(random: Random, before: bytes, after: bytes) -> bytes:
    """What may be found of `after`, of which only `before` is synced."""
    new = after[len(before) :]
    sectors = [new[at : at + SECTOR] for at in range(0, len(new), SECTOR)]
    how = random.choice(("cut", "drop", "tear", "reorder", "mix"))
    if how == "cut":
        return before + new[: random.randrange(len(new))]
    if how == "drop":
        sectors = [bytes(len(one)) if random.random() < 0.3 else one for one in sectors]
    elif how == "tear":
        at = random.randrange(len(sectors))
        sectors[at] = sectors[at][: random.randrange(SECTOR)].ljust(len(sectors[at]), b"\0")
    elif how == "reorder":
        last = random.randrange(len(sectors))  # the later ones are there, an earlier one is not
        sectors[:last] = [bytes(len(one)) for one in sectors[:last]]
    else:
        sectors = [random.choice((one, bytes(len(one)), random.randbytes(len(one)))) for one in sectors]
    return before + b"".join(sectors)


def opened(folder: Path, file: bytes, wal: bytes) -> State:
    """Open a desk that was found so after the power came back; it must need no repair."""
    folder.mkdir()
    (folder / "desk.sqlite3").write_bytes(file)
    (folder / "desk.sqlite3-wal").write_bytes(wal)
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        assert desk.ask(scripted._integrity) == ["ok", None, 0, 0]
    found = state_of(folder / "desk.sqlite3")
    shutil.rmtree(folder)
    return found


@pytest.mark.timeout(0)
def test_what_was_acknowledged_is_there_and_the_next_command_whole_or_absent(desk: Desk, tmp_path: Path) -> None:
    run, random = Run(tmp_path, desk), Random(46)
    tried = 0
    for at in range(1, len(run.wals)):
        before, after = run.wals[at - 1], run.wals[at]
        assert after[: len(before)] == before and len(after) > len(before), "the WAL only grows in this run"
        assert opened(tmp_path / "whole", run.file, after) == run.states[at]
        for _ in range(times(2, 60)):
            found = opened(tmp_path / "found", run.file, spoilt(random, before, after))
            assert found in (run.states[at - 1], run.states[at]), at
            tried += 1
    assert tried >= 2 * 20


@pytest.mark.timeout(0)
def test_folding_the_wal_into_the_file_may_be_cut_off_anywhere(desk: Desk, tmp_path: Path) -> None:
    """Any mix of the file's old, new and torn pages, with the WAL that is only given up when they are synced."""
    run, random = Run(tmp_path, desk), Random(47)
    wal, wanted = run.wals[-1], run.states[-1]
    (tmp_path / "desk.sqlite3").write_bytes(run.file)
    (tmp_path / "desk.sqlite3-wal").write_bytes(wal)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new = (tmp_path / "desk.sqlite3").read_bytes()
    old = run.file.ljust(len(new), b"\0")
    for _ in range(times(6, 60)):
        pages = []
        for at in range(0, len(new), 4096):
            before, after, cut = old[at : at + 4096], new[at : at + 4096], random.randrange(4096)
            pages.append(random.choice((before, after, after[:cut] + before[cut:])))
        # The first page says what the file is; SQLite writes it last but never torn within a sector.
        pages[0] = random.choice((old[:4096], new[:4096]))
        grown = random.choice((len(run.file), len(new)))
        found = opened(tmp_path / "found", b"".join(pages)[:grown], wal)
        assert found == wanted
