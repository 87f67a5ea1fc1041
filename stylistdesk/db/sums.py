"""How an order stands, in SQL, for sums over many at once: as `domain/sales.py` tells it of one."""

BOOKED = "max(0, total_cents - shipping_cents - tax_cents)"
"""What an order is booked at: merchandise, without shipping and tax."""

CANCELLED = f"CASE WHEN kind = 'shop' AND status = 'cancelled' THEN {BOOKED} ELSE min(cancelled_cents, {BOOKED}) END"
"""What was cancelled of it: everything, if a shop says so."""

ACTIVE = f"({BOOKED} - {CANCELLED})"
"""Booked less cancelled."""
