"""What the desk writes: one JSON file of all of it, lists as CSV or as a workbook, papers; from a script or on screen.

Each is written as it is read, from one snapshot, and takes the place of nothing unless that was asked for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.periods import Period, period_of
from stylistdesk.domain.text import clean, counted
from stylistdesk.domain.types import PeriodKind
from stylistdesk.exchange.exporting import (
    EXPORTS,
    Export,
    Exported,
    checked_target,
    export_for,
    file_name,
    save,
    save_through,
)
from stylistdesk.exchange.spreadsheet import Table, write_csv
from stylistdesk.exchange.whole_out import Written, write_desk
from stylistdesk.exchange.workbook import write_workbook
from stylistdesk.paths import PRIVATE_FOLDER
from stylistdesk.queries.asking import Asking
from stylistdesk.settings import checked, portable
from stylistdesk.settings_file import read_file

LISTS: tuple[Export, ...] = tuple(known for known in EXPORTS if known.table is not None)
"""All that can be written as a list."""

Progress = Callable[[int, int], None]
Ids = Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Wrote:
    """What was written where, in words ("75 orders"), and as what; `problems` are what is missing in it."""

    path: Path
    said: str
    kind: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be written: `format` says what, where the file's name does not; `ids` are of some clients, or None.

    `about` is the name of the one client, `version` that of vCards; `period` and `of_return` are for papers.
    """

    format: str | None = None
    ids: tuple[int, ...] | None = None
    about: str = ""
    version: int = 4
    period: str | None = None
    of_return: str | None = None
    history: bool = True
    force: bool = False


def write_out(desk: Desk, file: Path, choice: Choice) -> tuple[Wrote, ...]:
    """Write what is meant by the file's name and the choice. Raises `Refused`."""
    wanted = clean(choice.format or "").casefold()
    ending = file.suffix.casefold()
    if wanted == "json" or (not wanted and ending == ".json"):
        if choice.ids is not None:
            raise Refused("A JSON file holds the whole desk.", hint="Of some clients, write vCards or lists.")
        target = file / file_name("stylistdesk", ".json") if file.is_dir() else file
        return (write_json(desk, target, force=choice.force, history=choice.history),)
    if wanted == "csv" and (file.is_dir() or not ending):
        return write_lists(desk, file, choice.ids, force=choice.force)
    if wanted in PAPERS or (not wanted and ending == ".pdf"):
        return (_write_paper(desk, file, wanted or "statement", choice),)
    if wanted == "xlsx" or (not wanted and ending == ".xlsx"):
        return (write_book(desk, _in_folder(file, "stylistdesk", ".xlsx"), LISTS, choice.ids, force=choice.force),)
    known = export_for(file, choice.format)
    if known.suffix == ".vcf" and wanted in ("", "vcard", "vcf"):
        known = export_for(file, f"vcard{choice.version}")
    if ending == ".xlsx" and known.table is not None:
        return (write_book(desk, file, (known,), choice.ids, force=choice.force),)
    made = desk.ask(known.make, choice.ids)
    if not made.count:
        raise known.nothing_in_it
    target = _in_folder(file, choice.about or known.about, known.suffix)
    path = save(target, made.content, force=choice.force, paths=desk.paths)
    kind = "" if known.label == f"{known.of}s" else known.label  # "43 clients, clients" says nothing more
    return (Wrote(path, counted(made.count, known.of), kind),)


def _in_folder(file: Path, about: str, suffix: str) -> Path:
    return file / file_name(about, suffix) if file.is_dir() else file


