"""How well the rep works (R20): ratings, sessions on time, answers, follow-ups, rebooking, contacts.

`on` is the local day on which a row counts. Each formula takes the rows of a period. The rows of which there are most
are named tuples: they are made four times as fast as data classes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from stylistdesk.domain.assignments import started_on_time
from stylistdesk.domain.commission import half_up
from stylistdesk.domain.metrics import WHOLE, Measure, Row, Unit, mean_of, median, percentile, rate_of

SATISFIED = 4
"""A score from this one on counts as satisfied."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A client satisfaction response: 1 to 5, and 0 to 10 where she was asked for that too."""

    on: date
    client_id: int
    score: int
    nps: int | None = None


def csat(ratings: Iterable[Rating]) -> Measure:
    """Ratings of 4 and 5 / all ratings."""
    return rate_of((rating.client_id, int(rating.score >= SATISFIED), 1) for rating in ratings)


def nps(ratings: Iterable[Rating]) -> Measure:
    """% of 9 and 10 less % of 0 to 6, of those who were asked."""
    asked = [
        (rating.client_id, (rating.nps >= 9) - (rating.nps <= 6), 1) for rating in ratings if rating.nps is not None
    ]
    return mean_of(asked, Unit.POINTS, WHOLE)


class Consultation(NamedTuple):
    """One that took place or is still to come, and the first message to her from `EARLIEST` before its start on."""

    on: date
    client_id: int
    starts_at: datetime
    first_message_at: datetime | None

    @property
    def sent(self) -> tuple[datetime, ...]:
        """The first message, if there is one."""
        return (self.first_message_at,) if self.first_message_at is not None else ()


def on_time(consultations: Iterable[Consultation], grace: timedelta, now: datetime) -> Measure:
    """Consultations that started on time / consultations whose time has come."""
    return rate_of(
        (one.client_id, int(started_on_time(one.starts_at, one.sent, grace)), 1)
        for one in consultations
        if one.starts_at + grace <= now or one.first_message_at is not None
    )


class Delivery(NamedTuple):
    """The lookbook of a session: until when it was due, and when it was delivered."""

    on: date
    client_id: int
    due_at: datetime
    delivered_at: datetime | None


def same_day(deliveries: Iterable[Delivery], now: datetime) -> Measure:
    """Lookbooks delivered by the end of the day of the consultation / those that were due or delivered."""
    return rate_of(
        (one.client_id, int(one.delivered_at is not None and one.delivered_at <= one.due_at), 1)
        for one in deliveries
        if one.due_at < now or one.delivered_at is not None
    )


class Delivered(NamedTuple):
    """A lookbook that was delivered: a root one, or a revision."""

    on: date
    client_id: int
    is_revision: bool


def revisions(delivered: Iterable[Delivered]) -> Measure:
    """Revisions / root lookbooks."""
    return rate_of((one.client_id, int(one.is_revision), int(not one.is_revision)) for one in delivered)


class Answer(NamedTuple):
    """How long a client's message waited for an answer, in seconds of working time; `None` has none yet."""

    on: date
    client_id: int
    seconds: int | None


def response_median(answers: Sequence[Answer]) -> Measure:
    """The middle one of the waiting times, in minutes. Behind it: the longest of each client, and how many."""
    return _response(answers, median(_waited(answers)))


def response_90(answers: Sequence[Answer]) -> Measure:
    """The waiting time that 9 of 10 messages do not exceed, in minutes."""
    return _response(answers, percentile(_waited(answers), 90))


def _waited(answers: Sequence[Answer]) -> list[int]:
    return [one.seconds for one in answers if one.seconds is not None]


def _response(answers: Sequence[Answer], seconds: int | None) -> Measure:
    def longest() -> list[Row]:
        found: dict[int, tuple[int, int]] = {}
        for _, client_id, waited in answers:
            if waited is not None:
                most, n = found.get(client_id, (0, 0))
                found[client_id] = (max(most, waited), n + 1)
        return [(client_id, half_up(most, 60), n) for client_id, (most, n) in found.items()]

    value = None if seconds is None else half_up(seconds, 60)
    waiting = len([one for one in answers if one.seconds is None])
    return Measure(Unit.MINUTES, value, value or 0, len(answers) - waiting, None, longest, waiting)


class Promise(NamedTuple):
    """A follow-up, on the day for which it was first promised, and the day on which it was done."""

    on: date
    client_id: int
    done_on: date | None


def timeliness(promises: Iterable[Promise], today: date) -> Measure:
    """Follow-ups done on time / follow-ups due. One of today is due once it is done, or the day is over."""
    return rate_of(
        (one.client_id, int(one.done_on is not None and one.done_on <= one.on), 1)
        for one in promises
        if one.on < today or one.done_on is not None
    )


class Closing(NamedTuple):
    """A session that was closed, and the day on which her next one was booked."""

    on: date
    client_id: int
    booked_on: date | None


def rebooking(closings: Iterable[Closing], within: int, today: date) -> Measure:
    """Sessions with a next one booked within so many days of closing / those closed. Who still has time is left out."""
    days = timedelta(days=within)
    rows = ((one.client_id, one.on + days, one.booked_on) for one in closings)
    return rate_of(
        (client_id, int(booked), 1)
        for client_id, until, booked_on in rows
        if (booked := booked_on is not None and booked_on <= until) or until < today
    )


class Contacts(NamedTuple):
    """To whom the rep wrote on a day, whom she called, and with whom she completed a follow-up."""

    on: date
    clients: frozenset[int]


def contacted(contacts: Sequence[Contacts]) -> Measure:
    """Clients contacted, each at most once a day."""
    n = sum(len(day.clients) for day in contacts)
    return Measure(Unit.COUNT, n, n, n, None, lambda: [(key, 1, 1) for day in contacts for key in day.clients])
