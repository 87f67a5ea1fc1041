"""The one table of keys."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from textual.screen import ModalScreen

import stylistdesk.ui
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.keymap import ACTIONS, PLACES, Keymap, Scope, acts_of, keymap_markdown
from stylistdesk.ui.widgets.frame import KeyFooter
from tests.ui.conftest import Rep, at_the_desk


def test_no_key_does_two_things_in_one_place() -> None:
    keymap = Keymap()
    for place, scopes in PLACES.items():
        seen: dict[str, str] = {}
        for act in acts_of(scopes):
            for key in keymap.keys[act.id]:
                assert key not in seen, f"{place}: {key} is {act.id} and {seen[key]}"
                seen[key] = act.id


def test_an_override_that_clashes_is_said_and_the_default_stays() -> None:
    keymap = Keymap({"done": "s"})
    assert keymap.problems == ["keys: s for “Done” is already “Snooze”; d stays."]
    assert keymap.keys["done"] == ("d",)


def test_two_keys_can_be_swapped() -> None:
    keymap = Keymap({"done": "s", "snooze": "d"})
    assert keymap.problems == []
    assert keymap.shown("done") == "s"


def test_an_unknown_action_is_said() -> None:
    assert "no action “dance”" in Keymap({"dance": "z"}).problems[0]


def test_a_key_that_no_keyboard_has_is_said() -> None:
    keymap = Keymap({"done": "hyper+foo"})
    assert keymap.problems == ["keys: There is no key “hyper+foo”; d stays."]
    assert keymap.keys["done"] == ("d",)


def test_the_same_key_may_do_another_thing_elsewhere() -> None:
    assert Keymap({"form_save": "f2"}).problems == []


def test_every_action_is_in_the_readme_table() -> None:
    table = keymap_markdown()
    assert all(act.help in table for act in ACTIONS)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("place", [place for place in PLACES if place != "Page"])
def test_the_footer_fits_and_never_loses_help(width: int, place: str) -> None:
    footer = KeyFooter(Keymap(), place)
    pieces = footer.pieces(width)
    assert sum(piece.width for piece in pieces) <= width
    if any(act.id == "help" for act in footer.keymap.footer(place)):
        assert pieces[-1].text == " Help"


async def test_a_remapped_key_works_and_is_shown(folder: Path) -> None:
    async with at_the_desk(folder, first={"keys": {"done": "z", "cursor_down": "n,down", "note": "j"}}) as rep:
        await rep.sees("z Done", "Ana Ruiz")
        await rep.press("n")
        name = rep.under_cursor()
        await rep.press("z")
        await rep.sees(f"Completed follow-up with {name}")


async def test_swapped_keys_work(folder: Path) -> None:
    async with at_the_desk(folder, first={"keys": {"done": "s", "snooze": "d"}}) as rep:
        await rep.sees("s Done", "Ana Ruiz", "clients need you")
        await rep.press("s")
        await rep.sees("Completed follow-up with Ana Ruiz")
        await rep.press("d")
        await rep.sees("Snooze ", "Until")


async def test_a_clash_is_told_on_the_screen(folder: Path) -> None:
    async with at_the_desk(folder, first={"keys": {"done": "s"}}) as rep:
        await rep.sees("s for “Done” is already “Snooze”; d stays.")


async def test_help_tells_the_keys_of_the_place(rep: Rep) -> None:
    await rep.press("question_mark")
    await rep.sees("Keys in Daily Tasks", "Complete her follow-up", "esc Back")
    await rep.press("escape")
    await rep.sees("clients need you")


async def test_help_tells_of_the_search_while_it_is_open(rep: Rep) -> None:
    await rep.press("slash", "f1")
    await rep.sees("Keys in Search", "Open what is under the cursor")


def dialogs() -> list[type]:
    """Every dialog of ours."""
    for module in pkgutil.walk_packages(stylistdesk.ui.__path__, "stylistdesk.ui."):
        importlib.import_module(module.name)
    kinds: list[type] = [ModalScreen]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return [kind for kind in kinds if kind.__module__.startswith("stylistdesk.")]


def test_no_dialog_says_keys_that_only_screens_have() -> None:
    """What is open over the screen is left first: a key of the desk does nothing there, so it is not told."""
    places = {getattr(kind, "PLACE", "Page") for kind in dialogs()}
    assert {"Form", "Order", "Return", "Certificate", "Search"} <= places
    places -= {"Welcome"}  # the empty desk has the keys of what is asked over it at the first start
    assert not [place for place in places if Scope.DESK in PLACES[place]]


async def test_the_palette_finds_an_action_and_does_it(rep: Rep) -> None:
    await rep.press("ctrl+p")
    await rep.sees("Complete her follow-up")
    await rep.press(*"all cli")
    await rep.sees("All clients")
    await rep.press("enter")
    await rep.sees("5 clients", "by name")


async def test_light_and_dark(rep: Rep) -> None:
    await rep.press("ctrl+t")
    assert rep.app.theme == "stylistdesk-light"
    await rep.press("ctrl+t")
    assert rep.app.theme == "stylistdesk-dark"


@pytest.mark.parametrize("theme", ["nord", "textual-light", "textual-ansi", "dracula", "no-such-theme"])
async def test_any_theme_can_be_worn(folder: Path, theme: str) -> None:
    async with at_the_desk(folder, (100, 30), first={"theme": theme}) as rep:
        await rep.sees("5 clients need you")


@pytest.mark.parametrize("section", ["Overview", "Sales", "Orders", "Locations", "Tasks", "Lookbooks", "Website"])
def test_in_every_section_the_footer_has_add_back_and_undo_at_80_columns(section: str) -> None:
    shown = "".join(piece.text for piece in KeyFooter(Keymap(), section).pieces(80))
    assert all(words in shown for words in ("a Add", "enter Open", "esc Back", "u Undo", "? Help"))


BOTH = ("question_mark", "f1")


@pytest.mark.parametrize(
    ("opening", "helps", "told"),
    [
        ("w", BOTH, ("Keys in Why", "Why she stands where she does")),
        ("ctrl+e", ("f1",), ("Keys in Choice by letters", "enter", "Take what is under the cursor")),
        ("ctrl+o", BOTH, ("Keys in File", "tab", "Folder above", "backspace")),
        ("n x escape", BOTH, ("Keys in Question", "Do what is asked", "Nothing is done before you answer")),
        ("ctrl+p", ("f1",), ("Keys in Palette", "letters", "Do what is under the cursor")),
    ],
)  # fmt: skip
async def test_help_in_a_dialog_tells_of_the_dialog(
    rep: Rep, opening: str, helps: tuple[str, ...], told: tuple[str, ...]
) -> None:
    await rep.press(*opening.split())
    await rep.until(lambda _: rep.app.screen.is_modal and getattr(rep.app.screen, "PLACE", "") in told[0], "the dialog")
    over = rep.app.screen
    for key in helps:
        await rep.press(key)
        await rep.sees(*told)
        await rep.press(key)
        await rep.until(lambda _: rep.app.screen is over, "back in the dialog")


async def test_the_key_of_why_closes_it_too(folder: Path) -> None:
    async with at_the_desk(folder, first={"keys": {"why": "z"}}) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await rep.press("z")
        await rep.sees("Why Ana Ruiz")
        await rep.press("z")
        await rep.until(lambda shown: "Why Ana Ruiz" not in shown, "no page")


def test_every_dialog_is_a_place() -> None:
    """But for those to which every key is an answer, and pages that are only read."""
    without = {kind.__name__ for kind in dialogs() if not hasattr(kind, "PLACE") and not issubclass(kind, PageDialog)}
    assert without == {"Jump", "PressKey"}


@pytest.mark.parametrize(
    ("task", "keys"),
    [
        ("Returns", ("m Message", "y Passed on", "i Received", "X Sent", "S Slip")),
        ("Certificates", ("r Redeem", "m Send", "y Sent", "b Refund", "C Correct")),
    ],
)
def test_in_a_task_the_footer_has_its_own_keys_at_80_columns(task: str, keys: tuple[str, ...]) -> None:
    shown = "".join(piece.text for piece in KeyFooter(Keymap(), task).pieces(80))
    assert all(words in shown for words in (*keys, "a Add", "esc Back", "? Help"))
