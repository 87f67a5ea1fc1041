"""Daily Tasks, by its keys: what a rep sees after each."""

from dataclasses import dataclass

import pytest
from textual import events

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.work import AddTask
from stylistdesk.db.tables import CsatResponse
from stylistdesk.ui.dialogs import message
from tests.ui.conftest import NOW, Rep


@dataclass(frozen=True, slots=True)
class Unhappy:
    """Ana gave a low score."""

    def apply(self, work: Work) -> Outcome:
        work.session.add(CsatResponse(client_id=1, external_id="low", responded_at=work.now, score=1))
        return Outcome("Gave a low score", (1,))


def order_of(rep: Rep) -> list[str]:
    return [row.name for row in rep.app.screen.listed.rows]  # type: ignore[attr-defined]


async def test_the_queue_says_who_what_and_why(rep: Rep) -> None:
    shown = rep.read()
    assert "5 clients need you" in shown
    assert "Answer her comment" in shown
    assert "Love the coat, is it in navy?" in shown
    assert "urgency" in shown


async def test_done_goes_to_the_next_client_and_undo_comes_back(rep: Rep) -> None:
    first, second = order_of(rep)[:2]
    await rep.press("d")
    await rep.sees(f"Completed follow-up with {first}. u undoes it.", "Daily Tasks 4")
    assert rep.under_cursor() == second
    await rep.press("j")
    await rep.until(lambda shown: "Completed" not in shown, "what was done is said no more")
    await rep.press("u")
    await rep.sees(f"Took back: Completed follow-up with {first}")
    assert rep.under_cursor() == first
    await rep.press("U")
    await rep.sees(f"Did again: Completed follow-up with {first}")
    assert first not in order_of(rep)


async def test_keys_pressed_quickly_act_on_one_client_each(rep: Rep) -> None:
    before = order_of(rep)
    await rep.press("d", "d", "d")
    await rep.sees(f"Completed follow-up with {before[2]}")
    assert order_of(rep) == before[3:]


async def test_what_is_typed_before_a_form_is_there_goes_into_the_form(rep: Rep) -> None:
    """Or the first letters of a note would deal with clients: d done, x dismiss."""
    await rep.sees("5 clients need you")
    for key in ("n", "d", "x", "d"):
        rep.app.post_message(events.Key(key, key))
    await rep.sees("Note on", "dxd")
    await rep.press("escape", "y")
    await rep.sees("5 clients need you")


async def test_the_last_client_done_is_a_good_day(rep: Rep) -> None:
    await rep.press("d", "d", "d", "d", "d")
    shown = await rep.sees("A good day")
    assert "all clients" in shown
    await rep.press("u")
    await rep.until(lambda shown: "A good day" not in shown)


async def test_marked_clients_are_one_step(rep: Rep) -> None:
    before = order_of(rep)
    await rep.press("space", "space")
    await rep.sees("2 marked")
    await rep.press("d")
    await rep.sees("Completed follow-up with", "and 1 more")
    assert order_of(rep) == before[2:]
    assert rep.under_cursor() == before[2]
    await rep.press("u")
    await rep.until(lambda _: order_of(rep) == before)


async def test_mark_all_then_none(rep: Rep) -> None:
    await rep.press("asterisk")
    await rep.sees("5 marked")
    await rep.press("escape")
    await rep.until(lambda shown: "marked" not in shown)


async def test_filter_as_you_type_and_escape_shows_all(rep: Rep) -> None:
    await rep.press("ctrl+f", *"dana")
    await rep.until(lambda _: order_of(rep) == ["Dana Whitfield"])
    await rep.press("enter", "d")
    await rep.sees("Completed follow-up with Dana Whitfield")
    await rep.press("ctrl+f", "escape")
    await rep.until(lambda _: len(order_of(rep)) == 4)
    await rep.press("ctrl+f", *"zz")
    await rep.sees("No client here has “zz”", "esc shows all again")
    await rep.press("escape", "ctrl+f", *"comment", "space", *"now")
    await rep.until(lambda _: order_of(rep) == ["Ana Ruiz"], "only who is due now")


