"""The commission statement as PDF (R20): what its reader finds in it. The CSV is tested where it is written."""

import io
from datetime import UTC, date, datetime

import pytest

from stylistdesk.domain.metrics_ledger import LedgerRow
from stylistdesk.domain.metrics_of_sales import Payment
from stylistdesk.domain.periods import period_of
from stylistdesk.domain.types import Cents, PeriodKind
from stylistdesk.exchange import statement
from stylistdesk.queries.ledger import Ledger

pytest.importorskip("fpdf")
NOVEMBER = period_of(date(2026, 11, 21), PeriodKind.MONTH)


def order(key: int, client: str, projected: int | None, earned: int, here: int, paid: int) -> LedgerRow:
    return LedgerRow(
        key, key, client, f"#{key}", date(2026, 10 if projected is None else 11, key), projected, earned, here,
        paid, 1_000, "10 %: the rep's rate",
    )  # fmt: skip


LEDGER = Ledger(
    NOVEMBER,
    (order(3, "Zoë Dane", 4_000, 4_000, 4_000, 2_500), order(2, "美咲 佐藤", None, 1_500, 500, 0)),
    ((Payment(date(2026, 11, 9), 1, 2_500, None, "by cheque"), ""),),
    Cents(4_000),
    Cents(4_500),
    Cents(2_500),
    Cents(9_900),
    Cents(0),
)


def read(monkeypatch: pytest.MonkeyPatch, **fonts: tuple[str, ...]) -> str:
    from pypdf import PdfReader

    for name, paths in fonts.items():
        monkeypatch.setattr(statement, name, paths)
    made = statement.statement_pdf(LEDGER, "USD", "Robin Ames", datetime(2026, 11, 21, 9, tzinfo=UTC))
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages)


def test_it_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """An order of another month counts there as projected, and here with what it earned here."""
    said = read(monkeypatch)
    for words in (
        "Robin Ames Nov 2026",
        "projected: $40 earned in the period: $45 paid in the period: $25 outstanding of all orders at its end: $99",
        "3 Nov 2026 #3 Zoë Dane $40 $40 $40 $25 $15 10 %: the rep's rate",
        "$5 $15 $0 $15 10 %: the rep's rate",
        "9 Nov 2026 $25 by cheque",
    ):
        assert words in said, said


@pytest.mark.parametrize("fonts", [{"MORE_FONTS": ()}, {"FONTS": ()}])
def test_a_letter_that_no_font_has_is_a_question_mark(
    monkeypatch: pytest.MonkeyPatch, fonts: dict[str, tuple[str, ...]]
) -> None:
    """A client whose letters are missing is not left out: her order has its number, and she has question marks."""
    assert "#2 ?? ?? " in read(monkeypatch, **fonts)


def test_its_lines_and_columns_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is outstanding would run into the reason for the rate: "$6.80 10 %"."""
    from pypdf import PdfReader

    monkeypatch.setattr(statement, "FONTS", ())
    made = statement.statement_pdf(LEDGER, "USD", "Robin Ames", datetime(2026, 11, 21, 9, tzinfo=UTC))
    at: dict[str, tuple[float, float]] = {}

    def place(text: str, _cm: object, tm: list[float], *_: object) -> None:
        at.setdefault(text.strip(), (tm[4], tm[5]))

    PdfReader(io.BytesIO(made)).pages[0].extract_text(visitor_text=place)
    rep, totals = (next(y for words, (_, y) in at.items() if words.startswith(one)) for one in ("Robin", "projected"))
    assert rep - totals > 14
    right_edge = at["Outstanding"][0] + 8 * 0.53 * len("Outstanding")
    assert at["Why this rate"][0] - right_edge > 4, at
