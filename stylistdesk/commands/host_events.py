"""Events with their shop windows (R37): added, changed, called off, and closed step by step."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import HostEvent, HostOrder, Order, OrderMove, RewardAdjustment
from stylistdesk.domain.codes import checked_code, made_code
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import (
    STEPS,
    ClosingStep,
    check_window,
    link_of,
    read_steps,
    steps_of,
    write_steps,
)
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean, counted, shortened
from stylistdesk.domain.types import HostOrderStatus
from stylistdesk.domain.web_address import checked_web_address

OURS = "desk"
"""The source of an event that was typed in."""


@dataclass(frozen=True, slots=True)
class HostEventForm:
    """What the form of an event holds. `opens_on` and `closes_on` are both open days; `held_at` is in UTC.

    Without a client it is an own event. An empty code is made from the name, an empty link from the template.
    """

    name: str
    opens_on: date
    closes_on: date
    client_id: int | None = None
    code: str = ""
    link: str = ""
    held_at: datetime | None = None
    place: str = ""
    note: str = ""

    def checked(self, work: Work, but: int | None = None) -> "HostEventForm":
        """The same, cleaned, with its code and link; `but` is the event itself. Raises `Refused` at a wrong field."""
        name = clean(self.name, limit=200)
        if not name:
            raise Refused("Give the event a name.", field="name", hint="For example: Fay's fall party.")
        for field, day in (("opens_on", self.opens_on), ("closes_on", self.closes_on)):
            if day.year not in YEARS:
                raise Refused("That year is too far away.", field=field)
        before = work.session.get(HostEvent, but) if but is not None else None
        if before is None or (before.opens_on, before.closes_on) != (self.opens_on, self.closes_on):
            check_window(self.opens_on, self.closes_on, work.settings.event_days)
        host = client_named(work.session, self.client_id).name if self.client_id is not None else ""
        code = checked_code(self.code)
        taken = work.session.exec(select(HostEvent.code).where(HostEvent.id != but)).all()
        if code.casefold() in {one.casefold() for one in taken}:
            raise Refused(f"Another event has the code {code}.", field="code", hint="Leave it empty for a new one.")
        code = code or made_code(name, taken)
        link = checked_web_address(self.link, "link")
        return replace(
            self,
            name=name,
            code=code,
            link=link or link_of(work.settings.links.event, code=code, event=name, host=host),
            place=clean(self.place),
            note=clean(self.note, multiline=True, limit=MOST_WORDS),
        )


def event_with(work: Work, event_id: int) -> HostEvent:
    """The event, or `Refused` if it is gone."""
    event = work.session.get(HostEvent, event_id)
    if event is None:
        raise Refused("This event is no longer on the desk.", hint="Undo brings a removed one back.")
    return event


def check_order_day(work: Work, event_id: int, day: date) -> HostEvent:
    """The event for an order of that day. Raises `Refused` where its window was not open then, or it is closed."""
    event = event_with(work, event_id)
    if event.cancelled_at is not None:
        raise Refused(f"{event.name} is cancelled.", field="event_id", hint="Reopen the event first.")
    if event.closed_at is not None:
        raise Refused(f"{event.name} is closed.", field="event_id", hint="Reopen the event first.")
    if not event.opens_on <= day <= event.closes_on:
        raise Refused(
            f"{event.name} was not open on {work.say(day)}: {work.say(event.opens_on)} to {work.say(event.closes_on)}.",
            field="event_id",
            hint="Choose one that was, or change the day.",
        )
    return event


def _fill(event: HostEvent, form: HostEventForm) -> None:
    event.client_id, event.name, event.code, event.link = form.client_id, form.name, form.code, form.link
    event.opens_on, event.closes_on, event.held_at = form.opens_on, form.closes_on, form.held_at
    event.place, event.note = form.place, form.note


def _hosts(*client_ids: int | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one for one in client_ids if one is not None))


def _said(event: HostEvent) -> str:
    return f"the event “{shortened(event.name, 40)}”"


@dataclass(frozen=True, slots=True)
class AddHostEvent:
    """Add an event, with its link. `Outcome.value` is its id."""

    form: HostEventForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        form = self.form.checked(work)
        event = HostEvent(name=form.name, code=form.code, opens_on=form.opens_on, closes_on=form.closes_on, source=OURS)
        _fill(event, form)
        work.session.add(event)
        work.session.flush()
        return Outcome(f"Added {_said(event)}", _hosts(event.client_id), event.id)


@dataclass(frozen=True, slots=True)
class EditHostEvent:
    """Change an event. Its orders stay in it, and each keeps its day in the window."""

    event_id: int
    form: HostEventForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for a host who would lose her host order."""
        event = event_with(work, self.event_id)
        form = self.form.checked(work, but=self.event_id)
        before = event.client_id
        _keep_days_in(work, event, form)
        if form.client_id != before and _host_orders(work, self.event_id):
            raise Refused("Its host has a host order.", field="client", hint="Remove or cancel the host order first.")
        _fill(event, form)
        return Outcome(f"Edited {_said(event)}", _hosts(before, form.client_id), event.id)


