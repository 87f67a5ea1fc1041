"""Cleaning text from outside, at the border."""


def clean(text: str, *, multiline: bool = False, limit: int = 1_000) -> str:
    """The text without control characters."""
    kept = "".join(c for c in text if c.isprintable() or (multiline and c in "\n\t") or c == "\u200d")
    return kept.strip()[:limit]


def name_key(text: str) -> str:
    """A name as it is matched: case folded, white space collapsed."""
    return " ".join(text.casefold().split())
