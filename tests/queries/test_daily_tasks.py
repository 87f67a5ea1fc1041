"""The queue and the right pane, over a small desk."""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.orders import AddPurchaseOrder, OrderForm
from stylistdesk.commands.returns import CancelReturn, MarkExchangeSent, OpenReturn
from stylistdesk.commands.triage import CompleteFollowUp, DismissRule, LogMessage, SnoozeClient
from stylistdesk.db import tables as t
from stylistdesk.desk import Desk
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import (
    AssignmentStatus,
    AssignmentType,
    Channel,
    ConsentState,
    FollowUpStatus,
    MessageKind,
    OrderStatus,
    ReturnKind,
    SignalKind,
)
from stylistdesk.queries.daily_tasks import QueueRow, client_pane, queue, queue_row, today_json
from tests.domain.making import NOW, ago, local


@dataclass(frozen=True)
class Put:
    """Puts rows on the desk, as an import would."""

    rows: Iterable[SQLModel]

    def apply(self, work: Work) -> Outcome:
        for row in self.rows:
            work.session.add(row)
            work.session.flush()
        return Outcome("Put rows")


def put(desk: Desk, *rows: SQLModel) -> None:
    desk.do(Put(rows))


def new_client(desk: Desk, name: str, **fields: Any) -> int:
    first = name.split(maxsplit=1)[0]
    client = t.Client(name=name, name_key=name.casefold(), first_name=first, added_at=ago(days=900), **fields)
    put(desk, client)
    with desk._database.read() as session:
        key = session.exec(select(t.Client.id).where(t.Client.name == name)).one()
    assert key is not None
    put(desk, t.Contact(client_id=key, email=f"c{key}@example.com", phone="+15555550101", is_primary=True))
    return key


def signal(client_id: int, kind: SignalKind, at: datetime, **fields: Any) -> t.Signal:
    number = f"{client_id}-{kind}-{at.isoformat()}"
    return t.Signal(client_id=client_id, kind=kind, occurred_at=at, source="test", external_id=number, **fields)


