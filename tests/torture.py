"""`make torture` says TORTURE=1: the tests of faults.md then run in their long form."""

import os

LONG = os.environ.get("TORTURE", "0") not in ("", "0")


def times(short: int, factor: int = 20) -> int:
    """So many examples, or `factor` times as many in the long form."""
    return short * factor if LONG else short
