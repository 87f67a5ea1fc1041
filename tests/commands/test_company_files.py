"""Documents of the company and the return address: what a rep does with them, each taken back by one key (R40)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.company_files import (
    AddCompanyFile,
    EditCompanyFile,
    FileForm,
    RemoveCompanyFile,
    RemoveReturnAddress,
    SetReturnAddress,
)
from stylistdesk.db.attachments import Stored
from stylistdesk.desk import Desk
from stylistdesk.queries.company_files import company_files
from tests.commands.undone import Done, refused
from tests.conftest import NOW

TODAY = date(2026, 11, 21)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


def kept(desk: Desk, folder: Path, words: str) -> Stored:
    path = folder / f"{words}.txt"
    path.write_text(words)
    return desk.keep_file(path)


def titles(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(one.title, one.dated_on.isoformat(), one.is_older) for one in desk.ask(company_files).files]


def test_a_document_is_kept_changed_and_removed(desk: Desk, done: Done, tmp_path: Path) -> None:
    stored = kept(desk, tmp_path, "prices")
    added = done(AddCompanyFile(stored, FileForm(" Price\x1b[31m list ", TODAY, "prices", "Up 4 %")))
    (line,) = desk.ask(company_files).files
    assert (line.title, line.kind, line.name, line.size, line.note) == (
        "Price list", "prices", "prices.txt", 6, "Up 4 %",
    )  # fmt: skip
    assert desk.copy_to_open(line.sha256, line.name).read_text() == "prices"
    done(EditCompanyFile(added.value, FileForm("Prices", TODAY - timedelta(days=1))))
    assert titles(desk) == [("Prices", "2026-11-20", False)]
    done(RemoveCompanyFile(added.value))
    assert titles(desk) == []
    with refused(desk):
        desk.do(EditCompanyFile(added.value, FileForm("Prices", TODAY)))


def test_a_document_without_title_or_that_is_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    stored = kept(desk, tmp_path, "prices")
    with refused(desk, "title"):
        desk.do(AddCompanyFile(stored, FileForm(" ", TODAY)))
    with refused(desk, "dated_on"):
        desk.do(AddCompanyFile(stored, FileForm("Prices", date(9000, 1, 1))))
    with refused(desk):
        desk.do(AddCompanyFile(Stored("x.txt", "../../etc", 3), FileForm("Prices", TODAY)))
    desk.do(AddCompanyFile(stored, FileForm("Prices", TODAY)))
    with refused(desk) as no:
        desk.do(AddCompanyFile(stored, FileForm("Prices again", TODAY)))
    assert "as Prices" in no.value.reason


def test_older_versions_of_a_title_stand_below_its_newest(desk: Desk, tmp_path: Path) -> None:
    for title, days in (("Price list", 400), ("Terms", 30), ("price  LIST", 10), ("Price list", 200)):
        stored = kept(desk, tmp_path, f"{title} {days}")
        desk.do(AddCompanyFile(stored, FileForm(title, TODAY - timedelta(days=days))))
    assert titles(desk) == [
        ("price  LIST", "2026-11-11", False),
        ("Price list", "2026-05-05", True),
        ("Price list", "2025-10-17", True),
        ("Terms", "2026-10-22", False),
    ]


def test_the_return_address_is_that_of_the_day(desk: Desk, done: Done, clock: FrozenClock) -> None:
    first = done(SetReturnAddress(date(2026, 1, 1), "Northmoor Returns\n\n  1 Old Road \nNewark NJ"))
    second = done(SetReturnAddress(date(2026, 12, 1), "2 New Street"))
    shown = [(one.id, one.until, one.holds, one.is_to_come) for one in desk.ask(company_files).addresses]
    assert shown == [
        (second.value, None, False, True),
        (first.value, date(2026, 11, 30), True, False),
    ]
    assert desk.ask(company_files).addresses[1].lines == "Northmoor Returns\n1 Old Road\nNewark NJ"
    clock.at = NOW + timedelta(days=10)  # 1 December
    assert [one.holds for one in desk.ask(company_files).addresses] == [True, False]
    with refused(desk, "from_on"):
        desk.do(SetReturnAddress(date(2026, 12, 1), "3 Third Street"))
    done(SetReturnAddress(date(2026, 12, 24), "2 New Street, floor 2", second.value))
    found = desk.ask(company_files).now
    assert found is not None and found.id == first.value
    done(RemoveReturnAddress(first.value))
    assert desk.ask(company_files).now is None


@pytest.mark.parametrize("lines", ["", " \n\t\n", "\x1b[31m\n"])
def test_an_empty_address_is_refused(desk: Desk, lines: str) -> None:
    with refused(desk, "lines"):
        desk.do(SetReturnAddress(TODAY, lines))
