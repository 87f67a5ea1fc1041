"""Gift certificates (R36): their numbers, a mixed cart that is split, and what of a card may be kept.

A number is `GC`, seven letters or digits and a check character, of an alphabet without 1, I, L, O and U; O is read as
0. They are 31, a prime: so the check finds every wrong character, and every two that changed places.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple
from unicodedata import decimal

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.order_lines import MOST_CENTS, TypedLine
from stylistdesk.domain.types import Cents

PREFIX = "GC"
ALPHABET = "023456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY = 7
MOST_AT_ONCE = 100
"""So many certificates are sold in one go."""

IN_AN_EVENT = "A gift certificate is never sold in an event. What is bought with it does count."
BY_ITSELF = "Sell it without an event, among your Certificates."
"""What to do instead."""


# ------------------------------------------------------------------- numbers


def make_number(pick: Callable[[str], str]) -> str:
    """A new number; `pick` draws one of the characters it is given."""
    body = "".join(pick(ALPHABET) for _ in range(BODY))
    return f"{PREFIX}{body}{_check_character(body)}"


def folded_number(typed: str) -> str:
    """What was typed of a number as numbers are compared: spaces, dashes and case do not count, and O is 0."""
    return re.sub(r"[\W_]+", "", typed).upper().replace("O", "0")


def clean_number(typed: str) -> str:
    """The number that was meant, with or without its GC. Raises `Refused` for what cannot be one."""
    number = folded_number(typed)
    body = number.removeprefix(PREFIX) if len(number) != BODY + 1 else number
    if not body:
        raise Refused("The number is missing.", field="number", hint="It begins with GC.")
    if len(body) != BODY + 1 or not set(body) <= set(ALPHABET):
        raise Refused("That is no number of a certificate.", field="number",
                      hint=f"It is GC and {BODY + 1} letters or digits, without 1, I, L and U.")  # fmt: skip
    if _check_character(body[:-1]) != body[-1]:
        raise Refused("A letter or digit of this number is wrong.", field="number", hint="Compare it with hers.")
    return PREFIX + body


def _check_character(body: str) -> str:
    return ALPHABET[sum(weight * ALPHABET.index(one) for weight, one in enumerate(body, 2)) % len(ALPHABET)]


# -------------------------------------------------------------- a mixed cart


@dataclass(frozen=True, slots=True)
class GiftLine:
    """So many certificates of so much each, and for whom, if that was said."""

    amount: Cents
    count: int = 1
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Cart:
    """What a cart is split into: goods are an order, certificates are none."""

    goods: tuple[TypedLine, ...]
    gifts: tuple[GiftLine, ...]


_A_GIFT = re.compile(
    r"(?<!\w)(?:e-?)?gift[ -]?(?:cert(?:ificate)?|card|voucher)s?\b"
    r"(?P<after>$|[^\w\s'’&+].*|\s+[^\w\s&+].*|\s+(?:[a-z]{3}\s*)?[0-9].*"
    r"|\s+(?:for|of|worth|to|by|from|value|amount|code|digital|online|e-?mail(?:ed)?)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_ITSELF = re.compile(
    r"\b(?:for|with|without|and|plus|by|on|pa(?:id|ys?)|us(?:ed?|ing)|redeem\w*)\b|[&+]", re.IGNORECASE
)
_KEEPS_ONE = re.compile(r"\b(?:holder|envelope|box|sleeve|wallet|case|tin|stand|rack|tray)(?:s|es)?\b", re.IGNORECASE)
_WHOM = re.compile(r"\bfor\s+([^)\]]+)", re.IGNORECASE)


def gift_line(line: TypedLine) -> GiftLine | None:
    """The certificates that a line of a cart is, if its name says so: "Gift certificate for Bea"."""
    if (after := _said_of_gift(line.name)) is None:
        return None
    whom = _WHOM.search(after)
    return GiftLine(line.price, line.quantity, whom[1].strip() if whom else "")


def sells_gift(name: str) -> bool:
    """Whether a line of this name is of gift certificates: "Holiday gift card - $25" is, "Gift card holder" is not."""
    return _said_of_gift(name) is not None


def _said_of_gift(name: str) -> str | None:
    """What is said of a certificate after it is named; `None` for what is none, keeps one, or was paid with one."""
    name = name.strip()
    found = _A_GIFT.search(name)
    if found is None or _NOT_ITSELF.search(name, 0, found.start()) or _KEEPS_ONE.search(found["after"]):
        return None
    return found["after"]


def split_cart(lines: Sequence[TypedLine], *, in_event: bool = False) -> Cart:
    """The goods and the certificates of a cart, each in their order.

    Raises `Refused` for certificates alone in an event, and for one with a discount or a commission rate.
    """
    goods: list[TypedLine] = []
    gifts: list[GiftLine] = []
    for line in lines:
        gift = gift_line(line)
        if gift is None:
            goods.append(line)
            continue
        if line.discount or line.rate is not None:
            raise Refused("A gift certificate is sold at its amount, and earns nothing itself.", field="lines",
                          hint="Leave its discount and rate away.")  # fmt: skip
        check_amount(gift.amount, gift.count, field="lines")
        gifts.append(gift)
    if gifts and not goods and in_event:
        raise Refused(IN_AN_EVENT, field="event_id", hint=BY_ITSELF)
    return Cart(tuple(goods), tuple(gifts))


def check_amount(amount: int, count: int = 1, *, field: str = "amount") -> None:
    """Raises `Refused` for a certificate of nothing, and for too many at once."""
    if not 0 < amount <= MOST_CENTS:
        raise Refused("A gift certificate is of more than nothing.", field=field, hint="Write it as 50 or 50.00.")
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(f"At most {MOST_AT_ONCE} are sold at once.", field=field if field == "lines" else "count")


# --------------------------------------------------------------- what is paid


SHOPS = frozenset(("shopify", "etsy", "woocommerce", "square"))
"""The sources of orders that were paid before they came here."""


class OrderDue(NamedTuple):
    """An order and its money: what it was placed at, what of that was taken back, and what has paid for it.

    Taken back is what was cancelled, credited, or refunded by a shop, which tells later of what a return credited here.
    """

    order_id: int
    client_id: int
    client: str
    number: str
    source: str
    currency: str
    total: Cents
    taken_back: Cents
    by_gifts: Cents
    by_card: Cents
    back_to_gifts: Cents = Cents(0)  # of what they paid, so much went back
    back_to_card: Cents = Cents(0)
    fees: Cents = Cents(0)  # kept back from what its returns gave back

    @property
    def paid(self) -> Cents:
        """By certificates and by card, less what went back to them."""
        return Cents(self.by_gifts + self.by_card)

    @property
    def was_paid_here(self) -> bool:
        """Whether something was written down here that paid for it, though it may have gone back since."""
        return self.by_gifts + self.back_to_gifts > 0 or self.by_card + self.back_to_card > 0

    @property
    def was_paid_in_its_shop(self) -> bool:
        """Whether a shop took the money, which does not tell the desk how."""
        return self.source in SHOPS

    @property
    def due(self) -> Cents:
        """What is still to be paid here, never below zero; a return's fee is asked for with what she keeps alone."""
        costs = self.total - self.taken_back
        if self.was_paid_in_its_shop or costs <= 0:
            return Cents(0)
        return Cents(max(0, costs + self.fees - max(0, self.paid)))

    @property
    def to_give_back(self) -> Cents:
        """What was paid here and is owed no longer: of an order that was cancelled, credited or made smaller since."""
        owed = max(0, self.total - self.taken_back) + self.fees
        return Cents(0 if self.was_paid_in_its_shop else max(0, self.paid - owed))


