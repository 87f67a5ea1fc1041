"""Every class of commands: what it refuses changes nothing; what it does is taken back and done again to the byte."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command
from stylistdesk.commands.calendar_accounts import AccountForm, AddCalendarAccount
from stylistdesk.commands.csat import AddResponse, ResponseForm
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from tests.conftest import NOW
from tests.faults.every_command import Drawing, command_classes
from tests.helpers import dump
from tests.torture import LONG, times

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    "AddTier": "commands/test_host_orders.py",
    "CancelReturn": "commands/test_money_machine.py",
    "CheckDesk": "faults/test_state_machine.py",
    "EditOrder": "faults/test_state_machine.py",
    "EditResponse": "commands/test_csat.py",
    "EditTier": "commands/test_host_orders.py",
    "EnterHostOrder": "commands/test_host_orders.py",
    "MakeLocationPrimary": "commands/test_places.py",
    "MarkExchangeSent": "commands/test_returns.py",
    "MarkNoShow": "commands/test_assignments.py",
    "MoveOrder": "commands/test_moves.py",
    "OpenReturn": "commands/test_money_machine.py",
    "PayByCard": "commands/test_money_machine.py",
    "PlaceAll": "commands/test_places.py",
    "RedeemGift": "commands/test_gifts_machine.py",
    "RefundGift": "commands/test_gifts_machine.py",
    "ReinstateOrder": "commands/test_money_machine.py",
    "RemoveClientBrand": "commands/test_sales.py",
    "RemoveGoal": "commands/test_goals_and_payments.py",
    "RestoreUsualTiers": "commands/test_host_orders.py",
    "ResumeCadence": "commands/test_cadences_and_quizzes.py",
    "SettleConflict": "exchange/test_caldav.py",
    "SendEmail": "exchange/test_sending.py",
    "ShipOrder": "faults/test_state_machine.py",
    "WithdrawConsent": "faults/test_state_machine.py",
}
"""What chance does not bring about on the demo desk, and the test that does and undoes it."""
BY_OTHERS = ("ApplySync", "MarkBounced", "TakeInDesk")
"""What came from a calendar or a mail server, or is a whole desk: exchange/test_caldav.py, test_sending.py and
test_whole_desk.py run real ones."""


@pytest.fixture
def demo(demo_desk: Path, tmp_path: Path) -> Iterator[Desk]:
    """A demo desk, with a few things that its day does not have."""
    shutil.copytree(demo_desk, tmp_path / "demo")
    with Desk.open(tmp_path / "demo", clock=FrozenClock(NOW)) as desk:
        for name in ("autumn", "winter"):
            form = HostEventForm(name.title(), NOW.date().replace(day=1), NOW.date().replace(day=28), code=name)
            desk.do(AddHostEvent(form))
        desk.do(AddCalendarAccount(AccountForm("Home", "https://cloud.example.com/dav", "robin")))
        desk.do(AddResponse(1, ResponseForm(4, NOW, "Lovely")))
        yield desk


def test_every_command_is_taken_back_and_done_again(demo: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ana")
    start = dump(demo)
    ids = {table: [int(str(row[0])) for row in rows if str(row[0]).isdigit()] for table, rows in start.items()}
    drawing = Drawing(Random(46), lambda t: ids[t], tmp_path, demo.keep_file(tmp_path / "letter.txt"))
    done: Counter[str] = Counter()
    names = [name for name in sorted(command_classes()) if LONG or name not in (*ELSEWHERE, *BY_OTHERS)]
    for name in names:
        for _ in range(times(80, 10)):
            command = drawing.command(command_classes()[name])
            try:
                changed = demo.do(command).changed
            except Refused:
                changed = False
            if changed:
                turn_back_and_forth(demo, start, command)
                done[name] += 1
            elif LONG:
                assert dump(demo) == start, command
            if done[name] == times(1):
                break
    assert dump(demo) == start, "TORTURE=1 says which command it was"
    never = set(names) - set(done) - set(ELSEWHERE) - set(BY_OTHERS)
    assert never == set(), "these were done by no test: draw better arguments, or name the test in ELSEWHERE"


def turn_back_and_forth(demo: Desk, start: object, command: Command) -> None:
    """Undo, redo, undo; the short form looks only once at the end, as a dump of everything takes its time."""
    after = dump(demo) if LONG else None
    demo.undo()
    assert not LONG or dump(demo) == start, command
    demo.redo()
    assert not LONG or dump(demo) == after, command
    demo.undo()


def test_what_is_done_elsewhere_is_done_there() -> None:
    """A new class of commands is drawn above, or stands here with its test."""
    assert {*ELSEWHERE, *BY_OTHERS} <= set(command_classes())
    for name, file in ELSEWHERE.items():
        assert f"{name}(" in (TESTS / file).read_text("utf-8"), (name, file)
