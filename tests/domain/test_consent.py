"""May she be written to? Canada's anti-spam law (CASL, S.C. 2010, c. 23), day by day (R25)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.consent import (
    UNSUBSCRIBE_LINE,
    Answer,
    Evidence,
    Holder,
    LedgerFact,
    Sender,
    business_day_after,
    consent_phrase,
    judge,
    last_lawful_day,
    lists_in,
    sender_in,
    signed,
)
from stylistdesk.domain.dates import add_months
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus, MessageKind

EMAIL, TEXT, CALL = Channel.EMAIL, Channel.TEXT, Channel.CALL
EXPRESS, PURCHASE, INQUIRY = ConsentGround.EXPRESS, ConsentGround.PURCHASE, ConsentGround.INQUIRY
CONTRACT, SUBSCRIPTION = ConsentGround.CONTRACT, ConsentGround.SUBSCRIPTION
SENDER = Sender("Thea Lindholm", "12 Alder Lane, Ottawa ON K1A 0A1")
ON = date(2026, 11, 21)


def d(text: str) -> date:
    return date.fromisoformat(text)


def ledger(
    ground: ConsentGround | None,
    happened_on: str,
    ends_on: str = "",
    state: ConsentState = ConsentState.SUBSCRIBED,
    source: str = "recorded by hand",
) -> LedgerFact:
    day = d(happened_on)
    return LedgerFact(state, day, source, ground, day if ground else None, d(ends_on) if ends_on else None)


def out(day: str) -> LedgerFact:
    return LedgerFact(ConsentState.UNSUBSCRIBED, d(day), "recorded by hand", None, d(day))


def ask(evidence: Evidence, on: date = ON, **how: object) -> Answer:
    return judge(EMAIL, evidence, on, **{"sender": SENDER, **how})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ground", "day", "last"),
    [
        # s. 10(10)(a): two years immediately before the day of the message
        (PURCHASE, "2026-03-03", "2028-03-03"),
        (PURCHASE, "2024-02-29", "2026-02-28"),  # there is no 29 Feb 2026
        (PURCHASE, "2022-02-28", "2024-02-28"),  # counted back from 29 Feb 2024 it would still be in: earlier holds
        (PURCHASE, "2020-02-29", "2022-02-28"),
        (PURCHASE, "2024-12-31", "2026-12-31"),
        # s. 10(10)(e): six months
        (INQUIRY, "2026-02-28", "2026-08-28"),  # counted back from 29, 30 and 31 Aug it would still be in
        (INQUIRY, "2024-02-29", "2024-08-29"),
        (INQUIRY, "2026-08-31", "2027-02-28"),
        (INQUIRY, "2027-08-31", "2028-02-29"),  # a leap year
        (INQUIRY, "2026-08-29", "2027-02-28"),
        (INQUIRY, "2026-10-31", "2027-04-30"),
        (INQUIRY, "2026-05-31", "2026-11-30"),
        (INQUIRY, "2026-07-15", "2027-01-15"),
        # s. 10(10)(d) and s. 10(11): two years from the end of a contract or subscription
        (CONTRACT, "2026-06-30", "2028-06-30"),
        (SUBSCRIPTION, "2028-02-29", "2030-02-28"),
    ],
)
def test_the_last_lawful_day(ground: ConsentGround, day: str, last: str) -> None:
    assert last_lawful_day(ground, d(day)) == d(last)


@given(st.sampled_from([PURCHASE, INQUIRY, CONTRACT, SUBSCRIPTION]), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_last_lawful_day_is_lawful_counted_either_way(ground: ConsentGround, day: date) -> None:
    months = 6 if ground is INQUIRY else 24
    last = last_lawful_day(ground, day)
    assert last <= add_months(day, months)
    assert add_months(last, -months) <= day, "counted back from the message, the ground is in the period"
    assert timedelta(days=0) <= add_months(day, months) - last <= timedelta(days=3)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-10, 800))
def test_a_purchase_is_a_ground_from_its_day_to_its_last_day_and_on_no_other(day: date, later: int) -> None:
    on = day + timedelta(days=later)
    assert ask(Evidence(purchases=(day,)), on).lawful == (day <= on <= last_lawful_day(PURCHASE, day))


class TestGrounds:
    def test_nothing_is_no_consent_and_says_what_would_be(self) -> None:
        answer = ask(Evidence())
        assert (answer.lawful, answer.ground) == (False, None)
        assert "not consented" in answer.reason
        assert "express consent" in answer.remedy
        assert "Asking by message needs consent itself" in answer.remedy, "s. 1(3)"

    @pytest.mark.parametrize(
        ("evidence", "words"),
        [
            (Evidence(purchases=(d("2026-03-03"),)), "purchase of 3 Mar 2026, until 3 Mar 2028"),
            (Evidence(inquiries=(d("2026-07-15"),)), "inquiry of 15 Jul 2026, until 15 Jan 2027"),
            (Evidence((ledger(EXPRESS, "2019-01-01"),)), "express consent of 1 Jan 2019, until she withdraws it"),
            (Evidence((ledger(CONTRACT, "2020-01-01"),)),
             "contract since 1 Jan 2020, while it is in force and 2 years after"),
            (Evidence((ledger(CONTRACT, "2020-01-01", "2025-06-30"),)),
             "contract until 30 Jun 2025, and so until 30 Jun 2027"),
            (Evidence((ledger(SUBSCRIPTION, "2020-01-01", "2027-01-31"),)),
             "subscription until 31 Jan 2027, and so until 31 Jan 2029"),
        ],
    )  # fmt: skip
    def test_each_is_named_with_its_last_lawful_day(self, evidence: Evidence, words: str) -> None:
        answer = ask(evidence)
        assert answer.lawful
        assert answer.reason == f"May be written to: {words}"

    def test_the_years_of_a_subscription_begin_when_it_ends_not_when_it_was_bought(self) -> None:
        """S. 10(11)."""
        running = ledger(SUBSCRIPTION, "2020-01-01")
        assert ask(Evidence((running,))).lawful
        ended = ledger(SUBSCRIPTION, "2020-01-01", "2024-11-20")
        assert not ask(Evidence((ended,))).lawful
        assert ask(Evidence((ended,)), d("2026-11-20")).lawful

    def test_the_strongest_living_ground_wins_and_all_are_there(self) -> None:
        evidence = Evidence(
            entries=(ledger(INQUIRY, "2026-11-01"), ledger(CONTRACT, "2026-01-01", "2026-12-31")),
            purchases=(d("2023-01-01"), d("2026-03-03"), d("2026-11-20")),
        )
        answer = ask(evidence)
        assert [ground.last_day for ground in answer.grounds] == [
            d("2028-12-31"),
            d("2028-11-20"),
            d("2028-03-03"),
            d("2027-05-01"),
        ]
        with_express = Evidence((*evidence.entries, ledger(EXPRESS, "2025-01-01")), evidence.purchases)
        answer = ask(with_express)
        assert answer.ground is not None
        assert (answer.ground.kind, answer.last_day) == (EXPRESS, None)

    def test_what_has_lapsed_is_told(self) -> None:
        answer = ask(Evidence(purchases=(d("2024-03-03"),)))
        assert answer.reason == "Her purchase of 3 Mar 2024 was a ground until 3 Mar 2026."

    def test_what_is_to_come_is_no_ground_yet(self) -> None:
        assert not ask(Evidence(purchases=(ON + timedelta(days=1),))).lawful
        assert not ask(Evidence((ledger(CONTRACT, "2026-12-01"),))).lawful

    def test_a_list_that_says_subscribed_is_believed_but_the_proof_is_missing(self) -> None:
        """S. 13: the burden of proof is the sender's."""
        said = LedgerFact(ConsentState.SUBSCRIBED, d("2026-01-01"), "Shopify customers, file a.csv")
        answer = ask(Evidence((said,), state=ConsentState.SUBSCRIBED))
        assert answer.lawful
        assert answer.missing == ("proof of when and how she said yes",)
        assert "Shopify customers" in answer.reason

    def test_a_proven_ground_goes_before_a_lists_word(self) -> None:
        said = LedgerFact(ConsentState.SUBSCRIBED, d("2026-01-01"), "Shopify customers, file a.csv")
        answer = ask(Evidence((said,), purchases=(d("2026-03-03"),)))
        assert answer.ground is not None
        assert (answer.ground.kind, answer.missing) == (PURCHASE, ())


