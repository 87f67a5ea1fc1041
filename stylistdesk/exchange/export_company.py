"""Company files, return addresses and sign-ups as CSV (R40, R42); a time is on the clock of the desk."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.company_files import CompanyFiles
from stylistdesk.queries.sign_ups import SignUpRow

FILE_COLUMNS = ("what", "dated_on", "title", "kind", "file", "bytes", "sha256", "note")
ADDRESS_COLUMNS = ("from", "until", "lines")
SIGN_UP_COLUMNS = (
    "name", "email", "phone", "is_client", "state", "code", "link", "added_at", "sent_at", "opened_at", "enrolled_at",
    "given_up_at", "remind_on", "note",
)  # fmt: skip


def files_table(known: CompanyFiles) -> Table:
    """The whole list: a row for each document, then one for each return address, its lines in the note."""
    files = [
        ("file", one.dated_on, one.title, one.kind, one.name, one.size, one.sha256, one.note) for one in known.files
    ]
    addresses = [("return address", one.from_on, "", "", "", "", "", one.lines) for one in known.addresses]
    return Table(FILE_COLUMNS, (*files, *addresses))


def addresses_table(known: CompanyFiles) -> Table:
    """The whole list: a row for each return address, with its first day and its last, if another one follows."""
    return Table(ADDRESS_COLUMNS, ((one.from_on, one.until, one.lines) for one in known.addresses))


def sign_ups_table(rows: Sequence[SignUpRow], zone: ZoneInfo) -> Table:
    """The whole list: a row for each, with the time of each step that she has taken."""

    def at(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment is not None else None

    return Table(
        SIGN_UP_COLUMNS,
        (
            (
                row.name,
                row.email,
                row.phone,
                row.client_id is not None,
                row.state.value,
                row.code,
                row.link,
                at(row.added_at),
                at(row.steps.sent_at),
                at(row.steps.opened_at),
                at(row.steps.enrolled_at),
                at(row.steps.given_up_at),
                row.remind_on,
                row.note,
            )
            for row in rows
        ),
    )
