"""`?`: the keys that work where one is, from the keymap."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.fixed_keys import FixedKey
from stylistdesk.ui.keymap import PLACES, WITH_HER, Keymap, Scope, acts_of
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, wrap
from stylistdesk.ui.place_words import FOR
from stylistdesk.ui.symbols import ASCII, SIGNAL_WORDS

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

Called = Mapping[str, tuple[str, str]]
"""By action, what its key is called in a place of its own, and what is said of it."""

SHARED = (
    Scope.TRIAGE,
    *WITH_HER,
    Scope.SECTIONS,
    Scope.PROFILE,
    Scope.LIST,
    Scope.SORTED,
    Scope.MOVING,
    Scope.PAGE,
    Scope.DESK,
    Scope.ANYWHERE,
)
"""What works in many places comes after what works in this one alone."""

WITH_SIGNS = frozenset((Scope.DESK, Scope.OVER))
"""A form, a question or a list to pick from has no signs of what clients do."""


def _own_lines(own: Sequence[FixedKey], width: int) -> list[Line]:
    lines = [line for one in own for line in _key_line(one.keys, one.label, one.help, width)]
    return [(Piece("Here", "label"),), *lines, BLANK] if lines else []


def _key_line(keys: str, label: str, says: str, width: int) -> list[Line]:
    for_keys, for_label = (11, 18) if width > 64 else (8, 16)
    before = 1 + for_keys + for_label
    first, *more = wrap(says, width - before - 1)
    head = (Piece(f" {fit(keys, for_keys)}", "key"), Piece(fit(label, for_label), "strong"), Piece(first))
    return [head, *((Piece(" " * before), Piece(words)) for words in more)]


def key_lines(
    keymap: Keymap, place: str, width: int, own: Sequence[FixedKey] = (), called: Called | None = None
) -> list[Line]:
    """The keys of a place, scope by scope, what works in this one alone first."""
    page: list[Line] = _own_lines(own, width)
    scopes = sorted(PLACES[place], key=lambda scope: SHARED.index(scope) if scope in SHARED else -1)
    for scope in scopes:
        acts = acts_of((scope,))
        page += [(Piece(scope.value, "label"),)] if acts else []
        for act in acts:
            label, says = (called or {}).get(act.id, (act.label, act.help))
            page += _key_line(keymap.all_shown(act.id), label, says, width)
        page += [BLANK] if acts else []
    return page


class Help(PageDialog[None]):
    """Every key of a place, in the words of the keymap; before them those that a dialog has by itself."""

    IS_HELP = True

    def __init__(self, keymap: Keymap, place: str, own: Sequence[FixedKey] = (), called: Called | None = None) -> None:
        super().__init__()
        self.keymap, self.own, self.called = keymap, own, called
        self.place = place if place in PLACES else "Page"
        self.page_title = f"Keys in {self.place}"

    def lines(self, width: int) -> Sequence[Line]:
        page: list[Line] = [(Piece(part, "strong"),) for part in wrap(FOR[self.place], width - 2)]
        page += [BLANK, *key_lines(self.keymap, self.place, width, self.own, self.called)]
        symbols = cast("StylistDesk", self.app).symbols
        if self.place == "Calendar":
            from stylistdesk.ui.calendar.marks import signs

            page += [(Piece("Signs in the grid", "label"),), *signs(plain=symbols is ASCII), BLANK]
        if not WITH_SIGNS.isdisjoint(PLACES[self.place]):
            page.append((Piece("Signs", "label"),))
            named = [f"{sign} {SIGNAL_WORDS[kind]}" for kind, sign in symbols.signals.items()]
            page += [(Piece(f" {part}"),) for part in wrap("   ".join(named), width - 2)]
            page += [(Piece(" ♥3 beside a client: three times since your last follow-up", "quiet"),), BLANK]
        changed = f"Every key can be changed in the settings ({self.keymap.shown('settings')})."
        page += [(Piece(part, "quiet"),) for part in wrap(changed, width - 2)]
        return page
