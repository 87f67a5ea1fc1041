"""The demo: a desk filled from the sample files, as its rep would have filled it."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.attachments import AddAttachment
from stylistdesk.commands.consent import SetSender
from stylistdesk.commands.desk import SetRecipients, SetUpDesk
from stylistdesk.commands.places import PlaceAll
from stylistdesk.db.tables import Assignment, Client, Contact, CsatResponse, Lookbook, Signal, Task
from stylistdesk.demo.assignments_so_far import ASSIGNMENTS_OF_THE_WEEK, ASSIGNMENTS_OF_THIS_MORNING
from stylistdesk.demo.company_so_far import SIGN_UPS_OF_THE_WEEK, company_files
from stylistdesk.demo.csat_so_far import CSAT_OF_THE_WEEK, CSAT_OF_THIS_MORNING, older_read
from stylistdesk.demo.day_so_far import ATTACHED, THE_WEEK, THIS_MORNING, Calendar, Known, Step
from stylistdesk.demo.events_so_far import THE_EVENTS
from stylistdesk.demo.gifts_so_far import THE_GIFTS
from stylistdesk.demo.hours_so_far import THE_HOURS
from stylistdesk.demo.moves_so_far import MOVES_OF_THIS_MORNING
from stylistdesk.demo.numbers_so_far import THE_NUMBERS
from stylistdesk.demo.returns_so_far import RETURNS_OF_THE_WEEK, RETURNS_OF_THIS_MORNING
from stylistdesk.demo.rewards_so_far import THE_HOST_ORDERS
from stylistdesk.demo.sales_so_far import THE_ORDERS
from stylistdesk.demo.shifting import Shift, shift_files
from stylistdesk.demo.templates_so_far import THE_TEMPLATES
from stylistdesk.demo.website_so_far import THE_WEBSITE
from stylistdesk.demo.work_so_far import WORK_OF_THE_WEEK, WORK_OF_THIS_MORNING
from stylistdesk.demo.world import data_folder, read_world, refuse_filled
from stylistdesk.desk import Desk
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.asking import Asking

KEPT_IN = "demo-files"
"""The folder, in the desk's own, in which the moved files stay: to look at, and to import again."""

FIRST_FILES = (
    "shopify_customers.csv",
    "brands.csv",
    "commission_rates.csv",
    "address_book.vcf",
    "mailchimp_subscribed.csv",
    "shopify_customers-trunk_show.csv",
    "shopify_orders-earlier.csv",
    "activity-earlier.csv",
)
FILES_OF_TODAY = (
    "shopify_orders.csv",
    "style_quizzes.csv",
    "hq_assignments.csv",
    "csat.csv",
    "activity-since.jsonl",
)


def build_demo(desk: Desk, now: datetime | None = None, *, data: Path | None = None) -> list[Path]:
    """Fill an empty desk with the made-up world, moved so that its reference day is the day of `now`.

    Every import and every step is an ordinary command in the journal, under the clock of its time. Gives the moved
    files that were imported. Raises `Refused` if the desk has clients already.
    """
    refuse_filled(desk)
    source = data or data_folder()
    world = read_world(source)
    clock, now = desk.clock, now or desk.now()
    shift = Shift(world, now)
    files = shift_files(source, desk.paths.data_dir / KEPT_IN, shift)
    by_name = {file.name: file for file in files}
    calendar = Calendar(now.astimezone(world.zone))
    playing = FrozenClock(calendar.at(-4, "08:03"))
    desk.clock = playing
    try:
        desk.do(SetUpDesk(world.rep_name, world.time_zone, world.currency, world.country))
        desk.do(SetSender(world.mailing_address))
        desk.do(
            SetRecipients("stylists@example.com", "Marguerite Vale", "marguerite.vale@example.com", "care@example.com")
        )
        for command in (*company_files(desk, source, calendar), *THE_WEBSITE, *THE_TEMPLATES):
            desk.do(command)
        for name in FIRST_FILES:
            playing.at += timedelta(minutes=1)
            desk.do(ImportFile(recognise(by_name[name])))
        steps = (*THE_HOURS, *THE_ORDERS, *THE_NUMBERS, *THE_WEEK, *WORK_OF_THE_WEEK, *CSAT_OF_THE_WEEK)
        steps = (*steps, *ASSIGNMENTS_OF_THE_WEEK, *THE_EVENTS, *THE_HOST_ORDERS, *THE_GIFTS, *RETURNS_OF_THE_WEEK)
        steps = (*steps, *SIGN_UPS_OF_THE_WEEK)
        for step in sorted(steps, key=lambda step: (step.day, step.clock)):
            playing.at = calendar.at(step.day, step.clock)
            _play(desk, step, calendar)
        for name, client, note in ATTACHED:
            added = AddAttachment(desk.ask(_known, client).client_id, desk.keep_file(source / name), note)
            desk.do(added)
        playing.at = now
        for name in FILES_OF_TODAY:
            desk.do(ImportFile(recognise(by_name[name])))
        desk.do(PlaceAll(world.position_of))
        desk.do(desk.ask(older_read, calendar.at(-20, "00:00")))
        morning = (*THIS_MORNING, *WORK_OF_THIS_MORNING, *CSAT_OF_THIS_MORNING, *ASSIGNMENTS_OF_THIS_MORNING)
        for step in (*morning, *MOVES_OF_THIS_MORNING, *RETURNS_OF_THIS_MORNING):
            _play(desk, step, calendar)
    finally:
        desk.clock = clock
    return files


def _play(desk: Desk, step: Step, calendar: Calendar) -> None:
    desk.do(step.command(desk.ask(_known, step.client), calendar))


def _known(asking: Asking, email: str) -> Known:
    client_id, address, phone = asking.session.exec(
        select(Client.id, Contact.email, Contact.phone)
        .join(Contact)
        .where((col(Contact.email_key) == email) | (col(Contact.phone) == email))
    ).one()
    assert client_id is not None
    newest = asking.session.exec(select(func.max(Signal.id)).where(Signal.client_id == client_id)).one()
    task = asking.session.exec(select(func.max(Task.id)).where(Task.client_id == client_id)).one()
    delivered = select(Lookbook.id).where(Lookbook.client_id == client_id, col(Lookbook.delivered_at).is_not(None))
    lookbook = asking.session.exec(delivered.order_by(col(Lookbook.delivered_at).desc())).first()
    responses = select(CsatResponse.id).where(CsatResponse.client_id == client_id)
    response = asking.session.exec(responses.order_by(col(CsatResponse.responded_at).desc())).first()
    own = select(func.max(Assignment.id)).where(
        Assignment.client_id == client_id, col(Assignment.external_id).is_(None)
    )
    assignment = asking.session.exec(own).one()
    return Known(client_id, newest or 0, address, phone, task or 0, lookbook or 0, response or 0, assignment or 0)
