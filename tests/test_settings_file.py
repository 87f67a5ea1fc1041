"""The settings file as the program writes it: it says what it should, and keeps what the rep wrote around it."""

import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from stylistdesk.domain.errors import Refused
from stylistdesk.screen_names import THEMES
from stylistdesk.settings import Settings, checked, load_settings, table_of_settings
from stylistdesk.settings_file import parse
from stylistdesk.settings_history import Steps, Way, history_of, steps_of
from stylistdesk.settings_table import KEYS, Kind, Setting, sections_of, settings_of, value_at
from stylistdesk.settings_words import as_typed, read_value, say_value
from stylistdesk.settings_writing import save_value, turn, whole_file, with_value
from stylistdesk.ui.keys_of_settings import known_keys, refuse_keys

TABLE = settings_of(Settings, known_keys())
BY_NAME = {one.name: one for one in TABLE}
BY_PATH = {one.path: one for one in TABLE}
EVERY = pytest.mark.parametrize("setting", [one for one in TABLE if one.path[0] != KEYS], ids=lambda one: one.name)

HERS = """\
# Robin's own words, do not touch
theme = "nord"   # the calm one
event_days=45

# about the queue
[waits]
  cart_hours = 12     # not a whole day
# quiet_percent = 150
weird = 1

[weights]
overdue_per_day = 80 # was 50
kinds.commented = 900

# opens my phone
[links]
text = 'sms:{phone}'
"""


def values_of(setting: Setting) -> st.SearchStrategy[Any]:
    """Any value that a setting may have."""
    number = st.integers(setting.least or 0, setting.most if setting.most is not None else 10**6)
    match setting.kind:
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(setting.choices)
        case Kind.NUMBER:
            return number
        case Kind.NUMBERS:
            return st.lists(number, min_size=setting.count, max_size=setting.count).map(
                lambda found: sorted(found, reverse=True)
            )
        case Kind.TABLE:
            return st.dictionaries(st.from_regex(r"[A-Z]{2}", fullmatch=True), number, min_size=1, max_size=3)
        case Kind.TEXT:
            return texts(setting)


def texts(setting: Setting) -> st.SearchStrategy[str]:
    """Any text that a setting may have."""
    words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
    match setting.path:
        case ("theme",):
            return st.sampled_from(sorted(THEMES))
        case ("second_copy",):
            return st.sampled_from(["/stick", "~/cloud/my 'own' \"copies\""])
        case ("links", "event" | "sign_up"):
            return words.map(lambda word: f"https://{word}")
        case ("links", _):
            return words.map(lambda word: f"tel:{word}")
        case (section, _) if section == KEYS:
            return st.sampled_from(["z", "'", '"', "\\", "#,=", "ctrl+shift+left, f24", "question_mark"])
    return words


def chosen(setting: Setting) -> st.SearchStrategy[tuple[Setting, Any]]:
    return values_of(setting).map(lambda value: (setting, value))


FREE = [one for one in TABLE if one.path[0] not in ("weights", "backup_key", "sending")]
"""Those whose value is right or wrong by itself: what a weight or a server may be depends on the others."""
CHANGES = st.lists(st.sampled_from(FREE).flatmap(chosen), min_size=1, max_size=12)


