"""Pictures of what opens from everywhere on the demo desk: search, templates, settings, backups, the tour."""

from collections.abc import Callable

import pytest

from tests.snapshots.test_pictures import LARGE, SMALL
from tests.snapshots.test_tab_pictures import picture  # noqa: F401  (a fixture)

PAGES: dict[str, tuple[str, ...]] = {
    "search": ("slash", *"coat"),
    "templates": ("ctrl+k", "j", "j"),
    "settings": ("ctrl+l", "j", "j"),
    "keep_safe": ("ctrl+n",),
    "emails": ("ctrl+x",),
}
SMALL_ONLY: dict[str, tuple[str, ...]] = {
    "search_near": ("slash", *"celik"),
    "search_nothing": ("slash", *"xyzzy"),
    "template": ("ctrl+k", "j", "j", "enter"),
    "setting": ("ctrl+l", "j", "j", "enter"),
    "sending": ("ctrl+x", "e"),
    "erase": ("enter", "X"),
    "whole_file": ("enter", "F"),
    "export": ("ctrl+e",),
    "tour": ("f2",),
    "jump": ("ctrl+g",),
    "help_in_search": ("slash", "f1"),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page(picture: Callable[..., bool], name: str, size: tuple[int, int]) -> None:  # noqa: F811
    assert picture(size, PAGES[name], opens=True)


@pytest.mark.parametrize("name", SMALL_ONLY)
def test_what_opens(picture: Callable[..., bool], name: str) -> None:  # noqa: F811
    assert picture(SMALL, SMALL_ONLY[name], opens=name not in ("tour", "jump"))


@pytest.mark.parametrize("name", ["search", "templates", "settings"])
def test_light(picture: Callable[..., bool], name: str) -> None:  # noqa: F811
    assert picture(LARGE, PAGES[name], opens=True, theme="light")
