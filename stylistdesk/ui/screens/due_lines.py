"""How Appointments lays out its rows, and the pane of the one under the cursor: all of R9."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.assignments import STATUS_WORDS
from stylistdesk.domain.dates import WEEKDAYS, LocalNow, say_day, say_short_day
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import Cents, SignalKind
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, flow, labelled, line, spread, width_of, wrap
from stylistdesk.ui.screens.queue_lines import INDENT, POWER
from stylistdesk.ui.symbols import ASCII, SIGNAL_WORDS, Symbols

if TYPE_CHECKING:
    from stylistdesk.queries.assignments import DueRow

WHEN = 13
Shown = Callable[[str], str]
"""The key of an action, as a rep reads it."""


def row_lines(row: "DueRow", here: LocalNow, symbols: Symbols, width: int) -> tuple[Line, Line]:
    """When, with whom and what; then the look review, the status, and what is to be noticed."""
    room = max(8, min(24, width - WHEN - POWER - 17))
    soft = row.group.name == "TO_CLOSE"
    first = spread(
        line(
            Piece(fit(_when(row.at, here), WHEN), "late" if row.group.name == "OVERDUE" else ""),
            Piece(fit(row.about.name, room), "name"),
            " ",
            Piece(fit(words.power(row.about.spending_power), POWER), "power" if row.about.spending_power else "quiet"),
        ),
        (Piece(row.what, "quiet" if soft else ""),),
        width,
    )
    said = STATUS_WORDS[row.status] if row.status else "Appointment"
    review = f"review {_hour(row, here)}" if row.look_review_at is not None else ""
    left = line(Piece(fit(review, WHEN), "quiet"), Piece(said, "quiet"))
    dot = Piece(f" {symbols.dot} ", "quiet")
    return first, spread(left, _joined(_marks(row, here), dot, width - width_of(left) - 2), width)


def _joined(marks: list[Piece], dot: Piece, room: int) -> Line:
    """As many of the marks as there is room for, the first ones; how many more there are, if that has room too."""
    for shown in range(len(marks), 0, -1):
        more = Piece(f"+{len(marks) - shown}", "quiet")
        for said in ((*marks[:shown], more), marks[:shown])[shown == len(marks) :]:
            joined = tuple(piece for mark in said for piece in (dot, mark))[1:]
            if width_of(joined) <= room:
                return joined
    return ()


def _when(at: datetime | None, here: LocalNow) -> str:
    if at is None:
        return "no time yet"
    day = here.day(at)
    away = (day - here.today).days
    if 0 <= away <= 1:
        return here.hour(at)
    if day.year != here.today.year:
        return say_short_day(day, here.today)
    on = f"{WEEKDAYS[day.weekday()]} {day.day}" if 0 < away < 7 else say_short_day(day, here.today)
    return f"{on} {here.hour(at)}"


def _hour(row: "DueRow", here: LocalNow) -> str:
    """The hour of the look review, or its day where that is another one than the consultation's."""
    assert row.look_review_at is not None
    day = here.day(row.look_review_at)
    same = row.at is not None and here.day(row.at) == day
    return here.hour(row.look_review_at) if same else say_short_day(day, here.today)


def _marks(row: "DueRow", here: LocalNow) -> list[Piece]:
    """What is late first, then what HQ wrote, and whether she has confirmed."""
    marks = [Piece(flag, "late") for flag in row.flags]
    if row.owed:
        marks.append(Piece("lookbook owed", "late"))
    if row.hq_notes:
        marks.append(Piece("HQ note", "signal"))
    if (
        not row.owed
        and row.delivered_at is None
        and not row.confirmed
        and row.appointment_id is not None
        and row.at is not None
        and row.at > here.now
    ):
        near = (here.day(row.at) - here.today).days <= 1
        marks.append(Piece("unconfirmed", "late" if near else "quiet"))
    return sorted(marks, key=lambda mark: mark.look != "late")


def pane_lines(row: "DueRow", here: LocalNow, symbols: Symbols, shown: Shown, width: int) -> list[Line]:
    """When and how it stands, HQ's notes in a box of their own, the rep's, and who she is."""
    room = max(10, width - INDENT)
    page: list[Line] = []
    for part in (
        _times(row, here, room),
        _status(row, here, room),
        _hq(row, symbols, width),
        labelled("Yours", [(Piece(said),) for said in wrap(row.notes, room)], INDENT) if row.notes else [],
        _her(row, here, shown, room),
        _did(row, here, symbols),
    ):
        if part:
            page += [BLANK, *part]
    return page


