"""Cleaning at the border: nothing that a file brings can act on the terminal, and no name loses its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.text import cells, clean, folded, in_cells, name_key


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Ana Ruiz ", "Ana Ruiz"),
        ("Ana\x00 Ruiz", "Ana Ruiz"),
        ("\x1b[31mAna\x1b[0m", "Ana"),
        ("\x1b]0;you are hacked\x07Ana", "Ana"),
        ("\x1b]8;;https://x.example\x1b\\Ana\x1b]8;;\x1b\\", "Ana"),
        ("\x9b31mAna", "Ana"),
        ("\x1bcAna", "Ana"),
        ("Ana\x1b]52;c;aGk=", "Ana"),
        ("Ana\u202egnp.exe", "Anagnp.exe"),
        ("\u2066Ana\u2069", "Ana"),
        ("Ana\ud800", "Ana"),
        ("Zoe\u0308", "Zoë"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("Ana\tRuiz\r\nBoston", "Ana Ruiz Boston"),
        ("[@click=app.quit()]Ana[/]", "[@click=app.quit()]Ana[/]"),
        ("محمد", "محمد"),
    ],
)
def test_a_name_is_kept_and_what_is_no_text_is_not(written: str, kept: str) -> None:
    """A rep would see her terminal change colour, or a name turned round or cut."""
    assert clean(written) == kept


def test_a_note_keeps_its_lines() -> None:
    """A note of three lines would run into one."""
    assert clean("one\r\ntwo\rthree\x1b[2J\tx", multiline=True) == "one\ntwo\nthree\tx"


def test_text_has_a_longest_length() -> None:
    """One endless cell would fill the screen and the file."""
    assert clean("a" * 50, limit=10) == "a" * 10


@given(st.text(), st.booleans())
def test_cleaning_again_changes_nothing(text: str, multiline: bool) -> None:
    """An import repeated would find "changes" that nobody made."""
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once
    assert not {"\x1b", "\x00", "\x9b", "\u202e"} & set(once)
    assert multiline or not {"\n", "\t"} & set(once)


def test_names_are_compared_without_case_and_spacing() -> None:
    """ "ANA  RUIZ" would become a second client beside "Ana Ruiz"."""
    assert name_key(" ANA \t Ruiz") == name_key("Ana Ruiz")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Ana", "Ana  "), ("美咲", "美咲 "), ("美咲 佐藤", "美咲 "), ("Zoë", "Zoë  "), ("名前名", "名前 "), ("", " " * 5)],
)
def test_text_fills_so_many_columns(text: str, shown: str) -> None:
    assert in_cells(text, 5) == shown
    assert cells(in_cells(text, 5)) == 5


def test_accents_and_case_do_not_count_in_a_search() -> None:
    assert folded("ZOË Åkesson") == folded("zoe akesson") == "zoe akesson"
