"""Orders moved between events (R41): here, by customer service, or not; each is one step that undo takes back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.desk import SetRecipients
from stylistdesk.commands.moves import (
    ConfirmMove,
    MarkMoveRequested,
    MoveOrder,
    MoveOrders,
    RefuseMove,
    RemoveMove,
    RequestMove,
)
from stylistdesk.commands.orders import AddOrderSummary, EditOrder, OrderForm, RemoveOrder
from stylistdesk.commands.tickets import MarkTicketSent
from stylistdesk.db.tables import HostEvent, Order, OrderMove
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.history_words import Activity
from stylistdesk.domain.types import Cents, MoveState, OrderKind, OrderStatus, TicketTo
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.client_history import client_history
from stylistdesk.queries.tickets import recipients, tickets
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.helpers import add_client

TODAY = date(2026, 11, 21)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


class Parties:
    """Two open events, Ana's with two orders of this month; she placed others in none, and one in October."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ana = desk, add_client(desk)
        self.one, self.two = self.event("Fay's party"), self.event("Own shop")
        self.first, self.second = self.order(19, 9_000, self.one), self.order(18, 8_000, self.one)
        self.loose = self.order(17, 7_000, None)
        self.old = self.order(-5, 6_000, self.one)

    def event(self, name: str, days: int = 30, **fields: object) -> int:
        event = HostEvent(
            name=name, code=name, opens_on=TODAY - timedelta(days=20), closes_on=TODAY + timedelta(days=days), **fields
        )
        self.desk.do(Do(lambda work: work.session.add(event)))
        return self.ask(lambda asking: asking.session.exec(select(HostEvent.id).where(HostEvent.code == name)).one())

    def order(self, day: int, cents: int, event_id: int | None, **fields: object) -> int:
        on = date(2026, 11, 1) + timedelta(days=day - 1)
        order_id = int(self.desk.do(AddOrderSummary(self.ana, OrderForm(on, Cents(cents)))).value)
        self.change(order_id, event_id=event_id, **fields)
        return order_id

    def change(self, order_id: int, **fields: object) -> None:
        def does(work: object) -> None:
            order = work.session.get(Order, order_id)  # type: ignore[attr-defined]
            for name, value in fields.items():
                setattr(order, name, value)

        self.desk.do(Do(does))

    def ask(self, query: object) -> int:
        return self.desk.ask(query)  # type: ignore[arg-type]

    def where(self, order_id: int) -> int | None:
        return self.desk.ask(lambda asking: asking.session.get_one(Order, order_id).event_id)


@pytest.fixture
def parties(desk: Desk) -> Parties:
    return Parties(desk)


def moves(asking: Asking) -> list[tuple[int, int | None, int, MoveState]]:
    rows = asking.session.exec(select(OrderMove).order_by(col(OrderMove.id)))
    return [(row.order_id, row.from_event_id, row.to_event_id, row.state) for row in rows]


def test_an_order_goes_from_one_open_event_to_another(desk: Desk, parties: Parties, done: Done) -> None:
    outcome = done(MoveOrder(parties.first, parties.two))
    assert outcome.label == "Moved order S1001 to “Own shop”"
    assert outcome.client_ids == (parties.ana,)
    assert parties.where(parties.first) == parties.two
    assert desk.ask(moves) == [(parties.first, parties.one, parties.two, MoveState.MOVED)]
    done(MoveOrder(parties.first, parties.one))
    assert parties.where(parties.first) == parties.one


def test_a_plan_is_one_step_or_nothing(desk: Desk, parties: Parties, done: Done) -> None:
    with refused(desk, "event") as no:
        desk.do(MoveOrders(((parties.first, parties.two), (parties.old, parties.two))))
    assert "placed on 26 Oct" in no.value.reason
    outcome = done(MoveOrders(((parties.first, parties.two), (parties.second, parties.two))))
    assert outcome.label == "Moved 2 orders as planned"
    desk.undo()
    assert parties.where(parties.first) == parties.where(parties.second) == parties.one


