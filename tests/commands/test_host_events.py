"""Events: added, changed, called off, closed, and orders put into them; each is one step that undo takes back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.host_events import (
    AddHostEvent,
    CancelHostEvent,
    CloseHostEvent,
    EditHostEvent,
    HostEventForm,
    RemoveHostEvent,
    TickStep,
)
from stylistdesk.commands.orders import AddOrderSummary, EditOrder, OrderForm
from stylistdesk.db.tables import HostEvent, Order
from stylistdesk.desk import Desk
from stylistdesk.domain.host_events import ClosingStep, EventState
from stylistdesk.domain.types import Cents
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.host_events import EventRow, event_page, host_events
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.helpers import add_client

TODAY = date(2026, 11, 21)
OPEN = HostEventForm("Fay's fall party", TODAY - timedelta(days=14), TODAY + timedelta(days=8))


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def add(desk: Desk, form: HostEventForm = OPEN) -> int:
    return int(desk.do(AddHostEvent(form)).value)


def row(desk: Desk, event_id: int) -> EventRow:
    page = desk.ask(event_page, event_id)
    assert page is not None
    return page.row


def test_an_event_gets_its_code_and_its_link(desk: Desk, done: Done) -> None:
    fay = add_client(desk, "Fay Lindqvist")
    outcome = done(AddHostEvent(replace(OPEN, client_id=fay, place=" Fay's loft\n")))
    assert outcome.label == "Added the event “Fay's fall party”" and outcome.client_ids == (fay,)
    event = row(desk, outcome.value)
    assert (event.code, event.link) == ("fays-fall-party", "https://shop.example.com/?event=fays-fall-party")
    assert (event.host, event.place, event.state) == ("Fay Lindqvist", "Fay's loft", EventState.OPEN)
    assert row(desk, add(desk)).code == "fays-fall-party-2"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(OPEN, name=" \n"), "name"),
        (replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=30)), "closes_on"),
        (replace(OPEN, closes_on=OPEN.opens_on - timedelta(days=1)), "closes_on"),
        (replace(OPEN, code="two words"), "code"),
        (replace(OPEN, code="THEAS"), "code"),
        (replace(OPEN, link="javascript:alert(1)"), "link"),
        (replace(OPEN, client_id=99), None),
    ],
)
def test_a_wrong_field_is_refused(desk: Desk, wrong: HostEventForm, field: str | None) -> None:
    add(desk, HostEventForm("Thea's shop", TODAY, TODAY, code="theas"))
    with refused(desk, field):
        desk.do(AddHostEvent(wrong))


def test_a_window_of_thirty_days_is_the_longest(desk: Desk) -> None:
    assert add(desk, replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=29)))


def test_a_window_that_once_was_legal_does_not_bar_other_changes(desk: Desk, done: Done) -> None:
    """The setting was lowered since: only new days are held against it."""
    event = add(desk, replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=29)))
    desk.settings = desk.settings.model_copy(update={"event_days": 14})
    done(EditHostEvent(event, replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=29), place="Her loft")))
    assert row(desk, event).place == "Her loft"
    with refused(desk, "closes_on"):
        desk.do(EditHostEvent(event, replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=28))))
    done(EditHostEvent(event, replace(OPEN, closes_on=OPEN.opens_on + timedelta(days=13))))


def test_a_changed_event_keeps_its_code_and_its_orders(desk: Desk, done: Done) -> None:
    event, ana = add(desk), add_client(desk)
    desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(12_000), event_id=event)))
    own = replace(OPEN, name="Fay's winter party", code="fays-fall-party", link="https://looks.example.com/fay")
    done(EditHostEvent(event, own))
    changed = row(desk, event)
    assert (changed.name, changed.code, changed.link) == (own.name, own.code, own.link)
    assert changed.rewards.base == 12_000
    for field, window in (
        ("closes_on", replace(own, opens_on=TODAY - timedelta(days=3), closes_on=TODAY - timedelta(days=1))),
        ("opens_on", replace(own, opens_on=TODAY + timedelta(days=1), closes_on=TODAY + timedelta(days=2))),
    ):
        with refused(desk, field):
            desk.do(EditHostEvent(event, window))


def test_a_cancelled_event_is_reopened(desk: Desk, done: Done) -> None:
    event = add(desk)
    done(CancelHostEvent(event))
    assert row(desk, event).state is EventState.CANCELLED
    with refused(desk):
        desk.do(CloseHostEvent(event))
    done(CancelHostEvent(event, cancelled=False))
    assert row(desk, event).state is EventState.OPEN


def test_closing_refuses_nothing_and_says_what_is_still_to_do(desk: Desk, done: Done) -> None:
    event = add(desk, replace(OPEN, client_id=add_client(desk)))
    done(TickStep(event, ClosingStep.HOST_THANKED))
    done(TickStep(event, ClosingStep.ORDERS_ENTERED))
    assert row(desk, event).still_to_do == (
        ClosingStep.ORDERS_MOVED,
        ClosingStep.HOST_ORDER,
        ClosingStep.CERTIFICATES,
    )
    done(TickStep(event, ClosingStep.HOST_THANKED, done=False))
    assert row(desk, event).done == {ClosingStep.ORDERS_ENTERED}
    done(CloseHostEvent(event))
    assert row(desk, event).state is EventState.CLOSED
    with refused(desk):
        desk.do(CancelHostEvent(event))
    done(CloseHostEvent(event, closed=False))
    assert row(desk, event).state is EventState.OPEN


def test_an_own_event_has_no_host_to_thank(desk: Desk) -> None:
    event = add(desk)
    with refused(desk):
        desk.do(TickStep(event, ClosingStep.HOST_THANKED))


def test_an_event_with_orders_is_not_removed(desk: Desk, done: Done) -> None:
    event, empty = add(desk), add(desk)
    desk.do(AddOrderSummary(add_client(desk), OrderForm(TODAY, Cents(100), event_id=event)))
    with refused(desk):
        desk.do(RemoveHostEvent(event))
    done(RemoveHostEvent(empty))
    assert [one.id for one in desk.ask(host_events)] == [event]
    with refused(desk):
        desk.do(RemoveHostEvent(empty))


def test_what_was_done_about_her_event_is_in_her_history(desk: Desk) -> None:
    fay = add_client(desk, "Fay Lindqvist")
    event = add(desk, replace(OPEN, client_id=fay))
    desk.do(TickStep(event, ClosingStep.ORDERS_ENTERED))
    desk.do(CloseHostEvent(event))
    said = [one for happening in desk.ask(client_history, fay).happenings for one in happening.said]
    assert said[:3] == [
        "Closed the event “Fay's fall party”",
        "Added the steps of closing of the event “Fay's fall party”: orders entered",
        "Added the event “Fay's fall party”",
    ]


# ----------------------------------------------------------------------- orders


def event_of(desk: Desk, order_id: int) -> int | None:
    return desk.ask(lambda asking: asking.session.exec(select(Order.event_id).where(Order.id == order_id)).one())


def test_an_order_is_put_into_an_event_and_taken_out(desk: Desk, done: Done) -> None:
    event, ana = add(desk), add_client(desk)
    form = OrderForm(TODAY, Cents(12_000), event_id=event)
    order = int(done(AddOrderSummary(ana, form)).value)
    assert event_of(desk, order) == event
    done(EditOrder(order, replace(form, event_id=None, origin="phone")))
    assert event_of(desk, order) == event  # who says nothing of events changes nothing
    done(EditOrder(order, replace(form, event_id=0)))
    assert event_of(desk, order) is None
    with refused(desk, "event_id") as no:  # which is for customer service (R41)
        desk.do(EditOrder(order, form))
    assert "9, Moving orders" in no.value.hint


@pytest.mark.parametrize("days", [-15, -16, 9])
def test_an_order_goes_into_an_event_only_on_a_day_of_its_window(desk: Desk, days: int) -> None:
    ana, before = add_client(desk), replace(OPEN, opens_on=TODAY - timedelta(days=10), closes_on=TODAY)
    event = add(desk, before if days > 0 else OPEN)
    day = min(TODAY, TODAY + timedelta(days=days)) if days < 0 else TODAY - timedelta(days=11)
    with refused(desk, "event_id"):
        desk.do(AddOrderSummary(ana, OrderForm(day, Cents(100), event_id=event)))
    order = int(desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(100), event_id=event))).value)
    with refused(desk, "event_id"):
        desk.do(EditOrder(order, OrderForm(day, Cents(100))))


def test_no_order_goes_into_a_closed_or_cancelled_event(desk: Desk) -> None:
    ana, closed, cancelled = add_client(desk), add(desk), add(desk)
    order = int(desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(100), event_id=closed))).value)
    desk.do(CloseHostEvent(closed))
    desk.do(CancelHostEvent(cancelled))
    for event in (closed, cancelled, 99):
        with refused(desk, "event_id" if event != 99 else None):
            desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(100), event_id=event)))
    desk.do(EditOrder(order, OrderForm(TODAY, Cents(200), event_id=closed)))  # the one in it is changed where it is
    assert event_of(desk, order) == closed


def test_a_host_order_stays_in_its_event(desk: Desk) -> None:
    event, ana = add(desk), add_client(desk)
    order = int(desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(100), event_id=event))).value)
    desk.do(Do(lambda work: setattr(work.session.get(Order, order), "is_host_order", True)))
    with refused(desk, "event_id"):
        desk.do(EditOrder(order, OrderForm(TODAY, Cents(100), event_id=0)))


def test_a_removed_client_leaves_her_event_as_an_own_one(desk: Desk, done: Done) -> None:
    """Her guests' orders still count in it, and no step of a host is left to do."""
    fay, ana = add_client(desk, "Fay Lindqvist"), add_client(desk)
    event = add(desk, replace(OPEN, client_id=fay))
    desk.do(AddOrderSummary(ana, OrderForm(TODAY, Cents(30_000), event_id=event)))
    done(DeleteClient(fay))
    left = row(desk, event)
    assert (left.client_id, left.host, left.rewards.base) == (None, "", 30_000)
    assert ClosingStep.HOST_THANKED not in left.steps
    done(DeleteClient(ana))
    assert row(desk, event).rewards.base == 0
    assert desk.ask(lambda asking: len(asking.session.exec(select(HostEvent)).all())) == 1
