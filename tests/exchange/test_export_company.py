"""Company files and sign-ups as a table: all that was typed is there, and nothing of it is a formula (R46)."""

import csv
import io
from datetime import date
from pathlib import Path

from stylistdesk.commands.company_files import AddCompanyFile, FileForm, SetReturnAddress
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.commands.host_orders import EnterHostOrder, PlaceHostOrder
from stylistdesk.commands.orders import AddOrderSummary, OrderForm
from stylistdesk.commands.returns import OpenReturn
from stylistdesk.commands.sign_ups import AddSignUp, MarkSignUp, SignUpForm, Step
from stylistdesk.desk import Desk
from stylistdesk.domain.host_orders import HostLine
from stylistdesk.domain.returns import Asked
from stylistdesk.domain.types import Cents, HostPays
from stylistdesk.exchange.exporting import export_for
from tests.conftest import NOW
from tests.helpers import add_client


def written(desk: Desk, name: str, ids: list[int] | None = None) -> list[dict[str, str]]:
    made = desk.ask(export_for(Path(), name).make, ids)
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert made.count == len(rows)
    return rows


def test_files_and_addresses_are_told_with_their_days(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "prices.txt").write_text("4 %")
    stored = desk.keep_file(tmp_path / "prices.txt")
    desk.do(AddCompanyFile(stored, FileForm("=Prices", date(2026, 11, 1), "prices", "+4 %")))
    desk.do(SetReturnAddress(date(2026, 1, 1), "Northmoor\n1 Old Road"))
    file, address = written(desk, "company_files")
    assert file == {
        "what": "file", "dated_on": "2026-11-01", "title": "'=Prices", "kind": "prices", "file": "prices.txt",
        "bytes": "3", "sha256": stored.sha256, "note": "'+4 %",
    }  # fmt: skip
    assert (address["what"], address["dated_on"], address["note"]) == (
        "return address", "2026-01-01", "Northmoor\n1 Old Road",
    )  # fmt: skip


def test_sign_ups_are_told_with_each_step(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com")
    desk.do(AddSignUp(SignUpForm(client_id=ana)))
    desk.do(AddSignUp(SignUpForm("=Rosa()", phone="+12125550187")))
    desk.do(MarkSignUp(2, Step.SENT))
    rosa, hers = sorted(written(desk, "sign_ups"), key=lambda row: row["is_client"])
    assert (rosa["name"], rosa["state"], rosa["sent_at"], rosa["remind_on"]) == (
        "'=Rosa()", "sent", "2026-11-21T09:42:00-05:00", "2026-11-28",
    )  # fmt: skip
    assert (rosa["phone"], rosa["code"]) == ("'+12125550187", "rosa")
    assert (hers["name"], hers["email"], hers["is_client"], hers["state"], hers["link"]) == (
        "Ana Ruiz", "ana@example.com", "yes", "added", "https://join.example.com/?rep=ana-ruiz",
    )  # fmt: skip
    assert [row["name"] for row in written(desk, "sign_ups", [ana])] == ["Ana Ruiz"]


def test_returns_tiers_adjustments_and_addresses_are_exported_by_name(desk: Desk) -> None:
    """What a return took off redeemed rewards, by which return, and from where it came back."""
    host, guest, today = add_client(desk), add_client(desk, "Bea Okafor"), NOW.date()
    desk.do(SetReturnAddress(date(2026, 1, 1), "1 Old Road"))
    desk.do(SetReturnAddress(date(2026, 11, 1), "2 New Road\nTroy"))
    desk.do(AddHostEvent(HostEventForm("Tea", today, today, host)))
    orders = [
        desk.do(AddOrderSummary(guest, OrderForm(today, Cents(20_000), event_id=1))).value for _ in range(3)
    ]  # fmt: skip
    lines = (HostLine("Hat", 1, Cents(5_000), HostPays.REWARD),)
    desk.do(PlaceHostOrder(desk.do(EnterHostOrder(1, lines)).value))
    desk.do(OpenReturn(orders[0], (Asked(None, name="=Coat", cents=Cents(5_000)),)))
    (back,) = written(desk, "returns")
    assert (back["return_id"], back["item"], back["goods"], back["fee"], back["to_card"], back["off_due"]) == (
        "R2026-1001", "'=Coat", "50.00", "2.00", "0.00", "48.00",
    )  # fmt: skip
    assert [written(desk, "returns", [key]) for key in (host, guest)] == [[], [back]]
    (posted,) = written(desk, "reward_adjustments")
    assert (posted["event"], posted["host"], posted["reward"], posted["return_id"], posted["order"]) == (
        "Tea", "Ana Ruiz", "-7.50", "R2026-1001", back["order"],
    )  # fmt: skip
    tier = written(desk, "reward_tiers")[0]
    assert (tier["from"], tier["to"], tier["percent"]) == ("200.00", "400.00", "10.00")
    assert [(one["from"], one["until"]) for one in written(desk, "return_addresses")] == [
        ("2026-11-01", ""), ("2026-01-01", "2026-10-31"),
    ]  # fmt: skip
