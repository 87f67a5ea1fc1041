"""Client satisfaction responses (R21): score 1 to 5, and 0 to 10 in `nps` where she was asked for that too.

A row without an id of its own is known by everything it says.
"""

from stylistdesk.domain.csat import NPS_SCORES, SCORES
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.activity import row_key
from stylistdesk.exchange.cells import cell, client_ref, code, instant, long_cell
from stylistdesk.exchange.format import Format, each_row
from stylistdesk.exchange.reading import Locale, Reading
from stylistdesk.exchange.records import ClientRef, CsatRecord, Notice, Rows

_COLUMNS = (
    "external_id", "client_email", "client_phone", "client_name", "assignment_external_id", "responded_at", "score",
    "comment", "nps",
)  # fmt: skip
_SCORES = {str(score): score for score in SCORES}
_NPS_SCORES = {str(score): score for score in NPS_SCORES}


def _read(reading: Reading) -> Rows:
    return each_row(reading, _COLUMNS, _response)


def _response(line: int, row: list[str], locale: Locale) -> Rows:
    external_id, email, phone, name, assignment, responded, scored, comment, asked = row
    score = _SCORES.get(cell(scored).removesuffix(".0"))
    if score is None:
        raise Refused(f"score “{cell(scored)[:20]}” is not 1 to 5")
    nps = _NPS_SCORES.get(cell(asked).removesuffix(".0"))
    if nps is None and asked.strip():
        yield Notice(line, f"nps “{cell(asked)[:20]}” is not 0 to 10; it was left out")
    responded_at = instant(responded, locale.zone)
    assignment_id = code(assignment)
    ref, notices = ClientRef(), list[Notice]()
    if email.strip() or phone.strip() or name.strip() or not assignment_id:
        ref, notices = client_ref(line, locale.country, name=name, email=email, phone=phone)
    yield from notices
    yield CsatRecord(
        line,
        # Files from before `nps` was read keep the key that they had.
        code(external_id) or row_key([cell(text, 100_000) for text in (row if asked.strip() else row[:-1])]),
        ref,
        responded_at,
        score,
        assignment_external_id=assignment_id,
        comment=long_cell(comment),
        nps=nps,
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
