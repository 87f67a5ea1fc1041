"""Which brand is meant by what is typed into its field, and what is said below it."""

from collections.abc import Sequence

from stylistdesk.domain.text import folded, name_key
from stylistdesk.likeness import near

NEW = "new brand "
"""What stands before the name of a brand that is new although one that there is begins so."""


def brand_meant(brands: Sequence[str], typed: str) -> str:
    """The brand of this name; else the only one whose name begins so; else what was typed, a new one."""
    named = next((name for name in brands if name_key(name) == name_key(typed)), "")
    if named:
        return named
    if name_key(typed).startswith(NEW):
        return typed.strip()[len(NEW) :].strip()
    said = folded(name_key(typed))
    begun = [name for name in brands if said and folded(name_key(name)).startswith(said)]
    return begun[0] if len(begun) == 1 else typed.strip()


def said_brand(brands: Sequence[str], typed: str) -> str:
    """The brand that is meant and how to say another one, or that it is new; and then, which of nearly this name is."""
    meant, said = brand_meant(brands, typed), name_key(typed)
    if meant in brands:
        is_whole = said in (name_key(meant), f"{NEW}{name_key(meant)}")
        return meant if is_whole else f"{meant}, or write “{NEW}{typed.strip()}”"
    like = next((name for name in brands if said in name_key(name)), "") or near(typed, brands, name_key)
    return f"a new brand: {meant}{f'; there is {like}' if like and not said.startswith(NEW) else ''}"
