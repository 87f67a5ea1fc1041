"""Overview: what to do next and why, what she did, and the first of everything else that is known of her."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.assignments import say_type
from stylistdesk.domain.birthdays import say_birthday
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import BY_CHANNEL, FollowUpStatus
from stylistdesk.ui import asking, words
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, wrap
from stylistdesk.ui.profile.section import Entry, Look, Section
from stylistdesk.ui.screens.queue_lines import PaneLines

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.queries.overview import ClientOverview

WHEN = 14
FEW, MOST_LINES = 3, 4
"""So many of each are shown, and so many lines of what is said at length."""


@dataclass(frozen=True, slots=True)
class InShort:
    """Her place in the queue, and of everything else the first few."""

    pane: "ClientPane"
    overview: "ClientOverview"


class Overview(Section[InShort | None]):
    """The first section. Nothing in it has a cursor: `e` changes the client herself, `delete` removes her."""

    TITLE = "Overview"

    def read(self, desk: "Desk", client_id: int) -> InShort | None:
        pane = asking.read_panes(desk, (client_id,)).get(client_id)
        overview = asking.read_overview(desk, client_id, FEW + 1)  # one more tells that there are more
        return InShort(pane, overview) if pane and overview else None

    def entries(self, known: InShort | None, look: Look) -> list[Entry]:
        if known is None:
            return []
        pane = PaneLines(known.pane, look.here.now, look.here.zone, look.symbols, look.width)
        return [Entry((*pane.all()[1:], *Parts(known.overview, look).all()))]


class Parts:
    """What the overview tells beside her place in the queue, as lines."""

    def __init__(self, overview: "ClientOverview", look: Look) -> None:
        self.known, self.here, self.width = overview, look.here, look.width

    def all(self) -> list[Line]:
        """All parts that hold something, each with the section that has the rest."""
        known = self.known
        parts: tuple[tuple[str, list[Line], int, str], ...] = (
            ("About her", self.about(), 0, ""),
            ("Open tasks", self.tasks(), len(known.tasks), "Tasks"),
            ("Follow-ups", self.follow_ups(), len(known.follow_ups), "History"),
            ("Notes", self.notes(), len(known.notes), "Notes"),
            ("Assignments", self.assignments(), len(known.assignments), "History"),
            ("Orders", self.orders(), len(known.orders), "Orders"),
            ("CSAT", self.csat(), len(known.csat), "History"),
            ("Contacts", self.contacts(), len(known.contacts), "Contacts"),
            ("Locations", self.locations(), len(known.locations), "Locations"),
        )
        lines: list[Line] = []
        for title, body, found, section in parts:
            if body:
                more = f"   more in {section}" if found > FEW else ""
                lines += [BLANK, (Piece(title, "label"), Piece(more, "quiet")), *body]
        return lines

    def _on(self, at: datetime | None) -> str:
        return self._day(self.here.day(at)) if at is not None else ""

    def _day(self, on: date | None) -> str:
        return words.day(on, self.here.today) if on is not None else ""

    def _entry(self, when: str, head: Line, body: str = "") -> list[Line]:
        """One entry: its date in front, what it is, and its words below."""
        lines: list[Line] = [(Piece(fit(f" {when}", WHEN + 2), "quiet"), *head)]
        if body:
            lines += [(Piece(" " * (WHEN + 2)), Piece(part, "quiet")) for part in self._few_lines(body)]
        return lines

    def _few_lines(self, said: str) -> list[str]:
        """The words over at most four lines."""
        lines = wrap(said, self.width - WHEN - 2)
        return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]

    def _named(self, name: str, value: str, *after: Piece) -> Line:
        return (Piece(fit(f" {name}", WHEN + 2), "quiet"), Piece(clip(value, self.width - WHEN - 2)), *after)

    def about(self) -> list[Line]:
        """Her description, company, tags, birthday, web address and cadence."""
        known = self.known
        lines: list[Line] = []
        if known.description:
            lines += [(Piece(f" {part}"),) for part in wrap(known.description, self.width - 2)]
        facts = (
            ("Company", known.company),
            ("Tags", known.tags),
            ("Birthday", say_birthday(known.birthday)),
            ("Website", known.website),
        )
        lines += [self._named(name, value) for name, value in facts if value]
        if known.cadence:
            since = f", counted from {self._day(known.cadence_anchor_on)}" if known.cadence_anchor_on else ""
            paused = Piece("  paused" if known.cadence_paused else "", "late")
            lines.append(self._named("Cadence", known.cadence + since, paused))
        return lines

    def contacts(self) -> list[Line]:
        """Whom else to reach; the primary contact is further up."""
        if len(self.known.contacts) < 2:
            return []
        return [
            self._named(
                "primary" if contact.is_primary else "",
                "   ".join(part for part in (contact.name, say_phone(contact.phone), contact.email) if part),
            )
            for contact in self.known.contacts[:FEW]
        ]

    def locations(self) -> list[Line]:
        """Her places, the primary first."""
        return [
            self._named(place.name or ("primary" if place.is_primary else "another"), place.address)
            for place in self.known.locations[:FEW]
        ]

    def assignments(self) -> list[Line]:
        """Styling jobs, with HQ's notes and the rep's own apart."""
        lines: list[Line] = []
        for one in self.known.assignments[:FEW]:
            kind = say_type(one.type, one.revision_number)
            state = one.status.value.replace("_", " ")
            if one.delivered_at and state == "delivered":
                state += f" {self._on(one.delivered_at)}"
            head = line(Piece(kind, "strong"), Piece(f"  {state}", "quiet"))
            lines += self._entry(self._on(one.consultation_at), head)
            for who, note in (("from HQ, read only: ", one.hq_notes), ("yours: ", one.rep_notes)):
                if note:
                    lines += [(Piece(" " * (WHEN + 2)), Piece(part)) for part in self._few_lines(who + note)]
        return lines

    def tasks(self) -> list[Line]:
        """Those that are open."""
        lines: list[Line] = []
        for task in self.known.tasks[:FEW]:
            late = task.due_on is not None and task.due_on < self.here.today
            head = line(
                task.description,
                Piece(f"  {task.category}" if task.category else "", "quiet"),
                Piece("  overdue" if late else "", "late"),
            )
            lines += self._entry(self._day(task.due_on) or "some time", head)
        return lines

    def follow_ups(self) -> list[Line]:
        """Scheduled ones first, then those that are done."""
        lines: list[Line] = []
        for one in self.known.follow_ups[:FEW]:
            how = f" {BY_CHANNEL[one.channel]}" if one.channel else ""
            when = self._on(one.completed_at) if one.completed_at else self._day(one.due_on)
            look = "strong" if one.status is FollowUpStatus.SCHEDULED else "quiet"
            lines += self._entry(when, (Piece(f"{one.status.value}{how}", look),), one.words)
        return lines

    def notes(self) -> list[Line]:
        """The rep's notes."""
        lines: list[Line] = []
        for note in self.known.notes[:FEW]:
            parts = self._few_lines(note.body)
            lines += self._entry(self._on(note.written_at), (Piece(parts[0]),), "\n".join(parts[1:]))
        return lines

    def orders(self) -> list[Line]:
        """What she ordered last."""
        return [
            (
                Piece(fit(f" {self._on(order.placed_at)}", WHEN + 2), "quiet"),
                Piece(fit(order.number, 12), "strong"),
                Piece(fit(format_money(order.booked, order.currency), 12, right=True)),
                Piece(f"  {order.status.value}", "quiet"),
                Piece(f"  {format_money(order.credited, order.currency)} back" if order.credited else "", "late"),
            )
            for order in self.known.orders[:FEW]
        ]

    def csat(self) -> list[Line]:
        """What she thought of it, and whether that was answered."""
        lines: list[Line] = []
        for one in self.known.csat[:FEW]:
            answered = f"answered {self._on(one.answered_at)}" if one.answered_at else "not answered"
            score = Piece(f"{one.score} of 5", "late" if one.score <= 2 else "strong")
            lines += self._entry(self._on(one.responded_at), line(score, Piece(f"  {answered}", "quiet")), one.comment)
        return lines
