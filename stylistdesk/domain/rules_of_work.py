"""The rules of R5 that the rep's own work feeds: 1 to 3, 10 to 14, 17 and 18.

Each is pure: facts, now and the waits in, a suggestion or nothing out.
"""

from datetime import date, timedelta

from stylistdesk.domain.assignments import TYPE_WORDS
from stylistdesk.domain.dates import (
    LocalNow,
    end_of_day,
    say_ago,
    say_day,
    say_number,
    say_short_day,
    start_of_day,
)
from stylistdesk.domain.facts import Facts
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import AssignmentStatus, AssignmentType, Channel
from stylistdesk.domain.waits import Waits

BEGUN_FOR = timedelta(hours=12)
"""A consultation that began so long ago was held or not, but is not begun any more; it may cross midnight."""


def make_it_right(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 1: a CSAT score of 1 or 2 not answered yet: make it right, call first."""
    waiting = (csat for csat in facts.csat if not facts.hides("make_it_right", f"csat:{csat.id}", 0))
    csat = next(waiting, None)
    if csat is None:
        return None
    channel = facts.by(Channel.CALL)
    ago = say_ago(csat.responded_at, here)
    return Suggestion(
        rule="make_it_right",
        number=1,
        action="Make it right",
        channel=channel,
        reason=f"She rated you {csat.score} of 5 {ago} and has no answer yet"
        + ("; call her first." if channel is Channel.CALL else "; write to her first."),
        detail=f"“{csat.comment}”" if csat.comment else f"CSAT {csat.score} of 5, {ago}",
        due=csat.responded_at,
        all_day=False,
        subject=f"csat:{csat.id}",
        urgent=True,
    )


def start_consultation(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 2: the consultation is near, or begun, and the assignment not In Progress: start it (R12)."""
    for job in facts.assignments:
        at = job.consultation_at
        if job.status is not AssignmentStatus.SCHEDULED or at is None:
            continue
        if here.now < at - timedelta(minutes=waits.start_minutes) or at < here.now - BEGUN_FOR:
            continue
        subject = f"start:{job.id}"
        if facts.dismissed and facts.hides("start_consultation", subject, 0):
            continue
        hour = here.hour(at)
        begun = at <= here.now
        return Suggestion(
            rule="start_consultation",
            number=2,
            action="Start the consultation",
            channel=facts.by(Channel.CALL),
            reason=(f"Her consultation began at {hour}" if begun else f"Her consultation begins at {hour}")
            + " and is not In Progress yet.",
            detail=f"{TYPE_WORDS[job.type]} · consultation {hour}",
            due=at,
            all_day=False,
            subject=subject,
            urgent=True,
            promised=True,
        )
    return None


def deliver_lookbook(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 3: the lookbook is due by the end of the local day of its consultation (R13), also of one cancelled late."""
    for job in facts.assignments:
        at = job.consultation_at
        if at is None or at >= here.tomorrow_starts:
            continue
        subject = f"deliver:{job.id}"
        if facts.dismissed and facts.hides("deliver_lookbook", subject, 0):
            continue
        held_on = here.day(at)
        due = job.due_at or end_of_day(held_on, here.zone)
        day = here.day(due)
        late = (here.today - day).days
        held = "was to be" if job.owed else "held" if at <= here.now else "at"
        when = f"{held} {here.hour(at)}"
        if held_on < here.today:
            when = "yesterday" if (here.today - held_on).days == 1 else f"on {say_day(held_on, here.today)}"
        review = job.look_review_at
        suggested = review if review is not None and here.day(review) == day else None
        if job.owed:
            was = f"was due {_by_day(day, here)}" if late > 0 else "is due today"
            reason = f"Her session was cancelled late; the lookbook is still made and sent, and {was}."
        elif late > 0:
            reason = f"Her consultation was {when}, and the lookbook was due the same day."
        else:
            hour = f"; look review is at {here.hour(suggested)}" if suggested is not None else ""
            reason = f"Her lookbook is due {_by_day(day, here)}, the day of her consultation{hour}."
        return Suggestion(
            rule="deliver_lookbook",
            number=3,
            action="Deliver the lookbook",
            channel=facts.by(Channel.EMAIL),
            reason=reason,
            detail=f"{TYPE_WORDS[job.type]} · consultation {when}",
            due=due,
            subject=subject,
            urgent=True,
            promised=True,
            suggested_at=suggested,
        )
    return None


def schedule_revision(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 10: a revision was asked for and has no time yet: schedule it."""
    for job in facts.assignments:
        if (
            job.type is not AssignmentType.REVISION
            or job.status is not AssignmentStatus.SCHEDULED
            or job.consultation_at is not None
            or facts.did("schedule_revision", here.now - timedelta(days=waits.again_days))
        ):
            continue
        subject = f"assignment:{job.id}"
        if facts.dismissed and facts.hides("schedule_revision", subject, 0):
            continue
        name = f"Revision {job.revision_number}" if job.revision_number else "A revision"
        return Suggestion(
            rule="schedule_revision",
            number=10,
            action="Schedule the revision",
            channel=facts.by(Channel.TEXT),
            reason=f"{name} of her lookbook was asked for and has no time yet.",
            detail=f"{name} · no time yet",
            due=start_of_day(here.today, here.zone),
            subject=subject,
        )
    return None


def _is_booked(facts: Facts, here: LocalNow) -> bool:
    """Whether a session is ahead, or held today; a revision, a job left open or one cancelled is no next session."""
    return any(
        job.type is not AssignmentType.REVISION
        and not job.owed
        and job.consultation_at is not None
        and job.consultation_at >= here.today_starts
        for job in facts.assignments
    )


def book_next_looks(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 11: her cadence is due and nothing is booked: book the Recurring Looks session.

    A new client has her Head to Toe first (rule 17): her quiz, from which a cadence counts, makes no looks due.
    """
    day = facts.cadence_next_on
    if day is None or (day - here.today).days > waits.lookahead_days or (facts.assignments and _is_booked(facts, here)):
        return None
    if facts.last_looks_on is None and book_head_to_toe(facts, here, waits):
        return None
    due = start_of_day(day, here.zone)
    seen_from = due - timedelta(days=waits.lookahead_days)
    if facts.followed_up_since(due) or facts.did("book_next_looks", seen_from):
        return None
    label = facts.cadence_label or "on a cadence"
    last = f" · last looks {say_short_day(facts.last_looks_on, here.today)}" if facts.last_looks_on else ""
    verb = "were" if day < here.today else "are"
    return Suggestion(
        rule="book_next_looks",
        number=11,
        action="Book her next looks",
        channel=facts.by(Channel.TEXT),
        reason=f"She is styled {label}; her next looks {verb} due {_by_day(day, here)} and nothing is booked.",
        detail=label[:1].upper() + label[1:] + last,
        due=due,
        subject=f"cadence:{day.isoformat()}",
        promised=True,
    )


def check_in(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 12: quiet for longer than the median gap between her orders: check in."""
    rhythm, last = facts.rhythm_days, facts.last_order_on
    if rhythm is None or last is None or rhythm < 1 or facts.order_count < 3:
        return None
    quiet = (here.today - last).days
    if quiet * 100 <= rhythm * waits.quiet_percent or quiet > waits.quiet_lapse_days:
        return None
    if facts.last_follow_up_at is not None and (here.today - here.day(facts.last_follow_up_at)).days < rhythm:
        return None
    return Suggestion(
        rule="check_in",
        number=12,
        action="Check in",
        channel=facts.by(Channel.TEXT),
        reason=f"Her last order was {say_number(quiet, 'day')} ago; she usually orders every "
        f"{say_number(rhythm, 'day') if rhythm > 1 else 'day'}.",
        detail=f"{say_number(quiet, 'day')} quiet · her rhythm is {rhythm}",
        due=start_of_day(last + timedelta(days=rhythm * waits.quiet_percent // 100 + 1), here.zone),
        subject=f"quiet:{last.isoformat()}",
    )


def do_what_is_due(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 13: the earliest follow-up or task that is due."""
    due = None
    for item in facts.due:
        if (due is None or (item.due_on, item.kind, item.id) < (due.due_on, due.kind, due.id)) and not (
            facts.dismissed and facts.hides("do_what_is_due", f"{item.kind}:{item.id}", 0)
        ):
            due = item
    if due is None or (due.due_on - here.today).days > waits.lookahead_days:
        return None
    task = due.kind == "task"
    what = "A task" if task else "A follow-up"
    verb = "was" if due.due_on < here.today else "is"
    text = " ".join(due.text.split())
    short = text if len(text) <= 40 else text[:39].rstrip() + "…"
    action = short if task and short else "Follow up"
    said = f": {text}" if text else ""
    return Suggestion(
        rule="do_what_is_due",
        number=13,
        action=action[:1].upper() + action[1:],
        channel=facts.by(due.channel or Channel.TEXT),
        reason=f"{what} {verb} due {_by_day(due.due_on, here)}{said}{'' if said.endswith(('.', '!', '?')) else '.'}",
        detail=f"{'Task' if task else 'Follow-up'} for {say_day(due.due_on, here.today)}" if task or not text else text,
        due=start_of_day(due.due_on, here.zone),
        subject=f"{due.kind}:{due.id}",
        promised=True,
    )


def ask_for_consent(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 14: what allows writing to her lapses soon, and still lives: ask for express consent, as R25 lets one."""
    consent = facts.consent
    if consent is None or not 0 <= (consent.last_day - here.today).days <= waits.consent_days:
        return None
    opened = start_of_day(consent.last_day - timedelta(days=waits.consent_days), here.zone)
    if facts.did("ask_for_consent", opened):
        return None
    by = "texts" if consent.channel is Channel.TEXT else "emails"
    return Suggestion(
        rule="ask_for_consent",
        number=14,
        action="Ask for express consent",
        channel=consent.channel,
        reason=f"You may send her {by} because of her {consent.ground}, and only until "
        f"{say_day(consent.last_day, here.today)}; ask for her express consent while you may.",
        detail=f"Consent lapses {_by_day(consent.last_day, here)} · {consent.ground}",
        due=end_of_day(consent.last_day, here.zone),
        subject=f"consent:{consent.channel.value}:{consent.last_day.isoformat()}",
    )


def book_head_to_toe(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 17: a new client without a booked Head to Toe session: book it."""
    if facts.has_session:
        return None
    quiz, added = facts.quiz_taken_at, facts.added_by_hand_at
    since = quiz if added is None or (quiz is not None and quiz >= added) else added
    if since is None or here.now - since > timedelta(days=waits.new_client_days):
        return None
    if facts.last_follow_up_at is not None and here.now - facts.last_follow_up_at < timedelta(days=waits.again_days):
        return None
    ago = say_ago(since, here)
    what = f"quiz taken {ago}" if since is quiz else f"added {ago}"
    why = f"She took the Style Quiz {ago} and has" if since is quiz else f"You added her {ago}, and she has"
    return Suggestion(
        rule="book_head_to_toe",
        number=17,
        action="Book Head to Toe",
        channel=facts.by(Channel.TEXT),
        reason=f"{why} no session yet; book her Head to Toe.",
        detail=f"New client · {what}",
        due=min(since, here.now),
        subject="new_client",
    )


def confirm_appointment(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 18: an appointment tomorrow that has not been confirmed."""
    for meeting in facts.appointments:
        if meeting.confirmed or meeting.starts_at < here.tomorrow_starts:
            continue
        if (here.day(meeting.starts_at) - here.today).days != 1:
            continue
        subject = f"appointment:{meeting.id}"
        if facts.dismissed and facts.hides("confirm_appointment", subject, 0):
            continue
        hour = here.hour(meeting.starts_at)
        kind = meeting.kind[:1].upper() + meeting.kind[1:] or "Appointment"
        return Suggestion(
            rule="confirm_appointment",
            number=18,
            action=f"Confirm tomorrow {hour}",
            channel=facts.by(Channel.TEXT),
            reason=f"{kind} tomorrow at {hour} has not been confirmed yet.",
            detail=f"{kind} · not confirmed yet",
            due=start_of_day(here.today, here.zone),
            subject=subject,
        )
    return None


def _by_day(day: date, here: LocalNow) -> str:
    """A day as the end of a sentence: "today", "tomorrow", "on Tue 17 Nov"."""
    words = say_day(day, here.today)
    return words if words in ("yesterday", "today", "tomorrow") else f"on {words}"
