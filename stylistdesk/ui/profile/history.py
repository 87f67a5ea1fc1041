"""History: everything that happened to her, by date, with who did it (R30)."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from stylistdesk.domain.dates import say_short_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.history_words import Activity
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.lines import Lines
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, spread, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.client_history import Happening, HistoryPage
    from stylistdesk.ui.profile.screen import Profile

TIME = 6
NARROW = 70
FILTERS = tuple(Activity)


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown so far, through which filter, and where the next page begins."""

    activity: Activity
    happenings: "tuple[Happening, ...]"
    page: "HistoryPage"


class History(Section[Told]):
    """The newest first, a page at a time; the next page is read as the cursor comes to the end."""

    TITLE = "History"
    SCOPE = Scope.HISTORY

    def __init__(self) -> None:
        self._chosen: WeakKeyDictionary[Any, Activity] = WeakKeyDictionary()

    def read(self, desk: "Desk", client_id: int) -> Told:
        from stylistdesk.queries.client_history import client_history

        activity = self._chosen.get(desk, Activity.ALL)
        page = desk.ask(client_history, client_id, activity)
        return Told(activity, page.happenings, page)

    def entries(self, known: Told, look: Look) -> list[Entry]:
        shown = [Entry((self._filters(known, look), BLANK))]
        before = ""
        for one in known.happenings:
            day = _day(one, look)
            shown.append(Entry(tuple(self._lines(one, "" if day == before else day, look)), (one.source, one.id)))
            before = day
        if not known.happenings:
            shown.append(Entry(((Piece(" Nothing of this kind has happened yet.", "quiet"),),)))
        if known.page.next is not None:
            shown.append(Entry(((Piece(" … more", "quiet"),),)))
        return shown

    @staticmethod
    def _filters(known: Told, look: Look) -> Line:
        if look.width < NARROW:
            kind = (Piece(f" {known.activity.value}", "chosen"), Piece(f"  {look.shown('history_filter')}", "key"))
            return (*kind, Piece(" shows the next kind", "quiet"))
        pieces = [Piece(" ")]
        for one in FILTERS:
            pieces += [Piece(one.value, "chosen" if one is known.activity else "quiet"), Piece("  ")]
        return (*pieces, Piece(look.shown("history_filter"), "key"))

    @staticmethod
    def _lines(one: "Happening", day: str, look: Look) -> list[Line]:
        who = "" if not one.by else one.by if look.width >= 100 else _short(one.by)
        wide = 17 if look.width >= NARROW else 13
        room = look.width - wide - TIME - len(who) - 2
        said = [part for line in one.said for part in wrap(line, max(20, room))][:4]
        when = (Piece(fit(f" {day}", wide), "quiet"), Piece(fit(look.here.hour(one.at), TIME), "quiet"))
        lines = [spread((*when, Piece(said[0])), (Piece(who, "quiet"),), look.width)]
        return lines + [(Piece(" " * (wide + TIME)), Piece(part, "quiet")) for part in said[1:]]

    # ------------------------------------------------------------- what keys do

    async def more(self, profile: "Profile") -> None:
        """The cursor is at the end: the next page, if there is one."""
        desk, known = profile.desk, profile.known
        if desk is None or not isinstance(known, Told) or known.page.next is None:
            return
        from stylistdesk.queries.client_history import client_history

        page = await asyncio.to_thread(desk.ask, client_history, profile.client_id, known.activity, known.page.next)
        told = {one.command_id for one in known.happenings if one.source == "command"}
        new = tuple(one for one in page.happenings if one.source != "command" or one.command_id not in told)
        if profile.known is known:
            profile.show_known(replace(known, happenings=known.happenings + new, page=page))

    async def turn_filter(self, profile: "Profile", key: Key | None) -> None:
        """Show the next kind."""
        await self._show_only(profile, FILTERS[(FILTERS.index(profile.known.activity) + 1) % len(FILTERS)])

    async def choose_filter(self, profile: "Profile", key: Key | None) -> None:
        """Choose the kind to show."""
        choices = [(one.value, one.value) for one in FILTERS]
        chosen = await profile.app.push_screen_wait(Picker("Show", choices, profile.known.activity.value))
        if chosen is not None:
            await self._show_only(profile, Activity(chosen))

    async def _show_only(self, profile: "Profile", activity: Activity) -> None:
        if profile.desk is not None:
            self._chosen[profile.desk] = activity
            profile.show_known(await asyncio.to_thread(self.read, profile.desk, profile.client_id), afresh=True)

    async def open(self, profile: "Profile", key: Key) -> None:
        one, look = self._at(profile, key), profile.look

        def lay_out(width: int) -> list[Line]:
            facts = (
                ("When", words.moment(one.at, look.here.now, look.here.zone)),
                ("Who", one.by or "she did"),
                ("Kind", one.activity.value),
                ("Step", one.label),
            )
            lines: list[Line] = [
                (Piece(fit(name if place == 0 else "", 8), "label"), Piece(part))
                for name, value in facts
                if value
                for place, part in enumerate(wrap(value, width - 8))
            ]
            return [*lines, BLANK, *((Piece(part),) for said in one.said for part in wrap(said, width))]

        await profile.app.push_screen_wait(Lines("What happened", lay_out))

    async def undo_this(self, profile: "Profile", key: Key | None) -> None:
        """Take back the step under the cursor, if nothing has changed its rows since: so two that were merged part."""
        one = self._at(profile, key) if key is not None else None
        if one is None or not one.command_id or one.label.startswith(("Took back:", "Put back:")):
            profile.tell("This is no step that can be taken back.", bad=True)
            return
        assert profile.desk is not None
        outcome = await asyncio.to_thread(profile.desk.undo, one.command_id)
        await profile.changed(outcome.client_ids)
        redo = profile.program.keymap_of_desk.shown("redo")
        profile.tell(f"Took back: {outcome.label}.", after=f"{redo} does it again.")

    async def edit(self, profile: "Profile", key: Key) -> None:
        profile.tell("What happened cannot be changed.", bad=True)

    async def remove(self, profile: "Profile", key: Key) -> None:
        undo = profile.program.keymap_of_desk.shown("history_undo")
        profile.tell("What happened cannot be removed.", bad=True, after=f"{undo} takes a step back.")

    @staticmethod
    def _at(profile: "Profile", key: Key) -> "Happening":
        known: Told = profile.known
        found = next((one for one in known.happenings if (one.source, one.id) == key), None)
        if found is None:
            raise Refused("This is no longer there.")
        return found


def _day(one: "Happening", look: Look) -> str:
    """Its day; without its weekday where there is little room."""
    on = look.here.day(one.at)
    return words.day(on, look.here.today) if look.width >= NARROW else say_short_day(on, look.here.today)


def _short(by: str) -> str:
    return "import" if by.endswith("by an import") else by.partition(" ")[0]
