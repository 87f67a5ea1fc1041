"""Documents of the company, and the addresses to which returns go (R40)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from stylistdesk.db.tables import CompanyFile, ReturnAddress
from stylistdesk.domain.text import name_key
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class FileLine:
    """One document; `size` is in bytes, `is_older` says that a newer one of its title stands above it."""

    id: int
    title: str
    kind: str
    dated_on: date
    name: str
    sha256: str
    size: int
    note: str
    is_older: bool


@dataclass(frozen=True, slots=True)
class AddressLine:
    """A return address from a day on; `until` is its last day, if another one follows."""

    id: int
    from_on: date
    until: date | None
    lines: str
    holds: bool  # today
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class CompanyFiles:
    """The addresses, the one to come first, and the documents: the newest title first, older ones of it below."""

    addresses: tuple[AddressLine, ...]
    files: tuple[FileLine, ...]

    @property
    def now(self) -> AddressLine | None:
        """The return address that holds today."""
        return next((one for one in self.addresses if one.holds), None)


def company_files(asking: Asking) -> CompanyFiles:
    """What there is of both."""
    return CompanyFiles(_addresses(asking), _files(asking))


def _addresses(asking: Asking) -> tuple[AddressLine, ...]:
    today = asking.now.astimezone(asking.zone).date()
    found: list[AddressLine] = []
    until: date | None = None
    for row in asking.session.exec(select(ReturnAddress).order_by(col(ReturnAddress.from_on).desc())):
        holds = row.from_on <= today and (until is None or today <= until)
        found.append(AddressLine(row.id or 0, row.from_on, until, row.lines, holds, row.from_on > today))
        until = row.from_on - timedelta(days=1)
    return tuple(found)


def _files(asking: Asking) -> tuple[FileLine, ...]:
    newest_first = (col(CompanyFile.dated_on).desc(), col(CompanyFile.id).desc())
    by_title: dict[str, list[CompanyFile]] = {}
    for row in asking.session.exec(select(CompanyFile).order_by(*newest_first)):
        by_title.setdefault(name_key(row.title), []).append(row)
    return tuple(
        FileLine(
            row.id or 0, row.title, row.kind, row.dated_on, row.name, row.sha256, row.size, row.note, row is not some[0]
        )
        for some in by_title.values()
        for row in some
    )