def test_an_order_changes_its_event_in_an_edit_only_as_it_could_be_moved(
    desk: Desk, parties: Parties, done: Done
) -> None:
    """One entered in the wrong event a minute ago is put right, and what R41 forbids is no way around it."""

    def edit(order_id: int, event_id: int) -> EditOrder:
        day = desk.ask(lambda asking: asking.session.get_one(Order, order_id).placed_at).date()
        return EditOrder(order_id, OrderForm(day, Cents(9_000), event_id=event_id))

    done(edit(parties.first, parties.two))
    assert desk.ask(moves) == [(parties.first, parties.one, parties.two, MoveState.MOVED)]
    done(edit(parties.second, 0))
    assert parties.where(parties.second) is None
    ended = parties.event("Ended", days=-1)
    over = parties.order(18, 5_000, ended)
    waits = parties.order(18, 5_000, parties.one, kind=OrderKind.SUMMARY)
    parties.change(waits, placed_at=datetime(2026, 10, 30, 16, tzinfo=UTC))
    desk.do(RequestMove(waits, parties.two))
    parties.change(waits, placed_at=datetime(2026, 11, 18, 17, tzinfo=UTC))
    for order_id, event_id, reason, hint in (
        (over, parties.two, "Ended ended on 20 Nov", "Customer service can do it: 9, Moving orders."),
        (over, 0, "Ended ended on 20 Nov", "If it was never part of the event: remove it"),
        (parties.second, parties.two, "moved by customer service", "Customer service can do it: 9, Moving orders."),
        (parties.old, parties.two, "placed on 26 Oct", "Customer service can do it: 9, Moving orders."),
        (parties.old, 0, "placed on 26 Oct", "If it was never part of the event: remove it"),
        (waits, parties.two, "Customer service is to move order", "Say first that they confirmed it"),
        (waits, 0, "Customer service is to move order", "Say first that they confirmed it"),
    ):
        with refused(desk, "event_id") as no:
            desk.do(edit(order_id, event_id))
        assert reason in no.value.reason and no.value.hint.startswith(hint)


def test_what_may_not_be_moved_says_why_and_what_to_do_instead(desk: Desk, parties: Parties) -> None:
    own_order = parties.order(19, 5_000, parties.one, is_host_order=True)
    gone = parties.order(19, 5_000, parties.one, status=OrderStatus.CANCELLED)
    ended, off = parties.event("Ended", days=-1), parties.event("Off", cancelled_at=desk.now())
    for order_id, event_id, reason, hint in (
        (parties.old, parties.two, "within the calendar month in which it was placed.", "Customer service can do it"),
        (parties.loose, parties.two, "such an order is moved by customer service.", "Customer service can do it"),
        (parties.first, ended, "Ended ended on 20 Nov: an order moves only while both events are open.", "Customer"),
        (parties.first, parties.one, "Order S1001 is in Fay's party already.", ""),
        (own_order, parties.two, "Order S1005 is a host order", ""),
        (gone, parties.two, "Order S1006 is cancelled.", ""),
        (parties.first, off, "Off was cancelled.", "Choose another event."),
        (parties.first, 99, "This event is no longer on the desk.", "Undo"),
    ):
        with refused(desk, "event") as no:
            desk.do(MoveOrder(order_id, event_id))
        assert reason in no.value.reason and no.value.hint.startswith(hint)
    for order_id in (own_order, gone):
        with refused(desk, "event"):
            desk.do(RequestMove(order_id, parties.two))
    with refused(desk):
        desk.do(MoveOrder(99, parties.two))
    with refused(desk, "event") as no:
        desk.do(RequestMove(parties.first, parties.two))
    assert "needs no customer service" in no.value.reason


def test_the_month_ends_where_the_company_is(desk: Desk, parties: Parties, clock: FrozenClock) -> None:
    """At 20:00 on 30 November in New York it is December for a company in Tokyo."""
    clock.at = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    desk.do(MoveOrder(parties.first, parties.two))
    desk.do(SetRecipients("", company_zone="tokyo"))
    assert desk.ask(recipients).company_zone == "Asia/Tokyo"
    with refused(desk, "event") as no:
        desk.do(MoveOrder(parties.first, parties.one))
    assert "by the company's calendar" in no.value.reason
    with refused(desk, "company_zone"):
        desk.do(SetRecipients("", company_zone="nowhere at all"))
    with refused(desk, "service_email"):
        desk.do(SetRecipients("", service_email="nowhere"))


def test_customer_service_is_asked_and_confirms(desk: Desk, parties: Parties, done: Done) -> None:
    done(SetRecipients("", service_email="care@example.com"))
    move_id = done(RequestMove(parties.loose, parties.two, "She came with Fay.")).value
    ticket = desk.ask(tickets)[0]
    assert desk.ask(recipients).email(ticket.recipient) == "care@example.com"
    assert (ticket.recipient, ticket.subject) == (TicketTo.SERVICE, "Move order S1003 to Own shop")
    assert ticket.body == (
        "Hello,\n\nplease move order S1003 of Ana Ruiz, placed on Tue 17 Nov, to the event “Own shop” "
        "(open Sun 1 Nov to Mon 21 Dec).\n\nIt was not placed in an event.\n\nShe came with Fay.\n\nOla Berg"
    )
    with refused(desk, "event"):
        desk.do(RequestMove(parties.loose, parties.one))
    done(MarkMoveRequested(move_id))
    assert desk.ask(tickets)[0].sent_at == desk.now()
    with refused(desk):
        desk.do(MarkMoveRequested(move_id))
    with refused(desk):
        desk.do(RemoveMove(move_id))
    assert parties.where(parties.loose) is None
    assert done(ConfirmMove(move_id)).label == "Customer service moved order S1003 to “Own shop”"
    assert parties.where(parties.loose) == parties.two
    assert desk.ask(tickets)[0].settled_at == desk.now()
    with refused(desk):
        desk.do(RefuseMove(move_id))


