"""Commission rates at their scopes (R32), dated: from `starts_on` up to, not with, `ends_on`; a blank one is open."""

from datetime import date

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rates import parse_rate
from stylistdesk.domain.types import RateScope
from stylistdesk.exchange.cells import cell, client_ref, code, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, Notice, RateRecord, Rows

COLUMNS = (
    "scope", "brand", "client_email", "client_phone", "client_name", "order_number", "rate", "starts_on", "ends_on",
    "note",
)  # fmt: skip
_NEEDS = {
    RateScope.ORDER: ("order_number",),
    RateScope.CLIENT_BRAND: ("client", "brand"),
    RateScope.CLIENT: ("client",),
    RateScope.REP_BRAND: ("brand",),
    RateScope.REP: (),
    RateScope.BRAND: ("brand",),
}
"""A line's rate is typed into its order: no file knows the line by a name that is its own."""


def _read(reading: Reading) -> Rows:
    return each_row(reading, COLUMNS, _rate)


def _rate(line: int, row: list[str], locale: Locale) -> Rows:
    said, brand, email, phone, client, order, rate, starts, ends, note = row
    scopes = {scope.value: scope for scope in _NEEDS}
    scope = scopes.get(word(said).replace("_x_", "_"))
    if scope is None:
        raise Refused(f"scope “{cell(said)[:20]}” is not one of {', '.join(scopes)}")
    ref, notices = ClientRef(), list[Notice]()
    if email.strip() or phone.strip() or client.strip():
        ref, notices = client_ref(line, locale.country, name=client, email=email, phone=phone)
    given = {"client": ref != ClientRef(), "brand": bool(brand.strip()), "order_number": bool(order.strip())}
    for name, there in given.items():
        if there is not (name in _NEEDS[scope]):
            raise Refused(
                f"a rate of scope {scope.value} {'names no' if there else 'needs a'} {name.partition('_')[0]}"
            )
    if not rate.strip():
        raise Refused("rate is blank; 0 is a rate, blank is none")
    starts_on, ends_on = _day("starts_on", starts), _day("ends_on", ends)
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused("ends_on is the first day on which the rate no longer holds, so it must be after starts_on")
    yield from notices
    yield RateRecord(
        line, scope, parse_rate(rate), ref, cell(brand, 200), code(order), starts_on, ends_on, cell(note, 200)
    )


def _day(column: str, text: str) -> date | None:
    written = cell(text)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(f"{column} “{written[:40]}” is not a date (such as 2026-03-01)") from None


COMMISSION_RATES = Format(
    name="commission_rates",
    label="commission rates",
    program="desk",
    required=("scope", "rate"),
    used=COLUMNS,
    read=_read,
    aliases=("rates",),
)
