"""Client satisfaction responses (R21): score 1 to 5; a row without an id of its own is known by everything it says."""

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.activity import row_key
from stylistdesk.exchange.cells import cell, client_ref, code, instant, long_cell
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, CsatRecord, Notice, Rows

_COLUMNS = (
    "external_id", "client_email", "client_phone", "client_name", "assignment_external_id", "responded_at", "score",
    "comment",
)  # fmt: skip
_SCORES = {str(score): score for score in range(1, 6)}


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _response)


def _response(line: int, row: list[str], locale: Locale) -> Rows:
    external_id, email, phone, name, assignment, responded, scored, comment = row
    score = _SCORES.get(cell(scored).removesuffix(".0"))
    if score is None:
        raise Refused(f"score “{cell(scored)[:20]}” is not 1 to 5")
    responded_at = instant(responded, locale.zone)
    assignment_id = code(assignment)
    ref, notices = ClientRef(), list[Notice]()
    if email.strip() or phone.strip() or name.strip() or not assignment_id:
        ref, notices = client_ref(line, locale.country, name=name, email=email, phone=phone)
    yield from notices
    yield CsatRecord(
        line,
        code(external_id) or row_key([cell(text, 100_000) for text in row]),
        ref,
        responded_at,
        score,
        assignment_external_id=assignment_id,
        comment=long_cell(comment),
    )


CSAT = Format(
    name="csat",
    label="CSAT responses",
    program="csat",
    required=("responded_at", "score"),
    one_of=("client_email", "client_phone", "client_name", "assignment_external_id"),
    used=_COLUMNS,
    read=_read,
    aliases=("csat_responses",),
)
