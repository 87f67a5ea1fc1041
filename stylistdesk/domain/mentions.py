"""Whom of many a text names: a whole name, an email address or a phone, however it is written."""

import re
from collections.abc import Iterable, Iterator

from stylistdesk.domain.naming import DIVIDER, FEWEST_IN_PHONE, turned
from stylistdesk.domain.text import folded

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s,.&+/'\u2018\u2019_-]*")
_EMAIL = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"(),;:]+\w")
_PHONE = re.compile(rf"\+?\(?\d(?:{DIVIDER}\d)+")


class Mentions:
    """An index of people by what names them. Who has no name of her own (`""`) is known, and never told.

    A name of one word counts where it has a capital: "rose" may be a flower.
    """

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._emails: dict[str, str] = {}
        self._phones: dict[str, str] = {}

    def add(self, who: str, name: str = "", email: str = "", phone: str = "") -> None:
        """Know a person by these; what another is known by already stays that one's."""
        words = tuple(_WORD.findall(folded(name)))
        for form in set(turned(words)) if words else ():
            self._names.setdefault(form[0], []).append((form, who))
        if email:
            self._emails.setdefault(folded(email), who)
        digits = re.sub(r"\D", "", phone)
        for known in {digits, digits[-10:]} if len(digits) >= FEWEST_IN_PHONE else ():
            self._phones.setdefault(known, who)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The people whom a text names, each once."""
        found = (*self._by_email(text), *self._by_phone(text), *self._by_name(text))
        return tuple(dict.fromkeys(who for who in found if who))

    def _by_email(self, text: str) -> Iterator[str]:
        return (self._emails.get(folded(match.group()), "") for match in _EMAIL.finditer(text) if "@" in text)

    def _by_phone(self, text: str) -> Iterator[str]:
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match.group()).removeprefix("00")
            yield (
                self._phones.get(digits)
                or self._phones.get(digits.removeprefix("0"))
                or self._phones.get(digits[-10:] if len(digits) > 10 else digits, "")
            )

    def _by_name(self, text: str) -> Iterator[str]:
        words = [(folded(match.group()), match) for match in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            best, who = 0, ""
            for form, whose in self._names.get(words[at][0], ()):
                if len(form) > best and self._stands(form, words, at, text):
                    best, who = len(form), whose
            yield who
            at += best or 1

    def _stands(self, form: tuple[str, ...], words: list[tuple[str, re.Match[str]]], at: int, text: str) -> bool:
        there = words[at : at + len(form)]
        if tuple(word for word, _ in there) != form or (len(form) == 1 and there[0][1].group()[0].islower()):
            return False
        ends: Iterable[tuple[re.Match[str], re.Match[str]]] = zip(
            (match for _, match in there), (match for _, match in there[1:]), strict=False
        )
        return all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in ends)
