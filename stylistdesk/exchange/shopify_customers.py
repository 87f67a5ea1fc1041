"""Shopify's customer list, in the layout of today (Default Address …) and in the older one.

`Accepts Email Marketing: no` is what Shopify writes for someone who was never asked, and for someone who left. It is
read as "never asked"; the writer makes it an opt-out only where Shopify itself had called the address subscribed.
"""

from stylistdesk.domain.types import ConsentState
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell, yes_or_no
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, LocationRecord, Rows

_TODAY = "Default Address "
_ADDRESS = ("Company", "Address1", "Address2", "City", "Province Code", "Country Code", "Zip", "Phone")
_COLUMNS = (
    "Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Accepts SMS Marketing", "Phone",
    "Note", "Tags", *(f"{_TODAY}{part}" for part in _ADDRESS), *_ADDRESS[:-1], "Province", "Country",
)  # fmt: skip


def consent(text: str) -> ConsentState | None:
    """Shopify's yes or no as a state; None for a blank cell."""
    answer = yes_or_no(text)
    if answer is None:
        return None
    return ConsentState.SUBSCRIBED if answer else ConsentState.NEVER_ASKED


def tag_list(text: str) -> tuple[str, ...]:
    """Tags written with commas between them."""
    return tuple(tag for tag in (part.strip() for part in cell(text, 2000).split(",")) if tag)


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _client)


def _client(line: int, cells: list[str], locale: Locale) -> Rows:
    row = dict(zip(_COLUMNS, cells, strict=True))
    first, last = cell(row["First Name"], 200), cell(row["Last Name"], 200)
    company = cell(row["Company"] or row[f"{_TODAY}Company"], 200)
    ref, notices = client_ref(
        line,
        locale.country,
        name=f"{first} {last}".strip() or company,
        email=row["Email"],
        phone=row["Phone"] or row[f"{_TODAY}Phone"],
        external_id=row["Customer ID"],
    )
    yield from notices
    yield ClientRecord(
        line,
        ref,
        first_name=first,
        last_name=last,
        company=company,
        email_consent=consent(row["Accepts Email Marketing"]),
        text_consent=consent(row["Accepts SMS Marketing"]),
        locations=_locations(row),
        note=long_cell(row["Note"]),
        tags=tag_list(row["Tags"]),
    )


def _locations(row: dict[str, str]) -> tuple[LocationRecord, ...]:
    def part(column: str) -> str:
        return row[column] or row[_TODAY + column]

    place = LocationRecord(
        name="",
        line1=cell(part("Address1"), 300),
        line2=cell(part("Address2"), 300),
        city=cell(part("City"), 200),
        region=cell(part("Province Code") or row["Province"], 100),
        postcode=code(part("Zip")),
        country=cell(part("Country Code") or row["Country"], 100),
    )
    return (place,) if place.line1 or place.city or place.postcode else ()


SHOPIFY_CUSTOMERS = Format(
    name="shopify_customers",
    label="Shopify customers",
    program="shopify",
    required=("First Name", "Last Name", "Email", "Accepts Email Marketing"),
    used=_COLUMNS,
    read=_read,
    aliases=("shopify_customers_current", "shopify_customers_older"),
)
