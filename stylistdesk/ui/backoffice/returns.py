"""Returns: returns and exchanges (R39)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class Returns(Task[tuple[()]]):
    """Returns and exchanges (R39)."""

    TITLE = "Returns"
    SCOPE: ClassVar[Scope] = Scope.RETURNS

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
