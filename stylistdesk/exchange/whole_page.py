"""The page of a client's whole file: what is kept of her in words that she can read, and no keys of the program.

What is left out here (numbers of rows, keys, hashes, how far something was read) is in the JSON beside it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, Date, Enum
from sqlmodel import SQLModel

from stylistdesk.db.tables.base import UtcDateTime
from stylistdesk.domain.birthdays import say_birthday
from stylistdesk.domain.consent import say_date
from stylistdesk.domain.csat import parse_themes, say_themes
from stylistdesk.domain.money import format_money
from stylistdesk.domain.positions import Position, say_position
from stylistdesk.domain.rates import format_rate
from stylistdesk.domain.text import clean, say_phone
from stylistdesk.domain.types import Cents, Direction
from stylistdesk.queries.whole_file import HQ, OWN, STEP, Row, WholeFile, mark_of

TITLES = {
    "client": "Who she is",
    "contact": "Contacts",
    "location": "Addresses",
    "consent": "Permission to write to her",
    "opt_out": "Opt-outs",
    "note": "Notes",
    "message": "Messages",
    "appointment": "Appointments",
    "calendar_event": "In the calendar",
    "assignment": "Assignments",
    "lookbook": "Lookbooks",
    "lookbook_item": "Items of lookbooks",
    "style_quiz": "Style quizzes",
    "style_quiz_answer": "Answers of style quizzes",
    "csat_response": "What she said of the service",
    "signal": "What she did in the showroom and with messages",
    "order": "Orders",
    "order_line": "Items of orders",
    "shipment": "Shipments",
    "credit_memo": "Credits",
    "card_payment": "Card payments",
    "goods_return": "Returns",
    "return_line": "Items of returns",
    "gift_certificate": "Gift certificates",
    "gift_movement": "What was paid with gift certificates",
    "host_event": "Events that she hosts",
    "host_order": "Host orders",
    "host_order_line": "Items of host orders",
    "reward_adjustment": "Changes of host rewards",
    "order_move": "Orders moved between events",
    "client_brand": "Brands",
    "commission_rate": "Commission rates for her",
    "expected_value": "What she is expected to buy",
    "cadence": "How often she is called on",
    "follow_up": "Follow-ups",
    "task": "Tasks",
    "ticket": "Tickets about her",
    "dismissal": "Suggestions that were dismissed",
    "snooze": "When she was to be left in peace",
    "sign_up": "Sign-ups",
    "attachment": "Files",
    "client_external_id": "Known in other programs",
}
"""The sections in the order in which they are read; a table that is not here comes after them, under its own name."""

LEFT_OUT = frozenset(("calendar_conflict", "calendar_link", "delivery", "outgoing_email"))
"""How things stand on a server: what they are about is in the appointments and messages."""

_INTERNAL = frozenset(
    ("added_by_hand", "currency", "email_key", "etag", "hash", "href", "ics", "mark", "message_key", "name_key", "ours",
     "origin", "picture", "position", "position_from", "previous_hash", "rate_from", "recurrence", "row_id", "rule",
     "seen_through", "sha256", "theirs", "tries", "uid", "watermark", "longitude")
)  # fmt: skip
"""Columns that are the program's own business, or are said with another."""

_LABELS = {
    "body": "Words",
    "cancelled_cents": "Cancelled amount",
    "cents": "Amount",
    "chance": "Chance that she buys",
    "effort_minutes": "Minutes of work",
    "external_id": "Number there",
    "half_price_items": "Items at half price",
    "hq_notes": "HQ notes",
    "is_host_order": "Host order",
    "is_primary": "Primary",
    "is_replaced": "Replaced",
    "last_four": "Last four digits of the card",
    "latitude": "Position on the map",
    "left_cents": "Left on it",
    "line1": "Street",
    "line2": "Second line",
    "nps": "0 to 10",
    "order_count": "Number of orders",
    "rep_notes": "Notes of the stylist",
    "rhythm_days": "Days between orders",
    "shipped_cents": "Shipped amount",
    "size": "Size in bytes",
    "themes": "About",
    "url": "Link",
}

