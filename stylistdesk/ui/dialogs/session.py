"""The form of a session: to book one, to move one, to ask for a revision (R10, R13, R15).

It says which type it will be and why, what the times mean, and before it saves, what the booking does to the day.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from stylistdesk.domain.assignments import TYPE_WORDS, type_for, why_type
from stylistdesk.domain.bookings import LENGTH_EXAMPLES, parse_end, parse_length, say_length
from stylistdesk.domain.day_slots import as_typed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import parse_season
from stylistdesk.domain.types import AssignmentType
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.booking import BookingForm, Saver
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Field, Hint
from stylistdesk.ui.lines import Line
from stylistdesk.ui.looking_ahead import LookingAhead
from stylistdesk.ui.work_forms import season_field

if TYPE_CHECKING:
    from stylistdesk.commands.assignments import SessionForm
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.assignments import DueRow
    from stylistdesk.queries.feasibility import Planned

AUTOMATIC = ""
WHEN = "for example fri 10:00, 3/14 9:30"


@dataclass(frozen=True, slots=True)
class Whom:
    """With whom it is, and whether a lookbook was delivered to her."""

    client_id: int
    name: str
    delivered: bool


class SessionDialog(BookingForm):
    """Consultation and look review; for a new one, its type, how long its lookbook takes, the season and notes."""

    MOST_LINES = 5

    def __init__(
        self,
        desk: "Desk",
        title: str,
        save: Saver,
        make: "Callable[[SessionDialog, dict[str, str]], Command]",
        *,
        whom: Whom | None = None,
        row: "DueRow | None" = None,
        books: bool = True,
        may_wait: bool = False,
        about: tuple[Line, ...] = (),
        draft: str = "",
    ) -> None:
        """`row` is what is moved or revised; `books` asks for all of a new one, `may_wait` lets it have no time yet."""
        self.desk, self.whom, self.row, self.books, self.may_wait = desk, whom, row, books, may_wait
        self.ahead = LookingAhead(desk)
        self.moves = row is not None and not books
        self._review_along = ""  # the look review as it moved along with the consultation, until she types another
        super().__init__(title, self._all_fields(), save(lambda v: make(self, v)), about=about, draft=draft)

    # ------------------------------------------------------------------ fields

    def _all_fields(self) -> list[Field]:
        row = self.row if self.moves else None
        usual = timedelta(minutes=self.desk.settings.appointment_minutes)
        length = row.ends_at - row.at if row is not None and row.ends_at and row.at else usual
        starts = as_typed(row.at, self.desk.zone) if row is not None and row.at else ""
        review = as_typed(row.look_review_at, self.desk.zone) if row is not None and row.look_review_at else ""
        self._review_along = review
        may = "; empty if it has no time yet" if self.may_wait else ""
        fields = [] if self.whom is not None else [replace(client_field(self.desk), looked_up=self._whom_and_type)]
        fields += [
            Field("starts", "Consultation", starts, hint=WHEN + may, understood=self._say_start),
            Field("ends", "Until", say_length(length), hint="1h, 45 min, or 11:30", understood=self._say_end),
            Field("review", "Look review", review, hint="when she should have it: 15:00; may be empty",
                  understood=self._say_review),
        ]  # fmt: skip
        if not self.books:
            return fields
        if not self.may_wait:
            fields += [
                Field("type", "Type", AUTOMATIC, choices=((AUTOMATIC, "automatic"), *_TYPES)),
                Field("reason", "Reason", hint=self._type_hint()),
            ]
        takes = say_length(timedelta(minutes=self.desk.settings.lookbook_minutes))
        return [
            *fields,
            Field("effort", "Takes", hint=f"how long its lookbook takes; empty is {takes}", understood=_say_effort),
            season_field(),
            Field("notes", "Your notes", hint="only you see them; may be empty", lines=2),
        ]

    def _type_hint(self) -> str:
        if self.whom is None:
            return "why it is another type; Head to Toe until a lookbook was delivered to her"
        delivered = self.whom.delivered
        follows = f"{TYPE_WORDS[type_for(delivered=delivered)]}: {why_type(delivered=delivered)}"
        return f"{follows}; another type asks for a reason"

    # ----------------------------------------------------------- what is meant

    def starts_at(self, typed: str) -> datetime | None:
        """The consultation in UTC; `None` for no time yet. Raises `Refused`."""
        if not typed.strip():
            if self.may_wait:
                return None
            raise Refused("Say when the consultation is.", field="starts", hint="For example: fri 10:00, 3/14 9:30.")
        return self.moment(typed, "starts")

    def review_at(self, typed: str, starts_at: datetime | None) -> datetime | None:
        """The look review in UTC: a time alone is one on the day of the consultation. Raises `Refused`."""
        if not typed.strip() or starts_at is None:
            return None
        return self.moment(typed, "review", starts_at)

    def session(self, values: dict[str, str]) -> "SessionForm":
        """What the form holds. Raises `Refused` at the first wrong field."""
        from stylistdesk.commands.assignments import SessionForm

        at = self.starts_at(values["starts"])
        season, year = parse_season(values.get("season", ""))
        effort = _effort(values.get("effort", ""))
        return SessionForm(
            consultation_at=at,
            consultation_ends_at=parse_end(values["ends"], at, self.desk.zone) if at else None,
            look_review_at=self.review_at(values["review"], at),
            effort_minutes=int(effort.total_seconds()) // 60 if effort else None,
            season=season,
            season_year=year,
            rep_notes=values.get("notes", ""),
        )

    def _say_start(self, typed: str) -> str:
        at = self.starts_at(typed)
        if at is None:
            return "no time yet"
        past = ", which is past" if at < self.desk.now() else ""
        return words.moment(at, self.desk.now(), self.desk.zone) + past

    def _say_end(self, typed: str) -> str:
        try:
            at = self.starts_at(self.value_of("starts"))
        except Refused:
            return ""  # the field above says what is wrong
        ends_at = parse_end(typed, at, self.desk.zone) if at is not None else None
        if ends_at is None or at is None:
            return ""
        end = ends_at.astimezone(self.desk.zone)
        return f"until {end.hour}:{end.minute:02}, {say_length(ends_at - at)}"

    def _say_review(self, typed: str) -> str:
        try:
            starts_at = self.starts_at(self.value_of("starts"))
        except Refused:
            return ""
        at = self.review_at(typed, starts_at)
        if at is None:
            return ""
        along = self.row is not None and typed == self._review_along and at != self.row.look_review_at
        return words.moment(at, self.desk.now(), self.desk.zone) + (", moved along" if along else "")

    @on(Input.Changed, "#field-starts")
    def _move_review_along(self) -> None:
        """The look review keeps its distance to a consultation that moves, as long as she leaves its field alone."""
        row = self.row if self.moves else None
        try:
            starts_at = self.starts_at(self.value_of("starts"))
        except Refused:
            return
        untouched = self.value_of("review") == self._review_along
        if untouched and row is not None and row.at and row.look_review_at and starts_at:
            self._review_along = as_typed(row.look_review_at + (starts_at - row.at), self.desk.zone)
            self.put("review", self._review_along)
        self._say_understood("review")  # an hour alone is one of the day of the consultation

    # ---------------------------------------------------- what it does to the day

    def planned(self, values: dict[str, str]) -> "Planned | None":
        from stylistdesk.queries.feasibility import Planned

        form = self.session(values).checked()  # what is wrong is said before what is only late
        if form.consultation_at is None:
            return None
        name = self.whom.name if self.whom is not None else ""
        effort = timedelta(minutes=form.effort_minutes) if form.effort_minutes else None
        moved = self.row.assignment_id if self.row is not None and self.moves else None
        return Planned(
            form.consultation_at,
            form.consultation_ends_at,
            True,
            name,
            moved,
            effort=effort,
            review_at=form.look_review_at,
            overlaps=True,
            what=self._what(values),
        )

    def _what(self, values: dict[str, str]) -> str:
        """Of which type a new one is, in words; nothing while it is not known with whom it is."""
        if self.may_wait:
            return TYPE_WORDS[AssignmentType.REVISION]
        if values.get("type", AUTOMATIC) != AUTOMATIC:
            return TYPE_WORDS[AssignmentType(values["type"])]
        return TYPE_WORDS[type_for(delivered=self.whom.delivered)] if self.whom is not None else ""

    async def _whom_and_type(self, typed: str) -> str:
        """Whom the letters mean; beside it, which type that makes it is said, and what it does to the day."""
        self.whom = None
        row = await find_client(self.desk, typed)
        self.whom = await asyncio.to_thread(read_whom, self.desk, row.client_id)
        if self.whom is not None and self.is_attached:
            for hint in self.query("#hint-reason").results(Hint):
                hint.say(self._type_hint())
            self._look()
        return f"with {row.name}"

    async def say_ahead(self) -> None:
        if "client" in self.fields and not self.value_of("client").strip():
            self.whom = None
        self._say_understood("ends")
        try:
            planned = self.planned(self.values)
        except Refused:
            return
        said = await self.ahead.words(planned) if planned is not None else ""
        if self.is_attached:
            understood = self._say_end(self.value_of("ends"))
            self.say_of_ends(f"{understood}. {said}" if said else understood, "late" if said else "good")

    async def take(self, client_id: int) -> bool:
        self.whom = await asyncio.to_thread(read_whom, self.desk, client_id)
        return self.whom is not None


_TYPES = tuple((kind.value, TYPE_WORDS[kind]) for kind in (AssignmentType.INITIAL, AssignmentType.RECURRING))


def read_whom(desk: "Desk", client_id: int) -> Whom | None:
    """Her name, and whether a lookbook was delivered to her; asked in a thread."""
    from stylistdesk.queries.assignments import whom

    found = desk.ask(whom, client_id)
    return Whom(client_id, *found) if found is not None else None


def _effort(typed: str) -> timedelta | None:
    if not typed.strip():
        return None
    effort = parse_length(typed)
    if effort is None or effort <= timedelta():
        raise Refused(f"“{typed.strip()}” is no length.", field="effort", hint=LENGTH_EXAMPLES.partition(", or")[0])
    return effort


def _say_effort(typed: str) -> str:
    effort = _effort(typed)
    return f"it takes {say_length(effort)}" if effort else ""
