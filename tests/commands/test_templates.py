"""Templates of her own (R44): written, put in the place of one that came with the desk, hidden, and taken back."""

from dataclasses import replace

import pytest

from stylistdesk.commands.templates import AddTemplate, EditTemplate, HideTemplate, RemoveTemplate, TemplateForm
from stylistdesk.desk import Desk
from stylistdesk.domain.built_in_templates import BUILT_IN, BY_KEY
from stylistdesk.domain.templates import MessageTemplate, best, by_nearness, parse_occasion
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.queries.templates import templates
from tests.commands.undone import Done, refused

HERS = TemplateForm("Cart, my way", "Hi {{ first_name }}, shall I keep {{ the_item }} for you?", "Your cart",
                    occasion="help_with_cart")  # fmt: skip


def called(desk: Desk, name: str) -> MessageTemplate:
    return next(one for one in desk.ask(templates) if one.name == name)


def taken(desk: Desk, occasion: str, channel: Channel = Channel.TEXT) -> str:
    return best(desk.ask(templates), occasion, channel).name


def test_the_desk_comes_with_all_of_them(desk: Desk) -> None:
    assert sorted(one.key for one in desk.ask(templates)) == sorted(BY_KEY)
    assert taken(desk, "help_with_cart") == "Help with her cart"
    assert taken(desk, "thank_for_order") == "Thank her for the order"
    assert taken(desk, "thank_for_order", Channel.EMAIL) == "Thank her for the order, by email"
    assert taken(desk, "no_such_thing") == "Follow up", "what nothing is written for begins with a greeting"


def test_hers_comes_before_ours_and_gives_way_as_it_goes(desk: Desk) -> None:
    done = Done(desk)
    first = done(AddTemplate(HERS))
    assert first.label == "Wrote the template “Cart, my way”"
    assert taken(desk, "help_with_cart") == taken(desk, "help_with_cart", Channel.EMAIL) == "Cart, my way"
    done(AddTemplate(replace(HERS, name="By email", channel=Channel.EMAIL)))
    done(AddTemplate(replace(HERS, name="By text", channel=Channel.TEXT, subject="")))
    assert taken(desk, "help_with_cart") == "By text", "one for the channel goes before one for both"
    assert taken(desk, "help_with_cart", Channel.EMAIL) == "By email"
    done(HideTemplate(called(desk, "By text").ref))
    assert taken(desk, "help_with_cart") == "Cart, my way"
    done(RemoveTemplate(first.value))
    assert taken(desk, "help_with_cart") == "Help with her cart"
    done(HideTemplate(called(desk, "By text").ref, hidden=False))
    assert taken(desk, "help_with_cart") == "By text"


def test_one_of_ours_gives_its_place_to_her_words_and_is_back_when_they_are_removed(desk: Desk) -> None:
    done, ours = Done(desk), BY_KEY["check_in"]
    form = TemplateForm(ours.name, "Hello {{ first_name }}, how are you?", ours.subject, occasion="check_in")
    edited = done(EditTemplate("check_in", form))
    assert edited.label == "Put your words in the place of “Check in”"
    mine = called(desk, "Check in")
    assert (mine.body, mine.is_own, mine.replaces) == (form.body, True, "check_in")
    assert len(desk.ask(templates)) == len(BUILT_IN)
    done(EditTemplate("check_in", replace(form, body="Hello!")))
    done(EditTemplate(mine.ref, replace(form, name="How are you")))
    assert called(desk, "How are you").row == mine.row
    removed = done(RemoveTemplate(mine.ref))
    assert removed.label == "Removed your words: “Check in” is as it came with the desk"
    assert called(desk, "Check in") == ours


def test_one_of_ours_is_hidden_and_offered_again(desk: Desk) -> None:
    done, ours = Done(desk), BY_KEY["check_in"]
    done(HideTemplate("check_in"))
    assert called(desk, "Check in") == replace(ours, hidden=True)
    assert taken(desk, "check_in") == "Follow up"
    assert ours.name not in [one.name for one in by_nearness(desk.ask(templates), "check_in", Channel.TEXT)]
    done(HideTemplate("check_in", hidden=False))
    assert called(desk, "Check in") == ours


def test_one_of_hers_that_ends_where_she_goes_on_stays_open(desk: Desk) -> None:
    desk.do(AddTemplate(replace(HERS, name="Open", body="Hi {{ first_name }}, here it is:   ")))
    assert called(desk, "Open").body == "Hi {{ first_name }}, here it is: "


def test_saving_ours_unchanged_changes_nothing(desk: Desk) -> None:
    ours = BY_KEY["check_in"]
    same = TemplateForm(ours.name, ours.body, ours.subject, ours.channel, ours.occasion, ours.kind)
    assert not desk.do(EditTemplate("check_in", same)).changed


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("name", {"name": "  "}, "It has no name."),
        ("name", {"name": "check IN"}, "There is a template “check IN” already."),
        ("body", {"body": " \n"}, "It says nothing yet."),
        ("body", {"body": "Hi\n{{ itme }}"}, "Line 2: there is no field “itme”. Did you mean item?"),
        ("body", {"body": "{% for i in name %}{% endfor %}"}, "Line 1: a template cannot go round in a loop."),
        ("body", {"body": "x" * 5_001}, "A template has at most 5,000 characters; this has 5,001."),
        ("subject", {"subject": ""}, "An email needs a subject."),
        ("subject", {"subject": "{{ evnt }}"}, "Subject: there is no field “evnt”. Did you mean event?"),
        ("occasion", {"occasion": "tea"}, "It is not said what it is for."),
        ("channel", {"channel": Channel.CALL}, "A template is for a text, an email or both."),
    ],
)
def test_what_cannot_be_filled_is_not_kept(desk: Desk, field: str, wrong: dict[str, object], said: str) -> None:
    with refused(desk, field) as no:
        desk.do(AddTemplate(replace(HERS, **wrong)))  # type: ignore[arg-type]
    assert str(no.value).startswith(said)


def test_what_came_with_the_desk_or_is_gone_is_not_removed(desk: Desk) -> None:
    with refused(desk) as no:
        desk.do(RemoveTemplate("check_in"))
    assert "Hide it" in str(no.value)
    for command in (RemoveTemplate(7), EditTemplate(7, HERS), HideTemplate(7), EditTemplate("no such", HERS)):
        with refused(desk) as no:
            desk.do(command)
        assert "no longer on the desk" in str(no.value)


def test_her_name_may_be_one_that_a_hidden_or_replaced_one_of_ours_had(desk: Desk) -> None:
    done = Done(desk)
    done(EditTemplate("check_in", replace(HERS, name="My check-in", occasion="check_in")))
    done(AddTemplate(replace(HERS, name="Check in", kind=MessageKind.ANSWER)))
    done(RemoveTemplate(called(desk, "My check-in").ref))
    done(HideTemplate("check_in"))
    assert {one.name for one in desk.ask(templates) if "heck" in one.name and not one.hidden} >= {"Check in"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("Help with her cart", "help_with_cart"),
        ("cart", "help_with_cart"),
        ("check", "check_in"),
        ("send an event's", "share_shop_link"),
        ("any time", ""),
        ("her", None),
        ("tea", None),
    ],
)
def test_what_it_is_for_is_known_by_a_few_letters(typed: str, meant: str | None) -> None:
    assert parse_occasion(typed) == meant
