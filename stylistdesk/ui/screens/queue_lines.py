"""How Daily Tasks lays out its rows, and the pane of the client under the cursor, in cells."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stylistdesk.domain.dates import WEEKDAYS, LocalNow, say_day, say_short_day
from stylistdesk.domain.expected import say_expected
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import BY_CHANNEL, Channel, SignalKind
from stylistdesk.ui import words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, flow, labelled, line, spread, width_of, wrap
from stylistdesk.ui.symbols import SIGNAL_WORDS, Symbols

if TYPE_CHECKING:
    from stylistdesk.queries.daily_tasks import ClientPane, QueueRow, SignalLine

INDENT = 10
KINDS = tuple(SignalKind)
POWER = 7


def row_lines(now: datetime, zone: ZoneInfo, symbols: Symbols) -> "Callable[[QueueRow, int], tuple[Line, Line]]":
    """Two lines a row: who, what and when; then why, and what she did."""

    def lay_out(row: "QueueRow", width: int) -> tuple[Line, Line]:
        name = max(10, min(24, width * 3 // 10))
        due = words.due(row.next, now, zone)
        first = spread(
            line(
                Piece(fit(row.name, name), "name"),
                " ",
                Piece(fit(words.power(row.spending_power), POWER), "power" if row.spending_power else "quiet"),
                row.next.action,
            ),
            (Piece(" "), due),
            width,
        )
        did = sorted(row.signals, key=lambda signal: KINDS.index(signal.kind))
        counts = "  ".join(f"{symbols.signals[signal.kind]}{signal.count}" for signal in did)
        second = spread((Piece(row.next.detail, "quiet"),), (Piece(f" {counts}" if counts else "", "signal"),), width)
        return first, second

    return lay_out


def summary(counted: Mapping[str, int], symbols: Symbols, strangers: int = 0, office: str = "") -> Line:
    """How many need her, and how many of them are overdue, due today, or only soon.

    `strangers` are the due sign-ups of those who are no clients, which stand behind the key `office`.
    """
    total = sum(counted.values())
    asks = words.count(strangers, "sign-up due", "sign-ups due")
    more = (Piece(f"  {symbols.dot}  ", "quiet"), Piece(f"{asks}: {office}")) if strangers else ()
    if not total:
        return (Piece("No client needs you now", "strong"), *more)
    need = words.count(total, "client needs you", "clients need you")
    parts = [Piece(need, "strong")]
    for when, word, look in (("overdue", "overdue", "late"), ("today", "today", ""), ("soon", "soon", "quiet")):
        if number := counted[when]:
            parts += [
                Piece("   " if len(parts) == 1 else f"  {symbols.dot}  ", "quiet"),
                Piece(f"{number} {word}", look),
            ]
    return (*parts, *more)


class PaneLines:
    """The right pane, laid out for a width."""

    def __init__(self, pane: "ClientPane", now: datetime, zone: ZoneInfo, symbols: Symbols, width: int) -> None:
        self.pane, self.now, self.zone, self.symbols, self.width = pane, now, zone, symbols, width
        self.here = LocalNow(now, zone)
        self.room = max(10, width - INDENT)

    def all(self) -> list[Line]:
        """One column: what to do, why, what she did, who she is, what is ahead."""
        return _with_blanks([self.next(), self.why(), self.since(), self.client(), self.ahead()])

    def without_signals(self) -> list[Line]:
        """The first of two columns."""
        return _with_blanks([self.next(), self.why(), self.client(), self.ahead()])

    def signals(self) -> list[Line]:
        """The second of two columns."""
        return [BLANK, *self.since()]

    def next(self) -> list[Line]:
        """What to do next, how, and why, in words."""
        standing = self.pane.standing
        if standing is None:
            return labelled("Next", [(Piece("Nothing for now.", "quiet"),)], INDENT)
        suggestion = standing.suggestions[0]
        body = flow((Piece(suggestion.action, "strong"), Piece(f", {BY_CHANNEL[suggestion.channel]}")), self.room)
        if suggestion.detail and suggestion.detail not in suggestion.reason:
            body += [(Piece(words_),) for words_ in wrap(suggestion.detail, self.room)]
        body += [(Piece(words_, "quiet"),) for words_ in wrap(suggestion.reason, self.room)]
        return labelled("Next", body, INDENT)

    def why(self) -> list[Line]:
        """The terms of her urgency, and their sum."""
        standing = self.pane.standing
        if standing is None:
            return []
        longest = max((len(term.name) for term in standing.terms), default=0)
        room = min(self.room, max(33, longest + 6))
        body = [spread((Piece(t.name),), (Piece(f"{t.value:.1f}", "strong"),), room) for t in standing.terms]
        body.append(spread((Piece("urgency", "quiet"),), (Piece(f"{standing.score:.1f}", "quiet"),), room))
        return labelled("Why", body, INDENT)

    def since(self) -> list[Line]:
        """What she did since the rep's last follow-up."""
        pane = self.pane
        last = "no follow-up yet"
        if pane.last_follow_up_at is not None:
            last = words.day(self.here.day(pane.last_follow_up_at), self.here.today)
            if pane.last_follow_up_channel is not None:
                last += f", {BY_CHANNEL[pane.last_follow_up_channel]}"
        page: list[Line] = [(Piece("Since your last follow-up", "label"), Piece(f"   {last}", "quiet"))]
        if not pane.signals:
            page.append((Piece(" Nothing new.", "quiet"),))
        if pane.signal_total > len(pane.signals):
            page.append(
                (Piece(f" {pane.signal_total - len(pane.signals):,} earlier ones are in her profile", "quiet"),)
            )
        page += [self._signal(signal) for signal in pane.signals]
        return page

    def _signal(self, signal: "SignalLine") -> Line:
        local = signal.occurred_at.astimezone(self.zone)
        on = f"{WEEKDAYS[local.weekday()]} {local.day:2}"
        if (self.here.today - local.date()).days > 6:
            on = say_short_day(local.date(), self.here.today)
        amount = format_money(signal.amount, signal.currency) if signal.amount is not None else ""
        look = "heart" if signal.kind is SignalKind.HEARTED else "signal"
        left = line(
            Piece(fit(f" {on}", 9)),
            Piece(fit(self.symbols.signals[signal.kind], 2), look),
            fit(SIGNAL_WORDS[signal.kind], 12),
        )
        what = signal.comment or signal.item or signal.lookbook
        room = max(0, self.width - width_of(left) - 8)
        return (*left, Piece(fit(what, min(room, 34))), Piece(fit(amount, 8, right=True), "quiet"))

    def client(self) -> list[Line]:
        """What she bought, how to reach her, whether she lets the rep write."""
        pane = self.pane
        body: list[Line] = []
        if pane.order_count:
            bought = f"{words.count(pane.order_count, 'order')}, {format_money(pane.order_total, pane.order_currency)}"
            if pane.last_order_on:
                bought += f", last {say_short_day(pane.last_order_on, self.here.today)}"
            body.append((Piece(bought),))
        else:
            body.append((Piece("No orders yet", "quiet"),))
        if pane.expected is not None:
            said = say_expected(pane.expected, self.here.today)
            body += [(Piece(part),) for part in wrap(said[:1].upper() + said[1:], self.room)]
        for channel, address, state in (
            (Channel.TEXT, pane.phone, pane.text_consent),
            (Channel.EMAIL, pane.email, pane.email_consent),
        ):
            if address:
                said, look = words.CONSENT[state] if state else ("", "quiet")
                shown = clip(
                    say_phone(address) if channel is Channel.TEXT else address, max(8, self.room - len(said) - 2)
                )
                body.append((Piece(f"{shown}  "), Piece(said, look)))
        return labelled("Client", body, INDENT)

    def ahead(self) -> list[Line]:
        """The next appointments."""
        body: list[Line] = []
        for starts, kind, confirmed in self.pane.appointments:
            on = say_day(self.here.day(starts), self.here.today)
            body.append(
                line(
                    fit(on, 12),
                    f"{self.here.hour(starts):>5} ",
                    clip(kind, max(4, self.room - (18 if confirmed else 33))),
                    Piece("" if confirmed else "  not confirmed", "late" if not confirmed else ""),
                )
            )
        return labelled("Ahead", body, INDENT) if body else []


def _with_blanks(parts: Sequence[list[Line]]) -> list[Line]:
    page: list[Line] = []
    for part in parts:
        if part:
            page += [BLANK, *part]
    return page
