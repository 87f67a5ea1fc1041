"""The follow-ups that the rep promised (R16): scheduled, snoozed, repeated, changed; completed in `triage.py`."""

from dataclasses import dataclass
from datetime import date

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.commands.work import DAY_HINT, refuse_past
from stylistdesk.db.tables import FollowUp
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import Frequency
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, FollowUpStatus


@dataclass(frozen=True, slots=True)
class ScheduleFollowUp:
    """Promise a follow-up on a day (R16). `Outcome.value` is its id."""

    client_id: int
    channel: Channel
    due_on: date
    reminder: str = ""
    repeat: Frequency | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a day that is past."""
        client = client_named(work.session, self.client_id)
        refuse_past(work, self.due_on)
        follow_up = FollowUp(
            client_id=self.client_id,
            status=FollowUpStatus.SCHEDULED,
            due_on=self.due_on,
            channel=self.channel,
            reminder=clean(self.reminder, multiline=True, limit=MOST_WORDS),
        )
        _repeat(follow_up, self.repeat)
        work.session.add(follow_up)
        work.session.flush()
        said = f"Scheduled a follow-up with {client.name} for {work.say(self.due_on)}"
        return Outcome(said, (self.client_id,), follow_up.id)


def _repeat(follow_up: FollowUp, repeat: Frequency | None) -> None:
    """Let it repeat, counted from the day on which it stands (R18), or not."""
    if repeat == (Frequency(follow_up.repeat_every, follow_up.repeat_unit) if follow_up.repeat_every else None):
        return
    follow_up.repeat_every, follow_up.repeat_unit = repeat if repeat is not None else (None, "")
    follow_up.repeat_anchor = follow_up.due_on if repeat is not None else None


def _follow_up(work: Work, follow_up_id: int) -> FollowUp:
    follow_up = work.session.get(FollowUp, follow_up_id)
    if follow_up is None:
        raise Refused("This follow-up is no longer on the desk.", hint="Undo brings a removed one back.")
    return follow_up


@dataclass(frozen=True, slots=True)
class EditFollowUp:
    """Change a follow-up that is scheduled, or what came of one that is done: its channel, day and words."""

    follow_up_id: int
    channel: Channel
    due_on: date | None
    words: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a new day that is past, and for a scheduled one without a day."""
        follow_up = _follow_up(work, self.follow_up_id)
        client = client_named(work.session, follow_up.client_id)
        words = clean(self.words, multiline=True, limit=MOST_WORDS)
        follow_up.channel = self.channel
        if follow_up.status is FollowUpStatus.SCHEDULED:
            if self.due_on is None:
                raise Refused("Say a day.", field="due_on", hint=DAY_HINT)
            refuse_past(work, self.due_on, but=follow_up.due_on)
            if self.due_on != follow_up.due_on:
                # A new day is a new promise, and where it repeats it counts from there.
                follow_up.due_on, follow_up.promised_on = self.due_on, None
                follow_up.repeat_anchor = self.due_on if follow_up.repeat_every else None
            follow_up.reminder = words
        else:
            follow_up.outcome = words
        return Outcome(f"Edited a follow-up with {client.name}", (client.id or 0,), follow_up.id)


@dataclass(frozen=True, slots=True)
class RemoveFollowUp:
    """Take a promised follow-up away. One that is done stays: it is what the watermark stands on (R4)."""

    follow_up_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a follow-up that was completed."""
        follow_up = _follow_up(work, self.follow_up_id)
        client = client_named(work.session, follow_up.client_id)
        if follow_up.status is FollowUpStatus.COMPLETED:
            raise Refused("A completed follow-up stays: it says up to where you have seen what she did.")
        work.session.delete(follow_up)
        return Outcome(f"Removed a follow-up with {client.name}", (client.id or 0,))


@dataclass(frozen=True, slots=True)
class RepeatFollowUp:
    """Let a scheduled follow-up repeat, or no longer."""

    follow_up_id: int
    repeat: Frequency | None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that is done."""
        follow_up = _scheduled(work, self.follow_up_id)
        client = client_named(work.session, follow_up.client_id)
        _repeat(follow_up, self.repeat)
        said = "repeats" if self.repeat else "no longer repeats"
        return Outcome(f"The follow-up with {client.name} {said}", (client.id or 0,), follow_up.id)


@dataclass(frozen=True, slots=True)
class SnoozeFollowUp:
    """Put a scheduled follow-up off to a later day; the day that was promised first is kept, and what it repeats by."""

    follow_up_id: int
    until: date

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a day that is not ahead, and for one that is done."""
        follow_up = _scheduled(work, self.follow_up_id)
        client = client_named(work.session, follow_up.client_id)
        if self.until <= work.now.astimezone(work.zone).date():
            raise Refused("That is not later.", field="until", hint="For example: tomorrow, 3d, fri, in 2 weeks.")
        if self.until != follow_up.due_on:
            follow_up.promised_on = follow_up.promised_on or follow_up.due_on
            follow_up.due_on = self.until
        said = f"Snoozed the follow-up with {client.name} until {work.say(self.until)}"
        return Outcome(said, (client.id or 0,), follow_up.id)


def _scheduled(work: Work, follow_up_id: int) -> FollowUp:
    follow_up = _follow_up(work, follow_up_id)
    if follow_up.status is not FollowUpStatus.SCHEDULED:
        raise Refused("This follow-up is done.", hint="Schedule the next one.")
    return follow_up
