"""What the open program notices by itself: changes from outside, files in the inbox, and the time that passes."""

import asyncio
import gc
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from stylistdesk.clock import Clock
from stylistdesk.ui.going import Going
from stylistdesk.ui.jobs import collect_again, start
from stylistdesk.ui.putting_on import put_on, say_followed
from stylistdesk.ui.screens.base import DeskScreen
from stylistdesk.ui.sending import Sending
from stylistdesk.ui.tabs import SCREENS, import_tab

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.ui.app import StylistDesk

MINUTES = 5
"""What the hour changes is looked for so often."""
AT_EASE = 3.0
"""Seconds after the desk was opened: its first screen is filled by then."""
BETWEEN = 0.25
"""Seconds between two tabs that are mounted ahead."""
RESTS = 1.0
"""Seconds without a key, after which she rests: to mount a tab takes a tenth of one, in which no key is answered."""


class Watching(Going):
    """The part of the program that looks around once a second."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        super().__init__(data_dir, clock)
        self.mounting_ahead = self._leaving = False
        self.sending = Sending(self._program)
        self.input_at = 0.0  # the last key or click, by the clock that never goes back
        self._asked_inbox: set[Path] = set()
        self._spell: tuple[date, int, int] | None = None
        self._minute = -1
        self._learned_from: tuple[object, ...] | None = None

    async def mount_tabs(self) -> None:
        """Mount the tabs ahead, one after the other while she rests: going to one then paints a frame at once."""
        await asyncio.sleep(AT_EASE)
        await asyncio.to_thread(_warm_forms)
        gc.freeze()  # what was read since the desk opened, too: to look through it takes a tenth of a second
        for mode in SCREENS:
            await asyncio.to_thread(import_tab, mode)
            await self._she_rests()
            if not self._screen_stacks.get(mode) and not self._leaving:
                self.mounting_ahead = True
                try:
                    await self._init_mode(mode)
                finally:
                    self.mounting_ahead = False
                screen = self._screen_stacks[mode][0]
                if isinstance(screen, DeskScreen) and self.desk is not None:
                    await asyncio.to_thread(screen.warm, self.desk)
        await self._she_rests()
        collect_again()  # or the collector looks at all of it while a key waits, again and again

    async def _she_rests(self) -> None:
        await asyncio.sleep(BETWEEN)
        while time.monotonic() - self.input_at < RESTS:
            await asyncio.sleep(BETWEEN)

    async def _shutdown(self) -> None:
        self._leaving = True  # no screen comes while all of them go; one that is half there comes first
        for _ in range(100):
            if not self.mounting_ahead:
                break
            await asyncio.sleep(0.02)
        self.workers.cancel_group(self, "tabs")
        await super()._shutdown()

    @property
    def _program(self) -> "StylistDesk":
        return cast("StylistDesk", self)

    def _look(self) -> None:
        start(self, self._look_around, "look around", group="look", exclusive=True)

    async def _look_around(self) -> None:
        """Follow changes from outside, offer what was dropped in the inbox, keep the clock right."""
        desk, screen = self.desk, self.screen
        if desk is None:
            return
        self._program.show_frame()
        was, epoch = desk.held, desk.epoch
        if await asyncio.to_thread(desk.poll) and isinstance(screen, DeskScreen):
            self._program.tell_banner()
            screen.reload()
        if desk.held is not None:
            await self._look_at_others(desk, is_new=was is None)
        if desk.epoch != epoch:
            self.forget_all()
        before = desk.settings
        if await asyncio.to_thread(desk.follow_settings) and desk is self.desk:
            put_on(self._program, before)
            say_followed(self._program, desk)
        self._program.counts.follow()
        self._let_time_pass(screen)
        self.sending.look()
        if not any(worker.group == "learn" and worker.is_running for worker in self.workers):
            start(self, self._learn, "who is likely to buy", group="learn")
        if desk.is_open_elsewhere and not any(worker.group == "own" and worker.is_running for worker in self.workers):
            start(self, self._take_over, "the other window may be closed", group="own")
        if desk.read_only is None and isinstance(screen, DeskScreen):
            dropped = [p for p in await asyncio.to_thread(desk.inbox_files) if p not in self._asked_inbox]
            if dropped and self.screen is screen:
                self._asked_inbox.add(dropped[0])
                self.import_this(dropped[0])

    @property
    def spell(self) -> tuple[date, int, int]:
        """The few minutes that it is now."""
        now = self._program.local_now()
        return now.date(), now.hour, now.minute // MINUTES

    def _let_time_pass(self, screen: Screen[object]) -> None:
        """What becomes due while the desk is open appears, every few minutes and on a new day."""
        now, spell = self._program.local_now(), self.spell
        if now.minute != self._minute:
            self._minute = now.minute
            start(self, self._say_open, "say that it is open", group="own")
            self._program.counts.count_again(())
        before, self._spell = self._spell, spell
        if before in (None, spell):
            return
        self._program.counts.count_again()
        if isinstance(screen, DeskScreen):
            screen.shown_spell = spell
            screen.time_passed()

    async def _learn(self) -> None:
        """Keep what clients are expected to bring (R48) in step with their orders and the day."""
        desk = self.desk
        if desk is None or desk.read_only is not None:
            return
        version, today = desk.version, self._program.local_now().date()
        if self._learned_from == (desk, version, today):
            return
        changed = await asyncio.to_thread(desk.learn_buyers)
        self._learned_from = (desk, version + changed, today)
        if changed and isinstance(self.screen, DeskScreen):
            self.screen.reload()

    # ------------------------------------------------------------- two machines

    @property
    def banner_words(self) -> str:
        """What the banner says: why this window only reads, or whose desk it is."""
        desk = self.desk
        if desk is None or not desk.read_only:
            return self._program.banner
        more = f" {self._program.keymap_of_desk.shown('keep_safe')} says more." if desk.held is not None else ""
        return f"{desk.read_only}{more}"

    async def _say_open(self) -> None:
        if self.desk is not None:
            await asyncio.to_thread(self.desk.say_open)

    async def _look_at_others(self, desk: "Desk", *, is_new: bool) -> None:
        """Say that another machine has the desk; write here once nothing speaks against it any more."""
        said = desk.read_only
        if is_new:
            self.tell_held()
        if await asyncio.to_thread(desk.hold_no_more):
            self.written_here("Nothing speaks against it any more: you can write here.")
        elif desk.read_only != said:
            self._program.tell_banner()

    def tell_held(self) -> None:
        """Say why the desk can only be read for now, and offer to take it over."""
        start(self, self._ask_held, "another machine", group="dialog")

    async def _ask_held(self) -> None:
        from stylistdesk.ui.dialogs.held import ask_to_take_over

        await ask_to_take_over(self._program)

    def written_here(self, words: str) -> None:
        """This window writes from now on: show the desk as it is, and say so."""
        self.forget_all()
        self._program.tell(words)
        start(self, self._program.look_after_file, "looking after the file", group="file")

    def forget_all(self) -> None:
        """Another desk has come in the place of the one that was read: a backup, say. Read all of it anew."""
        for stack in self._screen_stacks.values():
            for each in stack:
                if isinstance(each, DeskScreen):
                    each.forget()
        self._program.tell_banner()
        self._program.counts.count_again()
        if (shown := self._program.desk_screen) is not None:
            shown.reload()

    async def _take_over(self) -> None:
        """Write in this window from now on, if the other one is closed."""
        desk = self.desk
        if desk is None:
            return
        taken = await asyncio.to_thread(desk.take_over)
        if desk.is_open_elsewhere or desk is not self.desk:
            return
        self._program.tell_banner()
        if taken:
            screen = next(each for each in reversed(self.screen_stack) if isinstance(each, DeskScreen))
            screen.reload()
            screen.tell("The other window is closed: now you can write in this one.")
            start(self, self._program.look_after_file, "looking after the file", group="file")

    def import_this(self, path: Path) -> None:
        """Offer a file that was dropped in the inbox folder, and after it the next one."""
        from stylistdesk.ui.screens.importing import offer

        async def offered() -> None:
            if await offer(self._program, path):
                self._asked_inbox.discard(path)  # another file may come under the same name
            self._look()

        start(self, offered, "import")


def _warm_forms() -> None:
    """Bring in the forms of a client, and what fills a template, before she presses the first key for one."""
    from stylistdesk import filling
    from stylistdesk.ui import triage_forms

    assert triage_forms.FORMS
    filling.warm()
