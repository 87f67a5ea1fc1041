"""R7: whatever changes data can be taken back and put back, to the byte, tomorrow too."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Together, Work
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient, EditClient
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.commands.work import AddTask
from stylistdesk.db import search
from stylistdesk.db.journal import journaled_tables
from stylistdesk.db.one_primary import make_one_primary
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.types import Channel
from stylistdesk.queries.history import history
from tests.conftest import NOW
from tests.helpers import add_client, dump


@dataclass(frozen=True)
class Sql:
    """A command made of bare statements: no path can forget the journal."""

    statements: tuple[str, ...]

    def apply(self, work: Work) -> Outcome:
        for statement in self.statements:
            work.session.connection().exec_driver_sql(statement)
        return Outcome("Ran statements")


def test_every_key_can_be_taken_back_and_put_back_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    empty = dump(desk)
    ana = add_client(desk, email="ana@example.com", phone="212-555-0101")
    commands = [
        AddTask(ana, "Order the hem tape", date(2026, 11, 30)),
        ScheduleFollowUp(ana, Channel.TEXT, date(2026, 11, 24), "Ask about the coat"),
        CompleteFollowUp(ana, 0, outcome="She loved it"),
        EditClient(ana, ClientForm("Ana Ruiz-Vega", email="ana.vega@example.com")),
        DeleteClient(ana),
    ]
    states = [dump(desk)]
    for command in commands:
        desk.do(command)
        states.append(dump(desk))
    desk.close()
    again = Desk.open(tmp_path / "desk", clock=FrozenClock(NOW))
    for state in reversed(states[:-1]):
        again.undo()
        assert dump(again) == state
    again.undo()
    assert dump(again) == empty
    again.close()
    third = Desk.open(tmp_path / "desk", clock=FrozenClock(NOW))
    for state in states:
        third.redo()
        assert dump(third) == state
    with pytest.raises(NotUndoable, match="nothing to put back"):
        third.redo()
    third.close()


def test_something_new_drops_what_could_have_been_put_back(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddNote(ana, "Loves navy"))
    desk.undo()
    desk.do(AddNote(ana, "Loves ink"))
    with pytest.raises(NotUndoable):
        desk.redo()


def test_undo_refuses_and_names_what_changed_the_row_since(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(EditClient(ana, ClientForm("Ana Vega")))
    first = desk.ask(history)[0].id
    desk.do(EditClient(ana, ClientForm("Ana Marsh")))
    before = dump(desk)
    with pytest.raises(NotUndoable, match="client 1 was changed since by “Edited Ana Marsh”"):
        desk.undo(first)
    assert dump(desk) == before


def test_of_many_rows_undo_names_the_one_that_was_changed(desk: Desk) -> None:
    added = Together([AddClient(ClientForm(name)) for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh")])
    desk.do(added)
    first = desk.ask(history)[0].id
    desk.do(CompleteFollowUp(2, 0))
    desk.do(EditClient(2, ClientForm("Bea Obi")))
    with pytest.raises(NotUndoable, match="client 2 was changed since by “Edited Bea Obi”"):
        desk.undo(first)


def test_undo_refuses_when_another_program_changed_the_row(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddNote(ana, "Loves navy"))
    with closing(sqlite3.connect(desk.paths.database)) as other, other:
        other.execute("UPDATE note SET body = 'Hates navy'")
    with pytest.raises(NotUndoable, match="another program"):
        desk.undo()


def test_an_older_command_is_not_taken_back_from_under_what_depends_on_it(desk: Desk) -> None:
    ana = add_client(desk)
    added = desk.ask(history)[0].id
    desk.do(AddNote(ana, "Loves navy"))
    before = dump(desk)
    with pytest.raises(NotUndoable, match=r"“Added a note .*Ana Ruiz” \(today 9:42\) depends on"):
        desk.undo(added)
    assert dump(desk) == before


def test_an_older_command_can_be_taken_back_on_its_own(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddNote(ana, "Loves navy"))
    note = desk.ask(history)[0].id
    desk.do(AddTask(ana, "Send the swatch"))
    desk.undo(note)
    assert dump(desk)["note"] == []
    assert len(dump(desk)["task"]) == 1
    desk.redo()
    assert len(dump(desk)["note"]) == 1


def test_several_at_once_are_one_step_and_all_or_none(desk: Desk) -> None:
    ana, bea = add_client(desk), add_client(desk, "Bea Okafor")
    before = dump(desk)
    desk.do(Together([AddNote(ana, "Invited"), AddNote(bea, "Invited")]))
    assert len(dump(desk)["note"]) == 2
    desk.undo()
    assert dump(desk) == before
    with pytest.raises(Refused):
        desk.do(Together([AddNote(ana, "Invited"), AddNote(bea, "")]))
    assert dump(desk) == before


def test_history_tells_who_did_what_to_which_client(desk: Desk) -> None:
    ana, bea = add_client(desk), add_client(desk, "Bea Okafor")
    desk.do(AddNote(ana, "Loves navy"))
    desk.undo()
    labels = [(entry.label, entry.undone) for entry in desk.ask(history, client_id=ana)]
    assert labels == [("Took back: Added a note about Ana Ruiz", False), ("Added a note about Ana Ruiz", True),
                      ("Added Ana Ruiz", False)]  # fmt: skip
    entry = desk.ask(history, client_id=bea)[0]
    assert (entry.by, [(c.what, c.client_id, c.op) for c in entry.changes]) == ("Ola Berg", [("client", bea, "I")])


def test_a_command_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(EditClient(ana, ClientForm("Ana Ruiz")))
    assert desk.ask(history)[0].label == "Added Ana Ruiz"


def test_no_table_has_a_column_whose_image_would_not_come_back_to_the_byte() -> None:
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            affinity = str(column.type.compile()).split("(")[0]
            assert affinity in {"INTEGER", "VARCHAR", "DATETIME", "DATE", "BOOLEAN"}, (table.name, column.name)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.randoms(use_true_random=False), st.lists(texts, min_size=3, max_size=3))
def test_any_statements_on_any_table_come_back_to_the_byte(
    new_desk: Callable[[], Desk], chance: random.Random, words: list[str]
) -> None:
    """Bulk updates, swaps under a unique index, rows deleted and made again: undo and redo agree with the dumps."""
    with new_desk() as desk:
        states = [dump(desk)]
        desk.do(Sql(tuple(_client_sql(n, words[n]) for n in range(3))))
        states.append(dump(desk))
        for _ in range(6):
            statements = [_random_statement(chance, words) for _ in range(chance.randint(1, 4))]
            desk.do(Sql((*statements, make_one_primary("contact"))))
            states.append(dump(desk))
        steps = len(desk.ask(history)) - 1
        distinct = [state for n, state in enumerate(states) if n == 0 or state != states[n - 1]]
        for _ in range(steps):
            desk.undo()
        assert dump(desk) == states[0]
        for _ in range(steps):
            desk.redo()
        assert dump(desk) == distinct[-1]


def _client_sql(number: int, name: str) -> str:
    quoted = name.replace("'", "''")
    return (
        "INSERT INTO client (name, name_key, first_name, last_name, company, tags, description, added_at, "
        f"added_by_hand, watermark, order_count) VALUES ('{quoted}', 'key {number}', '', '', '', '', '', "
        "'2026-11-21 14:42:00', 0, 0, 0)"
    )


def _random_statement(chance: random.Random, words: list[str]) -> str:
    word = chance.choice(words).replace("'", "''")
    who = chance.randint(1, 3)
    return chance.choice(
        [
            f"INSERT INTO note (client_id, kind, written_at, body) VALUES ({who}, '', '2026-01-01 00:00:00', '{word}')",
            f"UPDATE note SET body = body || '{word}', client_id = {who}",
            "DELETE FROM note WHERE id = (SELECT max(id) FROM note)",
            f"UPDATE client SET tags = '{word}' WHERE id <> {who}",
            f"INSERT INTO contact (client_id, name, email, email_key, phone, is_primary, email_status, email_consent, "
            f"text_consent) VALUES ({who}, '{word}', '', '', '', NOT EXISTS (SELECT 1 FROM contact WHERE client_id = "
            f"{who} AND is_primary), 'active', 'never_asked', 'never_asked')",
            f"UPDATE contact SET is_primary = 0 WHERE client_id = {who}",
            f"UPDATE contact SET is_primary = 1 WHERE id = (SELECT max(id) FROM contact WHERE client_id = {who} "
            f"AND NOT EXISTS (SELECT 1 FROM contact WHERE client_id = {who} AND is_primary))",
            "DELETE FROM contact",
            f"UPDATE client SET spending_power = NULLIF(coalesce(spending_power, 0) + {who}, 5)",
        ]
    )


def test_every_table_but_the_journal_has_its_triggers(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    guards = {"journal_consent_kept_U", "journal_consent_kept_D"}
    guards |= {f"{table}_has_primary_{op}" for table in ("contact", "location") for op in "IUD"}
    guards |= {f"gift_movement_covered_{op}" for op in "IUD"}
    noted = {f"search_{one.table}_{op}" for one in search.INDEXED if one is not search.ITEM for op in "IUD"}
    noted |= {f"search_item_of_{table}_{op}" for table in search.MENTIONS for op in "IUD"}
    assert names == guards | noted | {f"journal_{table.name}_{op}" for table in journaled_tables() for op in "IUD"}
