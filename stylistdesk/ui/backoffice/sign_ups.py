"""Sign-ups: those who may become reps (R42)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class SignUps(Task[tuple[()]]):
    """Those who may become reps (R42)."""

    TITLE = "Sign-ups"
    SCOPE: ClassVar[Scope] = Scope.SIGN_UPS

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
