"""Export on screen (R46): whom, as what, and into which file."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from stylistdesk.domain.errors import Refused
from stylistdesk.paths import downloads
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import clip
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.screens.list_screen import ClientPanes
from stylistdesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.periods import Period
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.sweep import SweepRow
    from stylistdesk.ui.app import StylistDesk

OVER = (("no", "keep it"), ("yes", "write over it"))


async def choose_and_export(app: "StylistDesk") -> None:
    """Ask what is to be written and where, write it, and say so."""
    from stylistdesk.exchange.exporting import EXPORTS, Exported, export_for, file_name

    desk = app.desk
    if desk is None:
        return
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
    about = header.name if begin == "one" and header is not None else "clients"

    async def write(values: dict[str, str]) -> str:
        wanted = export_for(Path(), values["what"])
        ids = whom[values["whom"]][1]

        def make() -> Exported:
            made = desk.ask(wanted.make, ids)
            if not made.count:
                raise wanted.nothing_in_it
            return made

        return await _write(desk, values, make, Path(named(values)).name, wanted.of)

    place = await asyncio.to_thread(downloads) / file_name(about, EXPORTS[0].suffix)
    fields = [
        Field("whom", "Whom", begin, choices=tuple((key, label) for key, (label, _) in whom.items())),
        Field("what", "As", EXPORTS[0].name, choices=tuple((each.name, each.label) for each in EXPORTS)),
        Field("file", "File", shortened(place), hint="only you can read it; it is named after what is chosen above"),
        Field("over", "If there", "no", choices=OVER),
    ]

    def named(values: dict[str, str]) -> str:
        wanted = export_for(Path(), values["what"])
        her = header.name if header is not None and values["whom"] == "one" else wanted.about
        return shortened(place.with_name(file_name(her, wanted.suffix)))

    said = await app.push_screen_wait(ExportForm("Export", fields, write, named))
    if said is not None:
        app.tell(said)


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
        target, suffix = expanded(values["file"].strip() or "~"), Path(name).suffix
        if target.is_dir():
            target /= name
        elif target.suffix.casefold() != suffix:
            target = target.with_name(f"{target.stem or Path(name).stem}{suffix}")
        path = save(target, made.content, force=values["over"] == "yes", paths=desk.paths)
        return f"Wrote {words.count(made.count, of)} to {path}."

    try:
        return await asyncio.to_thread(job)
    except Refused as no:
        if no.field == "what":
            raise
        hint = "Choose another name, or write over it." if "already" in no.reason else no.hint
        raise Refused(no.reason, field="file", hint=hint) from None
    except OSError as error:
        raise Refused(f"It cannot be written: {error.strerror or error}.", field="file") from None


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
