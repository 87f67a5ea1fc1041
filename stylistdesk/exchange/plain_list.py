"""A plain list of clients, from a spreadsheet or by hand: names, emails and phones, under the usual names of columns.

It says nothing of consent, and fills in what the desk lacks. Any other format that fits a file goes before it.
"""

from stylistdesk.exchange.cells import cell, client_ref
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRecord, Rows

SMALLEST = "name,email,phone"
"""The header that is enough."""

_NAME = ("name", "full name", "client", "client name", "customer", "customer name")
_FIRST = ("first name", "first_name", "firstname", "first", "given name")
_LAST = ("last name", "last_name", "lastname", "last", "surname", "family name")
_EMAIL = ("email", "e-mail", "email address", "e-mail address", "mail")
_PHONE = ("mobile", "mobile phone", "mobile number", "cell", "cell phone", "phone", "phone number", "tel", "telephone")
_MEANINGS = (_NAME, _FIRST, _LAST, _EMAIL, _PHONE)
_COLUMNS = tuple(column for columns in _MEANINGS for column in columns)


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _client)


def _client(line: int, cells: list[str], locale: Locale) -> Rows:
    row = dict(zip(_COLUMNS, cells, strict=True))
    names, firsts, lasts, emails, phones = (
        [row[column] for column in columns if row[column].strip()] for columns in _MEANINGS
    )
    first, last = cell((*firsts, "")[0], 200), cell((*lasts, "")[0], 200)
    name = f"{first} {last}".strip() or (*names, "")[0]
    ref, notices = client_ref(line, locale.country, name=name, emails=emails, phones=phones)
    yield from notices
    yield ClientRecord(line, ref, first_name=first or None, last_name=last or None, fills=True)


PLAIN_LIST = Format(
    name="plain_list",
    label="a plain list",
    program="plain_list",
    required=(),
    each_of=((*_NAME, *_FIRST, *_LAST), (*_EMAIL, *_PHONE)),
    used=_COLUMNS,
    read=_read,
    aliases=("plain", "list"),
    plain=True,
)
