"""What a click on a row, an entry or a card does."""


class Clicks:
    """Which clicks open what they are on: the second of two, or one on what the cursor was on already.

    The first click into a widget only goes there, and the second of two that began elsewhere does too.
    """

    def __init__(self) -> None:
        self._at: object = None

    def opens(self, at: object, *, was_there: bool, chain: int) -> bool:
        """Whether a click there opens it; `chain` says how many came at once."""
        before, self._at = self._at, at
        return was_there and before is not None and (chain == 1 or before == at)

    def forget(self) -> None:
        """The focus went elsewhere."""
        self._at = None
