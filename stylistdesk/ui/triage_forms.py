"""The forms that the triage keys open: each asks, makes one command of what was typed, and goes on."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import parse_season
from stylistdesk.domain.spoken_dates import parse_day, parse_moment
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, doing, words
from stylistdesk.ui.dialogs.client import edit_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import MessageForm, sent
from stylistdesk.ui.dialogs.prepared import AFTER, prepare
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.lines import Line
from stylistdesk.ui.return_jobs import values_for
from stylistdesk.ui.triage import Triage
from stylistdesk.ui.work_forms import (
    CHANNEL_CHOICES,
    at_once,
    call_status_of,
    day_of,
    follow_up_fields,
    note_fields,
    recent_lines,
    several_recent_lines,
    task_fields,
    today,
)

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command

CALL_OUTCOMES = (
    ("talked", "talked"),
    ("left a message", "left a message"),
    ("no answer", "no answer"),
    ("call back", "call back"),
)


async def _ask(
    screen: Triage,
    subjects: list[Subject],
    verb: str,
    fields: Sequence[Field],
    make: "Callable[[Subject, dict[str, str]], Command]",
    *,
    leaves: bool = False,
    snoozed: bool = False,
    stay: bool = False,
    recent: bool = False,
    does: str = "",
) -> None:
    """One form for all of them; what it holds becomes one command. `recent` warns of contact only just (R28)."""
    form = Form(
        f"{verb} {whom(subjects)}",
        fields,
        screen.saver(lambda values: doing.together(subjects, lambda s: make(s, values))),
        draft=f"{verb}:{subjects[0].client_id if len(subjects) == 1 else 'marked'}",
        about=await _recent(screen, subjects) if recent else (),
        does=does,
    )
    outcome = await screen.app.push_screen_wait(form)
    await screen.follow(subjects, outcome, leaves=leaves, snoozed=snoozed, stay=stay)


async def _recent(screen: Triage, subjects: Sequence[Subject]) -> tuple[Line, ...]:
    """What is said above the form when they were contacted only just."""
    desk = screen.desk
    assert desk is not None
    if len(subjects) > 1:
        everybody = tuple(subject.client_id for subject in subjects)
        return several_recent_lines(
            await asyncio.to_thread(asking.count_recent_contacts, desk, everybody), len(subjects)
        )
    last = await asyncio.to_thread(asking.read_last_contact, desk, subjects[0].client_id)
    return recent_lines(last, LocalNow(desk.now(), desk.zone))


async def _done_with(screen: Triage, subjects: list[Subject]) -> None:
    first = subjects[0].next
    channel = first.channel if first else Channel.TEXT
    await _ask(
        screen,
        subjects,
        "Done with",
        [
            Field("channel", "By", channel.value, choices=CHANNEL_CHOICES),
            Field("outcome", "Outcome", hint="what came of it, in a few words", lines=3, begins=True),
        ],
        lambda s, v: doing.complete(s, Channel(v["channel"]), v["outcome"]),
        leaves=True,
    )


async def _snooze(screen: Triage, subjects: list[Subject]) -> None:
    now, zone = _now(screen)

    def until(typed: str) -> datetime:
        moment = parse_moment(at_once(typed), now, zone)
        if moment <= now:
            raise Refused("That time is past.", field="until", hint="For example: tomorrow, 3d, fri 9:30.")
        return moment

    await _ask(
        screen,
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
        snoozed=True,
        does="Snooze",
    )  # fmt: skip


async def _follow_up(screen: Triage, subjects: list[Subject]) -> None:
    desk = screen.desk
    assert desk is not None
    first = subjects[0].next
    channel = first.channel if first else Channel.TEXT
    await _ask(
        screen,
        subjects,
        "Follow up with",
        follow_up_fields(desk, channel),
        lambda s, v: doing.schedule(s, Channel(v["channel"]), parse_day(v["due_on"], today(desk)), v["words"]),
    )


async def _message(screen: Triage, subjects: list[Subject]) -> None:
    assert screen.desk is not None
    panes = await asyncio.to_thread(asking.read_panes, screen.desk, tuple(s.client_id for s in subjects[:1]))
    pane = panes.get(subjects[0].client_id)
    if pane is None:
        return
    if len(subjects) > 1:
        screen.tell("A message goes to one client at a time.", bad=True, after="Clear the marks with esc.")
        return
    links = screen.desk.settings.links
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(lambda v: sent(subjects[0], v)),
        await prepare(screen.desk, pane, values=await values_for(screen.desk, pane)),
        await _recent(screen, subjects),
    )
    outcome = await screen.app.push_screen_wait(form)
    await screen.follow(subjects, outcome, more=form.more)


async def _call(screen: Triage, subjects: list[Subject]) -> None:
    await _ask(
        screen,
        subjects,
        "Call with",
        [
            Field("outcome", "Outcome", "talked", choices=CALL_OUTCOMES),
            Field("body", "Words", hint="what was said; shift+tab goes to the outcome", lines=4, begins=True),
            Field("after", "Then", "done", choices=AFTER),
        ],
        lambda s, v: doing.contact(
            s, doing.log_call(s, v["outcome"], v["body"]), Channel.CALL, done=v["after"] == "done"
        ),
        recent=True,
    )


async def _dismiss(screen: Triage, subjects: list[Subject]) -> None:
    acting = [subject for subject in subjects if subject.next is not None]
    if not acting:
        screen.tell("Nothing is suggested for her now.", bad=True)
        return
    actions = {subject.next.action for subject in acting if subject.next}
    why_not = f"“{actions.pop()}”" if len(actions) == 1 else "what is suggested for each"
    await _ask(
        screen,
        acting,
        "Dismiss for",
        [Field("reason", "Reason", hint=f"why not {why_not}; it comes back with her next signal")],
        lambda s, v: doing.dismiss(s, v["reason"]),
        does="Dismiss",
    )


async def _note(screen: Triage, subjects: list[Subject]) -> None:
    await _ask(
        screen,
        subjects,
        "Note on",
        note_fields(),
        lambda s, v: doing.note(s, v["body"], v["kind"], parse_season(v["season"]), call_status_of(v)),
        stay=True,
        recent=True,
    )


async def _task_for(screen: Triage, subjects: list[Subject]) -> None:
    desk = screen.desk
    assert desk is not None
    await _ask(
        screen,
        subjects,
        "Task for",
        task_fields(desk),
        lambda s, v: doing.task(s, v["description"], day_of(desk, v), v["category"], v["assignee"]),
        stay=True,
    )


async def _edit(screen: Triage, subjects: list[Subject]) -> None:
    assert screen.desk is not None
    card = await asyncio.to_thread(asking.read_card, screen.desk, subjects[0].client_id)
    if card is not None:
        form = edit_client(card, screen.saver, screen.desk.country)
        outcome = await screen.app.push_screen_wait(form)
        if outcome is not None:
            await screen.changed((subjects[0].client_id,), back_to=(subjects[0].client_id,))
            screen.program.tell_done(outcome)


def _now(screen: Triage) -> "tuple[datetime, Any]":
    assert screen.desk is not None
    return screen.desk.now(), screen.desk.zone


def whom(subjects: Sequence[Subject]) -> str:
    """The name of the one, or how many they are."""
    return subjects[0].name if len(subjects) == 1 else words.count(len(subjects), "client")


FORMS: dict[str, Callable[[Triage, list[Subject]], Coroutine[Any, Any, None]]] = {
    "done": _done_with,
    "snooze": _snooze,
    "follow-up": _follow_up,
    "message": _message,
    "call": _call,
    "dismiss": _dismiss,
    "note": _note,
    "task": _task_for,
    "edit": _edit,
}
