"""How the desk sends email: the settings in their file, the password in the system's keyring, and a test of both."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from stylistdesk.commands.sending import deliverable
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import Came
from stylistdesk.domain.types import MessageKind
from stylistdesk.exchange.keyrings import EMAIL
from stylistdesk.exchange.smtp import TIMEOUT, Hand, Letter, written
from stylistdesk.paths import DeskPaths
from stylistdesk.settings import Sending, Settings, checked, table_of_settings
from stylistdesk.settings_writing import change_settings, text_of, with_value

SECTION = "sending"
TEST_SUBJECT = "A test from your desk"
TEST_BODY = "This is how your emails arrive. Sending works: nothing else needs to be done."


class SettingsDesk(Protocol):
    """What setting up needs of an open desk."""

    settings: Settings
    paths: DeskPaths

    @property
    def zone(self) -> ZoneInfo:
        """The desk's zone."""
        ...

    def now(self) -> Any:
        """The present instant."""
        ...

    def follow_settings(self) -> bool:
        """Read the settings again."""
        ...


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What the form holds. An empty password is the one that is kept."""

    host: str
    port: str
    security: str
    user: str
    password: str
    from_name: str
    from_address: str

    def checked(self) -> Sending:
        """The settings it makes. Raises `Refused` at the first wrong field."""
        if not self.host.strip():
            raise Refused("Say through which server.", field="host", hint="Your provider's help calls it SMTP.")
        port = self.port.strip()
        if not (port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535):
            raise Refused("The port is a number from 1 to 65535.", field="port", hint="587 or 465, mostly.")
        try:
            address = deliverable(self.from_address)
        except Refused as no:
            raise Refused(no.reason, field="from_address", hint=no.hint) from None
        typed = {
            "host": self.host.strip().lower(),
            "port": int(port),
            "security": self.security,
            "user": self.user.strip(),
            "from_name": self.from_name.strip(),
            "from_address": address,
        }
        from pydantic import ValidationError

        try:
            return Sending.model_validate(typed)
        except ValidationError as error:
            one = error.errors(include_url=False)[0]
            field = str(one["loc"][0]) if one["loc"] else "host"
            said = one["msg"].removeprefix("Value error, ")
            raise Refused(f"{said[:1].upper()}{said[1:]}.", field=field) from None


def lacks_password(account: Sending) -> bool:
    """Whether a password belongs to this account that the keyring does not have."""
    try:
        return bool(account.user) and not EMAIL.of(account.host, account.user)
    except Refused:
        return True


def save_account(desk: SettingsDesk, form: AccountForm) -> Sending:
    """Keep the account: the password first, then the settings. Raises `Refused`; then the settings are as before."""
    account, before = form.checked(), desk.settings.sending
    moved = (account.host, account.user) != (before.host, before.user)
    password = form.password
    if account.user and not password:
        password = EMAIL.of(account.host, account.user)
        if not password:
            raise Refused(
                "Type the password.", field="password", hint="It is kept in your system's keyring, nowhere else."
            )
    path = desk.paths.settings
    _with_account(text_of(path), account, path)
    if account.user and form.password:
        EMAIL.keep(account.host, account.user, form.password)
    change_settings(path, lambda text: _with_account(text, account, path))
    desk.follow_settings()
    if moved and before.user:
        EMAIL.forget(before.host, before.user)
    return account


def _with_account(text: str, account: Sending, path: Path) -> str:
    """The settings file with the account in it; all else stays. Raises `Refused` where it is not understood."""
    table, usual = table_of_settings(), Sending()
    for name, value in account.model_dump().items():
        setting = table[(SECTION, name)]
        text = with_value(text, setting, None if value == getattr(usual, name) else value, path.name)
    kept = checked(tomllib.loads(text), path).settings.sending
    if kept != account:
        raise Refused(f"{path.name} does not take this account.", field="host", hint="Nothing was changed.")
    return text


def send_test(desk: SettingsDesk, form: AccountForm, *, timeout: float = TIMEOUT) -> str:
    """Send the rep a test with what the form holds, and say in a sentence that it went. Raises `Refused`."""
    from uuid import uuid4

    account = form.checked()
    password = form.password or (EMAIL.of(account.host, account.user) if account.user else "")
    if account.user and not password:
        raise Refused("Type the password.", field="password")
    key = f"<{uuid4().hex}@{account.from_address.rpartition('@')[2]}>"
    test = Letter(key, account.from_address, TEST_SUBJECT, TEST_BODY, MessageKind.ANSWER, desk.now())
    answer = Hand(account, password, timeout=timeout).over(written(test, account, desk.zone))
    if answer.came is not Came.SENT:
        raise Refused(answer.said, field="password" if "password" in answer.said else "host")
    return f"A test is on its way to {account.from_address}. Look whether it arrives."
