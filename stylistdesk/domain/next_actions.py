"""What to do next for each client, and why (R5, R6): the rules, the score and what hides a client."""

from datetime import datetime

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.facts import Facts
from stylistdesk.domain.rules import BY_NAME, FEEDS, RULES, Rule
from stylistdesk.domain.score import DEFAULT_WEIGHTS, Weights, terms_of
from stylistdesk.domain.suggestions import Standing, Suggestion
from stylistdesk.domain.waits import Waits

__all__ = ["BY_NAME", "FEEDS", "RULES", "Rule", "Waits", "Weights", "standing", "suggestions_of"]

DEFAULT_WAITS = Waits()
_BY_NEED = tuple((need, [rule.decide for rule in RULES if rule.needs == need]) for need in {r.needs: 0 for r in RULES})


def suggestions_of(
    facts: Facts, here: LocalNow, waits: Waits = DEFAULT_WAITS, weights: Weights = DEFAULT_WEIGHTS
) -> list[Suggestion]:
    """What the rules suggest and the rep has not dismissed: what is due before what is soon, then by weight."""
    found: list[Suggestion] = []
    dismissed = bool(facts.dismissed)
    for need, rules in _BY_NEED:
        if need and not getattr(facts, need):
            continue
        for decide in rules:
            suggestion = decide(facts, here, waits)
            if suggestion is not None and not (
                dismissed and facts.hides(suggestion.rule, suggestion.subject, suggestion.mark)
            ):
                found.append(suggestion)
    if len(found) > 1:
        tomorrow = here.tomorrow_starts
        found.sort(key=lambda s: (s.due >= tomorrow, -weights.importance(s.rule), s.number))
    return found


def _asleep(facts: Facts, suggestions: list[Suggestion], now: datetime) -> bool:
    """Whether she is snoozed, and nothing urgent or newer wakes her."""
    snoozed = facts.snoozed
    if snoozed is None or snoozed.until <= now:
        return False
    return not any(suggestion.urgent or suggestion.mark > snoozed.mark for suggestion in suggestions)


def standing(
    facts: Facts, here: LocalNow, waits: Waits = DEFAULT_WAITS, weights: Weights = DEFAULT_WEIGHTS
) -> Standing | None:
    """A client's place in the queue, or None when she needs nothing now."""
    found = suggestions_of(facts, here, waits, weights)
    if not found or _asleep(facts, found, here.now):
        return None
    return Standing(facts.client_id, tuple(found), terms_of(facts, found, here, weights))
