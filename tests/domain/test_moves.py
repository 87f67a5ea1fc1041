"""Which orders may be moved between events (R41), and how the others get there."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.moves import Broken, EventFact, OrderFact, Way, judge, last_day, month_ends, month_of
from tests.domain.making import HERE, ZONE, ago, local

TOKYO, HONOLULU = ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Honolulu")


def event(number: int, **fields: object) -> EventFact:
    days = {"opens_on": date(2026, 11, 10), "closes_on": date(2026, 11, 25)}
    return EventFact(number, f"Party {number}", **{**days, **fields})  # type: ignore[arg-type]


ONE, TWO = event(1), event(2)


def order(**fields: object) -> OrderFact:
    return OrderFact(7, "S1001", **{"placed_at": ago(days=3), "event_id": 1, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("this", "source", "to", "way", "broken"),
    [
        (order(), ONE, TWO, Way.MOVE, None),
        (order(is_host_order=True), ONE, TWO, Way.NO, Broken.HOST_ORDER),
        (order(cancelled=True), ONE, TWO, Way.NO, Broken.CANCELLED),
        (order(), ONE, ONE, Way.NO, Broken.SAME_EVENT),
        (order(), ONE, event(2, cancelled=True), Way.NO, Broken.EVENT_CANCELLED),
        (order(), ONE, event(2, closed=True), Way.SERVICE, Broken.NOT_OPEN),
        (order(), ONE, event(2, redeemed=True), Way.SERVICE, Broken.NOT_OPEN),
        (order(), event(1, closed=True), TWO, Way.SERVICE, Broken.NOT_OPEN),
        (order(), event(1, cancelled=True), TWO, Way.SERVICE, Broken.NOT_OPEN),
        (order(), event(1, closes_on=date(2026, 11, 20)), TWO, Way.SERVICE, Broken.NOT_OPEN),
        (order(), event(1, closes_on=date(2026, 11, 21)), TWO, Way.MOVE, None),
        (order(), ONE, event(2, opens_on=date(2026, 11, 22)), Way.SERVICE, Broken.NOT_OPEN),
        (order(), ONE, event(2, opens_on=date(2026, 11, 21)), Way.MOVE, None),
        (order(placed_at=local(31, 23, 59, month=10)), ONE, TWO, Way.SERVICE, Broken.OTHER_MONTH),
        (order(placed_at=local(1, 0, 0)), ONE, TWO, Way.MOVE, None),
        (order(event_id=None), None, TWO, Way.SERVICE, Broken.NO_EVENT),
        (order(event_id=None, placed_at=local(3, 12, month=10)), None, TWO, Way.SERVICE, Broken.OTHER_MONTH),
        (order(event_id=None, is_host_order=True), None, TWO, Way.NO, Broken.HOST_ORDER),
    ],
)
def test_both_events_open_and_the_month_of_the_order(
    this: OrderFact, source: EventFact | None, to: EventFact, way: Way, broken: Broken | None
) -> None:
    found = judge(this, source, to, HERE, HERE)
    assert (found.way, found.broken) == (way, broken)
    assert found.reason.endswith(".") is (broken is not None)
    assert bool(found.hint) is (way is Way.SERVICE or broken is Broken.EVENT_CANCELLED)


def test_the_month_is_the_companys_not_the_desks() -> None:
    """In the last hours of November in New York it is December in Tokyo, and in Honolulu still November after them."""
    late = local(30, 20, 0)
    here = LocalNow(late, ZONE)
    open_still = (event(1, closes_on=date(2026, 12, 5)), event(2, closes_on=date(2026, 12, 5)))
    this = order(placed_at=local(30, 8, 0))
    assert judge(this, *open_still, here, here).way is Way.MOVE
    no = judge(this, *open_still, here, LocalNow(late, TOKYO))
    assert no.broken is Broken.OTHER_MONTH
    assert no.reason == (
        "Order S1001 was placed on 30 Nov by the company's calendar: "
        "an order moves only within the calendar month in which it was placed."
    )
    after = local(1, 3, 0, month=12)
    assert judge(this, *open_still, LocalNow(after, ZONE), LocalNow(after, HONOLULU)).way is Way.MOVE
    assert judge(this, *open_still, LocalNow(after, ZONE), LocalNow(after, ZONE)).broken is Broken.OTHER_MONTH


def test_the_month_ends_with_the_last_second_of_its_last_day() -> None:
    assert last_day(HERE) == date(2026, 11, 30)
    assert month_ends(HERE) == local(30, 23, 59) + timedelta(seconds=59)
    assert month_of(HERE) == (local(1), local(1, month=12))
    december = LocalNow(datetime(2026, 12, 31, 12, tzinfo=UTC), TOKYO)
    assert last_day(december) == date(2026, 12, 31)


INSTANTS = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from([ZONE, TOKYO, HONOLULU, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia"), ZoneInfo("Europe/London")])


@given(now=INSTANTS, placed=INSTANTS, near=st.integers(-45 * 24, 0), use_near=st.booleans(), desk=ZONES, company=ZONES)
def test_an_order_moves_if_and_only_if_the_company_writes_the_same_month(
    now: datetime, placed: datetime, near: int, use_near: bool, desk: ZoneInfo, company: ZoneInfo
) -> None:
    placed = now + timedelta(hours=near) if use_near else placed
    long_open = {"opens_on": date(2020, 1, 1), "closes_on": date(2030, 1, 1)}
    found = judge(
        order(placed_at=placed),
        event(1, **long_open),
        event(2, **long_open),
        LocalNow(now, desk),
        LocalNow(now, company),
    )
    same = placed.astimezone(company).strftime("%Y-%m") == now.astimezone(company).strftime("%Y-%m")
    assert (found.way is Way.MOVE) is same


@given(
    opens=st.integers(-40, 40),
    days=st.integers(0, 30),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_an_event_that_moves_take_part_in_is_open_on_its_days(
    opens: int, days: int, flags: tuple[bool, bool, bool]
) -> None:
    first = HERE.today + timedelta(days=opens)
    this = EventFact(2, "Party", first, first + timedelta(days=days), *flags)
    is_open = not any(flags) and first <= HERE.today <= this.closes_on
    assert this.is_open(HERE.today) is is_open
    assert (judge(order(), ONE, this, HERE, HERE).way is Way.MOVE) is is_open
    assert (judge(order(event_id=2), this, ONE, HERE, HERE).way is Way.MOVE) is is_open
