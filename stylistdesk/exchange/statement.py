"""The commission statement of a period, as CSV for a spreadsheet and as PDF to send (R20)."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.metrics_ledger import LedgerRow
from stylistdesk.domain.money import format_money, minor_digits
from stylistdesk.domain.periods import say_period
from stylistdesk.domain.rates import say_date
from stylistdesk.domain.text import clean
from stylistdesk.exchange.spreadsheet import Cell, Table, csv_text
from stylistdesk.queries.ledger import Ledger

if TYPE_CHECKING:
    from fpdf import FPDF

COLUMNS = (
    "kind", "date", "order", "client", "brand", "projected", "earned_in_period", "earned", "paid", "outstanding",
    "currency", "why",
)  # fmt: skip
LINE = 6
"""From one line of plain text to the next, in millimetres."""
INSTALL = "Install it with: pip install 'stylistdesk[pdf]'. Or choose CSV."
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
"""Fonts with more than Western letters, where a system has one; the PDF holds the letters that it uses."""
MORE_FONTS = (
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/malgun.ttf",
)
"""Fonts for what those lack: Chinese, Japanese, Korean."""


def statement_csv(ledger: Ledger, currency: str) -> str:
    """`statement_table` as CSV."""
    return csv_text(*statement_table(ledger, currency))


def statement_table(ledger: Ledger, currency: str) -> Table:
    """A row for each order, for each payment, and for the whole period; amounts are plain numbers."""

    def money(cents: int | None) -> Cell:
        return "" if cents is None else Decimal(cents).scaleb(-minor_digits(currency))

    rows: list[list[Cell]] = [
        [
            "order", row.on, row.number, row.client, "", money(row.projected), money(row.earned_here),
            money(row.earned), money(row.paid), money(row.outstanding), currency, row.why,
        ]
        for row in ledger.rows
    ]  # fmt: skip
    for payment, brand in ledger.payments:
        rows.append(
            ["payment", payment.on, "", "", brand, "", "", "", money(payment.cents), "", currency,
             payment.note]
        )  # fmt: skip
    rows.append(
        ["period", ledger.period.starts, "", "", "", money(ledger.projected), money(ledger.earned), "",
         money(ledger.paid), money(ledger.outstanding), currency, ""]
    )  # fmt: skip
    return Table(COLUMNS, rows)


def statement_pdf(ledger: Ledger, currency: str, rep: str, now: datetime) -> bytes:
    """The same as a page to send; `now` is in the desk's zone. Raises `Refused` where PDF files cannot be made."""
    try:
        from fpdf import FPDF
        from fpdf.enums import TableBordersLayout
        from fpdf.fonts import FontFace
    except ImportError:
        raise Refused("PDF files need the package fpdf2, which is not installed.", field="what", hint=INSTALL) from None
    pdf = FPDF(orientation="landscape", format="letter" if currency in ("USD", "CAD") else "A4")
    pdf.set_creation_date(now)
    pdf.set_title("Commission statement")
    pdf.set_auto_page_break(auto=True, margin=15)
    font, said = font_of(pdf)
    pdf.add_page()
    pdf.set_font(font, size=16)
    pdf.cell(h=LINE, text="Commission statement", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)
    pdf.set_font(font, size=10)
    pdf.cell(h=LINE, text=said(f"{rep}   {say_period(ledger.period, now.date())}"), new_x="LMARGIN", new_y="NEXT")
    pdf.cell(h=LINE, text=said(_totals(ledger, currency)), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font(font, size=8)
    heads = FontFace(emphasis="", fill_color=(235, 235, 235))
    widths = (25, 19, 38, 20, 19, 25, 21, 23, 73)
    aligns: Any = ("LEFT", "LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "LEFT")
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=heads,
        col_widths=widths,
        text_align=aligns,
        padding=(0, 1.5),
    ) as table:
        for row in (_HEADS, *(_cells(each, currency) for each in ledger.rows)):
            table.row([said(cell) for cell in row])
    if ledger.payments:
        pdf.ln(4)
        pdf.cell(h=LINE, text="Payments", new_x="LMARGIN", new_y="NEXT")
        for payment, brand in ledger.payments:
            parts = (say_date(payment.on), format_money(payment.cents, currency), brand, clean(payment.note))
            pdf.cell(h=LINE, text=said("   ".join(part for part in parts if part)), new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


_HEADS = (
    "Date", "Order", "Client", "Projected", "Earned", "Earned so far", "Paid so far", "Outstanding", "Why this rate",
)  # fmt: skip


def _cells(row: LedgerRow, currency: str) -> Iterable[str]:
    amounts = (row.projected, row.earned_here, row.earned, row.paid, row.outstanding)
    return (
        say_date(row.on),
        row.number,
        clean(row.client),
        *("" if x is None else format_money(x, currency) for x in amounts),
        row.why,
    )


def _totals(ledger: Ledger, currency: str) -> str:
    parts = (
        ("projected", ledger.projected),
        ("earned in the period", ledger.earned),
        ("paid in the period", ledger.paid),
        ("outstanding of all orders at its end", ledger.outstanding),
    )
    return "   ".join(f"{words}: {format_money(cents, currency)}" for words, cents in parts)


def font_of(pdf: "FPDF") -> tuple[str, Any]:
    """The font, and what makes a text fit for it: a letter that no font has is a question mark, never nothing."""
    found = next((path for path in FONTS if Path(path).is_file()), None)
    if found is None:
        return "helvetica", _western
    pdf.add_font("text", fname=found)
    more = [path for path in MORE_FONTS if Path(path).is_file()]
    for number, path in enumerate(more):
        pdf.add_font(f"more{number}", fname=path)
    pdf.set_fallback_fonts([f"more{number}" for number in range(len(more))])
    letters: set[int] = set().union(*(getattr(font, "cmap", ()) for font in pdf.fonts.values()))

    def drawn(words: str) -> str:
        return "".join(sign if ord(sign) in letters else "?" for sign in unicodedata.normalize("NFC", words))

    return "text", drawn


def _western(words: str) -> str:
    """The text in Western letters: accents that these lack go, and what is left is a question mark."""
    kept = []
    for sign in words.replace("–", "-").replace("…", "..."):
        plain = sign if sign.isascii() or ord(sign) < 256 else unicodedata.normalize("NFKD", sign)[:1]
        kept.append(plain.encode("latin-1", "replace").decode("latin-1"))
    return "".join(kept)
