"""Asking for a new value of a setting: yes or no, one of a few, a key, a theme, or what is typed into a form."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from stylistdesk.settings_table import Kind, Setting
from stylistdesk.settings_words import as_typed, read_value, say_limits, say_value
from stylistdesk.ui.keys_of_settings import refuse_keys
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap

if TYPE_CHECKING:
    from stylistdesk.ui.screens.setting_rows import SettingRow
    from stylistdesk.ui.screens.settings import SettingsScreen

Save = Callable[[Any], Awaitable[None]]
"""Has the setting be this. Raises `Refused`."""

WIDTH = 66


async def new_value(screen: "SettingsScreen", row: "SettingRow", save: Save, *, more: bool = False) -> None:
    """Ask for a new value and have it saved; `more` gives an action one more key."""
    setting = row.setting
    assert setting is not None
    if row.is_key:
        await _ask_key(screen, row, setting, save, more=more)
    elif setting.path == ("theme",):
        await _ask_theme(screen, save)
    elif setting.kind is Kind.YES_NO:
        await save(not row.held)
    elif setting.kind is Kind.CHOICE:
        await _ask_choice(screen, row, setting, save)
    else:
        await _ask_words(screen, row, setting, save)


async def _ask_key(screen: "SettingsScreen", row: "SettingRow", setting: Setting, save: Save, *, more: bool) -> None:
    from stylistdesk.ui.dialogs.press_key import PressKey

    desk = screen.desk
    assert desk is not None
    before = f"{row.held}," if more else ""

    def check(key: str) -> None:
        refuse_keys(desk.settings.keys, setting, f"{before}{key}")

    what = "as well as" if more else "in place of"
    said = f"{row.about}. The key that you press does it, {what} {row.value}."
    key = await screen.app.push_screen_wait(PressKey(f"A key for “{row.title}”", said, check))
    if key is not None and key not in row.held.split(","):
        await save(f"{before}{key}")
    elif key is not None and not more:
        await save(key)


async def _ask_theme(screen: "SettingsScreen", save: Save) -> None:
    from stylistdesk.ui.dialogs.choose_theme import ChooseTheme

    theme = await screen.app.push_screen_wait(ChooseTheme())
    if theme is not None:
        await save(theme)
        screen.program.wear(theme)


async def _ask_choice(screen: "SettingsScreen", row: "SettingRow", setting: Setting, save: Save) -> None:
    from stylistdesk.ui.dialogs.picker import Picker

    choices = [
        (one, f"{one.replace('_', ' ')}{'   (the default)' if one == setting.default else ''}")
        for one in setting.choices
    ]
    chosen = await screen.app.push_screen_wait(Picker(row.title, choices, str(row.held)))
    if chosen is not None:
        await save(chosen)


async def _ask_words(screen: "SettingsScreen", row: "SettingRow", setting: Setting, save: Save) -> None:
    from stylistdesk.ui.dialogs.form import Field, Form

    desk = screen.desk
    assert desk is not None
    read = partial(read_value, setting, currency=desk.currency)

    def understood(typed: str) -> str:
        return say_value(setting, read(typed), desk.currency)

    async def saved(values: dict[str, str]) -> bool:
        await save(read(values["value"]))
        return True

    limits = say_limits(setting, desk.currency)
    default = f"default {say_value(setting, setting.default, desk.currency)}"
    is_free = setting.kind is Kind.TEXT and setting.most is None
    about: list[Line] = [(Piece(part),) for part in wrap(row.about, WIDTH)]
    about += [(Piece(part, "quiet"),) for part in wrap(default if is_free else f"{limits}; {default}", WIDTH)]
    field = Field(
        "value",
        setting.unit.capitalize() if setting.unit not in ("", "cents") else "Value",
        as_typed(setting, row.held, desk.currency),
        understood=understood if setting.kind is not Kind.TEXT else None,
        tells=True,
    )
    about.append(BLANK)
    await screen.app.push_screen_wait(Form(row.title, [field], saved, about=about))
