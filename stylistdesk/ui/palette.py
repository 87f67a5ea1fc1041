"""The palette (ctrl+p): the keymap's actions by name, the sections of the client at hand, and the themes."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from stylistdesk.ui.fixed_keys import MOVE, FixedKey
from stylistdesk.ui.keymap import PLACES, Act, acts_of
from stylistdesk.ui.theme import OWN_THEMES

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk

_LEFT_OUT = {"cursor_up", "cursor_down", "first", "last", "page_up", "page_down", "next_pane", "palette"}


class Palette(CommandPalette):
    """Textual's own, as a place of the desk."""

    PLACE: ClassVar[str] = "Palette"
    FIXED_KEYS: ClassVar[Sequence[FixedKey]] = (
        FixedKey("letters", "Find", "Show the commands that have these letters, in their order"),
        FixedKey("enter", "Do it", "Do what is under the cursor"),
        *MOVE,
        FixedKey("esc", "Back", "Do nothing, and go back to where you were"),
    )


class KeymapCommands(Provider):
    """Every action that can be done on the screen below."""

    def _acts(self) -> Iterator[Act]:
        scopes = PLACES.get(getattr(self.screen, "PLACE", ""), ())
        yield from (act for act in acts_of(scopes) if act.id not in _LEFT_OUT)

    async def _run(self, act: Act) -> None:
        doer = self.screen if hasattr(self.screen, f"action_{act.does.split('(')[0]}") else self.app
        await self.app.run_action(act.does, doer)

    async def _theme(self, name: str) -> None:
        self.app.theme = name

    def _themes(self) -> list[str]:
        own = [theme.name for theme in OWN_THEMES]
        return own + sorted(name for name in self.app.available_themes if name not in own)

    @property
    def _client_id(self) -> int | None:
        """The client at hand: under the cursor, or whose profile it is."""
        return getattr(self.screen, "current_id", None) or getattr(self.screen, "client_id", None)

    def _sections(self) -> list[str]:
        if self._client_id is None:
            return []
        from stylistdesk.ui.profile.sections import SECTIONS

        return [section.TITLE for section in SECTIONS]

    async def _open(self, section: str) -> None:
        if self._client_id is not None:
            await cast("StylistDesk", self.app).open_profile(self._client_id, section)

    def _named(self, act: Act) -> str:
        keymap = getattr(self.app, "keymap_of_desk", None)
        return f"{act.label}  ({keymap.all_shown(act.id)})" if keymap else act.label

    async def discover(self) -> Hits:
        for act in self._acts():
            yield DiscoveryHit(self._named(act), partial(self._run, act), act.label, act.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for act in self._acts():
            name = self._named(act)
            score = max(matcher.match(name), matcher.match(act.help) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(name), partial(self._run, act), act.label, act.help)
        for title in self._sections():
            name = f"{title} of this client"
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), partial(self._open, title), name, "A section of her profile")
        for theme in self._themes():
            name = f"Theme: {theme}"
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), partial(self._theme, theme), name, "Change the colours")
