"""An older file is brought up to date whole or not at all, after a verified backup."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlmodel import create_engine

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.db import backups, engine, opening, upgrade
from stylistdesk.db import tables as t
from stylistdesk.db.engine import REVISION, SCHEMA_VERSION, Database
from stylistdesk.desk import Desk
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import PeriodKind
from stylistdesk.queries.metrics import metrics
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client, dump, frozen_desk

STEPS = [
    "op.add_column('client', sa.Column('pronouns', sa.String(), nullable=True))",
    "op.execute(\"UPDATE client SET tags = 'moved'\")",
    "op.create_table('perfume', sa.Column('id', sa.Integer(), primary_key=True))",
    'op.execute("DELETE FROM note")',
]


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY name"
        )
        return [(name, " ".join(sql.replace('"', "").split())) for name, sql in rows]


def scripts_with(folder: Path, steps: list[str]) -> Path:
    """The program's own migrations and one more."""
    shutil.copytree(upgrade.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    body = "\n".join(f"    {step}" for step in steps)
    (folder / "versions" / "9999_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '9999'\ndown_revision = '{REVISION}'\n\n\n"
        f"def upgrade():\n{body}\n"
    )
    return folder


def test_the_steps_make_the_same_file_as_a_new_desk(tmp_path: Path, desk: Desk) -> None:
    """Or a rep who upgrades has another database than one who starts today."""
    stepped = tmp_path / "stepped.sqlite3"
    maker = create_engine(f"sqlite:///{stepped}")
    with maker.begin() as connection:
        upgrade.run_steps(connection)
        upgrade.journal.install(connection)
        upgrade.search.make(connection)
    maker.dispose()

    def columns(path: Path) -> dict[str, object]:
        with closing(sqlite3.connect(path)) as connection:
            tables = [
                row[0]
                for row in connection.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
                )
            ]
            return {
                table: (
                    [row[1:] for row in connection.execute(f'PRAGMA table_info("{table}")')],
                    sorted(
                        (row[2:5], tuple(c[2] for c in connection.execute(f'PRAGMA index_info("{row[1]}")')))
                        for row in connection.execute(f'PRAGMA index_list("{table}")')
                    ),
                    sorted(row[2:5] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')),
                )
                for table in tables
            }

    assert columns(stepped) == columns(desk.paths.database)
    triggers = [row for row in schema(stepped) if "TRIGGER" in row[1]]
    assert triggers == [row for row in schema(desk.paths.database) if "TRIGGER" in row[1]]


def test_a_new_desk_is_stamped_with_the_last_step(desk: Desk) -> None:
    assert ScriptDirectory(str(upgrade.SCRIPTS)).get_current_head() == REVISION
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISION,)]


@pytest.mark.parametrize("failing", range(len(STEPS) + 1))
def test_a_step_that_fails_leaves_the_file_as_it_was(desk: Desk, tmp_path: Path, failing: int) -> None:
    add_client(desk)
    before, shape = dump(desk), schema(desk.paths.database)
    desk.close()
    steps = [*STEPS[:failing], "raise RuntimeError('power cut')", *STEPS[failing:]]
    with pytest.raises(RuntimeError, match="power cut"):
        upgrade.upgrade(desk.paths, now=NOW, scripts=scripts_with(tmp_path / "scripts", steps), to=SCHEMA_VERSION + 1)
    assert (dump(desk), schema(desk.paths.database)) == (before, shape)
    assert engine.file_version(desk.paths.database) == SCHEMA_VERSION
    assert [backups.is_whole(b) for b in backups.backups_in(desk.paths.backups)] == [True]
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as again:
        add_client(again, "Bea Okafor")


def test_an_older_file_is_upgraded_after_a_backup_when_it_is_opened(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_client(desk)
    before = dump(desk)
    desk.close()
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts_with(tmp_path / "scripts", STEPS[:1]))
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(upgrade.upgrade, "__kwdefaults__", {"scripts": upgrade.SCRIPTS, "to": SCHEMA_VERSION + 1})
    opening.open_for_writing(desk.paths, now=NOW).close()
    after = dump(desk)
    assert [row[:-1] for row in after["client"]] == before["client"]
    assert [b.why for b in backups.backups_in(desk.paths.backups)] == ["before an upgrade"]
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)


def test_what_was_done_before_an_upgrade_can_still_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    """Images from before hold fewer columns; those that a step added come back empty."""
    add_client(desk)
    desk.close()
    with closing(sqlite3.connect(desk.paths.database)) as connection, connection:
        connection.execute("UPDATE journal_change SET after = json_remove(after, '$[#-1]') WHERE table_name = 'client'")
    database = Database(desk.paths.database)
    database.close()
    with Desk.open(desk.paths, clock=FrozenClock(NOW)) as again:
        again.undo()
        assert dump(again)["client"] == []


