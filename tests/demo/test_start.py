"""What `stylistdesk demo` makes, and what it leaves behind."""

from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.demo.start import build, demo_folder
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskReadOnly
from stylistdesk.paths import desk_paths


def test_a_folder_of_its_own_is_gone_afterwards() -> None:
    with demo_folder(None, keep=False) as paths:
        assert paths.data_dir.is_dir()
    assert not paths.data_dir.exists()


def test_it_is_kept_when_only_built_and_gone_when_building_fails() -> None:
    with demo_folder(None, keep=True) as paths:
        pass
    assert paths.data_dir.is_dir()
    paths.data_dir.rmdir()
    with pytest.raises(RuntimeError), demo_folder(None, keep=True) as paths:
        raise RuntimeError
    assert not paths.data_dir.exists()


def test_a_folder_that_was_named_stays(tmp_path: Path) -> None:
    with demo_folder(desk_paths(tmp_path), keep=False) as paths:
        assert paths.data_dir == tmp_path
    assert tmp_path.is_dir()


def test_the_small_one_is_built_and_closed(tmp_path: Path, clock: FrozenClock) -> None:
    build(desk_paths(tmp_path), clock)
    with Desk.open(tmp_path, clock=clock) as desk:
        assert (desk.rep_name, desk.is_empty, desk.read_only) == ("Thea Lindholm", False, None)


def test_the_large_one_tells_how_far_it_is(tmp_path: Path, clock: FrozenClock) -> None:
    said: list[str] = []
    build(desk_paths(tmp_path), clock, clients=3, signals=0, say=said.append)
    assert said[0] == "3 clients"


def test_a_desk_that_is_open_elsewhere_is_not_filled(tmp_path: Path, clock: FrozenClock) -> None:
    with Desk.open(tmp_path, clock=clock), pytest.raises(DeskReadOnly):
        build(desk_paths(tmp_path), clock)
