"""Pictures of the back office on the demo desk, under a frozen clock."""

from collections.abc import Callable

import pytest

from stylistdesk.ui.backoffice.tasks import TASKS
from tests.snapshots.test_pictures import LARGE, SMALL
from tests.snapshots.test_tab_pictures import picture  # noqa: F401  (a fixture)


def keys_to(title: str) -> tuple[str, ...]:
    """The keys into a task."""
    return "9", *["right_square_bracket"] * [task.TITLE for task in TASKS].index(title), "enter"


OPENS: dict[str, tuple[str, ...]] = {
    "guide": ("9", "j", "question_mark"),
    "website_preview": (*keys_to("Your website"), "v"),
    "certificate": (*keys_to("Certificates"), "j", "enter"),
    "redeem": (*keys_to("Certificates"), "r"),
    "event": (*keys_to("Shop links"), "enter"),
    "qr_code": (*keys_to("Shop links"), "r"),
    "rewards": (*keys_to("Host rewards"), "enter"),
    "tiers": (*keys_to("Host rewards"), "T"),
    "return": (*keys_to("Returns"), "j", "enter"),
    "move": (*keys_to("Moving orders"), "enter"),
    "plan": (*keys_to("Moving orders"), "P"),
}
"""What opens from a task."""


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("task", [task.TITLE for task in TASKS])
def test_each_task(picture: Callable[..., bool], task: str, size: tuple[int, int]) -> None:  # noqa: F811
    assert picture(size, keys_to(task))


@pytest.mark.parametrize("name", OPENS)
def test_what_opens(picture: Callable[..., bool], name: str) -> None:  # noqa: F811
    assert picture(SMALL, OPENS[name], opens=True)


@pytest.mark.parametrize("task", ["Shop links", "Host rewards"])
def test_light(picture: Callable[..., bool], task: str) -> None:  # noqa: F811
    assert picture(LARGE, keys_to(task), theme="light")