def test_a_desk_of_the_sixth_version_keeps_what_it_sold_and_wrote(tmp_path: Path) -> None:
    """Its certificate, its event and its message are there, and each can be taken back and done again."""
    with Desk.open(frozen_desk(tmp_path / "desk", "sixth"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        assert [len(rows[name]) for name in ("gift_certificate", "host_event", "message")] == [1, 1, 1]
        report = desk.do(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
        for _ in range(3):
            desk.undo()
        assert [len(dump(desk)[name]) for name in ("gift_certificate", "host_event", "message")] == [0, 0, 0]
        for _ in range(3):
            desk.redo()
        assert dump(desk) == rows


def test_a_desk_of_the_fifth_version_gets_a_back_office(tmp_path: Path) -> None:
    """Its orders are in no event yet, and can be put into one; what was done before can be taken back."""
    with Desk.open(frozen_desk(tmp_path / "desk", "fifth"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        assert [row[-2:] for row in rows["order"]] == [(None, 0)]
        event = t.HostEvent(name="Autumn party", code="autumn", opens_on=NOW.date(), closes_on=NOW.date())

        def into_event(work: Work) -> None:
            work.session.add(event)
            work.session.flush()
            order = work.session.get_one(t.Order, 1)
            order.event_id = event.id

        desk.do(Do(into_event))
        report = desk.do(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
        for _ in range(5):
            desk.undo()
        assert (dump(desk)["host_event"], dump(desk)["goal"]) == ([], [])
        for _ in range(4):
            desk.redo()
        assert dump(desk) == rows


def test_a_desk_of_the_fourth_version_shows_its_metrics(tmp_path: Path) -> None:
    """They ask for indexes that it did not have; what was done before can be taken back, and done again."""
    with Desk.open(frozen_desk(tmp_path / "desk", "fourth"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        found = {card.metric.id: card.now for card in desk.ask(metrics, period_of(NOW.date(), PeriodKind.MONTH)).cards}
        assert (found["conversion"].numerator, found["booked"].value, found["paid"].value) == (1, 42_000, 1_000)
        report = desk.do(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
        for _ in range(4):
            desk.undo()
        assert dump(desk)["goal"] == []
        for _ in range(4):
            desk.redo()
        assert dump(desk) == rows


def test_a_desk_of_the_third_version_keeps_its_work_and_its_past(tmp_path: Path) -> None:
    """What was booked, promised and rated before the other tabs is on them; what was done can be taken back."""
    with Desk.open(frozen_desk(tmp_path / "desk", "third"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        assert [len(rows[table]) for table in ("appointment", "assignment", "follow_up", "csat_response")] == [
            1,
            1,
            2,
            1,
        ]
        report = desk.do(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
        for _ in range(3):
            desk.undo()  # the lookbook, the completed follow-up, the promised one
        after = dump(desk)
        assert (after["lookbook"], after["follow_up"]) == ([], [])
        for _ in range(3):
            desk.redo()
        assert dump(desk) == rows


def test_a_desk_of_the_second_version_gets_its_primary_ones(tmp_path: Path) -> None:
    """A file in which none of her places is primary is mended once, and cannot come to that again."""
    with Desk.open(frozen_desk(tmp_path / "desk", "second"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        assert [row[9] for row in rows["location"]] == [1, 0]
        assert [row[6] for row in rows["contact"]] == [1, 0]
        assert rows["primary_wanted"] == []
        report = desk.do(CheckDesk()).value
        assert (report.problems, report.repaired) == ((), ())
        desk.undo()  # the assistant, who was added last
        assert [row[2] for row in dump(desk)["contact"]] == ["Ana Ruiz"]


def test_a_desk_of_the_first_version_keeps_its_consents_and_its_past(tmp_path: Path) -> None:
    """The ledger is chained, what was done before can be taken back, and a client can be removed."""
    with Desk.open(frozen_desk(tmp_path / "desk", "first"), clock=FrozenClock(NOW)) as desk:
        rows = dump(desk)
        ledger = [row[-2:] for row in rows["consent"]]
        assert len(ledger) == 2 and all(len(own) == 64 for _, own in ledger)
        assert {row[1] for row in rows["client"]} == {"Ana Ruiz", "Bea Okafor"}
        for _ in range(2):
            desk.undo()
        assert [row[1] for row in dump(desk)["client"]] == ["Ana Ruiz"]
        for _ in range(2):
            desk.redo()
        after = dump(desk)
        assert {name: table for name, table in after.items() if name != "consent"} == {
            name: table for name, table in rows.items() if name != "consent"
        }
