"""What must never break, what guards it, and the test that fails without the guard. docs/faults.md is made from this.

`make torture` takes each guard out of a copy of the program and sees the test fail. `python -m tests.faults.guards`
writes docs/faults.md anew; with a part of a fault's name behind it, it tries the guards of that fault.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "faults.md"
TRIED = ("stylistdesk", "tests", "data", "pyproject.toml", "README.md", "docs", "Makefile", "CHANGELOG.md")


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard: the words of the module that are it, what stands there without it, and the test that then fails."""

    fault: str
    says: str
    module: str
    words: str
    without: str
    test: str


def _guard(fault: str, says: str, module: str, words: str, without: str, test: str) -> Guard:
    return Guard(fault, says, f"stylistdesk/{module}", words, without, f"tests/{test}")


GUARDS: tuple[Guard, ...] = (
    _guard("killed at any statement", "a command is one transaction", "db/engine.py",
           "            connection.exec_driver_sql(begin)", "            pass",
           "faults/test_never_broken.py::test_killed_at_any_statement_each_command_is_whole_or_absent"),
    _guard("killed at any statement", "a new desk is built beside", "db/opening.py",
           'paths.data_dir / ".desk.new"', 'paths.data_dir / "desk.sqlite3"',
           "faults/test_kept_whole.py::test_a_new_desk_is_there_whole_or_not_at_all"),
    _guard("power loss", "a commit is on the disk", "db/engine.py",
           "PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF",
           "db/test_engine.py::test_the_file_is_kept_as_the_promise_needs"),
    _guard("power loss", "a kept file's folders are synced", "db/attachments.py",
           "for named_in in (target.parent, folder, folder.parent):", "for named_in in ():",
           "faults/test_power_loss.py"),
    _guard("power loss", "files of ours are synced before they are renamed", "paths.py",
           "            os.fsync(file.fileno())\n        temporary", "        temporary",
           "faults/test_kept_whole.py::test_a_private_file_is_synced_before_it_has_its_name"),
    _guard("disk full", "said plainly, nothing changed", "db/engine.py",
           "sqlite3.SQLITE_FULL: DiskFull(", "-1: DiskFull(",
           "faults/test_never_broken.py::test_a_full_disk_changes_nothing_and_says_how_much_to_free"),
    _guard("disk full", "a kept file leaves nothing behind", "db/attachments.py",
           "            temporary.unlink(missing_ok=True)\n    return Stored", "            pass\n    return Stored",
           "db/test_attachments.py::test_a_full_disk_leaves_nothing_behind"),
    _guard("folder or file read-only", "opens for reading, with the reason", "desk.py",
           'paths.database.open("rb+").close()', "pass",
           "faults/test_never_broken.py::test_a_desk_that_cannot_be_written_opens_for_reading"),
    _guard("folder or file read-only", "the folder is asked too", "desk.py",
           "if not may_write(paths.data_dir):", "if False:",
           "faults/test_never_broken.py::test_a_desk_that_cannot_be_written_opens_for_reading"),
    _guard("disk full", "said at the start too", "desk.py",
           "except DiskFull as no:", "except ZeroDivisionError as no:",
           "faults/test_never_broken.py::test_a_disk_that_is_full_at_the_start_is_said_and_the_desk_can_be_read"),
    _guard("second instance", "one owner, by a lock", "desk.py",
           "    lock.acquire(blocking=False)", "    pass",
           "db/test_engine.py::test_a_second_window_reads_and_follows_but_never_writes"),
    _guard("second instance", "a file goes to the owner's inbox", "cli/__init__.py",
           "placed = _put_in_inbox(context.obj.paths, source.path)", "placed = source.path",
           "cli/test_command_line.py::test_while_the_desk_is_open_nothing_else_writes_and_files_go_to_its_inbox"),
    _guard("damaged file", "checked before it is opened", "db/opening.py",
           'said = damage(paths.database) if looks else ""', 'said = ""', "faults/test_damaged_file.py"),
    _guard("damaged file", "damage that is no text is said too", "db/opening.py",
           "    except UnicodeDecodeError:", "    except ZeroDivisionError:",
           "faults/test_damaged_file.py::test_a_flip_that_sqlite_quotes_in_its_message_is_told_at_the_start"),
    _guard("damaged file", "never an empty desk in its place", "db/opening.py",
           '    refuse_in_place_of_a_lost_one(paths)\n    if not paths.database.exists():\n        return _make',
           '    if not paths.database.exists():\n        return _make',
           "db/test_engine.py::test_a_damaged_file_is_set_aside_and_never_replaced_by_an_empty_one"),
    _guard("newer file", "refused by its version", "db/engine.py",
           "    if version > SCHEMA_VERSION:", "    if False:",
           "db/test_engine.py::test_a_newer_file_is_refused_and_not_a_byte_is_written"),
    _guard("migration fails half way", "one transaction", "db/engine.py",
           "            connection.exec_driver_sql(begin)", "            pass", "faults/test_upgrade_stopped.py"),
    _guard("migration fails half way", "a verified backup first", "db/upgrade.py",
           "backup = make_backup(database, paths.backups, now=now, why=\"before an upgrade\", recipient=recipient)",
           "backup = None",
           "db/test_upgrade.py::test_a_step_that_fails_leaves_the_file_as_it_was"),
    _guard("clock and zone", "a day is as long as it is", "domain/dates.py",
           "return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)",
           "return start_of_day(day, zone) + timedelta(hours=24, seconds=-1)",
           "domain/test_dates.py::test_a_day_of_23_or_25_hours_ends_when_the_local_day_ends"),
    _guard("clock and zone", "a clock that jumps back changes no order", "db/journal.py",
           "state = 'done' \"\n            \"ORDER BY id DESC",
           "state = 'done' \"\n            \"ORDER BY at DESC",
           "faults/test_kept_whole.py::test_a_clock_that_jumps_back_changes_no_order"),
    _guard("bad input file", "no archive is unpacked", "exchange/recognise.py",
           '(b"PK\\x03\\x04", "a zip archive or an Excel workbook"),', "",
           "faults/test_kept_whole.py::test_a_zip_of_190_mb_in_189_kb_is_refused_at_once"),
    _guard("bad input file", "a size that is too large", "exchange/recognise.py",
           "if size > LARGEST:", "if size > LARGEST * 99:",
           "exchange/test_recognise.py::test_a_file_too_large_and_a_folder_and_no_file_are_refused"),
    _guard("hostile text", "cleaned at the border", "domain/text.py",
           '        text = _UNWANTED.sub("", text)', "        pass", "faults/test_hostile_import.py"),
    _guard("hostile text", "and again on the way to a widget", "ui/text.py",
           "    return _whole(text.translate(_ONE_LINE))", "    return _whole(text)",
           "ui/test_hostile_text.py::test_text_is_cleaned_and_never_markup"),
    _guard("formula in an export", "an apostrophe before it", "exchange/spreadsheet.py",
           """return f"'{text}" if looks_like_formula(text) else text""", "return text",
           "exchange/test_exports.py::test_no_cell_of_the_table_is_a_formula"),
    _guard("formula in an export", "which the import takes off", "exchange/cells.py",
           'return _GUARD.sub("", text, count=1) if _GUARD.match(text) else text', "return text",
           "exchange/test_exports.py::test_the_guard_against_formulas_comes_off_again"),
    _guard("hostile search", "capped", "domain/searching.py",
           "_TOKEN.search(part))[:MOST_PARTS]", "_TOKEN.search(part))",
           "faults/test_kept_whole.py::test_a_paste_is_no_search"),
    _guard("path and link tricks", "a file is named by its hash", "db/attachments.py",
           "    if not SHA256.fullmatch(sha256):", "    if False:",
           "faults/test_kept_whole.py::test_a_path_is_no_hash"),
    _guard("path and link tricks", "no link is followed", "db/attachments.py",
           "    if path.is_symlink():", "    flags = os.O_RDONLY\n    if False:",
           "db/test_attachments.py::test_links_pipes_folders_and_nothing_are_refused"),
    _guard("path and link tricks", "no export over the desk's own files", "exchange/exporting.py",
           "    if _is_the_desks(target, paths):", "    if False:",
           "exchange/test_exports.py::test_the_desks_own_files_are_never_written_over"),
    _guard("prying", "folders 0700", "paths.py",
           "mode=PRIVATE_FOLDER)\n    if folder.stat().st_mode & 0o077:", ")\n    if False:",
           "db/test_engine.py::test_nobody_else_reads_it"),
    _guard("prying", "files 0600", "paths.py",
           "os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)", "os.O_CREAT | os.O_TRUNC, 0o644)",
           "db/test_engine.py::test_nobody_else_reads_it"),
    _guard("links", "a few schemes", "ui/links.py",
           "urlsplit(link).scheme.lower() in SCHEMES", "bool(urlsplit(link).scheme)",
           "ui/test_links.py::test_only_a_few_schemes_are_opened"),
    _guard("links", "percent-encoded", "ui/links.py",
           'quote(body, safe="")', "body", "ui/test_links.py::test_what_is_filled_in_cannot_leave_its_place"),
    _guard("templates", "only words and conditions", "filling.py",
           "        raise Refused(f\"Line {line}: a template cannot",
           "        _ = Refused(f\"Line {line}: a template cannot",
           "test_filling.py::test_what_could_do_harm_is_refused_at_once"),
    _guard("an unexpected error", "the desk stays open", "ui/guard.py",
           "        except Exception as error:  # noqa: BLE001", "        except OSError as error:  # noqa: BLE001",
           "ui/test_every_action.py::test_an_error_in_any_action_of_any_place_leaves_the_desk_open"),
    _guard("an unexpected error", "in a job too", "ui/jobs.py",
           "        except Exception as error:  # noqa: BLE001", "        except OSError as error:  # noqa: BLE001",
           "ui/test_going_wrong.py::test_an_error_while_loading_is_told"),
    _guard("an unexpected error", "a report without client data", "crash.py",
           'parts.append(f"{type(link).__module__}.{type(link).__qualname__}")', "parts.append(repr(link))",
           "ui/test_going_wrong.py::test_a_report_tells_where_but_not_what"),
    _guard("an unexpected error", "unsaved forms come back", "ui/drafts.py",
           "        self._write(self._all() | {form: values})", "        pass",
           "ui/test_going_wrong.py::test_what_was_typed_and_not_saved_comes_back"),
    _guard("any order of commands", "undo goes backwards", "db/journal.py",
           "if backwards else (\">\", \"ASC\")", "if backwards is None else (\">\", \"ASC\")",
           "db/test_journal.py"),
)  # fmt: skip


