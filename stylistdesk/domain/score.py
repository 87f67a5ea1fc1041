"""The score of R5: an exact sum of named terms, in hundredths.

No signal ever lowers it. A kind of signal counts once with its weight, and a little more for each further one; a rule
that a signal can silence gives way to it, and all that one signal can silence weighs at most what that signal brings
(`Weights` checks this). Signals whose rule the rep dismissed count for nothing until a new one comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.expected import say_chance
from stylistdesk.domain.facts import Facts
from stylistdesk.domain.rules import BY_NAME, FEEDS, RULES
from stylistdesk.domain.suggestions import Suggestion, Term
from stylistdesk.domain.types import SignalKind

KIND_POINTS: Final = MappingProxyType(
    {
        SignalKind.COMMENTED: 800,
        SignalKind.REPLIED: 800,
        SignalKind.ADDED_TO_CART: 400,
        SignalKind.CHECKED_OUT: 400,
        SignalKind.RECEIVED: 250,
        SignalKind.HEARTED: 200,
        SignalKind.FAVOURITED: 200,
        SignalKind.RETURNED: 150,
        SignalKind.BOOKED: 100,
        SignalKind.OPENED_EMAIL: 30,
    }
)

KIND_WORDS: Final = MappingProxyType(
    {
        SignalKind.COMMENTED: ("comment", "{} comments"),
        SignalKind.REPLIED: ("reply", "{} replies"),
        SignalKind.ADDED_TO_CART: ("item in her cart", "{} items in her cart"),
        SignalKind.CHECKED_OUT: ("checked out", "checked out {} times"),
        SignalKind.RECEIVED: ("received an item", "received {} items"),
        SignalKind.HEARTED: ("hearted an item", "hearted {} items"),
        SignalKind.FAVOURITED: ("favourited an item", "favourited {} items"),
        SignalKind.RETURNED: ("returned an item", "returned {} items"),
        SignalKind.BOOKED: ("booked", "booked {} times"),
        SignalKind.OPENED_EMAIL: ("opened an email", "opened {} emails"),
    }
)

LEAST: Final = 0
MOST: Final = 1_000_000
POINTS: Final = "points"
"""The unit of weights that are whole hundredths of a point."""
_NOTHING: Final[frozenset[SignalKind]] = frozenset()
_POWER_WORDS: Final = tuple("spending power " + "$" * power for power in range(7))
_TALK = frozenset({SignalKind.COMMENTED, SignalKind.REPLIED})


def _checked(name: str, value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not LEAST <= value <= MOST:
        raise ValueError(f"{name} must be whole hundredths from {LEAST} to {MOST}, not {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class _Named:
    """A name that a table of weights may hold, its points, and what they are for."""

    name: str
    default: int
    about: str
    group: str
    title: str


_OF_KINDS: Final = tuple(
    _Named(kind.value, points, f"Points for the first: {KIND_WORDS[kind][0]}.", "Weights: signals", KIND_WORDS[kind][0])
    for kind, points in KIND_POINTS.items()
)
_OF_RULES: Final = tuple(
    _Named(rule.name, rule.points, f"Points while it holds: {rule.title}.", "Weights: suggestions", rule.title)
    for rule in RULES
)


def _about(about: str, unit: str = "", known: tuple[_Named, ...] = ()) -> dict[str, Any]:
    return {"about": about, "least": LEAST, "most": MOST, "unit": unit, "known": known}


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the score in hundredths (800 shows as 8.0); each field says in its metadata what it is about.

    `kinds` and `rules` name only what differs from the table. Raises `ValueError` for an unknown name, for what is
    not a whole number of 0 or more, and for rules that together weigh more than a signal that silences them.
    """

    kinds: dict[str, int] = field(
        default_factory=dict, metadata=_about("Points for the first unseen signal of a kind.", POINTS, known=_OF_KINDS)
    )
    rules: dict[str, int] = field(
        default_factory=dict, metadata=_about("Points while a rule suggests something.", POINTS, known=_OF_RULES)
    )
    more_percent: int = field(
        default=10, metadata=_about("Each further signal of a kind adds so many per cent of the first.")
    )
    more_at_most: int = field(default=10, metadata=_about("So many further signals of a kind count."))
    fresh: tuple[int, int, int] = field(
        default=(50, 30, 10),
        metadata=_about("Points for the newest signal: of today, of yesterday, of this week.", POINTS),
    )
    spending_power: tuple[int, int, int, int, int, int] = field(
        default=(60, 130, 200, 270, 340, 410), metadata=_about("Points for spending power $ to $$$$$$.", POINTS)
    )
    overdue_per_day: int = field(
        default=50, metadata=_about("Points for each day that something promised is overdue.", POINTS)
    )
    overdue_days_at_most: int = field(default=14, metadata=_about("So many overdue days count."))
    deadline_near: int = field(
        default=300, metadata=_about("Points at a deadline, growing from none over its last 24 hours.", POINTS)
    )
    expected_value: int = field(
        default=100,
        metadata=_about("Points for each 100 that a client is expected to bring: chance times amount.", POINTS),
    )
    expected_value_at_most: int = field(
        default=300, metadata=_about("So many points at most for what is expected.", POINTS)
    )
    _kind_points: dict[SignalKind, int] = field(init=False, repr=False, compare=False)
    _rule_points: dict[str, int] = field(init=False, repr=False, compare=False)
    _importance: dict[str, int] = field(init=False, repr=False, compare=False)
    _terms: dict[tuple[object, ...], Term] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for unknown in set(self.kinds) - set(SignalKind):
            raise ValueError(f"{unknown} is not a kind of signal")
        for unknown in set(self.rules) - set(BY_NAME):
            raise ValueError(f"{unknown} is not a rule")
        kinds = {kind: _checked(kind, self.kinds.get(kind, points)) for kind, points in KIND_POINTS.items()}
        rules = {rule.name: _checked(rule.name, self.rules.get(rule.name, rule.points)) for rule in RULES}
        for name in (
            "more_percent", "more_at_most", "overdue_per_day", "overdue_days_at_most", "deadline_near",
            "expected_value", "expected_value_at_most",
        ):  # fmt: skip
            _checked(name, getattr(self, name))
        for name, count in (("fresh", 3), ("spending_power", 6)):
            steps = getattr(self, name)
            if len(steps) != count:
                raise ValueError(f"{name} must have {count} values")
            for points in steps:
                _checked(name, points)
        if list(self.fresh) != sorted(self.fresh, reverse=True):
            raise ValueError("fresh must not give an older signal more than a newer one")
        for kind, points in kinds.items():
            silenced = [rule.name for rule in RULES if kind in rule.settled_by and rules[rule.name]]
            if sum(rules[name] for name in silenced) > points:
                raise ValueError(
                    f"{' and '.join(silenced)} may weigh at most as much as {kind.value} ({points}), which silences "
                    f"{'it' if len(silenced) == 1 else 'both'}"
                )
        object.__setattr__(self, "_kind_points", kinds)
        object.__setattr__(self, "_rule_points", rules)
        importance = {
            rule.name: rules[rule.name] or max((kinds[kind] for kind in rule.fed_by), default=0) for rule in RULES
        }
        object.__setattr__(self, "_importance", importance)

    def of_rule(self, name: str) -> int:
        """The points of a rule's own term."""
        return self._rule_points[name]

    def importance(self, rule: str) -> int:
        """What a rule's suggestion weighs beside a client's others: its points, or those of what feeds it."""
        return self._importance[rule]

    def kind_term(self, kind: SignalKind, count: int, unanswered: bool) -> Term:
        """The term of the unseen signals of one kind."""
        key = (kind, count, unanswered)
        term = self._terms.get(key)
        if term is None:
            first = self._kind_points[kind]
            more = first * self.more_percent * min(count - 1, self.more_at_most) // 100
            words = KIND_WORDS[kind][count > 1].format(count) + (" unanswered" if unanswered else "")
            term = self._terms[key] = Term(words, first + more)
        return term

    def named(self, name: str, points: int) -> Term:
        """A term, made once."""
        key = (name, points)
        term = self._terms.get(key)
        if term is None:
            term = self._terms[key] = Term(name, points)
        return term


