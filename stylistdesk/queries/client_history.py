"""Everything that happened to one client, by date, and who did it (R30).

What has a day of its own (signals, orders, messages, appointments, ratings, quizzes) stands on that day; every other
change stands at the time of the command that made it.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlmodel import SQLModel

from stylistdesk.domain.dates import LocalNow, say_day
from stylistdesk.domain.history_words import (
    OF_BRAND,
    OF_ORDER,
    TABLES,
    Activity,
    Words,
    about,
    said_of_appointment,
    said_of_change,
    said_of_message,
    said_of_order,
    said_of_rating,
    said_of_signal,
)
from stylistdesk.domain.money import format_money
from stylistdesk.domain.sales import merchandise
from stylistdesk.domain.sending import say_delivery
from stylistdesk.domain.types import Cents, Channel, Direction, SignalKind
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.outbox import DeliveryLine, deliveries

PAGE = 200
Place = tuple[str, str, int]
"""Where a page ends: the instant as stored, the source, the id there. The next page begins after it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, what, who did it ("" for the client herself), and where it comes from."""

    at: datetime
    said: tuple[str, ...]
    by: str
    activity: Activity
    source: str
    id: int
    command_id: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page, newest first; `next` is where the next one begins, `None` if this is the last."""

    happenings: tuple[Happening, ...]
    next: Place | None


# Each source: the instant of each row, and its id. A source's rows are of one table, or of the journal.
_CHANGES = """SELECT d.at AS at, 'change' AS source, c.id AS id FROM journal_change c
    JOIN journal_command d ON d.id = c.command_id
    WHERE c.client_id = :client AND NOT (c.op = 'I' AND d.kind = 'do' AND c.table_name IN
        ('signal', 'order', 'order_line', 'message', 'csat_response', 'style_quiz', 'style_quiz_answer'))"""
_DAYS = {
    "signal": "SELECT occurred_at, 'signal', id FROM signal WHERE client_id = :client AND NOT "
    "(kind = 'checked_out' AND order_id IS NOT NULL)",
    "order": "SELECT placed_at, 'order', id FROM \"order\" WHERE client_id = :client",
    "shipped": "SELECT shipped_at, 'shipped', id FROM \"order\" WHERE client_id = :client AND shipped_at IS NOT NULL",
    "received": "SELECT received_at, 'received', id FROM \"order\" WHERE client_id = :client "
    "AND received_at IS NOT NULL",
    "cancelled": "SELECT cancelled_at, 'cancelled', id FROM \"order\" WHERE client_id = :client "
    "AND cancelled_at IS NOT NULL",
    "message": "SELECT sent_at, 'message', id FROM message WHERE client_id = :client",
    "appointment": "SELECT starts_at, 'appointment', id FROM appointment WHERE client_id = :client "
    "AND starts_at <= :now",
    "csat_response": "SELECT responded_at, 'csat_response', id FROM csat_response WHERE client_id = :client",
    "style_quiz": "SELECT taken_at, 'style_quiz', id FROM style_quiz WHERE client_id = :client",
    "lookbook": "SELECT delivered_at, 'lookbook', id FROM lookbook WHERE client_id = :client "
    "AND delivered_at IS NOT NULL",
}
_ABOUT = {
    Activity.CUSTOMER: ("signal", "message", "csat_response", "style_quiz"),
    Activity.APPOINTMENTS: ("signal", "appointment", "lookbook"),
    Activity.ORDERS: ("signal", "order", "shipped", "received", "cancelled"),
    Activity.EMAIL: ("signal", "message"),
    Activity.WEBSITE: ("signal",),
}
_AS_ONE = frozenset(("MergeClients", "DeleteClient"))
"""Commands that are told as one, whatever rows they touched; so is every undo and redo."""


def client_history(
    asking: Asking,
    client_id: int,
    activity: Activity = Activity.ALL,
    after: Place | None = None,
    limit: int = PAGE,
) -> HistoryPage:
    """A page of a client's history through a filter, newest first, after the place where the last page ended."""
    found: list[Happening] = []
    told: set[int] = set()
    while True:
        rows = _places(asking, client_id, activity, after, limit)
        for happening in _told(asking, client_id, rows):
            if activity not in (Activity.ALL, happening.activity):
                continue
            if happening.command_id and happening.source == "command":
                if happening.command_id in told:
                    continue
                told.add(happening.command_id)
            found.append(happening)
        if len(rows) < limit:
            return HistoryPage(tuple(found), None)
        after = rows[-1]
        if len(found) >= limit:
            return HistoryPage(tuple(found), after)


