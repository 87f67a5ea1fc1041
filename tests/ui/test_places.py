"""Locations and Contacts in the profile, and the map, with keys only."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands import postcodes
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.desk import Desk
from stylistdesk.domain.positions import Position
from stylistdesk.paths import desk_paths
from tests.ui.conftest import NOW, Rep, at_the_desk, fill

PLACES = (
    (1, LocationForm("Home", "5 Bleecker Row", city="New York", region="NY", position="40.7255, -73.9983")),
    (2, LocationForm("Shop", city="Brooklyn", region="NY", position="40.6940, -73.9903")),
    (3, LocationForm("", city="Seattle", region="WA", position="47.6062, -122.3321")),
    (4, LocationForm("Maison", city="Paris", country="FR", position="48.8566, 2.3522")),
)


@pytest.fixture
def placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four clients on the map, a fifth of whom only the postcode is known."""
    monkeypatch.setattr(postcodes, "position_of", lambda postcode, country: None)
    with Desk.open(desk_paths(tmp_path), clock=FrozenClock(NOW)) as desk:
        fill(desk)
        for client, form in PLACES:
            desk.do(AddLocation(client, form))
        desk.do(AddLocation(5, LocationForm("Home", city="Portland", postcode="04101")))
    monkeypatch.setattr(postcodes, "is_there", lambda: True)
    monkeypatch.setattr(
        postcodes, "position_of", lambda postcode, country: Position(43_660_000, -70_250_000) if postcode else None
    )
    return tmp_path


@pytest.fixture
async def her(placed: Path) -> AsyncIterator[Rep]:
    """A rep at the profile of Ana Ruiz, in the section Locations."""
    async with at_the_desk(placed) as rep:
        await rep.sees("clients need you", "Ana Ruiz")
        await rep.press("8")
        await rep.sees("5 clients", "by name")
        await rep.press("enter")
        await rep.sees("Overview", "Contacts", "Locations", "c1@example.com")
        yield rep


async def _into(rep: Rep, section: str) -> str:
    for _ in range(20):
        if section == rep.app.screen.section.TITLE:  # type: ignore[attr-defined]
            break
        await rep.press("right_square_bracket")
    await rep.press("enter")
    return rep.read()


async def test_a_place_is_added_made_primary_and_removed(her: Rep) -> None:
    await _into(her, "Locations")
    await her.sees("5 Bleecker Row", "40.7255 N, 73.9983 W", "typed")
    await her.press("a")
    await her.sees("Add a location", "Address 2", "Position")
    await her.write("Office")
    await her.press(*["tab"] * 3)
    await her.write("Queens")
    await her.press(*["tab"] * 4)
    await her.write("somewhere")
    await her.press("ctrl+s")
    await her.sees("is no position")
    await her.write("40.75N 73.85W")
    await her.sees("40.7500 N, 73.8500 W")
    await her.press("ctrl+s")
    await her.sees("Added Office of Ana Ruiz", "Queens")
    await her.press("j", "p")
    await her.sees("Made Office the primary place")
    await her.press("delete")
    await her.sees("Removed Office of Ana Ruiz; Home is primary now")
    await her.press("u")
    await her.sees("Took back: Removed Office", "Queens")


async def test_removing_the_primary_of_three_asks_which_is_next(her: Rep) -> None:
    for name in ("Office", "Studio"):
        her.desk.do(AddLocation(1, LocationForm(name)))
    her.app.screen.reload()  # type: ignore[attr-defined]
    await _into(her, "Locations")
    await her.sees("Home", "Office", "Studio")
    await her.press("delete")
    await her.sees("Which is primary then?")
    await her.press("escape")
    await her.until(lambda shown: "Which is primary" not in shown)
    await her.press("delete")
    await her.sees("Which is primary then?")
    await her.press("j", "enter")
    await her.sees("Removed Home of Ana Ruiz; Studio is primary now")


async def test_a_contact_is_added_and_a_wrong_address_is_said(her: Rep) -> None:
    await _into(her, "Contacts")
    await her.sees("c1@example.com", "active", "never asked")
    await her.press("a")
    await her.sees("Add a contact", "Email status")
    await her.write("Her husband")
    await her.press("tab", "tab")
    await her.write("c2@example.com")
    await her.press("ctrl+s")
    await her.sees("belongs to Bea Okafor")
    await her.write("him@example.com")
    await her.press("ctrl+s")
    await her.sees("Added Her husband to Ana Ruiz", "him@example.com")
    await her.press("j", "p")
    await her.sees("Made Her husband the primary contact")
    await her.press("e")
    await her.sees("Edit Her husband", "him@example.com")
    await her.press("tab", "tab", "tab", "right", "right", "ctrl+s")
    await her.sees("Edited Her husband", "bounced")
    await her.press("e")
    await her.sees("Edit Her husband", "Email consent")
    await her.press("tab", "tab", "tab", "tab", "right", "ctrl+s")
    await her.sees("The evidence is missing")
    await her.write("On the phone, today")
    await her.press("ctrl+s")
    await her.sees("him@example.com is subscribed", "email: subscribed")


