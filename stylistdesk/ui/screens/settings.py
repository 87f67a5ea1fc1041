"""Settings (ctrl+l): every one with its value, what it means and what it may be; a change is in the file at once."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from stylistdesk.domain.errors import Refused
from stylistdesk.settings import Settings
from stylistdesk.settings_history import Way
from stylistdesk.settings_table import Setting
from stylistdesk.ui import text, words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.keys_of_settings import refuse_keys
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.putting_on import put_on, wrong_on_screen
from stylistdesk.ui.screens.filtered import Filtered
from stylistdesk.ui.screens.setting_rows import (
    SettingRow,
    all_settings,
    grouped,
    of_environment,
    row_line,
    row_lines,
    rows_of,
    sought,
)
from stylistdesk.ui.setting_jobs import new_value
from stylistdesk.ui.widgets.drawn import Page
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp
from stylistdesk.ui.widgets.grouped_list import GroupedList
from stylistdesk.ui.widgets.record_list import RecordList


class SettingsScreen(Filtered):
    """The list has the focus, the pane follows the cursor. What was changed in the file can be taken back here."""

    PLACE = "Settings"
    AUTO_FOCUS = "#list"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SETTINGS, Scope.PAGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SettingRow] = []
        self.only = False  # what is not at its default
        # In which history each change since the settings were opened is: "desk" or "file".
        self.made: list[str] = []
        self.unmade: list[str] = []

    # ------------------------------------------------------------------ frame

    def body(self) -> Iterable[Widget]:
        listed: GroupedList[SettingRow] = GroupedList(self._lay_out, lambda row: row.id, row_height=1, id="list")
        listed.follow = self._show_pane
        yield listed
        yield Page(id="pane")

    @property
    def listed(self) -> "GroupedList[SettingRow]":
        """The list."""
        return self.query_one("#list", GroupedList)

    def _lay_out(self, row: SettingRow, width: int) -> tuple[Line, ...]:
        return (row_line(row, width, self.program.symbols.mark),)

    # ---------------------------------------------------------------- showing

    def reload(self) -> None:
        start(self, self._load, "settings", group="load", exclusive=True)

    async def _load(self) -> None:
        desk = self.desk
        if desk is not None:
            self.shown_version = desk.version
            self.rows = await asyncio.to_thread(rows_of, desk, wrong_on_screen(self.program, desk))
            self.say_banner(desk.loaded.unreadable or desk.read_only or self.program.banner)
            self._show()

    def _show(self, *, at_first: bool = False) -> None:
        desk, shown = self.desk, self.program.keymap_of_desk.shown
        if desk is None:
            return
        rows = sought(self.rows, self.filter, only_changed=self.only)
        listed = self.listed
        said = "Every setting is at its default." if self.only and not self.filter else "No setting has these words."
        key = shown("settings_changed" if self.only and not self.filter else "clear")
        listed.empty = [(Piece(said, "strong"),), BLANK, (Piece(f"{key} ", "key"), Piece("shows all.", "quiet"))]
        at = None if at_first else listed.record
        listed.set_groups(grouped(rows), at_key=at.id if at is not None else None, at_index=0 if at_first else None)
        only, found = "not at their default" if self.only else "", f"with “{self.filter}”" if self.filter else ""
        dot = f" {self.program.symbols.dot} "
        listed.entitle(text.content(dot.join(["Settings", *(part for part in (only, found) if part)])))
        changed = sum(row.differs for row in self.rows)
        wrong = sum(row.problem is not None for row in self.rows)
        parts = [Piece(words.count(len(self.rows), "setting"), "strong")]
        said = f"{changed} not at {'its' if changed == 1 else 'their'} default" if changed else "all at their default"
        parts.append(Piece(f"   {said}", "label" if changed else "quiet"))
        if wrong:
            parts.append(Piece(f"   {wrong} not understood", "late"))
        self.query_one(SumUp).sum_up(tuple(parts))
        self._show_pane()

    def _show_pane(self) -> None:
        row, desk, page = self.listed.record, self.desk, self.query_one("#pane", Page)
        if desk is None or row is None:
            page.entitle(text.content(""))
            page.show(())
            return
        page.entitle(text.content(row.title), text.content(row.group))
        shown = self.program.keymap_of_desk.shown
        page.show(row_lines(row, page.room, desk.currency, str(desk.paths.settings), shown))
        self.query_one(KeyFooter).relabel(
            {
                "settings_one_more": "One more key" if row.is_key else "",
                "settings_default": "Default" if row.differs or (row.problem is not None and row.setting) else "",
                "settings_changed": "All" if self.only else "Only changed",
            }
        )

    @on(RecordList.Moved)
    @on(Page.Resized)
    def _follow(self) -> None:
        self._show_pane()

    async def changed(self, client_ids: tuple[int, ...], *, back_to: tuple[int, ...] = ()) -> None:
        await self._load()

    # ------------------------------------------------------------ going about

    def refilter(self) -> None:
        self._show(at_first=bool(self.filter))

    def action_only_changed(self) -> None:
        self.only = not self.only
        self._show()

    def action_group(self, by: int) -> None:
        """To the first setting of the group before, or of the next one."""
        listed = self.listed
        rows = listed.records
        at = listed.record
        names = list(dict.fromkeys(row.group for row in rows))
        if at is not None:
            name = names[(names.index(at.group) + by) % len(names)]
            first = next(row for row in rows if row.group == name)
            listed.move_to(listed.index_of(first.id) or 0)

    def action_back(self) -> None:
        """Out of the filter, and then back to where she was."""
        if self.filter:
            self.action_clear()
        else:
            self.dismiss(None)

    # --------------------------------------------------------------- changing

    @on(RecordList.Opened)
    def action_change(self) -> None:
        """Change what is under the cursor."""
        self._start(self._change)

    def action_one_more(self) -> None:
        """Give the action one more key."""
        self._start(partial(self._change, more=True))

    def action_to_default(self) -> None:
        """Put it back to its default."""
        self._start(self._to_default)

    def _start(self, job: Any) -> None:
        row = self.listed.record
        if row is None or self.desk is None:
            return
        if row.setting is not None and (name := of_environment(row.setting)) is not None:
            self.tell(f"{name} is set, and says what this is.", bad=True, after="Without it, the file does.")
        else:
            start(self.program, partial(job, row), "settings", group="dialog")

    async def _change(self, row: SettingRow, *, more: bool = False) -> None:
        desk = self.desk
        assert desk is not None
        if row.setting is not None:
            if not more or row.is_key:
                await new_value(self, row, partial(self._save, row.setting), more=more)
        elif row.field:
            from stylistdesk.ui.dialogs.your_desk import ask_your_desk

            version = desk.version
            await ask_your_desk(self.program, first=row.field)
            if desk.version != version:
                self._has_made("desk")
        else:
            self.tell(row.about, bad=True, after="Mend that line of the file.")

    async def _to_default(self, row: SettingRow) -> None:
        if row.setting is None:
            self.tell("This has no default.", bad=True)
        elif not row.differs and row.problem is None:
            self.tell("It is at its default.")
        else:
            assert self.desk is not None
            refuse_keys(self.desk.settings.keys, row.setting, None)
            await self._save(row.setting, None)

    async def _save(self, setting: Setting, value: Any) -> None:
        """Have a setting be this, or its default (`None`), and say so. Raises `Refused`."""
        desk = self.desk
        assert desk is not None
        before = desk.settings
        await asyncio.to_thread(desk.change_setting, setting, None if value == setting.default else value)
        self._has_made("file")
        await self._show_changed(before)
        undo = f"{self.program.keymap_of_desk.shown('undo')} takes it back."
        self.tell(self._said(setting), after=_counts(setting), undo=undo)

    def _has_made(self, where: str) -> None:
        self.made.append(where)
        self.unmade.clear()

    async def _show_changed(self, before: Settings) -> None:
        put_on(self.program, before)
        await self._load()

    def _said(self, setting: Setting) -> str:
        value = next((row.value for row in self.rows if row.setting == setting), "")
        return f"{setting.title} is {value} now."

    async def turn_back(self, way: Way) -> None:
        """Take back the last change of the settings, or do it again: their file has a history of its own (R7)."""
        desk = self.desk
        assert desk is not None
        taken, given = (self.made, self.unmade) if way == "undo" else (self.unmade, self.made)
        where = taken.pop() if taken else "file"
        try:
            if where == "desk":
                outcome = await asyncio.to_thread(desk.undo if way == "undo" else desk.redo)
                given.append(where)
                await self._load()
                self.tell(f"{outcome.label}: {'taken back' if way == 'undo' else 'done again'}.")
                return
            before, known = desk.settings, {one.path: one for one in all_settings()}
            step = await asyncio.to_thread(desk.turn_settings, way, known, partial(refuse_keys, before.keys))
        except Refused as no:
            self.tell(str(no), bad=True)
            return
        given.append(where)
        await self._show_changed(before)
        first = known[step[0].path]
        after = _counts(first) or await self._password_said(first)
        if len(step) == 1:
            self.tell(self._said(first), after=after)
        else:
            done = "are as they were" if way == "undo" else "are changed again"
            self.tell(f"{len(step)} settings of “{first.group}” {done}.", after=after)

    async def _password_said(self, first: Setting) -> str:
        """Passwords are in the keyring and have no history: the one of an account that comes back is typed again."""
        from stylistdesk.exchange.sending_account import SECTION, lacks_password

        desk, shown = self.desk, self.program.keymap_of_desk.shown
        if (
            desk is None
            or first.path[0] != SECTION
            or not await asyncio.to_thread(lacks_password, desk.settings.sending)
        ):
            return ""
        return f"Type its password: {shown('outbox')}, then {shown('outbox_account')}."


def _counts(setting: Setting) -> str:
    return "It counts from the next start." if setting.next_start else ""
