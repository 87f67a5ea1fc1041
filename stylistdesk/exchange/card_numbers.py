"""The numbers of cards in the words of a file (R36): no more of one than its last four digits goes into the desk.

All records of all formats pass here. Only words are looked at; ids, phones and the numbers of orders stay as they are.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from stylistdesk.domain.gifts import mask_card_numbers
from stylistdesk.exchange.records import (
    AssignmentRecord,
    BrandRecord,
    ClientRecord,
    CsatRecord,
    EventRecord,
    HostEventRecord,
    Notice,
    OrderLineRecord,
    OrderRecord,
    QuizRecord,
    RateRecord,
    Record,
    RefusedRow,
    Rows,
    SignalRecord,
)

_WORDS: dict[type, tuple[str, ...]] = {
    ClientRecord: ("note", "title", "company"),
    OrderRecord: ("note", "about"),
    OrderLineRecord: ("name",),
    SignalRecord: ("item", "lookbook", "comment"),
    AssignmentRecord: ("hq_notes",),
    CsatRecord: ("comment",),
    BrandRecord: ("note",),
    RateRecord: ("note",),
    EventRecord: ("title", "note", "place"),
    HostEventRecord: ("name", "note", "place"),
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
    for name in _WORDS.get(type(record), ()):
        words, found = mask_card_numbers(getattr(record, name))
        if found:
            changes[name], count = words, count + found
    for name, wanted, found in _parts(record):
        if found:
            changes[name], count = wanted, count + found
    return (replace(record, **changes), count) if changes else (record, 0)


def _parts(record: Record) -> Iterator[tuple[str, Any, int]]:
    """What of a record holds words further in: as it is to be, and how many numbers were cut in it."""
    if isinstance(record, OrderRecord):
        lines = [_line(line) for line in record.lines]
        yield "lines", tuple(line for line, _ in lines), sum(found for _, found in lines)
    elif isinstance(record, QuizRecord):
        answers = [(question, *mask_card_numbers(answer)) for question, answer in record.answers]
        yield "answers", tuple((question, answer) for question, answer, _ in answers), sum(one[2] for one in answers)
    elif isinstance(record, ClientRecord) and record.evidence is not None:
        text, found = mask_card_numbers(record.evidence.text)
        yield "evidence", replace(record.evidence, text=text), found


def _line(line: OrderLineRecord) -> tuple[OrderLineRecord, int]:
    name, found = mask_card_numbers(line.name)
    return (replace(line, name=name), found) if found else (line, 0)
