"""Square's customer directory (23 columns). Money and visit counts are Square's own and are left where they are.

Reference ID is the seller's own number, Square Customer ID is Square's: a client is known again by either.
"""

from stylistdesk.domain.birthdays import birthday
from stylistdesk.domain.types import ConsentState
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, LocationRecord, Notice, Rows

_COLUMNS = (
    "Reference ID", "First Name", "Last Name", "Email Address", "Phone Number", "Nickname", "Company Name",
    "Street Address 1", "Street Address 2", "City", "State", "Postal Code", "Birthday", "Memo", "Square Customer ID",
    "Email Subscription Status",
)  # fmt: skip
_CONSENT = {"subscribed": ConsentState.SUBSCRIBED, "unsubscribed": ConsentState.UNSUBSCRIBED}


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _client)


def _client(line: int, cells: list[str], locale: Locale) -> Rows:
    row = dict(zip(_COLUMNS, cells, strict=True))
    first, last, company = cell(row["First Name"], 200), cell(row["Last Name"], 200), cell(row["Company Name"], 200)
    reference, square_id = code(row["Reference ID"]), code(row["Square Customer ID"])
    ids = [known for known in (square_id, f"reference:{reference}" if reference else "") if known]
    ref, notices = client_ref(
        line,
        locale.country,
        name=f"{first} {last}".strip() or company or cell(row["Nickname"], 200),
        email=row["Email Address"],
        phone=row["Phone Number"],
        external_id=ids[0] if ids else "",
    )
    born = birthday(code(row["Birthday"]))
    if born is None:
        notices.append(Notice(line, f"the birthday “{cell(row['Birthday'])[:60]}” is no day; it was left out"))
    status = word(row["Email Subscription Status"])
    if status and status not in (*_CONSENT, "unknown"):
        notices.append(Notice(line, f"Email Subscription Status “{cell(status)[:40]}” is not known; it was left out"))
    yield from notices
    place = LocationRecord(
        line1=cell(row["Street Address 1"], 300),
        line2=cell(row["Street Address 2"], 300),
        city=cell(row["City"], 200),
        region=cell(row["State"], 100),
        postcode=code(row["Postal Code"]),
    )
    yield ClientRecord(
        line,
        ref,
        first_name=first,
        last_name=last,
        company=company,
        email_consent=_CONSENT.get(status),
        locations=(place,) if place.line1 or place.city or place.postcode else (),
        note=long_cell(row["Memo"]),
        birthday=born or "",
        other_ids=tuple(ids[1:]),
    )


SQUARE_CUSTOMERS = Format(
    name="square_customers",
    label="Square customers",
    program="square",
    required=("First Name", "Last Name", "Email Address"),
    one_of=("Square Customer ID", "Reference ID", "Email Subscription Status", "Creation Source"),
    used=_COLUMNS,
    read=_read,
    aliases=("square",),
)
