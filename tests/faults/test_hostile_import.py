"""Hostile text in every field of a file: cleaned at the border, so that no screen has to be trusted with it."""

import csv
import io
import json
from pathlib import Path

import pytest

from stylistdesk.desk import Desk
from stylistdesk.domain.text import clean
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.exchange.rows import folded
from stylistdesk.queries.daily_tasks import client_pane, queue
from tests.helpers import dump
from tests.ui.test_hostile_text import PAYLOADS

_CODES = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
FORBIDDEN = {chr(code) for code in _CODES} - {"\n", "\t"}  # a comment may have lines and tabs


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_hostile_is_stored(desk: Desk, tmp_path: Path, payload: str) -> None:
    fields = ("client_name", "lookbook", "item", "brand", "comment", "url", "external_id")
    row = dict.fromkeys(fields, payload) | {
        "client_email": "ana@example.com",
        "kind": "commented",
        "occurred_at": "2026-11-21T08:00:00-05:00",
    }
    file = tmp_path / "activity.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8", errors="surrogatepass")
    desk.do(ImportFile(recognise(file)))
    nothing_hostile(desk)


def nothing_hostile(desk: Desk) -> None:
    """What is stored is clean, and the screens' queries read it."""
    stored = [value for rows in dump(desk).values() for cells in rows for value in cells if isinstance(value, str)]
    for value in stored:
        assert not FORBIDDEN & set(value), value
        assert clean(value, multiline=True) == value
    for found in desk.ask(queue).rows:
        assert desk.ask(client_pane, found.client_id) is not None


DATA = Path(__file__).parents[2] / "data"
LISTS = (
    "mailchimp_subscribed.csv", "samples/google_contacts.csv", "samples/google_contacts-older.csv",
    "samples/square_customers.csv", "samples/mailchimp_unsubscribed.csv", "samples/mailchimp_cleaned.csv",
    "samples/klaviyo_list.csv", "samples/klaviyo_suppressions.csv", "samples/plain_list.csv",
    "samples/etsy_sold_orders.csv", "samples/etsy_sold_order_items.csv", "samples/square_transactions.csv",
    "samples/woocommerce_advanced_order_export.csv", "samples/woocommerce_csv_import_suite.csv",
)  # fmt: skip
_EMAIL = ("email", "email address", "e-mail 1 - value")


@pytest.mark.parametrize("name", LISTS)
def test_nothing_hostile_comes_in_with_a_list(desk: Desk, tmp_path: Path, name: str) -> None:
    """Every payload in every cell, with and without a good address to know the row by."""
    header = next(csv.reader(io.StringIO((DATA / name).read_text("utf-8-sig"))))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for number, payload in enumerate(PAYLOADS):
        writer.writerow([payload] * len(header))
        row = [f"c{number}@example.com" if folded(column) in _EMAIL else payload for column in header]
        writer.writerow(row)
    file = tmp_path / Path(name).name
    file.write_text(out.getvalue(), encoding="utf-8", errors="surrogatepass")
    desk.do(ImportFile(recognise(file)))
    nothing_hostile(desk)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_hostile_comes_in_with_a_card(desk: Desk, tmp_path: Path, payload: str) -> None:
    names = ("FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "BDAY", "URL", "NOTE", "CATEGORIES", "UID", "X-ABLABEL")
    lines = ["BEGIN:VCARD", "VERSION:3.0", *(f"{name}:{payload}" for name in names)]
    lines += ["FN:Ana", "EMAIL:ana@example.com", f"ADR;TYPE={payload}:;;{payload};{payload};;;", f"{payload};X=1:y"]
    lines += [f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET={payload}:=1B[31m=00=9B{payload}", "END:VCARD", ""]
    file = tmp_path / "book.vcf"
    file.write_text("\r\n".join(lines), encoding="utf-8", errors="surrogatepass")
    desk.do(ImportFile(recognise(file)))
    nothing_hostile(desk)
