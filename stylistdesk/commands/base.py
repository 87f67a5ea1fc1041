"""What a command is, and what it is given to do its work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session

from stylistdesk.domain.dates import WEEKDAYS, say_short_day
from stylistdesk.queries.asking import Asking
from stylistdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction: its session, the desk's now (UTC), its zone, currency, country and settings."""

    session: Session
    now: datetime
    zone: ZoneInfo
    currency: str
    country: str
    settings: Settings

    @property
    def asking(self) -> Asking:
        """A query's view of the transaction."""
        return Asking(self.session, self.now, self.zone, self.currency, self.country, self.settings)

    def say(self, day: date) -> str:
        """A day in words for a label: "Sun 31 Jan", with the year when it is another one."""
        return f"{WEEKDAYS[day.weekday()]} {say_short_day(day, self.now.astimezone(self.zone).date())}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: its label for history ("Completed follow-up with Ana Ruiz"), and what it made.

    `keeps` says that it has put right something that is no row of the desk's: it stays, though nothing is to be undone.
    """

    label: str
    client_ids: tuple[int, ...] = ()
    value: Any = None
    changed: bool = True  # False where the command found everything as it wanted it: there is nothing to undo
    keeps: bool = False


def at_noon(work: Work, day: date) -> datetime:
    """An instant for a day of which no more is known: its local noon, or now if that is still to come."""
    noon = datetime.combine(day, time(12), tzinfo=work.zone)
    return min(noon, work.now) if day == work.now.astimezone(work.zone).date() else noon


class Command(Protocol):
    """One intent of the rep: a frozen dataclass. One command is one transaction and one undo step."""

    def apply(self, work: Work) -> Outcome:
        """Do it, or raise `Refused`; then nothing is changed."""
        ...


@dataclass(frozen=True, slots=True)
class Together:
    """Several commands as one: all of them, or none; one key takes them back. `label` names them in the history."""

    commands: Sequence[Command]
    label: str = ""

    def apply(self, work: Work) -> Outcome:
        """Do all; unless it is given, the label is the first one's and how many more there are."""
        outcomes = [command.apply(work) for command in self.commands]
        if not outcomes:
            return Outcome("Nothing was marked")
        first = outcomes[0].label
        if len(outcomes) > 1:
            done, _, told = first.partition("; ")
            first = f"{done}{f' ({told})' if told else ''} and {len(outcomes) - 1} more"
        return Outcome(
            self.label or first,
            tuple(client_id for outcome in outcomes for client_id in outcome.client_ids),
            tuple(outcome.value for outcome in outcomes),
        )
