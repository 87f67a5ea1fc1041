"""What keys do with the rewards of an event, in the list and on its ledger: the host order, and files."""

import asyncio
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.host_orders import parse_host_lines, spell_host_line, taken
from stylistdesk.domain.money import format_money
from stylistdesk.domain.reward_tiers import say_both, say_missing
from stylistdesk.domain.types import HostOrderStatus
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.sales_forms import in_field, today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_rewards import EventLedger, EventRewards, HostOrderRow
    from stylistdesk.ui.screens.base import DeskScreen

LINES_HINT = "1 x Cardigan @ 95.00 reward, one line each; or half price; without a word she pays it"
Values = dict[str, str]


async def take(screen: "DeskScreen", event: "EventRewards") -> None:
    """Enter the host order of an event, or change the one that is pending."""
    desk, there = screen.desk, event.host_order
    assert desk is not None
    if there is not None and there.status is HostOrderStatus.PLACED:
        cancels = _key(screen, "rewards_cancel")
        screen.tell(
            f"Host order {there.number} was placed: it is final.", bad=True, after=f"{cancels} cancels it as a whole."
        )
        return
    if there is None and not event.rewards.qualifies:
        screen.tell(f"{event.name} needs {say_missing(event.rewards, desk.currency)}.", bad=True)
        return
    if there is not None:
        await _change(screen, desk, event)
        return
    fields = _fields(desk, event)
    if event.host_id is None:
        fields.insert(0, client_field(desk))

    async def save(values: Values) -> Any:
        client_id = event.host_id
        if client_id is None:
            client_id = (await find_client(desk, values["client"])).client_id

        def make(typed: Values) -> "Command":
            from stylistdesk.commands.host_orders import EnterHostOrder

            lines = in_field("lines", lambda: parse_host_lines(typed["lines"], desk.currency))
            return EnterHostOrder(event.event_id, lines, client_id, typed["note"])

        return await screen.saver(make)(values)

    title = f"Host order of {event.host or event.name}"
    await screen.show_form(Form(title, fields, save, draft=f"host_order:{event.event_id}", about=_about(desk, event)))


async def _change(screen: "DeskScreen", desk: "Desk", event: "EventRewards") -> None:
    there = event.host_order
    assert there is not None

    def make(values: Values) -> "Command":
        from stylistdesk.commands.host_orders import EditHostOrder

        lines = in_field("lines", lambda: parse_host_lines(values["lines"], desk.currency))
        return EditHostOrder(there.id, lines, values["note"])

    typed = "\n".join(spell_host_line(one, desk.currency) for one in there.lines)
    fields = _fields(desk, event, typed, there.note)
    title, draft = f"Host order {there.number} of {there.client}", f"host_order:{event.event_id}:{there.id}"
    await screen.fill_in(title, fields, make, draft=draft, about=_about(desk, event, there.unfit))


def _fields(desk: "Desk", event: "EventRewards", typed: str = "", note: str = "") -> list[Field]:
    def understood(said: str) -> str:
        if not said.strip():
            return LINES_HINT
        takes = taken(parse_host_lines(said, desk.currency))
        reward, has = (format_money(cents, desk.currency) for cents in (takes.reward, event.total))
        return (
            f"{reward} of {has} by reward, {takes.half_price_items} of {event.half_price_items} at half price, "
            f"she pays {format_money(takes.she_pays, desk.currency)}"
        )

    return [
        Field("lines", "Lines", typed, hint=LINES_HINT, lines=6, understood=understood, tells=True),
        Field("note", "Note", note, hint="may be empty"),
    ]


def _about(desk: "Desk", event: "EventRewards", unfit: str = "") -> tuple[Line, ...]:
    """What she has, above the form."""
    has = say_both(format_money(event.total, desk.currency) if event.total else "", event.half_price_items)
    said: list[Line] = [(Piece(has, "strong"), Piece(f"  {event.name}", "quiet"))]
    if unfit:
        said.append((Piece("It no longer fits: less is there than when it was entered.", "late"),))
    return (*said, BLANK)


async def place(screen: "DeskScreen", event: "EventRewards") -> None:
    """Place the host order; asks first, as it is final."""
    from stylistdesk.commands.host_orders import PlaceHostOrder

    there, desk = event.host_order, screen.desk
    assert desk is not None
    if there is None:
        after = f"{_key(screen, 'rewards_take')} enters one." if event.rewards.qualifies else ""
        screen.tell(f"{event.name} has no host order.", bad=True, after=after)
        return
    if there.status is HostOrderStatus.PENDING and not there.unfit:
        question, asked = f"Place {there.number} of {there.client}?", _asked_to_place(desk, event, there)
        if not event.is_over:
            question = f"{event.name} is still open"
            asked = f"Orders until {words.day(event.closes_on, today(desk))} would still earn more. {asked}"
        if not await screen.app.push_screen_wait(Confirm(question, asked, "Place it", "Wait")):
            return
    await screen.carry_out(PlaceHostOrder(there.id))


def _asked_to_place(desk: "Desk", event: "EventRewards", there: "HostOrderRow") -> str:
    """What she pays, and what final means."""
    has = say_both(format_money(event.total, desk.currency) if event.total else "", event.half_price_items)
    return (
        f"She pays {format_money(there.takes.she_pays, desk.currency)}. Her rewards are frozen at {has}, and the order "
        "can no longer be changed. Only cancelling it as a whole opens the rewards again."
    )


async def cancel(screen: "DeskScreen", event: "EventRewards") -> None:
    """Cancel the host order; asks where it was placed."""
    from stylistdesk.commands.host_orders import CancelHostOrder

    there = event.host_order
    if there is None:
        screen.tell(f"{event.name} has no host order.", bad=True)
        return
    if there.status is HostOrderStatus.PLACED:
        asked = "It was placed. Her order is cancelled too, and the rewards can be used again."
        if not await screen.app.push_screen_wait(Confirm(f"Cancel {there.number}?", asked, "Cancel it", "Keep it")):
            return
    await screen.carry_out(CancelHostOrder(there.id))


def _key(screen: "DeskScreen", action: str) -> str:
    return screen.program.keymap_of_desk.shown(action)


# --------------------------------------------------------------------------- files


async def write_ledger(screen: "DeskScreen", known: "EventLedger") -> None:
    """Write the ledger of an event as CSV."""
    from stylistdesk.exchange.export_rewards import ledgers_text
    from stylistdesk.exchange.exporting import Exported, file_name
    from stylistdesk.ui.screens.exporting import export_made

    desk = screen.desk
    assert desk is not None

    def make() -> Exported:
        return Exported(ledgers_text((known,), desk.currency).encode(), len(known.account.orders))

    name = file_name(f"rewards-{known.event.name}", ".csv")
    await export_made(screen.program, "Export the rewards", name, "order", make)


async def write_host_orders(screen: "DeskScreen") -> None:
    """Write all host orders as CSV."""
    from stylistdesk.exchange.export_rewards import host_orders_text
    from stylistdesk.exchange.exporting import Exported, file_name
    from stylistdesk.queries.host_rewards import host_orders
    from stylistdesk.ui.screens.exporting import export_made

    desk = screen.desk
    assert desk is not None
    rows = await asyncio.to_thread(desk.ask, host_orders)
    if not rows:
        screen.tell("There is no host order to export.", bad=True)
        return

    def make() -> Exported:
        return Exported(host_orders_text(rows, desk.currency).encode(), len(rows))

    await export_made(screen.program, "Export host orders", file_name("host-orders", ".csv"), "host order", make)
