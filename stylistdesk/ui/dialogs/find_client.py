"""A field for a client, found by a few letters of her name."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.ui.dialogs.field import Field

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.clients import ClientRow

MANY = 200
"""Among so many who have the letters, the one whom they mean is looked for."""
SHOWN = 4

A_FEW_LETTERS = "A few letters of her name."


def client_field(desk: "Desk") -> Field:
    """With whom; it says who is meant."""

    async def named(typed: str) -> str:
        return f"with {(await find_client(desk, typed)).name}"

    return Field("client", "Client", hint="a few letters of her name", looked_up=named)


async def find_client(desk: "Desk", typed: str) -> "ClientRow":
    """The one client whom the letters mean. Raises `Refused` where they mean none, or several."""
    from stylistdesk.queries.clients import all_clients

    if not typed.strip():
        raise Refused("Say with whom.", field="client", hint=A_FEW_LETTERS)
    listed = await asyncio.to_thread(lambda: desk.ask(all_clients, words=typed, limit=MANY))
    said = name_key(typed)
    # "ana" is Ana Ruiz before it is Anaïs or Dana; of two who are called so, it is neither.
    for means in (
        lambda name: name == said,
        lambda name: said in name.split(),
        lambda name: f" {said}" in f" {name}",
        lambda name: True,
    ):
        found = [row for row in listed.rows if means(name_key(row.name))]
        if len(found) == 1 and (listed.count <= MANY or name_key(found[0].name) == said):
            return found[0]
        if found:
            break
    if not listed.count:
        raise Refused(f"No client has “{typed.strip()}” in her name.", field="client", hint=A_FEW_LETTERS)
    names = ", ".join(row.name for row in listed.rows[:SHOWN])
    raise Refused(
        f"“{typed.strip()}” can be several clients.",
        field="client",
        hint=f"{names}{', …' if listed.count > SHOWN else ''}: write more of the name.",
    )
