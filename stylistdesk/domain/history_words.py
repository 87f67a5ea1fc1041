"""What happened to a client, in words a rep reads (R30): from a row before and after a change, or as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.csat import parse_themes, say_themes
from stylistdesk.domain.dates import WEEKDAYS, say_cadence, say_short_day
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rules import say_rule
from stylistdesk.domain.text import say_phone, shortened
from stylistdesk.domain.types import BY_CHANNEL, Cents, Channel, Direction, GiftMove, MoveState, SignalKind, TicketTo

Row = Mapping[str, Any]
"""A row as SQLite has it, by column; with the name of its brand and the number of its order, where it hangs on them."""

OF_BRAND, OF_ORDER = "its brand", "its order"
"""Where those two are in a `Row`."""


class Activity(StrEnum):
    """The filters of History (R30)."""

    ALL = "All Activity"
    CUSTOMER = "Customer"
    APPOINTMENTS = "Appointments"
    ORDERS = "Orders"
    EMAIL = "Email"
    WEBSITE = "Website"


TABLES: dict[str, Activity] = {
    "appointment": Activity.APPOINTMENTS,
    "assignment": Activity.APPOINTMENTS,
    "lookbook": Activity.APPOINTMENTS,
    "lookbook_item": Activity.APPOINTMENTS,
    "order": Activity.ORDERS,
    "order_line": Activity.ORDERS,
    "credit_memo": Activity.ORDERS,
    "shipment": Activity.ORDERS,
    "goods_return": Activity.ORDERS,
    "return_line": Activity.ORDERS,
    "order_move": Activity.ORDERS,
    "gift_certificate": Activity.ORDERS,
    "gift_movement": Activity.ORDERS,
    "card_payment": Activity.ORDERS,
}
"""Where the rows of a table belong; those of the others are about the customer, messages and signals by their kind."""

SIGNALS: dict[SignalKind, Activity] = {
    SignalKind.OPENED_EMAIL: Activity.EMAIL,
    SignalKind.BOOKED: Activity.APPOINTMENTS,
    SignalKind.CHECKED_OUT: Activity.ORDERS,
    SignalKind.RECEIVED: Activity.ORDERS,
    SignalKind.RETURNED: Activity.ORDERS,
    SignalKind.REPLIED: Activity.CUSTOMER,
}
"""What a signal is about; what is not here she did in the showroom, on the website."""


@dataclass(frozen=True, slots=True)
class Words:
    """How values are said: the desk's zone and currency, and today by its calendar."""

    zone: ZoneInfo
    currency: str
    today: date

    def moment(self, stored: str) -> str:
        """An instant as it is stored, in local words: "Tue 17 Nov 10:00"."""
        local = datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(self.zone)
        return f"{self.day(local.date())} {local.hour}:{local.minute:02}"

    def day(self, day: date) -> str:
        """A day with its weekday."""
        return f"{WEEKDAYS[day.weekday()]} {say_short_day(day, self.today)}"

    def value(self, column: str, value: Any, row: Row) -> str:
        """A value of a column in words; "" for nothing."""
        if value is None or value == "":
            return ""
        if column == "cents" or column.endswith("_cents"):
            said = format_money(Cents(value), str(row.get("currency") or self.currency))
        elif column.endswith("_at"):
            said = self.moment(str(value))
        elif column.endswith("_on"):
            said = self.day(date.fromisoformat(str(value)[:10]))
        elif column == "repeat_every":
            said = say_cadence(int(value), str(row["repeat_unit"]))
        elif column in _SAID:
            said = _SAID[column](value)
        else:
            said = _one_line(str(value).replace("_", " ") if column in _ENUMS else str(value))
        return said


