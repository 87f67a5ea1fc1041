"""Events as lists and pages show them, in the calendar, and as time that is taken (R37)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from stylistdesk.commands.host_events import AddHostEvent, CancelHostEvent, CloseHostEvent, HostEventForm
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder
from stylistdesk.desk import Desk
from stylistdesk.domain.calendar_days import What
from stylistdesk.domain.types import Cents
from stylistdesk.queries.appointments import standing_across
from stylistdesk.queries.busy import busy_between
from stylistdesk.queries.calendar import calendar_page
from stylistdesk.queries.host_events import event_choices, event_page, host_events, shop_links
from tests.helpers import add_client

TODAY = date(2026, 11, 21)
HELD = datetime(2026, 11, 24, 22, tzinfo=UTC)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def add(desk: Desk, name: str, opens: int, closes: int, client_id: int | None = None, **more: object) -> int:
    form = replace(HostEventForm(name, day(opens), day(closes), client_id), **more)  # type: ignore[arg-type]
    return int(desk.do(AddHostEvent(form)).value)


def test_what_is_open_comes_first_then_what_is_still_to_be_closed(desk: Desk) -> None:
    closed = add(desk, "Closed", -20, -10)
    add(desk, "To come", 3, 9)
    add(desk, "Soon", 2, 9)
    add(desk, "Over long since", -40, -20)
    add(desk, "Over", -9, -1)
    add(desk, "Open", -9, 9)
    add(desk, "Last day", -9, 0)
    cancelled = add(desk, "Cancelled", 0, 9)
    desk.do(CloseHostEvent(closed))
    desk.do(CancelHostEvent(cancelled))
    rows = desk.ask(host_events)
    assert [row.name for row in rows] == [
        "Last day", "Open", "Over", "Over long since", "Soon", "To come", "Closed", "Cancelled",
    ]  # fmt: skip
    assert [row.days_left for row in rows] == [1, 10, 0, 0, 0, 0, 0, 0]


def test_an_event_says_what_each_of_its_orders_counts_for(desk: Desk) -> None:
    event = add(desk, "Fay's party", -10, 5)
    guests = [add_client(desk, name) for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh", "Dana Whitfield")]
    for guest, dollars in zip(guests, (100, 150, 90, 60), strict=True):
        desk.do(AddOrderSummary(guest, OrderForm(TODAY, Cents(dollars * 100), event_id=event)))
    page = desk.ask(event_page, event)
    assert page is not None
    desk.do(AddCreditMemo(page.orders[1].id, Cents(5_000), TODAY, False, "", "A button"))
    desk.do(CancelOrder(page.orders[3].id, None))
    page = desk.ask(event_page, event)
    assert page is not None
    assert [(order.client, order.base) for order in page.orders] == [
        ("Ana Ruiz", 10_000), ("Bea Okafor", 10_000), ("Cleo Marsh", 9_000), ("Dana Whitfield", 0),
    ]  # fmt: skip
    rewards = page.row.rewards
    assert (rewards.orders, rewards.base, rewards.cents, page.row.orders) == (3, 29_000, 2_900, 4)
    assert desk.ask(event_page, event + 1) is None


def test_an_own_window_is_open_only_where_one_of_hers_is_open_today(desk: Desk) -> None:
    add(desk, "A host's", -2, 2, add_client(desk))
    add(desk, "To come", 1, 2)
    add(desk, "Over", -3, -1)
    cancelled = add(desk, "Cancelled", -1, 1)
    closed = add(desk, "Closed early", -1, 1)
    desk.do(CancelHostEvent(cancelled))
    desk.do(CloseHostEvent(closed))
    assert not desk.ask(shop_links).own_is_open
    desk.do(CloseHostEvent(closed, closed=False))
    assert desk.ask(shop_links).own_is_open


def test_orders_are_put_into_events_that_are_not_closed_and_into_their_own(desk: Desk) -> None:
    """One to come was offered too, and refused every day that could be typed."""
    closed, cancelled, opened = add(desk, "Closed", -9, -5), add(desk, "Cancelled", 0, 1), add(desk, "Open", -1, 1)
    desk.do(CloseHostEvent(closed))
    desk.do(CancelHostEvent(cancelled))
    over, _to_come = add(desk, "Over", -9, -2), add(desk, "To come", 1, 3)
    assert [one.id for one in desk.ask(event_choices)] == [opened, over]
    assert [one.id for one in desk.ask(event_choices, closed)] == [opened, over, closed]


def test_a_window_stands_on_its_first_and_last_day_and_the_party_at_its_hour(desk: Desk) -> None:
    ana = add_client(desk)
    add(desk, "Ana's evening", 2, 5, ana, held_at=HELD, place="Ana's loft")
    add(desk, "One day", 4, 4)
    cancelled = add(desk, "Called off", 2, 5, held_at=HELD)
    desk.do(CancelHostEvent(cancelled))
    shown = {
        one.day: [(entry.what, entry.name, entry.all_day) for entry in one.entries]
        for one in desk.ask(calendar_page, day(1), day(8)).days
        if one.entries
    }
    window, party = What.SHOP_WINDOW, What.PARTY
    assert shown == {
        day(2): [(window, "Opens: Ana's evening", True)],
        day(3): [(party, "Ana's evening", False)],
        day(4): [(window, "Open today: One day", True)],
        day(5): [(window, "Closes: Ana's evening", True)],
    }
    whole = desk.ask(calendar_page, day(2), day(3)).days[0]
    assert whole.count(What.PARTY, What.SHOP_WINDOW) == 1 and not whole.is_blocked


def test_a_party_takes_the_reps_time(desk: Desk) -> None:
    held = add(desk, "Ana's evening", 2, 5, held_at=HELD)
    hour = timedelta(hours=1)
    assert desk.ask(busy_between, HELD - hour, HELD + 2 * hour) == ((HELD, HELD + hour),)
    (across,) = desk.ask(standing_across, HELD - hour / 2, HELD + hour / 2)
    assert (across.who, across.kind) == ("Ana's evening", "party")
    desk.do(CancelHostEvent(held))
    assert desk.ask(busy_between, HELD - hour, HELD + 2 * hour) == ()
    assert desk.ask(standing_across, HELD - hour / 2, HELD + hour / 2) == ()
