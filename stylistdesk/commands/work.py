"""Tasks (R26) and the follow-ups that the rep promised (R16)."""

from dataclasses import dataclass, replace
from datetime import date

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import FollowUp, Task
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, shortened
from stylistdesk.domain.types import Channel, FollowUpStatus

DAY_HINT = "For example: tomorrow, fri, in 2 weeks, 3/14."


def _refuse_past(work: Work, day: date | None, but: date | None = None) -> None:
    """Raises `Refused` for a day that is past, unless it stood there before."""
    if day is not None and day != but and day < work.now.astimezone(work.zone).date():
        raise Refused("That day is past.", field="due_on", hint=DAY_HINT)


def _for_whom(work: Work, client_id: int | None) -> tuple[str, tuple[int, ...]]:
    """ " for Ana Ruiz", and whom a change is about."""
    if client_id is None:
        return "", ()
    return f" for {client_named(work.session, client_id).name}", (client_id,)


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What the form of a task holds: what is to be done, by when (or some time), its category, and who does it."""

    description: str
    due_on: date | None = None
    category: str = ""
    assignee: str = ""

    def checked(self) -> "TaskForm":
        """The same, cleaned. Raises `Refused` for an empty task."""
        description = clean(self.description)
        if not description:
            raise Refused("The task is empty.", field="description", hint="Say what is to be done.")
        return replace(self, description=description, category=clean(self.category), assignee=clean(self.assignee))


@dataclass(frozen=True, slots=True)
class AddTask:
    """Add a task for a client, due on a day or some time. `Outcome.value` is its id."""

    client_id: int
    description: str
    due_on: date | None = None
    category: str = ""
    assignee: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty task or a day that is past."""
        client = client_named(work.session, self.client_id)
        form = TaskForm(self.description, self.due_on, self.category, self.assignee).checked()
        _refuse_past(work, form.due_on)
        task = Task(
            client_id=self.client_id,
            description=form.description,
            due_on=form.due_on,
            category=form.category,
            assignee=form.assignee,
        )
        work.session.add(task)
        work.session.flush()
        return Outcome(f"Added {_named(task)} for {client.name}", (self.client_id,), task.id)


def _named(task: Task) -> str:
    return f"the task “{shortened(task.description, 40)}”"


def _task(work: Work, task_id: int) -> Task:
    task = work.session.get(Task, task_id)
    if task is None:
        raise Refused("This task is no longer on the desk.", hint="Undo brings a removed task back.")
    return task


@dataclass(frozen=True, slots=True)
class EditTask:
    """Change a task."""

    task_id: int
    form: TaskForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty task, or for a new day that is past."""
        task, form = _task(work, self.task_id), self.form.checked()
        _refuse_past(work, form.due_on, but=task.due_on)
        task.description, task.due_on = form.description, form.due_on
        task.category, task.assignee = form.category, form.assignee
        whom, ids = _for_whom(work, task.client_id)
        return Outcome(f"Edited {_named(task)}{whom}", ids, task.id)


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """A task is done."""

    task_id: int

    def apply(self, work: Work) -> Outcome:
        """What was done before stays done at its time. Raises `Refused` if the task is gone."""
        task = _task(work, self.task_id)
        task.done_at = task.done_at or work.now
        whom, ids = _for_whom(work, task.client_id)
        return Outcome(f"Did {_named(task)}{whom}", ids, task.id)


@dataclass(frozen=True, slots=True)
class ReopenTask:
    """A task that was done is to be done again."""

    task_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the task is gone."""
        task = _task(work, self.task_id)
        task.done_at = None
        whom, ids = _for_whom(work, task.client_id)
        return Outcome(f"Reopened {_named(task)}{whom}", ids, task.id)


@dataclass(frozen=True, slots=True)
class RemoveTask:
    """Take a task away."""

    task_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the task is gone."""
        task = _task(work, self.task_id)
        whom, ids = _for_whom(work, task.client_id)
        work.session.delete(task)
        return Outcome(f"Removed {_named(task)}{whom}", ids)


@dataclass(frozen=True, slots=True)
class ScheduleFollowUp:
    """Promise a follow-up on a day (R16). `Outcome.value` is its id."""

    client_id: int
    channel: Channel
    due_on: date
    reminder: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a day that is past."""
        client = client_named(work.session, self.client_id)
        _refuse_past(work, self.due_on)
        follow_up = FollowUp(
            client_id=self.client_id,
            status=FollowUpStatus.SCHEDULED,
            due_on=self.due_on,
            channel=self.channel,
            reminder=clean(self.reminder, multiline=True, limit=MOST_WORDS),
        )
        work.session.add(follow_up)
        work.session.flush()
        said = f"Scheduled a follow-up with {client.name} for {self.due_on:%a %-d %b}"
        return Outcome(said, (self.client_id,), follow_up.id)


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
            _refuse_past(work, self.due_on, but=follow_up.due_on)
            follow_up.due_on, follow_up.reminder = self.due_on, words
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
