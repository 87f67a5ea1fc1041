"""A part of an order in a rep's words, and the amount that it is."""

import pytest

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_parts import parse_part
from stylistdesk.domain.types import Cents

LEFT = Cents(46_001)


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("230", 23_000),
        ("$1.50", 150),
        ("half", 23_001),
        (" Half ", 23_001),
        ("1/2", 23_001),
        ("all", 46_001),
        ("50 %", 23_001),
        ("12.5%", 5_750),
        ("100 percent", 46_001),
    ],
)
def test_a_part_is_read_into_an_amount(words: str, cents: int) -> None:
    assert parse_part(words, LEFT, "USD") == cents


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("460.02", "Only $460.01 of it is open."),
        ("120 %", "A rate is at most 100 %."),
        ("0", "That is nothing."),
        ("-5", "That is nothing."),
        ("two", "“two” is not an amount of money."),
    ],
)
def test_what_is_no_part_is_refused(words: str, said: str) -> None:
    with pytest.raises(Refused) as no:
        parse_part(words, LEFT, "USD")
    assert no.value.reason == said
