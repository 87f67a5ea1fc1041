"""The score and the order of the queue: what must hold whatever a client does (R4 to R6)."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.facts import (
    AppointmentFact,
    AssignmentFact,
    CsatFact,
    Dismissed,
    DueFact,
    Facts,
    Owed,
    OwedFact,
    Snoozed,
)
from stylistdesk.domain.next_actions import FEEDS, RULES, Waits, Weights, standing, suggestions_of
from stylistdesk.domain.score import terms_of
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, SignalKind
from stylistdesk.queries.daily_tasks import QueueRow, sort_rows
from tests.domain.making import HERE, NOW, TODAY, Did, ago, client, facts_from, local, unseen

KINDS = st.sampled_from(list(SignalKind))
INSTANTS = st.one_of(
    st.integers(-60 * 24 * 400, 60 * 24).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.integers(-6, 0).map(lambda days: NOW + timedelta(days=days)),
)


@st.composite
def signal_lists(draw: st.DrawFn) -> list[Did]:
    """What she did, in the order in which it was recorded."""
    did = draw(st.lists(st.tuples(KINDS, INSTANTS), max_size=8))
    return [Did(number, kind, at) for number, (kind, at) in enumerate(did, start=1)]


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    """Everything about a client but her signals."""
    fields: dict[str, Any] = {
        "watermark": draw(st.integers(0, 4)),
        "sent_at": draw(st.none() | INSTANTS),
        "spending_power": draw(st.none() | st.integers(1, 6)),
        "last_follow_up_at": draw(st.none() | INSTANTS.filter(lambda at: at <= NOW)),
        "last_sent_at": draw(st.none() | INSTANTS.filter(lambda at: at <= NOW)),
        "cadence_next_on": draw(st.none() | st.integers(-30, 10).map(lambda days: TODAY + timedelta(days=days))),
        "order_count": 4,
        "rhythm_days": draw(st.none() | st.integers(1, 90)),
        "last_order_on": draw(st.none() | st.integers(1, 300).map(lambda days: TODAY - timedelta(days=days))),
        "quiz_taken_at": draw(st.none() | INSTANTS),
    }
    if draw(st.booleans()):
        fields["csat"] = (CsatFact(1, 2, "", ago(days=3)),)
    if draw(st.booleans()):
        at = draw(INSTANTS)
        fields["assignments"] = (AssignmentFact(1, AssignmentType.RECURRING, AssignmentStatus.SCHEDULED, at, None),)
    if draw(st.booleans()):
        days = draw(st.integers(-20, 3))
        fields["due"] = (DueFact("task", 1, TODAY + timedelta(days=days), "Send swatches"),)
    if draw(st.booleans()):
        fields["appointments"] = (AppointmentFact(1, local(22, 9), "", False),)
    if draw(st.booleans()):
        fields["to_pass_on"] = (OwedFact(draw(st.sampled_from(Owed)), 1, "R2026-1001", TODAY),)
    names = st.sampled_from([rule.name for rule in RULES])
    fields["dismissed"] = tuple(
        Dismissed(name, "", draw(st.integers(0, 8))) for name in draw(st.lists(names, unique=True, max_size=3))
    )
    return fields


def points_of(facts: Facts) -> int:
    """Her score, in the queue or not."""
    return sum(term.points for term in terms_of(facts, suggestions_of(facts, HERE), HERE))


@given(signal_lists(), lives())
def test_the_score_is_the_sum_of_its_terms_and_every_term_has_a_name(signals: list[Did], life: dict[str, Any]) -> None:
    place = standing(facts_from(signals, **life), HERE)
    if place is not None:
        assert place.points == sum(term.points for term in place.terms)
        assert place.score == round(sum(term.value for term in place.terms), 2)
        assert all(term.name and term.points > 0 for term in place.terms)
        assert len({term.name for term in place.terms}) == len(place.terms)


@given(signal_lists(), lives(), KINDS, INSTANTS)
def test_whatever_she_does_next_never_lowers_her_score(
    signals: list[Did], life: dict[str, Any], kind: SignalKind, at: datetime
) -> None:
    more = [*signals, Did(len(signals) + 1, kind, at)]
    life["watermark"] = min(life["watermark"], len(signals))
    life["dismissed"] = tuple(replace(gone, mark=min(gone.mark, len(signals))) for gone in life["dismissed"])
    assert points_of(facts_from(more, **life)) >= points_of(facts_from(signals, **life))


@given(signal_lists().filter(bool), lives(), st.data())
def test_having_done_it_later_never_lowers_her_score(
    signals: list[Did], life: dict[str, Any], data: st.DataObject
) -> None:
    life["watermark"] = min(life["watermark"], len(signals) - 1)
    index = data.draw(st.integers(life["watermark"], len(signals) - 1))
    gone = {dismissed.rule for dismissed in life["dismissed"]}
    assume(FEEDS.get(signals[index].kind) not in gone)  # a dismissed signal counts for nothing, whenever it was
    later = replace(signals[index], at=signals[index].at + timedelta(minutes=data.draw(st.integers(1, 500_000))))
    newer = [*signals[:index], later, *signals[index + 1 :]]
    assert points_of(facts_from(newer, **life)) >= points_of(facts_from(signals, **life))


FED = st.sampled_from(sorted(FEEDS))
PAST = st.integers(2 * 24 * 60, 60 * 24 * 4000).map(lambda minutes: NOW - timedelta(minutes=minutes))
"""Real dates so long ago that no rule waits any more: the longest waits are 48 hours."""


@given(signal_lists(), lives(), FED, PAST)
def test_whatever_is_recorded_late_puts_her_into_the_queue_whenever_it_happened(
    signals: list[Did], life: dict[str, Any], kind: SignalKind, at: datetime
) -> None:
    life |= {"watermark": len(signals), "dismissed": (), "last_sent_at": None}
    late = [*signals, Did(len(signals) + 1, kind, at)]
    assert any(one.mark == len(late) for one in suggestions_of(facts_from(late, **life), HERE))


@given(signal_lists(), lives(), st.lists(st.tuples(FED, PAST), max_size=4), st.data())
def test_more_of_what_she_did_never_takes_her_out_of_the_queue(
    signals: list[Did], life: dict[str, Any], old: list[tuple[SignalKind, datetime]], data: st.DataObject
) -> None:
    life["watermark"] = min(life["watermark"], len(signals))
    life["dismissed"] = tuple(replace(gone, mark=min(gone.mark, len(signals))) for gone in life["dismissed"])
    life["last_sent_at"] = None
    hers = sorted({did.kind for did in signals if did.id > life["watermark"]})
    again = data.draw(st.lists(st.tuples(st.sampled_from(hers), INSTANTS), max_size=4)) if hers else []
    grown = [*signals, *(Did(number, kind, at) for number, (kind, at) in enumerate([*old, *again], len(signals) + 1))]
    if standing(facts_from(signals, **life), HERE) is not None:
        assert standing(facts_from(grown, **life), HERE) is not None


@given(signal_lists(), lives())
def test_the_same_facts_always_give_the_same_standing(signals: list[Did], life: dict[str, Any]) -> None:
    assert standing(facts_from(signals, **life), HERE) == standing(
        facts_from(list(reversed(signals)), **life), LocalNow(NOW, HERE.zone)
    )


@given(st.lists(st.tuples(signal_lists(), lives()), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_queue_does_not_depend_on_the_order_of_the_clients(
    clients: list[tuple[list[Did], dict[str, Any]]], shuffler: random.Random
) -> None:
    rows = []
    for number, (signals, life) in enumerate(clients, start=1):
        facts = facts_from(signals, client_id=number, name=f"Client {number % 3}", **life)
        place = standing(facts, HERE)
        if place is not None:
            rows.append(QueueRow(number, facts.name, None, place, (), 0))
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    assert sort_rows(shuffled) == sort_rows(rows)
    points = [row.standing.points for row in sort_rows(rows)]
    assert points == sorted(points, reverse=True)


@given(signal_lists(), lives(), st.data())
def test_dismissing_hides_a_rule_until_a_new_signal_feeds_it(
    signals: list[Did], life: dict[str, Any], data: st.DataObject
) -> None:
    facts = facts_from(signals, **life)
    found = suggestions_of(facts, HERE)
    if not found:
        return
    gone = data.draw(st.sampled_from(found))
    life["dismissed"] = (*life["dismissed"], Dismissed(gone.rule, gone.subject, facts.last_signal_id))
    left = suggestions_of(facts_from(signals, **life), HERE)
    assert (gone.rule, gone.subject) not in {(one.rule, one.subject) for one in left}
    assert {one.rule for one in left} - {gone.rule} == {one.rule for one in found} - {gone.rule}


def test_a_dismissed_comment_comes_back_with_the_next_one_even_if_that_is_older() -> None:
    comment = unseen(SignalKind.COMMENTED, ago(hours=2), last_id=7)
    dismissed = (Dismissed("answer_comment", "", 7),)
    assert standing(client(comment, dismissed=dismissed), HERE) is None
    late = comment._replace(count=2, last_id=8)
    assert standing(client(late, dismissed=dismissed), HERE) is not None


def test_dismissing_one_follow_up_leaves_the_next_one() -> None:
    due = (DueFact("follow_up", 7, date(2026, 11, 19), ""), DueFact("task", 8, TODAY, "Send swatches"))
    place = standing(client(due=due, dismissed=(Dismissed("do_what_is_due", "follow_up:7", 0),)), HERE)
    assert place is not None
    assert place.suggestions[0].subject == "task:8"


def test_a_signal_imported_late_still_shows_with_its_real_date() -> None:
    late = facts_from(
        [Did(1, SignalKind.HEARTED, ago(days=1)), Did(2, SignalKind.COMMENTED, ago(days=40))], watermark=1
    )
    place = standing(late, HERE)
    assert place is not None
    assert place.suggestions[0].due == ago(days=40)


def test_a_snoozed_client_sleeps_until_something_new_or_urgent_wakes_her() -> None:
    comment = unseen(SignalKind.COMMENTED, ago(hours=2), last_id=7)
    asleep = Snoozed(ago(hours=-5), 7)
    assert standing(client(comment, snoozed=asleep), HERE) is None
    assert standing(client(comment._replace(last_id=8), snoozed=asleep), HERE) is not None
    assert standing(client(comment, snoozed=asleep, csat=(CsatFact(4, 1, "", NOW),)), HERE) is not None
    assert standing(client(comment, snoozed=Snoozed(NOW, 7)), HERE) is not None


def test_one_dismissed_response_does_not_hide_the_next() -> None:
    facts = client(
        csat=(CsatFact(4, 1, "", ago(days=9)), CsatFact(5, 2, "", ago(days=1))),
        dismissed=(Dismissed("make_it_right", "csat:4", 0),),
    )
    assert [found.subject for found in suggestions_of(facts, HERE)] == ["csat:5"]


def test_what_is_due_comes_before_what_is_soon_and_then_the_heavier() -> None:
    facts = client(
        unseen(SignalKind.COMMENTED, ago(hours=1)),
        due=(DueFact("task", 8, TODAY, "Send swatches"),),
        cadence_next_on=TODAY + timedelta(days=1),
    )
    assert [found.rule for found in suggestions_of(facts, HERE)] == [
        "answer_comment",
        "do_what_is_due",
        "book_next_looks",
    ]


def test_the_terms_read_as_a_rep_would_say_them() -> None:
    facts = client(
        unseen(SignalKind.COMMENTED, ago(days=9)), unseen(SignalKind.ADDED_TO_CART, ago(days=9)), spending_power=4
    )
    place = standing(facts, HERE)
    assert place is not None
    assert [(term.name, term.value) for term in place.terms] == [
        ("comment unanswered", 8.0),
        ("item in her cart", 4.0),
        ("spending power $$$$", 2.7),
    ]
    assert place.score == 14.7


def test_lateness_counts_and_stops_counting() -> None:
    def late(days: int) -> int:
        return points_of(client(due=(DueFact("task", 8, TODAY - timedelta(days=days), ""),)))

    assert late(2) - late(0) == 100
    assert late(14) == late(400)


def test_a_deadline_weighs_more_the_nearer_it_is() -> None:
    facts = client(
        assignments=(AssignmentFact(5, AssignmentType.INITIAL, AssignmentStatus.IN_PROGRESS, local(21, 9), None),)
    )
    scores = []
    for hour in (9, 12, 20, 23):
        place = standing(facts, LocalNow(local(21, hour), HERE.zone))
        assert place is not None
        scores.append(place.points)
    assert scores == sorted(set(scores))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rules": {"first_impressions": 900}}, "first_impressions may weigh at most as much as"),
        ({"kinds": {"received": 10}}, "ask_how_it_fits may weigh at most"),
        ({"rules": {"check_in": 201}}, "first_impressions and check_in may weigh at most as much as checked_out"),
        ({"kinds": {"waved": 10}}, "waved is not a kind of signal"),
        ({"rules": {"nap": 10}}, "nap is not a rule"),
        ({"kinds": {"hearted": -1}}, "hearted must be whole hundredths"),
        ({"fresh": (1, 2, 3)}, "fresh must not give an older signal more"),
        ({"spending_power": (1, 2)}, "spending_power must have 6 values"),
    ],
)
def test_weights_that_would_let_a_signal_lower_a_score_are_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Weights(**fields)


def test_a_rep_can_weigh_what_matters_to_her() -> None:
    facts = client(unseen(SignalKind.COMMENTED, ago(days=9)))
    heavier = standing(facts, HERE, Waits(), Weights(kinds={"commented": 1200}))
    assert heavier is not None
    assert heavier.score == 12.0


def test_no_two_rules_share_a_name_a_number_or_a_kind_of_signal() -> None:
    assert len({rule.name for rule in RULES}) == len({rule.number for rule in RULES}) == len(RULES) == 18
    fed = [kind for rule in RULES for kind in rule.fed_by]
    assert len(fed) == len(set(fed))
