"""The import as a whole (R45): previewed, safe to repeat, undone as one, stopped whole, and never a traceback."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db import derive
from stylistdesk.db.derive import order_summary, refresh_order_summary
from stylistdesk.db.tables import Client, Contact, ImportBatch, OptOut
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import BadFile, Refused, Stopped
from stylistdesk.exchange import reading
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from tests.helpers import dump

DATA = Path(__file__).parents[2] / "data"
CUSTOMERS = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Accepts SMS Marketing,Phone\n"
ORDERS = (
    "Name,Email,Created at,Currency,Total,Lineitem quantity,Lineitem name,Lineitem price,"
    "Accepts Marketing,Billing Name\n"
)
FILES = (
    "shopify_customers.csv", "shopify_orders-earlier.csv", "hq_assignments.csv", "style_quizzes.csv", "csat.csv",
    "activity-earlier.csv", "activity-since.jsonl", "address_book.vcf", "mailchimp_subscribed.csv",
    "samples/google_contacts.csv", "samples/google_contacts-older.csv", "samples/square_customers.csv",
    "samples/mailchimp_unsubscribed.csv", "samples/mailchimp_cleaned.csv", "samples/klaviyo_list.csv",
    "samples/klaviyo_suppressions.csv", "samples/plain_list.csv", "samples/etsy_sold_orders.csv",
    "samples/etsy_sold_order_items.csv", "samples/woocommerce_advanced_order_export.csv",
    "samples/woocommerce_csv_import_suite.csv", "samples/square_transactions.csv",
)  # fmt: skip


def test_the_sample_files_go_in_whole_and_only_once(desk: Desk) -> None:
    """The demo would open half empty, or with everything twice."""
    for name in FILES:
        report = desk.do(ImportFile(recognise(DATA / name))).value
        assert (name, report.refused) == (name, ())
    before = dump(desk)
    for name in FILES:
        outcome = desk.do(ImportFile(recognise(DATA / name)))
        assert (outcome.label, outcome.value.changes_something) == (f"Nothing new in {Path(name).name}", False)
    assert dump(desk) == before


def test_an_import_is_undone_and_redone_as_one(desk: Desk) -> None:
    """A wrong file could only be taken back client by client."""
    for name in FILES:
        before = dump(desk)
        outcome = desk.do(ImportFile(recognise(DATA / name)))
        after = dump(desk)
        desk.undo()
        assert dump(desk) == before
        desk.redo()
        assert dump(desk) == after
        assert outcome.client_ids


def test_an_import_is_noted_with_what_came_of_it(bench: Any) -> None:
    """Months later nobody could say which file a client came from."""
    bench.take(CUSTOMERS + "1,Ana,Ruiz,ana@example.com,no,no,\n", "spring.csv")
    bench.take(CUSTOMERS + "1,Ana,Ruiz,ana@example.com,no,no,\n", "spring.csv")
    (batch,) = bench.all(ImportBatch)
    assert (batch.file_name, batch.format, len(batch.sha256)) == ("spring.csv", "shopify_customers", 64)
    assert batch.counts == '{"created": {"client": 1, "contact": 1}, "refused": 0, "updated": {}}'


def test_a_long_import_tells_how_far_it_is_and_stops_whole(bench: Any) -> None:
    """She would have to kill the desk, or find half of a list in it."""
    rows = CUSTOMERS + "".join(f"{n},Ana,R{n},a{n}@example.com,no,no,\n" for n in range(2_000))
    source = recognise(bench.file(rows))
    told: list[tuple[int, int]] = []
    bench.desk.preview(ImportFile(source, progress=lambda done, total: told.append((done, total))))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {2 * len(rows)}
    assert told[-1][0] > len(rows)

    asked = iter(range(100))
    with pytest.raises(Stopped):
        bench.desk.do(ImportFile(source, cancelled=lambda: next(asked) > 5))
    assert bench.all(Client) == []


def test_a_file_with_too_many_rows_is_refused_whole(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless file would fill the disk."""
    monkeypatch.setattr(reading, "MOST_ROWS", 400)
    rows = CUSTOMERS + "".join(f"{n},Ana,R{n},a{n}@example.com,no,no,\n" for n in range(600))
    with pytest.raises(BadFile, match="more than 400 rows"):
        bench.take(rows)
    assert bench.all(Client) == []


def test_a_file_that_is_gone_before_it_is_read_is_refused(bench: Any) -> None:
    """Pulling out the stick between preview and import would be a traceback."""
    source = recognise(bench.file(CUSTOMERS))
    source.path.unlink()
    with pytest.raises(BadFile, match="cannot be opened"):
        bench.desk.do(ImportFile(source))


def test_a_list_with_no_rows_is_nothing_new(bench: Any) -> None:
    """An empty export would be an error, or a step in the history."""
    assert bench.outcome(CUSTOMERS).label == "Nothing new in file.csv"
    assert bench.all(ImportBatch) == []


@pytest.fixture(scope="module")
def shared_desk(new_desk: Callable[[], Desk]) -> Iterator[Desk]:
    with new_desk() as desk:
        yield desk


class Twice:
    """The same import two times in one transaction; what the second one did."""

    def __init__(self, path: Path) -> None:
        self.command = ImportFile(recognise(path))

    def apply(self, work: Work) -> Outcome:
        self.command.apply(work)
        return self.command.apply(work)


