"""Which encoding a file is in: UTF-8 if every byte agrees; otherwise a choice is offered, the likeliest first."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from stylistdesk.domain.errors import BadFile

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "latin-1")


def encodings_of(path: Path, head: bytes) -> tuple[str, ...]:
    """The encodings that the file could be in, the likeliest first. Raises `BadFile` if its byte order mark lies."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if _decodes(path, encoding) is None:
                raise BadFile(f"{path.name} begins as {encoding} and goes on as something else.", hint=_AGAIN)
            return (encoding,)
    for encoding in ("utf-16-le", "utf-16-be"):
        if _zeros(head, encoding) and _decodes(path, encoding) is not None:
            return (encoding,)
    if _decodes(path, "utf-8") is not None:
        return ("utf-8",)
    return _guessed(path)


def checked(path: Path, encoding: str) -> str:
    """The encoding that was asked for, if the whole file can be read in it. Raises `BadFile`."""
    try:
        found = codecs.lookup(encoding)
        "".encode(encoding)
        b"a,b\n".decode(encoding, "replace")  # some codecs are not for text
    except (LookupError, ValueError, TypeError):
        raise BadFile(f"There is no encoding “{encoding[:40]}”.", hint="Try utf-8 or cp1252.") from None
    if _decodes(path, encoding) is None:
        raise BadFile(f"{path.name} cannot be read as {encoding}.", hint="Try another encoding, or leave it out.")
    return "utf-8-sig" if found.name == "utf-8" else encoding


_AGAIN = "Export it again as “CSV UTF-8”."


def _zeros(head: bytes, encoding: str) -> bool:
    """Whether the first line looks like plain letters in two bytes each, without a byte order mark."""
    line = head[:200]
    zeros, letters = (line[1::2], line[::2]) if encoding == "utf-16-le" else (line[::2], line[1::2])
    return len(line) >= 8 and not any(zeros[: len(letters)]) and all(letters[: len(zeros)])


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror}.") from error


def _decodes(path: Path, encoding: str) -> bool | None:
    """Whether the file reads to its end: None for no, False if only its last character is cut off.

    A file without any other character beyond ASCII is not taken as UTF-8 for one cut-off character.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    plain = True
    try:
        for chunk in _chunks(path):
            plain = plain and decoder.decode(chunk).isascii()
    except ValueError:
        return None
    try:
        decoder.decode(b"", True)
    except ValueError:
        return None if plain and encoding == "utf-8" else False
    return True


def _guessed(path: Path) -> tuple[str, ...]:
    sample = _telling_lines(path)
    choices: list[str] = []
    if _plausible(sample):
        choices += _WESTERN
    from charset_normalizer import from_bytes

    choices += [match.encoding for match in from_bytes(sample)][:6]
    choices += _WESTERN
    seen = dict.fromkeys(codecs.lookup(choice).name for choice in choices)
    names = {codecs.lookup(name).name: name for name in _WESTERN}
    readable = [names.get(choice, choice) for choice in seen if _decodes(path, choice)]
    return tuple(readable)


def _telling_lines(path: Path) -> bytes:
    """The lines that say something about the encoding: the header, and those with bytes beyond ASCII."""
    sample = bytearray()
    with path.open("rb") as handle:
        sample += handle.readline(_SAMPLE)
        while len(sample) < _SAMPLE and (line := handle.readline(_SAMPLE)):
            if not line.isascii():
                sample += line
    return bytes(sample[: 2 * _SAMPLE])


def _plausible(sample: bytes) -> bool:
    """Whether the text reads as a Western language in cp1252: accents are letters among plain ones.

    In a Cyrillic or Greek text nearly every letter of a word would be accented.
    """
    try:
        text = sample.decode("cp1252")
    except ValueError:
        return False
    words = [word for word in text.split() if not word.isascii()]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    accented = sum(not letter.isascii() for letter in letters)
    symbols = sum(not letter.isascii() and not letter.isalpha() for word in words for letter in word)
    return accented <= len(letters) / 2 and symbols <= max(4, len(letters) / 4)
