"""The name of a file from outside, made harmless: shown, and given to copies, but never a place by itself."""

import re

from stylistdesk.domain.text import clean

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)


def harmless_name(name: str) -> str:
    """The last part of a path as a plain file name: no folders, no leading dots, no device names, at most 120 letters.

    `../../etc/passwd` becomes `passwd`; what has no name left is `file`.
    """
    last = re.split(r"[/\\]", clean(name, limit=4_000).rstrip("/\\ ."))[-1]
    last = _FORBIDDEN.sub("_", last).strip().lstrip(".").rstrip(". ").strip()
    stem, dot, suffix = last.rpartition(".")
    if not stem:
        stem, dot, suffix = last, "", ""
    if len(suffix) > 12 or " " in suffix:
        stem, dot, suffix = last, "", ""
    if stem.partition(".")[0].casefold().strip() in _DEVICES:
        stem = f"_{stem}"
    kept = f"{stem[: LONGEST - len(suffix) - 1].rstrip()}{dot}{suffix}"
    return kept or "file"


def say_size(size: int) -> str:
    """A size as one says it: "812 bytes", "24 kB", "3.1 MB"."""
    if size < 1_000:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 999_500:
        return f"{(size + 500) // 1_000} kB"
    tenths = (size + 50_000) // 100_000
    return f"{tenths // 10}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"
