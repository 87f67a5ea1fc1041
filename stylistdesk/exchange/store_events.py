"""Storing events of other calendars (R19): by their uid, and by which of a series they are.

What is in the file goes as the file has it; what is not in it stays. Only of a series that comes whole, days that had
rows of their own and have none any more are the series' again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stylistdesk.commands.base import Work
from stylistdesk.db.tables import Appointment, CalendarEvent, Contact, FollowUp, HostEvent
from stylistdesk.domain.event_sources import FROM_A_FILE, OURS
from stylistdesk.domain.recurrences import left_out
from stylistdesk.exchange.ledger import Ledger, Values, differences, fetch
from stylistdesk.exchange.our_uids import desk_mark, whose_uid
from stylistdesk.exchange.records import EventRecord
from stylistdesk.exchange.store import Store

Key = tuple[str, str]


def store_events(records: Sequence[EventRecord], store: Store) -> None:
    """Store the records. What this desk wrote itself is left as it is here."""
    ledger = store.ledger
    newest = _newest(records, store)
    uids = list(dict.fromkeys(uid for uid, _ in newest))
    there: dict[str, dict[str, Values]] = {}
    for row in fetch(ledger.session, CalendarEvent, "uid", uids):
        there.setdefault(row["uid"], {}).setdefault(row["recurrence"], row)
    own = _own(uids, store.work)
    clients = _clients_by_email(ledger, (email for record in newest.values() for email in record.emails))
    for (uid, recurrence), record in _with_days_left_out(newest).items():
        rows = there.get(uid, {})
        if uid in own or any(row["source"] == OURS for row in rows.values()):
            store.ledger.unchanged[own.get(uid, "calendar_event")] += 1
        elif record.cancelled:
            _cancel(record, rows, store)
        else:
            before = rows.get(recurrence)
            sources = (one["source"] for one in (before, *rows.values()) if one is not None)
            _put(record, before, next(sources, record.calendar or FROM_A_FILE), clients, ledger)
            if not recurrence:
                _give_back(uid, rows, newest, store)


def _values_of(record: EventRecord, clients: dict[str, int]) -> Values:
    """The columns of an event that its record says; its client is the one whose email it names, if it is one only."""
    whom = {clients[email.casefold()] for email in record.emails if email.casefold() in clients}
    return {
        "client_id": whom.pop() if len(whom) == 1 else None,
        "kind": record.kind,
        "title": record.title,
        "note": record.note,
        "place": record.place,
        "starts_at": record.starts_at,
        "ends_at": record.ends_at,
        "all_day": record.starts_on is not None,
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "busy": record.busy,
        "recurs": bool(record.ics),
        "ics": record.ics,
    }


def _clients_by_email(ledger: Ledger, emails: Iterable[str]) -> dict[str, int]:
    """Whose an email is, for those that are one client's only."""
    whose: dict[str, set[int]] = {}
    for row in fetch(ledger.session, Contact, "email_key", {email.casefold() for email in emails}):
        whose.setdefault(row["email_key"], set()).add(row["client_id"])
    return {email: ids.pop() for email, ids in whose.items() if len(ids) == 1}


def _newest(records: Sequence[EventRecord], store: Store) -> dict[Key, EventRecord]:
    """Of those with one uid and recurrence the one with the highest sequence, else the last."""
    newest: dict[Key, EventRecord] = {}
    for record in records:
        key = record.uid, record.recurrence
        before = newest.get(key)
        if before is None:
            newest[key] = record
            continue
        kept, left = (before, record) if before.sequence > record.sequence else (record, before)
        if replace(kept, line=0) != replace(left, line=0):
            store.tell(left.line, f"“{left.title[:60]}” stands again on line {kept.line}; the newer one was taken")
        newest[key] = kept
    return newest


