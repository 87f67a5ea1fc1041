"""The settings file: a wrong value is named with its line, and every other value still counts."""

from pathlib import Path

import pytest

from stylistdesk.settings import Settings, load_settings


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
        ("[restock_fees]\nCA = -1", "line 2: restock_fees.CA: "),
        ("[keys]\ndone = 5", "line 2: keys.done: must be text"),
    ],
)  # fmt: skip
def test_each_wrong_value_is_told_with_its_line_and_its_limits(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text + "\n")
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


def test_a_wrong_variable_is_told_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("symbols = 'ascii'\n")
    monkeypatch.setenv("STYLISTDESK_SYMBOLS", "emoji")
    assert load_settings(path)[1] == ["STYLISTDESK_SYMBOLS: must be unicode or ascii; the default is used."]
