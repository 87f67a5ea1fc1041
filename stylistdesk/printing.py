"""What the command line prints: plain lines, and the JSON that scripts rely on."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from stylistdesk.domain.text import cells, in_cells, plural, shortened
from stylistdesk.queries.daily_tasks import Queue
from stylistdesk.queries.history import HistoryEntry
from stylistdesk.queries.search import Found

if TYPE_CHECKING:
    from stylistdesk.exchange.importing import ImportReport
    from stylistdesk.exchange.outbox import Told

_OPS = {"I": "added", "U": "changed", "D": "deleted"}


def queue_lines(queue: Queue, *, now: datetime, zone: ZoneInfo, limit: int | None) -> Iterator[str]:
    """The queue as `today` prints it: one client a line, the reason below, the terms of her score in brackets."""
    from stylistdesk.domain.dates import say_due

    rows = queue.rows[:limit]
    if not rows:
        yield f"Nobody needs you now. {queue.next_up}".strip()
        return
    width = min(28, max(cells(row.name) for row in rows))
    action = max(cells(row.next.action) for row in rows)
    for row in rows:
        power = "$" * (row.spending_power or 0) or "-"
        due = say_due(row.next, now, zone)
        name, what = in_cells(row.name, width), in_cells(row.next.action, action)
        yield (
            f"{row.standing.score:6.1f}  {name}  {power:<6}  {what}  "
            f"{row.next.channel.value.replace('_', ' '):<9}  {due}"
        )
        terms = ", ".join(f"{term.name} {term.value:+.1f}" for term in row.standing.terms)
        yield f"{'':6}  {row.next.reason}  [{terms}]"
    counts = [f"{queue.overdue} overdue", f"{queue.today} today", f"{queue.soon} soon"]
    need = "1 client needs" if len(queue.rows) == 1 else f"{len(queue.rows)} clients need"
    yield f"{need} you: {', '.join(counts)}"


def found_lines(found: Found) -> Iterator[str]:
    """What a search has found, as `find` prints it: a heading for each kind, then one thing a line."""
    for group in found.groups:
        yield plural(group.kind) + (", nearly so" if group.near else "")
        for hit in group.hits:
            said = "  ".join(part for part in (hit.title, shortened(hit.text, 90)) if part)
            yield "  " + "  ".join(part for part in (hit.on.isoformat() if hit.on else "", hit.who, said) if part)
        if group.more:
            yield "  …"
    if not found.groups:
        yield f"Nothing has “{shortened(found.typed, 60)}”."


def report_lines(report: "ImportReport", *, dry_run: bool) -> Iterator[str]:
    """What an import did, or would do."""
    from stylistdesk.domain.text import counted
    from stylistdesk.exchange.formats import label_of

    would = "would be " if dry_run else ""
    names = {",": "comma", ";": "semicolon", "\t": "tab"}
    parted = names.get(report.delimiter, report.delimiter) if len(report.delimiter) == 1 else ""
    delimited = f", columns parted by {parted}" if parted else ""
    yield f"{report.file}: {label_of(report.format)}, {report.encoding}{delimited}"
    for said, counts in (("created", report.created), ("updated", report.updated), ("unchanged", report.unchanged)):
        listed = ", ".join(counted(count, kind) for kind, count in counts.items() if count)
        if listed:
            yield f"  {would}{said}: {listed}"
    for before, name in report.renamed:
        yield f"  {would}renamed: {before} → {name}"
    for refused in report.refused:
        yield f"  refused: line {refused.line}: {refused.reason}"
    for notice in report.notices:
        where = f"line {notice.line}: " if notice.line else ""
        yield f"  note: {where}{notice.text}"
    if report.unused_columns:
        yield f"  unused columns: {', '.join(report.unused_columns)}"


def sent_line(told: "Told", zone: ZoneInfo) -> str:
    """What came of one email: "Ana Ruiz <ana@example.com>: sent"."""
    said = told.state.value if told.state.value == "sent" else f"not sent: {told.said}"
    if told.next_at is not None:
        said = f"waits until {told.next_at.astimezone(zone):%Y-%m-%d %H:%M}: {told.said}"
    return f"{told.client} <{told.address}>: {said}"


def history_lines(entries: list[HistoryEntry], zone: ZoneInfo) -> Iterator[str]:
    """One command a line; those that are not in force are in brackets."""
    for entry in entries:
        label = f"({entry.label})" if entry.undone else entry.label
        rows = "1 row" if entry.change_count == 1 else f"{entry.change_count} rows"
        yield f"{entry.id:>5}  {entry.at.astimezone(zone):%Y-%m-%d %H:%M}  {label}  {rows}"


def history_json(entries: list[HistoryEntry], zone: ZoneInfo) -> list[dict[str, Any]]:
    """`[{id, at, by, label, undone, changes: [{what, id, client, op}]}]`, newest first."""
    return [
        {
            "id": entry.id,
            "at": entry.at.astimezone(zone).isoformat(),
            "by": entry.by,
            "label": entry.label,
            "undone": entry.undone,
            "changes": [
                {"what": change.what, "id": change.id, "client": change.client_id, "op": _OPS[change.op]}
                for change in entry.changes
            ],
        }
        for entry in entries
    ]
