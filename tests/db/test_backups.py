"""Backups are made when something has changed, and thinned by a rule."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.db.backups import backups_in, to_keep
from stylistdesk.desk import Desk
from tests.conftest import NOW
from tests.helpers import add_client


def test_the_days_backup_is_made_once_and_only_if_something_changed(desk: Desk, clock: FrozenClock) -> None:
    add_client(desk)
    assert desk.back_up_if_due() is not None
    add_client(desk, "Bea Okafor")
    assert desk.back_up_if_due() is None
    clock.at += timedelta(days=1)
    made = desk.back_up_if_due()
    assert made is not None and made.rows["client"] == 2
    clock.at += timedelta(days=1)
    assert desk.back_up_if_due() is None
    assert [b.rows["client"] for b in backups_in(desk.paths.backups)] == [2, 1]


@given(st.lists(st.integers(0, 800), max_size=200, unique=True))
def test_thinning_keeps_the_newest_of_each_recent_day_week_and_month(days: list[int]) -> None:
    made = [NOW - timedelta(days=day, hours=1) for day in days]
    kept = to_keep(made)
    assert kept <= set(made)
    assert len(kept) <= 12 + 10 + 9
    assert set(sorted(made, reverse=True)[:12]) <= kept
    assert to_keep(sorted(kept)) == kept
