"""Text at the border: what a file or a form brings is cleaned here, so that no stored text can act on a terminal."""

import re
import unicodedata

SINGLE_LIMIT = 1_000
"""The longest text of one line that is kept, in characters."""

MULTILINE_LIMIT = 100_000
"""The longest text of several lines that is kept, in characters."""

_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC and the other strings
    r"|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+",
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_FOLDED = re.compile(r"[\t\n]+")


def clean(text: str, *, multiline: bool = False, limit: int | None = None) -> str:
    """The text in NFC, trimmed, without control characters, escape sequences, direction overrides or lone surrogates.

    Emoji, accents and zero-width joiners stay. Newlines and tabs stay only in `multiline` text and become one space
    elsewhere. What is longer than `limit` characters is cut. Cleaning twice changes nothing.
    """
    longest = limit if limit is not None else MULTILINE_LIMIT if multiline else SINGLE_LIMIT
    if text.isascii() and text.isprintable():
        text = text.strip()
        return text if len(text) <= longest else text[:longest].rstrip()
    if not text.isprintable():
        text = _SEQUENCES.sub("", text)
        text = _LINE_ENDS.sub("\n", text)
        text = _UNWANTED.sub("", text)
        if not multiline:
            text = _FOLDED.sub(" ", text)
    text = unicodedata.normalize("NFC", text).strip()
    return text if len(text) <= longest else text[:longest].rstrip()


def is_harmless(text: str) -> bool:
    """Whether nothing in the text could act on a terminal; line ends and tabs do not."""
    return not _UNWANTED.search(text)


def shortened(text: str, most: int) -> str:
    """The text on one line of at most so many characters, ending in an ellipsis if something was cut off."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def name_key(text: str) -> str:
    """The text as names are compared: case and runs of white space do not count."""
    return " ".join(text.casefold().split())


PLAIN_LETTERS = {
    "ß": "ss", "ø": "o", "ı": "i", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ŧ": "t",
    "ά": "α", "έ": "ε", "ή": "η", "ί": "ι", "ϊ": "ι", "ΐ": "ι", "ό": "ο", "ύ": "υ", "ϋ": "υ", "ΰ": "υ", "ώ": "ω",
    "ς": "σ", "ѐ": "е", "ё": "е", "ѓ": "г", "ї": "і", "й": "и", "ѝ": "и", "ќ": "к", "ў": "у",
}  # fmt: skip
"""Letters whose accent SQLite does not take off, or that have none, and how they are typed without."""

_PLAIN = str.maketrans(PLAIN_LETTERS)
_PLAIN_BOTH = _PLAIN | str.maketrans(
    {"ẞ": "ss"} | {k.upper(): v for k, v in PLAIN_LETTERS.items() if len(k.upper()) == 1}
)


def folded(text: str) -> str:
    """The text as it is searched: case and accents do not count, so that "zoe" finds "Zoë", and "soren" "Søren"."""
    text = text.casefold()
    if text.isascii():
        return text
    return _NOT_ASCII.sub(_without_accents, unicodedata.normalize("NFD", text.translate(_PLAIN)))


def _without_accents(part: re.Match[str]) -> str:
    return "".join(sign for sign in part.group() if not unicodedata.combining(sign))


def plain_letters(text: str) -> str:
    """The text with the letters of `PLAIN_LETTERS` as they are typed; its case and its accents stay."""
    return text if text.isascii() else text.translate(_PLAIN_BOTH)


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: a wide character two, an accent on one before it none."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def in_cells(text: str, width: int) -> str:
    """The text in exactly so many columns: cut, or filled up with spaces."""
    taken, kept = 0, 0
    for kept, character in enumerate(text):  # noqa: B007 - where it has to be cut
        taken += _cells_of(character)
        if taken > width:
            taken -= _cells_of(character)
            break
    else:
        kept = len(text)
    return text[:kept] + " " * (width - taken)


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def plural(kind: str) -> str:
    """The name of a kind of row for several of them: "style_quiz" gives "style quizzes"."""
    word = kind.replace("_", " ")
    if word.endswith("quiz"):
        return f"{word}zes"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def counted(count: int, kind: str) -> str:
    """So many rows of a kind: "1 client", "1,200 order lines"."""
    return f"{count:,} {kind.replace('_', ' ') if count == 1 else plural(kind)}"


NORTH_AMERICA = "AG AI AS BB BM BS CA DM DO GD GU JM KN KY LC MP MS PR SX TC TT US VC VG VI"
"""The countries whose numbers begin with +1."""


def typed_phone(number: str, country: str) -> str:
    """A number as a form of a desk in this country has it: as it is read, where it is taken in again so."""
    return say_phone(number) if country in NORTH_AMERICA.split() else number


def say_phone(number: str) -> str:
    """A North American number as it is read: (555) 555-0101; any other, and an email address, as it is."""
    digits = number.removeprefix("+1")
    if number.startswith("+1") and len(digits) == 10 and digits.isdecimal():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return number
