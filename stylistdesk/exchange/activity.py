"""stylistdesk's own activity file: one signal a row, as CSV or JSON Lines.

`external_id` makes a repeated import safe; a row without one is known by everything that it says.
"""

import hashlib
from collections.abc import Sequence

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import SignalKind
from stylistdesk.exchange.cells import cell, client_ref, code, instant, long_cell, word
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Notice, Rows, SignalRecord

_COLUMNS = (
    "external_id", "occurred_at", "client_email", "client_phone", "client_name", "kind", "lookbook", "item", "brand",
    "amount", "currency", "comment", "url",
)  # fmt: skip
_KINDS = {kind.value: kind for kind in SignalKind} | {"favorited": SignalKind.FAVOURITED}
_SCHEMES = ("https://", "http://")


def row_key(cells: Sequence[str]) -> str:
    """The key of a row that has no id of its own: all that it says, however its columns were ordered."""
    return "row:" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:32]


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _signal)


def _signal(line: int, row: list[str], locale: Locale) -> Rows:
    external_id, occurred_at, email, phone, name, kind, lookbook, item, brand, amount, currency, comment, url = row
    what = _KINDS.get(word(kind))
    if what is None:
        raise Refused(f"kind “{cell(kind)[:40]}” is not one of {', '.join(SignalKind)}")
    when = instant(occurred_at)
    ref, notices = client_ref(line, locale.country, name=name, email=email, phone=phone)
    yield from notices
    link = code(url)
    if link and not link.lower().startswith(_SCHEMES):
        yield Notice(line, f"“{link[:60]}” is not a web address; it was left out")
        link = ""
    money = cell(currency).upper() or locale.currency
    if len(money) != 3 or not (money.isascii() and money.isalpha()):
        raise Refused(f"currency “{money[:20]}” is not a code of three letters such as USD")
    price = parse_money(amount, money) if amount.strip() else None
    yield SignalRecord(
        line,
        code(external_id) or row_key([cell(text, 100_000) for text in row]),
        ref,
        what,
        when,
        lookbook=cell(lookbook),
        item=cell(item),
        brand=cell(brand, 200),
        amount=price,
        currency=money if price is not None else "",
        comment=long_cell(comment),
        url=link,
    )


ACTIVITY = Format(
    name="activity",
    label="Activity",
    program="activity",
    required=("occurred_at", "kind"),
    one_of=("client_email", "client_phone", "client_name"),
    used=_COLUMNS,
    read=_read,
)
