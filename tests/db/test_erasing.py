"""Erasing a client: nothing that says who she was is left in any byte, and what the law wants kept stands."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from stylistdesk.commands.attachments import AddAttachment
from stylistdesk.commands.base import Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import ClientForm, DeleteClient, EditClient
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.commands.merging import MarkDistinct, MergeClients
from stylistdesk.commands.moves import MoveOrder
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.tickets import DraftTicket
from stylistdesk.commands.triage import SnoozeClient
from stylistdesk.db import hers
from stylistdesk.db.tables import Client, HostEvent, Order, OrderMove
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.types import Cents, Channel, ConsentGround, TicketTo
from stylistdesk.queries.clients import all_clients
from stylistdesk.queries.erasing import erasing_lines, what_erasing_does
from stylistdesk.queries.proof import proof_of
from tests import every_table
from tests.commands.doing import Do
from tests.conftest import NOW
from tests.helpers import add_client, dump

NAMES = ("Zoraida Quill", "zoraida@example.com", "2125550177", "555-0177", "zoraida.old@example.com", "Zora Before")


def left(folder: Path, *words: str) -> list[tuple[str, str]]:
    """In which files of the desk's folder these words are still, whatever their case."""
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "backups" not in path.parts
        for word in words
        if word.casefold().encode() in path.read_bytes().lower()
    ]


def whole(desk: Desk) -> tuple[str, ...]:
    return tuple(desk.do(CheckDesk(desk.paths.attachments)).value.problems)


def known(desk: Desk) -> int:
    """A client who has been called otherwise, was written of by another, and was removed and brought back."""
    her = add_client(desk, "Zora Before", email="zoraida.old@example.com", phone="+12125550177")
    desk.do(EditClient(her, ClientForm("Zoraida Quill", "Zoraida@example.com", "+12125550177", company="Quill & Co")))
    desk.do(AddNote(her, "Likes moss green"))
    bea = add_client(desk, "Bea Okafor", email="bea@example.com")
    desk.do(AddNote(bea, "A friend of zoraida QUILL, ask at zoraida@example.com or (212) 555-0177"))
    desk.do(DeleteClient(her))
    desk.undo()
    return her


def test_no_byte_of_her_is_left_in_the_file_or_its_log(desk: Desk) -> None:
    her = known(desk)
    assert left(desk.paths.data_dir, *NAMES)
    desk.erase(her, "zoraida quill")
    assert left(desk.paths.data_dir, *NAMES, "moss green", "Quill & Co") == []
    assert whole(desk) == ()
    desk.close()
    assert left(desk.paths.data_dir, *NAMES) == []


def test_nothing_is_done_with_her_any_more(desk: Desk) -> None:
    """A note or a follow-up would put "Erased client 1" into the queue."""
    her = known(desk)
    desk.do(AddOrderSummary(her, OrderForm(date(2026, 11, 19), Cents(9_000))))
    desk.erase(her, "Zoraida Quill")
    assert [row.name for row in desk.ask(all_clients).rows] == ["Bea Okafor"], "her row has no one to show"
    erased = dump(desk)
    edited = EditClient(her, ClientForm("Zo"))
    for command in (AddNote(her, "hello"), SnoozeClient(her, NOW), DeleteClient(her), edited):
        with pytest.raises(Refused, match=f"Client {her} was erased"):
            desk.do(command)
    assert dump(desk) == erased


def test_no_earlier_step_brings_her_back_and_those_of_others_can_be_undone(desk: Desk) -> None:
    her = known(desk)
    desk.erase(her, "Zoraida Quill")
    erased = dump(desk)
    with pytest.raises(NotUndoable, match=f"client {her}, who was erased on 21 Nov 2026"):
        desk.undo(2)
    with pytest.raises(NotUndoable):
        desk.redo()
    assert dump(desk) == erased
    desk.undo()  # the note on Bea: what was done last of all that is left
    assert not dump(desk)["note"]
    desk.redo()
    assert dump(desk) == erased
    assert erased["note"][0][4] == "A friend of [erased], ask at [erased] or [erased]"
    assert not [row for row in erased["client"] if row[0] == her]


def test_her_name_has_to_be_typed_and_only_one_who_is_there_is_erased(desk: Desk) -> None:
    her = known(desk)
    before = dump(desk)
    for client_id, name in ((her, "Zoraida"), (her, ""), (99, "Zoraida Quill")):
        with pytest.raises(Refused):
            desk.erase(client_id, name)
    assert dump(desk) == before


def test_nothing_of_another_with_the_same_name_or_a_shared_address_is_touched(desk: Desk) -> None:
    her = known(desk)
    twin = add_client(desk, "Zoraida Quill", phone="+12125550177")
    desk.do(AddNote(twin, "Zoraida Quill, the other one"))
    of_twin = [row for row in dump(desk)["note"] if row[1] == twin] + [r for r in dump(desk)["client"] if r[0] == twin]
    desk.erase(her, "Zoraida Quill")
    now = dump(desk)
    assert [row for row in now["note"] if row[1] == twin] + [r for r in now["client"] if r[0] == twin] == of_twin
    assert left(desk.paths.data_dir, "zoraida.old@example.com", "zoraida@example.com") == []


