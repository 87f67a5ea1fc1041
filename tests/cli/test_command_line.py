"""The command line, as a script would use it: a real process, its output, its exit code."""

import csv
import json
import os
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from filelock import FileLock
from typer.main import get_command
from typer.testing import CliRunner

from stylistdesk import cli
from stylistdesk.clock import FrozenClock
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.notes import AddNote
from stylistdesk.desk import Desk
from stylistdesk.domain import errors
from stylistdesk.exchange.exporting import EXPORTS
from stylistdesk.paths import desk_paths
from stylistdesk.queries import daily_tasks
from stylistdesk.queries.daily_tasks import queue
from tests.conftest import NOW
from tests.helpers import add_client, dump, frozen_desk

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"


def arguments_for(folder: Path, *arguments: str) -> list[str]:
    return ["--data-dir", str(folder), "--at", "2026-11-21T09:42-05:00", *arguments]


def stylistdesk(folder: Path, *arguments: str, code: int = 0) -> str:
    """What the program prints; on another exit code than expected, what it said. It runs in this process."""
    argv = ["stylistdesk", *arguments_for(folder, *arguments)]
    ended: object = 0
    out, err = StringIO(), StringIO()
    with patch.object(sys, "argv", argv), chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
        try:
            cli.main()
        except SystemExit as end:
            ended = end.code or 0
    assert ended == code, out.getvalue() + err.getvalue()
    return out.getvalue() if code == 0 else err.getvalue()


