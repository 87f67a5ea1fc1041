"""The slip that goes into the parcel of a return (R39): as plain text of 72 columns, and as PDF."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.rates import say_date
from stylistdesk.domain.return_words import say_coming
from stylistdesk.domain.text import cells, clean, in_cells, shortened
from stylistdesk.domain.types import RestockBasis
from stylistdesk.exchange.statement import LINE, font_of
from stylistdesk.queries.returns import ReturnPage

WIDTH = 72
HALF = WIDTH // 2
INSTALL = "Install it with: pip install 'stylistdesk[pdf]'. Or choose text."
NO_ADDRESS = ("(ask your stylist for", "the return address)")


def _to(page: ReturnPage) -> list[str]:
    return [clean(line) for line in page.row.address.splitlines() if line.strip()] or list(NO_ADDRESS)


def _from(page: ReturnPage) -> list[str]:
    return [clean(line) for line in (page.row.client, *page.client_address)]


def _lines(page: ReturnPage) -> Iterator[tuple[str, str, str]]:
    """Of each line: how many of what, what becomes of it, and what is refunded for it."""
    for line in page.row.lines:
        what = say_coming(line.kind, is_replaced=line.is_replaced, instead=clean(line.instead))
        cents = "" if line.is_replaced else format_money(line.cents, page.row.currency)
        yield f"{line.quantity} x {clean(line.name)}", what, cents


def _money(page: ReturnPage, basis: RestockBasis) -> Iterator[tuple[str, str]]:
    """What is refunded, what is kept back, and where the rest goes; nothing where nothing is refunded."""
    row = page.row
    if not row.goods:
        return
    yield "Refund of goods", format_money(row.goods, row.currency)
    if row.fee:
        each = "for each item" if basis is RestockBasis.ITEM else "for the return"
        yield f"Restock fee, {each}", format_money(-row.fee, row.currency)
    for number, cents in page.gifts:
        yield f"Goes back to gift certificate {number}", format_money(cents, row.currency)
    if row.to_card:
        yield f"Goes back to {say_card(page.card)}", format_money(row.to_card, row.currency)
    if row.off_due:
        yield "Taken off what you still owe", format_money(row.off_due, row.currency)


def say_card(card: tuple[str, str]) -> str:
    """Her card, as far as it is known: "card Visa ending in 4242"."""
    brand, last_four = (clean(part) for part in card)
    return " ".join(part for part in ("card", brand, f"ending in {last_four}" if last_four else "") if part)


def _words(page: ReturnPage) -> Iterator[str]:
    row = page.row
    of = f", of the purchase {page.root}" if page.root != row.order else ""
    yield f"Order {row.order}{of}, bought on {say_date(page.bought_on)}. Return opened on {say_date(row.opened_on)}."
    yield "Put this slip into the parcel and write the Return ID on the outside."
    yield "You pay the postage of what you send back." + (
        " What is sent instead ships free." if row.exchange_order_id is not None else ""
    )


def slip_text(page: ReturnPage, basis: RestockBasis) -> str:
    """The slip as text; no line is longer than 72 cells."""
    about, *how = _words(page)
    rule = "-" * WIDTH
    named = " ".join(f"RETURN ID {page.row.number}")
    lines = ["=" * WIDTH, "", named.center(WIDTH).rstrip(), "", "=" * WIDTH, "", f"{'SEND IT TO':{HALF}}FROM"]
    for to, sender in zip_longest(_to(page), _from(page), fillvalue=""):
        lines.append(f"{in_cells(to, HALF - 2)}  {in_cells(sender, HALF)}".rstrip())
    lines += ["", *wrap(about, WIDTH), "", rule]
    for what, becomes, cents in _lines(page):
        lines += _row(what, cents)
        lines += [f"    {part}" for part in wrap(becomes, WIDTH - 4)]
    lines.append(rule)
    for what, cents in _money(page, basis):
        lines += _row(what, cents)
    lines += ["", *(part for words in how for part in wrap(words, WIDTH)), ""]
    if page.rep:
        lines.append(shortened(clean(page.rep), WIDTH))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row(words: str, amount: str) -> list[str]:
    """Words with an amount at the right edge; a wide letter takes two cells."""
    room = WIDTH - cells(amount) - 2
    return [f"{in_cells(words, room)}  {amount}".rstrip()]


def slip_pdf(page: ReturnPage, basis: RestockBasis, now: datetime) -> bytes:
    """The same as a page to print; `now` is in the desk's zone. Raises `Refused` where PDF files cannot be made."""
    try:
        from fpdf import FPDF
        from fpdf.enums import TableBordersLayout
    except ImportError:
        raise Refused("PDF files need the package fpdf2, which is not installed.", field="what", hint=INSTALL) from None
    pdf = FPDF(format="letter" if page.row.currency in ("USD", "CAD") else "A4")
    pdf.set_creation_date(now)
    pdf.set_title(f"Return {page.row.number}")
    font, said = font_of(pdf)
    pdf.add_page()
    pdf.set_font(font, size=30)
    pdf.cell(w=0, h=22, text=said(f"Return ID {page.row.number}"), border=1, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    about, *how = _words(page)
    for to, sender in zip_longest(("Send it to", *_to(page)), ("From", *_from(page)), fillvalue=""):
        pdf.set_font(font, size=9 if to == "Send it to" else 12)
        pdf.cell(w=pdf.epw / 2, h=LINE, text=said(to))
        pdf.cell(w=0, h=LINE, text=said(sender), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font(font, size=10)
    pdf.multi_cell(w=0, h=LINE, text=said(about), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    aligns: Any = ("LEFT", "LEFT", "RIGHT")
    rows = [*_lines(page), *((words, "", cents) for words, cents in _money(page, basis))]
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=(50, 35, 15),
        text_align=aligns,
        first_row_as_headings=False,
        padding=1,
    ) as table:
        for row in rows:
            table.row([said(cell) for cell in row])
    pdf.ln(4)
    for words in how:
        pdf.multi_cell(w=0, h=LINE, text=said(words), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.cell(text=said(clean(page.rep)))
    return bytes(pdf.output())
