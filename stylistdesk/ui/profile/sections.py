"""The sections of the profile, in their order on the left. A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.profile.contacts import Contacts
from stylistdesk.ui.profile.locations import Locations
from stylistdesk.ui.profile.overview import Overview
from stylistdesk.ui.profile.section import Section

SECTIONS: tuple[Section[Any], ...] = (Overview(), Contacts(), Locations())
