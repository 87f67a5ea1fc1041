"""What `l` offers for the lookbook of an assignment: deliver, build, its words, write to her, write it out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import end_of_day
from stylistdesk.domain.suggestions import Standing, Suggestion
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.lines import clip_middle
from stylistdesk.ui.profile.screen import Profile

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.lookbook_files import Format
    from stylistdesk.queries.assignments import DueRow
    from stylistdesk.queries.lookbooks import LookbookRow
    from stylistdesk.ui.screens.appointments import AppointmentsDue


FORMATS = (("html", "Write it out as one page (HTML)"), ("text", "Write it out as text"))

LEAST = 12
"""So many cells of the folder's name are always said."""


async def lookbook(screen: "AppointmentsDue", row: "DueRow") -> None:
    """Offer what can be done with it, what is probably wanted first."""
    if row.assignment_id is None:
        screen.tell("Only an assignment ends in a lookbook.", bad=True)
        return
    book = await _book(screen, row)
    filled, sent = bool(book and book.items), row.delivered_at is not None
    count = words.count(len(book.items), "item") if book and book.items else "no items yet" if book else "begins it"
    offered = [
        ("deliver", "Delivered: she has it now"),
        ("message", "Write to her that it is ready"),
        ("build", f"Build it: looks and items ({count})"),
        ("words", "Its title, and the words above the looks"),
        *FORMATS,
    ]
    if sent:
        offered = offered[1:]
    if not filled:
        offered = [one for one in offered if one[0] not in ("html", "text")]
        offered.sort(key=lambda one: one[0] != "build")
    chosen = await screen.app.push_screen_wait(Picker(f"Lookbook for {row.about.name}", offered))
    if chosen is not None:
        await JOBS[chosen](screen, row)


async def _book(screen: "AppointmentsDue", row: "DueRow") -> "LookbookRow | None":
    from stylistdesk.queries.lookbooks import client_lookbooks

    desk = screen.desk
    assert desk is not None
    hers = await asyncio.to_thread(desk.ask, client_lookbooks, row.about.client_id)
    return next((book for book in hers if book.id == row.lookbook_id), None)


async def _deliver(screen: "AppointmentsDue", row: "DueRow") -> None:
    from stylistdesk.commands.assignments import DeliverLookbook

    assert row.assignment_id is not None
    await screen.carry_out_here(DeliverLookbook(row.assignment_id))


async def _begun(screen: "AppointmentsDue", row: "DueRow") -> None:
    """Let there be a lookbook."""
    from stylistdesk.commands.lookbooks import BeginLookbook

    assert row.assignment_id is not None
    if row.lookbook_id is None:
        await screen.carry_out_here(BeginLookbook(row.assignment_id), stay=True)


async def _build(screen: "AppointmentsDue", row: "DueRow") -> None:
    """In her profile, where looks and items are put together."""
    await _begun(screen, row)
    screen.hush()
    stands = screen.row_with(row.key) or row
    await screen.program.open_profile(row.about.client_id, "Lookbooks")
    profile = screen.program.screen
    if isinstance(profile, Profile) and stands.lookbook_id is not None:
        await profile.go_into(("lookbook", stands.lookbook_id))


async def _words(screen: "AppointmentsDue", row: "DueRow") -> None:
    number, book = row.assignment_id, await _book(screen, row)
    assert number is not None

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.lookbooks import BeginLookbook, EditLookbook

        if book is None:  # one that is left without saving begins nothing
            return BeginLookbook(number, values["title"], values["words"])
        return EditLookbook(book.id, values["title"], book.delivered_at, values["words"])

    title, said = (book.title, book.words) if book is not None else ("", "")
    hint = "for example Fall looks 2" + (", as she sees it" if book is not None else "; empty is its day")
    fields = [
        Field("title", "Title", title, hint=hint),
        Field("words", "Words", said, hint="what she reads above the looks; may be empty", lines=6),
    ]
    await screen.fill_in_here(f"Lookbook for {row.about.name}", fields, make, stay=True)


def _writer(form: "Format") -> "Callable[[AppointmentsDue, DueRow], Awaitable[None]]":
    async def write(screen: "AppointmentsDue", row: "DueRow") -> None:
        desk, book = screen.desk, await _book(screen, row)
        if desk is None or book is None:
            return
        screen.tell(await asyncio.to_thread(write_out, desk, book, row.about.name, form, screen.size.width))

    return write


def write_out(desk: "Desk", book: "LookbookRow", client: str, form: "Format", width: int) -> str:
    """Write it into the exports folder, in a thread; in words for so wide a screen where it is. Raises `Refused`."""
    from stylistdesk.exchange.lookbook_files import Page, write_lookbook

    page = Page(book, client, desk.rep_name)
    written = write_lookbook(desk.paths.exports, page, form, desk.zone, desk.now())
    missing = words.count(written.left_out, "picture")
    left = f" {missing} left out: not there, or none." if written.left_out else ""
    said = f"Wrote {written.path.name} to "
    room = width - len(f"  {said}.{left} ")
    return f"{said}{clip_middle(str(written.path.parent), max(room, LEAST))}.{left}"


async def _message(screen: "AppointmentsDue", row: "DueRow") -> None:
    """Write to her that it is ready: judged as each message is (R25); sent, the lookbook is delivered."""
    from stylistdesk.ui.dialogs.message import MessageForm, sent
    from stylistdesk.ui.dialogs.prepared import prepare

    desk = screen.desk
    assert desk is not None
    panes = await asyncio.to_thread(asking.read_panes, desk, (row.about.client_id,))
    pane = panes.get(row.about.client_id)
    if pane is None:
        return
    now, zone = desk.now(), desk.zone
    suggestion = Suggestion(
        rule="deliver_lookbook",
        number=3,
        action="Deliver the lookbook",
        channel=Channel.EMAIL if pane.email else Channel.TEXT,
        reason="",
        detail=row.what,
        due=row.due_at or end_of_day(now.astimezone(zone).date(), zone),
        subject=f"deliver:{row.assignment_id}",
    )
    pane = replace(pane, standing=Standing(pane.client_id, (suggestion,), ()))
    subject = Subject(pane.client_id, pane.name, pane.last_signal_id, suggestion)
    links = desk.settings.links
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(lambda values: sent(subject, values)),
        await prepare(desk, pane),
    )
    outcome = await screen.app.push_screen_wait(form)
    if outcome is not None:
        await screen.load()
        screen.program.tell_done(outcome, form.more)


JOBS: "dict[str, Callable[[AppointmentsDue, DueRow], Awaitable[None]]]" = {
    "deliver": _deliver,
    "message": _message,
    "build": _build,
    "words": _words,
    "html": _writer("html"),
    "text": _writer("text"),
}
