"""What Emails and Conversation share: how a message is laid out, read in full, and logged by hand."""

from typing import TYPE_CHECKING

from stylistdesk.domain.past_days import parse_past_moment
from stylistdesk.domain.text import say_phone
from stylistdesk.domain.types import Channel, Direction
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.dialogs.lines import Lines
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, wrap
from stylistdesk.ui.profile.section import Entry, Look

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.conversations import MessageRow
    from stylistdesk.ui.profile.screen import Profile

WHEN = 17
WAYS = ((Direction.IN.value, "from her"), (Direction.OUT.value, "from you"))


def message_entry(message: "MessageRow", look: Look, *, most: int = 2, whose: str = "") -> Entry:
    """A message: when and from whom, its subject, and the beginning of what it says."""
    when = words.moment(message.sent_at, look.here.now, look.here.zone)
    received = message.direction is Direction.IN
    kind = "" if message.channel is not Channel.CALL else "call "
    head: Line = (
        Piece(fit(f" {when}", WHEN + 1), "quiet"),
        Piece(fit(f"{kind}{'from her' if received else 'from you'}", 14), "strong" if received else "quiet"),
        Piece(clip(whose, 24), "label"),
        Piece(clip("  ".join(part for part in (message.outcome, message.subject) if part), look.width - WHEN - 16)),
    )
    said = wrap(message.body, look.width - WHEN - 2) if message.body else []
    if len(said) > most:
        said = [*said[: most - 1], clip(said[most - 1] + " …", look.width - WHEN - 2)]
    body: list[Line] = [(Piece(" " * (WHEN + 1)), Piece(part, "quiet")) for part in said]
    return Entry((head, *body), ("message", message.id))


async def read_in_full(profile: "Profile", message: "MessageRow") -> None:
    """The whole message, over the profile."""
    look = profile.look
    received = message.direction is Direction.IN

    def lay_out(width: int) -> list[Line]:
        facts = (
            ("When", words.moment(message.sent_at, look.here.now, look.here.zone)),
            ("From" if received else "To", say_phone(message.address)),
            ("Subject", message.subject),
            ("Outcome", message.outcome),
        )
        lines: list[Line] = [
            (Piece(fit(name, 10), "label"), Piece(clip(value, width - 10))) for name, value in facts if value
        ]
        return [*lines, BLANK, *((Piece(part),) for part in wrap(message.body, width))]

    kind = words.CHANNELS[message.channel]
    title = f"{kind.capitalize()} {'from' if received else 'with' if message.channel is Channel.CALL else 'to'} her"
    await profile.app.push_screen_wait(Lines(title, lay_out))


async def log_by_hand(profile: "Profile", channel: Channel, *, number: str = "") -> None:
    """Ask for one message or call of the past, and log it."""
    look, client_id = profile.look, profile.client_id

    def at(typed: str) -> str:
        return words.moment(parse_past_moment(typed, look.here.now, look.here.zone), look.here.now, look.here.zone)

    fields = [
        Field("direction", "Who wrote", Direction.IN.value, choices=WAYS),
        Field("at", "When", "now", hint="now, 9:30, yesterday 14:00, 14 mar", understood=at),
    ]
    if channel is Channel.EMAIL:
        fields.append(Field("subject", "Subject"))
    else:
        by = ((Channel.TEXT.value, "text"), (Channel.CALL.value, "call"))
        fields.insert(0, Field("channel", "By", Channel.TEXT.value, choices=by))
        fields.append(Field("number", "Number", number, hint="empty is her own"))
    fields.append(Field("body", "Words", lines=5, hint="what was written or said"))

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.conversations import KeepMessage

        return KeepMessage(
            client_id,
            Channel(values.get("channel", channel.value)),
            Direction(values["direction"]),
            parse_past_moment(values["at"], look.here.now, look.here.zone),
            values.get("subject", ""),
            values["body"],
            values.get("number", ""),
        )

    title = "Log an email" if channel is Channel.EMAIL else "Log a text or a call"
    await profile.fill_in(title, fields, make, draft=f"{channel.value}:{client_id}")


async def remove_message(profile: "Profile", message_id: int) -> None:
    """Take a message away; undo brings it back."""
    from stylistdesk.commands.conversations import RemoveMessage

    await profile.carry_out(RemoveMessage(message_id))
