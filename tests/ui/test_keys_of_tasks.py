"""All tasks of the back office share one screen: what a key does in one is never done by it in another."""

import re

import pytest

from stylistdesk.ui.backoffice.task import Task
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.keymap import acts_of

_OF_A_TASK = re.compile(r"(?:section|on_row)\('(\w+)'\)")


OURS = [task for task in TASKS if task.TITLE in ("Company files", "Sign-ups")]


@pytest.mark.parametrize("task", OURS, ids=lambda task: task.TITLE)
def test_no_key_of_another_task_acts_here(task: Task[object]) -> None:
    """A binding of another task answers wherever there is a method of its name."""
    assert task.SCOPE is not None
    own = {(key, act.does) for act in acts_of((task.SCOPE,)) for key in act.keys.split(",")}
    others = [other.SCOPE for other in TASKS if other is not task and other.SCOPE is not None]
    for act in acts_of(tuple(others)):
        found = _OF_A_TASK.fullmatch(act.does)
        if found and hasattr(task, found[1]):
            assert {(key, act.does) for key in act.keys.split(",")} <= own, f"{act.id} answers in {task.TITLE}"
