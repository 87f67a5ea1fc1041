"""Hostile text in every field of a file: cleaned at the border, so that no screen has to be trusted with it."""

import json
from pathlib import Path

import pytest

from stylistdesk.desk import Desk
from stylistdesk.domain.text import clean
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
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
    stored = [value for rows in dump(desk).values() for cells in rows for value in cells if isinstance(value, str)]
    for value in stored:
        assert not FORBIDDEN & set(value), value
        assert clean(value, multiline=True) == value
    for found in desk.ask(queue).rows:
        assert desk.ask(client_pane, found.client_id) is not None
