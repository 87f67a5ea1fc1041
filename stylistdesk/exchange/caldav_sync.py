"""Keeping a calendar on a server in step with the desk, both ways (R19).

First both sides are read, then the plan is made, then the server is changed, each event only if it is as it was read;
then the desk, in one command; at last it is noted how both stand. The network is never waited for in a transaction. A
sync that is cut off anywhere can be done again: what was done already says the same on both sides. How a server stands
is outside of undo; so taking a sync back is a change like any other, which the next sync takes to the server.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from stylistdesk.commands.base import Command, Outcome
from stylistdesk.db.tables import CalendarLink
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.caldav_apply import Applied, ApplySync
from stylistdesk.exchange.caldav_items import State, digest, read_state
from stylistdesk.exchange.caldav_plan import Do, Step, There, plan
from stylistdesk.exchange.caldav_server import ChangedMeanwhile, Server
from stylistdesk.exchange.export_ics import as_file, stamped
from stylistdesk.exchange.ics import events_in
from stylistdesk.exchange.ics_merge import merged
from stylistdesk.exchange.records import EventRecord, RefusedRow
from stylistdesk.queries.asking import Asking

P = ParamSpec("P")
T = TypeVar("T")

_AT_HOME = (Do.PULL, Do.CANCEL, Do.TAKE, Do.DROP, Do.CONFLICT)


class OpenDesk(Protocol):
    """What a sync needs of an open desk."""

    @property
    def zone(self) -> ZoneInfo:
        """The desk's zone."""
        ...

    def now(self) -> datetime:
        """The present instant."""
        ...

    def ask(self, query: Callable[Concatenate[Asking, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask a query."""
        ...

    def do(self, command: Command) -> Outcome:
        """Run a command."""
        ...

    def note(self, write: Callable[[Session], None]) -> None:
        """Keep what has no undo."""
        ...


@dataclass(slots=True)
class SyncReport:
    """What a sync did on both sides. `problems` are events that could not be read or were changed meanwhile."""

    name: str
    sent: int = 0
    removed_there: int = 0
    taken_in: int = 0
    changed: int = 0
    removed_here: int = 0
    conflicts: int = 0
    problems: list[str] = field(default_factory=list)
    clients: tuple[int, ...] = ()

    @property
    def in_words(self) -> str:
        """In a few words: "3 sent, 2 taken in"."""
        counts = (
            (self.sent, "sent"), (self.removed_there, "removed there"), (self.taken_in, "taken in"),
            (self.changed, "changed here"), (self.removed_here, "removed here"),
            (self.conflicts, "to settle"), (len(self.problems), "left out"),
        )  # fmt: skip
        return ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing new"

    def as_json(self) -> dict[str, Any]:
        """The counts by name, and the problems."""
        return {
            "calendar": self.name,
            "sent": self.sent,
            "removed_there": self.removed_there,
            "taken_in": self.taken_in,
            "changed": self.changed,
            "removed_here": self.removed_here,
            "conflicts": self.conflicts,
            "problems": self.problems,
        }


def sync_account(desk: OpenDesk, account_id: int, password: str) -> SyncReport:
    """Bring one calendar in step. Raises `ServerAway` or `Refused`; what was done up to then is done."""
    began = desk.now()
    state = desk.ask(read_state, account_id)
    report = SyncReport(state.name)
    server = Server(state.url, state.username, password)
    try:
        there = _read(server, state, desk.zone, report)
        steps = list(plan(state, there, desk.now()))
        _refuse_emptied(steps, there)
        links = _change_the_server(server, desk, state, steps, report)
    finally:
        server.close()
    at_home = [step for step in steps if step.do in _AT_HOME]
    applied = Applied()
    if at_home:
        outcome = desk.do(ApplySync(account_id, state.name, at_home))
        applied = outcome.value
    for step in at_home:
        _note_home(step, applied, links)
    for step in steps:
        if step.do is Do.LINK and step.there is not None:
            links[step.uid] = _link(step, step.there.etag)
        elif step.do is Do.FORGET:
            links[step.uid] = None

    def keep(session: Session) -> None:
        if links:
            _keep(session, account_id, links)
        _stamp(session, account_id, began)

    desk.note(keep)
    counts = applied.counts
    report.taken_in, report.changed, report.conflicts = counts["taken in"], counts["changed"], counts["conflicts"]
    report.removed_here = counts["removed"] + counts["cancelled"]
    report.clients = tuple(sorted(applied.clients))
    return report


SEVERAL = 3
"""So many of hers gone at once from a calendar that is empty now were not taken away one by one."""


def _refuse_emptied(steps: Sequence[Step], there: Mapping[str, There]) -> None:
    """Raises `Refused` where the calendar there was emptied: an accident there must not cancel all that is here."""
    gone = sum(step.do is Do.CANCEL for step in steps)
    if not there and gone >= SEVERAL:
        raise Refused(
            f"The calendar on the server is empty: {gone} of your own would be cancelled here. Nothing was changed.",
            hint="To send them anew, remove the calendar here and add it again.",
        )


# ---------------------------------------------------------------------- reading


def _read(server: Server, state: State, zone: ZoneInfo, report: SyncReport) -> dict[str, There]:
    """All events of the server by uid; those that are as they were are not read again."""
    listed = server.list()
    known = {link.href: link for link in state.links.values() if link.href}
    there: dict[str, There] = {}
    wanted = []
    for href, etag in listed.items():
        link = known.get(href)
        if link is not None and link.etag == etag and etag and (link.ours or link.uid in state.foreign):
            there[link.uid] = There(href, etag)
        else:
            wanted.append(href)
    for href, (etag, text) in server.fetch(wanted).items():
        rows = events_in(text, zone)
        records = tuple(row for row in rows if isinstance(row, EventRecord))
        if not records:
            refused = next((row.reason for row in rows if isinstance(row, RefusedRow)), "it holds no event")
            report.problems.append(f"{clean(href.rpartition('/')[2], limit=80)}: {clean(refused)}")
            if href in known:  # it is there, whatever it is
                there[known[href].uid] = There(href, known[href].etag)
            continue
        uid = known[href].uid if href in known else records[0].uid
        if uid in there:
            report.problems.append(f"{clean(href.rpartition('/')[2], limit=80)}: it stands there twice")
            continue
        there[uid] = There(href, etag, text, tuple(one for one in records if one.uid == records[0].uid))
    return there


# ----------------------------------------------------------- changing the server

Links = dict[str, CalendarLink | None]


def _change_the_server(
    server: Server, desk: OpenDesk, state: State, steps: Iterable[Step], report: SyncReport
) -> Links:
    links: Links = {}
    try:
        for step in steps:
            try:
                if step.do is Do.PUSH:
                    links[step.uid] = _push(server, desk, step)
                    report.sent += 1
                elif step.do is Do.DELETE and step.there is not None:
                    server.delete(step.there.href, step.there.etag)
                    links[step.uid] = None
                    report.removed_there += 1
            except ChangedMeanwhile:
                title = step.item.record.title if step.item is not None else step.uid
                report.problems.append(f"{title}: it was changed there meanwhile; sync again")
    except Refused:
        desk.note(lambda session: _keep(session, state.account_id, links))
        raise
    return links


def _push(server: Server, desk: OpenDesk, step: Step) -> CalendarLink:
    assert step.item is not None
    event = stamped(step.item.event.copy(recursive=True), 0, desk.now())
    text, etag, href = as_file([event], desk.zone), "", server.new_href(step.uid)
    if step.there is not None:
        href, etag = step.there.href, step.there.etag
        before = step.there.text or server.fetch([href]).get(href, ("", ""))[1]
        text = merged(before, text.decode()).encode() if before else text
    etag = server.put(href, text, etag)
    sent = next((row for row in events_in(text.decode(), desk.zone) if isinstance(row, EventRecord)), step.item.record)
    return CalendarLink(
        account_id=0, what=step.item.what, row_id=step.item.row_id, uid=step.uid, href=href, etag=etag,
        ours=step.item.digest, theirs=digest(sent),
    )  # fmt: skip


# ------------------------------------------------------------- keeping how it is


def _link(step: Step, etag: str, ours: str | None = None) -> CalendarLink:
    main = step.there.main if step.there is not None else None
    item, link = step.item, step.link
    return CalendarLink(
        account_id=0,
        what=item.what if item is not None else "calendar_event",
        row_id=item.row_id if item is not None else 0,
        uid=step.uid,
        href=step.there.href if step.there is not None else "",
        etag=etag,
        ours=ours if ours is not None else item.digest if item is not None else "",
        theirs=digest(main) if main is not None else link.theirs if link is not None else "",
    )


def _note_home(step: Step, applied: Applied, links: Links) -> None:
    if step.uid in applied.left or step.uid in applied.conflicts:
        return
    if step.do is Do.PULL and step.there is not None:
        links[step.uid] = _link(step, step.there.etag, applied.ours.get(step.uid, ""))
    elif step.do is Do.TAKE and step.there is not None:
        links[step.uid] = _link(step, step.there.etag, "")
    elif step.do in (Do.CANCEL, Do.DROP):
        links[step.uid] = None


def _keep(session: Session, account_id: int, links: Links) -> None:
    there = {row.uid: row for row in session.exec(select(CalendarLink).where(CalendarLink.account_id == account_id))}
    for uid, link in links.items():
        row = there.get(uid)
        if link is None:
            if row is not None:
                session.delete(row)
            continue
        row = row or CalendarLink(account_id=account_id, uid=uid, what=link.what, row_id=link.row_id)
        row.what, row.row_id, row.href, row.etag = link.what, link.row_id, link.href, link.etag
        row.ours, row.theirs = link.ours, link.theirs
        session.add(row)


def _stamp(session: Session, account_id: int, now: datetime) -> None:
    """Keep when it was last in step."""
    wanted = select(CalendarLink).where(CalendarLink.account_id == account_id, CalendarLink.uid == "")
    row = session.exec(wanted).first() or CalendarLink(account_id=account_id, what="account", row_id=account_id, uid="")
    row.etag = now.astimezone(UTC).isoformat()
    session.add(row)
