"""The sections of the profile, in their order on the left. A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.profile.appointments import Appointments
from stylistdesk.ui.profile.attachments import Attachments
from stylistdesk.ui.profile.brands import Brands
from stylistdesk.ui.profile.cadence import CadenceSection
from stylistdesk.ui.profile.consent import Consent
from stylistdesk.ui.profile.contacts import Contacts
from stylistdesk.ui.profile.conversation import Conversation
from stylistdesk.ui.profile.emails import Emails
from stylistdesk.ui.profile.history import History
from stylistdesk.ui.profile.locations import Locations
from stylistdesk.ui.profile.lookbooks import Lookbooks
from stylistdesk.ui.profile.notes import Notes
from stylistdesk.ui.profile.orders import Orders
from stylistdesk.ui.profile.overview import Overview
from stylistdesk.ui.profile.quiz import Quiz
from stylistdesk.ui.profile.sales import Sales
from stylistdesk.ui.profile.section import Section
from stylistdesk.ui.profile.tasks import Tasks
from stylistdesk.ui.profile.website import Website

SECTIONS: tuple[Section[Any], ...] = (
    Overview(),
    Contacts(),
    Consent(),
    Locations(),
    Tasks(),
    Appointments(),
    Notes(),
    Conversation(),
    Emails(),
    Quiz(),
    CadenceSection(),
    Lookbooks(),
    Sales(),
    Orders(),
    Brands(),
    Website(),
    History(),
    Attachments(),
)
