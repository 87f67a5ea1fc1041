"""How the screens say spending power, due times, days and channels."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import MONTHS, WEEKDAYS, days_late, say_due, say_short_day
from stylistdesk.domain.gifts import OrderDue
from stylistdesk.domain.money import format_money
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import CallStatus, Channel, ConsentState, Stage
from stylistdesk.ui.lines import Piece

CHANNELS = {Channel.TEXT: "text", Channel.EMAIL: "email", Channel.CALL: "call", Channel.IN_PERSON: "in person"}
CONSENT = {
    ConsentState.SUBSCRIBED: ("subscribed", "good"),
    ConsentState.UNSUBSCRIBED: ("unsubscribed", "late"),
    ConsentState.NEVER_ASKED: ("never asked", "quiet"),
}


CALL_STATUSES = {status: status.value.replace("_", " ") for status in CallStatus}
STAGES = {stage: stage.value for stage in Stage}


def power(spending_power: int | None) -> str:
    """`$` to `$$$$$$`; a dash while she has taken no quiz."""
    return "$" * spending_power if spending_power else "–"


def day(on: date, today: date) -> str:
    """A day with its weekday: "Tue 17 Nov", with the year when it is another one."""
    return f"{WEEKDAYS[on.weekday()]} {say_short_day(on, today)}"


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A day and a time in the desk's zone: "Tue 17 Nov 8:05"."""
    local = at.astimezone(zone)
    return f"{day(local.date(), now.astimezone(zone).date())} {local.hour}:{local.minute:02}"


def clock(local: datetime) -> str:
    """The time of the tab bar: "Sat 21 Nov  9:42"."""
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}  {local.hour:2}:{local.minute:02}"


def due(suggestion: Suggestion, now: datetime, zone: ZoneInfo) -> Piece:
    """When it is due, in a word or two; late and today's hours stand out."""
    words = say_due(suggestion, now, zone)
    presses = days_late(suggestion, now, zone) or words == "now" or ":" in words
    return Piece(words, "late" if presses else "quiet")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 client", "12 clients"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def rate_why(why: str) -> str:
    """Why a rate holds, as the rep reads it: it is kept, and told others, as "the rep's rate"."""
    return why.replace("the rep's ", "your ")


def paid(order: OrderDue) -> str:
    """What paid for an order here: "paid by certificates $145, card $240; $255 to be paid".

    After a refund: "paid by card $230; refunded: $93 to her card".
    """
    parts = (("certificates", order.by_gifts + order.back_to_gifts), ("card", order.by_card + order.back_to_card))
    said = ", ".join(f"{name} {format_money(cents, order.currency)}" for name, cents in parts if cents)
    back = refunded(order)
    open_now = ((order.due, "to be paid"), (order.to_give_back, "to give back"))
    more = ", ".join(f"{format_money(cents, order.currency)} {what}" for cents, what in open_now if cents)
    due = more or ("" if back else "all of it")
    return "; ".join(part for part in (f"paid by {said}" if said else "", back, due) if part)


def refunded(order: OrderDue) -> str:
    """What went back of an order, and where to: "refunded: $45 to certificates, $93 to her card"; or nothing."""
    parts = (("certificates", order.back_to_gifts), ("her card", order.back_to_card))
    said = ", ".join(f"{format_money(cents, order.currency)} to {name}" for name, cents in parts if cents)
    return f"refunded: {said}" if said else ""
