"""HQ's assignments, with the appointments and lookbooks that hang on them."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from stylistdesk.db.tables import Appointment, Assignment, Lookbook
from tests.helpers import add_client

HEADER = (
    "external_id,client_email,client_phone,client_name,type,consultation_at,look_review_at,status,hq_notes,"
    "parent_external_id\n"
)


def _row(number: str, **said: str) -> str:
    row = {
        "external_id": number, "client_email": "ana@example.com", "client_phone": "", "client_name": "Ana Ruiz",
        "type": "initial", "consultation_at": "2026-11-24T10:00:00-05:00",
        "look_review_at": "2026-11-24T16:00:00-05:00", "status": "Scheduled", "hq_notes": "", "parent_external_id": "",
    }  # fmt: skip
    return ",".join((row | said).values()) + "\n"


def test_an_assignment_brings_its_appointments(bench: Any) -> None:
    """The consultation would be missing from her day."""
    report = bench.take(HEADER + _row("HQ-1", type="Head to Toe", hq_notes="Prefers text"))
    assert report.created == {"client": 1, "contact": 1, "assignment": 1, "appointment": 2}
    (assignment,) = bench.all(Assignment)
    assert (assignment.type, assignment.status, assignment.hq_notes) == ("initial", "scheduled", "Prefers text")
    assert [(a.kind, a.starts_at) for a in bench.all(Appointment)] == [
        ("Consultation", datetime(2026, 11, 24, 15, tzinfo=UTC)),
        ("Look review", datetime(2026, 11, 24, 21, tzinfo=UTC)),
    ]


def test_the_appointments_follow_the_assignment(bench: Any) -> None:
    """She would wait at the old time, or for a session that was called off."""
    bench.take(HEADER + _row("HQ-1"))
    with bench.desk._database.write() as session:
        session.connection().exec_driver_sql("UPDATE appointment SET confirmed_at = '2026-11-20 10:00:00.000000'")
    moved = HEADER + _row("HQ-1", consultation_at="2026-11-25T10:00:00-05:00")
    assert bench.take(moved).updated == {"assignment": 1, "appointment": 1}
    consultation, review = bench.all(Appointment)
    assert (consultation.starts_at.day, consultation.confirmed_at, review.confirmed_at is None) == (25, None, False)
    bench.take(moved.replace("Scheduled", "Cancelled"))
    assert all(appointment.cancelled_at for appointment in bench.all(Appointment))
    bench.take(HEADER + _row("HQ-1", consultation_at="2026-11-26T10:00:00-05:00"))
    assert [bench.all(Assignment)[0].status, bench.all(Appointment)[0].cancelled_at] == ["scheduled", None]


def test_a_delivered_assignment_has_its_lookbook(bench: Any) -> None:
    """R10: her next session would be called her first again."""
    bench.take(
        HEADER + _row("HQ-1", consultation_at="2026-11-10T10:00:00-05:00", look_review_at="", status="delivered")
    )
    (assignment,), (lookbook,) = bench.all(Assignment), bench.all(Lookbook)
    assert assignment.delivered_at == lookbook.delivered_at == datetime(2026, 11, 10, 15, tzinfo=UTC)
    assert (lookbook.title, lookbook.assignment_id) == ("Initial Looks, 10 November 2026", assignment.id)


def test_the_same_file_again_changes_nothing_and_takes_nothing_back(bench: Any) -> None:
    """An old file would set a delivered job back to Scheduled, and wipe the rep's own notes."""
    rows = HEADER + _row("HQ-1") + _row("HQ-2", status="closed", consultation_at="2026-11-10T10:00:00-05:00")
    bench.take(rows)
    assert bench.outcome(rows).label == "Nothing new in file.csv"
    with bench.desk._database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE assignment SET status = 'delivered', rep_notes = 'mine', "
            "delivered_at = '2026-11-20 10:00:00.000000'"
        )
    assert bench.take(rows).updated == {"assignment": 1}  # HQ-2 is closed, as HQ says
    found = {a.external_id: (a.status, a.rep_notes) for a in bench.all(Assignment)}
    assert found == {"HQ-1": ("delivered", "mine"), "HQ-2": ("closed", "mine")}


DELIVERED = {"consultation_at": "2026-10-01T10:00:00-04:00", "look_review_at": "", "status": "closed"}
FAMILY = (
    _row("HQ-1", **DELIVERED),
    _row("HQ-2", type="revision", parent_external_id="HQ-1", **DELIVERED),
    _row("HQ-3", type="revision", parent_external_id="HQ-2"),
)