async def test_letters_go_to_the_filter_and_not_to_the_desk(rep: Rep) -> None:
    await rep.press("ctrl+f", *"duq3")
    assert rep.app.is_running
    assert rep.desk.version == rep.app.screen.shown_version  # type: ignore[attr-defined]
    await rep.sees("“duq3”")


async def test_sort_by_name(rep: Rep) -> None:
    await rep.press("o", "o", "o")
    await rep.sees("by name")
    assert order_of(rep) == sorted(order_of(rep))


async def test_snooze_until_a_day_in_words(rep: Rep) -> None:
    first = order_of(rep)[0]
    await rep.press("s")
    await rep.sees(f"Snooze {first}", "until Sun 22 Nov 9:00")
    await rep.write("in 2 weeks")
    await rep.sees("until Sat 5 Dec 9:00")
    await rep.press("enter")
    await rep.sees(f"Snoozed {first} until Sat 5 Dec")
    assert first not in order_of(rep)


async def test_a_wrong_day_is_said_beside_its_field_and_nothing_typed_is_lost(rep: Rep) -> None:
    await rep.press("s")
    await rep.sees("Until")
    await rep.write("blursday")
    await rep.press("ctrl+s")
    shown = await rep.sees("not a time that I understand")
    assert "blursday" in shown
    await rep.write("yesterday")
    await rep.press("ctrl+s")
    await rep.sees("That time is past.")


async def test_escape_asks_only_if_something_was_changed(rep: Rep) -> None:
    await rep.press("n", "escape")
    await rep.sees("clients need you")
    await rep.press("n", *"hello", "escape")
    await rep.sees("Leave without saving?")
    await rep.press("escape")
    await rep.sees("hello")
    await rep.press("escape")
    await rep.sees("Leave without saving?", "y Leave", "esc Stay")
    await rep.press("enter", "ctrl+s")  # pressed by habit, and no answer
    assert "Leave without saving?" in rep.read()
    await rep.press("y")
    await rep.sees("clients need you")


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("n", "Likes ink", "Added a note about Ana Ruiz"),
        ("t", "Send swatches", "Added the task “Send swatches” for Ana Ruiz"),
        ("x", "not now", "Dismissed “Answer her comment” for Ana Ruiz"),
        ("c", "", "Completed follow-up with Ana Ruiz"),
        ("D", "", "Completed follow-up with Ana Ruiz"),
        ("f", "", "Scheduled a follow-up with Ana Ruiz for Sat 28 Nov"),
    ],
)
async def test_each_key_does_its_work_and_goes_on(rep: Rep, key: str, words: str, said: str) -> None:
    await rep.press(key)
    await rep.sees("Ana Ruiz", "ctrl+s")
    if words:
        await rep.write(words)
    await rep.press("ctrl+s")
    await rep.sees(said, "u undoes it.")
    assert (rep.under_cursor() == "Ana Ruiz") is (key in "nt")  # a note or a task settles nothing
    await rep.press("u")
    await rep.sees("Took back")
    assert rep.under_cursor() == "Ana Ruiz"


async def test_several_are_removed_only_after_a_question_and_one_at_once(rep: Rep) -> None:
    before = order_of(rep)
    await rep.press("space", "space", "delete")
    await rep.sees("Remove 2 clients?", "brings them back")
    await rep.press("escape")
    await rep.sees("5 clients need you")
    await rep.press("delete", "y")
    await rep.sees("and 1 more", "Daily Tasks 3")
    await rep.press("u")
    await rep.until(lambda _: order_of(rep) == before)
    await rep.press("delete")
    await rep.sees("Removed", "Daily Tasks 4")


