"""Returns (R39) as pure rules: the fee, the window, what pieces were paid for, where a refund goes, what is typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.return_words import Typed, parse_coming, say_coming
from stylistdesk.domain.returns import Bought, Coming, check_window, fee_of, refunded, restock_fee, shared_out
from stylistdesk.domain.types import Cents, RestockBasis, ReturnKind

REFUND, EXCHANGE, DAMAGED, MIS_SHIPPED = ReturnKind
PER_RETURN, PER_ITEM = RestockBasis


def coming(kind: ReturnKind, quantity: int = 1, cents: int = 5_000, *, replaced: bool | None = None) -> Coming:
    is_replaced = kind is EXCHANGE if replaced is None else replaced
    return Coming(1, "Coat", quantity, Cents(cents), kind, is_replaced)


@pytest.mark.parametrize(
    ("lines", "a_return", "an_item"),
    [
        ([coming(REFUND)], 200, 200),
        ([coming(REFUND, 3)], 200, 600),
        ([coming(REFUND), coming(REFUND, 2)], 200, 600),
        ([coming(EXCHANGE)], 0, 0),
        ([coming(DAMAGED)], 0, 0),
        ([coming(DAMAGED, replaced=True)], 0, 0),
        ([coming(MIS_SHIPPED, 4)], 0, 0),
        ([coming(REFUND, 2), coming(EXCHANGE, 3), coming(DAMAGED), coming(MIS_SHIPPED, replaced=True)], 200, 400),
        ([coming(REFUND, cents=150)], 150, 150),  # never below zero
        ([coming(REFUND, cents=150), coming(DAMAGED, cents=9_000)], 150, 150),  # and of the refund lines alone
        ([coming(REFUND, cents=0), coming(REFUND, cents=900)], 200, 200),  # a gift among them costs nothing
        ([coming(REFUND, 3, cents=450)], 200, 450),
    ],
)
def test_the_restock_fee(lines: list[Coming], a_return: int, an_item: int) -> None:
    """On a return that is no exchange, of its refund lines only, for the return or for each item."""
    assert restock_fee(lines, 200, PER_RETURN) == a_return
    assert restock_fee(lines, 200, PER_ITEM) == an_item


def test_a_country_may_have_its_own_fee() -> None:
    fees = {"ca": 300, "GB": 0}
    assert [fee_of(country, 200, fees) for country in ("US", "CA", "gb", "")] == [200, 300, 0, 200]


@pytest.mark.parametrize(
    ("bought", "today", "taken"),
    [
        (date(2026, 10, 22), date(2026, 11, 21), True),  # the 30th day is the last
        (date(2026, 10, 21), date(2026, 11, 21), False),
        (date(2026, 11, 21), date(2026, 11, 21), True),
        (date(2026, 10, 15), date(2026, 11, 14), True),  # over a night of 25 hours
        (date(2026, 2, 20), date(2026, 3, 22), True),  # and one of 23
        (date(2026, 2, 20), date(2026, 3, 23), False),
    ],
)
def test_the_window_is_counted_in_days(bought: date, today: date, taken: bool) -> None:
    if taken:
        check_window(bought, today, 30)
        return
    with pytest.raises(Refused) as no:
        check_window(bought, today, 30)
    assert "30 days from the original purchase" in str(no.value) and "Ask HQ" in str(no.value)


def test_the_refusal_names_the_last_day() -> None:
    with pytest.raises(Refused, match="the last day was 20 Nov 2026"):
        check_window(date(2026, 10, 21), date(2026, 11, 21), 30)


@given(st.integers(0, 10_000), st.integers(1, 30), st.data())
def test_no_cent_is_lost_or_made_over_partial_returns(worth: int, quantity: int, data: st.DataObject) -> None:
    """However she sends them, in whatever parts, and with some called off again: all of it is what she paid."""
    back: list[tuple[int, Cents]] = []
    while sum(count for count, _ in back) < quantity:
        done = sum(count for count, _ in back)
        if back and data.draw(st.booleans()) and data.draw(st.booleans()):
            back.pop(data.draw(st.integers(0, len(back) - 1)))
            continue
        line = Bought(1, "Socks", quantity, Cents(worth), done, Cents(sum(cents for _, cents in back)))
        count = data.draw(st.integers(1, line.left))
        cents = line.paid_for(count)
        assert 0 <= cents <= line.left_cents
        back.append((count, cents))
    assert sum(cents for _, cents in back) == worth


@given(st.integers(0, 5_000), st.dictionaries(st.integers(1, 9), st.integers(0, 2_000)))
def test_a_refund_goes_to_the_certificates_first(refund: int, paid: dict[int, int]) -> None:
    to_gifts, to_card = shared_out(refund, paid)
    assert sum(to_gifts.values()) + to_card == refund
    assert all(0 < cents <= paid[key] for key, cents in to_gifts.items())
    assert to_card == max(0, refund - sum(paid.values()))


def test_only_what_is_not_replaced_is_refunded() -> None:
    lines = [coming(REFUND), coming(EXCHANGE), coming(DAMAGED), coming(DAMAGED, replaced=True)]
    assert refunded(lines) == 10_000


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("", []),
        ("1", [Typed(1, REFUND)]),
        ("all", [Typed(None, REFUND)]),
        ("2 r", [Typed(2, REFUND)]),
        ("2 x refunded", [Typed(2, REFUND)]),
        ("exchange", [Typed(1, EXCHANGE, True)]),
        ("1 Exchange for size M", [Typed(1, EXCHANGE, True, "size M")]),
        ("1 e the navy one", [Typed(1, EXCHANGE, True, "the navy one")]),
        ("1 damaged", [Typed(1, DAMAGED)]),
        ("1 damaged, replaced with a whole one", [Typed(1, DAMAGED, True, "a whole one")]),
        ("3 mis-shipped; 1 refund", [Typed(3, MIS_SHIPPED), Typed(1, REFUND)]),
        ("1 wrong, replace", [Typed(1, MIS_SHIPPED, True)]),
    ],
)
def test_what_is_typed_beside_a_line(words: str, means: list[Typed]) -> None:
    assert list(parse_coming(words)) == means
    again = "; ".join(
        f"{one.quantity or 'all'} {say_coming(one.kind, is_replaced=one.is_replaced, instead=one.instead)}"
        for one in means
    )
    assert list(parse_coming(again)) == means


@pytest.mark.parametrize(
    "words", ["0", "banana", "one", "1 refund for M", "2 refund, replaced", "1 exchange, refunded", "3 x"]
)
def test_what_is_not_understood_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(Refused) as no:
        parse_coming(words)
    assert no.value.hint
