"""A client by a few letters of her name: one, or a question back."""

from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.paths import desk_paths
from stylistdesk.ui.dialogs.find_client import find_client
from tests.helpers import add_client
from tests.ui.conftest import NOW

NAMES = ("Ana Ruiz", "Anaïs Lefèvre", "Dana Whitfield", "Emi Tanaka", "Mira Ana", "Dana Whit")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ana ruiz", "Ana Ruiz"), ("emi", "Emi Tanaka"), ("anaïs", "Anaïs Lefèvre"), ("anais", "Anaïs Lefèvre"),
     ("rui", "Ana Ruiz"), ("dana whit", "Dana Whit"), ("naka", "Emi Tanaka"), ("lefèvre", "Anaïs Lefèvre")],
)  # fmt: skip
async def test_the_one_who_is_called_so(tmp_path: Path, typed: str, found: str) -> None:
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        for name in NAMES:
            add_client(desk, name)
        assert (await find_client(desk, typed)).name == found


TWO_OR_NONE = [
    ("ana", "can be several", "Ana Ruiz"), ("dana", "can be several", "more of the name"),
    ("nobody", "No client has “nobody”", "letters"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "says", "hint"), TWO_OR_NONE)
async def test_two_or_none_are_asked_back(tmp_path: Path, typed: str, says: str, hint: str) -> None:
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        for name in NAMES:
            add_client(desk, name)
        with pytest.raises(Refused, match=says) as no:
            await find_client(desk, typed)
        assert hint in no.value.hint
