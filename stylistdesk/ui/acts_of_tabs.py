"""What keys do on the other tabs of the dashboard: the third part of the table of keys, one tuple a tab."""

from stylistdesk.ui.acts import Act

SWEEP: tuple[Act, ...] = ()

APPOINTMENTS: tuple[Act, ...] = ()

FOLLOW_UPS: tuple[Act, ...] = ()

CALENDAR: tuple[Act, ...] = ()

METRICS: tuple[Act, ...] = ()

CSAT: tuple[Act, ...] = ()

ACTS_OF_TABS: tuple[Act, ...] = (*SWEEP, *APPOINTMENTS, *FOLLOW_UPS, *CALENDAR, *METRICS, *CSAT)
