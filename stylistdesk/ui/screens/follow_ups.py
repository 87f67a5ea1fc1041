"""Follow-ups (R16): what was promised, by when; done, snoozed, moved or repeated by one key each."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow, start_of_day
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.screens.follow_up_lines import pane_lines, row_lines
from stylistdesk.ui.screens.grouped_screen import Group, GroupedScreen
from stylistdesk.ui.words import power

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.follow_ups import FollowUpDue, FollowUpPane


class FollowUps(GroupedScreen["FollowUpDue", "FollowUpPane"]):
    """The follow-ups in four groups."""

    PLACE = "Follow-ups"
    TAB: ClassVar[str] = "follow_ups"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.FOLLOW_UPS, Scope.CLIENT, Scope.LIST)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._more = 0

    # ------------------------------------------------------------------- rows

    def read(self, desk: "Desk") -> "Sequence[Group[FollowUpDue]]":
        from stylistdesk.queries.follow_ups import follow_ups_due

        due = desk.ask(follow_ups_due)
        self._more = due.more
        return (
            Group("Overdue", due.overdue, "late"),
            Group("Today", due.today),
            Group("Upcoming", due.upcoming),
            Group("Completed", due.completed, "quiet"),
        )

    def read_panes(self, desk: "Desk", keys: tuple[int, ...]) -> "dict[int, FollowUpPane]":
        from stylistdesk.queries.follow_ups import follow_up_pane

        asked = {key: desk.ask(follow_up_pane, key) for key in keys}
        return {key: pane for key, pane in asked.items() if pane is not None}

    def key_of(self, row: "FollowUpDue") -> int:
        return row.id

    def client_of(self, row: "FollowUpDue") -> int:
        return row.client_id

    def said(self, row: "FollowUpDue") -> str:
        whom = f"{row.client} {power(row.spending_power)}"
        return f"{whom} {row.reminder} {row.outcome} {row.channel.value if row.channel else ''}"

    @property
    def _here(self) -> LocalNow:
        assert self.desk is not None
        return LocalNow(self.desk.now(), self.desk.zone)

    def lay_out(self, row: "FollowUpDue", width: int) -> tuple[Line, Line]:
        return row_lines(row, self._here, self.program.symbols, width)

    def pane_titles(self, pane: "FollowUpPane") -> tuple[str, str]:
        from stylistdesk.ui import words

        return f"{pane.row.client}  {words.power(pane.row.spending_power)}", pane.client.cadence_label

    def pane_lines(self, pane: "FollowUpPane", width: int, beside: int | None) -> tuple[list[Line], None]:
        return pane_lines(pane, self._here, self.program.symbols, width), None

    def summary(self) -> Line:
        counts = {group.words: len(group.rows) for group in self.groups}
        overdue, today = counts.get("Overdue", 0), counts.get("Today", 0)
        upcoming = counts.get("Upcoming", 0) + self._more
        if not overdue + today + upcoming:
            return (Piece("No follow-up is promised", "strong"),)
        dot = f"  {self.program.symbols.dot}  "
        waits = overdue + today
        said = f"{waits} {'waits' if waits == 1 else 'wait'} for you" if waits else "Nothing waits for you"
        parts = [Piece(said, "strong"), Piece("   ")]
        for number, words, look in (
            (overdue, "overdue", "late"),
            (today, "today", ""),
            (upcoming, "upcoming", "quiet"),
        ):
            if number:
                parts += [Piece(f"{number:,} {words}", look), Piece(dot, "quiet")]
        return tuple(parts[:-1])

    def empty(self) -> list[Line]:
        return [
            (Piece("You have promised nothing and completed nothing yet.", "strong"),),
            BLANK,
            *keys_for(
                self.program.keymap_of_desk,
                ("follow_up_add", "promise a client a follow-up"),
                ("daily_tasks", "see who needs you"),
            ),
        ]

    # ---------------------------------------------------------- whom a key acts on

    async def subjects(self) -> list[Subject]:
        return [self._subject(row) for row in self.chosen]

    async def under_cursor(self) -> list[Subject]:
        return [self._subject(self.row)] if self.row is not None else []

    def _subject(self, row: "FollowUpDue") -> Subject:
        """The client, with the follow-up as what is to be done next: completing it settles this one."""
        suggestion = None
        if not row.is_done and row.due_on is not None:
            suggestion = Suggestion(
                rule="do_what_is_due",
                number=13,
                action="Follow up",
                channel=row.channel or Channel.TEXT,
                reason=row.reminder,
                detail=row.reminder,
                due=start_of_day(row.due_on, self._here.zone),
                subject=f"follow_up:{row.id}",
                promised=True,
            )
        return Subject(row.client_id, row.client, row.last_signal_id, suggestion)

    def _refuse_done(self) -> bool:
        """Say so if one of the chosen is done already."""
        if any(row.is_done for row in self.chosen):
            key = self.program.keymap_of_desk.shown("follow_up")
            self.tell("This follow-up is done.", bad=True, after=f"{key} schedules the next one.")
            return True
        return not self.chosen

    # ------------------------------------------------------------- what keys do

    async def action_done(self) -> None:
        """It is done: what she did so far is seen, and if it repeats, the next one is promised."""
        if not self._refuse_done():
            await super().action_done()

    def action_done_with(self) -> None:
        if not self._refuse_done():
            super().action_done_with()

    def action_put_off(self) -> None:
        """Put it off until a day."""
        if not self._refuse_done():
            start(self.program, self._put_off, "snooze", group="dialog")

    async def _put_off(self) -> None:
        from stylistdesk.commands.base import Together
        from stylistdesk.commands.follow_ups import SnoozeFollowUp
        from stylistdesk.ui.follow_up_forms import snooze_field, snoozed_until

        rows, desk = self.chosen, self.desk
        assert desk is not None
        whom = rows[0].client if len(rows) == 1 else f"{len(rows)} follow-ups"
        await self.fill_in_here(
            f"Snooze {whom}",
            [snooze_field(desk, rows)],
            lambda v: Together([SnoozeFollowUp(row.id, snoozed_until(desk, rows, v["until"])) for row in rows]),
            does="Snooze",
        )

    def action_move(self) -> None:
        """Give it another day."""
        if not self._refuse_done():
            start(self.program, self._move, "reschedule", group="dialog")

    async def _move(self) -> None:
        from stylistdesk.commands.follow_ups import EditFollowUp
        from stylistdesk.ui.work_forms import day_field, day_of

        row, desk = self.chosen[0], self.desk
        assert desk is not None and row.due_on is not None
        tomorrow = max(row.due_on, self._here.today) + timedelta(days=1)
        await self.fill_in_here(
            f"Reschedule {row.client}",
            [day_field(desk, "due_on", "On", tomorrow.isoformat(), was=row.due_on)],
            lambda v: EditFollowUp(row.id, row.channel or Channel.TEXT, day_of(desk, v), row.reminder),
            does="Reschedule",
        )

    def action_change(self) -> None:
        """Change it: channel, day, reminder, repetition; or what came of one that is done."""
        if self.row is not None:
            start(self.program, partial(self._change, self.row), "edit", group="dialog")

    async def _change(self, row: "FollowUpDue") -> None:
        from stylistdesk.ui.follow_up_forms import change_fields, changed

        desk = self.desk
        assert desk is not None
        title = f"Change the follow-up with {row.client}"
        await self.fill_in_here(title, change_fields(desk, row), lambda v: changed(desk, row, v), stay=True)

    def action_add_one(self) -> None:
        """Promise a client a follow-up."""
        if self.desk is not None:
            start(self.program, self._add, "add", group="dialog")

    async def _add(self) -> None:
        from stylistdesk.ui.follow_up_forms import add_follow_up

        outcome = await add_follow_up(self)
        if outcome is not None:
            await self.load(at_key=outcome.value)
            self.program.tell_done(outcome)

    async def action_take_away(self) -> None:
        """Remove what was promised; u undoes it."""
        from stylistdesk.commands.base import Together
        from stylistdesk.commands.follow_ups import RemoveFollowUp

        if not self._refuse_done():
            await self.carry_out_here(Together([RemoveFollowUp(row.id) for row in self.chosen]))
