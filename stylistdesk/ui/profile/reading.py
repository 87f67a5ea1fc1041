"""What is read of a client for her profile: what is seen first, then, ahead of the keys, everything else."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stylistdesk.ui import asking
from stylistdesk.ui.profile.sections import SECTIONS

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.queries.profile import Header


class Reading:
    """The header, and by its place among `SECTIONS` what each section read."""

    def __init__(self) -> None:
        self.client_id = 0
        self.version = -1  # the desk's, when it was read
        self.header: Header | None = None
        self.known: dict[int, Any] = {}
        self._expected: tuple[tuple[int, int, datetime], tuple[Header | None, Any]] | None = None

    @property
    def pane(self) -> "ClientPane | None":
        """Her place in the queue, once the overview was read."""
        overview = self.known.get(0)
        return overview.pane if overview is not None else None

    def begin(self, client_id: int) -> None:
        """Be about this client, of whom nothing was read yet."""
        self.client_id, self.header, self.known = client_id, None, {}

    async def first(self, desk: "Desk", here: int) -> None:
        """Read the header and the section at hand; everything else is old then."""
        self.version = desk.version
        if here == 0 and self._expected is not None and self._expected[0] == _told_by(desk, self.client_id):
            read = self._expected[1]
        else:
            read = await asyncio.to_thread(_header_and_section, desk, self.client_id, here)
        self.header, fresh = read
        self.known = {here: fresh} if self.header is not None else {}

    async def section(self, desk: "Desk", at: int) -> None:
        """Read a section, unless that was done."""
        if at not in self.known:
            version = self.version
            read = await asyncio.to_thread(SECTIONS[at].read, desk, self.client_id)
            if version == self.version:
                self.known[at] = read

    async def ahead(self, desk: "Desk", here: int) -> None:
        """Read all sections: the overview, on which the keys of triage rest, then those next to the one at hand."""
        for at in (0, *sorted(range(1, len(SECTIONS)), key=lambda place: abs(place - here))):
            await self.section(desk, at)

    async def expect(self, desk: "Desk", client_id: int) -> None:
        """Read what is seen first of a client who may be opened next."""
        told_by = _told_by(desk, client_id)
        if self._expected is None or self._expected[0] != told_by:
            self._expected = told_by, await asyncio.to_thread(_header_and_section, desk, client_id, 0)


def _told_by(desk: "Desk", client_id: int) -> tuple[int, int, datetime]:
    """What the answer hangs on: whom, the state of the desk, and the minute, as what is due hangs on the time."""
    return client_id, desk.version, desk.now().replace(second=0, microsecond=0)


def _header_and_section(desk: "Desk", client_id: int, at: int) -> "tuple[Header | None, Any]":
    header = asking.read_header(desk, client_id)
    return header, SECTIONS[at].read(desk, client_id) if header else None
