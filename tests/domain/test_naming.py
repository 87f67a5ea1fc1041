"""A client is known in others' words however she is written, and nobody else is taken for her."""

import re
import unicodedata

import pytest

from stylistdesk.domain.naming import GONE, Naming, Phone

OZ = Naming(("Özgür Çelik",), ("Oz@Celik.example.com",), (Phone("2079460958", "44"), Phone("3475550135", "1")))
ANA = Naming(("Ana Ruiz",), ("ana@example.com",), of_others=("Ana Ruiz Lopez", "mary.ana@example.com", "Ruiz Ana"))


@pytest.mark.parametrize(
    "written",
    [
        "özgür çelik",
        "ÖZGÜR ÇELİK",
        "Ozgur Celik",
        unicodedata.normalize("NFD", "Özgür Çelik"),
        "Çelik, Özgür",
        "Çelik Özgür",
        "Özgür\u00a0Çelik",
        "Özgür  Çelik",
        "Özgür\nÇelik",
        "Özgür_Çelik",
        "oz@celik.example.com",
        "020 7946 0958",
        "+44 20 79 46 09 58",
        "+44 (0)20 7946 0958",
        "0044 20 7946 0958",
        "442079460958",
        "(347) 555\u20130135",
        "1-347-555-0135",
        "347.555.0135",
    ],
)
def test_she_is_taken_out_however_she_is_written(written: str) -> None:
    assert OZ.taken_out(f"Met {written}’s friend, and {written}.") == f"Met {GONE}’s friend, and {GONE}."


@pytest.mark.parametrize(
    "words",
    [
        "Anna Ruizova and Diana Ruiz",
        "Ana Ruiz Lopez called",
        "Ana Ruiz-Lopez",
        "Mary-Ana Ruiz",
        "Ruiz Ana",
        "ana@example.community",
        "mary.ana@example.com",
        "joana@example.com",
        "Ana and Mrs. Ruiz",
    ],
)
def test_nobody_else_is_taken_for_her(words: str) -> None:
    assert ANA.taken_out(words) == words
    assert not ANA.is_in(words)


def test_a_longer_number_is_another() -> None:
    assert OZ.taken_out("13475550135 99, 93475550135, 347555013588") == f"{GONE} 99, 93475550135, 347555013588"


def test_a_name_of_one_word_is_hers_with_a_capital_alone() -> None:
    rose = Naming(alone=("Rose",), of_others=("Rose Miller",))
    said = "Rose came, ROSE’s hat, rose water, Rosemary, Rose Miller (rose)"
    assert rose.taken_out(said) == f"{GONE} came, {GONE}’s hat, rose water, Rosemary, Rose Miller (rose)"


def test_what_has_a_new_name_is_called_by_it() -> None:
    party = Naming(renamed=(("Fay’s fall party", "Event 3"),))
    assert party.taken_out("Move order #1034 to Fay's fall party") == "Move order #1034 to Event 3"


def test_a_plain_text_that_names_her_has_one_of_the_signs_in_it() -> None:
    for text in ("Ozgur Celik", "celik, ozgur", "Oz@Celik.example.com", "020 7946-0958", "347 555 0135"):
        assert OZ.is_in(text)
        ways = [".*".join(map(re.escape, sign.split("%"))) for sign in OZ.signs]
        assert any(re.search(way, text, re.IGNORECASE) for way in ways), text
