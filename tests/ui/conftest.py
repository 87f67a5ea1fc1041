"""A small real desk, and a rep at its screen who presses keys and reads what is there."""

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._context import visible_screen_stack
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.clients import AddClient, ClientForm
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.db.tables import Signal
from stylistdesk.desk import Desk
from stylistdesk.domain.types import SignalKind
from stylistdesk.paths import desk_paths
from stylistdesk.ui.app import StylistDesk

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)  # Saturday, 9:42 in New York
NAMES = ("Ana Ruiz", "Bea Okafor", "Cleo Marsh", "Dana Whitfield", "Emi Tanaka")


@dataclass(frozen=True, slots=True)
class Did:
    """A client did something; the command of an import, as small as it gets."""

    client_id: int
    kind: SignalKind
    ago: timedelta
    item: str = ""
    comment: str = ""

    def apply(self, work: Work) -> Outcome:
        work.session.add(
            Signal(
                client_id=self.client_id,
                kind=self.kind,
                occurred_at=work.now - self.ago,
                source="test",
                external_id=f"{self.client_id}-{self.kind}-{self.ago}-{self.item}",
                item=self.item,
                comment=self.comment,
                amount_cents=4200,
                currency="USD",
            )
        )
        return Outcome("Did something", (self.client_id,))


def fill(desk: Desk, names: tuple[str, ...] = NAMES) -> None:
    """Five clients: a comment, a cart, hearts, an order, and one who is only new."""
    desk.do(SetUpDesk("Robin", "America/New_York", "USD", "US"))
    for number, name in enumerate(names, 1):
        desk.do(
            AddClient(
                ClientForm(name=name, email=f"c{number}@example.com", phone=f"+1212555010{number}", spending_power=4)
            )
        )
    for did in (
        Did(1, SignalKind.COMMENTED, timedelta(hours=2), comment="Love the coat, is it in navy?"),
        Did(1, SignalKind.HEARTED, timedelta(hours=3), item="Cashmere coat, ink"),
        Did(2, SignalKind.ADDED_TO_CART, timedelta(hours=30), item="Ankle boot, tan"),
        Did(3, SignalKind.HEARTED, timedelta(hours=72), item="Silk shirt, bone"),
        Did(4, SignalKind.CHECKED_OUT, timedelta(hours=4), item="Wide trousers, oat"),
    ):
        desk.do(did)


def _is_letter(key: str) -> bool:
    return len(key) == 1 or key == "space"


class Rep:
    """Someone at the screen: presses keys, reads words."""

    def __init__(self, app: StylistDesk, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    def read(self) -> str:
        """What the topmost screen shows, and those behind it."""
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        """Press keys; letters that are typed into a field come one right after the other, as hers do."""
        for key, after in zip(keys, (*keys[1:], ""), strict=False):
            if _is_letter(key) and _is_letter(after) and isinstance(self.app.focused, Input | TextArea):
                self._type(" " if key == "space" else key)
            else:
                await self.pilot.press(key)

    def _type(self, letter: str) -> None:
        event = events.Key(letter if letter.isalnum() else _character_to_key(letter), letter)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def write(self, words: str) -> None:
        """Type into the field that has the focus, in place of what is there."""
        await self.pilot.press("end", "ctrl+u")
        await self.press(*("space" if c == " " else c for c in words))

    async def sees(self, *words: str, seconds: float = 10) -> str:
        """Wait until all these words are on the screen, and give what it shows."""
        return await self.until(lambda shown: all(word in shown for word in words), words, seconds)

    async def until(self, holds: Callable[[str], bool], what: Any = "", seconds: float = 10) -> str:
        shown = ""
        for _ in range(int(seconds / 0.02)):
            shown = self.read()
            if holds(shown):
                return shown
            await asyncio.sleep(0.02)
        pytest.fail(f"not seen: {what}\n{shown}")

    def under_cursor(self) -> str:
        """The name of the client under the cursor."""
        row = self.app.screen.listed.current  # type: ignore[attr-defined]
        return row.name if row else ""


@pytest.fixture(scope="session", autouse=True)
def _collector() -> Iterator[None]:
    """The collector never looks again at what was imported, and looks by itself at what a closed desk leaves behind."""
    gc.collect()
    gc.freeze()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "collect", lambda generation=2: 0)
        patch.setattr(gc, "freeze", lambda: None)
        yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _no_frames_for_nobody() -> Iterator[None]:
    """Without a terminal Textual draws each frame and throws it away, a third of all the work; `read` draws its own.

    An application of a test's own draws its frames.
    """
    drawn = Screen._compositor_refresh

    def undrawn(screen: Screen[Any]) -> None:
        if not isinstance(screen.app, StylistDesk) or screen is not screen.app.screen:
            drawn(screen)
            return
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screen, "_compositor_refresh", undrawn)
        yield


@asynccontextmanager
async def at_the_desk(
    folder: Path, size: tuple[int, int] = (120, 36), first: dict[str, Any] | None = None, now: datetime = NOW
) -> AsyncIterator[Rep]:
    """Open the desk of a folder on a screen."""
    clock = FrozenClock(now)
    app = StylistDesk(lambda: Desk.open(desk_paths(folder), clock=clock), first or {}, folder, clock=clock)
    async with app.run_test(size=size) as pilot:
        rep = Rep(app, pilot)
        await rep.until(lambda shown: app.desk is not None, "the desk")
        yield rep


@pytest.fixture(scope="session")
def filled_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled desk; copying it is quicker than filling one."""
    folder = tmp_path_factory.mktemp("filled")
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        fill(desk)
    return folder


@pytest.fixture
def folder(tmp_path: Path, filled_desk: Path) -> Path:
    """A filled desk on disk."""
    shutil.copytree(filled_desk, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
async def rep(folder: Path) -> AsyncIterator[Rep]:
    """A rep who sees her queue."""
    async with at_the_desk(folder) as someone:
        await someone.sees("clients need you", "Ana Ruiz", "Since your last follow-up")
        yield someone
