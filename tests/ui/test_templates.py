"""Templates by keys (R44): written with a preview on a real client, used in a message, replaced and brought back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.templates import AddTemplate, TemplateForm
from stylistdesk.desk import Desk
from stylistdesk.domain.templates import MessageTemplate
from stylistdesk.domain.types import Channel, MessageKind, SignalKind
from stylistdesk.paths import desk_paths
from stylistdesk.queries.templates import templates
from tests.ui.conftest import NOW, Did, Rep, at_the_desk


def called(rep: Rep, name: str) -> MessageTemplate:
    return next(one for one in rep.desk.ask(templates) if one.name == name)


async def type_in(rep: Rep, words: str) -> None:
    await rep.press(*("space" if c == " " else c for c in words))


async def go_to(rep: Rep, name: str) -> None:
    """Move the cursor of the page to a template."""
    for _ in range(60):
        if rep.app.screen._at is not None and rep.app.screen._at.name == name:  # type: ignore[attr-defined]
            return
        await rep.press("j")
    pytest.fail(f"{name} is not on the page")


async def open_page(rep: Rep) -> None:
    await rep.press("ctrl+k")
    await rep.sees("39 templates", "none of your own yet", "Help with her cart")


async def test_one_of_hers_is_written_tried_on_a_client_and_used(rep: Rep) -> None:
    await open_page(rep)
    await go_to(rep, "Answer her question")
    await rep.sees("To Ana Ruiz", "Hi Ana, thank you for asking!")
    await rep.press("a")
    await rep.sees("Write a template", "empty: any time")
    await type_in(rep, "Navy, yes")
    rep.app.screen.query_one("#field-occasion").focus()
    await type_in(rep, "her ques")
    await rep.sees("first for: Answer her question")
    rep.app.screen.query_one("#field-subject").focus()
    await type_in(rep, "It is")
    assert rep.app.screen.value_of("occasion") == "Answer her question"  # type: ignore[attr-defined]
    rep.app.screen.query_one("#field-body").focus()
    await type_in(rep, "Dear ")
    await rep.press("ctrl+k")
    await rep.sees("Put in which field?", "her whole name · Ana Ruiz")
    await type_in(rep, "whole")
    await rep.press("enter")
    await rep.sees("Dear Ana Ruiz", "13 characters")
    await type_in(rep, ", {{ itme }}")
    await rep.sees("Line 1: there is no field “itme”.", "Did you mean item?")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: shown.count("there is no field “itme”") == 2, "beside the field, and in the preview")
    for _ in range(len("itme }}")):
        await rep.press("backspace")
    await type_in(rep, "the_item }}")
    await rep.sees("Dear Ana Ruiz, [no item known]")
    for _ in range(len("{{ the_item }}")):
        await rep.press("backspace")
    await type_in(rep, "it is.")
    await rep.press("ctrl+s")
    await rep.sees("Wrote the template “Navy, yes”", "yours")
    mine = called(rep, "Navy, yes")
    assert (mine.body, mine.occasion) == ("Dear {{ name }}, it is.", "answer_question")
    assert rep.app.screen._at == mine  # type: ignore[attr-defined]
    await rep.press("escape")
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "Dear Ana Ruiz, it is.")


async def test_a_save_that_failed_leaves_the_preview_saying_what_is_wrong(rep: Rep) -> None:
    """It turned into an empty letter of 0 characters."""
    await open_page(rep)
    await rep.press("a")
    await rep.sees("Write a template")
    await type_in(rep, "Mine")
    await rep.press("shift+tab", "shift+tab")
    await type_in(rep, "It is")
    await rep.press("tab")
    await type_in(rep, "{{ first_nam }}")
    wrong = "Line 1: there is no field “first_nam”."
    await rep.sees(wrong, "Did you mean first_name?")
    await rep.press("ctrl+s")
    await rep.until(lambda shown: shown.count("Line 1: there is no field") == 2, "beside the field too")
    await rep.pilot.pause(0.2)
    shown = rep.read()
    assert wrong in shown and "0 characters" not in shown
    for _ in " }}":
        await rep.press("backspace")
    await type_in(rep, "e }}")
    await rep.sees("Ana", "3 characters")


async def test_one_of_ours_gives_place_and_comes_back_when_hers_is_removed(rep: Rep) -> None:
    await open_page(rep)
    await go_to(rep, "Answer her question")
    await rep.press("e")
    await rep.sees("Your words for “Answer her question”")
    await type_in(rep, "It is")
    await rep.press("ctrl+s")
    await rep.sees("Put your words in the place of", "in the place of ours")
    await rep.press("escape", "m")
    await rep.sees("Hi Ana, thank you for asking! It is")
    await rep.press("escape", "ctrl+k")
    await rep.sees("1 of your own")
    await go_to(rep, "Answer her question")
    await rep.press("delete")
    await rep.sees("is as it came with the desk")
    await rep.press("escape", "m")
    shown = await rep.sees("Hi Ana, thank you for asking!")
    assert "It is " not in shown.split("thank you for asking!")[1].split("\n")[0]


async def test_one_is_hidden_and_offered_again_and_what_is_done_is_undone(rep: Rep) -> None:
    await open_page(rep)
    await go_to(rep, "Make it right")
    await rep.press("delete")
    await rep.sees("This one came with the desk.", "Hide it")
    await rep.press("h")
    await rep.sees("Hid the template “Make it right”", "hidden", "Offer again")
    await rep.press("u")
    await rep.sees("Took back: Hid the template")
    await rep.press("k")
    shown = await rep.sees("39 templates   none of your own yet")
    assert "hidden" not in shown
    assert not called(rep, "Make it right").hidden


async def test_they_are_tried_on_another_client(rep: Rep) -> None:
    await open_page(rep)
    await rep.press("v")
    await rep.sees("See it for whom?")
    await type_in(rep, "bea")
    await rep.press("ctrl+s")
    await rep.sees("To Bea Okafor", "Hi Bea, thank you for telling me, and I am sorry")
    await go_to(rep, "Help with her cart")
    await rep.sees("I saw the tan ankle boot in your cart")
    await rep.press("enter")
    await rep.sees("Your words for", "To Bea Okafor")
    await rep.press("ctrl+o")
    await rep.sees("See it for whom?")
    await type_in(rep, "cleo")
    await rep.press("ctrl+s")
    await rep.sees("To Cleo Marsh", "Hi Cleo, I saw something you like in your cart")


async def test_what_only_an_event_can_say_is_shown_as_an_example(rep: Rep) -> None:
    await open_page(rep)
    await go_to(rep, "Thank a host")
    await rep.sees("Thank you: Fall evening", "Examples here: event, orders, sales.")


async def test_another_template_is_picked_and_what_she_typed_stays_unless_she_agrees(rep: Rep) -> None:
    await rep.press("m")
    await rep.sees("Message to Ana Ruiz", "Hi Ana, thank you for asking!")
    await rep.press("ctrl+k")
    await rep.sees("Begin with which template?", "Answer her question")
    await rep.press("f1")
    await rep.sees("Keys in Choice by letters", "Show only the lines that have these letters")
    await rep.press("escape")
    await type_in(rep, "zzz")
    await rep.sees("Nothing has these letters.")
    for _ in "zzz":
        await rep.press("backspace")
    await type_in(rep, "birth")
    await rep.until(lambda shown: "Happy birthday" in shown and "Check in" not in shown, "only what has the letters")
    await rep.press("enter")
    await rep.sees("Hi Ana, happy birthday!")
    assert rep.app.screen.value_of("kind") == "commercial"  # type: ignore[attr-defined]
    await type_in(rep, " Love,")
    await rep.press("ctrl+k")
    await type_in(rep, "late")
    await rep.press("enter")
    await rep.sees("Replace what you wrote?", "“Running late” takes its place.")
    await rep.press("escape")
    await rep.sees("happy birthday!", "Love,")
    await rep.press("ctrl+k")
    await type_in(rep, "late")
    await rep.press("enter")
    await rep.sees("Replace what you wrote?")
    await rep.press("y")
    await rep.sees("Hi Ana, I am running a few minutes late")
    assert rep.app.screen.value_of("kind") == "order"  # type: ignore[attr-defined]
    await rep.press("ctrl+k")
    await type_in(rep, "looks email")
    await rep.press("enter")
    await rep.sees("It is time for your next looks!", "c1@example.com")
    assert rep.app.screen.value_of("channel") == "email"  # type: ignore[attr-defined]
    await rep.press("ctrl+k")
    await type_in(rep, "birth")
    await rep.press("enter")
    await rep.sees("Happy birthday! I hope", seconds=5)
    rep.app.screen.query_one("#field-channel").focus()
    await rep.press("t")
    await rep.sees("Hi Ana, happy birthday! I hope")


async def test_what_is_not_known_of_her_is_not_sent(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        form = TemplateForm("Mine", "Hi, {{ brand }} has it.", "It is", occasion="answer_question")
        desk.do(AddTemplate(replace(form, kind=MessageKind.ANSWER)))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Hi, [no brand known] has it.", "[no brand known]: write what it is, or take it out")
        await rep.press("ctrl+s")
        await rep.sees("[no brand known] still stands in it.")
        assert rep.app.clipboard == ""
        await rep.write("Hi, Alder has it.")
        await rep.press("ctrl+s")
        await rep.sees("Completed follow-up with Ana Ruiz")
        assert rep.app.clipboard == "Hi, Alder has it."


async def test_an_email_says_more_than_a_text_and_what_she_typed_stays(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for name, channel in (("Short", Channel.TEXT), ("Long", Channel.EMAIL)):
            desk.do(AddTemplate(TemplateForm(name, f"{name} words.", name, channel, "answer_question")))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Short words.")
        rep.app.screen.query_one("#field-channel").focus()
        await rep.press("e")
        await rep.sees("Long words.")
        rep.app.screen.query_one("#field-body").focus()
        await type_in(rep, " And mine.")
        rep.app.screen.query_one("#field-channel").focus()
        await rep.press("t")
        await rep.until(lambda shown: "Subject" not in shown, "a text has no subject")
        await rep.sees("Long words. And mine.")


async def test_one_begins_with_the_words_of_another(rep: Rep) -> None:
    await open_page(rep)
    await go_to(rep, "Happy birthday")
    await rep.press("c")
    await rep.sees("Copy of “Happy birthday”", "Hi Ana, happy birthday!")
    await type_in(rep, "To Bea")
    await rep.press("ctrl+s")
    await rep.sees("Wrote the template “To Bea”")
    assert called(rep, "To Bea").body == called(rep, "Happy birthday").body
    await rep.press("u")
    await rep.sees("Took back: Wrote the template “To Bea”")


async def test_one_that_cannot_be_filled_for_her_keeps_no_message_from_being_written(folder: Path) -> None:
    odd = "{{ comment }}" * 12 + "Hello"
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddTemplate(TemplateForm("Odd", odd, "s", None, "answer_question")))
        desk.do(Did(1, SignalKind.COMMENTED, timedelta(minutes=5), item="Coat", comment="And this one? " * 150))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("m")
        await rep.sees("Message to Ana Ruiz", "Hi Ana,")
        await rep.press("ctrl+k")
        await type_in(rep, "odd")
        await rep.press("enter")
        await rep.sees("The message is longer than 20,000 characters.", "Hi Ana,")


async def test_what_it_is_for_is_asked_back_where_it_can_be_several(rep: Rep) -> None:
    await open_page(rep)
    await rep.press("a")
    await rep.sees("Write a template")
    rep.app.screen.query_one("#field-occasion").focus()
    await type_in(rep, "order")
    await rep.sees("It can be several: Thank her for the", "Write more of one.")


async def test_a_field_goes_where_the_cursor_is_and_where_none_can_stand_that_is_said(rep: Rep) -> None:
    await open_page(rep)
    await rep.press("a")
    await rep.sees("Write a template")
    where = "Only Subject and Words take a field."
    for at, below in (("name", "Name"), ("occasion", "For"), ("channel", "Subject"), ("kind", "Subject")):
        rep.app.screen.query_one(f"#field-{at}").focus()
        await rep.press("ctrl+k")
        shown = (await rep.sees(where)).split(where)[0]
        assert max(("Name", "For", "Subject"), key=shown.rfind) == below
        rep.app.screen.query_one("#field-subject").focus()
        await rep.until(lambda shown: where not in shown, "it is not said any more")
    await type_in(rep, "For !")
    await rep.press("left", "ctrl+k")
    await type_in(rep, "first")
    await rep.press("enter")
    await rep.sees("For {{ first_name }}!", "Subject  For Ana!")
    await type_in(rep, " {{ itme }}")
    await rep.sees("Subject: there is no field “itme”.")
    assert rep.app.screen.value_of("body") == ""  # type: ignore[attr-defined]
