"""How a client is named in others' words, however it is written: to take her out, or to say that she is there.

Case, accents and the kind of space do not count, nor what divides the digits of a phone. A word is always a whole one:
"Anna Ruizova" is not Ana Ruiz, and a name inside of another's longer one is that other's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from stylistdesk.domain.text import folded

GONE = "[erased]"
"""What stands where others' words named her."""

FEWEST_IN_PHONE = 6
"""A number of fewer digits may be anything."""

_BEFORE, _AFTER = r"(?<![^\W_])(?<![^\W_]-)", r"(?![^\W_]|-[^\W_])"
_GAP = r"[\s_]+"
DIVIDER = r"[\s()./\-\u00ad\u2010-\u2015\u2212]{0,3}"
"""What may stand between the digits of a phone."""
_SIGNS = {"'": "['\u2018\u2019]", "\u2019": "['\u2018\u2019]", "-": "[-\u2010\u2011]"}
_ANY_SIGN = re.compile(r"[\s'\u2018\u2019\-_]+")
_DIGITS = re.compile(rf"(?:\d[^\w]{{0,3}}){{{FEWEST_IN_PHONE}}}")
_MARKED = str.maketrans(dict.fromkeys("'\u2018\u2019", "'"))


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is dialled within its country, and the country's own digits; none where they are not known."""

    national: str
    country: str = ""


@dataclass(frozen=True)
class Naming:
    """What names somebody: whole names, email addresses, phones, and other names with what takes their place.

    `alone` are single words that are a name where they begin with a capital: in small letters they may be any word.
    `of_others` are longer names and addresses, in which hers is no name of hers.
    """

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    alone: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    of_others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.emails or self.phones or self.alone or self.renamed)

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What a text of plain letters has in it where it names her, for LIKE: a part of each with `%` between."""
        words = {max(folded(name).split(), key=len) for name in (*self.names, *(old for old, _ in self.renamed))}
        words |= {folded(word) for word in (*self.emails, *self.alone)}
        found = {_plain_part(word) for word in words} | {"%".join(phone.national[-7:]) for phone in self.phones}
        return tuple(sorted(found - {""}))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """What a folded text has in it where it names her but by phone: found far sooner than a pattern."""
        said = (*self.names, *(old for old, _ in self.renamed), *self.emails, *self.alone)
        return tuple({max(_ANY_SIGN.split(folded(words)), key=len) for words in said})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self.of_others, key=len, reverse=True)
        parts = [f"(?P<stay>{_BEFORE}(?:{_any(map(_word, longest))}){_AFTER})"] if longest else []
        renamed = enumerate(self.renamed)
        parts += [f"(?P<as{place}>{_BEFORE}{_word(old)}{_AFTER})" for place, (old, _) in renamed if old.split()]
        hers = [f"{_BEFORE}(?:{_any(_orders(name))}){_AFTER}" for name in _by_length(self.names)]
        hers += [rf"(?<![\w+-])(?<!\w\.){_word(email)}(?!\w)" for email in _by_length(self.emails)]
        hers += [_dialled(phone) for phone in self.phones]
        if hers:
            parts.append(f"(?P<gone>{_any(hers)})")
        if self.alone:
            parts.append(f"(?P<alone>{_BEFORE}(?:{_any(map(_word, _by_length(self.alone)))}){_AFTER})")
        return re.compile("|".join(parts))

    def is_in(self, text: str) -> bool:
        """Whether the text names her."""
        return any(True for _ in self._found(text))

    def taken_out(self, text: str) -> str:
        """The text with `GONE`, or the new name, where it named her."""
        said, last = [], 0
        for start, end, words in self._found(text):
            said += [text[last:start], words]
            last = end
        return "".join([*said, text[last:]]) if last else text

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        if not self or not text:
            return
        plain = folded(text)
        by_phone = self.phones and _DIGITS.search(plain)
        if not by_phone and not any(part in plain for part in self._parts):
            return
        if self._pattern.search(plain) is None:
            return
        plain, places = _folded_with_places(text)
        for match in self._pattern.finditer(plain):
            kind = match.lastgroup or ""
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            if kind == "stay" or (kind == "alone" and text[start].islower() and text[start:end] not in self.alone):
                continue
            if text[start] == "(" and ")" not in text[start:end]:
                start += 1
            yield start, end, self.renamed[int(kind[2:])][1] if kind.startswith("as") else GONE


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, with one kind of apostrophe and without commas."""
    return tuple(folded(name).translate(_MARKED).replace(",", " ").replace("_", " ").split())


def turned(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of a name as they are spoken, and with the last ones before the first."""
    return (words[cut:] + words[:cut] for cut in range(len(words) or 1))


def holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether these words stand in that order among the others."""
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)


def _word(words: str) -> str:
    """The regular expression for words in their order."""
    return _GAP.join(_letters(word) for word in folded(words).split())


def _letters(word: str) -> str:
    return "".join(_SIGNS.get(sign, re.escape(sign)) for sign in word)


def _orders(name: str) -> Iterator[str]:
    """A name as it is spoken, and with what follows the first names before them: "Ruiz, Ana"."""
    words = [_letters(word) for word in folded(name).split()]
    yield _GAP.join(words)
    for cut in range(1, len(words)):
        yield rf"{_GAP.join(words[cut:])}(?:\s*,\s*|{_GAP}){_GAP.join(words[:cut])}"


def _dialled(phone: Phone) -> str:
    digits = DIVIDER.join(phone.national)
    trunk = rf"(?:0{DIVIDER})?"
    land = rf"(?:(?:\+|00{DIVIDER}|011{DIVIDER})?{DIVIDER.join(phone.country)}{DIVIDER})?" if phone.country else ""
    return rf"(?<![^\W_])\(?\+?{land}\(?{trunk}\(?{digits}(?![^\W_])"


def _plain_part(word: str) -> str:
    """The longest part of a word that stands in every way to write it in plain letters."""
    return max(re.split(r"[^a-z0-9@.]+", word), key=len)


def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text folded, and for each of its signs the place in the text where it comes from."""
    said: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = folded(sign)
        said.append(plain)
        places += [place] * len(plain)
    return "".join(said), places
