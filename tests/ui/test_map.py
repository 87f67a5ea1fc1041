"""The plane of the map, its lines and its pins."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.positions import Position
from stylistdesk.queries.places import Pin
from stylistdesk.ui.map.coastlines import FILE, Kind, read_lines
from stylistdesk.ui.map.drawing import BRAILLE, PLAIN, Lines
from stylistdesk.ui.map.geometry import WORLD, View, fitting, most_of, project, unproject, whole_world
from stylistdesk.ui.map.pins import PinBoard

NEW_YORK = project(40_712_800, -74_006_000)


def pins(*points: tuple[int, int]) -> PinBoard:
    return PinBoard([Pin(number, f"Client {number}", "", "", *at) for number, at in enumerate(points)])


def in_sight(board: PinBoard, view: View) -> list[str]:
    """The signs of all marks in the frame, from the top."""
    rows = range(view.top, view.top + view.height)
    marks = [mark for row in rows for mark in board.in_row(row, view.left, view.left + view.width, view.dot)]
    return [mark.number or "*" for mark in marks]


@given(st.integers(-85_000_000, 85_000_000), st.integers(-180_000_000, 179_999_999))
def test_a_place_is_where_it_was_after_there_and_back(latitude: int, longitude: int) -> None:
    back = unproject(*project(latitude, longitude))
    assert abs(back.latitude - latitude) < 5
    assert abs(back.longitude - longitude) < 5


def test_north_is_up_and_east_is_right() -> None:
    x, y = NEW_YORK
    assert project(48_856_600, 2_352_200)[0] > x
    assert project(48_856_600, 2_352_200)[1] < y
    assert project(90_000_000, 0)[1] < 100
    assert project(-90_000_000, 0)[1] > WORLD - 100


def test_the_file_of_lines_says_where_it_is_from_and_is_small() -> None:
    words = FILE.read_text("ascii")
    assert "Natural Earth" in words[:600]
    assert words[:800].count("public domain") == 2
    assert len(words) < 300_000
    far, near = read_lines()
    assert len(near) > len(far) > 100
    assert {stretch.kind for stretch in near} == set(Kind)
    for stretch in (*far, *near):
        assert 0 <= stretch.left <= stretch.right < WORLD
        assert 0 <= stretch.top <= stretch.bottom < WORLD
        assert stretch.right - stretch.left < WORLD // 3, "no line runs across the whole map"


@pytest.mark.parametrize(("width", "height"), [(1, 1), (76, 13), (116, 30), (300, 80)])
def test_the_world_fits_into_any_frame(width: int, height: int) -> None:
    view = whole_world(width, height)
    assert view.width * 2 * view.dot >= WORLD
    coasts, borders = Lines().draw(view)
    assert len(coasts) == len(borders) == height
    assert all(len(row) == width for row in (*coasts, *borders))


@given(st.integers(0, WORLD - 1), st.integers(0, WORLD - 1), st.integers(256, WORLD // 200))
def test_any_part_of_the_map_can_be_drawn(x: int, y: int, dot: int) -> None:
    view = View(x, y, dot, 40, 12)
    coasts, borders = Lines().draw(view)
    for table in (BRAILLE, PLAIN):
        assert all(
            len(table[one | other]) == 1
            for row in zip(coasts, borders, strict=True)
            for one, other in zip(*row, strict=True)
        )


def test_panning_moves_the_same_lines() -> None:
    lines = Lines()
    view = View(*NEW_YORK, WORLD // 20_000, 60, 20)
    before, after = lines.draw(view)[0], lines.draw(view.panned(6, 3))[0]
    assert any(any(row) for row in before)
    assert [row[6:] for row in before[3:]] == [row[:-6] for row in after[:-3]]


def test_pins_in_one_cell_are_a_number_and_part_as_one_comes_nearer() -> None:
    board = pins((40_712_800, -74_006_000), (40_730_000, -74_000_000), (41_900_000, -71_400_000))
    far = View(*NEW_YORK, WORLD // 2_000, 60, 20)
    assert in_sight(board, far) == ["*", "2"]
    near = View(*NEW_YORK, WORLD // 100_000, 60, 20)
    assert in_sight(board, near) == ["*", "*"]


def test_two_numbers_never_read_as_one() -> None:
    dot = WORLD // 10_000
    x, y = NEW_YORK
    crowded = [unproject(x + column * 2 * dot, y) for column in (0, 0, 1, 1, 1, 3, 4, 4, 9)]
    board = pins(*((at.latitude, at.longitude) for at in crowded))
    marks = board.in_row(y // (4 * dot), 0, WORLD, dot)
    assert [mark.number or "*" for mark in marks] == ["5", "*", "2", "*"]


@given(st.lists(st.tuples(st.integers(-60, 70), st.integers(-179, 179)), max_size=40), st.integers(300, WORLD // 300))
def test_every_pin_is_in_one_mark_and_can_be_reached(places: list[tuple[int, int]], dot: int) -> None:
    board = pins(*((north * 1_000_000, east * 1_000_000) for north, east in places))
    view = View(*NEW_YORK, dot, 60, 20)
    seen: list[int] = []
    order: list[Any] = []
    for _ in range(len(places) + 1):
        mark = board.next_to(view, 1)
        if mark is None or mark in order:
            break
        order.append(mark)
        seen += mark.members
        view = view.at(*board.point_of(mark))
        assert board.under_cursor(view) == mark
    if not places:
        assert board.next_to(view, 1) is None
    assert sorted(seen) == list(range(len(places)))
    marks = [mark for row in {mark.row for mark in order} for mark in board.in_row(row, -20, WORLD, dot)]
    assert sorted(marks) == sorted(order)


@given(st.lists(st.tuples(st.integers(-60, 70), st.integers(-179, 179)), min_size=1, max_size=40))
def test_all_pins_are_in_sight_where_they_fit(places: list[tuple[int, int]]) -> None:
    points = [project(north * 1_000_000, east * 1_000_000) for north, east in places]
    view = fitting(points, 100, 100)
    for x, y in points:
        assert view.left <= x // (2 * view.dot) <= view.left + view.width
        assert view.top <= y // (4 * view.dot) <= view.top + view.height


def test_one_far_away_does_not_make_the_map_small() -> None:
    near = [(NEW_YORK[0] + step * 1000, NEW_YORK[1]) for step in range(30)]
    honolulu = project(21_281_100, -157_826_600)
    assert honolulu not in most_of([*near, honolulu])
    assert set(most_of(near[:5])) == set(near[:5])


def test_the_width_is_told_in_kilometres() -> None:
    equator = View(WORLD // 2, WORLD // 2, WORLD // 2000, 100, 30)
    assert equator.kilometres == pytest.approx(4007, abs=20)
    assert View(*NEW_YORK, WORLD // 2000, 100, 30).kilometres == pytest.approx(4007 * 0.758, abs=20)
    assert Position(0, 0) == unproject(WORLD // 2, WORLD // 2)