def _places(asking: Asking, client_id: int, activity: Activity, after: Place | None, limit: int) -> list[Place]:
    parts = [_CHANGES + _of_tables(activity)]
    wanted = _DAYS if activity is Activity.ALL else _ABOUT[activity]
    parts += [_DAYS[name] for name in wanted]
    beyond = "WHERE (at, source, id) < (:at, :source, :id)" if after else ""
    given: dict[str, Any] = {"client": client_id, "limit": limit, "now": _stored(asking.now)}
    if after:
        given |= dict(zip(("at", "source", "id"), after, strict=True))
    rows = asking.session.connection().exec_driver_sql(
        f"SELECT at, source, id FROM ({' UNION ALL '.join(parts)}) {beyond} "
        "ORDER BY at DESC, source DESC, id DESC LIMIT :limit",
        given,
    )
    return [(str(row[0]), str(row[1]), int(row[2])) for row in rows]


def _of_tables(activity: Activity) -> str:
    """Leave out the changes of tables that the filter never shows, before they are read."""
    if activity is Activity.ALL:
        return ""
    if activity is Activity.WEBSITE:
        return " AND c.table_name = 'signal'"
    if activity is Activity.EMAIL:
        return " AND c.table_name IN ('message', 'signal')"
    own = [name for name, its in TABLES.items() if its is activity]
    if own:
        return " AND c.table_name IN ({})".format(", ".join(f"'{name}'" for name in (*own, "signal")))
    return " AND c.table_name NOT IN ({})".format(", ".join(f"'{name}'" for name in TABLES))


def _told(asking: Asking, client_id: int, places: Sequence[Place]) -> Iterable[Happening]:
    ids: dict[str, list[int]] = {}
    for _, source, number in places:
        ids.setdefault(source, []).append(number)
    words = Words(asking.zone, asking.currency, asking.now.astimezone(asking.zone).date())
    sayings = _Sayings(asking, client_id, words)
    told = {source: sayings.of(source, numbers) for source, numbers in ids.items()}
    for at, source, number in places:
        happening = told[source].get(number)
        if happening is not None:
            yield happening(datetime.fromisoformat(at).replace(tzinfo=UTC))


_OWN_DAY = {"appointment": "starts_at", "assignment": "consultation_at", "lookbook": "delivered_at"}
"""What was past already when it was recorded is told on its own day alone."""

_Make = Callable[[datetime], Happening]


