"""Calendars of other programs: every quirk of theirs, and no event that costs another one (R19)."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stylistdesk.db.tables import Appointment, CalendarEvent, Client
from stylistdesk.domain.errors import BadFile
from stylistdesk.domain.recurrences import occurrences, series_of
from stylistdesk.exchange import ics
from stylistdesk.exchange.export_ics import as_file, record_event
from stylistdesk.exchange.recognise import recognise
from stylistdesk.exchange.records import EventRecord
from tests.helpers import add_client, dump

NEW_YORK = ZoneInfo("America/New_York")


def event(*lines: str, uid: str = "UID:1") -> str:
    given = [uid] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *given, "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT", ""])


def calendar(*parts: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}{''.join(parts)}END:VCALENDAR\r\n"


def local(row: CalendarEvent) -> tuple[str, str]:
    return tuple(f"{at.astimezone(NEW_YORK):%Y-%m-%d %H:%M}" for at in (row.starts_at, row.ends_at))  # type: ignore[return-value]


def one(bench: Any, *lines: str, head: str = "") -> CalendarEvent:
    report = bench.take(calendar(event(*lines), head=head), "a.ics")
    assert report.refused == ()
    (row,) = bench.all(CalendarEvent)
    return row  # type: ignore[no-any-return]


PLAIN = (
    "SUMMARY:Fitting",
    "DTSTART;TZID=America/New_York:20261124T100000",
    "DTEND;TZID=America/New_York:20261124T110000",
)


def test_an_event_becomes_one_of_the_desk(bench: Any) -> None:
    """Her phone's calendar would have to be typed in again."""
    report = bench.take(
        calendar(
            event(
                *PLAIN,
                "LOCATION:12 Main St\\, Boston",
                "DESCRIPTION:Bring the\\nlinen",
                "TRANSP:TRANSPARENT",
                "X-COLOR:red",
                "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM",
            ),
            "BEGIN:VTODO\r\nUID:2\r\nSUMMARY:Milk\r\nEND:VTODO\r\n",
            head="X-WR-CALNAME:Ana's phone\r\n",
        ),
        "a.ics",
    )
    assert (report.format, report.created, report.refused) == ("icalendar", {"calendar_event": 1}, ())
    assert report.unused_columns == ("X-COLOR", "VALARM", "VTODO")
    (row,) = bench.all(CalendarEvent)
    assert (row.title, row.place, row.note) == ("Fitting", "12 Main St, Boston", "Bring the\nlinen")
    assert local(row) == ("2026-11-24 10:00", "2026-11-24 11:00")
    assert (row.busy, row.all_day, row.recurs, row.source, row.uid) == (False, False, False, "Ana's phone", "1")


def test_the_same_calendar_again_changes_nothing_and_goes_back_as_one(bench: Any) -> None:
    """A calendar that is taken in every week would grow doubles."""
    before = dump(bench.desk)
    two = calendar(event(*PLAIN), event(*PLAIN, uid="UID:2"))
    bench.take(two, "a.ics")
    again = bench.outcome(two, "b.ics")
    assert (again.label, again.value.unchanged) == ("Nothing new in b.ics", {"calendar_event": 2})
    moved = bench.take(two.replace("T10", "T09", 1), "a.ics")
    assert moved.updated == {"calendar_event": 1}
    bench.desk.undo()
    bench.desk.undo()
    assert dump(bench.desk) == before


