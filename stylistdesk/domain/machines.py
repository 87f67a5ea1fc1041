"""Why a desk that two machines share is held back from being written, in words."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Why a desk is held back."""

    OPEN = "open"  # on another machine
    NOT_ARRIVED = "not_arrived"  # what was done on another machine is not in the file yet
    GONE_BACK = "gone_back"  # the file is older than this machine had it
    FORKED = "forked"  # the file went another way than on this machine
    CONFLICT = "conflict"  # a sync program has put a second copy beside it
    TAKEN = "taken"  # another machine has opened it while it is open here
    REPLACED = "replaced"  # another program has put another file in its place while it is open here


@dataclass(frozen=True, slots=True)
class Held:
    """Why it can only be read for now: on which machine, since when, how many changes are missing, which files."""

    kind: Kind
    host: str = ""
    since: datetime | None = None
    missing: int = 0
    files: tuple[str, ...] = ()

    @property
    def is_in_use(self) -> bool:
        """Whether it is another machine that has it now."""
        return self.kind in (Kind.OPEN, Kind.TAKEN)


@dataclass(frozen=True, slots=True)
class Said:
    """One line that stays on the screen, what it means, and what taking over does."""

    banner: str
    reason: str
    hint: str
    taking_over: str


_SAID = {
    Kind.OPEN: Said(
        "Open on “{host}”{since}: read only here.",
        "This desk is open on “{host}”{since}. What two machines write at once, one of them loses.",
        "Close it there, and let the folder come in step: then you can write here.",
        "Take it over only if “{host}” is off or lost: what was done there and has not come here is missing.",
    ),
    Kind.TAKEN: Said(
        "“{host}” has opened this desk{since}: read only here.",
        "“{host}” has opened this desk{since}, while it is open here. Nothing more is written here.",
        "Close one of the two. What you did here until now is in the file.",
        "Take it back only if it is closed there.",
    ),
    Kind.NOT_ARRIVED: Said(
        "What “{host}” did has not arrived yet: read only here.",
        "What was done on “{host}”{until} is not in this file yet: {missing} missing.",
        "Wait until the folder has come in step: then you can write here.",
        "Take it over only if they will never come: this desk goes on without them.",
    ),
    Kind.GONE_BACK: Said(
        "The desk is older than it was here{until}: read only.",
        "The desk’s file is older than when it was last open on this machine{until}. Another program has put an older "
        "file in its place: {missing} missing.",
        "Let the folder come in step, or look at your backups and restore the newest.",
        "Go on with the older file: what is missing stays in the backups, if they have it.",
    ),
    Kind.FORKED: Said(
        "The desk went another way than here: read only.",
        "The desk’s file is another one than was last open on this machine{until}: both were written to since.",
        "Compare it with your newest backup of this machine first, and keep the one that has more.",
        "Go on with the file that is here: what was done on this machine since is in its backups alone.",
    ),
    Kind.CONFLICT: Said(
        "A sync program made a second copy of the desk: read only.",
        "Beside the desk lies “{file}”{more}: two machines have written to it, and your sync program kept both.",
        "Compare the two, and restore the one that has more. Nothing of either is deleted.",
        "Go on with the desk as it is. The other copy stays where it is, and is listed with the backups.",
    ),
    Kind.REPLACED: Said(
        "Another file was put in the desk’s place: read only.",
        "Another program, a sync program perhaps, has put another file in the desk’s place while it was open.{kept}",
        "Close the desk and open it again, then compare the two.",
        "",
    ),
}


def say_held(held: Held, say: Callable[[datetime], str]) -> Said:
    """The words; `say` writes an instant in the desk's zone."""
    given = {
        "host": held.host,
        "since": f" since {say(held.since)}" if held.since else "",
        "until": f" ({say(held.since)})" if held.since else "",
        "missing": f"{held.missing:,} {'change is' if held.missing == 1 else 'changes are'}",
        "file": held.files[0] if held.files else "a second copy",
        "more": f" and {len(held.files) - 1} more" if len(held.files) > 1 else "",
        "kept": f" What you did here is kept as {held.files[0]}." if held.files else "",
    }
    return Said(*(words.format_map(given) for words in astuple(_SAID[held.kind])))
