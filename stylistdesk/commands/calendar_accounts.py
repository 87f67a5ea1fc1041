"""Calendars on servers that are kept in step with the desk (R19). Their passwords are in the system's keyring only."""

from dataclasses import dataclass, replace

from sqlmodel import col, delete, select, update

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import CalendarAccount, CalendarConflict, CalendarEvent, CalendarLink
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.event_sources import FROM_A_FILE, OURS
from stylistdesk.domain.server_address import checked_server_address
from stylistdesk.domain.text import clean


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What the form of a calendar holds: how the rep calls it, its address, and her name there."""

    name: str
    url: str
    username: str = ""

    def checked(self, work: Work, but: int | None = None) -> "AccountForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        name, url = clean(self.name, limit=100), checked_server_address(self.url)
        if not name:
            raise Refused("Give the calendar a name.", field="name", hint="For example: work, phone.")
        others = [row for row in work.session.exec(select(CalendarAccount)) if row.id != but]
        if name.casefold() in {OURS, FROM_A_FILE, *(row.name.casefold() for row in others)}:
            raise Refused("Another calendar has this name.", field="name", hint="Give it another one.")
        if url in {row.url for row in others}:
            raise Refused("This calendar is on the desk already.", field="url", hint="Edit that one.")
        return replace(self, name=name, url=url, username=clean(self.username, limit=300))


@dataclass(frozen=True, slots=True)
class AddCalendarAccount:
    """Keep a calendar on a server in step from now on. `Outcome.value` is its id."""

    form: AccountForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        form = self.form.checked(work)
        account = CalendarAccount(name=form.name, url=form.url, username=form.username)
        work.session.add(account)
        work.session.flush()
        return Outcome(f"Added the calendar {form.name}", value=account.id)


def _account(work: Work, account_id: int) -> CalendarAccount:
    account = work.session.get(CalendarAccount, account_id)
    if account is None:
        raise Refused("This calendar is no longer on the desk.", hint="Undo brings a removed one back.")
    return account


@dataclass(frozen=True, slots=True)
class EditCalendarAccount:
    """Call a calendar something else, or say where it is now. At another address it is another calendar."""

    account_id: int
    form: AccountForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        account = _account(work, self.account_id)
        form = self.form.checked(work, but=self.account_id)
        if form.name != account.name:
            renamed = update(CalendarEvent).where(col(CalendarEvent.source) == account.name).values(source=form.name)
            work.session.connection().execute(renamed)
        if form.url != account.url:
            work.session.connection().execute(
                delete(CalendarLink).where(col(CalendarLink.account_id) == self.account_id)
            )
        account.name, account.url, account.username = form.name, form.url, form.username
        return Outcome(f"Edited the calendar {form.name}", value=account.id)


@dataclass(frozen=True, slots=True)
class RemoveCalendarAccount:
    """Keep a calendar in step no longer. What came from it goes from the desk; on the server nothing changes."""

    account_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the calendar is gone."""
        account = _account(work, self.account_id)
        run = work.session.connection().execute
        run(delete(CalendarLink).where(col(CalendarLink.account_id) == self.account_id))
        run(delete(CalendarConflict).where(col(CalendarConflict.account_id) == self.account_id))
        run(delete(CalendarEvent).where(col(CalendarEvent.source) == account.name))
        work.session.delete(account)
        return Outcome(f"Removed the calendar {account.name}")
