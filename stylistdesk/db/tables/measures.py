"""What metrics need beside the work itself (R20, R48): goals, commission that was paid, and who is likely to buy."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from stylistdesk.db.tables.base import KEPT, key, utc, word
from stylistdesk.domain.types import PeriodKind


class Goal(SQLModel, table=True):
    """A target for a metric in a period; in the metric's own unit: cents, basis points of a rate, or a count."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("metric", "period"), KEPT)

    id: int | None = key()
    metric: str
    period: PeriodKind = word(PeriodKind)
    target: int


class CommissionPayment(SQLModel, table=True):
    """Commission that was paid to the rep; below zero where it was taken back."""

    __tablename__ = "commission_payment"
    __table_args__ = (KEPT,)

    id: int | None = key()
    paid_on: date = Field(index=True)
    amount_cents: int
    currency: str
    brand_id: int | None = Field(default=None, foreign_key="brand.id", index=True)
    note: str = ""


class BuyerModel(SQLModel, table=True):
    """One row: the parameters of BG/NBD as JSON, from how many clients and orders, and what they were fitted on.

    Derived from the orders by a worker, so the journal leaves it out, as it does `ExpectedValue`.
    """

    __tablename__ = "buyer_model"

    id: int | None = Field(default=1, primary_key=True)
    parameters: str
    fitted: bool
    clients: int
    orders: int
    seen: str
    fitted_at: datetime = utc()


class ExpectedValue(SQLModel, table=True):
    """Of the client with the same id: the chance that she buys (basis points) by a day, and for about how much."""

    __tablename__ = "expected_value"

    id: int = Field(primary_key=True)
    chance: int
    amount_cents: int
    by_day: date
