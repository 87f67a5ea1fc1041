"""ONE table of what keys do: the footer, the palette, `?` and the README's key table are all made from it.

Its rows are in `acts_of_desk.py`, `acts_of_tabs.py`, `acts_of_profile.py`, `acts_of_backoffice.py`,
`acts_of_settings.py` and `acts_of_sending.py`.
"""

from collections.abc import Iterable, Mapping

from textual.binding import Binding
from textual.keys import format_key

from stylistdesk.screen_names import no_key, split_keys, wrong_key
from stylistdesk.ui.acts import BACK_OFFICE, PLACES, PROFILE, WITH_HER, Act, Scope
from stylistdesk.ui.acts_of_backoffice import ACTS_OF_BACKOFFICE
from stylistdesk.ui.acts_of_desk import ACTS_OF_DESK
from stylistdesk.ui.acts_of_profile import ACTS_OF_PROFILE
from stylistdesk.ui.acts_of_sending import ACTS_OF_SENDING
from stylistdesk.ui.acts_of_settings import ACTS_OF_SETTINGS
from stylistdesk.ui.acts_of_tabs import ACTS_OF_TABS

__all__ = [
    "ACTIONS",
    "BY_ID",
    "PLACES",
    "PROFILE",
    "WITH_HER",
    "Act",
    "Keymap",
    "Scope",
    "acts_of",
    "bindings",
    "format_shown",
]

ACTIONS: tuple[Act, ...] = (
    *ACTS_OF_DESK,
    *ACTS_OF_TABS,
    *ACTS_OF_PROFILE,
    *ACTS_OF_BACKOFFICE,
    *ACTS_OF_SETTINGS,
    *ACTS_OF_SENDING,
)

AT_ONCE = frozenset({"form_next", "form_before", "message_template", "message_send", "template_field"})
"""Actions that go before what has the focus: what is typed right after them belongs elsewhere."""

ALWAYS_NEAR = frozenset({"section_add", "section_open", "back", "undo"})
"""What a footer of the profile shows first: without it she is lost, and the letters of a section are learned."""

_AFTER_ITS_OWN = frozenset({"section_open", "undo"})
_OF_SECTIONS = (Scope.SECTIONS, Scope.PROFILE, Scope.PAGE)

BY_ID: dict[str, Act] = {act.id: act for act in ACTIONS}


