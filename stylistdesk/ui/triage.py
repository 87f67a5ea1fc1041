"""One key an item (R6): what each key does to the client under the cursor, or to all that are marked, as one step."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from stylistdesk.ui import asking, doing
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    pass


class Triage(DeskScreen):
    """A screen with a client, or several, to act on."""

    @abstractmethod
    async def subjects(self) -> list[Subject]:
        """Whom a key acts on: all that are marked, else the one under the cursor."""

    @abstractmethod
    async def acted(self, subjects: Sequence[Subject], *, stay: bool = False) -> None:
        """It is done: show what changed and go on to the next client, or stay where it settled nothing."""

    async def under_cursor(self) -> list[Subject]:
        """The one under the cursor, whoever is marked."""
        return await self.subjects()

    async def subjects_of(self, client_ids: tuple[int, ...]) -> list[Subject]:
        """These clients, with what the rep sees of them by now."""
        if self.desk is None or not client_ids:
            return []
        panes = await asyncio.to_thread(asking.read_panes, self.desk, client_ids)
        return [
            Subject(
                pane.client_id,
                pane.name,
                pane.last_signal_id,
                pane.standing.suggestions[0] if pane.standing and pane.standing.suggestions else None,
            )
            for pane in panes.values()
        ]

    # ------------------------------------------------------------- one key each

    async def action_done(self) -> None:
        """Complete her follow-up."""
        subjects = await self.subjects()
        outcome = await self.program.carry_out(doing.together(subjects, doing.complete)) if subjects else None
        await self.follow(subjects, outcome, leaves=True)

    async def action_remove(self) -> None:
        """Remove her; u undoes it. Several at once are asked about."""
        subjects = await self.subjects()
        await self.remove_clients(subjects, ask=len(subjects) > 1)

    async def remove_clients(self, subjects: Sequence[Subject], *, ask: bool) -> None:
        """Remove them, or ask first."""
        if subjects and ask:
            start(self.program, partial(self._ask_and_remove, subjects), "remove", group="dialog")
        elif subjects:
            await self._remove(subjects)

    async def _ask_and_remove(self, subjects: Sequence[Subject]) -> None:
        from stylistdesk.queries.clients import going_with
        from stylistdesk.ui.dialogs.confirm import Confirm

        undo = self.program.keymap_of_desk.shown("undo")
        asked = Confirm(
            f"Remove {len(subjects)} clients?",
            f"All {len(subjects)} that are marked go, with all their records. {undo} brings them back.",
            "Remove",
        )
        if len(subjects) == 1:
            goes = (
                "She goes from the desk, and with her all her records: contacts, consent, notes, orders and the rest."
            )
            assert self.desk is not None
            if money := await asyncio.to_thread(self.desk.ask, going_with, subjects[0].client_id):
                goes += f" That is {', '.join(money)}."
            asked = Confirm(f"Remove {subjects[0].name}?", f"{goes}\n{undo} brings her back.", "Remove her")
        if await self.app.push_screen_wait(asked):
            await self._remove(subjects)

    async def _remove(self, subjects: Sequence[Subject]) -> None:
        await self.follow(subjects, await self.program.carry_out(doing.together(subjects, doing.remove)))

    def action_done_with(self) -> None:
        self._open("done")

    def action_snooze(self) -> None:
        self._open("snooze")

    def action_follow_up(self) -> None:
        self._open("follow-up")

    def action_message(self) -> None:
        self._open("message")

    def action_call(self) -> None:
        self._open("call")

    def action_dismiss_rule(self) -> None:
        self._open("dismiss")

    def action_note(self) -> None:
        self._open("note")

    def action_task(self) -> None:
        self._open("task")

    def action_edit(self) -> None:
        self._open("edit")

    async def action_why(self) -> None:
        """Every term of her urgency, and all suggestions."""
        from stylistdesk.ui.dialogs.why import Why

        subjects = await self.under_cursor()
        if not subjects or self.desk is None:
            return
        panes = await asyncio.to_thread(asking.read_panes, self.desk, (subjects[0].client_id,))
        pane = panes.get(subjects[0].client_id)
        if pane is not None:
            await self.app.push_screen(Why(pane.name, pane.standing, self.desk.now(), self.desk.zone))

    # --------------------------------------------------------------- the forms

    def _open(self, form: str) -> None:
        """Open one of the forms, which are imported then: they take a tenth of the time to the first frame."""

        async def ask() -> None:
            from stylistdesk.ui.triage_forms import FORMS

            subjects = await (self.under_cursor() if form == "edit" else self.subjects())
            if subjects and self.desk is not None and self.app.screen is self:
                await FORMS[form](self, subjects)

        start(self.program, ask, form, group="dialog")

    async def follow(
        self,
        subjects: Sequence[Subject],
        outcome: Any,
        *,
        more: str = "",
        leaves: bool = False,
        snoozed: bool = False,
        stay: bool = False,
    ) -> None:
        """Say what a form did, and go on; `leaves` and `snoozed` also say who is in the queue all the same."""
        if outcome is not None:
            await self.acted(subjects, stay=stay)
            stays = self.who_stays(subjects, snoozed=snoozed) if leaves or snoozed else ""
            self.program.tell_done(outcome, " ".join(part for part in (more, stays) if part))

    def who_stays(self, subjects: Sequence[Subject], *, snoozed: bool = False) -> str:
        """What to say of clients who stay in the queue all the same; nothing where the list is no queue."""
        return ""
