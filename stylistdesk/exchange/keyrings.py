"""Passwords of calendars on servers (R19) and of sending email (R44): in the system's keyring, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stylistdesk.domain.errors import Refused


def extra_is_missing() -> Refused:
    """What is said where the libraries for calendars on a server are not installed."""
    return Refused(
        "Calendars on a server need the extra “caldav”.", hint="Install stylistdesk[caldav], then try again."
    )


def email_extra_is_missing() -> Refused:
    """What is said where the keyring that sending email needs is not installed."""
    return Refused(
        "Sending email needs the extra “email”.",
        field="password",
        hint="Install stylistdesk[email], then try again.",
    )


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of one service. `missing` is what is said where its libraries are not installed."""

    service: str
    missing: Callable[[], Refused]

    def of(self, where: str, user: str) -> str:
        """The password, "" if none is kept. Raises `Refused` where there is no keyring."""
        with _opened(self.missing):
            import keyring

            return keyring.get_password(self.service, _whose(where, user)) or ""

    def keep(self, where: str, user: str, password: str) -> None:
        """Keep the password. Raises `Refused` where there is no keyring."""
        with _opened(self.missing):
            import keyring

            keyring.set_password(self.service, _whose(where, user), password)

    def forget(self, where: str, user: str) -> None:
        """Keep it no longer; nothing happens if there is none."""
        try:
            import keyring
            from keyring.errors import KeyringError
        except ImportError:
            return
        try:
            keyring.delete_password(self.service, _whose(where, user))
        except KeyringError:
            return


def _whose(where: str, user: str) -> str:
    return f"{user} at {where}"


@contextmanager
def _opened(missing: Callable[[], Refused]) -> Iterator[None]:
    try:
        from keyring.errors import KeyringError
    except ImportError:
        raise missing() from None
    try:
        yield
    except KeyringError:
        raise Refused(
            "The system's keyring cannot be used for the password.",
            field="password",
            hint="Unlock it, or set one up: stylistdesk keeps passwords nowhere else.",
        ) from None


CALENDARS = Passwords("stylistdesk calendar", extra_is_missing)
EMAIL = Passwords("stylistdesk email", email_extra_is_missing)
