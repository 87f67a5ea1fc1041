"""SQLModel tables, by area. Importing this package registers all of them.

There are no cascades: a command deletes what belongs to what it deletes, so that the journal sees every row. There are
no REAL and no BLOB columns: the journal's images are JSON and must come back to the byte.
"""

from stylistdesk.db.tables.calendar import (
    Availability,
    CalendarAccount,
    CalendarConflict,
    CalendarEvent,
    CalendarLink,
)
from stylistdesk.db.tables.clients import (
    Attachment,
    Cadence,
    Client,
    ClientExternalId,
    Consent,
    Contact,
    DistinctClients,
    Location,
    OptOut,
    PrimaryWanted,
    StyleQuiz,
    StyleQuizAnswer,
)
from stylistdesk.db.tables.desk import DeskInfo, ImportBatch
from stylistdesk.db.tables.journal import Change, CommandRow, JournalState
from stylistdesk.db.tables.measures import BuyerModel, CommissionPayment, ExpectedValue, Goal
from stylistdesk.db.tables.sales import Brand, ClientBrand, CommissionRate, CreditMemo, Order, OrderLine, Shipment
from stylistdesk.db.tables.work import (
    Appointment,
    Assignment,
    CsatCheck,
    CsatResponse,
    Dismissal,
    FollowUp,
    Lookbook,
    LookbookItem,
    Message,
    Note,
    Signal,
    Snooze,
    Task,
    Ticket,
)

__all__ = [
    "Appointment",
    "Assignment",
    "Attachment",
    "Availability",
    "Brand",
    "BuyerModel",
    "Cadence",
    "CalendarAccount",
    "CalendarConflict",
    "CalendarEvent",
    "CalendarLink",
    "Change",
    "Client",
    "ClientBrand",
    "ClientExternalId",
    "CommandRow",
    "CommissionPayment",
    "CommissionRate",
    "Consent",
    "Contact",
    "CreditMemo",
    "CsatCheck",
    "CsatResponse",
    "DeskInfo",
    "Dismissal",
    "DistinctClients",
    "ExpectedValue",
    "FollowUp",
    "Goal",
    "ImportBatch",
    "JournalState",
    "Location",
    "Lookbook",
    "LookbookItem",
    "Message",
    "Note",
    "OptOut",
    "Order",
    "OrderLine",
    "PrimaryWanted",
    "Shipment",
    "Signal",
    "Snooze",
    "StyleQuiz",
    "StyleQuizAnswer",
    "Task",
    "Ticket",
]
