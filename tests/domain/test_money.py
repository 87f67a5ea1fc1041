"""Money as files write it, and as a rep reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_money, parse_typed_money


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("1,240.00", "USD", 124_000),
        ("$5.00", "USD", 500),
        ("-$45.00", "USD", -4_500),
        ("$-45.00", "USD", -4_500),
        ("12,00", "EUR", 1_200),
        ("(3.00)", "USD", -300),
        ("1240", "JPY", 1_240),
        ("1,240", "JPY", 1_240),
        ("1 240,50 kr", "SEK", 124_050),
        ("1.240,50", "EUR", 124_050),
        ("1\u202f240,50 €", "EUR", 124_050),
        ("CHF 1'240.50", "CHF", 124_050),
        ("1.234.567", "EUR", 123_456_700),
        ("1,24,000", "INR", 12_400_000),
        ("0.125", "KWD", 125),
        ("12.5", "USD", 1_250),
        ("19.989999999999998", "USD", 1_999),
        ("0", "USD", 0),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, currency: str, cents: int) -> None:
    """An order of $1,240 would be worth $1.24."""
    assert parse_money(text, currency) == cents


@pytest.mark.parametrize(
    "text", ["", "abc", "1.240", "-", "$", "1e5", "nan", "١٢", "9" * 30, "1,2,3,4", "12.50.1", "12.05.26", "ab.cde"]
)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    """A wrong amount would be taken without a word."""
    with pytest.raises(Refused) as refused:
        parse_money(text, "USD")
    assert text[:20] in str(refused.value)


@pytest.mark.parametrize(
    ("text", "currency", "advice", "cents"),
    [
        ("1.240", "USD", "Write it as 1,240.00 or 1.24.", (124_000, 124)),
        ("12.505", "USD", "Write it as 12,505.00 or 12.51.", (1_250_500, 1_251)),
        ("$-999.999", "USD", "Write it as -999,999.00 or -1000.00.", (-99_999_900, -100_000)),
        ("1.240", "JPY", "Write it as 1,240 or 1.", (1_240, 1)),
        ("1.240", "KWD", "Write it as 1,240.000 or 1.2400.", (1_240_000, 1_240)),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(
    text: str, currency: str, advice: str, cents: tuple[int, int]
) -> None:
    """Advice for another amount, or one that is refused in turn, would be no help."""
    with pytest.raises(Refused) as refused:
        parse_money(text, currency)
    assert refused.value.hint == advice
    both = advice.removeprefix("Write it as ").removesuffix(".").split(" or ")
    assert tuple(parse_money(one, currency) for one in both) == cents


@pytest.mark.parametrize(
    ("cents", "currency", "shown"),
    [
        (144_000, "USD", "$1,440"),
        (1_250, "USD", "$12.50"),
        (1_205, "EUR", "€12.05"),
        (-300, "USD", "-$3.00"),
        (144_000, "SEK", "1,440 SEK"),
        (1_240, "JPY", "¥1,240"),
        (0, "USD", "$0"),
    ],
)
def test_an_amount_is_shown_plainly(cents: int, currency: str, shown: str) -> None:
    """The pane would show "144000" or "$1440.00000"."""
    assert format_money(cents, currency) == shown


@given(st.integers(-(10**12), 10**12), st.sampled_from(["USD", "JPY", "KWD", "SEK"]))
def test_what_is_shown_can_be_typed_again(cents: int, currency: str) -> None:
    """A form that is opened and saved would change the amount."""
    shown = format_money(cents, currency)
    if currency != "KWD":  # "KWD 1.240" is a thousandth there and a thousand elsewhere
        assert parse_money(shown, currency) == cents


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("1,440", "USD", 144_000),
        ("1,440.00", "USD", 144_000),
        ("1,44", "USD", 144),
        ("1,4", "EUR", 140),
        ("1.440,50", "EUR", 144_050),
        ("12,345,678", "USD", 1_234_567_800),
        ("$40", "USD", 4_000),
        ("US$ 40", "USD", 4_000),
        ("40 usd", "USD", 4_000),
        ("CA$40", "CAD", 4_000),
        ("$40", "CAD", 4_000),
        ("40 kr", "SEK", 4_000),
        ("0,125", "KWD", 125),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(text: str, currency: str, cents: int) -> None:
    assert parse_typed_money(text, currency) == cents


@pytest.mark.parametrize("text", ["1,4400", "1,44000", "12,", "1234,567", "0,125", "1.240,500"])
def test_a_comma_before_anything_else_than_thousands_or_cents_is_refused(text: str) -> None:
    """1,4400 was taken for $1.44."""
    with pytest.raises(Refused, match="is not an amount of money"):
        parse_typed_money(text, "USD")


@pytest.mark.parametrize("text", ["25.0051", "$0.005", "1,440.005"])
def test_a_part_of_a_cent_is_refused(text: str) -> None:
    """A certificate of 25.0051 was sold at another sum than was typed."""
    with pytest.raises(Refused, match="has more decimals than USD"):
        parse_typed_money(text, "USD")


@pytest.mark.parametrize("text", ["40 eur", "€40", "40 CAD", "CA$40", "£40", "x40"])
def test_another_currency_is_refused(text: str) -> None:
    """Forty euros were taken for forty dollars."""
    with pytest.raises(Refused, match="This desk counts in USD"):
        parse_typed_money(text, "USD")


@given(
    st.one_of(
        st.from_regex(r"\A(\$|€|kr )?-?[0-9]{1,4}([.,][0-9]{0,4}){0,3}( ?(usd|eur|kr|SEK))?\Z"),
        st.text("0123456789,.$ -()", max_size=14),
    ),
    st.sampled_from(["USD", "EUR", "JPY", "SEK", "CAD"]),
)
def test_whatever_is_accepted_is_the_same_when_it_is_shown_and_typed_again(text: str, currency: str) -> None:
    try:
        cents = parse_typed_money(text, currency)
    except Refused:
        return
    assert parse_typed_money(format_money(cents, currency), currency) == cents