@pytest.mark.parametrize("start", ["", HERS, "whole"], ids=["new", "hers", "whole"])
@settings(max_examples=60, deadline=None)
@given(changes=CHANGES)
def test_what_is_saved_is_what_is_read(start: str, changes: list[tuple[Setting, Any]]) -> None:
    text = whole_file(Path("/no/such/file.toml"), known_keys()) if start == "whole" else start
    for setting, value in changes:
        text = with_value(text, setting, value)
    loaded = checked(tomllib.loads(text), Path("/no/such/file.toml")).settings
    for setting, value in {one.path: (one, value) for one, value in changes}.values():
        assert value_at(loaded, setting) == value, text


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES)
def test_a_value_that_goes_back_leaves_her_file_as_it_was(changes: list[tuple[Setting, Any]]) -> None:
    """Her comments stay where they are, in their order, whatever is set, and all else that the file says."""
    text = HERS
    for setting, value in changes:
        text = with_value(text, setting, value)
    for comment in (
        "# Robin's own words, do not touch\n",
        "# the calm one",
        "# about the queue\n[waits]\n",
        "was 50\n",
    ):
        assert comment in text
    assert text.index("# about the queue") < text.index("# not a whole day") < text.index("# opens my phone\n[links]\n")
    for setting, _ in changes:
        text = with_value(text, setting, None)
    touched = {setting.name for setting, _ in changes}
    left = tomllib.loads(text)
    if "event_days" not in touched:
        assert left["event_days"] == 45
    assert left["weights"] == {"overdue_per_day": 80, "kinds": {"commented": 900}}
    assert left["waits"]["weird"] == 1


def test_a_line_behind_a_hash_is_used_and_comes_back() -> None:
    wait = BY_NAME["waits.quiet_percent"]
    changed = with_value(HERS, wait, 120)
    assert changed == HERS.replace("# quiet_percent = 150", "quiet_percent = 120")
    assert with_value(changed, wait, None) == HERS.replace("# quiet_percent = 150", "#quiet_percent = 100")


def test_only_the_line_of_the_value_changes() -> None:
    changed = with_value(HERS, BY_NAME["waits.cart_hours"], 36)
    assert changed == HERS.replace("cart_hours = 12 ", "cart_hours = 36 ")
    new = with_value(HERS, BY_NAME["mouse"], False)
    assert new == HERS.replace("event_days=45\n", "event_days=45\nmouse = false\n")


def test_ends_of_lines_stay_what_they_are() -> None:
    theirs = HERS.replace("\n", "\r\n")
    changed = with_value(theirs, BY_NAME["waits.cart_hours"], 36)
    assert changed.count("\r\n") == changed.count("\n")


def test_the_whole_file_changes_nothing_and_every_line_of_it_holds(tmp_path: Path) -> None:
    """As it is written every setting is at its default; with every # taken away too."""
    path = tmp_path / "settings.toml"
    whole = whole_file(path, known_keys())
    path.write_text(whole)
    assert load_settings(path) == (Settings(), [])
    path.write_text(
        "\n".join(line[1:] if line.startswith("#") and line[1:2].isalpha() else line for line in whole.split("\n"))
    )
    found, problems = load_settings(path)
    assert problems == []
    assert found.keys == {one.path[1]: one.default for one in TABLE if one.path[0] == KEYS}
    assert found.model_copy(update={"keys": {}, "weights": Settings().weights}) == Settings()


def test_the_whole_file_keeps_what_she_has_set(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(HERS.replace("weird = 1\n", "") + "[restock_fees]\nCA = 300\n[keys]\ndone = 'z'\n")
    before = load_settings(path)
    path.write_text(whole_file(path, known_keys()))
    assert load_settings(path) == before
    assert 'done = "z"  # Done' in path.read_text()


@EVERY
def test_every_setting_says_what_it_is_and_what_it_may_be(setting: Setting) -> None:
    assert len(setting.about) > 10, "say it in the description of the field, or in its metadata"
    assert not setting.is_wrong(setting.default)
    if setting.kind in (Kind.NUMBER, Kind.NUMBERS, Kind.TABLE):
        assert setting.least is not None
        assert setting.most is not None, "ge and le, or least and most"


@EVERY
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_what_is_shown_to_be_typed_is_read_as_the_same(setting: Setting, data: st.DataObject) -> None:
    value = data.draw(values_of(setting))
    if setting.kind is Kind.TEXT:
        return
    for currency in ("", "USD", "JPY"):
        assert read_value(setting, as_typed(setting, value, currency), currency) == value
        assert say_value(setting, value, currency)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("event_days", "0", "from 1 to 366 days"),
        ("event_days", "soon", "from 1 to 366 days"),
        ("mouse", "maybe", "yes or no"),
        ("overlaps", "some", "same_rep, same_brand or ignore"),
        ("restock_fee_cents", "-1", "from $0 to $100,000"),
        ("weights.fresh", "1, 2", "3 numbers from 0.00 to 10000.00 points, with commas between them"),
        ("restock_fees", "CA", "names and numbers from $0 to $100,000"),
    ],
)
def test_what_cannot_be_is_refused_with_its_limits(name: str, typed: str, said: str) -> None:
    with pytest.raises(Refused) as no:
        read_value(BY_NAME[name], typed, "USD")
    assert said in no.value.reason
    assert no.value.field == "value"


