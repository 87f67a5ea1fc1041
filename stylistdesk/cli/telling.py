"""A client in plain lines, one fact a line and no decoration, as a screen reader reads them; and the same as JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.assignments import say_type
from stylistdesk.domain.birthdays import say_birthday
from stylistdesk.domain.dates import LocalNow, days_late, say_ago, say_day, say_due, say_number
from stylistdesk.domain.expected import say_expected
from stylistdesk.domain.money import format_money
from stylistdesk.domain.suggestions import Standing, Suggestion
from stylistdesk.domain.text import clean, counted, say_phone
from stylistdesk.domain.types import BY_CHANNEL, SignalKind

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.consent import AddressLine
    from stylistdesk.queries.daily_tasks import ClientPane, SignalLine
    from stylistdesk.queries.overview import ClientOverview
    from stylistdesk.queries.profile import Header

MOST_WORDS = 20_000
"""Of a note, as when it is written."""
DID = {
    SignalKind.HEARTED: "hearted",
    SignalKind.COMMENTED: "commented on",
    SignalKind.ADDED_TO_CART: "put into the cart",
    SignalKind.CHECKED_OUT: "checked out",
    SignalKind.RECEIVED: "received",
    SignalKind.FAVOURITED: "favourited",
    SignalKind.REPLIED: "replied",
    SignalKind.OPENED_EMAIL: "opened an email",
    SignalKind.RETURNED: "returned",
    SignalKind.BOOKED: "booked",
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that `show` tells of one client; of each thing at most `limit`, or one more where there are more."""

    header: "Header"
    pane: "ClientPane"
    overview: "ClientOverview"
    addresses: "tuple[AddressLine, ...]"
    here: LocalNow
    limit: int


def know(desk: "Desk", client_id: int, limit: int) -> Known:
    """Ask the desk for it. The client must be there."""
    from stylistdesk.queries.consent import consent_page
    from stylistdesk.queries.daily_tasks import client_pane
    from stylistdesk.queries.overview import client_overview
    from stylistdesk.queries.profile import header

    asked = (
        desk.ask(header, client_id),
        desk.ask(client_pane, client_id),
        desk.ask(client_overview, client_id, limit + 1),
    )
    page = desk.ask(consent_page, client_id)
    assert asked[0] and asked[1] and asked[2]
    return Known(asked[0], asked[1], asked[2], page.addresses if page else (), LocalNow(desk.now(), desk.zone), limit)


# ------------------------------------------------------------------------ lines


def _plain(words: str) -> str:
    """The words on one line, so that no text can pass for another fact, and without control characters."""
    return clean(words, limit=MOST_WORDS)


def say_when(suggestion: Suggestion, here: LocalNow) -> str:
    """When it is due, in words that can be read out: "two days late", "now", "today at 17:00", "on Tue 24 Nov"."""
    late = days_late(suggestion, here.now, here.zone)
    if late:
        return f"{say_number(late, 'day')} late"
    short = say_due(suggestion, here.now, here.zone)
    if ":" in short:
        return f"today at {short}"
    return short if short in ("now", "today") else _on(here.day(suggestion.due), here.today)


def _on(day: date, today: date) -> str:
    said = say_day(day, today)
    return said if said in ("yesterday", "today", "tomorrow") else f"on {said}"


def suggestion_line(suggestion: Suggestion, here: LocalNow) -> str:
    """What to do, how, when and why: "Answer her comment, by text, now. She asked …"."""
    detail = suggestion.detail if suggestion.detail not in suggestion.reason else ""
    detail = f" {detail}{'' if detail.endswith(('.', '?', '!', '”')) else '.'}" if detail else ""
    what = f"{suggestion.action}, {BY_CHANNEL[suggestion.channel]}, {say_when(suggestion, here)}."
    return _plain(f"{what} {suggestion.reason}{detail}".replace(" · ", ", "))


def why_lines(standing: Standing | None, here: LocalNow) -> Iterator[str]:
    """Every term of her urgency, and all that is suggested for her."""
    if standing is None:
        yield "Nothing is suggested for her now: she is not in the queue."
        return
    yield f"Urgency: {standing.score:.1f}"
    for term in standing.terms:
        yield _plain(f"{term.name}: {term.value:+.1f}")
    for number, suggestion in enumerate(standing.suggestions):
        rule = suggestion.rule.replace("_", " ")
        yield f"{'Then' if number else 'Next'}: {suggestion_line(suggestion, here)} (rule {suggestion.number}, {rule})"


def show_lines(known: Known) -> Iterator[str]:
    """Everything about her at a glance, in groups with an empty line between them."""
    groups = (
        _who(known),
        _reach(known),
        _next(known),
        _since(known),
        _group("Ahead", _ahead(known), 3),
        _group("Open tasks", _tasks(known), known.limit),
        _group("Follow-ups", _follow_ups(known), known.limit),
        _group("Notes", _notes(known), known.limit),
        _group("Orders", _orders(known), known.limit),
        _group("Assignments", _assignments(known), known.limit),
        _group("Satisfaction", _csat(known), known.limit),
    )
    first = True
    for group in groups:
        lines = [_plain(line) for line in group]
        if lines:
            yield from lines if first else ("", *lines)
            first = False


