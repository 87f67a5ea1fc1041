"""`export-client` and `erase`, as a rep types them."""

import json
from pathlib import Path

from typer.testing import CliRunner

from stylistdesk import cli
from stylistdesk.clock import FrozenClock
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Cents
from stylistdesk.paths import desk_paths
from tests.conftest import NOW
from tests.helpers import add_client, dump


def run(folder: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    told = CliRunner().invoke(cli.app, ["--data-dir", str(folder), *arguments], input=typed)
    return told.exit_code, told.output + str(told.exception or "")


def test_a_client_is_written_out_and_erased_only_for_her_name_or_her_id(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetUpDesk("Robin", "America/New_York", "USD", "US"))
        add_client(desk, "Ana Ruiz", email="ana@example.com")
        add_client(desk, "Bea Okafor")
        desk.do(AddNote(1, "Came with Bea Okafor"))
        desk.back_up()
    code, said = run(folder, "export-client", "Ana Ruiz", str(tmp_path / "ana"))
    assert code == 0, said
    assert "It names other clients: Bea Okafor (1 note" in said
    assert json.loads((tmp_path / "ana" / "data.json").read_text())["client"] == "Ana Ruiz"

    before = dump(folder / "desk.sqlite3")
    code, said = run(folder, "erase", "ana@example.com", typed="Ana\n")
    assert code != 0
    assert "No undo brings her back" in said
    assert "1 backup may still hold her, until" in said
    assert "Her name is Ana Ruiz." in said
    code, said = run(folder, "erase", "Ana Ruiz", "--yes")
    assert code != 0 and "Ana Ruiz is client 1: `stylistdesk erase 1 --yes`." in said
    assert dump(folder / "desk.sqlite3") == before

    assert run(folder, "erase", "Ana Ruiz", typed="ana ruiz\n")[0] == 0
    assert run(folder, "erase", "2", "--yes")[0] == 0
    assert dump(folder / "desk.sqlite3")["client"] == []
    assert [row[1] for row in dump(folder / "desk.sqlite3")["erasure"]] == [1, 2]
    erased = dump(folder / "desk.sqlite3")
    for typed, says in (("", "Nobody has answered; nothing was done. With --yes it is not asked."), ("n\n", "Aborted")):
        code, said = run(folder, "undo", typed=typed)
        assert code != 0 and says in said
        assert "The erasing stays: it cannot be undone. The step before it: Set up the desk of Robin." in said
        assert dump(folder / "desk.sqlite3") == erased
    assert "Took back: Set up the desk of Robin" in run(folder, "undo", typed="y\n")[1]
    assert run(folder, "redo")[0] == 0
    code, said = run(folder, "undo", "--yes")
    assert code == 0 and "Took back: Set up the desk of Robin" in said and "Take that back?" not in said
    code, said = run(folder, "restore", "latest")
    assert "Bea Okafor (client 2), erased for good on" in said
    assert "erase her again with `stylistdesk erase 1`." in said
    assert "stylistdesk erase 1" in run(folder, "backup", "--list")[1]


def test_who_was_erased_counts_as_no_client_in_an_export(tmp_path: Path) -> None:
    """Her sales stand under a number, for tax; that is no card for an address book."""
    folder, cards = tmp_path / "desk", tmp_path / "all.vcf"
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(SetUpDesk("Robin", "America/New_York", "USD", "US"))
        her = add_client(desk, "Ana Ruiz")
        add_client(desk, "Bea Okafor")
        desk.do(AddOrderSummary(her, OrderForm(NOW.date(), Cents(10_000))))
        desk.erase(her, "Ana Ruiz")
    assert len(dump(folder / "desk.sqlite3")["client"]) == 2
    assert "all.vcf: 1 client," in run(folder, "export", str(cards))[1]
    assert cards.read_text().count("BEGIN:VCARD") == 1 and "Erased" not in cards.read_text()
    assert "all.csv: 1 client\n" in run(folder, "export", str(tmp_path / "all.csv"))[1]
    assert "all.json: 1 client," in run(folder, "export", str(tmp_path / "all.json"))[1]
