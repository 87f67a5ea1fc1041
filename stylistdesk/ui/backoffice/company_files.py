"""Company files: documents of the company, and where returns go (R40)."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from stylistdesk.domain.file_names import say_size
from stylistdesk.domain.spoken_dates import parse_day, parse_past_day
from stylistdesk.ui import words
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.kept_files import choose_a_file, open_copy, save_copy
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, spread, wrap
from stylistdesk.ui.profile.dated import WHEN, heading, more
from stylistdesk.ui.sales_forms import in_field
from stylistdesk.ui.work_forms import today

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.company_files import FileForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.company_files import AddressLine, FileLine
    from stylistdesk.queries.company_files import CompanyFiles as Known
    from stylistdesk.ui.backoffice.screen import BackOffice

KINDS = "for example price list, size chart, terms; may be empty"


class CompanyFiles(Task["Known"]):
    """The return addresses, then the documents: the newest of each title, and what was before it below."""

    TITLE = "Company files"
    SCOPE: ClassVar[Scope] = Scope.COMPANY_FILES
    ADDS = "a file"

    def read(self, desk: "Desk") -> "Known":
        from stylistdesk.queries.company_files import company_files

        return desk.ask(company_files)

    def summary(self, known: "Known", look: Look) -> Line:
        if not known.files and not known.addresses:
            return ()
        said = line(Piece(words.count(len(known.files), "file"), "strong"))
        if known.now is None:
            return (*said, Piece("   no return address holds today", "late"))
        return (*said, Piece(f"   returns go to {known.now.lines.splitlines()[0]}", "quiet"))

    def empty(self, look: Look) -> list[Line]:
        return [*super().empty(look), look.key("company_address", "sets the address to which returns go.")]

    def entries(self, known: "Known", look: Look) -> list[Entry]:
        if not known.files and not known.addresses:
            return []
        shown = [Entry(((Piece(" Where returns go", "label"),),))]
        shown += [_address(one, look) for one in known.addresses]
        if not known.addresses:
            shown.append(Entry((look.key("company_address", "sets the address; slips carry it."),)))
        shown.append(heading("Files"))
        shown += [_file(one, look) for one in known.files]
        if not known.files:
            shown.append(Entry((look.key("section_add", "adds a file."),)))
        return shown

    # ------------------------------------------------------------------- keys

    async def add(self, screen: "BackOffice") -> None:
        """Choose a file, say what it is; its bytes are kept, then its row."""
        desk = screen.desk
        chosen = await choose_a_file(screen, "A file of your company", "Keep it")
        if chosen is None or desk is None:
            return

        async def save(values: dict[str, str]) -> Any:
            from stylistdesk.commands.company_files import AddCompanyFile

            form = _form_of(desk, values).checked()
            stored = await asyncio.to_thread(desk.keep_file, chosen)
            return await screen.saver(lambda _: AddCompanyFile(stored, form))(values)

        title = chosen.stem.replace("_", " ").replace("-", " ")
        about = ((Piece(clip(chosen.name, 60), "quiet"),), BLANK)
        await screen.show_form(Form("Add a company file", _fields(desk, title=title), save, about=about))

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        desk, one = screen.desk, _file_at(screen, key)
        if desk is None:
            return
        if one is None:
            await self._ask_address(screen, _address_at(screen, key))
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.company_files import EditCompanyFile

            return EditCompanyFile(one.id, _form_of(desk, values))

        fields = _fields(desk, one.title, one.kind, one.dated_on, one.note)
        await screen.fill_in("Edit the company file", fields, make, draft=f"company file:{one.id}")

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.commands.company_files import RemoveCompanyFile, RemoveReturnAddress

        await screen.carry_out(RemoveCompanyFile(key[1]) if key[0] == "file" else RemoveReturnAddress(key[1]))

    async def open(self, screen: "BackOffice", key: Key) -> None:
        one = _file_at(screen, key)
        if one is None:
            await self.edit(screen, key)
        else:
            await open_copy(screen, one.sha256, one.name, save="company_file_save")

    async def save_file_copy(self, screen: "BackOffice", key: Key | None) -> None:
        """Save a copy where the rep's downloads are."""
        one = _file_at(screen, key)
        if one is None:
            screen.tell("There is no file here to save.", bad=True)
        else:
            await save_copy(screen, one.sha256, one.name)

    async def add_return_address(self, screen: "BackOffice", _key: Key | None) -> None:
        """Say where returns go from a day on."""
        await self._ask_address(screen, None)

    async def _ask_address(self, screen: "BackOffice", one: "AddressLine | None") -> None:
        desk = screen.desk
        if desk is None:
            return
        here = today(desk)

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.company_files import SetReturnAddress

            day = in_field("from_on", lambda: parse_day(values["from_on"], here))
            return SetReturnAddress(day, values["lines"], one.id if one else None)

        fields = [
            Field("from_on", "From", one.from_on.isoformat() if one else "today",
                  hint="for example today, 1 dec, 2026-03-14",
                  understood=lambda typed: f"from {words.day(parse_day(typed, here), here)} on"),
            Field("lines", "Address", one.lines if one else "", lines=5, hint="name, street, postcode and city"),
        ]  # fmt: skip
        about = ((Piece("Returns keep the address that they were opened with.", "quiet"),), BLANK)
        title = "Edit the return address" if one else "Where returns go"
        await screen.fill_in(title, fields, make, draft=f"return address:{one.id if one else 'new'}", about=about)


