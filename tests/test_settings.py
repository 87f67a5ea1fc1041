"""The settings file: a wrong value is named with its line, and every other value still counts."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.keys import Keys, _character_to_key
from textual.theme import BUILTIN_THEMES

from stylistdesk.screen_names import THEMES, is_key
from stylistdesk.settings import Settings, load_settings
from stylistdesk.ui.theme import OWN_THEMES


def test_only_the_wrong_value_goes_to_its_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        "[waits]\ncart_hours = 12\nhearted_hours = -1\n\n[weights]\noverdue_per_day = 80\n\n"
        "[weights.kinds]\ncommented = 900\nhearted = -5\n"
    )
    settings, problems = load_settings(path)
    assert (settings.waits.cart_hours, settings.waits.hearted_hours) == (12, 48)
    assert settings.weights.overdue_per_day == 80
    assert settings.weights.kinds == {"commented": 900}
    assert [problem.split(": ")[:2] for problem in problems] == [
        ["settings.toml, line 3", "waits.hearted_hours"],
        ["settings.toml, line 10", "weights.kinds.hearted"],
    ]


def test_a_setting_that_there_is_not_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        "thme = 'x'\ncart_hours = 3\nsomething = 1\n[links]\ntxt = 'a'\n"
        "[waits]\ncart_hour = 12\nhearted_hours = 12\ntheme = 'x'\n[weights.kinds]\nheartd = 5\n[wait]\nx = 1\n"
    )
    settings, problems = load_settings(path)
    assert sorted(problem.removeprefix("settings.toml, ") for problem in problems) == sorted(
        [
            "line 1: thme: There is no such setting; did you mean theme?",
            "line 11: weights.kinds.heartd: There is no such setting; did you mean hearted?",
            "line 12: wait: There is no such setting; did you mean waits?",
            "line 2: cart_hours: It stands under [waits]; here it is not read.",
            "line 3: something: There is no such setting.",
            "line 5: links.txt: There is no such setting; did you mean text?",
            "line 7: waits.cart_hour: There is no such setting; did you mean cart_hours?",
            "line 9: waits.theme: It stands above all [tables]; here it is not read.",
        ]
    )
    assert settings.waits.hearted_hours == 12


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("event_days = 400", "line 1: event_days: must be a whole number from 1 to 366; the default is used."),
        ("\nmouse = 3", "line 2: mouse: must be true or false; the default is used."),
        ("mouse = 'perhaps'", "line 1: mouse: must be true or false; the default is used."),
        ("symbols = 'emoji'", "line 1: symbols: must be unicode or ascii; the default is used."),
        ("theme = 5", "line 1: theme: must be text; the default is used."),
        ("waits.cart_hours = 'x'", "line 1: waits.cart_hours: must be a whole number from 0 to 100000;"),
        ("links = {text = 'file:///x'}", "line 1: links.text: must begin with one of sms:,"),
        ("waits = 5", "line 1: waits: must be a table: [waits], and its settings below; the defaults are used."),
        ("[weights]\nfresh = [1, 2]", "line 2: weights.fresh: must be 3 whole numbers, each from 0 to 1000000;"),
        ("[weights]\nfresh = [1, 2, 3]", "line 2: weights.fresh: fresh must not give"),
        ("theme = 'nosuch'", "line 1: theme: There is no theme “nosuch”; the default is used."),
        ("theme = 'nrd'", "line 1: theme: There is no theme “nrd” (did you mean nord?); the default is used."),
        ("links.event = 'javascript:x'", "line 1: links.event: must begin with https:// or http://;"),
        ("[links]\nsign_up = 'file:///x'", "line 2: links.sign_up: must begin with https:// or http://;"),
        ("second_copy = '{folder}/backups'", "line 1: second_copy: must be a folder outside the desk's own"),
        ("[keys]\nquit = 'nonsense'", "line 2: keys.quit: There is no key “nonsense”; the default is used."),
        ("keys.done = 'z,hyper+foo'", "line 1: keys.done: There is no key “hyper+foo”; the default is used."),
        ("keys.snooze = 'dd'", "line 1: keys.snooze: There is no key “dd”; the default is used."),
        ('keys.quit = "\\u0007"', "line 1: keys.quit: There is no such key; the default is used."),
        ("[restock_fees]\nCA = -1", "line 2: restock_fees.CA: "),
        ("[keys]\ndone = 5", "line 2: keys.done: must be text"),
    ],
)  # fmt: skip
def test_each_wrong_value_is_told_with_its_line_and_its_limits(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text.replace("{folder}", str(tmp_path)) + "\n")
    settings, problems = load_settings(path)
    assert len(problems) == 1
    assert problems[0].startswith(f"settings.toml, {said}")
    assert settings == Settings()


def test_weights_that_do_not_go_together_cost_one_of_them(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[weights.kinds]\ncommented = 900\nreceived = 100\n[weights.rules]\npass_on = 30\n")
    settings, problems = load_settings(path)
    assert "line 3: weights.kinds.received: ask_how_it_fits may weigh at most" in problems[0]
    assert settings.weights.kinds == {"commented": 900}
    assert settings.weights.rules == {"pass_on": 30}


@pytest.mark.parametrize(
    ("text", "line"), [("mouse = false\ntheme =\n", "line 2"), ("a = 1\na = 2\n", "line 2"), ("[waits", "at its end")]
)
def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path, text: str, line: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    settings, problems = load_settings(path)
    assert settings == Settings()
    assert problems[0].startswith(f"settings.toml, {line}: this is not understood (")


def nested(path: Path) -> None:
    path.write_text("x = " + "[" * 3000 + "]" * 3000 + "\n")


def large(path: Path) -> None:
    path.write_text("# mine\n" * 1_000_000)


@pytest.mark.parametrize(
    ("make", "said"),
    [(nested, "is not understood (a value is nested"), (os.mkfifo, "not a plain file"), (large, "larger than 4 MB")],
)
def test_what_is_no_settings_file_is_told_and_all_is_at_its_default(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    path = tmp_path / "settings.toml"
    make(path)
    settings, problems = load_settings(path)
    assert settings == Settings() and len(problems) == 1
    assert said in problems[0] and problems[0].startswith("settings.toml")


def test_every_key_of_textual_is_one_and_others_that_a_keyboard_gives() -> None:
    pressed_by_another_name = {"return", "ctrl+@", "ctrl-at"}
    of_textual = {str(key.value) for key in Keys if key.value[0] != "<"} - pressed_by_another_name
    characters = {chr(at) for at in range(33, 127)}
    more = {"alt+f4", "ctrl+at", "super+k", "ctrl+shift+a", "é", "section_sign"}
    every = of_textual | characters | {_character_to_key(one) for one in characters} | more
    assert not [key for key in every if not is_key(key)]


@pytest.mark.parametrize(
    "key", ["", "dd", "f25", "ctrl+", "shift+ctrl+a", "ctrl+ctrl+a", "hyper+foo", "ctrl+?", "<any>"]
)
def test_no_keyboard_gives_these(key: str) -> None:
    assert not is_key(key)


def test_the_themes_are_those_of_the_screens() -> None:
    assert {*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)} == THEMES


def test_a_wrong_variable_is_told_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("symbols = 'ascii'\n")
    monkeypatch.setenv("STYLISTDESK_SYMBOLS", "emoji")
    assert load_settings(path)[1] == ["STYLISTDESK_SYMBOLS: must be unicode or ascii; the default is used."]
