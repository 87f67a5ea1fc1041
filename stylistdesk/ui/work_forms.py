"""The fields of tasks, follow-ups and notes: the same in a list of clients, on the profile, for new ones and old."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow, say_ago
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import parse_season, say_season
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.domain.types import CallStatus, Channel
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.lines import BLANK, Line, Piece

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.last_contact import LastContact
    from stylistdesk.queries.notes import NoteRow
    from stylistdesk.queries.work import FollowUpRow, TaskRow

CHANNEL_CHOICES = tuple((channel.value, words.CHANNELS[channel]) for channel in Channel)
CALL_CHOICES = (("", "no call"), *((status.value, said) for status, said in words.CALL_STATUSES.items()))


# ------------------------------------------------------------------- days and seasons


def today(desk: "Desk") -> date:
    """The desk's day."""
    return desk.now().astimezone(desk.zone).date()


def day_field(
    desk: "Desk", name: str, label: str, value: str, *, may_be_empty: bool = False, was: date | None = None
) -> Field:
    """A field for a day that is not past, or that stood there before."""
    here = today(desk)

    def understood(typed: str) -> str:
        if may_be_empty and not typed.strip():
            return "some time"
        on = parse_day(typed, here)
        if on < here and on != was:
            raise Refused("That day is past.", field=name, hint="For example: tomorrow, fri, in 2 weeks, 3/14.")
        return words.day(on, here)

    hint = "for example tomorrow, fri, in 2 weeks, 3/14" + ("; empty is some time" if may_be_empty else "")
    return Field(name, label, value, hint=hint, understood=understood)


def at_once(typed: str) -> str:
    """What a digit stands for when something is put off; other words stay."""
    return {"1": "tomorrow", "3": "in 3 days", "7": "in 1 week"}.get(typed.strip(), typed)


def season_field(season: str = "", year: int | None = None) -> Field:
    """A field for a season and its year, which may be empty."""

    def understood(typed: str) -> str:
        return say_season(*parse_season(typed))

    return Field(
        "season", "Season", say_season(season, year), hint="for example fall 2026; may be empty", understood=understood
    )


# ------------------------------------------------------------- tasks and follow-ups


def task_fields(desk: "Desk", task: "TaskRow | None" = None) -> list[Field]:
    """A task: what, by when, its category, and who does it."""
    due = task.due_on if task else None
    return [
        Field("description", "To do", task.description if task else "", hint="in a few words"),
        day_field(desk, "due_on", "By", due.isoformat() if due else "", may_be_empty=True, was=due),
        Field("category", "Category", task.category if task else "", hint="may be empty"),
        Field("assignee", "Assignee", task.assignee if task else "", hint="who does it; empty is you or anybody"),
    ]


def day_of(desk: "Desk", values: dict[str, str], name: str = "due_on") -> date | None:
    """The day that was typed, if any."""
    return parse_day(values[name], today(desk)) if values[name].strip() else None


def follow_up_fields(
    desk: "Desk", channel: Channel, follow_up: "FollowUpRow | None" = None, *, due: str = "in 1 week"
) -> list[Field]:
    """A follow-up that is scheduled: how, when, and what to say then; one that is done: how, and what came of it."""
    if follow_up is not None and follow_up.completed_at is not None:
        return outcome_fields(channel, follow_up.words)
    was = follow_up.due_on if follow_up else None
    return [
        Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
        replace(day_field(desk, "due_on", "On", was.isoformat() if was else due, was=was), begins=True),
        Field("words", "Reminder", follow_up.words if follow_up else "", hint="what to say then; she does not see it"),
    ]


def outcome_fields(channel: Channel, outcome: str) -> list[Field]:
    """A follow-up that is done: how, and what came of it."""
    return [
        Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
        Field("words", "Outcome", outcome, hint="what came of it", lines=3, begins=True),
    ]


# ------------------------------------------------------------------------- notes


def note_fields(note: "NoteRow | None" = None) -> list[Field]:
    """A note: the words first, so that a short one is quick; tab goes on to the rest."""
    status = note.call_status if note else None
    return [
        Field("body", "Note", note.body if note else "", lines=5, hint="ctrl+s saves; tab goes on"),
        Field("kind", "Type", note.kind if note else "", hint="for example fit, order, idea; may be empty"),
        Field("call_status", "Call", status.value if status else "", choices=CALL_CHOICES),
        season_field(note.season if note else "", note.season_year if note else None),
    ]


def call_status_of(values: dict[str, str]) -> CallStatus | None:
    """What came of the call, if the note is about one."""
    return CallStatus(values["call_status"]) if values["call_status"] else None


# ------------------------------------------------------------------ so that overlap is seen


def recent_lines(last: "LastContact | None", here: LocalNow) -> tuple[Line, ...]:
    """What is said above a form when she was contacted only just (R28)."""
    if last is None or not last.is_recent:
        return ()
    what = ("an " if last.what[0] in "aeiou" else "a ") + last.what
    by = f" by {last.by}" if last.by else ""
    return _warning(f"Last contact {say_ago(last.at, here)}: {what}{by}.")


def several_recent_lines(recent: int, asked: int) -> tuple[Line, ...]:
    """The same where a form is about several clients."""
    if not recent:
        return ()
    return _warning(f"{recent} of these {asked} {'was' if recent == 1 else 'were'} contacted in the last days.")


def _warning(said: str) -> tuple[Line, ...]:
    return ((Piece(said, "late"),), BLANK)
