"""What a section of the profile is: something known about one client, as entries, and what keys do to them."""

from abc import abstractmethod
from typing import TYPE_CHECKING, TypeVar

from stylistdesk.ui.two_panes.section import AnySection, Entry, Key, Look

if TYPE_CHECKING:
    from stylistdesk.desk import Desk

__all__ = ["Entry", "Key", "Look", "Section"]

Known = TypeVar("Known")


class Section(AnySection[Known]):
    """One section of the profile."""

    @abstractmethod
    def read(self, desk: "Desk", client_id: int) -> Known:
        """Ask the desk, in a thread; quick, since moving along the sections waits for it."""
