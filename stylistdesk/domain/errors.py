"""The refusals that a rep can read, each with what to do about it."""

import errno

OUR_FAULT = 70
"""The exit code of what no rule refused: a fault of the program (EX_SOFTWARE of sysexits.h)."""


class Refused(Exception):
    """A rule said no. Nothing was changed.

    `reason` is one sentence for the rep, `field` the form field it belongs to, `hint` what to do instead.
    """

    exit_code = 2

    def __init__(self, reason: str, *, field: str | None = None, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.reason} {self.hint}".strip()


class NotUndoable(Refused):
    """R7: there is nothing to take back, or a row has been changed since by something else."""

    exit_code = 3


class DeskInUse(Refused):
    """Another process holds the desk's lock; this one may only read."""

    exit_code = 4


class DeskReadOnly(Refused):
    """The folder or the file cannot be written."""

    exit_code = 5


class DiskFull(Refused):
    """The disk (or the file's page limit) has no room for the change."""

    exit_code = 6


class DeskDamaged(Refused):
    """The desk, a backup or a kept file is damaged, or `check` found what it cannot mend. Nothing of it is deleted."""

    exit_code = 7


class FileTooNew(Refused):
    """The file was written by a later stylistdesk; not a byte of it is changed."""

    exit_code = 8


class BadFile(Refused):
    """A file to import cannot be read as what it says it is."""

    exit_code = 9


class NotADesk(Refused):
    """The file is a database of some other program."""

    exit_code = 10


class Stopped(Refused):
    """The rep stopped a long import; nothing of it is kept."""

    exit_code = 11


class ServerAway(Refused):
    """A server for calendars or email does not answer, or not as it should; nothing done before is lost."""

    exit_code = 12


class NoDesk(Refused):
    """There is no desk in this folder, and nothing was made there."""

    exit_code = 13


class NoSuchClient(Refused):
    """No client has this name, email or id."""

    exit_code = 20


class SeveralClients(Refused):
    """Several clients have this name or email: an id says which one is meant."""

    exit_code = 21


FREE_ROOM = "Free some room there, then do it again."


def is_of_room(error: OSError) -> bool:
    """Whether the disk, or what the rep may have of it, is full."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def not_written(what: str, error: OSError, *, field: str | None = None) -> Refused:
    """What to say where the system did not write something: no room, or no right to."""
    reason = f"{what} cannot be written ({error.strerror or error})."
    if is_of_room(error):
        return DiskFull(reason, field=field, hint=FREE_ROOM)
    return DeskReadOnly(reason, field=field, hint="Check who may write there.")
