"""The settings on screen: what is changed there holds at once, is in the file, and can be taken back."""

from pathlib import Path

import pytest

from stylistdesk.settings import load_settings
from stylistdesk.ui.screens.setting_rows import rows_of
from stylistdesk.ui.screens.settings import SettingsScreen
from stylistdesk.ui.widgets.record_list import RecordList
from tests.ui.conftest import Rep, at_the_desk


async def go_to(rep: Rep, name: str) -> None:
    """Find the setting of this name, and have the cursor on it."""
    if not isinstance(rep.app.screen, SettingsScreen):
        await rep.press("ctrl+l")
        await rep.sees("settings", "Your name")
    await rep.press("ctrl+f")
    await rep.write(name)
    await rep.sees(f"with “{name}”")
    await rep.press("enter")
    screen = rep.app.screen
    assert isinstance(screen, SettingsScreen)
    found = [row for row in screen.listed.records if row.setting is not None and row.setting.name == name]
    screen.listed.move_to(screen.listed.index_of(found[0].id) or 0)
    await rep.sees(f"In file   {name}")


def saved(folder: Path) -> str:
    path = folder / "settings.toml"
    return path.read_text() if path.exists() else ""


async def test_a_wait_is_changed_and_the_queue_is_asked_again(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("Help with her cart")
        await go_to(rep, "waits.cart_hours")
        await rep.press("enter")
        await rep.sees("Help with a cart after so many hours.", "from 0 to 100,000 hours; default 24 hours")
        await rep.write("48")
        await rep.sees("48 hours")
        await rep.press("enter")
        await rep.sees("Help with a cart is 48 hours now.", "u takes it back")
        await rep.press("escape", "escape")
        await rep.until(lambda shown: "clients need you" in shown and "Help with her cart" not in shown)
    assert saved(folder) == "[waits]\ncart_hours = 48\n"
    assert (folder / "settings.toml").stat().st_mode & 0o777 == 0o600
    async with at_the_desk(folder) as rep:
        await rep.until(lambda shown: "clients need you" in shown and "Help with her cart" not in shown)
        await go_to(rep, "waits.cart_hours")
        await rep.press("delete")
        await rep.sees("Help with a cart is 24 hours now.")
        await rep.press("escape", "escape")
        await rep.sees("Help with her cart")


async def test_a_wrong_value_is_told_beside_the_field_and_nothing_is_saved(rep: Rep, folder: Path) -> None:
    await go_to(rep, "weights.rules.ask_how_it_fits")
    await rep.press("enter")
    for typed, said in (("20000", "from 0.00 to 10000.00 points"), ("9", "may weigh at most as much as")):
        await rep.write(typed)
        await rep.press("ctrl+s")
        await rep.sees(said)
    await rep.press("escape", "y")
    await rep.sees("In file   weights.rules.ask_how_it_fits")
    assert saved(folder) == ""


async def test_changes_are_taken_back_and_done_again_on_the_screen(rep: Rep, folder: Path) -> None:
    last = rep.desk.version
    await go_to(rep, "plan_moves")
    await rep.press("enter")
    await rep.sees("Plan moves is no now.")
    await go_to(rep, "overlaps")
    await rep.press("enter")
    await rep.sees("same rep   (the default)", "ignore")
    await rep.press("G", "enter")
    await rep.sees("Overlaps is ignore now.")
    await rep.press("u")
    await rep.sees("Overlaps is same rep now.")
    await rep.press("u")
    await rep.sees("Plan moves is yes now.")
    assert load_settings(folder / "settings.toml")[0].plan_moves
    await rep.press("u")
    await rep.sees("There is nothing to undo in the settings.")  # and no change of her clients is taken back from here
    await rep.press("U", "U")
    await rep.sees("Overlaps is ignore now.")
    assert not rep.desk.settings.plan_moves
    assert rep.desk.version > last


async def test_a_change_is_taken_back_tomorrow_too_but_not_what_she_wrote_into_the_file_since(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        for name in ("plan_moves", "mouse"):
            await go_to(rep, name)
            await rep.press("enter")
            await rep.sees("u takes it back")
    async with at_the_desk(folder) as rep:
        await rep.press("ctrl+l", "u")
        await rep.sees("Mouse is yes now.")
        await rep.press("U")
        await rep.sees("Mouse is no now.")
    (folder / "settings.toml").write_text("mouse = true\nplan_moves = false\n")
    async with at_the_desk(folder) as rep:
        await rep.press("ctrl+l", "u")
        await rep.sees("Mouse was changed in settings.toml since, and stays.")
        await rep.press("u")
        await rep.sees("Plan moves is yes now.")
    assert "mouse = true\n" in saved(folder)


async def test_a_key_is_given_by_pressing_it_and_works_at_once_and_after_a_restart(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await go_to(rep, "keys.done")
        await rep.press("enter")
        await rep.sees("Press the key now.")
        await rep.press("s")
        await rep.sees("s for “Done” is already “Snooze”", "Press another key.")
        await rep.press("z")
        await rep.sees("Done is z now.")
        await rep.press("plus", "Z")
        await rep.sees("Done is z  Z now.")
        await rep.press("escape", "escape")
        await rep.sees("z Done", "clients need you")
        name = rep.under_cursor()
        await rep.press("d")
        assert rep.under_cursor() == name
        await rep.press("Z")
        await rep.sees(f"Completed follow-up with {name}")
    assert saved(folder) == '[keys]\ndone = "z,Z"\n'
    async with at_the_desk(folder, first={"keys": {"done": "z,Z"}}) as rep:
        await rep.sees("z Done", "clients need you")
        await go_to(rep, "keys.done")
        await rep.press("delete", "escape", "escape")
        await rep.sees("d Done", "clients need you")


async def test_a_letter_is_no_key_of_a_form_and_a_default_that_is_taken_does_not_come_back(rep: Rep) -> None:
    await go_to(rep, "keys.form_save")
    await rep.press("enter", "x")
    await rep.sees("In a field, x is typed.")
    await rep.press("escape")
    await go_to(rep, "keys.done")
    await rep.press("enter", "z")
    await rep.sees("Done is z now.")
    await go_to(rep, "keys.snooze")
    await rep.press("enter", "d")
    await rep.sees("Snooze is d now.")
    await go_to(rep, "keys.done")
    await rep.press("delete")
    await rep.sees("d for “Done” is already “Snooze”")


async def test_a_theme_is_worn_while_it_is_looked_at(rep: Rep, folder: Path) -> None:
    await go_to(rep, "theme")
    await rep.press("enter")
    await rep.sees("our own, light", "your terminal's own, dark")
    await rep.press("down")
    await rep.until(lambda _: rep.app.theme == "stylistdesk-light")
    await rep.press("escape")
    assert rep.app.theme == "stylistdesk-dark"
    assert saved(folder) == ""
    await rep.press("enter", "down", "down", "enter")
    await rep.sees("Theme is ansi-dark now.")
    assert rep.app.theme == "ansi-dark"
    await rep.press("u")
    await rep.until(lambda _: rep.app.theme == "stylistdesk-dark")


async def test_in_the_terminals_own_colours_the_cursor_is_seen(folder: Path) -> None:
    """Nobody knows what those colours are: a bar in one of them could be the ground itself."""
    async with at_the_desk(folder, first={"theme": "ansi-dark"}) as rep:
        await rep.sees("clients need you")
        listed = rep.app.screen.query_one("#list", RecordList)
        assert listed.style_of("late", under_cursor=True).reverse
        assert listed.style_of("quiet").dim
        assert not listed.style_of("late").reverse


async def test_symbols_change_everywhere_at_once(rep: Rep) -> None:
    await go_to(rep, "symbols")
    await rep.press("enter", "down", "enter")
    await rep.sees("Symbols is ascii now.")
    await rep.press("escape", "escape")
    shown = await rep.sees("clients need you", "Since your last follow-up")
    assert shown.isascii(), [sign for sign in shown if not sign.isascii()]


async def test_what_counts_from_the_next_start_says_so(rep: Rep) -> None:
    await go_to(rep, "mouse")
    await rep.sees("from the next start on")
    await rep.press("enter")
    await rep.sees("Mouse is no now. It counts from the next start.")


async def test_what_is_wrong_in_the_file_is_shown_with_its_line_and_mended(folder: Path) -> None:
    (folder / "settings.toml").write_text("event_days = 900\nthme = 'x'\ntheme = 'nrd'\n")
    async with at_the_desk(folder, first={"theme": "nrd"}) as rep:
        await rep.sees("line 1: event_days: must be", "did you mean theme?", "line 3: theme: There is no theme “nrd”")
        await rep.press("escape", "ctrl+l")
        await rep.sees("Not understood", "thme", "line 2", "3 not understood")
        await go_to(rep, "event_days")
        await rep.sees("Line 1 of the file: must be a whole number")
        await rep.press("delete")
        await rep.sees("Event is 30 days now.")
        await go_to(rep, "theme")
        await rep.sees("2 not understood", "Line 3 of the file: There is no theme “nrd”")
    assert saved(folder) == "#event_days = 30\nthme = 'x'\ntheme = 'nrd'\n"


async def test_a_file_that_is_not_understood_is_said_and_left_alone(folder: Path) -> None:
    (folder / "settings.toml").write_text("mouse = \n")
    async with at_the_desk(folder) as rep:
        await rep.sees("settings.toml, line 1")
        await rep.press("escape")
        await go_to(rep, "plan_moves")
        await rep.press("enter")
        await rep.sees("settings.toml is not understood", "Mend that line first")
    assert saved(folder) == "mouse = \n"


async def test_a_file_that_another_program_changes_is_followed(rep: Rep, folder: Path) -> None:
    await rep.sees("Help with her cart")
    (folder / "settings.toml").write_text("waits.cart_hours = 96\n[keys]\ndone = 'z'\n")
    await rep.sees("settings.toml was changed, and holds.", "z Done")
    await rep.until(lambda shown: "Help with her cart" not in shown)
    (folder / "settings.toml").write_text("waits.cart_hours = 'x'\n")
    await rep.sees("line 1: waits.cart_hours: must be a whole number", "d Done", "Help with her cart")


async def test_what_stands_in_the_desk_is_changed_in_its_own_form(rep: Rep) -> None:
    await rep.press("ctrl+l")
    await rep.sees("Your name", "Robin", "America/New_York")
    await rep.press("g", "down", "enter")
    await rep.sees("Your desk", "Time zone")
    await rep.write("Chicago")
    await rep.press("ctrl+s")
    await rep.sees("America/Chicago", "Settings")
    await go_to(rep, "plan_moves")
    await rep.press("enter")
    await rep.sees("Plan moves is no now.")
    await rep.press("u")
    await rep.sees("Plan moves is yes now.")
    await rep.press("u")
    await rep.sees("taken back")
    assert rep.desk.zone.key == "America/New_York"
    await rep.press("U", "U")
    await rep.sees("Plan moves is no now.")
    assert rep.desk.zone.key == "America/Chicago"


async def test_only_what_was_changed_is_shown(rep: Rep) -> None:
    await rep.press("ctrl+l", "c")
    await rep.sees("Every setting is at its default.", "c shows all.")
    await rep.press("c")
    await go_to(rep, "event_days")
    await rep.press("enter")
    await rep.write("10")
    await rep.press("enter")
    await rep.sees("Event is 10 days now.")
    await rep.press("escape", "c")
    shown = await rep.sees("Settings · not at their default", "Event", "10 days")
    assert "Plan moves" not in shown
    await rep.press("c", "g")
    await rep.sees("Time zone", "Theme")
    await rep.press("c")
    shown = await rep.sees("Settings · not at their default", "Event", "10 days")
    assert "Theme" not in shown, "nothing of the longer list stays below the shorter one"


async def test_groups_are_gone_along_and_the_footer_fits(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        await rep.press("ctrl+l")
        shown = await rep.sees("Your name", "It signs your messages", "enter Change", "esc Back", "u Undo", "? Help")
        await rep.press("right_square_bracket", "right_square_bracket")
        await rep.sees("Soon", "May be    from 0 to 100,000 days")
        await rep.press("left_square_bracket")
        shown = await rep.sees("Theme", "How the screens look")
        assert all(len(line) <= 80 for line in shown.splitlines())


async def test_every_setting_has_a_row_and_no_name_is_cut_off(rep: Rep) -> None:
    rows = rows_of(rep.desk)
    assert {row.group for row in rows} >= {"Desk", "Looks", "Waits of the queue", "Links", "Keys: Everywhere"}
    assert all(row.about for row in rows)
    for row in rows:
        assert len(row.title) <= 28, row.title


@pytest.mark.parametrize("name", ["THEME", "MOUSE"])
async def test_a_variable_that_goes_before_the_file_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"STYLISTDESK_{name}", "nord" if name == "THEME" else "no")
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await go_to(rep, name.lower())
        await rep.sees(f"STYLISTDESK_{name} goes before the file")
        await rep.press("enter")
        await rep.sees(f"STYLISTDESK_{name} is set, and says what this is.")
