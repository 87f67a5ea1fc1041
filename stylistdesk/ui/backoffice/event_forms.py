"""The form of an event (R37): what is typed, and the command that it makes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.day_slots import as_typed
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_events import days_of_window, link_of
from stylistdesk.domain.spoken_dates import parse_day, parse_moment
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.find_client import client_field
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.with_client import FormWithClient
from stylistdesk.ui.sales_forms import in_field
from stylistdesk.ui.work_forms import today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.host_events import HostEventForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_events import EventRow

Values = dict[str, str]
Saver = Callable[[Callable[[Values], "Command"]], Callable[[Values], Awaitable[Any]]]


class HostEventDialog(FormWithClient):
    """Its name, its host, its window, and the party. A new one is open as long as it may be, from today on."""

    OR_NOTHING = "A few letters of her name, or nothing for an own event."

    def __init__(self, desk: "Desk", saver: Saver, row: "EventRow | None" = None) -> None:
        self.desk, self.row = desk, row
        self.known(row.client_id if row else None, row.host if row else "")
        most = desk.settings.event_days
        opens = row.opens_on if row else today(desk)
        closes = row.closes_on if row else opens + timedelta(days=most - 1)
        host = replace(
            client_field(desk),
            label="Host",
            value=row.host if row else "",
            hint="a few letters of her name; empty: your own",
        )
        held = as_typed(row.held_at, desk.zone) if row and row.held_at else ""
        fields = [
            Field("name", "Name", row.name if row else "", hint="Fay's fall party, My shop in November"),
            host,
            Field("opens_on", "Opens", opens.isoformat(), hint="today, fri, 3/14", understood=self._say_opens),
            Field("closes_on", "Closes", closes.isoformat(), hint=f"its last day; {most} days at most",
                  understood=self._say_closes),
            Field("held_at", "Party", held, hint="its hour, as sat 17:00; may be empty", understood=self._say_held),
            Field("place", "Where", row.place if row else "", hint="may be empty"),
            Field("code", "Code", row.code if row else "", hint="its part of the link; empty: made from the name"),
            Field("link", "Link", self._own_link(), hint="empty: made from the code"),
            Field("note", "Note", row.note if row else "", hint="may be empty", lines=2),
        ]  # fmt: skip
        title = f"Change {row.name}" if row else "Add an event"
        draft = f"host_event:{row.id}" if row else "host_event:new"
        super().__init__(title, fields, saver(self._command), draft=draft)

    def _own_link(self) -> str:
        """The link, where it is not the one that the template makes."""
        row = self.row
        if row is None:
            return ""
        try:
            made = link_of(self.desk.settings.links.event, code=row.code, event=row.name, host=row.host)
        except Refused:
            made = ""
        return "" if row.link == made else row.link

    # ------------------------------------------------------------- what is meant

    def _day(self, name: str, typed: str) -> date:
        return in_field(name, lambda: parse_day(typed, today(self.desk)))

    def _held(self, typed: str) -> datetime | None:
        if not typed.strip():
            return None
        return in_field("held_at", lambda: parse_moment(typed, self.desk.now(), self.desk.zone, strict=True))

    def _say_opens(self, typed: str) -> str:
        return words.day(self._day("opens_on", typed), today(self.desk))

    def _say_closes(self, typed: str) -> str:
        closes = self._day("closes_on", typed)
        said = words.day(closes, today(self.desk))
        try:
            days = days_of_window(self._day("opens_on", self.value_of("opens_on")), closes)
        except Refused:
            return said
        return f"{said}, {words.count(days, 'day')}" if days > 0 else said

    def _say_held(self, typed: str) -> str:
        at = self._held(typed)
        return words.moment(at, self.desk.now(), self.desk.zone) if at is not None else "no party"

    # ------------------------------------------------------------- what it makes

    def _command(self, values: Values) -> "Command":
        from stylistdesk.commands.host_events import AddHostEvent, EditHostEvent

        form = self._form(values)
        return AddHostEvent(form) if self.row is None else EditHostEvent(self.row.id, form)

    def _form(self, values: Values) -> "HostEventForm":
        from stylistdesk.commands.host_events import HostEventForm

        return HostEventForm(
            values["name"],
            self._day("opens_on", values["opens_on"]),
            self._day("closes_on", values["closes_on"]),
            self.client_id,
            values["code"],
            values["link"],
            self._held(values["held_at"]),
            values["place"],
            values["note"],
        )
