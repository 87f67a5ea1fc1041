"""Positions as a rep types them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.positions import Position, format_position, geo_link, parse_position, say_position

NEW_YORK = Position(40_712_800, -74_006_000)
north = st.integers(-90_000_000, 90_000_000)
east = st.integers(-180_000_000, 180_000_000)


@pytest.mark.parametrize(
    "typed",
    [
        "40.7128, -74.0060",
        "40.7128,-74.006",
        "  40.7128   -74.0060 ",
        "40.7128 N 74.0060 W",
        "40.7128N, 74.0060W",
        "40.7128N74.0060W",
        "N 40.7128, W 74.0060",
        "40.7128° N, 74.0060° W",
        "W 74.0060 / N 40.7128",
        "74.0060w 40.7128n",
        "40.7128; -74.0060",
        "+40.7128 −74.0060",
        "geo:40.7128,-74.0060",
        "geo:40.7128,-74.0060?z=12",
    ],
)
def test_a_position_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_position(typed) == NEW_YORK


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("40°42'46\"N 74°0'22\"W", Position(40_712_778, -74_006_111)),
        ("40° 42' 46\" N, 74° 0' 22\" W", Position(40_712_778, -74_006_111)),
        ("40°42.7680′ N 74°0.36′ W", NEW_YORK),
        ("33°52'S 151°12'E", Position(-33_866_667, 151_200_000)),
        ("0, 0", Position(0, 0)),
        ("-90, 180", Position(-90_000_000, 180_000_000)),
        ("0.0000005, -0.0000004", Position(1, 0)),
    ],
)
def test_minutes_seconds_and_the_ends_of_the_earth(typed: str, position: Position) -> None:
    assert parse_position(typed) == position


@pytest.mark.parametrize(
    "typed",
    [
        "", "New York", "40.7128", "geo:", "40,7128 -74,0060", "91, 0", "0, 181", "40N 41N", "74W 75E", "-40 N 74 W",
        "40 60 70", "40°61'N 74°W", "N40N 74W", "40.7128, -74.0060, 12", "١٢, ٣",
    ],
)  # fmt: skip
def test_what_is_no_position_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused) as no:
        parse_position(typed)
    assert no.value.field == "position"
    assert "40.7128" in str(no.value)


@given(north, east)
def test_what_is_written_can_be_typed_again(latitude: int, longitude: int) -> None:
    position = Position(latitude, longitude)
    assert parse_position(format_position(position)) == position
    assert parse_position(geo_link(position)) == position
    near = parse_position(say_position(position))
    assert abs(near.latitude - latitude) <= 50
    assert abs(near.longitude - longitude) <= 50


def test_a_position_is_said_with_its_directions() -> None:
    assert say_position(NEW_YORK) == "40.7128 N, 74.0060 W"
    assert geo_link(NEW_YORK) == "geo:40.7128,-74.006"
