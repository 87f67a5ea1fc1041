"""How CSAT lays out its rows, the pane of the response under the cursor, and how scores have gone."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.commission import half_up
from stylistdesk.domain.csat import SATISFIED, SCORES, THEME_WORDS, Scores, is_low, say_themes
from stylistdesk.domain.dates import MONTHS, LocalNow, end_of_day, say_day, say_short_day
from stylistdesk.domain.types import SignalKind
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, labelled, line, spread, whole, width_of, wrap
from stylistdesk.ui.screens.queue_lines import INDENT
from stylistdesk.ui.symbols import Symbols

if TYPE_CHECKING:
    from stylistdesk.queries.csat import Question, ResponsePane, ResponseRow, Responses

STARS = len(SCORES)
BAR = 10


def stars(score: int, symbols: Symbols) -> str:
    """A score as so many stars of five."""
    return symbols.signals[SignalKind.FAVOURITED] * score + symbols.dot * (STARS - score)


def when(at: datetime, here: LocalNow) -> str:
    """A day and a time; only the day where nothing more is known than that."""
    on = here.day(at)
    return words.day(on, here.today) if at == end_of_day(on, here.zone) else words.moment(at, here.now, here.zone)


def look_of(score: int) -> str:
    """A low score stands out, a good one is in gold."""
    return "late" if is_low(score) else "power" if score >= SATISFIED else ""


def row_lines(row: "ResponseRow", here: LocalNow, symbols: Symbols, width: int) -> tuple[Line, Line]:
    """Unread, its score, whose, when; then the beginning of what she said, and what was done with it."""
    on = say_day(here.day(row.responded_at), here.today)
    first = spread(
        line(
            Piece(f"{symbols.on if row.read_at is None else ' '} ", "key"),
            Piece(stars(row.score, symbols), look_of(row.score)),
            "  ",
            Piece(row.client, "name" if row.read_at is None or row.to_answer else ""),
        ),
        (Piece(f" {on}", "quiet"),),
        width,
    )
    said = " ".join(row.comment.split())
    about = Piece(f"“{said}”" if said else "no comment", "quiet")
    marks = _marks(row, here, symbols)
    room = width - STARS - 4 - width_of(marks) - (1 if marks else 0)
    return first, spread(line(" " * (STARS + 4), Piece(clip(about.text, room), about.look)), marks, width)


def _marks(row: "ResponseRow", here: LocalNow, symbols: Symbols) -> Line:
    marks: list[Piece] = []
    if row.to_answer:
        marks.append(Piece("to answer", "late"))
    elif row.answered_at is not None:
        marks.append(Piece("answered", "good"))
    if row.action_done is not None:
        late = not row.action_done and row.action_due_on is not None and row.action_due_on < here.today
        due = f" {say_short_day(row.action_due_on, here.today)}" if row.action_due_on else ""
        said = "action done" if row.action_done else f"action{due}"
        marks.append(Piece(said, "late" if late else "quiet" if row.action_done else "signal"))
    if row.asked:
        marks.append(Piece("ASM", "signal"))
    dot = Piece(f" {symbols.dot} ", "quiet")
    return tuple(piece for mark in marks for piece in (dot, mark))[1:]


# ------------------------------------------------------------------------ the sum-up


def percent(basis_points: int | None) -> str:
    """A share in whole per cent; a dash for nothing."""
    return f"{half_up(basis_points, 100)} %" if basis_points is not None else "–"


def say_share(scores: Scores) -> str:
    """ "CSAT 94 % of 16"."""
    return f"CSAT {percent(scores.satisfied)} of {scores.n:,}" if scores.n else "no rating"


def say_nps(scores: Scores) -> str:
    """ "NPS +42"; nothing where nobody was asked."""
    if scores.nps is None:
        return ""
    points = half_up(scores.nps, 100)
    return f"NPS {points:+}" if points else "NPS 0"


def summary(known: "Responses", days: int, here: LocalNow, symbols: Symbols) -> Line:
    """What is new, what waits for an answer, how it went lately, and whether it was looked through today."""
    unread = len(known.unread)
    answers = len(known.to_answer) + sum(row.to_answer for row in known.unread)
    dot = Piece(f"  {symbols.dot}  ", "quiet")
    checked = Piece("not checked today", "quiet")
    if known.checked_at is not None and here.day(known.checked_at) == here.today:
        checked = Piece(f"checked today {here.hour(known.checked_at)}", "good")
    parts = [Piece(f"{unread:,} unread" if unread else "Nothing unread", "strong")]
    parts += [Piece("   "), Piece(f"{answers:,} to answer", "late"), dot] if answers else [Piece("   ")]
    return (*parts, Piece(f"{say_share(known.lately)} in {days} days"), dot, checked)


# -------------------------------------------------------------------------- the pane


class PaneOfResponse:
    """The right pane, laid out for a width."""

    def __init__(
        self, pane: "ResponsePane", known: "Responses | None", here: LocalNow, symbols: Symbols, width: int
    ) -> None:
        self.pane, self.known, self.here, self.symbols, self.width = pane, known, here, symbols, width
        self.room = max(10, width - INDENT)

    def all(self) -> list[Line]:
        """What she said, what it is about, what was done with it; then how scores have gone."""
        parts = [
            [*self.said(), *self.about(), *self.before()],
            [*self.themes(), *self.action(), *self.answer(), *self.asm()],
            self.trend(),
            self.by_theme(),
        ]
        return [each for part in parts if part for each in (BLANK, *part)]

    def _part(self, label: str, *said: tuple[str, str]) -> list[Line]:
        """Words behind a label, each run in its look, on lines of their own."""
        body: list[Line] = [(Piece(part, look),) for text, look in said if text for part in wrap(text, self.room)]
        return labelled(label, body, INDENT)

    def _on(self, at: datetime) -> str:
        return words.moment(at, self.here.now, self.here.zone)

    def said(self) -> list[Line]:
        """Her words in full, and her scores."""
        row = self.pane.row
        scores = f"{row.score} of 5" + (f", recommends you {row.nps} of 10" if row.nps is not None else "")
        said = f"“{row.comment}”" if row.comment else "She left no comment."
        typed = "typed in by you" if row.typed_in else ""
        return self._part("She said", (said, "" if row.comment else "quiet"), (scores, "quiet"), (typed, "quiet"))

    def about(self) -> list[Line]:
        """The assignment."""
        pane = self.pane
        if not pane.assignment:
            return []
        starts, delivered = pane.consultation_at, pane.delivered_at
        of = f" of {self._on(starts)}" if starts is not None else ""
        on = ""
        if delivered is not None:
            same = starts is not None and self.here.day(starts) == self.here.day(delivered)
            on = f"delivered {self.here.hour(delivered) if same else self._on(delivered)}"
        return self._part("About", (pane.assignment + of, ""), (on, "quiet"))

    def before(self) -> list[Line]:
        """Her earlier responses, a line each."""
        body: list[Line] = []
        for one in self.pane.before:
            on = fit(say_short_day(self.here.day(one.responded_at), self.here.today), 11)
            head = line(Piece(stars(one.score, self.symbols), look_of(one.score)), "  ", Piece(f" {on} ", "quiet"))
            room = self.room - width_of(head)
            body.append((*head, Piece(clip(" ".join(one.comment.split()), room), "quiet")))
        return labelled("Before", body, INDENT)

    def themes(self) -> list[Line]:
        """What it is about."""
        said = say_themes(self.pane.row.themes)
        return self._part("Themes", (said, "signal") if said else ("none yet", "quiet"))

    def action(self) -> list[Line]:
        """What is to be adjusted."""
        action, here = self.pane.action, self.here
        if action is None:
            return self._part("Action", ("none", "quiet"))
        if action.done_at is not None:
            return self._part(
                "Action", (action.description, ""), (f"done {words.day(here.day(action.done_at), here.today)}", "good")
            )
        due = f"by {words.day(action.due_on, here.today)}" if action.due_on else "some time"
        late = action.due_on is not None and action.due_on < here.today
        who = f", {action.assignee}" if action.assignee else ""
        return self._part("Action", (action.description, "strong"), (due + who, "late" if late else "quiet"))

    def answer(self) -> list[Line]:
        """Whether she has her answer."""
        row = self.pane.row
        if row.answered_at is not None:
            return self._part("Answer", (f"answered {self._on(row.answered_at)}", "good"))
        if row.to_answer:
            return self._part("Answer", ("not answered yet", "late"))
        return self._part("Answer", ("none", "quiet"))

    def asm(self) -> list[Line]:
        """What was asked of the ASM."""
        lines: list[Line] = []
        for one in self.pane.questions:
            state, look = self._state(one)
            lines += self._part("" if lines else "Your ASM", (one.subject, ""), (state, look))
        return lines or self._part("Your ASM", ("not asked", "quiet"))

    def _state(self, one: "Question") -> tuple[str, str]:
        if one.settled_at is not None:
            return f"settled {self._on(one.settled_at)}", "good"
        if one.sent_at is not None:
            return f"asked {self._on(one.sent_at)}, not settled yet", "signal"
        return "drafted, not sent yet", "late"

    def trend(self) -> list[Line]:
        """CSAT % of each of the last twelve months, from the first that has any, with the mean and NPS."""
        if self.known is None or not self.known.year.n:
            return []
        months = list(self.known.months)
        while not months[0].scores.n:
            months.pop(0)
        year = self.known.year
        mean = f", mean {year.average / 100:.1f}" if year.average is not None else ""
        low, high = (half_up(end, 100) for end in year.interval or (0, 0))
        share = f"{say_share(year)} ({low}–{high} %){mean}"
        nps = f"{said} of {year.asked:,}" if (said := say_nps(year)) else ""
        head = self._part("Trend", (share, "quiet"), (nps, "quiet"))
        return [*head, *(self._month(month.first, month.scores) for month in months)]

    def _month(self, first: date, scores: Scores) -> Line:
        name = MONTHS[first.month - 1] + (f" {first.year}" if first.year != self.here.today.year else "")
        filled = half_up((scores.satisfied or 0) * BAR, 10_000)
        bar = self.symbols.done * filled + self.symbols.undone * (BAR - filled) if scores.n else " " * BAR
        average = f"{scores.average / 100:.1f}" if scores.average is not None else ""
        said = line(
            Piece(fit(f" {name}", INDENT), "quiet"),
            Piece(bar[:filled] if scores.n else bar, "power"),
            Piece(bar[filled:] if scores.n else "", "faint"),
            Piece(fit(percent(scores.satisfied) if scores.n else "–", 8, right=True), "" if scores.n else "quiet"),
            Piece(fit(f" of {scores.n:,}" if scores.n else "", 8), "quiet"),
            Piece(fit(average, 5, right=True), "quiet"),
            Piece(fit(say_nps(scores), 11, right=True), "quiet"),
        )
        return whole(said, self.width)

    def by_theme(self) -> list[Line]:
        """How often each theme came up, and with which mean score."""
        if self.known is None or not self.known.year.n:
            return []
        found = [one for one in self.known.themes if one.scores.n]
        if not found:
            return []
        page: list[Line] = [(Piece(fit("By theme", INDENT), "label"), Piece("how often, and the mean score", "quiet"))]
        for one in found:
            mean = one.scores.average or 0
            page.append(
                line(
                    f" {fit(THEME_WORDS[one.theme], INDENT + BAR - 1)}",
                    Piece(fit(f"{one.scores.n:,}", 8, right=True)),
                    Piece(fit(f"{mean / 100:.1f}", 6, right=True), look_of(mean // 100)),
                )
            )
        return page
