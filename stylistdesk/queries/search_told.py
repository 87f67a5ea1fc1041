"""What the search tells of each thing that it has found (R43)."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from stylistdesk.db.search import INDEXED, NEWEST, Indexed, called
from stylistdesk.domain.assignments import STATUS_WORDS, TYPE_WORDS
from stylistdesk.domain.text import say_phone
from stylistdesk.queries.asking import Asking

PHONED = frozenset(one.kind for one in INDEXED if one.phones)
TIMED = frozenset({"appointment", "session"})
_PHONE = re.compile(r"\+\d{7,15}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that has the words: whose it is or what it is called (`who`), what it is, and its day if it has one."""

    kind: str
    id: int
    client_id: int | None
    who: str
    title: str
    text: str
    on: date | None
    channel: str = ""  # of a message

    def as_json(self) -> dict[str, Any]:
        """`{kind, id, client_id, who, title, text, on}`."""
        on = self.on.isoformat() if self.on else None
        return {
            "kind": self.kind,
            "id": self.id,
            "client_id": self.client_id,
            "who": self.who,
            "title": self.title,
            "text": self.text,
            "on": on,
        }


_TYPE, _STATUS = called("t.type", TYPE_WORDS), called("t.status", STATUS_WORDS)
_OF_CLIENT = "LEFT JOIN client c ON c.id = t.client_id"
TOLD = {
    "client": ("t.id, t.name, '', t.company || '  ' || t.tags || '  ' || t.description || '  ' || t.website, NULL",
        "client t"),
    "contact": ("t.client_id, c.name, CASE WHEN t.name = c.name THEN '' ELSE t.name END, t.title || '  ' || t.email "
        "|| '  ' || t.phone || '  ' || t.note, NULL", f"contact t {_OF_CLIENT}"),
    "order": ("t.client_id, c.name, t.number, t.status || '  ' || t.tags || '  ' || t.origin || '  ' || t.note, "
        "t.placed_at", f'"order" t {_OF_CLIENT}'),
    "certificate": ("t.client_id, c.name, t.number, coalesce('for ' || coalesce(r.name, nullif(t.for_name, '')), '') "
        "|| '  ' || t.note, t.sold_on",
        f"gift_certificate t {_OF_CLIENT} LEFT JOIN client r ON r.id = t.for_client_id"),
    "return": ("t.client_id, c.name, t.number, t.note, t.opened_on", f"goods_return t {_OF_CLIENT}"),
    "event": ("t.client_id, t.name, '', coalesce(c.name, '') || '  ' || t.place || '  ' || t.code || '  ' || t.note, "
        "t.opens_on", f"host_event t {_OF_CLIENT}"),
    "item": ("NULL, t.name, '', '', NULL", "search_item t"),
    "note": ("t.client_id, c.name, '', t.kind || '  ' || t.body, t.written_at", f"note t {_OF_CLIENT}"),
    "message": ("t.client_id, c.name, t.subject, t.body || '  ' || t.outcome, t.sent_at, t.channel",
        f"message t {_OF_CLIENT}"),
    "comment": ("t.client_id, c.name, '', t.comment || '  ' || t.item, t.occurred_at", f"signal t {_OF_CLIENT}"),
    "task": ("t.client_id, coalesce(c.name, 'yours'), '', t.description || '  ' || t.category, t.due_on",
        f"task t {_OF_CLIENT}"),
    "follow_up": ("t.client_id, c.name, '', t.reminder || '  ' || t.outcome || '  ' || t.status || "
        "coalesce(' by ' || replace(t.channel, '_', ' '), ''), coalesce(t.due_on, t.completed_at)",
        f"follow_up t {_OF_CLIENT}"),
    "appointment": ("t.client_id, c.name, t.kind, CASE WHEN t.cancelled_at IS NOT NULL THEN 'cancelled' WHEN "
        "t.confirmed_at IS NOT NULL THEN 'confirmed' ELSE '' END || '  ' || t.season || '  ' || t.note, t.starts_at",
        f"appointment t {_OF_CLIENT}"),
    "session": (f"t.client_id, c.name, {_TYPE}, {_STATUS} || '  ' || t.hq_notes || '  ' || t.rep_notes || '  ' || "
        "t.type_reason || '  ' || t.end_reason, t.consultation_at", f"assignment t {_OF_CLIENT}"),
    "ticket": ("t.client_id, coalesce(c.name, 'yours'), t.subject, t.body, t.drafted_at", f"ticket t {_OF_CLIENT}"),
    "lookbook": ("t.client_id, c.name, t.title, t.words, t.delivered_at", f"lookbook t {_OF_CLIENT}"),
    "place": ("t.client_id, c.name, t.name, t.line1 || '  ' || t.line2 || '  ' || t.city || '  ' || t.region || '  ' "
        "|| t.postcode || '  ' || t.country, NULL", f"location t {_OF_CLIENT}"),
    "attachment": ("t.client_id, c.name, t.name, t.note, t.added_at", f"attachment t {_OF_CLIENT}"),
    "company_file": ("NULL, t.title, '', t.kind || '  ' || t.name || '  ' || t.note, t.dated_on", "company_file t"),
    "sign_up": ("t.client_id, t.name, '', t.email || '  ' || t.phone || '  ' || t.note, t.added_at", "sign_up t"),
}  # fmt: skip
"""Of each kind: whose, who, title, text and day; and where from."""


