"""Appointments and lookbooks: booked, moved, filled, delivered, each taken back by one key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from stylistdesk.commands.appointments import (
    AddAppointment,
    AppointmentForm,
    CancelAppointment,
    ConfirmAppointment,
    EditAppointment,
    RemoveAppointment,
)
from stylistdesk.commands.assignments import DeliverLookbook
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.commands.lookbooks import (
    AddItem,
    AddLookbook,
    EditItem,
    EditLookbook,
    ItemForm,
    MarkDelivered,
    MoveItem,
    RemoveItem,
    RemoveLookbook,
)
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import LogCall
from stylistdesk.db.tables import Appointment, Assignment, Brand, Location, Message, Order, OrderLine, Signal, Ticket
from stylistdesk.desk import Desk
from stylistdesk.domain.types import (
    AssignmentType,
    CallStatus,
    Channel,
    Direction,
    EventKind,
    OrderStatus,
    Overlaps,
    SignalKind,
)
from stylistdesk.queries.appointments import bookable, client_appointments, standing_across
from stylistdesk.queries.last_contact import last_contact, recently_contacted
from stylistdesk.queries.lookbooks import client_lookbooks
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # 10:00 in New York
SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
MEETING = AppointmentForm("Meeting", MONDAY, MONDAY + HOUR)


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz; her id."""
    return add_client(desk)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


class Store:
    """Stores rows, as an import does."""

    def __init__(self, *rows: object) -> None:
        self.rows = rows

    def apply(self, work: Work) -> Outcome:
        for row in self.rows:
            work.session.add(row)
            work.session.flush()
        return Outcome("Stored")


