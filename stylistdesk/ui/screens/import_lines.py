"""How an import is told before it is done: what would change, what is refused, what is not used."""

from typing import TYPE_CHECKING

from stylistdesk.domain.text import plural
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, labelled, line, wrap

if TYPE_CHECKING:
    from stylistdesk.exchange.importing import ImportReport

INDENT = 14
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": "none, one JSON object a line",
              "BEGIN:VCARD": "none, cards", "BEGIN:VCALENDAR": "none, events",
              "JSON": "none, one JSON text"}  # fmt: skip
MOST = 240
"""So many rows that are refused, told or renamed are listed."""


def preview_lines(report: "ImportReport", label: str, width: int) -> list[Line]:
    """The whole preview, laid out for a width."""
    room = max(10, width - INDENT)
    page: list[Line] = [
        *labelled("Read as", [_read_as(report, label)], INDENT),
        BLANK,
        *labelled("Would change", _counts(report), INDENT),
    ]
    if report.new_clients:
        names = ", ".join(report.new_clients)
        total = report.created.get("client", len(report.new_clients))
        more = f" and {total - len(report.new_clients):,} more" if total > len(report.new_clients) else ""
        page += [BLANK, *labelled("New clients", [(Piece(part),) for part in wrap(names + more, room)], INDENT)]
    if report.renamed:
        said = [f"{before} → {name}" for before, name in report.renamed[:MOST]]
        if len(report.renamed) > MOST:
            said.append(f"and {len(report.renamed) - MOST:,} more")
        page += [BLANK, *labelled("Renamed", [(Piece(part),) for one in said for part in wrap(one, room)], INDENT)]
    for title, rows, look in (
        ("Refused", [(row.line, row.reason) for row in report.refused], "late"),
        ("To know", [(notice.line, notice.text) for notice in report.notices], ""),
    ):
        if rows:
            body: list[Line] = []
            for number, reason in rows[:MOST]:
                parts = wrap(reason, room - 11)
                where = f"line {number:,}" if number else ""
                body.append((Piece(fit(where, 11), "quiet"), Piece(parts[0], look)))
                body += [(Piece(" " * 11), Piece(part, look)) for part in parts[1:]]
            if len(rows) > MOST:
                body.append((Piece(f"and {len(rows) - MOST:,} more", "quiet"),))
            page += [BLANK, *labelled(title, body, INDENT)]
    if report.unused_columns:
        unused = ", ".join(report.unused_columns)
        page += [BLANK, *labelled("Not used", [(Piece(part, "quiet"),) for part in wrap(unused, room)], INDENT)]
    if report.samples:
        page += [BLANK, *labelled("First rows", _samples(report, room), INDENT)]
    return page


def _read_as(report: "ImportReport", label: str) -> Line:
    delimiter = DELIMITERS.get(report.delimiter, report.delimiter)
    return line(
        Piece(label or report.format, "strong"), Piece(f"   {report.encoding}, delimiter: {delimiter}", "quiet")
    )


def _counts(report: "ImportReport") -> list[Line]:
    kinds = dict.fromkeys([*report.created, *report.updated, *report.unchanged])
    if not kinds:
        return [(Piece("Nothing.", "quiet"),)]
    wide = max(16, *(len(plural(kind)) + 1 for kind in kinds))
    lines: list[Line] = [
        (Piece(fit("", wide)), *(Piece(fit(head, 11, right=True), "quiet") for head in ("new", "changed", "as it was")))
    ]
    for kind in kinds:
        counts = [counted.get(kind, 0) for counted in (report.created, report.updated, report.unchanged)]
        lines.append(
            (
                Piece(fit(plural(kind), wide)),
                *(
                    Piece(
                        fit(f"{count:,}" if count else "–", 11, right=True), "strong" if count and at < 2 else "quiet"
                    )
                    for at, count in enumerate(counts)
                ),
            )
        )
    if not report.changes_something:
        lines.append((Piece("Everything in it is on the desk already.", "good"),))
    return lines


def _samples(report: "ImportReport", room: int) -> list[Line]:
    lines: list[Line] = []
    for row in report.samples[:2]:
        for name, cell in zip(report.columns, row, strict=False):
            if cell.strip() and len(lines) < 40:
                lines.append((Piece(fit(name, 24), "quiet"), Piece(f" {clip(cell, max(4, room - 26))}")))
        lines.append(BLANK)
    return lines


def trouble_lines(reason: str, hint: str, width: int) -> list[Line]:
    """Why a file cannot be read, or was not taken in, and what to do."""
    return [
        *((Piece(part, "late"),) for part in wrap(reason, width)),
        *((Piece(part),) for part in (wrap(hint, width) if hint else ())),
        BLANK,
    ]


MISREAD: Line = (Piece("If it was misread, f, e and d read it another way.", "quiet"),)