def bodies(desk: Desk, client_id: int) -> list[str]:
    return [row[4] for row in dump(desk)["note"] if row[1] == client_id]


def test_others_notes_lose_her_however_she_is_written_and_the_last_step_can_be_undone(desk: Desk) -> None:
    her = add_client(desk, "Katarzyna Wiśniewska", phone="+442079460958")
    bea = add_client(desk, "Bea Okafor", email="bea@example.com")
    for body in ("KATARZYNA WIŚNIEWSKA", "Wisniewska, Katarzyna", "Katarzyna\nWiśniewska", "020 7946\u20130958"):
        desk.do(AddNote(bea, f"Met {body} here"))
    desk.erase(her, "Katarzyna Wiśniewska")
    assert bodies(desk, bea) == ["Met [erased] here"] * 4
    assert left(desk.paths.data_dir, "WIŚNIEWSKA", "wisniewska", "7946") == []
    erased = dump(desk)
    desk.undo()
    desk.undo()
    desk.redo()
    desk.redo()
    assert dump(desk) == erased


def test_a_name_of_one_word_goes_from_labels_and_notes_and_items_and_small_letters_stay(desk: Desk) -> None:
    her = add_client(desk, "Madonna", email="m@example.com")
    ana = add_client(desk, "Ana Ruiz")
    desk.do(AddNote(ana, "Came with Madonna, saw a madonna in a church"))
    desk.do(MarkDistinct(ana, her))
    desk.do(MergeClients(ana, her))
    desk.undo()
    told = desk.ask(what_erasing_does, her, desk.paths)
    assert any("“Madonna”" in line and "small letters" in line for line in erasing_lines(told))
    desk.erase(her, "Madonna")
    assert bodies(desk, ana) == ["Came with [erased], saw a madonna in a church"]
    assert not [label for label in desk_labels(desk) if "Madonna" in label]


def test_a_single_name_that_another_has_too_stays_in_notes_and_she_is_told(desk: Desk) -> None:
    her = add_client(desk, "Ana", email="a@example.com")
    ana = add_client(desk, "Ana Ruiz")
    desk.do(AddNote(ana, "Ana likes moss green"))
    told = desk.ask(what_erasing_does, her, desk.paths)
    assert any("“Ana” alone stays" in line and "Ana Ruiz" in line for line in erasing_lines(told))
    desk.erase(her, "Ana")
    assert bodies(desk, ana) == ["Ana likes moss green"]
    assert [row[1] for row in dump(desk)["client"]] == ["Ana Ruiz"]


def test_the_name_of_an_event_of_hers_goes_from_tickets_moves_and_labels(desk: Desk) -> None:
    her = add_client(desk, "Fay Lindqvist", email="fay@example.com")
    lou = add_client(desk, "Lou Abara", email="lou@example.com")

    def write(work: Work) -> None:
        on = {"opens_on": date(2026, 11, 1), "closes_on": date(2026, 11, 30)}
        work.session.add(HostEvent(id=3, client_id=her, name="Fay’s fall party", code="FAY26", **on))
        work.session.add(HostEvent(id=4, name="Own shop", code="OWN26", **on))
        work.session.get_one(Order, order).event_id = 4

    order = int(desk.do(AddOrderSummary(lou, OrderForm(date(2026, 11, 19), Cents(9_000)))).value)
    desk.do(Do(write))
    desk.do(MoveOrder(order, 3))
    desk.do(Do(lambda work: setattr(work.session.get_one(OrderMove, 1), "note", "Lou was at Fay's party")))
    ticket = DraftTicket(TicketTo.SERVICE, "Move order S1001 to Fay's fall party", "Code FAY26, for Lou", lou)
    desk.do(ticket)
    desk.erase(her, "Fay Lindqvist")
    now = dump(desk)
    assert left(desk.paths.data_dir, "Fay") == []
    assert "Move order S1001 to Event 3" in now["ticket"][0]
    assert "Code [erased], for Lou" in now["ticket"][0]
    assert "Lou was at [erased]'s party" in now["order_move"][0]
    assert "Moved order S1001 to “Event 3”" in desk_labels(desk)


def desk_labels(desk: Desk) -> list[str]:
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        return [row[0] for row in connection.execute("SELECT label FROM journal_command")]


def test_who_was_merged_into_her_goes_with_her(desk: Desk) -> None:
    her = known(desk)
    other = add_client(desk, "Zed Quillon", email="zed@example.com")
    desk.do(AddNote(other, "Likes puce"))
    desk.do(MergeClients(keep_id=her, gone_id=other))
    desk.erase(her, "Zoraida Quill")
    assert left(desk.paths.data_dir, *NAMES, "Zed Quillon", "zed@example.com", "puce") == []


