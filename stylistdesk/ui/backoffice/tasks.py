"""The tasks of the back office, in their order on the left (R34 to R42). A new one is a module and a row here."""

from typing import Any

from stylistdesk.ui.backoffice.certificates import Certificates
from stylistdesk.ui.backoffice.company_files import CompanyFiles
from stylistdesk.ui.backoffice.host_rewards import HostRewards
from stylistdesk.ui.backoffice.moving_orders import MovingOrders
from stylistdesk.ui.backoffice.returns import Returns
from stylistdesk.ui.backoffice.shop_links import ShopLinks
from stylistdesk.ui.backoffice.sign_ups import SignUps
from stylistdesk.ui.backoffice.task import Task
from stylistdesk.ui.backoffice.training import Training
from stylistdesk.ui.backoffice.your_website import YourWebsite

TASKS: tuple[Task[Any], ...] = (
    Training(),
    YourWebsite(),
    Certificates(),
    ShopLinks(),
    HostRewards(),
    Returns(),
    CompanyFiles(),
    MovingOrders(),
    SignUps(),
)
