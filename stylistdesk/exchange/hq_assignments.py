"""HQ's assignments: the one file that may write HQ notes (R11). A time without an offset is the desk's own."""

from enum import StrEnum
from typing import TypeVar

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import AssignmentStatus, AssignmentType
from stylistdesk.exchange.cells import cell, client_ref, code, instant_or_none, long_cell, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import AssignmentRecord, Notice, Rows

_COLUMNS = (
    "external_id", "client_email", "client_phone", "client_name", "type", "consultation_at", "look_review_at", "status",
    "hq_notes", "parent_external_id",
)  # fmt: skip
_TYPES = {
    **{known.value: known for known in AssignmentType},
    "initial_looks": AssignmentType.INITIAL,
    "head_to_toe": AssignmentType.INITIAL,
    "recurring_looks": AssignmentType.RECURRING,
}
_STATUSES = {known.value: known for known in AssignmentStatus} | {"canceled": AssignmentStatus.CANCELLED}
_Kind = TypeVar("_Kind", bound=StrEnum)


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _assignment)


def _assignment(line: int, row: list[str], locale: Locale) -> Rows:
    external_id, email, phone, name, kind, consultation, review, status, notes, parent = row
    if not code(external_id):
        raise Refused("external_id is blank")
    what = _one_of(kind, _TYPES, "type")
    state = _one_of(status, _STATUSES, "status")
    parent_id = code(parent)
    if what is AssignmentType.REVISION and not parent_id:
        raise Refused("a revision needs parent_external_id: the assignment that it revises")
    if parent_id and parent_id == code(external_id):
        raise Refused("parent_external_id is the assignment itself")
    ref, notices = client_ref(line, locale.country, name=name, email=email, phone=phone)
    yield from notices
    if parent_id and what is not AssignmentType.REVISION:
        yield Notice(line, f"only a revision has a parent; parent_external_id {parent_id} was left out")
        parent_id = ""
    yield AssignmentRecord(
        line,
        code(external_id),
        ref,
        what,
        state,
        consultation_at=instant_or_none(consultation, locale.zone),
        look_review_at=instant_or_none(review, locale.zone),
        hq_notes=long_cell(notes),
        parent_external_id=parent_id,
    )


def _one_of(text: str, known: dict[str, _Kind], column: str) -> _Kind:
    found = known.get(word(text))
    if found is None:
        words = ", ".join(dict.fromkeys(known.values()))
        raise Refused(f"{column} “{cell(text)[:40]}” is not one of {words}")
    return found


HQ_ASSIGNMENTS = Format(
    name="hq_assignments",
    label="HQ assignments",
    program="hq",
    required=("external_id", "type", "status"),
    one_of=("client_email", "client_phone", "client_name"),
    used=_COLUMNS,
    read=_read,
    aliases=("assignments",),
)
