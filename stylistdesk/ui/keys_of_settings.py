"""The keys as settings: each action's, what they are by default, and what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.keys import key_to_character

from stylistdesk.domain.errors import Refused
from stylistdesk.screen_names import no_key, wrong_key
from stylistdesk.settings import Loaded, Problem, by_line, read_settings
from stylistdesk.settings_file import line_of
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


def wrong_in_file(path: Path) -> list[str]:
    """A line for each thing that is wrong in a settings file, keys that clash among them."""
    loaded = read_settings(path)
    return in_words(path, loaded, wrong_keys(path, Keymap(loaded.settings.keys)))


def wrong_keys(path: Path, keymap: Keymap) -> list[Problem]:
    """What of the keys only the keymap knows to be wrong: that there is no such action, or another one has the key."""
    return [Problem((KEYS, name), line_of(path, (KEYS, name)), said) for name, said in keymap.wrong.items()]


def in_words(path: Path, loaded: Loaded, more: Sequence[Problem]) -> list[str]:
    """All that is wrong in a settings file, each line once, as they stand in it."""
    told = {problem.path for problem in loaded.problems}
    problems = by_line([*loaded.problems, *(one for one in more if one.path not in told)])
    return replace(loaded, problems=tuple(problems)).in_words(path.name)


def refuse_keys(overrides: Mapping[str, str], setting: Setting, keys: Any) -> None:
    """Raise `Refused`, naming both actions, where these keys for an action would clash; `None` is its default."""
    if setting.path[0] != KEYS:
        return
    name = setting.path[1]
    wished = {other: said for other, said in overrides.items() if other != name}
    before = Keymap(wished).clashes
    if keys is not None:
        if wrong := wrong_key(str(keys)):
            raise Refused(
                f"{no_key(wrong)}.",
                field="value",
                hint="Write it as d, ctrl+s, f5 or question_mark; several with commas between them.",
            )
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
