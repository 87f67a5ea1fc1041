"""The sections of the profile, in their order on the left. A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.profile.brands import Brands
from stylistdesk.ui.profile.orders import Orders
from stylistdesk.ui.profile.overview import Overview
from stylistdesk.ui.profile.sales import Sales
from stylistdesk.ui.profile.section import Section

SECTIONS: tuple[Section[Any], ...] = (Overview(), Sales(), Orders(), Brands())
