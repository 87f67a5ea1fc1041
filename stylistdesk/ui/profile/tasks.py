"""Tasks: what is to be done for her, and when she was promised to hear from the rep (R16, R26)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.types import BY_CHANNEL, Channel, FollowUpStatus
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, line, wrap
from stylistdesk.ui.profile.dated import WHEN, dated, heading, more, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section
from stylistdesk.ui.work_forms import day_of, follow_up_fields, task_fields

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.work import ClientWork, FollowUpRow, TaskRow
    from stylistdesk.ui.profile.screen import Profile


class Tasks(Section["ClientWork"]):
    """Open tasks and promised follow-ups first, then what is done."""

    TITLE = "Tasks"
    SCOPE: ClassVar[Scope] = Scope.TASKS
    ADDS = "a task"

    def read(self, desk: "Desk", client_id: int) -> "ClientWork":
        from stylistdesk.queries.work import client_work

        return desk.ask(client_work, client_id)

    def empty(self, look: Look) -> list[Line]:
        return [
            *super().empty(look),
            look.key("follow_up", "schedules a follow-up."),
        ]

    def entries(self, known: "ClientWork", look: Look) -> list[Entry]:
        shown: list[Entry] = []
        promised = [one for one in known.follow_ups if one.status is FollowUpStatus.SCHEDULED]
        groups = (
            ("To do", [_task(task, look) for task in known.tasks if task.done_at is None]),
            ("Promised follow-ups", [_follow_up(one, look) for one in promised]),
            ("Done", [_task(task, look) for task in known.tasks if task.done_at is not None]),
            ("Earlier follow-ups", [_follow_up(one, look) for one in known.follow_ups if one not in promised]),
        )
        for title, entries in groups:
            if entries:
                shown += [heading(title), *entries]
        return shown

    # ------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        desk, client_id = profile.desk, profile.client_id
        assert desk is not None

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.work import AddTask

            assert desk is not None
            return AddTask(
                client_id, values["description"], day_of(desk, values), values["category"], values["assignee"]
            )

        await profile.fill_in("Add a task", task_fields(desk), make, draft=f"task:new:{client_id}")

    async def edit(self, profile: "Profile", key: Key) -> None:
        desk, task, follow_up = profile.desk, _task_at(profile.known, key), _follow_up_at(profile.known, key)
        assert desk is not None
        if task is not None:
            fields, title = task_fields(desk, task), "Edit the task"
            await profile.fill_in(title, fields, lambda v: _changed_task(desk, task.id, v), draft=f"task:{task.id}")
        elif follow_up is not None:
            fields = follow_up_fields(desk, follow_up.channel or Channel.TEXT, follow_up)
            await profile.fill_in(
                "Edit the follow-up",
                fields,
                lambda v: _changed_follow_up(desk, follow_up.id, v),
                draft=f"follow_up:{follow_up.id}",
            )

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.follow_ups import RemoveFollowUp
        from stylistdesk.commands.work import RemoveTask

        await profile.carry_out(RemoveTask(key[1]) if key[0] == "task" else RemoveFollowUp(key[1]))

    async def turn(self, profile: "Profile", key: Key | None) -> None:
        """A task is done, or is to be done again; a promised follow-up is done."""
        from stylistdesk.commands.triage import CompleteFollowUp
        from stylistdesk.commands.work import CompleteTask, ReopenTask

        known: ClientWork = profile.known
        task, follow_up = _task_at(known, key), _follow_up_at(known, key)
        if task is not None:
            await profile.carry_out(CompleteTask(task.id) if task.done_at is None else ReopenTask(task.id))
        elif follow_up is not None and follow_up.status is FollowUpStatus.SCHEDULED:
            subject = f"follow_up:{follow_up.id}"
            await profile.carry_out(
                CompleteFollowUp(profile.client_id, known.last_signal_id, rule="do_what_is_due", subject=subject)
            )
        elif follow_up is not None:
            profile.tell("This follow-up is done: it stays so.", bad=True)


def _task_at(known: "ClientWork", key: Key | None) -> "TaskRow | None":
    return next((row for row in known.tasks if key == ("task", row.id)), None)


def _follow_up_at(known: "ClientWork", key: Key | None) -> "FollowUpRow | None":
    return next((row for row in known.follow_ups if key == ("follow_up", row.id)), None)


def _changed_task(desk: "Desk", task_id: int, values: dict[str, str]) -> "Command":
    from stylistdesk.commands.work import EditTask, TaskForm

    form = TaskForm(values["description"], day_of(desk, values), values["category"], values["assignee"])
    return EditTask(task_id, form)


def _changed_follow_up(desk: "Desk", follow_up_id: int, values: dict[str, str]) -> "Command":
    from stylistdesk.commands.follow_ups import EditFollowUp

    due_on = day_of(desk, values) if "due_on" in values else None
    return EditFollowUp(follow_up_id, Channel(values["channel"]), due_on, values["words"])


def _task(task: "TaskRow", look: Look) -> Entry:
    done = task.done_at is not None
    late = not done and task.due_on is not None and task.due_on < look.here.today
    who = f"for {task.assignee}" if task.assignee else ""
    first, *rest = wrap(task.description, look.width - WHEN - 8)
    head = line(
        Piece(first, "quiet" if done else "strong"),
        Piece("  done" if done else "  late" if late else "", "good" if done else "late"),
    )
    when = on(task.done_at or task.due_on, look) or "some time"
    about = more(task.category, who, look=look)
    return dated(("task", task.id), when, head, look, "\n".join([*rest, *([about] if rest else [])]),
                 about="" if rest else about)  # fmt: skip


def _follow_up(one: "FollowUpRow", look: Look) -> Entry:
    scheduled = one.status is FollowUpStatus.SCHEDULED
    late = scheduled and one.due_on is not None and one.due_on < look.here.today
    how = BY_CHANNEL[one.channel] if one.channel else ""
    head = line(
        Piece(f"{one.status.value} {how}".rstrip(), "strong" if scheduled else "quiet"),
        Piece("  late" if late else "", "late"),
    )
    return dated(("follow_up", one.id), on(one.completed_at or one.due_on, look), head, look, one.words)
