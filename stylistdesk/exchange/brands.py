"""Brands with their default commission rates, and what clients are to them (R31)."""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rates import parse_rate_or_none
from stylistdesk.domain.types import BrandStatus
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import BrandRecord, ClientRef, Notice, Rows

COLUMNS = (
    "brand", "default_rate", "note", "client_email", "client_phone", "client_name", "status", "brand_number",
)  # fmt: skip


def _read(reading: Reading) -> Rows:
    return each_row(reading, COLUMNS, _brand)


def _brand(line: int, row: list[str], locale: Locale) -> Rows:
    name, rate, note, email, phone, client, status, number = row
    brand = cell(name, 200)
    if not brand:
        raise Refused("brand is blank")
    ref, notices = ClientRef(), list[Notice]()
    standing: BrandStatus | None = None
    if email.strip() or phone.strip() or client.strip():
        ref, notices = client_ref(line, locale.country, name=client, email=email, phone=phone)
        said = word(status) or BrandStatus.ACTIVE
        if said not in list(BrandStatus):
            raise Refused(f"status “{cell(status)[:20]}” is neither active nor potential")
        standing = BrandStatus(said)
    yield from notices
    yield BrandRecord(line, brand, ref, parse_rate_or_none(rate), long_cell(note), standing, code(number))


BRANDS = Format(
    name="brands",
    label="brands",
    program="desk",
    required=("brand",),
    one_of=("default_rate", "brand_number"),
    used=COLUMNS,
    read=_read,
)