NAMING = {
    "signal": ("t.item", "replace(t.kind, '_', ' ') || ' by'", "t.occurred_at", "signal t"),
    "order_line": ("t.name", "'ordered by'", "b.placed_at", 'order_line t JOIN "order" b ON b.id = t.order_id'),
    "lookbook_item": ("t.name", "'in a lookbook for'", "b.delivered_at",
        "lookbook_item t JOIN lookbook b ON b.id = t.lookbook_id"),
    "return_line": ("t.name", "'returned by'", "b.opened_on",
        "return_line t JOIN goods_return b ON b.id = t.return_id"),
    "host_order_line": ("t.name", "'taken as a host by'", "b.entered_at",
        "host_order_line t JOIN host_order b ON b.id = t.host_order_id"),
}  # fmt: skip
"""Where an item is named: its name there, what was done with it, when; and where from. `b` has the client, else `t`."""


def _last_with(asking: Asking, driver: sqlite3.Connection, hit: Hit) -> Hit:
    """The item, with who last had to do with it, if that row still names it, and how often else it was named."""
    _, _, mentions, _, *kept = driver.execute("SELECT * FROM search_item WHERE id = ?", (hit.id,)).fetchone()
    if not kept:  # the file can only be read, and is of an earlier stylistdesk
        return hit
    [newest] = kept
    table = list(NEWEST)[newest >> 40]
    name, did, at, rows = NAMING[table]
    whose = "b" if " b " in rows else "t"
    row = driver.execute(
        f"SELECT {did} || ' ' || c.name, {at} FROM {rows} JOIN client c ON c.id = {whose}.client_id "
        f"WHERE t.id = ? AND {name} = ?",
        (newest - NEWEST[table], hit.who),
    ).fetchone()
    before = f"{mentions - 1:,} more" if mentions > 1 else ""
    if row is None:
        return hit
    return replace(hit, text=f"{row[0]}  {before}".strip(), on=local_day(asking, row[1]) if row[1] else None)


def last_of_theirs(asking: Asking, driver: sqlite3.Connection, hit: Hit, clients: Sequence[int]) -> Hit:
    """The item, with what the newest of these clients last did with it; as it is where none of them did anything."""
    newest: tuple[str, str, int] = ("", "", 0)
    for name, did, at, rows in NAMING.values():
        whose = "b" if " b " in rows else "t"
        row = driver.execute(
            f"SELECT coalesce({at}, ''), {did} || ' ' || c.name, c.id FROM {rows} "
            f"JOIN client c ON c.id = {whose}.client_id "
            f"WHERE {whose}.client_id IN ({', '.join('?' * len(clients))}) AND {name} = ? ORDER BY 1 DESC LIMIT 1",
            (*clients, hit.who),
        ).fetchone()
        newest = max(newest, row or newest)
    at, did, client_id = newest
    return replace(hit, client_id=client_id, text=did, on=local_day(asking, at) if at else None) if client_id else hit


def told(asking: Asking, driver: sqlite3.Connection, one: Indexed, ids: Sequence[int]) -> list[Hit]:
    columns, tables = TOLD[one.kind]
    statement = f"SELECT t.id, {columns} FROM {tables} WHERE t.id IN ({', '.join('?' * len(ids))})"
    rows = {row[0]: row for row in driver.execute(statement, ids)}
    hits = [_hit(asking, one.kind, rows[id_]) for id_ in ids if id_ in rows]
    return [_last_with(asking, driver, hit) for hit in hits] if one.kind == "item" else hits


def _hit(asking: Asking, kind: str, row: Sequence[Any]) -> Hit:
    id_, client_id, who, title, text, when, *channel = row
    on = local_day(asking, when) if when else None
    if kind in TIMED and when:
        at = datetime.fromisoformat(when).replace(tzinfo=UTC).astimezone(asking.zone)
        text = f"{at.hour}:{at.minute:02}  {text}"
    if kind in PHONED:
        text = _PHONE.sub(lambda number: say_phone(number.group()), text)
    return Hit(kind, id_, client_id, who or "", title, text.strip(), on, *channel)


def local_day(asking: Asking, at: str) -> date:
    """The day of a stored day, or of a stored instant where the rep is."""
    if len(at) == len("2026-11-21"):
        return date.fromisoformat(at)
    return datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(asking.zone).date()
