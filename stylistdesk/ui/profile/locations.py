"""Locations: her places, one of them primary (R23), and where each is on the map."""

from typing import TYPE_CHECKING

from stylistdesk.domain.positions import format_position, parse_position, say_position
from stylistdesk.ui import asking
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip
from stylistdesk.ui.profile.next_primary import ask_next
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.places import LocationForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.places import PlaceRow
    from stylistdesk.ui.profile.screen import Profile

Known = tuple["PlaceRow", ...]


class Locations(Section["Known"]):
    """Each place with its address and position."""

    TITLE = "Locations"
    SCOPE = Scope.LOCATIONS
    ADDS = "a location"

    def read(self, desk: "Desk", client_id: int) -> Known:
        return asking.read_places(desk, client_id)

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [Entry(tuple(_lines(place, look)), ("location", place.id)) for place in known]

    async def add(self, profile: "Profile") -> None:
        def command(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.places import AddLocation

            return AddLocation(profile.client_id, _form_of(values), primary=values.get("primary") == "yes")

        await profile.fill_in(
            "Add a location", _fields(None, first=not profile.known), command, draft=f"location:new:{profile.client_id}"
        )

    async def edit(self, profile: "Profile", key: Key) -> None:
        place = _known(profile, key)
        if place is None:
            return

        def command(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.places import EditLocation

            return EditLocation(place.id, _form_of(values))

        await profile.fill_in(f"Edit {place.said}", _fields(place), command, draft=f"location:{place.id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.places import RemoveLocation

        place = _known(profile, key)
        if place is None:
            return
        others = [(other.id, other.said) for other in profile.known if other.id != place.id]
        goes, heir = await ask_next(profile, place.is_primary, others)
        if goes:
            await profile.carry_out(RemoveLocation(place.id, heir))

    async def make_primary(self, profile: "Profile", key: Key | None) -> None:
        """Have it go to reports, and be the pin on the map."""
        from stylistdesk.commands.places import MakeLocationPrimary

        if key is not None:
            await profile.carry_out(MakeLocationPrimary(key[1]))

    async def show_on_map(self, profile: "Profile", key: Key | None) -> None:
        """Open the map at the place."""
        from stylistdesk.ui.map.screen import MapScreen

        place = _known(profile, key)
        if place is not None and place.position is not None:
            await profile.app.push_screen(MapScreen(place.position))
        else:
            profile.tell("This place has no position yet.", bad=True, after="Type one in its form.")

    async def show_outside(self, profile: "Profile", key: Key | None) -> None:
        """Open the place in the rep's own program for maps."""
        from stylistdesk.ui.map.screen import show_outside

        place = _known(profile, key)
        if place is not None and place.position is not None:
            await show_outside(profile, place.position)
        else:
            profile.tell("This place has no position yet.", bad=True, after="Type one in its form.")


def _known(profile: "Profile", key: Key | None) -> "PlaceRow | None":
    return next((place for place in profile.known or () if key is not None and place.id == key[1]), None)


def _lines(place: "PlaceRow", look: Look) -> list[Line]:
    name = place.name or ("primary" if place.is_primary else "another place")
    lines: list[Line] = [
        (Piece(f" {clip(name, look.width - 12)}", "strong"), _primary(place.is_primary and place.name))
    ]
    lines += [(Piece(f"   {clip(part, look.width - 3)}"),) for part in place.address]
    if place.position is not None:
        source = "typed" if place.position_from == "typed" else "by its postcode"
        lines.append((Piece(f"   {say_position(place.position)}", "quiet"), Piece(f"  {source}", "quiet")))
    else:
        lines.append((Piece("   not on the map: no position", "quiet"),))
    return [*lines, BLANK]


def _primary(shown: object) -> Piece:
    return Piece("  primary" if shown else "", "label")


def _fields(place: "PlaceRow | None", *, first: bool = False) -> list[Field]:
    def understood(typed: str) -> str:
        return say_position(parse_position(typed)) if typed.strip() else ""

    typed, hint = "", "40.7128, -74.0060; empty: by the postcode, where that is known"
    if place is not None and place.position is not None:
        if place.position_from == "typed":
            typed = format_position(place.position)
        else:
            hint = f"now {say_position(place.position)}, by the postcode; type another to change it"
    fields = [
        Field("name", "Name", place.name if place else "", hint="billing, shipping, headquarters; may be empty"),
        Field("line1", "Address", place.line1 if place else ""),
        Field("line2", "Address 2", place.line2 if place else ""),
        Field("city", "City", place.city if place else ""),
        Field("region", "Region", place.region if place else "", hint="state or province"),
        Field("postcode", "Postcode", place.postcode if place else ""),
        Field("country", "Country", place.country if place else "", hint="two letters or its name; empty: your own"),
        Field("position", "Position", typed, hint=hint, understood=understood),
    ]
    if place is None and not first:
        fields.append(
            Field("primary", "Primary", "no", choices=(("no", "no"), ("yes", "yes, in place of the present")))
        )
    return fields


def _form_of(values: dict[str, str]) -> "LocationForm":
    from stylistdesk.commands.places import LocationForm

    return LocationForm(**{name: value for name, value in values.items() if name != "primary"})
