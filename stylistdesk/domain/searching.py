"""What was typed into the search (R43): its parts, and where a text has them."""

import re
from collections.abc import Iterable, Sequence

from stylistdesk.domain.text import clean, folded

MOST_PARTS = 8
LONGEST_PART = 40
"""Of what is typed, so many parts of so many characters are looked for: more is a paste, not a search."""

FEWEST_DIGITS = 3
"""So many digits are a part of a phone number."""

SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "her", "in", "of", "on", "s", "the", "to", "with")
)
"""Words that stand between what is looked for."""

_PART = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)+")
_DIVIDERS = re.compile(r"['’.\-/]")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_DIALLED = re.compile(r"[\d()+\-./\s]+")


def parts_of(typed: str) -> tuple[str, ...]:
    """The parts with a letter or a digit in them, as they were typed."""
    found = (part[:LONGEST_PART] for part in _PART.findall(clean(typed)))
    return tuple(part for part in found if _TOKEN.search(part))[:MOST_PARTS]


def without_small_words(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts without "of", "the" and the like, and "ana" for "Ana's"; all of them where there is nothing else."""
    bare = (_POSSESSIVE.sub("", part) for part in parts)
    return tuple(part for part in bare if _TOKEN.search(part) and folded(part) not in SMALL_WORDS) or tuple(parts)


def tokens_of(text: str) -> tuple[str, ...]:
    """The words and numbers in a text, folded."""
    return tuple(_TOKEN.findall(folded(text)))


def tokens_joined(text: str) -> str:
    """The letters and digits of a text, folded: "gc1042" for "GC-1042"."""
    return "".join(tokens_of(text))


def grouped_number(text: str) -> str:
    """The letters and digits of what may be one number, however it is grouped: "gc7k2m9x" for "GC7K 2M9X"."""
    groups = tokens_of(text)
    joined = "".join(groups)
    is_one = len(groups) > 1 and len(joined) >= FEWEST_DIGITS and any(letter.isdecimal() for letter in joined)
    return joined if is_one else ""


def dialled(text: str) -> str:
    """The digits of what looks like a part of a phone number, without the 00 before a country; else nothing."""
    if not _DIALLED.fullmatch(text):
        return ""
    digits = "".join(character for character in text if character.isdecimal()).removeprefix("00")
    return digits if len(digits) >= FEWEST_DIGITS else ""


def needles_of(parts: Iterable[str]) -> tuple[str, ...]:
    """What the words of a text begin with where it has these parts; the longest first."""
    found = {token for part in parts for token in tokens_of(part)} | {d for part in parts if (d := dialled(part))}
    return tuple(sorted(found, key=lambda needle: (-len(needle), needle)))


def marks(text: str, needles: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a text begin with one of the needles: from and to, in order and apart."""
    if not needles:
        return ()
    found: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        word = folded(match.group())
        needle = next((needle for needle in needles if word.startswith(needle)), "")
        if needle:
            # A letter that folds into two, or an accent apart, moves what follows: then the whole word is marked.
            end = match.start() + len(needle) if len(word) == len(match.group()) else match.end()
            found.append((match.start(), end))
    for match in _JOINED.finditer(text):
        word = folded(_DIVIDERS.sub("", match.group()))
        if any(len(needle) >= FEWEST_DIGITS and word.startswith(needle) for needle in needles):
            found.append(match.span())
    for needle in needles:
        if needle.isdecimal() and len(needle) >= FEWEST_DIGITS:
            found += _in_digits(text, needle)
    return _apart(found)


def _in_digits(text: str, needle: str) -> Iterable[tuple[int, int]]:
    """Where the digits stand, whatever is between them: "5550101" in "(212) 555-0101"."""
    for match in re.finditer(r"\+?\(?\d[\d()\-. ]*\d", text):
        places = [match.start() + at for at, sign in enumerate(match.group()) if sign.isdecimal()]
        at = "".join(text[place] for place in places).find(needle)
        if at >= 0:
            yield places[at], places[at + len(needle) - 1] + 1


def _apart(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)