def _group(title: str, lines: Iterable[str], limit: int) -> list[str]:
    """A heading with its entries; where there are more, that --limit shows them."""
    entries = list(lines)
    if not entries:
        return []
    more = [f"There are more: --limit {limit * 5} shows them."] if len(entries) > limit else []
    return [f"{title}:", *entries[:limit], *more]


def _who(known: Known) -> Iterator[str]:
    header, overview, pane = known.header, known.overview, known.pane
    yield f"{header.name}, client {header.client_id}"
    power = f"{header.spending_power} of 6" if header.spending_power else ""
    cadence = f"{header.cadence}{', paused' if header.cadence_paused else ''}" if header.cadence else ""
    bought = "none yet"
    if pane.order_count:
        bought = f"{counted(pane.order_count, 'order')}, {format_money(pane.order_total, pane.order_currency)}"
        bought += f", the last {_on(pane.last_order_on, known.here.today)}" if pane.last_order_on else ""
    for name, value in (
        ("Company", header.company if header.company != header.name else ""),
        ("About her", overview.description),
        ("Spending power", power),
        ("Stage", header.stage.value if header.stage else ""),
        ("Cadence", cadence),
        ("Tags", overview.tags),
        ("Birthday", say_birthday(overview.birthday)),
        ("Website", overview.website),
        ("Bought", bought),
        ("Expected", say_expected(pane.expected, known.here.today) if pane.expected else ""),
        ("Location", next((place.address for place in overview.locations), "")),
    ):
        if value:
            yield f"{name}: {value}"


def _reach(known: Known) -> Iterator[str]:
    last = known.header.last_contact
    if last is None:
        yield "Last contact: none yet"
    else:
        by = f" by {last.by}" if last.by else ""
        yield f"Last contact: {say_ago(last.at, known.here)}, {last.what}{by}"
    said = {""}
    for one in known.addresses:
        name = f" ({one.contact})" if one.contact and one.contact != known.header.name else ""
        address = say_phone(one.address)
        reason, remedy = one.answer.reason.rstrip("."), "" if one.answer.lawful else one.answer.remedy
        more = f" {remedy}" if remedy not in said else ""
        yield f"{one.channel.value.capitalize()}: {address}{name}. {reason}.{more}"
        said.add(remedy)
    if not known.addresses:
        yield "No email and no phone is known."


def _next(known: Known) -> Iterator[str]:
    standing = known.pane.standing
    if standing is None:
        yield "Next: nothing for now"
        return
    for number, suggestion in enumerate(standing.suggestions):
        yield f"{'Then' if number else 'Next'}: {suggestion_line(suggestion, known.here)}"
    yield f"Urgency: {standing.score:.1f}"


def _since(known: Known) -> Iterator[str]:
    pane = known.pane
    last = "There was no follow-up yet"
    if pane.last_follow_up_at is not None:
        by = f", {BY_CHANNEL[pane.last_follow_up_channel]}" if pane.last_follow_up_channel else ""
        last = f"Your last follow-up was {_on(known.here.day(pane.last_follow_up_at), known.here.today)}{by}"
    if not pane.signals:
        yield f"{last}. Nothing new since."
        return
    yield f"{last}. What she did since, the newest first:"
    newest = pane.signals[::-1][: known.limit]
    for signal in newest:
        yield _signal(signal, known.here)
    if pane.signal_total > len(newest):
        yield f"And {pane.signal_total - len(newest):,} before these."


def _signal(signal: "SignalLine", here: LocalNow) -> str:
    by = f"by {signal.brand}" if signal.brand and signal.item else ""
    what = " ".join(part for part in (DID[signal.kind], signal.item or signal.lookbook, by) if part)
    said = f": “{signal.comment}”" if signal.comment else ""
    amount = f", {format_money(signal.amount, signal.currency)}" if signal.amount is not None else ""
    return f"{_at(signal.occurred_at, here)}, {what}{amount}{said}"


def _at(at: datetime, here: LocalNow) -> str:
    return f"{say_day(here.day(at), here.today)} {here.hour(at)}"


def _ahead(known: Known) -> Iterator[str]:
    for starts, kind, confirmed in known.pane.appointments:
        yield f"{_at(starts, known.here)}, {kind}{'' if confirmed else ', not confirmed'}"


def _tasks(known: Known) -> Iterator[str]:
    today = known.here.today
    for task in known.overview.tasks:
        due = say_day(task.due_on, today) if task.due_on else "some time"
        late = ", overdue" if task.due_on and task.due_on < today else ""
        yield f"{due}{late}, {task.description}{f' ({task.category})' if task.category else ''}"


def _follow_ups(known: Known) -> Iterator[str]:
    for one in known.overview.follow_ups:
        on = known.here.day(one.completed_at) if one.completed_at else one.due_on
        by = f" {BY_CHANNEL[one.channel]}" if one.channel else ""
        when = say_day(on, known.here.today) if on else "some time"
        yield f"{when}, {one.status.value}{by}{f': {one.words}' if one.words else ''}"


