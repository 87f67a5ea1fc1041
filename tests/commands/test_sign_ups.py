"""Signing up reps: added, sent, opened, enrolled or given up, and reminded of; each taken back by one key (R42)."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.commands.consent import RecordConsent
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.sign_ups import (
    AddSignUp,
    EditSignUp,
    MarkSignUp,
    RemindOfSignUp,
    RemoveSignUp,
    SendSignUp,
    SignUpForm,
    Step,
)
from stylistdesk.commands.triage import CompleteFollowUp
from stylistdesk.db.tables import OptOut
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sign_ups import SignUpState, Steps, personal_link
from stylistdesk.domain.types import Channel, ConsentGround, MessageKind
from stylistdesk.queries.follow_ups import follow_ups_due
from stylistdesk.queries.sign_ups import SignUpRow, sign_ups
from stylistdesk.queries.waiting import waiting
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.conftest import NOW
from tests.helpers import add_client

TODAY = date(2026, 11, 21)
ROSA = SignUpForm("Rosa Park", email="rosa@example.com")


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def only(desk: Desk) -> SignUpRow:
    (row,) = desk.ask(sign_ups)
    return row


def said_yes(desk: Desk, client_id: int | None = None, address: str = "rosa@example.com") -> RecordConsent:
    return RecordConsent(
        client_id, Channel.EMAIL, address, ConsentGround.EXPRESS, TODAY, "At the market, yes", name="Rosa"
    )


def invitation(key: int, kind: MessageKind = MessageKind.COMMERCIAL, *, remind: bool = True) -> SendSignUp:
    return SendSignUp(key, Channel.EMAIL, "rosa@example.com", "Join me", "Here is your link.", kind, remind)


# ----------------------------------------------------------------------- who she is


def test_someone_is_added_with_a_link_of_her_own(desk: Desk, done: Done) -> None:
    first = done(AddSignUp(ROSA))
    assert first.label == "Added Rosa Park to the sign-ups"
    assert only(desk).link == "https://join.example.com/?rep=rosa-park"
    done(AddSignUp(SignUpForm("Rosa Park", phone="212 555 0150")))
    assert [row.code for row in desk.ask(sign_ups)] == ["rosa-park-2", "rosa-park"]
    with refused(desk, "code"):
        desk.do(EditSignUp(1, SignUpForm("Rosa", code="ROSA-park-2")))
    done(EditSignUp(1, SignUpForm("Rosa Park", code="r25", note="Met at the market")))
    row = desk.ask(sign_ups)[1]
    assert (row.link, row.note, row.email) == ("https://join.example.com/?rep=r25", "Met at the market", "")
    done(RemoveSignUp(1))
    assert len(desk.ask(sign_ups)) == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (SignUpForm(" "), "name"),
        (SignUpForm("Rosa", email="rosa@"), "email"),
        (SignUpForm("Rosa", phone="12"), "phone"),
        (SignUpForm("Rosa", code="a b"), "code"),
        (SignUpForm("Rosa", link="javascript:alert(1)"), "link"),
        (SignUpForm("Rosa", link="file:///etc/passwd"), "link"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk: Desk, form: SignUpForm, field: str) -> None:
    with refused(desk, field):
        desk.do(AddSignUp(form))


@pytest.mark.parametrize(
    ("again", "field"),
    [(SignUpForm("R.", email="ROSA@example.com"), "email"), (SignUpForm("R.", phone="(212) 555-0150"), "phone")],
)
def test_nobody_is_added_twice(desk: Desk, again: SignUpForm, field: str) -> None:
    desk.do(AddSignUp(SignUpForm("Rosa Park", email="rosa@example.com", phone="+12125550150")))
    with refused(desk, field):
        desk.do(AddSignUp(again))


def test_no_two_get_the_same_link_from_a_template_without_a_code(desk: Desk, done: Done) -> None:
    """Nobody could tell who enrolled; a link that she types herself may be anything."""
    links = desk.settings.links.model_copy(update={"sign_up": "https://join.example.com/me"})
    desk.settings = desk.settings.model_copy(update={"links": links})
    with refused(desk, "link") as no:
        desk.do(AddSignUp(ROSA))
    assert "links.sign_up" in no.value.reason and "{code}" in no.value.hint
    done(AddSignUp(replace(ROSA, link="join.example.com/me")))
    assert only(desk).link == "https://join.example.com/me"


@given(st.text(max_size=40))
def test_a_code_leads_nowhere_out_of_its_place(code: str) -> None:
    code = code.encode("utf-8", "ignore").decode()
    parts = urlsplit(personal_link("https://join.example.com/?rep={code}", code))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "join.example.com", "/")
    assert parse_qs(parts.query, keep_blank_values=True) == {"rep": [code]}


@pytest.mark.parametrize("template", ["javascript:{code}", "mailto:{code}", "join.example.com/{code}"])
def test_only_a_page_is_a_personal_link(template: str) -> None:
    with pytest.raises(Refused) as no:
        personal_link(template, "rosa")
    assert "links.sign_up" in no.value.hint


def test_the_farthest_step_tells_how_far_she_is() -> None:
    steps = {
        SignUpState.ADDED: Steps(),
        SignUpState.SENT: Steps(NOW),
        SignUpState.OPENED: Steps(NOW, NOW),
        SignUpState.ENROLLED: Steps(NOW, None, NOW),
        SignUpState.GIVEN_UP: Steps(NOW, NOW, None, NOW),
    }
    assert {state: each.state for state, each in steps.items()} == {state: state for state in steps}


# ------------------------------------------------------------- someone who is no client


def test_an_invitation_needs_consent_as_any_commercial_message_does(desk: Desk, done: Done) -> None:
    """Asking her to join sells something: without a ground it is not sent, and nothing is stamped (R25)."""
    desk.do(AddSignUp(ROSA))
    assert [answer.lawful for answer in only(desk).answers] == [False]
    with refused(desk, "address"):
        desk.do(invitation(1))
    assert done(said_yes(desk)).label == "Recorded express consent of Rosa for rosa@example.com"
    assert [answer.lawful for answer in only(desk).answers] == [True]
    assert done(invitation(1)).label == "Sent Rosa Park her link; reminds on Sat 28 Nov"
    row = only(desk)
    assert (row.state, row.steps.sent_at, row.remind_on) == (SignUpState.SENT, NOW, date(2026, 11, 28))


def test_who_asked_for_the_link_may_have_it(desk: Desk, done: Done) -> None:
    desk.do(AddSignUp(ROSA))
    done(invitation(1, MessageKind.ANSWER, remind=False))
    assert (only(desk).state, only(desk).remind_on) == (SignUpState.SENT, None)
    with refused(desk, "body"):
        desk.do(SendSignUp(1, Channel.EMAIL, "rosa@example.com", "", " ", MessageKind.ANSWER))


def test_an_address_that_opted_out_is_not_invited_whoever_has_it(desk: Desk) -> None:
    desk.do(AddSignUp(ROSA))
    out = OptOut(channel=Channel.EMAIL, address="rosa@example.com", source="a list", recorded_at=NOW)
    desk.do(Do(lambda work: work.session.add(out)))
    with refused(desk, "address") as no:
        desk.do(invitation(1))
    assert "opted out" in no.value.reason


def test_what_she_said_before_she_was_a_client_counts_when_she_is_one(desk: Desk) -> None:
    desk.do(said_yes(desk))
    rosa = add_client(desk, "Rosa Park", email="rosa@example.com")
    desk.do(AddSignUp(SignUpForm(client_id=rosa)))
    assert [answer.lawful for answer in only(desk).answers] == [True]


def test_she_is_due_when_the_days_are_over_and_counts_in_the_tab(desk: Desk, done: Done, clock: FrozenClock) -> None:
    desk.do(AddSignUp(ROSA))
    desk.do(AddSignUp(SignUpForm("Ida", email="ida@example.com")))
    desk.do(MarkSignUp(1, Step.SENT))
    assert (desk.ask(waiting).back_office, only_named(desk, "Rosa Park").is_due) == (0, False)
    clock.at = NOW + timedelta(days=7)
    assert (desk.ask(waiting).back_office, desk.ask(sign_ups)[0].name) == (1, "Rosa Park")
    done(RemindOfSignUp(1, date(2026, 12, 5)))
    assert desk.ask(waiting).back_office == 0
    with refused(desk, "due_on"):
        desk.do(RemindOfSignUp(1, TODAY))
    clock.at = NOW + timedelta(days=14)
    assert desk.ask(waiting).back_office == 1
    done(RemindOfSignUp(1, None))
    assert desk.ask(waiting).back_office == 0


def only_named(desk: Desk, name: str) -> SignUpRow:
    return next(row for row in desk.ask(sign_ups) if row.name == name)


# --------------------------------------------------------------------------- each step


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (Step.SENT, SignUpState.SENT),
        (Step.OPENED, SignUpState.OPENED),
        (Step.ENROLLED, SignUpState.ENROLLED),
        (Step.GIVEN_UP, SignUpState.GIVEN_UP),
    ],
)
def test_each_step_is_marked_and_taken_back(
    desk: Desk, done: Done, clock: FrozenClock, step: Step, state: SignUpState
) -> None:
    desk.do(AddSignUp(ROSA))
    done(MarkSignUp(1, step))
    assert (only(desk).state, only(desk).steps.last_at) == (state, NOW)
    clock.at = NOW + timedelta(days=1)
    desk.do(MarkSignUp(1, step))
    assert only(desk).steps.last_at == NOW
    done(MarkSignUp(1, step, done=False))
    assert (only(desk).state, only(desk).remind_on) == (SignUpState.ADDED, None)


@pytest.mark.parametrize("step", [Step.ENROLLED, Step.GIVEN_UP])
def test_who_is_settled_is_not_asked_or_reminded_of_again(desk: Desk, clock: FrozenClock, step: Step) -> None:
    desk.do(AddSignUp(ROSA))
    desk.do(MarkSignUp(1, Step.SENT))
    desk.do(MarkSignUp(1, step))
    clock.at = NOW + timedelta(days=30)
    assert desk.ask(waiting).back_office == 0
    asked = (invitation(1, MessageKind.ANSWER), MarkSignUp(1, Step.SENT), RemindOfSignUp(1, date(2026, 12, 30)))
    for command in asked:
        with refused(desk):
            desk.do(command)


def test_who_enrolled_is_not_given_up_and_who_was_given_up_may_enrol(desk: Desk) -> None:
    desk.do(AddSignUp(ROSA))
    desk.do(MarkSignUp(1, Step.GIVEN_UP))
    desk.do(MarkSignUp(1, Step.ENROLLED))
    assert only(desk).state is SignUpState.ENROLLED
    with refused(desk):
        desk.do(MarkSignUp(1, Step.GIVEN_UP))


# -------------------------------------------------------------------------- a client


@pytest.fixture
def ana(desk: Desk) -> int:
    """Ana Ruiz, who may be written to, and is among the sign-ups."""
    ana = add_client(desk, email="rosa@example.com", phone="+12125550101")
    desk.do(said_yes(desk, ana))
    desk.do(AddSignUp(SignUpForm(client_id=ana)))
    return ana


def test_a_client_is_reminded_of_where_all_that_was_promised_is(
    desk: Desk, ana: int, done: Done, clock: FrozenClock
) -> None:
    assert (only(desk).name, only(desk).email, only(desk).phone) == ("Ana Ruiz", "rosa@example.com", "+12125550101")
    with refused(desk, "client"):
        desk.do(AddSignUp(SignUpForm(client_id=ana)))
    assert done(invitation(1)).client_ids == (ana,)
    (promised,) = desk.ask(follow_ups_due).upcoming
    assert (promised.due_on, only(desk).remind_on) == (date(2026, 11, 28), date(2026, 11, 28))
    done(RemindOfSignUp(1, date(2026, 11, 30)))
    (promised,) = desk.ask(follow_ups_due).upcoming
    assert promised.due_on == only(desk).remind_on == date(2026, 11, 30)
    clock.at = NOW + timedelta(days=9)
    assert desk.ask(waiting).back_office == 1
    desk.do(CompleteFollowUp(ana, 0, subject=f"follow_up:{promised.id}"))
    assert (desk.ask(waiting).back_office, only(desk).is_due) == (0, False)
    desk.undo()
    done(MarkSignUp(1, Step.ENROLLED))
    assert desk.ask(follow_ups_due).today == desk.ask(follow_ups_due).overdue == ()


def test_a_client_who_may_not_be_written_to_gets_no_invitation_and_no_reminder(desk: Desk) -> None:
    bea = add_client(desk, "Bea", email="bea@example.com")
    desk.do(AddSignUp(SignUpForm(client_id=bea)))
    with refused(desk, "address"):
        desk.do(SendSignUp(1, Channel.EMAIL, "bea@example.com", "Join me", "Here is your link."))


def test_nothing_of_a_sign_up_is_lost_when_its_client_is_removed_or_merged(desk: Desk, ana: int, done: Done) -> None:
    desk.do(invitation(1))
    other = add_client(desk, "Ana R.", email="ana.r@example.com")
    done(MergeClients(other, ana))
    row = only(desk)
    assert (row.client_id, row.state, row.remind_on) == (other, SignUpState.SENT, date(2026, 11, 28))
    done(DeleteClient(other))
    row = only(desk)
    assert (row.client_id, row.name, row.email) == (None, "Ana Ruiz", "rosa@example.com")
    assert (row.state, row.remind_on) == (SignUpState.SENT, date(2026, 11, 28))


def test_the_reminder_goes_along_when_she_becomes_a_client(desk: Desk, done: Done) -> None:
    desk.do(AddSignUp(ROSA))
    desk.do(MarkSignUp(1, Step.SENT))
    rosa = add_client(desk, "Rosa Park", email="rosa@example.com")
    done(EditSignUp(1, SignUpForm("Rosa Park", client_id=rosa, code="rosa-park")))
    assert [one.due_on for one in desk.ask(follow_ups_due).upcoming] == [date(2026, 11, 28)]
    done(EditSignUp(1, SignUpForm("Rosa Park", email="rosa@example.com", code="rosa-park")))
    assert desk.ask(follow_ups_due).upcoming == ()
    assert only(desk).remind_on == date(2026, 11, 28)
    done(RemoveSignUp(1))


def test_her_second_contact_is_not_who_is_invited(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com")
    desk.do(AddContact(ana, ContactForm("Her sister", "", "sister@example.com")))
    desk.do(AddSignUp(SignUpForm(client_id=ana)))
    assert only(desk).email == "ana@example.com"
