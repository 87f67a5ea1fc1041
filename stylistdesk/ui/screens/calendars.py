"""Calendars on servers: the accounts, when they were last in step, and what was changed on both sides (R19)."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.dates import LocalNow, say_ago, say_day
from stylistdesk.domain.errors import Refused
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, cut, fit, line
from stylistdesk.ui.screens.entries_page import EntriesPage
from stylistdesk.ui.widgets.entries import Entries, Entry
from stylistdesk.ui.widgets.frame import SumUp

if TYPE_CHECKING:
    from datetime import date

    from stylistdesk.exchange.caldav_view import TwoSides
    from stylistdesk.exchange.records import EventRecord
    from stylistdesk.queries.calendars import AccountRow
    from stylistdesk.ui.app import StylistDesk

LABEL = 8
WIDEST = 120


async def open_calendars(program: "StylistDesk") -> None:
    """Show the calendars on servers."""
    if program.desk is not None:
        await program.push_screen(CalendarsScreen())


class CalendarsScreen(EntriesPage):
    """What waits for the rep's word first, both sides side by side; then the accounts."""

    PLACE = "Calendars"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CALENDARS, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.accounts: tuple[AccountRow, ...] = ()
        self.sides: tuple[TwoSides, ...] = ()
        self.syncing = False

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return

        def read() -> "tuple[tuple[AccountRow, ...], tuple[TwoSides, ...]]":
            from stylistdesk.exchange.caldav_view import conflict_sides
            from stylistdesk.queries.calendars import calendar_accounts

            return desk.ask(calendar_accounts), desk.ask(conflict_sides)

        self.shown_version = desk.version
        self.accounts, self.sides = await asyncio.to_thread(read)
        self._show()

    def _show(self) -> None:
        desk = self.desk
        if desk is None:
            return
        width, shown = min(self._entries.room, WIDEST), self.program.keymap_of_desk.shown
        here = LocalNow(desk.now(), desk.zone)
        entries: list[Entry] = []
        if self.sides:
            keys = (shown("calendars_ours"), shown("calendars_theirs"))
            said = (
                Piece(" Changed on both sides", "label"),
                Piece(f"   {keys[0]} keeps yours, {keys[1]} theirs", "quiet"),
            )
            entries.append(Entry((cut(said, width), BLANK)))
            for two in self.sides:
                entries.append(Entry(tuple(_both_sides(two, here, width)), ("conflict", two.id)))
                entries.append(Entry((BLANK,)))
        entries.append(Entry(((Piece(" Calendars", "label"),),)))
        entries += [Entry(_account_lines(one, here, width), ("account", one.id)) for one in self.accounts]
        if not self.accounts:
            adds = line(
                Piece(f" {shown('calendars_add')}", "key"),
                Piece(" adds a calendar on a server (CalDAV): Nextcloud, iCloud, Fastmail, Radicale.", "quiet"),
            )
            entries.append(Entry((BLANK, cut(adds, width))))
        self._entries.border_title = text.content("Calendars on servers")
        self._entries.show(entries, keep_place=True)
        parts = [Piece(words.count(len(self.accounts), "calendar"), "strong")]
        if self.sides:
            parts.append(Piece(f"   {len(self.sides)} changed on both sides: say which side stays", "late"))
        if self.syncing:
            parts.append(Piece("   syncing …", "quiet"))
        self.query_one(SumUp).sum_up(tuple(parts))

    # -------------------------------------------------------------------- keys

    def _start(self, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self.desk is not None:
            start(self.program, job, "calendars", group="dialog")

    def _account(self) -> "AccountRow | None":
        key = self._entries.current
        return next((one for one in self.accounts if key == ("account", one.id)), None)

    def action_sync(self) -> None:
        """Bring all in step, one after the other; a key is answered meanwhile."""
        if not self.accounts:
            self.tell("There is no calendar yet.", bad=True)
        elif not self.syncing and self.desk is not None:
            self.syncing = True
            self._show()
            start(self, partial(self._sync, self.accounts), "sync", group="sync")

    async def _sync(self, accounts: "tuple[AccountRow, ...]") -> None:
        desk = self.desk
        assert desk is not None

        def job(account: "AccountRow") -> tuple[str, tuple[int, ...]]:
            from stylistdesk.exchange.caldav_accounts import sync_with_kept_password

            report = sync_with_kept_password(desk, account)
            said = "; ".join([report.in_words, *report.problems[:2]])
            return f"{account.name}: {said}", report.clients

        told, touched, bad = [], set[int](), False
        try:
            for account in accounts:
                try:
                    said, clients = await asyncio.to_thread(job, account)
                except Refused as no:
                    said, clients, bad = f"{account.name}: {no}", (), True
                told.append(said)
                touched.update(clients)
        finally:
            self.syncing = False
        self.program.counts.count_again(tuple(touched))
        await self._load()
        self.tell("   ".join(told), bad=bad)

    async def action_keep(self, side: str) -> None:
        """The rep's word on the conflict under the cursor; ours goes to the server with the next sync."""
        from stylistdesk.exchange.caldav_apply import SettleConflict

        key = self._entries.current
        if isinstance(key, tuple) and key[0] == "conflict":
            await self.carry_out(SettleConflict(int(key[1]), side))
        else:
            self.tell("Nothing under the cursor was changed on both sides.", bad=True)

    def action_add_account(self) -> None:
        self._start(self._add)

    async def _add(self) -> None:
        if await self._fill_in(None) is not None:
            self.action_sync()

    @on(Entries.Opened)
    def action_edit_account(self) -> None:
        account = self._account()
        if account is None:
            self.tell("Put the cursor on a calendar to change it.", bad=True)
        else:
            self._start(partial(self._fill_in, account))

    async def _fill_in(self, account: "AccountRow | None") -> Any:
        """The form of a calendar, or of a new one; what came of it, or nothing."""
        desk = self.desk
        assert desk is not None

        async def save(values: dict[str, str]) -> Any:
            from stylistdesk.commands.calendar_accounts import AccountForm
            from stylistdesk.exchange.caldav_accounts import add_account, edit_account

            form = AccountForm(values["name"], values["url"], values["username"])
            keep = partial(add_account, desk) if account is None else partial(edit_account, desk, account)
            return await asyncio.to_thread(keep, form, values["password"])

        title = f"Edit {account.name}" if account is not None else "Add a calendar on a server"
        return await self.show_form(Form(title, _fields(account), save))

    async def action_remove_account(self) -> None:
        """What came from it goes; its password is forgotten."""
        from stylistdesk.commands.calendar_accounts import RemoveCalendarAccount
        from stylistdesk.exchange.keyrings import CALENDARS

        account = self._account()
        if account is None:
            self.tell("Put the cursor on a calendar to remove it.", bad=True)
        elif await self.carry_out(RemoveCalendarAccount(account.id)):
            await asyncio.to_thread(CALENDARS.forget, account.url, account.username)


def _fields(account: "AccountRow | None") -> list[Field]:
    kept = "empty keeps the one that is kept" if account is not None else "kept in your system's keyring, nowhere else"
    return [
        Field("name", "Name", account.name if account else "", "how you call it: work, phone"),
        Field("url", "Address", account.url if account else "https://", "of one calendar, as its settings show it"),
        Field("username", "User name", account.username if account else ""),
        Field("password", "Password", "", kept, secret=True),
    ]


def _account_lines(one: "AccountRow", here: LocalNow, width: int) -> tuple[Line, ...]:
    about = "not synced yet"
    if one.synced_at is not None:
        about = f"in step {say_ago(one.synced_at, here)}, {words.count(one.events, 'event')}"
    name = cut(line(Piece(fit(f" {one.name}", 22), "strong"), Piece(about, "" if one.synced_at else "quiet")), width)
    who = f"{one.username} at " if one.username else ""
    return name, cut(line(Piece(f"   {who}{one.url}", "quiet")), width)


def _both_sides(one: "TwoSides", here: LocalNow, width: int) -> list[Line]:
    """The two sides in two columns; what differs stands out."""
    half = max(12, (width - LABEL - 3) // 2)
    lines = [
        cut(
            line(Piece(f" {one.title}", "strong"), Piece(f"   {one.account}, {say_ago(one.found_at, here)}", "quiet")),
            width,
        ),
        (Piece(fit("", LABEL)), Piece(fit("Yours", half), "label"), Piece(" "), Piece(fit("Theirs", half), "label")),
    ]
    ours, theirs = _told(one.ours, here), _told(one.theirs, here)
    for label in ("When", "Title", "Place", "Note"):
        mine, other = ours.get(label, ""), theirs.get(label, "")
        if mine or other:
            look = "strong" if mine != other else "quiet"
            lines.append(
                (
                    Piece(fit(f" {label}", LABEL), "label"),
                    Piece(fit(mine, half), look),
                    Piece(" "),
                    Piece(fit(other, half), look),
                )
            )
    return lines


def _told(side: "EventRecord | None", here: LocalNow) -> dict[str, str]:
    if side is None:
        return {"When": "removed"}
    return {"When": _when(side, here), "Title": side.title, "Place": side.place, "Note": " ".join(side.note.split())}


def _when(side: "EventRecord", here: LocalNow) -> str:
    def day(on: "date") -> str:
        return say_day(on, here.today)

    if side.starts_on is not None:
        return day(side.starts_on)
    first, last = here.day(side.starts_at), here.day(side.ends_at)
    ends = here.hour(side.ends_at) if first == last else f"{day(last)} {here.hour(side.ends_at)}"
    return f"{day(first)} {here.hour(side.starts_at)} to {ends}"
