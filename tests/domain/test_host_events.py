"""Events: how one stands by the day, how long its window may be, its code, link and steps (R37)."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.codes import MOST_LETTERS, checked_code, made_code
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import (
    ClosingStep,
    EventState,
    check_window,
    days_of_window,
    link_of,
    read_steps,
    state_of,
    steps_of,
    write_steps,
)

OPENS, CLOSES = date(2026, 11, 7), date(2026, 11, 29)
THEN = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 11, 6), EventState.UPCOMING),
        (date(2026, 11, 7), EventState.OPEN),
        (date(2026, 11, 29), EventState.OPEN),
        (date(2026, 11, 30), EventState.OVER),
    ],
)
def test_both_days_of_a_window_are_open_ones(today: date, state: EventState) -> None:
    assert state_of(OPENS, CLOSES, None, None, today) is state
    assert state_of(OPENS, CLOSES, THEN, None, today) is EventState.CLOSED
    assert state_of(OPENS, CLOSES, None, THEN, today) is EventState.CANCELLED


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-3, 40), st.integers(1, 35))
def test_a_window_is_at_most_so_many_days_and_at_least_one(opens: date, more: int, most: int) -> None:
    closes = opens + timedelta(days=more)
    days = len([day for day in range(-3, 41) if 0 <= day <= more])
    if 1 <= days <= most:
        check_window(opens, closes, most)
        assert days_of_window(opens, closes) == days
    else:
        with pytest.raises(Refused) as no:
            check_window(opens, closes, most)
        assert no.value.field == "closes_on"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Fay's fall party", "fays-fall-party"),
        ("Fay’s fall party", "fays-fall-party"),
        ("  Zoë & Søren: 10 % off! ", "zoe-soren-10-off"),
        ("佐藤 美咲", "event"),
        ("x" * 99, "x" * MOST_LETTERS),
    ],
)
def test_a_code_is_made_from_the_name(name: str, code: str) -> None:
    assert made_code(name) == code
    assert checked_code(made_code(name)) == code


@given(st.text(max_size=60), st.integers(0, 12))
def test_no_code_is_given_twice(name: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times):
        taken.append(made_code(name, [one.upper() for one in taken]))
        assert checked_code(taken[-1]) == taken[-1] != ""
    assert len({one.casefold() for one in taken}) == times


@pytest.mark.parametrize("code", ["a b", "é", "-a", "a/b", "x" * (MOST_LETTERS + 1), "a?b"])
def test_a_code_that_a_link_would_spell_otherwise_is_refused(code: str) -> None:
    with pytest.raises(Refused) as no:
        checked_code(code)
    assert no.value.field == "code"


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_filled_into_a_link_comes_back_as_it_was(event: str, host: str) -> None:
    """Nothing in a name leads out of its place in the link: no other field, no other page, no second filling."""
    host, event = host.encode("utf-8", "ignore").decode(), event.encode("utf-8", "ignore").decode()
    link = link_of("https://shop.example.com/{code}?n={event}&h={host}", code="fay_1", event=event, host=host)
    parts = urlsplit(link)
    assert (parts.netloc, parts.path, parts.fragment) == ("shop.example.com", "/fay_1", "")
    assert parse_qs(parts.query, keep_blank_values=True) == {"n": [event], "h": [host]}


@pytest.mark.parametrize(
    "template", ["javascript:alert('{code}')", "file:///tmp/{code}", "shop.example.com/{code}", "https://{code}", "x"]
)
def test_a_template_that_makes_no_page_is_refused(template: str) -> None:
    with pytest.raises(Refused) as no:
        link_of(template, code="fay", event="Fay", host="")
    assert no.value.field == "link" and "links.event" in no.value.hint


@pytest.mark.parametrize("template", ["https://shop.example.com/", "https://shop.example.com/?n={event}&h={host}"])
def test_a_template_that_gives_every_event_one_link_is_refused(template: str) -> None:
    with pytest.raises(Refused, match=r"links\.event has no {code} in it") as no:
        link_of(template, code="fay", event="Fay", host="")
    assert no.value.field == "link" and "https://shop.example.com/?at={code}" in no.value.hint


def test_without_a_template_there_is_no_link() -> None:
    assert link_of("", code="fay", event="Fay") == ""


def test_an_own_event_has_no_step_of_a_host() -> None:
    own = steps_of(has_host=False)
    assert ClosingStep.HOST_THANKED not in own and ClosingStep.ORDERS_ENTERED in own
    assert steps_of(has_host=True) == tuple(ClosingStep)


@given(st.sets(st.sampled_from(ClosingStep)))
def test_steps_are_read_as_they_were_written(steps: set[ClosingStep]) -> None:
    assert read_steps(write_steps(steps)) == steps
    assert read_steps("of_a_later_version " + write_steps(steps)) == steps
