"""What is said below the field of a brand."""

from collections.abc import Sequence

from stylistdesk.domain.text import name_key

ALIKE = 75
"""From this likeness of two names on, in hundredths, one may be meant by the other (rapidfuzz)."""


def said_brand(brands: Sequence[str], typed: str) -> str:
    """The brand of this name, or that it is a new one; and then, which of nearly this name there is."""
    from rapidfuzz import process

    said = name_key(typed)
    exact = next((name for name in brands if name_key(name) == said), "")
    near = next((name for name in brands if said in name_key(name)), "")
    if not near and (found := process.extractOne(said, brands, processor=name_key, score_cutoff=ALIKE)):
        near = found[0]
    return exact or f"a new brand: {typed.strip()}{f'; there is {near}' if near else ''}"
