"""Moving orders: orders that go to an event (R41)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class MovingOrders(Task[tuple[()]]):
    """Orders that go to an event (R41)."""

    TITLE = "Moving orders"
    SCOPE: ClassVar[Scope] = Scope.MOVES

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
