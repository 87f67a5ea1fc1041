"""The names of keys and themes, without the screens that have them: wrong ones are told without a screen too."""

import string
import unicodedata

from stylistdesk.domain.text import clean

OWN_THEMES = ("stylistdesk-dark", "stylistdesk-light")
SHORT_THEMES = {"": OWN_THEMES[0], "dark": OWN_THEMES[0], "light": OWN_THEMES[1]}
"""Short names that the settings may use."""

THEMES = frozenset({
    *OWN_THEMES, "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine",
    "rose-pine-dawn", "rose-pine-moon", "solarized-dark", "solarized-light", "textual-dark", "textual-light",
    "tokyo-night",
})  # fmt: skip
"""Every theme: our own, and Textual's."""

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
NAMED = frozenset({
    "backspace", "delete", "down", "end", "enter", "escape", "home", "insert", "left", "pagedown", "pageup", "right",
    "space", "tab", "up", *(f"f{number}" for number in range(1, 25)),
})  # fmt: skip
"""Keys without a character, as Textual names them."""

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def _named(character: str) -> str:
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


_PUNCTUATION = frozenset(_named(character) for character in string.punctuation)


def split_keys(keys: str) -> list[str]:
    """The keys of an action, which have commas between them."""
    parts = [keys] if keys == "," else keys.split(",")
    return [part.strip() for part in parts if part.strip()]


def wrong_key(keys: str) -> str:
    """The first of these keys that no keyboard can give; "" where all are keys."""
    return next((key for key in split_keys(keys) if not is_key(key)), "")


def no_key(key: str) -> str:
    """That there is no such key, without what could act on a terminal."""
    shown = clean(key, limit=40)
    return f"There is no key “{shown}”" if shown else "There is no such key"


def is_key(key: str) -> bool:
    """Whether a key may be pressed that Textual calls so: `d`, `question_mark`, `f5`, `ctrl+s`, `ctrl+shift+left`."""
    *modifiers, name = key.split("+") if key != "+" else [key]
    if modifiers != sorted(set(modifiers) & set(MODIFIERS)):
        return False
    if len(name) == 1:
        return name.isalnum() if modifiers else name.isprintable()
    return name in NAMED or name in _PUNCTUATION or _is_sign(name)


def _is_sign(name: str) -> bool:
    """Whether it is the name of another character that is neither letter nor digit."""
    try:
        character = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return character.isprintable() and not character.isalnum()
