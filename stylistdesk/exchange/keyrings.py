"""Passwords of calendars on servers: in the system's keyring, and nowhere else (R19)."""

from collections.abc import Iterator
from contextlib import contextmanager

from stylistdesk.domain.errors import Refused

_SERVICE = "stylistdesk calendar"


def password_of(url: str, username: str) -> str:
    """The password of a calendar, "" if none is kept. Raises `Refused` where there is no keyring."""
    with _opened():
        import keyring

        return keyring.get_password(_SERVICE, _whose(url, username)) or ""


def keep_password(url: str, username: str, password: str) -> None:
    """Keep the password of a calendar. Raises `Refused` where there is no keyring."""
    with _opened():
        import keyring

        keyring.set_password(_SERVICE, _whose(url, username), password)


def forget_password(url: str, username: str) -> None:
    """Keep the password no longer; nothing happens if there is none."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return
    try:
        keyring.delete_password(_SERVICE, _whose(url, username))
    except KeyringError:
        return


def extra_is_missing() -> Refused:
    """What is said where the libraries for calendars on a server are not installed."""
    return Refused(
        "Calendars on a server need the extra “caldav”.", hint="Install stylistdesk[caldav], then try again."
    )


def _whose(url: str, username: str) -> str:
    return f"{username} at {url}"


@contextmanager
def _opened() -> Iterator[None]:
    try:
        from keyring.errors import KeyringError
    except ImportError:
        raise extra_is_missing() from None
    try:
        yield
    except KeyringError:
        raise Refused(
            "The system's keyring cannot be used for the password.",
            field="password",
            hint="Unlock it, or set one up: stylistdesk keeps passwords nowhere else.",
        ) from None
