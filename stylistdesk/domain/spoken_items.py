"""How an item is spoken of in a message (R44): "camel merino turtleneck" for "Merino turtleneck, camel - S (+1 more)".

Shops and files name an item with its colour, size and number; a rep does not say these to a client. What is not surely
a size, a colour or a count stays as it is written: rather a stiff name than a wrong one.
"""

import re
from typing import Final, NamedTuple

from stylistdesk.domain.dates import say_number


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


COLOURS: Final = _words(
    "amber apricot aqua beige black blue blush bone brass bronze brown burgundy camel caramel champagne charcoal "
    "chestnut chocolate cobalt cognac copper coral cream crimson denim ecru emerald fuchsia gold green grey gray "
    "indigo ink ivory khaki lavender lemon lilac magenta marigold maroon mauve midnight mint mustard natural navy "
    "nude oat ochre olive orange oxblood peach pearl petrol pink plum purple red rose ruby russet rust sage sand "
    "sapphire scarlet silver stone tan taupe teal terracotta tobacco turquoise violet white wine yellow"
)
"""Colours that are plain before the name of an item: the sea is one too, but nobody says "the sea dress"."""

_SHADES = _words("bright dark deep dove dusty faded light off pale soft washed warm")

PIECES: Final = _words(
    "bag belt blazer blouse boot boots bracelet brooch cami camisole cap cape cardigan chain clutch coat corset "
    "crew cuff dress drops earrings flats gilet gloves gown hat heels hoodie hoops jacket jeans jumper jumpsuit "
    "kaftan kimono leggings loafer loafers mittens mules necklace overalls overcoat pants parka poncho pullover "
    "pumps pyjamas raincoat ring robe sandal sandals sarong scarf shawl shirt shoes shorts skirt sneaker sneakers "
    "socks stole suit sunglasses sweater sweatshirt swimsuit tee tights top tote trench trousers tunic turtleneck "
    "vest waistcoat wallet watch wrap"
)
"""What a thing to wear is, as the last word of its name."""

_MADE = _words(
    "alpaca ankle barn belted bias block boucle braided button cable cashmere chambray chunky classic corduroy "
    "cotton crepe cropped cut double down enamel evening felt fitted flannel fleece flowing hammered heavy heel "
    "high hooded jersey knee knit knitted lace layered leather linen long merino midi mini modal mohair neck "
    "nylon organza padded patent pleated ponte printed puffer quilted relaxed ribbed rise roll round satin sateen "
    "shearling sheer short signet silk single sleeve sleeveless slim slip slit straight straw striped suede "
    "tailored tapered tiered toe tulle tweed velvet waist waxed wide wool woven wrap"
)
"""Of what and how it is made: words that are nobody's name."""

_COUNT = re.compile(r" \(\+(\d{1,3}) more\)$")
_SOLD = re.compile(r" x \d{1,4}$")
_NEXT = re.compile(r"(?:(?<=\))| x \d{1,4}), ")
_VARIANT = re.compile(r" \(.*\)$")
_SIZE = re.compile(
    r"(?:(?:size|us|uk|eu|it|fr) ?:? ?)?(?:x{0,4}[sl]|[2-9]xl|m|os|one size|small|medium|(?:x-?|extra )?large|petite"
    r"|tall|regular|\d{1,3}(?:[.,]\d|½)?(?: ?(?:cm|in|inch|\")|[a-h]{1,2})?|\d{1,2} ?[/-] ?\d{1,2}|w\d\d ?/? ?l\d\d)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:product|order|item|sku) [#\w-]*\d[\w-]*|\d+ items?(?: .*)?|[A-Z0-9_#./-]*\d[A-Z0-9_#./-]*", re.I
)
_DIVIDERS = (", ", " - ", " – ")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Spoken(NamedTuple):
    """An item as it is said, without "the" before it, and how many more stand behind it; blank if it has no name."""

    item: str
    more: int = 0


def spoken(written: str) -> Spoken:
    """How an item is spoken of, as it is written by a shop, a list of activity or an import."""
    name, more = written.strip(), 0
    if (found := _COUNT.search(name)) is not None:
        name, more = name[: found.start()], int(found[1])
    name, *others = _NEXT.split(name)  # of a till's line that names several
    name, more = _SOLD.sub("", name).strip(), more + len(others)
    colour = ""
    if (found := _VARIANT.search(name)) is not None:  # what is chosen of it: "(Size:58,Color:Moss)"
        options = [option.rpartition(":")[2].strip() for option in found[0][2:-1].split(",")]
        colour = next((option.casefold() for option in options if _is_colour(option)), "")
        name = name[: found.start()]
    if _NO_NAME.fullmatch(name):
        return Spoken("", more)
    name, further = _without_variants(name)
    name, colour = _as_said(name), further or colour
    if name.casefold().startswith("the "):
        name = name[4:]
    if colour and not any(_is_colour(word) for word in _WORD.findall(name)):
        name = f"{colour} {name}"
    return Spoken(name, more)


def and_more(item: str, more: int) -> str:
    """The item and how many more: "the silk shirt and two more pieces"."""
    if not item or not more:
        return item
    return f"{item} and {say_number(more, 'more piece')}"


def _without_variants(name: str) -> tuple[str, str]:
    """The name without the sizes and colours behind it, and its colour."""
    colour = ""
    while True:
        head, tail = _last_part(name)
        options = [option.strip() for option in tail.split("/")]
        known = [option for option in options if _SIZE.fullmatch(option) or _is_colour(option)]
        if (
            not head
            or not tail
            or not (len(known) == len(options) or _SIZE.fullmatch(tail) or _stands_alone(head, tail))
        ):
            return name, colour
        colour = next((option.casefold() for option in options if _is_colour(option)), colour)
        name = head.rstrip(" ,-–")


def _last_part(name: str) -> tuple[str, str]:
    """What stands before the last divider, and behind it."""
    head, _, tail = name.rpartition(max(_DIVIDERS, key=name.rfind))
    return head, tail


def _stands_alone(head: str, tail: str) -> bool:
    """Whether the head is all of the name: it says what piece it is, and the tail is but a word or two more."""
    words = _WORD.findall(_last_part(head)[0] or head)
    return bool(words) and words[-1].casefold() in PIECES and len(tail.split()) <= 2 and not _has_piece(tail)


def _has_piece(text: str) -> bool:
    return any(word.casefold() in PIECES for word in _WORD.findall(text))


def _is_colour(option: str) -> bool:
    *shades, colour = option.casefold().split() or [""]
    return colour in COLOURS and all(shade in _SHADES | COLOURS for shade in shades)


def _as_said(name: str) -> str:
    """The name as it stands within a sentence: without its capital where all of its words are common ones."""
    words = [word.casefold() for word in _WORD.findall(name)]
    return name.lower() if all(word in PIECES | _MADE | COLOURS | _SHADES for word in words) else name
