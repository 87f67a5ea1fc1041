"""Which line of an order is which, when a file says the order again: a file may give the lines in any order."""

from collections.abc import Hashable, Sequence

from stylistdesk.exchange.ledger import Values

Pair = tuple[Values, Values]

_KEYS: tuple[tuple[str, ...], ...] = (
    ("sku", "name", "price_cents", "quantity", "discount_cents", "brand", "shipped"),
    ("sku", "name", "price_cents"),
    ("sku", "name"),
    (),
)
"""By which columns lines are the same, the surest first; by none, the place decides."""


def pair_lines(there: Sequence[Values], wanted: Sequence[Values]) -> tuple[list[Pair], list[Values], list[Values]]:
    """The lines of the desk with those of the file that they are, those that are only in the file, only in the desk.

    What says the same goes together first, then what has the same sku, name and price, or sku and name; what is left
    goes by its place in the order.
    """
    pairs: list[Pair] = []
    old = [(line["position"], line) for line in there]
    new = list(enumerate(wanted))
    for columns in _KEYS:
        waiting: dict[Hashable, list[tuple[int, Values]]] = {}
        for position, line in old:
            waiting.setdefault(_key(columns, position, line), []).append((position, line))
        left = []
        for position, line in new:
            found = waiting.get(_key(columns, position, line))
            if found:
                pairs.append((found.pop(0)[1], line))
            else:
                left.append((position, line))
        old = [one for group in waiting.values() for one in group]
        new = left
    return pairs, [line for _, line in new], sorted((line for _, line in old), key=lambda line: line["position"])


def _key(columns: tuple[str, ...], position: int, line: Values) -> Hashable:
    return tuple(line[column] for column in columns) if columns else position
