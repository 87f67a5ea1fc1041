"""How long the rules of R5 wait, and when they let go: the settings a rep may change."""

from dataclasses import dataclass, field, fields
from typing import Final

LEAST: Final = 0
MOST: Final = 100_000


def _wait(default: int, title: str, about: str) -> int:
    return field(default=default, metadata={"title": title, "about": about, "least": LEAST, "most": MOST})


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times of the rules; each field says in its metadata its title, what it is about, and its limits.

    Raises `ValueError` naming the field that is not a whole number of 0 or more.
    """

    lookahead_days: int = _wait(2, "Soon", "Show what is dated within so many days as soon.")
    start_minutes: int = _wait(15, "Prompt before a consultation", "Prompt so many minutes before a consultation.")
    cart_hours: int = _wait(24, "Help with a cart", "Help with a cart after so many hours.")
    hearted_hours: int = _wait(48, "Send a close-up", "Send a close-up of what she hearted after so many hours.")
    lookbook_days: int = _wait(
        3, "First impressions", "Ask for first impressions so many days after a lookbook was delivered."
    )
    received_first_days: int = _wait(2, "How it fits", "Ask how it fits after so many days.")
    received_second_days: int = _wait(14, "Outfit ideas", "Send outfit ideas after so many days.")
    received_third_months: int = _wait(2, "What is next", "Ask what is next after so many months.")
    received_lapse_days: int = _wait(
        30,
        "Last question lapses",
        "Let the last question about what she received go after so many days, unless it is news.",
    )
    return_window_days: int = _wait(
        30, "Return window", "Returns and exchanges are taken for so many days from the purchase."
    )
    quiet_percent: int = _wait(
        100, "Check in when quiet", "Check in when she is quiet for this much of her own rhythm, in per cent."
    )
    quiet_lapse_days: int = _wait(
        730, "No longer check in", "No longer check in when her last order is so many days old."
    )
    consent_days: int = _wait(
        30, "Ask for consent", "Ask for express consent so many days before what allows writing lapses."
    )
    move_days: int = _wait(7, "Move orders", "Suggest moving orders to an event so many days before their month ends.")
    new_client_days: int = _wait(60, "New client", "A client counts as new for so many days.")
    again_days: int = _wait(
        7, "Suggest again", "Suggest Head to Toe or a revision again so many days after a follow-up."
    )
    ships_days: int = _wait(
        21, "Say when it ships", "Say when an order ships for so many days; after that, ask how she likes it."
    )
    # Nothing goes stale unless the rep says so: an old history that is imported late still shows (R4).
    checked_out_stale_days: int = _wait(36_500, "Old orders", "Do not thank for orders older than so many days.")
    comment_stale_days: int = _wait(36_500, "Old comments", "Let comments older than so many days be.")
    hearted_stale_days: int = _wait(36_500, "Old hearts", "Let hearts older than so many days be.")
    cart_stale_days: int = _wait(36_500, "Old carts", "Let carts older than so many days be.")
    lookbook_stale_days: int = _wait(
        45, "Old lookbooks", "Do not ask about lookbooks delivered more than so many days ago."
    )

    def __post_init__(self) -> None:
        for wait in fields(self):
            value = getattr(self, wait.name)
            if not isinstance(value, int) or isinstance(value, bool) or not LEAST <= value <= MOST:
                raise ValueError(f"{wait.name} must be a whole number from {LEAST} to {MOST}, not {value!r}")
