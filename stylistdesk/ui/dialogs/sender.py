"""The rep's mailing address, which commercial emails must carry, and her province, for its holidays (R25)."""

import asyncio
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.consent import PROVINCES
from stylistdesk.domain.errors import Refused
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import BLANK, Piece

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


async def ask_sender(app: "StylistDesk") -> None:
    """Ask for both, and say what was saved; in a worker."""
    desk = app.desk
    assert desk is not None
    address, province = await asyncio.to_thread(asking.read_sender, desk)

    async def save(values: dict[str, str]) -> Any:
        from stylistdesk.commands.consent import SetSender

        return await asyncio.to_thread(desk.do, SetSender(values["mailing_address"], values["province"]))

    form = Form(
        "Your address",
        [
            Field("mailing_address", "Mailing", address, hint="street, city, postcode; a P.O. box will do", lines=3),
            Field(
                "province",
                "Province",
                province,
                hint="if you are in Canada: ON, QC …; its holidays are no business days",
                understood=_province,
            ),
        ],
        save,
        draft="sender",
        about=((Piece("Commercial emails must say who sends them, and from where.", "quiet"),), BLANK),
    )
    outcome = await app.push_screen_wait(form)
    if outcome is not None:
        app.tell_done(outcome)


def _province(typed: str) -> str:
    code = typed.strip().upper().removeprefix("CA-")
    if not code:
        return "none"
    if code not in PROVINCES:
        raise Refused("There is no such province.", hint="For example ON or QC; empty if none.")
    return PROVINCES[code]
