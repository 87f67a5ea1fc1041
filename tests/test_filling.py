"""Templates are filled with what is known of a client, and nothing written in one can do anything else (R44)."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylistdesk.domain.built_in_templates import BUILT_IN
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import (
    FIELDS,
    OCCASIONS,
    OF_OTHER_SCREENS,
    ONLY_OF_ITS_OWN,
    REP_NAME,
    Words,
    as_letter,
    check_finished,
    not_known,
    unknown_in,
)
from stylistdesk.domain.types import Channel
from stylistdesk.filling import MOST_FILLED, check, fill, fill_template

A_TEXT = 160
"""So many characters are one text."""

AT_ONCE = 0.5
"""Seconds; each takes a few thousandths of one."""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ 'a' * 999999999 }}", "cannot calculate"),
        ("{{ 9**9**9**9 }}", "cannot calculate"),
        ("{{ 7 // 0 }}", "cannot calculate"),
        ("{{ 'x' % 3 }}", "cannot calculate"),
        ("{% for i in range(10**9) %}x{% endfor %}", "cannot go round in a loop"),
        ("{% for a in name %}{% for b in name %}{{ a }}{% endfor %}{% endfor %}", "cannot go round in a loop"),
        ("{{ range(10) }}", "cannot call anything"),
        ("{{ lipsum(n=100000) }}", "cannot call anything"),
        ("{{ cycler.__init__.__globals__ }}", "cannot look into a field"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "cannot call anything"),
        ("{{ first_name.__class__ }}", "cannot look into a field"),
        ("{{ name[0] }}", "cannot look into a field"),
        ("{{ name['x'] }}", "cannot look into a field"),
        ("{{ '%s' | format(name) }}", "no filter “format”"),
        ("{{ name | center(99999999) }}", "no filter “center”"),
        ("{{ name | replace('a', 'aaaaaaaaaaaa') }}", "no filter “replace”"),
        ("{{ name | attr('__class__') }}", "no filter “attr”"),
        ("{{ name | uper }}", "Did you mean upper?"),
        ("{{ name | default(1, 2) }}", "not written so"),
        ("{{ self }}", "no field “self”"),
        ("{{ config }}", "no field “config”"),
        ("{% set name = 'x' %}", "cannot keep a value"),
        ("{% with x = 1 %}{% endwith %}", "cannot keep a value"),
        ("{% include '/etc/passwd' %}", "cannot bring in another"),
        ("{% import 'os' as os %}", "cannot bring in another"),
        ("{% extends 'x' %}", "cannot bring in another"),
        ("{% macro x() %}{{ x() }}{% endmacro %}", "cannot call anything"),
        ("{{ [name, name] }}", "cannot do that"),
        ("{{ " + "(" * 2_400 + "}}", "Too much stands one in another"),
        ("{{ " + "-" * 4_900 + "1 }}", "Too much stands one in another"),
        ("{{ " + "not " * 1_200 + "item }}", "Too much stands one in another"),
        ("{% if item %}" * 150 + "{% endif %}" * 150, "too much stands one in another"),
        ("{{" * 2_400, "Too much stands one in another"),
        ("{{ " + "9" * 4_900 + " }}", "number in it is too long"),
        ("{{ " + "name ~ " * 600 + "name }}", f"longer than {MOST_FILLED:,}"),
        ("{{ name }}" * 480, f"longer than {MOST_FILLED:,}"),
        ("x" * 5_001, "at most 5,000 characters"),
        ("{% if ('a' if brand) > 'b' %}x{% endif %}", "cannot be compared"),
        ("{{ item > 3 }}", "only an if can ask that"),
        ("{{ item == 'coat' }}", "only an if can ask that"),
        ("{{ not item }}", "only an if can ask that"),
        ("{% if item > 3 %}x{% endif %}", "“3” is neither a field nor in quotes"),
        ("{{ brand or none }}", "“None” is neither a field nor in quotes"),
        ("{{ true }}", "“True” is neither"),
        ("{{ 1e999 }}", "“inf” is neither"),
        ("{{ item! }}", "“!” has no place in a field"),
        ("{{ item or ‘it’s’ }}", "Words stand in straight quotes"),
    ],
)
def test_what_could_do_harm_is_refused_at_once(body: str, said: str) -> None:
    """By what is written, not by how long it runs: nothing of it is ever carried out."""
    before = time.perf_counter()
    with pytest.raises(Refused) as no:
        fill(body, {"name": "Ana " * 1_000})
    assert said in str(no.value)
    assert time.perf_counter() - before < AT_ONCE


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Hi {{ frist_name }}", "Line 1: there is no field “frist_name”. Did you mean first_name?"),
        ("Hi,\n\nthe {{ itme }}", "Line 3: there is no field “itme”. Did you mean item?"),
        ("Hi {first_name}", "Line 1: a field has two braces on each side. Write {{ first_name }}."),
        ("Hi,\n{{ first name }}", "Line 2: a field is not written as it should be. For example: {{ first_name }}."),
        ("Hi {{ first_name", "Line 1: a field is not written as it should be."),
        ("{% if item %}Coat", "An {% if %} is not ended. Write {% endif %} where it ends."),
        ("a\n{% fi item %}", "Line 2: that is no part of a template."),
        ("a\n{# and all that follows", "Line 2: a {# is not ended."),
    ],
)
def test_a_slip_is_named_by_its_line_and_what_was_meant(body: str, said: str) -> None:
    with pytest.raises(Refused) as no:
        check(body)
    assert str(no.value).startswith(said)
    assert no.value.field == "body"


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("{{ evnt }}", "Subject: there is no field “evnt”. Did you mean event?"),
        ("{% if item %}Coat", "Subject: an {% if %} is not ended."),
    ],
)
def test_a_slip_in_the_subject_is_told_as_such(subject: str, said: str) -> None:
    """It has one line, and the lines that are counted are those of the words."""
    with pytest.raises(Refused) as no:
        check(subject, "subject")
    assert str(no.value).startswith(said)
    assert no.value.field == "subject"


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ("Hi {{ first_name }}!", "Hi Ana!"),
        ("{{ item }}", "[no item known]"),
        ("{{ item | upper }}, {{ item ~ '!' }}", "[no item known], [no item known]!"),
        ("{{ item or 'what you chose' }}", "what you chose"),
        ("{{ item | default('what you chose') }}", "what you chose"),
        ("{{ item | default(brand | default('it')) }}", "it"),
        ("{% if item %}The {{ item }}{% else %}Hello{% endif %}", "Hello"),
        ("{% if first_name == 'Ana' and not item %}yes{% endif %}", "yes"),
        ("{{ 'about ' ~ item if item }}x", "x"),
        ("{{ item or “it” }}, {{ item or ‘it’ }}", "it, it"),
        ("{{ item or “it’s” }} “{{ item or 'that' }}”", "it's “that”"),
        ("{{ item or 'say “hi”' }}", "say “hi”"),
        ("{{ name | upper }} {{ 'abc' | capitalize }}", "ANA {{ ITEM }} Abc"),
        ("a\n{% if item %}\n\nb\n{% endif %}\n\nc", "a\n\nc"),
        ("Hi {{ first_name }}, ", "Hi Ana, "),
        ("x\n\n{{ rep_name }}", "x"),
        ("{{ '\\x1b]0;x\\x07' }}", ""),
        ("{# a word to myself #}Hi", "Hi"),
    ],
)
def test_what_a_template_says(body: str, filled: str) -> None:
    """A name that looks like a template stays a name; what is not known says so, or what was written instead."""
    assert fill(body, {"first_name": "Ana", "name": "Ana {{ item }}"}) == filled


_BITS = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "{", "}", " ", "\n", "(", ")", "|", "~", "'", '"', "-", "**", "*", "."),
        *("if", "else", "endif", "for", "in", "or", "not", "set", "=", "1", "9999", "[", "]", ",", ":", "\\", "\x1b"),
        *(
            "first_name",
            "item",
            "nothing",
            "range",
            "default",
            "upper",
            "__class__",
            "raw",
            "endraw",
            "é",
            "👗",
            "\x00",
        ),
    ]
)


@settings(max_examples=400, deadline=1_000)
@given(st.lists(_BITS, max_size=40).map("".join) | st.text(max_size=200), st.text(max_size=80))
def test_any_words_are_filled_or_refused(body: str, value: str) -> None:
    """Whatever she types while the preview follows: never a traceback, never a byte that moves the cursor."""
    try:
        filled = fill(body, {"first_name": value, "item": value})
    except Refused as no:
        assert no.reason
        return
    assert len(filled) <= MOST_FILLED + 1
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", filled)


@settings(max_examples=200, deadline=1_000)
@given(st.text(min_size=1, max_size=60))
def test_what_a_client_is_called_is_never_read_as_a_template(name: str) -> None:
    from stylistdesk.domain.text import clean

    said = clean(f"<{name}>", multiline=True)
    assert re.sub(r"\n\s*\n", "\n\n", fill("<{{ name }}>", {"name": name})) == re.sub(r"\n\s*\n", "\n\n", said)


def test_those_that_came_with_the_desk_say_something_to_everybody() -> None:
    """Of a client of whom nothing is known but her name; only an event, a return or a certificate must be at hand."""
    assert len({one.key for one in BUILT_IN}) == len({one.name for one in BUILT_IN}) == len(BUILT_IN)
    assert {one.occasion for one in BUILT_IN} == set(OCCASIONS)
    at_hand = dict.fromkeys(ONLY_OF_ITS_OWN, "at hand")
    for one in BUILT_IN:
        words = fill_template(one, {**at_hand, REP_NAME: "Robin"})
        assert words.subject, one.key
        assert words.body.startswith("Hi there,\n\n" if one.channel is Channel.EMAIL else "Hi there, "), one.key
        assert not unknown_in(words.subject + words.body), one.key
        assert words.body.endswith((" ", "\n\nRobin")), one.key
        may_be_long = one.occasion in (*OF_OTHER_SCREENS, "pass_on_return") or one.channel is Channel.EMAIL
        assert may_be_long or len(words.body) <= A_TEXT, one.key


def test_an_email_of_what_is_for_a_text_too_is_a_letter() -> None:
    assert as_letter(Words("s", "Hi Ana, how are you?\n\nRobin")).body == "Hi Ana,\n\nHow are you?\n\nRobin"
    assert as_letter(Words("s", "Hi Ana, ", goes_on=True)) == Words("s", "Hi Ana,\n\n", goes_on=True)
    for same in ("Hi Ana,\n\nhow are you?", "A word, Ana: it is here.", ""):
        assert as_letter(Words("s", same)).body == same


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hi Renée, ", "It says no more than a greeting. Write a few words."),
        ("Good morning Renée!\n\nRobin", "It says no more than a greeting."),
        ("Hi Renée, thank you for asking! ", "It is not finished"),
        ("Hi Renée,\n\nThank you for asking!\n", "It is not finished"),
        (" \n", "The message is empty."),
        ("Hi Renée, the [no item known] is here.", "[no item known] still stands in it."),
        ("Hi Renée, thank you for asking! It is.", ""),
        ("Renée, it is here.", ""),
    ],
)
def test_what_is_not_all_written_yet_does_not_go_out(words: str, said: str) -> None:
    filled = Words("s", "Hi Renée, thank you for asking! ", goes_on=True)
    try:
        check_finished("body", words, filled, ("Renée D’Aoust", "Renée", "Robin"))
    except Refused as no:
        assert said and str(no).startswith(said)
    else:
        assert not said


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_told_and_marked_where_it_is_not_known(field: str) -> None:
    assert FIELDS[field]
    mark = "" if field == REP_NAME else not_known(field)
    assert fill("{{ " + field + " }}", {}) == mark
    assert unknown_in(f"see {mark} here") == mark
