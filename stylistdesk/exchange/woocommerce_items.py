"""WooCommerce's Advanced Order Export: one row an item, the order's own fields on each, or on its first row only.

An order has as many rows as items or coupons, whichever are more: a row without an item is one of a coupon.
"""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, client_ref, code, long_cell
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.grouped import NamedRow, each_order, on_line
from stylistdesk.exchange.moments import moment_of
from stylistdesk.exchange.quantities import whole_quantity
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import LocationRecord, Notice, OrderLineRecord, OrderRecord, Rows
from stylistdesk.exchange.woocommerce import (
    booked,
    currency_of,
    is_known,
    line_of,
    money,
    place_of,
    status_of,
    total_of,
)

_PLACE = ("Address 1&2", "Address 1", "Address 2", "City", "State Code", "State Name", "Postcode", "Country Code")
_ORDER = (
    "Order Number", "Order ID", "Order Status", "Order Date", "Customer Note", "Currency", "Order Currency",
    "Full Name (Billing)", "First Name (Billing)", "Last Name (Billing)", "Company (Billing)", "Email (Billing)",
    "Phone (Billing)", "First Name (Shipping)", "Last Name (Shipping)", "Coupons Used", "Cart Discount Amount",
    "Order Tax Amount", "Order Total Tax Amount", "Order Shipping Amount",
    "Order Refund Amount", "Order Total Amount",
    *(f"{part} (Billing)" for part in _PLACE), *(f"{part} (Shipping)" for part in _PLACE),
)  # fmt: skip
_LINE = (
    "SKU", "Name", "Item Name", "Product Variation", "Quantity", "Quantity (- Refund)", "Item Cost",
    "Order Line (w/o tax)", "Order Line Total", "Order Line Total Refunded", "Coupon Code",
)  # fmt: skip
_NAMED_BY = (
    "Email (Billing)", "Phone (Billing)", "First Name (Billing)", "Last Name (Billing)", "Full Name (Billing)",
)  # fmt: skip


def _read(reading: Reading) -> Rows:
    return each_order(reading, "Order Number", (*_ORDER, *_LINE), _order, continues=True)


def _order(number: str, rows: list[NamedRow], locale: Locale) -> Rows:
    line, row = next(((at, one) for at, one in rows if one["Order Total Amount"].strip()), rows[0])
    status = status_of(row["Order Status"])
    if not row["Order Total Amount"].strip():
        raise Refused("none of its rows has an Order Total Amount; export it with that column")
    ids = dict.fromkeys(code(one["Order ID"]) for _, one in rows if code(one["Order ID"]))
    if len(ids) > 1:
        raise Refused(f"its rows have the Order IDs {' and '.join(list(ids)[:2])}; export each shop's orders apart")
    currency = currency_of(row["Currency"] or row["Order Currency"], locale)
    lines = []
    for at, one in rows:
        if one["Name"].strip() or one["Item Name"].strip():
            with on_line(at):
                lines.append(_line(at, one, currency, sent=status == "completed"))
        elif one["Quantity"].strip() and not one["Coupon Code"].strip():
            with on_line(at):
                raise Refused("Name is blank")
    ref, notices = client_ref(
        line,
        locale.country,
        name=row["Full Name (Billing)"] or _name(row, "Billing") or row["Company (Billing)"] or _name(row, "Shipping"),
        email=row["Email (Billing)"],
        phone=row["Phone (Billing)"],
    )
    total = total_of(row, "Order Total Amount", currency)
    refunded = abs(money(row, ("Order Refund Amount",), currency)) or sum(
        abs(money(one, ("Order Line Total Refunded",), currency)) for _, one in rows
    )
    if not is_known(status):
        notices.append(
            Notice(line, f"order {number}: status “{cell(row['Order Status'])[:40]}” is not known; taken as placed")
        )
    shipping = money(row, ("Order Shipping Amount",), currency)
    tax = money(row, ("Order Total Tax Amount", "Order Tax Amount"), currency)
    used = dict.fromkeys(cell(one["Coupons Used"] or one["Coupon Code"], 100) for _, one in rows)
    coupons = [coupon for coupon in used if coupon and not coupon.isdigit()]
    said = [long_cell(row["Customer Note"]), f"Coupon {', '.join(coupons)}" if coupons else ""]
    yield from notices
    yield OrderRecord(
        line=line,
        number=number,
        client=ref,
        placed_at=moment_of(row["Order Date"], locale.zone),
        currency=currency,
        subtotal=booked(total, shipping, tax),
        shipping=shipping,
        tax=tax,
        discount=Cents(abs(money(row, ("Cart Discount Amount",), currency))),
        total=total,
        refunded=total if status == "refunded" and not refunded else Cents(min(refunded, total)),
        lines=tuple(lines),
        external_id=next(iter(ids), ""),
        cancelled=status == "cancelled",
        sent=status == "completed",
        location=_place(row, "Billing") or _place(row, "Shipping"),
        note="\n".join(filter(None, said)),
        voided=status == "refunded",
        about=f"order {number}" if not lines else "",
    )


def _name(row: dict[str, str], which: str) -> str:
    return f"{row[f'First Name ({which})'].strip()} {row[f'Last Name ({which})'].strip()}".strip()


def _place(row: dict[str, str], which: str) -> LocationRecord | None:
    part = {name: row[f"{name} ({which})"] for name in _PLACE}
    return place_of(
        which,
        (
            part["Address 1"] or part["Address 1&2"],
            part["Address 2"],
            part["City"],
            part["State Code"] or part["State Name"],
            part["Postcode"],
            part["Country Code"],
        ),
    )


def _line(line: int, row: dict[str, str], currency: str, *, sent: bool) -> OrderLineRecord:
    name = cell(row["Name"] or row["Item Name"], 300)
    if not name:
        raise Refused("Name is blank")
    variation = cell(row["Product Variation"], 200)
    bought = row["Quantity"] if row["Quantity"].strip() else row["Quantity (- Refund)"]
    quantity = whole_quantity("Quantity", bought)
    each = money(row, ("Item Cost",), currency)
    goods = money(row, ("Order Line (w/o tax)", "Order Line Total"), currency)
    if not (row["Order Line (w/o tax)"].strip() or row["Order Line Total"].strip()):
        goods = Cents(each * quantity)
    if goods < 0 or each < 0:
        raise Refused(f"the amount of “{name[:60]}” is below zero")
    return line_of(
        line,
        name=f"{name} ({variation})"[:300] if variation and variation not in name else name,
        sku=code(row["SKU"]),
        quantity=quantity,
        goods=goods,
        each=each,
        sent=sent,
    )


WOOCOMMERCE_ITEMS = Format(
    name="woocommerce_advanced_order_export",
    label="WooCommerce orders (Advanced Order Export)",
    program="woocommerce",
    required=("Order Number", "Order Status", "Order Date", "Order Total Amount"),
    each_of=(
        ("Name", "Item Name"),
        ("Email (Billing)", "Phone (Billing)", "First Name (Billing)", "Last Name (Billing)", "Full Name (Billing)"),
    ),
    used=(*_ORDER, *_LINE),
    read=_read,
    aliases=("woocommerce", "advanced_order_export"),
    passes=3,
)
