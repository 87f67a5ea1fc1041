"""A command made of a function, for what no command of the desk does yet."""

from collections.abc import Callable
from dataclasses import dataclass

from stylistdesk.commands.base import Outcome, Work


@dataclass(frozen=True, slots=True)
class Do:
    """Does it."""

    does: Callable[[Work], object]

    def apply(self, work: Work) -> Outcome:
        self.does(work)
        return Outcome("Did something")
