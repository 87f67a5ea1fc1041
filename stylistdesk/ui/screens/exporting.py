"""Export on screen (R46): whom, as what, and into which file."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from stylistdesk.domain.errors import Refused
from stylistdesk.paths import downloads
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import clip
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.screens.list_screen import ListScreen

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

OVER = (("no", "keep it"), ("yes", "write over it"))


async def choose_and_export(app: "StylistDesk") -> None:
    """Ask what is to be written and where, write it, and say so."""
    from stylistdesk.exchange.exporting import EXPORTS, export_for, file_name, save

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

        def job() -> str:
            made = desk.ask(wanted.make, ids)
            if not made.count:
                raise Refused(f"There are no {wanted.of}s to export.", field="what")
            target = expanded(values["file"].strip() or "~")
            if target.is_dir():
                target /= file_name(about if values["whom"] == "one" else wanted.about, wanted.suffix)
            elif target.suffix.casefold() != wanted.suffix:
                target = target.with_name(f"{target.stem or wanted.about}{wanted.suffix}")
            path = save(target, made.content, force=values["over"] == "yes", paths=desk.paths)
            return f"Wrote {words.count(made.count, wanted.of)} to {path}."

        try:
            return await asyncio.to_thread(job)
        except Refused as no:
            hint = "Choose another name, or write over it." if "already" in no.reason else no.hint
            raise Refused(no.reason, field="file", hint=hint) from None
        except OSError as error:
            raise Refused(f"It cannot be written: {error.strerror or error}.", field="file") from None

    place = await asyncio.to_thread(downloads) / file_name(about, EXPORTS[0].suffix)
    fields = [
        Field("whom", "Whom", begin, choices=tuple((key, label) for key, (label, _) in whom.items())),
        Field("what", "As", EXPORTS[0].name, choices=tuple((each.name, each.label) for each in EXPORTS)),
        Field("file", "File", shortened(place), hint="only you can read it; its ending follows what is chosen above"),
        Field("over", "If there", "no", choices=OVER),
    ]
    said = await app.push_screen_wait(Form("Export", fields, write, does="Export"))
    if said is not None:
        app.tell(said)


def _in_hand(screen: Screen[object]) -> tuple[tuple[int, ...], int | None]:
    """The marked clients, and the one under the cursor or on the profile."""
    if isinstance(screen, ListScreen):
        return tuple(screen.listed.marks), screen.current_id
    return (), screen.client_id if isinstance(screen, Profile) else None


def shortened(path: Path) -> str:
    """The path with ~ for her home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def expanded(written: str) -> Path:
    """The path with her home folder for ~."""
    return Path.home() / written[2:] if written == "~" or written.startswith("~/") else Path(written)