def _times(row: "DueRow", here: LocalNow, room: int) -> list[Line]:
    if row.at is None:
        return labelled("When", [(Piece("No time yet", "late"),)], INDENT)
    until = f"–{here.hour(row.ends_at)}" if row.ends_at is not None else ""
    on = say_day(here.day(row.at), here.today)
    sure = (
        ("  cancelled", "late")
        if row.owed
        else ("  confirmed", "good")
        if row.confirmed
        else ("", "")
        if row.delivered_at is not None
        else ("  not confirmed", "late" if row.at > here.now else "quiet")
    )
    when = line(
        Piece(f"{on[:1].upper()}{on[1:]} {here.hour(row.at)}{until}", "strong"), *([Piece(*sure)] if sure[0] else [])
    )
    body = flow(when, room)
    if row.look_review_at is not None:
        review = say_day(here.day(row.look_review_at), here.today)
        body += flow(line(Piece(fit("Look review", 12), "quiet"), f"{review} {here.hour(row.look_review_at)}"), room)
    if row.delivered_at is not None:
        at = words.moment(row.delivered_at, here.now, here.zone)
        body += flow(line(Piece(fit("Delivered", 12), "quiet"), at), room)
    elif row.due_at is not None:
        due = f"by the end of {say_day(here.day(row.due_at), here.today)}"
        late = "late" if row.due_at < here.now else ""
        body += flow(line(Piece(fit("Lookbook due", 13), "quiet"), Piece(due, late)), room)
    return labelled("When", body, INDENT)


def _status(row: "DueRow", here: LocalNow, room: int) -> list[Line]:
    if row.status is None:
        said = [(Piece(clip(row.what, room), "strong"), Piece("  an appointment", "quiet"))]
        return labelled("What", said, INDENT)
    body = flow((Piece(row.what, "strong"), Piece(f"  {STATUS_WORDS[row.status]}")), room)
    if row.flags:
        body += [(Piece(said, "late"),) for said in wrap(", ".join(row.flags), room)]
    if row.owed:
        body += [(Piece(said, "late"),) for said in wrap("Cancelled late: the lookbook is still made and sent.", room)]
    if row.type_reason:
        body += [(Piece(said, "quiet"),) for said in wrap(f"Another type because: {row.type_reason}", room)]
    return labelled("Status", body, INDENT)


def _hq(row: "DueRow", symbols: Symbols, width: int) -> list[Line]:
    """HQ's notes in a box, so that nobody takes them for her own."""
    if not row.hq_notes:
        return []
    corners, flat, up = ("++++", "-", "|") if symbols is ASCII else ("┌┐└┘", "─", "│")
    inner = max(12, width - 4)
    title = " from HQ, read only "
    edge = flat + title + flat * max(0, inner + 1 - len(title))
    page: list[Line] = [(Piece(f"{corners[0]}{edge}{corners[1]}", "signal"),)]
    page += [
        (Piece(f"{up} ", "signal"), Piece(fit(said, inner)), Piece(f" {up}", "signal"))
        for said in wrap(row.hq_notes, inner)
    ]
    return [*page, (Piece(f"{corners[2]}{flat * (inner + 2)}{corners[3]}", "signal"),)]


def _her(row: "DueRow", here: LocalNow, shown: Shown, room: int) -> list[Line]:
    """Style Quiz, styling frequency, orders and phone, each with the key that opens it in her profile."""
    her = row.about
    quiz = f"of {say_short_day(here.day(her.quiz_taken_at), here.today)}" if her.quiz_taken_at else "–"
    money = format_money(Cents(her.total), her.currency) if her.orders else ""
    rows = [
        ("due_quiz", "Style Quiz", quiz),
        *([("due_cadence", "Styled", her.cadence)] if her.cadence else []),
        ("due_orders", "Orders", f"{her.orders}, {money}" if her.orders else "none yet"),
        ("due_conversation", "Phone", say_phone(her.phone) if her.phone else "–"),
    ]
    body = [
        spread(line(Piece(fit(name, 12), "quiet"), said), (Piece(shown(act), "key"),), min(room, 44))
        for act, name, said in rows
    ]
    return labelled("Client", body, INDENT)


def _did(row: "DueRow", here: LocalNow, symbols: Symbols) -> list[Line]:
    """How often she did each thing, and the last day."""
    page: list[Line] = [(Piece("What she did", "label"),)]
    for kind, count, last in row.about.signals:
        look = "heart" if kind is SignalKind.HEARTED else "signal"
        on = say_short_day(here.day(last), here.today) if last is not None else ""
        page.append(
            line(
                Piece(f" {fit(symbols.signals[kind], 2)}", look if count else "quiet"),
                Piece(fit(SIGNAL_WORDS[kind], 13), "" if count else "quiet"),
                Piece(fit(f"{count:,}" if count else "–", 6, right=True), "strong" if count else "quiet"),
                Piece(f"   last {on}" if on else "", "quiet"),
            )
        )
    return page
