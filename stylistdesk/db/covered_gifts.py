"""No gift certificate has less than nothing left, or gets back more than it paid for an order (R36): whoever writes.

Commands see to that; but an earlier step may be taken back after what it put on was used, or after what it took off was
given back. So triggers put what would be wrong into `primary_wanted`, as `one_primary.py` does: no transaction can end
with a row there.
"""

MOVEMENTS = "gift_movement"
OF_ORDER = "gift of "
"""Before the order's id: that a certificate gets back more than it paid for it."""


def guards(table: str) -> dict[str, str]:
    """The triggers on this table, by name; the journal puts them up and checks that they stand."""
    if table != MOVEMENTS:
        return {}
    moved = "WHEN " + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in ("cents", "gift_id", "order_id"))
    wanted = {"I": ("INSERT", "", ("NEW",)), "U": ("UPDATE", moved, ("OLD", "NEW")), "D": ("DELETE", "", ("OLD",))}
    return {
        f"{table}_covered_{op}": (
            f'CREATE TRIGGER "{table}_covered_{op}" AFTER {event} ON "{table}" {when} BEGIN '
            + " ".join(_look_again(row) for row in rows)
            + " END"
        )
        for op, (event, when, rows) in wanted.items()
    }


def _look_again(row: str) -> str:
    here = f"(SELECT sum(cents) FROM {MOVEMENTS} WHERE gift_id = {row}.gift_id"
    return " ".join(
        f"DELETE FROM primary_wanted WHERE kind = {kind} AND client_id = {row}.gift_id; "
        f"INSERT INTO primary_wanted (kind, client_id, never) SELECT {kind}, {row}.gift_id, 0 WHERE {wrong};"
        for kind, wrong in (
            ("'gift'", f"{here}) < 0"),
            # Nothing is said of a movement without an order: then neither holds.
            (f"'{OF_ORDER}' || {row}.order_id", f"{here} AND order_id = {row}.order_id) > 0"),
        )
    )


def taken(kind: str, gift_id: int) -> tuple[str, str] | None:
    """The movements (a table, a condition) that are too much by a row of `primary_wanted`; None if it is another's."""
    if kind == "gift":
        return MOVEMENTS, f"gift_id = {gift_id} AND cents < 0"
    if kind.startswith(OF_ORDER):
        return MOVEMENTS, f"gift_id = {gift_id} AND order_id = {kind.removeprefix(OF_ORDER)} AND cents > 0"
    return None
