"""Hours are filled in and painted, each by one step that one key takes back (R17)."""

from datetime import date, timedelta

import pytest

from stylistdesk.commands.availability import (
    ClearDays,
    CopyWeek,
    DaysOff,
    PaintHours,
    SetHours,
    SetWeek,
    TurnDays,
)
from stylistdesk.desk import Desk
from stylistdesk.domain.working_hours import Hours
from stylistdesk.queries.working_hours import working_hours
from tests.commands.undone import Done, refused

MONDAY = date(2026, 11, 23)
SATURDAY = MONDAY + timedelta(days=5)
NINE_TO_FIVE: Hours = ((540, 1020),)
WEEK = SetWeek({**dict.fromkeys(range(5), NINE_TO_FIVE), 5: ((600, 840),), 6: None})


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def hours(desk: Desk, day: date) -> Hours:
    return desk.ask(working_hours).hours(day)


def differing(desk: Desk) -> list[date]:
    """The dates that do not have their weekly hours."""
    return sorted(desk.ask(working_hours).dates)


def test_a_week_is_filled_in_at_once_and_a_part_of_it_later(desk: Desk, done: Done) -> None:
    done(WEEK)
    assert (hours(desk, MONDAY), hours(desk, SATURDAY)) == (NINE_TO_FIVE, ((600, 840),))
    assert not desk.ask(working_hours).is_filled(SATURDAY + timedelta(days=1))
    done(SetWeek({0: ((540, 720), (780, 1020)), 5: (), 6: None}))
    assert (hours(desk, MONDAY), hours(desk, SATURDAY)) == (((540, 720), (780, 1020)), ())
    assert not done(SetWeek({0: ((540, 720), (720, 720), (780, 1020))})).changed


def test_a_date_differs_and_goes_back(desk: Desk, done: Done) -> None:
    done(WEEK)
    done(SetHours(((600, 720),), day=MONDAY))
    off = done(DaysOff([SATURDAY, MONDAY + timedelta(days=1)]))
    assert off.label == "Two days: off"
    assert (hours(desk, MONDAY), hours(desk, SATURDAY)) == (((600, 720),), ())
    assert hours(desk, MONDAY + timedelta(days=7)) == NINE_TO_FIVE
    done(ClearDays([MONDAY, SATURDAY]))
    assert (hours(desk, MONDAY), hours(desk, SATURDAY)) == (NINE_TO_FIVE, ((600, 840),))
    assert differing(desk) == [MONDAY + timedelta(days=1)]


def test_whole_days_are_turned_off_and_on_again(desk: Desk, done: Done) -> None:
    """A day that no week has hours for gets the usual ones."""
    done(WEEK)
    sunday = SATURDAY + timedelta(days=1)
    done(TurnDays([SATURDAY, sunday]))
    assert (hours(desk, SATURDAY), hours(desk, sunday)) == ((), ())
    done(TurnDays([SATURDAY, sunday]))
    assert (hours(desk, SATURDAY), hours(desk, sunday)) == (((600, 840),), NINE_TO_FIVE)
    assert differing(desk) == [sunday]


def test_a_span_is_painted_over_several_days_as_one_step(desk: Desk, done: Done) -> None:
    done(WEEK)
    tuesday = MONDAY + timedelta(days=1)
    done(PaintHours([MONDAY, tuesday], 720, 780, works=False))
    assert hours(desk, MONDAY) == hours(desk, tuesday) == ((540, 720), (780, 1020))
    assert done(PaintHours([MONDAY], 720, 780, works=True)).label == "Mon 23 Nov, 12:00 to 13:00: you work"
    assert hours(desk, MONDAY) == NINE_TO_FIVE
    assert differing(desk) == [tuesday]  # Monday is as in every week again
    desk.undo()
    assert hours(desk, MONDAY) == ((540, 720), (780, 1020))


def test_painting_before_a_week_was_filled_in_begins_with_the_usual_hours(desk: Desk, done: Done) -> None:
    done(PaintHours([MONDAY], 1020, 1080, works=True))
    assert hours(desk, MONDAY) == ((540, 1080),)
    assert hours(desk, MONDAY + timedelta(days=1)) == NINE_TO_FIVE


def test_a_week_is_copied(desk: Desk, done: Done) -> None:
    done(WEEK)
    done(PaintHours([MONDAY], 1020, 1080, works=True))
    done(DaysOff([SATURDAY + timedelta(days=7)]))
    done(CopyWeek(MONDAY, MONDAY + timedelta(days=7)))
    assert hours(desk, MONDAY + timedelta(days=7)) == ((540, 1080),)
    assert hours(desk, SATURDAY + timedelta(days=7)) == ((600, 840),)
    assert differing(desk) == [MONDAY, MONDAY + timedelta(days=7)]


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    for command in (
        SetWeek({7: ()}),
        SetWeek({0: ((0, 1441),)}),
        SetHours(()),
        SetHours((), weekday=1, day=MONDAY),
        PaintHours([MONDAY], 600, 600, works=True),
        PaintHours([MONDAY], 600, 1500, works=True),
        PaintHours([], 600, 660, works=True),
        DaysOff([date(1, 1, 1)]),
    ):
        with refused(desk):
            desk.do(command)
