"""Clients as vCards, 4.0 (RFC 6350) or 3.0 (RFC 2426): one card a client, folded at 75 octets, in UTF-8."""

from collections.abc import Iterator, Sequence

from stylistdesk.queries.exports import ExportClient, ExportContact, ExportLocation

_OCTETS = 75
_PRODUCT = "-//stylistdesk//stylistdesk//EN"
_TYPED = {"Home": "HOME", "Work": "WORK"}


def cards_text(clients: Sequence[ExportClient], version: int) -> str:
    """The whole file."""
    return "".join(f"{folded(line)}\r\n" for client in clients for line in _card(client, version))


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


def _card(client: ExportClient, version: int) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}.0"
    yield f"PRODID:{_PRODUCT}"
    if client.card_id:
        yield f"UID:{_escaped(client.card_id)}"
    yield f"FN:{_escaped(client.name)}"
    is_store = bool(client.company) and client.company == client.name
    given = client.first_name or ("" if client.last_name or is_store else client.name)
    yield f"N:{_escaped(client.last_name)};{_escaped(given)};;;"
    if client.company:
        yield f"ORG:{_escaped(client.company)}"
    if is_store:
        yield "X-ABShowAs:COMPANY"
    title = next((contact.title for contact in client.contacts if contact.title), "")
    if title:
        yield f"TITLE:{_escaped(title)}"
    labels = _Labels()
    for contact in client.contacts:
        yield from _addresses(contact, client, version, labels)
    for location in client.locations:
        yield from _address(location, version, labels)
    yield from labels.lines
    if client.birthday:
        yield _birthday(client.birthday, version)
    if client.website:
        yield "URL:" + client.website.replace("\\", "\\\\")
    tags = [tag.strip() for tag in client.tags.split(",") if tag.strip()]
    if tags:
        yield f"CATEGORIES:{','.join(map(_escaped, tags))}"
    if client.description:
        yield f"NOTE:{_escaped(client.description)}"
    yield "END:VCARD"


class _Labels:
    """The labels of properties in words of the rep's own, as Apple and Google write them."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def group(self, label: str) -> str:
        """What the name of a property begins with so that it has the label."""
        if not label:
            return ""
        name = f"item{len(self.lines) + 1}."
        self.lines.append(f"{name}X-ABLabel:{_escaped(label)}")
        return name


def _addresses(contact: ExportContact, client: ExportClient, version: int, labels: _Labels) -> Iterator[str]:
    label = contact.name if contact.name != client.name else ""
    if contact.email:
        kind = _types([] if version == 4 else ["INTERNET"], contact.is_primary, version)
        yield f"{labels.group(label)}EMAIL{kind}:{_escaped(contact.email)}"
    if contact.phone:
        yield f"{labels.group(label)}TEL{_types(['VOICE'], contact.is_primary, version)}:{_escaped(contact.phone)}"


def _address(location: ExportLocation, version: int, labels: _Labels) -> Iterator[str]:
    kind = _TYPED.get(location.name, "")
    group = "" if kind else labels.group(location.name)
    street = "\n".join(line for line in (location.line1, location.line2) if line)
    parts = ("", "", street, location.city, location.region, location.postcode, location.country)
    if any(parts):
        types = _types([kind] if kind else [], location.is_primary, version)
        yield f"{group}ADR{types}:{';'.join(map(_escaped, parts))}"


def _types(words: list[str], preferred: bool, version: int) -> str:
    if version == 3:
        words = [*words, "PREF"] if preferred else words
        return f";TYPE={','.join(words)}" if words else ""
    kind = f";TYPE={','.join(words).lower()}" if words else ""
    return f"{kind};PREF=1" if preferred else kind


def _birthday(day: str, version: int) -> str:
    """A day without a year is --0314 in 4.0; 3.0 has no such thing, and Apple's 1604 stands for it."""
    if version == 4:
        return f"BDAY:{day.replace('-', '') if not day.startswith('--') else '--' + day[2:].replace('-', '')}"
    return f"BDAY;X-APPLE-OMIT-YEAR=1604:1604{day[1:]}" if day.startswith("--") else f"BDAY:{day}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\n", "\\n")
    return text.replace(",", "\\,").replace(";", "\\;")