@given(name=st.sampled_from(FILES), seed=st.integers(0, 10**6), cuts=st.integers(0, 12))
def test_no_damaged_file_is_a_traceback(
    name: str, seed: int, cuts: int, shared_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A download that broke off, or was saved in another encoding, would close the desk."""
    chance = random.Random(seed)
    content = bytearray((DATA / name).read_bytes()[: chance.randrange(200, 6_000)])
    for _ in range(cuts):
        place = chance.randrange(len(content))
        content[place : place + chance.randrange(3)] = chance.choice(
            [
                b'"',
                b"\xff",
                b"\x00",
                b"\n",
                b",",
                b"\x1b[2J",
                b"'",
                b"{",
                "\u202e".encode(),
                b"9" * 400,
                b"",
                b";",
                b":",
                b"=\n",
                b"\\",
                b"\r\n ",
                b"BEGIN:VCARD\n",
            ]
        )
    path = tmp_path_factory.getbasetemp() / f"damaged-{Path(name).name}"
    path.write_bytes(content)
    try:
        outcome = shared_desk.preview(Twice(path))
    except Refused as refused:
        assert str(refused)
    else:
        assert outcome.label.startswith("Nothing new")
        assert all(row.reason and row.line >= 1 for row in outcome.value.refused)


@given(content=st.binary(max_size=200), which=st.integers(0, len(FILES) - 1))
def test_no_bytes_under_a_header_are_a_traceback(
    content: bytes, which: int, shared_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One strange row in a list would close the desk."""
    header = (DATA / FILES[which]).read_bytes().partition(b"\n")[0] + b"\n"
    path = tmp_path_factory.getbasetemp() / f"strange{Path(FILES[which]).suffix}"
    path.write_bytes(header + content)
    try:
        shared_desk.preview(ImportFile(recognise(path)))
    except Refused as refused:
        assert str(refused)


_CLIENTS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["", "Ana", "Bea"]),
        st.sampled_from(["", "a@example.com", "A@example.com", "b@example.com"]),
        st.sampled_from(["", "yes", "no"]),
        st.sampled_from(["", "yes", "no"]),
        st.sampled_from(["", "2125550101", "2125550102"]),
    ),
    max_size=6,
)


@given(clients=_CLIENTS)
def test_no_list_changes_anything_the_second_time(
    clients: list[tuple[str, ...]], shared_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two rows about one client would change her to and fro with every import."""
    path = tmp_path_factory.getbasetemp() / "list.csv"
    rows = [f"{number},{name},,{email},{mail},{text},{phone}\n" for number, name, email, mail, text, phone in clients]
    path.write_text(CUSTOMERS + "".join(rows))
    assert shared_desk.preview(Twice(path)).label == "Nothing new in list.csv"


def _claims(email_yes: bool) -> dict[str, str]:
    yes = "yes" if email_yes else "no"
    at = "2026-11-01 10:00:00 -0400"
    return {
        "list": f"{CUSTOMERS}1,Ana,Ruiz,ana@example.com,{yes},no,\n",
        "orders": f"{ORDERS}#1,ana@example.com,{at},USD,5.00,1,Hat,5.00,{yes},Ana Ruiz\n",
        "both": f"{CUSTOMERS}1,Ana,Ruiz,Ana@example.com,yes,no,\n2,Ann,Ruiz,ANA@example.com,{yes},no,\n",
    }


@pytest.mark.parametrize("seed", range(12))
def test_an_opt_out_never_comes_back_in_any_order_of_files(new_bench: Callable[[], Any], seed: int) -> None:
    """R25: she would write to someone who asked her to stop, which the law forbids."""
    chance = random.Random(seed)
    bench = new_bench()
    files = [(kind, yes) for kind in ("list", "orders", "both") for yes in (True, False)] * 2
    chance.shuffle(files)
    opted_out = False
    for kind, yes in files:
        bench.take(_claims(yes)[kind])
        states = {contact.email_consent for contact in bench.all(Contact)}
        opted_out = opted_out or bool(bench.all(OptOut))
        if opted_out:
            assert states == {"unsubscribed"}
            assert len(bench.all(OptOut)) == 1
    assert opted_out
    bench.desk.close()


def test_a_rhythm_needs_three_orders_on_different_days() -> None:
    """Two orders, or three on one day, would be called her rhythm."""
    zone = ZoneInfo("America/New_York")

    def at(day: int, hour: int = 15) -> datetime:
        return datetime(2026, 3, day, hour, tzinfo=UTC)

    assert order_summary([], zone) == (0, None, None)
    assert order_summary([at(1), at(11)], zone) == (2, at(11).date(), None)
    assert order_summary([at(1), at(1), at(1)], zone) == (3, at(1).date(), None)
    assert order_summary([at(1), at(11), at(14)], zone) == (3, at(14).date(), 7)
    assert order_summary([at(2, hour=3)], zone)[1] == at(1).date()


def test_summaries_are_refreshed_for_all_or_some_and_only_where_they_differ(bench: Any) -> None:
    """`check` would repair the same clients again and again."""
    bench.desk.do(ImportFile(recognise(DATA / "shopify_customers.csv")))
    bench.desk.do(ImportFile(recognise(DATA / "shopify_orders.csv")))

    def refresh(session: Session, ids: set[int] | None) -> int:
        return refresh_order_summary(session, ids, ZoneInfo("America/New_York"))

    with bench.desk._database.write() as session:
        assert refresh(session, None) == 0
        session.connection().exec_driver_sql("UPDATE client SET order_count = 99 WHERE id IN (1, 2)")
        assert refresh(session, {1}) == 1
        assert refresh(session, None) == 1
    assert derive.RHYTHM_FROM == 3
