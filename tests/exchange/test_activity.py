"""The activity file, as CSV and as JSON Lines."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from stylistdesk.db.tables import Client, Signal

COLUMNS = (
    "external_id,occurred_at,client_email,client_phone,client_name,kind,lookbook,item,brand,amount,currency,comment,url"
)
HEADER = COLUMNS + "\n"


def _row(**said: str) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS.split(","), "")
    return row | {"occurred_at": "2026-11-20T10:00:00-05:00", "client_name": "Ana Ruiz", "kind": "hearted"} | said


def _csv(*rows: dict[str, str]) -> str:
    return HEADER + "".join(",".join(f'"{value}"' for value in row.values()) + "\n" for row in rows)


def test_a_signal_is_kept_with_all_that_it_says(bench: Any) -> None:
    """The pane would not say which coat, from which lookbook, for how much."""
    row = _row(external_id="e1", client_email="ana@example.com", kind="Added to cart", lookbook="Fall", item="Coat")
    bench.take(
        _csv(row | {"brand": "Ola", "amount": "1,240.00", "comment": "in ink?\nsize 38", "url": "https://x.example/1"})
    )
    (signal,) = bench.all(Signal)
    assert (signal.kind, signal.item, signal.lookbook, signal.brand) == ("added_to_cart", "Coat", "Fall", "Ola")
    assert (signal.amount_cents, signal.currency, signal.comment) == (124_000, "USD", "in ink?\nsize 38")
    assert (signal.occurred_at, signal.url) == (datetime(2026, 11, 20, 15, tzinfo=UTC), "https://x.example/1")


def test_json_lines_say_the_same_as_csv(bench: Any) -> None:
    """The same feed in the other form would double every heart."""
    rows = [_row(item="Coat", amount="12.50"), _row(external_id="e2", kind="commented", comment="Ärmel? 👩\u200d🎤")]
    bench.take(_csv(*rows))
    lines = "\n\n".join(json.dumps({k: v for k, v in row.items() if v} | {"extra": 1}) for row in rows)
    again = bench.take(lines, "feed.jsonl")
    assert (again.format, again.created, again.unchanged) == ("activity", {}, {"signal": 2})
    assert again.unused_columns == ("extra",)


def test_numbers_in_json_are_never_floats(bench: Any) -> None:
    """19.99 would become 19.98."""
    bench.take(
        '{"occurred_at": "2026-11-20T10:00:00Z", "client_name": "Ana", "kind": "hearted", "amount": 19.99}', "a.jsonl"
    )
    assert bench.all(Signal)[0].amount_cents == 1_999


def test_keys_of_json_are_columns_whatever_their_case_and_never_act_on_the_screen(bench: Any) -> None:
    """A feed with "Kind" would be recognised and then read as blank; a hostile key would reach the terminal."""
    line = '{"Occurred_At": "2026-11-20T10:00:00Z", "CLIENT_NAME": "Ana", "Kind": "hearted", "x\\ud800\\u001b[2J": 1}'
    report = bench.take(line, "a.jsonl")
    assert (report.refused, report.unused_columns, len(bench.all(Signal))) == ((), ("x",), 1)


def test_signals_are_recorded_in_the_order_of_the_file(bench: Any) -> None:
    """R4: the watermark would pass over signals that she has not seen."""
    days = ["20", "03", "11"]
    bench.take(_csv(*(_row(external_id=day, occurred_at=f"2026-11-{day}T10:00:00Z") for day in days)))
    assert [signal.external_id for signal in bench.all(Signal)] == days


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": "liked"}, "kind “liked” is not one of hearted, commented"),
        ({"kind": ""}, "kind “” is not one of"),
        ({"occurred_at": "2026-11-20 10:00"}, "does not say its offset from UTC"),
        ({"occurred_at": "2026-11-20"}, "does not say its offset from UTC"),
        ({"occurred_at": "yesterday"}, "is not a date and time"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "is not a date and time"),
        ({"occurred_at": "0026-01-01T00:00:00Z"}, "cannot be right"),
        ({"client_name": ""}, "the row names no client"),
        ({"client_name": "", "client_email": "ana@"}, "“ana@” is not an email address"),
        ({"amount": "lots"}, "“lots” is not an amount of money"),
        ({"amount": "5", "currency": "$"}, "is not a code of three letters"),
    ],
)
def test_a_bad_row_is_refused_and_the_next_goes_in(bench: Any, said: dict[str, str], reason: str) -> None:
    """One bad row would cost the day's feed, or be taken for something that it is not."""
    report = bench.take(_csv(_row(**said), _row(external_id="good")))
    assert [row.line for row in report.refused] == [2]
    assert reason in report.refused[0].reason
    assert [signal.external_id for signal in bench.all(Signal)] == ["good"]


def test_a_link_that_is_no_web_address_is_left_out(bench: Any) -> None:
    """A click in the pane would run a script or open a file."""
    report = bench.take(_csv(_row(url="javascript:alert(1)"), _row(item="x", url="file:///etc/passwd")))
    assert [signal.url for signal in bench.all(Signal)] == ["", ""]
    assert [notice.line for notice in report.notices] == [2, 3]


def test_a_row_without_an_id_is_known_by_all_it_says(bench: Any) -> None:
    """The same feed twice would double every heart; two hearts for two coats would be one."""
    rows = _csv(_row(item="Coat"), _row(item="Boot"), _row(item="Coat"))
    report = bench.take(rows)
    assert (report.created, report.unchanged) == ({"client": 1, "signal": 2}, {"signal": 1})
    report = bench.take(rows)
    assert (report.created, report.unchanged) == ({}, {"signal": 3}), "every row is counted somewhere"


def test_an_id_that_stands_twice_for_two_things_is_refused(bench: Any) -> None:
    """Which of the two counts would change with every import."""
    rows = _csv(_row(external_id="e1", item="Coat"), _row(external_id="e1", item="Boot"))
    for _ in range(3):
        report = bench.take(rows)
        assert [row.line for row in report.refused] == [3]
    assert [signal.item for signal in bench.all(Signal)] == ["Coat"]
    assert report.created == report.updated == {}


def test_a_corrected_row_is_an_update(bench: Any) -> None:
    """A comment that was edited on the platform would stay as it was first."""
    bench.take(_csv(_row(external_id="e1", comment="in ikn?", item="Coat")))
    report = bench.take(_csv(_row(external_id="e1", comment="in ink?")))
    assert (report.updated, report.created) == ({"signal": 1}, {})
    (signal,) = bench.all(Signal)
    assert (signal.comment, signal.item) == ("in ink?", "Coat")


def test_new_clients_are_named(bench: Any) -> None:
    """A misspelled name would quietly become a second client."""
    report = bench.look(_csv(_row(client_name="Ana Ruis"), _row(client_name="Ben", item="x"), _row(client_name="Ben")))
    assert (report.new_clients, bench.all(Client)) == (("Ana Ruis", "Ben"), [])
