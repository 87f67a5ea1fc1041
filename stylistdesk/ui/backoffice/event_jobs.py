"""What keys do with one event, in the list and on its page: its link, its QR code, its host, and its end (R37)."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.host_events import STEPS, EventState
from stylistdesk.domain.money import format_money
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, words
from stylistdesk.ui.backoffice.event_lines import window
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Form
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.lines import BLANK, Piece, clip
from stylistdesk.ui.links import may_open, open_link
from stylistdesk.ui.words import count
from stylistdesk.ui.work_forms import recent_lines

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.host_events import EventPage, EventRow
    from stylistdesk.ui.screens.base import DeskScreen

LOGGED = (("keep", "log it; her follow-up stays as it is"),)
KINDS = (("png", "PNG, for a message or a page"), ("svg", "SVG, for print in any size"))


async def read_event(desk: "Desk", event_id: int) -> "EventPage | None":
    """The event with its orders; `None` if it is gone."""
    from stylistdesk.queries.host_events import event_page

    return await asyncio.to_thread(desk.ask, event_page, event_id)


def _desk(screen: "DeskScreen") -> "Desk":
    assert screen.desk is not None
    return screen.desk


def _has_link(screen: "DeskScreen", row: "EventRow") -> bool:
    if not row.link:
        key = screen.program.keymap_of_desk.shown("edit")
        screen.tell(f"{row.name} has no link.", bad=True, after=f"{key} gives it one.")
    return bool(row.link)


async def edit_event(screen: "DeskScreen", row: "EventRow | None") -> None:
    """Change an event, or add one."""
    from stylistdesk.ui.backoffice.event_forms import HostEventDialog

    await screen.show_form(HostEventDialog(_desk(screen), screen.saver, row))


# --------------------------------------------------------------------- its orders


async def add_order(screen: "DeskScreen", row: "EventRow", *, lines: bool = False) -> None:
    """An order summary in it, or with `lines` a purchase order: first whose, then its form; and the next one."""
    from stylistdesk.ui.profile.order_jobs import enter_order

    desk, keymap = _desk(screen), screen.program.keymap_of_desk
    if row.state in (EventState.CLOSED, EventState.CANCELLED):
        opens = keymap.shown("event_page_close" if row.state is EventState.CLOSED else "event_page_cancel")
        screen.tell(f"{row.name} is {row.state.value}.", bad=True, after=f"{opens} opens it again.")
        return
    if row.state is EventState.UPCOMING:
        screen.tell(f"{row.name} is not open yet: it is open from {window(row)}.", bad=True)
        return

    async def whose(values: dict[str, str]) -> int:
        return (await find_client(desk, values["client"])).client_id

    kept: dict[str, str] = {"event_id": str(row.id)}
    again = True
    while again:
        asked = Form(f"An order in {clip(row.name, 44)}", [client_field(desk)], whose, does="Her order")
        client_id: int | None = await screen.app.push_screen_wait(asked)
        if client_id is None:
            return
        kept.pop("location_id", None)  # that was another client's
        again = await enter_order(screen, client_id, kept, lines=lines, event_id=row.id)


async def add_purchase_order(screen: "DeskScreen", row: "EventRow") -> None:
    """A purchase order in it, with its lines."""
    await add_order(screen, row, lines=True)


# ----------------------------------------------------------------------- its link


async def copy_link(screen: "DeskScreen", row: "EventRow") -> None:
    """Copy its link."""
    if _has_link(screen, row):
        screen.app.copy_to_clipboard(row.link)
        screen.tell(f"The link of {row.name} is copied.")


async def open_shop(screen: "DeskScreen", row: "EventRow") -> None:
    """Open its link in the rep's browser."""
    if not _has_link(screen, row):
        return
    if may_open(row.link) and await asyncio.to_thread(open_link, row.link):
        screen.tell(f"{row.name} is open in your browser.")
    else:
        screen.app.copy_to_clipboard(row.link)
        screen.tell("No program here opens it.", bad=True, after="Its link is copied instead.")


async def show_code(screen: "DeskScreen", row: "EventRow") -> None:
    """Show its QR code on the whole screen."""
    from stylistdesk.ui.dialogs import qr_code

    if _has_link(screen, row):
        await qr_code.show_code(screen, row.name, row.link)