class TestWhoseGroundItIs:
    """S. 10(9)(a), (10): the relationship is that of the person to whom the message goes."""

    HERS = Evidence(
        purchases=(d("2026-03-03"),), inquiries=(d("2026-09-01"),), names=("Ana Ruiz", "Ana", "Ana Ruiz")
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("holders", "company", "lawful"),
        [
            ((Holder("Ana Ruiz", is_primary=True),), "", True),
            ((Holder("Zoe", is_primary=True),), "", True),  # by whom the client is reached
            ((Holder("ana  RUIZ"),), "", True),
            ((Holder("Ana"),), "", True),
            ((Holder(),), "", True),
            ((), "", True),  # nobody's on the desk: she is said to have it
            ((Holder("Paloma Reyes"),), "", False),
            ((Holder("Marisol Ruiz"),), "", False),
            ((Holder("Marisol Ruiz"), Holder("Ana Ruiz")), "", True),  # they share it
            ((Holder("Paloma Reyes"),), "Harbor & Hem", True),  # staff that buys for a store
            ((Holder("Paloma Reyes"),), "  ", False),
        ],
    )
    def test_what_the_client_did_counts_for_her_and_for_who_buys_for_a_store(
        self, holders: tuple[Holder, ...], company: str, lawful: bool
    ) -> None:
        for acts in (replace(self.HERS, purchases=()), replace(self.HERS, inquiries=()), self.HERS):
            assert ask(replace(acts, holders=holders, company=company)).lawful is lawful

    def test_it_says_whose_it_was_and_what_would_be_hers(self) -> None:
        sister = replace(self.HERS, holders=(Holder("Marisol Ruiz"),))
        answer = ask(sister)
        assert answer.reason == "She has not consented: the purchase of 3 Mar 2026 was Ana Ruiz’s, not hers."
        assert "a purchase or an inquiry of hers is a ground too" in answer.remedy
        answer = ask(replace(sister, purchases=()))
        assert answer.reason == "She has not consented: the inquiry of 1 Sep 2026 was Ana Ruiz’s, not hers."
        lapsed = ask(replace(sister, purchases=(d("2020-01-01"),), inquiries=()))
        assert lapsed.reason == "She has not consented, and there is no purchase, inquiry or contract to rest on."

    @pytest.mark.parametrize(
        ("own", "reason"),
        [
            ({"entries": (ledger(EXPRESS, "2026-01-01"),)}, "express consent of 1 Jan 2026"),
            ({"entries": (ledger(CONTRACT, "2026-01-01"),)}, "contract since 1 Jan 2026"),
            ({"written": (d("2026-10-10"),)}, "inquiry of 10 Oct 2026, until 10 Apr 2027"),
            ({"state": ConsentState.SUBSCRIBED}, "subscribed, as a list says"),
        ],
    )
    def test_what_is_known_of_her_own_address_holds(self, own: dict[str, Any], reason: str) -> None:
        answer = ask(replace(self.HERS, holders=(Holder("Marisol Ruiz"),), **own))
        assert answer.lawful
        assert answer.reason.startswith(f"May be written to: {reason}")
        assert [ground.kind for ground in answer.grounds] == [answer.grounds[0].kind], "and nothing of Ana's beside it"


