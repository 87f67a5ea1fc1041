"""What one key does, as the commands that it makes."""

import pytest

from stylistdesk.domain.types import Channel
from stylistdesk.ui.doing import Subject, contact, log_call
from tests.snapshots.picture_desk import suggestion


@pytest.mark.parametrize(
    ("channel", "about", "settled"),
    [
        (Channel.CALL, "deliver:7", ""),
        (Channel.CALL, "csat:4", "csat:4"),
        (Channel.CALL, "start:7", "start:7"),
        (Channel.TEXT, "deliver:7", "deliver:7"),
    ],
)
def test_a_call_settles_what_it_is_about_but_delivers_no_lookbook(channel: Channel, about: str, settled: str) -> None:
    """Or a client whose lookbook is due today leaves the queue when the rep has talked to her."""
    named = suggestion("Do it", "", "now", channel, 3)._replace(subject=about)
    subject = Subject(1, "Bea Okafor", 5, named)
    together = contact(subject, log_call(subject, "talked", ""), channel, done=True)
    assert together.commands[1].subject == settled  # type: ignore[attr-defined]
