"""Rows that come and go one by one leave the queue as if it were sorted and counted anew."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.suggestions import Standing, Suggestion, Term
from stylistdesk.domain.types import Channel
from stylistdesk.queries.daily_tasks import QueueRow, sort_rows, when
from stylistdesk.ui.screens.held_queue import SORTS, HeldQueue

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
HERE = LocalNow(NOW, ZoneInfo("America/New_York"))


def _row(client_id: int, name: str, points: int, days: int, promised: bool) -> QueueRow:
    next_one = Suggestion(
        "a_rule", 1, "Call her", Channel.CALL, "Why.", "", NOW + timedelta(days=days), promised=promised
    )
    return QueueRow(
        client_id, name, points % 3 or None, Standing(client_id, (next_one,), (Term("term", points),)), (), 0
    )


rows = st.builds(
    _row,
    st.integers(1, 8),
    st.sampled_from(["Ana", "ana", "Bea"]),
    st.integers(1, 3),
    st.integers(-2, 2),
    st.booleans(),
)


@pytest.mark.parametrize("sort", [name for name, _ in SORTS])
@pytest.mark.parametrize("words", ["", "ANA call"])
@given(before=st.lists(rows), changes=st.lists(st.tuples(st.integers(1, 8), st.none() | rows)))
def test_one_by_one_is_as_good_as_anew(
    sort: str, words: str, before: list[QueueRow], changes: list[tuple[int, QueueRow | None]]
) -> None:
    held = HeldQueue()
    held.fill(before)
    held.arrange(sort, words, HERE)
    held.counted(HERE)
    for client_id, row in changes:
        held.put(client_id if row is None else row.client_id, row)
    anew = HeldQueue()
    anew.fill(held.rows.values())
    anew.arrange(sort, words, HERE)
    assert held.shown == anew.shown
    assert [held.index_of(row.client_id) for row in held.shown] == list(range(len(held.shown)))
    assert +held.counted(HERE) == Counter(when(row, HERE) for row in held.rows.values())
    if sort == "urgency" and not words:
        assert held.shown == sort_rows(list(held.rows.values()))


def test_by_due_time_what_was_promised_for_yesterday_stands_above_what_is_due_today() -> None:
    """A cart that waits for three days is for today; a promise of yesterday is late, even below something else."""
    waiting, late, hidden = _row(1, "Ana", 1, -3, False), _row(2, "Bea", 1, -1, True), _row(3, "Cleo", 1, 0, False)
    broken = late.next._replace(due=NOW - timedelta(days=2))
    hidden = replace(hidden, standing=hidden.standing._replace(suggestions=(hidden.next, broken)))
    held = HeldQueue()
    held.fill([waiting, late, hidden])
    held.arrange("due", "", HERE)
    assert [row.name for row in held.shown] == ["Cleo", "Bea", "Ana"]
    assert held.counted(HERE) == Counter(overdue=2, today=1)


def test_accents_do_not_count_in_the_filter() -> None:
    held = HeldQueue()
    held.fill([_row(1, "Zoë Åkesson", 1, 0, False), _row(2, "Bea", 1, 0, False)])
    for words in ("zoe", "ZOË", "akesson"):
        held.arrange("urgency", words, HERE)
        assert [row.client_id for row in held.shown] == [1]


def test_what_a_row_shows_on_the_right_is_found_and_what_it_does_not_show_is_not() -> None:
    """The due word as it stands there, and what she is counted as above the list; not the reason and the channel."""
    later = _row(1, "Ana", 1, 0, False)
    later = replace(later, standing=_due(later, due=NOW + timedelta(hours=7, minutes=18), all_day=False))
    now = _row(2, "Bea", 1, 0, False)
    now = replace(now, standing=_due(now, due=NOW - timedelta(minutes=1), all_day=False, reason="It was Sunday."))
    held = HeldQueue()
    held.fill([later, now, _row(3, "Cleo", 1, -1, True), _row(4, "Dana", 1, 1, False), _row(5, "Emi", 1, 9, False)])
    for words, found in (
        ("17:00", {1}),
        ("now", {2}),
        ("-1 d", {3}),
        ("overdue", {3}),
        ("Sun", {4}),
        ("soon", {4, 5}),
        ("soon 9 d", {5}),
        ("today", {1, 2}),
        ("bea today", {2}),
        ("why", set()),
    ):
        held.arrange("urgency", words, HERE)
        assert {row.client_id for row in held.shown} == found, words
    held.arrange("urgency", "now", LocalNow(NOW + timedelta(hours=8), HERE.zone))
    assert {row.client_id for row in held.shown} == {1, 2}


def _due(row: QueueRow, **changes: Any) -> Standing:
    return row.standing._replace(suggestions=(row.next._replace(**changes),))