def in_a_process_of_its_own(folder: Path, *arguments: str, code: int = 0) -> str:
    """The same, as a script has it."""
    told = subprocess.run(
        [sys.executable, "-m", "stylistdesk", *arguments_for(folder, *arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == code, told.stdout + told.stderr
    assert "Traceback" not in told.stderr
    return told.stdout if code == 0 else told.stderr


def parsed(said: str) -> Any:
    return json.loads(said)


def test_her_shopify_exports_imported_twice_undone_and_redone(tmp_path: Path) -> None:
    """The counts are those that the files hold, and the rows come back to the byte."""
    files = [str(DATA / "shopify_customers.csv"), str(DATA / "shopify_orders.csv")]
    database = tmp_path / "desk" / "desk.sqlite3"
    with (DATA / "shopify_orders.csv").open(newline="", encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    with (DATA / "shopify_customers.csv").open(newline="", encoding="utf-8-sig") as file:
        customers = len(list(csv.DictReader(file)))
    dry = parsed(stylistdesk(tmp_path / "desk", "import", "--dry-run", "--json", files[0]))
    assert not database.parent.exists()
    first = parsed(stylistdesk(tmp_path / "desk", "import", "--json", *files))
    assert first[0] == dry[0]
    assert first[0]["created"]["client"] == customers
    assert first[1]["created"]["order"] == len({line["Name"] for line in lines})
    assert first[1]["created"]["order_line"] == len(lines)
    assert all(report["refused"] == [] for report in first)
    imported = dump(database)
    again = parsed(stylistdesk(tmp_path / "desk", "import", "--json", *files))
    assert [(report["created"], report["updated"]) for report in again] == [({}, {}), ({}, {})]
    assert dump(database) == imported
    stylistdesk(tmp_path / "desk", "undo")
    assert dump(database)["order"] == [] and len(dump(database)["client"]) == customers
    stylistdesk(tmp_path / "desk", "undo")
    assert not any(dump(database).values())
    stylistdesk(tmp_path / "desk", "redo")
    stylistdesk(tmp_path / "desk", "redo")
    assert dump(database) == imported
    history = parsed(stylistdesk(tmp_path / "desk", "history", "--json"))
    assert [entry["undone"] for entry in history] == [False] * 6
    assert set(history[0]) == {"id", "at", "by", "label", "undone", "changes"}
    assert set(history[0]["changes"][0]) == {"what", "id", "client", "op"}


def test_today_prints_the_queue_and_every_score_is_the_sum_of_its_terms(tmp_path: Path) -> None:
    stylistdesk(tmp_path / "desk", "demo", "--build-only")
    rows = parsed(stylistdesk(tmp_path / "desk", "today", "--json"))
    with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
        found = desk.ask(queue).rows
    assert [(row["client"], row["action"]) for row in rows] == [(row.name, row.next.action) for row in found]
    for row in rows:
        assert round(sum(term["value"] for term in row["terms"]), 2) == row["score"]
    keys = {"client", "spending_power", "score", "terms", "action", "channel", "reason", "due", "signals", "expected"}
    assert set(rows[0]) == keys
    assert {"chance", "amount_cents", "currency", "by"} in [set(row["expected"] or ()) for row in rows]
    printed = stylistdesk(tmp_path / "desk", "today", "--limit", "3")
    assert [row["client"] for row in rows[:3]] == [
        row["client"] for row in rows[:3] if row["client"] in printed and row["reason"] in printed
    ]


def test_anything_is_found_by_its_words(tmp_path: Path) -> None:
    """Also with a typo, and while another window has the desk."""
    with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
        add_client(desk, "Bea Okafor", email="bea@example.com", phone="+12125550102")
        desk.do(AddNote(1, "Wants the quilted parka"))
        printed = stylistdesk(tmp_path / "desk", "find", "quilted", "PARKA")
        assert printed.splitlines() == ["notes", "  2026-11-21  Bea Okafor  Wants the quilted parka"]
        assert stylistdesk(tmp_path / "desk", "find", "okafro").splitlines()[0] == "clients, nearly so"
        rows = parsed(stylistdesk(tmp_path / "desk", "find", "(212) 555-0102", "--json"))
        assert [(row["kind"], row["client_id"], row["near"]) for row in rows] == [("contact", 1, False)]
        assert stylistdesk(tmp_path / "desk", "find", "zzz") == "Nothing has “zzz”.\n"
        assert stylistdesk(tmp_path / "desk", "find", "z" * 10_000) == f"Nothing has “{'z' * 59}…”.\n"


@pytest.mark.parametrize(
    ("rows", "set_up", "told"),
    [
        (("name,phone", "Ana Ruiz,+12125550101", "Bea Okafor,2125550102"), False, True),
        (("name,phone", "Ana Ruiz,+12125550101", "Bea Okafor,tel:+1 212 555 0102"), False, False),
        (("name,phone", "Ana Ruiz,2125550101"), True, False),
        (("name,email", "Ana Ruiz,ana@example.com"), False, False),
    ],
)
def test_a_desk_without_a_country_says_how_it_read_the_phones_that_have_none(
    tmp_path: Path, rows: tuple[str, ...], set_up: bool, told: bool
) -> None:
    """A list from London would be full of numbers in the United States."""
    file = tmp_path / "mine.csv"
    file.write_text("\n".join(rows))
    with Desk.open(tmp_path / "desk", clock=FrozenClock(NOW)) as desk:
        if set_up:
            desk.do(SetUpDesk("Mara Quinn", "America/New_York", "USD", "US"))
    result = CliRunner().invoke(cli.app, ["--data-dir", str(tmp_path / "desk"), "import", str(file)])
    assert result.exit_code == 0
    assert ("phones without a country code were read as those of US" in result.stderr) is told


def test_while_the_desk_is_open_nothing_else_writes_and_files_go_to_its_inbox(desk: Desk, tmp_path: Path) -> None:
    add_client(desk, "Zora Hale")
    folder = tmp_path / "desk"
    assert "open in another window" in stylistdesk(folder, "undo", code=errors.DeskInUse.exit_code)
    said = stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    assert "is in its inbox as shopify_customers.csv" in said
    waiting = desk.inbox_files()
    assert [file.read_bytes() for file in waiting] == [(DATA / "shopify_customers.csv").read_bytes()]
    assert oct(waiting[0].stat().st_mode & 0o777) == "0o600"
    before = dump(desk)
    dry = parsed(stylistdesk(folder, "import", "--dry-run", "--json", str(DATA / "shopify_customers.csv")))
    assert dry[0]["created"]["client"] == 42
    assert dump(desk) == before
    assert "Nobody needs you" not in stylistdesk(folder, "today")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), ""),
        ("empty.csv", b"", ""),
        ("book.xlsx", b"PK\x03\x04" + bytes(200), "CSV"),
        ("letters.csv", b"dear,diary\n1,2\n", "format"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    said = stylistdesk(tmp_path / "desk", "import", str(tmp_path / name), code=errors.BadFile.exit_code)
    assert said.count("\n") == 1 and name in said and says in said
    assert not (tmp_path / "desk").exists(), "an empty desk there would hide that the folder was mistyped"


def test_a_bad_file_does_not_keep_a_good_one_out(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    good = str(DATA / "shopify_customers.csv")
    code = errors.BadFile.exit_code
    stylistdesk(tmp_path / "desk", "import", str(tmp_path / "empty.csv"), good, code=code)
    assert len(dump(tmp_path / "desk" / "desk.sqlite3")["client"]) == 42


def test_backup_restore_and_check(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    assert "42 clients" in stylistdesk(folder, "backup")
    wanted = dump(folder / "desk.sqlite3")
    stylistdesk(folder, "undo")
    assert "42 clients" in stylistdesk(folder, "restore")
    assert "is the desk now" in stylistdesk(folder, "restore", "latest")
    assert dump(folder / "desk.sqlite3") == wanted
    assert parsed(stylistdesk(folder, "check", "--json")) == {"ok": True, "problems": [], "repaired": []}
    assert "no backup named" in stylistdesk(folder, "restore", "nonsense", code=2)


TELL_OR_CHANGE = [
    "today", "find Ana", "show Ana", "why Ana", "history", "export FILE", "proof Ana", "export-client Ana FILE",
    "check", "undo", "redo", "done Ana", "note Ana hello", "send", "sync", "erase Ana", "backup", "backup --list",
    "backup --verify latest", "backup --make-key FILE", "restore", "restore latest", "restore --undo", "takeover --yes",
    "settings", "settings --write", "settings get theme", "settings set theme nord",
]  # fmt: skip


@pytest.mark.parametrize("words", TELL_OR_CHANGE)
def test_a_folder_that_was_mistyped_is_said_and_stays_as_it_is(tmp_path: Path, words: str) -> None:
    """It would be a new empty desk, in which nothing of hers is found."""
    file = str(tmp_path / "out.json")
    folder = tmp_path / "none" / "dsek"
    said = stylistdesk(folder, *words.replace("FILE", file).split(), code=errors.NoDesk.exit_code)
    assert f"There is no desk in {folder}. Is that the right folder?" in said
    assert f"`stylistdesk --data-dir {folder}` begins one there." in said and said.count("\n") == 1
    assert not folder.parent.exists() and not Path(file).exists()


def test_where_the_desk_was_lost_that_is_said_instead(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    stylistdesk(folder, "backup")
    (folder / "desk.sqlite3").unlink()
    for words in (["today"], ["import", "--dry-run", str(DATA / "shopify_customers.csv")]):
        said = stylistdesk(folder, *words, code=errors.DeskDamaged.exit_code)
        assert "but there are backups" in said and "`stylistdesk restore latest`" in said
    assert "is the desk now" in stylistdesk(folder, "restore", "latest")


def test_before_the_first_desk_of_the_machine_its_settings_may_be_set() -> None:
    runner = CliRunner()
    told = runner.invoke(cli.app, ["today"])
    assert isinstance(told.exception, errors.NoDesk)
    assert str(told.exception).startswith("There is no desk yet in ") and "`stylistdesk` begins" in str(told.exception)
    assert runner.invoke(cli.app, ["settings", "get", "event_days"]).output == "30\n"


def test_refusals_are_told_apart_by_their_code(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    Desk.open(folder).close()
    assert "nothing to take back" in stylistdesk(folder, "undo", code=errors.NotUndoable.exit_code)
    assert "No client answers" in stylistdesk(
        folder, "history", "--client", "Nobody", code=errors.NoSuchClient.exit_code
    )
    (folder / "desk.sqlite3").write_bytes(b"not a desk")
    assert "set aside" in stylistdesk(folder, "today", code=errors.DeskDamaged.exit_code)


def test_clients_are_written_into_files_and_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"), str(DATA / "address_book.vcf"))
    for name, arguments in (("all.vcf", ()), ("old.vcf", ("--version", "3")), ("all.csv", ())):
        said = stylistdesk(folder, "export", str(tmp_path / name), *arguments)
        assert f"{tmp_path / name}: 42 clients" in said
        assert oct((tmp_path / name).stat().st_mode & 0o777) == "0o600"
    assert "VERSION:4.0" in (tmp_path / "all.vcf").read_text() and "VERSION:3.0" in (tmp_path / "old.vcf").read_text()
    again = parsed(
        stylistdesk(folder, "import", "--json", *(str(tmp_path / name) for name in ("all.vcf", "old.vcf", "all.csv")))
    )
    assert [(report["created"], report["updated"], report["refused"]) for report in again] == [({}, {}, [])] * 3
    fresh = tmp_path / "fresh"
    stylistdesk(fresh, "import", str(tmp_path / "all.vcf"))
    contacts = [{(row[3], row[5]) for row in dump(where / "desk.sqlite3")["contact"]} for where in (folder, fresh)]
    assert contacts[0] == contacts[1]


@pytest.mark.parametrize("there", [False, True], ids=["no desk yet", "a desk"])
def test_a_dry_run_of_several_files_says_what_the_import_of_them_all_does(tmp_path: Path, there: bool) -> None:
    """The orders would not create again the clients that the list before them creates."""
    files = [str(DATA / "shopify_customers.csv"), str(DATA / "shopify_orders.csv"), str(DATA / "shopify_customers.csv")]
    folder = tmp_path / "desk"
    if there:
        with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
            add_client(desk, "Zora Hale")
    before = dump(folder / "desk.sqlite3") if there else None
    dry = parsed(stylistdesk(folder, "import", "--dry-run", "--json", *files))
    assert folder.exists() is there and (not there or dump(folder / "desk.sqlite3") == before)
    assert dry[2]["created"] == {}
    assert dry == parsed(stylistdesk(folder, "import", "--json", *files))


def test_the_whole_desk_moves_to_another_folder(tmp_path: Path) -> None:
    """A new laptop would begin with nothing."""
    folder, fresh, file = tmp_path / "desk", tmp_path / "fresh", str(tmp_path / "all.json")
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    assert "42 clients, " in stylistdesk(folder, "export", file) and "is there already" in stylistdesk(
        folder, "export", file, code=errors.Refused.exit_code
    )
    assert stylistdesk(folder, "export", str(tmp_path / "clients.csv")).endswith("clients.csv: 42 clients\n")
    (report,) = parsed(stylistdesk(fresh, "import", "--dry-run", "--json", file))
    assert (report["format"], report["created"]["client"]) == ("desk", 42)
    assert "42 clients" in stylistdesk(fresh, "import", file)
    assert dump(fresh / "desk.sqlite3") == dump(folder / "desk.sqlite3")
    assert "only goes into an empty one" in stylistdesk(folder, "import", file, code=errors.BadFile.exit_code)
    Path(file).write_text(Path(file).read_text().replace('"schema": "1.', '"schema": "9.'))
    assert "later" in stylistdesk(tmp_path / "third", "import", file, code=errors.FileTooNew.exit_code)


def test_a_calendar_that_holds_nothing_of_hers_says_what_would_be_in_it(tmp_path: Path) -> None:
    """ "There are no events", where she sees those of her phone, would be taken for a fault."""
    folder, theirs = tmp_path / "desk", tmp_path / "phone.ics"
    theirs.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Yoga\nDTSTART:20261124T150000Z\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    stylistdesk(folder, "import", str(theirs))
    said = stylistdesk(folder, "export", str(tmp_path / "x.ics"), code=errors.Refused.exit_code)
    assert (
        "no events to export" in said and "appointments, follow-ups, shop windows and the events that you made" in said
    )
    assert "--format freebusy" in said and not (tmp_path / "x.ics").exists()
    stylistdesk(folder, "export", str(tmp_path / "x.ics"), "--format", "freebusy")
    assert "freebusy" in stylistdesk(folder, "export", "--help")


def test_the_help_and_the_readme_name_every_export() -> None:
    """She could not know that her certificates can be written."""
    command = get_command(cli.app).commands["export"]  # type: ignore[attr-defined]
    said = next(option.help for option in command.params if option.name == "format")
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8").partition("## The files it writes")[2]
    for text in (said, readme.partition("\n## ")[0]):
        words = set(re.findall(r"[a-z_]+", text))
        missing = [known.name for known in EXPORTS if not words & {known.name, *known.aliases}]
        assert missing == ["vcard3", "vcard2"], "these are --version 3 and 2"


def test_an_export_of_one_client_and_what_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    target = str(tmp_path / "x.vcf")
    Desk.open(folder).close()
    assert "no clients to export" in stylistdesk(folder, "export", target, code=errors.Refused.exit_code)
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    (tmp_path / "out").mkdir()
    said = stylistdesk(folder, "export", str(tmp_path / "out"), "--format", "vcard", "--client", "Ana Ruiz")
    assert "1 client" in said and (tmp_path / "out" / "Ana-Ruiz.vcf").read_text().count("BEGIN:VCARD") == 1
    stylistdesk(folder, "export", target, "--client", "ana ruiz", "--client", "bea.okafor@example.com")
    refused = errors.Refused.exit_code
    assert "--force" in stylistdesk(folder, "export", target, code=refused)
    stylistdesk(folder, "export", target, "--force")
    assert Path(target).read_text().count("BEGIN:VCARD") == 42
    nobody = stylistdesk(folder, "export", target, "--client", "Nobody", code=errors.NoSuchClient.exit_code)
    assert "No client answers" in nobody
    for arguments, says in (
        ((str(tmp_path / "x.doc"),), ".vcf or .csv"),
        ((str(tmp_path / "none" / "x.vcf"),), "no folder"),
        ((str(folder / "desk.sqlite3"), "--format", "csv", "--force"), "the desk's own"),
    ):
        assert says in stylistdesk(folder, "export", *arguments, code=refused)
    assert len(dump(folder / "desk.sqlite3")["client"]) == 42


def test_an_export_is_made_while_the_desk_is_open(desk: Desk, tmp_path: Path) -> None:
    add_client(desk, "Zora Hale", phone="+12125550101")
    assert "1 client" in stylistdesk(tmp_path / "desk", "export", str(tmp_path / "x.csv"))
    assert "'+12125550101" in (tmp_path / "x.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("arguments", [("today",), ("undo",)])
def test_a_second_window_leaves_the_upgrade_of_an_older_desk_to_the_first(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """It failed on the first column that the file does not have yet."""
    database = frozen_desk(tmp_path, "third") / "desk.sqlite3"
    before = database.read_bytes()
    with FileLock(desk_paths(tmp_path).lock):
        said = stylistdesk(tmp_path, *arguments, code=errors.DeskReadOnly.exit_code)
    assert "written by an earlier stylistdesk" in said
    assert "open it once by itself" in said
    assert database.read_bytes() == before
    assert not [*tmp_path.glob("desk.sqlite3-*"), *desk_paths(tmp_path).backups.iterdir()]
    stylistdesk(tmp_path, "today")
    assert "Took back" in stylistdesk(tmp_path, "undo")


def test_backups_are_listed_compared_and_a_restore_is_undone(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    assert "no backup yet" in stylistdesk(folder, "backup", "--list")
    made = parsed(stylistdesk(folder, "backup", "--json"))
    stylistdesk(folder, "undo")
    now = dump(folder / "desk.sqlite3")
    listed = stylistdesk(folder, "backup", "--list")
    assert "42 clients" in listed and "1 change since" in listed and "verified 2026-11-21" in listed
    assert f"{made['name']}  2026-11-21 09:42 " in listed, "in the desk's own zone, though its name is in UTC"
    assert made["made_at"] == "2026-11-21T14:42:00+00:00"
    assert "  2026-11-21 09:42 " in stylistdesk(folder, "restore")
    told = parsed(stylistdesk(folder, "backup", "--list", "--json"))
    assert [(one["name"], one["beyond"]["client"], one["changes_since"]) for one in told] == [(made["name"], -42, 1)]
    assert "42 clients only in the copy" in stylistdesk(folder, "backup", "--compare", "latest")
    compared = parsed(stylistdesk(folder, "backup", "--compare", made["name"], "--json"))
    assert compared["more"]["client"] == compared["clients"]["back"]["count"] == 42
    assert len(compared["clients"]["back"]["names"]) == 20 and not compared["same"]
    assert "whole" in stylistdesk(folder, "backup", "--verify", "latest")
    said = stylistdesk(folder, "restore", "latest")
    assert "The backup of 2026-11-21 09:42 is the desk now." in said and "restore --undo" in said
    beside = stylistdesk(folder, "backup", "--list").splitlines()[-1]
    assert beside.startswith("desk-before-restore-20261121T144200") and "  2026-11-21 09:42  " in beside
    assert stylistdesk(folder, "restore", "--undo").startswith(
        "The restore of the backup of Sat 21 Nov 9:42 is undone: the desk is again what it was before it.\n"
    )
    assert dump(folder / "desk.sqlite3") == now
    Path(made["file"]).write_bytes(Path(made["file"]).read_bytes()[:-1] + b"x")
    stylistdesk(folder, "backup", "--verify", "latest", code=errors.DeskDamaged.exit_code)
    assert "no backup named" in stylistdesk(folder, "backup", "--compare", "nonsense", code=2)


def test_a_key_is_made_outside_of_the_desk_and_only_its_public_half_is_kept(tmp_path: Path) -> None:
    folder, key = tmp_path / "desk", tmp_path / "key.txt"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    (folder / "settings.toml").write_text('# mine\ntheme = "nord"\n\n[waits]\ncart_hours = 12\n')
    assert "opens them for anybody" in stylistdesk(folder, "backup", "--make-key", str(folder / "key.txt"), code=2)
    recipient = stylistdesk(folder, "backup", "--make-key", str(key)).splitlines()[0]
    assert oct(key.stat().st_mode & 0o777) == "0o600" and "AGE-SECRET-KEY-" in key.read_text()
    kept = (folder / "settings.toml").read_text()
    assert recipient.startswith("age1") and f'backup_key = "{recipient}"' in kept.partition("[waits]")[0]
    assert kept.startswith("# mine") and "cart_hours = 12" in kept and "SECRET" not in kept
    assert "is there already" in stylistdesk(folder, "backup", "--make-key", str(key), code=2)
    assert "encrypted, verified" in stylistdesk(folder, "backup")
    wanted = dump(folder / "desk.sqlite3")
    stylistdesk(folder, "undo")
    assert "is encrypted" in stylistdesk(folder, "restore", "latest", code=2)
    stylistdesk(folder, "restore", "latest", "--key", str(key))
    assert dump(folder / "desk.sqlite3") == wanted


def test_a_secret_key_in_the_settings_is_named_and_not_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "settings.toml").write_text(f'backup_key = "AGE-SECRET-KEY-1{"Q" * 58}"\n')
    told = CliRunner().invoke(cli.app, ["--data-dir", str(folder), "import", str(DATA / "shopify_customers.csv")])
    assert "line 1: backup_key: that is the secret key" in told.stderr and "QQQ" not in told.output


def test_a_desk_that_another_machine_has_is_taken_over_by_a_command(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    stylistdesk(folder, "import", str(DATA / "shopify_customers.csv"))
    place = folder / "desk.owner.json"
    kept = parsed(place.read_text())
    place.write_text(json.dumps(kept | {"machine": "f" * 32, "host": "studio", "boot": "x", "closed": False}))
    code = errors.DeskInUse.exit_code
    for arguments in (["undo"], ["backup"], ["restore", "latest"], ["restore", "--undo"]):
        said = stylistdesk(folder, *arguments, code=code)
        assert "open on “studio”" in said and "`stylistdesk takeover`" in said
    assert "42" in str(len(dump(folder / "desk.sqlite3")["client"])) and stylistdesk(folder, "today")
    assert "writes from now on" in stylistdesk(folder, "takeover", "--yes")
    stylistdesk(folder, "undo")
    assert "Nothing keeps" in stylistdesk(folder, "takeover")


def test_a_damaged_file_is_set_aside_by_a_command_that_only_reads(desk: Desk) -> None:
    with desk:
        add_client(desk)
        desk.back_up()
        file = desk.paths.database
    content = bytearray(file.read_bytes())
    content[40_960:-40_960] = bytes(len(content) - 81_920)
    file.write_bytes(content)
    told = stylistdesk(desk.paths.data_dir, "today", code=7)
    assert "set aside as desk-damaged-" in told and "`stylistdesk restore latest` puts back" in told
    assert not file.exists()


def test_a_report_is_written_beside_the_desk_that_the_command_was_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("Ana Ruiz")

    desk.close()
    monkeypatch.setattr(daily_tasks, "queue", explode)
    monkeypatch.setattr(sys, "argv", ["stylistdesk", "--data-dir", str(desk.paths.data_dir), "today"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 70
    [report] = desk.paths.reports.iterdir()
    assert str(report) in capsys.readouterr().err and "Ana" not in report.read_text()