_SAID: dict[str, Callable[[Any], str]] = {
    "rate": lambda points: f"{points / 100:g} %",
    "spending_power": lambda power: "$" * int(power),
    **dict.fromkeys(("phone", "address"), lambda number: _one_line(say_phone(str(number)))),
    "themes": lambda themes: say_themes(parse_themes(themes)),
    "steps_done": lambda steps: ", ".join(step.replace("_", " ") for step in steps.split()),
    **dict.fromkeys(
        ("is_primary", "added_by_hand", "reopens", "shipped", "busy"), lambda is_so: "yes" if is_so else "no"
    ),
}
_ENUMS = frozenset(
    ("status", "stage", "type", "email_status", "email_consent", "text_consent", "call_status", "kind", "scope")
)
_UNSAID = frozenset(
    (
        "id", "client_id", "name_key", "email_key", "first_name", "last_name", "watermark", "order_count",
        "last_order_on", "rhythm_days", "mark", "seen_through", "external_id", "source", "previous_hash",
        "hash", "position", "position_from", "latitude", "longitude", "rated_at",
        "rate_from", "sha256", "rule", "added_by_hand", "repeat_unit", "repeat_anchor", "read_at", "uid", "ics",
        "recurrence", "recurs", "all_day", "at", OF_BRAND, OF_ORDER,
    )
)  # fmt: skip
"""Columns that follow from others or are the desk's own business."""

_HAPPENED = frozenset(("status", "placed_at", "shipped_at", "received_at", "cancelled_at", "sent_at", "delivered_at"))
"""Columns of orders, messages and lookbooks whose change is told on the day on which it happened."""

_FOLLOWS = frozenset(("shipped_cents", "subtotal_cents"))
"""Columns of an order that follow from its shipments, and from its total where that changes too."""

_NAMES = {
    "due_on": "day", "starts_at": "time", "ends_at": "end", "written_at": "time", "body": "words", "line1": "street",
    "line2": "second line", "hq_notes": "HQ notes", "rep_notes": "your notes", "consultation_at": "consultation",
    "look_review_at": "look review", "total_cents": "total", "subtotal_cents": "subtotal", "tax_cents": "tax",
    "shipping_cents": "shipping", "discount_cents": "discount", "refunded_cents": "refund", "is_primary": "primary",
    "commission_cents": "commission", "cancelled_cents": "cancelled amount", "shipped_cents": "shipped amount",
    "price_cents": "price", "amount_cents": "amount", "anchor_on": "first day", "every": "interval",
    "paused_at": "pause", "repeat_every": "repetition", "promised_on": "first day",
    "season_year": "year of the season", "starts_on": "first day", "ends_on": "end", "nps": "0 to 10",
    "opens_on": "first day", "closes_on": "last day", "held_at": "hour of the party", "steps_done": "steps of closing",
    "cents": "amount", "for_name": "recipient",
}  # fmt: skip

_NOUNS = {
    "client_external_id": "her number in another program",
    "csat_response": "her rating",
    "distinct_clients": "that she is another than one like her",
    "dismissal": "a dismissed suggestion",
    "snooze": "a snooze",
    "lookbook_item": "an item of a lookbook",
}

_CHANNELS: dict[Channel, str] = {
    Channel.TEXT: "text",
    Channel.EMAIL: "email",
    Channel.CALL: "call",
    Channel.IN_PERSON: "meeting",
}

_CHILDREN = frozenset(("order_line", "lookbook_item", "style_quiz_answer", "return_line", "outgoing_email"))
"""Rows that come and go with the row they hang on."""

_TOLD_ON_ITS_DAY = frozenset(("order", "message", "signal", "csat_response", "style_quiz"))
"""Rows whose coming is told on the day on which it happened, not on the day on which it was recorded."""


def about(table: str, row: Row) -> Activity:
    """Which filter shows the changes of a row."""
    if table == "message" and row.get("channel") == Channel.EMAIL:
        return Activity.EMAIL
    if table == "signal":
        return SIGNALS.get(SignalKind(row["kind"]), Activity.WEBSITE)
    return TABLES.get(table, Activity.CUSTOMER)


def name_of(table: str, row: Row, words: Words) -> str:
    """A row by what a rep knows it by: "the note “Loves navy”", "order 1042"."""
    if table in _KNOWN_BY:
        return _KNOWN_BY[table](row, words)
    for column in ("title", "name", "description", "body", "number"):
        if row.get(column):
            return _named(f"the {table.replace('_', ' ')}", row[column])
    return _NOUNS.get(table, f"a {table.replace('_', ' ')}")


