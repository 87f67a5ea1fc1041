"""What the screens have the desk do, each as its command. Imports wait: commands bring in the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import CallStatus, Channel, MessageKind

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command


@dataclass(frozen=True, slots=True)
class Subject:
    """A client that a key acts on, with what the rep saw of her: her suggestion, and her signals up to which one."""

    client_id: int
    name: str
    seen_through: int
    next: Suggestion | None = None


def together(subjects: Sequence[Subject], make: "Callable[[Subject], Command]") -> "Command":
    """One command for all of them: one undo step."""
    from stylistdesk.commands.base import Together

    commands = [make(subject) for subject in subjects]
    return commands[0] if len(commands) == 1 else Together(tuple(commands))


def contact(subject: Subject, logged: "Command", channel: Channel, *, done: bool) -> "Command":
    """What was sent or said to her and, if the rep is done with her, her completed follow-up: one undo step."""
    from stylistdesk.commands.base import Together

    if not done:
        return logged
    suggestion = subject.next
    if channel is Channel.CALL and suggestion is not None and suggestion.subject.startswith("deliver:"):
        subject = replace(subject, next=None)  # a lookbook is not delivered on the phone
    return Together((logged, complete(subject, channel)), f"Completed follow-up with {subject.name}")


def complete(subject: Subject, channel: Channel | None = None, outcome: str = "") -> "Command":
    """Her follow-up is done: what the rep saw is seen, and what was suggested is settled."""
    from stylistdesk.commands.triage import CompleteFollowUp

    suggestion = subject.next
    return CompleteFollowUp(
        client_id=subject.client_id,
        seen_through=subject.seen_through,
        rule=suggestion.rule if suggestion else "",
        subject=suggestion.subject if suggestion else "",
        channel=channel or (suggestion.channel if suggestion else None),
        outcome=outcome,
    )


def snooze(subject: Subject, until: datetime) -> "Command":
    """Hide her until then."""
    from stylistdesk.commands.triage import SnoozeClient

    return SnoozeClient(subject.client_id, until, subject.seen_through)


def dismiss(subject: Subject, reason: str) -> "Command":
    """Hide what is suggested for her until a new signal feeds it."""
    from stylistdesk.commands.triage import DismissRule

    assert subject.next is not None
    what = subject.next
    return DismissRule(subject.client_id, what.rule, what.subject, reason, subject.seen_through, what.action)


def schedule(subject: Subject, channel: Channel, due_on: date, reminder: str) -> "Command":
    """Promise her a follow-up."""
    from stylistdesk.commands.follow_ups import ScheduleFollowUp

    return ScheduleFollowUp(subject.client_id, channel, due_on, reminder)


def log_message(
    subject: Subject, channel: Channel, address: str, title: str, body: str, kind: MessageKind
) -> "Command":
    """Keep what was sent to her."""
    from stylistdesk.commands.triage import LogMessage

    return LogMessage(subject.client_id, channel, address, title, body, kind)


def send_email(subject: Subject, address: str, title: str, body: str, kind: MessageKind) -> "Command":
    """Have the desk send it to her, and keep it."""
    from stylistdesk.commands.sending import SendEmail

    return SendEmail(subject.client_id, address, title, body, kind)


def log_call(subject: Subject, outcome: str, body: str) -> "Command":
    """Keep a call with her."""
    from stylistdesk.commands.triage import LogCall

    return LogCall(subject.client_id, outcome, body)


def note(
    subject: Subject,
    body: str,
    kind: str = "",
    season: tuple[str, int | None] = ("", None),
    call_status: CallStatus | None = None,
) -> "Command":
    """Write a note about her; `season` is its season and year."""
    from stylistdesk.commands.notes import AddNote

    return AddNote(subject.client_id, body, kind, *season, call_status)


def task(subject: Subject, description: str, due_on: date | None, category: str = "", assignee: str = "") -> "Command":
    """Add a task for her."""
    from stylistdesk.commands.work import AddTask

    return AddTask(subject.client_id, description, due_on, category, assignee)


def remove(subject: Subject) -> "Command":
    """Remove her and all her records."""
    from stylistdesk.commands.clients import DeleteClient

    return DeleteClient(subject.client_id)
