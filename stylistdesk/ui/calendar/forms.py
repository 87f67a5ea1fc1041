"""The forms of the calendar: an event or blocked time, and the hours in which the rep works (R17)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.bookings import parse_end, say_length
from stylistdesk.domain.dates import WEEKDAYS, say_number
from stylistdesk.domain.day_slots import as_typed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import on_the_clock, parse_day, parse_moment
from stylistdesk.domain.spoken_hours import parse_hours, say_hours
from stylistdesk.domain.types import EventKind
from stylistdesk.domain.working_hours import USUAL, WorkingHours
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.appointment import Saver
from stylistdesk.ui.dialogs.booking import day_that_stood
from stylistdesk.ui.dialogs.find_client import client_field
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.with_client import FormWithClient
from stylistdesk.ui.lines import BLANK, Piece

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.calendar import EventForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.events import EventRow

BUSY = (("yes", "it does"), ("no", "it does not"))


class EventDialog(FormWithClient):
    """What, from when until when, with whom, where. A day without a time is the whole day."""

    def __init__(
        self,
        desk: "Desk",
        saver: Saver,
        kind: EventKind,
        starts: str = "",
        ends: str = "",
        row: "EventRow | None" = None,
    ) -> None:
        self.desk, self.kind, self.row = desk, kind, row
        self.known(row.client_id if row else None, row.who if row else "")
        blocked = kind is EventKind.BLOCKED
        if row is not None:
            starts, ends = self._written(row)
        what = Field(
            "title", "What", row.title if row else "", hint="may be empty" if blocked else "trade show, lunch, …"
        )
        fields = [
            *([] if blocked else [what]),
            Field("starts", "Starts", starts, hint="fri 10:00, or a whole day: fri, 3/14", understood=self._say_start),
            Field("ends", "Until", ends, hint="1h, 11:30; of whole days: sun, 3 days", understood=self._say_end),
            *([what] if blocked else []),
            *([] if blocked else self._further(row)),
            Field("note", "Note", row.note if row else "", hint="may be empty", lines=2),
        ]  # fmt: skip
        title = "Block time" if blocked else "Event"
        super().__init__(
            title if row is None else f"Change {row.title}",
            fields,
            saver(self._command),
            draft=f"event:{row.id}" if row else f"event:new:{kind.value}",
        )

    def _further(self, row: "EventRow | None") -> list[Field]:
        hint = "a few letters of a client's name; may be empty"
        return [
            replace(client_field(self.desk), label="With", value=row.who if row else "", hint=hint),
            Field("place", "Where", row.place if row else "", hint="may be empty"),
            Field("busy", "Takes time", "no" if row is not None and not row.busy else "yes", choices=BUSY),
        ]

    def _written(self, row: "EventRow") -> tuple[str, str]:
        if row.starts_on is not None and row.ends_on is not None:
            last = row.ends_on - timedelta(days=1)
            return row.starts_on.isoformat(), "" if last == row.starts_on else last.isoformat()
        return as_typed(row.starts_at, self.desk.zone), say_length(row.ends_at - row.starts_at)

    # ---------------------------------------------------------- what is meant

    @property
    def _today(self) -> date:
        return self.desk.now().astimezone(self.desk.zone).date()

    def _start(self, typed: str) -> date | datetime:
        """The day or the instant. Raises `Refused`."""
        try:
            return parse_day(typed, self._today)
        except Refused:
            pass
        now, zone = self.desk.now(), self.desk.zone
        try:
            return parse_moment(typed, now, zone, day=day_that_stood(self, now, zone), strict=True)
        except Refused as no:
            raise Refused(no.reason, field="starts", hint=no.hint) from None

    def _last_day(self, typed: str, first: date) -> date:
        """The last of whole days: said as a day, or by how many. Raises `Refused`."""
        said = typed.strip()
        if not said:
            return first
        number, _, unit = said.partition(" ")
        if unit in ("day", "days") and number.isdecimal() and int(number):
            return first + timedelta(days=int(number) - 1)
        try:
            last = parse_day(said, first)
        except Refused as no:
            raise Refused(no.reason, field="ends", hint="The last day, or how many: sun, 3/16, 3 days.") from None
        if last < first:
            raise Refused("It ends before it starts.", field="ends", hint="The last day, or how many: sun, 3 days.")
        return last

    def _say_start(self, typed: str) -> str:
        at = self._start(typed)
        if not isinstance(at, datetime):
            return f"all of {words.day(at, self._today)}"
        local = at.astimezone(self.desk.zone)
        twice = on_the_clock(local.date(), local.time(), self.desk.zone)[1]
        if twice and local.fold:
            twice = f"the second {local.hour}:{local.minute:02} of that day"
        return words.moment(at, self.desk.now(), self.desk.zone) + (f"; {twice}" if twice else "")

    def _say_end(self, typed: str) -> str:
        try:
            at = self._start(self.value_of("starts"))
        except Refused:
            return ""  # the field above says what is wrong
        if not isinstance(at, datetime):
            last = self._last_day(typed, at)
            return f"to {words.day(last, self._today)}, {say_number((last - at).days + 1, 'day')}"
        ends_at = parse_end(typed, at, self.desk.zone)
        if ends_at is None:
            return ""
        return f"until {words.moment(ends_at, self.desk.now(), self.desk.zone)}, {say_length(ends_at - at)}"

    # ---------------------------------------------------------- what it makes

    def _command(self, values: dict[str, str]) -> "Command":
        from stylistdesk.commands.calendar import AddEvent, EditEvent

        form = self._form(values)
        return AddEvent(form) if self.row is None else EditEvent(self.row.id, form)

    def _form(self, values: dict[str, str]) -> "EventForm":
        from stylistdesk.commands.calendar import EventForm

        at = self._start(values["starts"])
        given: dict[str, Any] = {
            "title": values["title"],
            "kind": self.kind,
            "client_id": self.client_id if self.kind is EventKind.EVENT else self.row.client_id if self.row else None,
            "place": values.get("place", self.row.place if self.row else ""),
            "note": values["note"],
            "busy": values.get("busy", "yes") == "yes",
        }
        if isinstance(at, datetime):
            return EventForm(starts_at=at, ends_at=parse_end(values["ends"], at, self.desk.zone), **given)
        last = self._last_day(values["ends"], at)
        return EventForm(starts_on=at, ends_on=last + timedelta(days=1), **given)


def hours_form(desk: "Desk", saver: Saver, hours: WorkingHours, day: date, first_weekday: int) -> Form:
    """The hours of every week, and those of the one day that is under the cursor."""
    today = desk.now().astimezone(desk.zone).date()
    weekdays = [(first_weekday + number) % 7 for number in range(7)]
    known = USUAL if hours.is_assumed else hours.weekly
    of_day = hours.dates.get(day)

    def said(typed: str) -> str:
        found = parse_hours(typed)
        return "" if found is None else f"{say_hours(found)}{_long(found)}"

    fields = [
        Field(f"day{weekday}", WEEKDAYS[weekday], say_hours(known[weekday]) if weekday in known else "",
              hint="9-17, 9-12 13-17, off; empty is not filled in", understood=said)
        for weekday in weekdays
    ]  # fmt: skip
    fields.append(
        Field("only", words.day(day, today), "" if of_day is None else say_hours(of_day),
              hint="only that day; empty is as every week", understood=said)
    )  # fmt: skip

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.availability import ClearDays, SetHours, SetWeek
        from stylistdesk.commands.base import Together

        week = SetWeek({weekday: parse_hours(values[f"day{weekday}"], f"day{weekday}") for weekday in weekdays})
        only = parse_hours(values["only"], "only")
        if only == of_day:
            return week
        differing = ClearDays([day]) if only is None else SetHours(only, day=day)
        return Together((week, differing), "Filled in your hours")

    about = ((Piece("Until you save them, these are assumed.", "quiet"),), BLANK) if hours.is_assumed else ()
    form = Form("Your hours", fields, saver(make), about=about)
    form.FIRST = f"day{weekdays[0]}"
    return form


def _long(hours: tuple[tuple[int, int], ...]) -> str:
    minutes = sum(ends - starts for starts, ends in hours)
    return f", {say_length(timedelta(minutes=minutes))}" if minutes else ""
