"""How Follow-ups lays out its rows, and the pane of the one under the cursor."""

from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow, say_cadence, say_day, say_short_day
from stylistdesk.domain.types import BY_CHANNEL, Direction
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, fit, labelled, line, spread, wrap
from stylistdesk.ui.screens.queue_lines import INDENT, POWER, PaneLines
from stylistdesk.ui.symbols import Symbols

if TYPE_CHECKING:
    from stylistdesk.queries.follow_ups import FollowUpDue, FollowUpPane

WHEN = 12


def _when(row: "FollowUpDue", here: LocalNow) -> Piece:
    """By when, or when it was done."""
    day = here.day(row.completed_at) if row.completed_at is not None else row.due_on
    assert day is not None
    # A day of another year says its year, and not its weekday.
    near = day.year == here.today.year or abs((day - here.today).days) <= 1
    said = say_day(day, here.today) if near else say_short_day(day, here.today)
    return Piece(fit(said, WHEN), "quiet" if row.is_done else "late" if day < here.today else "")


def row_lines(row: "FollowUpDue", here: LocalNow, symbols: Symbols, width: int) -> tuple[Line, Line]:
    """When, with whom, by which channel; then the reminder, or what came of it."""
    name = max(10, min(26, width - WHEN - POWER - 12))
    how = BY_CHANNEL[row.channel] if row.channel else ""
    first = spread(
        line(
            _when(row, here),
            " ",
            Piece(fit(row.client, name), "quiet" if row.is_done else "name"),
            " ",
            Piece(fit(words.power(row.spending_power), POWER), "power" if row.spending_power else "quiet"),
        ),
        (Piece(how, "quiet"),),
        width,
    )
    marks = []
    if row.repeat is not None and not row.is_done:
        marks.append(say_cadence(*row.repeat))
    if row.promised_on is not None and not row.is_done:
        marks.append(f"first {say_short_day(row.promised_on, here.today)}")
    if row.unseen and not row.is_done:
        marks.append(f"{row.unseen} new")
    said = row.outcome or row.reminder if row.is_done else row.reminder
    about = " ".join(said.split()) or ("done" if row.is_done else "no reminder")
    dot = f" {symbols.dot} "
    return first, spread(
        line(" " * (WHEN + 1), Piece(about, "quiet")), (Piece(dot.join(marks), "signal"),) if marks else (), width
    )


def pane_lines(pane: "FollowUpPane", here: LocalNow, symbols: Symbols, width: int) -> list[Line]:
    """When and how, the note in full, what she did since, what was said lately, and who she is."""
    row, room = pane.row, max(10, width - INDENT)
    client = PaneLines(pane.client, here.now, here.zone, symbols, width)
    parts = [_due(row, here), _reminder(row, room), client.since(), _said(pane, here, room), client.client(),
             client.ahead()]  # fmt: skip
    page: list[Line] = []
    for part in parts:
        if part:
            page += [BLANK, *part]
    return page


def _due(row: "FollowUpDue", here: LocalNow) -> list[Line]:
    how = f", {BY_CHANNEL[row.channel]}" if row.channel else ""
    if row.completed_at is not None:
        at = words.moment(row.completed_at, here.now, here.zone)
        return labelled("Done", [(Piece(at, "strong"), Piece(how))], INDENT)
    assert row.due_on is not None
    late = (here.today - row.due_on).days
    said = say_day(row.due_on, here.today)
    body: list[Line] = [(Piece(said[:1].upper() + said[1:], "late" if late > 0 else "strong"), Piece(how))]
    if late > 1:
        body.append((Piece(f"{late} days late", "late"),))
    if row.promised_on is not None:
        body.append((Piece(f"promised for {words.day(row.promised_on, here.today)}, snoozed since", "quiet"),))
    if row.repeat is not None:
        body.append((Piece(f"repeats {say_cadence(*row.repeat)}", "quiet"),))
    return labelled("Due", body, INDENT)


def _reminder(row: "FollowUpDue", room: int) -> list[Line]:
    found: list[Line] = []
    if row.reminder:
        found += labelled("Reminder", [(Piece(words_),) for words_ in wrap(row.reminder, room)], INDENT)
    if row.outcome:
        found += labelled("Outcome", [(Piece(words_),) for words_ in wrap(row.outcome, room)], INDENT)
    return found


def _said(pane: "FollowUpPane", here: LocalNow, room: int) -> list[Line]:
    """The last messages and calls, two lines of each at most."""
    page: list[Line] = [(Piece("Last messages", "label"),)]
    if not pane.said:
        return [*page, (Piece(" Nothing was written or said yet.", "quiet"),)]
    for said in pane.said:
        who = "She" if said.direction is Direction.IN else "You"
        on = say_short_day(here.day(said.sent_at), here.today)
        shown = wrap(" ".join(said.words.split()) or words.CHANNELS[said.channel], max(10, room - 4))[:2]
        for place, words_ in enumerate(shown):
            head = f" {fit(on, 7)} {fit(who, 4)}" if place == 0 else ""
            page.append(line(Piece(fit(head, 14), "quiet" if who == "You" else "signal"), Piece(words_)))
    return page
