"""Events with their shop windows as CSV, in and out (R37): `opens_on` and `closes_on` are both open days.

A time without an offset is the desk's own. An own event names no host. What the file leaves blank stays as it is.
"""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.cells import cell, client_ref, code, instant_or_none, long_cell, web_address
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, HostEventRecord, Notice, Rows
from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.exports_of_events import ExportHostEvent

COLUMNS = (
    "external_id", "name", "host_email", "host_name", "opens_on", "closes_on", "held_at", "place", "link", "note",
)  # fmt: skip


def _read(reading: Reading) -> Rows:
    return each_row(reading, COLUMNS, _event)


def _event(line: int, row: list[str], locale: Locale) -> Rows:
    external_id, name, email, host, opens, closes, held, place, link, note = row
    if not code(external_id):
        raise Refused("external_id is blank")
    if not cell(name, 200):
        raise Refused("name is blank")
    opens_on, closes_on = _day("opens_on", opens), _day("closes_on", closes)
    held_at = instant_or_none(held, locale.zone)
    ref, notices = ClientRef(), list[Notice]()
    if email.strip() or host.strip():
        ref, notices = client_ref(line, locale.country, name=host, email=email)
    yield from notices
    address = web_address(code(link))
    if link.strip() and not address:
        yield Notice(line, f"link “{cell(link)[:60]}” is not the address of a page; it was left out")
    yield HostEventRecord(
        line, code(external_id), ref, cell(name, 200), opens_on, closes_on, held_at, cell(place), address,
        long_cell(note),
    )  # fmt: skip


def _day(column: str, text: str) -> date:
    written = cell(text)
    try:
        return date.fromisoformat(written)
    except ValueError:
        said = f"“{written[:40]}” is not a date" if written else "is blank"
        raise Refused(f"{column} {said} (such as 2026-03-01)") from None


HOST_EVENTS = Format(
    name="host_events",
    label="events",
    program="events",
    required=("external_id", "name", "opens_on", "closes_on"),
    used=COLUMNS,
    read=_read,
    aliases=("events", "shop_links"),
)


def events_table(rows: Sequence[ExportHostEvent], zone: ZoneInfo) -> Table:
    """The whole list, with the columns by which it is imported; the hour of a party is on the clock of the desk."""
    return Table(
        COLUMNS,
        (
            (
                row.external_id,
                row.name,
                row.host_email,
                row.host_name,
                row.opens_on,
                row.closes_on,
                row.held_at.astimezone(zone) if row.held_at is not None else None,
                row.place,
                row.link,
                row.note,
            )
            for row in rows
        ),
    )
