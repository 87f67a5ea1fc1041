"""The forms of the Follow-ups tab: snooze, change, add."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import Frequency, parse_frequency
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.domain.types import Channel
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.work_forms import CHANNEL_CHOICES, at_once, day_field, day_of, outcome_fields, today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.follow_ups import FollowUpDue
    from stylistdesk.ui.screens.base import DeskScreen


def snoozed_until(desk: "Desk", rows: "Sequence[FollowUpDue]", typed: str) -> date:
    """The day that was typed. Raises `Refused` for one that puts none of them off."""
    on = parse_day(at_once(typed), today(desk))
    due = max((row.due_on for row in rows if row.due_on), default=today(desk))
    if on <= max(due, today(desk)):
        said = f"It is due {words.day(due, today(desk))}: that is not later."
        hint = "Reschedule it, if it is to come earlier." if on > today(desk) else "For example: 3d, fri, in 2 weeks."
        raise Refused(said if due > today(desk) else "That is not later.", field="until", hint=hint)
    return on


def snooze_field(desk: "Desk", rows: "Sequence[FollowUpDue]") -> Field:
    """Until when: the day after today, or after the one for which it is promised."""
    due = max((row.due_on for row in rows if row.due_on), default=today(desk))
    return Field(
        "until",
        "Until",
        "tomorrow" if due <= today(desk) else (due + timedelta(days=1)).isoformat(),
        hint="1 tomorrow, 3 in three days, 7 in a week, or: fri, in 2 weeks, 3/14",
        understood=lambda typed: f"until {words.day(snoozed_until(desk, rows, typed), today(desk))}",
    )


def repeat_field(repeat: Frequency | None) -> Field:
    """How often it repeats, if it does."""

    def understood(typed: str) -> str:
        if not typed.strip():
            return "once"
        return f"{say_cadence(*parse_frequency(typed))} from that day on"

    return Field(
        "repeat", "Repeat", say_cadence(*repeat) if repeat else "",
        hint="for example every 2 weeks, monthly; empty is once", understood=understood,
    )  # fmt: skip


def _repeat_of(values: dict[str, str]) -> Frequency | None:
    typed = values["repeat"].strip()
    try:
        return parse_frequency(typed) if typed else None
    except Refused as no:
        raise Refused(no.reason, field="repeat", hint=no.hint) from None


def _promised_fields(
    desk: "Desk", channel: Channel, due: str, reminder: str, repeat: Frequency | None, was: date | None = None
) -> list[Field]:
    return [
        Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
        replace(day_field(desk, "due_on", "On", due, was=was), begins=True),
        Field("words", "Reminder", reminder, hint="what to say then; she does not see it", lines=2),
        repeat_field(repeat),
    ]


def change_fields(desk: "Desk", row: "FollowUpDue") -> list[Field]:
    """What can be changed of a follow-up."""
    channel = row.channel or Channel.TEXT
    if row.is_done:
        return outcome_fields(channel, row.outcome)
    due = row.due_on.isoformat() if row.due_on else ""
    return _promised_fields(desk, channel, due, row.reminder, row.repeat, row.due_on)


def changed(desk: "Desk", row: "FollowUpDue", values: dict[str, str]) -> "Command":
    """What the form of a change makes."""
    from stylistdesk.commands.base import Together
    from stylistdesk.commands.follow_ups import EditFollowUp, RepeatFollowUp

    channel = Channel(values["channel"])
    if row.is_done:
        return EditFollowUp(row.id, channel, None, values["words"])
    edit = EditFollowUp(row.id, channel, day_of(desk, values), values["words"])
    return Together((edit, RepeatFollowUp(row.id, _repeat_of(values))), f"Changed the follow-up with {row.client}")


async def add_follow_up(screen: "DeskScreen") -> Any:
    """Ask with whom, when and how; what came of it, or `None`."""
    from stylistdesk.commands.follow_ups import ScheduleFollowUp

    desk = screen.desk
    assert desk is not None

    async def save(values: dict[str, str]) -> Any:
        client = await find_client(desk, values["client"])
        repeat = _repeat_of(values)
        due_on = parse_day(values["due_on"], today(desk))
        command = ScheduleFollowUp(client.client_id, Channel(values["channel"]), due_on, values["words"], repeat)
        return await screen.saver(lambda _: command)(values)

    fields = [client_field(desk), *_promised_fields(desk, Channel.TEXT, "in 1 week", "", None)]
    form = Form("Promise a follow-up", fields, save, draft="follow_up:new")
    form.FIRST = "client"  # before the day: with whom
    return await screen.app.push_screen_wait(form)
