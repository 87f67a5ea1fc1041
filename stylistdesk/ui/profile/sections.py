"""The sections of the profile, in their order on the left. A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.profile.appointments import Appointments
from stylistdesk.ui.profile.attachments import Attachments
from stylistdesk.ui.profile.cadence import CadenceSection
from stylistdesk.ui.profile.conversation import Conversation
from stylistdesk.ui.profile.emails import Emails
from stylistdesk.ui.profile.history import History
from stylistdesk.ui.profile.lookbooks import Lookbooks
from stylistdesk.ui.profile.notes import Notes
from stylistdesk.ui.profile.overview import Overview
from stylistdesk.ui.profile.quiz import Quiz
from stylistdesk.ui.profile.section import Section
from stylistdesk.ui.profile.tasks import Tasks
from stylistdesk.ui.profile.website import Website

SECTIONS: tuple[Section[Any], ...] = (
    Overview(),
    Tasks(),
    Appointments(),
    Notes(),
    Conversation(),
    Emails(),
    Quiz(),
    CadenceSection(),
    Lookbooks(),
    Website(),
    History(),
    Attachments(),
)
