"""Keep safe: the backups, made, checked, compared and put back; and a second machine that has the desk."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from stylistdesk.domain.comparison import say_comparison
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import counted
from stylistdesk.ui import text, words
from stylistdesk.ui.dialogs.compared import ComparedPage, SafeHelp
from stylistdesk.ui.dialogs.confirm import Confirm
from stylistdesk.ui.dialogs.held import ask_to_take_over
from stylistdesk.ui.dialogs.key_file import ask_key
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.screens.empty import keys_for
from stylistdesk.ui.screens.keep_safe_lines import aside_lines, backup_lines, place_lines
from stylistdesk.ui.screens.long_jobs import LongJobsPage
from stylistdesk.ui.widgets.entries import Entries, Entry, Key
from stylistdesk.ui.widgets.frame import KeyFooter, SumUp

if TYPE_CHECKING:
    from stylistdesk.desk import Aside, Kept, KeptBackup
    from stylistdesk.domain.comparison import Comparison

WIDEST = 110
TO_WRITE = ("safe_make", "safe_restore", "safe_undo", "safe_remove")
AGAIN = "Restore again"
NEED_ONE = ("safe_compare", "safe_restore", "safe_verify", "safe_remove")


class KeepSafe(LongJobsPage):
    """The backups, newest first; then what lies beside the desk: set aside by a restore, or by a sync program."""

    PLACE = "Keep safe"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SAFE, Scope.PAGE)  # type: ignore[assignment]
    key_file: ClassVar[Path | None] = None  # where she keeps her key, until the program is closed

    def __init__(self) -> None:
        super().__init__()
        self.kept: Kept | None = None

    # ---------------------------------------------------------------- showing

    async def _load(self) -> None:
        desk = self.desk
        if desk is None:
            return
        self.shown_version = desk.version
        self.kept = await asyncio.to_thread(desk.kept)
        self._show()

    def _show(self) -> None:
        kept, desk = self.kept, self.desk
        if kept is None or desk is None or not self.is_attached:
            return
        width = min(self._entries.room, WIDEST)
        entries = [Entry((BLANK, *place_lines(kept, desk, width, self.erase_again), BLANK))]
        if desk.said_held is not None:
            entries.insert(0, Entry((BLANK, *self._held_lines(width))))
        if not kept.backups:
            nothing: Line = (Piece(" There is no backup yet.", "strong"),)
            keys = keys_for(self.program.keymap_of_desk, ("safe_make", "make one now"), ("help", "what this is for"))
            entries.append(Entry((nothing, BLANK, *keys)))
        entries += self._group("Backups", backup_lines(kept.backups, desk, width), "backup")
        entries += self._group("Beside the desk", [aside_lines(one, desk, width) for one in kept.aside], "aside")
        self._entries.border_title = text.content("Keep safe")
        self._entries.show(entries, keep_place=True)
        self.query_one(KeyFooter).relabel(
            {
                **({} if kept.undo is not None else {"safe_undo": ""}),
                **({"safe_undo": AGAIN} if self._restores_again else {}),
                **(dict.fromkeys(TO_WRITE, "") if desk.held is not None else {"safe_take": ""}),
                **({} if kept.backups or kept.aside else dict.fromkeys(NEED_ONE, "")),
            }
        )
        self.query_one(SumUp).sum_up(self._summary(kept))

    @staticmethod
    def _group(title: str, found: Sequence[tuple[Line, ...]], kind: str) -> list[Entry]:
        head: Line = (Piece(f" {title}", "label"), Piece(f"  {len(found)}", "quiet"))
        entries = [Entry((head,))] if found else []
        for number, lines in enumerate(found):
            entries += [Entry(lines, (kind, number)), Entry((BLANK,))]
        return entries

    def _held_lines(self, width: int) -> list[Line]:
        said = self.desk.said_held if self.desk is not None else None
        if said is None:
            return []
        lines: list[Line] = [(Piece(f" {part}", "late"),) for part in wrap(said.reason, width - 2)]
        lines += [(Piece(f" {part}"),) for part in wrap(said.hint, width - 2)]
        if said.taking_over:
            key = Piece(f" {self.program.keymap_of_desk.shown('safe_take')} ", "key")
            first, *rest = wrap(said.taking_over, width - 4)
            lines += [(key, Piece(first, "quiet")), *((Piece(f"   {part}", "quiet"),) for part in rest)]
        return lines

    def _summary(self, kept: "Kept") -> Line:
        desk = self.desk
        assert desk is not None
        if not kept.backups:
            return (Piece("No backup yet", "strong"),)
        newest, second = kept.backups[0], sum(one.has_second for one in kept.backups)
        when = words.moment(newest.backup.made_at, desk.now(), desk.zone)
        more = f"   {second} with a second copy" if second else "   no second copy"
        said = (
            Piece(words.count(len(kept.backups), "backup"), "strong"),
            Piece(f"   the newest of {when}{more}", "quiet"),
        )
        damaged = sum(one.backup.damaged for one in kept.backups)
        return (*said, Piece(f"   {damaged} damaged", "late")) if damaged else said

    # ------------------------------------------------------------- what is meant

    @property
    def _one(self) -> "KeptBackup | Aside | None":
        """What is under the cursor."""
        key: Key | None = self._entries.current
        if key is None or self.kept is None:
            return None
        found: Sequence[KeptBackup | Aside] = self.kept.backups if key[0] == "backup" else self.kept.aside
        return found[key[1]] if key[1] < len(found) else None

    def _named(self, one: "KeptBackup | Aside") -> tuple[str, str]:
        """Its name, and how it is called in a sentence."""
        desk = self.desk
        assert desk is not None
        backup = getattr(one, "backup", None)
        at = backup.made_at if backup is not None else one.at  # type: ignore[union-attr]
        what = "backup" if backup is not None else "copy"
        name = backup.name if backup is not None else one.name  # type: ignore[union-attr]
        return name, f"the {what} of {words.moment(at, desk.now(), desk.zone)}"

    def _may_write(self) -> bool:
        """Whether this window may; if not, it says why."""
        reason = self.desk.read_only if self.desk is not None else None
        if reason is not None:
            self.tell(reason, bad=True)
        return reason is None

    def went_badly(self, no: Refused) -> None:
        """A key file that does not fit is asked for again the next time."""
        if no.field == "key":
            KeepSafe.key_file = None

    async def _key_for(self, one: "KeptBackup | Aside") -> tuple[bool, Path | None]:
        """Her key file, asked for where a backup is encrypted; whether to go on."""
        backup = getattr(one, "backup", None)
        if backup is None or not backup.is_encrypted:
            return True, None
        if KeepSafe.key_file is None:
            KeepSafe.key_file = await ask_key(self.program)
        return KeepSafe.key_file is not None, KeepSafe.key_file

    # -------------------------------------------------------------------- keys

    def action_make(self) -> None:
        """Make a backup now."""
        if self._may_write():
            self.begin(self._make, "backup")

    async def _make(self) -> None:
        desk = self.desk
        assert desk is not None
        made = await self.work("Copying", partial(desk.back_up, progress=self.progress))
        await self._load()
        after = "It is encrypted." if made.is_encrypted else ""
        if desk.second is not None and desk.second.words:
            after = desk.second.words
        elif desk.second is not None and desk.second.folder is not None:
            after = f"{after} Its second copy is there.".strip()
        self.program.tell(f"Backed up {words.count(made.rows['client'], 'client')}, verified.", after=after)

    @on(Entries.Opened)
    def action_compare(self) -> None:
        """What restoring this one would change."""
        if (one := self._one) is not None:
            self.begin(partial(self._compare, one), "comparing")

    async def _compare(self, one: "KeptBackup | Aside") -> None:
        found = await self._compared(one)
        if found is not None:
            await self.app.push_screen_wait(ComparedPage(self._named(one)[1], found))

    async def _compared(self, one: "KeptBackup | Aside") -> "Comparison | None":
        desk = self.desk
        go_on, key = await self._key_for(one)
        if desk is None or not go_on:
            return None
        name = self._named(one)[0]
        found: Comparison = await self.work("Comparing", partial(desk.compare_with, name, key, progress=self.progress))
        return found

    def action_verify(self) -> None:
        """Check it again."""
        one = self._one
        if one is not None and hasattr(one, "backup"):
            self.begin(partial(self._verify, one), "verifying")
        elif one is not None:
            self.tell("That is no backup: compare it instead.", bad=True)

    async def _verify(self, one: "KeptBackup | Aside") -> None:
        desk = self.desk
        assert desk is not None
        name, called = self._named(one)
        key = KeepSafe.key_file
        found = await self.work("Checking", partial(desk.verify_backup, name, key, progress=self.progress))
        await self._load()
        if found.damaged:
            self.program.tell(f"{called[0].upper()}{called[1:]} is damaged.", bad=True, after="Keep another one.")
        else:
            inside = (
                "" if key is not None or not found.is_encrypted else "What is inside is checked with your key only."
            )
            self.program.tell(f"{called[0].upper()}{called[1:]} is whole.", after=inside)

    def action_restore(self) -> None:
        """Put it in the desk's place."""
        if (one := self._one) is not None and self._may_write():
            self.begin(partial(self._restore, one), "restoring")

    async def _restore(self, one: "KeptBackup | Aside") -> None:
        found, desk = await self._compared(one), self.desk
        if found is None or desk is None:
            return
        name, called = self._named(one)
        shown = self.program.keymap_of_desk.shown
        lines = "\n".join(said for _, said in say_comparison(found))
        kept = f"What is there now is kept, and {shown('safe_undo')} puts it back."
        if not await self.app.push_screen_wait(Confirm(f"Restore {called}?", f"{lines}\n{kept}", "Restore")):
            return
        key = KeepSafe.key_file
        with self._keys_held():
            await self.work("Restoring", partial(desk.restore_here, name, key, progress=self.progress))
            said = f"{called[0].upper()}{called[1:]} is the desk now."
            await self._came_back(said, f"{shown('safe_undo')} undoes it.")

    def action_undo_restore(self) -> None:
        """Put back what the last restore replaced."""
        if self._may_write():
            self.begin(self._undo_restore, "undoing the restore")

    async def _undo_restore(self) -> None:
        desk, again = self.desk, self._restores_again
        assert desk is not None
        key = self.program.keymap_of_desk.shown("safe_undo")
        kept = f"What is there now is kept, and {key} puts it back."
        if again:
            asked = Confirm("Restore again?", f"The desk is again what the restore had put there. {kept}", "Restore it")
        else:
            asked = Confirm("Undo the restore?", f"The desk is again what it was before it. {kept}", "Undo it")
        if self.kept is not None and self.kept.undo is not None and not await self.app.push_screen_wait(asked):
            return
        with self._keys_held():
            named = await self.work("Restoring", partial(desk.undo_restore, progress=self.progress))
            said = "The restored desk is back." if again else "The desk is again what it was before the restore."
            await self._came_back(said, f"{key} puts {named} back.")

    @property
    def _restores_again(self) -> bool:
        """Whether the last restore was undone: the key that undoes it puts the restored desk back then."""
        return self.kept is not None and self.kept.undo is not None and self.kept.undo.restores_again

    @contextmanager
    def _keys_held(self) -> Iterator[None]:
        """What she presses meanwhile waits for the desk that comes, and is dropped if it does not come."""
        self.program.held_keys.hold(but="escape")
        try:
            yield
        except BaseException:
            self.program.held_keys.drop()
            raise
        self.program.held_keys.let_go()

    async def _came_back(self, said: str, undo: str) -> None:
        """Show the desk that is there now, everywhere."""
        self.program.forget_all()
        await self._load()
        back = len(self.kept.returned) if self.kept is not None else 0
        after = (
            f"{counted(back, 'client')} you had erased {'is' if back == 1 else 'are'} back: see below." if back else ""
        )
        self.program.tell(said, after=after, undo=undo)

    @property
    def erase_again(self) -> str:
        """How a client who was erased and is back is erased again."""
        return f"{self.program.keymap_of_desk.shown('erase')} in the overview of her profile"

    def action_remove(self) -> None:
        """Delete it for good."""
        if (one := self._one) is not None and self._may_write():
            self.begin(partial(self._remove, one), "deleting")

    async def _remove(self, one: "KeptBackup | Aside") -> None:
        desk = self.desk
        assert desk is not None
        name, called = self._named(one)
        if await self.app.push_screen_wait(
            Confirm(f"Delete {called}?", "It is gone for good: there is no undo for this.", "Delete")
        ):
            await asyncio.to_thread(desk.remove_kept, name)
            await self._load()
            self.program.tell(f"Deleted {called}.")

    def action_take_over(self) -> None:
        """Write here, though another machine has the desk."""
        if self.desk is not None and self.desk.held is not None:
            start(self.program, partial(ask_to_take_over, self.program), "taking over", group="dialog")
        else:
            self.tell("Nothing keeps this machine from writing.")

    def show_guide(self) -> None:
        """What this is for, before the keys."""
        again = {"safe_undo": (AGAIN, "Put the restored desk back")} if self._restores_again else None
        self.app.push_screen(SafeHelp(self.program.keymap_of_desk, self.PLACE, called=again))
