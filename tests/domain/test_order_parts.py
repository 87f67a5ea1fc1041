"""A part of an order in a rep's words, and the amount that it is."""

import pytest

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_parts import LineWorth, parse_part
from stylistdesk.domain.types import Cents

LINES = (
    LineWorth("Cable cardigan, cream", 4, Cents(38_000)),
    LineWorth("Felt hat", 2, Cents(9_600)),
    LineWorth("Felt gloves", 3, Cents(10_000)),
)
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
        ("2 x Cable", 19_000),
        ("2 x Cardigan", 19_000),
        ("2x1", 19_000),
        ("4 × cable cardigan, cream", 38_000),
        ("1 x Cable cardigan, cream, 1 x felt hat", 9_500 + 4_800),
        ("1 x 2, 2 x 3", 4_800 + 6_667),
        ("1 x felt h; 1 x felt g", 4_800 + 3_333),
        ("1 x 3, 2 x gloves", 10_000),
    ],
)
def test_a_part_is_read_into_an_amount(words: str, cents: int) -> None:
    assert parse_part(words, LEFT, LINES, "USD") == cents


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("460.02", "Only $460.01 of it is open."),
        ("4 x 1, 2 x 2", "That is $476, and only $460.01 of it is open."),
        ("120 %", "A rate is at most 100 %."),
        ("0", "That is nothing."),
        ("-5", "That is nothing."),
        ("0 x 1", "That is nothing."),
        ("5 x Cardigan", "The order has 4 x Cable cardigan, cream, not 5."),
        ("3 x cable, 2 x 1", "The order has 4 x Cable cardigan, cream, not 5."),
        ("1 x felt", "“felt” could be the lines 2 and 3."),
        ("1 x scarf", "No line of it is called “scarf”."),
        ("two", "“two” is not an amount of money."),
    ],
)
def test_what_is_no_part_is_refused(words: str, said: str) -> None:
    with pytest.raises(Refused) as no:
        parse_part(words, LEFT, LINES, "USD")
    assert no.value.reason == said


def test_an_order_without_lines_ships_by_amount() -> None:
    assert parse_part("half", Cents(100), (), "USD") == 50
    with pytest.raises(Refused, match="no lines"):
        parse_part("2 x Cardigan", Cents(100), (), "USD")
