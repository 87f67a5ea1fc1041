"""What a client is expected to bring (R48), beside her own row: kept by `Desk.learn_buyers`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from stylistdesk.db.tables import Client, ExpectedValue
from stylistdesk.domain.expected import Expected
from stylistdesk.domain.types import Cents
from stylistdesk.queries.asking import Asking

COLUMNS: tuple[Any, ...] = (ExpectedValue.chance, ExpectedValue.amount_cents, ExpectedValue.by_day)


def hers(asking: Asking) -> ColumnElement[bool]:
    """What joins `expected_value` to its client, while its day has not passed."""
    today = asking.now.astimezone(asking.zone).date()
    return and_(col(ExpectedValue.id) == col(Client.id), col(ExpectedValue.by_day) >= today)


def expected_of(asking: Asking, chance: int | None, amount: int, by: date) -> Expected | None:
    """The three columns as one; None where nothing is known of her."""
    return None if chance is None else Expected(chance, Cents(amount), asking.currency, by)


def expected_by_client(asking: Asking, ids: Sequence[int]) -> dict[int, Expected]:
    """What these clients are expected to bring, by client; nothing of one of whom nothing was learned."""
    wanted = select(col(Client.id), *COLUMNS).join(ExpectedValue, hers(asking)).where(col(Client.id).in_(ids))
    found = ((key, expected_of(asking, *bought)) for key, *bought in asking.session.execute(wanted))
    return {key: expected for key, expected in found if expected is not None}
