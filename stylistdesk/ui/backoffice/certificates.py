"""Certificates: gift certificates and what is left on them (R36)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class Certificates(Task[tuple[()]]):
    """Gift certificates and what is left on them (R36)."""

    TITLE = "Certificates"
    SCOPE: ClassVar[Scope] = Scope.CERTIFICATES

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
