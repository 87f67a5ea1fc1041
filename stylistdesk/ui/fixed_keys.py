"""Keys that a dialog has by itself, outside the table of keys: said on its edge and in its help, from one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class FixedKey:
    """One key, or several with a space between them, what it is called, and what it does."""

    keys: str
    label: str
    help: str


PICK = FixedKey("enter", "Pick", "Take what is under the cursor")
LETTERS = FixedKey("letters", "Filter", "Show only the lines that have these letters")
MOVE = (
    FixedKey("↑ ↓", "Up, down", "One up or down, while you type"),
    FixedKey("pgup pgdn", "Page", "A page up or down"),
)


def on_edge(keys: Sequence[FixedKey], back: str) -> str:
    """What the edge of a dialog says: its keys, and `back`, the key that leaves it."""
    said = [f"{' or '.join(one.keys for one in same)} {label}" for label, same in groupby(keys, lambda one: one.label)]
    return "   ".join([*said, f"{back} Back"])
