"""How the calendar says what stands on a day: marks, times, and the entries of one day in full."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stylistdesk.domain.calendar_days import DUE, CalendarDay, Entry, What
from stylistdesk.domain.dates import MONTHS, WEEKDAYS, say_number, say_short_day, start_of_day
from stylistdesk.domain.spoken_hours import say_hours
from stylistdesk.domain.working_hours import WorkingHours
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, wrap
from stylistdesk.ui.widgets.entries import Entry as Listed
from stylistdesk.ui.widgets.entries import Key, words
from stylistdesk.ui.words import count


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign for some kinds of entries, how it looks, and what it stands for."""

    sign: str
    plain: str
    look: str
    name: str
    kinds: tuple[What, ...]

    def shown(self, *, plain: bool) -> str:
        """The sign, or what stands for it in ASCII."""
        return self.plain if plain else self.sign


MARKS: tuple[Mark, ...] = (
    Mark("●", "@", "strong", "appointment", (What.APPOINTMENT, What.CONSULTATION)),
    Mark("▲", "^", "key", "lookbook", (What.DEADLINE,)),
    Mark("»", ">", "signal", "to do", (What.FOLLOW_UP, What.TASK)),
    Mark("■", "#", "quiet", "event", (What.EVENT, What.BLOCKED, What.PARTY, What.SHOP_WINDOW)),
    Mark("~", "~", "quiet", "cadence", (What.CADENCE,)),
)
MARK_OF: Mapping[What, Mark] = {kind: mark for mark in MARKS for kind in mark.kinds} | {What.LOOK_REVIEW: MARKS[1]}


def sign(what: What, *, plain: bool) -> str:
    """The sign of a kind of entry."""
    return MARK_OF[what].shown(plain=plain)


def counts(day: CalendarDay, width: int, *, plain: bool) -> Line:
    """What stands on a day, in numbers, as many as there is room for."""
    pieces: list[Piece] = []
    room = width
    for mark in MARKS:
        count = day.count(*mark.kinds)
        if not count:
            continue
        said = f"{mark.shown(plain=plain)}{count}"
        room -= len(said) + bool(pieces)
        if room < 0:
            break
        pieces += [Piece(" " if pieces else ""), Piece(said, mark.look)]
    return tuple(piece for piece in pieces if piece.text)


def legend(*, plain: bool) -> str:
    """What the signs mean."""
    return "  ".join(f"{mark.shown(plain=plain)} {mark.name}" for mark in MARKS)


OF_A_DAY = (
    ("!", "something overlaps"),
    ("?", "your hours are not filled in"),
    ("[ ]", "today"),
    ("1:00*", "the second 1:00, on the day on which the clocks go back"),
)
"""What else the grids say of a day."""


def signs(*, plain: bool) -> list[Line]:
    """The signs of the grids with what they mean, a line each but for what is counted."""
    counted = "   ".join(f"{mark.shown(plain=plain)}2 {mark.name}" for mark in MARKS)
    return [(Piece(f" {counted}"),), *((Piece(fit(f" {sign}", 8)), Piece(means)) for sign, means in OF_A_DAY)]


def clock(at: datetime, zone: ZoneInfo) -> str:
    """The time on the wall: "9:30"."""
    local = at.astimezone(zone)
    return f"{local.hour}:{local.minute:02}"