def copy_of_the_program(folder: Path) -> Path:
    """All that the tests need, to take guards out of."""
    place = folder / "without"
    place.mkdir()
    for name in TRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, place / name)
    return place


def fails_without(guard: Guard, place: Path) -> tuple[bool, str]:
    """Run a guard's test in the copy, with the guard and without it: whether only that failed, and what was said."""
    module = place / guard.module
    whole = module.read_text("utf-8")
    passed, said = _runs(guard, place)
    if passed != 0:
        return False, said
    module.write_text(whole.replace(guard.words, guard.without, 1), "utf-8")
    try:
        failed, said = _runs(guard, place)
    finally:
        module.write_text(whole, "utf-8")
    return failed == 1, said


def _runs(guard: Guard, place: Path) -> tuple[int, str]:
    """The test of a guard in the copy: how pytest ends (0 passed, 1 failed), and what it says."""
    env = {name: value for name, value in os.environ.items() if name != "TORTURE" and not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", guard.test],
        cwd=place, env=env | {"PYTHONPATH": str(place)}, capture_output=True, text=True, timeout=1_200, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout[-3_000:]


def markdown() -> str:
    """The table of docs/faults.md."""
    lines = [
        "# What must never break",
        "",
        "Each row was seen to fail when its guard is taken out; `make torture` does that again.",
        "The table is made by `python -m tests.faults.guards`.",
        "",
        "| fault | what guards against it | where | test |",
        "|---|---|---|---|",
    ]
    for guard in GUARDS:
        test = guard.test.removeprefix("tests/")
        lines.append(f"| {guard.fault} | {guard.says} | `{guard.module.removeprefix('stylistdesk/')}` | `{test}` |")
    return "\n".join(lines) + "\n"


def main(wanted: str) -> int:
    """Write the table, or try the guards of a fault."""
    if not wanted:
        TABLE.write_text(markdown(), "utf-8")
        return 0
    with tempfile.TemporaryDirectory(prefix="stylistdesk-guards-") as folder:
        place, stood = copy_of_the_program(Path(folder)), 0
        for guard in GUARDS:
            if wanted in ("all", guard.fault) or wanted in guard.says:
                failed, said = fails_without(guard, place)
                stood += not failed
                print("seen to fail" if failed else f"STOOD\n{said}", "-", guard.fault, "-", guard.says, flush=True)
    return int(stood > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
