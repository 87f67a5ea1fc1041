"""The back office (R34 to R42): events, rewards, certificates, returns, moves, sign-ups, the rep's own page and files.

Amounts are minor units of the desk's currency where a row does not name its own. A balance is never stored: it is the
sum of its movements.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, utc_or_none, word
from stylistdesk.domain.types import (
    GiftMove,
    HostOrderStatus,
    HostPays,
    MoveState,
    ReturnKind,
)


class HostEvent(SQLModel, table=True):
    """An event (R37): a host's party or online shop window, or the rep's own, which has no host (`client_id`).

    Its shop window is open from `opens_on` to `closes_on`, both days with it; `held_at` is the party's own hour. `code`
    is its part of the link that `link` holds whole. `steps_done` are the words of the steps of closing that are done.
    """

    __tablename__ = "host_event"
    __table_args__ = (UniqueConstraint("source", "external_id"), KEPT)

    id: int | None = key()
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    name: str
    code: str = Field(unique=True)
    opens_on: date = Field(index=True)
    closes_on: date = Field(index=True)
    held_at: datetime | None = utc_or_none()
    place: str = ""
    link: str = ""
    note: str = ""
    steps_done: str = ""
    closed_at: datetime | None = utc_or_none()
    cancelled_at: datetime | None = utc_or_none()
    source: str = "desk"
    external_id: str | None = None


class RewardTier(SQLModel, table=True):
    """A tier of host rewards (R38): from so much in sales up to, not with, the next; what it gives.

    `fixed_cents` or `percent` (basis points) of the base, never both. While there are no rows, the usual tiers hold.
    """

    __tablename__ = "reward_tier"
    __table_args__ = (UniqueConstraint("from_cents"), KEPT)

    id: int | None = key()
    from_cents: int
    to_cents: int | None = None
    fixed_cents: int | None = None
    percent: int | None = None
    half_price_items: int = 0


class HostOrder(SQLModel, table=True):
    """What a host takes against the rewards of her event (R38): pending, placed (final), or cancelled (reopens).

    `reward_cents` and `half_price_items` are what the rewards were when it was placed; `order_id` is the order that
    placing it made.
    """

    __tablename__ = "host_order"
    __table_args__ = (UniqueConstraint("number"), KEPT)

    id: int | None = key()
    event_id: int = Field(foreign_key="host_event.id", index=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    number: str
    status: HostOrderStatus = word(HostOrderStatus)
    entered_at: datetime = utc()
    placed_at: datetime | None = utc_or_none()
    cancelled_at: datetime | None = utc_or_none()
    reward_cents: int | None = None
    half_price_items: int | None = None
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    note: str = ""


class HostOrderLine(SQLModel, table=True):
    """An item of a host order, and what pays for it: her reward, half of the price, or she herself."""

    __tablename__ = "host_order_line"
    __table_args__ = (KEPT,)

    id: int | None = key()
    host_order_id: int = Field(foreign_key="host_order.id", index=True)
    position: int
    name: str
    quantity: int
    price_cents: int
    pays: HostPays = word(HostPays)


class RewardAdjustment(SQLModel, table=True):
    """What changed an event's rewards after they were redeemed (R39): posted, and nothing is reopened."""

    __tablename__ = "reward_adjustment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    event_id: int = Field(foreign_key="host_event.id", index=True)
    return_id: int | None = Field(default=None, foreign_key="goods_return.id", index=True)
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    posted_on: date
    cents: int
    half_price_items: int = 0
    note: str = ""


class OrderMove(SQLModel, table=True):
    """An order that went to an event, or is to (R41). `ticket_id` is the email to customer service, where they act."""

    __tablename__ = "order_move"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    order_id: int = Field(foreign_key="order.id", index=True)
    from_event_id: int | None = Field(default=None, foreign_key="host_event.id", index=True)
    to_event_id: int = Field(foreign_key="host_event.id", index=True)
    state: MoveState = word(MoveState)
    entered_at: datetime = utc()
    requested_at: datetime | None = utc_or_none()
    settled_at: datetime | None = utc_or_none()
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    note: str = ""


class GiftCertificate(SQLModel, table=True):
    """A gift certificate (R36); `client_id` bought it, `for_client_id` or `for_name` gets it.

    `number` begins with GC. `order_id` is the order that was left of a mixed cart, if there was one. `sent_at` is when
    the number was sent on. The balance is the sum of its movements.
    """

    __tablename__ = "gift_certificate"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    for_client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    for_name: str = ""
    number: str = Field(unique=True)
    currency: str
    sold_on: date
    sent_at: datetime | None = utc_or_none()
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    note: str = ""


class GiftMovement(SQLModel, table=True):
    """What was put on a certificate (above zero) or taken off it (below), and for which order or return."""

    __tablename__ = "gift_movement"
    __table_args__ = (KEPT,)

    id: int | None = key()
    gift_id: int = Field(foreign_key="gift_certificate.id", index=True)
    kind: GiftMove = word(GiftMove)
    cents: int
    at: datetime = utc()
    order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    return_id: int | None = Field(default=None, foreign_key="goods_return.id", index=True)
    note: str = ""


