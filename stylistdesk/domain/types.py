"""The words of the trade as types.

Money is integer minor units (cents) of one currency; rates are integer basis points. Neither is ever a float.
"""

from enum import StrEnum
from typing import NewType

Cents = NewType("Cents", int)
"""An amount in minor units of the desk's currency, or of the order's own."""

BasisPoints = NewType("BasisPoints", int)
"""A rate: 700 is 7 %."""

SPENDING_POWERS = range(1, 7)
"""Spending power is 1 to 6, shown as `$` to `$$$$$$` (product.md, Words)."""


class SignalKind(StrEnum):
    """Something that a client did (product.md, Words)."""

    HEARTED = "hearted"
    COMMENTED = "commented"
    ADDED_TO_CART = "added_to_cart"
    CHECKED_OUT = "checked_out"
    RECEIVED = "received"
    FAVOURITED = "favourited"
    REPLIED = "replied"
    OPENED_EMAIL = "opened_email"
    RETURNED = "returned"
    BOOKED = "booked"


class Channel(StrEnum):
    """How the rep reaches a client."""

    TEXT = "text"
    EMAIL = "email"
    CALL = "call"
    IN_PERSON = "in_person"


BY_CHANNEL = {
    Channel.TEXT: "by text",
    Channel.EMAIL: "by email",
    Channel.CALL: "by phone",
    Channel.IN_PERSON: "in person",
}
"""How a client is reached, as the end of a sentence."""


class AssignmentType(StrEnum):
    """R10. Initial Looks is also called Head to Toe."""

    INITIAL = "initial"
    RECURRING = "recurring"
    REVISION = "revision"


class AssignmentStatus(StrEnum):
    """R12."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class EmailStatus(StrEnum):
    """R24."""

    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    INVALID = "invalid"


class ConsentState(StrEnum):
    """What a file or the rep knows of the permission to write to one address."""

    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    NEVER_ASKED = "never_asked"


class FollowUpStatus(StrEnum):
    """R16."""

    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class OrderStatus(StrEnum):
    """What is known of an order; money that came back is `refunded_cents`, not a status."""

    PLACED = "placed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class Direction(StrEnum):
    """Who wrote a message."""

    OUT = "out"
    IN = "in"


class Stage(StrEnum):
    """How far a client is; set by hand or by the call status of a note (R28)."""

    LEAD = "lead"
    CONTACTED = "contacted"
    INTERESTED = "interested"
    ACTIVE = "active"
    DORMANT = "dormant"
    LOST = "lost"


class CallStatus(StrEnum):
    """What came of a call, as a note tells it (R28)."""

    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    TALKED = "talked"
    INTERESTED = "interested"
    APPOINTMENT_MADE = "appointment_made"
    ORDERED = "ordered"
    NOT_NOW = "not_now"
    NOT_INTERESTED = "not_interested"


class Overlaps(StrEnum):
    """Which overlapping appointments are told (R17): all of the rep's, only those of one brand, or none."""

    SAME_REP = "same_rep"
    SAME_BRAND = "same_brand"
    IGNORE = "ignore"


class ConsentGround(StrEnum):
    """Why a message may be sent (R25; CASL s. 6 and s. 10)."""

    EXPRESS = "express"
    PURCHASE = "purchase"
    INQUIRY = "inquiry"
    CONTRACT = "contract"
    SUBSCRIPTION = "subscription"


class MessageKind(StrEnum):
    """What a message is for (R25): only the first needs consent, and asking for consent is that kind too."""

    COMMERCIAL = "commercial"
    ANSWER = "answer"
    QUOTE = "quote"
    ORDER = "order"
    DELIVERY = "delivery"
    WARRANTY = "warranty"
    ACCOUNT = "account"


class DeliveryState(StrEnum):
    """How far an email that the desk sends itself has come (R44)."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class BrandStatus(StrEnum):
    """What a client is to a brand (R31)."""

    ACTIVE = "active"
    POTENTIAL = "potential"


class OrderKind(StrEnum):
    """How an order came onto the desk (R29)."""

    SHOP = "shop"
    SUMMARY = "summary"
    PURCHASE_ORDER = "purchase_order"


class RateScope(StrEnum):
    """Whose commission rate it is, the most specific first (R32)."""

    LINE = "line"
    ORDER = "order"
    CLIENT_BRAND = "client_brand"
    CLIENT = "client"
    REP_BRAND = "rep_brand"
    REP = "rep"
    BRAND = "brand"


class TicketTo(StrEnum):
    """To whom the rep writes about her work: the company, her ASM, or customer service (R14, R21, R41)."""

    HQ = "hq"
    ASM = "asm"
    SERVICE = "service"


class Theme(StrEnum):
    """What a client satisfaction response is about (R21)."""

    SERVICE = "service"
    EXECUTION = "execution"
    TIMELY = "timely"
    LOOKS = "looks"


class EventKind(StrEnum):
    """What stands in the calendar beside appointments (R17)."""

    EVENT = "event"
    BLOCKED = "blocked"


class PeriodKind(StrEnum):
    """How long a period is (R2, R20)."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class DeadlineAnchor(StrEnum):
    """From which end of the consultation the same-day deadline counts (R13)."""

    START = "start"
    END = "end"


class HostOrderStatus(StrEnum):
    """How far a host order is (R38): placed is final, cancelled reopens the rewards."""

    PENDING = "pending"
    PLACED = "placed"
    CANCELLED = "cancelled"


class HostPays(StrEnum):
    """What pays for an item of a host order (R38): her reward, half of the price, or she herself."""

    REWARD = "reward"
    HALF_PRICE = "half_price"
    HERSELF = "herself"


class MoveState(StrEnum):
    """How far the move of an order to an event is (R41): done here, or asked of customer service."""

    MOVED = "moved"
    DRAFTED = "drafted"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class GiftMove(StrEnum):
    """What changes the balance of a gift certificate (R36)."""

    SOLD = "sold"
    REDEEMED = "redeemed"
    REFUNDED = "refunded"
    CORRECTED = "corrected"


class ReturnKind(StrEnum):
    """What a line of a return is (R39)."""

    REFUND = "refund"
    EXCHANGE = "exchange"
    DAMAGED = "damaged"
    MIS_SHIPPED = "mis_shipped"


class RestockBasis(StrEnum):
    """For what the restock fee is taken (R39)."""

    RETURN = "return"
    ITEM = "item"
