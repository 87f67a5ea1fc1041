"""SQLModel tables, by area. Importing this package registers all of them.

There are no cascades: a command deletes what belongs to what it deletes, so that the journal sees every row. There are
no REAL and no BLOB columns: the journal's images are JSON and must come back to the byte.
"""

from stylistdesk.db.tables.clients import (
    Cadence,
    Client,
    ClientExternalId,
    Consent,
    Contact,
    Location,
    OptOut,
    StyleQuiz,
    StyleQuizAnswer,
)
from stylistdesk.db.tables.desk import DeskInfo, ImportBatch
from stylistdesk.db.tables.journal import Change, CommandRow, JournalState
from stylistdesk.db.tables.sales import Order, OrderLine
from stylistdesk.db.tables.work import (
    Appointment,
    Assignment,
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
)

__all__ = [
    "Appointment",
    "Assignment",
    "Cadence",
    "Change",
    "Client",
    "ClientExternalId",
    "CommandRow",
    "Consent",
    "Contact",
    "CsatResponse",
    "DeskInfo",
    "Dismissal",
    "FollowUp",
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
    "Signal",
    "Snooze",
    "StyleQuiz",
    "StyleQuizAnswer",
    "Task",
]
