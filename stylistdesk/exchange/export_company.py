"""Company files, return addresses and sign-ups as CSV (R40, R42); a time is on the clock of the desk."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from stylistdesk.exchange.spreadsheet import csv_text
from stylistdesk.queries.company_files import CompanyFiles
from stylistdesk.queries.sign_ups import SignUpRow

FILE_COLUMNS = ("what", "dated_on", "title", "kind", "file", "bytes", "sha256", "note")
ADDRESS_COLUMNS = ("from", "until", "lines")
SIGN_UP_COLUMNS = (
    "name", "email", "phone", "is_client", "state", "code", "link", "added_at", "sent_at", "opened_at", "enrolled_at",
    "given_up_at", "remind_on", "note",
)  # fmt: skip


def files_text(known: CompanyFiles) -> str:
    """The whole file: a row for each document, then one for each return address, its lines in the note."""
    files = [
        ("file", one.dated_on.isoformat(), one.title, one.kind, one.name, str(one.size), one.sha256, one.note)
        for one in known.files
    ]
    addresses = [("return address", one.from_on.isoformat(), "", "", "", "", "", one.lines) for one in known.addresses]
    return csv_text(FILE_COLUMNS, (*files, *addresses))


def addresses_text(known: CompanyFiles) -> str:
    """The whole file: a row for each return address, with its first day and its last, if another one follows."""
    rows = ((one.from_on.isoformat(), one.until.isoformat() if one.until else "", one.lines) for one in known.addresses)
    return csv_text(ADDRESS_COLUMNS, rows)


def sign_ups_text(rows: Sequence[SignUpRow], zone: ZoneInfo) -> str:
    """The whole file: a row for each, with the time of each step that she has taken."""

    def at(moment: datetime | None) -> str:
        return moment.astimezone(zone).isoformat() if moment is not None else ""

    return csv_text(
        SIGN_UP_COLUMNS,
        (
            (
                row.name,
                row.email,
                row.phone,
                "yes" if row.client_id is not None else "no",
                row.state.value,
                row.code,
                row.link,
                at(row.added_at),
                at(row.steps.sent_at),
                at(row.steps.opened_at),
                at(row.steps.enrolled_at),
                at(row.steps.given_up_at),
                row.remind_on.isoformat() if row.remind_on else "",
                row.note,
            )
            for row in rows
        ),
    )
