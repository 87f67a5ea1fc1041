"""The components of an iCalendar file (RFC 5545), each with the line on which it begins.

The bytes are read as Latin-1 and decoded once a line is whole, since a line may be folded inside a letter. A component
that is broken costs itself and no other. Of components inside of others only those of a time zone are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stylistdesk.exchange.cards import Property, property_of
from stylistdesk.exchange.records import RefusedRow
from stylistdesk.exchange.rows import LONGEST_CELL, Lines, plain_lines

MOST_PROPERTIES = 5_000
"""The most properties that one component may have."""

KEPT = frozenset({"VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
"""Components whose properties are read; of others only that they are there."""

_WRAPPING = frozenset({"VCALENDAR"})
_EDGE = re.compile(r"\s*(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*", re.IGNORECASE)
_SKIPPED = re.compile(r"(ATTACH|IMAGE|X-ALT-DESC)\b", re.IGNORECASE)
_FLAT = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
"""What never stands inside of itself: a second beginning says that the first was cut off."""


@dataclass(slots=True)
class Component:
    """One component. `lines` are those of its properties, in their order; `inside` names what else is in it."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    trouble: str = ""

    def all(self, name: str) -> list[Property]:
        """The properties of that name."""
        return [one for one in self.properties if one.name == name and one.value.strip()]

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str:
        """The first value of that name as it is written, or nothing."""
        found = self.first(name)
        return found.value.strip() if found else ""


def components(lines: Lines, encoding: str | None) -> Iterator[Component | RefusedRow]:
    """Each VEVENT and VTIMEZONE; others by their name alone, without a property. The calendar's own come as VCALENDAR.

    With `encoding`, the lines hold bytes as Latin-1 and are decoded here.
    """
    open_ones: list[Component] = []
    calendar: Component | None = None
    outside = False
    for number, said in _unfolded(lines):
        edge = _EDGE.fullmatch(said.lstrip("\ufeffï»¿")) if said is not None and len(said) < 80 else None
        if edge is None:
            if open_ones:
                _add(open_ones[-1], number, said, encoding)
            elif calendar is not None:
                _add(calendar, number, said, encoding)
            elif not outside:
                outside = True
                yield RefusedRow(number, "the line stands outside of a calendar (BEGIN:VCALENDAR is missing)")
            continue
        word, name = edge[1].upper(), edge[2].upper()
        if name in _WRAPPING:
            yield from _unclosed(open_ones)
            if calendar is not None:
                yield calendar
            calendar = Component(name, number) if word == "BEGIN" else None
            outside = word == "END"
        elif word == "BEGIN":
            if name in _FLAT:
                yield from _unclosed(open_ones)
            open_ones.append(Component(name, number))
        elif any(one.name == name for one in open_ones):
            while open_ones[-1].name != name:
                open_ones.pop()
            yield from _closed(open_ones)
    yield from _unclosed(open_ones)
    if calendar is not None:
        yield calendar


def _closed(open_ones: list[Component]) -> Iterator[Component | RefusedRow]:
    done = open_ones.pop()
    if open_ones:
        outer = open_ones[-1]
        outer.inside.add(done.name)
        if done.name in KEPT:
            outer.parts.append(done)
    elif done.trouble:
        yield RefusedRow(done.line, done.trouble)
    else:
        yield done


def _unclosed(open_ones: list[Component]) -> Iterator[RefusedRow]:
    for one in open_ones[:1]:
        yield RefusedRow(one.line, f"the {one.name} is not closed (END:{one.name} is missing)")
    open_ones.clear()


def _add(component: Component, number: int, said: str | None, encoding: str | None) -> None:
    if said is None:
        component.trouble = component.trouble or f"a value is longer than {LONGEST_CELL:,} characters"
        return
    if component.name not in KEPT | _WRAPPING or component.trouble:
        return
    found = property_of(said, encoding)
    if found is None:
        component.unread.append(number)
    elif len(component.properties) >= MOST_PROPERTIES:
        component.trouble = f"the {component.name} has more than {MOST_PROPERTIES:,} properties"
    else:
        component.properties.append(found)
        component.lines.append(number)


def _unfolded(lines: Lines) -> Iterator[tuple[int, str | None]]:
    """The lines with what is folded below them, by the number of the first; None for one that is too long."""
    number, parts, size, skipped = 0, list[str](), 0, False
    for at, line in plain_lines(lines):
        if line is None:  # what stands above it is too long with it
            size += LONGEST_CELL + 1
            continue
        if line[:1] in (" ", "\t") and parts:
            size += len(line)
            if size <= LONGEST_CELL and not skipped:
                parts.append(line[1:])
            continue
        if parts:
            yield number, _whole(parts, size, skipped)
        number, parts, size = at, [line] if line.strip() else [], len(line)
        skipped = bool(_SKIPPED.match(line))
        if skipped:
            parts = [line.partition(":")[0][:200] + ":"]
    if parts:
        yield number, _whole(parts, size, skipped)


def _whole(parts: list[str], size: int, skipped: bool) -> str | None:
    return "".join(parts) if size <= LONGEST_CELL or skipped else None
