"""How clients feel (R21): what a score says, what a response is about, and how scores have gone.

CSAT % and NPS are those of the metrics (R20). Shares are in basis points, averages in hundredths, both rounded half up;
of nothing they are `None`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from stylistdesk.domain import metrics_of_work
from stylistdesk.domain.commission import half_up
from stylistdesk.domain.dates import add_months
from stylistdesk.domain.metrics import Interval
from stylistdesk.domain.types import Theme

SCORES = range(1, 6)
NPS_SCORES = range(0, 11)
LOW = 2
"""A score up to this one wants an answer (R5, rule 1)."""
SATISFIED = metrics_of_work.SATISFIED
"""A score from this one on counts as satisfied (R20)."""
MONTHS_SHOWN = 12

TYPED_IN = "typed:"
"""What the external id of a response begins with that the rep typed in herself."""

THEME_WORDS = {
    Theme.SERVICE: "service",
    Theme.EXECUTION: "execution",
    Theme.TIMELY: "timely responses",
    Theme.LOOKS: "look quality",
}


@dataclass(frozen=True, slots=True)
class Rating(metrics_of_work.Rating):
    """What counts of a response: a rating, and what it is about."""

    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """What came of some ratings: how many, CSAT % with its interval, their average, how many were asked, and NPS."""

    n: int
    satisfied: int | None
    interval: Interval | None
    average: int | None
    asked: int
    nps: int | None


@dataclass(frozen=True, slots=True)
class MonthOfScores:
    """The scores of a calendar month."""

    first: date
    scores: Scores


@dataclass(frozen=True, slots=True)
class ThemeOfScores:
    """The scores of the responses about a theme."""

    theme: Theme
    scores: Scores


def scores_of(ratings: Iterable[Rating]) -> Scores:
    """What came of these ratings."""
    some = list(ratings)
    satisfied, nps = metrics_of_work.csat(some), metrics_of_work.nps(some)
    average = half_up(100 * sum(rating.score for rating in some), len(some)) if some else None
    return Scores(len(some), satisfied.value, satisfied.interval, average, nps.n, nps.value)


def by_month(ratings: Sequence[Rating], today: date, count: int = MONTHS_SHOWN) -> tuple[MonthOfScores, ...]:
    """The scores of the last months, the oldest first, up to the month of `today`, also of those without ratings."""
    months: dict[date, list[Rating]] = {add_months(today.replace(day=1), number): [] for number in range(1 - count, 1)}
    for rating in ratings:
        if (first := rating.on.replace(day=1)) in months:
            months[first].append(rating)
    return tuple(MonthOfScores(first, scores_of(some)) for first, some in months.items())


def by_theme(ratings: Sequence[Rating]) -> tuple[ThemeOfScores, ...]:
    """The scores by theme, in the order of `Theme`; one response may count in several."""
    return tuple(ThemeOfScores(theme, scores_of(one for one in ratings if theme in one.themes)) for theme in Theme)


def parse_themes(words: str) -> tuple[Theme, ...]:
    """The themes of a stored response, in the order of `Theme`; words that are none are left out."""
    said = set(words.split())
    return tuple(theme for theme in Theme if theme in said)


def join_themes(themes: Iterable[Theme]) -> str:
    """The themes as they are stored."""
    chosen = set(themes)
    return " ".join(theme for theme in Theme if theme in chosen)


def say_themes(themes: Iterable[Theme]) -> str:
    """The themes in words."""
    return ", ".join(THEME_WORDS[theme] for theme in themes)


def is_low(score: int) -> bool:
    """Whether it wants an answer."""
    return score <= LOW
