"""A desk made of plain rows, for pictures: the same on every run, whatever the rules say."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input, TextArea

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.desk import Desk
from stylistdesk.domain.consent import Evidence, Sender, judge
from stylistdesk.domain.facts import Unseen
from stylistdesk.domain.suggestions import Standing, Suggestion, Term
from stylistdesk.domain.types import (
    Cents,
    Channel,
    ConsentState,
    FollowUpStatus,
    OrderStatus,
    SignalKind,
)
from stylistdesk.paths import DeskPaths, desk_paths
from stylistdesk.queries.clients import ClientCard, ClientList, ClientRow
from stylistdesk.queries.daily_tasks import ClientPane, Queue, QueueRow, SignalLine
from stylistdesk.queries.overview import (
    ClientOverview,
    ContactLine,
    FollowUpLine,
    LocationLine,
    NoteLine,
    OrderLine,
    TaskLine,
)
from stylistdesk.queries.waiting import Waiting
from stylistdesk.settings import Loaded, Settings
from stylistdesk.ui import asking
from stylistdesk.ui.app import StylistDesk
from stylistdesk.ui.sending import Sending

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)  # Sat 21 Nov 9:42 in New York
TODAY = datetime(2026, 11, 21, 5, tzinfo=UTC)
H, C, K, O, R = (  # noqa: E741
    SignalKind.HEARTED,
    SignalKind.COMMENTED,
    SignalKind.ADDED_TO_CART,
    SignalKind.CHECKED_OUT,
    SignalKind.RECEIVED,
)
T, E, P = Channel.TEXT, Channel.EMAIL, Channel.CALL

# name, power, action, detail, days until due or an hour today, late, signals, channel, points, rule
_QUEUE: tuple[tuple[Any, ...], ...] = (
    ("Ana Ruiz", 4, "Answer her comment", "“Love the coat, is it in navy?”", "now", {H: 3, K: 1}, T, 1470, 5),
    ("Bea Okafor", 5, "Deliver the lookbook", "Head to Toe · consultation held 10:00", "17:00", {H: 1}, E, 1410, 3),
    ("Cleo Marsh", 2, "Thank her for the order", "Order #1042, two pieces, $312", 0, {O: 1}, T, 1200, 8),
    ("Dana Whitfield", 3, "Book her next looks", "Every 6 weeks · last looks 9 Oct", -2, {}, T, 1150, 11),
    ("Emi Tanaka", 6, "Help with her cart", "Cashmere coat in the cart since Thu", 0, {H: 5, K: 2}, T, 1100, 4),
    ("Fay Lindqvist", 3, "Ask how it fits", "Received Tue · return window to 12 Dec", 0, {R: 2}, T, 1000, 9),
    ("Grace Obi", 2, "Book Head to Toe", "New client · quiz taken Wed", 0, {}, P, 900, 17),
    ("Hana Novak", 4, "Send a close-up", "Hearted wide trousers 3 days ago", 1, {H: 2}, T, 800, 6),
    ("Ines Duarte", 3, "Check in", "71 days quiet · her rhythm is 34", 1, {}, T, 700, 12),
    ("June Park", 2, "Confirm tomorrow 9:30", "Recurring Looks · not confirmed yet", 0, {}, T, 600, 18),
    ("Kit Moreau", 5, "Ask for express consent", "Purchase consent ends 30 Nov", 9, {}, E, 500, 14),
    ("Lou Bianchi", 2, "Send the Return ID", "Exchange R-2087, coat 38 to 36", 0, {}, E, 400, 15),
)


def suggestion(action: str, detail: str, due: Any, channel: Channel, number: int) -> Suggestion:
    at, all_day = NOW, False
    if isinstance(due, int):
        at, all_day = TODAY + timedelta(days=due), True
    elif due != "now":
        at = datetime.combine(date(2026, 11, 21), datetime.strptime(due, "%H:%M").time(), tzinfo=ZONE)  # noqa: DTZ007
    return Suggestion(
        rule="a_rule", number=number, action=action, channel=channel, reason=f"{action}: {detail.strip('“”')}.",
        detail=detail, due=at.astimezone(UTC), all_day=all_day, promised=due == -2,
    )  # fmt: skip


def queue_row(number: int) -> QueueRow:
    name, power, action, detail, due, signals, channel, points, rule = _QUEUE[number]
    terms = (Term("what she did", points - 270), Term(f"spending power {'$' * power}", 270))
    standing = Standing(number + 1, (suggestion(action, detail, due, channel, rule),), terms)
    counts = tuple(Unseen(kind, count, NOW, NOW, 1) for kind, count in signals.items())
    return QueueRow(number + 1, name, power, standing, counts, 10 * (number + 1))


def client_pane(row: QueueRow) -> ClientPane:
    friday, saturday = datetime(2026, 11, 20, 15, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC)
    signals = (
        SignalLine(1, H, friday, "Cashmere coat, ink", "Alder", "Fall looks 2", "", Cents(42000), "USD"),
        SignalLine(2, H, friday, "Wide trousers, oat", "Alder", "Fall looks 2", "", Cents(18000), "USD"),
        SignalLine(3, H, friday, "Silk shirt, bone", "Alder", "Fall looks 2", "", Cents(14000), "USD"),
        SignalLine(4, C, saturday, "", "", "Fall looks 2", "Love the coat, is it in navy?", None, ""),
        SignalLine(5, K, saturday, "Ankle boot, tan, 38", "Alder", "Fall looks 2", "", Cents(16000), "USD"),
    )
    return ClientPane(
        client_id=row.client_id, name=row.name, first_name=row.name.split()[0], spending_power=row.spending_power,
        email=f"{row.name.split()[0].lower()}@example.com", phone="+15555550101",
        email_consent=ConsentState.SUBSCRIBED, text_consent=ConsentState.NEVER_ASKED,
        cadence_label="Recurring Looks, every 6 weeks", standing=row.standing,
        last_follow_up_at=datetime(2026, 11, 17, 15, tzinfo=UTC), last_follow_up_channel=T, signals=signals,
        signal_total=5, last_signal_id=row.last_signal_id, order_count=6, order_total=Cents(144000),
        order_currency="USD", last_order_on=date(2026, 10, 12),
        appointments=(
            (datetime(2026, 11, 23, 15, tzinfo=UTC), "consultation", True),
            (datetime(2026, 11, 23, 20, tzinfo=UTC), "look review", False),
        ),
    )  # fmt: skip


class PictureDesk:
    """What the screens ask of a desk, answered from plain rows."""

    zone, currency, country, rep_name = ZONE, "USD", "US", "Robin"
    read_only = None
    is_open_elsewhere = False
    is_empty = False
    held = None
    epoch = 0
    paths: DeskPaths

    def __init__(self) -> None:
        self.version = 1
        self.is_set_up = True
        self.problems: list[str] = []
        self.rows = {row.client_id: row for row in map(queue_row, range(len(_QUEUE)))}
        self.settings = Settings()
        self.loaded = Loaded(self.settings, {})

    def now(self) -> datetime:
        return NOW

    def poll(self) -> bool:
        return False

    def follow_settings(self) -> bool:
        return False

    def inbox_files(self) -> list[Path]:
        return []

    def keep_safe(self) -> None: ...

    def say_open(self) -> None: ...

    def ask(self, query: Any, *given: Any) -> Any:
        """What is not answered from plain rows is asked of a desk that has none: the templates that come with it."""
        with Desk.open(self.paths, clock=FrozenClock(NOW)) as desk:
            desk.do(SetUpDesk(self.rep_name, "America/New_York", self.currency))
            return desk.ask(query, *given)

    def learn_buyers(self) -> bool:
        return False

    def close(self) -> None: ...

    def queue(self) -> Queue:
        return Queue(tuple(self.rows.values()), 1, 8, 3, "Mon 23 Nov 10:00, consultation with Ana Ruiz")

    def panes(self, client_ids: tuple[int, ...]) -> dict[int, ClientPane]:
        return {client_id: client_pane(self.rows[client_id]) for client_id in client_ids if client_id in self.rows}


def client_rows() -> tuple[ClientRow, ...]:
    return tuple(
        ClientRow(row.client_id, row.name, row.spending_power, "", "", f"{row.name.split()[0].lower()}@example.com",
                  "+15555550101", 6, date(2026, 10, 12))
        for row in map(queue_row, range(len(_QUEUE)))
    )  # fmt: skip


def client_overview() -> ClientOverview:
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    return ClientOverview(
        description="Works near the showroom.", company="", tags="vip", birthday="", website="",
        cadence="every 6 weeks", cadence_anchor_on=date(2026, 10, 9), cadence_paused=False,
        contacts=(ContactLine("Ana Ruiz", "ana@example.com", "+15555550101", True),),
        locations=(LocationLine("", "118 Willow Terrace, Hoboken NJ 07030, US", True),),
        assignments=(),
        orders=(OrderLine("#1042", OrderStatus.SHIPPED, datetime(2026, 10, 12, 15, tzinfo=UTC), Cents(31200), Cents(0),
                          "USD"),),
        follow_ups=(FollowUpLine(FollowUpStatus.COMPLETED, None, datetime(2026, 11, 17, 15, tzinfo=UTC), T, "sent"),),
        tasks=(TaskLine("Send swatches", "", date(2026, 11, 19)),),
        notes=(NoteLine(friday, "Likes ink and bone."),), csat=(),
    )  # fmt: skip


def client_card() -> ClientCard:
    return ClientCard(
        1, "Ana Ruiz", "ana@example.com", "+15555550101", 4, "", "vip", "", "", "Works near the showroom."
    )


def make_app(desk: Any, monkeypatch: pytest.MonkeyPatch, folder: Path, **first: Any) -> StylistDesk:
    monkeypatch.setattr(asking, "read_queue", lambda desk: desk.queue())
    monkeypatch.setattr(asking, "read_rows", lambda desk, ids, _panes=(): ({i: desk.rows.get(i) for i in ids}, {}))
    monkeypatch.setattr(asking, "read_waiting", lambda _: (Waiting(3, 5, 1) if desk.rows else Waiting(), ()))
    monkeypatch.setattr(asking, "read_panes", lambda desk, ids: desk.panes(ids))
    rows = client_rows() if desk.rows else ()
    monkeypatch.setattr(asking, "read_clients", lambda *_: ClientList(rows, 0, len(rows)))
    monkeypatch.setattr(asking, "read_overview", lambda *_: client_overview())
    monkeypatch.setattr(asking, "read_card", lambda *_: client_card())
    monkeypatch.setattr(asking, "read_last_contact", lambda *_: None)
    sender = Sender("Thea Lindholm", "48 Wharton Mews, New York, NY 10013")
    bought = Evidence(purchases=(date(2026, 10, 12),))
    monkeypatch.setattr(
        asking,
        "read_answer",
        lambda _desk, _client, channel, _address, kind, _body: (
            judge(channel, bought, NOW.astimezone(ZONE).date(), kind=kind, sender=sender),
            sender,
        ),
    )
    monkeypatch.setattr(Sending, "look", lambda _: None)
    desk.paths = desk_paths(folder)
    stop_blinking(monkeypatch)
    return StylistDesk(lambda: desk, first, folder, clock=FrozenClock(NOW))


def stop_blinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that blinks is another picture every half second."""
    for kind in (Input, TextArea):
        monkeypatch.setattr(kind, "cursor_blink", False)


__all__ = ["NOW", "PictureDesk", "make_app", "stop_blinking"]
