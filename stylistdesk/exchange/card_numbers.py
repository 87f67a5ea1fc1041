"""The numbers of cards in the words of a file (R36): no more of one than its last four digits goes into the desk.

All records of all formats pass here. Only words are looked at; ids, phones, web addresses and the numbers of orders
stay as they are.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from stylistdesk.domain.gifts import mask_card_numbers
from stylistdesk.exchange.records import (
    AssignmentRecord,
    BrandRecord,
    ClientRecord,
    ClientRef,
    CsatRecord,
    EventRecord,
    HostEventRecord,
    LocationRecord,
    Notice,
    OrderLineRecord,
    OrderRecord,
    QuizRecord,
    RateRecord,
    Record,
    RefusedRow,
    Rows,
    SignalRecord,
    TemplateRecord,
)

_WORDS: dict[type, tuple[str, ...]] = {
    ClientRecord: ("first_name", "last_name", "note", "title", "company"),
    OrderRecord: ("note", "about"),
    OrderLineRecord: ("name", "brand"),
    LocationRecord: ("name", "line1", "line2", "city"),
    ClientRef: ("name",),
    SignalRecord: ("item", "lookbook", "brand", "comment"),
    AssignmentRecord: ("hq_notes",),
    CsatRecord: ("comment",),
    BrandRecord: ("note",),
    RateRecord: ("note",),
    EventRecord: ("title", "note", "place"),
    HostEventRecord: ("name", "note", "place"),
    TemplateRecord: ("name", "subject", "body"),
}


def without_card_numbers(rows: Rows) -> Rows:
    """The rows with every card's number in their words cut to its last four digits; at the end it is told, once."""
    first, count = 0, 0
    for row in rows:
        if isinstance(row, RefusedRow | Notice):
            yield row
            continue
        cut, found = _masked(row)
        if found and not count:
            first = row.line
        count += found
        yield cut
    if count:
        what = "a card's number was" if count == 1 else f"{count:,} numbers of cards were"
        yield Notice(first, f"{what} cut to {'its' if count == 1 else 'their'} last four digits")


def _masked(record: Record) -> tuple[Record, int]:
    changes: dict[str, Any] = {}
    count = 0
    for name, wanted, found in chain(_own(record), _parts(record)):
        if found:
            changes[name] = wanted
            count += 0 if name in ("first_name", "last_name") else found  # her whole name is counted
    return (replace(record, **changes), count) if changes else (record, 0)


def _own(record: Any) -> Iterator[tuple[str, Any, int]]:
    """The words of a record, or of a part of one."""
    for name in _WORDS.get(type(record), ()):
        if words := getattr(record, name):
            yield name, *mask_card_numbers(words)


def _parts(record: Record) -> Iterator[tuple[str, Any, int]]:
    """What of a record holds words further in: as it is to be, and how many numbers were cut in it."""
    for name in ("ref", "client"):
        if isinstance(ref := getattr(record, name, None), ClientRef):
            yield name, *_part(ref)
    for name in ("lines", "locations"):
        if there := getattr(record, name, ()):
            cut = [_part(one) for one in there]
            yield name, tuple(one for one, _ in cut), sum(found for _, found in cut)
    if tags := getattr(record, "tags", ()):
        masked = [mask_card_numbers(one) for one in tags]
        yield "tags", tuple(one for one, _ in masked), sum(found for _, found in masked)
    if isinstance(record, QuizRecord):
        answers = [(question, *mask_card_numbers(answer)) for question, answer in record.answers]
        yield "answers", tuple((question, answer) for question, answer, _ in answers), sum(one[2] for one in answers)
    elif isinstance(record, ClientRecord) and record.evidence is not None:
        text, found = mask_card_numbers(record.evidence.text)
        yield "evidence", replace(record.evidence, text=text), found


def _part(part: Any) -> tuple[Any, int]:
    cut = [(name, words, found) for name, words, found in _own(part) if found]
    return (replace(part, **{name: words for name, words, _ in cut}), sum(one[2] for one in cut)) if cut else (part, 0)
