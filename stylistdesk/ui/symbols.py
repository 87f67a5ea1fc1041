"""The few symbols on screen, each with an ASCII fallback for terminals and fonts that have no others."""

from dataclasses import dataclass

from stylistdesk.domain.types import SignalKind


@dataclass(frozen=True, slots=True)
class Symbols:
    """One set of symbols."""

    signals: dict[SignalKind, str]
    mark: str
    bar: str
    dot: str
    chosen: str
    on: str
    off: str
    done: str
    undone: str
    up: str
    down: str
    levels: str  # of a small plot, from the lowest to the highest
    message: str
    bars: str  # of a small bar: nothing, then from little to much


UNICODE = Symbols(
    signals={
        SignalKind.HEARTED: "♥",
        SignalKind.COMMENTED: "”",
        SignalKind.ADDED_TO_CART: "+",
        SignalKind.CHECKED_OUT: "✓",
        SignalKind.RECEIVED: "▣",
        SignalKind.FAVOURITED: "★",
        SignalKind.REPLIED: "»",
        SignalKind.OPENED_EMAIL: "○",
        SignalKind.RETURNED: "↩",
        SignalKind.BOOKED: "◆",
    },
    mark="▌",
    bar="│",
    dot="·",
    chosen="●",
    on="●",
    off="○",
    done="█",
    undone="░",
    up="▲",
    down="▼",
    levels="▁▂▃▄▅▆▇█",
    message="✉",
    bars="·▁▂▃▄▅▆▇█",
)

ASCII = Symbols(
    signals={
        SignalKind.HEARTED: "h",
        SignalKind.COMMENTED: '"',
        SignalKind.ADDED_TO_CART: "+",
        SignalKind.CHECKED_OUT: "$",
        SignalKind.RECEIVED: "#",
        SignalKind.FAVOURITED: "*",
        SignalKind.REPLIED: ">",
        SignalKind.OPENED_EMAIL: "o",
        SignalKind.RETURNED: "<",
        SignalKind.BOOKED: "@",
    },
    mark="*",
    bar="|",
    dot="-",
    chosen="*",
    on="*",
    off="o",
    done="#",
    undone=".",
    up="^",
    down="v",
    levels="_.-=+*%#",
    message="m",
    bars=".:-=+*#",
)


TO_ASCII = str.maketrans("–·…“”‘’", "--~\"\"''")
"""The signs of our own words, one for one, where only ASCII can be shown."""


def symbols_for(encoding: str | None, *, ascii_only: bool = False) -> Symbols:
    """The set that an output of this encoding can show."""
    if ascii_only:
        return ASCII
    return UNICODE if (encoding or "").lower().replace("-", "").startswith("utf") else ASCII


SIGNAL_WORDS = {
    SignalKind.HEARTED: "hearted",
    SignalKind.COMMENTED: "commented",
    SignalKind.ADDED_TO_CART: "in cart",
    SignalKind.CHECKED_OUT: "checked out",
    SignalKind.RECEIVED: "received",
    SignalKind.FAVOURITED: "favourited",
    SignalKind.REPLIED: "replied",
    SignalKind.OPENED_EMAIL: "opened mail",
    SignalKind.RETURNED: "returned",
    SignalKind.BOOKED: "booked",
}
