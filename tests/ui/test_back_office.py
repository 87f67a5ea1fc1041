"""The back office as a whole: all tasks by keys, their guides beside them, and what other screens change."""

from datetime import date
from pathlib import Path

import pytest
from textual import events

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.gifts import SellGift, SendGift
from stylistdesk.commands.sign_ups import AddSignUp, SignUpForm
from stylistdesk.desk import Desk
from stylistdesk.domain.training import TOPICS
from stylistdesk.domain.types import Cents
from stylistdesk.paths import desk_paths
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.dialogs.form import Form
from stylistdesk.ui.keymap import acts_of
from tests.ui.conftest import NOW, Rep, at_the_desk


async def test_every_task_is_reached_by_keys_and_has_its_guide_beside_it(rep: Rep) -> None:
    await rep.press("9")
    for task in TASKS:
        await rep.sees(f"─ {task.TITLE} ")
        await rep.press("question_mark")
        await rep.until(lambda shown: "Guide" in shown or "Training" in shown, "a guide opens")
        await rep.press("escape", "right_square_bracket")
    await rep.sees(f"─ {TASKS[0].TITLE} ")


async def test_the_right_arrow_goes_on_to_the_next_guide(rep: Rep) -> None:
    await rep.press("9", "j", "question_mark")
    titles = list(TOPICS.values())
    for at in (titles.index("Your website") + 1, titles.index("Your website") + 2):
        await rep.press("right")
        await rep.sees(f"{titles[at]}   {at + 1} of {len(titles)}")


@pytest.mark.parametrize(
    ("way", "opens", "typed"),
    [
        (("9", "j", "j", "enter"), "Sell", "9"),
        (("9", "j", "j", "j", "enter"), "event", "2"),
        (("4",), "Follow-up", "1"),
    ],
)
async def test_keys_right_after_one_that_opens_a_form_are_typed_into_it(
    rep: Rep, way: tuple[str, ...], opens: str, typed: str
) -> None:
    """Or a burst of keys leaves the form behind and changes the tab under it."""
    await rep.press(*way)
    mode = rep.app.current_mode
    for key in ("a", *("x" * 3), typed):
        rep.app.post_message(events.Key(key, key))
    await rep.until(lambda _: isinstance(rep.app.screen, Form), f"the form that {opens}s")
    form = rep.app.screen
    assert isinstance(form, Form)
    words = f"xxx{typed}"
    await rep.until(
        lambda _: (
            form.focused is not None and form.value_of(str(form.focused.id).removeprefix("field-")).endswith(words)
        ),
        f"{words} in the field with the cursor",
    )
    assert rep.app.current_mode == mode


def test_no_task_answers_to_the_keys_of_another() -> None:
    """Two tasks may give one name to what their keys do, but then by the same key: or one does what another means."""
    keys: dict[str, str] = {}
    for scope in (task.SCOPE for task in TASKS if task.SCOPE is not None):
        for act in acts_of((scope,)):
            assert keys.setdefault(act.does, act.keys) == act.keys, act.id


async def test_the_bar_counts_what_waits_in_the_back_office(rep: Rep) -> None:
    """A certificate whose number was not sent waits there, until it was."""
    rep.desk.do(SellGift(1, Cents(5_000), NOW.date()))
    await rep.press("9")
    await rep.sees("9 Office 1")
    tasks = [line.split("│")[1] for line in rep.read().splitlines() if "│" in line]
    assert [task.split() for task in tasks if "1" in task] == [["Certificates", "1"]]
    rep.desk.do(SendGift(1))
    await rep.until(lambda shown: "9 Office 1" not in shown, "nothing waits")


async def test_a_key_of_a_row_says_that_enter_goes_into_the_task(rep: Rep) -> None:
    await rep.press("9")
    await rep.sees("─ Training ─")
    await rep.press("e")
    await rep.sees("enter goes into the task first.")


@pytest.mark.parametrize(
    ("task", "said"),
    [(1, "v previews, o shows it in your browser, W writes it out"), (2, "P sells a cart"), (8, "E she enrolled")],
)
async def test_keys_that_the_footer_has_no_room_for_are_said_in_the_task(folder: Path, task: int, said: str) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddSignUp(SignUpForm("Rosa Delgado")))
        desk.do(SellGift(1, Cents(5_000), date(2026, 11, 20)))
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("9")
        await rep.sees("Training")
        await rep.press(*"j" * task, "enter")
        await rep.sees(said)
