"""What the open desk notices by itself: a consultation that is about to begin is said on every screen (R12)."""

from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.assignments import BookAssignment, SessionForm
from stylistdesk.commands.base import Together
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, at_the_desk


@pytest.fixture
def booked(folder: Path) -> Path:
    """Ana's consultation is at 10:30."""
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(BookAssignment(1, SessionForm(consultation_at=NOW + timedelta(minutes=48))))
    return folder


async def test_a_consultation_is_prompted_a_quarter_of_an_hour_before(booked: Path) -> None:
    async with at_the_desk(booked) as rep:
        await rep.sees("clients need you")
        assert "In Progress" not in rep.read()
        rep.desk.clock = FrozenClock(NOW + timedelta(minutes=33))
        await rep.sees("I Begin: Ana Ruiz’s consultation of 10:30")
        await rep.press("8")
        await rep.sees("5 clients", "I Begin: Ana Ruiz’s consultation of 10:30")
        await rep.press("I")
        await rep.until(lambda shown: "I Begin" not in shown, "no prompt")
        await rep.sees("u undoes it.")
        await rep.press("u")
        await rep.sees("I Begin: Ana Ruiz’s")


async def test_the_queue_says_what_comes_next_once_it_has_begun(booked: Path) -> None:
    async with at_the_desk(booked, now=NOW + timedelta(minutes=33)) as rep:
        await rep.sees("clients need you", "Start the consultation", "I Begin: Ana Ruiz")
        await rep.press("I")
        await rep.until(lambda shown: "Start the consultation" not in shown and "Deliver the lookbook" in shown)
        await rep.press("u")
        await rep.sees("Start the consultation")


async def test_it_is_not_prompted_before_its_time(booked: Path) -> None:
    async with at_the_desk(booked) as rep:
        await rep.sees("clients need you")
        await rep.press("I")
        await rep.sees("No consultation begins now.")


async def test_the_tabs_count_what_came_by_another_way(folder: Path) -> None:
    """An import, a merge: or the bar would say for a while that nothing waits."""
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("8")
        await rep.sees("5 clients", "3 Daily Tasks 5")
        rep.desk.do(Together([ScheduleFollowUp(5, Channel.TEXT, NOW.date()), DeleteClient(1)]))
        await rep.sees("3 Daily Tasks 4", "4 Follow-ups 1")


async def test_on_a_profile_and_over_a_filter_the_prompt_hides_nothing(booked: Path) -> None:
    """Or the header lost whether she may be written to, a quarter of an hour before her consultation."""
    async with at_the_desk(booked, (80, 24), now=NOW + timedelta(minutes=33)) as rep:
        await rep.sees("clients need you", "I Begin: Ana Ruiz’s consultation of 10:30")
        await rep.press("enter")
        await rep.sees("email and text no consent   c1@example.com", "I Begin: Ana Ruiz’s consultation of 10:30")
        await rep.press("escape", "ctrl+f", *"coat")
        await rep.sees("with “coat”", "I Begin: Ana Ruiz’s consultation of 10:30 is not In Progress")
