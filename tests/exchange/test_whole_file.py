"""A client's whole file: all of her, whatever tables there will be, and nothing of anybody else."""

import json
import re
from pathlib import Path

import pytest
from sqlmodel import Session

from stylistdesk.commands.attachments import AddAttachment
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import LogCall
from stylistdesk.db import hers
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.whole_file import gather, write_whole_file
from stylistdesk.queries.whole_file import whom_it_names
from tests import every_table
from tests.helpers import add_client

OTHER = ("Bea Okafor", "bea@example.com", "555-0188", "of bea alone", "GC-SECRET", "5550188")


def written(desk: Desk, client_id: int, folder: Path) -> dict[str, bytes]:
    made = write_whole_file(folder, desk.ask(gather, client_id), desk.paths.attachments)
    return {str(path.relative_to(made.folder)): path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}


def two(desk: Desk) -> tuple[int, int]:
    ana = add_client(desk, "Ana Ruiz", email="ana@example.com", phone="+12125550177")
    bea = add_client(desk, "Bea Okafor", email="bea@example.com", phone="+12125550188")
    desk.do(AddNote(bea, "of bea alone"))
    return ana, bea


def test_every_row_of_hers_is_in_it_of_every_table(desk: Desk, tmp_path: Path) -> None:
    ana, _ = two(desk)
    made = every_table.fill(desk, ana)
    files = written(desk, ana, tmp_path / "hers")
    tables = json.loads(files["data.json"])["tables"]
    for name in hers.conditions():
        if name != "distinct_clients":
            assert made[name] in [row["id"] for row in tables[name]], name
    page = files["read-me.html"].decode()
    assert "kept of her assignment.hq_notes; <small>(HQ notes, written by headquarters)" in page
    assert "kept of her assignment.rep_notes; <small>(the rep&#x27;s own note)" in page
    assert json.loads(files["data.json"])["whose_words"]["assignment.hq_notes"].startswith("HQ notes")
    assert b"ana@example.com" in files["client.vcf"]


def test_nothing_of_another_is_in_it(desk: Desk, tmp_path: Path) -> None:
    ana, bea = two(desk)
    buys_for = (
        "INSERT INTO gift_certificate (client_id, for_client_id, for_name, number, currency, sold_on, note) "
        "VALUES (?, ?, ?, ?, 'USD', '2026-11-01', ?)"
    )

    def write(session: object) -> None:
        connection = session.connection()  # type: ignore[attr-defined]
        connection.exec_driver_sql(buys_for, (ana, bea, "Bea Okafor", "GC-1", "from me"))
        connection.exec_driver_sql(buys_for, (bea, ana, "Ana Ruiz", "GC-2", "of bea alone"))
        connection.exec_driver_sql(buys_for, (bea, None, "", "GC-SECRET", "of bea alone"))
        connection.exec_driver_sql("INSERT INTO distinct_clients (client_id, other_id) VALUES (?, ?)", (ana, bea))

    desk.note(write)
    files = written(desk, ana, tmp_path / "hers")
    found = [(name, word) for name, content in files.items() for word in OTHER if word.encode() in content]
    assert found == []
    told = json.loads(files["data.json"])
    assert [row["number"] for row in told["tables"]["gift_certificate"]] == ["GC-1"]
    assert told["tables"]["gift_certificate"][0]["for_client_id"] is None
    assert [row["number"] for row in told["certificates_she_holds"]] == ["GC-2"]


def test_who_else_is_named_in_her_notes_is_told_and_marked(desk: Desk, tmp_path: Path) -> None:
    ana, _ = two(desk)
    add_client(desk, "Harbor & Hem")
    for body in ("Came with BEA  OKAFOR", "Okafor, Bea pays: 212.555.0188", "Ana Ruiz asked for ana@example.com"):
        desk.do(AddNote(ana, body))
    desk.do(LogCall(ana, "talked", "Call at Harbor & Hem, not at bea's"))
    assert desk.ask(whom_it_names, ana)[0] == (
        "It names other clients: Bea Okafor (2 notes, 2 history steps), Harbor & Hem (1 message, 1 history step)."
    )
    files = written(desk, ana, tmp_path / "hers")
    assert files["read-me.html"].decode().count("<mark>Names another client: Bea Okafor</mark>") == 2
    named = json.loads(files["data.json"])["other_clients_named_in"]
    assert {"table": "note", "id": 2, "names": ["Bea Okafor"]} in named


def test_the_page_is_for_a_reader_and_the_json_has_every_column(desk: Desk, tmp_path: Path) -> None:
    ana, _ = two(desk)
    every_table.fill(desk, ana)

    def write(session: Session) -> None:
        change = session.connection().exec_driver_sql
        change("UPDATE client SET birthday = '--03-14', watermark = 314, spending_power = 3 WHERE id = ?", (ana,))
        change("UPDATE location SET latitude = 41060200, longitude = -71400000")
        change("UPDATE appointment SET starts_at = '2026-11-04 15:00:00.000000'")
        change("UPDATE \"order\" SET total_cents = 124050, currency = 'USD', placed_at = '2026-07-04 15:00:00.000000'")

    desk.note(write)
    files = written(desk, ana, tmp_path / "hers")
    page, told = files["read-me.html"].decode(), json.loads(files["data.json"])["tables"]
    for said in ("14 Mar", "$$$", "41.0602 N, 71.4000 W", "4 Nov 2026, 10:00 EST", "$1,240.50", "4 Jul 2026, 11:00 EDT",
                 "<dt>Primary</dt><dd>yes</dd>", "(212) 555-0177"):  # fmt: skip
        assert said in page, said
    for unsaid in ("watermark", "314<", "41060200", "00.000000", "hash", "_", " id<", "is primary"):
        assert unsaid not in re.sub(r"kept of her \S+;|<style>.*?</style>", "", page), unsaid
    assert told["client"][0]["watermark"] == 314
    assert told["location"][0]["latitude"] == 41060200


def test_her_files_are_in_it_and_all_is_private_and_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    ana, _ = two(desk)
    for content in ("one", "two"):
        (tmp_path / "size chart.txt").write_text(content)
        desk.do(AddAttachment(ana, desk.keep_file(tmp_path / "size chart.txt")))
    folder = tmp_path / "there"
    folder.mkdir(mode=0o755)
    for _ in range(2):
        files = written(desk, ana, folder)
        assert {content for name, content in files.items() if name.startswith("attachments/")} == {b"one", b"two"}
    assert len(list(folder.iterdir())) == 2
    assert folder.stat().st_mode & 0o777 == 0o755
    for path in [each for inner in folder.iterdir() for each in (inner, *inner.rglob("*"))]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
    with pytest.raises(Refused):
        write_whole_file(tmp_path / "size chart.txt", desk.ask(gather, ana), desk.paths.attachments)


def test_a_client_with_a_hostile_name_writes_nowhere_else(desk: Desk, tmp_path: Path) -> None:
    ana = add_client(desk, "../../<script>alert(1)</script>", email="ana@example.com")
    folder = tmp_path / "there"
    folder.mkdir()
    files = written(desk, ana, folder)
    assert b"<script>" not in files["read-me.html"]
    assert [path.parent for path in folder.iterdir()] == [folder]
