"""The tabs beside Daily Tasks. Each is imported when it is first gone to: the first frame does not wait for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stylistdesk.ui.screens.base import DeskScreen


def _sweep() -> "DeskScreen":
    from stylistdesk.ui.screens.sweep import Sweep

    return Sweep()


def _appointments() -> "DeskScreen":
    from stylistdesk.ui.screens.appointments import AppointmentsDue

    return AppointmentsDue()


def _follow_ups() -> "DeskScreen":
    from stylistdesk.ui.screens.follow_ups import FollowUps

    return FollowUps()


def _calendar() -> "DeskScreen":
    from stylistdesk.ui.screens.calendar import CalendarScreen

    return CalendarScreen()


def _metrics() -> "DeskScreen":
    from stylistdesk.ui.screens.metrics import Metrics

    return Metrics()


def _csat() -> "DeskScreen":
    from stylistdesk.ui.screens.csat import Csat

    return Csat()


def _all_clients() -> "DeskScreen":
    from stylistdesk.ui.screens.clients import AllClients

    return AllClients()


TABS: "dict[str, Callable[[], DeskScreen]]" = {
    "sweep": _sweep,
    "appointments": _appointments,
    "follow_ups": _follow_ups,
    "calendar": _calendar,
    "metrics": _metrics,
    "csat": _csat,
    "all_clients": _all_clients,
}
