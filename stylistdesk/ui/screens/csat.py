"""CSAT (R21): how clients feel: what is new and what wants an answer first, and a key for each thing to do about it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from stylistdesk.domain.csat import LOW, SATISFIED, THEME_WORDS, say_themes
from stylistdesk.domain.dates import LocalNow
from stylistdesk.domain.types import Theme
from stylistdesk.ui import text, words
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.screens.csat_lines import PaneOfResponse, row_lines, stars, summary, when
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.screens.grouped_screen import Group, GroupedScreen

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.csat import ResponsePane, ResponseRow, Responses

ONLY: dict[str, tuple[str, "Callable[[ResponseRow], bool]"]] = {
    "": ("all", lambda row: True),
    "unread": ("unread", lambda row: row.read_at is None),
    "answer": ("to answer", lambda row: row.to_answer),
    "low": ("1 and 2 of 5", lambda row: row.score <= LOW),
    "middle": ("3 of 5", lambda row: LOW < row.score < SATISFIED),
    "high": ("4 and 5 of 5", lambda row: row.score >= SATISFIED),
    **{
        theme.value: (f"about {said}", partial(lambda theme, row: theme in row.themes, theme))
        for theme, said in THEME_WORDS.items()
    },
    "action": ("with an action to do", lambda row: row.action_done is False),
    "asm": ("asked of your ASM", lambda row: row.asked),
}
"""What can be shown alone, by its key: its words, and whether a row is shown."""


class Csat(GroupedScreen["ResponseRow", "ResponsePane"]):
    """The responses: unread ones, those that wait for an answer, and the rest."""

    PLACE = "CSAT"
    TAB: ClassVar[str] = "csat"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.CSAT, Scope.CLIENT, Scope.LIST)  # type: ignore[assignment]
    KEY_LABELS: ClassVar[dict[str, str]] = {"message": "Answer", "follow_up": ""}

    def __init__(self) -> None:
        super().__init__()
        self.known: Responses | None = None
        self.only = ""

    # ------------------------------------------------------------------- rows

    def read(self, desk: "Desk") -> "Sequence[Group[ResponseRow]]":
        from stylistdesk.queries.csat import responses

        known = self.known = desk.ask(responses)
        shows = ONLY[self.only][1]
        return tuple(
            Group(said, tuple(row for row in rows if shows(row)), look)
            for said, rows, look in (
                ("Unread", known.unread, "label"),
                ("To answer", known.to_answer, "late"),
                ("Read", known.rest, "quiet"),
            )
        )

    def read_panes(self, desk: "Desk", keys: tuple[int, ...]) -> "dict[int, ResponsePane]":
        from stylistdesk.queries.csat import response_panes

        return desk.ask(response_panes, keys)

    def key_of(self, row: "ResponseRow") -> int:
        return row.id

    def client_of(self, row: "ResponseRow") -> int:
        return row.client_id

    def said(self, row: "ResponseRow") -> str:
        return f"{row.client} {row.comment} {say_themes(row.themes)} {row.score} of 5"

    @property
    def _here(self) -> LocalNow:
        assert self.desk is not None
        return LocalNow(self.desk.now(), self.desk.zone)

    def lay_out(self, row: "ResponseRow", width: int) -> tuple[Line, Line]:
        return row_lines(row, self._here, self.program.symbols, width)

    def pane_titles(self, pane: "ResponsePane") -> tuple[str, str]:
        title = f"{pane.row.client}  {stars(pane.row.score, self.program.symbols)}"
        return title, when(pane.row.responded_at, self._here)

    def pane_lines(self, pane: "ResponsePane", width: int, beside: int | None) -> tuple[list[Line], None]:
        return PaneOfResponse(pane, self.known, self._here, self.program.symbols, width).all(), None

    def summary(self) -> Line:
        from stylistdesk.queries.csat import DAYS

        return summary(self.known, DAYS, self._here, self.program.symbols) if self.known is not None else BLANK

    def title_list(self) -> None:
        super().title_list()
        said = [ONLY[self.only][0]] if self.only else []
        said += [f"with “{self.filter}”"] if self.filter else []
        said += [f"{len(self.listed.marks)} marked"] if self.listed.marks else []
        left_out = self.known.left_out if self.known is not None else 0
        said += [f"{left_out:,} older ones are not listed"] if left_out and not said else []
        self.listed.entitle(text.content(f" {self.program.symbols.dot} ".join(said)))

    def empty(self) -> list[Line]:
        keymap = self.program.keymap_of_desk
        if self.only:
            keys = keys_for(keymap, ("clear", "shows all again"), ("csat_only", "shows others"))
            return [(Piece(f"No response is {ONLY[self.only][0]}.", "strong"),), BLANK, *keys]
        keys = keys_for(keymap, ("import", "bring in a file of them"), ("csat_add", "type in what a client said"))
        return [(Piece("No client has said how she feels yet.", "strong"),), BLANK, *keys]

    # --------------------------------------------------------- what a key does at once

    async def action_turn_read(self) -> None:
        """They are read, or unread again."""
        from stylistdesk.commands.csat import MarkRead

        if rows := self.chosen:
            read = any(row.read_at is None for row in rows)
            await self.carry_out_here(MarkRead([row.id for row in rows], read), stay=not read)

    async def action_turn_answered(self) -> None:
        """They have their answer, or have none after all."""
        from stylistdesk.commands.csat import MarkAnswered

        if rows := self.chosen:
            answered = any(row.answered_at is None for row in rows)
            await self.carry_out_here(MarkAnswered([row.id for row in rows], answered), stay=not answered)

    async def action_check_today(self) -> None:
        """She looked through them all."""
        from stylistdesk.commands.csat import CheckToday

        await self.carry_out_here(CheckToday(), stay=True)

    async def action_take_away(self) -> None:
        """Remove what was typed in; u undoes it."""
        from stylistdesk.commands.base import Together
        from stylistdesk.commands.csat import RemoveResponse

        if rows := self.chosen:
            await self.carry_out_here(Together([RemoveResponse(row.id) for row in rows]))

    async def action_open_row(self) -> None:
        """Open it: then it is read."""
        from stylistdesk.commands.csat import MarkRead

        row, desk = self.row, self.desk
        await super().action_open_row()
        if row is not None and row.read_at is None and desk is not None and desk.read_only is None:
            outcome = await self.program.carry_out(MarkRead([row.id]))
            if outcome is not None:
                await self.load(at_key=row.id)
                self.program.tell_done(outcome)

    # --------------------------------------------------------------- what a key asks

    def action_message(self) -> None:
        self._ask("answer")

    def action_call(self) -> None:
        self._ask("call")

    def action_adjust(self) -> None:
        """What is to be adjusted after it."""
        self._ask("adjust")

    def action_ask_asm(self) -> None:
        """Ask the ASM about it."""
        self._ask("ask_asm")

    def action_change(self) -> None:
        """Change what was typed in."""
        if self.row is not None and not self.row.typed_in:
            self.tell("This response came in a file: it stays as she gave it.", bad=True)
        else:
            self._ask("change")

    def _ask(self, name: str) -> None:
        """Ask about the response under the cursor; keys wait for the form."""

        async def ask() -> None:
            from stylistdesk.ui.csat_forms import JOBS

            row = self.row
            if row is None or self.app.screen is not self:
                return
            outcome, more = await JOBS[name](self, row)
            if outcome is not None:
                await self._go_on_if_it_left(row)
                self.program.tell_done(outcome, more)

        start(self.program, ask, name, group="dialog")

    async def _go_on_if_it_left(self, row: "ResponseRow") -> None:
        """Read the rows again; the cursor stays on the row, or is on the next one if it is in another group now."""

        def group() -> str | None:
            return next((group.words for group in self.groups for each in group.rows if each.id == row.id), None)

        was, after = group(), self.key_after()
        await self.load(at_key=row.id)
        if after is not None and group() != was:
            self.show_rows(at_key=after)

    def action_add_one(self) -> None:
        """Type in what a client said."""
        if self.desk is not None:
            start(self.program, self._add, "add", group="dialog")

    async def _add(self) -> None:
        from stylistdesk.ui.csat_forms import add_response

        outcome = await add_response(self)
        if outcome is not None:
            await self.load(at_key=outcome.value)
            self.program.tell_done(outcome)

    def action_themes(self) -> None:
        """Say what they are about."""
        if self.chosen:
            start(self.program, self._choose_themes, "themes", group="dialog")

    async def _choose_themes(self) -> None:
        from stylistdesk.commands.csat import ChangeThemes
        from stylistdesk.ui.dialogs.themes import Themes

        rows = self.chosen
        common = frozenset(Theme).intersection(*(row.themes for row in rows))
        whose = rows[0].client if len(rows) == 1 else words.count(len(rows), "response")
        chosen: frozenset[Theme] | None = await self.app.push_screen_wait(Themes(f"Themes: {whose}", common))
        if chosen is not None and (chosen != common or len(rows) > 1):
            ids = [row.id for row in rows]
            await self.carry_out_here(ChangeThemes(ids, chosen - common, common - chosen), stay=len(rows) == 1)

    # ------------------------------------------------------------------ what is shown

    def action_show_only(self) -> None:
        """Choose what is shown alone."""
        start(self.program, self._choose_only, "show only", group="dialog")

    async def _choose_only(self) -> None:
        from stylistdesk.ui.dialogs.picker import Picker

        choices = [(name, said) for name, (said, _) in ONLY.items()]
        only: str | None = await self.app.push_screen_wait(Picker("Show only", choices, self.only))
        if only is not None:
            self.only = only
            await self.load()

    def action_clear(self) -> None:
        """Clear the filter, then the marks, then what is shown alone."""
        from stylistdesk.ui.screens.base import FilterLine

        if self.only and not self.listed.marks and not self.query_one(FilterLine).has_class("-open"):
            self.only = ""
            self.reload()
        else:
            super().action_clear()
