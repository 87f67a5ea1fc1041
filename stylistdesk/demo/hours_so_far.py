"""When the rep of the demo works: her weekly hours, a day off, time that is blocked, and events."""

from datetime import timedelta

from stylistdesk.commands.availability import DaysOff, PaintHours, SetWeek
from stylistdesk.commands.base import Command
from stylistdesk.commands.calendar import AddEvent, EventForm
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.domain.types import EventKind

ANA = "ana.ruiz@example.com"
NINE_TO_FIVE, SATURDAY = ((540, 1020),), ((600, 840),)


def _event(
    title: str, day: int, at: str, minutes: int, place: str = "", note: str = "", kind: EventKind = EventKind.EVENT
) -> Step:
    def command(known: Known, on: Calendar) -> Command:
        starts_at = on.at(day, at)
        ends_at = starts_at + timedelta(minutes=minutes)
        return AddEvent(EventForm(title, kind, starts_at=starts_at, ends_at=ends_at, place=place, note=note))

    return Step(-4, "08:16" if kind is EventKind.BLOCKED else "08:15", ANA, command)


def _market(known: Known, on: Calendar) -> Command:
    return AddEvent(EventForm("Holiday market", starts_on=on.day(12), ends_on=on.day(15), place="Pier 36", busy=False))


THE_HOURS: tuple[Step, ...] = (
    # Sundays are not filled in yet.
    Step(-4, "08:14", ANA, lambda known, on: SetWeek({**dict.fromkeys(range(5), NINE_TO_FIVE), 5: SATURDAY})),
    Step(-4, "08:14", ANA, lambda known, on: DaysOff([on.day(9)])),
    Step(-4, "08:14", ANA, lambda known, on: PaintHours([on.day(4)], 13 * 60, 17 * 60, works=False)),
    _event("Trunk show at Alder & Wick", 5, "18:00", 120, "212 Larch Street", "Bring the swatches."),
    _event("Fabric fair", -9, "10:00", 180, "Hall C"),
    _event("Dentist", 3, "12:00", 75, kind=EventKind.BLOCKED),
    _event("Sort the showroom", 10, "09:00", 120, kind=EventKind.BLOCKED),
    Step(-4, "08:17", ANA, _market),
)
