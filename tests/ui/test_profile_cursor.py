"""The cursor in a section of the profile: on what was added, and after an undo where it was."""

from datetime import date
from pathlib import Path

from stylistdesk.commands.work import AddTask
from stylistdesk.ui.profile.screen import Profile
from tests.helpers import dump
from tests.ui.conftest import Rep, at_the_desk
from tests.ui.test_forms import profile_at


def on(rep: Rep) -> object:
    """The key of the entry under the cursor."""
    profile = rep.app.screen
    assert isinstance(profile, Profile)
    return profile._entries.current


async def test_what_was_added_is_under_the_cursor_and_in_sight(folder: Path) -> None:
    async with at_the_desk(folder, (80, 24)) as rep:
        for day in range(1, 19):
            rep.desk.do(AddTask(1, f"Send card {day}", date(2026, 12, day)))
        await profile_at(rep, "Tasks")
        await rep.sees("Send card 1")
        await rep.press("enter", "a")
        await rep.sees("Add a task")
        await rep.write("Send a very late card")
        await rep.press("tab")
        await rep.write("2026-12-20")
        await rep.press("ctrl+s")
        await rep.sees("Added the task", "a very late card")
        assert on(rep) == ("task", 19)
        await rep.press("delete")
        await rep.sees("Removed the task", "Send card 18")
        await rep.until(lambda shown: "a very late card  " not in shown.partition("To do")[2])
        assert on(rep) == ("task", 18)


async def test_a_follow_up_of_the_key_for_it_is_under_the_cursor(rep: Rep) -> None:
    rep.desk.do(AddTask(1, "Send a card"))
    await profile_at(rep, "Tasks")
    await rep.press("enter", "f")
    await rep.sees("Follow up with Ana Ruiz")
    await rep.press("ctrl+s")
    await rep.sees("Scheduled a follow-up", "Promised follow-ups")
    assert on(rep) == ("follow_up", 1)


async def test_undo_leaves_the_cursor_on_its_row(rep: Rep) -> None:
    for number in (1, 2, 3):
        rep.desk.do(AddTask(1, f"Send card {number}", date(2026, 12, number)))
    before = dump(rep.desk)
    await profile_at(rep, "Tasks")
    await rep.sees("Send card 3")
    await rep.press("enter", "delete")
    await rep.sees("Removed the task")
    await rep.press("j")
    assert on(rep) == ("task", 3)
    await rep.press("u")
    await rep.sees("Took back", "Send card 1")
    assert on(rep) == ("task", 3)
    assert dump(rep.desk) == before


async def test_undo_in_the_history_leaves_the_cursor_on_its_line(rep: Rep) -> None:
    for number in (1, 2, 3):
        rep.desk.do(AddTask(1, f"Send card {number}"))
    await profile_at(rep, "History")
    await rep.sees("Send card 3")
    await rep.press("enter", "j")
    was_on = on(rep)
    await rep.press("u")
    await rep.sees("Took back: Added the task", "Send card 2")
    await rep.until(lambda shown: "Took back" in shown.partition("History")[2])
    assert on(rep) == was_on


# ------------------------------------------------------------ which pane the keys go to


async def test_a_key_for_a_row_waits_until_the_cursor_is_to_be_seen(rep: Rep) -> None:
    rep.desk.do(AddTask(1, "Send a card"))
    before = dump(rep.desk)
    await profile_at(rep, "Tasks")
    await rep.sees("Send a card", "enter Into", "esc Back")
    for key in ("delete", "space", "e"):
        await rep.press(key)
        await rep.sees("enter goes into the section first.")
        await rep.press("shift+f5")  # any key: the line says its summary again
        await rep.until(lambda shown: "goes into the section" not in shown)
    assert dump(rep.desk) == before
    await rep.press("enter")
    await rep.sees("enter Open", "esc To the list", "space Done or not")
    await rep.press("space")
    await rep.sees("Did the task")
    await rep.press("escape")
    await rep.until(lambda shown: "enter Into" in shown and "space Done" not in shown)


async def test_adding_needs_no_row(rep: Rep) -> None:
    rep.desk.do(AddTask(1, "Send a card"))
    await profile_at(rep, "Tasks")
    await rep.sees("Send a card")
    await rep.press("a")
    await rep.sees("Add a task")


async def test_only_the_pane_with_the_focus_has_the_strong_cursor(rep: Rep) -> None:
    rep.desk.do(AddTask(1, "Send a card"))
    await profile_at(rep, "Tasks")
    await rep.sees("Send a card")
    profile = rep.app.screen
    assert isinstance(profile, Profile)

    def bars() -> list[str]:
        found = []
        for pane, word in ((profile._sections, "Tasks"), (profile._entries, "Send a card")):
            lines = [pane.render_line(y) for y in range(pane.size.height)]
            at = next(line for line in lines if word in line.text)
            found.append(next(str(s.style.bgcolor.name) for s in at if s.style and s.style.bgcolor and word in s.text))
        return found

    accent, plain = bars()
    assert plain == "#16171b"
    await rep.press("enter")
    await rep.until(lambda _: bars() == ["#2b2f38", "#2b2f38"])
    await rep.press("escape")
    await rep.until(lambda _: bars() == [accent, plain])


async def test_removing_her_from_the_overview_asks_first(rep: Rep) -> None:
    before = dump(rep.desk)
    await profile_at(rep, "Overview")
    await rep.press("delete")
    await rep.sees("Remove Ana Ruiz?", "u brings her back", "y Remove her")
    await rep.press("escape")
    await rep.until(lambda shown: "Remove Ana" not in shown)
    assert dump(rep.desk) == before
    await rep.press("delete")
    await rep.sees("Remove Ana Ruiz?")
    await rep.press("y")
    await rep.sees("She is no longer on the desk", "Removed Ana Ruiz")
    await rep.press("u")
    await rep.sees("Took back: Removed Ana Ruiz")
    assert dump(rep.desk) == before


async def test_help_names_the_section_at_hand(rep: Rep) -> None:
    await profile_at(rep, "Style Quiz")
    await rep.press("question_mark")
    await rep.sees("Keys in Style Quiz")
    await rep.press("escape", "right_square_bracket", "question_mark")
    await rep.sees("Keys in Cadence", "Pause")


async def test_where_sections_are_out_of_sight_the_list_says_so(folder: Path) -> None:
    """On the smallest screen, say, under a banner, where there is no scroll bar."""
    async with at_the_desk(folder, (80, 23)) as rep:
        await rep.sees("need you")
        await rep.press("enter")
        await rep.until(lambda shown: "─ 1 more ─╯" in shown and "Attachments" not in shown, "one more below")
        await rep.press("G")
        await rep.until(lambda shown: "╭─ 1 more ─" in shown and "│ Attachments" in shown, "one more above")
        assert "1 more ─╯" not in rep.read()
        await rep.pilot.resize_terminal(80, 24)
        await rep.until(lambda shown: "│ Overview" in shown and " more " not in shown, "room for all")
