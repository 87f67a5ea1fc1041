"""QR codes: what is on the screen is what segno makes, and so is what is in the files (R37)."""

import struct
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.qr_code import QUIET, SCALE, half_blocks, qr_file, qr_rows

LINK = "https://shop.example.com/?event=fays-fall-party"


def read_back(lines: tuple[str, ...]) -> list[list[bool]]:
    """The modules of drawn lines: each sign is two, one above the other."""
    rows: list[list[bool]] = []
    for line in lines:
        rows.append([sign in "▀█" for sign in line])
        rows.append([sign in "▄█" for sign in line])
    return rows


@given(st.text(alphabet="abc/?=&%123", min_size=1, max_size=200), st.integers(0, 5))
def test_the_drawn_code_is_the_one_that_segno_makes(rest: str, quiet: int) -> None:
    """One module off, and no phone reads it."""
    link = f"https://shop.example.com/{rest}"
    rows, made = read_back(half_blocks(qr_rows(link), quiet)), segno.make(link, micro=False, error="l")
    size = made.symbol_size(border=quiet)[1]
    assert rows[:size] == [[bool(dark) for dark in row] for row in made.matrix_iter(border=quiet)]
    assert not any(any(row) for row in rows[size:])


def test_the_usual_link_fits_80x24_with_all_that_is_light_around_it() -> None:
    lines = half_blocks(qr_rows(LINK), QUIET)
    assert len(lines) <= 22 and len(lines[0]) <= 80


def test_a_link_that_no_code_holds_is_refused() -> None:
    for make in (qr_rows, lambda link: qr_file(link, ".png")):
        with pytest.raises(Refused, match="too long"):
            make("https://shop.example.com/" + "x" * 3000)


def test_the_files_hold_the_code_at_its_size() -> None:
    side = (len(qr_rows(LINK)) + 2 * QUIET) * SCALE
    png = qr_file(LINK, ".png")
    assert png.startswith(b"\x89PNG") and struct.unpack(">II", png[16:24]) == (side, side)
    expected: Any = BytesIO()
    segno.make(LINK, micro=False, error="l").save(expected, kind="png", border=QUIET, scale=SCALE)
    assert png == expected.getvalue()
    svg = ElementTree.fromstring(qr_file(LINK, ".svg"))
    assert svg.attrib["width"] == str(side)