def _with_days_left_out(newest: dict[Key, EventRecord]) -> dict[Key, EventRecord]:
    """The records, first each series; the days of it that are cancelled are left out of it."""
    found = {key: record for key, record in newest.items() if not key[1]}
    for (uid, recurrence), record in newest.items():
        series = found.get((uid, ""))
        if not recurrence:
            continue
        if record.cancelled and series is not None and series.ics:
            found[uid, ""] = replace(series, ics=left_out(series.ics, recurrence))
        found[uid, recurrence] = record
    return found


def _own(uids: Sequence[str], work: Work) -> dict[str, str]:
    """Those that stand for an appointment, a follow-up, an event or a shop window of this desk."""
    meant: dict[str, dict[int, list[str]]] = {}
    desk = desk_mark(work.session)
    for uid in uids:
        what, row_id = whose_uid(uid, desk)
        if row_id:
            meant.setdefault(what, {}).setdefault(row_id, []).append(uid)
    found: dict[str, str] = {}
    for model in (Appointment, FollowUp, CalendarEvent, HostEvent):
        what = str(model.__tablename__)
        rows = meant.get(what, {})
        for row in fetch(work.session, model, "id", rows):
            if model is not CalendarEvent or row["source"] == OURS:
                found |= dict.fromkeys(rows[row["id"]], what)
    return found


def _cancel(record: EventRecord, rows: dict[str, Values], store: Store) -> None:
    ledger, row = store.ledger, rows.get(record.recurrence)
    if row is not None:
        ledger.remove(CalendarEvent, [row["id"]])
        ledger.clients |= {row["client_id"]} - {None}
        store.tell(record.line, f"“{row['title'][:60]}” was cancelled; it was taken out")
    series = rows.get("")
    if record.recurrence and series is not None and series["ics"]:
        ics = left_out(series["ics"], record.recurrence)
        ledger.update(CalendarEvent, series["id"], differences(series, {"ics": ics}), series["client_id"])
    elif row is None and not record.recurrence:
        store.tell(record.line, f"“{record.title[:60]}” was cancelled; it was left out")
    if not record.recurrence:
        others = [other["id"] for stamp, other in rows.items() if stamp]
        ledger.remove(CalendarEvent, others)


def _put(record: EventRecord, row: Values | None, source: str, clients: dict[str, int], ledger: Ledger) -> None:
    """Bring the row of a record, or a new one, to what it says."""
    values = {**_values_of(record, clients), "source": source}
    if row is None:
        ledger.insert(CalendarEvent, uid=record.uid, recurrence=record.recurrence, **values)
        return
    if values["client_id"] is None:
        values["client_id"] = row["client_id"]  # whom the rep named stays
    if not ledger.update(CalendarEvent, row["id"], differences(row, values), values["client_id"]):
        ledger.unchanged["calendar_event"] += 1


def _give_back(uid: str, rows: dict[str, Values], newest: dict[Key, EventRecord], store: Store) -> None:
    """Days of a series that have no row of their own any more."""
    gone = [row for recurrence, row in rows.items() if recurrence and (uid, recurrence) not in newest]
    store.ledger.remove(CalendarEvent, [row["id"] for row in gone])


def put_whole(records: Sequence[EventRecord], source: str, ledger: Ledger) -> bool:
    """Bring the rows of one event, or of one series with its moved days, to what a server has; whether any changed.

    An event that came from a file before is the server's from now on.
    """
    newest = {(record.uid, record.recurrence): record for record in records}
    newest = {key: record for key, record in _with_days_left_out(newest).items() if not record.cancelled}
    uids = {record.uid for record in records}
    known = fetch(ledger.session, CalendarEvent, "uid", uids)
    rows = {row["recurrence"]: row for row in known if row["source"] != OURS}
    clients = _clients_by_email(ledger, (email for record in newest.values() for email in record.emails))
    written = ledger.written
    for record in newest.values():
        _put(record, rows.pop(record.recurrence, None), source, clients, ledger)
    ledger.remove(CalendarEvent, [row["id"] for row in rows.values()])
    return ledger.written > written
