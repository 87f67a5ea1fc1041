"""Signing up a rep (R42): someone is added, gets her personal link, opens it, enrols, or is given up; reminders.

Of a client, the reminder is a follow-up that is scheduled with her, so that it shows where all that was promised does;
of someone who is no client, it is the day that her row has.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from stylistdesk.commands.addresses import checked_email, checked_phone
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.sending import SendEmail
from stylistdesk.commands.triage import MOST_WORDS, LogMessage, client_named, judged
from stylistdesk.commands.work import refuse_past
from stylistdesk.db.tables import Contact, FollowUp, SignUp
from stylistdesk.domain.codes import checked_code, made_code
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sign_ups import OF_SIGN_UP, OVER, SignUpState, Steps, personal_link
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import Channel, FollowUpStatus, MessageKind
from stylistdesk.domain.web_address import checked_web_address

REMINDER = "Ask about her sign-up link"


@dataclass(frozen=True, slots=True)
class SignUpForm:
    """What the form of a sign-up holds. Of a client, what is left empty is hers: her name, email and phone.

    An empty code is made from the name, an empty link from the template of the settings.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    client_id: int | None = None
    code: str = ""
    link: str = ""
    note: str = ""

    def checked(self, work: Work, but: int | None = None) -> "SignUpForm":
        """The same, cleaned and filled; `but` is the sign-up itself. Raises `Refused` at the first wrong field."""
        name, email, phone = self._who(work, but)
        if not name:
            raise Refused("The name is missing.", field="name", hint="A first name is enough.")
        code = checked_code(self.code)
        taken = work.session.exec(select(SignUp.code).where(SignUp.id != but)).all()
        if code.casefold() in {one.casefold() for one in taken}:
            raise Refused(f"Another sign-up has the code {code}.", field="code", hint="Leave it empty for a new one.")
        code = code or made_code(name, taken, otherwise="rep")
        link = checked_web_address(self.link, "link") or personal_link(work.settings.links.sign_up, code)
        return replace(
            self,
            name=name,
            email=email,
            phone=phone,
            code=code,
            link=link,
            note=clean(self.note, multiline=True, limit=MOST_WORDS),
        )

    def _who(self, work: Work, but: int | None) -> tuple[str, str, str]:
        name = clean(self.name, limit=200)
        email, phone = checked_email(self.email), checked_phone(self.phone, work.country)
        if self.client_id is None:
            return name, email, phone
        client = client_named(work.session, self.client_id)
        hers = select(SignUp).where(SignUp.client_id == self.client_id, SignUp.id != but)
        if any(_steps(other).state is not SignUpState.GIVEN_UP for other in work.session.exec(hers)):
            raise Refused(f"{client.name} is here already.", field="client", hint="Her row has her link.")
        contact = work.session.exec(
            select(Contact).where(Contact.client_id == self.client_id, col(Contact.is_primary))
        ).first()
        return (
            name or client.name,
            email or (contact.email if contact else ""),
            phone or (contact.phone if contact else ""),
        )


@dataclass(frozen=True, slots=True)
class AddSignUp:
    """Add someone who may become a rep, with her personal link. `Outcome.value` is her id."""

    form: SignUpForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for someone who is here already."""
        form = self.form.checked(work)
        if form.client_id is None:
            _refuse_twice(work.session, form)
        row = SignUp(name=form.name, code=form.code, added_at=work.now)
        _fill(row, form)
        work.session.add(row)
        work.session.flush()
        return Outcome(f"Added {row.name} to the sign-ups", _about(row), row.id)


@dataclass(frozen=True, slots=True)
class EditSignUp:
    """Change what is known of her; how far she is stays."""

    sign_up_id: int
    form: SignUpForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and if she is gone."""
        row = _row(work.session, self.sign_up_id)
        form = self.form.checked(work, but=self.sign_up_id)
        before = _about(row)
        if form.client_id != row.client_id:
            on = _reminded_on(work.session, row)
            _remind(work.session, row, None)
            _fill(row, form)
            _remind(work.session, row, on)
        else:
            _fill(row, form)
        return Outcome(f"Changed the sign-up of {row.name}", tuple(dict.fromkeys((*before, *_about(row)))), row.id)


