"""An empty desk: whose it is, and where to begin."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.clock import machine_zone
from stylistdesk.ui import text
from stylistdesk.ui.dialogs.client import add_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.dialogs.your_desk import zone_in_words
from stylistdesk.ui.keymap import Scope, acts_of, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.widgets.drawn import Page

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk

ROOM = 64
"""So many cells the form has for a line."""


async def welcome(app: "StylistDesk") -> None:
    """Ask whose desk it is, then where to begin. A desk that is only read is left as it is."""
    desk = app.desk
    if desk is None or desk.read_only is not None:
        return
    if not desk.is_set_up:
        await app.push_screen_wait(_whose(app))
    if desk.is_set_up and await asyncio.to_thread(lambda: desk.is_empty):
        await begin(app, await app.push_screen_wait(Beginnings(app, desk.rep_name)))


async def begin(app: "StylistDesk", chosen: str | None) -> None:
    """Begin with the demo, a file or a first client, as chosen; in a worker."""
    if chosen == "demo":
        await _fill_demo(app)
    elif chosen == "import":
        app.action_import_file()
    elif chosen == "add":
        await _add(app)


async def _fill_demo(app: "StylistDesk") -> None:
    """A demo desk in a folder to throw away, so that her own desk stays as it is."""
    desk = app.desk
    assert desk is not None
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="stylistdesk-demo-"))
    app.at_close = lambda: shutil.rmtree(folder, ignore_errors=True)
    real = desk.clock

    def opening() -> "Desk":
        from stylistdesk.demo.start import build, demo_clock
        from stylistdesk.desk import Desk
        from stylistdesk.paths import desk_paths

        clock = demo_clock(real)
        build(desk_paths(folder), clock)
        return Desk.open(desk_paths(folder), clock=clock)

    app.tell("Building the demo …")
    app.tour.begin()
    await app.change_desk(opening, "This is the demo: everyone in it is made up. Your own desk is as it was.")


def _whose(app: "StylistDesk") -> Form:
    desk = app.desk
    assert desk is not None

    async def save(values: dict[str, str]) -> Any:
        from stylistdesk.commands.desk import SetUpDesk

        country = _country_of(values["time_zone"], values["currency"])
        return await asyncio.to_thread(
            desk.do, SetUpDesk(values["rep_name"], values["time_zone"], values["currency"], country)
        )

    return Form(
        "Welcome to your desk",
        [
            Field("rep_name", "Your name", hint="signs your messages; it stays on this machine"),
            Field(
                "time_zone",
                "Time zone",
                machine_zone(),
                hint="the nearest large city, for example New York",
                understood=lambda typed: zone_in_words(typed, desk.now()),
            ),
            Field("currency", "Currency", "USD", hint="three letters, for example USD, CAD or EUR"),
        ],
        save,
        draft="welcome",
        about=tuple((Piece(part, "quiet"),) for part in (*_where(desk), "Three things, and you can begin.", "")),
    )


def _where(desk: "Desk") -> list[str]:
    """The folder, if she has named it: a name that was mistyped is seen, for there is an empty desk."""
    return wrap(f"This is a new desk, in {desk.paths.data_dir}.", ROOM) if desk.paths.is_named else []


def _country_of(time_zone: str, currency: str) -> str:
    """The country that phone numbers without a country code are taken to be of."""
    by_currency = {"CAD": "CA", "GBP": "GB", "AUD": "AU", "NZD": "NZ", "MXN": "MX", "EUR": "DE", "CHF": "CH"}
    return by_currency.get(currency.strip().upper(), "GB" if time_zone == "Europe/London" else "US")


async def _add(app: "StylistDesk") -> None:
    desk = app.desk
    assert desk is not None

    def saver(command: Any) -> Any:
        async def save(values: dict[str, str]) -> Any:
            return await asyncio.to_thread(desk.do, command(values))

        return save

    outcome = await app.push_screen_wait(add_client(saver))
    if outcome is not None:
        await app.action_tab("daily_tasks")
        screen = app.desk_screen
        if screen is not None:
            await screen.changed(outcome.client_ids, back_to=outcome.client_ids)
        app.tell_done(outcome, f"{app.keymap_of_desk.shown('done')} when you have been in touch with her.")


class Beginnings(PageDialog[str]):
    """Where to begin: the demo, a file, or a first client by hand."""

    BINDINGS: ClassVar[list[Binding]] = [*bindings(Scope.WELCOME), Binding("escape", "dismiss(None)", show=False)]
    PLACE = "Welcome"

    def __init__(self, app: "StylistDesk", rep_name: str) -> None:
        super().__init__()
        self.keymap = app.keymap_of_desk
        self.page_title = f"Your desk is ready, {text.clean(rep_name)}"

    def lines(self, width: int) -> list[Line]:
        page: list[Line] = [
            (Piece(part),) for part in wrap("It has no clients yet. Where would you like to begin?", width)
        ]
        page.append(BLANK)
        for act in acts_of((Scope.WELCOME,)):
            page.append((Piece(f"  {self.keymap.shown(act.id)}  ", "key"), Piece(act.label, "strong")))
            page += [(Piece("     "), Piece(part, "quiet")) for part in wrap(act.help, width - 6)]
        page += [BLANK, (Piece(" esc  ", "key"), Piece("Look around first", "quiet"))]
        return page

    def action_choose(self, what: str) -> None:
        self.dismiss(what)

    @on(Page.Resized)
    def _focus(self) -> None:
        self.query_one(Page).focus()
