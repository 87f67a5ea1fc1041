"""How an order stands, in SQL, for sums over many at once: as `domain/sales.py` tells it of one."""

BOOKED = "max(0, total_cents - shipping_cents - tax_cents)"
"""What an order is booked at: merchandise, without shipping and tax."""

CANCELLED = f"""CASE WHEN status = 'cancelled' AND kind = 'shop' THEN {BOOKED}
         WHEN cancelled_cents THEN min(cancelled_cents, {BOOKED}) ELSE 0 END"""
"""What was cancelled of it: everything, if a shop says so. What tells most orders apart is asked first."""

SENT_INSTEAD = "id IN (SELECT exchange_order_id FROM goods_return WHERE exchange_order_id IS NOT NULL)"
"""Whether it is what was sent for a return (R39), and no purchase of its own."""

ACTIVE = f"({BOOKED} - {CANCELLED})"
"""Booked less cancelled."""

REFUNDED = f"""iif(total_cents > shipping_cents AND tax_cents > 0,
        (2 * refunded_cents * {BOOKED} + total_cents - shipping_cents) / (2 * (total_cents - shipping_cents)),
        refunded_cents)"""
"""What of a shop's refund is merchandise, as `domain.sales.refunded_merchandise` tells it."""
GIFTS = """coalesce((SELECT sum(max(0, price_cents * quantity - discount_cents)) FROM order_line
        WHERE order_id = "order".id AND name LIKE '%gift%' AND sells_gift(name)), 0)"""
"""What gift certificates are sold for in a row of "order": a shop's own order may have some, and they never count."""
BASE = f"""iif(currency = (SELECT currency FROM desk_info), max(0, {ACTIVE} - min(max(0, {REFUNDED} - coalesce(
        (SELECT sum(goods_cents) FROM goods_return WHERE root_order_id = "order".id AND credit_id IS NOT NULL), 0)),
        {ACTIVE}) - coalesce((SELECT sum(amount_cents) FROM credit_memo WHERE order_id = "order".id), 0)
        - {GIFTS}), 0)"""
"""What a row of "order" counts for in an event (R38)."""
