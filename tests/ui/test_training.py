"""Training by keys: nine guides, each beside its task, watched or not, and the right arrow to the next."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stylistdesk.domain.training import TOPICS
from stylistdesk.ui.backoffice.tasks import TASKS
from stylistdesk.ui.dialogs.guide import Guide, show_guide
from stylistdesk.ui.guides import KEY, first_words, guide_lines, guide_text
from stylistdesk.ui.keymap import BY_ID, Keymap
from stylistdesk.ui.lines import width_of
from tests.ui.conftest import Rep, at_the_desk


@pytest.fixture(params=[(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def rep(folder: Path, request: pytest.FixtureRequest) -> AsyncIterator[Rep]:
    """A rep in Training."""
    async with at_the_desk(folder, request.param) as someone:
        await someone.sees("clients need you", "Ana Ruiz")
        await someone.press("9", "enter")
        await someone.sees("0 of 9 watched", "The morning", "Sign-ups")
        yield someone


async def test_a_guide_is_read_watched_and_the_right_arrow_goes_on(rep: Rep) -> None:
    await rep.press("enter")
    await rep.sees("The morning   1 of 9", "Daily Tasks is where the day begins")
    await rep.press("right")
    await rep.sees("Your website   2 of 9", "Your website is one page about you")
    await rep.press("y")
    await rep.sees("y Not watched")
    await rep.press("left", "left")
    await rep.sees("Sign-ups   9 of 9")
    await rep.press("escape")
    await rep.sees("Watched “Your website”. u undoes it.")
    assert rep.app.screen.key_at_hand == ("topic", 8)  # where she stopped reading
    await rep.press("k")
    await rep.sees("1 of 9 watched", "next: The morning")
    await rep.press("u", "j")
    await rep.sees("0 of 9 watched")


async def test_topics_are_marked_in_the_list(rep: Rep) -> None:
    await rep.press("y", "j", "space", "j")
    await rep.sees("2 of 9 watched", "next: Certificates", "Sat 21 Nov")
    await rep.press("k", "space", "k")
    await rep.sees("1 of 9 watched", "next: Your website")


async def test_a_topic_keeps_a_video_that_is_played_by_a_key(rep: Rep) -> None:
    await rep.press("o")
    await rep.sees("There is no video or file with this topic.")
    await rep.press("e")
    await rep.sees("A video about The morning")
    await rep.write("javascript:alert(1)")
    await rep.press("ctrl+s")
    await rep.sees("javascript:alert(1)” is not the address")
    await rep.write("videos.example.com/morning")
    await rep.press("ctrl+s")
    await rep.sees("Put a video with “The morning”", "https://videos.example.com/morning")
    await rep.press("delete")
    await rep.until(lambda shown: "https://videos" not in shown, "the video gone")
    await rep.press("delete")
    await rep.sees("There is no video or file with this topic.")


async def test_a_guide_opens_beside_its_task_with_the_keys_of_the_task(rep: Rep) -> None:
    await rep.press("right_square_bracket")
    await rep.sees("Your page is 0 % complete")
    rep.app.call_later(show_guide, rep.app.screen, "website")
    await rep.sees("Your website   2 of 9")
    assert isinstance(rep.app.screen, Guide)
    await rep.press("G")
    await rep.sees("Close the desk")
    await rep.press("g")
    await rep.sees("Your website is one page about you")
    for _ in range(40):
        if "Preview" not in rep.read():
            await rep.press("down")
    await rep.sees("In Your website", "Preview")
    left = rep.app.screen._page.region.x
    assert left > 50 if rep.app.size.width >= 100 else left == 0  # the task stays in sight where there is room


# --------------------------------------------------------------------- the guides


@pytest.mark.parametrize("topic", TOPICS)
def test_every_guide_is_short_and_names_only_keys_that_are_there(topic: str) -> None:
    written = guide_text(topic)
    assert 120 <= len(KEY.sub("x", written).split()) <= 250
    assert re.search(r"^1\. ", written, re.MULTILINE)
    named = KEY.findall(written)
    assert named and set(named) <= set(BY_ID)
    assert "{" not in KEY.sub("", written) and first_words(topic).endswith(".")


def test_there_is_a_guide_for_every_task_in_its_order() -> None:
    assert ["The morning", *(task.TITLE for task in TASKS if task.TITLE != "Training")] == list(TOPICS.values())


@pytest.mark.parametrize("width", [30, 60, 74])
def test_a_guide_keeps_to_its_width_and_loses_no_word(width: int) -> None:
    for topic in TOPICS:
        lines = guide_lines(topic, width, lambda _: "ctrl+x")
        assert all(width_of(line) <= width for line in lines)
        shown = " ".join("".join(piece.text for piece in line) for line in lines).split()
        assert shown == KEY.sub("ctrl+x", guide_text(topic)).split()


def test_a_guide_says_the_keys_as_they_are_on_this_desk() -> None:
    shown = Keymap({"undo": "ctrl+z"}).shown
    words = " ".join("".join(piece.text for piece in line) for line in guide_lines("morning", 70, shown))
    assert "ctrl+z takes back the last key" in words
