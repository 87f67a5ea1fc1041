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
