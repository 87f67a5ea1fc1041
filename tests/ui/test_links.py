"""Links that leave the program: only a few schemes, and what they carry stays in its place."""

import pytest

from stylistdesk.domain.types import Channel
from stylistdesk.ui.links import may_open, message_link


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