async def test_an_empty_section_says_what_to_press(placed: Path) -> None:
    async with at_the_desk(placed) as rep:
        await rep.press("8")
        await rep.sees("5 clients")
        rep.desk.do(AddContact(5, ContactForm("x")))
        await rep.press("G", "enter")
        await rep.sees("Emi Tanaka", "Overview")
        await _into(rep, "Locations")
        await rep.sees("not on the map: no position")
        await rep.press("delete")
        await rep.sees("Nothing here yet", "a adds a location")


# ---------------------------------------------------------------------- the map


async def test_the_map_names_who_is_under_the_cursor(placed: Path) -> None:
    async with at_the_desk(placed) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        shown = await rep.sees("4 clients on the map", "1 without a position: P looks for it", "●")
        assert any(chr(0x2801) <= sign <= chr(0x28FF) for sign in shown)
        await rep.press("g")
        await rep.sees("[●]", "Dana Whitfield", "Maison, Paris", "48.8566 N, 2.3522 E")
        await rep.press("n")
        await rep.sees("Cleo Marsh", "Seattle WA")
        await rep.press("n")
        await rep.sees("2 clients here", "Ana Ruiz", "Bea Okafor", "[2]")
        await rep.press("enter")
        await rep.sees("Open the profile of", "Bea Okafor")
        await rep.press("j", "enter")
        await rep.sees("Overview", "c2@example.com")
        await rep.press("escape")
        await rep.sees("4 clients on the map")
        await rep.press("escape")
        await rep.sees("clients need you")


async def test_zooming_in_parts_two_who_are_near_each_other(placed: Path) -> None:
    async with at_the_desk(placed) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        await rep.sees("4 clients on the map")
        await rep.press("G")
        await rep.sees("2 clients here")
        await rep.press(*["plus"] * 12)
        await rep.until(lambda shown: "2 clients here" not in shown and "[●]" in shown)
        await rep.press("0")
        await rep.sees("Under the cursor")
        await rep.press("0")
        world = rep.read()
        assert "km wide" in world


async def test_panning_goes_away_from_a_pin_and_back(placed: Path) -> None:
    async with at_the_desk(placed, (80, 24)) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        await rep.sees("4 clients on the map")
        await rep.press("g")
        await rep.sees("Cleo Marsh")
        await rep.press("h", "left", "k", "up")
        await rep.sees("goes to the next pin")
        await rep.press("l", "right", "j", "down")
        await rep.sees("Cleo Marsh")


async def test_all_are_put_on_the_map_by_their_postcode(placed: Path) -> None:
    async with at_the_desk(placed) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        await rep.sees("P looks for it by postcode")
        await rep.press("P")
        await rep.sees("Put 1 place on the map", "u undoes it")
        await rep.press("j")
        await rep.sees("5 clients on the map")
        await rep.press("u")
        await rep.sees("Took back: Put 1 place on the map")


async def test_the_palette_finds_the_map_and_placing_all(placed: Path) -> None:
    async with at_the_desk(placed) as rep:
        await rep.sees("clients need you")
        await rep.press("ctrl+p", *"clientsare")
        await rep.sees("Map  (M)")
        await rep.press("enter")
        await rep.sees("4 clients on the map")
        await rep.press("ctrl+p", *"placeall")
        await rep.sees("Place all  (P)")
        await rep.press("enter")
        await rep.sees("Put 1 place on the map")


async def test_an_empty_map_says_what_to_do(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        await rep.sees("No client is on the map yet", "under Locations")


async def test_the_map_does_without_braille(placed: Path) -> None:
    async with at_the_desk(placed, first={"symbols": "ascii"}) as rep:
        await rep.sees("clients need you")
        await rep.press("M")
        shown = await rep.sees("4 clients on the map", "Under the cursor")
        assert shown.isascii(), [sign for sign in shown if not sign.isascii()]
        assert shown.count("-") + shown.count("|") > 40


async def test_her_place_opens_on_the_map_and_outside(her: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("stylistdesk.ui.map.screen.open_link", lambda link: not opened.append(link))
    await _into(her, "Locations")
    await her.sees("40.7255 N")
    await her.press("v")
    await her.sees("Opened geo:40.7255,-73.9983")
    await her.press("o")
    await her.sees("4 clients on the map", "[●]", "Ana Ruiz", "Home, New York NY")
    await her.press("o")
    await her.sees("Opened geo:40.7255,-73.9983")
    assert opened == ["geo:40.7255,-73.9983"] * 2
    await her.press("escape")
    await her.sees("5 Bleecker Row")
