"""What a task of the back office is: something that the desk knows, as entries, and what keys do to them."""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, TypeVar

from stylistdesk.ui.lines import Line
from stylistdesk.ui.two_panes.section import AnySection, Entry, Key, Look

if TYPE_CHECKING:
    from stylistdesk.desk import Desk

__all__ = ["Entry", "Key", "Look", "Task"]

Known = TypeVar("Known")


class Task(AnySection[Known]):
    """One task of the back office; `WAITS` is its name among what waits there, blank where nothing ever does."""

    WAITS: ClassVar[str] = ""

    @abstractmethod
    def read(self, desk: "Desk") -> Known:
        """Ask the desk, in a thread; quick, since moving along the tasks waits for it."""

    def summary(self, known: Known, look: Look) -> Line:
        """What the line above says of this task: how many, and what waits; empty where there is nothing to say."""
        return ()