@pytest.mark.parametrize(
    ("lines", "span"),
    [
        (("DTSTART:20261124T150000Z", "DTEND:20261124T160000Z"), ("11-24 10:00", "11-24 11:00")),
        (("DTSTART:20261124T100000", "DTEND:20261124T110000"), ("11-24 10:00", "11-24 11:00")),
        (("DTSTART;TZID=Eastern Standard Time:20261124T100000", "DURATION:PT1H30M"), ("11-24 10:00", "11-24 11:30")),
        (('DTSTART;TZID="W. Europe Standard Time":20261124T160000',), ("11-24 10:00", "11-24 10:00")),
        (("DTSTART;TZID=/a.org/America/Chicago:20261124T090000", "DURATION:P1D"), ("11-24 10:00", "11-25 10:00")),
        (("DTSTART;TZID=america/new_york:20261124T100000", "DTEND:20261125"), ("11-24 10:00", "11-25 00:00")),
        (("DTSTART;VALUE=DATE:20261124",), ("11-24 00:00", "11-25 00:00")),
        (("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261124"), ("11-24 00:00", "11-25 00:00")),
        (("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261127"), ("11-24 00:00", "11-27 00:00")),
        (("DTSTART;VALUE=DATE:20261124", "DURATION:P2D"), ("11-24 00:00", "11-26 00:00")),
        (("DTSTART:20261124", "DTEND:20261125T090000Z"), ("11-24 00:00", "11-25 00:00")),
        (("DTSTART;TZID=America/New_York:20261031T220000", "DURATION:PT8H"), ("10-31 22:00", "11-01 05:00")),
        (("DTSTART;TZID=America/New_York:20261031T220000", "DURATION:P1D"), ("10-31 22:00", "11-01 22:00")),
        (
            ("DTSTART;TZID=America/New_York:20260308T023000", "DTEND;TZID=America/New_York:20260308T033000"),
            ("03-08 03:30", "03-08 04:30"),  # the clocks skip 2:30
        ),
        (
            ("DTSTART;TZID=America/New_York:20260308T023000", "DTEND;TZID=America/New_York:20260308T024500"),
            ("03-08 03:30", "03-08 03:45"),
        ),
        (
            ("DTSTART;TZID=America/New_York:20260308T013000", "DTEND;TZID=America/New_York:20260308T033000"),
            ("03-08 01:30", "03-08 03:30"),
        ),
    ],
)  # fmt: skip
def test_times_as_programs_write_them(bench: Any, lines: tuple[str, ...], span: tuple[str, str]) -> None:
    """A session would stand at another hour, or last no time."""
    row = one(bench, "SUMMARY:x", *lines)
    assert tuple(at.removeprefix("2026-") for at in local(row)) == span


OUTLOOK = """BEGIN:VTIMEZONE\r
TZID:Customized Time Zone\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0400\r
TZOFFSETTO:-0500\r
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0500\r
TZOFFSETTO:-0400\r
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
"""


@pytest.mark.parametrize(("day", "hour"), [("20261124", 15), ("20260724", 14), ("20261101", 15), ("20261031", 14)])
def test_a_zone_that_the_file_defines_is_the_one_that_has_its_clocks(bench: Any, day: str, hour: int) -> None:
    """An invitation from Outlook with a made-up zone would be five hours off."""
    row = one(
        bench, "SUMMARY:x", f"DTSTART;TZID=Customized Time Zone:{day}T100000", "RRULE:FREQ=WEEKLY;COUNT=3", head=OUTLOOK
    )
    assert row.starts_at.hour == hour
    assert "TZID=America/New_York" in row.ics


def test_a_zone_like_no_other_is_read_as_the_file_says(bench: Any) -> None:
    odd = OUTLOOK.replace("-0400", "-0317").replace("-0500", "-0417")
    report = bench.take(
        calendar(
            event("SUMMARY:x", "DTSTART;TZID=Customized Time Zone:20261124T100000", "RRULE:FREQ=DAILY;COUNT=2"),
            head=odd,
        ),
        "a.ics",
    )
    (row,) = bench.all(CalendarEvent)
    assert f"{row.starts_at:%H:%M}" == "14:17"
    assert "DTSTART:20261124T141700Z" in row.ics and "UNTIL=20261125T141700Z" in row.ics
    assert "recurs at the hour in UTC" in report.notices[0].text


def test_a_zone_that_each_event_brings_is_made_out_once() -> None:
    """Each event of a server is a file with its zone: a calendar of hundreds would take her minutes to sync."""
    began = time.perf_counter()
    for number in range(40):
        text = calendar(OUTLOOK, event(f"DTSTART;TZID=Customized Time Zone:20261124T10{number:02}00"))
        (row,) = ics.events_in(text, NEW_YORK)
        assert isinstance(row, EventRecord)
        assert row.starts_at.astimezone(NEW_YORK).minute == number
    assert time.perf_counter() - began < 5


