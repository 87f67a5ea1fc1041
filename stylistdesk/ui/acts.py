"""What an action is, where it can be done, and what works together in one place."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where an action can be done."""

    DESK = "Everywhere"
    MOVING = "In a list or a page"
    LIST = "In a list of clients"
    SORTED = "In a list that can be sorted"
    CLIENT = "With a client"
    TRIAGE = "With a client who waits"
    RECORD = "With what is under the cursor"
    SWEEP = "In Client Sweep"
    DUE = "In Appointments"
    TICKETS = "In Tickets"
    FOLLOW_UPS = "In Follow-ups"
    CALENDAR = "In the Calendar"
    CALENDARS = "In Calendars on a server"
    METRICS = "In Metrics"
    METRIC = "On the page of a metric"
    LEDGER = "In the commission ledger"
    CSAT = "In CSAT"
    CLIENTS = "In All clients"
    FILTER = "In the filter"
    SEARCH = "In the search"
    FORM = "In a form"
    MESSAGE = "In a message"
    OUTBOX = "In Emails to send"
    SENDING = "In the form of your account for sending"
    TEMPLATES = "In Templates"
    TEMPLATE = "In the form of a template"
    PAGE = "On a page that opened"
    OVER = "On a page over another"
    SECTIONS = "With sections or tasks"
    PROFILE = "On a client's profile"
    CONSENT = "In the section Consent"
    SALES = "In Sales"
    ORDERS = "In Orders"
    BRANDS = "In Brands"
    ORDER = "On the page of an order"
    ORDER_FORM = "In the form of an order"
    RATES = "In Brands and rates"
    LOCATIONS = "In a client's locations"
    CONTACTS = "In a client's contacts"
    MAP = "On the map"
    TASKS = "In a client's tasks"
    APPOINTMENTS = "In a client's appointments"
    NOTES = "In a client's notes"
    EMAILS = "In a client's emails"
    CADENCE = "In a client's cadence"
    LOOKBOOKS = "In a client's lookbooks"
    HISTORY = "In her history"
    ATTACHMENTS = "In her attachments"
    THEN = "On a profile as it was"
    DUPLICATES = "In Duplicates"
    IMPORT = "In an import"
    TRAINING = "In Training"
    WEBSITE = "In Your website"
    CERTIFICATES = "In Certificates"
    SHOP_LINKS = "In Shop links"
    REWARDS = "In Host rewards"
    RETURNS = "In Returns"
    COMPANY_FILES = "In Company files"
    MOVES = "In Moving orders"
    SIGN_UPS = "In Sign-ups"
    GUIDE = "In a guide"
    EVENT = "On the page of an event"
    REWARD_LEDGER = "On the page of an event's rewards"
    TIERS = "In Reward tiers"
    CERTIFICATE = "On the page of a certificate"
    RETURN = "On the page of a return"
    SAFE = "In Keep safe"
    SETTINGS = "In the settings"
    WELCOME = "On an empty desk"
    ANYWHERE = "Wherever you are, also in a form"


WITH_HER = (Scope.CLIENT, Scope.TRIAGE, Scope.RECORD)
"""All that can be done with a client: contact, what waits for her, and her record."""

PROFILE = (Scope.MOVING, *WITH_HER, Scope.SECTIONS, Scope.PROFILE, Scope.PAGE, Scope.DESK)
"""What works in every section of the profile."""

BACK_OFFICE = (Scope.MOVING, Scope.RECORD, Scope.SECTIONS, Scope.PAGE, Scope.DESK)
"""What works in every task of the back office."""

