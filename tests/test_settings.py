"""The settings file: a wrong value is named with its line, and every other value still counts."""

from pathlib import Path

from stylistdesk.settings import load_settings


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
            "line 11: weights.kinds.heartd: heartd is not a kind of signal; the default is used.",
            "line 12: wait: There is no such setting; did you mean waits?",
            "line 2: cart_hours: It stands under [waits]; here it is not read.",
            "line 3: something: There is no such setting.",
            "line 5: links.txt: There is no such setting; did you mean text?",
            "line 7: waits.cart_hour: There is no such setting; did you mean cart_hours?",
            "line 9: waits.theme: It stands above all [tables]; here it is not read.",
        ]
    )
    assert settings.waits.hearted_hours == 12