def span(entry: Entry, day: date, zone: ZoneInfo) -> str:
    """From when until when on that day; an end on another day is said with it."""
    if entry.what in DUE:
        return "due"
    if entry.all_day:
        return "all day"
    if entry.starts_at == entry.ends_at:
        return clock(entry.starts_at, zone)
    starts, ends = entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)
    first = "" if starts.date() == day else f"{WEEKDAYS[starts.weekday()]} "
    ends_on = (entry.ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    last = f"{ends.hour}:{ends.minute:02}"
    if ends_on != day:
        last = f"{WEEKDAYS[ends.weekday()]} {last}"
    elif ends.date() != day:
        last = "24:00"
    return f"{first}{starts.hour}:{starts.minute:02}–{last}"


def _hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """From when until when on the clock; what takes whole days has no hours."""
    whole = all(at == start_of_day(at.astimezone(zone).date(), zone) for at in (starts_at, ends_at))
    return "all day" if whole and starts_at < ends_at else f"{clock(starts_at, zone)}–{clock(ends_at, zone)}"


def about(entry: Entry) -> str:
    """What an entry is, beside its name."""
    return entry.title if entry.who else ("blocked" if entry.what is What.BLOCKED else "")


def key_of(entry: Entry) -> Key:
    """What the list of a day tells its entries apart by."""
    return entry.key, entry.id


def hours_said(day: CalendarDay, *, assumed: bool) -> str:
    """When she works on a day, in words."""
    if not day.filled and not assumed:
        return "not filled in"
    if not day.hours:
        return "off" if day.filled else "not filled in, off"
    return say_hours(day.hours).replace("-", "–") + ("" if day.filled else ", assumed")


def day_entries(
    day: CalendarDay, width: int, zone: ZoneInfo, today: date, *, plain: bool, keys: Mapping[str, str]
) -> list[Listed]:
    """One day in full: its holiday, what stands on it, and what stands across what."""
    found: list[Listed] = []
    if day.holiday:
        found.append(words((Piece(clip(day.holiday, width), "label"),), BLANK))
    group = -1
    for entry in day.entries:
        mine = 0 if entry.what not in DUE else 1
        if mine != group and found and found[-1].key is not None:
            found.append(words(BLANK))
        group = mine
        found.append(_listed(entry, day.day, width, zone, plain=plain, ahead=day.day >= today))
    more = day.cadences - sum(1 for entry in day.entries if entry.what is What.CADENCE)
    if more > 0:
        found.append(words((Piece(f"  and {say_number(more, 'client')} more whose looks are due", "quiet"),)))
    if not day.entries:
        said = f"{keys['book']} books an appointment, {keys['block']} blocks time, {keys['event']} adds an event."
        found += [words((Piece("Nothing stands on this day.", "strong"),))]
        found += [words((Piece(part, "quiet"),)) for part in wrap(said, width)]
    return found


def _listed(entry: Entry, day: date, width: int, zone: ZoneInfo, *, plain: bool, ahead: bool) -> Listed:
    mark = MARK_OF[entry.what]
    said = span(entry, day, zone)
    when = fit(said, 11) if len(said) <= 11 else f"{said} "
    looks = "quiet" if entry.cancelled else "strong"
    title = about(entry)
    head = (
        Piece(f" {sign(entry.what, plain=plain)} ", mark.look),
        Piece(f"{when} ", "quiet"),
        Piece(entry.name, looks),
        Piece(f"  {title}" if title else "", "quiet"),
    )
    lines: list[Line] = [head]
    indent = Piece(" " * 15)
    room = max(10, width - 15)
    state = _state(entry, ahead=ahead)
    if sum(piece.width for piece in head) > width:
        lines = [(*head[:2], Piece(clip(entry.name, max(4, width - head[0].width - head[1].width)), looks))]
        if title:
            lines += [(indent, Piece(part, "quiet")) for part in wrap(title, room)[:2]]
    if state:
        lines.append((indent, *state))
    for part in (entry.place, entry.words):
        if part:
            lines += [(indent, Piece(one, "quiet")) for one in wrap(part, room)[:3]]
    for who, starts_at, ends_at in entry.across:
        said = f"overlaps {who} {_hours(starts_at, ends_at, zone)}"
        lines += [(indent, Piece(one, "late")) for one in wrap(said, room)]
    return Listed(tuple(lines), key_of(entry))


def _state(entry: Entry, *, ahead: bool) -> Line:
    if entry.cancelled:
        return (Piece("cancelled", "late"),)
    parts: list[Piece] = []
    if entry.confirmed:
        parts.append(Piece("confirmed", "good"))
    elif entry.what is What.APPOINTMENT and ahead and entry.busy:
        parts.append(Piece("not confirmed", "quiet"))
    if not entry.ours:
        parts.append(Piece("from another calendar", "quiet"))
    if entry.recurs:
        parts.append(Piece("repeats", "quiet"))
    if entry.what is What.EVENT and not entry.busy:
        parts.append(Piece("takes no time", "quiet"))
    joined: list[Piece] = []
    for part in parts:
        joined += [Piece(", ", "quiet"), part] if joined else [part]
    return tuple(joined)


def week_title(first: date, last: date) -> str:
    """A week in words: "23–29 Nov 2026", "28 Dec–3 Jan 2027"."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month}–{last.day} {MONTHS[last.month - 1]} {last.year}"


def day_title(day: date, today: date) -> str:
    """A day in words: "Tue 24 Nov", and whether it is today."""
    return f"{WEEKDAYS[day.weekday()]} {say_short_day(day, today)}" + (", today" if day == today else "")


def summary(days: Sequence[CalendarDay], hours: WorkingHours, key: Callable[[str], str]) -> Line:
    """What some days hold, in numbers, and which of them are not filled in; `key` is that of an action."""
    booked = sum(day.count(What.APPOINTMENT, What.CONSULTATION) for day in days)
    due = sum(day.count(What.DEADLINE) for day in days)
    promised = sum(day.count(What.FOLLOW_UP, What.TASK) for day in days)
    across = sum(day.across for day in days)
    unfilled = sum(1 for day in days if not day.filled)
    pieces = [Piece(count(booked, "appointment"), "strong")]
    if due:
        pieces.append(Piece(f"  {count(due, 'lookbook')} due"))
    if promised:
        pieces.append(Piece(f"  {promised} to do"))
    if across:
        pieces.append(Piece(f"  {across} overlap ({key('calendar_overlap')})", "late"))
    if hours.is_assumed:
        said = f"  Mon–Fri 9–17 assumed: {key('calendar_hours')} fills in your hours"
        pieces.append(Piece(said, "quiet"))
    elif unfilled:
        said = f"  {unfilled} unfilled ({key('calendar_unfilled')})"
        pieces.append(Piece(said, "quiet"))
    return tuple(pieces)
