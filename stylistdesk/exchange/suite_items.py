"""The items of an order in the layouts of WooCommerce's CSV Import Suite, which puts a whole item into one cell.

`order_item_1`, `order_item_2` …: `SKU|quantity|total`, then `name: value` pairs; a product may be `product_id:4959`.
`line_items`: `name:Coat|sku:C-1|quantity:1|subtotal:420.00|total:400.00|meta:Size=M;…`, or the same as JSON. A mark
that belongs to the text has a backslash before it.
"""

import json
import re
from collections.abc import Iterator

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import parse_money
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, code
from stylistdesk.exchange.quantities import whole_quantity
from stylistdesk.exchange.records import OrderLineRecord
from stylistdesk.exchange.woocommerce import line_of

_PRODUCT = "product_id:"
_MOST_META = 20


def _split(text: str, mark: str, most: int = -1) -> list[str]:
    """The parts between marks that have no backslash before them."""
    parts = re.split(rf"(?<!\\){re.escape(mark)}", text, maxsplit=max(0, most))
    return [part.replace(f"\\{mark}", mark).strip() for part in parts]


def item_of(column: str, text: str, line: int, currency: str, *, sent: bool) -> OrderLineRecord:
    """An item as `order_item_N` has it. Raises `Refused`."""
    product, *rest = _split(text, "|")
    if not product or len(rest) < 2:
        raise Refused(f"{column} “{cell(text)[:60]}” is not product|quantity|total")
    quantity, goods = whole_quantity(f"the quantity of {column}", rest[0]), _amount(column, rest[1], currency)
    meta = [_pair(part, ":") for part in rest[2:][:_MOST_META]]
    by_id = product.startswith(_PRODUCT)
    sku = "" if by_id else code(product)
    name = f"Product {code(product.removeprefix(_PRODUCT))}" if by_id else cell(product, 300)
    return line_of(line, name=_named(name, meta), sku=sku, quantity=quantity, goods=goods, sent=sent)


def items_of(text: str, line: int, currency: str, *, sent: bool) -> Iterator[tuple[OrderLineRecord, Cents]]:
    """The items as `line_items` has them, each with what was paid back for it. Raises `Refused`."""
    for item in _json(text) if text.lstrip().startswith("[") else map(_fields, filter(str.strip, _whole(text))):
        product, sku = code(item.get("product_id", "")), code(item.get("sku", ""))
        name = cell(item.get("name", ""), 300) or sku or (f"Product {product}" if product else "")
        if not name:
            raise Refused("an item of line_items has no name, sku or product_id")
        quantity = whole_quantity(f"the quantity of “{name[:60]}”", item.get("quantity", ""))
        goods = _amount(f"the total of “{name[:60]}”", item.get("total", ""), currency)
        before = item.get("subtotal", "")
        sub = _amount(f"the subtotal of “{name[:60]}”", before, currency) if before.strip() else goods
        back = item.get("refunded", "")
        meta = [_pair(part, "=") for part in _split(item.get("meta", ""), ",")[:_MOST_META]]
        made = line_of(
            line,
            name=_named(name, meta),
            sku=sku,
            quantity=quantity,
            goods=goods,
            each=-(-sub // quantity) if quantity else None,
            sent=sent,
        )
        yield made, Cents(abs(parse_money(back, currency))) if back.strip() else Cents(0)


def _whole(text: str) -> list[str]:
    return re.split(r"(?<!\\);", text)


def _fields(text: str) -> dict[str, str]:
    """One item of `line_items` as what its parts are called and say."""
    fields = {}
    for part in re.split(r"(?<!\\)\|", text.replace("\\;", ";")):
        name, _, value = part.partition(":")
        fields[name.strip().casefold()] = value.replace("\\|", "|").strip()
    return fields


def _json(text: str) -> list[dict[str, str]]:
    try:
        found = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise Refused("line_items is not JSON that can be read") from None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Refused("line_items is not a JSON list of items")
    return [
        {str(name).casefold(): str(value) for name, value in item.items() if isinstance(value, str | int)}
        for item in found
    ]


def _amount(what: str, text: str, currency: str) -> Cents:
    if not text.strip():
        raise Refused(f"{what} is blank")
    cents = parse_money(text, currency)
    if cents < 0:
        raise Refused(f"{what} is below zero")
    return cents


def _pair(text: str, mark: str) -> str:
    """ "size: Medium" or "Size=M" as it is read; what begins with an underscore is the program's own."""
    name, between, value = text.partition(mark)
    if name.strip().startswith("_"):
        return ""
    return f"{cell(name, 60)}: {cell(value, 100)}" if between and value.strip() else cell(text, 100)


def _named(name: str, meta: list[str]) -> str:
    said = ", ".join(filter(None, meta))
    return f"{name} ({said})"[:300] if said else name