def test_a_zone_that_nobody_knows_is_told(bench: Any) -> None:
    report = bench.take(calendar(event("SUMMARY:x", "DTSTART;TZID=Mars/Olympus:20261124T100000")), "a.ics")
    assert local(bench.all(CalendarEvent)[0])[0] == "2026-11-24 10:00"
    assert [(note.line, note.text) for note in report.notices] == [
        (8, "“Mars/Olympus” is no time zone that is known; it was read in America/New_York")
    ]


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_bare_line_feeds_and_folded_letters(bench: Any, mark: str) -> None:
    """Zoë would be ZoÃ«, or the file be none."""
    text = calendar(event("SUMMARY:Zoë's fitting", *PLAIN[1:])).replace("\r\n", "\n").encode(mark)
    if mark == "utf-8":
        at = text.index("ë".encode()) + 1
        text = text[:at] + b"\n " + text[at:]
    bench.take(text, "a.ics")
    assert bench.all(CalendarEvent)[0].title == "Zoë's fitting"


def test_an_event_without_a_uid_is_the_same_when_it_comes_again(bench: Any) -> None:
    text = calendar(event(*PLAIN, uid=""), event("SUMMARY:Lunch", *PLAIN[1:], uid=""))
    assert bench.take(text, "a.ics").created == {"calendar_event": 2}
    assert bench.take(text, "a.ics").unchanged == {"calendar_event": 2}


SERIES = (
    "SUMMARY:Market",
    "DTSTART;TZID=Eastern Standard Time:20261103T100000",
    "DTEND;TZID=Eastern Standard Time:20261103T120000",
    "RRULE:FREQ=WEEKLY;COUNT=5",
)


def days_of(bench: Any) -> list[str]:
    rows = bench.all(CalendarEvent)
    series = next(row for row in rows if row.recurs)
    given = {row.recurrence for row in rows if row.recurrence}
    found = occurrences(
        series.ics, datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), NEW_YORK, given
    )
    return [f"{at.astimezone(NEW_YORK):%m-%d %H}" for at, _ in found]


def test_a_series_keeps_its_days_its_gaps_and_what_was_moved(bench: Any) -> None:
    """A market day that was called off would still be blocked."""
    whole = calendar(
        event("RECURRENCE-ID;TZID=Eastern Standard Time:20261110T100000", "SUMMARY:Market, late",
              "DTSTART;TZID=Eastern Standard Time:20261110T150000", "DURATION:PT1H"),
        event("RECURRENCE-ID:20261117T150000Z", "STATUS:CANCELLED", "DTSTART:20261117T150000Z"),
        event(*SERIES, "EXDATE;TZID=Eastern Standard Time:20261124T100000", "RDATE;VALUE=DATE:20261220"),
    )  # fmt: skip
    assert bench.take(whole, "a.ics").created == {"calendar_event": 2}
    assert days_of(bench) == ["11-03 10", "12-01 10", "12-20 10"]
    series, late = sorted(bench.all(CalendarEvent), key=lambda row: row.recurrence)
    assert (late.title, late.recurrence, late.recurs, local(late)[0]) == (
        "Market, late", "20261110T150000Z", False, "2026-11-10 15:00"
    )  # fmt: skip
    assert "TZID=America/New_York" in series.ics and "COUNT" not in series.ics
    assert bench.take(whole, "a.ics").created == {}
    bench.take(calendar(event(*SERIES)), "a.ics")  # the moved one is moved back
    assert days_of(bench) == ["11-03 10", "11-10 10", "11-17 10", "11-24 10", "12-01 10"]
    assert len(bench.all(CalendarEvent)) == 1


def test_what_was_cancelled_goes(bench: Any) -> None:
    """A meeting that was called off would still be in her day."""
    bench.take(calendar(event(*PLAIN), event(*SERIES, uid="UID:2")), "a.ics")
    off = calendar(
        event(*PLAIN, "STATUS:CANCELLED"),
        event("RECURRENCE-ID:20261110T150000Z", "DTSTART:20261110T150000Z", "STATUS:CANCELLED", uid="UID:2"),
        event(*PLAIN, "STATUS:CANCELLED", uid="UID:3"),
    )
    report = bench.take(off, "a.ics")
    assert [note.text for note in report.notices] == [
        "“Fitting” was cancelled; it was taken out",
        "“Fitting” was cancelled; it was left out",
    ]
    assert days_of(bench) == ["11-03 10", "11-17 10", "11-24 10", "12-01 10"]
    bench.desk.undo()
    assert len(bench.all(CalendarEvent)) == 2


