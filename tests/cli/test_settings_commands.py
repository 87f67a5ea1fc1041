"""`stylistdesk settings`: printed, written, asked and set from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stylistdesk.domain.errors import Refused
from stylistdesk.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def a_desk(tmp_path: Path) -> None:
    """Its settings are asked for, not its file."""
    (tmp_path / "desk.sqlite3").touch()


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "stylistdesk", "--data-dir", str(folder), "settings", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_one_setting_is_set_asked_and_put_back(tmp_path: Path) -> None:
    assert run(tmp_path, "set", "waits.cart_hours", "12")[0] == 0
    assert run(tmp_path, "get", "waits.cart_hours")[1] == "12\n"
    assert run(tmp_path, "set", "keys.done", "z")[0] == 0
    path = tmp_path / "settings.toml"
    assert path.read_text() == '[waits]\ncart_hours = 12\n\n[keys]\ndone = "z"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert run(tmp_path, "set", "waits.cart_hours")[0] == 0
    assert load_settings(path)[0].waits.cart_hours == 24


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "event_days", "400"), "event_days: It must be a number from 1 to 366 days."),
        (("set", "evnt_days", "4"), "Did you mean event_days?"),
        (("set", "keys.done", "s"), "s for “Done” is already “Snooze”"),
        (("set", "keys.done", "hyper+foo"), "There is no key “hyper+foo”. Write it as d, ctrl+s, f5"),
        (("set", "theme", "nosuch"), "There is no theme “nosuch”."),
        (("set", "links.event", "javascript:x"), "must begin with https:// or http://."),
        (("get", "nosuch"), "There is no setting “nosuch”. `stylistdesk settings` lists all"),
        (("get", "something"), "There is no setting “something”."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, _, error = run(tmp_path, *words)
    assert code == Refused.exit_code
    assert said in error
    assert not (tmp_path / "settings.toml").exists()


def test_what_is_wrong_in_the_file_is_told_as_it_stands_there(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        "theme = 'nosuch'\n[keys]\ndone = 's'\nquit = 'dd'\ndance = 'z'\n[waits]\ncart_hours = -1\n"
    )
    code, told, error = run(tmp_path)
    assert code == 0 and "event_days" in told
    assert [line.split(": ")[1:3] for line in error.splitlines()] == [
        ["settings.toml, line 1", "theme"],
        ["settings.toml, line 3", "keys.done"],
        ["settings.toml, line 4", "keys.quit"],
        ["settings.toml, line 5", "keys.dance"],
        ["settings.toml, line 7", "waits.cart_hours"],
    ]
    code, told, again = run(tmp_path, "get", "waits.cart_hours")
    assert code == 0 and told.strip() == "24" and again == error


def test_the_whole_file_is_written_and_what_was_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\nevent_days = 40\n")
    assert run(tmp_path, "--write")[0] == 0
    assert load_settings(path) == (Settings(event_days=40), [])
    assert (tmp_path / "settings-before.toml").read_text() == "# mine\nevent_days = 40\n"
    assert run(tmp_path)[1] == path.read_text()
    assert json.loads(run(tmp_path, "get", "weights.fresh")[1]) == [50, 30, 10]
