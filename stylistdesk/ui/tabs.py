"""The tabs beside Daily Tasks. Each is imported when it is first gone to: the first frame does not wait for it."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from stylistdesk.ui.screens.base import DeskScreen

SCREENS = {
    "sweep": ("screens.sweep", "Sweep"),
    "appointments": ("screens.appointments", "AppointmentsDue"),
    "follow_ups": ("screens.follow_ups", "FollowUps"),
    "calendar": ("screens.calendar", "CalendarScreen"),
    "metrics": ("screens.metrics", "Metrics"),
    "csat": ("screens.csat", "Csat"),
    "all_clients": ("screens.clients", "AllClients"),
    "back_office": ("backoffice.screen", "BackOffice"),
}
"""Of each tab the module of its screen, and the screen."""


def import_tab(mode: str) -> object:
    """Import the module of a tab's screen."""
    return import_module(f"stylistdesk.ui.{SCREENS[mode][0]}")


def _make(mode: str) -> "DeskScreen":
    return cast("DeskScreen", getattr(import_tab(mode), SCREENS[mode][1])())


TABS: "dict[str, Callable[[], DeskScreen]]" = {mode: partial(_make, mode) for mode in SCREENS}