_PLACES: dict[str, tuple[Scope, ...]] = {
    "Client Sweep": (Scope.MOVING, Scope.SWEEP, Scope.LIST, Scope.SORTED, Scope.DESK),
    "Appointments due": (Scope.MOVING, Scope.DUE, Scope.CLIENT, Scope.LIST, Scope.DESK),
    "Appointment": (Scope.MOVING, Scope.DUE, Scope.CLIENT, Scope.PAGE, Scope.OVER),
    "Tickets": (Scope.MOVING, Scope.TICKETS, Scope.PAGE, Scope.DESK),
    "Daily Tasks": (Scope.MOVING, *WITH_HER, Scope.LIST, Scope.SORTED, Scope.DESK),
    "Follow-ups": (Scope.MOVING, Scope.FOLLOW_UPS, Scope.CLIENT, Scope.LIST, Scope.DESK),
    "Calendar": (Scope.MOVING, Scope.CALENDAR, Scope.DESK),
    "Calendars": (Scope.MOVING, Scope.CALENDARS, Scope.PAGE, Scope.DESK),
    "Metrics": (Scope.METRICS, Scope.DESK),
    "Metric": (Scope.MOVING, Scope.METRIC, Scope.PAGE, Scope.DESK),
    "Commission ledger": (Scope.MOVING, Scope.LEDGER, Scope.PAGE, Scope.DESK),
    "CSAT": (Scope.MOVING, Scope.CSAT, Scope.CLIENT, Scope.LIST, Scope.DESK),
    "All clients": (Scope.MOVING, *WITH_HER, Scope.CLIENTS, Scope.LIST, Scope.SORTED, Scope.DESK),
    "Overview": PROFILE,
    "Consent": (*PROFILE, Scope.CONSENT),
    "Sales": (*PROFILE, Scope.SALES),
    "Orders": (*PROFILE, Scope.ORDERS),
    "Brands": (*PROFILE, Scope.BRANDS),
    "Order": (Scope.MOVING, Scope.ORDER, Scope.PAGE, Scope.OVER),
    "Order form": (Scope.FORM, Scope.ORDER_FORM),
    "Brands and rates": (Scope.MOVING, Scope.RATES, Scope.PAGE, Scope.DESK),
    "Contacts": (*PROFILE, Scope.CONTACTS),
    "Conversation": PROFILE,
    "Emails": (*PROFILE, Scope.EMAILS),
    "Style Quiz": PROFILE,
    "Website": PROFILE,
    "Locations": (*PROFILE, Scope.LOCATIONS),
    "Map": (Scope.MAP, Scope.PAGE, Scope.DESK),
    "Tasks": (*PROFILE, Scope.TASKS),
    "Appointments": (*PROFILE, Scope.APPOINTMENTS),
    "Notes": (*PROFILE, Scope.NOTES),
    "Cadence": (*PROFILE, Scope.CADENCE),
    "Lookbooks": (*PROFILE, Scope.LOOKBOOKS),
    "History": (*PROFILE, Scope.HISTORY),
    "Attachments": (*PROFILE, Scope.ATTACHMENTS),
    "As of": (Scope.MOVING, Scope.THEN, Scope.PAGE, Scope.DESK),
    "Training": (*BACK_OFFICE, Scope.TRAINING),
    "Your website": (*BACK_OFFICE, Scope.WEBSITE),
    "Certificates": (*BACK_OFFICE, Scope.CERTIFICATES),
    "Shop links": (*BACK_OFFICE, Scope.SHOP_LINKS),
    "Host rewards": (*BACK_OFFICE, Scope.REWARDS),
    "Returns": (*BACK_OFFICE, Scope.RETURNS),
    "Company files": (*BACK_OFFICE, Scope.COMPANY_FILES),
    "Moving orders": (*BACK_OFFICE, Scope.MOVES),
    "Sign-ups": (*BACK_OFFICE, Scope.SIGN_UPS),
    "Guide": (Scope.MOVING, Scope.GUIDE, Scope.PAGE, Scope.OVER),
    "Event": (Scope.MOVING, Scope.EVENT, Scope.PAGE, Scope.DESK),
    "Rewards of an event": (Scope.MOVING, Scope.REWARD_LEDGER, Scope.PAGE, Scope.DESK),
    "Reward tiers": (Scope.MOVING, Scope.TIERS, Scope.PAGE, Scope.DESK),
    "Certificate": (Scope.MOVING, Scope.CERTIFICATE, Scope.PAGE, Scope.OVER),
    "Return": (Scope.MOVING, Scope.RETURN, Scope.PAGE, Scope.OVER),
    "Duplicates": (Scope.MOVING, Scope.DUPLICATES, Scope.PAGE, Scope.DESK),
    "Keep safe": (Scope.MOVING, Scope.SAFE, Scope.PAGE, Scope.DESK),
    "Merge": (Scope.FORM,),
    "Filter": (Scope.FILTER,),
    "Search": (Scope.SEARCH,),
    "Form": (Scope.FORM,),
    "Message": (Scope.FORM, Scope.MESSAGE),
    "Emails to send": (Scope.MOVING, Scope.OUTBOX, Scope.PAGE, Scope.DESK),
    "Sending": (Scope.FORM, Scope.SENDING),
    "Templates": (Scope.MOVING, Scope.TEMPLATES, Scope.PAGE, Scope.DESK),
    "Template": (Scope.FORM, Scope.TEMPLATE),
    "Page": (Scope.MOVING, Scope.PAGE, Scope.OVER),
    "Why": (Scope.MOVING, Scope.PAGE, Scope.OVER),
    "Comparison": (Scope.MOVING, Scope.PAGE, Scope.OVER),
    "Two machines": (Scope.MOVING, Scope.PAGE),
    "Trouble": (),
    "Question": (),
    "Choice": (Scope.MOVING, Scope.PAGE),
    "Choice by letters": (Scope.PAGE,),
    "Theme": (Scope.MOVING, Scope.PAGE),
    "Themes": (Scope.MOVING, Scope.PAGE),
    "File": (),
    "Palette": (),
    "Erasing": (Scope.FORM,),
    "Import": (Scope.MOVING, Scope.IMPORT, Scope.PAGE),
    "Settings": (Scope.MOVING, Scope.SETTINGS, Scope.PAGE, Scope.DESK),
    "Welcome": (Scope.WELCOME, Scope.DESK),
}

PLACES: dict[str, tuple[Scope, ...]] = {place: (*scopes, Scope.ANYWHERE) for place, scopes in _PLACES.items()}
"""What works together in one place: within a place, one key does one thing."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a key does. `footer` is its rank there: the highest go first when room is short, 0 is never."""

    id: str
    keys: str
    scope: Scope
    label: str
    help: str
    footer: int = 0
    action: str = ""

    @property
    def does(self) -> str:
        """The Textual action it runs."""
        return self.action or self.id

    @property
    def needs_a_row(self) -> bool:
        """Whether, on a profile, it acts on what is under the cursor of the section."""
        return self.does.startswith("on_row(") or self.id in ("edit", "remove")
