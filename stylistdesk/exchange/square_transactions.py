"""Square's transactions: payments and refunds, one row each, joined by Transaction ID.

An order is what was sold: goods after discounts, and their tax. Tips, fees and service charges are no merchandise; nor
is a gift card that was sold, which is told, since only the rep knows its number. A sale without a customer cannot be
put under anybody: it is refused, with what to do. What was sold over the counter was sent.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_money
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, client_ref, code
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order, on_line
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, Notice, OrderPart, OrderRecord, RefusedRow, Rows
from stylistdesk.exchange.square_cards import PAYMENT, REFUND, Times, card_payment, more_than_paid

_COLUMNS = (
    "Date", "Time", "Time Zone", "Gross Sales", "Discounts", "Net Sales", "Gift Card Sales", "Tax", "Partial Refunds",
    "Total Collected", "Source", "Card", "Transaction ID", "Payment ID", "Card Brand", "PAN Suffix", "Description",
    "Event Type", "Customer ID", "Customer Name", "Customer Reference ID", "Transaction Status",
)  # fmt: skip
_DONE = ("", "complete", "completed", "captured", "paid")
_AWAY = ("online", "ecommerce", "e-commerce", "invoice")
"""In the words for where it was sold: what was not handed over."""

_NOBODY = (
    "no customer stands on it, so it can be put under nobody; add the customer to the sale in Square and export it "
    "again, or enter the order by hand"
)


def _read(reading: Reading) -> Rows:
    times = Times(reading.locale.zone)

    def order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
        rows = _once_each(rows)
        moves = [one for one in rows if name_key(one[1]["Event Type"]) in ("", PAYMENT, REFUND)]
        for at, row in (one for one in rows if one not in moves):
            said = f"its Event Type is “{cell(row['Event Type'])[:40]}”, neither a payment nor a refund"
            yield RefusedRow(at, f"transaction {number}: {said}; enter by hand what became of the money")
        if moves:
            yield from _order(number, moves, locale, times)

    return each_order(reading, "Transaction ID", _COLUMNS, order)


def _order(number: str, rows: list[NamedRow], locale: Locale, times: Times) -> Rows:
    currency = locale.currency

    def money(row: dict[str, str], column: str) -> Cents:
        return parse_money(row[column], currency) if row[column].strip() else Cents(0)

    paid = [one for one in rows if name_key(one[1]["Event Type"]) != REFUND]
    back = [one for one in rows if name_key(one[1]["Event Type"]) == REFUND]
    line, row = (paid or back)[0]
    goods = tax = discount = gift_cards = partly = refunded = 0
    for at, one in rows:
        with on_line(at):
            if name_key(one["Transaction Status"]) not in _DONE:
                raise Refused(f"its status is {cell(one['Transaction Status'])[:40]}, so nothing was sold")
            sold = money(one, "Gross Sales") + money(one, "Discounts")
            sold = sold if one["Gross Sales"].strip() else money(one, "Net Sales")
            gift_cards += money(one, "Gift Card Sales")
            if (at, one) in back:
                refunded += abs(sold) + abs(money(one, "Tax"))
            else:
                goods, tax = goods + sold, tax + money(one, "Tax")
                discount += abs(money(one, "Discounts"))
                partly += abs(money(one, "Partial Refunds"))
    if gift_cards:
        said = f"a gift card of {format_money(abs(gift_cards), currency)}"
        tell = f"transaction {number}: {said} was {'sold' if gift_cards > 0 else 'given back'}; it is no merchandise"
        yield Notice(line, f"{tell} and was left out; enter it under Certificates if you keep its number here")
        if not goods and not refunded:
            return
    if goods < 0 or tax < 0:
        raise Refused("its payment is below zero")
    total = goods + tax
    refunded = max(refunded, partly)
    if paid and refunded > total:
        text = more_than_paid(number, Cents(refunded), Cents(total), currency)
        yield Notice((back or paid)[-1][0], text)
        refunded = total
    payments = []
    for at, one in rows:
        with on_line(at):
            most = (refunded if (at, one) in back else total) or 0
            payment, notice = card_payment(at, one, money(one, "Card"), most, times)
        if notice is not None:
            yield notice
        if payment is not None:
            payments.append(payment)
    ref, notices = _customer(line, rows, locale, known_otherwise=not paid)
    placed_at = times.at(row)
    yield from notices
    yield from times.told(line, row)
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=placed_at,
        currency=currency,
        subtotal=Cents(goods),
        shipping=Cents(0),
        tax=Cents(tax),
        discount=Cents(discount),
        total=Cents(total),
        refunded=Cents(refunded),
        lines=(),
        external_id=number,
        shipped_at=None if _is_away(row["Source"]) else placed_at,
        note="\n".join(dict.fromkeys(filter(None, (cell(one["Description"], 500) for _, one in paid)))),
        about=cell(row["Description"], 300),
        part=OrderPart.HEAD if paid else OrderPart.REFUND,
        payments=tuple(payments),
    )


def _once_each(rows: list[NamedRow]) -> list[NamedRow]:
    """The rows without those that stand twice, as where two exports were put together."""
    seen: dict[tuple[str, ...], NamedRow] = {}
    for line, row in rows:
        seen.setdefault(tuple(row.values()), (line, row))
    return list(seen.values())


def _customer(
    line: int, rows: list[NamedRow], locale: Locale, *, known_otherwise: bool
) -> tuple[ClientRef, list[Notice]]:
    """Whom the sale is under, by Square's own id or the seller's. Raises `Refused` if it is under nobody.

    A refund is its payment's client's, who may be known from another file.
    """

    def first(column: str) -> str:
        return next((row[column] for _, row in rows if row[column].strip()), "")

    name, square_id, reference = (
        first("Customer Name"),
        code(first("Customer ID")),
        code(first("Customer Reference ID")),
    )
    if not (name.strip() or square_id or reference):
        if known_otherwise:
            return ClientRef(), []
        raise Refused(_NOBODY)
    external_id = square_id or f"reference:{reference}" if square_id or reference else ""
    return client_ref(line, locale.country, name=name, external_id=external_id)


def _is_away(source: str) -> bool:
    said = source.casefold()
    return any(word in said for word in _AWAY)


SQUARE_TRANSACTIONS = Format(
    name="square_transactions",
    label="Square transactions",
    program="square",
    required=("Date", "Time", "Time Zone", "Transaction ID", "Total Collected"),
    each_of=(("Gross Sales", "Net Sales"), ("Event Type", "Payment ID")),
    used=_COLUMNS,
    read=_read,
    aliases=("square_payments",),
    passes=3,
)
