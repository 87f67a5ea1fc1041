"""What R10 to R15 say of an assignment: its type, its status, its deadline, what is late, and whether all still fit."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.assignments import (
    Relative,
    Times,
    check_move,
    check_type,
    crosses_midnight,
    deadline,
    is_late_change,
    is_owed,
    late_flags,
    next_revision,
    started_on_time,
    type_for,
)
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.feasibility import Job, first_late
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, DeadlineAnchor
from stylistdesk.domain.working_hours import Span
from tests.domain.making import ZONE, local

S, T = AssignmentStatus, AssignmentType
HOUR, MINUTE, NONE = timedelta(hours=1), timedelta(minutes=1), timedelta()


@pytest.mark.parametrize(
    ("kind", "delivered", "parent", "reason", "field"),
    [
        (T.INITIAL, False, None, "", None),
        (T.RECURRING, True, None, "", None),
        (T.RECURRING, False, None, "", "reason"),  # she has not had a lookbook
        (T.INITIAL, True, None, " ", "reason"),  # she has had one
        (T.INITIAL, True, None, "She moved house and wants to begin anew", None),
        (T.REVISION, True, True, "", None),
        (T.REVISION, True, False, "any reason", "type"),  # what it revises was not delivered
        (T.REVISION, True, None, "", "type"),
    ],
)
def test_a_type_that_is_not_hers_asks_for_a_reason(
    kind: T, delivered: bool, parent: bool | None, reason: str, field: str | None
) -> None:
    assert type_for(delivered=delivered) is (T.RECURRING if delivered else T.INITIAL)
    try:
        check_type(kind, delivered=delivered, parent_delivered=parent, reason=reason)
    except Refused as no:
        assert no.field == field
    else:
        assert field is None


def test_a_revision_of_revision_1_is_revision_2() -> None:
    family = [Relative(1), Relative(2, parent_id=1, number=1), Relative(7), Relative(8, parent_id=7, number=4)]
    assert next_revision(2, family) == 2
    assert next_revision(1, family) == 2  # the root was revised once already
    assert next_revision(8, family) == 5
    assert next_revision(3, [Relative(3, parent_id=9)]) == 1  # whom it revises is gone


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_revisions_of_one_root_are_numbered_without_a_gap(parents: list[int]) -> None:
    family = [Relative(0)]
    for number, parent in enumerate(parents, 1):
        which = family[parent % len(family)]
        family.append(Relative(number, which.id, next_revision(which.id, family)))
    assert [one.number for one in family[1:]] == list(range(1, len(parents) + 1))


ALLOWED = {
    (S.SCHEDULED, S.IN_PROGRESS), (S.SCHEDULED, S.DELIVERED), (S.SCHEDULED, S.CLOSED), (S.SCHEDULED, S.CANCELLED),
    (S.SCHEDULED, S.NO_SHOW), (S.IN_PROGRESS, S.DELIVERED), (S.IN_PROGRESS, S.CLOSED), (S.IN_PROGRESS, S.CANCELLED),
    (S.IN_PROGRESS, S.NO_SHOW), (S.DELIVERED, S.CLOSED),
}  # fmt: skip


def test_a_status_moves_only_forward_and_ends_where_r12_says() -> None:
    may = set()
    for status, to in product(S, S):
        try:
            check_move(status, to)
        except Refused:
            continue
        may.add((status, to))
    assert may == ALLOWED
    check_move(S.CANCELLED, S.DELIVERED, owed=True)
    with pytest.raises(Refused):
        check_move(S.CANCELLED, S.IN_PROGRESS, owed=True)


def test_the_deadline_is_the_end_of_the_day_of_the_start_or_of_the_end() -> None:
    starts, ends = local(20, 23, 30), local(21, 0, 30)
    assert deadline(starts, ends, DeadlineAnchor.START, HOUR, ZONE) == local(21) - timedelta(seconds=1)
    assert deadline(starts, ends, DeadlineAnchor.END, HOUR, ZONE) == local(22) - timedelta(seconds=1)
    assert deadline(starts, None, DeadlineAnchor.END, HOUR, ZONE) == local(22) - timedelta(seconds=1)
    assert deadline(starts, None, DeadlineAnchor.END, 10 * MINUTE, ZONE) == local(21) - timedelta(seconds=1)


def test_it_crosses_midnight_only_if_it_goes_on_after_it() -> None:
    assert crosses_midnight(local(20, 23, 30), local(21, 0, 1), HOUR, ZONE)
    assert not crosses_midnight(local(20, 23), local(21), HOUR, ZONE)
    assert crosses_midnight(local(20, 23, 1), None, HOUR, ZONE)
    assert not crosses_midnight(local(20, 0), local(20, 1), HOUR, ZONE)


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.integers(1, 600),
    st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "UTC"]),
)
def test_a_deadline_is_never_before_its_anchor_nor_on_another_day(since: int, minutes: int, name: str) -> None:
    zone, starts = ZoneInfo(name), datetime(2026, 1, 1, tzinfo=UTC) + since * MINUTE
    ends = starts + minutes * MINUTE
    for anchor, at in ((DeadlineAnchor.START, starts), (DeadlineAnchor.END, ends)):
        due = deadline(starts, ends, anchor, HOUR, zone)
        assert due.astimezone(zone).date() == at.astimezone(zone).date()
        assert due > at - timedelta(seconds=1)
        assert (due + timedelta(seconds=1)).astimezone(zone).date() > at.astimezone(zone).date()


@pytest.mark.parametrize(
    ("sent", "grace", "on_time"),
    [
        ([], 0, False),
        ([0], 0, True),  # at the start
        ([1], 0, False),
        ([5], 5, True),
        ([6], 5, False),
        ([-60], 0, True),  # an hour before it is its beginning
        ([-61], 0, False),  # one before that is about something else
        ([-61, 3], 0, False),
        ([20, -10], 0, True),
    ],
)
def test_a_consultation_starts_with_the_first_message_to_her(sent: list[int], grace: int, on_time: bool) -> None:
    at = local(20, 10)
    assert started_on_time(at, [at + minutes * MINUTE for minutes in sent], grace * MINUTE) is on_time


AT, REVIEW, DUE = local(20, 10), local(20, 15), local(21) - timedelta(seconds=1)
ON_TIME = {"started_at": AT - 5 * MINUTE, "first_contact_at": AT - 2 * MINUTE}


@pytest.mark.parametrize(
    ("status", "now", "known", "flags"),
    [
        (S.SCHEDULED, AT - MINUTE, {}, ()),
        (S.SCHEDULED, AT + MINUTE, {}, ("not begun", "consultation late")),
        (S.IN_PROGRESS, AT + MINUTE, ON_TIME, ()),
        (S.IN_PROGRESS, AT + MINUTE, ON_TIME | {"started_at": AT + MINUTE}, ("begun late",)),
        (S.IN_PROGRESS, AT + 9 * MINUTE, ON_TIME | {"first_contact_at": AT + 8 * MINUTE}, ("consultation late",)),
        (S.IN_PROGRESS, REVIEW + MINUTE, ON_TIME, ("look review passed",)),
        (S.IN_PROGRESS, DUE + MINUTE, ON_TIME, ("lookbook late",)),
        (S.DELIVERED, REVIEW + HOUR, ON_TIME | {"delivered_at": REVIEW}, ()),
        (S.DELIVERED, DUE + HOUR, ON_TIME | {"delivered_at": REVIEW}, ("not closed",)),
        (S.CLOSED, DUE + HOUR, ON_TIME | {"delivered_at": DUE + MINUTE}, ("delivered late",)),
        (S.CLOSED, DUE + HOUR, {"delivered_at": REVIEW}, ()),  # an import does not know how it began
        (S.NO_SHOW, DUE + HOUR, {}, ()),
        (S.CANCELLED, DUE + HOUR, {"cancelled_at": AT - HOUR}, ()),
    ],
)  # fmt: skip
def test_what_is_late_is_said_in_words(
    status: S, now: datetime, known: dict[str, datetime], flags: tuple[str, ...]
) -> None:
    assert late_flags(Times(status, AT, REVIEW, DUE, **known), now) == flags


def test_grace_lets_a_consultation_begin_a_little_late() -> None:
    one = Times(S.IN_PROGRESS, AT, None, DUE, started_at=AT, first_contact_at=AT + 4 * MINUTE)
    assert late_flags(one, AT + HOUR) == ("consultation late",)
    assert late_flags(one, AT + HOUR, grace=5 * MINUTE) == ()


def test_a_session_cancelled_within_48_hours_still_owes_its_lookbook() -> None:
    within = timedelta(hours=48)
    assert is_late_change(AT, DUE, AT - within + MINUTE, within)
    assert not is_late_change(AT, DUE, AT - within, within)
    assert not is_late_change(AT, DUE, DUE + MINUTE, within)  # its day is over
    assert is_owed(S.CANCELLED, AT, DUE, AT - HOUR, None, within)
    assert not is_owed(S.CANCELLED, AT, DUE, AT - 3 * within, None, within)
    assert not is_owed(S.CANCELLED, AT, DUE, DUE + MINUTE, None, within)
    assert not is_owed(S.CANCELLED, AT, DUE, AT - HOUR, DUE, within)
    assert not is_owed(S.NO_SHOW, AT, DUE, AT + HOUR, None, within)
    owed = Times(S.CANCELLED, AT, REVIEW, DUE, cancelled_at=AT - HOUR)
    assert late_flags(owed, DUE + MINUTE, owed=True) == ("lookbook late",)


# ------------------------------------------------------------------ does it fit


def spans(*hours: tuple[float, float]) -> list[Span]:
    return [(AT + starts * HOUR, AT + ends * HOUR) for starts, ends in hours]


def job(number: int, release: float, effort: float, due: float) -> Job:
    return Job(number, AT + release * HOUR, effort * HOUR, AT + due * HOUR)


def test_a_lookbook_with_an_earlier_deadline_goes_first_and_the_other_is_taken_up_again() -> None:
    jobs = [job(1, 0, 3, 8), job(2, 1, 1, 2)]
    assert first_late(jobs, spans((0, 4))) is None
    late = first_late(jobs, spans((0, 3.5)))
    assert late is not None
    assert (late.job.id, late.short) == (1, HOUR / 2)


def test_the_first_that_would_be_late_is_named_not_all_that_follow() -> None:
    late = first_late([job(1, 0, 2, 3), job(2, 0, 2, 3), job(3, 0, 2, 9)], spans((0, 9)))
    assert late is not None
    assert (late.job.id, late.short) == (2, HOUR)


def test_with_no_working_time_the_whole_lookbook_is_short() -> None:
    late = first_late([job(1, 0, 2, 3)], [])
    assert late is not None
    assert late.short == 2 * HOUR


SMALL = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3), st.integers(1, 6)), max_size=6)
FREE = st.sets(st.integers(0, 13))


@given(SMALL, FREE)
def test_all_fit_exactly_if_every_window_has_room_for_what_must_be_done_in_it(
    drawn: list[tuple[int, int, int]], free: set[int]
) -> None:
    """Hall's condition over whole hours, counted out, is another way to say that there is a plan."""
    jobs = [(release, effort, release + window) for release, effort, window in drawn]
    fits = all(
        sum(effort for release, effort, due in jobs if since <= release and due <= until)
        <= len([hour for hour in free if since <= hour < until])
        for since in range(15)
        for until in range(since + 1, 16)
    )
    asked = [job(number, *one) for number, one in enumerate(jobs)]
    assert (first_late(asked, spans(*((hour, hour + 1) for hour in sorted(free)))) is None) is fits


@given(SMALL, FREE)
def test_no_plan_gets_the_first_late_one_done_along_with_those_due_before_it(
    drawn: list[tuple[int, int, int]], free: set[int]
) -> None:
    jobs = [job(n, release, effort, release + window) for n, (release, effort, window) in enumerate(drawn)]
    hours = spans(*((hour, hour + 1) for hour in sorted(free)))
    late = first_late(jobs, hours)
    if late is not None:
        order = sorted(jobs, key=lambda one: (one.deadline, one.release, one.id))
        before = order[: order.index(late.job)]
        assert first_late(before, hours) is None
        assert first_late([*before, late.job], hours) is not None
        assert timedelta() < late.short <= late.job.effort
