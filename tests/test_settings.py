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
