"""Import on screen (R45): choose a file, look at what it would change, then take it in as one undo step."""

import asyncio
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from stylistdesk.domain.errors import Refused
from stylistdesk.paths import downloads
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.screens.import_lines import DELIMITERS, MISREAD, preview_lines, trouble_lines
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.frame import KeyFooter
from stylistdesk.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from stylistdesk.commands.base import Outcome
    from stylistdesk.exchange.importing import ImportReport
    from stylistdesk.exchange.reading import Source
    from stylistdesk.ui.app import StylistDesk

ENCODINGS = ("utf-8", "windows-1252", "latin-1", "utf-16", "mac-roman", "shift_jis", "gb18030")


class Importing(ModalScreen["Outcome | None"]):
    """One file: its preview, and the import itself."""

    PLACE: ClassVar[str] = "Import"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.PAGE, Scope.IMPORT)  # type: ignore[assignment]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.read_as: dict[str, str] = {}
        self.source: Source | None = None
        self.report: ImportReport | None = None
        self.trouble: Refused | None = None
        self.stop = threading.Event()
        self.busy = False

    @property
    def program(self) -> "StylistDesk":
        """The program."""
        return cast("StylistDesk", self.app)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="-tall-dialog") as dialog:
            dialog.border_title = text.content(f"Import {self.path.name}")
            yield Progress()
            yield Page(id="preview")
            yield KeyFooter(self.program.keymap_of_desk, self.PLACE)

    def on_mount(self) -> None:
        self.query_one(Page).focus()
        self.set_interval(0.1, self._tick)
        self._start(self._look, "reading the file")

    def _start(self, job: Any, name: str) -> None:
        start(self.program, job, name, group="import")

    def _tick(self) -> None:
        if self.busy:
            self.query_one(Progress).refresh()

    def _progress(self, done: int, total: int) -> None:
        # Called in the thread that reads: plain numbers, drawn by `_tick`.
        line = self.query_one(Progress)
        line.done, line.total = done, total

    async def _work(self, what: str, job: Any) -> Any:
        """Do a long job in a thread, with its progress shown; a refusal is kept in `trouble`."""
        line = self.query_one(Progress)
        line.what, line.done, line.total, line.since = what, 0, 0, time.monotonic()
        self.stop.clear()
        self.busy, self.trouble = True, None
        try:
            return await asyncio.to_thread(job)
        except Refused as no:
            self.trouble = no
            return None
        finally:
            self.busy, line.what = False, ""
            line.refresh()

    # ----------------------------------------------------------------- looking

    async def _look(self) -> None:
        """Recognise the file and run the import to its end without keeping anything."""
        desk, chosen = self.program.desk, dict(self.read_as)
        assert desk is not None

        def job() -> "tuple[Source, Outcome]":
            from stylistdesk.exchange.recognise import recognise
            from stylistdesk.exchange.whole_in import taking_in

            source = recognise(
                self.path,
                format=chosen.get("format"),
                encoding=chosen.get("encoding"),
                delimiter=chosen.get("delimiter"),
            )
            folder, told, stopped = desk.paths.attachments, self._progress, self.stop.is_set
            return source, desk.preview(taking_in(source, folder, only_look=True, progress=told, cancelled=stopped))

        found = await self._work("Reading", job)
        if found is not None:
            self.source, outcome = found
            self.report = outcome.value
        elif self.stop.is_set():
            self.dismiss(None)
            return
        else:
            self.report = None
        self._show()

    @on(Page.Resized)
    def _show(self) -> None:
        """The preview, below what stopped the import if something did; or why there is no preview."""
        page, trouble = self.query_one(Page), self.trouble
        lines = trouble_lines(trouble.reason, trouble.hint, page.room) if trouble is not None else []
        if self.report is not None and self.source is not None:
            page.show(lines + preview_lines(self.report, self.source.label, page.room))
        elif trouble is not None:
            page.show([*lines, MISREAD])

    # ---------------------------------------------------------- reading otherwise

    def action_change_format(self) -> None:
        """Read the file as another format."""

        def known() -> list[tuple[str, str]]:
            from stylistdesk.exchange.formats import FORMATS

            return [(each.name, each.label) for each in FORMATS]

        self._start(partial(self._change, "format", "Read it as", known()), "format")

    def action_change_encoding(self) -> None:
        """Read the file in another encoding."""
        likely = self.source.encodings if self.source else ()
        names = dict.fromkeys((*likely, *ENCODINGS))
        self._start(partial(self._change, "encoding", "Encoding", [(name, name) for name in names]), "encoding")

    def action_change_delimiter(self) -> None:
        """Read the file with another delimiter."""
        signs = [(sign, name) for sign, name in DELIMITERS.items() if len(sign) == 1]
        self._start(partial(self._change, "delimiter", "Delimiter", signs), "delimiter")

    async def _change(self, what: str, title: str, choices: list[tuple[str, str]]) -> None:
        if self.busy:
            return
        current = self.read_as.get(what) or str(getattr(self.source, what, "") or "")
        chosen = await self.app.push_screen_wait(Picker(title, choices, current))
        if chosen is not None:
            self.read_as[what] = chosen
            await self._look()

    # ------------------------------------------------------------ doing, leaving

    def action_keep(self) -> None:
        """Take the file in as shown."""
        if self.source is not None and self.report is not None and not self.busy:
            self._start(partial(self._import, self.source), "importing")

    async def _import(self, source: "Source") -> None:
        desk = self.program.desk
        assert desk is not None

        def job() -> "Outcome":
            from stylistdesk.exchange.whole_in import taking_in

            folder = desk.paths.attachments
            return desk.take_in(taking_in(source, folder, progress=self._progress, cancelled=self.stop.is_set))

        outcome = await self._work("Importing", job)
        if outcome is not None:
            self.dismiss(outcome)
        else:
            self._show()

    def action_back(self) -> None:
        """Stop a long job; otherwise go back without importing."""
        if self.busy:
            self.stop.set()
        else:
            self.dismiss(None)


