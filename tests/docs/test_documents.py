"""Every command, key and exit code in the documents is the program's own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from stylistdesk.clock import FrozenClock
from stylistdesk.db.engine import SCHEMA_VERSION, say_version
from stylistdesk.desk import Desk
from stylistdesk.domain import errors
from stylistdesk.domain.score import Weights
from stylistdesk.exchange.whole_tables import VERSION
from stylistdesk.queries.search import search, vocabulary
from stylistdesk.settings import Settings, load_settings
from stylistdesk.settings_table import settings_of
from stylistdesk.ui.keymap import keymap_markdown
from tests.conftest import NOW
from tests.docs.tables import JSON, OF_JSON, commands_markdown, exit_codes_markdown, fill, settings_markdown

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_the_readmes_tables_are_the_programs_own() -> None:
    """`python -m tests.docs.tables` fills them in."""
    assert fill(README) == README


def test_the_json_format_is_told_as_it_is() -> None:
    """Whoever reads her file in five years has this page alone."""
    text = JSON.read_text()
    assert fill(text, OF_JSON) == text
    assert f'"version": {VERSION}, "schema": "{say_version(SCHEMA_VERSION)}"' in text


@pytest.mark.parametrize("table", [keymap_markdown, commands_markdown, exit_codes_markdown, settings_markdown])
def test_no_table_is_empty(table: object) -> None:
    assert str(table()).count("\n") > 5  # type: ignore[operator]


def test_every_command_in_the_documents_is_there() -> None:
    documents = "\n".join(path.read_text() for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
    from stylistdesk.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    for name in re.findall(r"stylistdesk (?:--data-dir \S+ )?([a-z]+(?:-[a-z]+)*)\b", documents):
        if f"`stylistdesk {name}" in documents or f"\nstylistdesk {name}" in documents:
            assert name in known, name
    for target in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", documents, re.M):
        assert f"\n{target[0] or target[1]}:" in (ROOT / "Makefile").read_text()


def test_the_settings_of_the_example_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(settings_markdown().replace("```toml", "").replace("```", ""))
    assert load_settings(path) == (Settings(keys={"done": "d"}, weights=Weights(kinds={"commented": 800})), [])


def test_every_setting_that_the_documents_name_is_there() -> None:
    known = {part for one in settings_of(Settings) for part in (one.name, one.path[-1])}
    named = re.findall(r"`([a-z_.]+)`,? (?:and `[a-z_.]+` )?in the settings", README)
    assert named
    assert set(named) <= known


def test_what_the_readme_searches_for_is_on_the_desk_of_the_demo(demo_desk: Path) -> None:
    """A newcomer types it: one that finds nothing tells her that the search does not work."""
    _, part = README.split("## Finding anything")
    part = part[: part.index("\n## ")]
    examples = set(re.findall(r"`([^`]+)`", part)) - {"/", "tab", "enter", "esc", "ctrl+f", "stylistdesk find WORDS"}
    assert {"novak", "gc7k 2m9x", "bea today"} < examples
    with Desk.open(demo_desk, clock=FrozenClock(NOW)) as desk:
        words = desk.ask(vocabulary)
        found = {typed: desk.ask(search, typed, words).groups for typed in examples}
    assert not [typed for typed, groups in found.items() if not groups]
    named = re.findall(r"`(\w+)` (?:finds )?([^\W\d_]+\s+[^\W\d_]+)[,.]", part)
    assert len(named) == 3
    for typed, name in named:
        assert found[typed][0].hits[0].who == " ".join(name.split())


def test_every_refusal_has_an_exit_code_of_its_own() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refused)]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert not {0, 1} & set(codes)


def test_the_makefile_lists_its_targets() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"make {target}" in told for target in ("run", "test", "torture", "check", "bench", "pictures"))


def test_no_lock_file_names_an_index() -> None:
    for lock in ROOT.glob("*.lock"):
        assert not re.search(r"https?://|index-url", lock.read_text()), lock.name


def test_help_and_version_answer(tmp_path: Path) -> None:
    for argument, said in (("--help", "import"), ("--version", "stylistdesk 0.")):
        told = subprocess.run(
            [sys.executable, "-m", "stylistdesk", argument], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert said in told.stdout