def test_a_bad_event_costs_itself_and_no_other(bench: Any) -> None:
    """One broken invitation would keep a year of sessions out."""
    report = bench.take(
        calendar(
            event("SUMMARY:no start"),
            event("SUMMARY:rubbish", "DTSTART:tomorrow"),
            event("SUMMARY:long ago", "DTSTART:00010101T000000Z"),
            event("SUMMARY:for ever", "DTSTART:20000101T000000Z", "DTEND:20400101T000000Z"),
            event("SUMMARY:too long", "DTSTART:20261124T150000Z", f"DESCRIPTION:{'x' * 200_000}"),
            "BEGIN:VEVENT\r\nUID:9\r\nSUMMARY:cut off\r\n",
            event(*PLAIN, "no property", uid="UID:8"),
        )
        + "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:cut o",
        "a.ics",
    )
    assert [row.title for row in bench.all(CalendarEvent)] == ["Fitting"]
    assert [row.reason for row in report.refused] == [
        "it does not say when it begins (DTSTART is missing)",
        "DTSTART “TOMORROW” is no time",
        "the year of DTSTART “00010101T000000Z” cannot be right",
        "it lasts longer than ten years",
        "a value is longer than 100,000 characters",
        "the VEVENT is not closed (END:VEVENT is missing)",
        "the VEVENT is not closed (END:VEVENT is missing)",
    ]
    assert report.refused[1].line == 9
    assert [note.text for note in report.notices] == ["the line is no property; it was left out"]


def test_what_ends_before_it_begins_is_kept_and_told(bench: Any) -> None:
    """A mistake of another program would take a session out of her day."""
    back = event("SUMMARY:Back", "DTSTART:20261124T150000Z", "DTEND:20261124T140000Z", uid="UID:1")
    days = event("SUMMARY:Days", "DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261123", uid="UID:2")
    report = bench.take(calendar(back, days), "a.ics")
    assert {row.title: local(row) for row in bench.all(CalendarEvent)} == {
        "Back": ("2026-11-24 10:00", "2026-11-24 10:00"),
        "Days": ("2026-11-24 00:00", "2026-11-25 00:00"),
    }
    assert [(note.line, note.text) for note in report.notices] == [
        (9, "it ends before it begins (DTSTART 20261124T150000Z, DTEND 20261124T140000Z); it was kept, taking no time"),
        (16, "it ends before it begins (DTSTART 20261124, DTEND 20261123); it was kept, one day long"),
    ]


def test_a_series_that_begins_in_the_hour_that_is_skipped_keeps_its_length(bench: Any) -> None:
    zone = ";TZID=America/New_York:2026"
    row = one(bench, "SUMMARY:x", f"DTSTART{zone}0308T023000", f"DTEND{zone}0308T033000", "RRULE:FREQ=WEEKLY;COUNT=2")
    span = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    found = [(f"{at.astimezone(NEW_YORK):%d %H:%M}", ends - at) for at, ends in occurrences(row.ics, *span, NEW_YORK)]
    assert found == [("08 03:30", timedelta(hours=1)), ("15 02:30", timedelta(hours=1))]


