"""A card's whole number in the words of a file: no more of it than the last four digits is kept (R36)."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from stylistdesk.db.tables import Client, HostEvent, Order, OrderLine, Signal
from tests.exchange.test_square_transactions import PAID, file

CARD = "4111 1111 1111 1111"
CUT = "•••• •••• •••• 1111"
TOLD = "a card's number was cut to its last four digits"

ACTIVITY = (
    "external_id,occurred_at,client_name,kind,item,comment\n"
    f"4111111111111111,2026-11-20T10:00:00Z,Ana Reis,commented,Coat {CARD},charge {CARD}\n"
)
CLIENTS = (
    "Customer ID,First Name,Last Name,Email,Phone,Note,Accepts Email Marketing,Tags\n"
    f"7,Ana,Reis,ana@example.com,,{CARD} is hers,no,\n"
)
ORDERS = (
    "Name,Email,Created at,Currency,Total,Lineitem quantity,Lineitem name,Lineitem price,Notes\n"
    f"#4111111111111111,ana@example.com,2026-11-20 10:00:00 +0000,USD,9.00,1,Gift {CARD},9.00,card {CARD}\n"
)
EVENTS = f"external_id,name,opens_on,closes_on,note\n4111111111111111,Party,2026-11-07,2026-11-29,card {CARD}\n"
VCARD = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Reis\r\nNOTE:{CARD}\r\nEND:VCARD\r\n"


def _all_text(bench: Any) -> str:
    """All that the desk keeps, its journal with it."""
    with closing(sqlite3.connect(f"file:{bench.desk.paths.database}?mode=ro", uri=True)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize(
    ("content", "name", "kept", "count"),
    [
        (file(PAID | {"Description": f"paid with {CARD}"}), "f.csv", (Order, "note", f"paid with {CUT}"), 2),
        (ORDERS, "f.csv", (Order, "note", f"card {CUT}"), 2),
        (ORDERS, "f.csv", (OrderLine, "name", f"Gift {CUT}"), 2),
        (ORDERS, "f.csv", (Order, "number", "#4111111111111111"), 2),
        (ACTIVITY, "f.csv", (Signal, "comment", f"charge {CUT}"), 2),
        (ACTIVITY, "f.csv", (Signal, "item", f"Coat {CUT}"), 2),
        (ACTIVITY, "f.csv", (Signal, "external_id", "4111111111111111"), 2),
        (CLIENTS, "f.csv", (Client, "description", f"{CUT} is hers"), 1),
        (EVENTS.replace("Party", f"Party {CARD}"), "f.csv", (HostEvent, "name", f"Party {CUT}"), 2),
        (CLIENTS.replace("Ana,Reis", f"Ana,Reis {CARD}"), "f.csv", (Client, "name", f"Ana Reis {CUT}"), 2),
        (EVENTS, "f.csv", (HostEvent, "note", f"card {CUT}"), 1),
        (EVENTS, "f.csv", (HostEvent, "external_id", "4111111111111111"), 1),
        (VCARD, "f.vcf", (Client, "description", CUT), 1),
    ],
)
def test_the_number_of_a_card_is_cut_in_words_and_nowhere_else(
    bench: Any, content: str, name: str, kept: tuple[Any, str, str], count: int
) -> None:
    """A note of a shop would carry a card's whole number into the desk, and into every copy of it."""
    looked, report = bench.look(content, name), bench.take(content, name)
    model, column, words = kept
    assert getattr(bench.all(model)[0], column) == words
    assert CARD not in _all_text(bench) and words in _all_text(bench)
    told = [notice.text for notice in report.notices if "four digits" in notice.text]
    assert told == [TOLD if count == 1 else f"{count} numbers of cards were cut to their last four digits"]
    assert looked.notices == report.notices
    assert not bench.take(content, name).changes_something
