"""The rep's own message templates (R44) as CSV: a row for each that she wrote, or that she hid."""

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.templates import OCCASIONS, parse_occasion
from stylistdesk.domain.types import Channel, MessageKind
from stylistdesk.exchange.cells import cell, long_cell, word, yes_or_no
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import Rows, TemplateRecord
from stylistdesk.exchange.spreadsheet import Table
from stylistdesk.queries.templates import OwnTemplate

COLUMNS = ("template", "for", "by", "it_is", "subject", "words", "replaces", "hidden")
BOTH = "text or email"


def templates_table(rows: tuple[OwnTemplate, ...]) -> Table:
    """The whole list; `replaces` is the key of the one that came with the desk, in whose place a template stands."""
    return Table(
        COLUMNS,
        (
            (
                one.name,
                OCCASIONS[one.occasion],
                one.channel.value if one.channel else BOTH,
                one.kind.value,
                one.subject,
                one.body,
                one.replaces,
                "yes" if one.hidden else "no",
            )
            for one in rows
        ),
    )


def _read(reading: Reading) -> Rows:
    return each_row(reading, COLUMNS, _template)


def _template(line: int, row: list[str], _locale: Locale) -> Rows:
    name, occasion, channel, kind, subject, body, replaces, hidden = row
    meant = parse_occasion(cell(occasion))
    if meant is None:
        raise Refused(f"“{cell(occasion)[:40]}” is not what a template can be for")
    by = word(channel)
    if by not in ("", word(BOTH), Channel.TEXT.value, Channel.EMAIL.value):
        raise Refused(f"by “{cell(channel)[:20]}” is neither text, email nor {BOTH}")
    said = word(kind) or MessageKind.COMMERCIAL.value
    if said not in list(MessageKind):
        raise Refused(f"“{cell(kind)[:20]}” is not what a message can be")
    yield TemplateRecord(
        line,
        cell(name),
        long_cell(body),
        cell(subject),
        Channel(by) if by in list(Channel) else None,
        meant,
        MessageKind(said),
        cell(replaces),
        yes_or_no(hidden) or False,
    )


TEMPLATES = Format(
    name="templates",
    label="message templates",
    program="desk",
    required=("template", "words"),
    one_of=("for", "subject"),
    used=COLUMNS,
    read=_read,
)
