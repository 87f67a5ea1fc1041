"""One key an item (R6): what each key does to the client under the cursor, or to all that are marked, as one step."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_day, parse_moment
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, doing, words
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import AFTER, MessageForm
from stylistdesk.ui.dialogs.why import Why
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.jobs import start
from stylistdesk.ui.screens.base import DeskScreen

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command

CALL_OUTCOMES = (
    ("talked", "talked"),
    ("left a message", "left a message"),
    ("no answer", "no answer"),
    ("call back", "call back"),
)
CHANNEL_CHOICES = tuple((channel.value, words.CHANNELS[channel]) for channel in Channel)


class Triage(DeskScreen):
    """A screen with a client, or several, to act on."""

    async def subjects(self) -> list[Subject]:
        """Whom a key acts on: all that are marked, else the one under the cursor."""
        raise NotImplementedError

    async def acted(self, subjects: Sequence[Subject]) -> None:
        """It is done: show what changed and go on to the next client."""
        raise NotImplementedError

    # ------------------------------------------------------------- one key each

    async def action_done(self) -> None:
        """Complete her follow-up."""
        subjects = await self.subjects()
        if subjects and await self.program.do(doing.together(subjects, doing.complete)):
            await self.acted(subjects)

    async def action_remove(self) -> None:
        """Remove her; u undoes it."""
        subjects = await self.subjects()
        if subjects and await self.program.do(doing.together(subjects, doing.remove)):
            await self.acted(subjects)

    def action_done_with(self) -> None:
        self._open(self._done_with, "done")

    def action_snooze(self) -> None:
        self._open(self._snooze, "snooze")

    def action_follow_up(self) -> None:
        self._open(self._follow_up, "follow-up")

    def action_message(self) -> None:
        self._open(self._message, "message")

    def action_call(self) -> None:
        self._open(self._call, "call")

    def action_dismiss_rule(self) -> None:
        self._open(self._dismiss, "dismiss")

    def action_note(self) -> None:
        self._open(self._note, "note")

    def action_task(self) -> None:
        self._open(self._task_for, "task")

    def action_edit(self) -> None:
        self._open(self._edit, "edit")

    async def action_why(self) -> None:
        """Every term of her urgency, and all suggestions."""
        subjects = await self.subjects()
        if not subjects or self.desk is None:
            return
        panes = await asyncio.to_thread(asking.read_panes, self.desk, (subjects[0].client_id,))
        pane = panes.get(subjects[0].client_id)
        if pane is not None:
            await self.app.push_screen(Why(pane.name, pane.standing, self.desk.now(), self.desk.zone))

    # --------------------------------------------------------------- the forms

    def _open(self, dialog: Callable[[list[Subject]], Coroutine[Any, Any, None]], name: str) -> None:
        async def ask() -> None:
            subjects = await self.subjects()
            if subjects and self.desk is not None and self.app.screen is self:
                await dialog(subjects)

        start(self.program, ask, name, group="dialog")

    async def _ask(
        self,
        subjects: list[Subject],
        verb: str,
        fields: Sequence[Field],
        make: "Callable[[Subject, dict[str, str]], Command]",
    ) -> None:
        """One form for all of them; what it holds becomes one command."""
        form = Form(
            f"{verb} {whom(subjects)}",
            fields,
            self.saver(subjects, lambda values: doing.together(subjects, lambda s: make(s, values))),
            draft=f"{verb}:{subjects[0].client_id if len(subjects) == 1 else 'marked'}",
        )
        await self.follow(subjects, await self.app.push_screen_wait(form))

    def saver(
        self, subjects: Sequence[Subject], make: "Callable[[dict[str, str]], Command]"
    ) -> Callable[[dict[str, str]], Coroutine[Any, Any, Any]]:
        """What a form does to save: have the desk do the command. A refusal goes back to the form."""

        async def save(values: dict[str, str]) -> Any:
            assert self.desk is not None
            outcome = await asyncio.to_thread(self.desk.do, make(values))
            # What this changed is merged in by `acted`: coming back to the screen is no reason to load it all again.
            self.shown_version = self.desk.version
            return outcome

        return save

    async def follow(self, subjects: Sequence[Subject], outcome: Any) -> None:
        """Say what a form did, and go on."""
        if outcome is not None:
            await self.acted(subjects)
            self.tell(f"{outcome.label}.", after=f"{self.program.keymap_of_desk.shown('undo')} undoes it.")

    async def _done_with(self, subjects: list[Subject]) -> None:
        first = subjects[0].next
        channel = first.channel if first else Channel.TEXT
        await self._ask(
            subjects,
            "Done with",
            [
                Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
                Field("outcome", "Outcome", hint="what came of it, in a few words", lines=3),
            ],
            lambda s, v: doing.complete(s, Channel(v["channel"]), v["outcome"]),
        )

    async def _snooze(self, subjects: list[Subject]) -> None:
        now, zone = self._now()

        def until(typed: str) -> datetime:
            shortcut = {"1": "tomorrow", "3": "in 3 days", "7": "in 1 week"}.get(typed.strip())
            moment = parse_moment(shortcut or typed, now, zone)
            if moment <= now:
                raise Refused("That time is past.", field="until", hint="For example: tomorrow, 3d, fri 9:30.")
            return moment

        await self._ask(
            subjects,
            "Snooze",
            [
                Field(
                    "until", "Until", "tomorrow",
                    hint="1 tomorrow, 3 in three days, 7 in a week, or: fri, in 2 weeks, 3/14 9:30",
                    understood=lambda typed: f"until {words.moment(until(typed), now, zone)}",
                )
            ],
            lambda s, v: doing.snooze(s, until(v["until"])),
        )  # fmt: skip

    async def _follow_up(self, subjects: list[Subject]) -> None:
        first = subjects[0].next
        channel = first.channel if first else Channel.TEXT
        await self._ask(
            subjects,
            "Follow up with",
            [
                Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
                self._day_field("due_on", "On", "in 1 week"),
                Field("reminder", "Reminder", hint="what to say then; she does not see it"),
            ],
            lambda s, v: doing.schedule(s, Channel(v["channel"]), self._day(v["due_on"]), v["reminder"]),
        )

    async def _message(self, subjects: list[Subject]) -> None:
        assert self.desk is not None
        panes = await asyncio.to_thread(asking.read_panes, self.desk, tuple(s.client_id for s in subjects[:1]))
        pane = panes.get(subjects[0].client_id)
        if pane is None:
            return
        if len(subjects) > 1:
            self.tell("A message goes to one client at a time.", bad=True, after="Clear the marks with esc.")
            return
        links = self.desk.settings.links
        form = MessageForm(
            pane,
            self.desk.rep_name,
            {Channel.TEXT: links.text, Channel.EMAIL: links.email},
            self.saver(subjects, lambda v: self._sent(subjects[0], v)),
        )
        await self.follow(subjects, await self.app.push_screen_wait(form))

    @staticmethod
    def _sent(subject: Subject, values: dict[str, str]) -> "Command":
        channel = Channel(values["channel"])
        title = values["subject"] if channel is Channel.EMAIL else ""
        logged = doing.log_message(subject, channel, values["address"], title, values["body"])
        return doing.contact(subject, logged, channel, done=values["after"] == "done")

    async def _call(self, subjects: list[Subject]) -> None:
        await self._ask(
            subjects,
            "Call with",
            [
                Field("outcome", "Outcome", "talked", choices=CALL_OUTCOMES),
                Field("body", "Words", hint="what was said", lines=4),
                Field("after", "Then", "done", choices=AFTER),
            ],
            lambda s, v: doing.contact(
                s, doing.log_call(s, v["outcome"], v["body"]), Channel.CALL, done=v["after"] == "done"
            ),
        )

    async def _dismiss(self, subjects: list[Subject]) -> None:
        acting = [subject for subject in subjects if subject.next is not None]
        if not acting:
            self.tell("Nothing is suggested for her now.", bad=True)
            return
        action = acting[0].next.action if acting[0].next else ""
        await self._ask(
            acting,
            "Dismiss for",
            [Field("reason", "Reason", hint=f"why not “{action}”; it comes back with her next signal")],
            lambda s, v: doing.dismiss(s, v["reason"]),
        )

    async def _note(self, subjects: list[Subject]) -> None:
        await self._ask(
            subjects,
            "Note on",
            [Field("body", "Note", lines=5, hint="ctrl+s saves")],
            lambda s, v: doing.note(s, v["body"]),
        )

    async def _task_for(self, subjects: list[Subject]) -> None:
        await self._ask(
            subjects,
            "Task for",
            [
                Field("description", "To do", hint="in a few words"),
                self._day_field("due_on", "By", "", may_be_empty=True),
                Field("category", "Category", hint="may be empty"),
            ],
            lambda s, v: doing.task(
                s, v["description"], self._day(v["due_on"]) if v["due_on"].strip() else None, v["category"]
            ),
        )

    async def _edit(self, subjects: list[Subject]) -> None:
        from stylistdesk.ui.dialogs.client import edit_client

        assert self.desk is not None
        page = await asyncio.to_thread(asking.read_client, self.desk, subjects[0].client_id)
        if page is not None:
            form = edit_client(page, lambda command: self.saver(subjects, command))
            outcome = await self.app.push_screen_wait(form)
            if outcome is not None:
                await self.changed((subjects[0].client_id,), back_to=(subjects[0].client_id,))
                self.tell(f"{outcome.label}.", after=f"{self.program.keymap_of_desk.shown('undo')} undoes it.")

    # ------------------------------------------------------------------- dates

    def _now(self) -> "tuple[datetime, Any]":
        assert self.desk is not None
        return self.desk.now(), self.desk.zone

    def _day(self, typed: str) -> Any:
        now, zone = self._now()
        return parse_day(typed, now.astimezone(zone).date())

    def _day_field(self, name: str, label: str, value: str, *, may_be_empty: bool = False) -> Field:
        now, zone = self._now()
        today = now.astimezone(zone).date()

        def understood(typed: str) -> str:
            if may_be_empty and not typed.strip():
                return "some time"
            on = parse_day(typed, today)
            if on < today:
                raise Refused("That day is past.", field=name, hint="For example: tomorrow, fri, in 2 weeks, 3/14.")
            return words.day(on, today)

        hint = "for example tomorrow, fri, in 2 weeks, 3/14" + ("; empty is some time" if may_be_empty else "")
        return Field(name, label, value, hint=hint, understood=understood)


def whom(subjects: Sequence[Subject]) -> str:
    """The name of the one, or how many they are."""
    return subjects[0].name if len(subjects) == 1 else words.count(len(subjects), "client")
