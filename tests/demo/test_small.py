"""The demo desk: filled through the ordinary commands, with every rule to be seen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.notes import AddNote
from stylistdesk.db.tables import Client, CommandRow, FollowUp, Order, Signal
from stylistdesk.demo.small import KEPT_IN, build_demo
from stylistdesk.demo.world import World, data_folder
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.types import Channel, MoveState
from stylistdesk.exchange.importing import ImportFile, ImportReport
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.daily_tasks import queue
from stylistdesk.queries.moves import moves_page, propose_moves

SHOWN_RULES = {*range(1, 16), 17, 18}


def _built(folder: Path, now: datetime) -> Desk:
    desk = Desk.open(folder, clock=FrozenClock(now))
    build_demo(desk)
    return desk


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, world: World) -> Iterator[Desk]:
    """The demo at its reference instant; not to be changed."""
    with _built(tmp_path_factory.mktemp("demo"), world.reference) as desk:
        yield desk


def _files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix in (".csv", ".jsonl", ".vcf"))


def _rules(desk: Desk) -> dict[str, list[int]]:
    return {row.name: [one.number for one in row.standing.suggestions] for row in desk.ask(queue).rows}


def test_every_rule_is_shown_by_a_client(demo: Desk) -> None:
    shown = _rules(demo)
    assert {number for numbers in shown.values() for number in numbers} == SHOWN_RULES


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Maren Holt", 1),
        ("Nora Castellanos", 2),
        ("Bea Okafor", 3),
        ("Emi Tanaka", 4),
        ("Ana Ruiz", 5),
        ("Hana Novák", 6),
        ("Priya Raman", 7),
        ("Cleo Marsh", 8),
        ("Fay Lindqvist", 9),
        ("Tomás Herrera", 9),
        ("Uma Krishnan", 9),
        ("Ольга Ким", 10),
        ("Dana Whitfield", 11),
        ("Ines Duarte", 12),
        ("Quinn Adeyemi", 13),
        ("Kit Moreau", 14),
        ("Bianca D'Angelo", 15),
        ("Grace Obi", 17),
        ("June Park", 18),
    ],
)
def test_the_people_show_what_they_are_there_for(demo: Desk, name: str, number: int) -> None:
    assert _rules(demo)[name][0] == number


def test_half_of_the_clients_need_nothing(demo: Desk) -> None:
    assert 15 <= len(demo.ask(queue).rows) <= 24
    assert "Siobhán O'Brien" not in _rules(demo), "she is snoozed"


def test_the_watermark_is_that_of_the_follow_up(demo: Desk) -> None:
    def of_ana(asking: Asking) -> tuple[list[str], datetime, Channel | None]:
        ana = asking.session.exec(select(Client).where(Client.name == "Ana Ruiz")).one()
        unseen = select(Signal.kind).where(Signal.client_id == ana.id, col(Signal.id) > ana.watermark)
        done = asking.session.exec(select(FollowUp).where(FollowUp.client_id == ana.id)).one()
        assert done.completed_at is not None
        return sorted(asking.session.exec(unseen)), done.completed_at.astimezone(asking.zone), done.channel

    unseen, at, channel = demo.ask(of_ana)
    assert unseen == ["added_to_cart", "commented", "hearted", "hearted", "hearted"]
    assert (f"{at:%a} {at.day} {at:%b}", channel) == ("Tue 17 Nov", "text")


def test_each_import_and_each_step_is_one_command_in_order_of_time(demo: Desk) -> None:
    def history(asking: Asking) -> list[CommandRow]:
        return list(asking.session.exec(select(CommandRow).order_by(col(CommandRow.id))))

    commands = demo.ask(history)
    assert [one.name for one in commands].count("ImportFile") == len(_files(data_folder()))
    assert [one.at for one in commands] == sorted(one.at for one in commands)
    assert {one.by for one in commands[1:]} == {"Thea Lindholm"}


def test_the_files_that_stay_hold_nothing_new_and_nothing_refused(demo: Desk) -> None:
    files = sorted((demo.paths.data_dir / KEPT_IN).iterdir())
    assert [file.name for file in files] == _files(data_folder())
    for file in files:
        report = demo.preview(ImportFile(recognise(file))).value
        assert isinstance(report, ImportReport)
        assert (report.refused, report.notices) == ((), ())
        assert not report.changes_something


def test_the_check_finds_nothing(demo: Desk) -> None:
    report = demo.preview(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ())


def test_all_of_it_can_be_taken_back(tmp_path: Path, world: World) -> None:
    with _built(tmp_path, world.reference) as desk:
        while not desk.is_empty:
            desk.undo()
        desk.redo()
        assert desk.ask(lambda asking: asking.session.exec(select(func.count()).select_from(Client)).one()) == 42


def test_a_desk_with_clients_is_left_alone(tmp_path: Path, world: World) -> None:
    with _built(tmp_path, world.reference) as desk:
        version = desk.version
        with pytest.raises(Refused, match="clients already") as no:
            build_demo(desk)
        assert f"`stylistdesk --data-dir {desk.paths.data_dir}`, without `demo`, opens it." in no.value.hint
        assert desk.version == version


@pytest.mark.parametrize("now", ["2027-03-14T13:42:00+00:00", "2026-11-01T16:10:00+00:00", "2028-02-29T14:50:00+00:00"])
def test_on_any_day_every_rule_is_shown(tmp_path: Path, now: str) -> None:
    with _built(tmp_path, datetime.fromisoformat(now)) as desk:
        last = {16} if "-29T" in now else set()  # orders are moved in the last days of a month
        assert {number for numbers in _rules(desk).values() for number in numbers} == SHOWN_RULES | last


def test_before_dawn_nothing_lies_ahead_that_has_happened(tmp_path: Path) -> None:
    now = datetime(2027, 7, 4, 7, 15, tzinfo=UTC)

    def last(asking: Asking) -> list[datetime]:
        return [
            asking.session.exec(select(func.max(column))).one()
            for column in (Signal.occurred_at, Order.placed_at, FollowUp.completed_at)
        ]

    with _built(tmp_path, now) as desk:
        assert all(at <= now for at in desk.ask(last))
        assert len(desk.ask(queue).rows) > 10


def test_the_clock_is_put_back(tmp_path: Path, world: World) -> None:
    clock = FrozenClock(world.reference)
    with Desk.open(tmp_path, clock=clock) as desk:
        build_demo(desk)
        assert desk.clock is clock
        clock.at += timedelta(minutes=1)
        desk.do(AddNote(1, "Still ticking"))
        assert desk.now() == world.reference + timedelta(minutes=1)


def test_orders_are_there_to_be_moved_and_asked_of_customer_service(demo: Desk) -> None:
    page = demo.ask(moves_page)
    assert {row.state for row in page.asked} == {MoveState.DRAFTED, MoveState.REQUESTED}
    assert page.here and page.service
    proposal = demo.ask(propose_moves)
    assert proposal is not None and [move.number for move in proposal.moves] == ["#1042"]