# ------------------------------------------------------------------------ what is there


def _file_at(screen: "BackOffice", key: Key | None) -> "FileLine | None":
    files = screen.known.files if screen.known is not None else ()
    return next((one for one in files if key == ("file", one.id)), None)


def _address_at(screen: "BackOffice", key: Key) -> "AddressLine | None":
    addresses = screen.known.addresses if screen.known is not None else ()
    return next((one for one in addresses if key == ("address", one.id)), None)


def _fields(desk: "Desk", title: str = "", kind: str = "", on: date | None = None, note: str = "") -> list[Field]:
    here = today(desk)
    return [
        Field("title", "Title", title, hint="a newer file of the same title stands above the older one"),
        Field("kind", "Kind", kind, hint=KINDS),
        Field("dated_on", "Dated", on.isoformat() if on else "today", hint="its day: today, 1 nov, 3/14/2026",
              understood=lambda typed: words.day(parse_past_day(typed, here), here)),
        Field("note", "Note", note, lines=3, hint="may be empty"),
    ]  # fmt: skip


def _form_of(desk: "Desk", values: dict[str, str]) -> "FileForm":
    from stylistdesk.commands.company_files import FileForm

    on = in_field("dated_on", lambda: parse_past_day(values["dated_on"], today(desk)))
    return FileForm(values["title"], on, values["kind"], values["note"])


def _address(one: "AddressLine", look: Look) -> Entry:
    """One address: the one of today in full, the others in a line."""
    here = look.here.today
    first, *rest = one.lines.splitlines()
    since = words.day(one.from_on, here)
    until = f"until {words.day(one.until, here)}" if one.until else ""
    front = Piece(fit(f" {since}", WHEN + 1), "quiet")
    if not one.holds:
        when = Piece("to come", "signal") if one.is_to_come else Piece(until, "quiet")
        said = clip(", ".join((first, *rest)), look.width - WHEN - 4 - when.width)
        return Entry((spread((front, Piece(said, "quiet")), (when,), look.width),), ("address", one.id))
    right = line(Piece("holds today", "good"), Piece(f", {until}" if until else "", "quiet"))
    below = [(Piece(" " * (WHEN + 1)), Piece(clip(part, look.width - WHEN - 2))) for part in rest]
    return Entry((spread((front, Piece(first, "strong")), right, look.width), *below), ("address", one.id))


def _file(one: "FileLine", look: Look) -> Entry:
    """A document; an older one of the title is quiet, under the newest."""
    when = Piece(fit(f" {words.day(one.dated_on, look.here.today)}", WHEN + 1), "quiet")
    title = Piece(f"  {one.title}, older" if one.is_older else one.title, "quiet" if one.is_older else "strong")
    about = more(one.kind, one.name, look=look)
    head = (when, title, Piece(f"  {about}", "quiet"))
    note = wrap(one.note, look.width - WHEN - 2) if one.note else []
    return Entry(
        (
            spread(head, (Piece(say_size(one.size), "quiet"),), look.width),
            *((Piece(" " * (WHEN + 1)), Piece(part, "quiet")) for part in note),
        ),
        ("file", one.id),
    )
