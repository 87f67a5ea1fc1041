"""The sections of the profile, in their order on the left. A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.profile.appointments import Appointments
from stylistdesk.ui.profile.cadence import CadenceSection
from stylistdesk.ui.profile.lookbooks import Lookbooks
from stylistdesk.ui.profile.notes import Notes
from stylistdesk.ui.profile.overview import Overview
from stylistdesk.ui.profile.quiz import Quiz
from stylistdesk.ui.profile.section import Section
from stylistdesk.ui.profile.tasks import Tasks

SECTIONS: tuple[Section[Any], ...] = (
    Overview(),
    Tasks(),
    Appointments(),
    Notes(),
    Quiz(),
    CadenceSection(),
    Lookbooks(),
)
