"""Sign-ups: those who may become reps, each with her personal link (R42)."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.sign_ups import SignUpState
from stylistdesk.ui import words
from stylistdesk.ui.backoffice import sign_up_jobs as jobs
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, spread, wrap
from stylistdesk.ui.profile.dated import WHEN, heading

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.domain.consent import Answer
    from stylistdesk.queries.sign_ups import SignUpRow
    from stylistdesk.ui.backoffice.screen import BackOffice

Known = tuple["SignUpRow", ...]
LOOKS = {SignUpState.OPENED: "signal", SignUpState.ENROLLED: "good"}
KEYS = (("sign_up_send", "sends her link"), ("sign_up_opened", "she opened it"), ("sign_up_enrolled", "she enrolled"))
GROUPS = ("Ask again", "Under way", "Enrolled", "Given up")


class SignUps(Task[Known]):
    """Who is to be asked again stands on top; who has enrolled, or is left in peace, below."""

    TITLE = "Sign-ups"
    WAITS = "sign_ups"
    SCOPE: ClassVar[Scope] = Scope.SIGN_UPS
    LABELS: ClassVar[dict[str, str]] = {"section_open": "Edit", "edit": ""}
    ADDS = "someone who may become a rep"

    def read(self, desk: "Desk") -> Known:
        from stylistdesk.queries.sign_ups import sign_ups

        return desk.ask(sign_ups)

    def summary(self, known: Known, look: Look) -> Line:
        due, under_way, enrolled, _ = (len(_of_group(known, group)) for group in GROUPS)
        parts = [Piece(f"{due} to ask again   ", "late")] if due else []
        parts += [Piece(f"{under_way} under way", "strong")] if under_way or not due else []
        parts += [Piece(f"   {enrolled} enrolled", "quiet")] if enrolled else []
        return tuple(parts) if known else ()

    def entries(self, known: Known, look: Look) -> list[Entry]:
        shown: list[Entry] = []
        for group in GROUPS:
            rows = _of_group(known, group)
            if rows:
                head = heading(group) if shown else Entry(((Piece(f" {group}", "label"),),))
                shown += [head, *(_lines(row, look) for row in rows)]
        return [*shown, Entry((BLANK, look.keys(*KEYS)))] if shown else []

    # ------------------------------------------------------------------- keys

    async def add(self, screen: "BackOffice") -> None:
        await jobs.ask_who(screen)

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        if (row := _at(screen, key)) is not None:
            await jobs.ask_who(screen, row)

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.commands.sign_ups import RemoveSignUp

        await screen.carry_out(RemoveSignUp(key[1]))

    async def send_sign_up(self, screen: "BackOffice", key: Key | None) -> None:
        """Write to her with her link."""
        if (row := _at(screen, key)) is not None:
            await jobs.send(screen, row)

    async def mark_given(self, screen: "BackOffice", key: Key | None) -> None:
        """She was given the link, or was not after all."""
        await jobs.turn(screen, _at(screen, key), "sent_at")

    async def mark_opened(self, screen: "BackOffice", key: Key | None) -> None:
        """She has opened it, or has not after all."""
        await jobs.turn(screen, _at(screen, key), "opened_at")

    async def mark_enrolled(self, screen: "BackOffice", key: Key | None) -> None:
        """She has enrolled, or has not after all."""
        await jobs.turn(screen, _at(screen, key), "enrolled_at")

    async def mark_given_up(self, screen: "BackOffice", key: Key | None) -> None:
        """She is left in peace, or is asked again after all."""
        await jobs.turn(screen, _at(screen, key), "given_up_at")

    async def remind_of(self, screen: "BackOffice", key: Key | None) -> None:
        """Be reminded of her on another day, or not at all."""
        if (row := _at(screen, key)) is not None:
            await jobs.remind(screen, row)

    async def record_yes(self, screen: "BackOffice", key: Key | None) -> None:
        """She said that she may be written to."""
        if (row := _at(screen, key)) is not None:
            await jobs.record_consent(screen, row)

    async def copy_sign_up(self, screen: "BackOffice", key: Key | None) -> None:
        """Copy her link, to be pasted anywhere."""
        if (row := _at(screen, key)) is not None:
            screen.app.copy_to_clipboard(row.link)
            screen.tell(f"Copied {row.link}")

    async def show_sign_up_code(self, screen: "BackOffice", key: Key | None) -> None:
        """Show her link as a QR code."""
        if (row := _at(screen, key)) is not None:
            from stylistdesk.ui.dialogs.qr_code import show_code

            await show_code(screen, row.name, row.link)

    async def open_client(self, screen: "BackOffice", key: Key | None) -> None:
        """The profile of a client who is here."""
        row = _at(screen, key)
        if row is not None and row.client_id is not None:
            await screen.program.open_profile(row.client_id)
        elif row is not None:
            screen.tell(f"{row.name} is no client.", bad=True)


def _at(screen: "BackOffice", key: Key | None) -> "SignUpRow | None":
    known: Known = screen.known or ()
    return next((row for row in known if key == ("sign_up", row.id)), None)


def _of_group(known: Known, group: str) -> "list[SignUpRow]":
    def of(row: "SignUpRow") -> str:
        if row.state is SignUpState.ENROLLED:
            return "Enrolled"
        if row.state is SignUpState.GIVEN_UP:
            return "Given up"
        return "Ask again" if row.is_due else "Under way"

    return [row for row in known if of(row) == group]


def _lines(row: "SignUpRow", look: Look) -> Entry:
    """When she came so far, who she is and how far; below her link, whether she may be written to, and the note."""
    here, room = look.here, look.width - WHEN - 2
    when = words.day(here.day(row.steps.last_at or row.added_at), here.today)
    head = line(
        Piece(fit(f" {when}", WHEN + 1), "quiet"),
        Piece(row.name, "strong"),
        Piece(f"  {row.state.value}", LOOKS.get(row.state, "quiet")),
    )
    lines: list[Line] = [spread(head, _reminder(row, look), look.width)]
    below: list[tuple[str, str]] = []
    if row.state not in (SignUpState.ENROLLED, SignUpState.GIVEN_UP):
        below.append((clip(row.link, room), "quiet"))
        below += [(_said(answer, room), "good" if answer.lawful else "late") for answer in row.answers]
        if not (row.email or row.phone):
            below.append(("no email or phone yet", "quiet"))
    below += [(part, "") for part in (wrap(row.note, room) if row.note else [])]
    lines += [(Piece(" " * (WHEN + 1)), Piece(part, how)) for part, how in below]
    return Entry(tuple(lines), ("sign_up", row.id), row.link)


def _said(answer: "Answer", room: int) -> str:
    """Whether she may be written to, in a line: "email  purchase of 3 Mar 2026, until 3 Mar 2028"."""
    words_ = answer.ground.words if answer.lawful and answer.ground else answer.reason.removesuffix(".")
    said = f"{answer.channel.value:<7}{words_}"
    return said if len(said) <= room else clip(said.partition(",")[0], room)


def _reminder(row: "SignUpRow", look: Look) -> Line:
    if row.remind_on is None:
        return ()
    on = words.day(row.remind_on, look.here.today)
    if row.is_due:
        return (Piece("today" if row.remind_on == look.here.today else f"since {on}", "late"),)
    return (Piece(f"reminds {on}", "quiet"),)