_Say = Callable[[Row, Words], str]


def _place(row: Row, _: Words) -> str:
    return _named("the location", row["name"] or ", ".join(filter(None, (row["line1"], row["city"]))))


def _assignment(row: Row, words: Words) -> str:
    return f"the {row['type']} looks" + (
        f" of {words.moment(row['consultation_at'])}" if row["consultation_at"] else ""
    )


def _order(row: Row) -> str:
    return f"order {row[OF_ORDER]}" if row.get(OF_ORDER) else "an order"


def _rate(row: Row, words: Words) -> str:
    """ "commission rate of 9 % for Alder"."""
    whose = f" for {row[OF_BRAND]}" if row.get(OF_BRAND) else f" on {_order(row)}" if row.get(OF_ORDER) else ""
    return f"commission rate of {words.value('rate', row['rate'], row)}{whose}"


_TICKETS = {
    TicketTo.HQ: "ticket to HQ",
    TicketTo.ASM: "question to the ASM",
    TicketTo.SERVICE: "ticket to customer service",
}


def _ticket(row: Row) -> str:
    """ "ticket to HQ “Late change”"."""
    what = _TICKETS[TicketTo(row["recipient"])]
    return _named(what, row["subject"])


def _amount(row: Row, words: Words) -> str:
    return words.value("amount_cents", row["amount_cents"], row)


def _cents(row: Row, words: Words) -> str:
    return words.value("amount_cents", abs(row["cents"]), row)


def _moved(row: Row, words: Words) -> str:
    """ "$35 of a gift certificate paid for order S1001"."""
    cents = _cents(row, words)
    said = {
        GiftMove.SOLD: f"A gift certificate was sold at {cents}",
        GiftMove.REDEEMED: f"{cents} of a gift certificate paid for {_order(row)}",
        GiftMove.REFUNDED: f"{cents} of {_order(row)} went back to a gift certificate",
        GiftMove.CORRECTED: f"Corrected a gift certificate by {'-' if row['cents'] < 0 else '+'}{cents}",
    }
    return said[GiftMove(row["kind"])]


def _paid_by_card(row: Row, words: Words) -> str:
    did, card = ("Paid", "by card") if row["cents"] > 0 else ("Gave back", "to a card")
    return f"{did} {_cents(row, words)} of {_order(row)} {card}"


_KNOWN_BY: dict[str, _Say] = {
    "gift_certificate": lambda row, words: f"gift certificate {row['number']}",
    "gift_movement": lambda row, words: "a gift certificate",
    "card_payment": lambda row, words: f"the card payment of {_cents(row, words)} on {_order(row)}",
    "client_brand": lambda row, words: f"the brand {row[OF_BRAND]}" if row.get(OF_BRAND) else "a brand",
    "commission_rate": lambda row, words: f"the {_rate(row, words)}",
    "credit_memo": lambda row, words: f"the credit memo {row['number']} on {_order(row)}",
    "order_line": lambda row, words: f"{_named('the line', row['name'])} of {_order(row)}",
    "shipment": lambda row, words: f"the shipment of {_amount(row, words)} of {_order(row)}",
    "style_quiz_answer": lambda row, words: f"{_named('the question', row['question'])} in her Style Quiz",
    "host_event": lambda row, words: _named("the event", row["name"]),
    "client": lambda row, words: "her",
    "order": lambda row, words: f"order {row['number']}",
    "contact": lambda row, words: _named("the contact", row["email"] or say_phone(row["phone"] or "") or row["name"]),
    "location": _place,
    "appointment": lambda row, words: (
        f"the {(row['kind'] or 'appointment').lower()} of {words.moment(row['starts_at'])}"
    ),
    "assignment": _assignment,
    "follow_up": lambda row, words: (
        f"the follow-up of {words.value('due_on', row['due_on'], row)}" if row["due_on"] else "a follow-up"
    ),
    "consent": lambda row, words: f"consent for {say_phone(str(row['address']))}",
    "cadence": lambda row, words: f"looks {say_cadence(row['every'], row['unit'])}",
    "message": lambda row, words: _named("the " + _CHANNELS[Channel(row["channel"])], row["subject"] or row["body"]),
    "style_quiz": lambda row, words: f"the Style Quiz of {words.moment(row['taken_at'])}",
    "ticket": lambda row, words: f"the {_ticket(row)}",
    "goods_return": lambda row, words: f"return {row['number']}",
    "order_move": lambda row, words: f"the move of {_order(row)}",
}
"""By what a rep knows a row, where its title, name, description or words do not tell."""


