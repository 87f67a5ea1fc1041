"""The index of the search follows whatever writes, and the check makes anew what does not say what the rows say."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stylistdesk.commands.assignments import BookAssignment, CancelAssignment, SessionForm, SetRepNotes
from stylistdesk.commands.base import Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import ClientForm, DeleteClient, EditClient
from stylistdesk.commands.notes import AddNote, EditNote, NoteForm, RemoveNote
from stylistdesk.commands.work import AddTask
from stylistdesk.db import journal, search
from stylistdesk.db.tables import Note, Signal
from stylistdesk.desk import Desk
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import SignalKind
from stylistdesk.queries import search as queries
from tests.commands.doing import Do
from tests.helpers import add_client

AT = datetime(2026, 11, 20, tzinfo=UTC)


def found(desk: Desk, words: str) -> dict[str, list[int]]:
    """The ids of what has the words, by kind."""
    return {group.kind: [hit.id for hit in group.hits] for group in desk.ask(queries.search, words).groups}


def is_whole(desk: Desk) -> bool:
    """Whether a check finds nothing to mend, and the index holds what the rows say."""
    report = desk.do(CheckDesk()).value
    with desk._database.write() as session:
        connection = session.connection()
        rows = sum(
            int(connection.exec_driver_sql(f"SELECT count(*) FROM {one.rows}").scalar_one()) for one in search.INDEXED
        )
        due = connection.exec_driver_sql("SELECT count(*) FROM search_due").scalar_one()
    assert rows, "an empty desk proves nothing"
    return (report.problems, report.repaired, due) == ((), (), 0)


def saw(client_id: int, item: str, number: int, comment: str = "") -> Signal:
    return Signal(
        client_id=client_id, kind=SignalKind.HEARTED, occurred_at=AT, source="test", external_id=str(number), item=item,
        comment=comment,
    )  # fmt: skip


def test_every_write_undo_and_redo_is_followed(desk: Desk) -> None:
    client_id = add_client(desk, "Ana Ruiz", email="ana.berg@example.com")
    note_id = desk.do(AddNote(client_id, "Wants the quilted parka")).value
    steps = [
        (EditNote(note_id, NoteForm("Wants the velvet cape")), "velvet", "quilted"),
        (EditClient(client_id, ClientForm("Ana Okonkwo", email="ana.berg@example.com")), "okonkwo", "ruiz"),
        (RemoveNote(note_id), "okonkwo", "velvet"),
        (Do(lambda work: work.session.add(saw(client_id, "Suede loafers", 1, "in rust?"))), "suede", "velvet"),
        (AddTask(client_id, "Press the swatches"), "swatches", "velvet"),
        (BookAssignment(client_id, SessionForm(AT + timedelta(days=4))), "head to toe", "velvet"),
        (SetRepNotes(1, "Bring the tartan"), "tartan", "velvet"),
        (CancelAssignment(1, "Her train"), "cancelled", "velvet"),
    ]
    for command, there, gone in steps:
        desk.do(command)
        assert found(desk, there) and not found(desk, gone)
        assert is_whole(desk)
    for command, there, _ in reversed(steps):
        desk.undo()
        assert is_whole(desk)
        if not isinstance(command, RemoveNote):
            assert not found(desk, there)
    assert found(desk, "quilted parka") == {"note": [note_id]}
    assert "client" in found(desk, "ruiz")
    for _, there, _ in steps:
        desk.redo()
        assert found(desk, there)
        assert is_whole(desk)
    desk.do(DeleteClient(client_id))
    assert not found(desk, "okonkwo") and not found(desk, "suede")
    desk.undo()
    assert found(desk, "okonkwo") and is_whole(desk)


def test_an_item_is_there_once_as_long_as_any_row_names_it(desk: Desk) -> None:
    client_id = add_client(desk)
    for number in range(3):
        desk.do(Do(lambda work, n=number: work.session.add(saw(client_id, "Suede loafers", n))))
    assert len(found(desk, "loafers")["item"]) == 1
    desk.undo()
    desk.undo()
    assert len(found(desk, "loafers")["item"]) == 1 and is_whole(desk)
    desk.undo()
    assert not found(desk, "loafers") and is_whole(desk)


def test_of_an_item_it_is_told_who_last_had_to_do_with_it(desk: Desk) -> None:
    """Enough to choose by: whose, when and from what; also after an undo, and in an index that was made anew."""

    def told() -> tuple[str, str | None]:
        [hit] = desk.ask(queries.search, "loafers", only="item").groups[0].hits
        return hit.text, hit.on and hit.on.isoformat()

    ana, bea = add_client(desk), add_client(desk, "Bea Okafor")
    desk.do(Do(lambda work: work.session.add(saw(ana, "Suede loafers", 1))))
    assert told() == ("hearted by Ana Ruiz", "2026-11-19")
    desk.do(Do(lambda work: work.session.add(saw(bea, "Suede loafers", 2))))
    assert told() == ("hearted by Bea Okafor  1 more", "2026-11-19")
    desk.undo()
    assert told()[0] in ("", "hearted by Ana Ruiz") and is_whole(desk)
    desk.redo()
    assert told() == ("hearted by Bea Okafor  1 more", "2026-11-19")
    with desk._database.write() as session:
        search.make(session.connection())
    assert told() == ("hearted by Bea Okafor  1 more", "2026-11-19") and is_whole(desk)


def test_what_is_written_and_taken_away_in_one_command_leaves_nothing(desk: Desk) -> None:
    client_id = add_client(desk)

    def write(work: Work) -> None:
        connection = work.session.connection()
        row = (client_id, "2026-11-20 00:00:00")
        insert = "INSERT INTO note (client_id, kind, written_at, body) VALUES (?, '', ?, 'fleeting')"
        connection.exec_driver_sql(insert, row)
        connection.exec_driver_sql("UPDATE note SET body = 'still fleeting'")
        connection.exec_driver_sql("DELETE FROM note")
        connection.exec_driver_sql(insert.replace("fleeting", "lasting"), row)
        connection.exec_driver_sql("UPDATE note SET body = body || ' words'")

    desk.do(Do(write))
    assert not found(desk, "fleeting") and found(desk, "lasting words") and is_whole(desk)


def test_what_is_built_in_bulk_is_found(desk: Desk) -> None:
    client_id = add_client(desk)
    with desk._database.write() as session, journal.paused(session.connection()):
        session.add(Note(client_id=client_id, body="Wants the quilted parka", written_at=AT))
        session.add(saw(client_id, "Suede loafers", 1))
        session.flush()
    assert set(found(desk, "parka")) == {"note"} and set(found(desk, "loafers")) == {"item"}
    assert is_whole(desk)


BROKEN = {
    "a row that was changed unseen": "UPDATE note SET body = 'Wants the velvet cape'; DELETE FROM search_due",
    "a row that is not in it": (
        "INSERT INTO note (client_id, kind, written_at, body) VALUES (1, '', '2026-11-20 00:00:00', 'velvet'); "
        "DELETE FROM search_due"
    ),
    "a row that is gone": "DELETE FROM note; DELETE FROM search_due",
    "words that no row has": "INSERT INTO search_of_note (rowid, said) VALUES (99, 'ghost')",
    "a damaged page of it": "UPDATE search_of_note_data SET block = zeroblob(length(block)) WHERE id > 10",
    "what another program wrote": "UPDATE note SET body = 'Wants the brandnewword'",
    "what another program took away": "DELETE FROM signal",
    "an item that is named otherwise": "UPDATE search_item SET name = 'Velvet loafers'",
    "an item that is counted wrongly": "UPDATE search_item SET mentions = 7",
    "no view": "DROP VIEW search_rows_of_note",
    "no index": "DROP TABLE search_of_note",
    "nothing at all": "DROP TABLE search_due; DROP TABLE search_item",
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_check_makes_anew_what_is_broken_and_says_how_many(desk: Desk, what: str) -> None:
    client_id = add_client(desk)
    desk.do(AddNote(client_id, "Wants the quilted parka"))
    desk.do(Do(lambda work: work.session.add(saw(client_id, "Suede loafers", 1))))
    assert is_whole(desk)
    commands = desk.ask(
        lambda asking: asking.session.connection().exec_driver_sql("SELECT count(*) FROM journal_command").scalar()
    )
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.executescript(BROKEN[what])
    [told] = desk.do(CheckDesk()).value.repaired
    assert told.endswith("things put into the search index again") and int(told.split()[0]) > 0
    assert desk.do(CheckDesk()).value.repaired == ()
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        [body] = connection.execute("SELECT body FROM note ORDER BY id DESC LIMIT 1").fetchone() or ("",)
        left = connection.execute("SELECT count(*) FROM journal_command").fetchone()[0]
    assert left == commands, "it is nothing that she could take back"
    assert not found(desk, "ghost")
    assert set(found(desk, "loafers")) == (set() if "took away" in what else {"item"})
    assert not body or "note" in found(desk, body.split()[-1])


def test_an_index_of_an_earlier_version_is_made_anew_as_the_desk_opens(tmp_path: Path) -> None:
    """One that knew nothing of Greek accents, say: its view says what it holds, and its triggers what it held."""
    with Desk.open(tmp_path) as desk:
        add_client(desk, "Άννα Μάρκου")
        assert set(found(desk, "αννα")) == {"client"}
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        connection.executescript(
            "DROP VIEW search_rows_of_client;"
            "CREATE VIEW search_rows_of_client AS SELECT id, name AS said FROM client;"
            "INSERT INTO search_of_client (search_of_client) VALUES ('rebuild')"
        )
    with Desk.open(tmp_path) as desk:
        assert set(found(desk, "αννα")) == {"client"}
        assert is_whole(desk)


def test_an_index_that_lacks_a_kind_is_made_as_the_desk_opens(tmp_path: Path) -> None:
    """And where the file can only be read, all else is found."""
    with Desk.open(tmp_path) as desk:
        desk.do(BookAssignment(add_client(desk), SessionForm(AT + timedelta(days=4))))
        with closing(sqlite3.connect(desk.paths.database)) as connection:
            connection.executescript(
                "DROP TABLE search_words_of_session; DROP TABLE search_of_session; DROP VIEW search_rows_of_session;"
                "DROP TRIGGER search_assignment_I; DROP TRIGGER search_assignment_U; DROP TRIGGER search_assignment_D"
            )
        with Desk.open(tmp_path) as reader:
            assert reader.read_only
            assert set(found(reader, "ana")) == {"client"} and set(found(reader, "ana consultation")) == {"appointment"}
            assert not found(reader, "ana head to toe")
    with Desk.open(tmp_path) as desk:
        assert set(found(desk, "ana head to toe")) == {"session"}
        desk.do(SetRepNotes(1, "Bring the tartan"))
        assert found(desk, "tartan") and is_whole(desk)


def test_another_program_can_write_and_the_next_command_brings_it_in(desk: Desk) -> None:
    """The triggers need no function of ours."""
    add_client(desk, email="ana@example.com")
    with closing(sqlite3.connect(desk.paths.database)) as connection, connection:
        said = "Søren Ødegård"
        connection.execute("UPDATE client SET name = ?, name_key = ?", (said, name_key(said)))
        connection.execute("UPDATE contact SET phone = '+12125550188'")
    add_client(desk, "Bea Okafor")
    assert set(found(desk, "soren odegard")) == {"client"} and set(found(desk, "555-0188")) == {"contact"}
    assert is_whole(desk)


def test_of_who_is_erased_no_word_is_left_in_the_index(desk: Desk) -> None:
    add_client(desk, "Bea Okafor", email="bea@example.com", phone="+12125550102")
    client_id = add_client(desk, "Wilhelmina Zwart", email="zwart@example.com", phone="+12125550199")
    desk.do(AddNote(client_id, "Allergic to mohair"))
    desk.do(DeleteClient(client_id))

    def pages() -> bytes:
        with closing(sqlite3.connect(desk.paths.database)) as connection:
            return b"".join(
                bytes(block)
                for one in search.INDEXED
                for (block,) in connection.execute(f"SELECT block FROM {one.index}_data")
            )

    assert b"wilhelmina" in pages(), "FTS5 keeps what is gone until it is asked not to"
    with desk._database.write() as session:
        search.leave_no_trace(session.connection())
    assert not any(word in pages() for word in (b"wilhelmina", b"zwart", b"mohair", b"0199"))
    assert found(desk, "okafor") and is_whole(desk)


DAMAGE = {
    "no format": "UPDATE search_of_client_config SET v = 0 WHERE k = 'version'",
    "no words": "UPDATE search_of_client_data SET block = zeroblob(length(block))",
    "other words": "UPDATE search_of_client_data SET block = randomblob(length(block))",
    "no such setting": "UPDATE sqlite_schema SET sql = replace(sql, 'columnsize', 'columnsizf') "
    "WHERE name = 'search_of_client'",
    "no such tokenizer": "UPDATE sqlite_schema SET sql = replace(sql, 'unicode61', 'unicode62') "
    "WHERE name = 'search_of_client'",
    "no statement at all": "UPDATE sqlite_schema SET sql = 'CRE' || char(1) || substr(sql, 5) "
    "WHERE name = 'search_words_of_client'",
    "no trigger": "UPDATE sqlite_schema SET sql = replace(sql, 'TRIGGER', 'TRUGGER') WHERE name = 'search_client_U'",
    "no such vocabulary": "UPDATE sqlite_schema SET sql = replace(sql, '''row''', '''rox''') "
    "WHERE name = 'search_words_of_client'",
}


def harm(desk: Desk, damage: str) -> None:
    with closing(sqlite3.connect(desk.paths.database)) as file, file:
        file.execute("PRAGMA writable_schema = ON")
        assert file.execute(damage).rowcount > 0


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_made_anew_and_nothing_of_hers_is_set_aside(desk: Desk, damage: str) -> None:
    """It says nothing that the rows do not say: she goes on, and finds everybody."""
    ana = add_client(desk, "Ana Ruiz")
    desk.close()
    harm(desk, damage)
    with Desk.open(desk.paths, clock=desk.clock) as again:
        bea = add_client(again, "Bea Okafor")
        again.do(EditClient(ana, ClientForm("Ana Okonkwo")))
        assert (found(again, "okonkwo")["client"], found(again, "bea")["client"]) == ([ana], [bea])
        words = again.ask(queries.vocabulary)
        assert again.ask(queries.search, "okonkvo", words).groups[0].hits[0].id == ana, "a near miss is found too"
        assert is_whole(again)
    harm(desk, damage)
    with Desk.open(desk.paths, clock=desk.clock) as again:
        again.undo()
        assert found(again, "ruiz")["client"] == [ana]
        again.redo()
        assert found(again, "okonkwo")["client"] == [ana]
        assert is_whole(again)
