"""The tiers of host rewards (R38): the usual ones until the rep first changes one, then her own."""

from dataclasses import dataclass

from sqlmodel import col, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.event_orders import reward_rules
from stylistdesk.db.tables import RewardTier
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.host_rewards import Tier
from stylistdesk.domain.reward_tiers import say_reach, with_tier


@dataclass(frozen=True, slots=True)
class AddTier:
    """Add a tier."""

    tier: Tier

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, and for a tier that overlaps another."""
        _write(work, with_tier(_tiers(work), self.tier, work.currency))
        return Outcome(f"Added the tier of {say_reach(self.tier, work.currency)}")


@dataclass(frozen=True, slots=True)
class EditTier:
    """Change the tier that begins at so much."""

    from_cents: int
    tier: Tier

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a field that is wrong, and for a tier that would overlap another."""
        tiers = _tiers(work)
        was = _tier_at(tiers, self.from_cents)
        label = f"Changed the tier of {say_reach(self.tier, work.currency)}"
        if was == self.tier:
            return Outcome(label, changed=False)
        _write(work, with_tier((one for one in tiers if one != was), self.tier, work.currency))
        return Outcome(label)


@dataclass(frozen=True, slots=True)
class RemoveTier:
    """Remove the tier that begins at so much: such sales earn nothing then."""

    from_cents: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for the last one: without any, the usual ones would hold."""
        tiers = _tiers(work)
        was = _tier_at(tiers, self.from_cents)
        if len(tiers) == 1:
            raise Refused("It is the last tier: without any, the usual ones would hold.", hint="Change it instead.")
        _write(work, tuple(one for one in tiers if one != was))
        return Outcome(f"Removed the tier of {say_reach(was, work.currency)}")


@dataclass(frozen=True, slots=True)
class RestoreUsualTiers:
    """Let the usual tiers hold again."""

    def apply(self, work: Work) -> Outcome:
        """Nothing changes where they hold already."""
        rows = work.session.exec(select(RewardTier)).all()
        for row in rows:
            work.session.delete(row)
        said = "Restored the usual tiers" if rows else "The usual tiers hold already"
        return Outcome(said, changed=bool(rows))


def _tiers(work: Work) -> tuple[Tier, ...]:
    return reward_rules(work.session, work.settings).tiers


def _tier_at(tiers: tuple[Tier, ...], from_cents: int) -> Tier:
    found = next((one for one in tiers if one.from_cents == from_cents), None)
    if found is None:
        raise Refused("This tier is no longer there.", hint="Undo brings a removed one back.")
    return found


def _write(work: Work, tiers: tuple[Tier, ...]) -> None:
    """Write the whole table; a row that stays as it is stays untouched."""
    session = work.session
    rows = {row.from_cents: row for row in session.exec(select(RewardTier).order_by(col(RewardTier.from_cents))).all()}
    for from_cents in rows.keys() - {one.from_cents for one in tiers}:
        session.delete(rows.pop(from_cents))
    session.flush()
    for one in tiers:
        row = rows.get(one.from_cents) or RewardTier(from_cents=one.from_cents)
        row.to_cents, row.fixed_cents, row.percent = one.to_cents, one.fixed_cents, one.percent
        row.half_price_items = one.half_price_items
        session.add(row)
