"""vCards from an address book (2.1, 3.0, 4.0): one client a card.

An address book fills in what the desk lacks and changes nothing that it knows. A card names a person by FN, else by N,
else by ORG. Cards of groups are refused: they hold nobody's data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.positions import Position, parse_position
from stylistdesk.domain.text import clean
from stylistdesk.exchange.cards import Card, Property, cards, shown, unescaped
from stylistdesk.exchange.cells import client_ref, email_address, web_address
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.reading import SAMPLES, Locale, Reading
from stylistdesk.exchange.records import ClientRecord, LocationRecord, Notice, RefusedRow, Rows
from stylistdesk.exchange.rows import Lines

_USED = ("FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "GEO", "BDAY", "URL", "NOTE", "CATEGORIES", "UID")
_SILENT = frozenset(
    {*_USED, "BEGIN", "END", "VERSION", "PRODID", "REV", "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABLABEL", "X-ABADR"}
)
_NO_PHONE = frozenset({"FAX", "PAGER", "MODEM"})
_MOBILE = frozenset({"CELL", "IPHONE"})
_OWN_GROUPS = frozenset({"mycontacts", "my contacts", "* mycontacts", "starred", "* starred"})
_WIDE = ("utf-16", "utf-32")


def _read(reading: Reading) -> Rows:
    encoding = reading.source.encoding
    wide = encoding.startswith(_WIDE)
    with reading.opened(encoding if wide else "latin-1") as handle:
        found = cards(Lines(handle), None if wide else encoding)
        for number, card in enumerate(found):
            reading.count(number, handle)
            if isinstance(card, RefusedRow):
                yield card
                continue
            _note_columns(card, reading)
            try:
                yield from _client(card, reading.locale)
            except Refused as error:
                yield RefusedRow(card.line, str(error))


def _note_columns(card: Card, reading: Reading) -> None:
    """Keep what the preview shows: the first cards, and the properties that nothing is made of."""
    reading.unknown |= dict.fromkeys(one.name for one in card.properties if one.name not in _SILENT)
    if reading.passes == 1 and len(reading.samples) < SAMPLES:
        reading.samples.append(tuple(", ".join(map(shown, card.all(name)))[:200] for name in _USED))


def _client(card: Card, locale: Locale) -> Rows:
    notices = [Notice(number, "the line is no property; it was left out") for number in card.unread[:20]]
    say = partial(_say, card.line, notices)
    kind = card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")
    if kind is not None and kind.value.strip().casefold() == "group":
        raise Refused("the card is that of a group, not of a person or a store")
    emails = [one.text.partition(":")[2] if _is_link(one, "mailto") else one.text for one in card.all("EMAIL")]
    first, last, name = _names(card)
    organisation = _organisation(card)
    if name and "@" in name and email_address(name) in map(email_address, emails):
        name = ""  # many address books call a person by her address for want of a name
    phones = _phones(card, say)
    if not (name or organisation or any(emails) or phones):
        raise Refused("the card names nobody: no name, email or phone")
    ref, said = client_ref(
        card.line,
        locale.country,
        name=name or organisation,
        emails=emails,
        phones=phones,
        external_id=_line(card, "UID", 300),
    )
    ref = replace(ref, name=clean(name or organisation, limit=300))  # an apostrophe guards nothing in a card
    note = "\n".join(clean(one.text, multiline=True) for one in card.all("NOTE"))
    yield from (*notices, *said)
    notices.clear()
    yield ClientRecord(
        card.line,
        ref,
        first_name=first,
        last_name=last,
        company=organisation,
        locations=_locations(card, say),
        note=clean(note, multiline=True),
        tags=_tags(card),
        title=_line(card, "TITLE", 200),
        birthday=_birthday(card, say),
        website=_website(card, say),
        fills=True,
    )
    yield from notices


def _say(line: int, notices: list[Notice], text: str) -> None:
    notices.append(Notice(line, text))


def _line(card: Card, name: str, limit: int) -> str:
    found = card.first(name)
    return clean(found.text, limit=limit) if found else ""


def _is_link(one: Property, scheme: str) -> bool:
    return one.value.strip().casefold().startswith(f"{scheme}:")


def _names(card: Card) -> tuple[str, str, str]:
    """Her first name, her last name, and how she is called."""
    found = card.first("N")
    parts = [clean(part, limit=200) for part in found.parts()] if found else []
    last, first, middle = (*parts, "", "", "")[:3]
    called = _line(card, "FN", 300)
    return first, last, called or " ".join(part for part in (first, middle, last) if part)


def _organisation(card: Card) -> str:
    found = card.first("ORG")
    return clean(found.parts()[0], limit=200) if found else ""


def _phones(card: Card, say: "partial[None]") -> list[str]:
    """Her numbers, a mobile one first: that is the one to write to."""
    numbers: list[tuple[int, bool, str]] = []
    for one in card.all("TEL"):
        number = one.text.strip()
        if _is_link(one, "tel"):
            number = number[4:].partition(";")[0]
        if one.types & _NO_PHONE and not one.types & {"VOICE", "CELL"}:
            say(f"“{clean(number)[:60]}” is no telephone ({', '.join(sorted(one.types & _NO_PHONE)).lower()})")
        else:
            numbers.append((one.rank, not one.types & _MOBILE, number))
    return [number for _, _, number in sorted(numbers, key=lambda known: known[:2])]


def _locations(card: Card, say: "partial[None]") -> tuple[LocationRecord, ...]:
    """Her addresses, each with the position that the card gives it."""
    found = list(_addresses(card))
    at: dict[int, Position] = {}
    for index, (one, _) in enumerate(found):
        if link := ",".join(one.parameters.get("GEO", ())):
            at |= _position(index, link, say)
    properties = [one for one, _ in found]
    for geo in card.all("GEO"):
        whose = _whose(geo, properties)
        if whose is None:
            say(f"the position “{clean(geo.text)[:60]}” is that of no one address; it was left out")
        elif whose not in at:
            at |= _position(whose, geo.text, say)
    return tuple(replace(place, position=at.get(index)) for index, (_, place) in enumerate(found))


def _whose(geo: Property, addresses: Sequence[Property]) -> int | None:
    """Which address a position belongs to: the one of its group or alternative, else the only one."""
    same = [index for index, one in enumerate(addresses) if geo.group and one.group == geo.group]
    if not same and (alternative := geo.parameters.get("ALTID")):
        same = [index for index, one in enumerate(addresses) if one.parameters.get("ALTID") == alternative]
    if len(same) == 1:
        return same[0]
    return 0 if len(addresses) == 1 else None


def _position(index: int, text: str, say: "partial[None]") -> dict[int, Position]:
    try:
        return {index: parse_position(text)}
    except Refused:
        say(f"the position “{clean(text)[:60]}” is none; it was left out")
        return {}


def _addresses(card: Card) -> Iterator[tuple[Property, LocationRecord]]:
    for one in card.all("ADR"):
        box, more, street, city, region, postcode, country = (*one.parts(), *[""] * 7)[:7]
        lines = [clean(line) for line in clean(street, multiline=True, limit=2_000).split("\n")]
        box = clean(box)
        lines += [clean(more), f"PO Box {box}" if box else ""]
        line1, *rest = [line for line in lines if line] or [""]
        place = LocationRecord(
            name=_label(card, one),
            line1=line1,
            line2=clean(", ".join(rest)),
            city=clean(city),
            region=clean(region),
            postcode=clean(postcode),
            country=clean(country),
        )
        if any((place.line1, place.city, place.region, place.postcode, place.country)):
            yield one, place


def _label(card: Card, one: Property) -> str:
    """What an address is called: Apple's label of its group, else its type."""
    for other in card.properties:
        if one.group and other.group == one.group and other.name == "X-ABLABEL":
            return clean(unescaped(other.value)).removeprefix("_$!<").removesuffix(">!$_")
    return next((word.capitalize() for word in ("HOME", "WORK") if word in one.types), "")


def _tags(card: Card) -> tuple[str, ...]:
    words = [clean(part, limit=200).replace(",", " ") for one in card.all("CATEGORIES") for part in one.parts(",")]
    return tuple(dict.fromkeys(word for word in words if word and word.casefold() not in _OWN_GROUPS))


def _birthday(card: Card, say: "partial[None]") -> str:
    written = _line(card, "BDAY", 100)
    found = birthday(written)
    if found is None:
        say(f"the birthday “{written[:60]}” is no day; it was left out")
    return found or ""


def _website(card: Card, say: "partial[None]") -> str:
    links: Sequence[str] = [clean(one.text) for one in card.all("URL")]
    good = [link for written in links if (link := web_address(written))]
    for written in links:
        if not web_address(written):
            say(f"“{written[:60]}” is not a web address; it was left out")
    for link in good[1:]:
        say(f"“{link[:60]}” is a second web address; it was left out")
    return next(iter(good), "")


VCARDS = Format(
    name="vcard",
    label="vCards",
    program="vcard",
    required=(),
    used=_USED,
    read=_read,
    aliases=("vcards", "vcf", "cards", "address_book"),
    begins="VCARD",
)
