"""An item is spoken of as a rep says it, and never as what it is not (R44)."""

import pytest

from stylistdesk.domain.spoken_items import and_more, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Merino turtleneck, camel - S (+1 more)", "camel merino turtleneck and one more piece"),
        ("Cashmere coat, ink, 34", "ink cashmere coat"),
        ("Cashmere crew, dove grey - XS", "dove grey cashmere crew"),
        ("Silk camisole, ivory - M, size S", "ivory silk camisole"),
        ("Single-button blazer, charcoal - 10 (+2 more)", "charcoal single-button blazer and two more pieces"),
        ("Linen dress, sea - L", "linen dress"),
        ("Merino Turtleneck - Camel / M", "camel merino turtleneck"),
        ("Margot Dress - Black / S", "black Margot Dress"),
        ("Breton tee, navy", "navy Breton tee"),
        ("A-line skirt, saffron", "A-line skirt"),
        ("Rose gold hoops, silver", "rose gold hoops"),
        ("The Row bag", "Row bag"),
        ("Felt hat “Claddagh” (Size:58,Color:Moss)", "Felt hat “Claddagh”"),
        ("Silk shirt (color: Ivory)", "ivory silk shirt"),
        ("Braided belt (M)", "braided belt"),
        ("Evening coat (S), Silk scarf x 1", "evening coat and one more piece"),
        ("Silk scarf x 2", "silk scarf"),
        ("Wool, silk and cashmere scarf", "Wool, silk and cashmere scarf"),
        ("Maison Orme - Silk shirt", "Maison Orme - Silk shirt"),
        ("Dress shirt, pants", "dress shirt, pants"),
        ("Пальто, синее", "Пальто, синее"),
        *(
            (nameless, "")
            for nameless in ("Product 4959 (size: M)", "SOCK-2", "order EV-1", "2 items (SC-01,SC-02)", "")
        ),
    ],
)
def test_it_is_said_without_its_size_and_with_its_colour_in_front(written: str, said: str) -> None:
    one = spoken(written)
    assert and_more(one.item, one.more) == said
