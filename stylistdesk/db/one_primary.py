"""Exactly one of a client's contacts, and of her places, is primary if there is any: kept by the database (R23, R24).

An index lets no two be primary. That one is takes more, since a command may unset one before it sets another: triggers
keep in `primary_wanted` for whom none is now, and each row there breaks a foreign key that SQLite looks at when the
transaction ends. So whatever leaves a client without a primary one is rolled back whole.
"""

GUARDED = ("contact", "location")


def guards(table: str) -> dict[str, str]:
    """The triggers on this table, by name; the journal puts them up and checks that they stand."""
    if table not in GUARDED:
        return {}
    moved = "WHEN OLD.is_primary IS NOT NEW.is_primary OR OLD.client_id IS NOT NEW.client_id"
    wanted = {
        "I": ("INSERT", "", ("NEW",)),
        "U": ("UPDATE", moved, ("OLD", "NEW")),
        "D": ("DELETE", "", ("OLD",)),
    }
    return {
        f"{table}_has_primary_{op}": (
            f'CREATE TRIGGER "{table}_has_primary_{op}" AFTER {event} ON "{table}" {when} BEGIN '
            + " ".join(_look_again(table, f"{row}.client_id") for row in rows)
            + " END"
        )
        for op, (event, when, rows) in wanted.items()
    }


def _look_again(table: str, client: str) -> str:
    hers = f"SELECT 1 FROM {table} WHERE client_id = {client}"
    return (
        f"DELETE FROM primary_wanted WHERE kind = '{table}' AND client_id = {client}; "
        f"INSERT INTO primary_wanted (kind, client_id, never) SELECT '{table}', {client}, 0 "
        f"WHERE EXISTS ({hers}) AND NOT EXISTS ({hers} AND is_primary);"
    )


def make_one_primary(table: str) -> str:
    """The SQL that makes the first one primary where a client has none: the file may have been written from outside."""
    return (
        f"UPDATE {table} SET is_primary = 1 WHERE id IN (SELECT min(id) FROM {table} GROUP BY client_id "
        "HAVING sum(is_primary) = 0)"
    )


def leave_one_primary(table: str) -> str:
    """The SQL that leaves only the first primary one where a client has several, for want of the index."""
    return (
        f"UPDATE {table} SET is_primary = 0 WHERE is_primary AND id NOT IN "
        f"(SELECT min(id) FROM {table} WHERE is_primary GROUP BY client_id)"
    )
