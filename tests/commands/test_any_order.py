"""Whatever a rep does with one client's work in whatever order, undo takes all of it back, and redo does it again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stylistdesk.commands import appointments, cadences, follow_ups, lookbooks, notes, quizzes, work
from stylistdesk.commands.base import Command
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import Frequency
from stylistdesk.domain.types import CallStatus, Channel, Stage
from tests.helpers import add_client, dump
from tests.torture import times

ID = st.integers(1, 3)
TEXT = st.sampled_from(["", "coat", "[/] \x1b[31mred", "Ö ♥"])
DAY = st.dates(date(2026, 11, 1), date(2027, 3, 1))
AT = st.datetimes(datetime(2026, 10, 30), datetime(2027, 3, 20)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
POWER = st.none() | st.integers(0, 7)
ANSWERS = st.lists(st.tuples(TEXT, st.sampled_from(["", "monthly", "M"])), max_size=3).map(
    lambda some: (*some, ("How often would you like new looks?", "Every 6 weeks"))
)
QUIZ = st.builds(quizzes.QuizForm, AT, POWER, ANSWERS)
NOTE = st.builds(notes.NoteForm, TEXT, TEXT, TEXT, st.none() | st.just(2026), st.none() | st.sampled_from(CallStatus))
REPEAT = st.none() | st.builds(Frequency, st.integers(1, 6), st.sampled_from(("week", "month")))
TASK = st.builds(work.TaskForm, TEXT, st.none() | DAY, TEXT, TEXT)
ITEM = st.builds(lookbooks.ItemForm, TEXT, st.sampled_from(["", "1", "2"]), TEXT, st.none() | st.integers(-1, 9_900))
MEETING = st.builds(
    lambda kind, at, minutes: appointments.AppointmentForm(kind, at, at + timedelta(minutes=minutes)),
    TEXT, AT, st.integers(-10, 900),
)  # fmt: skip
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(work.AddTask, st.just(1), TEXT, st.none() | DAY),
    st.builds(work.EditTask, ID, TASK),
    st.builds(work.CompleteTask, ID),
    st.builds(work.ReopenTask, ID),
    st.builds(work.RemoveTask, ID),
    st.builds(follow_ups.ScheduleFollowUp, st.just(1), st.sampled_from(Channel), DAY, TEXT, REPEAT),
    st.builds(follow_ups.EditFollowUp, ID, st.sampled_from(Channel), DAY, TEXT),
    st.builds(follow_ups.RepeatFollowUp, ID, REPEAT),
    st.builds(follow_ups.SnoozeFollowUp, ID, DAY),
    st.builds(follow_ups.RemoveFollowUp, ID),
    st.builds(notes.AddNote, st.just(1), TEXT, call_status=st.none() | st.sampled_from(CallStatus)),
    st.builds(notes.EditNote, ID, NOTE),
    st.builds(notes.RemoveNote, ID),
    st.builds(notes.SetStage, st.just(1), st.none() | st.sampled_from(Stage)),
    st.builds(quizzes.AddQuiz, st.just(1), QUIZ),
    st.builds(quizzes.EditQuiz, ID, QUIZ),
    st.builds(quizzes.RemoveQuiz, ID),
    st.builds(cadences.SetCadence, st.just(1), st.integers(0, 8), st.sampled_from(["week", "month"]), DAY),
    st.builds(cadences.PauseCadence, st.just(1)),
    st.builds(cadences.ResumeCadence, st.just(1)),
    st.builds(cadences.LeaveCadence, st.just(1)),
    st.builds(appointments.AddAppointment, st.just(1), MEETING),
    st.builds(appointments.EditAppointment, ID, MEETING),
    st.builds(appointments.ConfirmAppointment, ID, st.booleans()),
    st.builds(appointments.CancelAppointment, ID, st.booleans()),
    st.builds(appointments.RemoveAppointment, ID),
    st.builds(lookbooks.AddLookbook, st.just(1), TEXT),
    st.builds(lookbooks.EditLookbook, ID, TEXT, st.none() | AT),
    st.builds(lookbooks.MarkDelivered, ID, st.booleans()),
    st.builds(lookbooks.RemoveLookbook, ID),
    st.builds(lookbooks.AddItem, ID, ITEM),
    st.builds(lookbooks.EditItem, ID, ITEM),
    st.builds(lookbooks.MoveItem, ID, st.sampled_from([-1, 1])),
    st.builds(lookbooks.RemoveItem, ID),
)


@settings(max_examples=times(16))
@given(st.lists(COMMANDS, min_size=3, max_size=25))
def test_all_of_it_is_taken_back_and_done_again(new_desk: Callable[[], Desk], commands: list[Command]) -> None:
    with new_desk() as desk:
        add_client(desk)
        start, done = dump(desk), 0
        for command in commands:
            before = dump(desk)
            try:
                done += desk.do(command).changed
            except Refused:
                assert dump(desk) == before
        end = dump(desk)
        for _ in range(done):
            desk.undo()
        assert dump(desk) == start
        for _ in range(done):
            desk.redo()
        assert dump(desk) == end