class _Sayings:
    """Rows of each source, in words."""

    def __init__(self, asking: Asking, client_id: int, words: Words) -> None:
        self.asking, self.connection = asking, asking.session.connection()
        self.client_id, self.words = client_id, words
        self._deliveries: dict[int, DeliveryLine] | None = None
        self._brought: dict[tuple[str, int], str] | None = None
        self._brands: dict[int, str] | None = None
        self._orders: dict[int, tuple[str, str]] | None = None

    def of(self, source: str, ids: Sequence[int]) -> dict[int, _Make]:
        """What to say of each row of a source; rows that say nothing are left out."""
        if source == "change":
            return self._changes(ids)
        table = "order" if source in ("shipped", "received", "cancelled") else source
        return {
            int(row["id"]): self._maker(source, table, row)
            for row in self._rows(f'SELECT * FROM "{table}" WHERE id IN ({_marks(ids)})', ids)
        }

    def _rows(self, sql: str, ids: Sequence[int]) -> list[dict[str, Any]]:
        return [dict(row) for row in self.connection.exec_driver_sql(sql, tuple(ids)).mappings()]

    # ----------------------------------------------------- what has its own day

    def _maker(self, source: str, table: str, row: dict[str, Any]) -> _Make:
        said, by, activity = self._say(source, row), self._who(source, table, row), about(table, row)
        return lambda at: Happening(at, (said,), by, activity, source, int(row["id"]))

    def _say(self, source: str, row: dict[str, Any]) -> str:
        def money(column: str) -> str:
            amount = row[column]
            return "" if amount is None else format_money(Cents(amount), row["currency"] or self.words.currency)

        sayings: dict[str, Callable[[], str]] = {
            "signal": lambda: said_of_signal(
                SignalKind(row["kind"]), row["item"], row["lookbook"], row["comment"], money("amount_cents")
            ),
            "order": lambda: said_of_order(
                row["number"],
                "booked",
                format_money(merchandise(row["total_cents"], row["shipping_cents"], row["tax_cents"]), row["currency"]),
            ),
            "message": lambda: said_of_message(
                Channel(row["channel"]),
                Direction(row["direction"]),
                row["subject"],
                row["body"],
                self._delivered(int(row["id"])) or row["outcome"],
            ),
            "appointment": lambda: said_of_appointment(row["kind"], cancelled=bool(row["cancelled_at"])),
            "csat_response": lambda: said_of_rating(row["score"], row["comment"]),
            "lookbook": lambda: f"Delivered the lookbook “{row['title']}”",
            "style_quiz": lambda: "Took the Style Quiz",
        }
        return sayings[source]() if source in sayings else said_of_order(row["number"], source, "")

    def _delivered(self, message_id: int) -> str:
        """How far an email that the desk sends itself has come; empty for any other."""
        if self._deliveries is None:
            self._deliveries = deliveries(self.asking, self.client_id)
        one = self._deliveries.get(message_id)
        return say_delivery(one.state, one.tried_at, one.next_at, one.said, self._moment) if one is not None else ""

    def _moment(self, at: datetime) -> str:
        here = LocalNow(self.asking.now, self.asking.zone)
        return here.hour(at) if here.day(at) == here.today else f"{say_day(here.day(at), here.today)} {here.hour(at)}"

    def _who(self, source: str, table: str, row: dict[str, Any]) -> str:
        """Who recorded it; nobody where she did it herself."""
        if source in ("signal", "csat_response", "style_quiz"):
            return ""
        if source == "message" and row["direction"] == Direction.IN:
            return ""
        if self._brought is None:
            found = self.connection.exec_driver_sql(
                "SELECT c.table_name, c.row_id, d.by, d.name FROM journal_change c "
                "JOIN journal_command d ON d.id = c.command_id WHERE c.client_id = ? AND c.op = 'I' "
                "AND c.table_name IN ('order', 'message', 'appointment', 'lookbook') ORDER BY c.id DESC",
                (self.client_id,),
            )
            self._brought = {(one.table_name, one.row_id): _by(one.by, one.name) for one in found}
        return self._brought.get((table, int(row["id"])), "")

    # -------------------------------------------------------------- the journal

    def _changes(self, ids: Sequence[int]) -> dict[int, _Make]:
        rows = self._rows(
            "SELECT c.id, c.command_id, c.table_name, c.op, c.before, c.after, d.at, d.by, d.label, d.kind, d.name "
            f"FROM journal_change c JOIN journal_command d ON d.id = c.command_id WHERE c.id IN ({_marks(ids)})",
            ids,
        )
        made = ((int(row["id"]), self._change(row)) for row in rows)
        return {number: make for number, make in made if make is not None}

    def _change(self, row: dict[str, Any]) -> _Make | None:
        table, by = row["table_name"], _by(row["by"], row["name"])
        before, after = (self._placed(_image(table, row[when])) for when in ("before", "after"))
        activity = about(table, after or before)
        number, command, label = int(row["id"]), int(row["command_id"]), str(row["label"])
        if row["kind"] != "do" or row["name"] in _AS_ONE:
            return lambda at: Happening(at, (label,), by, activity, "command", number, command, label)
        said = tuple(said_of_change(table, row["op"], before, after, self.words))
        if not said or (row["op"] == "I" and str(after.get(_OWN_DAY.get(table, "")) or "~") <= str(row["at"])):
            return None
        return lambda at: Happening(at, said, by, activity, "change", number, command, label)

    def _placed(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row with the name of its brand, and the number and currency of its order, as they are now."""
        if row.get("brand_id"):
            if self._brands is None:
                self._brands = dict(self._pairs("SELECT id, name FROM brand"))
            row[OF_BRAND] = self._brands.get(row["brand_id"], "")
        if row.get("order_id"):
            if self._orders is None:
                found = self._pairs('SELECT id, number, currency FROM "order" WHERE client_id = ?', self.client_id)
                self._orders = {number: (said, currency) for number, said, currency in found}
            row[OF_ORDER], currency = self._orders.get(row["order_id"], ("", ""))
            row.setdefault("currency", currency)
        return row

    def _pairs(self, sql: str, *given: int) -> list[Any]:
        return [tuple(row) for row in self.connection.exec_driver_sql(sql, given)]


def _by(who: str, name: str) -> str:
    return f"{who}, by an import" if name == "ImportFile" else who


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))


def _image(table: str, image: str | None) -> dict[str, Any]:
    return dict(zip(_columns(table), json.loads(image), strict=False)) if image else {}


@cache
def _columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in SQLModel.metadata.tables[table].columns)


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
