"""Stored text that wants to be markup, keys or escape sequences is only ever text."""

import unicodedata
from pathlib import Path

import pytest
from sqlmodel import AutoString

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.commands.triage import LogMessage
from stylistdesk.commands.work import AddTask
from stylistdesk.db import tables
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.paths import desk_paths
from stylistdesk.ui.lines import Piece, clip, fit, width_of, wrap
from stylistdesk.ui.text import clean, clean_lines, content
from tests.ui.conftest import NOW, at_the_desk, fill

PAYLOADS = (
    "Anna [/] x", "[@click=app.quit()]Anna[/]", "[b]bold", "[/b]", "[link=file:///etc/passwd]x[/link]", "[red", "]]",
    "\\[x]", "a\x1b[31mred\x1b[0m", "\x1b]52;c;cGF3bmVk\x07", "\x1b]8;;http://example.com\x07x\x1b]8;;\x07",
    "\x1b[2J\x1b[H", "\x9b31m", "\x00nul", "bell\x07", "back\x08\x08space", "\rreturn", "tab\tbed", "two\nlines",
    "\u202egnp.exe", "\u2066isolate\u2069", "family 👩‍👩‍👧‍👦", "日本語の名前", "e\u0301" * 3, "Z" + "\u0301" * 40,
    "\ud800half", "\ufeffmark", "{{7*7}}", "%s %d", "$(reboot)", "=1+1", "x" * 5000, "", " ",
)  # fmt: skip


class Poisoned:
    """Writes a payload into every text column of every table that the screens read, past all cleaning."""

    def __init__(self, payloads: tuple[str, ...]) -> None:
        self.payloads = payloads

    def apply(self, work: Work) -> Outcome:
        kept = {
            "currency",
            "unit",
            "rule",
            "name_key",
            "email_key",
            "phone",
            "email",
            "source",
            "external_id",
            "number",
        }
        connection = work.session.connection()
        at = 0
        for table in (
            tables.Client, tables.Contact, tables.Location, tables.Signal, tables.Task, tables.Note, tables.Message,
        ):  # fmt: skip
            for column in table.__table__.columns:  # type: ignore[attr-defined]
                if isinstance(column.type, AutoString) and column.name not in kept:
                    rows = connection.exec_driver_sql(f'SELECT id FROM "{table.__tablename__}"').scalars().all()
                    for row in rows:
                        at += 1
                        connection.exec_driver_sql(
                            f'UPDATE "{table.__tablename__}" SET "{column.name}" = ? WHERE id = ?',
                            (self.payloads[at % len(self.payloads)], row),
                        )
        assert at > 50
        return Outcome("Poisoned")


def harmless(shown: str) -> bool:
    bad = {"\u202e", "\u2066", "\u2069", "\ufeff"}
    return not any((unicodedata.category(c) == "Cc" and c != "\n") or c in bad for c in shown)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_cleaned_and_never_markup(payload: str) -> None:
    assert harmless(clean(payload))
    assert "\n" not in clean(payload)
    assert harmless(clean_lines(payload))
    assert content(payload).plain == clean_lines(payload)
    assert content(payload).spans == []
    for width in (1, 2, 7, 40):
        assert Piece(clip(payload, width)).width <= width
        assert Piece(fit(payload, width)).width == width
        assert all(width_of((Piece(line),)) <= max(2, width) for line in wrap(payload, width))


STORABLE = tuple(payload for payload in PAYLOADS if "\ud800" not in payload)


@pytest.mark.parametrize("first", range(0, len(STORABLE), 8))
async def test_every_screen_shows_it_and_goes_on(tmp_path: Path, first: int) -> None:
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        desk.do(AddNote(1, "a note"))
        for client in range(1, 6):
            desk.do(AddLocation(client, LocationForm("Home", city="New York", position="40.7, -74")))
        desk.do(AddTask(1, "a task"))
        desk.do(LogMessage(1, Channel.TEXT, "+12125550101", "s", "a message", MessageKind.ANSWER))
        desk.do(Poisoned(STORABLE[first : first + 8]))
    async with at_the_desk(tmp_path) as rep:
        await rep.sees("5 clients need you")
        for key in ("j", "w", "m", "n", "j", "e", "enter", "j", "enter", "8", "j", "enter"):
            await rep.press(key)
            await rep.pilot.pause()
            assert harmless(rep.read())
            assert "Leave without saving?" not in rep.read()
            if key not in ("j", "8"):
                await rep.press("escape")
        await rep.press("d")
        await rep.sees("Completed follow-up")
        assert harmless(rep.read())
        await rep.press("M")
        await rep.sees("5 clients on the map", "5 clients here")
        assert harmless(rep.read())
        await rep.press("enter")
        await rep.sees("Open the profile of")
        assert harmless(rep.read())
        await rep.press("enter")
        await rep.sees("Locations")
        await rep.press(*["right_square_bracket"] * 3, "enter", "e")
        await rep.sees("Position")
        assert harmless(rep.read())
        assert not list(tmp_path.glob("reports/*"))
        assert rep.app.is_running
