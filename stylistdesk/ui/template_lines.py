"""How a template is laid out: in words for a client, and what its fields say."""

import re
from collections.abc import Mapping

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import FIELDS, ONLY_OF_ITS_OWN, Words, as_letter, unknown_in
from stylistdesk.domain.types import Channel
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, wrap

NAME = 14
HOW_TO = (
    ('{{ item or "what you chose" }}', "says other words where no item is known"),
    ("{% if item %} … {% endif %}", "leaves out what stands there where none is"),
)


def words_lines(words: Words, channel: Channel | None, width: int) -> list[Line]:
    """A message as she would get it, with what is not known of her marked."""
    lines: list[Line] = []
    if channel is not Channel.TEXT:
        for at, part in enumerate(wrap(words.subject, width - 9)):
            lines.append((Piece("Subject  " if at == 0 else " " * 9, "label"), *_marked(part, "strong")))
        lines.append(BLANK)
    lines += [_marked(part) for part in wrap(words.body, width)]
    said = [f"{len(words.body):,} characters"]
    if channel is None and as_letter(words) != words:
        said.append("By email, the greeting has a line of its own.")
    lines += [BLANK, *((Piece(part, "quiet"),) for one in said for part in wrap(one, width))]
    if unknown_in(words.subject + words.body):
        told = "What stands in [ ] is not known of her. You write it in the message, before it goes out."
        lines += [(Piece(part, "late"),) for part in wrap(told, width)]
    return lines


def refused_lines(no: Refused, width: int) -> list[Line]:
    """Why it cannot be filled."""
    return [
        *((Piece(part, "late"),) for part in wrap(no.reason, width)),
        *((Piece(part, "quiet"),) for part in wrap(no.hint, width)),
    ]


def examples_line(source: str, values: Mapping[str, str], width: int) -> list[Line]:
    """Which of the fields are examples, as only an event, a return or a certificate says them."""
    used = [name for name in ONLY_OF_ITS_OWN if not values.get(name) and re.search(rf"\b{name}\b", _code(source))]
    if not used:
        return []
    told = f"Examples here: {', '.join(used)}. The event, return or certificate that you write about says them."
    return [(Piece(part, "quiet"),) for part in wrap(told, width)]


def fields_lines(values: Mapping[str, str], width: int) -> list[Line]:
    """Each field, what it says, and what it says of her."""
    lines: list[Line] = [(Piece("Fields", "label"), Piece("  written {{ first_name }}", "quiet"))]
    for name, says in FIELDS.items():
        for at, part in enumerate(wrap(says, width - NAME)):
            lines.append((Piece(fit(name if at == 0 else "", NAME), "strong"), Piece(part, "quiet")))
        if value := values.get(name):
            lines.append((Piece(" " * NAME), Piece(clip(" ".join(value.split()), width - NAME))))
    lines.append(BLANK)
    for code, says in HOW_TO:
        lines += [(Piece(code, "strong"),), (Piece(f"  {says}", "quiet"),)]
    return lines


def _code(source: str) -> str:
    """What stands between braces in a template."""
    return " ".join(re.findall(r"\{[{%](.*?)[%}]\}", source, re.DOTALL))


def _marked(words: str, look: str = "") -> Line:
    pieces: list[Piece] = []
    while mark := unknown_in(words):
        before, _, words = words.partition(mark)
        pieces += [Piece(before, look), Piece(mark, "late")]
    return (*pieces, Piece(words, look))
