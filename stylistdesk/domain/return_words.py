"""What comes back of a line as a rep types it: "1", "2 exchange for size M", "1 damaged, replaced; 1 refund"."""

import re
from dataclasses import dataclass

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.returns import KIND_WORDS
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import ReturnKind

EXAMPLE = "For example: 1; 1 exchange for size M; 1 damaged; 1 mis-shipped, replaced."
HINT = "1 · 1 exchange for size M · 1 damaged · 1 mis-shipped, replaced"

_KINDS = {
    "": ReturnKind.REFUND,
    "refunded": ReturnKind.REFUND,
    "returned": ReturnKind.REFUND,
    "exchanged": ReturnKind.EXCHANGE,
    "damaged": ReturnKind.DAMAGED,
    "defective": ReturnKind.DAMAGED,
    "broken": ReturnKind.DAMAGED,
    "mis-shipped": ReturnKind.MIS_SHIPPED,
    "misshipped": ReturnKind.MIS_SHIPPED,
    "wrong": ReturnKind.MIS_SHIPPED,
}
"""How a kind is written; its first letters do, where they mean one."""
_PART = re.compile(
    r"(?P<quantity>[0-9]{1,6}|all\b)?(?:\s*[x×](?=\s+[a-z]))?\s*(?P<kind>[a-z-]*)\s*,?\s*(?P<rest>.*)", re.I
)
_REST = re.compile(r"(?P<how>replaced?|refund(?:ed)?)?\b\s*(?:(?:with|by|for|to)\s+)?(?P<instead>.*)", re.I)


@dataclass(frozen=True, slots=True)
class Typed:
    """So many of a line, why they come back, and whether another is sent for them; `quantity` None is all."""

    quantity: int | None
    kind: ReturnKind
    is_replaced: bool = False
    instead: str = ""


def parse_coming(words: str) -> tuple[Typed, ...]:
    """What was typed; several are parted by semicolons, and nothing is nothing. Raises `Refused` for the first wrong.

    What came damaged or mis-shipped is refunded, unless it is said to be replaced.
    """
    return tuple(_parse(part) for part in clean(words).split(";") if part.strip())


def _parse(words: str) -> Typed:
    part = _PART.fullmatch(words.strip())
    kind = _kind(part["kind"]) if part else None
    if part is not None and kind is None and not part["quantity"]:
        raise Refused(f"“{words.strip()[:40]}” is not a number.", hint=EXAMPLE)
    if part is None or kind is None or not (part["quantity"] or part["kind"]):
        raise Refused(f"“{words.strip()[:40]}” does not say what comes back.", hint=EXAMPLE)
    rest = _REST.fullmatch(part["rest"])
    how, instead = ((rest["how"] or "").casefold(), rest["instead"].strip()) if rest else ("", part["rest"])
    is_replaced = kind is ReturnKind.EXCHANGE or how.startswith("replace")
    if kind is ReturnKind.REFUND and is_replaced:
        raise Refused("A refund is money; another one is an exchange.", hint=EXAMPLE)
    if kind is ReturnKind.EXCHANGE and how.startswith("refund"):
        raise Refused("An exchange is another one; money is a refund.", hint=EXAMPLE)
    if instead and not is_replaced:
        raise Refused(f"“{instead[:40]}” is not understood.", hint=EXAMPLE)
    typed = (part["quantity"] or "1").casefold()
    if typed.isdecimal() and not int(typed):
        raise Refused("That is none.", hint="Leave the field empty.")
    return Typed(int(typed) if typed.isdecimal() else None, kind, is_replaced, instead)


def _kind(word: str) -> ReturnKind | None:
    """The kind that a word, or the first letters of one, means."""
    said = word.casefold()
    if said in _KINDS:
        return _KINDS[said]
    meant = {kind for name, kind in _KINDS.items() if name.startswith(said)}
    return meant.pop() if len(meant) == 1 else None


def say_coming(kind: ReturnKind, *, is_replaced: bool, instead: str = "") -> str:
    """What becomes of a line: "refund", "exchange for size M", "damaged, replaced"."""
    said = KIND_WORDS[kind]
    if kind is ReturnKind.EXCHANGE:
        return f"{said} for {instead}" if instead else said
    if kind is ReturnKind.REFUND:
        return said
    if not is_replaced:
        return f"{said}, refunded"
    return f"{said}, replaced" + (f" with {instead}" if instead else "")
