"""What the rules say: a term of the score, a suggestion, and a client's standing in the queue.

Named tuples, as a queue over all clients makes tens of thousands of them.
"""

from datetime import datetime
from typing import NamedTuple

from stylistdesk.domain.types import Channel


class Term(NamedTuple):
    """One named part of a score. `points` are hundredths, so that a sum is exact."""

    name: str
    points: int

    @property
    def value(self) -> float:
        """The term as shown: 8.0."""
        return self.points / 100


class Suggestion(NamedTuple):
    """What one rule of R5 suggests for one client.

    `subject` names the thing it is about, so that dismissing it does not hide the next one: "csat:4", "start:5" and
    "deliver:5" (assignments), "appointment:6", "follow_up:7", "task:8", "" for signals in general; `CompleteFollowUp`
    settles it by that name. `mark` is the id of the newest signal that feeds it, 0 if none does. `due` is in UTC; a
    suggestion with `due` on a later day is not pressing yet. With `all_day` only the date of `due` counts.
    `promised` is a deadline or something scheduled: being past it is being late. `suggested_at` is a softer hour
    before `due`.
    """

    rule: str
    number: int
    action: str  # "Answer her comment"
    channel: Channel
    reason: str  # one sentence, for the right pane and `today`
    detail: str  # a few words, for the second line of the list: her comment, the item
    due: datetime
    all_day: bool = True
    subject: str = ""
    mark: int = 0
    urgent: bool = False  # wakes a snoozed client
    promised: bool = False
    suggested_at: datetime | None = None


class Standing(NamedTuple):
    """A client's place in the queue: the first of her suggestions is what to do next."""

    client_id: int
    suggestions: tuple[Suggestion, ...]
    terms: tuple[Term, ...]

    @property
    def points(self) -> int:
        """The score in hundredths: the sum of its terms."""
        return sum(term.points for term in self.terms)

    @property
    def score(self) -> float:
        """The score as shown."""
        return self.points / 100
