"""Lists for a spreadsheet, each a row of `LISTS` (R46): where its rows come from, its columns, and what each holds.

What a file in CSV and a sheet of a workbook have in common is here; how a cell is written is in `exchange/`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import text

from stylistdesk.queries.asking import Asking


class Holds(StrEnum):
    """What the values of a column are, as the database has them."""

    TEXT = "text"
    WORD = "word"  # one of an enum
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    MONEY = "money"  # minor units of the row's `currency`, or of the desk's
    RATE = "rate"  # basis points
    YES = "yes"  # or no


Column = tuple[str, str, Holds]
"""Its name, the SQL for its value, and what that is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list. `of` is what one row is, `source` the SQL behind FROM, `order` in which order; `client` whose row it is.

    Where `client` is empty, the rows are nobody's, and are listed whoever is asked for.
    """

    name: str
    label: str
    of: str
    source: str
    order: str
    columns: tuple[Column, ...]
    client: str = "t.client_id"
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """How the columns are called."""
        return tuple(name for name, _, _ in self.columns)

    def rows(self, asking: Asking, ids: Sequence[int] | None) -> Iterator[Any]:
        """The rows, as they are read; those of these clients, or all. They are to be read before the session ends."""
        chosen = ", ".join(f"{sql} AS {name}" for name, sql, _ in self.columns)
        where = f"WHERE {self.client} IN (SELECT value FROM json_each(:ids))" if ids is not None and self.client else ""
        asked = text(f"SELECT {chosen} FROM {self.source} {where} ORDER BY {self.order}")
        given = {"ids": json.dumps(list(ids))} if where and ids is not None else {}
        return iter(asking.session.connection().execute(asked, given))


def _of(table: str) -> str:
    """A table with the client of each of its rows."""
    return f'"{table}" t JOIN client c ON c.id = t.client_id'


def _maybe_of(table: str) -> str:
    return f'"{table}" t LEFT JOIN client c ON c.id = t.client_id'


def _columns(holds: Holds, *names: str) -> tuple[Column, ...]:
    """Columns that are called as in the table."""
    return tuple((name, f"t.{name}", holds) for name in names)


T, W, N, D, I, M, R, Y = Holds  # noqa: E741
CLIENT: Column = ("client", "c.name", T)
_MAYBE: Column = ("client", "coalesce(c.name, '')", T)
_OF_ORDER = '"{}" t JOIN "order" o ON o.id = t.order_id JOIN client c ON c.id = o.client_id'
_CURRENCY: Column = ("currency", "o.currency", T)

LISTS: tuple[Listed, ...] = (
    Listed("contacts", "contacts", "contact", _of("contact"), "c.name_key, t.is_primary DESC, t.id", (
        CLIENT, *_columns(T, "name", "title", "email", "phone"), ("primary_contact", "t.is_primary", Y),
        *_columns(W, "email_status", "email_consent", "text_consent"), *_columns(T, "note"),
    )),
    Listed("locations", "locations", "location", _of("location"), "c.name_key, t.is_primary DESC, t.id", (
        CLIENT, *_columns(T, "name", "line1", "line2", "city", "region", "postcode", "country"),
        ("primary_location", "t.is_primary", Y),
    ), aliases=("places",)),
    Listed("follow_ups", "follow-ups", "follow-up", _of("follow_up"), "coalesce(t.due_on, t.completed_at), t.id", (
        CLIENT, *_columns(W, "status"), *_columns(D, "due_on"), *_columns(W, "channel"), *_columns(T, "reminder"),
        *_columns(I, "completed_at"), *_columns(T, "outcome"), *_columns(N, "repeat_every"),
        *_columns(T, "repeat_unit"), *_columns(D, "promised_on"),
    )),
    Listed("tasks", "tasks", "task", _maybe_of("task"), "t.done_at IS NOT NULL, t.due_on, t.id", (
        _MAYBE, *_columns(T, "description", "category", "assignee"), *_columns(D, "due_on"), *_columns(I, "done_at"),
    )),
    Listed("notes", "notes", "note", _of("note"), "t.written_at DESC, t.id DESC", (
        CLIENT, *_columns(T, "kind"), *_columns(I, "written_at"), *_columns(T, "season"), *_columns(N, "season_year"),
        *_columns(W, "call_status"), *_columns(T, "author", "body"),
    )),
    Listed("messages", "messages and calls", "message", _of("message"), "t.sent_at DESC, t.id DESC", (
        CLIENT, *_columns(W, "channel", "direction"), *_columns(I, "sent_at"),
        *_columns(T, "address", "subject", "body", "outcome", "consent"),
    )),
    Listed("appointments", "appointments", "appointment",
        f"{_of('appointment')} LEFT JOIN location l ON l.id = t.location_id LEFT JOIN brand b ON b.id = t.brand_id",
        "t.starts_at, t.id", (
        CLIENT, *_columns(W, "kind"), *_columns(I, "starts_at", "ends_at", "confirmed_at", "cancelled_at"),
        *_columns(T, "season"), *_columns(N, "season_year"), ("place", "coalesce(l.name, '')", T),
        ("brand", "coalesce(b.name, '')", T), *_columns(T, "note"),
    )),
    Listed("assignments", "assignments", "assignment", _of("assignment"), "t.consultation_at, t.id", (
        CLIENT, ("assignment", "coalesce(t.external_id, '')", T), *_columns(W, "type", "status"),
        *_columns(N, "revision_number"),
        *_columns(I, "consultation_at", "look_review_at", "started_at", "delivered_at", "closed_at", "cancelled_at"),
        *_columns(T, "type_reason", "end_reason"), *_columns(N, "effort_minutes"),
        *_columns(T, "hq_notes", "rep_notes"),
    )),
    Listed("lookbooks", "lookbooks", "item", "lookbook_item t JOIN lookbook k ON k.id = t.lookbook_id "
        "JOIN client c ON c.id = k.client_id", "k.id, t.position, t.id", (
        CLIENT, ("lookbook", "k.title", T), ("delivered_at", "k.delivered_at", I),
        *_columns(T, "look", "name", "brand"), ("price", "t.price_cents", M), *_columns(T, "currency", "url"),
    ), client="k.client_id"),
    Listed("signals", "signals", "signal", f'{_of("signal")} LEFT JOIN "order" o ON o.id = t.order_id', "t.id", (
        CLIENT, *_columns(W, "kind"), *_columns(I, "occurred_at"), *_columns(T, "lookbook", "item", "brand"),
        ("amount", "t.amount_cents", M), *_columns(T, "currency", "comment"),
        ("order_number", "coalesce(o.number, '')", T), *_columns(T, "url", "source"),
    ), aliases=("activity",)),
    Listed("orders", "orders", "order", f"{_of('order')} LEFT JOIN brand b ON b.id = t.brand_id "
        "LEFT JOIN host_event e ON e.id = t.event_id", "t.placed_at, t.id", (
        CLIENT, *_columns(T, "number"), *_columns(W, "kind", "status"),
        *_columns(I, "placed_at", "shipped_at", "received_at", "cancelled_at"),
        *((name, f"t.{name}_cents", M) for name in ("subtotal", "discount", "shipping", "tax", "total", "cancelled",
                                                    "shipped", "refunded")),
        *_columns(T, "currency"), *_columns(N, "units"), *_columns(R, "rate"), *_columns(T, "rate_from"),
        ("commission", "t.commission_cents", M), ("brand", "coalesce(b.name, '')", T),
        ("event", "coalesce(e.name, '')", T), *_columns(T, "season"), *_columns(N, "season_year"),
        *_columns(D, "ship_on", "cancel_on"), *_columns(T, "source", "origin", "tags", "note"),
    )),
    Listed("order_lines", "lines of orders", "line", _OF_ORDER.format("order_line"),
        "o.placed_at, o.id, t.position, t.id", (
        CLIENT, ("order_number", "o.number", T), ("placed_at", "o.placed_at", I), *_columns(N, "position"),
        *_columns(T, "name", "sku", "brand"), *_columns(N, "quantity"), ("price", "t.price_cents", M),
        ("discount", "t.discount_cents", M), _CURRENCY, *_columns(Y, "shipped"), *_columns(R, "rate"),
        ("commission", "t.commission_cents", M),
    ), client="o.client_id"),
    Listed("shipments", "shipments", "shipment", _OF_ORDER.format("shipment"), "t.shipped_on, t.id", (
        CLIENT, ("order_number", "o.number", T), *_columns(D, "shipped_on"), ("amount", "t.amount_cents", M), _CURRENCY,
        *_columns(T, "note"),
    ), client="o.client_id"),
    Listed("credit_memos", "credit memos", "credit memo", _OF_ORDER.format("credit_memo"), "t.issued_on, t.id", (
        CLIENT, *_columns(T, "number"), ("order_number", "o.number", T), *_columns(D, "issued_on"),
        ("amount", "t.amount_cents", M), _CURRENCY, *_columns(Y, "reopens"), ("commission", "t.commission_cents", M),
        *_columns(T, "note"),
    )),
    Listed("commission_payments", "payments of commission", "payment",
        "commission_payment t LEFT JOIN brand b ON b.id = t.brand_id", "t.paid_on, t.id", (
        *_columns(D, "paid_on"), ("amount", "t.amount_cents", M), *_columns(T, "currency"),
        ("brand", "coalesce(b.name, '')", T), *_columns(T, "note"),
    ), client=""),
    Listed("csat_responses", "CSAT", "response", _of("csat_response"), "t.responded_at DESC, t.id DESC", (
        CLIENT, *_columns(I, "responded_at"), *_columns(N, "score", "nps"), *_columns(T, "comment", "themes"),
        *_columns(I, "read_at", "answered_at"),
    )),
    Listed("tickets", "tickets", "ticket", _maybe_of("ticket"), "t.id", (
        _MAYBE, *_columns(W, "recipient"), *_columns(T, "subject", "body"),
        *_columns(I, "drafted_at", "sent_at", "settled_at"),
    )),
    Listed("quizzes", "Style Quizzes", "answer", "style_quiz_answer t JOIN style_quiz q ON q.id = t.quiz_id "
        "JOIN client c ON c.id = q.client_id", "c.name_key, q.taken_at, t.position, t.id", (
        CLIENT, ("taken_at", "q.taken_at", I), ("spending_power", "q.spending_power", N),
        *_columns(T, "question", "answer"),
    ), client="q.client_id"),
    Listed("cadences", "styling frequencies", "client", _of("cadence"), "c.name_key, t.id", (
        CLIENT, *_columns(N, "every"), *_columns(T, "unit"), *_columns(D, "anchor_on"), *_columns(I, "paused_at"),
    )),
    Listed("consents", "consents", "entry", _maybe_of("consent"), "t.id", (
        _MAYBE, *_columns(W, "channel"), *_columns(T, "address"), *_columns(W, "state", "ground"),
        *_columns(D, "happened_on", "ends_on"), *_columns(T, "source"), *_columns(I, "recorded_at"),
        *_columns(T, "evidence", "hash"),
    )),
    Listed("opt_outs", "opt-outs", "opt-out", "opt_out t", "t.id", (
        *_columns(W, "channel"), *_columns(T, "address", "source"), *_columns(I, "recorded_at"),
    ), client=""),
    Listed("attachments", "attachments", "file", _of("attachment"), "c.name_key, t.id", (
        CLIENT, *_columns(T, "name"), *_columns(N, "size"), *_columns(I, "added_at"), *_columns(T, "note", "sha256"),
    )),
    Listed("calendar_events", "events of the calendar", "event", _maybe_of("calendar_event"), "t.starts_at, t.id", (
        *_columns(T, "title"), *_columns(W, "kind"), *_columns(I, "starts_at", "ends_at"), *_columns(Y, "all_day"),
        *_columns(D, "starts_on", "ends_on"), *_columns(Y, "busy", "recurs"), *_columns(T, "place"), _MAYBE,
        *_columns(T, "source", "note"),
    )),
    Listed("sent_emails", "emails sent by the desk", "email",
        f"{_of('outgoing_email')} LEFT JOIN delivery d ON d.id = t.id", "t.id", (
        CLIENT, *_columns(T, "from_address", "to_address"), *_columns(I, "queued_at"), ("state", "d.state", W),
        ("tries", "d.tries", N), ("said", "coalesce(d.said, '')", T),
    )),
    Listed("training", "training", "topic", "training t", "t.id", (
        *_columns(W, "topic"), *_columns(I, "watched_at"), *_columns(T, "video_url", "file_name"),
    ), client=""),
    Listed("history", "history", "command", "journal_command t", "t.id", (
        *_columns(I, "at"), *_columns(T, "by", "label"), *_columns(W, "kind", "state"),
    ), client=""),
)  # fmt: skip
