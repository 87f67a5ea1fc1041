"""A large JSON file, read piece by piece: what it holds at once is one value, not the file."""

import codecs
import json
from collections.abc import Callable, Iterator
from typing import BinaryIO

from stylistdesk.domain.errors import BadFile

LONGEST = 16_000_000
"""The longest value, in characters: a row with all its words."""
_READ = 1 << 18
_SPACE = " \t\r\n"


class JsonStream:
    """The pieces of one JSON text, in their order. Every method raises `BadFile` for what is no JSON, or not UTF-8."""

    def __init__(self, file: BinaryIO, name: str, tick: Callable[[int], None] = lambda _done: None) -> None:
        self._file, self._name, self._tick = file, name, tick
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._json = json.JSONDecoder(parse_constant=_no_number)
        self._text, self._at, self._ended, self._read = "", 0, False, 0

    def sign(self) -> str:
        """The next character that is not white space, which stays; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def take(self, sign: str) -> None:
        """Go past this character."""
        if self.sign() != sign:
            raise self.broken()
        self._at += 1

    def value(self) -> object:
        """The next value, whole."""
        self.sign()
        while True:
            try:
                found, end = self._json.raw_decode(self._text, self._at)
                if end < len(self._text) or self._ended:  # a number at the end of what was read may go on
                    self._at = end
                    return found
            except ValueError:
                if self._ended:
                    raise self.broken() from None
            except RecursionError:
                raise self.broken() from None
            if len(self._text) - self._at > LONGEST:
                raise BadFile(f"{self._name} is broken: a row is too long, or is no JSON.", hint=_AGAIN)
            self._more()

    def items(self) -> Iterator[None]:
        """Once for each item of the list that comes next; each is to be read before the next is asked for."""
        yield from self._inside("[", "]")

    def members(self) -> Iterator[str]:
        """Each key of the object that comes next; its value is to be read before the next is asked for."""
        for _ in self._inside("{", "}"):
            key = self.value()
            if type(key) is not str:
                raise self.broken()
            self.take(":")
            yield key

    def end(self) -> None:
        """That nothing follows."""
        if self.sign():
            raise self.broken()

    def broken(self) -> BadFile:
        """The refusal."""
        if self._ended and not self._text[self._at :].strip():
            return BadFile(f"{self._name} ends in the middle: it was cut off.", hint=_AGAIN)
        return BadFile(f"{self._name} is broken: what was read as JSON is none.", hint=_AGAIN)

    def _inside(self, opens: str, closes: str) -> Iterator[None]:
        self.take(opens)
        if self.sign() == closes:
            self._at += 1
            return
        while True:
            yield
            if self.sign() != ",":
                break
            self._at += 1
        self.take(closes)

    def _more(self) -> None:
        """Read on: as much again as a value has taken so far, so that a long one is not tried too often."""
        left = self._text[self._at :]
        got = self._file.read(max(_READ, len(left)))
        self._read += len(got)
        self._tick(self._read)
        self._ended = not got
        try:
            self._text, self._at = left + self._decode(got, self._ended), 0
        except UnicodeDecodeError:
            raise BadFile(f"{self._name} is not UTF-8.", hint=_AGAIN) from None


_AGAIN = "Nothing was changed. Export the desk again, or copy the file again."


def _no_number(said: str) -> float:
    raise ValueError(said)
