"""No gift certificate has less than nothing left (R36): kept by the database, whoever writes.

Commands refuse what would be more than is left; but an earlier step may be taken back after what it put on was used.
So triggers put such a certificate into `primary_wanted`, as `one_primary.py` does: no transaction can end with a row
there.
"""

MOVEMENTS = "gift_movement"


def guards(table: str) -> dict[str, str]:
    """The triggers on this table, by name; the journal puts them up and checks that they stand."""
    if table != MOVEMENTS:
        return {}
    moved = "WHEN OLD.cents IS NOT NEW.cents OR OLD.gift_id IS NOT NEW.gift_id"
    wanted = {"I": ("INSERT", "", ("NEW",)), "U": ("UPDATE", moved, ("OLD", "NEW")), "D": ("DELETE", "", ("OLD",))}
    return {
        f"{table}_covered_{op}": (
            f'CREATE TRIGGER "{table}_covered_{op}" AFTER {event} ON "{table}" {when} BEGIN '
            + " ".join(_look_again(f"{row}.gift_id") for row in rows)
            + " END"
        )
        for op, (event, when, rows) in wanted.items()
    }


def _look_again(gift: str) -> str:
    return (
        f"DELETE FROM primary_wanted WHERE kind = 'gift' AND client_id = {gift}; "
        f"INSERT INTO primary_wanted (kind, client_id, never) SELECT 'gift', {gift}, 0 "
        f"WHERE (SELECT sum(cents) FROM {MOVEMENTS} WHERE gift_id = {gift}) < 0;"
    )