def test_what_the_settings_do_not_take_together_is_refused_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("event_days = 0\n")
    with pytest.raises(Refused, match="may weigh at most as much as received"):
        save_value(path, BY_NAME["weights.rules.ask_how_it_fits"], 900)
    assert path.read_text() == "event_days = 0\n"
    save_value(path, BY_NAME["mouse"], False)  # what was wrong before stands in nobody's way
    assert load_settings(path)[0].mouse is False


def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("mouse = false\nthis is nothing\n")
    with pytest.raises(Refused, match="line 2"):
        save_value(path, BY_NAME["mouse"], True)
    assert path.read_text() == "mouse = false\nthis is nothing\n"


def test_the_file_is_hers_alone_and_a_link_stays_one(tmp_path: Path) -> None:
    real, path = tmp_path / "dotfiles.toml", tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.symlink_to(real)
    save_value(path, BY_NAME["mouse"], False)
    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    history, lock = "settings.history.json", ".settings.toml.lock"
    there = {file.name for file in tmp_path.rglob("*")}
    assert there == {"config", "dotfiles.toml", history, lock, "settings.toml"}
    assert stat.S_IMODE(path.with_name(history).stat().st_mode) == 0o600


def test_what_is_set_at_once_from_several_places_is_all_kept(tmp_path: Path) -> None:
    """Each reads the file before it writes: without a lock, the last one took back what the others had set."""
    path, begin = tmp_path / "settings.toml", Barrier(8)
    names = [name for name in BY_NAME if name.startswith("waits.")][:8]

    def save(name: str) -> None:
        begin.wait(20)
        save_value(path, BY_NAME[name], 5)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, names))
    assert full_tables(path.read_text()) == {"waits": {name.removeprefix("waits."): 5 for name in names}}
    assert len(steps_of(path).done) == 8


def full_tables(text: str) -> dict[str, Any]:
    """What a file says, without empty tables."""
    return {name: value for name, value in parse(text).items() if value != {}}


@settings(max_examples=30)
@given(st.data())
def test_all_that_was_set_is_taken_back_and_set_again(data: st.DataObject) -> None:
    values = {"mouse": (True, False), "event_days": (7, 14, 30), "keys.done": ("z", "f9"), "waits.cart_hours": (1, 48)}
    start = "# mine\nevent_days = 14 # days\n[waits]\n"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_text(start)
        said = [full_tables(start)]
        for _ in range(data.draw(st.integers(0, 6))):
            name = data.draw(st.sampled_from(sorted(values)))
            save_value(path, BY_NAME[name], data.draw(st.sampled_from((None, *values[name]))))
            if (now := full_tables(path.read_text())) != said[-1]:
                said.append(now)
        ways: tuple[tuple[Way, list[dict[str, Any]]], ...] = (("undo", said[-2::-1]), ("redo", said[1:]))
        for way, expected in ways:
            for values_then in expected:
                turn(path, way, BY_PATH, lambda setting, value: None)
                assert full_tables(path.read_text()) == values_then
            with pytest.raises(Refused, match=f"nothing to {way}"):
                turn(path, way, BY_PATH, lambda setting, value: None)
        assert "# mine" in path.read_text()


