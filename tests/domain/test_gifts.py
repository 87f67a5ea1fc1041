"""Numbers of certificates, mixed carts, and card numbers that are never kept."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import (
    ALPHABET,
    IN_AN_EVENT,
    ONLY_FOUR,
    Card,
    GiftLine,
    card,
    clean_number,
    holds_card_number,
    make_number,
    mask_card_numbers,
    refuse_card_number,
    sells_gift,
    shared_back,
    split_cart,
)
from stylistdesk.domain.order_lines import TypedLine, parse_lines
from stylistdesk.domain.types import BasisPoints, Cents

numbers = st.integers(0, 2**32).map(lambda seed: make_number(random.Random(seed).choice))


@given(numbers, st.integers(0, 2**32))
def test_a_number_is_forgiven_how_it_is_typed(number: str, seed: int) -> None:
    """She reads it to the rep on the phone: case, spaces, dashes, O for 0 and a missing GC are all understood."""
    draw = random.Random(seed)
    ways = {"0": ["0", "o", "O"]}
    typed = draw.choice(["", number[:2], "gc-", "G C "])
    for one in number[2:]:
        typed += draw.choice(ways.get(one, [one, one.lower()])) + draw.choice(["", "", " ", "-", " - "])
    assert clean_number(f" {typed} ") == number


@given(numbers, st.integers(2, 9), st.sampled_from(ALPHABET))
def test_a_wrong_letter_is_found(number: str, at: int, other: str) -> None:
    """Otherwise another client's certificate may pay."""
    wrong = number[:at] + other + number[at + 1 :]
    if wrong != number:
        with pytest.raises(Refused):
            clean_number(wrong)


@given(numbers, st.integers(2, 8))
def test_two_letters_that_changed_places_are_found(number: str, at: int) -> None:
    turned = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if turned != number:
        with pytest.raises(Refused):
            clean_number(turned)


@pytest.mark.parametrize("typed", ["", "GC", "GC12345678", "XY7K2M9XQ4", "GC7K2M9XQ", "GC7K2M9XQ44", "coat", "ＧＣ"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as no:
        clean_number(typed)
    assert no.value.field == "number"


def test_a_mixed_cart_is_split() -> None:
    """The goods are an order; the certificates are not, and earn nothing in an event."""
    lines = parse_lines(
        "2 x Gift certificate for Bea @ 50\n1 x Coat @ 240\n1 x e-gift card $25.00 @ 25\n3 x Gift card holder @ 12\n"
        "1 gift Vouchers @ 10\n1 x Gift Card - $15.00 @ 15",
        "USD",
    )
    cart = split_cart(lines, in_event=True)
    assert [line.name for line in cart.goods] == ["Coat", "Gift card holder"]
    assert cart.gifts == (
        GiftLine(Cents(5_000), 2, "Bea"),
        GiftLine(Cents(2_500)),
        GiftLine(Cents(1_000)),
        GiftLine(Cents(1_500)),
    )


@pytest.mark.parametrize(
    ("name", "sells"),
    [
        ("Holiday gift certificate", True),
        ("$50 Gift certificate", True),
        ("Gift Card - $25", True),
        ("Gift card (digital), $25", True),
        ("GIFT CARD / $50 / Blue", True),
        ("Spring Street e-Gift Card", True),
        ("eGift card of $30", True),
        ("Giftcard USD 25", True),
        ("Gift cert. to Bea", True),
        ("Gift card holder", False),
        ("Holder for gift cards", False),
        ("Gift-card-holder, red", False),
        ("Gift card/money wallet", False),
        ("Gift box", False),
        ("Coat with gift card", False),
        ("Coat, paid by gift card", False),
        ("She used her gift certificate.", False),
        ("Gift wrap for a card", False),
    ],
)
def test_a_certificate_is_known_by_its_name_as_shops_write_it(name: str, sells: bool) -> None:
    """Its sale would earn a host a reward; what keeps one, or is paid with one, is goods."""
    assert sells_gift(name) == sells


names = st.sampled_from(["Coat", "Gift certificate", "Gift card for Bea", "Scarf"])
lines = st.builds(TypedLine, names, st.integers(1, 5), st.integers(1, 99_999).map(Cents))


@given(st.lists(lines, max_size=8))
def test_splitting_keeps_every_cent(cart: list[TypedLine]) -> None:
    """Goods and certificates together are the cart."""
    found = split_cart(cart)
    worth = sum(x.quantity * x.price for x in found.goods) + sum(x.count * x.amount for x in found.gifts)
    assert worth == sum(x.quantity * x.price for x in cart)
    assert not any(line.name.startswith("Gift") for line in found.goods)


@pytest.mark.parametrize(
    ("line", "in_event", "field"),
    [
        (TypedLine("Gift certificate", 1, Cents(5_000)), True, "event_id"),
        (TypedLine("Gift certificate", 1, Cents(0)), False, "lines"),
        (TypedLine("Gift certificate", 101, Cents(100)), False, "lines"),
        (TypedLine("Gift certificate", 1, Cents(5_000), Cents(500)), False, "lines"),
        (TypedLine("Gift certificate", 1, Cents(5_000), rate=BasisPoints(700)), False, "lines"),
    ],
)
def test_a_certificate_is_not_sold_so(line: TypedLine, in_event: bool, field: str) -> None:
    with pytest.raises(Refused) as no:
        split_cart([line], in_event=in_event)
    assert no.value.field == field
    assert (no.value.reason == IN_AN_EVENT) == in_event


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 9_999).map(Cents)), st.integers(0, 60_000), st.integers(0, 6))
def test_money_goes_back_to_certificates_first(paid: dict[int, Cents], cents: int, first: int) -> None:
    """Never more than each has paid, and nothing for the card while a certificate is short of what it paid."""
    back, rest = shared_back(paid, cents, first)
    assert sum(back.values()) + rest == cents
    assert all(0 < part <= paid[key] for key, part in back.items())
    assert rest == max(0, cents - sum(paid.values()))
    if first in paid and cents:
        assert back[first] == min(paid[first], cents)


