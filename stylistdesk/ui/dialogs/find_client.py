"""A field for a client, found by a few letters of her name."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.ui.dialogs.field import Field

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.clients import ClientRow

A_FEW_LETTERS = "A few letters of her name."


def client_field() -> Field:
    """With whom."""
    return Field("client", "Client", hint="a few letters of her name")


async def find_client(desk: "Desk", typed: str) -> "ClientRow":
    """The one client whom the letters mean. Raises `Refused` where they mean none, or several."""
    from stylistdesk.queries.clients import all_clients

    if not typed.strip():
        raise Refused("Say with whom.", field="client", hint=A_FEW_LETTERS)
    listed = await asyncio.to_thread(lambda: desk.ask(all_clients, words=typed, limit=4))
    rows = [row for row in listed.rows if row is not None]
    exact = [row for row in rows if name_key(row.name) == name_key(typed)]
    if listed.count != 1 and len(exact) != 1:
        names = ", ".join(row.name for row in rows)
        raise Refused(
            f"“{typed.strip()}” is not one client.",
            field="client",
            hint=f"Several: {names}." if listed.count > 1 else A_FEW_LETTERS,
        )
    return exact[0] if exact else rows[0]
