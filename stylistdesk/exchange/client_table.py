"""The desk's own table of clients, out and in: for a spreadsheet, and back from it.

Text that a spreadsheet would take as a formula gets an apostrophe before it, which the import takes off again. A table
that comes back changes what the desk knows; what it leaves blank stays as it is.
"""

from collections.abc import Sequence, Set
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.money import plain_money
from stylistdesk.domain.types import ConsentState, EmailStatus
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell, web_address, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, LocationRecord, Notice, Rows
from stylistdesk.exchange.rows import folded
from stylistdesk.exchange.shopify_customers import tag_list
from stylistdesk.exchange.spreadsheet import Cell, Table
from stylistdesk.queries.exports import ExportClient, ExportLocation

_COLUMNS = (
    "name", "first_name", "last_name", "company", "title", "email", "phone", "other_emails", "other_phones", "tags",
    "birthday", "website", "description", "location", "address1", "address2", "city", "region", "postcode", "country",
    "email_status", "email_consent", "text_consent",
)  # fmt: skip
_TOLD = (
    "other_locations", "spending_power", "orders", "last_order_on", "added_on", "likely_to_buy_percent",
    "likely_to_buy_by", "expected_order", "expected_value",
)  # fmt: skip
_BETWEEN = "; "
_STATUS = {status.value: status for status in (EmailStatus.BOUNCED, EmailStatus.INVALID)}
_CONSENT = {state.value: state for state in (ConsentState.SUBSCRIBED, ConsentState.UNSUBSCRIBED)}


def client_table(clients: Sequence[ExportClient], zone: ZoneInfo) -> Table:
    """The whole list."""
    return Table((*_COLUMNS, *_TOLD), (_row(client, zone) for client in clients))


def _row(client: ExportClient, zone: ZoneInfo) -> list[Cell]:
    emails = [contact.email for contact in client.contacts if contact.email]
    phones = [contact.phone for contact in client.contacts if contact.phone]
    with_email = next((contact for contact in client.contacts if contact.email), None)
    with_phone = next((contact for contact in client.contacts if contact.phone), None)
    place = client.locations[0] if client.locations else None
    return [
        client.name,
        client.first_name,
        client.last_name,
        client.company,
        client.title,
        *(emails[:1] or [""]),
        *(phones[:1] or [""]),
        _BETWEEN.join(emails[1:]),
        _BETWEEN.join(phones[1:]),
        client.tags,
        client.birthday,
        client.website,
        client.description,
        *((place.name, place.line1, place.line2, place.city, place.region, place.postcode, place.country)
          if place else [""] * 7),
        with_email.email_status.value if with_email else "",
        with_email.email_consent.value if with_email else "",
        with_phone.text_consent.value if with_phone else "",
        "\n".join(map(_in_one_line, client.locations[1:])),
        client.spending_power or "",
        client.order_count,
        client.last_order_on,
        client.added_at.astimezone(zone).date(),
        *_expected(client),
    ]  # fmt: skip


def _expected(client: ExportClient) -> list[Cell]:
    """The chance that she buys, by when, for how much, and the two multiplied (R48)."""
    if (told := client.expected) is None:
        return [""] * 4
    amounts = (Decimal(plain_money(cents, told.currency)) for cents in (told.amount, told.value))
    return [Decimal(told.chance).scaleb(-2), told.by_day, *amounts]


def _in_one_line(place: ExportLocation) -> str:
    parts = (place.line1, place.line2, f"{place.city} {place.region} {place.postcode}".strip(), place.country)
    told = ", ".join(part for part in parts if part)
    return f"{place.name}: {told}" if place.name else told


def _read(reading: Reading) -> Rows:
    named = {folded(column) for column in reading.source.columns} & {"first_name", "last_name"}
    return each_row(reading, _COLUMNS, partial(_client, named=named))


def _client(line: int, cells: list[str], locale: Locale, *, named: Set[str]) -> Rows:
    row = dict(zip(_COLUMNS, cells, strict=True))
    ref, notices = client_ref(
        line,
        locale.country,
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        emails=code(row["other_emails"]).split(_BETWEEN.strip()),
        phones=code(row["other_phones"]).split(_BETWEEN.strip()),
    )
    born, link = birthday(cell(row["birthday"])), web_address(cell(row["website"])) if row["website"].strip() else ""
    if born is None:
        notices.append(Notice(line, f"the birthday “{cell(row['birthday'])[:60]}” is no day; it was left out"))
    if row["website"].strip() and not link:
        notices.append(Notice(line, f"“{cell(row['website'])[:60]}” is not a web address; it was left out"))
    yield from notices
    place = LocationRecord(
        name=cell(row["location"], 100),
        line1=cell(row["address1"], 300),
        line2=cell(row["address2"], 300),
        city=cell(row["city"], 200),
        region=cell(row["region"], 100),
        postcode=code(row["postcode"]),
        country=cell(row["country"], 100),
    )
    yield ClientRecord(
        line,
        ref,
        first_name=cell(row["first_name"], 200) if "first_name" in named else None,
        last_name=cell(row["last_name"], 200) if "last_name" in named else None,
        company=cell(row["company"], 200),
        email_consent=_CONSENT.get(word(row["email_consent"])),
        text_consent=_CONSENT.get(word(row["text_consent"])),
        email_status=_STATUS.get(word(row["email_status"])),
        locations=(place,) if any((place.line1, place.city, place.region, place.postcode, place.country)) else (),
        note=long_cell(row["description"]),
        tags=tag_list(row["tags"]),
        title=cell(row["title"], 200),
        birthday=born or "",
        website=link,
    )


CLIENT_TABLE = Format(
    name="clients",
    label="stylistdesk's clients",
    program="stylistdesk",
    required=("name", "email", "phone"),
    one_of=("other_emails", "other_phones", "email_status", "email_consent"),
    used=_COLUMNS,
    read=_read,
    aliases=("client_table",),
)
