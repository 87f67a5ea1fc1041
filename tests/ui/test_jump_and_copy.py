"""Jump mode and copying: by keys, on lists, cards, grids, sections and forms."""

from pathlib import Path

import pytest
from textual.widgets import Input

from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.jump import Jump, labels
from tests.ui.conftest import Rep


def place_of(rep: Rep, words: str) -> tuple[int, int]:
    for y, line in enumerate(rep.read().splitlines()):
        if words in line:
            return line.index(words), y
    raise AssertionError(words)


async def jump_to(rep: Rep, label: str) -> None:
    await rep.press(*label)
    await rep.until(lambda _: not isinstance(rep.app.screen, Jump), "jumped")
    await rep.pilot.pause()


def test_labels_are_short_and_none_begins_with_another() -> None:
    for count in (0, 1, 26, 27, 60, 300):
        made = labels(count)
        assert len(set(made)) == len(made) == count
        assert not any(one != other and other.startswith(one) for one in made for other in made)
    assert {len(one) for one in labels(26)} == {1}


async def test_a_letter_puts_the_cursor_on_a_row_and_a_digit_opens_a_tab_as_ever(rep: Rep) -> None:
    _, y = place_of(rep, "Cleo Marsh")
    await rep.press("ctrl+g")
    labelled = next(label for _, top, label in rep.app.screen.labelled.placed if top == y)  # type: ignore[attr-defined]
    await jump_to(rep, labelled)
    assert rep.under_cursor() == "Cleo Marsh"
    await rep.press("ctrl+g")
    await rep.sees("1 Sweep", "3 Daily Tasks", "6 Metrics", "9 Office")
    await jump_to(rep, "6")
    await rep.sees("Retention")
    await rep.press("ctrl+g")
    await rep.press("escape")
    await rep.until(lambda _: not isinstance(rep.app.screen, Jump), "left")


@pytest.mark.parametrize("key", "123456789")
async def test_every_tab_has_more_to_jump_to_than_its_tabs(rep: Rep, key: str) -> None:
    await rep.press(key)
    await rep.pilot.pause(0.3)
    before = rep.app.screen
    await rep.press("ctrl+g")
    assert isinstance(rep.app.screen, Jump)
    placed = rep.app.screen.labelled.placed
    inside = [label for _, y, label in placed if y > 0]
    assert inside
    assert len({(x, y) for x, y, _ in placed}) == len(placed)
    await jump_to(rep, inside[0])
    assert rep.app.screen is before
    assert before.focused is not None


async def test_a_field_of_a_form_is_jumped_to_and_escape_leaves_what_was_typed(rep: Rep) -> None:
    await rep.press("8", "a")
    await rep.sees("Add a client")
    await rep.write("Fay Lin")
    await rep.press("ctrl+g")
    fields = [label for _, _, label in rep.app.screen.labelled.placed]  # type: ignore[attr-defined]
    await jump_to(rep, fields[2])
    assert isinstance(rep.app.screen.focused, Input)
    assert rep.app.screen.focused.id != "field-name"
    await rep.sees("Fay Lin")


async def test_a_command_of_the_palette_is_jumped_to(rep: Rep) -> None:
    await rep.press("ctrl+p")
    await rep.sees("Snooze  (s)")
    _, y = place_of(rep, "Snooze  (s)")
    await rep.press("ctrl+g")
    await jump_to(rep, next(label for _, top, label in rep.app.screen.labelled.placed if top == y))  # type: ignore[attr-defined]
    await rep.press("enter")
    await rep.sees("Until")


async def test_a_file_is_jumped_to(rep: Rep, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).write_text("name\nAna Ruiz\n")
    monkeypatch.setattr("stylistdesk.ui.screens.importing._where_exports_are", lambda _: folder)
    await rep.press("ctrl+o")
    await rep.sees("Import a file", "a.csv", "b.csv")
    _, y = place_of(rep, "b.csv")
    await rep.press("ctrl+g")
    await jump_to(rep, next(label for _, top, label in rep.app.screen.labelled.placed if top == y))  # type: ignore[attr-defined]
    await rep.press("enter")
    await rep.until(lambda _: rep.app.screen.query_one(Input).value == "b.csv", "the file is taken")


async def test_where_there_is_nothing_to_jump_to_that_is_said(rep: Rep) -> None:
    await rep.press("n", "x", "escape")
    await rep.until(lambda _: isinstance(rep.app.screen, Confirm), "a question")
    await rep.press("ctrl+g")
    await rep.sees("There is nothing to jump to here.")
    assert isinstance(rep.app.screen, Confirm)


async def test_what_is_under_the_cursor_is_copied(rep: Rep) -> None:
    await rep.press("ctrl+c")
    await rep.sees("Copied “Ana Ruiz” and 2 more lines.")
    assert rep.app.clipboard == "Ana Ruiz\nc1@example.com\n(212) 555-0101"
    await rep.press("enter")
    await rep.sees("Overview", "Contacts")
    for _ in range(20):
        if rep.app.screen.section.TITLE == "Contacts":  # type: ignore[attr-defined]
            break
        await rep.press("right_square_bracket")
    await rep.press("enter", "ctrl+c")
    await rep.sees("Copied “(212) 555-0101”")
    await rep.press("6")
    await rep.sees("Retention")
    await rep.press("ctrl+c")
    await rep.sees("Copied “")
    assert rep.app.clipboard.split("\n")[0] in rep.read()
    await rep.press("5")
    await rep.sees("Nov 2026")
    await rep.press("ctrl+c")
    await rep.sees("Copied “")
    assert "21" in rep.app.clipboard


async def test_in_a_field_what_is_selected_is_copied_and_the_desk_stays_open(rep: Rep) -> None:
    await rep.press("8", "a")
    await rep.sees("Add a client")
    await rep.write("Fay Lin")
    await rep.press("shift+home", "ctrl+c")
    assert rep.app.clipboard == "Fay Lin"
    await rep.press("ctrl+s")
    await rep.sees("Added Fay Lin")
    await rep.press("ctrl+c", "ctrl+c")
    await rep.sees("Copied “")
    assert rep.app.is_running