async def test_edit_and_why_are_of_the_one_under_the_cursor_whoever_is_marked(rep: Rep) -> None:
    await rep.press("space", "space")
    name = rep.under_cursor()
    await rep.press("e")
    await rep.sees(f"Edit {name}")
    await rep.press("escape")
    await rep.press("w")
    await rep.sees(f"Why {name}")


async def test_a_snooze_that_something_urgent_breaks_says_so(rep: Rep) -> None:
    rep.desk.do(Unhappy())
    rep.app.screen.reload()  # type: ignore[attr-defined]
    await rep.sees("Make it right")
    await rep.press("g", "s")
    await rep.sees("Snooze Ana Ruiz")
    await rep.press("enter")
    await rep.sees("Still urgent: Make it right.")


async def test_a_message_is_written_from_a_template_copied_and_logged(rep: Rep) -> None:
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "Hi Ana, thank you for asking", "ctrl+s Copy", "ctrl+o Open")
    await rep.press("ctrl+s")
    await rep.sees("Not copied. It is not finished: the last words are")
    assert rep.app.clipboard == ""
    await rep.press("Y", "e", "s", "ctrl+s")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert rep.app.clipboard == "Hi Ana, thank you for asking! Yes"
    await rep.press("u")
    await rep.sees("Took back")
    assert rep.under_cursor() == "Ana Ruiz"


async def test_a_message_opens_as_an_encoded_link(rep: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(message, "open_link", lambda link: opened.append(link) is None)
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "(212) 555-0101")
    await rep.press("Y", "e", "s", "ctrl+o")
    await rep.sees("Completed follow-up with Ana Ruiz")
    assert opened[0].startswith("sms:+12125550101?body=Hi%20Ana%2C")
    assert " " not in opened[0]


async def test_a_link_that_nothing_opens_logs_nothing(rep: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a client counts as answered to whom nothing was sent."""
    monkeypatch.setattr(message, "open_link", lambda _link: False)
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz")
    await rep.press("Y", "e", "s", "ctrl+o")
    await rep.sees("No program here opens sms: links", "Message to Ana Ruiz")
    await rep.press("escape", "y")
    await rep.until(lambda shown: "5 clients need you" in shown and "Message to" not in shown)


async def test_saving_a_form_as_it_was_does_not_offer_to_undo_something_else(rep: Rep) -> None:
    await rep.press("e")
    await rep.sees("Edit Ana Ruiz")
    await rep.press("ctrl+s")
    assert "undoes it" not in await rep.sees("Nothing was changed")


async def test_why_shows_every_term_and_all_suggestions(rep: Rep) -> None:
    await rep.press("w")
    shown = await rep.sees("Why Ana Ruiz", "Urgency", "together", "rule 5")
    assert "Then" in shown
    await rep.press("escape")
    await rep.sees("clients need you")


async def test_the_pane_follows_the_cursor(rep: Rep) -> None:
    await rep.press("j")
    name = rep.under_cursor()
    await rep.until(lambda shown: f"─ {name}  $$$$" in shown, name)
    await rep.press("G")
    last = rep.under_cursor()
    await rep.until(lambda shown: f"─ {last}  $$$$" in shown, last)


async def test_the_mouse_does_what_the_keys_do(rep: Rep) -> None:
    names = order_of(rep)
    await rep.pilot.click("#list", offset=(10, 4))
    assert rep.under_cursor() == names[1]
    await rep.pilot.click("KeyFooter", offset=(2, 0))
    await rep.sees(f"Completed follow-up with {names[1]}")
    bar = rep.read().splitlines()[0]
    await rep.pilot.click("TabBar", offset=(bar.index("8 All") + 1, 0))
    await rep.sees("5 clients", "by name")


async def test_of_several_who_are_done_it_is_said_who_stays(rep: Rep) -> None:
    rep.desk.do(AddTask(1, "Send swatches", NOW.date()))
    await rep.press("asterisk", "d")
    await rep.sees("Completed follow-up with Ana Ruiz and", "1 of them stays: Ana Ruiz, ")
