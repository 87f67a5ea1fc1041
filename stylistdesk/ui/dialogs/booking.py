"""What the forms of a session and of an appointment share: their times, with whom, and looking ahead before saving."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.widgets import Input

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.spoken_dates import parse_moment
from stylistdesk.ui.dialogs.find_client import find_client
from stylistdesk.ui.dialogs.form import Form, Hint
from stylistdesk.ui.jobs import start

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.feasibility import Planned
    from stylistdesk.ui.looking_ahead import LookingAhead

Saver = Callable[["Callable[[dict[str, str]], Command]"], Callable[[dict[str, str]], Awaitable[Any]]]


def day_that_stood(form: Form, now: datetime, zone: ZoneInfo) -> date | None:
    """The day that the form began with, if any: a time that is typed alone stays on it."""
    began = form.fields["starts"].value
    try:
        return parse_moment(began, now, zone).astimezone(zone).date() if began else None
    except Refused:
        return None


class BookingForm(Form):
    """A form with the fields "starts" and "ends": below the end it says what the booking does to the day.

    It says that once more before it saves. `desk` and `ahead` are there before the fields are made.
    """

    MOST_LINES: ClassVar[int]  # so many are said below the end
    desk: "Desk"
    ahead: "LookingAhead"

    def moment(self, typed: str, field: str, after: datetime | None = None) -> datetime:
        """What the words of a field mean, in UTC. Raises `Refused`.

        A time alone is on the day that the form began with. What comes `after` something is on the day of that, and a
        word that would be earlier counts from there: "wed" of a consultation on a Wednesday is the same day.
        """
        now, zone = self.desk.now(), self.desk.zone
        try:
            if after is None:
                return parse_moment(typed, now, zone, day=day_that_stood(self, now, zone), strict=True)
            day = after.astimezone(zone).date()
            at = parse_moment(typed, now, zone, day=day, strict=True)
            if at >= after:
                return at
            return parse_moment(typed, after - timedelta(days=1), zone, day=day, strict=True)
        except Refused as no:
            raise Refused(no.reason, field=field, hint=no.hint) from None

    # --------------------------------------------------------- what it does to the day

    @abstractmethod
    def planned(self, values: dict[str, str]) -> "Planned | None":
        """What is to be looked at before it is saved (R13, R15); `None` without a time. Raises `Refused`."""

    @abstractmethod
    async def say_ahead(self) -> None:
        """Say below the end what it means, and what the booking does to the day."""

    def on_mount(self) -> None:
        self._look()

    @on(Input.Changed)
    def _look(self) -> None:
        start(self, self.say_ahead, "look ahead", group="ahead", exclusive=True)

    def say_of_ends(self, said: str, look: str = "late") -> None:
        """Say this below the end."""
        for hint in self.query("#hint-ends").results(Hint):
            hint.most = self.MOST_LINES
            hint.say(said, look)

    async def action_save(self) -> None:
        """Find her, say once what the booking does to the day, then save it."""
        if "client" in self.fields and not await self._find_client():
            return
        try:
            planned = self.planned(self.values)
        except Refused:
            planned = None  # saving says what is wrong, at its field
        key = self.program.keymap_of_desk.shown("form_save")
        if planned is not None and (warning := await self.ahead.holds_up(planned, key)):
            self.say_of_ends(warning)
            self.call_after_refresh(self._into_sight, "ends")
            return
        await super().action_save()

    # ------------------------------------------------------------------- with whom

    @abstractmethod
    async def take(self, client_id: int) -> bool:
        """It is with her; whether she is still on the desk."""

    async def _find_client(self) -> bool:
        typed = self.value_of("client")
        try:
            row = await find_client(self.desk, typed)
        except Refused as no:
            self._refuse(no)
            return False
        return await self.take(row.client_id)