class TestWithdrawal:
    def test_an_opt_out_ends_express_consent_at_once(self) -> None:
        """S. 11."""
        evidence = Evidence((ledger(EXPRESS, "2025-01-01"), out("2026-11-21")))
        answer = ask(evidence)
        assert (answer.lawful, answer.opted_out_on) == (False, ON)
        assert answer.reason == "She opted out of email on 21 Nov 2026."

    @pytest.mark.parametrize(
        "evidence",
        [
            Evidence((out("2026-01-01"),), purchases=(d("2026-11-20"),)),
            Evidence((out("2026-01-01"), ledger(INQUIRY, "2026-11-01"))),
            Evidence((out("2026-01-01"), LedgerFact(ConsentState.SUBSCRIBED, d("2026-11-01"), "Mailchimp"))),
            Evidence(purchases=(d("2026-11-20"),), opted_out_on=d("2026-01-01")),
            Evidence(purchases=(d("2026-11-20"),), state=ConsentState.UNSUBSCRIBED),
            Evidence(purchases=(d("2026-11-20"),), status=EmailStatus.UNSUBSCRIBED),
        ],
        ids=["a purchase", "an inquiry", "a list", "the opt-out alone", "the contact alone", "the status alone"],
    )
    def test_nothing_but_her_own_yes_brings_her_back(self, evidence: Evidence) -> None:
        assert not ask(evidence).lawful
        assert "Only her own express consent" in ask(evidence).remedy

    def test_a_yes_of_before_that_is_only_recorded_later_does_not(self) -> None:
        evidence = Evidence((out("2026-01-01"), ledger(EXPRESS, "2025-06-01")))
        assert not ask(evidence).lawful

    def test_her_own_yes_after_it_does(self) -> None:
        evidence = Evidence((ledger(EXPRESS, "2025-01-01"), out("2026-01-01"), ledger(EXPRESS, "2026-02-01")))
        answer = ask(evidence)
        assert answer.lawful
        assert answer.ground is not None
        assert answer.ground.since == d("2026-02-01")