def shared_back(paid: Mapping[int, Cents], cents: int, first: int | None = None) -> tuple[dict[int, Cents], Cents]:
    """How an amount goes back to the certificates that paid, and what is left of it for the card (R36).

    `paid` is what each has paid, the first to pay first; the one that is named comes before all others.
    """
    back: dict[int, Cents] = {}
    for key in sorted(paid, key=lambda key: key != first):
        if part := min(paid[key], cents):
            back[key], cents = Cents(part), cents - part
    return back, Cents(cents)


# -------------------------------------------------------------------- cards

ONLY_FOUR = "Only the brand and the last four digits are kept."
_LONGEST = 19
_SHORTEST = 14
_THIN = r"[^\S\r\n]|[-._*\u00ad\u00b7\u200b-\u200d\u2010-\u2015\u2212\uff0d\uff0e]"
_DIGITS_IN_A_ROW = re.compile(rf"[0-9](?:(?:{_THIN}|[\s/|,:;()\[\]\uff0f]){{0,4}}[0-9]){{{_SHORTEST - 1},}}")
_THINLY = re.compile(rf"(?:{_THIN}|[0-9])*")
_GROUP = re.compile(r"[0-9]+")
_PRINTED = (frozenset((4, 8, 12, 16, 19)), frozenset((4, 10, 15)), frozenset((4, 10, 14)))
"""After how many digits a group may end, as they are printed on cards."""
_A_PHONE, _TWO_PHONES = ((3, 3, 4), (3, 7), (10,)), (8, 8)
_KNOWN = re.compile(
    r"4[0-9]{15}(?:[0-9]{3})?"
    r"|(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720|220[0-4])[0-9]{12}"
    r"|3[47][0-9]{13}|3(?:0[0-59]|[689][0-9])[0-9]{11}(?:[0-9]{2})?|35(?:2[89]|[3-8][0-9])[0-9]{12}"
    r"|(?:60|6[45])[0-9]{14}(?:[0-9]{3})?|(?:50|5[6-8]|6[2379])[0-9]{14,17}"
)
"""How the numbers of cards begin, and how long they are: Visa, Mastercard and Mir, American Express, Diners and JCB,
Discover, Maestro and UnionPay. None has 13 digits any more, as a barcode has."""
_CARD_NUMBER = re.compile(rf"\d(?:(?:{_THIN}|/){{0,3}}\d){{12}}")