@dataclass(frozen=True, slots=True)
class RemoveSignUp:
    """Take a sign-up away, and what was to remind of it."""

    sign_up_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she is gone."""
        row = _row(work.session, self.sign_up_id)
        _remind(work.session, row, None)
        work.session.delete(row)
        return Outcome(f"Removed {row.name} from the sign-ups", _about(row))


@dataclass(frozen=True, slots=True)
class SendSignUp:
    """Her link was sent to an address, in a message that is judged as any invitation is: commercial, unless she asked.

    To a client it is logged with her other messages (R25, R31). Unless `remind` is false, the desk reminds of it after
    the days of the settings.
    """

    sign_up_id: int
    channel: Channel
    address: str
    subject: str
    body: str
    kind: MessageKind = MessageKind.COMMERCIAL
    remind: bool = True
    by_desk: bool = False  # the desk sends it itself

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without words, where she may not be written to, and where she is not asked any more."""
        row = _row(work.session, self.sign_up_id)
        _refuse_over(row)
        if self.by_desk and row.client_id is None:
            raise Refused(
                "The desk sends to clients only.", field="address", hint="Open it in your mail program instead."
            )
        if self.by_desk and row.client_id is not None:
            SendEmail(row.client_id, self.address, self.subject, self.body, self.kind).apply(work)
        elif row.client_id is not None:
            LogMessage(row.client_id, self.channel, self.address, self.subject, self.body, self.kind).apply(work)
        elif not clean(self.body, multiline=True):
            raise Refused("The message is empty.", field="body", hint="Write a few words.")
        else:
            judged(work, 0, self.channel, self.address, self.kind)
        told = _sent(work, row, remind=self.remind)
        return Outcome(f"Sent {row.name} her link{told}", _about(row), row.id)


class Step(StrEnum):
    """A step that is marked by hand; `SENT`: given to her in person, or by a way of her own."""

    SENT = "sent_at"
    OPENED = "opened_at"
    ENROLLED = "enrolled_at"
    GIVEN_UP = "given_up_at"


_DONE = {
    Step.SENT: "{} has her sign-up link",
    Step.OPENED: "{} has opened her sign-up link",
    Step.ENROLLED: "{} has enrolled",
    Step.GIVEN_UP: "{} is not asked any more",
}
_NOT_DONE = {
    Step.SENT: "{} does not have her sign-up link",
    Step.OPENED: "{} has not opened her sign-up link",
    Step.ENROLLED: "{} has not enrolled",
    Step.GIVEN_UP: "{} may be asked again",
}


@dataclass(frozen=True, slots=True)
class MarkSignUp:
    """She has taken a step now, or has not after all. What was marked before keeps its time.

    Who has enrolled, or was given up, is no longer reminded of; a step of her own takes a giving up back.
    """

    sign_up_id: int
    step: Step
    done: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if she is gone, and where she has enrolled and would be given up."""
        row, told = _row(work.session, self.sign_up_id), ""
        if not self.done:
            setattr(row, self.step.value, None)
            if self.step is Step.SENT:
                _remind(work.session, row, None)
            return Outcome(_NOT_DONE[self.step].format(row.name), _about(row), row.id)
        if self.step is Step.GIVEN_UP and row.enrolled_at is not None:
            raise Refused(f"{row.name} has enrolled.", hint="If that was a mistake, take that back first.")
        if self.step is Step.SENT:
            _refuse_over(row)
            told = _sent(work, row, remind=True)
        else:
            setattr(row, self.step.value, getattr(row, self.step.value) or work.now)
        if self.step is not Step.GIVEN_UP:
            row.given_up_at = None
        if _steps(row).state in OVER:
            _remind(work.session, row, None)
        return Outcome(_DONE[self.step].format(row.name) + told, _about(row), row.id)


@dataclass(frozen=True, slots=True)
class RemindOfSignUp:
    """Be reminded of her on another day, or not at all."""

    sign_up_id: int
    on: date | None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a day that is past, and where she is not asked any more."""
        row = _row(work.session, self.sign_up_id)
        if self.on is None:
            _remind(work.session, row, None)
            return Outcome(f"No reminder of {row.name}", _about(row), row.id)
        _refuse_over(row)
        refuse_past(work, self.on)
        _remind(work.session, row, self.on)
        return Outcome(f"Reminds of {row.name} on {work.say(self.on)}", _about(row), row.id)


