"""Export on screen (R46): whom, as what, and into which file."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from stylistdesk.domain.errors import Refused, not_written
from stylistdesk.paths import downloads
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.filtered_picker import FilteredPicker
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import BLANK, Line, Piece, clip
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.screens.list_screen import ClientPanes
from stylistdesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.periods import Period
    from stylistdesk.exchange.exporting import Export, Exported
    from stylistdesk.queries.sweep import SweepRow
    from stylistdesk.ui.app import StylistDesk

OVER = (("no", "keep it"), ("yes", "write over it"))


EVERYTHING, BOOK, FOLDER = "everything", "book", "folder"
WHOLE = (
    (EVERYTHING, "Everything, to take in again (JSON)"),
    (BOOK, "All lists, one workbook (Excel)"),
    (FOLDER, "All lists, a folder of CSV files"),
)
AS = ((".csv", "CSV"), (".xlsx", "Excel"))
HISTORY = (("yes", "with it, and undo"), ("no", "without it"))


async def choose_and_export(app: "StylistDesk") -> None:
    """Ask what is to be written, whom of and where, write it, and say so."""
    from stylistdesk.exchange.exporting import EXPORTS

    desk = app.desk
    if desk is None:
        return
    kinds = [(each.name, _said(each)) for each in EXPORTS]
    cards = [one for one in kinds if one[0].startswith("vcard")]
    rest = [one for one in kinds if one not in cards]
    what = await app.push_screen_wait(FilteredPicker("Export what?", [*cards, *WHOLE, *rest], cards[0][0]))
    if what == EVERYTHING:
        await _export_everything(app, desk)
    elif what is not None:
        await _export_some(app, desk, what)


def _said(known: "Export") -> str:
    """How a kind of file is called where she chooses it."""
    if known.suffix == ".vcf":
        return f"Clients as {known.label}"
    said = known.label[:1].upper() + known.label[1:]
    return f"{said} (iCalendar)" if known.suffix == ".ics" else said


async def _export_everything(app: "StylistDesk", desk: "Desk") -> None:
    name = f"stylistdesk-{desk.now().astimezone(desk.zone):%Y-%m-%d}.json"

    async def write(values: dict[str, str]) -> str:
        def job() -> str:
            from stylistdesk.writing_out import write_json

            target = _target(values, name)
            made = write_json(desk, target, force=values["over"] == "yes", history=values["history"] == "yes")
            return f"Wrote {made.said} to {made.path}.{''.join(f' {one}' for one in made.problems)}"

        return await _done(job)

    fields = [
        Field("file", "File", shortened(await asyncio.to_thread(downloads) / name), hint="only you can read it"),
        Field("history", "History", "yes", choices=HISTORY),
        Field("over", "If there", "no", choices=OVER),
    ]
    about: list[Line] = [
        (Piece("All rows and the clients' files. An empty desk takes it in.", "quiet"),),
        BLANK,
    ]
    said = await app.push_screen_wait(Form("Export everything", fields, write, about=about, does="Export"))
    if said is not None:
        app.tell(said)


async def _export_some(app: "StylistDesk", desk: "Desk", what: str) -> None:
    """Clients, a list or all of them: whom of, as what, and where."""
    from stylistdesk.exchange.exporting import export_for, file_name

    marked, current = _in_hand(app.screen)
    header = await asyncio.to_thread(asking.read_header, desk, current) if current else None
    whom: dict[str, tuple[str, Sequence[int] | None]] = {}
    if marked:
        whom["marked"] = (f"the {words.count(len(marked), 'marked client')}", marked)
    if header is not None:
        whom["one"] = (clip(header.name, 24), (header.client_id,))
    whom["all"] = ("all clients", None)
    on_profile = isinstance(app.screen, Profile) and header is not None
    begin = "marked" if marked else "one" if on_profile else "all"
    known = None if what in (BOOK, FOLDER) else export_for(Path(), what)
    folder = await asyncio.to_thread(downloads)

    def named(values: dict[str, str]) -> str:
        about = known.about if known is not None else "stylistdesk"
        if header is not None and values["whom"] == "one":
            about = header.name if known is None or known.about == "clients" else f"{header.name} {about}"
        if what == FOLDER:
            return shortened(folder / file_name(f"{about}-lists", ""))
        suffix = ".xlsx" if known is None else values.get("as", known.suffix)
        return shortened(folder / file_name(about, suffix))

    async def write(values: dict[str, str]) -> str:
        ids = whom[values["whom"]][1]
        return await _done(partial(_write_some, desk, what, values, ids, Path(named(values)).name))

    fields = [Field("whom", "Whom", begin, choices=tuple((key, label) for key, (label, _) in whom.items()))]
    if known is not None and known.table is not None:
        fields.append(Field("as", "As", ".csv", choices=AS))
    label = "Folder" if what == FOLDER else "File"
    first = named({"whom": begin})
    hint = "only you can read it; it is named after what is chosen above"
    fields += [Field("file", label, first, hint=hint), Field("over", "If there", "no", choices=OVER)]
    title = f"Export: {_said(known)}" if known is not None else f"Export: {dict(WHOLE)[what]}"
    said = await app.push_screen_wait(ExportForm(title, fields, write, named))
    if said is not None:
        app.tell(said)


def _write_some(desk: "Desk", what: str, values: dict[str, str], ids: Sequence[int] | None, name: str) -> str:
    from stylistdesk.writing_out import Choice, write_out

    choice = Choice(ids=tuple(ids) if ids is not None else None, force=values["over"] == "yes")
    if what == FOLDER:
        wrote = write_out(desk, expanded(values["file"].strip() or "~"), replace(choice, format="csv"))
        return f"Wrote {words.count(len(wrote), 'list')} to {wrote[0].path.parent}."
    wanted = replace(choice, format="xlsx" if what == BOOK else what)
    (one,) = write_out(desk, _target(values, name), wanted)
    return f"Wrote {one.said} to {one.path}."


def _target(values: dict[str, str], name: str) -> Path:
    """The file that the form names, or this name in the folder that it names; with the ending that it has to have."""
    target, suffix = expanded(values["file"].strip() or "~"), Path(name).suffix
    if target.is_dir():
        return target / name
    return (
        target if target.suffix.casefold() == suffix else target.with_name(f"{target.stem or Path(name).stem}{suffix}")
    )


class ExportForm(Form):
    """The file's name follows whom and what is chosen, until she types her own."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        write: Callable[[dict[str, str]], Awaitable[str]],
        named: Callable[[dict[str, str]], str],
    ) -> None:
        super().__init__(title, fields, write, does="Export")
        self._named = named
        self._proposed = self.fields["file"].value

    @on(Choice.Changed)
    def _name_it(self) -> None:
        if self.value_of("file") == self._proposed:
            self._proposed = self._named(self.values)
            self.put("file", self._proposed)


