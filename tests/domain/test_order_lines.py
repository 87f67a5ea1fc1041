"""The lines of a purchase order, as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_lines import TypedLine, parse_lines, same_lines, spell_line
from stylistdesk.domain.types import BasisPoints, Cents


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("4 x Cable cardigan, cream - M @ 95.00", TypedLine("Cable cardigan, cream - M", 4, Cents(9_500))),
        ("6 Felt hat @ $48", TypedLine("Felt hat", 6, Cents(4_800))),
        ("1x Coat [NM-310-M] @ 1,440", TypedLine("Coat", 1, Cents(144_000), sku="NM-310-M")),
        (
            "2 x Coat at the sea @ 10 less 5 at 7.5 %",
            TypedLine("Coat at the sea", 2, Cents(1_000), Cents(500), "", BasisPoints(750)),
        ),
        ("2 x Coat @ 10 at 0", TypedLine("Coat", 2, Cents(1_000), rate=BasisPoints(0))),
    ],
)
def test_a_line_is_read_as_it_is_meant(typed: str, line: TypedLine) -> None:
    """A purchase order of forty lines would be forty forms."""
    assert parse_lines(f"\n{typed}\n", "USD") == (line,)


@pytest.mark.parametrize(
    "typed",
    [
        "Coat @ 10",
        "4 Coat",
        "4 x @ 10",
        "4 x Coat @ ten",
        "1 x Coat @ 10 less 11",
        "1 x Coat @ 5 at 101 %",
        "@",
        "1 x Gift certificate @ 501 x Felt hat @ $96",
    ],
)
def test_a_line_that_is_none_is_named_by_its_number(typed: str) -> None:
    """She would look for it among forty."""
    with pytest.raises(Refused) as no:
        parse_lines(f"1 x Coat @ 10\n{typed}", "USD")
    assert no.value.reason.startswith("Line 2:")
    assert no.value.field == "lines"


@given(
    st.text(st.characters(whitelist_categories=["Lu", "Ll"]), min_size=1, max_size=20),
    st.integers(1, 999),
    st.integers(0, 10**8),
    st.one_of(st.none(), st.integers(0, 10_000)),
    st.integers(0, 100),
)
def test_what_is_shown_can_be_typed_again(name: str, quantity: int, price: int, rate: int | None, part: int) -> None:
    """An order that is opened and saved would become another."""
    discount = Cents(price * quantity * part // 100)
    known = TypedLine(name, quantity, Cents(price), discount, "A-1", rate if rate is None else BasisPoints(rate))
    (again,) = parse_lines(spell_line(known, "USD"), "USD")
    assert (again.quantity, again.price, again.discount, again.rate, again.sku) == (
        quantity,
        price,
        discount,
        rate,
        "A-1",
    )


@pytest.mark.parametrize(
    ("there", "typed", "same"),
    [
        ("1 x A @ 10\n1 x B @ 10", "1 x B @ 10", (1,)),
        ("1 x A @ 10\n1 x B @ 10", "1 x B @ 10\n1 x C @ 10", (1, None)),  # A went, C is new
        ("1 x A @ 10\n1 x B @ 20", "2 x b @ 20\n1 x A @ 12", (1, 0)),
        ("1 x Coat [N-1] @ 10\n1 x Coat [N-2] @ 10", "1 x Coat [N-2] @ 10", (1,)),
        ("1 x A @ 10\n1 x Caot @ 20\n1 x C @ 20", "1 x A @ 10\n3 x Coat @ 20\n1 x C @ 20", (0, 1, 2)),
        ("1 x A @ 10\n1 x B @ 20\n1 x C @ 30", "1 x A @ 10\n1 x X @ 99\n1 x C @ 30", (0, None, 2)),
        ("1 x A @ 10 at 5 %\n1 x A @ 10", "1 x A @ 10", (1,)),
        ("1 x A @ 10", "1 x A @ 10\n1 x A @ 10", (0, None)),
        ("1 x Coat [N-1] @ 10", "1 x Long coat [N-1] @ 12", (0,)),
    ],
)
def test_a_line_is_known_again_wherever_it_stands(there: str, typed: str, same: tuple[int | None, ...]) -> None:
    """What is frozen on a line is its own: it must not go to the line that takes its place."""
    assert same_lines(parse_lines(there, "USD"), parse_lines(typed, "USD")) == same


few_lines = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 3), st.sampled_from([10, 20])), max_size=5)


@given(few_lines, few_lines)
def test_no_line_is_two_lines(there: list[tuple[str, int, int]], typed: list[tuple[str, int, int]]) -> None:
    """A rate that two lines took along would be paid twice."""
    before, after = (tuple(TypedLine(n, q, Cents(c)) for n, q, c in some) for some in (there, typed))
    known = [index for index in same_lines(before, after) if index is not None]
    assert len(set(known)) == len(known)
    assert same_lines(before, before) == tuple(range(len(before)))