def said_of_change(table: str, op: str, before: Row, after: Row, words: Words) -> list[str]:
    """What a change did, a sentence each; nothing where it tells a rep nothing."""
    if op == "U":
        return _updated(table, before, after, words)
    row = after if op == "I" else before
    if table in _CHILDREN or (op == "I" and table in _TOLD_ON_ITS_DAY):
        return []
    if table in ("snooze", "dismissal", "client_external_id", "distinct_clients", "gift_movement") and op == "D":
        return []
    if op == "D":
        return [f"Removed {name_of(table, row, words)}"]
    return [_added(table, row, words)]


def _added(table: str, row: Row, words: Words) -> str:
    return _ADDED[table](row, words) if table in _ADDED else f"Added {name_of(table, row, words)}"


def _follow_up(row: Row, words: Words) -> str:
    if row["status"] == "completed":
        return _completed(row, words)
    return f"Scheduled a follow-up for {words.value('due_on', row['due_on'], row) or 'some time'}"


def _task(row: Row, words: Words) -> str:
    due = f", due {words.value('due_on', row['due_on'], row)}" if row["due_on"] else ""
    return _named("Added a task", row["description"]) + due


def _snoozed(row: Row, words: Words) -> str:
    return f"Snoozed her until {words.moment(row['until'])}"


def _dismissed(row: Row, _: Words) -> str:
    return f"Dismissed “{say_rule(row['rule'])}”" + (f": {row['reason']}" if row["reason"] else "")


def _completed(row: Row, _: Words) -> str:
    how = f" {BY_CHANNEL[Channel(row['channel'])]}" if row["channel"] else ""
    outcome = f": {_one_line(row['outcome'])}" if row["outcome"] else ""
    return f"Completed a follow-up{how}{outcome}"


def _rate_set(row: Row, words: Words) -> str:
    """ "Set her commission rate for Alder to 9 %, from Fri 27 Nov"."""
    of_order = bool(row.get("order_id"))
    whose = "the commission rate" if of_order else "her commission rate"
    if row.get(OF_BRAND):
        whose += f" for {row[OF_BRAND]}"
    if of_order:
        whose += f" of {_order(row)}"
    first, end = (words.value(column, row[column], row) for column in ("starts_on", "ends_on"))
    days = " ".join(part for part in (f"from {first}" if first else "", f"before {end}" if end else "") if part)
    return f"Set {whose} to {words.value('rate', row['rate'], row)}, {days or 'for all days'}"


_ADDED: dict[str, _Say] = {
    "gift_certificate": lambda row, words: f"Sold her gift certificate {row['number']}",
    "gift_movement": _moved,
    "card_payment": _paid_by_card,
    "client": lambda row, words: "Added her to the desk",
    "note": lambda row, words: _named("Added a note", row["body"]),
    "follow_up": _follow_up,
    "task": _task,
    "snooze": _snoozed,
    "dismissal": _dismissed,
    "appointment": lambda row, words: f"Booked {name_of('appointment', row, words)}",
    "assignment": lambda row, words: f"Booked {name_of('assignment', row, words)}",
    "consent": lambda row, words: (
        f"Recorded consent for {say_phone(str(row['address']))}: {str(row['state']).replace('_', ' ')}"
    ),
    "cadence": lambda row, words: f"Signed her up for {name_of('cadence', row, words)}",
    "client_external_id": lambda row, words: f"Linked her to {row['source']} {row['external_id']}",
    "commission_rate": _rate_set,
    "credit_memo": lambda row, words: f"Credited {_amount(row, words)} on {_order(row)} ({row['number']})",
    "shipment": lambda row, words: f"Shipped {_amount(row, words)} of {_order(row)}",
    "distinct_clients": lambda row, words: "Remembered that she is another than one like her",
    "ticket": lambda row, words: f"Drafted a {_ticket(row)}",
    "host_order": lambda row, words: f"Entered host order {row['number']}",
    "goods_return": lambda row, words: f"Opened return {row['number']} of {_order(row)}",
    "order_move": lambda row, words: (
        f"Moved {_order(row)} to another event"
        if row["state"] == MoveState.MOVED
        else f"Drafted the move of {_order(row)} by customer service"
    ),
}
"""What is said of a new row, where "Added" and its name are not enough."""

