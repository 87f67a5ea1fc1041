"""What changes on the screens when other settings hold: the theme, the symbols, the keys; all else is asked anew."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.screen import Screen

from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.symbols import ASCII, symbols_for
from stylistdesk.ui.widgets.drawn import Drawn
from stylistdesk.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.settings import Problem, Settings
    from stylistdesk.ui.app import StylistDesk


def put_on(program: "StylistDesk", before: "Settings") -> None:
    """Have the settings that hold now wherever the program keeps something of them."""
    desk = program.desk
    if desk is None:
        return
    now = desk.settings
    if now.theme != before.theme:
        program.wear(now.theme)
    if now.keys != before.keys:
        program.keymap_of_desk.change(now.keys)
        program.set_keymap(program.keymap_of_desk.overridden)
    if now.symbols != before.symbols:
        program.symbols = symbols_for(getattr(sys.__stdout__, "encoding", None), ascii_only=now.symbols == "ascii")
        program.set_class(program.symbols is ASCII, "-ascii")
    if (now.keys, now.symbols) != (before.keys, before.symbols):
        for screen in _screens(program):
            for widget in screen.query(Drawn):
                if isinstance(widget, RecordList):
                    widget.mark = program.symbols.mark
                widget.notify_style_update()  # what was drawn has the old signs
                widget.refresh()
    program.counts.count_again()


def _screens(program: "StylistDesk") -> Iterator[Screen[object]]:
    for stack in program._screen_stacks.values():
        yield from stack


def say_followed(program: "StylistDesk", desk: "Desk") -> None:
    """The settings file was changed by another program: show what follows from it, and what is wrong in it."""
    if isinstance(program.screen, DeskScreen):
        program.screen.reload()
    problems = wrong_in_settings(program, desk)
    if problems:
        more = f" {len(problems) - 1} more." if problems[1:] else ""
        program.tell(problems[0], bad=True, after=more)
    else:
        program.tell(f"{desk.paths.settings.name} was changed, and holds.")


def wrong_in_settings(program: "StylistDesk", desk: "Desk") -> list[str]:
    """A line for each thing that is wrong in the settings file, those among them that only the screens know."""
    from stylistdesk.ui.keys_of_settings import in_words

    return in_words(desk.paths.settings, desk.loaded, wrong_on_screen(program, desk))


def wrong_on_screen(program: "StylistDesk", desk: "Desk") -> "list[Problem]":
    """What is wrong in the settings file that only the screens know: actions that there are not, keys that clash."""
    from stylistdesk.ui.keys_of_settings import wrong_keys

    return wrong_keys(desk.paths.settings, program.keymap_of_desk)