class CardPayment(SQLModel, table=True):
    """What was paid by card on an order (R36), below zero where it was paid back: brand and last four digits only."""

    __tablename__ = "card_payment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    order_id: int = Field(foreign_key="order.id", index=True)
    paid_on: date
    cents: int
    brand: str = ""
    last_four: str = ""
    return_id: int | None = Field(default=None, foreign_key="goods_return.id", index=True)
    external_id: str | None = Field(default=None, unique=True)


class Return(SQLModel, table=True):
    """A return or an exchange (R39): `number` is its Return ID, `address` the return address of that day.

    `root_order_id` is the original purchase, from which the window counts. What it came to is kept as it was worked
    out: `goods_cents` refunded for lines, `fee_cents` kept back, `to_gift_cents` of the rest to certificates,
    `to_card_cents` to her card, and what was never paid off what is due. `exchange_order_id` is the order of what was
    sent instead, `credit_id` the credit memo on the old one.
    """

    __tablename__ = "goods_return"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int = Field(foreign_key="client.id", index=True)
    order_id: int = Field(foreign_key="order.id", index=True)
    root_order_id: int = Field(foreign_key="order.id", index=True)
    number: str = Field(unique=True)
    opened_on: date
    currency: str
    address: str = ""
    goods_cents: int = 0
    fee_cents: int = 0
    to_gift_cents: int = 0
    to_card_cents: int = 0
    passed_on_at: datetime | None = utc_or_none()
    received_at: datetime | None = utc_or_none()
    exchange_order_id: int | None = Field(default=None, foreign_key="order.id", index=True)
    exchange_sent_at: datetime | None = utc_or_none()
    credit_id: int | None = Field(default=None, foreign_key="credit_memo.id", index=True)
    cancelled_at: datetime | None = utc_or_none()
    note: str = ""


class ReturnLine(SQLModel, table=True):
    """So many of one item that come back; `cents` is what they were paid for altogether.

    `is_replaced` where another is sent instead of money; `instead` says which.
    """

    __tablename__ = "return_line"
    __table_args__ = (KEPT,)

    id: int | None = key()
    return_id: int = Field(foreign_key="goods_return.id", index=True)
    order_line_id: int | None = Field(default=None, foreign_key="order_line.id", index=True)
    position: int
    name: str
    quantity: int
    cents: int
    kind: ReturnKind = word(ReturnKind)
    is_replaced: bool = False
    instead: str = ""


class CompanyFile(SQLModel, table=True):
    """A document of the company (R40): its bytes lie under the SHA-256 of their content; `size` is in bytes."""

    __tablename__ = "company_file"
    __table_args__ = (KEPT,)

    id: int | None = key()
    title: str
    kind: str = ""
    dated_on: date
    name: str
    sha256: str = Field(index=True)
    size: int
    added_at: datetime = utc()
    note: str = ""


class ReturnAddress(SQLModel, table=True):
    """Where returns go from a day on, up to the next one (R39, R40)."""

    __tablename__ = "return_address"
    __table_args__ = (KEPT,)

    id: int | None = key()
    from_on: date = Field(unique=True)
    lines: str


class Website(SQLModel, table=True):
    """The rep's public page (R35): one row. `picture_sha256` is that of the picture's bytes, which the desk keeps."""

    __tablename__ = "website"
    __table_args__ = (KEPT,)

    id: int | None = Field(default=1, primary_key=True)
    name: str = ""
    headline: str = ""
    story: str = ""
    shop_url: str = ""
    email: str = ""
    phone: str = ""
    picture_name: str = ""
    picture_sha256: str = ""
    picture_words: str = ""
    exported_at: datetime | None = utc_or_none()


class WebsiteLink(SQLModel, table=True):
    """A social link on the rep's page."""

    __tablename__ = "website_link"
    __table_args__ = (KEPT,)

    id: int | None = key()
    position: int
    label: str
    url: str


class SignUp(SQLModel, table=True):
    """Someone who may become a rep (R42): her personal link, and how far she is. She may be a client (`client_id`)."""

    __tablename__ = "sign_up"
    __table_args__ = (KEPT,)

    id: int | None = key()
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    name: str
    email: str = ""
    phone: str = ""
    code: str = Field(unique=True)
    link: str = ""
    added_at: datetime = utc()
    sent_at: datetime | None = utc_or_none()
    opened_at: datetime | None = utc_or_none()
    enrolled_at: datetime | None = utc_or_none()
    given_up_at: datetime | None = utc_or_none()
    remind_on: date | None = None
    note: str = ""


class Training(SQLModel, table=True):
    """A topic of training that was watched, or has a video (R34): `topic` is the id of its guide."""

    __tablename__ = "training"
    __table_args__ = (Index("training_topic", "topic", unique=True), KEPT)

    id: int | None = key()
    topic: str
    watched_at: datetime | None = utc_or_none()
    video_url: str = ""
    file_name: str = ""
    file_sha256: str = ""
