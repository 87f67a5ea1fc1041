"""Whom a text names: other people, by what names them alone."""

import pytest

from stylistdesk.domain.mentions import Mentions


@pytest.fixture(scope="module")
def known() -> Mentions:
    found = Mentions()
    found.add("", "Ana Ruiz Lopez", "ana@example.com", "+12125550177")
    found.add("Ana Ruiz", "Ana Ruiz", "shared@example.com", "+12125550177")
    found.add("Özgür Çelik", "Özgür Çelik", "oz@example.com", "+442079460958")
    found.add("Rose", "Rose")
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("With OZGUR  CELIK", ("Özgür Çelik",)),
        ("Çelik, Özgür or oz@example.com.", ("Özgür Çelik",)),
        ("Ring 020 7946 0958", ("Özgür Çelik",)),
        ("Ring +44 (20) 7946-0958", ("Özgür Çelik",)),
        ("Rose and Ana Ruiz", ("Rose", "Ana Ruiz")),
        ("Ana Ruiz Lopez, 212 555 0177", ()),
        ("rose water, Özgür alone, Ana Ruizova", ()),
    ],
)
def test_others_are_found_and_she_is_not(known: Mentions, text: str, names: tuple[str, ...]) -> None:
    assert known.named_in(text) == names
