"""Host rewards: what events earn their hosts, and what these take (R38)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui.backoffice.task import Entry, Look, Task
from stylistdesk.ui.keymap import Scope

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class HostRewards(Task[tuple[()]]):
    """What events earn their hosts, and what these take (R38)."""

    TITLE = "Host rewards"
    SCOPE: ClassVar[Scope] = Scope.REWARDS

    def read(self, desk: "Desk") -> tuple[()]:
        return ()

    def entries(self, known: tuple[()], look: Look) -> list[Entry]:
        return []