def test_an_order_of_last_month_is_asked_for_with_the_rule_in_the_letter(
    desk: Desk, parties: Parties, done: Done
) -> None:
    move_id = done(RequestMove(parties.old, parties.two)).value
    body = desk.ask(tickets)[0].body
    assert "It is in the event “Fay's party” now." in body and "calendar month in which it was placed" in body
    done(RefuseMove(move_id))
    assert parties.where(parties.old) == parties.one
    assert desk.ask(moves)[-1][-1] is MoveState.REFUSED
    assert desk.do(RequestMove(parties.old, parties.two)).value != move_id


@pytest.mark.parametrize("end", [ConfirmMove, RefuseMove])
def test_an_answer_to_what_was_only_drafted_marks_it_as_sent(
    desk: Desk, parties: Parties, done: Done, end: type[ConfirmMove] | type[RefuseMove]
) -> None:
    """She sent it from elsewhere: it would be among the settled, and never requested."""
    move_id = done(RequestMove(parties.loose, parties.two)).value
    assert done(end(move_id)).label.endswith("; email marked as sent")
    [ticket] = desk.ask(tickets)
    assert ticket.sent_at == ticket.settled_at == desk.now()
    move = desk.ask(lambda asking: asking.session.get_one(OrderMove, move_id))
    assert move.requested_at == move.settled_at == desk.now()


def test_a_draft_is_removed_with_its_email(desk: Desk, parties: Parties, done: Done) -> None:
    done(RemoveMove(done(RequestMove(parties.loose, parties.two)).value))
    assert (desk.ask(tickets), desk.ask(moves)) == ((), [])


def test_an_email_that_is_sent_among_the_tickets_is_a_request(desk: Desk, parties: Parties, done: Done) -> None:
    done(RequestMove(parties.loose, parties.two))
    ticket_id = desk.ask(tickets)[0].id
    for sent, state in ((True, MoveState.REQUESTED), (False, MoveState.DRAFTED)):
        done(MarkTicketSent(ticket_id, sent=sent))
        assert desk.ask(moves)[0][-1] is state


def test_an_order_that_was_moved_can_still_be_removed(desk: Desk, parties: Parties, done: Done) -> None:
    done(MoveOrder(parties.first, parties.two))
    done(RemoveOrder(parties.first))
    assert desk.ask(moves) == []


def test_check_tells_of_a_shops_order_that_is_not_where_it_was_moved(desk: Desk, parties: Parties) -> None:
    """Its host's rewards would be worked out without it, and no key takes it out. Her own orders she may take out."""
    parties.change(parties.first, kind=OrderKind.SHOP)
    desk.do(MoveOrder(parties.first, parties.two))
    desk.do(MoveOrder(parties.second, parties.two))
    assert desk.preview(CheckDesk()).value.problems == ()
    desk.do(EditOrder(parties.second, OrderForm(TODAY, Cents(8_000), event_id=0)))
    parties.change(parties.first, event_id=None)
    told = desk.preview(CheckDesk()).value.problems
    assert told == ("Order S1001 of Ana Ruiz: it was moved to “Own shop”, and is not in it",)


def test_one_cancelled_since_is_not_confirmed(desk: Desk, parties: Parties) -> None:
    move_id = desk.do(RequestMove(parties.loose, parties.two)).value
    parties.change(parties.loose, status=OrderStatus.CANCELLED)
    with pytest.raises(Refused, match="is cancelled"):
        desk.do(ConfirmMove(move_id))


def test_her_history_says_what_became_of_her_order(desk: Desk, parties: Parties) -> None:
    desk.do(MoveOrder(parties.first, parties.two))
    for end in (ConfirmMove, RefuseMove):
        move_id = desk.do(RequestMove(parties.loose if end is ConfirmMove else parties.old, parties.two)).value
        desk.do(MarkMoveRequested(move_id))
        desk.do(end(move_id))
    said = [words for one in desk.ask(client_history, parties.ana, Activity.ORDERS).happenings for words in one.said]
    assert [words for words in said if "booked" not in words] == [
        "Customer service refused to move order S1004",
        "Asked customer service to move order S1004",
        "Drafted the move of order S1004 by customer service",
        "Customer service moved order S1003",
        "Asked customer service to move order S1003",
        "Drafted the move of order S1003 by customer service",
        "Moved order S1001 to another event",
    ]
