"""The signals of the large made-up desk, in the order in which they were recorded, and the follow-ups that saw them."""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from stylistdesk.db.tables import FollowUp, Signal
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.catalogue import CATALOGUE
from stylistdesk.demo.large_clients import DAYS, Cast
from stylistdesk.demo.large_orders import Happened
from stylistdesk.demo.names import COMMENTS, LOOKBOOK_TITLES, OUTCOMES
from stylistdesk.domain.types import Channel, FollowUpStatus, SignalKind

_KINDS = (
    (SignalKind.HEARTED,) * 50
    + (SignalKind.OPENED_EMAIL,) * 22
    + (SignalKind.ADDED_TO_CART,) * 9
    + (SignalKind.FAVOURITED,) * 8
    + (SignalKind.COMMENTED,) * 5
    + (SignalKind.REPLIED,) * 3
    + (SignalKind.BOOKED,) * 2
    + (SignalKind.RETURNED,)
)
_WITH_WORDS = frozenset({SignalKind.COMMENTED, SignalKind.REPLIED})
_WITHOUT_ITEM = frozenset({SignalKind.REPLIED, SignalKind.BOOKED, SignalKind.OPENED_EMAIL})
_CHANNELS = (Channel.TEXT, Channel.TEXT, Channel.EMAIL, Channel.CALL)
_RULES = {
    Channel.TEXT: "send_close_up",
    Channel.EMAIL: "thank_for_order",
    Channel.CALL: "ask_how_it_fits",
}

Event = tuple[float, int, SignalKind, int, int, int]


def add_signals(
    filling: Filling, random: Random, cast: Cast, happened: Happened, signals: int, say: Callable[[str], None]
) -> None:
    """Add exactly so many signals day by day; all but a few in a hundred are behind a completed follow-up."""
    others = signals - sum(len(events) for events in happened.values())
    follow_ups = _follow_up_days(random, cast)
    told = 0
    for day in range(DAYS):
        events = happened.pop(day, [])
        for _ in range(others * (day + 1) // DAYS - others * day // DAYS):
            # A few clients do much and many do little.
            client_id = 1 + int(random.random() ** 1.5 * cast.known_on(day))
            place, kind = random.randrange(len(CATALOGUE)), random.choice(_KINDS)
            events.append((day + random.random(), client_id, kind, 0, place, CATALOGUE[place].price_cents))
        events.sort()
        for event in events:
            _add_signal(filling, random, cast, event)
        for client_id in follow_ups.pop(day, ()):
            _add_follow_up(filling, random, cast, client_id, day)
        if filling.rows(Signal).last_id - told >= 100_000:
            told = filling.rows(Signal).last_id
            say(f"{told:,} of {signals:,} signals")


def _follow_up_days(random: Random, cast: Cast) -> dict[int, list[int]]:
    """By day, the clients whose follow-up was completed at its end: most of them this week, the rest long ago."""
    days: dict[int, list[int]] = defaultdict(list)
    for client_id in range(1, cast.size + 1):
        day = DAYS - 1 - (random.uniform(0, 5) if random.random() < 0.65 else random.uniform(5, 90))
        for _ in range(10):
            if day < cast.joined[client_id]:
                break
            days[int(day)].append(client_id)
            day -= random.uniform(40, 180)
    return days


def _add_signal(filling: Filling, random: Random, cast: Cast, event: Event) -> None:
    day, client_id, kind, order_id, place, cents = event
    item = CATALOGUE[place]
    bare = kind in _WITHOUT_ITEM
    rows = filling.rows(Signal)
    cast.last_signal[client_id] = rows.add(
        client_id=client_id,
        kind=kind,
        occurred_at=cast.at(day),
        source="shopify" if order_id else "activity",
        external_id=f"la-{rows.last_id + 1}",
        lookbook="" if order_id else LOOKBOOK_TITLES[place % len(LOOKBOOK_TITLES)],
        item="" if bare else item.name,
        brand="" if bare else item.brand,
        amount_cents=None if bare else cents,
        currency="" if bare else cast.currency,
        comment=random.choice(COMMENTS) if kind in _WITH_WORDS else "",
        url="",
        order_id=order_id or None,
    )


def _add_follow_up(filling: Filling, random: Random, cast: Cast, client_id: int, day: int) -> None:
    seen = cast.last_signal[client_id]
    cast.watermark[client_id] = seen
    channel, at = random.choice(_CHANNELS), cast.at(day + 1)
    filling.rows(FollowUp).add(
        client_id=client_id,
        status=FollowUpStatus.COMPLETED,
        due_on=at.astimezone(cast.zone).date() if random.random() < 0.5 else None,
        channel=channel,
        reminder="",
        completed_at=at,
        outcome=random.choice(OUTCOMES),
        rule=_RULES[channel],
        seen_through=seen,
    )
