"""Events as CSV: known by their columns, safe to repeat, and out again in the same columns (R37, R45)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.db.tables import Client, HostEvent
from stylistdesk.exchange.exporting import export_for
from stylistdesk.exchange.recognise import recognise
from tests.helpers import add_client, dump

HEADER = "external_id,name,host_email,host_name,opens_on,closes_on,held_at,place,link,note\n"
FAY = "e1,Fay's party,fay@example.com,Fay Lindqvist,2026-11-07,2026-11-29,2026-11-08 17:00,Her loft,,Coats\n"
OWN = "e2,My own shop,,,2026-11-15,2026-12-11,,,https://looks.example.com/me,\n"


def test_a_host_whom_the_desk_does_not_know_becomes_a_client(bench: Any) -> None:
    assert recognise(bench.file(HEADER + FAY)).format == "host_events"
    before = dump(bench.desk)
    assert bench.look(HEADER + FAY + OWN).created == {"host_event": 2, "client": 1, "contact": 1}
    assert dump(bench.desk) == before
    bench.take(HEADER + FAY + OWN)
    first, second = bench.all(HostEvent)
    assert [client.name for client in bench.all(Client)] == ["Fay Lindqvist"]
    assert (first.client_id, first.code, first.link, first.place) == (
        1, "fays-party", "https://shop.example.com/?event=fays-party", "Her loft",
    )  # fmt: skip
    assert first.held_at.isoformat() == "2026-11-08T22:00:00+00:00"
    assert (second.client_id, second.link, second.held_at) == (None, "https://looks.example.com/me", None)
    bench.desk.undo()
    assert bench.all(HostEvent) == bench.all(Client) == []


def test_a_host_is_matched_as_in_any_import_and_a_second_one_of_her_name_is_told(bench: Any) -> None:
    """By her name where the desk has no email of hers; where it has another one, the preview says that it is two."""
    add_client(bench.desk, "Fay Lindqvist")
    bea = add_client(bench.desk, "Bea Ott", email="bea@old.example.com")
    second = FAY.replace("e1", "e3").replace("fay@example.com", "bea@example.com").replace("Fay Lindqvist", "Bea Ott")
    looked = bench.look(HEADER + FAY + second + second.replace("e3", "e4"))
    assert (looked.created["client"], looked.new_clients) == (1, ("Bea Ott",))
    assert [notice.line for notice in looked.notices] == [3]
    assert "a second client of that name" in looked.notices[0].text
    report = bench.take(HEADER + FAY + second.replace("bea@example.com", "bea@old.example.com"))
    assert (report.notices, "client" in report.created) == ((), False)
    assert [event.client_id for event in bench.all(HostEvent)] == [bea - 1, bea]


def test_the_same_file_again_changes_nothing_and_a_newer_one_what_it_says(bench: Any) -> None:
    bench.take(HEADER + FAY + OWN)
    kept = dump(bench.desk)
    assert bench.take(HEADER + FAY + OWN).unchanged["host_event"] == 2
    assert dump(bench.desk) | {"import_batch": []} == kept | {"import_batch": []}
    report = bench.take(HEADER + "e1,Fay's party,,,2026-11-07,2026-11-30,,,,\n")
    assert report.updated == {"host_event": 1}
    first = bench.all(HostEvent)[0]
    assert (first.closes_on, first.client_id, first.note) == (date(2026, 11, 30), 1, "Coats")  # blank: it stays


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("e1,Long,,,2026-11-01,2026-12-01,,,,\n", "A shop window is open for at most 30 days; that is 31."),
        ("e1,Back,,,2026-11-02,2026-11-01,,,,\n", "It closes before it opens."),
        (",No id,,,2026-11-01,2026-11-02,,,,\n", "external_id is blank"),
        ("e1, ,,,2026-11-01,2026-11-02,,,,\n", "name is blank"),
        ("e1,No day,,,,2026-11-02,,,,\n", "opens_on is blank"),
        ("e1,Bad day,,,2026-11-01,12/2/26,,,,\n", "closes_on “12/2/26” is not a date"),
        ("e1,Bad hour,,,2026-11-01,2026-11-02,soon,,,\n", "“soon” is not a date and time"),
        ("e2,Another shop,,,2026-11-15,2026-12-11,,,,\n", "stands on an earlier line"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_line_and_the_others_go_in(bench: Any, row: str, reason: str) -> None:
    report = bench.take(HEADER + OWN + row)
    (refused,) = report.refused
    assert refused.line == 3 and reason in refused.reason
    assert [event.name for event in bench.all(HostEvent)] == ["My own shop"]


def test_a_link_that_is_no_page_is_left_out(bench: Any) -> None:
    report = bench.take(HEADER + "e1,Fay's party,,,2026-11-07,2026-11-29,,,javascript:alert(1),\n")
    assert [notice.line for notice in report.notices] == [2]
    assert bench.all(HostEvent)[0].link.startswith("https://shop.example.com/")


def test_a_window_that_once_was_legal_is_taken_again_as_it_stands(bench: Any) -> None:
    bench.take(HEADER + OWN)
    bench.desk.settings = bench.desk.settings.model_copy(update={"event_days": 1})
    assert bench.take(HEADER + OWN).refused == ()
    assert bench.take(HEADER + OWN.replace("e2", "e3")).refused


def test_what_the_desk_wrote_comes_back_as_the_same_events(bench: Any, new_bench: Any) -> None:
    """A name that begins as a formula is guarded on the way out, and is itself again."""
    fay = add_client(bench.desk, "Fay Lindqvist", email="fay@example.com")
    bench.desk.do(AddHostEvent(HostEventForm("=Fay's party", date(2026, 11, 7), date(2026, 11, 29), fay)))
    bench.take(HEADER + OWN)
    content = bench.desk.ask(export_for(Path(), "events").make, None).content
    assert content.decode("utf-8-sig").splitlines()[0] == HEADER.strip()
    assert b"'=Fay's party" in content
    assert bench.take(content).unchanged["host_event"] == 2
    other = new_bench()
    other.take(content)
    told = [(one.name, one.link, one.opens_on, one.closes_on) for one in other.all(HostEvent)]
    assert told == [(one.name, one.link, one.opens_on, one.closes_on) for one in bench.all(HostEvent)]
    one = bench.desk.ask(export_for(Path(), "events").make, [fay])
    assert one.count == 1
