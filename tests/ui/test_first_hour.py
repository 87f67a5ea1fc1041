"""The first hour: from an empty folder to the first follow-up, the tour of the demo, and help everywhere."""

from pathlib import Path

import pytest

from stylistdesk.ui.acts import PLACES
from stylistdesk.ui.place_words import FOR
from stylistdesk.ui.tour import STEPS
from tests.ui.conftest import Rep, at_the_desk


async def test_from_an_empty_folder_to_the_first_follow_up_in_few_keys(tmp_path: Path) -> None:
    """Three questions, a name, and one key."""
    async with at_the_desk(tmp_path, size=(80, 24)) as rep:
        await rep.sees("Welcome to your desk", "Your name")
        await rep.write("Robin")
        await rep.press("ctrl+s")
        await rep.sees("Your desk is ready, Robin", "Add a client")
        await rep.press("a")
        await rep.sees("Add a client", "Name")
        await rep.write("Ana Ruiz")
        await rep.press("ctrl+s")
        shown = await rep.sees("Tasks 1", "Ana Ruiz", "d Done", "Added Ana Ruiz", "in touch with her")
        assert rep.under_cursor() == "Ana Ruiz", shown
        await rep.press("d")
        await rep.sees("Completed follow-up with Ana Ruiz", "A good day")


async def test_after_the_first_import_the_queue_is_there(tmp_path: Path) -> None:
    from stylistdesk.ui.screens.importing import import_file

    cards = tmp_path / "cards.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Ruiz\nN:Ruiz;Ana;;;\nEND:VCARD\n", "utf-8")
    async with at_the_desk(tmp_path / "desk") as rep:
        await rep.sees("Welcome to your desk", "Your name")
        await rep.write("Robin")
        await rep.press("ctrl+s")
        await rep.sees("Your desk is ready, Robin")
        await rep.press("escape", "8")
        await rep.sees("There are no clients yet.")
        rep.app.run_worker(import_file(rep.app, cards))
        await rep.sees("Import it", "Ana Ruiz")
        await rep.press("ctrl+s")
        await rep.sees("Imported cards.vcf", "by urgency", "nobody needs you now", "or activity.")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_tour_goes_on_with_the_keys_it_names(folder: Path, size: tuple[int, int]) -> None:
    async with at_the_desk(folder, size=size) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.press("ctrl+p")
        await rep.sees("Complete her follow-up")
        await rep.press(*"tour")
        await rep.sees("Eight keys")
        await rep.press("enter")
        shown = await rep.sees("Tour 1 of 8  ↓", STEPS[0].words, "esc ends it", "Ana Ruiz", "Bea Okafor")
        assert "? Help" in shown
        await rep.press("t", "escape")  # a key that it does not name does what it does, and the tour waits
        await rep.sees("Tour 1 of 8")
        await rep.press("j")
        await rep.sees("Tour 2 of 8  d", STEPS[1].words)
        await rep.press("d")
        await rep.sees("Tour 3 of 8  u", "Completed follow-up")
        await rep.press("u")
        await rep.sees("Tour 4 of 8  m", "Took back")
        await rep.press("m")
        await rep.sees("Message")
        await rep.press("escape")
        await rep.sees("Tour 5 of 8  enter", "clients need you")
        await rep.press("enter")
        await rep.sees("Tour 6 of 8  3", "Overview", "Contacts")
        await rep.press("3")
        await rep.sees("Tour 7 of 8  /", "clients need you")
        await rep.press("slash", "escape")
        await rep.sees("Tour 8 of 8  ?", STEPS[7].words)
        await rep.press("question_mark")
        await rep.sees("Keys in Daily Tasks")
        await rep.press("escape")
        await rep.until(lambda shown: "Tour" not in shown and "clients need you" in shown, "no tour")


async def test_on_a_page_escape_goes_back_and_the_tour_stays(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.press("f2", "enter")
        await rep.sees("Tour 1 of 8  3 goes to Daily Tasks, where the tour goes on", "Overview", "f2 ends it")
        await rep.press("escape")
        await rep.sees("Tour 1 of 8", "clients need you", "esc ends it")
        await rep.press("enter")
        await rep.sees("Overview")
        await rep.press("f2")
        await rep.until(lambda shown: "Tour" not in shown and "Overview" in shown, "no tour")


async def test_elsewhere_the_tour_says_where_it_goes_on(folder: Path) -> None:
    """It would say of a key what the key does not do there, and take any other use of it for the step."""
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.press("f2", "8")
        await rep.sees("5 clients", "Tour 1 of 8  3 goes to Daily Tasks, where the tour goes on")
        await rep.press("j")
        await rep.sees("Tour 1 of 8  3")
        await rep.press("3")
        await rep.sees(f"Tour 1 of 8  ↓ {STEPS[0].words}", "clients need you")
        await rep.press("j", "d", "6")
        await rep.sees(f"Tour 3 of 8  u {STEPS[2].words}")
        await rep.press("u")
        await rep.sees("Tour 4 of 8  3 goes to Daily Tasks")


async def test_escape_leaves_the_tour_and_it_does_not_come_back(folder: Path) -> None:
    async with at_the_desk(folder, size=(80, 24)) as rep:
        await rep.sees("5 clients need you", "Ana Ruiz")
        await rep.press("f2")
        await rep.sees("Tour 1 of 8")
        await rep.press("escape")
        await rep.until(lambda shown: "Tour" not in shown, "no tour")
        await rep.press("j", "d", "6", "3")
        assert "Tour" not in await rep.sees("clients need you")


async def test_help_where_one_types(rep: Rep) -> None:
    await rep.press("8", "a")
    await rep.sees("Add a client")
    await rep.write("Fay?")
    await rep.press("f1")
    shown = await rep.sees("Keys in Form", "Fill in what you know", "Save; the first wrong field")
    assert "hearted" not in shown, "no signs of clients where there are none"
    await rep.press("escape")
    await rep.sees("Add a client", "Fay?")


def test_every_place_says_what_it_is_for() -> None:
    assert FOR.keys() == PLACES.keys()
    assert all(words.endswith(".") and len(words) < 110 for words in FOR.values())
