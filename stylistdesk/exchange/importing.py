"""Importing a file (R45): previewed, safe to repeat, undone as one, with every refused row and unused column told."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.db.orders import read_rates
from stylistdesk.db.rating import is_any_rated, rate_orders
from stylistdesk.db.tables import ImportBatch
from stylistdesk.domain.errors import BadFile, Stopped
from stylistdesk.domain.text import counted
from stylistdesk.exchange.card_numbers import without_card_numbers
from stylistdesk.exchange.consents import Consents
from stylistdesk.exchange.format import Format
from stylistdesk.exchange.formats import format_named
from stylistdesk.exchange.ledger import Ledger
from stylistdesk.exchange.matching import Matcher
from stylistdesk.exchange.people import People
from stylistdesk.exchange.reading import Locale, Reading, Source
from stylistdesk.exchange.records import Notice, RefusedRow
from stylistdesk.exchange.store import Store
from stylistdesk.exchange.survey import Survey, survey
from stylistdesk.exchange.writer import write

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or in a preview would do. Counts are rows by kind (client, signal, order …), without zeros.

    `notices` are of rows that went in without something: an address that is none, a consent against an opt-out.
    `samples` are the first rows of the file, `new_clients` the names of the first clients that it brought, `renamed`
    the old and the new name of each client whom it calls otherwise than the desk does, `settings` those of a whole
    desk. With `by_country` it brought phones without a country code, read as those of the desk's country.
    """

    file: str
    format: str
    created: Counts
    updated: Counts
    unchanged: Counts
    refused: tuple[RefusedRow, ...]
    unused_columns: tuple[str, ...]
    notices: tuple[Notice, ...]
    encoding: str
    encodings: tuple[str, ...]
    delimiter: str
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    new_clients: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    by_country: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether any row of the desk was made or changed."""
        return bool(self.created or self.updated)

    def as_json(self) -> dict[str, Any]:
        """`{file, format, created, updated, unchanged, refused: [{line, reason}], unused_columns}`."""
        return {
            "file": self.file,
            "format": self.format,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": [{"line": row.line, "reason": row.reason} for row in self.refused],
            "unused_columns": list(self.unused_columns),
        }


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Take a recognised file in. `Outcome.value` is an `ImportReport`.

    The file is read twice: once to see whom it names, once to write. `progress` is told the bytes done and the
    bytes to do, all passes together. As soon as `cancelled` says so the import stops with `Stopped`.
    """

    of_others: ClassVar[bool] = True  # words of others are not refused: a card's number in them is cut

    source: Source
    progress: Callable[[int, int], None] | None = field(default=None, compare=False)
    cancelled: Callable[[], bool] | None = field(default=None, compare=False)

    @property
    def from_hq(self) -> bool:
        """Whether this import may write HQ notes (R11)."""
        return self.source.format == "hq_assignments"

    def apply(self, work: Work) -> Outcome:
        """Nothing is written for a file that says nothing new. Raises `BadFile` or `Stopped`; then nothing is kept."""
        known = format_named(self.source.format)
        ledger = Ledger(work.session)
        reading = self._reading(known, work)
        found = survey(without_card_numbers(known.read(reading)), work.now.astimezone(work.zone).date())
        store, consents = self._store(work, ledger, known, found)
        write(without_card_numbers(known.read(reading)), store)
        consents.close()
        if store.orders and (read_rates(work.session) or is_any_rated(work.session)):
            rate_orders(work.session, work.zone, work.now, ids=store.orders)
        if store.buyers:
            refresh_order_summary(work.session, store.buyers, work.zone)
        report = self._report(store, reading, found)
        name = self.source.path.name
        if not ledger.written:
            return Outcome(f"Nothing new in {name}", value=report)
        self._note_batch(ledger, report, work)
        return Outcome(f"Imported {name}: {_in_words(report)}", tuple(sorted(ledger.clients)), report)

    def _store(self, work: Work, ledger: Ledger, known: Format, found: Survey) -> tuple[Store, Consents]:
        evidence = f"{self.source.label}, file {self.source.path.name}"
        consents = Consents(ledger, found, source=evidence, program=known.program, now=work.now, zone=work.zone)
        settled = Matcher(work.session, known.program).settle(found.mentions)
        people = People(ledger, consents, settled, found.mentions, program=known.program, now=work.now)
        store = Store(work, ledger, people, known.program, disputed=settled.said.keys())
        store.notices += [*found.notices, *consents.notices()]
        store.notices += [Notice(found.lines[ref], text) for ref, text in settled.said.items()]
        return store, consents

    def _reading(self, known: Format, work: Work) -> Reading:
        def tick(done: int) -> None:
            if self.cancelled is not None and self.cancelled():
                raise Stopped("The import was stopped; nothing was changed.")
            if self.progress is not None:
                self.progress(done, known.passes * self.source.size)

        locale = Locale(work.country, work.currency, work.zone)
        return Reading(self.source, locale, known.used, tick, escapes=known.escapes)

    def _report(self, store: Store, reading: Reading, found: Survey) -> ImportReport:
        source, ledger = self.source, store.ledger
        unused = dict.fromkeys([*source.unused_columns, *reading.unknown])
        return ImportReport(
            file=source.path.name,
            format=source.format,
            created=ledger.created,
            updated=ledger.updated,
            unchanged=dict(ledger.unchanged),
            refused=tuple(sorted(store.refused, key=lambda row: row.line)),
            unused_columns=tuple(unused),
            notices=tuple(sorted(store.notices, key=lambda notice: notice.line)),
            encoding=source.encoding,
            encodings=source.encodings,
            delimiter=source.delimiter,
            columns=source.columns,
            samples=tuple(reading.samples),
            new_clients=tuple(store.people.new_names),
            renamed=tuple(store.people.renamed),
            by_country=found.by_country and any("contact" in counts for counts in (ledger.created, ledger.updated)),
        )

    def _note_batch(self, ledger: Ledger, report: ImportReport, work: Work) -> None:
        counts = {"created": report.created, "updated": report.updated, "refused": len(report.refused)}
        ledger.insert(
            ImportBatch,
            file_name=report.file,
            format=report.format,
            sha256=_sha256(self.source.path),
            imported_at=work.now,
            counts=json.dumps(counts, sort_keys=True),
        )
        ledger.flush()


def _in_words(report: ImportReport) -> str:
    parts = []
    for counts, what in ((report.created, "new"), (report.updated, "changed")):
        if counts:
            parts.append(", ".join(counted(count, kind) for kind, count in counts.items()) + f" {what}")
    return "; ".join(parts) or "details"


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error.strerror}.") from error