DEFAULT_WEIGHTS = Weights()


def _dropped(facts: Facts) -> frozenset[SignalKind]:
    """Kinds whose rule the rep dismissed, with nothing newer to feed it."""
    newest: dict[str, int] = {}
    for unseen in facts.unseen:
        rule = FEEDS.get(unseen.kind)
        if rule is not None:
            newest[rule] = max(newest.get(rule, 0), unseen.last_id)
    gone = {name for name, last_id in newest.items() if facts.hides(name, "", last_id)}
    return frozenset(kind for kind, name in FEEDS.items() if name in gone)


def terms_of(
    facts: Facts, suggestions: Sequence[Suggestion], here: LocalNow, weights: Weights = DEFAULT_WEIGHTS
) -> tuple[Term, ...]:
    """The terms of a client's score, the largest first, given what the rules suggest."""
    terms, scored = _of_signals(facts, suggestions, here, weights)
    power = facts.spending_power
    if power:
        terms.append(weights.named(_POWER_WORDS[min(power, 6)], weights.spending_power[min(power, 6) - 1]))
    if facts.expected is not None:
        points = min(weights.expected_value * facts.expected.value // 100_00, weights.expected_value_at_most)
        if points > 0:
            terms.append(Term(f"likely to buy: {say_chance(facts.expected)}", points))
    late = near = 0
    for suggestion in suggestions:
        rule = BY_NAME[suggestion.rule]
        soon = suggestion.due >= here.tomorrow_starts
        points = weights.of_rule(rule.name)
        if points and not (rule.settled_by and not scored.isdisjoint(rule.settled_by)):
            terms.append(weights.named(rule.title + " soon" if soon else rule.title, points // 2 if soon else points))
        if suggestion.promised and not soon:
            if suggestion.due < here.today_starts:
                late = max(late, (here.today - here.day(suggestion.due)).days)
            if rule.deadline:
                near = max(near, _nearness(suggestion, here, weights))
    if near:
        terms.append(weights.named("deadline near", near))
    if late:
        points = weights.overdue_per_day * min(late, weights.overdue_days_at_most)
        terms.append(weights.named(f"{late} day{'' if late == 1 else 's'} overdue", points))
    terms.sort(key=_largest_first)
    while terms and not terms[-1].points:
        terms.pop()
    return tuple(terms)


def _of_signals(
    facts: Facts, suggestions: Sequence[Suggestion], here: LocalNow, weights: Weights
) -> tuple[list[Term], set[SignalKind]]:
    """The terms of what she has done since the last follow-up, and the kinds that count."""
    terms: list[Term] = []
    scored: set[SignalKind] = set()
    if facts.unseen:
        dropped = _dropped(facts) if facts.dismissed else _NOTHING
        unanswered = any(suggestion.number == 5 for suggestion in suggestions)
        newest = None
        for unseen in facts.unseen:
            kind = unseen.kind
            if kind in dropped:
                continue
            scored.add(kind)
            if newest is None or unseen.last_at > newest:
                newest = unseen.last_at
            terms.append(weights.kind_term(kind, unseen.count, unanswered and kind in _TALK))
        if newest is not None:
            terms.append(_fresh(here.now - newest, weights))
    return terms, scored


def _largest_first(term: Term) -> tuple[int, str]:
    return -term[1], term[0]


def _fresh(age: timedelta, weights: Weights) -> Term:
    today, yesterday, week = weights.fresh
    if age < timedelta(days=1):
        return weights.named("heard from in the last day", today)
    if age < timedelta(days=2):
        return weights.named("heard from in the last two days", yesterday)
    return weights.named("heard from this week", week if age < timedelta(days=7) else 0)


def _nearness(suggestion: Suggestion, here: LocalNow, weights: Weights) -> int:
    """The nearer the deadline, the more points; past it, all of them."""
    minutes = min(max(int((suggestion.due - here.now).total_seconds()) // 60, 0), 1440)
    return weights.deadline_near * (1440 - minutes) // 1440
