"""Cadence: how often she has signed up to be styled, and the days that come (R18, R22)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.dates import say_cadence
from stylistdesk.domain.frequency import parse_frequency
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, line
from stylistdesk.ui.profile.dated import dated, heading, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section
from stylistdesk.ui.work_forms import today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.cadence import ClientCadence
    from stylistdesk.ui.profile.screen import Profile


@dataclass(frozen=True, slots=True)
class Hers:
    """Her cadence, or none."""

    cadence: "ClientCadence | None"


class CadenceSection(Section[Hers]):
    """One cadence, and its next six days, counted from its anchor."""

    TITLE = "Cadence"
    SCOPE: ClassVar[Scope] = Scope.CADENCE
    ADDS = "her cadence"

    def read(self, desk: "Desk", client_id: int) -> Hers:
        from stylistdesk.queries.cadence import client_cadence

        return Hers(desk.ask(client_cadence, client_id))

    def empty(self, look: Look) -> list[Line]:
        return [
            BLANK,
            (Piece(" She has not signed up to be styled regularly.", "quiet"),),
            BLANK,
            look.key("section_add", "enrols her."),
        ]

    def entries(self, known: Hers, look: Look) -> list[Entry]:
        hers = known.cadence
        if hers is None:
            return []
        paused = f"  paused since {on(hers.paused_at, look)}" if hers.paused_at else ""
        head: list[Line] = [
            line(
                Piece(f" {hers.words}", "strong"),
                Piece(f", counted from {on(hers.anchor_on, look)}", "quiet"),
                Piece(paused, "late"),
            )
        ]
        looks = "no looks yet"
        if hers.last_looks_on is not None:
            booked = hers.last_looks_on > look.here.today
            looks = f"{'looks booked for' if booked else 'last looks'} {on(hers.last_looks_on, look)}"
        missed = not hers.paused_at and hers.due_on < look.here.today
        due = f"  to be booked: {on(hers.due_on, look)}" if missed else ""
        head.append(line(Piece(f" {looks}", "quiet"), Piece(due, "late")))
        title = "The days that would come" if hers.paused_at else "The next six"
        days = [dated(None, on(day, look), _away(day, look), look) for day in hers.next_days]
        return [Entry(tuple(head), ("cadence", 1)), heading(title), *days]

    # ------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        await self._ask(profile)

    async def edit(self, profile: "Profile", key: Key) -> None:
        await self._ask(profile)

    async def _ask(self, profile: "Profile") -> None:
        desk, hers = profile.desk, profile.known.cadence
        assert desk is not None
        here = today(desk)

        def interval(typed: str) -> str:
            return say_cadence(*parse_frequency(typed))

        fields = [
            Field(
                "every", "Every", say_cadence(hers.every, hers.unit) if hers else "6 weeks",
                hint="for example 6 weeks, every month, 3 months, twice a year", understood=interval,
            ),
            Field(
                "anchor_on", "Counted from", hers.anchor_on.isoformat() if hers else "today",
                hint="the first day; all others are counted from it",
                understood=lambda typed: words.day(parse_day(typed, here), here),
            ),
        ]  # fmt: skip

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.cadences import SetCadence

            return SetCadence(
                profile.client_id, *parse_frequency(values["every"]), parse_day(values["anchor_on"], here)
            )

        title = "Change her cadence" if hers else "Enrol her"
        await profile.fill_in(title, fields, make, draft=f"cadence:{profile.client_id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.cadences import LeaveCadence

        await profile.carry_out(LeaveCadence(profile.client_id))

    async def turn(self, profile: "Profile", key: Key | None) -> None:
        """Pause, or go on."""
        from stylistdesk.commands.cadences import PauseCadence, ResumeCadence

        hers = profile.known.cadence
        if hers is None:
            profile.tell("She has no cadence: enrol her first.", bad=True)
        else:
            turn = ResumeCadence if hers.paused_at else PauseCadence
            await profile.carry_out(turn(profile.client_id))


def _away(day: date, look: Look) -> Line:
    days = (day - look.here.today).days
    return (Piece("in " + words.count(days, "day") if days else "today", "quiet"),)
