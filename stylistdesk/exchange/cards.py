"""The cards of a vCard file (2.1, 3.0, 4.0; RFC 2426 and 6350), each with the line on which it begins.

A file of cards is not one text: each value may be in an encoding of its own, and a line may be folded inside a letter.
So the bytes are read as Latin-1, which keeps them, and each value is decoded once its line is whole. A card that is
broken costs itself and no other; a line inside a card that is no property is told and passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from quopri import decodestring

from stylistdesk.domain.text import clean
from stylistdesk.exchange.records import RefusedRow
from stylistdesk.exchange.rows import LONGEST_CELL, Lines, plain_lines

MOST_PROPERTIES = 2_000
"""The most properties that one card may have."""

SKIPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
"""Properties that hold pictures and the like: they are passed over unread, however long they are."""

_LONGEST = LONGEST_CELL + 1_000
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"})
_HEAD = re.compile(r'((?:[^:"]|"[^"]*")*?):(.*)', re.DOTALL)
_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)")
_PARAMETERS = re.compile(r';((?:[^;"]|"[^"]*")*)')
_PARTS = re.compile(r'((?:[^,"]|"[^"]*")+)')
_EDGE = re.compile(r"\s*(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+\s*")
_ESCAPED = re.compile(r"\\([nN\\,;:])")


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name and parameters in capitals, its value still escaped. `group` is "item1" of item1.EMAIL."""

    name: str
    group: str
    parameters: dict[str, tuple[str, ...]]
    value: str

    @property
    def types(self) -> frozenset[str]:
        """The words of TYPE: HOME, WORK, CELL, FAX, PREF …"""
        return frozenset(word.upper() for word in self.parameters.get("TYPE", ()))

    @property
    def rank(self) -> int:
        """1 is the preferred one of its kind, 100 any other."""
        given = (*self.parameters.get("PREF", ()), "")[0]
        if given.isdecimal():
            return max(1, min(int(given[:3]), 100))
        return 1 if "PREF" in self.types or "PREF" in self.parameters else 100

    @property
    def text(self) -> str:
        """The value as text, unescaped."""
        return unescaped(self.value)

    def parts(self, sign: str = ";") -> list[str]:
        """The parts of a value that has several, unescaped."""
        return [unescaped(part) for part in _split(self.value, sign)]


@dataclass(slots=True)
class Card:
    """One card. `unread` are the lines inside it that are no property."""

    line: int
    properties: list[Property] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    trouble: str = ""
    version: str = ""

    def all(self, name: str) -> list[Property]:
        """The properties of that name, the preferred ones first; of alternatives (ALTID) only the first."""
        found, seen = [], set[str]()
        for one in self.properties:
            if one.name == name and one.value.strip():
                alternative = "".join(one.parameters.get("ALTID", ()))
                if not alternative or alternative not in seen:
                    found.append(one)
                seen.add(alternative)
        return sorted(found, key=lambda one: one.rank)

    def first(self, name: str) -> Property | None:
        """The preferred property of that name."""
        return next(iter(self.all(name)), None)


def cards(lines: Lines, encoding: str | None) -> Iterator[Card | RefusedRow]:
    """Every card of a file; with `encoding`, the lines hold bytes as Latin-1 and are decoded here."""
    card: Card | None = None
    inner, outside = 0, False
    for number, said in _unfolded(lines):
        edge = (
            _EDGE.fullmatch(_decoded(said, encoding).lstrip("\ufeff")) if said is not None and len(said) < 80 else None
        )
        if edge is None:
            if card is not None and not inner:
                _add(card, number, said, encoding)
            elif card is None and not outside:
                outside = True
                yield RefusedRow(number, "the line stands outside of a card (BEGIN:VCARD is missing)")
        elif edge[1].upper() == "BEGIN":
            if card is not None and card.properties and card.properties[-1] == _AGENT:
                inner += 1
                continue
            if card is not None:
                yield RefusedRow(card.line, "the card is not closed (END:VCARD is missing)")
            card, inner, outside = Card(number), 0, False
        elif inner:
            inner -= 1
        elif card is not None:
            yield RefusedRow(card.line, card.trouble) if card.trouble else card
            card = None
    if card is not None:
        yield RefusedRow(card.line, "the card is not closed (END:VCARD is missing)")


_AGENT = Property("AGENT", "", {}, "")
"""In vCard 2.1 a card may hold another one behind this property."""


