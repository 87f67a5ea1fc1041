"""WooCommerce orders in the layout of the CSV Import Suite: one row an order, its items in cells of their own.

There are as many columns order_item_1, order_item_2 … as the largest order has items. Later versions call some columns
otherwise, and put all items into one column line_items.
"""

import re

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.moments import moment_of
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import LocationRecord, Notice, OrderLineRecord, OrderRecord, RefusedRow, Rows
from stylistdesk.exchange.rows import folded
from stylistdesk.exchange.suite_items import item_of, items_of
from stylistdesk.exchange.woocommerce import booked, currency_of, is_known, money, place_of, status_of, total_of

_PLACE = ("address_1", "address_2", "city", "state", "postcode", "country")
_COLUMNS = (
    "order_id", "order_number_formatted", "order_number", "date", "order_date", "status", "order_status",
    "order_shipping", "shipping_total", "order_shipping_tax", "shipping_tax_total", "order_tax", "tax_total",
    "order_fee_tax", "fee_tax_total", "cart_discount", "order_discount", "discount_total", "order_total",
    "refunded_total", "currency", "order_currency", "customer_note", "line_items",
    *(f"{which}_{part}" for which in ("billing", "shipping") for part in ("first_name", "last_name", "company")),
    "billing_email", "billing_phone", "customer_email",
    *(f"billing_{part}" for part in _PLACE), *(f"shipping_{part}" for part in _PLACE),
)  # fmt: skip
_ITEM = re.compile(r"order_item_([0-9]{1,4})")


def _read(reading: Reading) -> Rows:
    with reading.table() as table:
        places = [(column, table.at(column)) for column in _COLUMNS]
        found = ((_ITEM.fullmatch(folded(column)), index) for index, column in enumerate(table.header))
        items = sorted((int(match[1]), index) for match, index in found if match)
        seen: dict[str, int] = {}
        for row in table.rows():
            if isinstance(row, RefusedRow | Notice):
                yield row
                continue
            line, cells = row
            said = {column: cells[place] for column, place in places}
            number = code(said["order_number_formatted"] or said["order_number"] or said["order_id"])
            try:
                if not number:
                    raise Refused("the row has no order number (order_number_formatted, order_number or order_id)")
                if number in seen:
                    raise Refused(f"order {number} stands on line {seen[number]} already")
                seen[number] = line
                coded = [(f"order_item_{count}", cells[index]) for count, index in items if cells[index].strip()]
                made = list(_order(number, line, said, coded, reading.locale))
            except Refused as error:
                left_out = f"order {number} is left out: {error}" if number else str(error)
                yield RefusedRow(line, left_out)
                continue
            yield from made


def _order(number: str, line: int, row: dict[str, str], coded: list[tuple[str, str]], locale: Locale) -> Rows:
    status = status_of(row["status"] or row["order_status"])
    currency = currency_of(row["currency"] or row["order_currency"], locale)
    sent = status == "completed"
    lines: list[OrderLineRecord] = []
    refunded = 0
    for column, text in coded:
        lines.append(item_of(column, text, line, currency, sent=sent))
    if not lines and row["line_items"].strip():
        for item, back in items_of(row["line_items"], line, currency, sent=sent):
            lines.append(item)
            refunded += back
    if not row["order_total"].strip():
        raise Refused("order_total is blank")
    total = total_of(row, "order_total", currency)
    shipping, tax = money(row, ("order_shipping", "shipping_total"), currency), _tax(row, currency)
    refunded = abs(money(row, ("refunded_total",), currency)) or refunded
    ref, notices = client_ref(
        line,
        locale.country,
        name=_name(row, "billing") or row["billing_company"] or _name(row, "shipping") or row["shipping_company"],
        email=row["billing_email"] or row["customer_email"],
        phone=row["billing_phone"],
    )
    if not is_known(status):
        notices.append(Notice(line, f"order {number}: status “{cell(status)[:40]}” is not known; taken as placed"))
    discount = abs(money(row, ("cart_discount", "discount_total"), currency))
    discount += abs(money(row, ("order_discount",), currency))
    yield from notices
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=moment_of(row["date"] or row["order_date"], locale.zone),
        currency=currency,
        subtotal=booked(total, shipping, tax),
        shipping=shipping,
        tax=tax,
        discount=Cents(discount),
        total=total,
        refunded=total if status == "refunded" and not refunded else Cents(min(refunded, total)),
        lines=tuple(lines),
        external_id=code(row["order_id"]),
        cancelled=status == "cancelled",
        sent=sent,
        location=_place(row, "billing") or _place(row, "shipping"),
        note=long_cell(row["customer_note"]),
        voided=status == "refunded",
        about=f"order {number}" if not lines else "",
    )


def _tax(row: dict[str, str], currency: str) -> Cents:
    """The tax on the goods, on the shipping and on fees."""
    columns = (("order_tax", "tax_total"), ("order_shipping_tax", "shipping_tax_total"))
    return Cents(sum(money(row, names, currency) for names in (*columns, ("order_fee_tax", "fee_tax_total"))))


def _name(row: dict[str, str], which: str) -> str:
    return f"{row[f'{which}_first_name'].strip()} {row[f'{which}_last_name'].strip()}".strip()


def _place(row: dict[str, str], which: str) -> LocationRecord | None:
    return place_of(which.capitalize(), [row[f"{which}_{part}"] for part in _PLACE])


WOOCOMMERCE_SUITE = Format(
    name="woocommerce_csv_import_suite",
    label="WooCommerce orders (CSV Import Suite)",
    program="woocommerce",
    required=("order_total",),
    one_of=("order_item_1", "line_items"),
    each_of=(
        ("order_number_formatted", "order_number", "order_id"),
        ("date", "order_date"),
        ("status", "order_status"),
        ("billing_email", "billing_phone", "billing_first_name", "billing_last_name"),
    ),
    used=_COLUMNS,
    used_like=r"order_item_[0-9]{1,4}",
    read=_read,
    aliases=("csv_import_suite",),
)
