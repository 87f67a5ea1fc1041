"""Who is likely to buy, and for how much (R48): BG/NBD over each client's own order days, and her mean order.

The model is that of Fader, Hardie and Lee, “Counting Your Customers the Easy Way”, Marketing Science 24 (2005): while
she is a customer she orders at random at a rate of her own (gamma: `r`, `alpha`), and after each order she may stay
away for good with a chance of her own (beta: `a`, `b`). Time is in weeks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import exp, expm1, inf, lgamma, log, log1p
from typing import NamedTuple

FITTED_FROM = 200
"""So many clients with orders make a model of the desk's own; below that the defaults hold."""
MOST = 5_000
"""A model is fitted on at most so many clients, evenly chosen: more would hardly change it, and take longer."""
DEFAULT_PULL = 3.0
"""From so many orders on, a client's own mean order counts for more than the desk's, unless the desk tells better."""


class Parameters(NamedTuple):
    """The four of BG/NBD, each above 0: of the rates of ordering, and of the chances of staying away."""

    r: float
    alpha: float
    a: float
    b: float


CDNOW = Parameters(0.243, 4.414, 0.793, 2.426)
"""The estimates that the paper gives for a shop's customers, in weeks: the stated defaults."""


class History(NamedTuple):
    """A client's order days: how many after the first, days from the first to the last, and from the first to today."""

    repeats: int
    last: int
    observed: int


def history(days: Iterable[int], today: int) -> History | None:
    """The history of orders on these days (ordinals); one day counts once, and what is after today not at all."""
    known = sorted({day for day in days if day <= today})
    return History(len(known) - 1, known[-1] - known[0], today - known[0]) if known else None


def log_likelihood(of: Parameters, histories: Iterable[tuple[History, int]]) -> float:
    """The log-likelihood of histories, each with how many clients have it."""
    r, alpha, a, b = of
    fixed: dict[int, tuple[float, float]] = {}
    total = 0.0
    for (x, last, observed), count in histories:
        if x not in fixed:
            start = lgamma(r + x) - lgamma(r) + r * log(alpha)
            stays = lgamma(a + b) + lgamma(b + x) - lgamma(b) - lgamma(a + b + x)
            fixed[x] = start + stays, log(a) - log(b + x - 1) if x else 0.0
        base, left = fixed[x]
        there = -(r + x) * log(alpha + observed / 7)
        if x:
            gone = left - (r + x) * log(alpha + last / 7)
            high, low = (there, gone) if there > gone else (gone, there)
            there = high + log1p(exp(low - high))
        total += count * (base + there)
    return total


def fit(histories: Sequence[History], start: Parameters = CDNOW) -> Parameters:
    """The parameters under which these histories are most likely, given a weak pull towards `start`.

    The pull keeps what the orders do not tell (whether anybody ever stays away, say) from running off.
    """
    counted = sorted(Counter(_some(histories)).items())
    origin = [log(value) for value in start]

    def cost(point: Sequence[float]) -> float:
        away = [there - here for there, here in zip(point, origin, strict=True)]
        if max(map(abs, away)) > 9:
            return inf
        pull = sum(step * step for step in away) / 8
        return pull - log_likelihood(Parameters(*map(exp, point)), counted)

    return Parameters(*map(exp, lowest(cost, origin)))


def _some(histories: Sequence[History]) -> Sequence[History]:
    """All of them, or evenly chosen ones: the same for the same histories, in whatever order they come."""
    if len(histories) <= MOST:
        return histories
    ranked = sorted(histories)
    return [ranked[place * len(ranked) // MOST] for place in range(MOST)]


def lowest(
    cost: Callable[[Sequence[float]], float], start: Sequence[float], *, near: float = 1e-3, most: int = 400
) -> list[float]:
    """Where a function is lowest, by the simplex of Nelder and Mead, in at most so many steps."""
    size = len(start)
    points = [list(start)] + [[v + (0.5 if i == j else 0.0) for j, v in enumerate(start)] for i in range(size)]
    simplex = sorted((cost(point), point) for point in points)
    for _ in range(most):
        best, worst = simplex[0], simplex[-1]
        if worst[0] - best[0] < near and max(abs(p - q) for p, q in zip(best[1], worst[1], strict=True)) < near * 10:
            break
        middle = [sum(column) / size for column in zip(*(point for _, point in simplex[:-1]), strict=True)]

        def at(far: float, middle: list[float] = middle, worst: list[float] = worst[1]) -> tuple[float, list[float]]:
            point = [m + far * (w - m) for m, w in zip(middle, worst, strict=True)]
            return cost(point), point

        mirrored = at(-1.0)
        if mirrored < best:
            found = min(mirrored, at(-2.0))
        elif mirrored < simplex[-2]:
            found = mirrored
        else:
            found = at(-0.5) if mirrored < worst else at(0.5)
        if found < worst:
            simplex[-1] = found
        else:
            shrunk = [[(p + q) / 2 for p, q in zip(best[1], point, strict=True)] for _, point in simplex[1:]]
            simplex[1:] = [(cost(point), point) for point in shrunk]
        simplex.sort()
    return simplex[0][1]


def alive(of: Parameters, known: History) -> float:
    """The chance, 0 to 1, that she has not stayed away for good; of one who has ordered once only, 1 by the model."""
    x, last, observed = known
    if not x:
        return 1.0
    odds = log(of.a) - log(of.b + x - 1) + (of.r + x) * (log(of.alpha + observed / 7) - log(of.alpha + last / 7))
    return 1 / (1 + exp(odds)) if odds < 700 else 0.0


def chance(of: Parameters, known: History, weeks: int) -> float:
    """The chance, 0 to 1, that she orders within so many weeks.

    Nobody stays away but after an order, so it is exact: that she is still a customer, times that one orders.
    """
    until = of.alpha + known.observed / 7
    return alive(of, known) * -expm1((of.r + known.repeats) * (log(until) - log(until + weeks)))


class Spending(NamedTuple):
    """The desk's mean order in cents, and how many orders' weight it has beside a client's own (`pull`)."""

    mean: float
    pull: float

    def of(self, amounts: Sequence[int]) -> int:
        """What an order of a client with these orders will be about, in cents: her mean, drawn towards the desk's."""
        return round((self.pull * self.mean + sum(amounts)) / (self.pull + len(amounts)))


def spending(clients: Sequence[Sequence[int]]) -> Spending:
    """The desk's mean order, and by how much it draws, of each client's orders in cents.

    From `FITTED_FROM` clients on, the pull is Bühlmann's: how much a client's orders differ among themselves, over how
    much clients differ from one another, by the method of moments; below that it is `DEFAULT_PULL`.
    """
    clients = [amounts for amounts in clients if amounts]
    orders = sum(map(len, clients))
    if not orders:
        return Spending(0.0, DEFAULT_PULL)
    mean = sum(map(sum, clients)) / orders
    if len(clients) < FITTED_FROM or orders == len(clients):
        return Spending(mean, DEFAULT_PULL)
    within = between = 0.0
    for amounts in clients:
        own = sum(amounts) / len(amounts)
        within += sum((amount - own) ** 2 for amount in amounts)
        between += len(amounts) * (own - mean) ** 2
    within /= orders - len(clients)
    even = orders - sum(len(amounts) ** 2 for amounts in clients) / orders
    between = (between - (len(clients) - 1) * within) / even if even else 0.0
    return Spending(mean, min(max(within / between, 0.1), 100.0) if between > 0 else 100.0)
