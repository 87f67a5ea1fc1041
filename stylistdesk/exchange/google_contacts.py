"""Google Contacts, CSV: the layout of today ("First Name", "Labels") and the older one ("Given Name").

Columns are numbered and grow with what a contact has (E-mail 4 - Value …); one cell may hold several values with
" ::: " between them. Groups that begin with an asterisk are Google's own. It is an address book: it fills in what the
desk lacks and changes nothing that it knows.
"""

import re
from collections.abc import Iterator, Mapping

from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.cells import cell, client_ref, email_address, long_cell, unguarded, web_address
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, LocationRecord, Notice, RefusedRow, Rows
from stylistdesk.exchange.rows import folded

_BETWEEN = " ::: "
_COLUMNS = (
    "First Name", "Middle Name", "Last Name", "Name", "Given Name", "Additional Name", "Family Name", "Nickname",
    "File As", "Organization Name", "Organization Title", "Organization 1 - Name", "Organization 1 - Title", "Birthday",
    "Notes", "Labels", "Group Membership",
)  # fmt: skip
_NUMBERED = (
    r"(e-mail|phone|website) \d+ - (label|type|value)"
    r"|address \d+ - (label|type|formatted|street|city|po box|region|postal code|country|extended address)"
)
_NO_PHONE = ("fax", "pager")

Cells = Mapping[str, str]


def _read(reading: Reading) -> Rows:
    with reading.table() as table:
        names = [folded(column) for column in table.header]
        for found in table.rows():
            if isinstance(found, RefusedRow | Notice):
                yield found
                continue
            line, row = found
            cells: dict[str, str] = {}
            for name, text in zip(names, row, strict=False):
                cells[name] = cells.get(name) or text
            try:
                yield from _client(line, cells, reading.locale)
            except Refused as error:
                yield RefusedRow(line, str(error))


def _client(line: int, cells: Cells, locale: Locale) -> Rows:
    def either(*columns: str) -> str:
        return next((text for column in columns if (text := cells.get(folded(column), "").strip())), "")

    first, last = cell(either("First Name", "Given Name"), 200), cell(either("Last Name", "Family Name"), 200)
    middle = cell(either("Middle Name", "Additional Name"), 200)
    company = cell(either("Organization Name", "Organization 1 - Name").partition(_BETWEEN)[0], 200)
    called = cell(either("Name"), 300) or " ".join(part for part in (first, middle, last) if part)
    emails = [text for text, _ in _values(cells, "e-mail")]
    if "@" in called and email_address(called) in map(email_address, emails):
        called = ""
    phones, notices = list[str](), list[Notice]()
    for number, label in _values(cells, "phone"):
        if any(word in label.casefold() for word in _NO_PHONE):
            notices.append(Notice(line, f"“{cell(number)[:60]}” is no telephone ({cell(label)[:20].lower()})"))
        else:
            phones.append(number)
    ref, said = client_ref(
        line,
        locale.country,
        name=called or company or cell(either("File As", "Nickname"), 300),
        emails=emails,
        phones=phones,
    )
    born = birthday(cell(either("Birthday")))
    if born is None:
        notices.append(Notice(line, f"the birthday “{cell(either('Birthday'))[:60]}” is no day; it was left out"))
    links = [cell(text) for text, _ in _values(cells, "website")]
    good = [link for link in map(web_address, links) if link]
    notices += [Notice(line, f"“{link[:60]}” is not a web address; it was left out")
                for link in links if not web_address(link)]  # fmt: skip
    notices += [Notice(line, f"“{link[:60]}” is a second web address; it was left out") for link in good[1:]]
    yield from (*notices, *said)
    yield ClientRecord(
        line,
        ref,
        first_name=first,
        last_name=last,
        company=company,
        locations=tuple(_locations(cells)),
        note=long_cell(either("Notes")),
        tags=_tags(either("Labels", "Group Membership")),
        title=cell(either("Organization Title", "Organization 1 - Title").partition(_BETWEEN)[0], 200),
        birthday=born or "",
        website=next(iter(good), ""),
        fills=True,
    )


def _values(cells: Cells, kind: str) -> Iterator[tuple[str, str]]:
    """Every value of a numbered kind of column with its label, in the order of their numbers."""
    for number in _numbers(cells, kind, "value"):
        label = cells.get(f"{kind} {number} - label") or cells.get(f"{kind} {number} - type") or ""
        for text in unguarded(cells[f"{kind} {number} - value"]).split(_BETWEEN.strip()):
            if text.strip():
                yield text.strip(), label


def _numbers(cells: Cells, kind: str, part: str) -> list[int]:
    pattern = re.compile(rf"{re.escape(kind)} (\d{{1,4}}) - {part}")
    return sorted({int(found[1]) for column in cells if (found := pattern.fullmatch(column))})


def _locations(cells: Cells) -> Iterator[LocationRecord]:
    for number in _numbers(cells, "address", "(?:formatted|street|city)"):

        def part(name: str, limit: int = 200, number: int = number) -> str:
            return cell(cells.get(f"address {number} - {name}", "").partition(_BETWEEN)[0], limit)

        box = part("po box", 60)
        lines = [part("street", 300), part("extended address", 300), f"PO Box {box}" if box else ""]
        line1, *rest = [line for line in lines if line] or [""]
        if not (line1 or part("city")):
            line1 = part("formatted", 300)
        label = (part("label", 100) or part("type", 100)).removeprefix("*").strip()
        place = LocationRecord(
            name=label,
            line1=line1,
            line2=", ".join(rest),
            city=part("city"),
            region=part("region", 100),
            postcode=part("postal code", 40),
            country=part("country", 100),
        )
        if any((place.line1, place.city, place.region, place.postcode, place.country)):
            yield place


def _tags(text: str) -> tuple[str, ...]:
    words = [cell(part.strip(), 200).replace(",", " ") for part in text.split(_BETWEEN.strip())]
    return tuple(dict.fromkeys(word for word in words if word and not word.startswith("*")))


GOOGLE_CONTACTS = Format(
    name="google_contacts",
    label="Google Contacts",
    program="google",
    required=(),
    one_of=("E-mail 1 - Value", "Phone 1 - Value", "Group Membership", "Organization 1 - Name", "Phonetic First Name"),
    used=_COLUMNS,
    used_like=_NUMBERED,
    read=_read,
    aliases=("google", "google_contacts_new", "google_contacts_old"),
)
