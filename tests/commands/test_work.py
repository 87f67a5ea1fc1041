"""Tasks, follow-ups, notes and stages: what a rep does with them, each taken back by one key."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.follow_ups import (
    EditFollowUp,
    RemoveFollowUp,
    RepeatFollowUp,
    ScheduleFollowUp,
    SnoozeFollowUp,
)
from stylistdesk.commands.notes import AddNote, EditNote, NoteForm, RemoveNote, SetStage
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.commands.work import (
    AddTask,
    CompleteTask,
    EditTask,
    RemoveTask,
    ReopenTask,
    TaskForm,
)
from stylistdesk.desk import Desk
from stylistdesk.domain.frequency import Frequency
from stylistdesk.domain.types import CallStatus, Channel, FollowUpStatus, SignalKind, Stage
from stylistdesk.queries.follow_ups import follow_ups_due
from stylistdesk.queries.notes import client_notes
from stylistdesk.queries.work import client_work
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client
from tests.ui.conftest import Did

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def test_a_task_is_added_changed_done_reopened_and_removed(desk: Desk, ana: int, done: Done) -> None:
    task = int(done(AddTask(ana, "  Send the\x1b[31m swatch ", FRIDAY, "Samples", "Mira")).value)
    shown = desk.ask(client_work, ana).tasks[0]
    assert (shown.description, shown.due_on, shown.category, shown.assignee) == (
        "Send the swatch", FRIDAY, "Samples", "Mira",
    )  # fmt: skip
    done(EditTask(task, TaskForm("Send two swatches", None, "", "")))
    shown = desk.ask(client_work, ana).tasks[0]
    assert (shown.description, shown.due_on, shown.assignee) == ("Send two swatches", None, "")
    done(CompleteTask(task))
    assert desk.ask(client_work, ana).tasks[0].done_at == NOW
    done(ReopenTask(task))
    assert desk.ask(client_work, ana).tasks[0].done_at is None
    done(RemoveTask(task))
    assert desk.ask(client_work, ana).tasks == ()
    with refused(desk):
        desk.do(CompleteTask(task))


def test_a_task_keeps_a_day_that_has_passed_but_takes_no_new_one(desk: Desk, ana: int, clock: FrozenClock) -> None:
    task = int(desk.do(AddTask(ana, "Send the swatch", FRIDAY)).value)
    clock.at = NOW + timedelta(days=20)
    desk.do(EditTask(task, TaskForm("Send the swatches", FRIDAY)))
    with refused(desk, "due_on"):
        desk.do(EditTask(task, TaskForm("Send the swatches", FRIDAY + timedelta(days=1))))
    with refused(desk, "description"):
        desk.do(EditTask(task, TaskForm(" ")))


def test_open_tasks_come_first_by_their_day(desk: Desk, ana: int) -> None:
    for words, due in (("some time", None), ("friday", FRIDAY), ("done", FRIDAY)):
        desk.do(AddTask(ana, words, due))
    desk.do(CompleteTask(3))
    assert [task.description for task in desk.ask(client_work, ana).tasks] == ["friday", "some time", "done"]


def test_a_follow_up_is_changed_and_removed_until_it_is_done(desk: Desk, ana: int, done: Done) -> None:
    done(ScheduleFollowUp(ana, Channel.TEXT, FRIDAY, "Ask about the coat"))
    first = desk.ask(client_work, ana).follow_ups[0]
    done(EditFollowUp(first.id, Channel.CALL, FRIDAY + timedelta(days=3), "Ask about the hem"))
    changed = desk.ask(client_work, ana).follow_ups[0]
    assert (changed.channel, changed.due_on, changed.words) == (Channel.CALL, date(2026, 11, 30), "Ask about the hem")
    for day in (None, date(2026, 11, 20)):
        with refused(desk, "due_on"):
            desk.do(EditFollowUp(first.id, Channel.CALL, day, ""))
    desk.do(CompleteFollowUp(ana, 0, subject=f"follow_up:{first.id}", outcome="It fits"))
    finished = desk.ask(client_work, ana).follow_ups[0]
    assert (finished.status, finished.words) == (FollowUpStatus.COMPLETED, "It fits")
    done(EditFollowUp(first.id, Channel.CALL, None, "It fits well"))
    assert desk.ask(client_work, ana).follow_ups[0].words == "It fits well"
    with refused(desk):
        desk.do(RemoveFollowUp(first.id))
    done(ScheduleFollowUp(ana, Channel.TEXT, FRIDAY))
    done(RemoveFollowUp(2))
    assert len(desk.ask(client_work, ana).follow_ups) == 1


def test_a_follow_up_that_repeats_counts_from_its_anchor(desk: Desk, ana: int, done: Done, clock: FrozenClock) -> None:
    """The 31st monthly is 28 Feb, then 31 Mar (R18); a snooze moves one of them, not the rest."""
    done(ScheduleFollowUp(ana, Channel.TEXT, date(2027, 1, 31), "How is the coat?", Frequency(1, "month")))
    done(SnoozeFollowUp(1, date(2027, 2, 3)))
    row = desk.ask(follow_ups_due).upcoming[0]
    assert (row.due_on, row.promised_on, row.repeat) == (date(2027, 2, 3), date(2027, 1, 31), Frequency(1, "month"))
    days = []
    for at in ("2027-02-03", "2027-02-28", "2027-03-31"):
        clock.at = datetime.fromisoformat(f"{at}T15:00:00+00:00")
        scheduled = desk.ask(follow_ups_due).today[0]
        outcome = done(CompleteFollowUp(ana, 0, subject=f"follow_up:{scheduled.id}", outcome="It is fine"))
        days.append(desk.ask(follow_ups_due).upcoming[0].due_on)
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert outcome.label == "Completed follow-up with Ana Ruiz; the next one is on Fri 30 Apr"
    done(RepeatFollowUp(desk.ask(follow_ups_due).upcoming[0].id, None))
    clock.at = datetime(2027, 4, 30, 15, tzinfo=UTC)
    done(CompleteFollowUp(ana, 0, subject=f"follow_up:{desk.ask(follow_ups_due).today[0].id}"))
    assert desk.ask(follow_ups_due).upcoming == ()


def test_a_snooze_goes_only_ahead_and_only_for_what_is_promised(desk: Desk, ana: int) -> None:
    desk.do(ScheduleFollowUp(ana, Channel.TEXT, FRIDAY))
    with refused(desk, "until"):
        desk.do(SnoozeFollowUp(1, NOW.date()))
    desk.do(CompleteFollowUp(ana, 0, subject="follow_up:1"))
    for command in (SnoozeFollowUp(1, FRIDAY), RepeatFollowUp(1, Frequency(2, "week"))):
        with refused(desk):
            desk.do(command)


def test_completing_a_follow_up_moves_the_watermark_and_undo_moves_it_back(desk: Desk, ana: int) -> None:
    """Or what she did would be shown as new for ever, or never (R4)."""
    desk.do(ScheduleFollowUp(ana, Channel.TEXT, NOW.date()))
    desk.do(Did(ana, SignalKind.HEARTED, timedelta(hours=1)))
    row = desk.ask(follow_ups_due).today[0]
    assert row.unseen == 1
    desk.do(CompleteFollowUp(ana, row.last_signal_id, subject=f"follow_up:{row.id}"))
    assert desk.ask(follow_ups_due).completed[0].unseen == 0
    desk.undo()
    assert desk.ask(follow_ups_due).today == (row,)


def test_a_note_has_its_author_time_season_and_call_status(desk: Desk, ana: int, done: Done) -> None:
    outcome = done(AddNote(ana, "Wants coats", "Call", "Fall", 2026, CallStatus.INTERESTED))
    assert outcome.label == "Added a note about Ana Ruiz; she is now interested"
    notes = desk.ask(client_notes, ana)
    assert notes.stage is Stage.INTERESTED
    note = notes.rows[0]
    assert (note.author, note.written_at, note.season, note.season_year) == ("Ola Berg", NOW, "Fall", 2026)
    done(EditNote(note.id, NoteForm("Wants two coats", "Call", "Holiday", None, CallStatus.ORDERED)))
    notes = desk.ask(client_notes, ana)
    assert (notes.stage, notes.rows[0].body, notes.rows[0].season) == (Stage.ACTIVE, "Wants two coats", "Holiday")
    done(RemoveNote(note.id))
    notes = desk.ask(client_notes, ana)
    assert notes.rows == () and notes.stage is Stage.ACTIVE


def test_undoing_a_note_takes_its_stage_back_too(desk: Desk, ana: int) -> None:
    desk.do(AddNote(ana, "", call_status=CallStatus.NOT_INTERESTED))
    assert desk.ask(client_notes, ana).stage is Stage.LOST
    desk.undo()
    assert desk.ask(client_notes, ana).stage is None


def test_changing_the_words_of_a_note_leaves_the_stage_alone(desk: Desk, ana: int) -> None:
    desk.do(AddNote(ana, "Not now", call_status=CallStatus.NOT_INTERESTED))
    desk.do(SetStage(ana, Stage.ACTIVE))
    desk.do(EditNote(1, NoteForm("Not this year", call_status=CallStatus.NOT_INTERESTED)))
    assert desk.ask(client_notes, ana).stage is Stage.ACTIVE


@pytest.mark.parametrize(("stage", "said"), [(Stage.DORMANT, "Ana Ruiz is now dormant"), (None, "not said")])
def test_a_stage_is_set_by_hand(desk: Desk, ana: int, done: Done, stage: Stage | None, said: str) -> None:
    desk.do(SetStage(ana, Stage.LEAD))
    assert said in done(SetStage(ana, stage)).label
    assert desk.ask(client_notes, ana).stage is stage


def test_an_empty_note_is_refused(desk: Desk, ana: int) -> None:
    with refused(desk, "body"):
        desk.do(AddNote(ana, " \n "))
