"""Whether all same-day lookbooks still fit into the rep's working hours (R15): earliest deadline first.

One pair of hands, and work that may be put down and taken up again: then the rule finds a way if there is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stylistdesk.domain.working_hours import Span


@dataclass(frozen=True, slots=True)
class Job:
    """A lookbook to make: it can begin at `release`, when the consultation is over, and is due at `deadline`."""

    id: int
    release: datetime
    effort: timedelta
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Late:
    """The first lookbook that would be late, and how much of its making would not be done by its deadline."""

    job: Job
    short: timedelta


def first_late(jobs: Iterable[Job], free: Iterable[Span]) -> Late | None:
    """The first job, by its deadline, that would not be done in time; `None` if all fit into the free spans.

    Spans are in order and do not overlap.
    """
    waiting = sorted(jobs, key=lambda job: (job.deadline, job.release, job.id))
    left = {job.id: job.effort for job in waiting}
    spans = list(free)
    for at, until in _pieces(spans, waiting):
        now = at
        while now < until:
            job = next((job for job in waiting if left[job.id] and job.release <= now < job.deadline), None)
            if job is None:
                break  # nothing can begin before the next piece
            worked = min(left[job.id], until - now)
            left[job.id] -= worked
            now += worked
    return next((Late(job, left[job.id]) for job in waiting if left[job.id]), None)


def _pieces(spans: Iterable[Span], jobs: Iterable[Job]) -> Iterable[Span]:
    """The spans, cut where a job can begin or is due: within one, what may be worked on stays the same."""
    cuts = sorted({at for job in jobs for at in (job.release, job.deadline)})
    for starts, ends in spans:
        inside = [starts, *(at for at in cuts if starts < at < ends), ends]
        yield from pairwise(inside)
