"""Accounts with their passwords, and syncing by what is kept (R19). The commands know no password."""

from stylistdesk.commands.base import Outcome
from stylistdesk.commands.calendar_accounts import AccountForm, AddCalendarAccount, EditCalendarAccount
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.server_address import checked_server_address
from stylistdesk.exchange.caldav_sync import OpenDesk, SyncReport, sync_account
from stylistdesk.exchange.keyrings import forget_password, keep_password, password_of
from stylistdesk.queries.calendars import AccountRow


def add_account(desk: OpenDesk, form: AccountForm, password: str) -> Outcome:
    """Add a calendar and keep its password. Raises `Refused` at the first wrong field; then neither is kept."""
    url = checked_server_address(form.url)
    keep_password(url, form.username.strip(), password)
    try:
        return desk.do(AddCalendarAccount(form))
    except Refused:
        forget_password(url, form.username.strip())
        raise


def edit_account(desk: OpenDesk, account: AccountRow, form: AccountForm, password: str) -> Outcome:
    """Change a calendar; without a new password the old one stays. Raises `Refused` at the first wrong field."""
    url, user = checked_server_address(form.url), form.username.strip()
    if password or (url, user) != (account.url, account.username):
        keep_password(url, user, password or password_of(account.url, account.username))
    outcome = desk.do(EditCalendarAccount(account.id, form))
    if (url, user) != (account.url, account.username):
        forget_password(account.url, account.username)
    return outcome


def sync_with_kept_password(desk: OpenDesk, account: AccountRow) -> SyncReport:
    """Bring a calendar in step. Raises `ServerAway` or `Refused`."""
    password = password_of(account.url, account.username)
    if not password and account.username:
        raise Refused(f"No password is kept for {account.name}.", hint="Edit the calendar, and type it.")
    return sync_account(desk, account.id, password)
