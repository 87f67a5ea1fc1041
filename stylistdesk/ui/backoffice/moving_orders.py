"""Moving orders: what can go to another event, what customer service is asked for, and what was settled (R41)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.dates import say_day
from stylistdesk.domain.moves import Way
from stylistdesk.domain.types import MoveState
from stylistdesk.ui import move_jobs, words
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, whole, wrap
from stylistdesk.ui.move_lines import head, movable_lines, move_lines

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.moves import MovableRow, MoveRow, MovesPage
    from stylistdesk.ui.backoffice.screen import BackOffice

MOVABLE, ASKED = "movable", "move"
OF_LETTERS = ("moves_requested", "moves_confirmed", "moves_refused")
"""The keys of what customer service is asked for."""


class MovingOrders(Task["MovesPage"]):
    """Orders of this month that the rep can move, then those of customer service, then what was settled lately."""

    TITLE = "Moving orders"
    WAITS = "moves"
    SCOPE: ClassVar[Scope] = Scope.MOVES
    ADDS = "an order by its number to those to be moved"
    LABELS: ClassVar[Mapping[str, str]] = {"section_add": "Find an order", "section_open": "Preview"}

    def read(self, desk: "Desk") -> "MovesPage":
        from stylistdesk.queries.moves import moves_page

        return desk.ask(moves_page)

    # ---------------------------------------------------------------- showing

    def summary(self, known: "MovesPage", look: Look) -> Line:
        drafted = sum(1 for row in known.asked if row.state is MoveState.DRAFTED)
        requested = len(known.asked) - drafted
        said = [f"{len(known.here) + known.more_here:,} can be moved" if known.here else "Nothing to move here"]
        said += [f"{drafted} to be sent"] if drafted else []
        said += [f"{requested} with customer service"] if requested else []
        return (Piece(" · ".join(said), "strong"),)

    def entries(self, known: "MovesPage", look: Look) -> list[Entry]:
        until = say_day(known.last_day, look.here.today)
        by = "" if known.zone == look.here.zone.key else f", by the calendar of {known.zone}"
        entries = [Entry(tuple(self._about(known, look)))]
        mail = f"{look.shown('section_open')} opens it, {look.shown('moves_requested')} when sent"
        if not any(row.state is MoveState.DRAFTED for row in known.asked):
            mail = f"{look.shown('moves_confirmed')} confirmed, {look.shown('moves_refused')} refused"
        groups: tuple[tuple[str, str, list[tuple[tuple[Line, ...], Key]]], ...] = (
            (
                f"You can move until {until}{by}",
                _older(known.more_here),
                [(movable_lines(r, look), (MOVABLE, r.order_id)) for r in known.here],
            ),
            ("Asked of customer service", mail, [(move_lines(r, look), (ASKED, r.id)) for r in known.asked]),
            (
                "Only customer service",
                _older(known.more),
                [(movable_lines(r, look), (MOVABLE, r.order_id)) for r in known.service],
            ),
            ("Settled lately", "", [(move_lines(r, look), (ASKED, r.id)) for r in known.settled]),
        )
        for title, after, rows in groups:
            if rows:
                entries.append(Entry((BLANK, whole(head(title, len(rows), after), look.width))))
                entries += [Entry(lines, key) for lines, key in rows]
        return entries if len(entries) > 1 else []

    def _about(self, known: "MovesPage", look: Look) -> list[Line]:
        """What to do here, in a line or two."""
        if known.plans:
            return [look.key("moves_plan", "works out the moves that earn hosts most.")]
        if known.open_events < 2:
            said = "Only one event is open: orders move between two." if known.open_events else "No event is open now."
            if known.redeemed:
                said += f" The rewards of {words.count(known.redeemed, 'event')} are redeemed: nothing moves there."
            return [(Piece(f" {part}", "quiet"),) for part in wrap(said, look.width - 2)]
        return [(Piece(" An order moves while both events are open and its month lasts.", "quiet"),)]

    def empty(self, look: Look) -> list[Line]:
        said = (
            "No order can be moved now. An order goes from one open event to another, in the calendar month in which "
            "it was placed; one that was placed in no event is moved by customer service."
        )
        lines: list[Line] = [BLANK, *((Piece(f" {part}", "quiet"),) for part in wrap(said, min(look.width - 2, 76)))]
        return [*lines, BLANK, look.key("section_add", "finds an order by its number.")]

    def labels_of(self, known: "MovesPage", key: Key) -> Mapping[str, str]:
        move = next((row for row in (*known.asked, *known.settled) if key == (ASKED, row.id)), None)
        if move is None:
            row = next((row for row in known.here if key == (MOVABLE, row.order_id)), None)
            return dict.fromkeys((*OF_LETTERS, "edit", "remove", *(("moves_write",) if row else ())), "")
        gone = {"moves_write": ""}
        if move.settled_at is not None:
            return gone | {"section_open": "Profile", **dict.fromkeys((*OF_LETTERS, "edit", "remove"), "")}
        gone |= {"section_open": "Email", "section_add": "Find", "section_after": ""}
        if move.state is MoveState.DRAFTED:
            return gone | {"edit": "Edit", "moves_requested": "Sent"}
        return gone | {"moves_confirmed": "Confirmed", "moves_refused": "Refused", "moves_requested": "", "edit": "",
                       "remove": ""}  # fmt: skip

    # -------------------------------------------------------------------- keys

    async def add(self, screen: "BackOffice", /) -> None:
        await move_jobs.find_order(screen)

    async def open(self, screen: "BackOffice", key: Key, /) -> None:
        if (row := _movable(screen, key)) is not None:
            await move_jobs.preview(screen, row)
        elif (move := _asked(screen, key)) is not None:
            await (move_jobs.read_mail if move.settled_at is None else move_jobs.profile)(screen, move)

    async def edit(self, screen: "BackOffice", key: Key, /) -> None:
        move = _asked(screen, key)
        if move is None or move.state is not MoveState.DRAFTED:
            screen.tell("Only an email that is not sent yet can be changed.", bad=True)
        else:
            await move_jobs.edit_mail(screen, move)

    async def remove(self, screen: "BackOffice", key: Key, /) -> None:
        from stylistdesk.commands.moves import RemoveMove

        move = _asked(screen, key)
        if move is None:
            screen.tell("The order stays; only a draft to customer service is removed here.", bad=True)
        else:
            await screen.carry_out(RemoveMove(move.id))

    async def preview(self, screen: "BackOffice", key: Key | None) -> None:
        """What a move would do to both events, and move it."""
        if (row := _movable(screen, key)) is not None:
            await move_jobs.preview(screen, row)
        else:
            await self._letter(screen, key)

    async def write(self, screen: "BackOffice", key: Key | None) -> None:
        """Draft the email to customer service, or show the one that is drafted."""
        row, keys = _movable(screen, key), screen.program.keymap_of_desk
        if row is None:
            await self._letter(screen, key)
        elif row.way is Way.MOVE:
            shown = keys.shown("section_open")
            screen.tell("You can move this order yourself.", bad=True, after=f"{shown} shows what comes of it.")
        elif (event_id := await move_jobs.which_event(screen, row)) is not None:
            await move_jobs.write(screen, row.order_id, event_id)

    @staticmethod
    async def _letter(screen: "BackOffice", key: Key | None) -> None:
        """What customer service is asked for is in its email; of what is settled nothing is left to do."""
        move = _asked(screen, key)
        if move is None:
            screen.tell("The cursor is on no order that can be moved.", bad=True)
        elif move.settled_at is not None:
            screen.tell(f"The move of order {move.number} is settled.", bad=True)
        else:
            await move_jobs.read_mail(screen, move)

    async def requested(self, screen: "BackOffice", key: Key | None) -> None:
        """The email was sent."""
        from stylistdesk.commands.moves import MarkMoveRequested

        if (move := _at_service(screen, key)) is not None:
            await screen.carry_out(MarkMoveRequested(move.id))

    async def confirmed(self, screen: "BackOffice", key: Key | None) -> None:
        """Customer service has moved it."""
        from stylistdesk.commands.moves import ConfirmMove

        if (move := _at_service(screen, key)) is not None:
            await screen.carry_out(ConfirmMove(move.id))

    async def refused(self, screen: "BackOffice", key: Key | None) -> None:
        """Customer service will not move it."""
        from stylistdesk.commands.moves import RefuseMove

        if (move := _at_service(screen, key)) is not None:
            await screen.carry_out(RefuseMove(move.id))

    async def plan(self, screen: "BackOffice", key: Key | None) -> None:
        """The moves that earn most."""
        await move_jobs.plan(screen)

    async def profile(self, screen: "BackOffice", key: Key | None) -> None:
        """The client whose order it is."""
        if (row := _movable(screen, key) or _asked(screen, key)) is not None:
            await move_jobs.profile(screen, row)

    async def export(self, screen: "BackOffice", key: Key | None) -> None:
        """Write the list into a file."""
        await move_jobs.export(screen)


def _older(many: int) -> str:
    return f"and {many:,} older ones" if many else ""


def _movable(screen: "BackOffice", key: Key | None) -> "MovableRow | None":
    page: MovesPage = screen.known
    return next((row for row in (*page.here, *page.service) if key == (MOVABLE, row.order_id)), None)


def _asked(screen: "BackOffice", key: Key | None) -> "MoveRow | None":
    page: MovesPage = screen.known
    return next((row for row in (*page.asked, *page.settled) if key == (ASKED, row.id)), None)


def _at_service(screen: "BackOffice", key: Key | None) -> "MoveRow | None":
    """The move under the cursor that customer service is asked for; if it is none, that is said."""
    move = _asked(screen, key)
    if move is None:
        screen.tell("Customer service is not asked for this order.", bad=True)
    return move