@pytest.mark.parametrize("rows", list(permutations(FAMILY)))
def test_revisions_are_numbered_from_the_root_in_any_order(bench: Any, rows: tuple[str, ...]) -> None:
    """R10: a revision of revision 1 would be called revision 1 again."""
    report = bench.take(HEADER + "".join(rows))
    assert report.refused == ()
    found = {a.external_id: a for a in bench.all(Assignment)}
    assert [found[f"HQ-{n}"].revision_number for n in (1, 2, 3)] == [None, 1, 2]
    assert [found["HQ-2"].parent_id, found["HQ-3"].parent_id] == [found["HQ-1"].id, found["HQ-2"].id]


def test_a_parent_may_be_in_the_desk_already(bench: Any) -> None:
    """A revision in tomorrow's file would not find what it revises."""
    for row in FAMILY:
        assert bench.take(HEADER + row).refused == ()
    assert [a.revision_number for a in bench.all(Assignment)] == [None, 1, 2]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_row("X", type="make-over"), "type “make-over” is not one of initial, recurring, revision"),
        (_row("X", status="maybe"), "status “maybe” is not one of scheduled"),
        (_row("X", type="revision"), "a revision needs parent_external_id"),
        (_row("X", type="revision", parent_external_id="HQ-9"), "there is no assignment HQ-9"),
        (_row("X", type="revision", parent_external_id="X"), "is the assignment itself"),
        (_row("X", type="revision", parent_external_id="HQ-0"), "HQ-0 has not been delivered"),
        (
            _row("X", type="revision", parent_external_id="HQ-0", client_email="ben@example.com", client_name="Ben"),
            "is another client's",
        ),
        (_row("HQ-0", status="delivered"), "stands on line 2 too"),
        (_row(""), "external_id is blank"),
        (_row("X", consultation_at="soon"), "“soon” is not a date and time"),
        (_row("X", client_email="", client_name=""), "the row names no client"),
    ],
)
def test_a_wrong_row_is_refused_with_the_reason(bench: Any, row: str, reason: str) -> None:
    """She would prepare a session that HQ never meant."""
    add_client(bench.desk, "Ben", email="ben@example.com")
    report = bench.take(HEADER + _row("HQ-0") + row)
    assert [refused.line for refused in report.refused] == [3]
    assert reason in report.refused[0].reason
    assert [assignment.external_id for assignment in bench.all(Assignment)] == ["HQ-0"]


@pytest.mark.parametrize("said", [{}, DELIVERED])
@pytest.mark.parametrize("together", [True, False])
def test_a_second_initial_is_kept_as_hq_says_and_told(bench: Any, together: bool, said: dict[str, str]) -> None:
    """R10: she would give a full consultation to a client who has had her first lookbook, and not know why."""
    done, again = _row("HQ-1", **DELIVERED), _row("HQ-2", client_name="", **said)
    if together:
        report = bench.take(HEADER + done + again)
    else:
        assert bench.take(HEADER + done).notices == ()
        report = bench.take(HEADER + again)
    assert [(notice.line, notice.text) for notice in report.notices] == [
        (
            3 if together else 2,
            "HQ-2 is initial, though a lookbook was delivered to her on 1 October 2026; it is kept as HQ says",
        )
    ]
    assert [assignment.type for assignment in bench.all(Assignment)] == ["initial", "initial"]
    assert bench.take(HEADER + again).notices == (), "it is told once"


def test_an_initial_that_was_there_first_is_not_told(bench: Any) -> None:
    """A notice that is wrong every day would not be read on the day that it is right."""
    later = _row("HQ-2", **DELIVERED | {"type": "recurring", "consultation_at": "2026-10-20T10:00:00-04:00"})
    missed = _row("HQ-3", status="no-show")
    assert bench.take(HEADER + later).notices == ()
    assert bench.take(HEADER + _row("HQ-1", **DELIVERED) + missed).notices == ()
    changed = bench.take(HEADER + later.replace("recurring", "initial")).notices
    assert [notice.line for notice in changed] == [2]
    reopened = _row("HQ-3", consultation_at="2026-11-26T10:00:00-05:00")
    assert [notice.line for notice in bench.take(HEADER + reopened).notices] == [2]


def test_revisions_in_a_circle_are_refused(bench: Any) -> None:
    """The numbering would go round for ever."""
    rows = _row("A", type="revision", parent_external_id="B") + _row("B", type="revision", parent_external_id="A")
    assert [row.line for row in bench.take(HEADER + rows).refused] == [2, 3]


def test_a_time_without_an_offset_is_the_desks_own(bench: Any) -> None:
    """Her ten o'clock would stand at five in the morning."""
    bench.take(HEADER + _row("HQ-1", consultation_at="2026-11-24 10:00"))
    assert bench.all(Assignment)[0].consultation_at == datetime(2026, 11, 24, 15, tzinfo=UTC)
