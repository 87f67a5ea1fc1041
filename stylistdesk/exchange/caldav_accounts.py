"""Accounts with their passwords, and syncing by what is kept (R19). The commands know no password."""

from collections.abc import Iterator
from contextlib import contextmanager

from stylistdesk.commands.base import Outcome
from stylistdesk.commands.calendar_accounts import AccountForm, AddCalendarAccount, EditCalendarAccount
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.server_address import checked_server_address
from stylistdesk.exchange.caldav_sync import OpenDesk, SyncReport, sync_account
from stylistdesk.exchange.keyrings import CALENDARS
from stylistdesk.queries.calendars import AccountRow


def add_account(desk: OpenDesk, form: AccountForm, password: str) -> Outcome:
    """Add a calendar and keep its password. Raises `Refused` at the first wrong field; then neither is kept."""
    with _keeping(checked_server_address(form.url), form.username.strip(), password):
        return desk.do(AddCalendarAccount(form))


def edit_account(desk: OpenDesk, account: AccountRow, form: AccountForm, password: str) -> Outcome:
    """Change a calendar; without a new password the old one stays.

    Raises `Refused` at the first wrong field; then neither is changed.
    """
    url, user = checked_server_address(form.url), form.username.strip()
    command = EditCalendarAccount(account.id, form)
    if password or (url, user) != (account.url, account.username):
        with _keeping(url, user, password or CALENDARS.of(account.url, account.username)):
            outcome = desk.do(command)
    else:
        outcome = desk.do(command)
    if (url, user) != (account.url, account.username):
        CALENDARS.forget(account.url, account.username)
    return outcome


@contextmanager
def _keeping(url: str, username: str, password: str) -> Iterator[None]:
    """Keep a password for what is done with it; if that is refused, the one from before stays."""
    before = CALENDARS.of(url, username)
    CALENDARS.keep(url, username, password)
    try:
        yield
    except BaseException:
        if before:
            CALENDARS.keep(url, username, before)
        else:
            CALENDARS.forget(url, username)
        raise


def sync_with_kept_password(desk: OpenDesk, account: AccountRow) -> SyncReport:
    """Bring a calendar in step. Raises `ServerAway` or `Refused`."""
    password = CALENDARS.of(account.url, account.username)
    if not password and account.username:
        raise Refused(f"No password is kept for {account.name}.", hint="Edit the calendar, and type it.")
    return sync_account(desk, account.id, password)
