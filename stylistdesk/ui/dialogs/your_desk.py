"""Whose desk it is, her mailing address and province (R25), and where her tickets go: all can be changed later."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stylistdesk.clock import zone_named
from stylistdesk.domain.consent import PROVINCES
from stylistdesk.domain.errors import Refused
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import BLANK, Piece
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk


async def ask_your_desk(app: "StylistDesk", first: str = "") -> None:
    """Ask for all of it, with the cursor in the field `first`, and say what was saved; in a worker."""
    desk = app.desk
    assert desk is not None
    sender = await asyncio.to_thread(asking.read_sender, desk)
    tickets_to = await asyncio.to_thread(asking.read_recipients, desk)

    async def save(values: dict[str, str]) -> Any:
        return await asyncio.to_thread(lambda: desk.do(_command(desk, sender, tickets_to, values)))

    form = Form(
        "Your desk",
        [
            Field("rep_name", "Your name", desk.rep_name, hint="signs your messages; it stays on this machine"),
            Field(
                "time_zone",
                "Time zone",
                desk.zone.key,
                hint="the nearest large city, for example New York",
                understood=lambda typed: zone_in_words(typed, desk.now()),
            ),
            Field("currency", "Currency", desk.currency, hint="three letters, for example USD, CAD or EUR"),
            Field("country", "Country", desk.country, hint="its holidays count; phones without + are of it"),
            Field("mailing_address", "Mailing", sender[0], hint="street, city, postcode; a P.O. box will do", lines=3),
            Field(
                "province",
                "Province",
                sender[1],
                hint="if you are in Canada: ON, QC …; its holidays are no business days",
                understood=_province,
            ),
            Field("hq_email", "HQ", tickets_to[0], hint="the email address to which tickets to HQ go; may be empty"),
            Field("asm_name", "ASM", tickets_to[1], hint="the name of your area sales manager; may be empty"),
            Field("asm_email", "ASM's email", tickets_to[2], hint="may be empty"),
            Field("service_email", "Service", tickets_to[3], hint="customer service's email, for orders to be moved"),
            Field(
                "company_zone",
                "Company zone",
                tickets_to[4],
                hint="where the company's months end; empty if where you are",
                understood=lambda typed: zone_in_words(typed, desk.now()) if typed.strip() else "as yours",
            ),
        ],
        save,
        draft="your desk",
        about=((Piece("Commercial messages must say who sends them, and from where.", "quiet"),), BLANK),
    )
    form.FIRST = first
    outcome = await app.push_screen_wait(form)
    if outcome is not None:
        for screen in app.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.reload()  # another zone has other days
        app.tell_done(outcome)


def _command(desk: "Desk", sender: tuple[str, str], tickets_to: tuple[str, ...], values: dict[str, str]) -> "Command":
    """What was changed, as one step."""
    from stylistdesk.commands.base import Together
    from stylistdesk.commands.consent import SetSender
    from stylistdesk.commands.desk import SetRecipients, SetUpDesk

    def typed(*names: str) -> tuple[str, ...]:
        return tuple(values[name].strip() for name in names)

    whose, mail = typed("rep_name", "time_zone", "currency", "country"), typed("mailing_address", "province")
    to = typed("hq_email", "asm_name", "asm_email", "service_email", "company_zone")
    commands: list[Command] = []
    if whose != (desk.rep_name, desk.zone.key, desk.currency, desk.country):
        commands.append(SetUpDesk(*whose))
    if mail != sender:
        commands.append(SetSender(*mail))
    if to != tickets_to:
        commands.append(SetRecipients(*to))
    if len(commands) == 1:
        return commands[0]
    return Together(tuple(commands), "Changed your desk") if commands else SetUpDesk(*whose)


def zone_in_words(typed: str, now: datetime) -> str:
    """Which zone is meant, and what time it is there. Raises `Refused` if there is none such."""
    zone = zone_named(typed)
    if zone is None:
        raise Refused("There is no such time zone.", hint="Write the nearest large city: New York, Chicago, London.")
    there = now.astimezone(ZoneInfo(zone))
    return f"{zone}: it is {there.hour}:{there.minute:02} there"


def _province(typed: str) -> str:
    code = typed.strip().upper().removeprefix("CA-")
    if not code:
        return "none"
    if code not in PROVINCES:
        raise Refused("There is no such province.", hint="For example ON or QC; empty if none.")
    return PROVINCES[code]
