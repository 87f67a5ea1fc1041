"""The table of the rules of R5. A new rule is one function and its row here, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from stylistdesk.domain import rules_of_moves as moves
from stylistdesk.domain import rules_of_returns as returns
from stylistdesk.domain import rules_of_signals as signals
from stylistdesk.domain import rules_of_work as work
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.facts import REACTIONS, Facts
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import SignalKind
from stylistdesk.domain.waits import Waits

Decide = Callable[[Facts, LocalNow, Waits], Suggestion | None]

NONE: frozenset[SignalKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of R5.

    `points` is its own term of the score, in hundredths; a rule with 0 scores by the signals that feed it. `fed_by`
    are the kinds of signal that make it, and bring it back after a dismissal; `settled_by` those that can silence it:
    its term gives way to theirs, so a signal never lowers a score.
    """

    number: int
    name: str
    title: str
    points: int
    fed_by: frozenset[SignalKind]
    decide: Decide
    needs: str  # the field of the facts without which it never speaks; empty if there is none such
    settled_by: frozenset[SignalKind] = NONE
    urgent: bool = False
    deadline: bool = False  # the nearer its due time, the higher the score


RULES: tuple[Rule, ...] = (
    Rule(1, "make_it_right", "CSAT 1 or 2 unanswered", 1500, NONE, work.make_it_right, "csat", urgent=True),
    Rule(
        2,
        "start_consultation",
        "consultation to start",
        1200,
        NONE,
        work.start_consultation,
        "assignments",
        urgent=True,
        deadline=True,
    ),
    Rule(
        3,
        "deliver_lookbook",
        "lookbook to deliver",
        1000,
        NONE,
        work.deliver_lookbook,
        "assignments",
        urgent=True,
        deadline=True,
    ),
    Rule(
        4,
        "help_with_cart",
        "cart not checked out",
        0,
        frozenset({SignalKind.ADDED_TO_CART}),
        signals.help_with_cart,
        "unseen",
    ),
    Rule(
        5,
        "answer_comment",
        "comment unanswered",
        0,
        frozenset({SignalKind.COMMENTED, SignalKind.REPLIED}),
        signals.answer_comment,
        "unseen",
    ),
    Rule(
        6,
        "send_close_up",
        "hearted, no cart",
        0,
        frozenset({SignalKind.HEARTED, SignalKind.FAVOURITED}),
        signals.send_close_up,
        "unseen",
    ),
    Rule(
        7,
        "first_impressions",
        "lookbook without a reaction",
        200,
        NONE,
        signals.first_impressions,
        "delivered",
        settled_by=REACTIONS,
    ),
    Rule(
        8,
        "thank_for_order",
        "order to thank for",
        0,
        frozenset({SignalKind.CHECKED_OUT}),
        signals.thank_for_order,
        "unseen",
    ),
    Rule(
        9,
        "ask_how_it_fits",
        "received lately",
        250,
        frozenset({SignalKind.RECEIVED}),
        signals.ask_how_it_fits,
        "received",
        settled_by=frozenset({SignalKind.RECEIVED}),
    ),
    Rule(10, "schedule_revision", "revision asked for", 600, NONE, work.schedule_revision, "assignments"),
    Rule(11, "book_next_looks", "cadence due", 450, NONE, work.book_next_looks, "cadence_next_on"),
    Rule(
        12,
        "check_in",
        "quiet beyond her rhythm",
        200,
        NONE,
        work.check_in,
        "rhythm_days",
        settled_by=frozenset({SignalKind.CHECKED_OUT}),
    ),
    Rule(13, "do_what_is_due", "follow-up or task due", 500, NONE, work.do_what_is_due, "due"),
    Rule(
        14,
        "ask_for_consent",
        "consent about to lapse",
        0,  # a purchase or a reply settles it, and what those may silence is spoken for
        NONE,
        work.ask_for_consent,
        "consent",
        settled_by=frozenset({SignalKind.CHECKED_OUT, SignalKind.REPLIED}),
    ),
    Rule(15, "pass_on", "something to pass on", 400, NONE, returns.pass_on, "to_pass_on"),
    Rule(16, "move_order", "order to move to an event", 150, NONE, moves.move_order, "movable"),
    Rule(17, "book_head_to_toe", "new client", 300, NONE, work.book_head_to_toe, ""),
    Rule(18, "confirm_appointment", "appointment to confirm", 350, NONE, work.confirm_appointment, "appointments"),
)

BY_NAME = {rule.name: rule for rule in RULES}
FEEDS = {kind: rule.name for rule in RULES for kind in rule.fed_by}
"""Which rule a kind of signal feeds."""


def say_rule(name: str) -> str:
    """A rule as a score names it: "comment unanswered"; one that there is no longer, by its name."""
    return BY_NAME[name].title if name in BY_NAME else name.replace("_", " ")