def _notes(known: Known) -> Iterator[str]:
    for note in known.overview.notes:
        yield f"{_at(note.written_at, known.here)}, {note.body}"


def _orders(known: Known) -> Iterator[str]:
    for order in known.overview.orders:
        back = f", {format_money(order.credited, order.currency)} back" if order.credited else ""
        money = format_money(order.booked, order.currency)
        on = say_day(known.here.day(order.placed_at), known.here.today)
        yield f"{on}, {order.number}, {money}, {order.status.value.replace('_', ' ')}{back}"


def _assignments(known: Known) -> Iterator[str]:
    for one in known.overview.assignments:
        when = f"{_at(one.consultation_at, known.here)}, " if one.consultation_at else ""
        notes = [f"from HQ: {one.hq_notes}" if one.hq_notes else "", f"yours: {one.rep_notes}" if one.rep_notes else ""]
        said = "".join(f"; {note}" for note in notes if note)
        yield f"{when}{say_type(one.type, one.revision_number)}, {one.status.value.replace('_', ' ')}{said}"


def _csat(known: Known) -> Iterator[str]:
    for one in known.overview.csat:
        answered = "answered" if one.answered_at else "not answered"
        on = say_day(known.here.day(one.responded_at), known.here.today)
        yield f"{on}, {one.score} of 5, {answered}{f': “{one.comment}”' if one.comment else ''}"


# ------------------------------------------------------------------------- JSON


def suggestion_json(suggestion: Suggestion, here: LocalNow) -> dict[str, Any]:
    """`{action, channel, reason, detail, due, rule}`; `due` is ISO 8601 in the desk's zone."""
    return {
        "action": suggestion.action,
        "channel": suggestion.channel.value,
        "reason": suggestion.reason,
        "detail": suggestion.detail,
        "due": suggestion.due.astimezone(here.zone).isoformat(),
        "rule": suggestion.rule,
    }


def why_json(client_id: int, name: str, standing: Standing | None, here: LocalNow) -> dict[str, Any]:
    """`{id, client, score, terms: [{name, value}], suggestions: []}`; the score is the terms' sum, null if unranked."""
    return {
        "id": client_id,
        "client": name,
        "score": standing.score if standing else None,
        "terms": [{"name": term.name, "value": term.value} for term in standing.terms] if standing else [],
        "suggestions": [suggestion_json(one, here) for one in standing.suggestions] if standing else [],
    }


def show_json(known: Known) -> dict[str, Any]:
    """All that the lines tell: instants are ISO 8601 in the desk's zone, days ISO dates, money integer cents."""
    header, pane, overview, zone = known.header, known.pane, known.overview, known.here.zone

    def local(at: datetime | None) -> str | None:
        return at.astimezone(zone).isoformat() if at else None

    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    last = header.last_contact
    return why_json(header.client_id, header.name, pane.standing, known.here) | {
        "company": header.company,
        "description": overview.description,
        "spending_power": header.spending_power,
        "stage": header.stage.value if header.stage else None,
        "cadence": header.cadence,
        "tags": overview.tags,
        "birthday": overview.birthday,
        "website": overview.website,
        "last_contact": {"at": local(last.at), "what": last.what, "by": last.by} if last else None,
        "addresses": [
            {
                "channel": one.channel.value,
                "address": one.address,
                "contact": one.contact,
                "primary": one.is_primary,
                "may_be_written_to": one.answer.lawful,
                "reason": one.answer.reason,
                "until": iso(one.answer.last_day),
            }
            for one in known.addresses
        ],
        "last_follow_up": local(pane.last_follow_up_at),
        "signal_count": pane.signal_total,
        "signals": [
            {
                "kind": one.kind.value,
                "at": local(one.occurred_at),
                "item": one.item,
                "brand": one.brand,
                "lookbook": one.lookbook,
                "comment": one.comment,
                "amount_cents": one.amount,
                "currency": one.currency,
            }
            for one in pane.signals[::-1][: known.limit]
        ],
        "appointments": [
            {"at": local(at), "kind": kind, "confirmed": confirmed} for at, kind, confirmed in pane.appointments
        ],
        "tasks": [
            {"description": one.description, "category": one.category, "due": iso(one.due_on)}
            for one in overview.tasks[: known.limit]
        ],
        "follow_ups": [
            {
                "status": one.status.value,
                "due": iso(one.due_on),
                "completed_at": local(one.completed_at),
                "channel": one.channel.value if one.channel else None,
                "words": one.words,
            }
            for one in overview.follow_ups[: known.limit]
        ],
        "notes": [{"at": local(one.written_at), "body": one.body} for one in overview.notes[: known.limit]],
        "order_count": pane.order_count,
        "orders": [
            {
                "number": one.number,
                "status": one.status.value,
                "placed_at": local(one.placed_at),
                "booked_cents": one.booked,
                "credited_cents": one.credited,
                "currency": one.currency,
            }
            for one in overview.orders[: known.limit]
        ],
    }