def write_json(
    desk: Desk,
    target: Path,
    *,
    force: bool,
    history: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Wrote:
    """The whole desk as one JSON file. Raises `Refused`, or `Stopped`; then no file is there."""

    settings = portable(checked(read_file(desk.paths.settings)[0], desk.paths.settings).given)

    def write(out: BinaryIO) -> Written:
        return desk.ask(
            write_desk,
            out,
            desk.paths.attachments,
            history=history,
            settings=settings,
            progress=progress,
            cancelled=cancelled,
        )

    path, made = save_through(target, write, force=force, paths=desk.paths)
    said = f"{counted(made.clients, 'client')}, {counted(made.count, 'row')} in all"
    files = f", {counted(made.files, 'file')}" if made.files else ""
    missing = (f"{counted(len(made.missing), 'file')} of clients are not whole and were left out.",)
    return Wrote(path, f"{said}{files}", problems=missing if made.missing else ())


def write_lists(desk: Desk, folder: Path, ids: Ids, *, force: bool) -> tuple[Wrote, ...]:
    """Every list that has rows, as a CSV file of its own in the folder, which is made if it is not there.

    Raises `Refused` before anything is written if one of them is there already.
    """
    folder = folder.expanduser().absolute()
    if not folder.exists():
        if not folder.parent.is_dir():
            raise Refused(f"There is no folder {folder.parent}.", hint="Make it first.")
        checked_target(folder, force=force, paths=desk.paths)
        folder.mkdir(mode=PRIVATE_FOLDER)
    for known in LISTS:
        checked_target(folder / f"{known.name}.csv", force=force, paths=desk.paths)
    return desk.ask(_write_each, desk, folder, ids, force)


def _write_each(asking: Asking, desk: Desk, folder: Path, ids: Ids, force: bool) -> tuple[Wrote, ...]:
    wrote = []
    for known, table in _tables(asking, LISTS, ids):
        write = partial(write_csv, table)
        path, rows = save_through(folder / f"{known.name}.csv", write, force=force, paths=desk.paths)
        wrote.append(Wrote(path, counted(rows, "row")))
    if not wrote:
        raise _nothing()
    return tuple(wrote)


def write_book(desk: Desk, target: Path, lists: Sequence[Export], ids: Ids, *, force: bool) -> Wrote:
    """The lists that have rows, as the sheets of one workbook. Raises `Refused`; then no file is there."""

    def write(out: BinaryIO) -> dict[str, int]:
        return desk.ask(_write_book, lists, ids, out)

    path, sheets = save_through(target, write, force=force, paths=desk.paths)
    return Wrote(path, f"{counted(len(sheets), 'sheet')}, {counted(sum(sheets.values()), 'row')}")


def _write_book(asking: Asking, lists: Sequence[Export], ids: Ids, out: BinaryIO) -> dict[str, int]:
    sheets = write_workbook(((known.label, table) for known, table in _tables(asking, lists, ids)), out)
    if not sheets:
        raise lists[0].nothing_in_it if len(lists) == 1 else _nothing()
    return sheets


def _tables(asking: Asking, lists: Sequence[Export], ids: Ids) -> Iterator[tuple[Export, Table]]:
    """The lists that have a row."""
    for known in lists:
        assert known.table is not None
        table, _ = known.table(asking, ids)
        rows = iter(table.rows)
        for first in rows:
            yield known, Table(table.columns, chain((first,), rows))
            break


def _nothing() -> Refused:
    return Refused("There is nothing on the desk to export yet.", field="what", hint="Import your clients first.")


# ------------------------------------------------------------------------------------------- papers

PAPERS = ("statement", "slip")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)


def _write_paper(desk: Desk, file: Path, paper: str, choice: Choice) -> Wrote:
    """A commission statement or a return slip, as PDF; the statement as CSV and the slip as text too."""
    make = _statement if paper == "statement" else _slip
    about, made = make(desk, file.suffix.casefold(), choice)
    target = _in_folder(file, about, ".pdf")
    return Wrote(save(target, made.content, force=choice.force, paths=desk.paths), about)


def _statement(desk: Desk, ending: str, choice: Choice) -> tuple[str, Exported]:
    from stylistdesk.exchange.statement import statement_csv, statement_pdf
    from stylistdesk.queries.ledger import ledger

    here = desk.now().astimezone(desk.zone)
    period = _period(choice.period, here.date())
    told = desk.ask(ledger, period)
    if not told.rows and not told.payments:
        raise Refused("There is no commission in this period.", hint="Choose another with --period 2026-11 or 2026.")
    if ending == ".csv":
        content = statement_csv(told, desk.currency).encode()
    else:
        content = statement_pdf(told, desk.currency, desk.rep_name, here)
    return f"commission-{period.starts:%Y-%m-%d}", Exported(content, len(told.rows))


def _period(said: str | None, today: date) -> Period:
    """The month or the year that is meant, this month where nothing is said. Raises `Refused`."""
    if said is None:
        return period_of(today, PeriodKind.MONTH)
    found = _MONTH.fullmatch(said.strip())
    try:
        if found is None:
            raise ValueError
        year, month = int(found[1]), int(found[2] or 1)
        return period_of(date(year, month, 1), PeriodKind.MONTH if found[2] else PeriodKind.YEAR)
    except ValueError:
        raise Refused(f"“{clean(said, limit=40)}” is no month and no year.", hint="Write 2026-11 or 2026.") from None


def _slip(desk: Desk, ending: str, choice: Choice) -> tuple[str, Exported]:
    from stylistdesk.exchange.return_slip import slip_pdf, slip_text
    from stylistdesk.queries.returns import return_page, returns

    wanted = clean(choice.of_return or "").casefold()
    found = next((one for one in desk.ask(returns, most=None) if one.number.casefold() == wanted), None)
    page = desk.ask(return_page, found.id) if found is not None else None
    if page is None:
        said = f"There is no return “{clean(choice.of_return or '', limit=40)}”." if wanted else "Which return?"
        raise Refused(said, hint="Say its Return ID: --return ID.")
    basis = desk.settings.restock_basis
    if ending == ".txt":
        content = slip_text(page, basis).encode()
    else:
        content = slip_pdf(page, basis, desk.now().astimezone(desk.zone))
    return f"return-{page.row.number}", Exported(content, 1)
