"""R30: everything by date, with who did it, in words a rep reads, through six filters."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.brands import SetClientBrand
from stylistdesk.commands.cadences import PauseCadence, ResumeCadence, SetCadence
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient, EditClient
from stylistdesk.commands.conversations import KeepMessage, RemoveMessage
from stylistdesk.commands.gifts import CorrectGift, DeleteGift, EditGift, SellGift, SendGift
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.paying import RedeemGift, RefundGift
from stylistdesk.commands.rates import SetRate
from stylistdesk.commands.sales import AddCreditMemo, ShipOrder
from stylistdesk.commands.triage import CompleteFollowUp, LogCall, LogMessage, SnoozeClient
from stylistdesk.commands.work import AddTask
from stylistdesk.db.tables import Signal
from stylistdesk.demo.start import build
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import Card
from stylistdesk.domain.history_words import Activity
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents, Channel, Direction, RateScope, SignalKind
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.paths import desk_paths
from stylistdesk.queries.client_history import PAGE, client_history
from stylistdesk.queries.conversations import by_phone, conversation, emails, liked
from tests.conftest import NOW
from tests.helpers import add_client, dump
from tests.queries.test_as_of import PlaceOrder


def told(desk: Desk, who: int, activity: Activity = Activity.ALL) -> list[str]:
    return [said for one in desk.ask(client_history, who, activity).happenings for said in one.said]


def test_what_was_done_in_words(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk, phone="2125550101", email="ana@example.com")
    for command in (
        EditClient(ana, ClientForm("Ana Ruiz", phone="2125550102", email="ana@example.com", spending_power=4)),
        AddNote(ana, "Loves navy"),
        AddTask(ana, "Send a swatch"),
        LogCall(ana, "talked", "Wants coats"),
        PlaceOrder(ana, 1042),
        SnoozeClient(ana, NOW + timedelta(days=9)),
        CompleteFollowUp(ana, 0, channel=Channel.TEXT, outcome="Sent sizes"),
    ):
        clock.at += timedelta(minutes=1)
        desk.do(command)
    assert told(desk, ana) == [
        "Completed a follow-up by text: Sent sizes",
        "Snoozed her until Mon 30 Nov 9:42",
        "Order 1042 booked $1",
        "Called her: talked, Wants coats",
        "Added a task “Send a swatch”",
        "Added a note “Loves navy”",
        "Changed her phone from (212) 555-0101 to (212) 555-0102",
        "Added her spending power: $$$$",
        "Added the contact “ana@example.com”",
        "Added her to the desk",
    ]
    assert {one.by for one in desk.ask(client_history, ana).happenings} == {"Ola Berg"}
    assert told(desk, ana, Activity.ORDERS) == ["Order 1042 booked $1"]
    assert told(desk, ana, Activity.EMAIL) == told(desk, ana, Activity.WEBSITE) == []


def test_taken_back_merged_and_deleted_are_told_as_one(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk, phone="2125550101")
    bea = add_client(desk, "Ana M. Ruiz", email="ana@example.com")
    clock.at += timedelta(minutes=1)
    desk.do(AddNote(bea, "Loves navy"))
    clock.at += timedelta(minutes=1)
    desk.do(MergeClients(ana, bea))
    assert told(desk, ana)[0] == "Merged Ana M. Ruiz into Ana Ruiz, as Ana M. Ruiz"
    clock.at += timedelta(minutes=1)
    desk.undo()
    assert told(desk, ana)[0] == "Took back: Merged Ana M. Ruiz into Ana Ruiz, as Ana M. Ruiz"
    assert told(desk, bea)[0] == "Took back: Merged Ana M. Ruiz into Ana Ruiz, as Ana M. Ruiz"
    clock.at += timedelta(minutes=1)
    desk.do(DeleteClient(bea))
    assert told(desk, bea)[0] == "Removed Ana M. Ruiz"
    assert sum("Merged" in said for said in told(desk, bea)) == 2


def test_an_import_is_named_and_signals_stand_on_their_own_day(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "activity.csv"
    file.write_text(
        "external_id,occurred_at,client_email,client_phone,client_name,kind,lookbook,item,brand,amount,currency,comment,url\n"
        "k1,2026-11-02T10:00:00-05:00,ana@example.com,,Ana Ruiz,hearted,Fall,Cashmere coat,N,420.00,USD,,https://x.example.com\n"
        "k2,2026-11-03T10:00:00-05:00,ana@example.com,,Ana Ruiz,commented,Fall,Cashmere coat,N,,USD,In navy?,\n"
        "k3,2026-11-04T10:00:00-05:00,ana@example.com,,Ana Ruiz,opened_email,Fall,,,,,,\n"
    )
    desk.do(ImportFile(recognise(file)))
    page = desk.ask(client_history, 1).happenings
    assert [(one.said[0], one.by) for one in page if one.source == "signal"] == [
        ("Opened an email Fall", ""),
        ("Commented “In navy?” on Cashmere coat", ""),
        ("Hearted Cashmere coat, $420", ""),
    ]
    assert all(one.by == "Ola Berg, by an import" for one in page if one.source == "change")
    assert told(desk, 1, Activity.EMAIL) == ["Opened an email Fall"]
    assert len(told(desk, 1, Activity.WEBSITE)) == 2
    assert [(one.item, one.url) for one in desk.ask(liked, 1)] == [("Cashmere coat", "https://x.example.com")]


def test_the_filters_part_the_whole(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    build(desk_paths(tmp_path), clock)
    with Desk.open(tmp_path, clock=clock) as desk:
        for who in range(1, 43):
            whole = desk.ask(client_history, who).happenings
            parts = [
                one
                for activity in Activity
                if activity is not Activity.ALL
                for one in desk.ask(client_history, who, activity).happenings
            ]
            assert sorted(parts, key=repr) == sorted(whole, key=repr)
            assert [one.at for one in whole] == sorted((one.at for one in whole), reverse=True)


def test_page_after_page_is_the_whole(desk: Desk) -> None:
    ana = add_client(desk)
    with desk._database.write() as session:
        for number in range(1_000):
            at = NOW - timedelta(hours=number // 3)
            kind = SignalKind.HEARTED if number % 5 else SignalKind.OPENED_EMAIL
            session.add(
                Signal(client_id=ana, kind=kind, occurred_at=at, source="t", external_id=str(number), item=str(number))
            )
    seen, after = [], None
    while True:
        page = desk.ask(client_history, ana, Activity.ALL, after)
        seen += [one.id for one in page.happenings if one.source == "signal"]
        if page.next is None:
            break
        assert len(page.happenings) >= PAGE
        after = page.next
    assert len(seen) == len(set(seen)) == 1_000
    assert len(desk.ask(client_history, ana, Activity.EMAIL).happenings) == 200


def test_emails_and_texts_logged_by_hand(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk, phone="2125550101", email="ana@example.com")
    before = dump(desk)
    yesterday = NOW - timedelta(days=1)
    number = desk.do(KeepMessage(ana, Channel.EMAIL, Direction.IN, yesterday, "The coat", "Is it in navy?")).value
    desk.do(LogMessage(ana, Channel.EMAIL, "ana@example.com", "Re: The coat", "It is."))
    desk.do(KeepMessage(ana, Channel.TEXT, Direction.IN, NOW, body="Thanks!"))
    assert [(one.subject, one.address) for one in desk.ask(emails, ana)] == [
        ("Re: The coat", "ana@example.com"),
        ("The coat", "ana@example.com"),
    ]
    assert told(desk, ana, Activity.EMAIL) == ["Emailed her: Re: The coat", "She sent an email: The coat"]
    (thread,) = desk.ask(conversation, ana)
    assert thread.number == "+12125550101" and [one.body for one in thread.messages] == ["Thanks!"]
    desk.do(RemoveMessage(number))
    assert len(desk.ask(emails, ana)) == 1
    for _ in range(4):
        desk.undo()
    assert dump(desk) == before


@pytest.mark.parametrize(
    ("channel", "at", "body", "field"),
    [(Channel.EMAIL, NOW, " ", "body"), (Channel.TEXT, NOW + timedelta(minutes=1), "hello", "at")],
)
def test_what_cannot_have_been_said_is_refused(desk: Desk, channel: Channel, at, body: str, field: str) -> None:  # type: ignore[no-untyped-def]
    ana = add_client(desk)
    with pytest.raises(Refused) as no:
        desk.do(KeepMessage(ana, channel, Direction.OUT, at, body=body))
    assert no.value.field == field


def test_one_number_of_two(desk: Desk) -> None:
    ana = add_client(desk, phone="(212) 555-0101")
    bea = add_client(desk, "Bea Okafor", phone="212 555 0101")
    add_client(desk, "Cleo Marsh", phone="+1 212 555 0102")
    found = desk.ask(by_phone, "212.555.0101")
    assert (found.number, [name for _, name in found.clients]) == ("+12125550101", ["Ana Ruiz", "Bea Okafor"])
    assert desk.ask(by_phone, "+44 20 7946 0958").clients == ()
    with pytest.raises(Refused):
        desk.ask(by_phone, "no number")
    desk.do(KeepMessage(ana, Channel.TEXT, Direction.OUT, NOW - timedelta(hours=2), body="for Ana"))
    desk.do(KeepMessage(bea, Channel.TEXT, Direction.IN, NOW - timedelta(hours=1), body="from Bea"))
    desk.do(LogCall(ana, "talked"))
    (thread,) = desk.ask(conversation, ana)
    assert thread.sharers == ((bea, "Bea Okafor"),)
    assert [(one.client_id, one.body) for one in thread.messages] == [(ana, ""), (bea, "from Bea"), (ana, "for Ana")]


def test_added_by_hand_is_told_even_without_a_name_of_the_rep(desk: Desk) -> None:
    desk.do(AddClient(ClientForm("Ana [/] Ruiz")))
    assert told(desk, 1) == ["Added her to the desk"]


def test_rates_brands_shipments_and_cadences_are_named(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk)
    brand = int(desk.do(SetClientBrand(ana, "Alder", BrandStatus.ACTIVE)).value)
    key = RateKey(RateScope.CLIENT_BRAND, client_id=ana, brand_id=brand)
    order = int(desk.do(AddOrderSummary(ana, OrderForm(date(2026, 11, 2), Cents(144_000), number="1042"))).value)
    before = dump(desk)
    commands = (
        SetClientBrand(ana, "Alder", BrandStatus.POTENTIAL),
        SetRate(key, BasisPoints(900)),
        SetRate(key, BasisPoints(700), date(2026, 11, 1), end_running=True),
        ShipOrder(order, date(2026, 11, 3), Cents(72_000)),
        AddCreditMemo(order, Cents(1_000), date(2026, 11, 4), True, "CM1"),
        SetCadence(ana, 6, "week", date(2026, 11, 20)),
        SetCadence(ana, 2, "month", date(2026, 11, 20)),
        PauseCadence(ana),
        ResumeCadence(ana),
    )
    for command in commands:
        clock.at += timedelta(minutes=1)
        desk.do(command)
    said = told(desk, ana)
    for line in (
        "Changed the status of the brand Alder from active to potential",
        "Set her commission rate for Alder to 9 %, for all days",
        "Set her commission rate for Alder to 7 %, from Sun 1 Nov",
        "Ended the commission rate of 9 % for Alder before Sun 1 Nov",
        "Shipped $720 of order 1042",
        "Credited $10 on order 1042 (CM1)",
        "Changed her cadence from every 6 weeks to every 2 months",
        "Paused her cadence",
        "Resumed her cadence",
    ):
        assert line in said, (line, said)
    assert not [line for line in said if "interval" in line or "last day" in line or "a brand" in line]
    assert "Shipped $720 of order 1042" in told(desk, ana, Activity.ORDERS)
    for _ in commands:
        desk.undo()
    assert dump(desk) == before


def test_gift_certificates_are_told_in_words(desk: Desk, clock: FrozenClock) -> None:
    """Who bought it sees what became of it."""
    ana, day = add_client(desk, email="ana@example.com"), NOW.date()
    for command in (
        AddOrderSummary(ana, OrderForm(day, Cents(8_000))),
        SellGift(ana, Cents(5_000), day, number="GC7K2M9XQW"),
        EditGift(1, amount=Cents(6_000), whom="Aunt Lou"),
        SendGift(1),
        RedeemGift("GC7K2M9XQW", 1, rest=Card("Visa", "4242")),
        RefundGift(1, Cents(7_000)),
        CorrectGift(1, Cents(5_500), "sold at 55"),
        SellGift(ana, Cents(2_000), day, number="GCH3P6VZCD"),
        DeleteGift(2),
    ):
        clock.at += timedelta(minutes=1)
        desk.do(command)
    said = told(desk, ana, Activity.ORDERS)
    assert said[:13] == [
        "Removed gift certificate GCH3P6VZCD",
        "A gift certificate was sold at $20",
        "Sold her gift certificate GCH3P6VZCD",
        "Corrected a gift certificate by -$5",
        "Gave back $10 of order S1001 to a card",
        "$60 of order S1001 went back to a gift certificate",
        "Paid $20 of order S1001 by card",
        "$60 of a gift certificate paid for order S1001",
        "Sent gift certificate GC7K2M9XQW",
        "Changed the amount of a gift certificate from $50 to $60",
        "Added the recipient of gift certificate GC7K2M9XQW: Aunt Lou",
        "A gift certificate was sold at $50",
        "Sold her gift certificate GC7K2M9XQW",
    ]