def test_a_row_of_hers_in_every_table_goes_or_stays_without_a_word(desk: Desk) -> None:
    her = known(desk)
    every_table.fill(desk, her)
    in_all = {name for name in hers.conditions() if name != "distinct_clients"}
    assert set(hers_of(desk, her)) == in_all
    desk.erase(her, "Zoraida Quill")
    marks = [f"{every_table.MARK} {table.name}.{c.name};" for table in hers.tables() for c in table.columns]
    kept = {word for _, word in left(desk.paths.data_dir, *marks)}
    assert {word[len(every_table.MARK) + 1 : -1] for word in kept} <= {
        "order.source", "order.number", "order.currency", "order.season", "order.rate_from", "order_line.name",
        "order_line.sku", "order_line.brand", "order_line.rate_from", "credit_memo.number", "goods_return.number",
        "goods_return.currency", "goods_return.address", "return_line.name", "card_payment.brand",
        "gift_certificate.number", "gift_certificate.currency", "host_event.source", "host_event.external_id",
        "host_event.steps_done",
        "host_order.number", "host_order_line.name",
        # The proof, and what the calendar's server needs to take her off.
        *(f"consent.{name}" for name in ("source", "evidence", "previous_hash", "hash")), "opt_out.source",
        *(f"calendar_link.{name}" for name in ("uid", "href", "etag", "ours", "theirs")),
    }  # fmt: skip
    client = next(row for row in dump(desk)["client"] if row[0] == her)
    assert f"Erased client {her}" in client
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        assert connection.execute("SELECT client_number FROM erasure").fetchall() == [(her,)]


def test_her_consent_and_opt_out_stay_as_they_were_written_and_no_import_brings_her_back(desk: Desk) -> None:
    her = known(desk)
    desk.do(RecordConsent(her, Channel.EMAIL, "zoraida@example.com", ConsentGround.INQUIRY, date(2026, 8, 28), "Asked"))
    desk.do(WithdrawConsent(her, Channel.EMAIL, "zoraida@example.com", "Replied STOP"))
    before = dump(desk)
    told = desk.ask(what_erasing_does, her, desk.paths)
    assert "2 entries of the consent ledger, 1 opt-out" in told.stays
    desk.erase(her, "Zoraida Quill")
    now = dump(desk)
    assert (now["consent"], now["opt_out"]) == (before["consent"], before["opt_out"])
    assert whole(desk) == ()
    assert left(desk.paths.data_dir, "Zoraida Quill", "555-0177", "2125550177") == []
    again = add_client(desk, "Z. Q.", email="zoraida@example.com")
    answer = desk.ask(proof_of, again, Channel.EMAIL, "zoraida@example.com").answer
    assert not answer.lawful


def test_her_files_and_unsaved_words_go_and_those_that_another_has_stay(desk: Desk, tmp_path: Path) -> None:
    her = known(desk)
    bea = add_client(desk, "Cleo Marsh")
    for name in ("hers.txt", "both.txt"):
        (tmp_path / name).write_text(name)
        desk.do(AddAttachment(her, desk.keep_file(tmp_path / name)))
    shared = desk.keep_file(tmp_path / "both.txt")
    desk.do(AddAttachment(bea, shared))
    desk.copy_to_open(shared.sha256, "both.txt")
    desk.back_up()
    typed = {"task:new:1": {"words": "call"}, "note:9": {"body": "zoraida quill"}, "follow_up:new": {"on": "fri"}}
    drafts = desk.paths.data_dir / "unsaved.json"
    drafts.write_text(json.dumps(typed))
    desk.erase(her, "Zoraida Quill")
    for folder in (desk.paths.attachments, desk.paths.backups / "attachments"):
        assert [path.name for path in folder.glob("??/*")] == [shared.sha256]
    assert not desk.paths.opened.exists()
    assert json.loads(drafts.read_text()) == {"follow_up:new": {"on": "fri"}}
    assert whole(desk) == ()


def test_what_a_restore_has_set_aside_is_told_by_name(desk: Desk) -> None:
    her = known(desk)
    desk.restore_here(desk.back_up().name)
    aside = next(desk.paths.data_dir.glob("desk-before-restore-*.sqlite3"))
    told = erasing_lines(desk.ask(what_erasing_does, her, desk.paths))
    assert any(aside.name in line and "Keep safe" in line for line in told)


def test_one_who_was_erased_is_not_erased_again(desk: Desk) -> None:
    her = known(desk)
    every_table.fill(desk, her)
    desk.erase(her, "Zoraida Quill")
    with pytest.raises(Refused, match="erased already"):
        desk.erase(her, f"Erased client {her}")
    with pytest.raises(Refused, match="erased already"):
        desk.ask(what_erasing_does, her, desk.paths)


def hers_of(desk: Desk, client_id: int) -> dict[str, list[int]]:
    return desk.ask(lambda asking: hers.ids(asking.session.connection(), client_id))


def test_every_table_is_a_clients_or_said_to_be_none() -> None:
    told = set(hers.conditions()) | hers.OF_THE_DESK
    assert {table.name for table in hers.tables()} == told
    assert not set(hers.conditions()) & hers.OF_THE_DESK
    assert Client.__tablename__ in hers.conditions()