@pytest.mark.parametrize(
    "words",
    [
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "3782 822463 10005",
        "4222222222222",
        "6304000000000000000",
        "1234567890123",
        "pays with 4111 1111 1111 1111, 12/27",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111\u20131111\u20131111\u20131111",
        "4111  1111 - 1111 / 1111",
        "4111.1111.1111.1111",
        "4111_1111_1111_1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "card:4111111111111111x",
        "４１１１１１１１１１１１１１１１",
        "00004111111111111111222",
    ],
)
def test_a_card_number_is_refused_wherever_it_is_typed(words: str) -> None:
    """Luhn or not: no card's number is ever kept."""
    for check in (lambda: refuse_card_number(words), lambda: card("Visa", words), lambda: card(words, "4242")):
        with pytest.raises(Refused) as no:
            check()
        assert no.value.reason == ONLY_FOUR


@pytest.mark.parametrize(
    "words",
    ["", "for her sister", "call 212-555-0101", "+1 (212) 555-0101", "2026-11-27, order S1003", "GC7K2M9XQ4",
     "ZIP 10001\n212 555 0101", "$1,200.00, $3,400.00, $5,600.00"],
)  # fmt: skip
def test_other_digits_are_not(words: str) -> None:
    """A phone number in a note is fine."""
    refuse_card_number(words)


def test_a_card_is_its_brand_and_four_digits() -> None:
    assert card(" Visa ", "4242 ") == Card("Visa", "4242")
    for brand, four in (("", "4242"), ("Visa", "424"), ("Visa", "42425"), ("Visa 424242", "4242"), ("Visa", "ab12")):
        with pytest.raises(Refused):
            card(brand, four)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("paid with 4111 1111 1111 1111", "paid with •••• •••• •••• 1111"),
        ("4111-1111-1111-1111.", "••••-••••-••••-1111."),
        ("Amex 3782 822463 10005, thanks", "Amex •••• •••••• •0005, thanks"),
        ("4111 1111 1111 1111 12/27 cvc", "•••• •••• •••• 1111 12/27 cvc"),
        ("order 12 4111 1111 1111 1111", "order 12 •••• •••• •••• 1111"),
        ("4111\u00a01111\u00a01111\u00a01111", "••••\u00a0••••\u00a0••••\u00a01111"),
        ("4111  1111 – 1111  1111", "••••  •••• – ••••  1111"),
        ("4111111111111111 5500005555555559", "••••••••••••1111 ••••••••••••5559"),
        ("4111/1111/1111/1111", "••••/••••/••••/1111"),
        ("(4111)(1111)(1111)(1111)", "(••••)(••••)(••••)(1111)"),
        ("4111, 1111, 1111, 1111", "••••, ••••, ••••, 1111"),
        ("Visa 4111 1111\n1111 1111", "Visa •••• ••••\n•••• 1111"),
        ("4111 1111 1111\n  1111, 12/27", "•••• •••• ••••\n  1111, 12/27"),
        ("4111.11111111.1111", "••••.••••••••.1111"),
        ("４１１１１１１１１１１１１１１１", "••••••••••••１１１１"),
        ("4111－1111／1111 1111", "••••－••••／•••• 1111"),
        ("2223 0031 2200 3222", "•••• •••• •••• 3222"),
        ("6011 0009 9013 9424", "•••• •••• •••• 9424"),
        ("3530111333300000", "••••••••••••0000"),
        ("3056 930902 5904", "•••• •••••• 5904"),
        ("6200 0000 0000 0005", "•••• •••• •••• 0005"),
    ],
)
def test_no_more_of_a_card_than_its_last_four_is_left_in_words(words: str, kept: str) -> None:
    """Her card's month beside it, or an order's number before it, would have hidden the card's."""
    assert holds_card_number(words)
    assert mask_card_numbers(words)[0] == kept
    assert mask_card_numbers(kept) == (kept, 0)


@pytest.mark.parametrize(
    "words",
    ["", "(212) 555-0101 (646) 555-0102", "212 555 0101 646 555 0102", "order 1234567890123", "ends in 1111",
     "4111 1111 1111 1112", "41111111111111111111111", "2026-11-21 14:42:10", "1 " * 40_000,
     "barcode 4222222222222", "4006381333931\n4000417025005", "+49 151 2345 6789", "40123456\n40123458",
     "(303) 555-0123, 11/22", "305-555-0123 1127", "305-5550123 1127", "3055550123 1127", "12/03/2026, 14/05/2026",
     "S4111-1111, PO1111-1111", "$4,111, $1,111, $1,111, $1,111", "DE89 3704 0044 0532 0130 00"],
)  # fmt: skip
def test_other_digits_stay_in_words(words: str) -> None:
    assert mask_card_numbers(words) == (words, 0)