async def export_sweep(app: "StylistDesk", period: "Period", rows: "Sequence[SweepRow]") -> None:
    """Ask where a sweep is to be written, write it as it is shown, and say so."""
    from stylistdesk.exchange.export_sweep import sweep_text
    from stylistdesk.exchange.exporting import Exported, file_name

    desk = app.desk
    if desk is None:
        return
    if not rows:
        app.tell("There is nothing to export here.", bad=True)
        return
    name = file_name(f"sweep-{period.starts}-to-{period.ends - timedelta(days=1)}", ".csv")

    def make() -> Exported:
        return Exported(sweep_text(rows, period, desk.currency, desk.zone).encode(), len(rows))

    await export_made(app, "Export what is shown", name, "client", make)


async def export_made(
    app: "StylistDesk",
    title: str,
    name: str,
    of: str,
    make: "Callable[[], Exported]",
    *,
    hint: str = "only you can read it",
) -> bool:
    """Ask where a file is to be written, have it made in a thread, write it, and say so; whether it was written.

    `of` is what it holds, `hint` what is told beside its name.
    """
    desk = app.desk
    if desk is None:
        return False

    async def write(values: dict[str, str]) -> str:
        return await _write(desk, values, make, name, of)

    fields = [
        Field("file", "File", shortened(await asyncio.to_thread(downloads) / name), hint=hint),
        Field("over", "If there", "no", choices=OVER),
    ]
    said = await app.push_screen_wait(Form(title, fields, write, does="Export"))
    if said is not None:
        app.tell(said)
    return said is not None


async def _write(desk: "Desk", values: dict[str, str], make: "Callable[[], Exported]", name: str, of: str) -> str:
    """Write what is made into the file that the form names, or under this name into a folder; what to say of it."""
    from stylistdesk.exchange.exporting import save

    def job() -> str:
        made = make()
        path = save(_target(values, name), made.content, force=values["over"] == "yes", paths=desk.paths)
        return f"Wrote {words.count(made.count, of)} to {path}."

    return await _done(job)


async def _done(job: Callable[[], str]) -> str:
    """Do it in a thread; a refusal is told at its field."""
    try:
        return await asyncio.to_thread(job)
    except Refused as no:
        if no.field == "what":
            raise Refused(no.reason, field="file", hint=no.hint) from None
        hint = "Choose another name, or write over it." if "already" in no.reason else no.hint
        raise Refused(no.reason, field="file", hint=hint) from None
    except OSError as error:
        raise not_written("It", error, field="file") from None


def _in_hand(screen: Screen[object]) -> tuple[tuple[int, ...], int | None]:
    """The marked clients, and the one under the cursor or on the profile."""
    if isinstance(screen, ClientPanes):
        return tuple(screen.listed.marks), screen.current_id
    return (), screen.client_id if isinstance(screen, Profile) else None


def shortened(path: Path) -> str:
    """The path with ~ for her home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def expanded(written: str) -> Path:
    """The path with her home folder for ~."""
    return Path.home() / written[2:] if written == "~" or written.startswith("~/") else Path(written)
