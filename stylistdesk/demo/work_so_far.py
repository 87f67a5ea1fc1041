"""The rep's work beside the queue: tasks, notes of calls, appointments, a lookbook, a quiz, a paused cadence."""

from datetime import timedelta

from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.base import Command, Together
from stylistdesk.commands.cadences import PauseCadence
from stylistdesk.commands.lookbooks import AddItem, EditLookbook, ItemForm
from stylistdesk.commands.notes import AddNote, SetStage
from stylistdesk.commands.quizzes import AddQuiz, QuizForm
from stylistdesk.commands.work import AddTask, CompleteTask
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.domain.types import CallStatus, Stage

ANA, NADIA = "ana.ruiz@example.com", "nadia.petrova@example.com"


def _task(clock: str, due: int, description: str, category: str, assignee: str = "") -> Step:
    return Step(
        -4, clock, ANA, lambda known, on: AddTask(known.client_id, description, on.day(due), category, assignee)
    )


def _call(day: int, clock: str, client: str, kind: str, body: str, call: CallStatus, season: str = "") -> Step:
    """A note of a call, filed under a season of the year if one is named."""

    def command(known: Known, on: Calendar) -> Command:
        return AddNote(known.client_id, body, kind, season, on.day(0).year if season else None, call)

    return Step(day, clock, client, command)


def _met(client: str, day: int, at: str, minutes: int, kind: str, season: str, note: str = "") -> Step:
    """An appointment entered this morning, filed under a season of its year."""

    def command(known: Known, on: Calendar) -> Command:
        starts_at = on.at(day, at)
        ends_at = starts_at + timedelta(minutes=minutes)
        form = AppointmentForm(kind, starts_at, ends_at, season, on.day(day).year if season else None, note=note)
        return AddAppointment(known.client_id, form)

    return Step(0, "", client, command)


def _filled(client: str, title: str, items: tuple[ItemForm, ...]) -> Step:
    """The lookbook that was delivered last gets the title that the platform shows her, and its items."""

    def command(known: Known, on: Calendar) -> Command:
        renamed = EditLookbook(known.lookbook_id, title, on.at(*DELIVERED))
        return Together([renamed, *(AddItem(known.lookbook_id, item) for item in items)], f"Filled “{title}”")

    return Step(0, "", client, command)


DELIVERED = (-40, "15:00")
"""When Ana's second lookbook was delivered, as HQ's file has it."""

_LOOKS = "https://looks.example.com/items/"
FALL_LOOKS: tuple[ItemForm, ...] = (
    ItemForm("Cashmere coat, ink", "Dinner downtown", "Alder & Wick", 42_000, "USD", f"{_LOOKS}aw-101"),
    ItemForm("Silk shirt, bone", "Dinner downtown", "Maison Orme", 14_000, "USD", f"{_LOOKS}mo-201"),
    ItemForm("Wide trousers, navy", "Dinner downtown", "Alder & Wick", 18_000, "USD", f"{_LOOKS}aw-111"),
    ItemForm("Ankle boot, black", "Dinner downtown", "Tallow Street", 16_000, "USD", f"{_LOOKS}ts-402"),
    ItemForm("Wide trousers, oat", "Office, Tuesday", "Alder & Wick", 18_000, "USD", f"{_LOOKS}aw-110"),
    ItemForm("Merino turtleneck, camel", "Office, Tuesday", "Northmoor", 13_200, "USD", f"{_LOOKS}nm-301"),
    ItemForm("Ankle boot, tan", "Office, Tuesday", "Tallow Street", 16_000, "USD", f"{_LOOKS}ts-401"),
)
FIRST_QUIZ = (
    ("How often would you like new looks?", "Only when I ask"),
    ("What are you dressing for?", "Office every day"),
    ("Which colors do you reach for?", "Black, black, ink"),
    ("What should we never send you?", "Neon, cropped tops"),
    ("Your sizes (top, bottom, shoe)", "M, 8, 38"),
)


def _first_quiz(known: Known, on: Calendar) -> Command:
    return AddQuiz(known.client_id, QuizForm(on.at(-250, "19:10"), 3, FIRST_QUIZ))


WORK_OF_THE_WEEK: tuple[Step, ...] = (
    _task("08:20", 0, "Fetch her trousers from the tailor", "Alterations", "Mira Sandoval"),
    Step(-4, "08:30", ANA, lambda known, _: CompleteTask(known.task_id)),
    _call(-4, "08:41", ANA, "Wardrobe", "Coats before the holidays: long, belted, no fur.", CallStatus.TALKED, "Fall"),
    _task("08:42", 20, "Hold the ink coat in 8 and in 10", "Samples", "Mira Sandoval"),
    _task("08:44", 24, "Wrap something small for her birthday", "Gift"),
    _call(-2, "15:42", "odette.barlow@example.com", "Move", "Moves in January; ring her when she has a closet.",
          CallStatus.NOT_NOW),
    _call(-1, "10:07", NADIA, "Market", "Comes to market week; wants the cuffs first.", CallStatus.APPOINTMENT_MADE,
          "Holiday"),
)  # fmt: skip
"""Played among the steps of the week, in order of time."""

WORK_OF_THIS_MORNING: tuple[Step, ...] = (
    _filled(ANA, "Fall looks 2", FALL_LOOKS),
    Step(0, "", ANA, _first_quiz),
    Step(0, "", ANA, lambda known, _: SetStage(known.client_id, Stage.ACTIVE)),
    _met(ANA, -370, "12:30", 45, "Meeting", "Holiday", "Came by at lunch, left with two cards."),
    _met(ANA, -252, "12:00", 60, "Fitting", "Spring", "Blazer: sleeves 2 cm shorter."),
    _met(ANA, -163, "17:30", 30, "Fitting", "Summer"),
    _met(NADIA, 61, "10:00", 90, "Market", "Spring", "Cuffs first, then the knits."),
    Step(0, "", "anais.lefevre@example.com", lambda known, _: PauseCadence(known.client_id)),
)
"""Played last, at the present instant."""
