"""Phone numbers as a rep types them."""

import pytest

from stylistdesk.commands.addresses import checked_phone
from stylistdesk.domain.errors import Refused


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("212-555-0101", "US", "+12125550101"),
        ("(212) 555 0101", "US", "+12125550101"),
        ("1 212 555 0101", "CA", "+12125550101"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("  ", "US", ""),
    ],
)
def test_a_number_that_can_be_dialled_from_anywhere_is_kept(typed: str, country: str, number: str) -> None:
    assert checked_phone(typed, country) == number


@pytest.mark.parametrize("typed", ["555-0199", "555-0199 x", "911"])
def test_a_local_number_is_asked_for_with_its_area_code(typed: str) -> None:
    with pytest.raises(Refused, match="too short for a phone number") as no:
        checked_phone(typed, "US")
    assert no.value.field == "phone"
    assert "with its area code" in no.value.hint


@pytest.mark.parametrize("typed", ["coat", "212-555-0101 call her", "2125550101212555"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="is no phone number"):
        checked_phone(typed, "US")