# -------------------------------------------------------------------------- helpers


def _row(session: Session, sign_up_id: int) -> SignUp:
    found = session.get(SignUp, sign_up_id)
    if found is None:
        raise Refused("This sign-up is no longer on the desk.", hint="Undo brings a removed one back.")
    return found


def _steps(row: SignUp) -> Steps:
    return Steps(row.sent_at, row.opened_at, row.enrolled_at, row.given_up_at)


def _fill(row: SignUp, form: SignUpForm) -> None:
    row.client_id, row.name, row.email, row.phone = form.client_id, form.name, form.email, form.phone
    row.code, row.link, row.note = form.code, form.link, form.note


def _about(row: SignUp) -> tuple[int, ...]:
    return (row.client_id,) if row.client_id is not None else ()


def _refuse_twice(session: Session, form: SignUpForm) -> None:
    """Someone who is added again: by her email or phone, or by her name where neither is known."""
    for row in session.exec(select(SignUp)):
        same = (form.email and row.email.casefold() == form.email.casefold()) or (
            form.phone and row.phone == form.phone
        )
        bare = not (form.email or form.phone or row.email or row.phone)
        if same or (bare and name_key(row.name) == name_key(form.name)):
            field = "email" if form.email else "phone" if form.phone else "name"
            raise Refused(f"{row.name} is here already.", field=field, hint="Her row has her link.")


def _refuse_over(row: SignUp) -> None:
    state = _steps(row).state
    if state is SignUpState.ENROLLED:
        raise Refused(f"{row.name} has enrolled.", hint="There is nothing more to send.")
    if state is SignUpState.GIVEN_UP:
        raise Refused(f"{row.name} is not asked any more.", hint="If that was a mistake, take that back first.")


def _sent(work: Work, row: SignUp, *, remind: bool) -> str:
    """She has the link now; what to say of the reminder."""
    row.sent_at = row.sent_at or work.now
    if not remind:
        return ""
    on = work.now.astimezone(work.zone).date() + timedelta(days=work.settings.sign_up_days)
    _remind(work.session, row, on)
    return f"; reminds on {work.say(on)}"


def _follow_ups(session: Session, row: SignUp) -> list[FollowUp]:
    """What is scheduled with her, where she is a client, to ask about her link."""
    if row.client_id is None:
        return []
    hers = select(FollowUp).where(
        FollowUp.client_id == row.client_id,
        FollowUp.status == FollowUpStatus.SCHEDULED,
        FollowUp.rule == OF_SIGN_UP,
    )
    return list(session.exec(hers))


def _reminded_on(session: Session, row: SignUp) -> date | None:
    if row.client_id is None:
        return row.remind_on
    return next((one.due_on for one in _follow_ups(session, row)), None)


def _remind(session: Session, row: SignUp, on: date | None) -> None:
    row.remind_on = on
    promised = _follow_ups(session, row)
    if on is None:
        for follow_up in promised:
            session.delete(follow_up)
    elif promised:
        promised[0].due_on, promised[0].promised_on = on, None
    elif row.client_id is not None:
        session.add(
            FollowUp(
                client_id=row.client_id,
                status=FollowUpStatus.SCHEDULED,
                due_on=on,
                channel=Channel.EMAIL if row.email else Channel.TEXT,
                reminder=REMINDER,
                rule=OF_SIGN_UP,
            )
        )