class TestMessages:
    @pytest.mark.parametrize(
        ("kind", "section", "missing"),
        [
            (MessageKind.QUOTE, "s. 6(6)(a)", ("your mailing address",)),
            (MessageKind.ORDER, "s. 6(6)(b)", ("your mailing address",)),
            (MessageKind.WARRANTY, "s. 6(6)(c)", ("your mailing address",)),
            (MessageKind.ACCOUNT, "s. 6(6)(d)", ("your mailing address",)),
            (MessageKind.DELIVERY, "s. 6(6)(f)", ("your mailing address",)),
            (MessageKind.ANSWER, "SOR/2013-221, s. 3(b)", ()),
        ],
    )
    def test_some_need_no_consent_even_after_an_opt_out_but_do_need_a_sender(
        self, kind: MessageKind, section: str, missing: tuple[str, ...]
    ) -> None:
        """S. 6(2) holds for those of s. 6(6) all the same."""
        answer = ask(Evidence((out("2026-01-01"),)), kind=kind, sender=Sender("Thea Lindholm"))
        assert (answer.lawful, answer.section, answer.missing) == (True, section, missing)

    def test_text_messages_are_judged_too_and_calls_are_not(self) -> None:
        """S. 1(1) and s. 6(8)(a)."""
        assert not judge(TEXT, Evidence(), ON).lawful
        assert judge(CALL, Evidence(opted_out_on=d("2026-01-01")), ON).lawful

    def test_what_the_message_lacks_is_named(self) -> None:
        evidence = Evidence(purchases=(ON,), status=EmailStatus.BOUNCED)
        answer = judge(EMAIL, evidence, ON, sender=Sender("", "", unsubscribe=False))
        assert answer.lawful
        assert answer.missing == (
            "your name",
            "your mailing address",
            "how to unsubscribe",
            "an address that works (messages come back)",
        )

    def test_a_complete_one_lacks_nothing(self) -> None:
        assert ask(Evidence(purchases=(ON,))).missing == ()


def test_the_phrase_of_the_header() -> None:
    lawful, never = ask(Evidence(purchases=(d("2026-03-03"),))), judge(TEXT, Evidence(), ON)
    assert consent_phrase((lawful, never)) == "email until 3 Mar 2028, text no consent"
    gone, express = ask(Evidence((out("2026-01-01"),))), ask(Evidence((ledger(EXPRESS, "2026-01-01"),)))
    assert consent_phrase((gone,)) == "email opted out"
    assert consent_phrase((lawful, replace(lawful, channel=Channel.TEXT))) == "email and text until 3 Mar 2028"
    assert consent_phrase((express,)) == "email express"
    assert consent_phrase(()) == "no address"


CHRISTMAS = {d("2026-12-25"), d("2026-12-26"), d("2026-12-28"), d("2027-01-01")}


@pytest.mark.parametrize(
    ("day", "holidays", "due"),
    [
        ("2026-11-02", set(), "2026-11-16"),  # a Monday: day 0 is not counted
        ("2026-11-06", set(), "2026-11-20"),  # a Friday
        ("2026-11-07", set(), "2026-11-20"),  # a Saturday
        ("2026-11-08", set(), "2026-11-20"),
        ("2026-11-02", {d("2026-11-11")}, "2026-11-17"),
        ("2026-11-11", {d("2026-11-11")}, "2026-11-25"),  # a holiday on day 0 changes nothing
        ("2026-12-18", CHRISTMAS, "2027-01-06"),
    ],
)
def test_ten_business_days(day: str, holidays: set[date], due: str) -> None:
    """S. 11(3): no later than 10 business days after."""
    assert business_day_after(d(day), 10, holidays) == d(due)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sets(st.integers(1, 40), max_size=8))