_NAMED_BY = {
    "assignment": ("type", "Assignment"),
    "gift_certificate": ("number", "Certificate"),
    "goods_return": ("number", "Return"),
    "host_event": ("name", "Event"),
    "host_order": ("number", "Host order"),
    "location": ("name", "Address"),
    "lookbook": ("title", "Lookbook"),
    "order": ("number", "Order"),
    "style_quiz": ("taken_at", "Quiz of"),
    "task": ("description", "Task"),
}
"""What a row that another one names is called by, and the label there."""

_SAID: dict[str, Callable[[Any], str]] = {
    "rate": format_rate,
    "chance": format_rate,
    "spending_power": lambda power: "$" * int(power),
    "themes": lambda themes: say_themes(parse_themes(themes)),
    "birthday": say_birthday,
    "direction": lambda way: "from her" if way == Direction.IN else "to her",
    "phone": say_phone,
    "steps_done": lambda steps: ", ".join(map(_plain, steps.split())),
}

_WITH_NUMBERS = ("assignment", "client_external_id")
"""Tables whose numbers in another program are known to people; others are for the program."""

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "h2{margin-top:2em;border-bottom:1px solid #ccc}dl{margin:0 0 1em;padding:.5em 1em;background:#f6f6f4}"
    "dt{float:left;clear:left;width:13em;color:#666}dd{margin:0 0 0 14em;white-space:pre-wrap;min-height:1.5em}"
    "small{color:#8a4b00}mark{background:#ffe9a8}"
)


