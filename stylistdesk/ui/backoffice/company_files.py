"""Company files: documents of the company, and where returns go (R40)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class CompanyFiles(Task[tuple[()]]):
    """Documents of the company, and where returns go (R40)."""

    TITLE = "Company files"
    SCOPE: ClassVar[Scope] = Scope.COMPANY_FILES

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
