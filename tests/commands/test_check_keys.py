"""`check` on what is found by, and on the history: mended and counted, or told; a second run finds nothing."""

import pytest

from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.notes import AddNote
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable
from stylistdesk.queries.history import find_client
from tests.helpers import add_client, dump


def harm(desk: Desk, *statements: str) -> None:
    with desk._database.raw() as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("harmed", "repaired"),
    [
        ("UPDATE client SET name_key = 'somebody'", "2 names and addresses to be found by"),
        ("UPDATE contact SET email_key = '' WHERE id = 1", "1 names and addresses to be found by"),
        ("DROP INDEX ix_note_client_id", "1 indexes"),
        ("DROP INDEX contact_one_primary", "1 indexes"),
        ("DROP TRIGGER journal_note_I", "1 journal triggers"),
    ],
)
def test_what_is_found_by_is_mended_and_found_again(desk: Desk, harmed: str, repaired: str) -> None:
    ana = add_client(desk, "Ana Ruiz", email="Ana@example.com")
    add_client(desk, "Bea Okafor", email="bea@example.com")
    before = dump(desk)
    harm(desk, harmed.replace("ix_note_client_id", _an_index_of(desk, "note")))
    report = desk.do(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), (repaired,))
    again = desk.do(CheckDesk()).value
    assert (again.problems, again.repaired) == ((), ())
    assert dump(desk) == before
    assert desk.ask(find_client, "ana@example.com") == desk.ask(find_client, "Ana Ruiz") == [(ana, "Ana Ruiz")]
    desk.do(AddNote(ana, "Loves navy"))
    desk.undo()
    assert dump(desk) == before


def test_what_a_client_does_next_shows_after_a_watermark_was_past_the_end(desk: Desk) -> None:
    add_client(desk, "Ana Ruiz")
    before = dump(desk)
    harm(desk, "UPDATE client SET watermark = 999")
    report = desk.do(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ("1 clients who had seen what was not there yet",))
    assert dump(desk) == before


def _an_index_of(desk: Desk, table: str) -> str:
    with desk._database.raw() as connection:
        row = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchone()
    return str(row[0])


def test_a_second_primary_contact_is_one_too_many(desk: Desk) -> None:
    ana = add_client(desk, "Ana Ruiz", email="ana@example.com")
    desk.do(AddContact(ana, ContactForm("Work", email="work@example.com")))
    before = dump(desk)
    harm(desk, "DROP INDEX contact_one_primary", "UPDATE contact SET is_primary = 1")
    report = desk.do(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ("1 contacts primary beside another", "1 indexes"))
    assert dump(desk) == before
    assert desk.do(CheckDesk()).value.repaired == ()


def test_twice_what_may_be_there_once_is_told_and_not_dropped(desk: Desk) -> None:
    harm(
        desk,
        "DROP INDEX training_topic",
        "INSERT INTO training (topic, video_url, file_name, file_sha256) VALUES ('returns', 'a', '', ''), "
        "('returns', 'b', '', '')",
    )
    problems = desk.do(CheckDesk()).value.problems
    assert problems == ("Rows of training that may be there once have the same topic",)
    assert len(dump(desk)["training"]) == 2


def test_a_history_with_holes_is_told(desk: Desk) -> None:
    ana = add_client(desk, "Ana Ruiz")
    desk.do(AddNote(ana, "Loves navy"))
    desk.undo()
    harm(desk, "DELETE FROM journal_command WHERE label LIKE 'Added a note%'")
    problems = desk.do(CheckDesk()).value.problems
    assert problems == (
        "1 changes in the history belong to a command that is gone",
        "1 steps of undo and redo name a command that is gone",
    )
    with pytest.raises(NotUndoable):
        desk.redo()
