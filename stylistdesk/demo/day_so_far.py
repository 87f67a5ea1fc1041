"""What the rep of the made-up world did herself in the week before: no file can say that, so it is played.

Days are counted from the reference day, which is day 0; every step is an ordinary command under the clock of its time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from stylistdesk.commands.base import Command
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.commands.contacts import AddContact, ContactForm
from stylistdesk.commands.conversations import KeepMessage
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.places import AddLocation, LocationForm
from stylistdesk.commands.triage import CompleteFollowUp, DismissRule, LogCall, LogMessage, SnoozeClient
from stylistdesk.commands.work import AddTask
from stylistdesk.domain.types import Channel, ConsentGround, Direction


@dataclass(frozen=True, slots=True)
class Known:
    """A client as she stands when a step is played: her id, the last signal recorded, her address and number.

    `task_id` is her newest task, `lookbook_id` the lookbook that was delivered last, `response_id` her newest CSAT
    response, `assignment_id` the newest that the rep booked herself; 0 if there is none.
    """

    client_id: int
    last_signal_id: int
    email: str
    phone: str
    task_id: int = 0
    lookbook_id: int = 0
    response_id: int = 0
    assignment_id: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and times by their distance from the reference day, in the desk's zone."""

    today: datetime

    def day(self, offset: int) -> date:
        """The date so many days from the reference day."""
        return self.today.date() + timedelta(days=offset)

    def at(self, offset: int, clock: str) -> datetime:
        """That time of day ("09:30") so many days from the reference day, in UTC."""
        return datetime.combine(self.day(offset), time.fromisoformat(clock), tzinfo=self.today.tzinfo).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the rep did: when ("" is now), about whom (by email, or by phone), and the command it was."""

    day: int
    clock: str
    client: str
    command: Callable[[Known, Calendar], Command]


def _done(day: int, clock: str, client: str, channel: Channel, rule: str, outcome: str) -> Step:
    return Step(
        day,
        clock,
        client,
        lambda known, _: CompleteFollowUp(
            known.client_id, known.last_signal_id, rule=rule, channel=channel, outcome=outcome
        ),
    )


def _promised(day: int, clock: str, client: str, channel: Channel, due: int, reminder: str) -> Step:
    return Step(day, clock, client, lambda known, on: ScheduleFollowUp(known.client_id, channel, on.day(due), reminder))


def _task(day: int, clock: str, client: str, due: int, description: str, category: str = "") -> Step:
    return Step(day, clock, client, lambda known, on: AddTask(known.client_id, description, on.day(due), category))


def _note(day: int, clock: str, client: str, kind: str, body: str) -> Step:
    return Step(day, clock, client, lambda known, _: AddNote(known.client_id, body, kind))


def _text(day: int, clock: str, client: str, body: str) -> Step:
    return Step(day, clock, client, lambda known, _: LogMessage(known.client_id, Channel.TEXT, known.phone, "", body))


def _email(day: int, clock: str, client: str, subject: str, body: str) -> Step:
    return Step(
        day, clock, client, lambda known, _: LogMessage(known.client_id, Channel.EMAIL, known.email, subject, body)
    )


def _call(day: int, clock: str, client: str, outcome: str, body: str = "") -> Step:
    return Step(day, clock, client, lambda known, _: LogCall(known.client_id, outcome, body))


def _snoozed(day: int, clock: str, client: str, until: int, at: str) -> Step:
    return Step(day, clock, client, lambda known, on: SnoozeClient(known.client_id, on.at(until, at)))


def _place(day: int, clock: str, client: str, form: LocationForm) -> Step:
    return Step(day, clock, client, lambda known, _: AddLocation(known.client_id, form))


def _contact(day: int, clock: str, client: str, form: ContactForm) -> Step:
    return Step(day, clock, client, lambda known, _: AddContact(known.client_id, form))


def _thanked(day: int, clock: str, client: str, reason: str) -> Step:
    rule, action = "thank_for_order", "Thank her for the order"
    return Step(day, clock, client, lambda known, _: DismissRule(known.client_id, rule, reason=reason, action=action))


def _consent(day: int, clock: str, client: str, ground: ConsentGround, happened: int, evidence: str) -> Step:
    return Step(
        day,
        clock,
        client,
        lambda known, on: RecordConsent(
            known.client_id, Channel.EMAIL, known.email, ground, on.day(happened), evidence
        ),
    )


def _opted_out(day: int, clock: str, client: str, evidence: str) -> Step:
    return Step(
        day, clock, client, lambda known, _: WithdrawConsent(known.client_id, Channel.EMAIL, known.email, evidence)
    )


def _heard(day: int, clock: str, client: str, channel: Channel, subject: str, body: str) -> Step:
    """She wrote; the rep logged it then."""
    return Step(
        day,
        clock,
        client,
        lambda known, on: KeepMessage(known.client_id, channel, Direction.IN, on.at(day, clock), subject, body),
    )


TEXT, EMAIL, CALL, IN_PERSON = Channel.TEXT, Channel.EMAIL, Channel.CALL, Channel.IN_PERSON

ANAS_OFFICE = LocationForm("Office", "48 Wharton Mews", "Floor 6", "New York", "NY", "10013", "US")
ANAS_HOUSE = LocationForm("Lake house", "3 Heron Point", "", "Lake Placid", "NY", "", "US", "44.2795, -73.9799")
ANAS_ASSISTANT = ContactForm(
    "Paloma Reyes", "her assistant", "paloma.reyes@example.com", "+12125550143", note="Ask her for times, not Ana."
)
ANAS_SISTER = ContactForm("Marisol Ruiz", "her sister", "", "+15515550144", note="Shops with her, decides for her.")

THE_WEEK: tuple[Step, ...] = (
    # Four days ago
    _place(-4, "08:20", "ana.ruiz@example.com", ANAS_OFFICE),
    _place(-4, "08:21", "ana.ruiz@example.com", ANAS_HOUSE),
    _contact(-4, "08:22", "ana.ruiz@example.com", ANAS_ASSISTANT),
    _contact(-4, "08:23", "ana.ruiz@example.com", ANAS_SISTER),
    _text(-4, "08:32", "ana.ruiz@example.com", "Your trousers are hemmed and at the showroom. Coats next?"),
    _heard(-4, "08:34", "ana.ruiz@example.com", TEXT, "", "They fit! Yes, coats please, I will look tonight."),
    _done(-4, "08:35", "ana.ruiz@example.com", TEXT, "ask_how_it_fits", "Trousers fit. Wants to see coats."),
    _thanked(-4, "08:40", "ines.duarte@example.com", "Thanked her each time, before this desk."),
    _thanked(-4, "08:41", "kit.moreau@example.com", "Thanked her long ago, before this desk."),
    _done(-4, "08:48", "priya.raman@example.com", TEXT, "", "Ready for today's consultation."),
    _done(-4, "09:02", "fay.lindqvist@example.com", TEXT, "thank_for_order", "Thanked her; the parcel is on its way."),
    _done(-4, "09:10", "hana.novak@example.com", EMAIL, "ask_how_it_fits", "Boots fit, she wore them to the premiere."),
    _email(
        -4,
        "09:18",
        "imogen.achebe@example.com",
        "Two coats for the evening",
        "The camel is back in your size. Shall I hold one until your consultation?",
    ),
    _done(-4, "09:20", "imogen.achebe@example.com", EMAIL, "send_close_up", "Sent the camel coat."),
    _done(-4, "09:31", "quinn.adeyemi@example.com", TEXT, "answer_comment", "Will ask again when the date is fixed."),
    _promised(-4, "09:32", "quinn.adeyemi@example.com", TEXT, 0, "Ask whether the wedding has its new date"),
    _done(-4, "09:45", "maren.holt@example.com", TEXT, "thank_for_order", "The dress is on its way."),
    _consent(
        -4,
        "10:38",
        "anais.lefevre@example.com",
        ConsentGround.EXPRESS,
        -4,
        "At the fitting, in her words: oui, écrivez-moi quand il y a du nouveau. By email.",
    ),
    _done(-4, "10:40", "anais.lefevre@example.com", EMAIL, "send_close_up", "Photos du velours envoyées."),
    _done(-4, "10:52", "uma.krishnan@example.com", TEXT, "", "Wrapped in orange for the festival, sent a picture."),
    _done(-4, "11:05", "tomas.herrera@example.com", TEXT, "answer_comment", "Told him two compliments is a slow day."),
    _done(-4, "11:20", "leilani.kahale@example.com", EMAIL, "ask_how_it_fits", "Sent winter-sun ideas."),
    _done(-4, "11:28", "wren.calloway@example.com", EMAIL, "ask_how_it_fits", "Cancelled the sweater: it was a gift."),
    _note(-4, "11:30", "wren.calloway@example.com", "Order", "Do not offer the dove grey again; her brother has it."),
    _call(-4, "16:45", "roz.fairchild@example.com", "Reached", "Loves the wrap. Garden club lunch in the new year."),
    _done(-4, "16:50", "roz.fairchild@example.com", CALL, "ask_how_it_fits", "Loves the cardigan and the wrap."),
    _task(-4, "16:52", "roz.fairchild@example.com", -1, "Mail the swatches of heather and cream", "Samples"),
    # Three days ago
    _heard(
        -3,
        "08:50",
        "ana.ruiz@example.com",
        EMAIL,
        "Coats",
        "Thank you for the pictures. I wear my coat over a jacket, so it needs room in the sleeve.\n\nAna",
    ),
    _email(
        -3,
        "08:58",
        "ana.ruiz@example.com",
        "Re: Coats",
        "Then the cashmere one, a size up. I will put it into Fall looks 2 with trousers to go with it.\n\nThea",
    ),
    _done(-3, "09:05", "cleo.marsh@example.com", TEXT, "send_close_up", "Sent sizes for the jeans."),
    _done(-3, "09:20", "dana.whitfield@example.com", EMAIL, "ask_how_it_fits", "Wears the dress to school."),
    _done(-3, "09:33", "emi.tanaka@example.com", TEXT, "ask_how_it_fits", "The crew does not pill."),
    _done(-3, "09:41", "june.park@example.com", TEXT, "ask_how_it_fits", "All good, sees me soon."),
    _done(-3, "10:15", "misaki.sato@example.com", EMAIL, "answer_comment", "Thanked her, sent the program's colors."),
    _done(-3, "10:22", "margaux.petit@example.com", EMAIL, "thank_for_order", "The hat came in one piece."),
    _done(-3, "10:30", "siobhan.obrien@example.com", TEXT, "send_close_up", "On nights until next week."),
    _done(-3, "14:05", "olga.kim@example.com", CALL, "answer_comment", "Wants changes: lower heels, a longer hem."),
    _note(-3, "14:10", "olga.kim@example.com", "Fit", "Hem to mid-calf. Nothing above 4 cm at the heel."),
    _done(-3, "14:25", "niki.pappa@example.com", TEXT, "ask_how_it_fits", "Asked about a winter set."),
    _done(-3, "14:40", "xiomara.pena@example.com", TEXT, "", "Refund has arrived. Heels only from now on."),
    _done(-3, "15:10", "yusuf.demir@example.com", CALL, "", "He was at the shop. Rebooked through HQ."),
    _done(-3, "15:30", "lou.bianchi@example.com", TEXT, "ask_how_it_fits", "Says the coat is a little roomy."),
    # Two days ago
    _done(-2, "09:00", "nora.castellanos@example.com", TEXT, "ask_how_it_fits", "Loafers approved by the bench."),
    _done(-2, "09:12", "zoe.mueller@example.com", EMAIL, "ask_how_it_fits", "Wants more black, less velvet."),
    _done(-2, "14:20", "bianca.dangelo@example.com", TEXT, "ask_how_it_fits", "Thinking of hosting in spring."),
    _done(-2, "14:31", "katarzyna.wisniewska@example.com", TEXT, "thank_for_order", "The belt is on its way."),
    _done(-2, "14:45", "hollis.grant@example.com", EMAIL, "send_close_up", "Sent the cardigan in cream."),
    _done(-2, "15:02", "renee.daoust@example.com", CALL, "ask_how_it_fits", "No emails, please."),
    _opted_out(-2, "15:04", "renee.daoust@example.com", "On the phone: no emails, please."),
    _done(-2, "15:20", "+16465550131", TEXT, "", "Coming by the showroom."),
    _done(-2, "15:40", "odette.barlow@example.com", EMAIL, "book_head_to_toe", "Not now; asks again after the move."),
    _task(-2, "15:45", "lou.bianchi@example.com", 0, "Send the label for the exchange: coat 38 to 36", "Exchange"),
    # Yesterday: the stores, and the rest
    _done(
        -1,
        "10:05",
        "nadia.petrova@example.com",
        CALL,
        "answer_comment",
        "Holding four mediums.",
    ),
    _promised(-1, "10:06", "nadia.petrova@example.com", CALL, 5, "Confirm the four mediums"),
    _done(-1, "10:20", "orders.copperlane@example.com", EMAIL, "send_close_up", "Sent the line sheet with the cuff."),
    _done(-1, "10:32", "buying.harborandhem@example.com", EMAIL, "thank_for_order", "Cardigans ship complete."),
    _done(-1, "10:48", "gilded.hanger@example.com", EMAIL, "answer_comment", "Holiday line sheet sent."),
    _promised(-1, "10:50", "gilded.hanger@example.com", CALL, 3, "Walk Tess through the holiday line sheet"),
    _consent(
        -1,
        "10:52",
        "gilded.hanger@example.com",
        ConsentGround.INQUIRY,
        -1,
        "Tess rang to ask for the holiday line sheet and its prices, by email.",
    ),
    _done(-1, "16:00", "joon.lee@example.com", TEXT, "ask_how_it_fits", "Jeans are good. Wants brown shoes."),
    _promised(-1, "16:05", "joon.lee@example.com", TEXT, 10, "Loafers in his size?"),
)
"""Played between the two activity files, so that it sees the first and not the second."""

ATTACHED: tuple[tuple[str, str, str], ...] = (
    ("measurements.txt", "ana.ruiz@example.com", "Taken at her fitting"),
    ("fall-line-sheet.pdf", "ana.ruiz@example.com", "What she chose from"),
    ("fall-line-sheet.pdf", "buying.harborandhem@example.com", ""),
)
"""Files of this folder that the rep attached to clients that week: which, to whom, and what it is."""

THIS_MORNING: tuple[Step, ...] = (
    _snoozed(0, "", "siobhan.obrien@example.com", 3, "10:00"),
    _note(0, "", "bea.okafor@example.com", "Consultation", "Three outfits: interview panel, first day, team dinner."),
    _text(0, "", "nora.castellanos@example.com", "Good morning Nora, I will ring you at five to."),
)
"""Played last, at the present instant."""
