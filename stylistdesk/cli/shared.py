"""What the commands share: where and when they run, how they open the desk, whom they mean, how they print JSON."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stylistdesk.clock import Clock
from stylistdesk.domain.errors import (
    DeskDamaged,
    DeskInUse,
    DeskReadOnly,
    DiskFull,
    NoSuchClient,
    Refused,
    SeveralClients,
)
from stylistdesk.domain.text import clean
from stylistdesk.paths import PRIVATE_FILE, DeskPaths

if TYPE_CHECKING:
    from stylistdesk.desk import Desk

NEAR = 4
"""Where nobody answers to a name, so many others are offered."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when a command runs."""

    paths: DeskPaths
    clock: Clock
    given: bool  # whether --data-dir was given


@contextmanager
def reading(here: Here) -> Iterator["Desk"]:
    """The desk without its lock, so that others can write meanwhile; only what is old or damaged takes it."""
    from stylistdesk.db.engine import RESTORE
    from stylistdesk.db.opening import refuse_where_none_is
    from stylistdesk.desk import Desk

    refuse_where_none_is(here.paths)
    try:
        with Desk.open(here.paths, clock=here.clock, write=not Desk.can_be_read(here.paths)) as desk:
            _tell_problems(desk)
            yield desk
    except DeskDamaged as damaged:
        if damaged.hint != RESTORE:
            raise
        # Found while reading: its owner sets it aside and says which backups there are.
        with suppress(OSError):
            here.paths.suspect.touch(mode=PRIVATE_FILE)
        Desk.open(here.paths, clock=here.clock).close()
        raise


@contextmanager
def owning(here: Here, *, make: bool = False) -> Iterator["Desk"]:
    """The desk as its owner, or for reading only where another process owns it; with `make`, a new one if need be."""
    from stylistdesk.db.opening import refuse_where_none_is
    from stylistdesk.desk import Desk

    if not make:
        refuse_where_none_is(here.paths)
    with Desk.open(here.paths, clock=here.clock) as desk:
        _tell_problems(desk)
        yield desk


@contextmanager
def writing(here: Here) -> Iterator["Desk"]:
    """The desk as its owner. Raises `DeskInUse` and `DeskReadOnly`."""
    with owning(here) as desk:
        if desk.read_only is not None:
            refuse_writing(desk)
        yield desk


def _tell_problems(desk: "Desk") -> None:
    for problem in desk.problems:
        print(f"stylistdesk: {problem}", file=sys.stderr)


def refuse_writing(desk: "Desk") -> None:
    """Raise why a desk that can only be read is not written to: `DeskInUse` or `DeskReadOnly`."""
    if desk.is_open_elsewhere:
        raise DeskInUse("The desk is open in another window.", hint="Do it there, or close it first.")
    if desk.held is not None and (said := desk.said_held) is not None:
        kind = DeskInUse if desk.held.is_in_use else DeskReadOnly
        raise kind(said.reason, hint=f"{said.hint} `stylistdesk takeover` takes it over.")
    raise (DiskFull if desk.is_full else DeskReadOnly)(desk.read_only or "")


def ask(question: str) -> None:
    """Go on only if she says yes at the terminal. Raises `Refused` where nobody answers."""
    try:
        said = typer.confirm(question, err=True)
    except typer.Abort:
        print(file=sys.stderr)
        raise Refused("Nobody has answered; nothing was done.", hint="With --yes it is not asked.") from None
    if not said:
        raise typer.Abort


def one_client(desk: "Desk", words: str) -> tuple[int, str]:
    """The id and the name of the one client who is meant. Raises `NoSuchClient` and `SeveralClients`."""
    from stylistdesk.queries.history import find_client

    found = desk.ask(find_client, words)
    if not found:
        raise NoSuchClient(f"No client answers to “{words}”.", hint=_who_is_meant(desk, words))
    if len(found) > 1:
        ids = ", ".join(str(number) for number, _ in found)
        raise SeveralClients(f"{len(found)} clients answer to “{words}”.", hint=f"Use an id: {ids}.")
    return found[0]


def _who_is_meant(desk: "Desk", words: str) -> str:
    """Who has these words in her name, or nearly; else what to write."""
    from stylistdesk.queries.search import search, vocabulary

    found = desk.ask(search, words, only="client", each=NEAR)
    if not found.groups:  # reading all words takes longer than the search itself
        found = desk.ask(search, words, desk.ask(vocabulary), only="client", each=NEAR)
    names = ", ".join(clean(hit.who) for group in found.groups for hit in group.hits[:NEAR])
    return f"Did you mean {names}?" if names else "Write the whole name, or the email address."


def print_json(value: Any) -> None:
    """Print JSON as all commands do."""
    print(json.dumps(value, indent=2, ensure_ascii=False))
