"""The keys as settings: each action's, what they are by default, and what is refused."""

from collections.abc import Mapping
from typing import Any

from textual.keys import key_to_character

from stylistdesk.domain.errors import Refused
from stylistdesk.settings_table import KEYS, Known, Setting
from stylistdesk.ui.keymap import BY_ID, Keymap, Scope, acts_of, format_shown, keys_in

TYPED_INTO = frozenset({Scope.FORM, Scope.MESSAGE, Scope.FILTER, Scope.ORDER_FORM})
"""Where a letter is typed into a field before it could do anything."""


def known_keys() -> tuple[Known, ...]:
    """Every action whose keys can be changed, by where it can be done."""
    return tuple(
        Known(act.id, act.keys, f"{act.label}: {act.help}", f"Keys: {act.scope.value}", act.label)
        for scope in Scope
        for act in acts_of((scope,))
    )


def refuse_keys(overrides: Mapping[str, str], setting: Setting, keys: Any) -> None:
    """Raise `Refused`, naming both actions, where these keys for an action would clash; `None` is its default."""
    if setting.path[0] != KEYS:
        return
    name = setting.path[1]
    wished = {other: said for other, said in overrides.items() if other != name}
    before = Keymap(wished).clashes
    if keys is not None:
        _refuse_letters(name, str(keys))
        wished[name] = str(keys)
    after = Keymap(wished)
    if name in after.wrong and name not in after.clashes:
        raise Refused("A key is missing.", field="value", hint="Write one, or several with commas between them.")
    for mine, (other, key) in after.clashes.items():
        if mine in before and keys is not None and mine != name:
            continue
        first, second = BY_ID[name], BY_ID[other if mine == name else mine]
        raise Refused(
            f"{format_shown(key)} for “{first.label}” is already “{second.label}” ({_where(second.scope)}).",
            field="value",
            hint="Give that one another key first, or take another here.",
        )


def _refuse_letters(name: str, keys: str) -> None:
    for key in keys_in(keys):
        character = key_to_character(key)
        if BY_ID[name].scope in TYPED_INTO and character is not None and character.isprintable():
            raise Refused(
                f"In a field, {format_shown(key)} is typed.",
                field="value",
                hint="Take a key with ctrl, or f2 and the like.",
            )


def _where(scope: Scope) -> str:
    return scope.value[:1].lower() + scope.value[1:]
