"""Doing a command and seeing that undo takes back exactly what was done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from stylistdesk.commands.base import Command, Outcome
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from tests.helpers import dump


class Done:
    """Does a command, takes it back, and does it again: each time every row is what it was."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __call__(self, command: Command) -> Outcome:
        before = dump(self.desk)
        outcome = self.desk.do(command)
        after = dump(self.desk)
        if outcome.changed:
            self.desk.undo()
            assert dump(self.desk) == before
            self.desk.redo()
        assert dump(self.desk) == after
        return outcome


@contextmanager
def refused(desk: Desk, field: str | None = None) -> Iterator[Any]:
    """What is done inside is refused, at that field, and nothing has changed."""
    before = dump(desk)
    with pytest.raises(Refused) as no:
        yield no
    assert no.value.field == field
    assert dump(desk) == before
