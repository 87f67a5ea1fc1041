"""All formats. A new one is a module and a row here."""

from stylistdesk.domain.errors import BadFile
from stylistdesk.exchange.activity import ACTIVITY
from stylistdesk.exchange.brands import BRANDS
from stylistdesk.exchange.client_table import CLIENT_TABLE
from stylistdesk.exchange.commission_rates import COMMISSION_RATES
from stylistdesk.exchange.csat import CSAT
from stylistdesk.exchange.etsy_items import ETSY_ITEMS
from stylistdesk.exchange.etsy_orders import ETSY_ORDERS
from stylistdesk.exchange.event_orders import EVENT_ORDERS
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.google_contacts import GOOGLE_CONTACTS
from stylistdesk.exchange.host_events import HOST_EVENTS
from stylistdesk.exchange.hq_assignments import HQ_ASSIGNMENTS
from stylistdesk.exchange.ics import ICALENDAR
from stylistdesk.exchange.klaviyo import KLAVIYO_LIST, KLAVIYO_SUPPRESSIONS
from stylistdesk.exchange.mailchimp import MAILCHIMP
from stylistdesk.exchange.plain_list import PLAIN_LIST
from stylistdesk.exchange.shopify_customers import SHOPIFY_CUSTOMERS
from stylistdesk.exchange.shopify_orders import SHOPIFY_ORDERS
from stylistdesk.exchange.square_customers import SQUARE_CUSTOMERS
from stylistdesk.exchange.square_transactions import SQUARE_TRANSACTIONS
from stylistdesk.exchange.style_quizzes import STYLE_QUIZZES
from stylistdesk.exchange.templates import TEMPLATES
from stylistdesk.exchange.vcards import VCARDS
from stylistdesk.exchange.whole_tables import DESK, DESK_LABEL
from stylistdesk.exchange.woocommerce_items import WOOCOMMERCE_ITEMS
from stylistdesk.exchange.woocommerce_suite import WOOCOMMERCE_SUITE

FORMATS: tuple[Format, ...] = (
    SHOPIFY_CUSTOMERS,
    SHOPIFY_ORDERS,
    ETSY_ORDERS,
    ETSY_ITEMS,
    WOOCOMMERCE_ITEMS,
    WOOCOMMERCE_SUITE,
    SQUARE_TRANSACTIONS,
    EVENT_ORDERS,
    ACTIVITY,
    HQ_ASSIGNMENTS,
    STYLE_QUIZZES,
    CSAT,
    BRANDS,
    COMMISSION_RATES,
    HOST_EVENTS,
    TEMPLATES,
    VCARDS,
    ICALENDAR,
    GOOGLE_CONTACTS,
    SQUARE_CUSTOMERS,
    *MAILCHIMP,
    KLAVIYO_LIST,
    KLAVIYO_SUPPRESSIONS,
    CLIENT_TABLE,
    PLAIN_LIST,
)


def label_of(name: str) -> str:
    """How a format is called where a file that was read is told of."""
    return DESK_LABEL if name == DESK else format_named(name).label


def format_named(name: str) -> Format:
    """The format of that name, however it is spelled ("shopify-orders", "Shopify orders"). Raises `BadFile`."""
    wanted = "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
    for known in FORMATS:
        if wanted == known.name or wanted in known.aliases:
            return known
    names = ", ".join([*(known.name for known in FORMATS), DESK])
    raise BadFile(f"There is no format “{name[:40]}”.", hint=f"Known formats: {names}.")
