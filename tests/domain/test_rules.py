"""Each rule of R5: when it speaks, when it keeps silent, and what it says."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from stylistdesk.domain import rules_of_moves as moves
from stylistdesk.domain import rules_of_signals as signals
from stylistdesk.domain import rules_of_work as work
from stylistdesk.domain.dates import LocalNow, end_of_day
from stylistdesk.domain.facts import (
    AppointmentFact,
    AssignmentFact,
    ConsentFact,
    CsatFact,
    DeliveredFact,
    Dismissed,
    DueFact,
    MovableFact,
    Owed,
    OwedFact,
    ReceivedFact,
)
from stylistdesk.domain.rules import RULES, say_rule
from stylistdesk.domain.rules_of_returns import pass_on
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Cents, Channel, SignalKind
from stylistdesk.domain.waits import Waits
from tests.domain.making import HERE, NOW, TODAY, ZONE, ago, client, local, said, unseen

WAITS = Waits()
COMMENTED, REPLIED, CART = SignalKind.COMMENTED, SignalKind.REPLIED, SignalKind.ADDED_TO_CART
HEARTED, FAVOURITED, BOUGHT = SignalKind.HEARTED, SignalKind.FAVOURITED, SignalKind.CHECKED_OUT
RECEIVED = SignalKind.RECEIVED


def job(
    at: object,
    status: AssignmentStatus = AssignmentStatus.SCHEDULED,
    kind: AssignmentType = AssignmentType.RECURRING,
    **fields: object,
) -> AssignmentFact:
    return AssignmentFact(5, kind, status, at, **{"look_review_at": None, **fields})  # type: ignore[arg-type]


class TestMakeItRight:
    def test_a_bad_score_asks_for_a_call_at_once(self) -> None:
        facts = client(csat=(CsatFact(4, 2, "Too late", ago(days=1)),))
        found = said(work.make_it_right(facts, HERE, WAITS))
        assert (found.action, found.channel, found.detail) == ("Make it right", Channel.CALL, "“Too late”")
        assert (found.subject, found.urgent) == ("csat:4", True)
        assert found.reason == "She rated you 2 of 5 yesterday and has no answer yet; call her first."

    def test_an_answered_one_is_silent(self) -> None:
        assert work.make_it_right(client(), HERE, WAITS) is None


class TestStartConsultation:
    @pytest.mark.parametrize(
        ("minutes", "expected"),
        [(16, False), (15, True), (0, True), (-30, True), (-12 * 60, True), (-12 * 60 - 1, False)],
    )
    def test_from_a_quarter_of_an_hour_before_until_half_a_day_after_over_midnight_too(
        self, minutes: int, expected: bool
    ) -> None:
        facts = client(assignments=(job(NOW + timedelta(minutes=minutes)),))
        assert (work.start_consultation(facts, HERE, WAITS) is not None) == expected

    def test_what_is_in_progress_needs_no_start(self) -> None:
        facts = client(assignments=(job(NOW, AssignmentStatus.IN_PROGRESS),))
        assert work.start_consultation(facts, HERE, WAITS) is None

    def test_it_names_the_hour_and_what_to_start(self) -> None:
        found = said(work.start_consultation(client(assignments=(job(local(21, 9, 50)),)), HERE, WAITS))
        assert found.reason == "Her consultation begins at 9:50 and is not In Progress yet."
        assert (found.detail, found.subject) == ("Recurring Looks · consultation 9:50", "start:5")


class TestDeliverLookbook:
    def test_it_is_due_by_the_end_of_the_local_day_of_the_consultation(self) -> None:
        facts = client(
            assignments=(
                job(local(21, 9), AssignmentStatus.IN_PROGRESS, AssignmentType.INITIAL, look_review_at=local(21, 17)),
            )
        )
        found = said(work.deliver_lookbook(facts, HERE, WAITS))
        assert found.due == local(21, 23, 59) + timedelta(seconds=59)
        assert found.suggested_at == local(21, 17)
        assert found.reason == "Her lookbook is due today, the day of her consultation; look review is at 17:00."
        assert (found.detail, found.subject) == ("Head to Toe · consultation held 9:00", "deliver:5")

    def test_a_consultation_late_in_the_evening_is_still_due_the_same_day(self) -> None:
        evening = LocalNow(local(21, 23, 50), ZONE)
        assert (
            said(work.deliver_lookbook(client(assignments=(job(local(21, 23, 30)),)), evening, WAITS)).due > evening.now
        )

    def test_after_midnight_it_is_late(self) -> None:
        after = LocalNow(local(22, 0, 1), ZONE)
        found = said(work.deliver_lookbook(client(assignments=(job(local(21, 23, 30)),)), after, WAITS))
        assert found.due < after.now
        assert found.reason == "Her consultation was yesterday, and the lookbook was due the same day."

    def test_tomorrows_is_not_due_yet(self) -> None:
        assert work.deliver_lookbook(client(assignments=(job(local(22, 0, 0)),)), HERE, WAITS) is None

    @pytest.mark.parametrize("day", [date(2026, 11, 1), date(2027, 3, 14)])
    def test_on_a_day_when_the_clocks_change_the_deadline_is_that_days_end(self, day: date) -> None:
        last = end_of_day(day, ZONE)
        here = LocalNow(last - timedelta(hours=1), ZONE)
        found = said(work.deliver_lookbook(client(assignments=(job(last - timedelta(hours=14)),)), here, WAITS))
        assert found.due == last

    def test_the_day_is_that_of_the_desk_not_of_london(self) -> None:
        tokyo = LocalNow(NOW, ZoneInfo("Asia/Tokyo"))  # 23:42 there
        assert said(work.deliver_lookbook(client(assignments=(job(NOW - timedelta(hours=1)),)), tokyo, WAITS)).due > NOW
        assert work.deliver_lookbook(client(assignments=(job(NOW + timedelta(hours=1)),)), tokyo, WAITS) is None


class TestHelpWithCart:
    def test_a_cart_waits_a_day(self) -> None:
        assert signals.help_with_cart(client(unseen(CART, ago(hours=23))), HERE, WAITS) is None
        assert said(signals.help_with_cart(client(unseen(CART, ago(hours=25))), HERE, WAITS)).due == ago(hours=1)

    def test_the_first_item_counts(self) -> None:
        facts = client(unseen(CART, ago(hours=1), first=ago(hours=30), count=3, item="Ankle boot, tan, 38"))
        found = said(signals.help_with_cart(facts, HERE, WAITS))
        assert found.due == ago(hours=6)
        assert found.detail == "Ankle boot, tan, 38 and 2 more in the cart since 8:42"

    def test_a_checkout_later_settles_it_and_one_before_does_not(self) -> None:
        cart = unseen(CART, ago(hours=30))
        assert signals.help_with_cart(client(cart, unseen(BOUGHT, ago(hours=29))), HERE, WAITS) is None
        assert signals.help_with_cart(client(cart, unseen(BOUGHT, ago(hours=31))), HERE, WAITS) is not None

    def test_what_was_added_after_a_checkout_waits_anew(self) -> None:
        facts = client(unseen(CART, ago(hours=2), first=ago(hours=90), count=2), unseen(BOUGHT, ago(hours=50)))
        assert signals.help_with_cart(facts, HERE, WAITS) is None

    def test_an_old_cart_is_let_be(self) -> None:
        tidy = Waits(cart_stale_days=90)
        assert signals.help_with_cart(client(unseen(CART, ago(days=90))), HERE, tidy) is not None
        assert signals.help_with_cart(client(unseen(CART, ago(days=91))), HERE, tidy) is None
        assert signals.help_with_cart(client(unseen(CART, ago(days=400))), HERE, WAITS) is not None


class TestAnswerComment:
    def test_a_comment_is_due_when_it_was_made(self) -> None:
        comment = unseen(COMMENTED, ago(hours=2), comment="Love the coat, is it in navy?", lookbook="Fall looks 2")
        found = said(signals.answer_comment(client(comment), HERE, WAITS))
        assert (found.action, found.due, found.all_day) == ("Answer her comment", ago(hours=2), False)
        assert found.detail == "“Love the coat, is it in navy?”"
        assert found.reason == "She commented on Fall looks 2 two hours ago and has no answer yet."

    def test_the_newest_of_comments_and_replies_is_quoted(self) -> None:
        facts = client(unseen(COMMENTED, ago(hours=5), comment="Old"), unseen(REPLIED, ago(hours=1), comment="New"))
        found = said(signals.answer_comment(facts, HERE, WAITS))
        assert (found.action, found.detail) == ("Answer her reply", "“New”")
        assert "(2 in all)" in found.reason

    def test_a_text_sent_since_is_an_answer_and_one_before_is_not(self) -> None:
        comment = unseen(COMMENTED, ago(hours=2))
        assert signals.answer_comment(client(comment, last_sent_at=ago(hours=1)), HERE, WAITS) is None
        assert signals.answer_comment(client(comment, last_sent_at=ago(hours=3)), HERE, WAITS) is not None

    def test_a_comment_of_more_than_a_year_ago_is_let_be(self) -> None:
        tidy = Waits(comment_stale_days=365)
        assert signals.answer_comment(client(unseen(COMMENTED, ago(days=366))), HERE, tidy) is None
        assert signals.answer_comment(client(unseen(COMMENTED, ago(days=700))), HERE, WAITS) is not None


class TestSendCloseUp:
    def test_hearts_are_due_after_two_days(self) -> None:
        facts = client(unseen(HEARTED, ago(hours=49), item="Wide trousers, oat", lookbook="Fall looks 2"))
        found = said(signals.send_close_up(facts, HERE, WAITS))
        assert found.due == ago(hours=1)
        assert found.detail == "Hearted Wide trousers, oat two days ago"

    def test_a_cart_since_settles_it(self) -> None:
        hearted = unseen(HEARTED, ago(hours=49))
        assert signals.send_close_up(client(hearted, unseen(CART, ago(hours=1))), HERE, WAITS) is None
        assert signals.send_close_up(client(hearted, unseen(CART, ago(hours=50))), HERE, WAITS) is not None

    def test_favourites_from_the_showroom_count_as_hearts(self) -> None:
        facts = client(unseen(FAVOURITED, ago(hours=1), last_id=9), unseen(HEARTED, ago(hours=60), last_id=12))
        found = said(signals.send_close_up(facts, HERE, WAITS))
        assert (found.due, found.mark) == (ago(hours=12), 12)

    def test_hearts_of_last_season_are_let_be(self) -> None:
        tidy = Waits(hearted_stale_days=120)
        assert signals.send_close_up(client(unseen(HEARTED, ago(days=121))), HERE, tidy) is None
        assert signals.send_close_up(client(unseen(HEARTED, ago(days=121))), HERE, WAITS) is not None


class TestFirstImpressions:
    def test_three_days_without_a_reaction(self) -> None:
        sent = DeliveredFact(5, "Fall looks 2", ago(days=3), False, 7)
        found = said(signals.first_impressions(client(delivered=sent), HERE, WAITS))
        assert (found.due, found.subject) == (NOW, "assignment:5")
        assert found.detail == "Fall looks 2 · delivered three days ago"

    def test_a_reaction_or_a_follow_up_since_settles_it(self) -> None:
        reacted = DeliveredFact(5, "", ago(days=4), True, 7)
        sent = DeliveredFact(5, "", ago(days=4), False, 7)
        assert signals.first_impressions(client(delivered=reacted), HERE, WAITS) is None
        assert signals.first_impressions(client(delivered=sent, last_follow_up_at=ago(days=1)), HERE, WAITS) is None
        assert signals.first_impressions(client(delivered=sent, last_follow_up_at=ago(days=9)), HERE, WAITS) is not None

    def test_within_the_first_day_it_is_too_early_to_ask(self) -> None:
        sent = DeliveredFact(5, "", ago(hours=23), False, 7)
        assert signals.first_impressions(client(delivered=sent), HERE, WAITS) is None


class TestThankForOrder:
    def test_an_order_is_thanked_for_at_once(self) -> None:
        bought = unseen(BOUGHT, ago(hours=3), item="Order 1042", amount=Cents(31200), currency="USD")
        found = said(signals.thank_for_order(client(bought), HERE, WAITS))
        assert found.detail == "Order 1042, $312 · checked out three hours ago"

    def test_an_order_that_must_have_come_by_now_is_asked_about_with_its_date(self) -> None:
        bought = unseen(BOUGHT, ago(days=400), item="Order 871")
        found = said(signals.thank_for_order(client(bought), HERE, WAITS))
        assert found.action == "Ask how she likes it"
        assert found.reason == "She checked out on 17 Oct 2025 (Order 871); thank her and ask how she likes it."
        lately = said(signals.thank_for_order(client(unseen(BOUGHT, ago(days=21))), HERE, WAITS))
        assert lately.reason == "She checked out 21 days ago; thank her and say when it ships."

    def test_a_rep_can_let_old_orders_be(self) -> None:
        tidy = Waits(checked_out_stale_days=45)
        assert signals.thank_for_order(client(unseen(BOUGHT, ago(days=46))), HERE, tidy) is None
        assert signals.thank_for_order(client(unseen(BOUGHT, ago(days=45))), HERE, tidy) is not None


class TestAskHowItFits:
    @pytest.mark.parametrize(
        ("days", "action"),
        [
            (1.9, None),
            (2, "Ask how it fits"),
            (13.9, "Ask how it fits"),
            (14, "Send outfit ideas"),
            (58, "Send outfit ideas"),
            (62, "Ask what is next"),
            (90, "Ask what is next"),
            (93, None),
        ],
    )
    def test_fit_then_outfit_ideas_then_what_is_next(self, days: float, action: str | None) -> None:
        found = signals.ask_how_it_fits(client(received=ReceivedFact(3, ago(days=days), "Coat")), HERE, WAITS)
        assert (found.action if found else None) == action

    def test_a_follow_up_after_a_stage_was_due_settles_that_stage_only(self) -> None:
        received = ReceivedFact(3, ago(days=15), "Coat")
        settled = client(received=received, last_follow_up_at=ago(hours=23))
        early = client(received=received, last_follow_up_at=ago(days=2))
        assert signals.ask_how_it_fits(settled, HERE, WAITS) is None
        assert said(signals.ask_how_it_fits(early, HERE, WAITS)).action == "Send outfit ideas"

    def test_what_came_long_ago_and_is_news_asks_what_is_next(self) -> None:
        old = ReceivedFact(7, ago(days=700), "Coat")
        news = unseen(RECEIVED, old.at, last_id=7)
        found = said(signals.ask_how_it_fits(client(news, received=old, last_follow_up_at=ago(days=1)), HERE, WAITS))
        assert found.reason == "She received Coat on 21 Dec 2024: ask how it wears and what she needs next."
        assert signals.ask_how_it_fits(client(received=old), HERE, WAITS) is None

    def test_an_old_delivery_is_news_beside_a_newer_one_that_was_asked_about(self) -> None:
        newest, news = ReceivedFact(3, ago(days=15), "Coat"), unseen(RECEIVED, ago(days=40), last_id=7)
        facts = client(news, received=newest, last_follow_up_at=ago(hours=1))
        found = said(signals.ask_how_it_fits(facts, HERE, WAITS))
        assert (found.action, found.mark) == ("Send outfit ideas", 7)
        assert found.reason == "She received her order on 12 Oct: send ideas of what to wear it with."

    def test_before_the_return_window_closes_it_names_the_day(self) -> None:
        received = ReceivedFact(3, ago(days=2), "Cashmere coat", bought_at=ago(days=9))
        found = said(signals.ask_how_it_fits(client(received=received), HERE, WAITS))
        assert found.detail == "Received Cashmere coat two days ago · return window to 12 Dec"
        assert "until 12 Dec she can still have a revision or an exchange" in found.reason

    def test_what_came_late_is_asked_about_while_it_can_still_go_back(self) -> None:
        received = ReceivedFact(3, local(21, 8), "Coat", bought_at=local(23, 8, month=10))  # to 22 Nov
        on_the_last_day = LocalNow(local(22, 9), HERE.zone)
        assert signals.ask_how_it_fits(client(received=received), HERE, WAITS) is None
        assert said(signals.ask_how_it_fits(client(received=received), on_the_last_day, WAITS)).due == local(22)

    def test_after_the_window_no_exchange_is_offered(self) -> None:
        received = ReceivedFact(3, ago(days=2), "Coat", bought_at=ago(days=60))
        assert "exchange" not in said(signals.ask_how_it_fits(client(received=received), HERE, WAITS)).reason


class TestScheduleRevision:
    def test_a_revision_without_a_time_is_to_be_scheduled(self) -> None:
        facts = client(assignments=(job(None, kind=AssignmentType.REVISION, revision_number=2),))
        assert said(work.schedule_revision(facts, HERE, WAITS)).detail == "Revision 2 · no time yet"

    def test_one_with_a_time_and_one_just_asked_about_are_silent(self) -> None:
        timed = client(assignments=(job(local(25, 9), kind=AssignmentType.REVISION),))
        asked = client(
            assignments=(job(None, kind=AssignmentType.REVISION),), done=(("schedule_revision", ago(days=1)),)
        )
        assert work.schedule_revision(timed, HERE, WAITS) is None
        assert work.schedule_revision(asked, HERE, WAITS) is None


class TestBookNextLooks:
    def test_two_days_after_her_day_it_is_two_days_late(self) -> None:
        facts = client(
            cadence_next_on=date(2026, 11, 19), cadence_label="every 6 weeks", last_looks_on=date(2026, 10, 8)
        )
        found = said(work.book_next_looks(facts, HERE, WAITS))
        assert found.detail == "Every 6 weeks · last looks 8 Oct"
        assert found.reason == (
            "She is styled every 6 weeks; her next looks were due on Thu 19 Nov and nothing is booked."
        )
        assert (found.due, found.promised) == (local(19), True)

    @pytest.mark.parametrize(("day", "expected"), [(21, True), (23, True), (24, False)])
    def test_it_looks_two_days_ahead(self, day: int, expected: bool) -> None:
        facts = client(cadence_next_on=date(2026, 11, day))
        assert (work.book_next_looks(facts, HERE, WAITS) is not None) == expected

    def test_an_open_session_or_a_follow_up_since_is_enough(self) -> None:
        due = date(2026, 11, 19)
        assert work.book_next_looks(client(cadence_next_on=due, assignments=(job(local(25, 9)),)), HERE, WAITS) is None
        assert work.book_next_looks(client(cadence_next_on=due, last_follow_up_at=local(19, 9)), HERE, WAITS) is None
        before = client(cadence_next_on=due, last_follow_up_at=local(18, 9))
        assert work.book_next_looks(before, HERE, WAITS) is not None

    def test_a_new_client_has_her_first_session_before_any_are_due(self) -> None:
        new = {"quiz_taken_at": local(20, 12), "cadence_next_on": date(2026, 11, 20)}
        assert work.book_next_looks(client(**new), HERE, WAITS) is None
        assert work.book_next_looks(client(**new, last_looks_on=date(2026, 10, 8)), HERE, WAITS) is not None


class TestCheckIn:
    @pytest.mark.parametrize(("days", "expected"), [(34, False), (35, True), (730, True), (731, False)])
    def test_quiet_for_longer_than_her_own_rhythm(self, days: int, expected: bool) -> None:
        facts = client(order_count=3, rhythm_days=34, last_order_on=TODAY - timedelta(days=days))
        assert (work.check_in(facts, HERE, WAITS) is not None) == expected

    def test_two_orders_are_no_rhythm(self) -> None:
        facts = client(order_count=2, rhythm_days=34, last_order_on=TODAY - timedelta(days=71))
        assert work.check_in(facts, HERE, WAITS) is None

    def test_it_does_not_nag_within_a_rhythm_of_the_last_follow_up(self) -> None:
        quiet = {"order_count": 3, "rhythm_days": 34, "last_order_on": TODAY - timedelta(days=71)}
        assert work.check_in(client(**quiet, last_follow_up_at=ago(days=33)), HERE, WAITS) is None
        found = said(work.check_in(client(**quiet, last_follow_up_at=ago(days=34)), HERE, WAITS))
        assert found.detail == "71 days quiet · her rhythm is 34"


class TestDoWhatIsDue:
    def test_the_earliest_comes_first(self) -> None:
        facts = client(
            due=(
                DueFact("task", 8, date(2026, 11, 22), "Send swatches"),
                DueFact("follow_up", 7, date(2026, 11, 20), "Ask about the coat", Channel.CALL),
            )
        )
        found = said(work.do_what_is_due(facts, HERE, WAITS))
        assert (found.action, found.channel, found.subject) == ("Follow up", Channel.CALL, "follow_up:7")
        assert found.reason == "A follow-up was due yesterday: Ask about the coat."

    def test_a_task_is_named_by_what_is_to_be_done(self) -> None:
        found = said(work.do_what_is_due(client(due=(DueFact("task", 8, TODAY, "send swatches"),)), HERE, WAITS))
        assert (found.action, found.detail) == ("Send swatches", "Task for today")

    @pytest.mark.parametrize(("day", "expected"), [(23, True), (24, False)])
    def test_it_looks_two_days_ahead(self, day: int, expected: bool) -> None:
        facts = client(due=(DueFact("task", 8, date(2026, 11, day), "Send swatches"),))
        assert (work.do_what_is_due(facts, HERE, WAITS) is not None) == expected


class TestAskForConsent:
    def fact(self, away: int) -> ConsentFact:
        return ConsentFact(Channel.EMAIL, "purchase of 30 Nov 2024", TODAY + timedelta(days=away))

    @pytest.mark.parametrize(("away", "expected"), [(-1, False), (0, True), (9, True), (30, True), (31, False)])
    def test_in_the_last_month_in_which_it_is_still_lawful_to_ask(self, away: int, expected: bool) -> None:
        facts = client(consent=self.fact(away))
        assert (work.ask_for_consent(facts, HERE, WAITS) is not None) == expected

    def test_it_names_the_ground_and_its_last_lawful_day(self) -> None:
        found = said(work.ask_for_consent(client(consent=self.fact(9)), HERE, WAITS))
        assert (found.action, found.channel) == ("Ask for express consent", Channel.EMAIL)
        assert found.reason == (
            "You may send her emails because of her purchase of 30 Nov 2024, and only until Mon 30 Nov; "
            "ask for her express consent while you may."
        )
        assert found.detail == "Consent lapses on Mon 30 Nov · purchase of 30 Nov 2024"
        assert found.due == end_of_day(date(2026, 11, 30), ZONE)

    def test_asked_once_is_asked(self) -> None:
        asked = client(consent=self.fact(9), done=(("ask_for_consent", ago(days=5)),))
        assert work.ask_for_consent(asked, HERE, WAITS) is None
        long_ago = client(consent=self.fact(9), done=(("ask_for_consent", ago(days=40)),))
        assert work.ask_for_consent(long_ago, HERE, WAITS) is not None


class TestBookHeadToToe:
    def test_a_new_quiz_without_a_session(self) -> None:
        found = said(work.book_head_to_toe(client(quiz_taken_at=local(18, 12)), HERE, WAITS))
        assert found.detail == "New client · quiz taken three days ago"
        assert found.reason.startswith("She took the Style Quiz three days ago and has no session yet;")
        added = said(work.book_head_to_toe(client(added_by_hand_at=HERE.now), HERE, WAITS))
        assert added.reason.startswith("You added her just now, and she has no session yet;")

    def test_a_client_added_by_hand_is_new_for_two_months(self) -> None:
        assert work.book_head_to_toe(client(added_by_hand_at=ago(days=60)), HERE, WAITS) is not None
        assert work.book_head_to_toe(client(added_by_hand_at=ago(days=61)), HERE, WAITS) is None

    def test_a_session_or_a_follow_up_this_week_is_enough(self) -> None:
        new = {"added_by_hand_at": ago(days=20)}
        assert work.book_head_to_toe(client(**new, has_session=True), HERE, WAITS) is None
        assert work.book_head_to_toe(client(**new, last_follow_up_at=ago(days=6)), HERE, WAITS) is None
        assert work.book_head_to_toe(client(**new, last_follow_up_at=ago(days=7)), HERE, WAITS) is not None


class TestConfirmAppointment:
    def test_tomorrows_is_to_be_confirmed_today(self) -> None:
        found = said(
            work.confirm_appointment(
                client(appointments=(AppointmentFact(6, local(22, 9, 30), "consultation", False),)), HERE, WAITS
            )
        )
        assert (found.action, found.subject) == ("Confirm tomorrow 9:30", "appointment:6")
        assert found.detail == "Consultation · not confirmed yet"

    @pytest.mark.parametrize(
        ("at", "confirmed", "expected"),
        [
            (local(22, 0), False, True),
            (local(22, 23, 59), False, True),
            (local(22, 12), True, False),
            (local(21, 23, 59), False, False),
            (local(23, 0), False, False),
        ],
    )
    def test_only_what_is_tomorrow_and_not_confirmed(self, at: object, confirmed: bool, expected: bool) -> None:
        facts = client(appointments=(AppointmentFact(6, at, "meeting", confirmed),))  # type: ignore[arg-type]
        assert (work.confirm_appointment(facts, HERE, WAITS) is not None) == expected


class TestMoveOrder:
    def movable(self, day: int, key: int = 9, **fields: bool) -> MovableFact:
        return MovableFact(key, local(3, 12), local(day, 23, 59), date(2026, 11, day), **fields)

    def test_an_order_in_no_event_is_to_be_moved_while_its_month_lasts(self) -> None:
        found = said(moves.move_order(client(movable=(self.movable(27),)), HERE, WAITS))
        assert (found.action, found.channel, found.subject) == ("Move her order to an event", Channel.TEXT, "move:9")
        assert found.reason == (
            "Her order of 3 Nov is in no event, and can be moved to an open one until Fri 27 Nov; "
            "ask her, then write to customer service."
        )
        assert (found.detail, found.due, found.promised) == (
            "Order of 3 Nov · until Fri 27 Nov",
            local(27, 23, 59),
            False,
        )

    @pytest.mark.parametrize(("day", "expected"), [(20, False), (21, True), (28, True), (29, False)])
    def test_only_in_the_last_days(self, day: int, expected: bool) -> None:
        assert (moves.move_order(client(movable=(self.movable(day),)), HERE, WAITS) is not None) is expected

    def test_what_is_drafted_is_to_be_sent(self) -> None:
        found = said(moves.move_order(client(movable=(self.movable(21, drafted=True),)), HERE, WAITS))
        assert found.reason.endswith("only today; ask her, then send customer service the email that is drafted.")

    def test_one_dismissed_leaves_the_next_and_done_leaves_none(self) -> None:
        two = (self.movable(27), self.movable(27, key=8))
        gone = (Dismissed("move_order", "move:9", 0),)
        assert said(moves.move_order(client(movable=two, dismissed=gone), HERE, WAITS)).subject == "move:8"
        assert moves.move_order(client(movable=two, done=(("move_order", ago(days=1)),)), HERE, WAITS) is None
        last_month = (("move_order", ago(days=20)),)
        assert moves.move_order(client(movable=two, done=last_month), HERE, WAITS) is not None


def test_where_she_has_no_number_she_is_written_to_and_the_other_way_round() -> None:
    cart = unseen(CART, ago(hours=30))
    by_email = client(cart, has_phone=False)
    assert said(signals.help_with_cart(by_email, HERE, WAITS)).channel is Channel.EMAIL
    by_text = client(assignments=(job(local(21, 9)),), has_email=False)
    assert said(work.deliver_lookbook(by_text, HERE, WAITS)).channel is Channel.TEXT


@pytest.mark.parametrize(
    ("fact", "action", "reason"),
    [
        (
            OwedFact(Owed.RETURN, 4, "R2026-1001", TODAY),
            "Pass on the Return ID",
            "Return R2026-1001 was opened today; tell her its Return ID and where to send it.",
        ),
        (
            OwedFact(Owed.EXCHANGE, 4, "R2026-1001", date(2026, 11, 17)),
            "Ship the exchange",
            "The exchange of return R2026-1001 was promised on Tue 17 Nov and has not been sent; it ships free.",
        ),
        (
            OwedFact(Owed.GIFT, 4, "GC1001", date(2026, 11, 20), "Mia"),
            "Send the gift certificate",
            "Gift certificate GC1001 was sold yesterday, and its number has not been sent to Mia yet.",
        ),
    ],
)
def test_what_is_still_owed_is_told_until_it_is_done(fact: OwedFact, action: str, reason: str) -> None:
    found = said(pass_on(client(to_pass_on=(fact,)), HERE, WAITS))
    assert (found.action, found.reason, found.subject) == (action, reason, f"{fact.kind}:4")
    assert fact.number in found.detail
    hidden = (Dismissed("pass_on", f"{fact.kind}:4", 0),)
    assert pass_on(client(to_pass_on=(fact,), dismissed=hidden), HERE, WAITS) is None
    other = OwedFact(Owed.EXCHANGE, 5, "R2026-1002", TODAY)
    assert said(pass_on(client(to_pass_on=(fact, other), dismissed=hidden), HERE, WAITS)).subject == "exchange:5"


def test_every_suggestion_carries_the_name_and_number_of_its_row() -> None:
    facts = client(
        unseen(CART, ago(hours=30)),
        unseen(COMMENTED, ago(hours=2)),
        unseen(HEARTED, ago(hours=1)),
        unseen(BOUGHT, ago(hours=40)),
        csat=(CsatFact(4, 1, "", ago(days=1)),),
        assignments=(job(NOW), job(None, kind=AssignmentType.REVISION)),
        delivered=DeliveredFact(5, "", ago(days=3), False),
        received=ReceivedFact(3, ago(days=3)),
        appointments=(AppointmentFact(6, local(22, 9, 30), "", False),),
        order_count=3,
        rhythm_days=34,
        last_order_on=date(2026, 9, 1),
        due=(DueFact("task", 8, TODAY, ""),),
        quiz_taken_at=ago(days=1),
        consent=ConsentFact(Channel.EMAIL, "purchase of 30 Nov 2024", date(2026, 11, 30)),
        movable=(MovableFact(9, ago(days=4), local(24, 23, 59), date(2026, 11, 24)),),
        to_pass_on=(OwedFact(Owed.RETURN, 9, "R2026-1001", TODAY),),
    )
    for rule in RULES:
        alone = {6: client(unseen(HEARTED, ago(hours=50))), 11: client(cadence_next_on=TODAY)}
        of_whom = alone.get(rule.number, facts)
        found = said(rule.decide(of_whom, HERE, WAITS))
        assert (found.rule, found.number, found.urgent) == (rule.name, rule.number, rule.urgent)
        assert found.reason.endswith(".") and "None" not in found.reason + found.detail + found.action


def test_a_wait_that_is_no_whole_number_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="cart_hours"):
        Waits(cart_hours=-1)


def test_a_dismissed_rule_is_named_as_her_score_names_it() -> None:
    assert say_rule("answer_comment") == "comment unanswered"
    assert say_rule("one_of_before") == "one of before"
