"""The clients of the large made-up desk, with what a client list and a Style Quiz say of them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from unicodedata import normalize
from zoneinfo import ZoneInfo

from stylistdesk.db.tables import (
    Cadence,
    Client,
    ClientExternalId,
    Consent,
    Contact,
    Location,
    OptOut,
    StyleQuiz,
    StyleQuizAnswer,
)
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.names import AREA_CODES, FIRST_NAMES, FREQUENCIES, LAST_NAMES, PLACES, STREETS, WAYS
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus

DAYS = 3 * 365
"""How far back the desk goes."""

_POWERS = (1, 2, 2, 3, 3, 3, 4, 4, 5, 6)
_ANSWERS = ("Work", "Weekends", "Weddings", "Travel", "A new job", "Evenings out")
_COLORS = ("Navy, cream", "Black", "Rust, gold", "Forest, oat", "Denim, white", "Plum, grey")


@dataclass(slots=True)
class Cast:
    """Who there is, and what later rows need of each: lists by client id, whose first place stays empty."""

    size: int
    now: datetime
    zone: ZoneInfo
    currency: str
    began: datetime = field(init=False)
    joined: list[int] = field(default_factory=lambda: [0])  # the day, counted from the first
    last_signal: list[int] = field(default_factory=list)
    watermark: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.now - timedelta(days=DAYS)
        self.last_signal, self.watermark = [0] * (self.size + 1), [0] * (self.size + 1)

    def at(self, day: float) -> datetime:
        """The instant so many days from the first, to the second."""
        return (self.began + timedelta(days=day)).replace(microsecond=0)

    def known_on(self, day: float) -> int:
        """How many clients there are on that day; ids are given in the order in which they joined."""
        return max(1, min(self.size, int(self.size * (0.4 + 0.62 * day / DAYS))))


def add_clients(filling: Filling, random: Random, cast: Cast) -> None:
    """Add every client with a contact, a location and mostly a Style Quiz; a third of them are on a cadence."""
    for number in range(1, cast.size + 1):
        day = max(0.0, (number / cast.size - 0.4) / 0.62 * DAYS)
        cast.joined.append(int(day))
        _add_client(filling, random, cast, number, cast.at(day))


def _add_client(filling: Filling, random: Random, cast: Cast, number: int, joined: datetime) -> None:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    name, power = f"{first} {last}", random.choice(_POWERS) if random.random() < 0.85 else None
    client_id = filling.rows(Client).add(
        name=name,
        name_key=name_key(name),
        first_name=first,
        last_name=last,
        company="",
        spending_power=power,
        tags="vip" if power == 6 else "",
        description="",
        added_at=joined,
        added_by_hand=False,
        watermark=0,
        order_count=0,
        last_order_on=None,
        rhythm_days=None,
    )
    filling.rows(ClientExternalId).add(client_id=client_id, source="shopify", external_id=str(7_400_000_000 + number))
    _add_contact(filling, random, client_id, name, joined)
    city, region, postcode, (north, east) = random.choice(PLACES)
    filling.rows(Location).add(
        client_id=client_id,
        name="",
        line1=f"{random.randrange(1, 900)} {random.choice(STREETS)} {random.choice(WAYS)}",
        line2="",
        city=city,
        region=region,
        postcode=f"{postcode}{random.randrange(100):02d}",
        country="US",
        is_primary=True,
        latitude=north + number * 7919 % 300_000 - 150_000,
        longitude=east + number * 6607 % 400_000 - 200_000,
        position_from="typed",
    )
    if power is not None:
        quiz_id = filling.rows(StyleQuiz).add(client_id=client_id, taken_at=joined, spending_power=power)
        answers = (("What are you dressing for?", _ANSWERS), ("Which colors do you reach for?", _COLORS))
        for position, (question, choices) in enumerate(answers):
            filling.rows(StyleQuizAnswer).add(
                quiz_id=quiz_id, position=position, question=question, answer=random.choice(choices)
            )
    if random.random() < 0.35:
        unit, every = random.choice(FREQUENCIES)
        filling.rows(Cadence).add(
            client_id=client_id,
            every=every,
            unit=unit,
            anchor_on=joined.astimezone(cast.zone).date(),
            paused_at=joined if random.random() < 0.05 else None,
        )


def _add_contact(filling: Filling, random: Random, client_id: int, name: str, joined: datetime) -> None:
    plain = normalize("NFKD", name_key(name)).encode("ascii", "ignore").decode().replace("'", "")
    email = f"{plain.replace(' ', '.')}.{client_id}@example.com"
    lot = random.random()
    consent = (
        ConsentState.SUBSCRIBED if lot < 0.6 else ConsentState.UNSUBSCRIBED if lot > 0.94 else ConsentState.NEVER_ASKED
    )
    left = consent is ConsentState.UNSUBSCRIBED
    code, line = AREA_CODES[client_id // 100 % len(AREA_CODES)], client_id % 100
    contact_id = filling.rows(Contact).add(
        client_id=client_id,
        name=name,
        email=email,
        email_key=email,
        phone=f"+1{code}55501{line:02d}" if client_id < 100 * len(AREA_CODES) else "",
        is_primary=True,
        email_status=EmailStatus.UNSUBSCRIBED if left else EmailStatus.ACTIVE,
        email_consent=consent,
        text_consent=ConsentState.SUBSCRIBED if lot < 0.4 else ConsentState.NEVER_ASKED,
    )
    if left:
        filling.rows(OptOut).add(channel=Channel.EMAIL, address=email, source="shopify", recorded_at=joined)
    if consent is not ConsentState.NEVER_ASKED:
        entry = filling.chains.entry(
            client_id=client_id,
            contact_id=contact_id,
            channel=Channel.EMAIL,
            address=email,
            state=consent,
            source="shopify",
            recorded_at=joined,
        )
        filling.rows(Consent).add(**entry)
