"""Storing HQ's assignments: the only writer of HQ notes (R11), with the appointments and lookbooks that hang on them.

What the desk knows better is kept: a status never goes back, except that an assignment which was cancelled or missed is
open again once HQ gives it a new time. A closed one counts as delivered: HQ says cancelled or no-show for the others.
HQ decides on the type: an Initial Looks for a client who has had a lookbook (R10) goes in as it is, and is told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from stylistdesk.db.tables import Appointment, Assignment, Lookbook
from stylistdesk.domain.assignments import MISSED, Relative, next_revision
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType
from stylistdesk.exchange.ledger import Values, differences, fetch
from stylistdesk.exchange.records import AssignmentRecord
from stylistdesk.exchange.store import Store

_RANK = {
    AssignmentStatus.SCHEDULED: 0,
    AssignmentStatus.IN_PROGRESS: 1,
    AssignmentStatus.CANCELLED: 2,
    AssignmentStatus.NO_SHOW: 2,
    AssignmentStatus.DELIVERED: 3,
    AssignmentStatus.CLOSED: 4,
}
_DELIVERED = (AssignmentStatus.DELIVERED, AssignmentStatus.CLOSED)
_TITLES = {
    AssignmentType.INITIAL: "Initial Looks",
    AssignmentType.RECURRING: "Recurring Looks",
    AssignmentType.REVISION: "Revision",
}
_MEETINGS = (("Consultation", "consultation_at"), ("Look review", "look_review_at"))


def store_assignments(records: Sequence[AssignmentRecord], store: Store) -> None:
    """Store all assignments of a file; a parent may stand before or after its revisions, or in the desk already."""
    shelf = _Shelf(records, store)
    store.people.load(record.client for record in records)
    for record in _parents_first(records, store):
        try:
            shelf.store(record)
        except Refused as error:
            store.refuse(record, error)
    for record in records:
        store.people.done(record.client)


def _parents_first(records: Sequence[AssignmentRecord], store: Store) -> Iterator[AssignmentRecord]:
    """The records, parents before their revisions, otherwise by time, so that revisions are numbered in any order."""
    by_id: dict[str, AssignmentRecord] = {}
    for record in records:
        first = by_id.setdefault(record.external_id, record)
        if first is not record and _said(first) != _said(record):
            store.refuse(record, Refused(f"external_id “{record.external_id}” stands on line {first.line} too"))

    def depth(record: AssignmentRecord) -> int | None:
        """How many of its ancestors the file holds; None if it is one of its own."""
        passed = {record.external_id}
        while parent := by_id.get(record.parent_external_id):
            if parent.external_id in passed:
                return None
            passed.add(parent.external_id)
            record = parent
        return len(passed)

    order = []
    for record in by_id.values():
        place = depth(record)
        if place is None:
            store.refuse(
                record, Refused(f"parent_external_id {record.parent_external_id} leads back to the assignment")
            )
        else:
            at = record.consultation_at.isoformat() if record.consultation_at else "none"
            order.append((place, at, record.external_id))
    for _, _, external_id in sorted(order):
        yield by_id[external_id]


def _said(record: AssignmentRecord) -> tuple[object, ...]:
    times = record.consultation_at, record.look_review_at
    return record.type, record.status, *times, record.hq_notes, record.parent_external_id


class _Shelf:
    """The assignments that the file is about, their families and what hangs on them, in step with what is written."""

    def __init__(self, records: Sequence[AssignmentRecord], store: Store) -> None:
        self._store = store
        session = store.ledger.session
        ids = [record.external_id for record in records] + [record.parent_external_id for record in records]
        named = fetch(session, Assignment, "external_id", filter(None, ids))
        clients = {row["client_id"] for row in named} | set(_clients(records, store))
        family = fetch(session, Assignment, "client_id", sorted(clients))
        self._rows: dict[int, Values] = {row["id"]: row for row in family}
        self._by_external_id = {row["external_id"]: row for row in family if row["external_id"]}
        self._meetings: dict[tuple[int, str], Values] = {}
        for row in fetch(session, Appointment, "assignment_id", self._rows):
            self._meetings.setdefault((row["assignment_id"], row["kind"]), row)
        lookbooks = fetch(session, Lookbook, "client_id", sorted(clients))
        self._with_lookbook = {row["assignment_id"] for row in lookbooks}
        self._delivered: dict[int, list[tuple[int | None, datetime]]] = {}
        for row in lookbooks:
            self._note_delivery(row["client_id"], row["assignment_id"], row["delivered_at"])
        for row in family:
            self._note_delivery(row["client_id"], row["id"], row["delivered_at"])

    def store(self, record: AssignmentRecord) -> None:
        """Make the assignment or bring it in step. Raises `Refused`; then nothing of it is written."""
        row = self._by_external_id.get(record.external_id)
        client = row["client_id"] if row else self._store.people.who(record.client)
        parent = self._parent(record, client)
        if row is None:
            self._create(record, parent)
        else:
            self._compare(record, row, parent)

    def _parent(self, record: AssignmentRecord, client: int) -> Values | None:
        if not record.parent_external_id:
            return None
        parent = self._by_external_id.get(record.parent_external_id)
        if parent is None:
            raise Refused(f"there is no assignment {record.parent_external_id} that it could revise")
        if parent["client_id"] != client:
            raise Refused(f"assignment {record.parent_external_id} is another client's")
        if parent["delivered_at"] is None:
            raise Refused(f"assignment {record.parent_external_id} has not been delivered; only then can it be revised")
        return parent

    def _create(self, record: AssignmentRecord, parent: Values | None) -> None:
        person = self._store.client(record.client)
        row: Values = {
            "client_id": person.id,
            "external_id": record.external_id,
            "type": record.type,
            "parent_id": parent["id"] if parent else None,
            "revision_number": self._next_number(parent) if parent else None,
            "status": record.status,
            "consultation_at": record.consultation_at,
            "look_review_at": record.look_review_at,
            "hq_notes": record.hq_notes,
            "delivered_at": None,
            "closed_at": None,
        }
        row |= self._finished(row)
        row["id"] = self._store.ledger.insert(Assignment, **row)
        self._rows[row["id"]] = self._by_external_id[record.external_id] = row
        cancelled_at = self._store.work.now if record.status is AssignmentStatus.CANCELLED else None
        for kind, column in _MEETINGS:
            if row[column] is not None:
                self._meet(row, kind, row[column], cancelled_at)
        self._tell_of_another_initial(record, row)
        self._add_lookbook(row)

    def _compare(self, record: AssignmentRecord, row: Values, parent: Values | None) -> None:
        wanted: Values = {
            "type": record.type,
            "consultation_at": record.consultation_at,
            "look_review_at": record.look_review_at,
            "hq_notes": record.hq_notes,
            "parent_id": parent["id"] if parent else None,
        }
        changes = differences(row, {name: value for name, value in wanted.items() if value not in ("", None)})
        if "parent_id" in changes and parent is not None:
            changes["revision_number"] = self._next_number(parent)
        status = _further(row["status"], record.status, rescheduled="consultation_at" in changes)
        changes |= differences(row, {"status": status})
        before = dict(row)
        row |= changes
        finished = self._finished(row)
        row |= finished
        if not self._store.ledger.update(Assignment, row["id"], changes | finished, row["client_id"]):
            self._store.ledger.unchanged["assignment"] += 1
            return
        self._move_meetings(row, before)
        if "type" in changes or before["status"] in MISSED:
            self._tell_of_another_initial(record, row)
        if "delivered_at" in finished:
            self._add_lookbook(row)

    def _note_delivery(self, client_id: int, assignment_id: int | None, at: datetime | None) -> None:
        if at is not None:
            self._delivered.setdefault(client_id, []).append((assignment_id, at))

    def _tell_of_another_initial(self, record: AssignmentRecord, row: Values) -> None:
        """R10: Initial exactly while no lookbook has been delivered to her; HQ may say otherwise, but not unseen."""
        if row["type"] is not AssignmentType.INITIAL or row["status"] in MISSED:
            return
        until = row["delivered_at"] or self._store.work.now
        others = [at for number, at in self._delivered.get(row["client_id"], ()) if number != row["id"] and at <= until]
        if others:
            day = min(others).astimezone(self._store.work.zone)
            self._store.tell(
                record.line,
                f"{record.external_id} is initial, though a lookbook was delivered to her on {day.day} {day:%B %Y}; "
                "it is kept as HQ says",
            )

    def _next_number(self, parent: Values) -> int:
        """R10: the number belongs to the root, so a revision of revision 1 is revision 2."""
        hers = (row for row in self._rows.values() if row["client_id"] == parent["client_id"])
        family = (Relative(row["id"], row["parent_id"], row["revision_number"]) for row in hers)
        return next_revision(parent["id"], family)

    def _finished(self, row: Values) -> Values:
        """When it was delivered and closed, where the status says that it was and the desk does not know when."""
        now = self._store.work.now
        at = min(row["look_review_at"] or row["consultation_at"] or now, now)
        finished: Values = {}
        if row["status"] in _DELIVERED and row["delivered_at"] is None:
            finished["delivered_at"] = at
        if row["status"] is AssignmentStatus.CLOSED and row["closed_at"] is None:
            finished["closed_at"] = row["delivered_at"] or at
        return finished

    def _add_lookbook(self, row: Values) -> None:
        if row["delivered_at"] is None or row["id"] in self._with_lookbook:
            return
        day = row["delivered_at"].astimezone(self._store.work.zone)
        number = f" {row['revision_number']}" if row["revision_number"] else ""
        title = f"{_TITLES[row['type']]}{number}, {day.day} {day:%B %Y}"
        self._with_lookbook.add(row["id"])
        self._note_delivery(row["client_id"], row["id"], row["delivered_at"])
        self._store.ledger.insert(
            Lookbook,
            client_id=row["client_id"],
            assignment_id=row["id"],
            title=title,
            delivered_at=row["delivered_at"],
        )

    def _meet(self, row: Values, kind: str, at: datetime, cancelled_at: datetime | None) -> None:
        self._store.ledger.insert(
            Appointment,
            client_id=row["client_id"],
            assignment_id=row["id"],
            kind=kind,
            starts_at=at,
            cancelled_at=cancelled_at,
        )

    def _move_meetings(self, row: Values, before: Values) -> None:
        """Keep the appointments in step: a new time is not confirmed yet, and a cancelled assignment cancels them."""
        cancelled = row["status"] is AssignmentStatus.CANCELLED
        for kind, column in _MEETINGS:
            meeting = self._meetings.get((row["id"], kind))
            moved = row[column] != before[column]
            if meeting is None:
                if moved:
                    self._meet(row, kind, row[column], self._store.work.now if cancelled else None)
                continue
            wanted: Values = {}
            if moved:
                wanted |= {"starts_at": row[column], "confirmed_at": None}
                if meeting["ends_at"] is not None:
                    wanted["ends_at"] = meeting["ends_at"] + (row[column] - meeting["starts_at"])
            if cancelled and meeting["cancelled_at"] is None:
                wanted["cancelled_at"] = self._store.work.now
            elif before["status"] in MISSED and row["status"] not in MISSED:
                wanted["cancelled_at"] = None
            self._store.ledger.update(Appointment, meeting["id"], differences(meeting, wanted), row["client_id"])


def _clients(records: Sequence[AssignmentRecord], store: Store) -> Iterator[int]:
    """The clients of the desk whom the records name."""
    for record in records:
        try:
            client = store.people.who(record.client)
        except Refused:
            continue  # told where the record is stored
        if client > 0:
            yield client


def _further(status: AssignmentStatus, said: AssignmentStatus, *, rescheduled: bool) -> AssignmentStatus:
    if rescheduled and status in MISSED:
        return said
    return said if _RANK[said] > _RANK[status] else status
