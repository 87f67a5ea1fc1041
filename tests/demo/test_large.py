"""The large made-up desk: exact in size, the same for the same seed, and sound."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.notes import AddNote
from stylistdesk.demo.large import build_large
from stylistdesk.demo.names import AREA_CODES
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.host_events import shop_links
from tests.helpers import dump

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
CLIENTS, SIGNALS = 300, 20_000


def _built(folder: Path, clients: int, signals: int, seed: int = 1) -> Desk:
    desk = Desk.open(folder, clock=FrozenClock(NOW))
    build_large(desk, clients, signals, seed=seed)
    return desk


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with _built(tmp_path_factory.mktemp("large"), CLIENTS, SIGNALS) as desk:
        yield desk


def _ask(statement: str) -> Callable[[Asking], Any]:
    return lambda asking: asking.session.connection().exec_driver_sql(statement).scalar_one()


def test_it_has_the_size_that_was_asked_for(large: Desk) -> None:
    assert large.ask(_ask("SELECT count(*) FROM client")) == CLIENTS
    assert large.ask(_ask("SELECT count(*) FROM signal")) == SIGNALS
    assert 6 <= large.ask(_ask('SELECT count(*) FROM "order"')) / CLIENTS <= 14
    for table in ("location", "contact", "cadence", "csat_response", "assignment", "lookbook_item", "message", "task"):
        assert large.ask(_ask(f"SELECT count(*) FROM {table}")) > 0, table


def test_its_back_office_has_something_to_be_slow_with(large: Desk) -> None:
    in_windows = (
        'SELECT count(*) FROM "order" o JOIN host_event e ON e.id = o.event_id '
        "WHERE date(o.placed_at, '-5 hours') BETWEEN e.opens_on AND e.closes_on"
    )
    assert large.ask(_ask(in_windows)) == large.ask(_ask('SELECT count(*) FROM "order" WHERE event_id > 0')) > 10
    assert large.ask(_ask("SELECT count(*) FROM gift_certificate")) == CLIENTS // 10
    assert 0 < large.ask(_ask("SELECT count(*) FROM gift_movement WHERE kind = 'redeemed'")) < CLIENTS // 10
    assert large.ask(_ask("SELECT count(*) FROM goods_return")) == CLIENTS // 20
    assert large.ask(shop_links).own_is_open


def test_all_but_a_few_signals_in_a_hundred_have_been_seen(large: Desk) -> None:
    unseen = large.ask(
        _ask("SELECT count(*) FROM signal s JOIN client c ON c.id = s.client_id WHERE s.id > c.watermark")
    )
    assert 0.01 <= unseen / SIGNALS <= 0.05


def test_signals_are_recorded_in_the_order_of_three_years(large: Desk) -> None:
    assert (
        large.ask(
            _ask("SELECT count(*) FROM signal a JOIN signal b ON b.id = a.id + 1 AND b.occurred_at < a.occurred_at")
        )
        == 0
    )
    assert large.ask(_ask("SELECT julianday(max(occurred_at)) - julianday(min(occurred_at)) FROM signal")) > 1_080
    assert large.ask(_ask("SELECT max(occurred_at) FROM signal")) < f"{NOW:%Y-%m-%d %H:%M:%S}.9"


def test_addresses_are_unique_and_made_up(large: Desk) -> None:
    assert large.ask(_ask("SELECT count(DISTINCT email_key) FROM contact WHERE email LIKE '%_@example.com'")) == CLIENTS
    assert large.ask(_ask("SELECT count(DISTINCT phone) FROM contact WHERE phone LIKE '+1___55501__'")) == CLIENTS
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(f"+1{code}5550123")) for code in AREA_CODES)


def test_the_check_finds_nothing(large: Desk) -> None:
    report = large.preview(CheckDesk()).value
    assert (report.problems, report.repaired) == ((), ())


def test_the_schema_is_that_of_a_new_desk(large: Desk, tmp_path: Path) -> None:
    schema = "SELECT group_concat(name || coalesce(sql, '')) FROM (SELECT name, sql FROM sqlite_schema ORDER BY name)"
    with Desk.open(tmp_path, clock=FrozenClock(NOW)) as new:
        assert large.ask(_ask(schema)) == new.ask(_ask(schema))


def test_the_same_seed_makes_the_same_desk(tmp_path: Path) -> None:
    dumps = []
    for number, seed in enumerate((1, 1, 2)):
        with _built(tmp_path / str(number), 40, 1_000, seed) as desk:
            dumps.append(dump(desk))
    assert dumps[0] == dumps[1]
    assert dumps[0]["signal"] != dumps[2]["signal"]


@pytest.mark.parametrize(("clients", "signals"), [(1, 0), (1, 1), (3, 7), (50, 10)])
def test_any_size_goes(tmp_path: Path, clients: int, signals: int) -> None:
    with _built(tmp_path, clients, signals) as desk:
        assert desk.ask(_ask("SELECT count(*) FROM client")) == clients
        assert desk.ask(_ask("SELECT count(*) FROM signal")) == signals


def test_what_is_done_afterwards_is_journaled_again(tmp_path: Path) -> None:
    with _built(tmp_path, 5, 50) as desk:
        before = dump(desk)["note"]
        desk.do(AddNote(1, "Hello"))
        desk.undo()
        assert dump(desk)["note"] == before


def test_a_desk_with_clients_is_left_alone(tmp_path: Path) -> None:
    with _built(tmp_path, 2, 5) as desk, pytest.raises(Refused, match="clients already"):
        build_large(desk, 2, 5)
