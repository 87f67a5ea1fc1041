"""A scripted session in a process of its own, for tests that kill it or take its rights away. Run by the tests.

`kill FOLDER OUT`: for every statement k of the session, a child runs it on a copy of the desk and is killed at k.
`unprivileged FOLDER OUT`: runs as a user who may not write, and tells what the desk said.
"""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Together
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.commands.moves import MoveOrder
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddPurchaseOrder, OrderForm
from stylistdesk.commands.paying import RedeemGift
from stylistdesk.commands.returns import MarkReceived, OpenReturn, PassOn
from stylistdesk.commands.sales import ShipOrder
from stylistdesk.commands.templates import AddTemplate, TemplateForm
from stylistdesk.commands.triage import CompleteFollowUp, DismissRule
from stylistdesk.commands.work import AddTask
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_lines import TypedLine
from stylistdesk.domain.returns import Asked, ReturnKind
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from tests.conftest import NOW
from tests.helpers import dump
from tests.torture import LONG

NOBODY = 65_534
"""The user who runs what an owner of the file may not."""
ACTIVITY = (
    "external_id,occurred_at,client_email,client_phone,client_name,kind,lookbook,item,brand,amount,currency,comment,url\n"
    "k1,2026-11-20T10:00:00-05:00,ana@example.com,,Ana Ruiz,hearted,Fall looks,Cashmere coat,Nordlys,420.00,USD,,\n"
    "k2,2026-11-21T09:00:00-05:00,bea@example.com,,Bea Okafor,commented,Fall looks,Boot,Nordlys,160.00,USD,In navy?,\n"
)


def session(desk: Desk, folder: Path) -> list[Callable[[], object]]:
    """The steps of the session; each is one command."""
    activity = folder / "activity.csv"
    activity.write_text(ACTIVITY)
    return [
        lambda: desk.do(AddClient(ClientForm("Cleo Marsh", email="cleo@example.com"))),
        lambda: desk.do(ImportFile(recognise(activity))),
        lambda: desk.do(Together([AddNote(1, "Loves navy"), AddTask(1, "Send a swatch", date(2026, 12, 1))])),
        lambda: desk.do(CompleteFollowUp(2, 99, rule="send_close_up")),
        lambda: desk.do(DismissRule(3, "answer_comment", "", "answered in the shop")),
        desk.undo,
        desk.undo,
        desk.redo,
        lambda: desk.do(DeleteClient(1)),
        desk.undo,
        *the_back_office(desk),
    ]


def the_back_office(desk: Desk) -> list[Callable[[], object]]:
    """A template, an order in an event, its move into another, a certificate that pays for a part, and a return."""
    month = NOW.date().replace(day=1), NOW.date().replace(day=28)
    coat = TypedLine("Coat", 2, Cents(21_000))
    return [
        lambda: desk.do(AddTemplate(TemplateForm("Thanks", subject="Your order", body="Thank you so much."))),
        lambda: desk.do(AddHostEvent(HostEventForm("Autumn", *month, code="autumn", client_id=2))),
        lambda: desk.do(AddHostEvent(HostEventForm("Winter", *month, code="winter", client_id=3))),
        lambda: desk.do(AddPurchaseOrder(1, OrderForm(NOW.date(), number="A1", lines=(coat,), event_id=1))),
        lambda: desk.do(MoveOrder(1, 2)),
        lambda: desk.do(SellGift(2, Cents(5_000), NOW.date(), for_client_id=1, number="GCABCD234B")),
        lambda: desk.do(RedeemGift("GCABCD234B", 1, Cents(4_000))),
        lambda: desk.do(ShipOrder(1, NOW.date())),
        lambda: desk.do(OpenReturn(1, (Asked(line_id=1, quantity=1, kind=ReturnKind.REFUND),))),
        lambda: desk.do(PassOn(1)),
        lambda: desk.do(MarkReceived(1)),
        desk.undo,
        desk.redo,
    ]


