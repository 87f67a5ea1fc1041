"""Documents of the company, and the address to which returns go, each with its day (R40)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from stylistdesk.commands.attachments import name_of_new
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.attachments import Stored
from stylistdesk.db.tables import CompanyFile, ReturnAddress
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.seasons import YEARS
from stylistdesk.domain.text import clean, shortened

MOST_OF_ADDRESS = 500


def _checked_day(day: date, field: str) -> date:
    if day.year not in YEARS:
        raise Refused("That year is too far away.", field=field, hint="For example: today, 1 dec, 3/14.")
    return day


@dataclass(frozen=True, slots=True)
class FileForm:
    """What the form of a document holds: its title, what kind it is, from which day it is, and a note."""

    title: str
    dated_on: date
    kind: str = ""
    note: str = ""

    def checked(self) -> "FileForm":
        """The same, cleaned. Raises `Refused` without a title."""
        title = clean(self.title, limit=200)
        if not title:
            raise Refused("The title is missing.", field="title", hint="For example: Price list.")
        return replace(
            self,
            title=title,
            dated_on=_checked_day(self.dated_on, "dated_on"),
            kind=clean(self.kind, limit=80),
            note=clean(self.note, multiline=True, limit=2_000),
        )


@dataclass(frozen=True, slots=True)
class AddCompanyFile:
    """List a stored file as a document of the company. `Outcome.value` is its id."""

    stored: Stored
    form: FileForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at a wrong field, and if this very file is there already."""
        session, stored, form = work.session, self.stored, self.form.checked()
        same = session.exec(select(CompanyFile).where(CompanyFile.sha256 == stored.sha256)).first()
        file = CompanyFile(
            title=form.title,
            kind=form.kind,
            dated_on=form.dated_on,
            name=name_of_new(stored, same.title if same else ""),
            sha256=stored.sha256,
            size=stored.size,
            added_at=work.now,
            note=form.note,
        )
        session.add(file)
        session.flush()
        return Outcome(f"Added the company file {_named(file)}", value=file.id)


@dataclass(frozen=True, slots=True)
class EditCompanyFile:
    """Change what is said of a document; its bytes stay."""

    file_id: int
    form: FileForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at a wrong field, and if the document is gone."""
        file, form = _file(work.session, self.file_id), self.form.checked()
        file.title, file.kind, file.dated_on, file.note = form.title, form.kind, form.dated_on, form.note
        return Outcome(f"Changed the company file {_named(file)}", value=file.id)


@dataclass(frozen=True, slots=True)
class RemoveCompanyFile:
    """Take a document off the list. Its bytes stay, so that undo brings it back."""

    file_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone."""
        file = _file(work.session, self.file_id)
        work.session.delete(file)
        return Outcome(f"Removed the company file {_named(file)}")


def _file(session: Session, file_id: int) -> CompanyFile:
    found = session.get(CompanyFile, file_id)
    if found is None:
        raise Refused("This company file is no longer there.", hint="Undo brings a removed one back.")
    return found


def _named(file: CompanyFile) -> str:
    return f"“{shortened(file.title, 40)}”"


# ------------------------------------------------------------------- the return address


@dataclass(frozen=True, slots=True)
class SetReturnAddress:
    """Where returns go from a day on (R39), up to the next one. With an id, that one is changed.

    Returns keep the address that they were opened with. `Outcome.value` is its id.
    """

    from_on: date
    lines: str
    address_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for an empty address, a day that another one has, and if it is gone."""
        session = work.session
        day, lines = _checked_day(self.from_on, "from_on"), _checked_lines(self.lines)
        there = session.exec(
            select(ReturnAddress).where(ReturnAddress.from_on == day, ReturnAddress.id != self.address_id)
        ).first()
        if there is not None:
            raise Refused(
                f"From {work.say(day)} on there is an address already.",
                field="from_on",
                hint="Change that one, or choose another day.",
            )
        if self.address_id is None:
            address = ReturnAddress(from_on=day, lines=lines)
            session.add(address)
            session.flush()
            return Outcome(f"Set the return address from {work.say(day)} on", value=address.id)
        address = _address(session, self.address_id)
        address.from_on, address.lines = day, lines
        return Outcome(f"Changed the return address from {work.say(day)} on", value=address.id)


@dataclass(frozen=True, slots=True)
class RemoveReturnAddress:
    """Take a return address away. Returns that were opened with it keep theirs."""

    address_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone."""
        address = _address(work.session, self.address_id)
        work.session.delete(address)
        return Outcome(f"Removed the return address from {work.say(address.from_on)} on; returns keep theirs")


def _address(session: Session, address_id: int) -> ReturnAddress:
    found = session.get(ReturnAddress, address_id)
    if found is None:
        raise Refused("This return address is no longer there.", hint="Undo brings a removed one back.")
    return found


def _checked_lines(typed: str) -> str:
    parts = clean(typed, multiline=True, limit=MOST_OF_ADDRESS).splitlines()
    lines = "\n".join(part.strip() for part in parts if part.strip())
    if not lines:
        raise Refused("The address is empty.", field="lines", hint="Name, street, postcode and city, a line each.")
    return lines