def test_between_lie_exactly_ten_days_that_count(day: date, free: set[int]) -> None:
    holidays = {day + timedelta(days=n) for n in free}
    due = business_day_after(day, 10, holidays)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(1 for one in between if one.weekday() < 5 and one not in holidays) == 10
    assert due.weekday() < 5
    assert due not in holidays


STOP = "Reply STOP to opt out."
KING = Sender("Ola Berg", "1 King St\nToronto")


class TestSigning:
    """S. 6(2): who sends it, from where, and how to stop it; each where it is missing."""

    def test_an_email_says_who_sends_it_once(self) -> None:
        body = signed("Hi Ana", SENDER)
        assert body == f"Hi Ana\n\n--\nThea Lindholm\n12 Alder Lane, Ottawa ON K1A 0A1\n{UNSUBSCRIBE_LINE}"
        assert signed(body, SENDER) == body
        assert signed("Hi Ana", Sender("Thea Lindholm")) == "Hi Ana"

    @pytest.mark.parametrize(
        ("channel", "body", "below"),
        [
            (EMAIL, "Hi Ana", f"\n\n--\nOla Berg\n1 King St, Toronto\n{UNSUBSCRIBE_LINE}"),
            (EMAIL, "Come by at 1 King St, Toronto!\nOla Berg", f"\n\n--\n{UNSUBSCRIBE_LINE}"),
            (EMAIL, "Come by at 1 king st · Toronto!", f"\n\n--\nOla Berg\n{UNSUBSCRIBE_LINE}"),
            (EMAIL, "You may unsubscribe at any time.", "\n\n--\nOla Berg\n1 King St, Toronto"),
            (EMAIL, "Ola Bergman says hi from 11 King St", f"\n\n--\nOla Berg\n1 King St, Toronto\n{UNSUBSCRIBE_LINE}"),
            (TEXT, "Hi Ana ", f"\nOla Berg, 1 King St, Toronto. {STOP}"),
            (TEXT, "New coats! Ola Berg", f"\n1 King St, Toronto. {STOP}"),
            (TEXT, f"New coats! {STOP}", "\nOla Berg, 1 King St, Toronto."),
            (TEXT, "Nouveautés ! Pour vous désabonner, répondez ARRÊT.", "\nOla Berg, 1 King St, Toronto."),
            (TEXT, "Ola Berg, 1 King St, Toronto", f"\n{STOP}"),
            (TEXT, "Ola Berg at 1 King St Toronto, text STOP to end", ""),
            (TEXT, "Don't stop dreaming of Toronto", f"\nOla Berg, 1 King St, Toronto. {STOP}"),
        ],
    )
    def test_only_what_is_missing_is_added(self, channel: Channel, body: str, below: str) -> None:
        """An address in the words would take her name and the unsubscribe away with it."""
        assert signed(body, KING, channel) == (body.rstrip() + below if below else body)

    def test_an_answer_needs_none_of_it(self) -> None:
        assert signed("Yes, in navy too", KING, TEXT, MessageKind.ANSWER) == "Yes, in navy too"
        assert STOP in signed("It has shipped", KING, TEXT, MessageKind.ORDER)

    @given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=40), st.sampled_from([EMAIL, TEXT]))
    def test_what_is_signed_lacks_nothing_and_is_signed_once(
        self, body: str, name: str, address: str, channel: Channel
    ) -> None:
        sender = Sender(name, address)
        once = signed(body, sender, channel)
        assert signed(once, sender, channel) == once
        if any(letter.isalnum() for letter in address) and name.strip():  # a comma alone is no address
            assert judge(channel, Evidence(purchases=(ON,)), ON, sender=sender_in(once, sender)).missing == ()

    def test_the_judgement_looks_at_what_the_words_hold(self) -> None:
        answer = judge(TEXT, Evidence(purchases=(ON,)), ON, sender=sender_in("New coats! Ola Berg", KING))
        assert answer.lawful
        assert answer.missing == ("your mailing address", "how to unsubscribe")


def test_the_outside_lists_are_known_by_what_was_imported() -> None:
    assert lists_in(["shopify", "Mailchimp subscribed, file m.csv", "recorded by hand", "hq"]) == (
        "Shopify",
        "Mailchimp",
    )