@pytest.mark.parametrize("wrong", ["2026-11-01", "10:00:00", "nan", "-5", "'many'", "[1]"])
def test_what_was_wrong_in_the_file_is_nothing_to_go_back_to(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"event_days = {wrong}\n")
    save_value(path, BY_NAME["event_days"], 20)
    assert len(turn(path, "undo", BY_PATH, lambda setting, value: None)) == 1
    assert full_tables(path.read_text()) == {}
    turn(path, "redo", BY_PATH, lambda setting, value: None)
    assert full_tables(path.read_text()) == {"event_days": 20}


def test_a_step_that_is_refused_is_let_go(tmp_path: Path) -> None:
    """Or the steps before it could never be taken back: another action has the key that this one had."""
    path = tmp_path / "settings.toml"
    save_value(path, BY_NAME["week_starts"], "sunday")
    save_value(path, BY_NAME["keys.done"], "z")
    path.write_text(path.read_text() + 'snooze = "d"\n')
    for said in ("already", "nothing to undo"):
        with pytest.raises(Refused, match=said):
            for _ in range(2):
                turn(
                    path,
                    "undo",
                    BY_PATH,
                    lambda setting, value: refuse_keys(load_settings(path)[0].keys, setting, value),
                )
    assert full_tables(path.read_text()) == {"keys": {"done": "z", "snooze": "d"}}


def test_an_unreadable_file_keeps_its_steps(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_value(path, BY_NAME["mouse"], False)
    path.write_text("mouse = \n")
    with pytest.raises(Refused, match="line 1"):
        turn(path, "undo", BY_PATH, lambda setting, value: None)
    assert len(steps_of(path).done) == 1


def test_a_history_that_is_damaged_is_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_value(path, BY_NAME["mouse"], False)
    for damage in (b"", b"[]", b'{"done": 1}', b'{"done": [[1]], "undone": []}', b"\xff", b"[" * 100_000):
        history_of(path).write_bytes(damage)
        assert steps_of(path) == Steps()
    save_value(path, BY_NAME["mouse"], True)
    assert len(steps_of(path).done) == 1


def test_the_model_and_the_table_are_one() -> None:
    assert set(table_of_settings()) == {one.path for one in TABLE if one.path[0] != KEYS}
    for one in TABLE:
        assert value_at(Settings(), one) == one.default


class Server(BaseModel):
    """Where mail goes out. And more."""

    model_config = ConfigDict(frozen=True)

    host: str = Field(default="", description="The name of the server", max_length=99)
    port: int | None = Field(default=None, ge=1, le=65535, description="Its port")
    folder: Path = Field(default=Path("/tmp"), description="Where letters are kept")


class More(BaseModel):
    """A model with what others may add."""

    backups: bool = Field(default=True, description="Make a backup every day")
    sending: Server = Field(default_factory=Server)
    copies: Annotated[int, Field(gt=0, lt=10)] = Field(default=2, description="So many copies are kept")


def test_what_is_added_to_the_model_appears_by_itself() -> None:
    found = {one.name: one for one in settings_of(More)}
    assert {name: (one.group, one.limits, one.default) for name, one in found.items()} == {
        "backups": ("Safety", "true or false", True),
        "sending.host": ("Sending email", "text of at most 99 letters", ""),
        "sending.port": ("Sending email", "a whole number from 1 to 65535", None),
        "sending.folder": ("Sending email", "text", "/tmp"),
        "copies": ("More", "a whole number from 1 to 9", 2),
    }
    assert list(found) == ["sending.host", "sending.port", "sending.folder", "backups", "copies"]
    assert [(one.path, one.about) for one in sections_of(More)] == [(("sending",), "Where mail goes out")]
    assert with_value("# mine\n", found["sending.port"], 25) == "# mine\n\n[sending]\nport = 25\n"
