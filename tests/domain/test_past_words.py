"""Names of files, days that are past, and the arithmetic of a merge: rules as tables."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.file_names import LONGEST, harmless_name, say_size
from stylistdesk.domain.merging import (
    MergeField,
    Seen,
    Side,
    default_side,
    joined_tags,
    joined_words,
    merged_mark,
    merged_watermark,
    strictest,
    worst,
)
from stylistdesk.domain.past_days import parse_past_day, parse_past_moment
from stylistdesk.domain.types import ConsentState, EmailStatus

TODAY = date(2026, 11, 21)  # a Saturday
ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Contract 2026.pdf", "Contract 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\look.png", "look.png"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("CON.txt", "_CON.txt"),
        ("a\x1b[2Jb\n.txt", "ab.txt"),
        ('what? "this".txt', "what_ _this_.txt"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("résumé 👗.pdf", "résumé 👗.pdf"),
        ("trailing. . ", "trailing"),
    ],
)
def test_a_name_is_a_name(name: str, kept: str) -> None:
    assert harmless_name(name) == kept


@given(st.text(max_size=200))
def test_no_name_is_a_path(name: str) -> None:
    kept = harmless_name(name)
    assert kept and len(kept) <= LONGEST and not kept.startswith(".")
    assert not set(kept) & set('/\\<>:"|?*\x00\n')
    assert harmless_name(kept) == kept


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (812, "812 bytes"),
        (24_400, "24 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (3_140_000, "3.1 MB"),
    ],
)
def test_sizes_in_words(size: int, said: str) -> None:
    assert say_size(size) == said


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 21)),
        ("yesterday", date(2026, 11, 20)),
        ("fri", date(2026, 11, 20)),
        ("sat", date(2026, 11, 21)),
        ("last tue", date(2026, 11, 17)),
        ("3 days ago", date(2026, 11, 18)),
        ("2 weeks ago", date(2026, 11, 7)),
        ("a month ago", date(2026, 10, 21)),
        ("1 year ago", date(2025, 11, 21)),
        ("last week", date(2026, 11, 15)),
        ("last month", date(2026, 10, 31)),
        ("last year", date(2025, 12, 31)),
        ("14 mar", date(2026, 3, 14)),
        ("12/24", date(2025, 12, 24)),
        ("29 feb", date(2024, 2, 29)),
        ("2025-12-01", date(2025, 12, 1)),
    ],
)
def test_a_past_day(words: str, day: date) -> None:
    assert parse_past_day(words, TODAY) == day


@pytest.mark.parametrize("words", ["tomorrow", "2027-01-01", "in 3 days", "soon", "", "99 99", "next week"])
def test_no_past_day(words: str) -> None:
    with pytest.raises(Refused):
        parse_past_day(words, TODAY)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("now", NOW),
        ("today", NOW),
        ("yesterday", datetime(2026, 11, 21, 4, 59, 59, tzinfo=UTC)),
        ("yesterday 14:00", datetime(2026, 11, 20, 19, 0, tzinfo=UTC)),
        ("9:30", datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        ("fri at 9:30", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_past_moment(words: str, at: datetime) -> None:
    assert parse_past_moment(words, NOW, ZONE) == at


@pytest.mark.parametrize("words", ["10:30", "25:00", "yesterday 9:75"])
def test_no_past_moment(words: str) -> None:
    with pytest.raises(Refused):
        parse_past_moment(words, NOW, ZONE)


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[int], int, list[int], int]:
    ids = list(range(1, draw(st.integers(0, 12)) + 1))
    ours = [number for number in ids if draw(st.booleans())]
    theirs = [number for number in ids if number not in ours]
    return ours, draw(st.integers(0, 13)), theirs, draw(st.integers(0, 13))


@given(sides())
def test_nothing_unseen_is_lost_and_as_little_as_can_be_shows_again(
    given_: tuple[list[int], int, list[int], int],
) -> None:
    ours, seen_ours, theirs, seen_theirs = given_

    def seen(ids: list[int], watermark: int) -> Seen:
        return Seen(watermark, next((number for number in ids if number > watermark), None))

    keep, gone = seen(ours, seen_ours), seen(theirs, seen_theirs)
    unseen = {n for n in ours if n > seen_ours} | {n for n in theirs if n > seen_theirs}
    mark = merged_watermark(keep, gone)
    assert all(number > mark for number in unseen)
    assert mark == max(seen_ours, seen_theirs) or mark + 1 in unseen
    assert merged_mark(10, gone) <= 10


@pytest.mark.parametrize(
    ("field", "keep", "gone", "side"),
    [
        (MergeField.NAME, "Ana Ruiz", "Ana María Ruiz", Side.GONE),
        (MergeField.NAME, "Ana Ruiz", "Ana", Side.KEEP),
        (MergeField.COMPANY, "", "Copper Lane", Side.GONE),
        (MergeField.SPENDING_POWER, "4", "6", Side.KEEP),
        (MergeField.TAGS, "fall", "gala", Side.BOTH),
        (MergeField.TAGS, "fall", "fall", Side.KEEP),
        (MergeField.CADENCE, "every 6 weeks", "", Side.KEEP),
    ],
)
def test_what_stays_by_itself(field: MergeField, keep: str, gone: str, side: Side) -> None:
    assert default_side(field, keep, gone) is side


def test_joined() -> None:
    assert joined_tags("fall, Gala", "gala,spring") == "fall, Gala, spring"
    assert joined_words("a", "") == "a" and joined_words("a", "ab") == "ab" and joined_words("a", "b") == "a\nb"
    assert strictest((ConsentState.SUBSCRIBED, ConsentState.UNSUBSCRIBED)) is ConsentState.UNSUBSCRIBED
    assert strictest((ConsentState.NEVER_ASKED, ConsentState.SUBSCRIBED)) is ConsentState.SUBSCRIBED
    assert worst((EmailStatus.ACTIVE, EmailStatus.BOUNCED)) is EmailStatus.BOUNCED