class Keymap:
    """The keys as they are on this desk: the defaults, with the overrides of the settings that do not clash."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self.keys: dict[str, tuple[str, ...]] = {}
        self.wrong: dict[str, str] = {}  # by the name of an action, why its keys are not those that were asked for
        self.clashes: dict[str, tuple[str, str]] = {}  # of those, the action that has the key, and the key
        self.overridden: dict[str, str] = {}
        self.change(overrides or {})

    @property
    def problems(self) -> list[str]:
        """All that is wrong with the overrides."""
        return [f"keys: {said}" for said in self.wrong.values()]

    def change(self, overrides: Mapping[str, str]) -> None:
        """Have these overrides instead, for all who hold the keymap."""
        self.keys = {act.id: keys_in(act.keys) for act in ACTIONS}
        self.wrong, self.clashes = {}, {}
        wanted: dict[str, tuple[str, ...]] = {}
        for name, keys in overrides.items():
            if name not in BY_ID:
                self.wrong[name] = f"there is no action “{name}”; `?` lists their keys."
            elif not keys_in(keys):
                self.wrong[name] = f"no key is given for “{name}”; its default {self.shown(name)} stays."
            elif wrong := wrong_key(keys):
                self.wrong[name] = f"{no_key(wrong)}; {self.shown(name)} stays."
            else:
                wanted[name] = keys_in(keys)
        # An override may take a key that another override gives up, so all are tried together, and a clash takes back
        # the one that was asked for last.
        while clash := self._clash(self.keys | wanted, wanted):
            name, other, key = clash
            self.clashes[name] = other, key
            self.wrong[name] = (
                f"{format_shown(key)} for “{BY_ID[name].label}” is already “{BY_ID[other].label}”;"
                f" {self.shown(name)} stays."
            )
            del wanted[name]
        self.keys |= wanted
        self.overridden = {name: ",".join(keys) for name, keys in wanted.items()}

    @staticmethod
    def _clash(keys: dict[str, tuple[str, ...]], wanted: dict[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
        for name in reversed(wanted):
            for key in keys[name]:
                for act in ACTIONS:
                    if act.id != name and key in keys[act.id] and _meet(BY_ID[name].scope, act.scope):
                        return name, act.id, key
        return None

    def shown(self, name: str) -> str:
        """The first key of an action, as a rep reads it."""
        return format_shown(self.keys[name][0])

    def all_shown(self, name: str) -> str:
        """All keys of an action, as a rep reads them."""
        return " ".join(format_shown(key) for key in self.keys[name])

    @staticmethod
    def nearness(place: str, act: Act, *, labelled: bool = False) -> int:
        """In a section: to add, go in, come out and undo; its own keys; those of all sections; the client's.

        In a task of the back office its own keys come before to go in and to undo, which is said with what was done.
        One that is `labelled` for what is under the cursor is near.
        """
        scopes = PLACES[place]
        shared = next((each for each in (PROFILE, BACK_OFFICE) if scopes[: len(each)] == each), None)
        if shared is None:
            return 0
        if act.id in ALWAYS_NEAR:
            return 2 if shared is BACK_OFFICE and act.id in _AFTER_ITS_OWN and not labelled else 0
        if act.scope in _OF_SECTIONS:
            return 3
        return 0 if labelled else 1 if act.scope not in shared else 4

    def footer(self, place: str) -> list[Act]:
        """What the footer of a place may show, in its order."""
        scopes = PLACES[place]
        # All that is done with a client stands together, in the order of the table.
        with_her = scopes.index(WITH_HER[0]) if WITH_HER[0] in scopes else None
        ranks = {
            scope: with_her if scope in WITH_HER and with_her is not None else at for at, scope in enumerate(scopes)
        }
        return sorted((act for act in ACTIONS if act.scope in ranks and act.footer), key=lambda act: ranks[act.scope])


def acts_of(scopes: Iterable[Scope | None]) -> list[Act]:
    """The actions of these scopes, one scope after the other, each in the table's order."""
    return [act for scope in scopes for act in ACTIONS if act.scope is scope]


def bindings(*scopes: Scope) -> list[Binding]:
    """The actions of these scopes as Textual takes them; each has its id, so that `set_keymap` finds it."""
    return [
        Binding(act.keys, act.does, act.label, show=False, id=act.id, priority=act.id in AT_ONCE)
        for act in acts_of(scopes)
    ]


def format_shown(key: str) -> str:
    """A key as a rep reads it: `ctrl+s`, `?`, `enter`."""
    if key in ("escape", "space", "enter", "delete", "tab", "pageup", "pagedown", "home", "end"):
        return {"escape": "esc", "delete": "del"}.get(key, key)
    if key.startswith("ctrl+") or key.startswith("shift+"):
        return key
    return format_key(key)


def keymap_markdown() -> str:
    """The key table of the README."""
    parts = ["| key | what it does |", "|---|---|"]
    keymap = Keymap()
    for scope in Scope:
        acts = acts_of((scope,))
        if acts:
            parts.append(f"| **{scope.value}** | |")
            parts += [
                "| {} | {}: {} |".format(
                    " ".join(f"`{format_shown(key)}`" for key in keymap.keys[act.id]), act.label, act.help
                )
                for act in acts
            ]
    return "\n".join(parts) + "\n"


def keys_in(keys: str) -> tuple[str, ...]:
    """The keys of an action, as Textual names them."""
    from textual.keys import _character_to_key

    return tuple(_character_to_key(part) if len(part) == 1 else part for part in split_keys(keys))


def _meet(one: Scope, other: Scope) -> bool:
    return any(one in scopes and other in scopes for scopes in PLACES.values())
