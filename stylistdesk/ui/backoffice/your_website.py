"""Your website: the rep's own public page (R35)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class YourWebsite(Task[tuple[()]]):
    """The rep's own public page (R35)."""

    TITLE = "Your website"
    SCOPE: ClassVar[Scope] = Scope.WEBSITE

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