def test_an_appointment_is_booked_confirmed_moved_cancelled_and_removed(desk: Desk, ana: int, done: Done) -> None:
    home = Location(client_id=ana, name="Home", city="Hoboken", is_primary=True)
    desk.do(Store(Brand(name="Northmoor", name_key="northmoor"), home))
    form = replace(MEETING, season="Fall", season_year=2026, location_id=1, brand_id=1, note="Bring\ncoats")
    outcome = done(AddAppointment(ana, form))
    assert outcome.label == "Booked Ana Ruiz for Mon 23 Nov 10:00"
    shown = desk.ask(client_appointments, ana)[0]
    assert (shown.location, shown.brand, shown.season_year, shown.note, shown.confirmed) == (
        "Home, Hoboken", "Northmoor", 2026, "Bring\ncoats", False,
    )  # fmt: skip
    done(ConfirmAppointment(shown.id))
    assert desk.ask(client_appointments, ana)[0].confirmed
    done(EditAppointment(shown.id, replace(form, note="")))
    assert desk.ask(client_appointments, ana)[0].confirmed
    moved = done(EditAppointment(shown.id, replace(form, starts_at=MONDAY + HOUR, ends_at=MONDAY + 2 * HOUR)))
    assert moved.label == "Moved Ana Ruiz to Mon 23 Nov 11:00"
    assert not desk.ask(client_appointments, ana)[0].confirmed
    done(CancelAppointment(shown.id))
    assert desk.ask(client_appointments, ana)[0].cancelled
    with refused(desk):
        desk.do(ConfirmAppointment(shown.id))
    done(EditAppointment(shown.id, form))
    assert not desk.ask(client_appointments, ana)[0].cancelled
    done(CancelAppointment(shown.id))
    done(CancelAppointment(shown.id, cancelled=False))
    done(ConfirmAppointment(shown.id, confirmed=False))
    done(RemoveAppointment(shown.id))
    assert desk.ask(client_appointments, ana) == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": " "}, "kind"),
        ({"ends_at": MONDAY}, "ends"),
        ({"ends_at": MONDAY - HOUR}, "ends"),
        ({"ends_at": MONDAY + timedelta(days=15)}, "ends"),
        ({"starts_at": datetime(1066, 10, 14, tzinfo=UTC), "ends_at": None}, "starts"),
        ({"location_id": 1}, "location"),
        ({"brand_id": 9}, "brand"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(desk: Desk, ana: int, changed: dict[str, object], field: str) -> None:
    bea = add_client(desk, "Bea Okafor")
    desk.do(Store(Location(client_id=bea, name="Home", is_primary=True)))
    with refused(desk, field):
        desk.do(AddAppointment(ana, replace(MEETING, **changed)))  # type: ignore[arg-type]


def _consultation(desk: Desk, client_id: int, at: datetime) -> None:
    desk.do(
        Store(
            Assignment(client_id=client_id, type=AssignmentType.RECURRING, consultation_at=at),
            Appointment(client_id=client_id, assignment_id=1, kind="Consultation", starts_at=at),
        )
    )


def _assignment_at(desk: Desk) -> datetime | None:
    return desk.ask(lambda asking: asking.session.get(Assignment, 1).consultation_at)  # type: ignore[union-attr]


def _tickets(desk: Desk) -> list[Ticket]:
    return desk.ask(lambda asking: list(asking.session.exec(select(Ticket).order_by(col(Ticket.id)))))


def test_moving_a_consultation_moves_its_assignment_and_a_late_move_drafts_a_ticket_to_hq(
    desk: Desk, ana: int, done: Done
) -> None:
    _consultation(desk, ana, SUNDAY)
    form = AppointmentForm("Consultation", SUNDAY + 5 * HOUR)
    outcome = done(EditAppointment(1, form))
    assert "a ticket to HQ is drafted" in outcome.label
    assert _assignment_at(desk) == SUNDAY + 5 * HOUR
    assert "was moved from Sun 22 Nov 10:00 to Sun 22 Nov 15:00, within 48 hours" in _tickets(desk)[0].body
    done(CancelAppointment(1))
    assert "of Sun 22 Nov 15:00 was cancelled" in _tickets(desk)[0].body
    assert _assignment_at(desk) == SUNDAY + 5 * HOUR


def test_a_session_whose_lookbook_was_delivered_is_not_moved_in_the_calendar(desk: Desk, ana: int) -> None:
    """As it is not in Appointments: another session is a revision, or the next one."""
    _consultation(desk, ana, SUNDAY)
    desk.do(DeliverLookbook(1))
    with refused(desk):
        desk.do(EditAppointment(1, AppointmentForm("Consultation", SUNDAY + 5 * HOUR)))
    desk.do(EditAppointment(1, AppointmentForm("Consultation", SUNDAY, note="She was early.")))


def test_early_moves_and_appointments_of_her_own_are_not_hqs_business(desk: Desk, ana: int, done: Done) -> None:
    _consultation(desk, ana, NOW + timedelta(days=5))
    done(EditAppointment(1, AppointmentForm("Consultation", NOW + timedelta(days=6))))
    done(AddAppointment(ana, MEETING))
    done(CancelAppointment(2))
    assert _tickets(desk) == []


def test_what_a_booking_stands_across_is_told_as_the_setting_says(desk: Desk, ana: int) -> None:
    desk.do(Store(Brand(name="Northmoor", name_key="northmoor")))
    bea = add_client(desk, "Bea Okafor")
    desk.do(AddAppointment(bea, replace(MEETING, brand_id=1)))
    desk.do(AddAppointment(bea, AppointmentForm("Fitting", MONDAY + HOUR)))
    desk.do(AddAppointment(bea, replace(MEETING, kind="Cancelled")))
    desk.do(CancelAppointment(3))

    def across(overlaps: Overlaps, brand_id: int | None = None, but: int | None = None) -> list[str]:
        desk.settings = desk.settings.model_copy(update={"overlaps": overlaps})
        found = desk.ask(standing_across, MONDAY + HOUR / 2, MONDAY + 3 * HOUR, brand_id, but)
        return [f"{one.who}: {one.kind}" for one in found]

    assert across(Overlaps.SAME_REP) == ["Bea Okafor: Meeting", "Bea Okafor: Fitting"]
    assert across(Overlaps.SAME_REP, but=1) == ["Bea Okafor: Fitting"]
    assert across(Overlaps.SAME_BRAND, brand_id=1) == ["Bea Okafor: Meeting"]
    assert across(Overlaps.SAME_BRAND) == []
    assert across(Overlaps.IGNORE) == []
    desk.do(AddEvent(EventForm("Dentist", EventKind.BLOCKED, MONDAY, MONDAY + HOUR)))
    assert across(Overlaps.SAME_BRAND) == ["Dentist: blocked"] and across(Overlaps.IGNORE) == []
    assert desk.ask(bookable, None).name == "" and desk.ask(bookable, bea).brands == ((1, "Northmoor"),)


def _signal(client_id: int, kind: SignalKind, item: str, lookbook: str = "Fall looks", **more: object) -> Signal:
    return Signal(
        client_id=client_id, kind=kind, occurred_at=NOW, source="test", external_id=f"{kind}{item}{lookbook}",
        item=item, lookbook=lookbook, **more,
    )  # fmt: skip


def _bought(client_id: int, name: str, status: OrderStatus = OrderStatus.PLACED, quantity: int = 1) -> Order:
    return Order(
        client_id=client_id, source="shop", number=name + status, status=status, placed_at=NOW, currency="USD",
        subtotal_cents=0, shipping_cents=0, tax_cents=0, discount_cents=0, total_cents=0,
    )  # fmt: skip


def test_a_lookbook_tells_what_was_hearted_put_into_the_cart_and_bought(desk: Desk, ana: int, done: Done) -> None:
    book = int(done(AddLookbook(ana, "Fall looks")).value)
    coat = ItemForm("Cashmere coat, ink", "Look 1", "Alder & Wick", 42_000, "USD", "looks.example.com/aw-101")
    done(AddItem(book, coat))
    done(AddItem(book, ItemForm("Silk shirt, bone", "Look 2", "", 14_000, "USD")))
    done(AddItem(book, ItemForm("Wide trousers", "Look 1")))
    done(MarkDelivered(book))
    desk.do(
        Store(
            _signal(ana, SignalKind.HEARTED, "cashmere coat, ink", brand="Alder & Wick"),
            _signal(ana, SignalKind.ADDED_TO_CART, "Cashmere coat, ink, M"),
            _signal(ana, SignalKind.HEARTED, "Silk shirt, bone", "Spring looks"),
            _signal(ana, SignalKind.COMMENTED, "Silk shirt, bone", ""),
            _bought(ana, "a"),
            OrderLine(order_id=1, position=0, name="Cashmere coat, ink - M", quantity=2, price_cents=42_000,
                      discount_cents=4_000),
            _bought(ana, "b", OrderStatus.CANCELLED),
            OrderLine(order_id=2, position=0, name="Silk shirt, bone - M", quantity=1, price_cents=14_000),
        )
    )  # fmt: skip
    shown = desk.ask(client_lookbooks, ana)[0]
    assert [(item.look, item.name) for item in shown.items] == [
        ("Look 1", "Cashmere coat, ink"), ("Look 1", "Wide trousers"), ("Look 2", "Silk shirt, bone"),
    ]  # fmt: skip
    first, trousers, shirt = shown.items
    assert (first.hearted, first.carted, first.units, first.bought) == (1, 1, 2, (("USD", 80_000),))
    assert (shirt.hearted, shirt.commented, shirt.units, shirt.bought) == (0, 1, 0, ())
    assert (trousers.hearted, trousers.units, trousers.price_cents) == (0, 0, None)
    assert first.url == "https://looks.example.com/aw-101"
    assert shown.prices == (("USD", 56_000),) and shown.bought == (("USD", 80_000),)


def test_what_was_bought_before_a_lookbook_was_delivered_is_not_its_doing(desk: Desk, ana: int) -> None:
    desk.do(AddLookbook(ana, "Not yet"))
    desk.do(AddItem(1, ItemForm("Coat")))
    desk.do(Store(_bought(ana, "a"), OrderLine(order_id=1, position=0, name="Coat", quantity=1, price_cents=1)))
    assert desk.ask(client_lookbooks, ana)[0].items[0].units == 0


def test_a_lookbook_is_renamed_emptied_and_removed(desk: Desk, ana: int, done: Done) -> None:
    book = int(done(AddLookbook(ana, "Fall looks", NOW - HOUR)).value)
    done(EditLookbook(book, "Fall looks 2", NOW - 2 * HOUR))
    done(AddItem(book, ItemForm("Coat", price_cents=100, currency="USD")))
    done(EditItem(1, ItemForm("Long coat", "Look 3", picture="/pictures/coat.png")))
    item = desk.ask(client_lookbooks, ana)[0].items[0]
    assert (item.name, item.look, item.price_cents, item.currency, item.picture) == (
        "Long coat", "Look 3", None, "", "/pictures/coat.png",
    )  # fmt: skip
    done(RemoveItem(1))
    done(MarkDelivered(book, delivered=False))
    shown = desk.ask(client_lookbooks, ana)[0]
    assert (shown.title, shown.delivered_at, shown.items) == ("Fall looks 2", None, ())
    done(AddItem(book, ItemForm("Coat")))
    done(RemoveLookbook(book))
    assert desk.ask(client_lookbooks, ana) == ()


def test_items_move_within_their_look(desk: Desk, ana: int, done: Done) -> None:
    desk.do(AddLookbook(ana, "Fall looks"))
    for name, look in (("a", "1"), ("b", "2"), ("c", "1"), ("d", "1")):
        desk.do(AddItem(1, ItemForm(name, look)))

    def names() -> str:
        return "".join(item.name for item in desk.ask(client_lookbooks, ana)[0].items)

    assert names() == "acdb"
    done(MoveItem(4, -1))
    assert names() == "adcb"
    done(MoveItem(4, -1))
    assert names() == "dacb"
    assert not done(MoveItem(4, -1)).changed
    assert not done(MoveItem(2, 1)).changed
    done(MoveItem(1, 1))
    assert names() == "dcab"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ItemForm(" "), "name"),
        (ItemForm("Coat", price_cents=-1), "price"),
        (ItemForm("Coat", url="javascript:x"), "url"),
    ],
)
def test_an_item_that_is_none_is_refused(desk: Desk, ana: int, form: ItemForm, field: str) -> None:
    desk.do(AddLookbook(ana, "Fall looks"))
    with refused(desk, field):
        desk.do(AddItem(1, form))
    with refused(desk, "title"):
        desk.do(EditLookbook(1, ""))
    with refused(desk, "delivered"):
        desk.do(EditLookbook(1, "Fall looks", NOW + HOUR))


