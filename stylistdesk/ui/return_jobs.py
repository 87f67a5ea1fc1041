"""What keys do with returns (R39): open one, tell the client her Return ID, write its slip, and its page."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from stylistdesk.domain.dates import say_short_day
from stylistdesk.domain.facts import Owed
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import say_date
from stylistdesk.domain.return_words import HINT
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, text
from stylistdesk.ui.dialogs.find_order import pick_order
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import MessageForm, to_log
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.dialogs.prepared import prepare
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.keymap import PLACES, Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit
from stylistdesk.ui.return_forms import asked, line_fields, message_values
from stylistdesk.ui.return_lines import page_lines, preview_lines, say_line
from stylistdesk.ui.return_whose import ask_whose
from stylistdesk.ui.two_panes.section import Look
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.domain.returns import Asked
    from stylistdesk.queries.clients import ClientRow
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.queries.returns import Preview, ReturnChoices, ReturnPage, ReturnRow
    from stylistdesk.ui.backoffice.screen import BackOffice

Values = dict[str, str]
AFTER = (("done", "she has her Return ID"), ("keep", "not passed on yet"))
SLIPS = ((".pdf", "PDF, to print"), (".txt", "plain text"))
WIDEST = 100
ABOUT_WIDTH = 64
"""What is told above a form has so many cells, on the smallest screen too."""


def _the_desk(screen: "BackOffice") -> "Desk":
    assert screen.desk is not None
    return screen.desk


# ------------------------------------------------------------------------------ opening one


async def open_return(screen: "BackOffice") -> None:
    """Whose or which order, what comes back; then what that comes to, and it is opened."""
    from stylistdesk.queries.returns import return_choices

    desk = _the_desk(screen)
    whose = await ask_whose(screen)
    if isinstance(whose, tuple):
        order = await pick_order(screen, whose)
        order_id = order.order_id if order is not None else None
    else:
        order_id = await _order(screen, whose) if whose is not None else None
    if order_id is None:
        return
    choices = await asyncio.to_thread(desk.ask, return_choices, order_id)
    if not any(line.left_cents or line.left for line in choices.lines):
        screen.tell(f"All of order {choices.number} came back already. Choose another order.", bad=True)
        return
    typed: Values = {}
    while (found := await _what_comes_back(screen, choices, typed)) is not None:
        if await _save(screen, choices, *found):
            return


async def _order(screen: "BackOffice", client: "ClientRow") -> int | None:
    """The order of hers that comes back; those whose window is over are not offered."""
    from stylistdesk.queries.returns import returnable_orders

    desk = _the_desk(screen)
    orders = await asyncio.to_thread(desk.ask, returnable_orders, client.client_id)
    if not orders:
        days = desk.settings.waits.return_window_days
        said = f"No order of {clip(client.name, 17)} is within {days} days."  # so that what to do has room
        screen.tell(said, bad=True, after="HQ or your ASM may allow it.")
        return None
    today = desk.now().astimezone(desk.zone).date()
    cells = [(clip(one.number, 14), say_date(one.bought_on), format_money(one.booked, one.currency)) for one in orders]
    number, day, booked = (max(len(row[at]) for row in cells) for at in range(3))
    offered = [
        (
            str(one.order_id),
            f"{fit(row[0], number)}  {fit(row[1], day)}  {fit(row[2], booked, right=True)}  "
            f"until {say_short_day(one.last_day, today)}",
        )
        for one, row in zip(orders, cells, strict=True)
    ]
    picked = await screen.app.push_screen_wait(Picker(f"Which order of {clip(client.name, 40)}?", offered))
    return int(picked) if picked else None


_Found = tuple[Values, "tuple[Asked, ...]", "Preview"]


async def _what_comes_back(screen: "BackOffice", choices: "ReturnChoices", typed: Values) -> _Found | None:
    from stylistdesk.queries.returns import preview

    desk = _the_desk(screen)

    async def save(values: Values) -> Any:
        lines = asked(desk, choices, values)
        typed.update(values)
        return values, lines, await asyncio.to_thread(desk.ask, preview, choices.order_id, lines)

    about: list[Line] = [
        (Piece(f"Beside each item, write what comes back; until {say_date(choices.last_day)}.", "quiet"),),
        (Piece(HINT, "quiet"),),
        BLANK,
    ]
    if choices.is_unsent:
        key = screen.program.keymap_of_desk.shown("orders_cancel")
        about.insert(0, (Piece(f"Nothing has shipped: to cancel it ({key} in Orders) is plainer.", "late"),))
    fields = line_fields(desk, choices, typed)
    form = Form(f"What comes back of {choices.number}", fields, save, about=about, does="What it comes to",
                draft=f"return:{choices.order_id}")  # fmt: skip
    found: _Found | None = await screen.app.push_screen_wait(form)
    return found


async def _save(screen: "BackOffice", choices: "ReturnChoices", _: Values, lines: Any, seen: "Preview") -> bool:
    """Show what it comes to, and open it; whether that was done, or she goes back to what comes back."""

    def make(values: Values) -> "Command":
        from stylistdesk.commands.returns import OpenReturn

        return OpenReturn(choices.order_id, lines, values["note"])

    about = preview_lines(seen, _the_desk(screen).settings.restock_basis, ABOUT_WIDTH)
    form = Form(f"Return of {choices.number}", [Field("note", "Note", hint="may be empty")], screen.saver(make),
                about=about, does="Open the return")  # fmt: skip
    return await screen.show_form(form) is not None


# ------------------------------------------------------------------------------ with one


async def pass_on(screen: "BackOffice", row: "ReturnRow") -> None:
    """Write to the client what her Return ID is and where to send it; then it is passed on."""
    desk = _the_desk(screen)
    panes = await asyncio.to_thread(asking.read_panes, desk, (row.client_id,))
    pane = panes.get(row.client_id)
    if pane is None:
        return
    her, links = Subject(row.client_id, row.client, pane.last_signal_id), desk.settings.links

    def make(values: Values) -> "Command":
        from stylistdesk.commands.base import Together
        from stylistdesk.commands.returns import PassOn

        logged = to_log(her, values)
        if values["after"] != "done":
            return logged
        return Together((logged, PassOn(row.id)), f"Passed on {row.number} to {row.client}")

    about = ((Piece(row.number, "strong"), Piece(f"  {clip(say_line(row.lines[0]), 50)}", "quiet")), BLANK)
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(make),
        await prepare(
            desk,
            pane,
            "pass_on_return",
            message_values(row),
            about=about,
            after=AFTER,
            draft=f"return message:{row.id}",
        ),
    )
    await screen.show_form(form)


async def values_for(desk: "Desk", pane: "ClientPane") -> dict[str, str]:
    """What a message says of the return whose Return ID is what is to be passed on next (R5, rule 15)."""
    from stylistdesk.queries.returns import return_page

    suggestion = pane.standing.suggestions[0] if pane.standing else None
    kind, _, number = suggestion.subject.partition(":") if suggestion else ("", "", "")
    page = await asyncio.to_thread(desk.ask, return_page, int(number)) if kind == Owed.RETURN else None
    return message_values(page.row) if page is not None else {}


async def edit(screen: "BackOffice", row: "ReturnRow") -> None:
    """Change its note."""

    def make(values: Values) -> "Command":
        from stylistdesk.commands.returns import EditReturn

        return EditReturn(row.id, values["note"])

    about = ((Piece("Its lines stay: cancel it and open another, if they are wrong.", "quiet"),), BLANK)
    fields = [Field("note", "Note", row.note, hint="may be empty", lines=4)]
    await screen.fill_in(f"Edit return {row.number}", fields, make, draft=f"return note:{row.id}", about=about)


async def slip(screen: "BackOffice", row: "ReturnRow") -> None:
    """Write the slip that goes into the parcel, as PDF or as text."""
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.returns import return_page
    from stylistdesk.ui.screens.exporting import export_made

    desk = _the_desk(screen)
    suffix = await screen.app.push_screen_wait(Picker(f"The slip of {row.number}", SLIPS))
    if suffix is None:
        return

    def make() -> Exported:
        from stylistdesk.exchange.return_slip import slip_pdf, slip_text

        page = desk.ask(return_page, row.id)
        assert page is not None
        basis = desk.settings.restock_basis
        if suffix == ".pdf":
            return Exported(slip_pdf(page, basis, desk.now().astimezone(desk.zone)), 1)
        return Exported(slip_text(page, basis).encode(), 1)

    await export_made(screen.program, f"Slip of {row.number}", f"return-{row.number}{suffix}", "slip", make)


async def export(screen: "BackOffice") -> None:
    """Write all returns as CSV."""
    from stylistdesk.exchange.export_returns import returns_text
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.returns import returns
    from stylistdesk.ui.screens.exporting import export_made

    desk = _the_desk(screen)

    def make() -> Exported:
        rows = desk.ask(returns, most=None)
        return Exported(returns_text(rows, desk.zone).encode(), len(rows))

    await export_made(screen.program, "Export the returns", "returns.csv", "return", make)


async def cancel(screen: "BackOffice", return_id: int) -> None:
    """Cancel it: all that it has posted is taken back."""
    from stylistdesk.commands.returns import CancelReturn

    await screen.carry_out(CancelReturn(return_id))


async def turn(screen: "BackOffice", row: "ReturnRow", what: str) -> None:
    """It was passed on, received or its exchange sent; or was not after all."""
    from stylistdesk.commands.returns import MarkExchangeSent, MarkReceived, PassOn

    commands: dict[str, Callable[[], Command]] = {
        "passed_on": lambda: PassOn(row.id, row.passed_on_at is None),
        "received": lambda: MarkReceived(row.id, row.received_at is None),
        "sent": lambda: MarkExchangeSent(row.id, row.exchange_sent_at is None),
    }
    await screen.carry_out(commands[what]())


# ------------------------------------------------------------------------------ its page


class ReturnDialog(PageDialog[str]):
    """A return in full; the answer is what the rep wishes to do with it, or `None`."""

    PLACE: ClassVar[str] = "Return"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.RETURN)

    def __init__(self, page: "ReturnPage", look: Look, basis: Any) -> None:
        super().__init__()
        self.page, self.look, self.basis = page, look, basis
        self.page_title = f"Return ID {page.row.number}"

    def on_mount(self) -> None:
        keymap = self.program.keymap_of_desk
        acts = [*acts_of((Scope.RETURN,)), *(act for act in acts_of(PLACES["Page"]) if act.id == "back")]
        keys = "  ".join(f"{keymap.shown(act.id)} {act.label}" for act in acts)
        self.query_one(Page).border_subtitle = text.content(clip(keys, max(20, self.app.size.width - 10)))

    def action_wish(self, name: str) -> None:
        """Go back and do this with the return."""
        self.dismiss(name)

    def lines(self, width: int) -> "Sequence[Line]":
        from dataclasses import replace

        return page_lines(self.page, replace(self.look, width=min(width, WIDEST)), self.basis)


async def show_page(screen: "BackOffice", return_id: int) -> None:
    """The page of a return, and what is done there, until the rep leaves it."""
    from stylistdesk.queries.returns import return_page

    desk = _the_desk(screen)
    while (page := await asyncio.to_thread(desk.ask, return_page, return_id)) is not None:
        wish = await screen.app.push_screen_wait(ReturnDialog(page, screen.look, desk.settings.restock_basis))
        if wish is None:
            return
        if wish == "pass_on":
            await pass_on(screen, page.row)
        elif wish == "slip":
            await slip(screen, page.row)
        elif wish == "cancel":
            await cancel(screen, return_id)
        else:
            await turn(screen, page.row, wish)