@dataclass(frozen=True, slots=True)
class Card:
    """What is kept of a card."""

    brand: str
    last_four: str


def refuse_card_number(words: str, field: str | None = None) -> None:
    """Raises `Refused` where 13 digits or more stand in a row, spaced out or not: that may be a card's number."""
    if _CARD_NUMBER.search(words):
        raise Refused(ONLY_FOUR, field=field, hint="Leave the card's number away.")


def holds_card_number(words: str) -> bool:
    """Whether a card's whole number stands in words: digits of any script that fit a card's first and check digits.

    Two phone numbers side by side are none, nor are barcodes.
    """
    return next(_card_numbers(words), None) is not None


def mask_card_numbers(words: str) -> tuple[str, int]:
    """The words with • for all digits but the last four of each card's number in them, and how many those were."""
    parts, done, count = [], 0, 0
    for start, end in _card_numbers(words):
        number = words[start:end]
        kept = [one.start() for one in re.finditer(r"\d", number)][-4]
        parts += [words[done:start], re.sub(r"\d", "•", number[:kept]), number[kept:]]
        done, count = end, count + 1
    return ("".join((*parts, words[done:])), count) if count else (words, 0)


def _card_numbers(words: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of cards stand in words: whole rows of digits, and groups in a row as they are on a card.

    So what stands beside a number, as its month, does not hide it; nor does what a group stands on or between.
    """
    if len(words) < _SHORTEST:
        return
    if not words.isascii():
        words = "".join(str(decimal(one)) if one.isdecimal() else one for one in words)
    for row in _DIGITS_IN_A_ROW.finditer(words):
        groups = [found.span() for found in _GROUP.finditer(words, *row.span())]
        first = 0
        while first < len(groups):
            for count in (min(len(groups), _LONGEST), 5, 4, 3, 2, 1):
                part = groups[first : first + count]
                start, end = part[0][0], part[-1][1]
                lengths = tuple(end - start for start, end in part)
                whole = len(part) == len(groups) <= _LONGEST and _THINLY.fullmatch(words, start, end)
                phone = any(lengths[: len(one)] == one for one in _A_PHONE)
                if len(part) > 1 and (phone or not (whole or _as_printed(lengths))):
                    continue
                if _fits(re.sub("[^0-9]", "", words[start:end])):
                    yield start, end
                    first += len(part)
                    break
            else:
                first += 1


def _as_printed(lengths: tuple[int, ...]) -> bool:
    """Whether groups of digits end where those on a card do, some of them run together."""
    return lengths != _TWO_PHONES and any(ends.issuperset(accumulate(lengths)) for ends in _PRINTED)


def _fits(number: str) -> bool:
    """Whether the digits begin as a card's, are as many as it has, and end in the right check digit."""
    if not _KNOWN.fullmatch(number):
        return False
    digits = [int(one) for one in number]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def card(brand: str, last_four: str) -> Card:
    """The card as it is kept. Raises `Refused` for more of it, and for less."""
    brand, last_four = " ".join(brand.split()), last_four.strip()
    for field, words in (("brand", brand), ("last_four", last_four)):
        refuse_card_number(words, field)
    if not brand or len(brand) > 30 or any(one.isdecimal() for one in brand):
        raise Refused("Say whose card it is.", field="brand", hint="For example Visa or Mastercard.")
    if not re.fullmatch(r"[0-9]{4}", last_four):
        raise Refused(ONLY_FOUR, field="last_four", hint="For example 4242.")
    return Card(brand, last_four)