_SETTLED: dict[tuple[str, str], _Say] = {
    ("gift_certificate", "sent_at"): lambda row, words: f"Sent gift certificate {row['number']}",
    ("task", "done_at"): lambda row, words: _named("Did the task", row["description"]),
    ("follow_up", "completed_at"): _completed,
    ("appointment", "confirmed_at"): lambda row, words: f"Confirmed {name_of('appointment', row, words)}",
    ("appointment", "cancelled_at"): lambda row, words: f"Cancelled {name_of('appointment', row, words)}",
    ("host_event", "closed_at"): lambda row, words: _named("Closed the event", row["name"]),
    ("host_event", "cancelled_at"): lambda row, words: _named("Cancelled the event", row["name"]),
    ("csat_response", "answered_at"): lambda row, words: "Answered her rating",
    ("host_order", "placed_at"): lambda row, words: f"Placed host order {row['number']}",
    ("host_order", "cancelled_at"): lambda row, words: f"Cancelled host order {row['number']}",
    ("ticket", "sent_at"): lambda row, words: f"Sent the {_ticket(row)}",
    ("ticket", "settled_at"): lambda row, words: f"Settled the {_ticket(row)}",
    ("goods_return", "passed_on_at"): lambda row, words: f"Passed on the Return ID {row['number']}",
    ("goods_return", "received_at"): lambda row, words: f"Received what came back for {row['number']}",
    ("goods_return", "exchange_sent_at"): lambda row, words: f"Sent the exchange for {row['number']}",
    ("goods_return", "cancelled_at"): lambda row, words: f"Cancelled return {row['number']}",
    ("order_move", "requested_at"): lambda row, words: f"Asked customer service to move {_order(row)}",
    ("order_move", "settled_at"): lambda row, words: (
        f"Customer service {'moved' if row['state'] == MoveState.CONFIRMED else 'refused to move'} {_order(row)}"
    ),
}
"""What is said where a column is filled for the first time: more than a new value."""

_FILLED: dict[tuple[str, str], _Say] = {
    ("commission_rate", "ends_on"): lambda row, words: (
        f"Ended the {_rate(row, words)} before {words.value('ends_on', row['ends_on'], row)}"
    ),
    ("cadence", "paused_at"): lambda row, words: "Paused her cadence",
}
_EMPTIED: dict[tuple[str, str], str] = {("cadence", "paused_at"): "Resumed her cadence"}
"""The same for columns beside which others may have changed."""

_ANEW: dict[str, _Say] = {"snooze": _snoozed, "dismissal": _dismissed}
"""What is said of these rows whatever changes in them."""


