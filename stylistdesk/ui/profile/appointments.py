"""Appointments of all years and seasons: those to come first, then those that were (R27)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.seasons import say_season
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, line
from stylistdesk.ui.profile.dated import dated, heading, more, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.appointments import AppointmentRow
    from stylistdesk.ui.profile.screen import Profile

NAMED = {"all": "all years and seasons", "upcoming": "to come", "this_year": "this year"}


@dataclass(frozen=True, slots=True)
class Booked:
    """All her appointments, and which of them show: a word of the setting, or "2026", "Fall 2026"."""

    rows: "tuple[AppointmentRow, ...]"
    showing: str


class Appointments(Section[Booked]):
    """What shows at first is a setting; `y` shows a year or a season, until another client is looked at."""

    TITLE = "Appointments"
    SCOPE: ClassVar[Scope] = Scope.APPOINTMENTS
    ADDS = "an appointment"

    def __init__(self) -> None:
        self._chosen: WeakKeyDictionary[Desk, tuple[int, str]] = WeakKeyDictionary()

    def read(self, desk: "Desk", client_id: int) -> Booked:
        from stylistdesk.queries.appointments import client_appointments

        whose, showing = self._chosen.get(desk, (client_id, ""))
        if whose != client_id or not showing:
            showing = desk.settings.appointments_shown
        return Booked(desk.ask(client_appointments, client_id), showing)

    def show_all(self, desk: "Desk", client_id: int) -> None:
        """Show those of all years and seasons of this client."""
        self._chosen[desk] = (client_id, "all")

    def entries(self, known: Booked, look: Look) -> list[Entry]:
        if not known.rows:
            return []
        rows = [row for row in known.rows if _shows(row, known.showing, look.here)]
        ahead = [row for row in rows if row.starts_at >= look.here.now]
        shown: list[Entry] = []
        if known.showing != "all":
            shown.append(Entry((_only(known, len(rows), look),)))
        for title, some in (("To come", ahead[::-1]), ("Past", [row for row in rows if row not in ahead])):
            if some:
                shown += [heading(title), *(_appointment(row, look) for row in some)]
        return shown

    # ------------------------------------------------------------------- keys

    async def add(self, profile: "Profile") -> None:
        await self._ask(profile, None)

    async def edit(self, profile: "Profile", key: Key) -> None:
        row = _row(profile.known, key)
        if row is not None:
            await self._ask(profile, row)

    async def _ask(self, profile: "Profile", row: "AppointmentRow | None") -> None:
        from stylistdesk.ui.dialogs.appointment import appointment_dialog

        assert profile.desk is not None
        dialog = await appointment_dialog(profile.desk, profile.client_id, profile.saver, row)
        await profile.show_form(dialog)

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.appointments import RemoveAppointment

        await profile.carry_out(RemoveAppointment(key[1]))

    async def turn_confirmed(self, profile: "Profile", key: Key | None) -> None:
        """She has confirmed, or has not after all."""
        from stylistdesk.commands.appointments import ConfirmAppointment

        row = _row(profile.known, key)
        if row is not None:
            await profile.carry_out(ConfirmAppointment(row.id, confirmed=not row.confirmed))

    async def turn_cancelled(self, profile: "Profile", key: Key | None) -> None:
        """It is cancelled, or stands again."""
        from stylistdesk.commands.appointments import CancelAppointment

        row = _row(profile.known, key)
        if row is not None:
            await profile.carry_out(CancelAppointment(row.id, cancelled=not row.cancelled))

    async def choose(self, profile: "Profile", key: Key | None) -> None:
        """Show only a year, a season, what is to come, or all."""
        from stylistdesk.ui.dialogs.picker import Picker

        known: Booked = profile.known
        desk = profile.desk
        assert desk is not None
        here = LocalNow(desk.now(), desk.zone)
        years = {str(_year(row, here)) for row in known.rows} | {
            str(row.season_year) for row in known.rows if row.season_year
        }
        seasons = dict.fromkeys(say_season(row.season, row.season_year) for row in known.rows if row.season)
        choices = [*NAMED.items(), *((one, one) for one in [*sorted(years, reverse=True), *seasons])]
        chosen = await profile.app.push_screen_wait(Picker("Show", choices, known.showing))
        if chosen is not None:
            self._chosen[desk] = (profile.client_id, chosen)
            profile.reload()


def _row(known: Booked, key: Key | None) -> "AppointmentRow | None":
    return next((row for row in known.rows if key == ("appointment", row.id)), None)


def _year(row: "AppointmentRow", here: LocalNow) -> int:
    return here.day(row.starts_at).year


def _shows(row: "AppointmentRow", showing: str, here: LocalNow) -> bool:
    """Whether it is one of those that show; what belongs to a season of a year belongs to that year."""
    if showing == "all":
        return True
    if showing == "upcoming":
        return row.starts_at >= here.now
    year = str(here.today.year) if showing == "this_year" else showing
    return year in (str(_year(row, here)), str(row.season_year), say_season(row.season, row.season_year))


def _only(known: Booked, shown: int, look: Look) -> Line:
    return line(
        Piece(f" Only {NAMED.get(known.showing, known.showing)}: {shown} of {len(known.rows)}", "quiet"),
        *look.key("appointment_years", "shows others", before="  "),
    )


def _appointment(row: "AppointmentRow", look: Look) -> Entry:
    ahead = row.starts_at >= look.here.now
    state = "cancelled" if row.cancelled else "confirmed" if row.confirmed else "unconfirmed" if ahead else ""
    until = ""
    if row.ends_at is not None:
        same = look.here.day(row.ends_at) == look.here.day(row.starts_at)
        until = f"–{look.here.hour(row.ends_at)}" if same else f"–{on(row.ends_at, look)} {look.here.hour(row.ends_at)}"
    head = line(
        f"{look.here.hour(row.starts_at):>5}",
        Piece(f"{until:<6}", "quiet"),
        Piece(f" {row.kind}", "quiet" if row.cancelled else "strong"),
        Piece(f"  {state}" if state else "", "good" if state == "confirmed" else "late"),
    )
    about = more(
        say_season(row.season, row.season_year), row.brand, row.location, "from HQ" if row.from_hq else "", look=look
    )
    return dated(("appointment", row.id), on(row.starts_at, look), head, look, row.note, about=about)
