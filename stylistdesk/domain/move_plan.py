"""The legal set of moves between open events that earns their hosts most (R41).

What counts is the sum of the events' rewards in cents, then their half-price items, then the fewest moves; ties are
broken the same way each time, whatever the order in which things are given. Choosing is as hard as packing bins, so:
a good plan is built (every event aims at a tier or at none, few orders fill it up, and steps that better it are taken);
`move_bounds` says what no plan can exceed; and `move_search` tries every plan that might still be better while these
are few enough: always with 12 orders and 3 events. What is known of the result is its `Proof`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd

from stylistdesk.domain.host_rewards import RewardRules, Rewards, rewards_of
from stylistdesk.domain.move_bounds import Goal, Standing, Worth, goals_of
from stylistdesk.domain.move_search import search_all
from stylistdesk.domain.move_subsets import best_sharing, is_small
from stylistdesk.domain.types import Cents

GOALS_AT_LEAST, WORK_OF_GOALS = 8, 4_000
"""So many ways to give each event a goal are tried, those that could earn most first: fewer where orders are many."""

STEPS_AT_MOST = 12_000


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """An order in an open event, what it counts for, and whether it may leave."""

    id: int
    event_id: int
    base: Cents
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """An order that goes from one event to another."""

    order_id: int
    from_event_id: int
    to_event_id: int


class Proof(StrEnum):
    """What is known of a plan."""

    BEST = "best"  # no other legal set of moves earns more, and none that earns as much has fewer moves
    EARNS_MOST = "earns most"  # none earns more
    FOUND = "found"  # the best found


@dataclass(frozen=True, slots=True)
class Plan:
    """Moves, each event's rewards before and after them, what is known of them, and what no plan can exceed."""

    moves: tuple[Move, ...]
    before: dict[int, Rewards]
    after: dict[int, Rewards]
    proof: Proof
    at_most: Cents

    @property
    def gain(self) -> Cents:
        """What all hosts earn more, in cents."""
        return Cents(_sum(self.after) - _sum(self.before))

    @property
    def more_items(self) -> int:
        """How many half-price items more, or fewer."""
        return sum(x.half_price_items for x in self.after.values()) - sum(
            x.half_price_items for x in self.before.values()
        )


def _sum(rewards: dict[int, Rewards]) -> int:
    return sum(one.cents for one in rewards.values())