async def write_code(screen: "DeskScreen", row: "EventRow") -> None:
    """Write its QR code into a file."""
    from stylistdesk.exchange.exporting import file_name
    from stylistdesk.ui.dialogs.picker import Picker
    from stylistdesk.ui.screens.exporting import export_made

    if not _has_link(screen, row):
        return
    kind = await screen.app.push_screen_wait(Picker("QR code as", KINDS))
    if kind is None:
        return

    def make() -> "Exported":
        from stylistdesk.exchange.exporting import Exported
        from stylistdesk.exchange.qr_code import qr_file

        return Exported(qr_file(row.link, f".{kind}"), 1)

    name = file_name(f"{row.code}-qr", f".{kind}")
    await export_made(screen.program, f"QR code of {row.name}", name, "QR code", make)


async def send_link(screen: "DeskScreen", row: "EventRow") -> None:
    """Write to its host, with its link or, once it is over, with thanks: judged as every message is (R25)."""
    from stylistdesk.ui.dialogs.message import MessageForm, to_log
    from stylistdesk.ui.dialogs.prepared import prepare

    desk, is_over = _desk(screen), row.state in (EventState.OVER, EventState.CLOSED)
    if not is_over and not _has_link(screen, row):
        return
    if row.client_id is None:
        key = screen.program.keymap_of_desk.shown("event_copy")
        screen.tell("This is your own event: it has no host.", bad=True, after=f"{key} copies its link.")
        return
    if row.state is EventState.CANCELLED:
        screen.tell(f"{row.name} is cancelled.", bad=True)
        return
    pane = (await asyncio.to_thread(asking.read_panes, desk, (row.client_id,))).get(row.client_id)
    if pane is None:
        return
    her = Subject(pane.client_id, pane.name, pane.last_signal_id)
    about = ((Piece(row.name, "strong"), Piece(f"  {window(row)}", "quiet")), BLANK)
    last = await asyncio.to_thread(asking.read_last_contact, desk, row.client_id)
    links = desk.settings.links
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(lambda values: to_log(her, values)),
        await prepare(
            desk,
            pane,
            "thank_host" if is_over else "share_shop_link",
            _values(row, desk),
            about=about,
            after=LOGGED,
            draft=f"host_event:{row.id}:{'thanks' if is_over else 'message'}",
        ),
        recent_lines(last, LocalNow(desk.now(), desk.zone)),
    )
    outcome = await screen.app.push_screen_wait(form)
    if outcome is not None:
        await screen.changed(outcome.client_ids)
        screen.program.tell_done(outcome, form.more)


def _values(row: "EventRow", desk: "Desk") -> dict[str, str]:
    """What a message about it may say: its name, link and window, and what it came to."""
    values = {"event": row.name, "link": row.link, "window": window(row)}
    if row.orders:
        values |= {"orders": count(row.orders, "order"), "sales": format_money(row.rewards.base, desk.currency)}
    return values


# ------------------------------------------------------------------------ its end


async def turn_cancelled(screen: "DeskScreen", row: "EventRow") -> None:
    """Call it off, after a word on its orders; or let it take place again."""
    from stylistdesk.commands.host_events import CancelHostEvent
    from stylistdesk.ui.dialogs.confirm import Confirm

    cancelled = row.state is not EventState.CANCELLED
    if cancelled and row.orders and row.state is not EventState.CLOSED:
        stay = f"{words.count(row.orders, 'order')} {'stays' if row.orders == 1 else 'stay'} in it"
        said = f"{stay}, and earn{'s' if row.orders == 1 else ''} its host nothing while it is called off."
        if not await screen.app.push_screen_wait(Confirm(f"Call {row.name} off?", said, "Call it off")):
            return
    await screen.carry_out(CancelHostEvent(row.id, cancelled=cancelled))


async def turn_closed(screen: "DeskScreen", row: "EventRow") -> None:
    """Close it, after a word on what is still to do; or open it again."""
    from stylistdesk.commands.host_events import CloseHostEvent
    from stylistdesk.ui.dialogs.confirm import Confirm

    closing = row.state is not EventState.CLOSED
    said = [f"Its shop window is open until {window(row).partition(' to ')[2]}."] if row.state in _AHEAD else []
    said += ["Still to do:", *(f"  {STEPS[step]}" for step in row.still_to_do)] if row.still_to_do else []
    if closing and said and row.state is not EventState.CANCELLED:
        asked = Confirm(f"Close {row.name}?", "\n".join(said), "Close it all the same")
        if not await screen.app.push_screen_wait(asked):
            return
    await screen.carry_out(CloseHostEvent(row.id, closed=closing))


_AHEAD = (EventState.OPEN, EventState.UPCOMING)
