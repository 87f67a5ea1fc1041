"""The Daily Tasks queue (R3 to R6): rows for the list, and one client in full for the right pane."""

from dataclasses import dataclass
from datetime import date, datetime

from stylistdesk.domain.suggestions import Standing, Suggestion
from stylistdesk.domain.types import Cents, Channel, ConsentState, SignalKind


@dataclass(frozen=True, slots=True)
class SignalCount:
    """Signals of one kind since the last follow-up; `last` is the real date of the newest."""

    kind: SignalKind
    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One client in the queue."""

    client_id: int
    name: str
    spending_power: int | None
    standing: Standing
    signals: tuple[SignalCount, ...]
    last_signal_id: int

    @property
    def next(self) -> Suggestion:
        """What to do next."""
        return self.standing.suggestions[0]


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue, the most urgent first, with what the sum-up line says."""

    rows: tuple[QueueRow, ...]
    overdue: int
    today: int
    soon: int
    next_up: str = ""  # for the empty queue: the next thing that is coming, in words


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal since the last follow-up, with its real date."""

    id: int
    kind: SignalKind
    occurred_at: datetime
    item: str
    brand: str
    lookbook: str
    comment: str
    amount: Cents | None
    currency: str


@dataclass(frozen=True, slots=True)
class ClientPane:
    """Everything the right pane of Daily Tasks shows of one client."""

    client_id: int
    name: str
    first_name: str
    spending_power: int | None
    email: str
    phone: str
    email_consent: ConsentState | None
    text_consent: ConsentState | None
    cadence_label: str
    standing: Standing | None
    last_follow_up_at: datetime | None
    last_follow_up_channel: Channel | None
    signals: tuple[SignalLine, ...]  # newest last, at most 200
    signal_total: int
    last_signal_id: int
    order_count: int
    order_total: Cents
    order_currency: str
    last_order_on: date | None
    appointments: tuple[tuple[datetime, str, bool], ...]  # starts, kind, confirmed; the next three
