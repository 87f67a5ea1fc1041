"""Training: a short guide for the morning and for each task of the back office, watched or not (R34)."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.training import TOPICS
from stylistdesk.paths import downloads
from stylistdesk.ui import words
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, clip, fit, spread
from stylistdesk.ui.links import open_link
from stylistdesk.ui.opening import may_open_file, open_file

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.training import TopicLine
    from stylistdesk.ui.app import StylistDesk
    from stylistdesk.ui.backoffice.screen import BackOffice

Known = tuple["TopicLine", ...]
TITLE_WIDTH = 18


class Training(Task[Known]):
    """The topics in their order; `enter` opens the guide, and from there the right arrow goes on."""

    TITLE = "Training"
    SCOPE: ClassVar[Scope] = Scope.TRAINING
    LABELS: ClassVar[dict[str, str]] = {"section_open": "Guide", "edit": "Video", "remove": ""}

    def read(self, desk: "Desk") -> Known:
        from stylistdesk.queries.training import training

        return desk.ask(training)

    def summary(self, known: Known, look: Look) -> Line:
        watched = sum(one.watched_at is not None for one in known)
        following = next((one.title for one in known if one.watched_at is None), "")
        rest = f"   next: {following}" if following else "   all of it"
        return (Piece(f"{watched} of {len(known)} watched", "strong"), Piece(rest, "quiet"))

    def entries(self, known: Known, look: Look) -> list[Entry]:
        return [Entry(tuple(_lines(one, look)), ("topic", at)) for at, one in enumerate(known)]

    # ------------------------------------------------------------------- keys

    async def open(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.ui.dialogs.guide import Guide

        one = _of(screen, key)
        if one is not None:
            guide = Guide(one.topic)
            await screen.app.push_screen_wait(guide)
            await screen.changed(())
            await screen.go_into(("topic", list(TOPICS).index(guide.topic)))

    async def turn(self, screen: "BackOffice", key: Key | None) -> None:
        """She has watched it, or has not after all."""
        from stylistdesk.commands.training import MarkWatched

        one = _of(screen, key)
        if one is not None:
            await screen.carry_out(MarkWatched(one.topic, watched=one.watched_at is None))

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        one = _of(screen, key)
        if one is None:
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.training import SetVideo

            return SetVideo(one.topic, values["video_url"])

        hint = "its address, for example videos.example.com/returns; empty takes it away"
        field = Field("video_url", "Video", one.video_url, hint=hint)
        await screen.fill_in(f"A video about {one.title}", [field], make, draft=f"training:{one.topic}")

    async def choose_file(self, screen: "BackOffice", key: Key | None) -> None:
        """Keep a file with the topic, in place of the one that is there."""
        from stylistdesk.ui.dialogs.choose_file import ChooseFile

        one, desk = _of(screen, key), screen.desk
        if one is None or desk is None:
            return
        everything = {"All files": lambda _: True}
        dialog = ChooseFile(f"A file about {one.title}", "Keep it", downloads(), everything, links=False)
        chosen = await screen.app.push_screen_wait(dialog)
        if chosen is None:
            return

        def keep() -> "Command":
            from stylistdesk.commands.training import SetTrainingFile

            return SetTrainingFile(one.topic, desk.keep_file(chosen))

        await screen.carry_out(await asyncio.to_thread(keep))

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.commands.base import Together
        from stylistdesk.commands.training import SetTrainingFile, SetVideo

        one = _of(screen, key)
        if one is None:
            return
        kept: list[Command] = [SetVideo(one.topic, "")] if one.video_url else []
        kept += [SetTrainingFile(one.topic, None)] if one.file_name else []
        if kept:
            await screen.carry_out(Together(kept))
        else:
            screen.tell("There is no video or file with this topic.", bad=True)

    async def open_kept(self, screen: "BackOffice", key: Key | None) -> None:
        """Open the video, or the file, that she keeps with the topic."""
        one = _of(screen, key)
        if one is not None:
            await open_kept(screen.program, one)


async def open_kept(program: "StylistDesk", one: "TopicLine") -> None:
    """Open the video of a topic in her browser, or a private copy of its file."""
    desk = program.desk
    if desk is None:
        return
    if one.video_url:
        if await asyncio.to_thread(open_link, one.video_url):
            program.tell("Opened in your browser.")
        else:
            program.copy_to_clipboard(one.video_url)
            program.tell("No browser was found.", bad=True, after="The link is copied.")
    elif not one.file_name:
        shown = program.keymap_of_desk.shown
        after = f"In Training, {shown('edit')} keeps a video, {shown('training_file')} a file."
        program.tell("There is no video or file with this topic.", bad=True, after=after)
    elif not may_open_file(one.file_name):
        program.tell("A file of this kind is not opened from here.", bad=True)
    elif await asyncio.to_thread(lambda: open_file(desk.copy_to_open(one.file_sha256, one.file_name))):
        program.tell(f"Opened a copy of {one.file_name}.")
    else:
        program.tell(f"No program here opens {one.file_name}.", bad=True)


def _of(screen: "BackOffice", key: Key | None) -> "TopicLine | None":
    known: Known = screen.known or ()
    return known[key[1]] if key is not None and key[1] < len(known) else None


def _lines(one: "TopicLine", look: Look) -> list[Line]:
    """The topic, its guide's first words, whether it was watched, and what she keeps with it."""
    from stylistdesk.ui.guides import first_words

    symbols = look.symbols
    watched = words.day(look.here.day(one.watched_at), look.here.today) if one.watched_at else ""
    mark = Piece(f" {symbols.on if watched else symbols.off} ", "good" if watched else "quiet")
    room = look.width - TITLE_WIDTH - 3 - len(watched) - 2
    head = (mark, Piece(fit(one.title, TITLE_WIDTH), "" if watched else "strong"))
    about = (Piece(clip(first_words(one.topic), room), "quiet"),) if room > 20 else ()
    lines = [spread((*head, *about), (Piece(watched, "quiet"),), look.width)]
    kept = [part for part in (one.video_url, one.file_name) if part]
    if kept:
        indent = " " * (TITLE_WIDTH + 3)
        lines.append((Piece(indent), Piece(clip("   ".join(kept), look.width - len(indent)), "signal")))
    return lines
