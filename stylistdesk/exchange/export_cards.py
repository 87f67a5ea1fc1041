"""Clients as vCards, 4.0 (RFC 6350), 3.0 (RFC 2426) or 2.1 (versit, 1996): one card a client, in UTF-8.

3.0 and 4.0 are folded at 75 octets; 2.1 has quoted-printable for what is not plain. In 4.0 each address has its
position; the older ones have one position a card, that of the primary address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stylistdesk.domain.positions import format_position, geo_link
from stylistdesk.queries.exports import ExportClient, ExportContact, ExportLocation

_OCTETS = 75
_PRODUCT = "-//stylistdesk//stylistdesk//EN"
_TYPED = {"Home": "HOME", "Work": "WORK"}
_VERSIONS = {2: "2.1", 3: "3.0", 4: "4.0"}


@dataclass(frozen=True, slots=True)
class _Property:
    """One property: its name with its parameters, and its parts as they are meant."""

    name: str
    parts: tuple[str, ...]
    between: str = ";"
    is_link: bool = False  # its commas and semicolons are its own

    def written(self, version: int) -> str:
        """The property as lines of this version."""
        if self.is_link:
            text = self.parts[0].replace("\\", "\\\\")
        elif version > 2:
            text = self.between.join(map(_escaped, self.parts))
        else:
            text = self.between.join(part.replace("\\", "\\\\").replace(";", "\\;") for part in self.parts)
        if version > 2:
            return folded(f"{self.name}:{text}")
        if text.isascii() and text.isprintable() and "=" not in text:
            return f"{self.name}:{text}"
        return quoted(f"{self.name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:", text)


def _plain(name: str, value: str) -> _Property:
    return _Property(name, (value,))


def cards_text(clients: Sequence[ExportClient], version: int) -> str:
    """The whole file, in version 2 (2.1), 3 or 4."""
    return "".join(f"{each.written(version)}\r\n" for client in clients for each in _card(client, version))


def quoted(name: str, text: str) -> str:
    """The property of a 2.1 card in quoted-printable: lines of at most 76 characters, each but the last ends in =."""
    parts, part = list[str](), name
    for byte in text.replace("\r\n", "\n").replace("\n", "\r\n").encode():
        letter = chr(byte) if 32 <= byte < 127 and byte != ord("=") else f"={byte:02X}"
        if len(part) + len(letter) > _OCTETS:
            parts.append(part)
            part = ""
        part += letter
    return "=\r\n".join([*parts, part])


def folded(line: str) -> str:
    """The line cut into parts of at most 75 octets, never inside a letter; the later ones begin with a space."""
    if len(line) <= _OCTETS and line.isascii():
        return line
    parts, part, size = list[str](), "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += octets
    return "\r\n".join([*parts, part])


def _card(client: ExportClient, version: int) -> Iterator[_Property]:
    yield _plain("BEGIN", "VCARD")
    yield _plain("VERSION", _VERSIONS[version])
    yield _plain("PRODID", _PRODUCT)
    if client.card_id:
        yield _plain("UID", client.card_id)
    yield _plain("FN", client.name)
    is_store = bool(client.company) and client.company == client.name
    given = client.first_name or ("" if client.last_name or is_store else client.name)
    yield _Property("N", (client.last_name, given, "", "", ""))
    if client.company:
        yield _plain("ORG", client.company)
    if is_store:
        yield _plain("X-ABShowAs", "COMPANY")
    if client.title:
        yield _plain("TITLE", client.title)
    labels = _Labels()
    for contact in client.contacts:
        yield from _addresses(contact, client, version, labels)
    for location in client.locations:
        yield from _address(location, version, labels)
    yield from labels.lines
    if client.birthday:
        yield _birthday(client.birthday, version)
    if client.website:
        yield _Property("URL", (client.website,), is_link=True)
    tags = tuple(tag.strip() for tag in client.tags.split(",") if tag.strip())
    if tags:
        yield _Property("CATEGORIES", tags, ",")
    if client.description:
        yield _plain("NOTE", client.description)
    yield _plain("END", "VCARD")


class _Labels:
    """The labels of properties in words of the rep's own, as Apple and Google write them."""

    def __init__(self) -> None:
        self.lines: list[_Property] = []

    def group(self, label: str) -> str:
        """What the name of a property begins with so that it has the label."""
        if not label:
            return ""
        name = f"item{len(self.lines) + 1}."
        self.lines.append(_plain(f"{name}X-ABLabel", label))
        return name


def _addresses(contact: ExportContact, client: ExportClient, version: int, labels: _Labels) -> Iterator[_Property]:
    label = contact.name if contact.name != client.name else ""
    if contact.email:
        kind = _types([] if version == 4 else ["INTERNET"], contact.is_primary, version)
        yield _plain(f"{labels.group(label)}EMAIL{kind}", contact.email)
    if contact.phone:
        yield _plain(f"{labels.group(label)}TEL{_types(['VOICE'], contact.is_primary, version)}", contact.phone)


def _address(location: ExportLocation, version: int, labels: _Labels) -> Iterator[_Property]:
    kind = _TYPED.get(location.name, "")
    group = "" if kind else labels.group(location.name)
    street = "\n".join(line for line in (location.line1, location.line2) if line)
    parts = ("", "", street, location.city, location.region, location.postcode, location.country)
    if not any(parts):
        return
    at = location.position
    if at is not None and location.is_primary and version < 4:
        group = group or "primary."  # which of several addresses it is
        yield _Property(f"{group}GEO", tuple(format_position(at).split(", ")))
    link = f';GEO="{geo_link(at)}"' if at is not None and version == 4 else ""
    yield _Property(f"{group}ADR{_types([kind] if kind else [], location.is_primary, version)}{link}", parts)


def _types(words: list[str], preferred: bool, version: int) -> str:
    if version == 4:
        kind = f";TYPE={','.join(words).lower()}" if words else ""
        return f"{kind};PREF=1" if preferred else kind
    words = [*words, "PREF"] if preferred else words
    if version == 2:
        return "".join(f";{word}" for word in words)
    return f";TYPE={','.join(words)}" if words else ""


def _birthday(day: str, version: int) -> _Property:
    """A day without a year is --0314 in 4.0; the others have no such thing, and Apple's 1604 stands for it."""
    if version == 4:
        return _plain("BDAY", day.replace("-", "") if not day.startswith("--") else "--" + day[2:].replace("-", ""))
    if day.startswith("--"):
        return _plain("BDAY;X-APPLE-OMIT-YEAR=1604", f"1604{day[1:]}")
    return _plain("BDAY", day)


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")
