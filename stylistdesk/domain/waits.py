"""How long the rules of R5 wait, and when they let go: the settings a rep may change."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Waits:
    """Waiting times of the rules; each field says in its metadata ("about") what it is, for the settings file.

    Raises `ValueError` naming the field that is not a whole number of 0 or more.
    """

    lookahead_days: int = field(default=2, metadata={"about": "Show what is dated within so many days as soon."})
    start_minutes: int = field(default=15, metadata={"about": "Prompt so many minutes before a consultation."})
    cart_hours: int = field(default=24, metadata={"about": "Help with a cart after so many hours."})
    hearted_hours: int = field(
        default=48, metadata={"about": "Send a close-up of what she hearted after so many hours."}
    )
    lookbook_days: int = field(
        default=3, metadata={"about": "Ask for first impressions so many days after a lookbook was delivered."}
    )
    received_first_days: int = field(default=2, metadata={"about": "Ask how it fits after so many days."})
    received_second_days: int = field(default=14, metadata={"about": "Send outfit ideas after so many days."})
    received_third_months: int = field(default=2, metadata={"about": "Ask what is next after so many months."})
    received_lapse_days: int = field(
        default=30,
        metadata={"about": "Let the last question about what she received go after so many days, unless it is news."},
    )
    return_window_days: int = field(
        default=30, metadata={"about": "Returns and exchanges are taken for so many days from the purchase."}
    )
    quiet_percent: int = field(
        default=100, metadata={"about": "Check in when she is quiet for this much of her own rhythm, in per cent."}
    )
    quiet_lapse_days: int = field(
        default=730, metadata={"about": "No longer check in when her last order is so many days old."}
    )
    consent_days: int = field(
        default=30, metadata={"about": "Ask for express consent so many days before what allows writing lapses."}
    )
    move_days: int = field(
        default=7, metadata={"about": "Suggest moving orders to an event so many days before their month ends."}
    )
    new_client_days: int = field(default=60, metadata={"about": "A client counts as new for so many days."})
    again_days: int = field(
        default=7, metadata={"about": "Suggest Head to Toe or a revision again so many days after a follow-up."}
    )
    ships_days: int = field(
        default=21, metadata={"about": "Say when an order ships for so many days; after that, ask how she likes it."}
    )
    # Nothing goes stale unless the rep says so: an old history that is imported late still shows (R4).
    checked_out_stale_days: int = field(
        default=36_500, metadata={"about": "Do not thank for orders older than so many days."}
    )
    comment_stale_days: int = field(default=36_500, metadata={"about": "Let comments older than so many days be."})
    hearted_stale_days: int = field(default=36_500, metadata={"about": "Let hearts older than so many days be."})
    cart_stale_days: int = field(default=36_500, metadata={"about": "Let carts older than so many days be."})
    lookbook_stale_days: int = field(
        default=45, metadata={"about": "Do not ask about lookbooks delivered more than so many days ago."}
    )

    def __post_init__(self) -> None:
        for wait in fields(self):
            value = getattr(self, wait.name)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100_000:
                raise ValueError(f"{wait.name} must be a whole number from 0 to 100000, not {value!r}")
