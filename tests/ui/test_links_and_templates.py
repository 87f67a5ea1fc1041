"""Links that leave the program, and the words they carry."""

import pytest

from stylistdesk.domain.types import Channel, SignalKind
from stylistdesk.ui.links import may_open, message_link
from stylistdesk.ui.templates import _TEMPLATES, template_for
from tests.snapshots.picture_desk import suggestion


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        ("https://example.com/a?b=c", True),
        ("http://example.com", True),
        ("mailto:ana@example.com?subject=x", True),
        ("sms:+15555550101?body=x", True),
        ("tel:+15555550101", True),
        ("geo:1,2", True),
        ("SMS:+15555550101", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.com", False),
        ("ssh://example.com", False),
        ("", False),
        ("example.com", False),
        ("https://example.com/a b", False),
        ("https://example.com/\nx", False),
        ("https://example.com/\x1b", False),
        ("http://[broken", False),
    ],
)
def test_only_a_few_schemes_are_opened(link: str, allowed: bool) -> None:
    assert may_open(link) is allowed


@pytest.mark.parametrize("words", ["a&b=c", "näh 👗\nline", "?subject=x", "%00", "{phone}", '"><script>'])
def test_what_is_filled_in_cannot_leave_its_place(words: str) -> None:
    for channel in (Channel.TEXT, Channel.EMAIL):
        link = message_link(channel, "", "ana@example.com", words, words)
        assert link is not None
        assert may_open(link)
        assert link.count("&") <= 1
        assert "script" not in link or "%3C" in link


def test_no_address_no_link() -> None:
    assert message_link(Channel.TEXT, "", " ", "", "x") is None


@pytest.mark.parametrize("number", [*_TEMPLATES, 99])
def test_a_template_is_filled_with_her_name_and_the_item(number: int) -> None:
    item = dict.fromkeys(SignalKind, "{name} coat")
    subject, body = template_for(suggestion("x", "y", 0, Channel.TEXT, number), "Ana {the_item}", item, "Robin")
    assert subject
    assert body.startswith("Hi Ana {the_item}")
    assert "\x00" not in body


@pytest.mark.parametrize(
    ("action", "detail", "number", "words"),
    [
        ("Answer her comment", "“Is it in navy?”", 5, "thank you for asking about the Coat!"),
        ("Answer her reply", "“Gorgeous!”", 5, "thank you for your words about the Coat!"),
        ("Answer her reply", "Replied yesterday", 5, "thank you for your words"),
        ("Thank her for the order", "", 8, "as soon as it ships"),
        ("Ask how she likes it", "", 8, "How do you like it?"),
        ("Ask how it fits", "", 9, "how does the Coat fit?"),
        ("Send outfit ideas", "", 9, "wear with the Coat"),
        ("Ask what is next", "", 9, "looking for next"),
        ("Ask what is next", "", 13, "Hi Ana, "),
    ],
)
def test_the_words_are_those_of_what_is_suggested(action: str, detail: str, number: int, words: str) -> None:
    asked = suggestion(action, detail, 0, Channel.TEXT, number)
    body = template_for(asked, "Ana", dict.fromkeys(SignalKind, "Coat"), "")[1]
    assert words in body
    assert ("asking" in body) == ("?" in detail)


def test_a_client_without_a_first_name_is_greeted_too() -> None:
    assert template_for(None, "", {}, "")[1] == "Hi there, "