EXPORTED = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".vcf", ".vcard", ".ics", ".ical"})
"""How the names of files that can be taken in end."""


async def choose_and_import(app: "StylistDesk") -> None:
    """Choose a file, then import it."""
    from stylistdesk.ui.dialogs.choose_file import ChooseFile

    kinds = {"Exports": lambda path: path.suffix.lower() in EXPORTED, "All files": lambda _: True}
    chosen = await app.push_screen_wait(ChooseFile("Import a file", "Look at it", _where_exports_are(app), kinds))
    if chosen is not None:
        await import_file(app, chosen)


def _where_exports_are(app: "StylistDesk") -> Path:
    """The inbox if something waits there, else Downloads, else home."""
    inbox = app.data_dir / "inbox"
    return inbox if inbox.is_dir() and any(file.is_file() for file in inbox.iterdir()) else downloads()


async def import_file(app: "StylistDesk", path: Path) -> bool:
    """Preview and import one file; whether it was taken in. After the first one, the queue is what comes next."""
    desk = app.desk
    was_empty = desk is not None and await asyncio.to_thread(lambda: desk.is_empty)
    outcome = await app.push_screen_wait(Importing(path))
    if outcome is None:
        return False
    if was_empty:
        await app.action_tab("daily_tasks")
    screen = app.screen
    reload = getattr(screen, "reload", None)
    if reload is not None:
        reload()
    app.tell_done(outcome)
    return True


async def offer(app: "StylistDesk", path: Path) -> bool:
    """Ask once whether a file that was dropped in the inbox is to be imported; what was imported is put aside.

    Gives whether it was.
    """
    name, key = text.clean(path.name), app.keymap_of_desk.shown("import")
    asked = Confirm(
        "A file is in the inbox",
        f"{name} was put into the inbox. Look at it now? Later, {key} finds it there.",
        "Look",
        "Later",
    )
    if await app.push_screen_wait(asked) and await import_file(app, path):
        await asyncio.to_thread(_put_aside, path)
        return True
    app.tell(f"{name} waits in the inbox.", after=f"{key} finds it.")
    return False


def _put_aside(path: Path) -> None:
    folder = path.parent / "imported"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    path.rename(target)