def test_a_period_lasts_as_long_as_it_says(bench: Any) -> None:
    """The long market day would end at noon as all others do."""
    bench.take(
        calendar(
            event(
                *SERIES, "RDATE;VALUE=PERIOD;TZID=America/New_York:20261205T100000/20261205T163000",
                "RDATE;VALUE=PERIOD:20261206T150000Z/PT45M,20261207T150000Z/rubbish",
            )
        ), "a.ics",
    )  # fmt: skip
    span = datetime(2026, 12, 5, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    (row,) = bench.all(CalendarEvent)

    def lengths(text: str) -> list[timedelta]:
        return [ends - at for at, ends in occurrences(text, *span, NEW_YORK)]

    expected = [timedelta(hours=6, minutes=30), timedelta(minutes=45), row.ends_at - row.starts_at]
    assert lengths(row.ics) == expected
    within = datetime(2026, 12, 5, 20, tzinfo=UTC), datetime(2026, 12, 5, 21, tzinfo=UTC)
    assert len(occurrences(row.ics, *within, NEW_YORK)) == 1
    record = next(row for row in ics.events_in(calendar(event(*SERIES)), NEW_YORK) if isinstance(row, EventRecord))
    again = as_file([record_event(replace(record, ics=row.ics))], NEW_YORK).decode()
    (back,) = (row for row in ics.events_in(again, NEW_YORK) if isinstance(row, EventRecord))
    assert lengths(back.ics) == expected


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=1000000000", "FREQ=WEEKLY;BYDAY=XX"])
def test_a_rule_that_is_not_read_is_told_and_the_first_time_kept(bench: Any, rule: str) -> None:
    report = bench.take(calendar(event(*PLAIN, f"RRULE:{rule}")), "a.ics")
    (row,) = bench.all(CalendarEvent)
    assert (row.recurs, row.ics) == (False, "")
    assert report.notices[0].text.endswith("; only its first time was kept")


def test_no_calendar_holds_the_desk_up(bench: Any) -> None:
    """A hostile invitation would freeze the import."""
    rules = [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
    ]
    zone = OUTLOOK.replace("FREQ=YEARLY", "FREQ=SECONDLY").replace("Customized", "Hostile")
    events = [event(*PLAIN, f"RRULE:{rule}", uid=f"UID:{n}-{rule[-5:]}") for rule in rules for n in range(30)]
    events.append(event("SUMMARY:x", "DTSTART;TZID=Hostile Time Zone:20261124T100000", uid="UID:z"))
    began = time.perf_counter()
    report = bench.take(calendar(*events, head=zone), "a.ics")
    assert time.perf_counter() - began < 10
    assert report.created == {"calendar_event": 91}


def test_the_series_of_the_largest_file_are_read_once() -> None:
    """Each turn of the month would read thousands of rules again."""
    series_of.cache_clear()
    for _ in range(2):
        for number in range(ics.MOST_SERIES):
            series_of(f"BEGIN:VEVENT\nUID:{number}\nDTSTART;VALUE=DATE:20261124\nEND:VEVENT\n")
    assert series_of.cache_info().misses == ics.MOST_SERIES


def test_too_many_events_are_said(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics, "MOST_EVENTS", 2)
    with pytest.raises(BadFile, match="more than 2 events"):
        bench.take(calendar(*[event(*PLAIN, uid=f"UID:{n}") for n in range(3)]), "a.ics")
    assert bench.all(CalendarEvent) == []


def test_an_event_is_that_of_the_one_client_whom_it_names(bench: Any) -> None:
    """A meeting with Ana would not be on Ana's page; one with both of them would be on the wrong one."""
    ana = add_client(bench.desk, "Ana Ruiz", email="ana@example.com")
    add_client(bench.desk, "Ben Ode", email="ben@example.com")
    who = ("ATTENDEE;CN=Ana:mailto:ANA@example.com", "ATTENDEE:mailto:ben@example.com")
    bench.take(
        calendar(
            event(*PLAIN, who[0]),
            event(*PLAIN, *who, uid="UID:2"),
            event(*PLAIN, "ORGANIZER:mailto:x@example.com", uid="UID:3"),
        ),
        "a.ics",
    )
    assert [row.client_id for row in bench.all(CalendarEvent)] == [ana, None, None]
    assert len(bench.all(Client)) == 2


def test_of_two_with_one_uid_the_newer_one_counts(bench: Any) -> None:
    newer = event("SEQUENCE:2", "SUMMARY:New", *PLAIN[1:])
    report = bench.take(calendar(newer, event("SEQUENCE:1", *PLAIN)), "a.ics")
    assert [row.title for row in bench.all(CalendarEvent)] == ["New"]
    assert report.notices[0].text == "“Fitting” stands again on line 4; the newer one was taken"


def test_hostile_text_is_cleaned(bench: Any) -> None:
    """A title could move her cursor, or hide what the event is."""
    bench.take(calendar(event("SUMMARY:a\x1b[2Jb\u202ec", *PLAIN[1:])), "a.ics")
    assert bench.all(CalendarEvent)[0].title == "abc"


def test_what_is_no_calendar_is_said(bench: Any) -> None:
    with pytest.raises(BadFile, match="has no iCalendar events"):
        recognise(bench.file("BEGIN:VCARD\r\nEND:VCARD\r\n", "a.ics"), format="ics")


def test_whole_days_are_days(bench: Any) -> None:
    row = one(bench, "SUMMARY:Leave", "DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126")
    assert (row.all_day, row.starts_on, row.ends_on) == (True, date(2026, 11, 24), date(2026, 11, 26))
    assert bench.all(Appointment) == []
