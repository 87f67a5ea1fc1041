"""How often a client is styled: her cadence (R18, R22). It counts from its anchor, always."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.triage import client_named
from stylistdesk.db.tables import Cadence
from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.frequency import LONGEST
from stylistdesk.domain.seasons import YEARS


def cadence_of(work: Work, client_id: int) -> Cadence | None:
    """Her cadence, if she has signed up for one."""
    return work.session.exec(select(Cadence).where(Cadence.client_id == client_id)).first()


def _hers(work: Work, client_id: int) -> Cadence:
    cadence = cadence_of(work, client_id)
    if cadence is None:
        raise Refused("She has no cadence.", hint="Enrol her first.")
    return cadence


@dataclass(frozen=True, slots=True)
class SetCadence:
    """Enrol a client, or change how often she is styled: every so many weeks or months, counted from a day."""

    client_id: int
    every: int
    unit: str  # "week" or "month"
    anchor_on: date

    def apply(self, work: Work) -> Outcome:
        """A paused one stays paused. Raises `Refused` for no interval, or one longer than `LONGEST`."""
        client = client_named(work.session, self.client_id)
        if self.unit not in LONGEST or not 1 <= self.every <= LONGEST[self.unit]:
            raise Refused("That is no interval.", field="every", hint="Try: 6 weeks, every month, 3 months.")
        if self.anchor_on.year not in YEARS:
            raise Refused("That day is too far away.", field="anchor_on", hint="Try: today, next mon, 31 jan.")
        cadence = cadence_of(work, self.client_id)
        said = "Changed the cadence of" if cadence else "Enrolled"
        if cadence is None:
            cadence = Cadence(client_id=self.client_id, every=self.every, unit=self.unit, anchor_on=self.anchor_on)
            work.session.add(cadence)
        cadence.every, cadence.unit, cadence.anchor_on = self.every, self.unit, self.anchor_on
        return Outcome(f"{said} {client.name}: {say_cadence(self.every, self.unit)}", (self.client_id,))


@dataclass(frozen=True, slots=True)
class PauseCadence:
    """Stop asking for her next looks for a while."""

    client_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she has no cadence."""
        client, cadence = client_named(work.session, self.client_id), _hers(work, self.client_id)
        cadence.paused_at = cadence.paused_at or work.now
        return Outcome(f"Paused the cadence of {client.name}", (self.client_id,))


@dataclass(frozen=True, slots=True)
class ResumeCadence:
    """Go on with a cadence: its days are the ones that it would have had without the pause."""

    client_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she has no cadence."""
        client, cadence = client_named(work.session, self.client_id), _hers(work, self.client_id)
        cadence.paused_at = None
        return Outcome(f"Resumed the cadence of {client.name}", (self.client_id,))


@dataclass(frozen=True, slots=True)
class LeaveCadence:
    """She does not want to be styled regularly any more."""

    client_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she has no cadence."""
        client, cadence = client_named(work.session, self.client_id), _hers(work, self.client_id)
        work.session.delete(cadence)
        return Outcome(f"Ended the cadence of {client.name}", (self.client_id,))