def best_moves(orders: Iterable[PlanOrder], event_ids: Iterable[int], rules: RewardRules) -> Plan:
    """The moves among these open events that earn most."""
    events = sorted(set(event_ids))
    index = {event_id: at for at, event_id in enumerate(events)}
    known = sorted((one for one in orders if one.event_id in index and one.base > 0), key=lambda one: one.id)
    worth = Worth(rules, len(events), len(known), gcd(*(one.base for one in known)) or 1)
    free = sorted((one for one in known if one.moves), key=lambda one: (-one.base, one.id))
    problem = _Problem(
        worth,
        tuple(one.base for one in free),
        tuple(index[one.event_id] for one in free),
        tuple(
            Standing(sum(1 for x in fixed), sum(x.base for x in fixed))
            for fixed in ([x for x in known if not x.moves and index[x.event_id] == at] for at in range(len(events)))
        ),
    )
    where, proof, at_most = problem.solve()
    moves = tuple(
        Move(one.id, one.event_id, events[at])
        for one, at in sorted(zip(free, where, strict=True), key=lambda pair: pair[0].id)
        if events[at] != one.event_id
    )
    goes = {move.order_id: move.to_event_id for move in moves}
    return Plan(
        moves,
        {key: rewards_of([x.base for x in known if x.event_id == key], rules) for key in events},
        {key: rewards_of([x.base for x in known if goes.get(x.id, x.event_id) == key], rules) for key in events},
        proof,
        Cents(at_most),
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    """Orders by falling base, the event that each is in, and what stays in each event whatever is moved."""

    worth: Worth
    bases: tuple[int, ...]
    home: tuple[int, ...]
    fixed: tuple[Standing, ...]

    def solve(self) -> tuple[tuple[int, ...], Proof, int]:
        """Where each order goes, what is known of that, and more cents than which no plan earns."""
        worth = self.worth
        best, best_value = self.home, _Placing(self).value
        goals = goals_of(worth, self.fixed, sum(self.bases), len(self.bases))
        for bound, goal in goals[: max(GOALS_AT_LEAST, WORK_OF_GOALS // (len(self.bases) + 1))]:
            if bound <= best_value:
                break
            placing = _Placing(self)
            placing.aim(goal)
            placing.better()
            if placing.value > best_value:
                best, best_value = tuple(placing.where), placing.value
        most = max(goals[0][0] if goals else 0, best_value)
        searched = search_all(worth, self.bases, self.home, self.fixed, best_value)
        if searched.where is not None:
            best = searched.where
            best_value = _Placing(self, best).value
        if searched.finished:
            return best, Proof.BEST, worth.cents(best_value)
        if is_small(len(self.bases), len(self.fixed)):
            best, best_value = best_sharing(worth, self.bases, self.home, self.fixed)
            return best, Proof.BEST, worth.cents(best_value)
        earns_most = worth.earns(best_value) >= worth.earns(most)
        return best, Proof.EARNS_MOST if earns_most else Proof.FOUND, worth.cents(most)


class _Placing:
    """A way to place the orders, bettered step by step."""

    def __init__(self, problem: _Problem, where: Sequence[int] | None = None) -> None:
        self.problem, self.worth, self.bases, self.home = problem, problem.worth, problem.bases, problem.home
        self.where = list(problem.home if where is None else where)
        self.counts, self.sums = [x.count for x in problem.fixed], [x.base for x in problem.fixed]
        for at, base in zip(self.where, self.bases, strict=True):
            self.counts[at] += 1
            self.sums[at] += base

    @property
    def value(self) -> int:
        """What it is worth, its moves taken off."""
        moves = sum(1 for at, home in zip(self.where, self.home, strict=True) if at != home)
        return sum(self.worth(c, s) for c, s in zip(self.counts, self.sums, strict=True)) - moves

    def put(self, order: int, to: int) -> None:
        """Place an order elsewhere."""
        giver, base = self.where[order], self.bases[order]
        self.counts[giver] -= 1
        self.sums[giver] -= base
        self.counts[to] += 1
        self.sums[to] += base
        self.where[order] = to

    def aim(self, goal: Goal) -> None:
        """Let each event reach its goal with few moves; one that aims at nothing gives first, then any surplus."""
        for taker, floor in enumerate(goal.floors):
            if floor is not None:
                for wants in (False, True):
                    self._fill(taker, floor, goal, wants)
        if goal.gathers is not None:
            for order, giver in enumerate(self.where):
                if goal.floors[giver] is None:
                    self.put(order, goal.gathers)

    def _fill(self, taker: int, floor: int, goal: Goal, wants: bool) -> None:
        """From events that want something themselves, or from those that do not: the largest, then what is enough."""
        needed = self.worth.rules.orders_needed
        givers = [
            order
            for order, giver in enumerate(self.where)
            if giver != taker and (goal.floors[giver] is not None) is wants
        ]
        while givers and (self.sums[taker] < floor or self.counts[taker] < needed):
            lacks = floor - self.sums[taker]
            enough = [order for order in givers if self.bases[order] >= lacks]
            order = enough[-1] if enough else givers[0]
            givers.remove(order)
            own = goal.floors[self.where[order]]
            giver = self.where[order]
            if own is None or (self.sums[giver] - self.bases[order] >= own and self.counts[giver] > needed):
                self.put(order, taker)

    def better(self) -> None:
        """Move single orders and swap pairs as long as that betters it."""
        work = STEPS_AT_MOST
        bettered = True
        while bettered and work > 0:
            bettered = False
            for order in range(len(self.where)):
                for to in range(len(self.counts)):
                    work -= 1
                    bettered |= to != self.where[order] and self._try(((order, to),))
            if bettered:
                continue
            for one in range(len(self.where)):
                for other in range(one):
                    if self.where[one] != self.where[other]:
                        work -= 1
                        bettered |= self._try(((one, self.where[other]), (other, self.where[one])))
                if work <= 0:
                    break

    def _try(self, steps: tuple[tuple[int, int], ...]) -> bool:
        """Take these steps between two events if that betters it; whether it does."""
        (order, b), a = steps[0], self.where[steps[0][0]]
        count = 1 if len(steps) == 1 else 0
        base = self.bases[order] - (self.bases[steps[1][0]] if len(steps) > 1 else 0)
        worth, counts, sums = self.worth, self.counts, self.sums
        gain = worth(counts[a] - count, sums[a] - base) + worth(counts[b] + count, sums[b] + base)
        gain -= worth(counts[a], sums[a]) + worth(counts[b], sums[b])
        for step, to in steps:
            gain += (self.where[step] != self.home[step]) - (to != self.home[step])
        if gain <= 0:
            return False
        for step, to in steps:
            self.put(step, to)
        return True
