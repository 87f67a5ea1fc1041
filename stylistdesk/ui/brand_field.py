"""What is said below the field of a brand."""

from collections.abc import Sequence

from stylistdesk.domain.text import name_key
from stylistdesk.likeness import near


def said_brand(brands: Sequence[str], typed: str) -> str:
    """The brand of this name, or that it is a new one; and then, which of nearly this name there is."""
    said = name_key(typed)
    exact = next((name for name in brands if name_key(name) == said), "")
    meant = next((name for name in brands if said in name_key(name)), "") or near(typed, brands, name_key)
    return exact or f"a new brand: {typed.strip()}{f'; there is {meant}' if meant else ''}"
