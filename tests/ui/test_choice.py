"""A choice whose words have no room in one line shows whole ones, and that there are others (R46)."""

import pytest

from stylistdesk.ui.widgets.choice import Choice

WORDS = ("note", "call", "text", "email", "talked", "interested", "booked", "declined")


@pytest.mark.parametrize("width", [16, 20, 32, 45, 90])
@pytest.mark.parametrize("chosen", WORDS)
def test_the_chosen_word_is_whole_and_so_is_every_other_that_is_shown(chosen: str, width: int) -> None:
    shown = "".join(piece.text for piece in Choice([(word, word) for word in WORDS], chosen).pieces(width))
    assert len(shown) <= width
    words = shown.replace("…", "").split()
    assert chosen in words and set(words) <= set(WORDS)
    assert shown.startswith("…") == (words[0] != WORDS[0]) and shown.endswith("…") == (words[-1] != WORDS[-1])
