"""The commission ledger (R20, R32): what each order may earn, has earned, was paid for, and is still owed.

A payment names a day and perhaps a brand, but no order: it goes to what was earned first. Amounts are cents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stylistdesk.domain.metrics import Row
from stylistdesk.domain.metrics_of_sales import Earned, Payment


@dataclass(frozen=True, slots=True)
class Settled:
    """Of the orders, by id, what was paid; and what was paid beyond all that was earned (paid ahead)."""

    paid: dict[int, int]
    ahead: int


def settle(earned: Sequence[Earned], payments: Sequence[Payment], brands: dict[int, frozenset[int]]) -> Settled:
    """Share out all payments among the orders, the first earned first; `brands` are those of each order.

    Payments for one brand go to its orders, and go first; what is left of them, and those for no brand, to any.
    Money taken back is taken off the last payments.
    """
    owed, _ = _by_order(earned)
    by_brand: dict[int | None, int] = {}
    for payment in payments:
        by_brand[payment.brand_id] = by_brand.get(payment.brand_id, 0) + payment.cents
    paid = dict.fromkeys(owed, 0)
    left = by_brand.pop(None, 0)
    for brand_id, cents in by_brand.items():
        assert brand_id is not None
        hers = [order_id for order_id in owed if brand_id in brands.get(order_id, frozenset())]
        left += _pay(hers, owed, paid, cents)
    return Settled(paid, _pay(list(owed), owed, paid, left))


def _pay(order_ids: list[int], owed: dict[int, int], paid: dict[int, int], cents: int) -> int:
    """Pay so much to these orders, in their order; gives what is left."""
    for order_id in order_ids:
        if cents <= 0:
            break
        part = min(cents, owed[order_id] - paid[order_id])
        if part > 0:
            paid[order_id] += part
            cents -= part
    return cents


def still_owed(
    earned: Sequence[Earned], payments: Sequence[Payment], brands: dict[int, frozenset[int]]
) -> tuple[list[Row], int]:
    """What of all that is outstanding is each order's client's; and what was paid for no order, which is less of it."""
    settled = settle(earned, payments, brands)
    owed, whose = _by_order(earned)
    left = {order_id: cents - settled.paid[order_id] for order_id, cents in owed.items()}
    return [(whose[order_id], cents, 1) for order_id, cents in left.items() if cents], settled.ahead


def paid_since(
    since: date, earned: Sequence[Earned], payments: Sequence[Payment], brands: dict[int, frozenset[int]]
) -> tuple[list[Row], int]:
    """What the payments from a day on add to the orders of each client; and what of them is for no order.

    It is what all payments come to, less what those before the day alone would.
    """
    now = settle(earned, payments, brands)
    before = settle(earned, [one for one in payments if one.on < since], brands)
    _, whose = _by_order(earned)
    more = {order_id: cents - before.paid[order_id] for order_id, cents in now.paid.items()}
    return [(whose[order_id], cents, 1) for order_id, cents in more.items() if cents], now.ahead - before.ahead


def _by_order(earned: Sequence[Earned]) -> tuple[dict[int, int], dict[int, int]]:
    """What each order earned, and whose it is."""
    owed: dict[int, int] = {}
    for posting in earned:
        owed[posting.order_id] = owed.get(posting.order_id, 0) + posting.cents
    return owed, {posting.order_id: posting.client_id for posting in earned}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One order in the ledger of a period. `why` is why its rate holds; `earned` is all so far, `earned_here` what of
    it was earned in the period. `projected` is empty where the order was placed in another period, and counts there.
    """

    order_id: int
    client_id: int
    client: str
    number: str
    on: date
    projected: int | None
    earned: int
    earned_here: int
    paid: int
    rate: int | None
    why: str

    @property
    def outstanding(self) -> int:
        """Earned and not paid yet; below zero where a credit took back what had been paid."""
        return self.earned - self.paid
