"""What the keys of Sign-ups ask: who she is, the message with her link, another reminder, that she said yes (R42)."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.consent import say_date
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.past_days import parse_past_day
from stylistdesk.domain.text import say_phone, typed_phone
from stylistdesk.domain.types import Channel, ConsentGround, MessageKind
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.find_client import find_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import BY_DESK, MessageForm
from stylistdesk.ui.dialogs.prepared import prepare
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.sales_forms import in_field
from stylistdesk.ui.work_forms import day_field, day_of, today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.queries.sign_ups import SignUpRow
    from stylistdesk.ui.backoffice.screen import BackOffice

Values = dict[str, str]
NONE = "none"


class SaidYes(Form):
    """How she said that she may be written to: the cursor is where that is typed."""

    FIRST = "evidence"


async def ask_who(screen: "BackOffice", row: "SignUpRow | None" = None) -> None:
    """Who she is, her code and link: to add her, or to change what is known of her."""
    desk = screen.desk
    if desk is None:
        return

    async def save(values: Values) -> Any:
        from stylistdesk.commands.sign_ups import AddSignUp, EditSignUp, SignUpForm

        typed, client_id = values["client"].strip(), None
        if row is not None and row.client_id is not None and typed == row.name:
            client_id = row.client_id  # it was left as it stood there
        elif typed:
            client_id = (await find_client(desk, typed)).client_id
        form = SignUpForm(
            values["name"], values["email"], values["phone"], client_id, values["code"], values["link"], values["note"]
        )
        return await screen.saver(lambda _: EditSignUp(row.id, form) if row else AddSignUp(form))(values)

    title = f"Edit the sign-up of {row.name}" if row else "Someone who may become a rep"
    draft = f"sign-up:{row.id if row else 'new'}"
    await screen.show_form(Form(title, _fields(desk, row), save, draft=draft))


def _fields(desk: "Desk", row: "SignUpRow | None") -> list[Field]:
    from stylistdesk.domain.sign_ups import personal_link

    async def named(typed: str) -> str:
        return f"{(await find_client(desk, typed)).name}, your client"

    try:
        made = row is not None and row.link == personal_link(desk.settings.links.sign_up, row.code)
    except Refused:
        made = False
    return [
        Field("client", "Client", row.name if row and row.client_id is not None else "",
              hint="a few letters of her name, if she is your client; else empty", looked_up=named),
        Field("name", "Name", row.name if row else "", hint="of a client, empty is her own; so are the next two"),
        Field("email", "Email", row.email if row else "", hint="may be empty"),
        Field("phone", "Phone", typed_phone(row.phone, desk.country) if row else "", hint="may be empty"),
        Field("code", "Code", row.code if row else "", hint="in her link; empty is made from her name"),
        Field("link", "Link", row.link if row and not made else "", hint="empty is made from her code"),
        Field("note", "Note", row.note if row else "", lines=3, hint="may be empty"),
    ]  # fmt: skip


async def send(screen: "BackOffice", row: "SignUpRow") -> None:
    """Write to her with her link: judged as each message is (R25), logged with a client's others, and stamped."""
    desk = screen.desk
    if desk is None:
        return
    pane = await _pane(desk, row)

    def make(values: Values) -> "Command":
        from stylistdesk.commands.sign_ups import SendSignUp

        return SendSignUp(
            row.id,
            Channel(values["channel"]),
            values["address"],
            values["subject"],
            values["body"],
            MessageKind(values["kind"]),
            remind=values["after"] == "done",
            by_desk=bool(values.get(BY_DESK)),
        )

    days = desk.settings.sign_up_days
    after = (("done", f"remind me in {days} day{'' if days == 1 else 's'}"), ("keep", "no reminder"))
    lawful = next((answer.channel for answer in row.answers if answer.lawful), None)
    links = desk.settings.links
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(make),
        await prepare(
            desk,
            pane,
            "invite_rep",
            {"link": row.link},
            about=_about(screen, row),
            after=after,
            draft=f"sign-up link:{row.id}",
            channel=lawful,
        ),
    )
    outcome = await screen.app.push_screen_wait(form)
    if outcome is not None:
        await screen.changed(outcome.client_ids)
        screen.program.tell_done(outcome, form.more.replace(" to be pasted", ""))


