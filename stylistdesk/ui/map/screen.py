"""The map (R23): a pin for each client's primary location, and who is under the cursor."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.domain.positions import Position, geo_link, say_position
from stylistdesk.ui import asking, text, words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import Line, Piece, clip, wrap
from stylistdesk.ui.links import open_link
from stylistdesk.ui.map.coastlines import read_lines
from stylistdesk.ui.map.geometry import WORLD, project, unproject
from stylistdesk.ui.map.pins import REACH, PinBoard
from stylistdesk.ui.map.widget import MapView
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.places import Pin, Pins

NEAR = WORLD // 36_000
"""A dot of a kilometre or so: how near the map is when it opens at a place."""


class MapScreen(DeskScreen):
    """The map of all clients, opened at a place or at a client's pin if that is asked for."""

    PLACE = "Map"
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *bindings(Scope.MAP, Scope.PAGE),
        Binding("tab", "map_next", show=False),
        Binding("shift+tab", "map_before", show=False),
    ]
    AUTO_FOCUS = "#map"

    def __init__(self, at: Position | None = None, client_id: int | None = None) -> None:
        super().__init__()
        self._at, self._client_id = at, client_id
        self._pins: Pins | None = None

    # ------------------------------------------------------------------ frame

    def body(self) -> Iterable[Widget]:
        shown = MapView(id="map")
        shown.follow = self._show_found
        yield shown
        found = Page(id="found")
        found.can_focus = False
        yield found

    @property
    def map(self) -> MapView:
        """The map."""
        return self.query_one("#map", MapView)

    # ---------------------------------------------------------------- loading

    def reload(self) -> None:
        start(self, self._load, "map", group="load", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        if self.map.view is None:
            self.query_one(SumUp).sum_up((Piece("Unfolding the map …", "quiet"),))
        self._pins, board = await asyncio.to_thread(_read, desk)
        if self not in self.app.screen_stack:
            return
        at, self._at = self._at or self._of_client(board), None
        self.map.show(board, project(at.latitude, at.longitude) if at is not None else None, NEAR)

    def _of_client(self, board: PinBoard) -> Position | None:
        """Where the client is for whom the map was opened."""
        client_id, self._client_id = self._client_id, None
        return next((pin.position for pin in board.pins if pin.client_id == client_id), None)

    def _sum_up(self) -> None:
        """How many clients are on the map, how wide it is, and who is missing."""
        if self.map.view is None or self._pins is None:
            return
        pins = self._pins
        said = f"{words.count(len(pins.pins), 'client')} on the map"
        wide = f"   the frame is {self.map.view.kilometres:,} km wide"
        missing = f"   {pins.without:,} without a position" if pins.without else ""
        if pins.with_postcode:
            key = self.program.keymap_of_desk.shown("map_place")
            missing += f": {key} looks for {'it' if pins.with_postcode == 1 else 'them'} by postcode"
        self.query_one(SumUp).sum_up((Piece(said, "strong"), Piece(wide + missing, "quiet")))

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    # ------------------------------------------------------- under the cursor

    @property
    def found(self) -> "list[Pin]":
        """The clients under the cursor, by name."""
        return [self.map.board.pins[index] for index in sorted(self.map.held_pins)]

    def _show_found(self) -> None:
        shown, view = self.query_one("#found", Page), self.map.view
        if view is None:
            return
        found, room = self.found, shown.room
        lines: list[Line] = []
        for pin in found[: max(2, shown.size.height)]:
            where = ", ".join(part for part in (pin.place, pin.city) if part)
            name, place = Piece(pin.name, "strong"), Piece(f"  {where}", "quiet")
            if name.width + place.width <= room:
                lines.append((name, place))
            else:
                lines += [(Piece(clip(part.text, room), part.look),) for part in (name, place)]
        if len(found) > 1 and len(lines) > shown.size.height:
            lines = lines[: shown.size.height - 1]
            named = sum(piece.look == "strong" for line in lines for piece in line)
            key = self.program.keymap_of_desk.shown("map_open")
            lines.append((Piece(f"and {len(found) - named:,} more; {key} lists them all", "quiet"),))
        shown.show(lines or self._nobody(room))
        here = say_position(unproject(view.x, view.y) if len(found) != 1 else found[0].position)
        title = words.count(len(found), "client") + " here" if len(found) > 1 else "Under the cursor"
        shown.entitle(text.content(title), text.content(here))
        self._sum_up()

    def _nobody(self, room: int) -> list[Line]:
        shown = self.program.keymap_of_desk.shown
        if self.map.board.pins:
            return [(Piece(shown("map_next"), "key"), Piece(" goes to the next pin.", "quiet"))]
        lines: list[Line] = [(Piece("No client is on the map yet.", "strong"),)]
        if self._pins is not None and self._pins.with_postcode:
            said = f"{shown('map_place')} puts those there whose postcode is known."
            lines += [(Piece(part, "quiet"),) for part in wrap(said, room)]
        said = "A position is typed in her profile, under Locations."
        return [*lines, *((Piece(part, "quiet"),) for part in wrap(said, room))]

    # ------------------------------------------------------------ what keys do

    def action_map_pan(self, across: int, down: int) -> None:
        """A few cells: as far as the cursor reaches."""
        self.map.pan(across * REACH, down * REACH // 2)

    def action_map_far(self, across: int, down: int) -> None:
        """Half a screen."""
        self.map.pan(across * max(1, self.map.size.width // 2), down * max(1, self.map.size.height // 2))

    def action_map_end(self, last: bool) -> None:
        """To the first mark or the last."""
        self.map.go_to_end(last)

    def action_map_in(self) -> None:
        self.map.zoom(nearer=True)

    def action_map_out(self) -> None:
        self.map.zoom(nearer=False)

    def action_map_all(self) -> None:
        self.map.show_all()

    def action_map_next(self) -> None:
        self.map.go_on(1)

    def action_map_before(self) -> None:
        self.map.go_on(-1)

    def action_map_open(self) -> None:
        """Open the client under the cursor; of several, the one that is picked."""
        start(self.program, self._open, "map", group="dialog")

    async def _open(self) -> None:
        pin = await self._pick("Open the profile of")
        if pin is not None:
            await self.program.open_profile(pin.client_id)

    def action_map_link(self) -> None:
        """Show the place under the cursor in the rep's own maps."""
        start(self.program, self._link, "map", group="dialog")

    async def _link(self) -> None:
        pin = await self._pick("Show on your own map")
        if pin is not None:
            await show_outside(self, pin.position)

    async def _pick(self, title: str) -> "Pin | None":
        from stylistdesk.ui.dialogs.picker import Picker

        found = self.found
        if not found:
            self.tell("Nobody is under the cursor.", bad=True)
        if len(found) < 2:
            return found[0] if found else None
        choices = [(str(pin.client_id), "  ".join(part for part in (pin.name, pin.city) if part)) for pin in found]
        picked = await self.app.push_screen_wait(Picker(title, choices))
        return next((pin for pin in found if str(pin.client_id) == picked), None)

    def action_map_place(self) -> None:
        """Put every client on the map whose postcode is known, as one step."""
        start(self.program, self._place_all, "map", group="dialog")

    async def _place_all(self) -> None:
        from stylistdesk.commands import postcodes
        from stylistdesk.commands.places import PlaceAll

        if not await asyncio.to_thread(postcodes.is_there):
            self.tell("No table of postcodes is here.", bad=True, after="pip install zipcodes brings that of the USA.")
            return
        outcome = await self.program.do(PlaceAll())
        if outcome is not None:
            await self._load()
            self.map.show_all() if outcome.changed and not self.map.held_pins else None

    def action_back(self) -> None:
        """Back to where the map was opened."""
        self.dismiss(None)


def _read(desk: "Desk") -> "tuple[Pins, PinBoard]":
    read_lines()
    pins = asking.read_pins(desk)
    return pins, PinBoard(pins.pins)


async def show_outside(screen: DeskScreen, position: Position) -> None:
    """Open a geo: link in the program that the rep's system has for it; without one, the link is copied."""
    link = geo_link(position)
    if await asyncio.to_thread(open_link, link):
        screen.tell(f"Opened {link}.")
    else:
        screen.app.copy_to_clipboard(link)
        screen.tell("No program here opens geo: links; the link was copied.", after=link)
