"""Rows: every bad one is refused by the line on which it starts, and costs no other row."""

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.exchange.records import RefusedRow
from stylistdesk.exchange.rows import Lines, json_rows, table_rows


def _read(text: str, width: int | None = 3) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    good, bad = [], []
    for found in table_rows(Lines(StringIO(text, newline="")), ",", width):
        if isinstance(found, RefusedRow):
            bad.append((found.line, found.reason))
        else:
            good.append(found)
    return good, bad


def test_a_cell_of_several_lines_counts_as_one_row() -> None:
    """The lines that a refusal names would be off by the notes above them."""
    good, bad = _read('a,"one\ntwo\r\nthree",c\nx,y\nd,e,f\n')
    assert [line for line, _ in good] == [1, 5]
    assert bad == [(4, "the row has 2 cells where the header has 3")]


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    """One stray quote would swallow the rest of the list without a word."""
    good, bad = _read('a,b,c\nd,"e,f\ng,h,i\nj,k,l\n')
    assert good == [(1, ["a", "b", "c"]), (3, ["g", "h", "i"]), (4, ["j", "k", "l"])]
    assert bad == [(2, "a quote opened here is never closed")]


def test_two_stray_quotes_cost_two_rows() -> None:
    """A stray quote would run on to the next one, and the rows between would be lost."""
    good, bad = _read('a,"b,c\nd,e,f\ng,"h,i\nj,k,l\n')
    assert [line for line, _ in good] == [2, 4]
    assert [line for line, _ in bad] == [1, 3]


def test_a_ragged_row_of_several_lines_is_refused_once() -> None:
    good, bad = _read('a,b,c\nd,"e\nstill e\nand e",f,g,h\nh,i,j\n')
    assert good == [(1, ["a", "b", "c"]), (5, ["h", "i", "j"])]
    assert bad == [(2, "the row has 5 cells where the header has 3, and goes on to line 4")]


def test_a_spreadsheets_commas_at_the_end_are_passed_over() -> None:
    """A list opened and saved in a spreadsheet would be refused row by row."""
    assert _read("a,b,c,,\n\n ,,\n,,\n") == ([(1, ["a", "b", "c"]), (3, [" ", "", ""]), (4, ["", "", ""])], [])


def test_a_cell_that_is_too_long_is_refused() -> None:
    """One broken cell would fill the memory."""
    good, bad = _read(f"a,{'x' * 100_001},c\nd,e,f\n")
    assert good == [(2, ["d", "e", "f"])]
    assert bad[0][0] == 1
    assert "longer than 100,000" in bad[0][1]


def test_a_line_that_is_too_long_is_refused() -> None:
    """A file of one endless line would fill the memory."""
    good, bad = _read("x" * 4_100_000 + "\nd,e,f\n")
    assert good == [(2, ["d", "e", "f"])]
    assert bad == [(1, "the line is longer than 2,000,000 characters")]


@given(st.text(alphabet='a",\n\r;é', max_size=60))
def test_no_text_stops_the_reading(text: str) -> None:
    """A damaged file would end in a traceback."""
    good, bad = _read(text)
    lines = [line for line, _ in good] + [line for line, _ in bad]
    assert len(set(lines)) == len(lines)


def test_json_lines_are_rows_too() -> None:
    """A key given twice would lose one value, and a wrong line would stop the file."""
    unknown: dict[str, None] = {}
    text = '{"a": 1.50, "b": null, "zzz": "?"}\nnot json\n\n["a"]\n{"a": "", "a": true}\n{"a": {"b": 1}}\n' + "[" * 5000
    found = list(json_rows(Lines(StringIO(text, newline="")), ("a", "b"), unknown))
    assert found[0] == (1, ["1.50", ""])
    assert found[3] == (5, ["true", ""])
    assert [row.line for row in found if isinstance(row, RefusedRow)] == [2, 4, 6, 7]
    assert list(unknown) == ["zzz"]
