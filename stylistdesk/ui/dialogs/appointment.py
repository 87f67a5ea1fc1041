"""The form of an appointment: to book one, and to change one. It says what the times mean and what they stand across.

It needs a desk, and a client or none; without one, the first field finds her by a few letters of her name.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.bookings import parse_end, say_length
from stylistdesk.domain.dates import WEEKDAYS
from stylistdesk.domain.day_slots import as_typed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import parse_season
from stylistdesk.domain.spoken_dates import on_the_clock
from stylistdesk.domain.text import name_key
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.booking import BookingForm, Saver
from stylistdesk.ui.dialogs.find_client import client_field
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.looking_ahead import LookingAhead, say_across
from stylistdesk.ui.work_forms import season_field

if TYPE_CHECKING:
    from stylistdesk.commands.appointments import AppointmentForm
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.appointments import AppointmentRow, Bookable
    from stylistdesk.queries.feasibility import Planned

Named = Sequence[tuple[int, str]]
__all__ = ["AppointmentDialog", "Saver", "appointment_dialog"]
KINDS = "consultation, look review, market, fitting, …"


async def appointment_dialog(
    desk: "Desk", client_id: int | None, saver: Saver, row: "AppointmentRow | None" = None, starts: str = ""
) -> "AppointmentDialog":
    """The form, ready to be pushed: empty (beginning at `starts`, in words), or with what `row` says."""
    from stylistdesk.queries.appointments import bookable

    known = await asyncio.to_thread(desk.ask, bookable, client_id)
    return AppointmentDialog(desk, known, saver, row, starts)


class AppointmentDialog(BookingForm):
    """Start, end, kind, and what it is about."""

    MOST_LINES = 5

    def __init__(
        self, desk: "Desk", known: "Bookable", saver: Saver, row: "AppointmentRow | None" = None, starts: str = ""
    ) -> None:
        self.desk, self.known, self.row = desk, known, row
        self.ahead = LookingAhead(desk)
        fields = self._all_fields(starts)
        self._stood = {field.name: field.value for field in fields}
        whom = f" with {known.name}" if known.name else ""
        super().__init__(
            f"Appointment{whom}" if row is None else f"Change the appointment{whom}",
            fields,
            saver(self._command),
            draft=f"appointment:{row.id}" if row else f"appointment:new:{known.client_id or ''}",
        )

    # ----------------------------------------------------------------- fields

    def _all_fields(self, starts: str) -> list[Field]:
        row, known = self.row, self.known
        ends = say_length(known.usual)
        if row is not None:
            starts = as_typed(row.starts_at, self.desk.zone)
            ends = self._written_end(row)
        return [
            *([client_field(self.desk)] if known.client_id is None else []),
            Field("starts", "Starts", starts, hint="for example fri 10:00, 3/14 9:30", understood=self._say_start),
            Field("ends", "Until", ends, hint="1h, 45 min, or when it ends: 11:30", understood=self._say_end),
            Field("kind", "What", row.kind if row else "Consultation", hint=KINDS),
            Field("location", "Where", row.location if row else "", hint=_of(known.places), understood=self._place),
            Field("brand", "Brand", row.brand if row else "", hint=_of(known.brands), understood=self._brand),
            season_field(row.season if row else "", row.season_year if row else None),
            Field("note", "Note", row.note if row else "", hint="may be empty", lines=2),
        ]

    def _written_end(self, row: "AppointmentRow") -> str:
        if row.ends_at is None:
            return ""
        length = row.ends_at - row.starts_at
        return as_typed(row.ends_at, self.desk.zone) if length.total_seconds() % 60 else say_length(length)

    # ---------------------------------------------------------- what is meant

    def starts_at(self, typed: str) -> datetime:
        """The start in UTC; one that was not touched stays to the second. Raises `Refused`."""
        if self.row is not None and typed == self._stood["starts"]:
            return self.row.starts_at
        if not typed.strip():
            raise Refused("Say when it starts.", field="starts", hint="For example: fri 10:00, 3/14 9:30.")
        return self.moment(typed, "starts")

    def ends_at(self, typed: str, starts_at: datetime) -> datetime | None:
        """The end in UTC, if one is known. Raises `Refused`."""
        row = self.row
        if row is not None and typed == self._stood["ends"] and starts_at == row.starts_at:
            return row.ends_at
        return parse_end(typed, starts_at, self.desk.zone)

    def _say_start(self, typed: str) -> str:
        at = self.starts_at(typed)
        local = at.astimezone(self.desk.zone)
        _, twice = on_the_clock(local.date(), local.time(), self.desk.zone)
        if twice and local.fold:
            twice = f"the second {local.hour}:{local.minute:02} of that day"
        past = ", which is past" if at < self.desk.now() else ""
        said = words.moment(at, self.desk.now(), self.desk.zone)
        return f"{said}{past}" + (f"; {twice}" if twice else "")

    def _say_end(self, typed: str) -> str:
        try:
            starts_at = self.starts_at(self.value_of("starts"))
        except Refused:
            return ""  # the field above says what is wrong
        ends_at = self.ends_at(typed, starts_at)
        if ends_at is None:
            return ""
        begin, end = starts_at.astimezone(self.desk.zone), ends_at.astimezone(self.desk.zone)
        day = "" if begin.date() == end.date() else f"{WEEKDAYS[end.weekday()]} "
        midnight = "; it goes past midnight" if day else ""
        return f"until {day}{end.hour}:{end.minute:02}, {say_length(ends_at - starts_at)}{midnight}"

    def _place(self, typed: str) -> str:
        return self._named("location", typed, self.known.places)[1]

    def _brand(self, typed: str) -> str:
        return self._named("brand", typed, self.known.brands)[1]

    def _named(self, field: str, typed: str, known: Named) -> tuple[int | None, str]:
        """The one of these that a few letters mean; an untouched field stays what it was. Raises `Refused`."""
        row, said = self.row, name_key(typed)
        if not said:
            return None, ""
        if row is not None and typed == self._stood[field]:
            return (row.location_id, row.location) if field == "location" else (row.brand_id, row.brand)
        exact = [one for one in known if name_key(one[1]) == said]
        found = exact or [one for one in known if said in name_key(one[1])]
        if len(found) == 1 or exact:
            return found[0]
        reason = f"“{typed.strip()}” is none of them." if not found else f"“{typed.strip()}” can be several."
        raise Refused(reason, field=field, hint=_of(found or known))

    # ------------------------------------------------------------- what it makes

    def _command(self, values: dict[str, str]) -> "Command":
        from stylistdesk.commands.appointments import AddAppointment, EditAppointment

        if self.row is not None:
            return EditAppointment(self.row.id, self._form(values))
        if self.known.client_id is None:
            raise Refused("Say with whom.", field="client", hint="A few letters of her name.")
        return AddAppointment(self.known.client_id, self._form(values))

    def _form(self, values: dict[str, str]) -> "AppointmentForm":
        from stylistdesk.commands.appointments import AppointmentForm

        starts_at = self.starts_at(values["starts"])
        season, year = parse_season(values["season"])
        return AppointmentForm(
            kind=values["kind"],
            starts_at=starts_at,
            ends_at=self.ends_at(values["ends"], starts_at),
            season=season,
            season_year=year,
            location_id=self._named("location", values["location"], self.known.places)[0],
            brand_id=self._named("brand", values["brand"], self.known.brands)[0],
            note=values["note"],
        )

    # ---------------------------------------------------- what it stands across

    async def say_ahead(self) -> None:
        from stylistdesk.queries.appointments import standing_across

        self._say_understood("ends")
        typed = self.values
        try:
            starts_at = self.starts_at(typed["starts"])
            ends_at = self.ends_at(typed["ends"], starts_at)
            brand_id, _ = self._named("brand", typed["brand"], self.known.brands)
        except Refused:
            return
        but = self.row.id if self.row else None
        found = await asyncio.to_thread(self.desk.ask, standing_across, starts_at, ends_at, brand_id, but)
        warning = await self.ahead.words(self.planned(typed))
        if (found or warning) and self.is_attached:
            said = self._say_end(typed["ends"])
            across = f"overlaps {say_across(found, self.desk)}" if found else ""
            self.say_of_ends(". ".join(one for one in ("; ".join(p for p in (said, across) if p), warning) if one))

    def planned(self, values: dict[str, str]) -> "Planned":
        from stylistdesk.queries.feasibility import Planned

        starts_at = self.starts_at(values["starts"])
        ends_at = self.ends_at(values["ends"], starts_at)
        row = self.row
        makes = row is not None and row.makes_lookbook
        moved = row.assignment_id if row is not None and makes else None
        return Planned(starts_at, ends_at, makes, self.known.name, moved, row.id if row is not None else None)

    # ------------------------------------------------------------ with whom

    async def take(self, client_id: int) -> bool:
        from stylistdesk.queries.appointments import bookable

        self.known = await asyncio.to_thread(self.desk.ask, bookable, client_id)
        return True


def _of(known: Named) -> str:
    """What can be said here: the first few."""
    if not known:
        return "may be empty"
    few = ", ".join(name for _, name in known[:4] if name)
    return f"{few}{', …' if len(known) > 4 else ''}; may be empty"
