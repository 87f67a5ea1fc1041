"""Training: each task of the back office in a short guide (R34)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class Training(Task[tuple[()]]):
    """Each task of the back office in a short guide (R34)."""

    TITLE = "Training"
    SCOPE: ClassVar[Scope] = Scope.TRAINING

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
