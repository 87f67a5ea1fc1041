"""Overview: what to do next and why, what she did, and everything else known of her, on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rules_of_work import TYPE_WORDS
from stylistdesk.domain.types import Direction, FollowUpStatus
from stylistdesk.ui import asking, words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, wrap
from stylistdesk.ui.profile.section import Entry, Look, Section
from stylistdesk.ui.screens.queue_lines import PaneLines, say_phone
from stylistdesk.ui.symbols import SIGNAL_WORDS, Symbols

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.clients import ClientPage
    from stylistdesk.queries.daily_tasks import ClientPane

WHEN = 14
FEW_SIGNALS = 60


@dataclass(frozen=True, slots=True)
class AllKnown:
    """The client, and her place in the queue."""

    page: "ClientPage | None"
    pane: "ClientPane | None"


class Overview(Section[AllKnown]):
    """The first section. Nothing in it has a cursor: `e` changes the client herself, `delete` removes her."""

    TITLE = "Overview"

    def read(self, desk: "Desk", client_id: int) -> AllKnown:
        page = asking.read_client(desk, client_id)
        return AllKnown(page, asking.read_panes(desk, (client_id,)).get(client_id) if page else None)

    def entries(self, known: AllKnown, look: Look) -> list[Entry]:
        if known.page is None or known.pane is None:
            return []
        pane = PaneLines(known.pane, look.here.now, look.here.zone, look.symbols, look.width)
        lines: list[Line] = [*pane.next(), BLANK, *(pane.why() or []), BLANK, *pane.since()]
        lines += Everything(known.page, look.here, look.symbols, look.width).all()
        return [Entry(tuple(lines))]


class Everything:
    """What is known about one client beside her place in the queue, as lines of so many cells."""

    def __init__(self, page: "ClientPage", here: LocalNow, symbols: Symbols, width: int) -> None:
        self.page, self.here, self.symbols, self.width = page, here, symbols, width

    def all(self) -> list[Line]:
        """All sections that hold something."""
        sections: tuple[tuple[str, Callable[[], list[Line]]], ...] = (
            ("About her", self.about), ("Contacts", self.contacts), ("Locations", self.locations),
            ("Cadence", self.cadence), ("Appointments", self.appointments), ("Assignments", self.assignments),
            ("Tasks", self.tasks), ("Follow-ups", self.follow_ups), ("Notes", self.notes),
            ("Messages and calls", self.messages), ("Orders", self.orders), ("Lookbooks", self.lookbooks),
            ("Style Quiz", self.quiz), ("CSAT", self.csat), ("All she did", self.signals),
        )  # fmt: skip
        lines: list[Line] = []
        for title, section in sections:
            if body := section():
                lines += [BLANK, (Piece(title, "label"),), *body]
        return lines

    def _on(self, at: datetime | None) -> str:
        return self._day(self.here.day(at)) if at is not None else ""

    def _day(self, on: date | None) -> str:
        return words.day(on, self.here.today) if on is not None else ""

    def _entry(self, when: str, head: Line, body: str = "") -> list[Line]:
        """One entry: its date in front, what it is, and its words below."""
        lines: list[Line] = [(Piece(fit(f" {when}", WHEN + 2), "quiet"), *head)]
        if body:
            lines += [(Piece(" " * (WHEN + 2)), Piece(part, "quiet")) for part in wrap(body, self.width - WHEN - 2)]
        return lines

    def about(self) -> list[Line]:
        """Her description, company, tags, birthday and web address."""
        page = self.page
        lines: list[Line] = []
        if page.description:
            lines += [(Piece(f" {part}"),) for part in wrap(page.description, self.width - 2)]
        known = (("Company", page.company), ("Tags", page.tags), ("Birthday", words.birthday(page.birthday)),
                 ("Website", page.website))  # fmt: skip
        for name, value in known:
            if value:
                lines.append((Piece(fit(f" {name}", WHEN + 2), "quiet"), Piece(clip(value, self.width - WHEN - 2))))
        return lines

    def contacts(self) -> list[Line]:
        """Addresses, each with what is known of the permission to write."""
        lines: list[Line] = []
        for contact in self.page.contacts:
            who = (contact.name or self.page.name) + ("" if contact.is_primary else " (not primary)")
            lines.append((Piece(f" {who}", "strong"),))
            if contact.email:
                said, look = words.CONSENT[contact.email_consent]
                status = f", {contact.email_status.value}" if contact.email_status.value != "active" else ""
                lines.append(line(f"   {contact.email}  ", Piece(f"email: {said}{status}", look)))
            if contact.phone:
                said, look = words.CONSENT[contact.text_consent]
                lines.append(line(f"   {say_phone(contact.phone)}  ", Piece(f"text: {said}", look)))
        return lines

    def locations(self) -> list[Line]:
        """Her places, the primary first."""
        return [
            (
                Piece(fit(f" {place.name or ('primary' if place.is_primary else 'another')}", WHEN + 2), "quiet"),
                Piece(clip(place.address, self.width - WHEN - 2)),
            )
            for place in self.page.locations
        ]

    def cadence(self) -> list[Line]:
        """How often she has signed up to be styled."""
        page = self.page
        if not page.cadence:
            return []
        since = f", counted from {self._day(page.cadence_anchor_on)}" if page.cadence_anchor_on else ""
        return [
            line(f" {page.cadence}", Piece(since, "quiet"), Piece("  paused" if page.cadence_paused else "", "late"))
        ]

    def appointments(self) -> list[Line]:
        """Past and to come, the newest first."""
        lines: list[Line] = []
        for one in self.page.appointments:
            state = "cancelled" if one.cancelled else "" if one.confirmed else "not confirmed"
            if one.starts_at < self.here.now and state == "not confirmed":
                state = ""
            head = line(f"{self.here.hour(one.starts_at):>5}  {one.kind}  ", Piece(state, "late"))
            lines += self._entry(self._on(one.starts_at), head)
        return lines

    def assignments(self) -> list[Line]:
        """Styling jobs, with HQ's notes and the rep's own apart."""
        lines: list[Line] = []
        for one in self.page.assignments:
            kind = TYPE_WORDS[one.type] + (f" {one.revision_number}" if one.revision_number else "")
            parts = [one.status.value.replace("_", " ")]
            if one.delivered_at:
                parts.append(f"delivered {self._on(one.delivered_at)}")
            head = line(Piece(kind, "strong"), Piece("  " + ", ".join(parts), "quiet"))
            lines += self._entry(self._on(one.consultation_at), head)
            for who, note in (("from HQ, read only: ", one.hq_notes), ("yours: ", one.rep_notes)):
                if note:
                    lines += [
                        (Piece(" " * (WHEN + 2)), Piece(part)) for part in wrap(who + note, self.width - WHEN - 2)
                    ]
        return lines

    def tasks(self) -> list[Line]:
        """Open ones first."""
        lines: list[Line] = []
        for task in self.page.tasks:
            done = f"  done {self._on(task.done_at)}" if task.done_at else ""
            late = not task.done_at and task.due_on is not None and task.due_on < self.here.today
            head = line(
                Piece(task.description, "quiet" if done else ""),
                Piece(f"  {task.category}" if task.category else "", "quiet"),
                Piece(done or ("  overdue" if late else ""), "good" if done else "late"),
            )
            lines += self._entry(self._day(task.due_on) or "some time", head)
        return lines

    def follow_ups(self) -> list[Line]:
        """Scheduled ones first, then those that are done."""
        lines: list[Line] = []
        for one in self.page.follow_ups:
            how = f" {words.BY_CHANNEL[one.channel]}" if one.channel else ""
            when = self._on(one.completed_at) if one.completed_at else self._day(one.due_on)
            look = "strong" if one.status is FollowUpStatus.SCHEDULED else "quiet"
            lines += self._entry(when, (Piece(f"{one.status.value}{how}", look),), one.words)
        return lines

    def notes(self) -> list[Line]:
        """The rep's notes."""
        lines: list[Line] = []
        for note in self.page.notes:
            parts = wrap(note.body, self.width - WHEN - 2)
            lines += self._entry(self._on(note.written_at), (Piece(parts[0]),), "\n".join(parts[1:]))
        return lines

    def messages(self) -> list[Line]:
        """Messages and calls, in and out."""
        lines: list[Line] = []
        for one in self.page.messages:
            who = "from her" if one.direction is Direction.IN else "from you"
            head = line(
                Piece(f"{words.CHANNELS[one.channel]} {who}", "strong" if one.direction is Direction.IN else ""),
                Piece("".join(f"  {part}" for part in (one.outcome, one.subject) if part), "quiet"),
            )
            lines += self._entry(self._on(one.sent_at), head, one.body)
        return lines

    def orders(self) -> list[Line]:
        """Orders with their lines."""
        lines: list[Line] = []
        for order in self.page.orders:
            back = f"  {format_money(order.refunded, order.currency)} back" if order.refunded else ""
            head = line(
                Piece(fit(order.number, 12), "strong"),
                Piece(fit(format_money(order.total, order.currency), 12, right=True)),
                Piece(f"  {order.status.value}", "quiet"),
                Piece(back, "late"),
            )
            lines += self._entry(self._on(order.placed_at), head)
            for item in order.items:
                what = f"{item.quantity} x {item.name}" + (f", {item.brand}" if item.brand else "")
                price = format_money(item.price, order.currency)
                room = self.width - WHEN - 2 - 12
                lines.append(
                    line(
                        " " * (WHEN + 2),
                        Piece(fit(what, min(room, 56)), "quiet"),
                        Piece(fit(price, 10, right=True), "quiet"),
                    )
                )
        return lines

    def lookbooks(self) -> list[Line]:
        """Lookbooks with the names of their items."""
        lines: list[Line] = []
        for book in self.page.lookbooks:
            lines += self._entry(
                self._on(book.delivered_at) or "not delivered", (Piece(book.title, "strong"),), ", ".join(book.items)
            )
        return lines

    def quiz(self) -> list[Line]:
        """The Style Quizzes, the last one first."""
        lines: list[Line] = []
        for quiz in self.page.quizzes:
            lines += self._entry(self._on(quiz.taken_at), (Piece(words.power(quiz.spending_power), "power"),))
            for question, answer in quiz.answers:
                asked = fit(question, min(40, self.width // 2))
                lines.append(
                    line(
                        "   ",
                        Piece(asked, "quiet"),
                        " ",
                        clip(answer, max(4, self.width - 5 - min(40, self.width // 2))),
                    )
                )
        return lines

    def csat(self) -> list[Line]:
        """What she thought of it, and whether that was answered."""
        lines: list[Line] = []
        for one in self.page.csat:
            answered = f"answered {self._on(one.answered_at)}" if one.answered_at else "not answered"
            score = Piece(f"{one.score} of 5", "late" if one.score <= 2 else "strong")
            lines += self._entry(self._on(one.responded_at), line(score, Piece(f"  {answered}", "quiet")), one.comment)
        return lines

    def signals(self) -> list[Line]:
        """What she did, the newest first."""
        lines: list[Line] = []
        for one in self.page.signals[:FEW_SIGNALS]:
            amount = format_money(one.amount, one.currency) if one.amount is not None else ""
            head = line(
                Piece(fit(self.symbols.signals[one.kind], 2), "signal"),
                Piece(fit(SIGNAL_WORDS[one.kind], 13), "quiet"),
                fit(one.what, max(4, min(46, self.width - WHEN - 28))),
                Piece(fit(amount, 9, right=True), "quiet"),
            )
            lines += self._entry(self._on(one.occurred_at), head)
        more = self.page.signal_total - min(len(self.page.signals), FEW_SIGNALS)
        if more > 0:
            lines.append((Piece(f" and {more:,} before that", "quiet"),))
        return lines
