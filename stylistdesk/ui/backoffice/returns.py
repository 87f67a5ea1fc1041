"""Returns: returns and exchanges, the open ones first (R39)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.ui import return_jobs, words
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.return_lines import NO_ADDRESS, list_lines

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stylistdesk.desk import Desk
    from stylistdesk.queries.returns import ReturnRow
    from stylistdesk.ui.backoffice.screen import BackOffice


@dataclass(frozen=True, slots=True)
class KnownReturns:
    """The returns, and whether slips of today have a return address."""

    rows: "tuple[ReturnRow, ...]"
    has_address: bool


class Returns(Task[KnownReturns]):
    """Returns and exchanges: what is still to be done first."""

    TITLE = "Returns"
    WAITS = "returns"
    SCOPE: ClassVar[Scope] = Scope.RETURNS
    ADDS = "a return or an exchange"

    def read(self, desk: "Desk") -> KnownReturns:
        from stylistdesk.queries.returns import address_today, returns

        return KnownReturns(desk.ask(returns), bool(desk.ask(address_today)))

    def summary(self, known: KnownReturns, look: Look) -> Line:
        is_open = [row for row in known.rows if row.is_open]
        if not is_open:
            return (Piece("No return is open", "strong"),)
        told = sum(row.passed_on_at is None and row.received_at is None for row in is_open)
        owed = sum(row.owes_exchange for row in is_open)
        said: list[Piece] = [Piece(f"{words.count(len(is_open), 'open return')}", "strong")]
        said += [Piece(f"   {told} not passed on", "late")] if told else []
        said += [Piece(f"   {words.count(owed, 'exchange')} to send", "late")] if owed else []
        return tuple(said)

    def entries(self, known: KnownReturns, look: Look) -> list[Entry]:
        shown = [Entry(tuple(self._no_address(look)))] if known.rows and not known.has_address else []
        groups = (
            ("Open", [row for row in known.rows if row.is_open]),
            ("Done", [row for row in known.rows if not row.is_open and row.cancelled_at is None]),
            ("Cancelled", [row for row in known.rows if row.cancelled_at is not None]),
        )
        for title, rows in groups:
            if rows:
                head = (Piece(f" {title}", "label"), Piece(f"  {len(rows)}", "quiet"))
                shown.append(Entry((BLANK, head) if shown else (head,)))
                shown += [Entry(list_lines(row, look), ("return", row.id)) for row in rows]
        return shown

    @staticmethod
    def _no_address(look: Look) -> list[Line]:
        return [(Piece(f" {part}", "late"),) for part in wrap(NO_ADDRESS, look.width - 2)]

    def empty(self, look: Look) -> list[Line]:
        return [*super().empty(look), BLANK, *self._no_address(look)]

    # ------------------------------------------------------------------- keys
    # Their names are only this task's: of two tasks with one name, the key of either would do it in both.

    async def add(self, screen: "BackOffice") -> None:
        await return_jobs.open_return(screen)

    async def open(self, screen: "BackOffice", key: Key) -> None:
        await return_jobs.show_page(screen, key[1])

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        await self._with(screen, key, return_jobs.edit)

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        """Cancel it: all that it has posted is taken back."""
        await return_jobs.cancel(screen, key[1])

    async def return_message(self, screen: "BackOffice", key: Key | None) -> None:
        """Write to her what her Return ID is."""
        await self._with(screen, key, return_jobs.pass_on)

    async def return_passed_on(self, screen: "BackOffice", key: Key | None) -> None:
        """She was told her Return ID, or was not after all."""
        await self._with(screen, key, lambda screen, row: return_jobs.turn(screen, row, "passed_on"))

    async def return_received(self, screen: "BackOffice", key: Key | None) -> None:
        """What comes back is here, or is not after all."""
        await self._with(screen, key, lambda screen, row: return_jobs.turn(screen, row, "received"))

    async def return_sent(self, screen: "BackOffice", key: Key | None) -> None:
        """Its exchange was sent, or was not after all."""
        await self._with(screen, key, lambda screen, row: return_jobs.turn(screen, row, "sent"))

    async def return_slip(self, screen: "BackOffice", key: Key | None) -> None:
        """The slip for the parcel."""
        await self._with(screen, key, return_jobs.slip)

    async def return_export(self, screen: "BackOffice", key: Key | None) -> None:
        """All returns as CSV."""
        await return_jobs.export(screen)

    async def return_client(self, screen: "BackOffice", key: Key | None) -> None:
        """Her profile."""
        await self._with(screen, key, lambda screen, row: screen.program.open_profile(row.client_id))

    async def _with(
        self, screen: "BackOffice", key: Key | None, job: "Callable[[BackOffice, ReturnRow], Awaitable[None]]"
    ) -> None:
        known: KnownReturns = screen.known
        row = next((row for row in known.rows if key == ("return", row.id)), None)
        if row is None:
            screen.tell("There is no return here.", bad=True)
        else:
            await job(screen, row)