def test_the_last_contact_is_told_with_what_and_by_whom(desk: Desk, ana: int, clock: object) -> None:
    assert desk.ask(last_contact, ana) is None
    desk.do(AddNote(ana, "No contact, only a thought"))
    assert desk.ask(last_contact, ana) is None
    desk.do(Store(Message(client_id=ana, channel=Channel.TEXT, direction=Direction.OUT, sent_at=NOW, body="Hello")))
    later = NOW + timedelta(hours=1)
    desk.do(Store(Message(client_id=ana, channel=Channel.TEXT, direction=Direction.IN, sent_at=later, body="Hi")))
    found = desk.ask(last_contact, ana)
    assert found is not None and (found.at, found.what, found.by, found.is_recent) == (NOW, "text", "Ola Berg", True)
    clock.at = NOW + timedelta(days=2)  # type: ignore[attr-defined]
    desk.do(AddNote(ana, "Wants coats", call_status=CallStatus.TALKED))
    clock.at = NOW + timedelta(days=5)  # type: ignore[attr-defined]
    found = desk.ask(last_contact, ana)
    assert found is not None and (found.what, found.is_recent) == ("call", False)
    bea = add_client(desk, "Bea Okafor")
    assert desk.ask(recently_contacted, (ana, bea)) == 0
    desk.settings = desk.settings.model_copy(update={"recent_contact_days": 10})
    assert desk.ask(recently_contacted, (ana, bea)) == 1
    found = desk.ask(last_contact, ana)
    assert found is not None and found.is_recent
    desk.do(LogCall(ana, "talked"))
    found = desk.ask(last_contact, ana)
    assert found is not None and found.at == clock.at  # type: ignore[attr-defined]
