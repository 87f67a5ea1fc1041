"""What Etsy's two files of sold orders have in common: whom they name, and what an order's money is.

Etsy gives no email: a buyer is known by her login, else by her exact name and postcode. It collects sales tax itself
in many places, and its Order Total holds that tax while Sales Tax is blank, or the other way round: what the goods and
the shipping do not explain of the total is tax, so that an order is booked at what its goods were sold for.
"""

import html
import re

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, client_ref, code
from stylistdesk.exchange.reading import Locale
from stylistdesk.exchange.records import ClientRef, LocationRecord, Notice

_WITH_LOGIN = re.compile(r"(.*)\(([^()\s]+)\)\s*")
_CANCELLED = ("canceled", "cancelled")


def plain(text: str) -> str:
    """The cell as it reads: Etsy writes some letters as HTML does ("O&#39;Hara")."""
    return html.unescape(text)


def money(row: dict[str, str], column: str, currency: str) -> Cents:
    """The amount in a column, nothing for a blank one; whether less is written with a minus or not, it is the amount.

    Raises `Refused`.
    """
    text = row.get(column, "")
    return parse_money(text, currency) if text.strip() else Cents(0)


def currency_of(row: dict[str, str], locale: Locale) -> str:
    """The row's own currency, else the desk's. Raises `Refused`."""
    currency = code(row["Currency"]).upper() or locale.currency
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise Refused(f"currency “{currency[:20]}” is not a code of three letters such as USD")
    return currency


def buyer(
    line: int, locale: Locale, *, name: str, login: str, shown: str, place: LocationRecord | None
) -> tuple[ClientRef, list[Notice]]:
    """Who bought. `shown` is the column Buyer: a login, a name, or a name with the login in brackets.

    Raises `Refused` if the row names nobody.
    """
    found = _WITH_LOGIN.fullmatch(plain(shown).strip())
    in_words, in_brackets = (found[1].strip(), found[2]) if found else (plain(shown).strip(), "")
    if not login.strip():
        login = in_brackets or (in_words if in_words and " " not in in_words else "")
    return client_ref(
        line,
        locale.country,
        name=plain(name) or in_words,
        external_id=login,
        postcode=place.postcode if place else "",
    )


def place_of(row: dict[str, str], street: str, further: str, which: str) -> LocationRecord | None:
    """Where the order goes; British files say Delivery where others say Ship."""

    def part(name: str, limit: int) -> str:
        return cell(plain(row.get(f"Ship {name}") or row.get(f"Delivery {name}") or ""), limit)

    place = LocationRecord(
        name=which,
        line1=cell(plain(row[street]), 300),
        line2=cell(plain(row[further]), 300),
        city=part("City", 200),
        region=part("State", 100),
        postcode=code(row.get("Ship Zipcode") or row.get("Delivery Zipcode") or ""),
        country=part("Country", 100),
    )
    return place if place.line1 or place.city or place.postcode else None


def with_tax(goods: int, shipping: int, tax: int, total: int) -> tuple[Cents, Cents]:
    """The tax and the total that go together with the goods; `total` is 0 where the file gives none."""
    net = goods + shipping
    if total <= 0:
        return Cents(tax), Cents(net + tax)
    if total >= net + tax or total == net:
        return Cents(total - net), Cents(total)
    return Cents(tax), Cents(total)


def note_of(coupon: str, details: str) -> str:
    """The coupon in words, for the order's note."""
    used, said = cell(coupon, 100), cell(plain(details), 200)
    return " ".join(filter(None, (f"Coupon {used}" if used else "", f"({said})" if said and used else "")))


def is_cancelled(status: str) -> bool:
    """Whether the order's status says that it was cancelled."""
    return name_key(status) in _CANCELLED
