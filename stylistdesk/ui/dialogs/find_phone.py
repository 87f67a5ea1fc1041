"""Find by phone number: the conversation with it, whosever it is (R33)."""

import asyncio
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.text import say_phone, typed_phone
from stylistdesk.ui.dialogs.client import add_client
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.picker import Picker

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.conversations import ByPhone
    from stylistdesk.ui.app import StylistDesk


async def find_phone(program: "StylistDesk") -> None:
    """Ask for a number: her conversation, a choice where two have it, or a new client where nobody does."""
    desk = program.desk
    assert desk is not None

    async def look(values: dict[str, str]) -> "ByPhone":
        from stylistdesk.queries.conversations import by_phone

        return await asyncio.to_thread(desk.ask, by_phone, values["number"])

    field = Field("number", "Number", hint="as you dial it at home, or its last digits; or with + and the country")
    found: ByPhone | None = await program.push_screen_wait(Form("Find by phone number", [field], look, does="Find"))
    if found is None:
        return
    who = str(found.clients[0][0]) if found.clients else ""
    if len(found.clients) > 1:
        choices = [(str(client_id), name) for client_id, name in found.clients]
        picked: str | None = await program.push_screen_wait(Picker(f"Who has {say_phone(found.number)}?", choices))
        who = picked or ""
    elif not found.clients:
        who = await _add(program, found.number)
    if who:
        await program.open_profile(int(who), "Conversation")


async def _add(program: "StylistDesk", number: str) -> str:
    """Offer to add a client with this number; her id, or nothing."""
    ask = Confirm("Nobody has this number", f"No client has {say_phone(number)}. Add one?", "Add")
    if not await program.push_screen_wait(ask):
        return ""

    def saver(make: Any) -> Any:
        async def save(values: dict[str, str]) -> Any:
            command: Command = make(values)
            assert program.desk is not None
            return await asyncio.to_thread(program.desk.do, command)

        return save

    assert program.desk is not None
    form = add_client(saver)
    form.draft = ""
    form.fields["phone"] = Field("phone", "Phone", typed_phone(number, program.desk.country))
    outcome = await program.push_screen_wait(form)
    return str(outcome.value) if outcome is not None else ""