def count_statements(at: Callable[[int], None]) -> None:
    """Call `at` with the number of each statement that SQLite is about to run, reads left out: they change no state."""
    counted = 0

    def trace(statement: str) -> None:
        nonlocal counted
        if not statement.startswith(("SELECT", "PRAGMA", "ROLLBACK", "--")):
            counted += 1
            at(counted)

    connect = sqlite3.connect

    def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(trace)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]


def run(folder: Path, at: Callable[[int], None], *, keep_states: bool = False) -> None:
    """Run the session in a folder; `steps` tells after each step that it was acknowledged."""
    count_statements(at)
    with Desk.open(folder / "desk", clock=FrozenClock(NOW)) as desk, (folder / "steps").open("w") as steps:
        for number, step in enumerate(session(desk, folder)):
            step()
            steps.write(f"{number}\n")
            steps.flush()
            if keep_states:
                (folder / f"state-{number}.json").write_text(json.dumps(dump(desk), default=str))


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked child; its exit status."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def fresh(folder: Path, name: str) -> Path:
    """A folder of its own with a copy of the empty desk."""
    place = folder / name
    place.mkdir()
    shutil.copytree(folder / "desk", place / "desk")
    return place


def kill_at_every_statement(folder: Path, out: Path) -> None:
    """Writes, for each k: how many steps were acknowledged, what integrity says, and which state was found."""
    last = 0

    def count(k: int) -> None:
        nonlocal last
        last = k
        (folder / "whole" / "count").write_text(str(k))

    whole = fresh(folder, "whole")
    status = in_child(lambda: run(whole, count, keep_states=True))
    written = sorted(whole.glob("state-*.json"), key=lambda path: int(path.stem.removeprefix("state-")))
    states = [json.loads(path.read_text()) for path in written]
    start = json.loads(json.dumps(dump(folder / "desk" / "desk.sqlite3"), default=str))
    total = int((whole / "count").read_text())
    found = []
    # Every statement in the long form; the short one stops at each kind of them too, as 13 divides no command.
    for k in range(1, total + 1, 1 if LONG else 13):
        place = fresh(folder, f"k{k}")

        def die(n: int, k: int = k) -> None:
            if n == k:
                os.kill(os.getpid(), signal.SIGKILL)

        killed = in_child(lambda place=place, die=die: run(place, die))  # type: ignore[misc]
        done = len((place / "steps").read_text().splitlines()) if (place / "steps").exists() else 0
        with Desk.open(place / "desk", clock=FrozenClock(NOW)) as desk:
            integrity = desk.ask(_integrity)
            state = json.loads(json.dumps(dump(desk), default=str))
        wanted = [start, *states]
        found.append([k, killed, done, integrity, [n for n, s in enumerate(wanted) if s == state]])
        shutil.rmtree(place)
    out.write_text(json.dumps({"status": status, "total": total, "found": found}))


def _integrity(asking: Any) -> list[object]:
    connection = asking.session.connection()
    return [
        connection.exec_driver_sql("PRAGMA integrity_check").scalar(),
        connection.exec_driver_sql("PRAGMA foreign_key_check").first(),
        connection.exec_driver_sql("SELECT command_id FROM journal_state").scalar(),
        connection.exec_driver_sql("SELECT count(*) FROM journal_command WHERE label = ''").scalar(),
    ]


def unprivileged(folder: Path, out: Path) -> None:
    """What a user without the right to write is told; what another program made of the file meanwhile."""
    said: dict[str, object] = {}
    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    with Desk.open(folder / "desk", clock=FrozenClock(NOW)) as desk:
        said["read_only"] = desk.read_only
        said["asked"] = desk.ask(lambda asking: asking.session.connection().exec_driver_sql(
            "SELECT count(*) FROM client").scalar())  # fmt: skip
        try:
            desk.do(AddNote(1, "No"))
        except Refused as error:
            said["refused"] = str(error)
    with contextlib.suppress(OSError):
        os.seteuid(0)
    out.write_text(json.dumps(said))


if __name__ == "__main__":
    {"kill": kill_at_every_statement, "unprivileged": unprivileged}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