def _updated(table: str, before: Row, after: Row, words: Words) -> list[str]:
    if (done := _settled(table, before, after, words)) is not None:
        return [done]
    whole = _HAPPENED if table in ("order", "message", "lookbook") else frozenset()
    if table == "order":
        whole |= _FOLLOWS if before.get("total_cents") != after.get("total_cents") else _FOLLOWS - {"subtotal_cents"}
    said: list[str] = []
    if table == "cadence":
        was, now = (say_cadence(row["every"], row["unit"]) for row in (before, after))
        said += [f"Changed her cadence from {was} to {now}"] if was != now else []
        whole = frozenset(("every", "unit"))
    for column, new in after.items():
        old = before.get(column)
        if old == new or column in _UNSAID or column in whole or column.endswith("_id"):
            continue
        of = "her" if table in ("client", "contact") else "the"
        name = _NAMES.get(column, column.removesuffix("_at").removesuffix("_on").replace("_", " "))
        where = "" if table in ("client", "contact") else f" of {name_of(table, after, words)}"
        where = " of her cadence" if table == "cadence" else where
        was, now = words.value(column, old, before), words.value(column, new, after)
        if was and now:
            said.append(f"Changed {of} {name}{where} from {was} to {now}")
        elif now and (table, column) in _FILLED:
            said.append(_FILLED[table, column](after, words))
        elif was and (table, column) in _EMPTIED:
            said.append(_EMPTIED[table, column])
        elif now:
            said.append(f"Added {of} {name}{where}: {now}")
        elif was:
            said.append(f"Removed {of} {name}{where}: {was}")
    return said


def _settled(table: str, before: Row, after: Row, words: Words) -> str | None:
    """What a rep calls a change that is more than a new value."""
    if table in _ANEW:
        return _ANEW[table](after, words)
    for (name, column), say in _SETTLED.items():
        if name == table and not before.get(column) and after.get(column):
            return say(after, words)
    return None


# ------------------------------------------------------------------ what happened on its own day

_SENT = {
    (Channel.EMAIL, Direction.OUT): "Emailed her",
    (Channel.EMAIL, Direction.IN): "She sent an email",
    (Channel.TEXT, Direction.OUT): "Texted her",
    (Channel.TEXT, Direction.IN): "She texted",
    (Channel.CALL, Direction.OUT): "Called her",
    (Channel.CALL, Direction.IN): "She called",
    (Channel.IN_PERSON, Direction.OUT): "Met her",
    (Channel.IN_PERSON, Direction.IN): "She came by",
}
_DID = {
    SignalKind.HEARTED: "Hearted",
    SignalKind.COMMENTED: "Commented",
    SignalKind.ADDED_TO_CART: "Put in her cart",
    SignalKind.CHECKED_OUT: "Checked out",
    SignalKind.RECEIVED: "Received",
    SignalKind.FAVOURITED: "Favourited",
    SignalKind.REPLIED: "Replied",
    SignalKind.OPENED_EMAIL: "Opened an email",
    SignalKind.RETURNED: "Returned",
    SignalKind.BOOKED: "Booked",
}


def said_of_message(channel: Channel, direction: Direction, subject: str, body: str, outcome: str) -> str:
    """A message or call, with the beginning of what it says; of an email, how far it has come."""
    said = _SENT[channel, direction]
    what = subject or _one_line(body)
    parts = [outcome, what] if channel is Channel.CALL else [what, outcome] if channel is Channel.EMAIL else [what]
    more = ", ".join(_one_line(part) for part in parts if part)
    return f"{said}: {more}" if more else said


def said_of_signal(kind: SignalKind, item: str, lookbook: str, comment: str, amount: str) -> str:
    """What she did: "Hearted Cashmere coat, ink, $420.00"."""
    what = f"“{_one_line(comment)}”" if comment else item or lookbook
    where = f" on {item or lookbook}" if comment and (item or lookbook) else ""
    return " ".join(part for part in (_DID[kind], what) if part) + where + (f", {amount}" if amount else "")


def said_of_order(number: str, stage: str, amount: str) -> str:
    """A stage of an order: "Order 1042 booked $180.00", "Order 1042 shipped"."""
    return f"Order {number} {stage}" + (f" {amount}" if amount else "")


def said_of_appointment(kind: str, *, cancelled: bool) -> str:
    """An appointment on its day."""
    return f"Appointment: {(kind or 'meeting').lower()}{', cancelled' if cancelled else ''}"


def said_of_rating(score: int, comment: str) -> str:
    """A client satisfaction response."""
    return f"Rated you {score} of 5" + (f": “{_one_line(comment)}”" if comment else "")


def _named(what: str, name: str) -> str:
    return f"{what} “{_one_line(name)}”" if name else what


def _one_line(value: str, most: int = 80) -> str:
    return shortened(value, most)
