"""`make pictures`: draws the pictures of docs/ from the demo desk, under a frozen clock: `python -m tests.pictures`."""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.demo.start import build
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.ui.app import StylistDesk

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
DOCS = Path(__file__).parents[1] / "docs" / "pictures"

PICTURES: dict[str, tuple[str, Sequence[str]]] = {
    "daily_tasks": ("stylistdesk-dark", ["down", "down"]),
    "daily_tasks_light": ("stylistdesk-light", ["down", "down"]),
    "message": ("stylistdesk-dark", ["down", "down", "m"]),
    "profile": ("stylistdesk-dark", ["down", "down", "enter"]),
    "sales": ("stylistdesk-dark", ["down", "down", "enter", *["]"] * 12]),
    "sweep": ("stylistdesk-dark", ["1", "m"]),
    "appointments": ("stylistdesk-dark", ["2"]),
    "follow_ups": ("stylistdesk-dark", ["4"]),
    "calendar": ("stylistdesk-dark", ["5"]),
    "metrics": ("stylistdesk-dark", ["6"]),
    "csat": ("stylistdesk-light", ["7"]),
    "map": ("stylistdesk-dark", ["M"]),
    "all_clients": ("stylistdesk-dark", ["8"]),
    "search": ("stylistdesk-dark", ["slash", *"coat"]),
    "templates": ("stylistdesk-light", ["ctrl+k", "down", "down"]),
    "settings": ("stylistdesk-dark", ["ctrl+l", "down", "down"]),
    "keep_safe": ("stylistdesk-dark", ["ctrl+n", "b"]),
    "back_office": ("stylistdesk-dark", ["9", "]", "]", "]", "enter"]),
    "host_rewards": ("stylistdesk-light", ["9", "]", "]", "]", "]", "enter", "down", "down", "down", "enter"]),
}
"""Name -> theme and the keys that lead to what is drawn."""


async def draw(name: str, folder: Path) -> str:
    """One picture as SVG."""
    theme, keys = PICTURES[name]
    clock = FrozenClock(NOW)
    app = StylistDesk(lambda: Desk.open(folder, clock=clock), {"theme": theme}, folder, clock=clock)
    async with app.run_test(size=(120, 34)) as pilot:
        while not getattr(app.screen, "shown_version", 0):
            await pilot.pause(0.05)
        for key in keys:
            await pilot.pause(0.3)
            await pilot.press(key)
        await pilot.pause(0.5)
        # The same picture from the same desk: Textual puts a random number into the names.
        return re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="stylistdesk"))


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "desk"
        build(desk_paths(folder), FrozenClock(NOW))
        for name in PICTURES:
            (DOCS / f"{name}.svg").write_text(asyncio.run(draw(name, folder)), encoding="utf-8")
            print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
