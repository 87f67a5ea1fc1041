"""What keys do in Moving orders: preview and move, write to customer service, plan, write out (R41)."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel, MoveState
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.moves import LetterDialog, MoveDialog, PlanDialog
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.links import message_link, open_link

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.moves import MovableRow, MoveRow
    from stylistdesk.queries.tickets import TicketRow
    from stylistdesk.ui.backoffice.screen import BackOffice


def _desk(screen: "BackOffice") -> "Desk":
    assert screen.desk is not None
    return screen.desk


async def which_event(screen: "BackOffice", row: "MovableRow") -> int | None:
    """The event to which it is to go, asked where there are several."""
    choices = [(str(key), name) for key, name in row.to]
    if len(choices) == 1:
        return int(choices[0][0])
    chosen = await screen.app.push_screen_wait(Picker(f"Move order {row.number} to", choices))
    return int(chosen) if chosen else None


async def preview(screen: "BackOffice", row: "MovableRow") -> None:
    """Both events before and after, and then the move, or the email to customer service."""
    event_id = await which_event(screen, row)
    if event_id is not None:
        await ask(screen, row.order_id, event_id)


async def ask(screen: "BackOffice", order_id: int, event_id: int) -> None:
    """Show what would come of a move, and do what the rep then wishes."""
    from stylistdesk.commands.moves import MoveOrder
    from stylistdesk.queries.moves import preview_move

    desk = _desk(screen)
    try:
        found = await asyncio.to_thread(desk.ask, preview_move, order_id, event_id)
    except Refused as no:
        screen.tell(no.reason, bad=True, after=no.hint)
        return
    wish = await screen.app.push_screen_wait(MoveDialog(found, desk.currency))
    if wish == "move":
        await screen.carry_out(MoveOrder(order_id, event_id))
    elif wish == "write":
        await write(screen, order_id, event_id)


async def write(screen: "BackOffice", order_id: int, event_id: int) -> None:
    """Draft the email, and put the cursor on it: the next key shows it."""
    from stylistdesk.commands.moves import RequestMove

    shown = screen.program.keymap_of_desk.shown
    outcome = await screen.carry_out(RequestMove(order_id, event_id))
    if outcome is not None:
        await screen.go_into(("move", outcome.value))
        after = f"{shown('section_open')} shows it, {shown('moves_requested')} when sent."
        screen.program.tell_done(outcome, after)


async def find_order(screen: "BackOffice") -> None:
    """An order by its number, whatever it is: what stands against its move is then said."""
    from stylistdesk.queries.moves import events_to_move_to, order_numbered

    desk = _desk(screen)
    events = await asyncio.to_thread(desk.ask, events_to_move_to)
    if not events:
        screen.tell("There is no event yet.", bad=True, after="Shop links has them.")
        return

    async def found(values: dict[str, str]) -> tuple[int, int]:
        return await asyncio.to_thread(desk.ask, order_numbered, values["number"]), int(values["event"])

    fields = [
        Field("number", "Order", hint="its number"),
        Field("event", "To", str(events[0][0]), choices=tuple((str(key), name) for key, name in events)),
    ]
    both = await screen.app.push_screen_wait(Form("Move an order", fields, found, does="Preview"))
    if both is not None:
        await ask(screen, *both)


async def _ticket(screen: "BackOffice", move: "MoveRow") -> "TicketRow | None":
    from stylistdesk.queries.tickets import tickets

    known = await asyncio.to_thread(_desk(screen).ask, tickets)
    found = next((one for one in known if one.id == move.ticket_id), None)
    if found is None:
        screen.tell("Its email is no longer on the desk.", bad=True)
    return found


async def edit_mail(screen: "BackOffice", move: "MoveRow") -> None:
    """Change what the email says, before it is sent."""
    one = await _ticket(screen, move)
    if one is None:
        return

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.tickets import EditTicket

        return EditTicket(one.id, values["subject"], values["body"])

    fields = [Field("subject", "Subject", one.subject), Field("body", "Words", one.body, lines=10)]
    await screen.fill_in("Edit the email", fields, make, draft=f"ticket:{one.id}")


async def read_mail(screen: "BackOffice", move: "MoveRow") -> None:
    """Show the email with its address, and do with it what the rep then wishes."""
    from stylistdesk.commands.moves import MarkMoveRequested

    one = await _ticket(screen, move)
    if one is None:
        return
    address = await _address(screen)
    wish = await screen.app.push_screen_wait(LetterDialog(one, address))
    if wish == "copy":
        screen.app.copy_to_clipboard(one.body)
        keys = screen.program.keymap_of_desk
        when = f" {keys.shown('moves_requested')} when it is sent." if move.state is MoveState.DRAFTED else ""
        screen.tell("Its words are copied.", after=f"They go to {address or 'customer service'}.{when}")
    elif wish == "mail":
        await _open_mail(screen, one)
    elif wish == "sent":
        await screen.carry_out(MarkMoveRequested(move.id))
    elif wish == "edit":
        await edit_mail(screen, move)


async def _address(screen: "BackOffice") -> str:
    from stylistdesk.queries.tickets import recipients

    return (await asyncio.to_thread(_desk(screen).ask, recipients)).service_email


async def _open_mail(screen: "BackOffice", one: "TicketRow") -> None:
    """Open it in the rep's mail program; where it goes is asked for once."""
    from stylistdesk.ui.dialogs.your_desk import ask_your_desk

    desk, keys = _desk(screen), screen.program.keymap_of_desk
    address = await _address(screen)
    if not address:
        await ask_your_desk(screen.program, first="service_email")
        address = await _address(screen)
    if not address:
        screen.tell("The address of customer service is not known.", bad=True)
        return
    link = message_link(Channel.EMAIL, desk.settings.links.email, address, one.subject, one.body)
    if link is not None and await asyncio.to_thread(open_link, link):
        screen.tell("It is open in your mail program.", after=f"{keys.shown('moves_requested')} when it is sent.")
    else:
        screen.tell("No program here opens mailto: links.", bad=True, after="Copy its words instead.")


async def plan(screen: "BackOffice") -> None:
    """Work out the moves that earn most, show them, and carry them out as one step."""
    from stylistdesk.commands.moves import MoveOrders
    from stylistdesk.queries.moves import propose_moves

    desk = _desk(screen)
    screen.tell("Working out the moves that earn most …")
    proposal = await asyncio.to_thread(desk.ask, propose_moves)
    screen.hush()
    if proposal is None:
        why = "Fewer than two events are open." if desk.settings.plan_moves else "Proposals are off (plan_moves)."
        screen.tell(why, bad=True)
        return
    if await screen.app.push_screen_wait(PlanDialog(proposal, desk.currency)) == "move":
        await screen.carry_out(MoveOrders(tuple((move.order_id, move.event_id) for move in proposal.moves)))


async def profile(screen: "BackOffice", row: "MovableRow | MoveRow") -> None:
    """The client whose order it is."""
    await screen.program.open_profile(row.client_id)


async def export(screen: "BackOffice") -> None:
    """Write the list into a file."""
    from stylistdesk.exchange.exporting import export_for, file_name
    from stylistdesk.ui.screens.exporting import export_made

    desk, wanted = _desk(screen), "order_moves"

    def make() -> "Exported":
        from pathlib import Path

        known = export_for(Path(), wanted)
        made = desk.ask(known.make, None)
        if not made.count:
            raise known.nothing_in_it
        return made

    await export_made(screen.program, "Export the moves of orders", file_name("moves-of-orders", ".csv"), "move", make)