@dataclass(frozen=True)
class Page:
    """What the page is made of: her file, when it was made, the desk's zone and currency, and the missing files."""

    file: WholeFile
    now: datetime
    zone: ZoneInfo
    currency: str
    missing: tuple[str, ...] = ()

    @cached_property
    def _rows(self) -> dict[tuple[str, Any], Row]:
        return {(table, row["id"]): row for table, rows in self.file.rows.items() if table in _NAMED_BY for row in rows}

    def html(self) -> str:
        """The whole page."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        name = escape(clean(self.file.name))
        yield f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        yield f"<style>{_STYLE}</style></head><body><h1>{name}</h1>"
        yield f"<p>Everything that is kept of her, as it was on {self.moment(self.now)}. The folder has her card "
        yield "(client.vcf), her files (attachments) and the proofs of her consent (proofs). data.json has the same as "
        yield "this page for a program, with what was changed when, and with the program's own numbers.</p>"
        yield f"<p><small>Marked so:</small> {escape(HQ)}; {escape(OWN)}.</p>"
        for what in self.missing:
            yield f"<p>The file {escape(clean(what))} is missing on the desk.</p>"
        known = [table for table in TITLES if table in self.file.rows]
        for table in (*known, *sorted(set(self.file.rows) - set(known) - LEFT_OUT)):
            yield from self._section(title_of(table), table, self.file.rows[table])
        yield from self._section("Gift certificates that others bought for her", "gift_certificate",
                                 self.file.held_certificates)  # fmt: skip
        yield from self._history()
        yield "</body></html>\n"

    def _section(self, title: str, table: str, rows: list[Row]) -> Iterator[str]:
        said = [(row, lines) for row in rows if (lines := list(self._said(table, row)))]
        if not said:
            return
        yield f"<h2>{escape(title)} ({len(said)})</h2>"
        for row, lines in said:
            others = self.file.named.get((table, row["id"]), ()) if "id" in row else ()
            yield "<dl>"
            for column, label, words in lines:
                mark = mark_of(table, column)
                whose = f" <small>({escape(mark)})</small>" if mark else ""
                yield f"<dt>{escape(label)}</dt><dd>{escape(clean(words, multiline=True))}{whose}</dd>"
            if others:
                yield f"<dt>Look at this</dt><dd>{_marked(others)}</dd>"
            yield "</dl>"

    def _said(self, table: str, row: Row) -> Iterator[tuple[str, str, str]]:
        """What is said of a row: the column, its label and the value in words."""
        for column, value in row.items():
            if value in (None, "") or column in _INTERNAL or column == "id":
                continue
            if column == "external_id":
                if table in _WITH_NUMBERS:
                    yield column, label_of(column), str(value)
            elif column.endswith("_id"):
                if (named := self._named(table, column, value)) is not None:
                    yield column, *named
            elif (words := self._words(table, column, value, row)) != "":
                yield column, label_of(column), words

    def _named(self, table: str, column: str, value: int) -> tuple[str, str] | None:
        """A row that this one names: its label, and what it is known by."""
        if column == "brand_id":
            return ("Brand", self.file.brands[value]) if value in self.file.brands else None
        links = SQLModel.metadata.tables[table].columns[column].foreign_keys
        parent = next((link.column.table.name for link in links), "")
        if parent not in _NAMED_BY:
            return None
        by, label = _NAMED_BY[parent]
        found = self._rows.get((parent, value))
        return (label, self._words(parent, by, found[by], found)) if found is not None and found[by] else None

    def _words(self, table: str, column: str, value: Any, row: Row) -> str:
        kept = SQLModel.metadata.tables[table].columns.get(column)
        kind = kept.type if kept is not None else None
        said = str(value)
        if column == "latitude":
            said = say_position(Position(value, row["longitude"])) if row.get("longitude") is not None else ""
        elif column in _SAID:
            said = _SAID[column](value)
        elif column == "cents" or column.endswith("_cents"):
            needed = value or column in ("cents", "total_cents", "left_cents")
            said = format_money(Cents(value), self._currency(table, row)) if needed else ""
        elif isinstance(kind, UtcDateTime):
            said = self.moment(datetime.fromisoformat(said).replace(tzinfo=UTC))
        elif isinstance(kind, Date):
            said = say_date(date.fromisoformat(said[:10]))
        elif isinstance(kind, Boolean):
            said = "yes" if value else "no"
        elif isinstance(kind, Enum):
            said = _plain(said)
        return said

    def _currency(self, table: str, row: Row) -> str:
        """That of the row, of the row that it hangs on, or the desk's."""
        if row.get("currency"):
            return str(row["currency"])
        for column, parent in (("order_id", "order"), ("gift_id", "gift_certificate"), ("return_id", "goods_return")):
            if (above := self._rows.get((parent, row.get(column)))) is not None:
                return str(above["currency"])
        return self.currency

    def _history(self) -> Iterator[str]:
        """What was done, a step a line."""
        numbered = enumerate(self.file.history)
        steps = [(key, list(rows)) for key, rows in groupby(numbered, key=lambda one: (one[1]["at"], one[1]["step"]))]
        if not steps:
            return
        yield f"<h2>History ({len(steps)})</h2><dl>"
        for (at, step), rows in steps:
            what = step or ", ".join(
                dict.fromkeys(f"{row['what']} {title_of(row['table']).lower()}" for _, row in rows)
            )
            back = " (taken back)" if all(row["taken_back"] for _, row in rows) else ""
            when = self.moment(datetime.fromisoformat(str(at)).replace(tzinfo=UTC)) if at else ""
            others = dict.fromkeys(name for number, _ in rows for name in self.file.named.get((STEP, number), ()))
            mark = _marked(others, "What data.json has of it names")
            yield f"<dt>{escape(when)}</dt><dd>{escape(clean(what))}{back}{mark}</dd>"
        yield "</dl>"

    def moment(self, at: datetime) -> str:
        """An instant in the desk's zone: "4 Nov 2026, 10:00 EST"."""
        local = at.astimezone(self.zone)
        return f"{say_date(local.date())}, {local.hour}:{local.minute:02} {local.tzname()}"


def title_of(table: str) -> str:
    """What a table's rows are called."""
    return TITLES.get(table, _plain(table).capitalize())


def label_of(column: str) -> str:
    """What a column is called: "placed_at" gives "Placed"."""
    if column in _LABELS:
        return _LABELS[column]
    for ending in ("_at", "_on", "_cents"):
        column = column.removesuffix(ending)
    return _plain(column).capitalize()


def _marked(others: Iterable[str], what: str = "Names") -> str:
    names = escape(clean(", ".join(others)))
    return f" <mark>{what} another client: {names}</mark>" if names else ""


def _plain(word: str) -> str:
    return word.replace("_", " ")
