"""No line of a pane is cut off without a sign: what does not fit goes on below, or says that it was shortened."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.ui.app import StylistDesk
from stylistdesk.ui.lines import Line, width_of
from stylistdesk.ui.widgets.drawn import Page
from tests.ui.conftest import at_the_desk

NARROWEST = next(width for width, name in StylistDesk.HORIZONTAL_BREAKPOINTS if name == "-wide")
"""With fewer columns than these the pane is below the list, as wide as the screen."""


async def test_no_line_beside_a_list_is_cut_off(
    demo_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off: dict[str, int] = {}
    show = Page.show

    def measured(page: Page, lines: Sequence[Line], **how: Any) -> None:
        if page.display and page.size.width:
            cut_off.update(
                {"".join(part.text for part in one): page.room for one in lines if width_of(one) > page.room}
            )
        show(page, lines, **how)

    monkeypatch.setattr(Page, "show", measured)
    shutil.copytree(demo_desk, tmp_path / "desk")
    async with at_the_desk(tmp_path / "desk", (NARROWEST, 36)) as rep:
        await rep.sees("clients need you", "Since your last follow-up")
        for tab in "12345678":
            await rep.press("escape", "escape", tab)
            await rep.pilot.pause(0.2)
            await rep.press(*["down"] * 8)
    assert not cut_off
