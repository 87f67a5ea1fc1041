"""When a client asks for what is kept of her: her whole file in a folder, or to be erased for good."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.errors import Refused, not_written
from stylistdesk.paths import downloads, unused
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.screens.exporting import expanded, shortened

if TYPE_CHECKING:
    from stylistdesk.exchange.whole_file import Handed
    from stylistdesk.ui.profile.screen import Profile

_WIDTH = 66
_MOST_NAMED = 6  # as many as a form of 24 lines has room for


async def write_whole_file(profile: "Profile") -> None:
    """Ask for a folder, write all that the desk has of her into it, and say so."""
    from stylistdesk.exchange.exporting import file_name

    desk, header = profile.desk, profile.reading.header
    if desk is None or header is None:
        return
    named_so = await asyncio.to_thread(downloads) / file_name(f"{header.name} whole file", "")
    place = await asyncio.to_thread(unused, named_so)  # one that is there would get the new one inside it

    async def write(values: dict[str, str]) -> "Handed":
        try:
            return await asyncio.to_thread(
                asking.write_whole_file, desk, header.client_id, expanded(values["folder"].strip())
            )
        except Refused as no:
            raise Refused(no.reason, field="folder", hint=no.hint) from None
        except OSError as error:
            raise not_written("It", error, field="folder") from None

    named = await asyncio.to_thread(asking.whom_her_file_names, desk, header.client_id, _MOST_NAMED)
    about = _lines(
        "Everything the desk has of her: a page to read, JSON, her card, her files and proofs of consent.", *named
    )
    fields = [Field("folder", "Folder", shortened(place), hint="made for it; only you can read it")]
    handed = await profile.app.push_screen_wait(Form("Her whole file", fields, write, about=about, does="Write"))
    if handed is not None:
        missing = f" {len(handed.missing)} of her files are missing." if handed.missing else ""
        profile.program.tell(f"Wrote {shortened(handed.folder)}: {handed.holds}.{missing}",
                             after="It holds her data: hand it to nobody but her.")  # fmt: skip


class Erasing(Form):
    """Her name in full erases her."""

    PLACE: ClassVar[str] = "Erasing"
    KEY_LABELS: ClassVar[dict[str, str]] = {"form_next": ""}  # there is but one field


async def erase(profile: "Profile") -> None:
    """Say what it does, ask for her name, and erase her; then back to the list."""
    desk, header = profile.desk, profile.reading.header
    if desk is None or header is None:
        return
    told = await asyncio.to_thread(asking.what_erasing_does, desk, header.client_id)

    async def do(values: dict[str, str]) -> str:
        return str(await asyncio.to_thread(desk.erase, header.client_id, values["name"]))

    fields = [Field("name", "Her name", hint="type it in full to erase her")]
    said = await profile.app.push_screen_wait(
        Erasing("Erase her for good", fields, do, about=_lines(*told), does="Erase")
    )
    if said is not None:
        program = profile.program
        profile.dismiss(None)
        program.call_after_refresh(program.tell, said)


def _lines(*said: str) -> list[Line]:
    lines = [(Piece(words),) for sentence in said for words in wrap(sentence, _WIDTH)]
    return [*lines, BLANK]