@dataclass(frozen=True, slots=True)
class CancelHostEvent:
    """An event does not take place, or does after all. Its orders stay in it."""

    event_id: int
    cancelled: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was cancelled before keeps its time. Raises `Refused` for one that is closed."""
        event = event_with(work, self.event_id)
        if self.cancelled and event.closed_at is not None:
            raise Refused(f"{event.name} is closed.", hint="Reopen it first.")
        event.cancelled_at = (event.cancelled_at or work.now) if self.cancelled else None
        if not self.cancelled:
            return Outcome(f"Reopened {_said(event)}", _hosts(event.client_id))
        orders = _count(work, Order, self.event_id)
        stay = f"; {orders:,} {'order stays' if orders == 1 else 'orders stay'} in it" if orders else ""
        return Outcome(f"Cancelled {_said(event)}{stay}", _hosts(event.client_id))


@dataclass(frozen=True, slots=True)
class TickStep:
    """A step of closing an event is done, or is not after all."""

    event_id: int
    step: ClosingStep
    done: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a step of a host where the event has none."""
        event = event_with(work, self.event_id)
        if self.step not in steps_of(has_host=event.client_id is not None):
            raise Refused("An own event has no host.", hint="Give it one with edit, or pass this step over.")
        done = read_steps(event.steps_done)
        event.steps_done = write_steps(done | {self.step} if self.done else done - {self.step})
        said = "Ticked" if self.done else "Took the tick off"
        return Outcome(f"{said} “{STEPS[self.step]}” of {_said(event)}", _hosts(event.client_id))


@dataclass(frozen=True, slots=True)
class CloseHostEvent:
    """All is done for an event, or is not after all. What is still to do is the rep's to judge: nothing is refused."""

    event_id: int
    closed: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was closed before keeps its time. Raises `Refused` for one that is cancelled."""
        event = event_with(work, self.event_id)
        if self.closed and event.cancelled_at is not None:
            raise Refused(f"{event.name} is cancelled: there is nothing to close.", hint="Reopen it first.")
        event.closed_at = (event.closed_at or work.now) if self.closed else None
        return Outcome(f"{'Closed' if self.closed else 'Reopened'} {_said(event)}", _hosts(event.client_id))


@dataclass(frozen=True, slots=True)
class RemoveHostEvent:
    """Take an event away that should not be there."""

    event_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for one that has orders, or anything else that counts for it."""
        event = event_with(work, self.event_id)
        for table, what in (
            (Order, "orders"),
            (HostOrder, "a host order"),
            (RewardAdjustment, "an adjustment of its rewards"),
        ):
            if _count(work, table, self.event_id):
                raise Refused(f"{event.name} has {what}.", hint="Cancel it instead: it stays on the list.")
        moved = select(OrderMove.id).where(
            (col(OrderMove.from_event_id) == self.event_id) | (col(OrderMove.to_event_id) == self.event_id)
        )
        if work.session.exec(moved).first() is not None:
            raise Refused(f"An order was moved into {event.name}, or out of it.", hint="Cancel it instead.")
        said, hosts = _said(event), _hosts(event.client_id)
        work.session.delete(event)
        return Outcome(f"Removed {said}", hosts)


def _keep_days_in(work: Work, event: HostEvent, form: HostEventForm) -> None:
    """Raise `Refused` for a window that is closed on the day of an order which the event's own window held."""
    placed = work.session.exec(select(Order.placed_at).where(Order.event_id == event.id)).all()
    days = [
        day for day in (one.astimezone(work.zone).date() for one in placed) if event.opens_on <= day <= event.closes_on
    ]
    for field, out in (
        ("opens_on", [day for day in days if day < form.opens_on]),
        ("closes_on", [day for day in days if day > form.closes_on]),
    ):
        if out:
            said = f"{counted(len(out), 'order')} of it {'was' if len(out) == 1 else 'were'} placed outside that window"
            first = work.say(min(out) if field == "opens_on" else max(out))
            raise Refused(f"{said}.", field=field, hint=f"It has to hold {first}; or move the order first.")


def _host_orders(work: Work, event_id: int) -> bool:
    running = select(HostOrder.id).where(HostOrder.event_id == event_id, HostOrder.status != HostOrderStatus.CANCELLED)
    return work.session.exec(running).first() is not None


def _count(work: Work, table: type[Order] | type[HostOrder] | type[RewardAdjustment], event_id: int) -> int:
    return len(work.session.exec(select(table.id).where(table.event_id == event_id)).all())