class _Whole:
    """A line and what is folded below it; of a picture only the name is kept."""

    def __init__(self, number: int, line: str) -> None:
        self.number, self._said, self._size = number, [line], len(line)
        head, _, value = line.partition(":")
        words = head.upper()
        name = words.partition(";")[0].rpartition(".")[2].strip()
        self.quoted = "QUOTED-PRINTABLE" in words
        self.picture = "BASE64" in words or "ENCODING=B" in words or name in SKIPPED
        self.version = value.strip() if name == "VERSION" else ""
        if self.picture:
            self._said = [f"{head}:"]

    def takes(self, line: str, version: str) -> bool:
        """Whether the line goes on with this one; then it is kept."""
        if self.quoted and self._said[-1].endswith("=") and not _EDGE.fullmatch(line):
            self._said[-1] = self._said[-1][:-1]
            self._keep(line)
        elif line[:1] in (" ", "\t"):
            self._keep(f" {line[1:]}" if version == "2.1" else line[1:])
        elif not (self.picture and _BASE64.fullmatch(line)):
            return False
        return True

    def _keep(self, more: str) -> None:
        if not self.picture and self._size <= _LONGEST:
            self._said.append(more)
            self._size += len(more)

    @property
    def text(self) -> str | None:
        """All of it, or None if it is too long."""
        return "".join(self._said) if self._size <= _LONGEST or self.picture else None


def _unfolded(lines: Lines) -> Iterator[tuple[int, str | None]]:
    """The lines with what is folded below them, by the number of the first; None for one that is too long."""
    whole: _Whole | None = None
    version = ""
    for number, line in plain_lines(lines):
        if line is not None and whole is not None and whole.takes(line, version):
            continue
        if whole is not None:
            yield whole.number, whole.text
            whole = None
        if line is None:
            yield number, None
            continue
        whole = _Whole(number, line) if line.strip() else None
        version = whole.version or version if whole is not None else version
    if whole is not None:
        yield whole.number, whole.text


def _add(card: Card, number: int, said: str | None, encoding: str | None) -> None:
    if said is None:
        card.trouble = card.trouble or f"a value is longer than {LONGEST_CELL:,} characters"
        return
    found = property_of(said, encoding)
    if found is None:
        card.unread.append(number)
    elif found.name == "VERSION":
        card.version = found.value.strip()
    elif len(card.properties) >= MOST_PROPERTIES:
        card.trouble = card.trouble or f"the card has more than {MOST_PROPERTIES:,} properties"
    else:
        card.properties.append(found)


def property_of(said: str, encoding: str | None) -> Property | None:
    """The property of a whole line, or None; with `encoding`, the line holds bytes as Latin-1."""
    split = _HEAD.fullmatch(said)
    name = _NAME.match(split[1].strip()) if split else None
    if split is None or name is None:
        return None
    head, value = split[1].strip(), split[2]
    parameters: dict[str, tuple[str, ...]] = {}
    for part in _PARAMETERS.findall(_decoded(head[name.end() :], encoding)):
        key, sign, words = part.partition("=")
        if not sign:  # vCard 2.1 writes TEL;HOME;QUOTED-PRINTABLE
            key, words = ("ENCODING" if part.strip().upper() in _ENCODINGS else "TYPE"), part
        given = [word.strip().strip('"') for word in _PARTS.findall(words)]
        split_again = [word for text in given for word in text.split(",")]
        parameters[key.strip().upper()] = parameters.get(key.strip().upper(), ()) + tuple(filter(None, split_again))
    return Property(name[2].upper(), (name[1] or "").casefold(), parameters, _value(value, parameters, encoding))


def _value(value: str, parameters: dict[str, tuple[str, ...]], encoding: str | None) -> str:
    charset = (*parameters.get("CHARSET", ()), "")[0] or encoding
    if "QUOTED-PRINTABLE" in map(str.upper, parameters.get("ENCODING", ())):
        plain = value.encode("latin-1" if encoding else "utf-8", "replace")
        return _decoded(decodestring(plain).decode("latin-1"), charset or "utf-8")
    return _decoded(value, charset if encoding else None)


def _decoded(text: str, encoding: str | None) -> str:
    """Bytes that were read as Latin-1 as the text that they are."""
    if encoding is None or text.isascii():
        return text
    try:
        return text.encode("latin-1").decode(encoding, "replace")
    except (LookupError, ValueError):
        return text


def _split(value: str, sign: str) -> list[str]:
    """The value cut at each `sign` that has no backslash before it."""
    parts, start, at = [], 0, 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
        elif value[at] == sign:
            parts.append(value[start:at])
            start = at + 1
        at += 1
    return [*parts, value[start:]]


def unescaped(value: str) -> str:
    """The text of a value: `\\n` is a line break, and a backslash before , ; : or another backslash is taken off."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def shown(one: Property) -> str:
    """The property as the preview shows it."""
    return clean(unescaped(one.value).replace(";", " "), limit=200)
