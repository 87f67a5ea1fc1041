"""Days that have been, as typed."""

from datetime import date

import pytest

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.past_days import parse_past_day

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", TODAY),
        ("yesterday", date(2026, 11, 20)),
        ("fri", date(2026, 11, 20)),
        ("last mon", date(2026, 11, 16)),
        ("sat", date(2026, 11, 21)),
        ("last sat", date(2026, 11, 14)),
        ("10/12", date(2026, 10, 12)),
        ("12 oct", date(2026, 10, 12)),
        ("dec 24", date(2025, 12, 24)),
        ("29 feb", date(2024, 2, 29)),
        ("3 days ago", date(2026, 11, 18)),
        ("two weeks ago", date(2026, 11, 7)),
        ("2 months ago", date(2026, 9, 21)),
        ("a year ago", date(2025, 11, 21)),
        ("the 24th", date(2026, 10, 24)),
    ],
)
def test_a_day_that_has_been_is_read_as_it_is_meant(words: str, day: date) -> None:
    """An order of 12 October would be one of next year."""
    assert parse_past_day(words, TODAY) == day


@pytest.mark.parametrize("words", ["", "soon", "13/13", "ago", "x ago", "2027-01-01"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        parse_past_day(words, TODAY)
