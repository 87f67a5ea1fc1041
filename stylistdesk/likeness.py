"""Which of several names may be meant by one that there is not."""

from collections.abc import Callable, Iterable

ALIKE = 75
"""From this likeness of two names on, in hundredths, one may be meant by the other (rapidfuzz)."""


def near(name: str, names: Iterable[str], processor: Callable[[str], str] = str.lower) -> str:
    """The one of these names that is most like it, as the `processor` leaves them; "" where none is like it."""
    from rapidfuzz import process

    found = process.extractOne(name, list(names), processor=processor, score_cutoff=ALIKE)
    return str(found[0]) if found is not None else ""
