"""Passwords of calendars on servers (R19) and of sending email (R44): in the system's keyring, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stylistdesk.domain.errors import Refused

_CALENDAR = "stylistdesk calendar"
_EMAIL = "stylistdesk email"


def password_of(url: str, username: str) -> str:
    """The password of a calendar, "" if none is kept. Raises `Refused` where there is no keyring."""
    return _read(_CALENDAR, _whose(url, username), extra_is_missing)


def keep_password(url: str, username: str, password: str) -> None:
    """Keep the password of a calendar. Raises `Refused` where there is no keyring."""
    _keep(_CALENDAR, _whose(url, username), password, extra_is_missing)


def forget_password(url: str, username: str) -> None:
    """Keep the password no longer; nothing happens if there is none."""
    _forget(_CALENDAR, _whose(url, username))


def email_password(host: str, user: str) -> str:
    """The password for sending email, "" if none is kept. Raises `Refused` where there is no keyring."""
    return _read(_EMAIL, _whose(host, user), email_extra_is_missing)


def keep_email_password(host: str, user: str, password: str) -> None:
    """Keep the password for sending email. Raises `Refused` where there is no keyring."""
    _keep(_EMAIL, _whose(host, user), password, email_extra_is_missing)


def forget_email_password(host: str, user: str) -> None:
    """Keep it no longer; nothing happens if there is none."""
    _forget(_EMAIL, _whose(host, user))


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


def _whose(url: str, username: str) -> str:
    return f"{username} at {url}"


def _read(service: str, whose: str, missing: Callable[[], Refused]) -> str:
    with _opened(missing):
        import keyring

        return keyring.get_password(service, whose) or ""


def _keep(service: str, whose: str, password: str, missing: Callable[[], Refused]) -> None:
    with _opened(missing):
        import keyring

        keyring.set_password(service, whose, password)


def _forget(service: str, whose: str) -> None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return
    try:
        keyring.delete_password(service, whose)
    except KeyringError:
        return


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