async def _pane(desk: "Desk", row: "SignUpRow") -> "ClientPane":
    """Who the message goes to; of someone who is no client, what her row says."""
    from stylistdesk.domain.types import Cents
    from stylistdesk.queries.daily_tasks import ClientPane

    if row.client_id is not None:
        panes = await asyncio.to_thread(asking.read_panes, desk, (row.client_id,))
        if row.client_id in panes:
            return panes[row.client_id]
    return ClientPane(
        client_id=0,
        name=row.name,
        first_name=row.name.partition(" ")[0],
        spending_power=None,
        email=row.email,
        phone=row.phone,
        email_consent=None,
        text_consent=None,
        cadence_label="",
        standing=None,
        last_follow_up_at=None,
        last_follow_up_channel=None,
        signals=(),
        signal_total=0,
        last_signal_id=0,
        order_count=0,
        order_total=Cents(0),
        order_currency="",
        last_order_on=None,
        appointments=(),
    )


def _about(screen: "BackOffice", row: "SignUpRow") -> tuple[Line, ...]:
    said = "Asking someone to join is a commercial message."
    if row.client_id is None:
        key = screen.program.keymap_of_desk.shown("sign_up_consent")
        said = f"She is no client: she must have said yes ({key} records it), or have asked for the link (answer)."
    return (*((Piece(part, "quiet"),) for part in wrap(said, 64)), BLANK)


async def turn(screen: "BackOffice", row: "SignUpRow | None", step: str) -> None:
    """She has taken a step, or has not after all."""
    from stylistdesk.commands.sign_ups import MarkSignUp, Step

    if row is not None:
        await screen.carry_out(MarkSignUp(row.id, Step(step), done=getattr(row.steps, step) is None))


async def remind(screen: "BackOffice", row: "SignUpRow") -> None:
    """Another day to be reminded of her, or none."""
    desk = screen.desk
    if desk is None:
        return

    def make(values: Values) -> "Command":
        from stylistdesk.commands.sign_ups import RemindOfSignUp

        typed = "" if values["due_on"].strip().casefold() == NONE else values["due_on"]
        return RemindOfSignUp(row.id, day_of(desk, values | {"due_on": typed}))

    def understood(typed: str) -> str:
        nothing = not typed.strip() or typed.strip().casefold() == NONE
        return "no reminder" if nothing or day.understood is None else day.understood(typed)

    day = day_field(desk, "due_on", "Remind", "in 1 week")
    field = replace(day, hint=f"{day.hint}; empty or {NONE}: no reminder", understood=understood)
    await screen.fill_in(f"Remind of {row.name}", [field], make)


async def record_consent(screen: "BackOffice", row: "SignUpRow") -> None:
    """She said that she may be written to: kept in the consent ledger under her address (R25)."""
    desk, shown = screen.desk, screen.program.keymap_of_desk.shown
    if desk is None:
        return
    if row.client_id is not None:
        after = f"{shown('sign_up_profile')} goes there."
        screen.tell("Her consent is recorded in her profile.", bad=True, after=after)
        return
    addresses = {channel: address for channel, address in
                 ((Channel.EMAIL, row.email), (Channel.TEXT, row.phone)) if address}  # fmt: skip
    choices = [(channel.value, say_phone(address)) for channel, address in addresses.items()]
    if not choices:
        screen.tell("She has no email or phone yet.", bad=True, after=f"{shown('edit')} adds one.")
        return
    here = today(desk)

    def make(values: Values) -> "Command":
        from stylistdesk.commands.consent import RecordConsent

        on = in_field("happened_on", lambda: parse_past_day(values["happened_on"], here))
        channel = Channel(values.get("channel", choices[0][0]))
        return RecordConsent(
            None, channel, addresses[channel], ConsentGround.EXPRESS, on, values["evidence"], name=row.name
        )

    fields = [
        *([Field("channel", "Address", choices[0][0], choices=tuple(choices))] if len(choices) > 1 else []),
        Field("happened_on", "On", "today", hint="when she said so",
              understood=lambda typed: say_date(parse_past_day(typed, here))),
        Field("evidence", "Evidence", hint="where and how she said it, and to what", lines=3),
    ]  # fmt: skip
    about: tuple[Line, ...] = ((Piece("She may be written to at ", "quiet"), Piece(choices[0][1], "strong")), BLANK)
    await screen.show_form(
        SaidYes(
            f"{row.name} said yes",
            fields,
            screen.saver(make),
            draft=f"sign-up yes:{row.id}",
            about=about if len(choices) == 1 else (),
        )
    )