def row_of(desk: Desk, client_id: int) -> QueueRow:
    row = desk.ask(queue_row, client_id)
    assert row is not None
    return row


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana has hearted three items, commented and filled her cart."""
    key = new_client(desk, "Ana Ruiz", spending_power=4)
    put(
        desk,
        signal(key, SignalKind.HEARTED, ago(hours=30), item="Cashmere coat, ink", amount_cents=42000, currency="USD"),
        signal(key, SignalKind.HEARTED, ago(hours=29), item="Wide trousers, oat"),
        signal(key, SignalKind.HEARTED, ago(hours=28), item="Silk shirt, bone"),
        signal(key, SignalKind.COMMENTED, ago(hours=2), comment="Love the coat", lookbook="Fall looks 2"),
        signal(key, SignalKind.ADDED_TO_CART, ago(hours=1), item="Ankle boot, tan, 38"),
    )
    return key


@pytest.fixture
def crowd(desk: Desk, ana: int) -> Desk:
    """A desk with one client for nearly every rule."""

    def named(name: str, **fields: Any) -> int:
        return new_client(desk, name, **fields)

    bea, dana, emi, fay = named("Bea Okafor"), named("Dana Whitfield"), named("Emi Tanaka"), named("Fay Lindqvist")
    grace, ines, june = named("Grace Obi"), named("Ines Duarte"), named("June Park")
    lou, mia, nia, ona = named("Lou Bianchi"), named("Mia Stone"), named("Nia Bloom"), named("Ona Reed")
    for quiet in range(5):
        named(f"Quiet {quiet}")
    put(
        desk,
        t.Assignment(
            client_id=bea,
            type=AssignmentType.INITIAL,
            status=AssignmentStatus.IN_PROGRESS,
            consultation_at=local(21, 9),
            look_review_at=local(21, 17),
        ),
        t.Cadence(client_id=dana, every=6, unit="week", anchor_on=date(2026, 10, 8)),
        t.Cadence(client_id=ona, every=6, unit="week", anchor_on=date(2026, 10, 8), paused_at=ago(days=1)),
        signal(emi, SignalKind.ADDED_TO_CART, ago(days=3), item="Cashmere coat"),
        t.Order(
            client_id=fay,
            source="shop",
            number="1042",
            status=OrderStatus.RECEIVED,
            placed_at=ago(days=9),
            currency="USD",
            subtotal_cents=1,
            shipping_cents=0,
            tax_cents=0,
            discount_cents=0,
            total_cents=1,
        ),
        t.StyleQuiz(client_id=grace, taken_at=ago(days=3), spending_power=2),
        t.Appointment(client_id=june, kind="consultation", starts_at=local(22, 9, 30)),
        t.CsatResponse(client_id=lou, external_id="r1", responded_at=ago(days=1), score=1, comment="Too late"),
        t.CsatResponse(client_id=lou, external_id="r2", responded_at=ago(days=4), score=2, comment="Slow"),
        t.CsatResponse(client_id=lou, external_id="r3", responded_at=ago(days=9), score=5),
        t.Task(client_id=mia, description="Send swatches", due_on=date(2026, 11, 19)),
        t.FollowUp(
            client_id=nia, status=FollowUpStatus.SCHEDULED, due_on=date(2026, 11, 23), reminder="Ask about Maui"
        ),
    )
    with desk._database.read() as session:
        order = session.exec(select(t.Order.id)).one()
    put(desk, signal(fay, SignalKind.RECEIVED, ago(days=3), item="Coat", order_id=order))

    @dataclass(frozen=True)
    class MakeInesQuiet:
        def apply(self, work: Work) -> Outcome:
            client = work.session.get_one(t.Client, ines)
            client.order_count, client.rhythm_days, client.last_order_on = 5, 34, date(2026, 9, 11)
            return Outcome("Ines ordered long ago")

    desk.do(MakeInesQuiet())
    return desk


def test_the_queue_says_of_each_client_what_to_do_next(crowd: Desk) -> None:
    found = crowd.ask(queue)
    assert {row.name: row.next.action for row in found.rows} == {
        "Ana Ruiz": "Answer her comment",
        "Bea Okafor": "Deliver the lookbook",
        "Dana Whitfield": "Book her next looks",
        "Emi Tanaka": "Help with her cart",
        "Fay Lindqvist": "Ask how it fits",
        "Grace Obi": "Book Head to Toe",
        "Ines Duarte": "Check in",
        "June Park": "Confirm tomorrow 9:30",
        "Lou Bianchi": "Make it right",
        "Mia Stone": "Send swatches",
        "Nia Bloom": "Follow up",
    }
    assert (found.overdue, found.today, found.soon) == (2, 8, 1)
    points = [row.standing.points for row in found.rows]
    assert points == sorted(points, reverse=True)


def test_one_client_asked_for_again_is_as_in_the_whole_queue(crowd: Desk) -> None:
    rows = {row.client_id: row for row in crowd.ask(queue).rows}
    for client_id in range(1, 30):
        assert crowd.ask(queue_row, client_id) == rows.get(client_id)
        pane = crowd.ask(client_pane, client_id)
        row = rows.get(client_id)
        if pane is not None:
            assert pane.standing == (row.standing if row else None)


def test_the_oldest_bad_score_comes_first(crowd: Desk) -> None:
    lou = next(row for row in crowd.ask(queue).rows if row.name == "Lou Bianchi")
    assert lou.next.detail == "“Slow”"


def test_a_parcel_of_years_ago_that_is_imported_now_is_asked_about_by_name_once(crowd: Desk) -> None:
    late = new_client(crowd, "Late Parcel")
    put(crowd, signal(late, SignalKind.RECEIVED, ago(days=700), item="Wool coat"))
    row = row_of(crowd, late)
    assert row.next.reason == "She received Wool coat on 21 Dec 2024: ask how it wears and what she needs next."
    crowd.do(CompleteFollowUp(late, row.last_signal_id, rule=row.next.rule))
    assert crowd.ask(queue_row, late) is None


def test_what_she_received_names_the_end_of_the_return_window(crowd: Desk) -> None:
    fay = next(row for row in crowd.ask(queue).rows if row.name == "Fay Lindqvist")
    assert "return window to 12 Dec" in fay.next.detail


def test_completing_a_follow_up_moves_the_watermark_and_undo_brings_all_back(desk: Desk, ana: int) -> None:
    before = row_of(desk, ana)
    desk.do(CompleteFollowUp(ana, before.last_signal_id, before.next.rule, before.next.subject))
    assert desk.ask(queue_row, ana) is None
    desk.undo()
    assert row_of(desk, ana) == before


def test_a_signal_recorded_after_the_follow_up_shows_whatever_its_date(desk: Desk, ana: int) -> None:
    desk.do(CompleteFollowUp(ana, row_of(desk, ana).last_signal_id))
    put(desk, signal(ana, SignalKind.HEARTED, ago(days=20), item="Old scarf"))
    row = row_of(desk, ana)
    assert [(each.kind, each.count, each.last) for each in row.signals] == [(SignalKind.HEARTED, 1, ago(days=20))]
    assert "Old scarf" in row.next.detail


def test_a_dismissed_rule_stays_away_until_she_does_it_again(desk: Desk, ana: int) -> None:
    desk.do(DismissRule(ana, "answer_comment"))
    row = desk.ask(queue_row, ana)
    assert row is None or row.next.rule != "answer_comment"
    put(desk, signal(ana, SignalKind.REPLIED, ago(days=5), comment="Hello?"))
    assert row_of(desk, ana).next.rule == "answer_comment"


def test_a_snoozed_client_comes_back_in_time_or_with_news(desk: Desk, ana: int, clock: FrozenClock) -> None:
    desk.do(SnoozeClient(ana, NOW + timedelta(hours=5)))
    assert desk.ask(queue).rows == ()
    assert "snoozed until then with Ana Ruiz" in desk.ask(queue).next_up
    put(desk, signal(ana, SignalKind.COMMENTED, ago(minutes=5), comment="And in grey?"))
    assert row_of(desk, ana).next.detail == "“And in grey?”"
    desk.undo()
    clock.at = NOW + timedelta(hours=5)
    assert row_of(desk, ana).next.rule == "answer_comment"


def test_a_message_sent_is_an_answer_but_no_follow_up(desk: Desk, ana: int) -> None:
    desk.do(LogMessage(ana, Channel.TEXT, "+15555550101", "", "Yes, in navy too", MessageKind.ANSWER))
    row, pane = desk.ask(queue_row, ana), desk.ask(client_pane, ana)
    assert row is None or row.next.rule != "answer_comment"
    assert pane is not None and pane.signal_total == 5


def test_a_follow_up_promised_for_later_is_what_is_coming(desk: Desk) -> None:
    key = new_client(desk, "Ana Ruiz")
    desk.do(ScheduleFollowUp(key, Channel.CALL, date(2026, 11, 30), "Maui"))
    assert desk.ask(queue).next_up == "Next up: Mon 30 Nov, follow-up with Ana Ruiz."


def test_an_empty_desk_has_an_empty_queue(desk: Desk) -> None:
    found = desk.ask(queue)
    assert (found.rows, found.overdue, found.today, found.soon, found.next_up) == ((), 0, 0, 0, "")
    assert desk.ask(queue_row, 1) is None
    assert desk.ask(client_pane, 1) is None


def test_the_pane_shows_what_she_did_with_its_real_dates_newest_last(desk: Desk, ana: int) -> None:
    put(
        desk,
        signal(ana, SignalKind.HEARTED, ago(days=40), item="Old scarf"),
        t.Appointment(client_id=ana, kind="consultation", starts_at=local(23, 10), confirmed_at=NOW),
        t.Appointment(client_id=ana, kind="cancelled one", starts_at=local(23, 11), cancelled_at=NOW),
        t.Cadence(client_id=ana, every=6, unit="week", anchor_on=date(2027, 1, 1)),
        t.FollowUp(
            client_id=ana,
            status=FollowUpStatus.COMPLETED,
            completed_at=ago(days=4),
            channel=Channel.TEXT,
            seen_through=0,
        ),
    )
    for number, currency, cents in (("1", "USD", 50000), ("2", "CAD", 70000), ("3", "CAD", 80000)):
        put(
            desk,
            t.Order(
                client_id=ana,
                source="shop",
                number=number,
                status=OrderStatus.SHIPPED,
                placed_at=ago(days=50),
                currency=currency,
                subtotal_cents=cents,
                shipping_cents=0,
                tax_cents=0,
                discount_cents=0,
                total_cents=cents,
                refunded_cents=1000,
            ),
        )
    pane = desk.ask(client_pane, ana)
    assert pane is not None
    assert [line.item or line.comment for line in pane.signals] == [
        "Old scarf",
        "Cashmere coat, ink",
        "Wide trousers, oat",
        "Silk shirt, bone",
        "Love the coat",
        "Ankle boot, tan, 38",
    ]
    assert (pane.signal_total, pane.cadence_label) == (6, "every 6 weeks")
    assert (pane.last_follow_up_at, pane.last_follow_up_channel) == (ago(days=4), Channel.TEXT)
    assert (pane.order_total, pane.order_currency) == (50000, "USD")
    assert pane.appointments == ((local(23, 10), "consultation", True),)
    assert (pane.phone, pane.email_consent) == ("+15555550101", ConsentState.NEVER_ASKED)


def test_a_client_with_thousands_of_signals_shows_the_newest(desk: Desk, ana: int) -> None:
    put(desk, *(signal(ana, SignalKind.OPENED_EMAIL, ago(minutes=number)) for number in range(1, 211)))
    pane = desk.ask(client_pane, ana)
    assert pane is not None
    assert (len(pane.signals), pane.signal_total) == (200, 215)
    assert pane.signals[-1].occurred_at == ago(minutes=1)


def test_today_as_json_is_as_documented(desk: Desk, ana: int) -> None:
    (entry,) = desk.ask(today_json, desk.ask(queue))
    assert list(entry) == [
        "client", "spending_power", "score", "terms", "action", "channel", "reason", "due", "signals", "expected",
    ]  # fmt: skip
    assert entry["client"] == "Ana Ruiz"
    assert entry["score"] == round(sum(term["value"] for term in entry["terms"]), 2) == 17.6
    assert (entry["action"], entry["channel"], entry["due"]) == (
        "Answer her comment", "text", "2026-11-21T07:42:00-05:00",
    )  # fmt: skip
    assert entry["signals"][-1] == {"kind": "hearted", "count": 3, "last": "2026-11-20T05:42:00-05:00"}
    assert entry["expected"] is None
    assert desk.ask(today_json, desk.ask(queue), 0) == []


def test_a_delivered_lookbook_without_a_reaction_is_asked_about(desk: Desk) -> None:
    key = new_client(desk, "Ana Ruiz")
    put(
        desk,
        t.Lookbook(client_id=key, title="Fall looks 1", delivered_at=ago(days=30)),
        t.Lookbook(client_id=key, title="Fall looks 2", delivered_at=ago(days=4)),
        signal(key, SignalKind.HEARTED, ago(days=5)),
        signal(key, SignalKind.OPENED_EMAIL, ago(days=1)),
    )
    rules = {found.rule: found for found in row_of(desk, key).standing.suggestions}
    assert rules["first_impressions"].detail == "Fall looks 2 · delivered four days ago"
    put(desk, signal(key, SignalKind.FAVOURITED, ago(days=3)))
    assert "first_impressions" not in {found.rule for found in row_of(desk, key).standing.suggestions}


def test_a_consultation_done_from_the_queue_moves_on_to_its_lookbook(desk: Desk, clock: FrozenClock) -> None:
    key = new_client(desk, "Ana Ruiz")
    put(desk, t.Assignment(client_id=key, type=AssignmentType.INITIAL, consultation_at=local(21, 9, 50)))
    actions = []
    for _ in range(2):
        row = row_of(desk, key)
        actions.append(row.next.action)
        desk.do(CompleteFollowUp(key, row.last_signal_id, row.next.rule, row.next.subject))
    assert actions == ["Start the consultation", "Deliver the lookbook"]
    clock.at = NOW + timedelta(days=4)
    assert row_of(desk, key).next.action == "Ask for first impressions"


def test_a_session_that_is_booked_serves_her_cadence(desk: Desk) -> None:
    key = new_client(desk, "Ana Ruiz")
    put(
        desk,
        t.Cadence(client_id=key, every=6, unit="week", anchor_on=date(2026, 10, 9)),
        t.Assignment(
            client_id=key, type=AssignmentType.RECURRING, status=AssignmentStatus.CLOSED, consultation_at=local(18, 12)
        ),
    )
    assert desk.ask(queue_row, key) is None


def test_asking_for_the_queue_declares_no_table() -> None:
    code = (
        "import sys; import stylistdesk.queries.daily_tasks; "
        "assert not {'sqlmodel', 'sqlalchemy', 'pydantic'} & set(sys.modules), 'slow start'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def rule_9(desk: Desk, client_id: int) -> str:
    """Why she is to be asked about what she received; empty if she is not."""
    row = desk.ask(queue_row, client_id)
    found = row.standing.suggestions if row is not None else ()
    return next((one.reason for one in found if one.rule == "ask_how_it_fits"), "")


def test_nobody_is_asked_what_to_wear_with_what_came_back(desk: Desk) -> None:
    """Rule 9 tells of what she kept, of a part or of nothing; what was sent instead stands for what it replaced."""
    ana = new_client(desk, "Ana Ruiz")
    lines = parse_lines("2 x Silk scarf @ 30\n1 x Wool coat @ 200", "USD")
    order = desk.do(AddPurchaseOrder(ana, OrderForm(date(2026, 11, 1), lines=lines))).value
    put(desk, signal(ana, SignalKind.RECEIVED, ago(days=40), item="Felt hat"))
    desk.do(CompleteFollowUp(ana, 1))
    put(desk, signal(ana, SignalKind.RECEIVED, ago(days=16), item="Silk scarf (+1 more)", order_id=order))
    assert "Silk scarf (+1 more) 16 days ago: send ideas" in rule_9(desk, ana)
    desk.do(OpenReturn(order, (Asked(1, 1),)))
    assert "Silk scarf (+1 more)" in rule_9(desk, ana)
    scarf = desk.do(OpenReturn(order, (Asked(1, 1),))).value
    assert "received Wool coat 16 days ago: send ideas" in rule_9(desk, ana)
    coat = desk.do(OpenReturn(order, (Asked(2, 1, ReturnKind.EXCHANGE, is_replaced=True),))).value
    assert not rule_9(desk, ana)  # the hat was settled by that follow-up
    desk.do(MarkExchangeSent(coat))
    assert "Wool coat" in rule_9(desk, ana)
    desk.do(OpenReturn(order + 1, (Asked(3, 1),)))  # what was sent instead comes back too
    assert not rule_9(desk, ana)
    desk.do(CancelReturn(scarf))
    assert "received Silk scarf 16 days ago" in rule_9(desk, ana)


def test_what_a_feed_says_came_back_is_known_by_its_name(desk: Desk) -> None:
    """A feed names no order; the shop spells an item otherwise than the feed does."""
    ana, bea = new_client(desk, "Ana Ruiz"), new_client(desk, "Bea Okafor")
    lines = parse_lines("1 x Felt hat, walnut - M @ 96", "USD")
    order = desk.do(AddPurchaseOrder(ana, OrderForm(date(2026, 11, 1), lines=lines))).value
    put(
        desk,
        signal(ana, SignalKind.RECEIVED, ago(days=15), item="Felt hat, walnut, M"),
        signal(bea, SignalKind.RECEIVED, ago(days=15), item="Coat"),
        signal(bea, SignalKind.RECEIVED, ago(days=16), item="Wool wrap"),
    )
    assert "Felt hat" in rule_9(desk, ana)
    desk.do(OpenReturn(order, (Asked(1, 1),)))
    assert not rule_9(desk, ana)
    put(desk, signal(bea, SignalKind.RETURNED, ago(days=3), item="Coat"))
    assert "Wool wrap" in rule_9(desk, bea)
    put(desk, signal(bea, SignalKind.RECEIVED, ago(days=2), item="Coat"))  # she bought another one
    assert "Coat" in rule_9(desk, bea)
