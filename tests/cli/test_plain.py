"""The desk without the screen: what a screen reader reads, and that its commands do what the keys do."""

import json
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from stylistdesk import cli
from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import CompleteFollowUp, SnoozeClient
from stylistdesk.desk import Desk
from stylistdesk.domain import errors
from stylistdesk.domain.types import SignalKind
from stylistdesk.queries.daily_tasks import queue_row
from tests.cli.test_terminal import HOSTILE
from tests.conftest import NOW
from tests.helpers import dump
from tests.ui.conftest import Did, fill

ANA = "Ana Ruiz"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(AddNote(1, "Coats before the holidays:\nlong, belted"))
        desk.do(SnoozeClient(5, NOW + timedelta(days=3)))
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A desk with five clients, the last one snoozed; closed."""
    return shutil.copytree(filled, tmp_path / "desk")


def stylistdesk(folder: Path, *arguments: str, code: int = 0) -> str:
    """What the program prints, or the refusal of this code."""
    told = CliRunner().invoke(cli.app, ["--data-dir", str(folder), "--at", NOW.isoformat(), *arguments])
    if isinstance(told.exception, errors.Refused):
        assert told.exception.exit_code == code, told.exception
        return str(told.exception)
    assert told.exit_code == code, told.output
    return told.output


def parsed(said: str) -> Any:
    return json.loads(said)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "desk.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def test_a_client_is_told_at_a_glance_in_words_alone(folder: Path) -> None:
    said = stylistdesk(folder, "show", "ana", "ruiz")
    lines = said.splitlines()
    assert lines[0] == "Ana Ruiz, client 1"
    for line in (
        "Spending power: 4 of 6",
        "Last contact: none yet",
        "Next: Answer her comment, by text, now. She commented two hours ago and has no answer yet. "
        "“Love the coat, is it in navy?”",
        "There was no follow-up yet. What she did since, the newest first:",
        "today 7:42, commented on, $42: “Love the coat, is it in navy?”",
        "today 6:42, hearted Cashmere coat, ink, $42",
        "today 9:42, Coats before the holidays: long, belted",
    ):
        assert line in lines, said
    assert any(line.startswith("Email: c1@example.com. She has not consented") for line in lines)
    assert any(line.startswith("Text: (212) 555-0101. She has not consented") for line in lines)
    drawn = {letter for letter in said if unicodedata.category(letter) in ("So", "Sk", "Cc", "Cf")} - {"\n"}
    assert not drawn, "a screen reader would spell them out"
    for whom in ("c1@example.com", "1"):
        assert stylistdesk(folder, "show", whom) == said
    assert "Next: nothing for now" in stylistdesk(folder, "show", "Emi Tanaka")


def test_what_is_long_is_cut_and_says_how_to_see_it_all(folder: Path) -> None:
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        for number in range(12):
            desk.do(AddNote(1, f"Note number {number}"))
            desk.do(Did(1, SignalKind.HEARTED, timedelta(hours=4 + number), item=f"Scarf {number}"))
    said = stylistdesk(folder, "show", ANA)
    assert "There are more: --limit 50 shows them." in said and "And 4 before these." in said
    assert "Note number 0" not in said
    everything = stylistdesk(folder, "show", ANA, "--limit", "50")
    assert "There are more" not in everything and "Note number 0" in everything and "Scarf 11" in everything


def test_why_names_every_term_and_every_suggestion(folder: Path) -> None:
    told = parsed(stylistdesk(folder, "why", ANA, "--json"))
    said = stylistdesk(folder, "why", ANA).splitlines()
    assert said[:2] == [ANA, f"Urgency: {told['score']:.1f}"]
    for term in told["terms"]:
        assert f"{term['name']}: {term['value']:+.1f}" in said
    assert sum(round(term["value"] * 100) for term in told["terms"]) == round(told["score"] * 100)
    assert [line.split(":")[0] for line in said[len(told["terms"]) + 2 :]] == ["Next", "Then"][
        : len(told["suggestions"])
    ]
    assert "not in the queue" in stylistdesk(folder, "why", "Emi Tanaka")
    assert parsed(stylistdesk(folder, "why", "5", "--json"))["score"] is None


WRITTEN = [
    (("done", ANA, "--note", "She loves it"), "follow_up",
     {"status": "completed", "outcome": "She loves it", "channel": "text", "rule": "answer_comment", "seen_through": 2},
     "Completed follow-up with Ana Ruiz."),
    (("done", "Emi", "Tanaka", "--channel", "in_person"), "follow_up",
     {"status": "completed", "channel": "in_person", "rule": ""}, "Completed follow-up with Emi Tanaka."),
    (("snooze", ANA, "in", "2", "weeks"), "snooze", {"until": "2026-12-05 14:00:00.000000", "mark": 2},
     "Snoozed Ana Ruiz until Sat 5 Dec."),
    (("snooze", "1", "mon 9:30"), "snooze", {"until": "2026-11-23 14:30:00.000000"},
     "Snoozed Ana Ruiz until Mon 23 Nov."),
    (("follow-up", ANA, "next", "fri", "--channel", "call", "--note", "The coat"), "follow_up",
     {"status": "scheduled", "due_on": "2026-11-27", "channel": "call", "reminder": "The coat"},
     "Scheduled a follow-up with Ana Ruiz for Fri 27 Nov."),
    (("follow-up", "c2@example.com", "3/14"), "follow_up", {"due_on": "2027-03-14", "client_id": 2},
     "Scheduled a follow-up with Bea Okafor for Sun 14 Mar 2027."),
    (("note", ANA, "likes", "navy"), "note", {"body": "likes navy", "author": "Robin"}, "Added a note about Ana Ruiz."),
    (("call", ANA, "Will think about it", "--outcome", "call back"), "message",
     {"channel": "call", "outcome": "call back", "body": "Will think about it", "direction": "out"},
     "Logged a call with Ana Ruiz."),
    (("call", ANA, "All well", "--done"), "follow_up", {"status": "completed", "channel": "call"},
     "Completed follow-up with Ana Ruiz."),
    (("task", ANA, "Press the coat", "tomorrow"), "task", {"description": "Press the coat", "due_on": "2026-11-22"},
     "Added the task “Press the coat” for Ana Ruiz."),
    (("task", ANA, "Press the hat"), "task", {"due_on": None}, "Added the task “Press the hat” for Ana Ruiz."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "table", "row", "label"), WRITTEN, ids=[" ".join(one[0]) for one in WRITTEN])
def test_each_command_writes_what_the_key_writes_and_is_undone(
    folder: Path, arguments: tuple[str, ...], table: str, row: dict[str, Any], label: str
) -> None:
    before = dump(folder / "desk.sqlite3")
    said = stylistdesk(folder, *arguments)
    assert said.splitlines()[0] == label
    written = rows(folder, table)[-1]
    assert {name: written[name] for name in row} == row
    assert label.removesuffix(".") in stylistdesk(folder, "history", "--limit", "1")
    stylistdesk(folder, "undo")
    assert dump(folder / "desk.sqlite3") == before


def test_done_moves_the_watermark_as_the_key_does(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "other")
    stylistdesk(folder, "done", ANA)
    with Desk.open(tmp_path / "other", clock=FrozenClock(NOW)) as desk:
        row = desk.ask(queue_row, 1)
        assert row is not None
        suggested = row.next
        desk.do(CompleteFollowUp(1, row.last_signal_id, suggested.rule, suggested.subject, suggested.channel))
    assert dump(folder / "desk.sqlite3") == dump(tmp_path / "other" / "desk.sqlite3")


def test_who_stays_in_the_queue_is_said(folder: Path) -> None:
    stylistdesk(folder, "task", ANA, "Press the coat", "today")
    stylistdesk(folder, "task", ANA, "Press the hat", "today")
    told = parsed(stylistdesk(folder, "done", ANA, "--json"))
    assert told["did"] == "Completed follow-up with Ana Ruiz" and told["id"] == 1 and told["changed"] is True
    assert told["next"]["action"].startswith("Press the")
    stylistdesk(folder, "undo")
    said = stylistdesk(folder, "done", ANA).splitlines()
    assert len(said) == 2 and said[1].startswith("Still to do for her: Press the") and "today" in said[1]
    assert stylistdesk(folder, "note", ANA, "hello").count("\n") == 1


def test_show_for_scripts(folder: Path) -> None:
    told = parsed(stylistdesk(folder, "show", ANA, "--json"))
    assert (told["client"], told["id"], told["spending_power"]) == (ANA, 1, 4)
    assert told["suggestions"][0]["action"] == "Answer her comment"
    assert told["suggestions"][0]["due"].endswith("-05:00")
    assert [one["kind"] for one in told["signals"]] == ["commented", "hearted"] and told["signal_count"] == 2
    assert told["signals"][0]["amount_cents"] == 4200 and told["signals"][0]["at"] == "2026-11-21T07:42:00-05:00"
    assert {one["address"]: one["may_be_written_to"] for one in told["addresses"]} == {
        "c1@example.com": False, "+12125550101": False,
    }  # fmt: skip
    assert told["notes"][0]["body"] == "Coats before the holidays:\nlong, belted"


REFUSED = [
    (("show", "Nobody"), errors.NoSuchClient, "No client answers to “Nobody”"),
    (("done", "Anna Ruiz"), errors.NoSuchClient, "Did you mean Ana Ruiz?"),
    (("why", "ruiz"), errors.NoSuchClient, "Did you mean Ana Ruiz?"),
    (("done", "Xyzzy Quux"), errors.NoSuchClient, "whole name"),
    (("show", "Cleo Marsh"), errors.SeveralClients, "Use an id: 3, 6."),
    (("snooze", ANA, "blursday"), errors.Refused, "Try: tomorrow 14:00"),
    (("snooze", ANA, "2020-01-01"), errors.Refused, "That time is past."),
    (("follow-up", ANA, "yesterday"), errors.Refused, "That day is past."),
    (("follow-up", ANA, "30 feb"), errors.Refused, "There is no 30 February"),
    (("note", ANA, ""), errors.Refused, "The note is empty."),
    (("task", ANA, " ", "fri"), errors.Refused, "The task is empty."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "kind", "says"), REFUSED, ids=[" ".join(one[0]) for one in REFUSED])
def test_what_is_refused_says_what_to_do_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], kind: type[errors.Refused], says: str
) -> None:
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        desk.do(AddClient(ClientForm("Cleo Marsh", email="other@example.com")))
    before = dump(folder / "desk.sqlite3")
    assert says in stylistdesk(folder, *arguments, code=kind.exit_code)
    assert dump(folder / "desk.sqlite3") == before
    assert len({errors.Refused.exit_code, errors.NoSuchClient.exit_code, errors.SeveralClients.exit_code}) == 3


@pytest.fixture
def open_desk(folder: Path) -> Iterator[Desk]:
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        yield desk


def test_while_the_desk_is_open_it_can_be_read_and_says_where_to_write(folder: Path, open_desk: Desk) -> None:
    before = dump(open_desk)
    assert "Next: Answer her comment" in stylistdesk(folder, "show", ANA)
    assert "Urgency" in stylistdesk(folder, "why", ANA)
    for arguments in {one[0][0]: one[0] for one in WRITTEN}.values():
        said = stylistdesk(folder, *arguments, code=errors.DeskInUse.exit_code)
        assert "open in another window" in said and "Do it there" in said
    assert dump(open_desk) == before


def test_hostile_text_is_told_as_harmless_words(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.sqlite3")) as connection:
        for table, column in (("client", "description"), ("client", "tags"), ("signal", "comment"), ("note", "body")):
            connection.execute(f"UPDATE {table} SET {column} = ? || char(10) || 'Next: a lie'", (HOSTILE,))
        connection.commit()
    for command in ("show", "why"):
        said = stylistdesk(folder, command, ANA)
        assert said.count("\nNext:") == 1, "no text passes for a fact of its own"
        for bad in ("\x1b", "\x07", "\x9b", "\x00", "\u202e"):
            assert bad not in said, (command, bad)
