"""The slip of a return (R39), as text and as PDF, and the list of returns as CSV: what their readers find in them."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from stylistdesk.domain.returns import Coming
from stylistdesk.domain.text import cells
from stylistdesk.domain.types import Cents, RestockBasis, ReturnKind
from stylistdesk.exchange.export_returns import COLUMNS, returns_text
from stylistdesk.exchange.return_slip import slip_pdf, slip_text
from stylistdesk.queries.returns import ReturnPage, ReturnRow

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)
REFUND, EXCHANGE, DAMAGED, MIS_SHIPPED = ReturnKind
LINES = (
    Coming(1, "Silk scarf", 2, Cents(6_666), REFUND),
    Coming(2, "Wool coat", 1, Cents(18_000), EXCHANGE, True, "size M"),
    Coming(3, "絹" * 40, 1, Cents(4_000), DAMAGED),
)
ROW = ReturnRow(
    4, "R2026-1001", 1, "Ana Ruiz", 7, "PO1001", date(2026, 11, 21), "USD", Cents(10_666), Cents(200), Cents(3_000),
    Cents(7_466), LINES, NOW, None, 9, None, None, "Halcyon Returns\n1 Old Road\nTroy NY 12180", "=1+1",
)  # fmt: skip
PAGE = ReturnPage(
    ROW, date(2026, 11, 1), date(2026, 12, 1), "PO1001", (("GC1001", Cents(3_000)),), ("Visa", "4242"), (ROW,), (),
    ("4 Elm St", "Troy NY 12180", "US"), "Ola Berg",
)  # fmt: skip

SLIP = """\
========================================================================

                R E T U R N   I D   R 2 0 2 6 - 1 0 0 1

========================================================================

SEND IT TO                          FROM
Halcyon Returns                     Ana Ruiz
1 Old Road                          4 Elm St
Troy NY 12180                       Troy NY 12180
                                    US

Order PO1001, bought on 1 Nov 2026. Return opened on 21 Nov 2026.

------------------------------------------------------------------------
2 x Silk scarf                                                    $66.66
    refund
1 x Wool coat
    exchange for size M
1 x 絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹絹   $40
    damaged, refunded
------------------------------------------------------------------------
Refund of goods                                                  $106.66
Restock fee, for the return                                       -$2.00
Goes back to gift certificate GC1001                                 $30
Goes back to card Visa ending in 4242                             $74.66

Put this slip into the parcel and write the Return ID on the outside.
You pay the postage of what you send back. What is sent instead ships
free.

Ola Berg
"""


def test_the_slip_as_text() -> None:
    """The address of the day on which it was opened, and who pays what; no line is wider than a page."""
    text = slip_text(PAGE, RestockBasis.RETURN)
    assert text == SLIP
    assert max(cells(line) for line in text.splitlines()) == 72


def test_the_slip_as_pdf() -> None:
    pytest.importorskip("fpdf")
    from pypdf import PdfReader

    made = slip_pdf(PAGE, RestockBasis.ITEM, NOW)
    (page,) = PdfReader(io.BytesIO(made)).pages
    said = " ".join(page.extract_text().split())
    for words in (
        "Return ID R2026-1001",
        "Send it to From Halcyon Returns Ana Ruiz 1 Old Road 4 Elm St",
        "2 x Silk scarf refund $66.66",
        "1 x Wool coat exchange for size M",
        "Restock fee, for each item -$2.00",
        "Goes back to card Visa ending in 4242 $74.66",
        "You pay the postage of what you send back. What is sent instead ships free.",
    ):
        assert words in said, said
    lines: dict[str, float] = {}
    page.extract_text(visitor_text=lambda words, _cm, tm, *_: lines.setdefault(words[:8].strip(), tm[5]))
    assert lines["Put this"] - lines["You pay"] > 14, "lines do not touch"


def test_the_list_as_csv_adds_up_and_is_no_formula() -> None:
    """A spreadsheet sums the refunds: they stand once for each return, whatever it has of lines."""
    rows = list(csv.DictReader(io.StringIO(returns_text((ROW,), ZoneInfo("America/New_York")).lstrip("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["goods"] for row in rows] == ["106.66", "", ""]
    assert [row["paid"] for row in rows] == ["66.66", "180.00", "40.00"]
    first = rows[0]
    assert (first["return_id"], first["passed_on"], first["received"], first["note"]) == (
        "R2026-1001",
        "2026-11-21",
        "",
        "'=1+1",
    )
    assert (rows[1]["kind"], rows[1]["replaced"], rows[1]["instead"]) == ("exchange", "yes", "size M")
