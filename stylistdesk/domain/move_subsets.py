"""The best plan of moves for a dozen orders, whatever the events: every set of orders for each event is tried (R41).

What an event is worth depends on the set of orders in it alone. So the best way to share a set among the first events
follows from the best ways to share its subsets among those but the last one.
"""

from collections.abc import Sequence

from stylistdesk.domain.move_bounds import Standing, Worth

ORDERS_AT_MOST = 12
EVENTS_AT_MOST = 12
"""Some 3 to the power of 12 pairs of sets for each event: a second or two for all of them."""


def is_small(orders: int, events: int) -> bool:
    """Whether `best_sharing` answers within a second or two."""
    return orders <= ORDERS_AT_MOST and events <= EVENTS_AT_MOST


def best_sharing(
    worth: Worth, bases: Sequence[int], home: Sequence[int], fixed: Sequence[Standing]
) -> tuple[tuple[int, ...], int]:
    """Where each order goes in the best plan, and what that is worth, its moves taken off."""
    whole = (1 << len(bases)) - 1
    shares = _worth_of_sets(worth, bases, home, fixed, 0)
    chosen: list[dict[int, int]] = []
    for event in range(1, len(fixed)):
        alone = _worth_of_sets(worth, bases, home, fixed, event)
        last = event == len(fixed) - 1
        best, taken = [0] * (whole + 1), {}
        for orders in (whole,) if last else range(whole + 1):
            most, by = shares[orders] + alone[0], 0
            takes = orders
            while takes:
                value = shares[orders ^ takes] + alone[takes]
                if value > most:
                    most, by = value, takes
                takes = (takes - 1) & orders
            best[orders], taken[orders] = most, by
        shares = best
        chosen.append(taken)
    where, orders = [0] * len(bases), whole
    for event in range(len(fixed) - 1, 0, -1):
        takes = chosen[event - 1][orders]
        for order in range(len(bases)):
            if takes >> order & 1:
                where[order] = event
        orders ^= takes
    return tuple(where), shares[whole]


def _worth_of_sets(
    worth: Worth, bases: Sequence[int], home: Sequence[int], fixed: Sequence[Standing], event: int
) -> list[int]:
    """By set of orders, what the event is worth with just those, less the moves into it."""
    count, base, moves = [fixed[event].count], [fixed[event].base], [0]
    for order, cents in enumerate(bases):  # the sets without the order, then the same sets with it
        moved = int(home[order] != event)
        count += [one + 1 for one in count]
        base += [one + cents for one in base]
        moves += [one + moved for one in moves]
    return [worth(*one) - moved for *one, moved in zip(count, base, moves, strict=True)]
