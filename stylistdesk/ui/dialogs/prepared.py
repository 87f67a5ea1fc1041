"""What a message says at first: a template in words for her. It is made in a thread, before the form opens."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import GREETING, MessageTemplate, Words
from stylistdesk.domain.text import typed_phone
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.ui.lines import Line, Piece, line

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.daily_tasks import ClientPane
    from stylistdesk.queries.templates import Letter

KINDS = (
    (MessageKind.COMMERCIAL.value, "commercial"),
    (MessageKind.ANSWER.value, "answer"),
    (MessageKind.ORDER.value, "notice"),
    (MessageKind.QUOTE.value, "quote"),
)
WRITTEN = (Channel.TEXT, Channel.EMAIL)
AFTER = (("done", "her follow-up is done"), ("keep", "keep her in the queue"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a message says at first, and what else it could say: `letter` has the other templates.

    `about` stands above it, `after` are the choices of what follows, `draft` is under which name it is kept unsaved.
    """

    letter: "Letter"
    channel: Channel
    template: MessageTemplate
    words: Words
    about: tuple[Line, ...]
    after: tuple[tuple[str, str], ...]
    draft: str
    country: str  # of the desk: how numbers are typed


def address_of(pane: "ClientPane", channel: Channel, country: str = "") -> str:
    """Where a message by this channel goes, as a desk in this country has it in a form."""
    return pane.email if channel is Channel.EMAIL else typed_phone(pane.phone, country)


def first_words(
    letter: "Letter", channel: Channel, picked: MessageTemplate | None = None
) -> tuple[MessageTemplate, Words]:
    """The template that she picked, or that is taken, in words; where it cannot be filled, a greeting."""
    template = picked or letter.best(channel)
    try:
        return template, letter.fill(template, channel)
    except Refused:
        return GREETING, letter.fill(GREETING, channel)


async def prepare(
    desk: "Desk",
    pane: "ClientPane",
    occasion: str | None = None,
    values: Mapping[str, str] | None = None,
    *,
    about: tuple[Line, ...] | None = None,
    after: tuple[tuple[str, str], ...] = AFTER,
    draft: str = "",
    channel: Channel | None = None,
) -> Prepared:
    """What to write to her on an occasion, or about what is suggested for her next.

    `values` are the fields that only the event, the return or the certificate at hand can say. The message goes by
    `channel`, or as is suggested, unless she has no such address and has another.
    """
    suggestion = pane.standing.suggestions[0] if pane.standing else None
    wanted = channel or (suggestion.channel if suggestion and suggestion.channel in WRITTEN else Channel.TEXT)
    if not address_of(pane, wanted):
        wanted = next((other for other in WRITTEN if address_of(pane, other)), wanted)
    if about is None:
        about = ()
        if suggestion is not None:
            about = (line(Piece(suggestion.action, "strong"), Piece(f"  {suggestion.detail}", "quiet")), ())

    def write() -> "tuple[Letter, MessageTemplate, Words]":
        from stylistdesk.queries.templates import letter

        found = desk.ask(letter, pane, occasion, values)
        return found, *first_words(found, wanted)

    found, template, words = await asyncio.to_thread(write)
    return Prepared(found, wanted, template, words, about, after, draft or f"message:{pane.client_id}", desk.country)
