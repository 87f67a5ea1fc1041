"""Shop links: events and their shop links (R37)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class ShopLinks(Task[tuple[()]]):
    """Events and their shop links (R37)."""

    TITLE = "Shop links"
    SCOPE: ClassVar[Scope] = Scope.SHOP_LINKS

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
