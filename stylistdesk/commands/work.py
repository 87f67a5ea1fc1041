"""Tasks (R26)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, update

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import CsatResponse, Task
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, shortened

DAY_HINT = "For example: tomorrow, fri, in 2 weeks, 3/14."


def refuse_past(work: Work, day: date | None, but: date | None = None) -> None:
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
        refuse_past(work, form.due_on)
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
        refuse_past(work, form.due_on, but=task.due_on)
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
    """Take a task away; a response whose action item it was has none then (R21)."""

    task_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the task is gone."""
        task = _task(work, self.task_id)
        whom, ids = _for_whom(work, task.client_id)
        of_response = col(CsatResponse.action_task_id) == self.task_id
        work.session.exec(update(CsatResponse).where(of_response).values(action_task_id=None))
        work.session.delete(task)
        return Outcome(f"Removed {_named(task)}{whom}", ids)
