"""The whole desk out as JSON and in again (R46): the same rows, all of them or none."""

import hashlib
import json
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.attachments import AddAttachment
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.consent import WithdrawConsent
from stylistdesk.commands.gifts import SellGift
from stylistdesk.commands.notes import AddNote
from stylistdesk.demo.small import build_demo
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import BadFile, FileTooNew, Refused, Stopped
from stylistdesk.domain.types import Channel
from stylistdesk.exchange.recognise import recognise
from stylistdesk.exchange.whole_in import TakeInDesk, taking_in
from stylistdesk.exchange.whole_out import row_bytes
from stylistdesk.settings import load_settings
from stylistdesk.writing_out import write_json
from tests.conftest import NOW
from tests.helpers import add_client, dump

New = Callable[[], Desk]


def journal(desk: Desk) -> list[Any]:
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        return [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in ("journal_command", "journal_change", "sqlite_sequence")
        ]


def out(desk: Desk, to: Path, **more: Any) -> Path:
    return write_json(desk, to, force=True, **more).path


def take(desk: Desk, file: Path, *, look: bool = False) -> Any:
    taking = taking_in(recognise(file), desk.paths.attachments, only_look=look)
    return (desk.preview if look else desk.do)(taking)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo desk: something in nearly every table, and clients' files; one client was erased."""
    with Desk.open(tmp_path_factory.mktemp("demo"), clock=FrozenClock(NOW)) as desk:
        build_demo(desk)
        desk.learn_buyers()
        desk.erase(35, "Katarzyna Wiśniewska")
        yield desk


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> dict[str, Any]:
    """The file of a desk with a client, her contacts, a note, a consent, a certificate and a file, as JSON."""
    client = add_client(desk, "Ana Ruiz", email="ana@example.com", phone="+12125550101", description="a")
    add_client(desk, "Bea Okafor", email="bea@example.com")
    desk.do(AddNote(client, "Likes navy"))
    desk.do(SellGift(client, 5_000, NOW.date(), "Bea", number="GC2345678E"))  # type: ignore[arg-type]
    (tmp_path / "size.txt").write_bytes(b"x" * 800_000)
    desk.do(AddAttachment(client, desk.keep_file(tmp_path / "size.txt")))
    told: dict[str, Any] = json.loads(out(desk, tmp_path / "small.json", history=False).read_bytes())
    return told


def table(told: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in told["tables"] if one["name"] == name)
    return found


def put(told: dict[str, Any], name: str, column: str, value: object, row: int = 0) -> None:
    one = table(told, name)
    one["rows"][row][one["columns"].index(column)] = value


def signed(told: dict[str, Any]) -> dict[str, Any]:
    """With the counts and hashes that these rows have: what is left is for the other guards."""
    for one in told["tables"]:
        rows = b"[" + b",".join(map(row_bytes, one["rows"])) + b"]"
        one["count"], one["sha256"] = len(one["rows"]), hashlib.sha256(rows).hexdigest()
    return told


# ---------------------------------------------------------------------------------------- there and back


def test_a_desk_exported_erased_and_imported_again_is_the_same_desk(demo: Desk, tmp_path: Path) -> None:
    """Her years of work would be another thing on the new laptop: history, undo and the clients' files too."""
    file = out(demo, tmp_path / "desk.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Desk.open(tmp_path / "new", clock=FrozenClock(NOW)) as new:
        assert take(new, file, look=True).value.created["client"] == len(dump(demo)["client"]) - 1  # she who was erased
        assert not any(dump(new).values()) and not list(new.paths.attachments.glob("??/*"))
        take(new, file)
        assert (dump(new), journal(new)) == (dump(demo), journal(demo))
        kept = [{path.name for path in desk.paths.attachments.glob("??/*")} for desk in (demo, new)]
        assert kept[0] == kept[1] and kept[0]
        assert new.do(CheckDesk(new.paths.attachments)).value.as_json() == {"ok": True, "problems": [], "repaired": []}
        again = out(new, tmp_path / "again.json")
        assert json.loads(again.read_bytes())["tables"] == json.loads(file.read_bytes())["tables"]
        assert new.undo().label  # what was done last on the desk that was left


def test_its_settings_come_with_it_but_take_the_place_of_none(desk: Desk, new_desk: New, tmp_path: Path) -> None:
    """Her waits, weights and keys would be at their defaults, and only the documents would have said so."""
    said = 'recent_contact_days = 14\nsecond_copy = "/media/stick"\n[links]\ntext = "sms:{phone}"\n'
    desk.paths.settings.write_text(said)
    add_client(desk)
    file = out(desk, tmp_path / "desk.json")
    with new_desk() as other:
        taking = taking_in(recognise(file), other.paths.attachments)
        seen = other.preview(taking).value
        assert not other.paths.settings.exists()
        assert "recent_contact_days = 14, links.text = sms:{phone}" in "\n".join(one.text for one in seen.notices)
        other.take_in(taking)
        settings, problems = load_settings(other.paths.settings)
        assert (settings.recent_contact_days, settings.links.text, settings.second_copy) == (14, "sms:{phone}", "")
        assert problems == [] and other.paths.settings.stat().st_mode & 0o777 == 0o600
    with new_desk() as third:
        third.paths.settings.write_text("recent_contact_days = 5\n")
        third.take_in(taking_in(recognise(file), third.paths.attachments))
        assert load_settings(third.paths.settings)[0].recent_contact_days == 5


def test_a_setting_that_is_not_taken_is_told(small: dict[str, Any], new_desk: New, tmp_path: Path) -> None:
    """One wrong value would cost the whole desk, or stand in her settings file."""
    small["settings"] = {
        "recent_contact_days": 9000,
        "tea": 1,
        "second_copy": "/",
        "theme": "nord",
        "keys": {"done": 3},
    }
    (tmp_path / "x.json").write_text(json.dumps(small))
    with new_desk() as other:
        report = take(other, tmp_path / "x.json").value
    assert report.settings == {"theme": "nord", "keys": {}}
    told = [notice.text for notice in report.notices if "was left out" in notice.text]
    assert [text.split(" ")[2] for text in told] == ["recent_contact_days", "tea", "keys.done"]


def test_without_its_history_it_is_one_step_that_undo_takes_back(demo: Desk, new_desk: New, tmp_path: Path) -> None:
    file = out(demo, tmp_path / "desk.json", history=False)
    with new_desk() as new:
        # What was learned, and that a client was erased, is no change of the desk.
        apart = ("buyer_model", "expected_value", "erasure")
        before = {name: rows for name, rows in dump(new).items() if name not in apart}
        outcome = take(new, file)
        assert outcome.label == "Took in a whole desk: 42 clients, 75 orders, 345 signals"
        wanted = {name: rows for name, rows in dump(demo).items() if name != "calendar_link"}
        assert {name: rows for name, rows in dump(new).items() if name != "calendar_link"} == wanted
        new.undo()
        assert {name: rows for name, rows in dump(new).items() if name in before} == before
        new.redo()
        assert dump(new)["consent"] == dump(demo)["consent"]
        assert add_client(new, "Zora") > max(int(str(row[0])) for row in dump(demo)["client"])


def test_no_id_is_given_twice_after_it_came_back(desk: Desk, new_desk: New, tmp_path: Path) -> None:
    """A signal under an old id would be one that she has seen already (R4)."""
    last = add_client(desk, "Gone")
    desk.undo()
    with new_desk() as new:
        take(new, out(desk, tmp_path / "desk.json"))
        assert add_client(new, "New") == last + 1


def test_every_table_and_column_is_in_the_file(desk: Desk, tmp_path: Path) -> None:
    """A table that a later schema adds would be missing in her file, and nobody would know."""
    told = json.loads(out(desk, tmp_path / "desk.json").read_bytes())
    with closing(sqlite3.connect(desk.paths.database)) as connection:
        wanted = {
            name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "search_", "alembic_"))
        }
    assert wanted.keys() - {one["name"] for one in told["tables"]} == {"journal_state", "primary_wanted"}
    for one in told["tables"]:
        assert one["columns"] == wanted.get(one["name"], ["sha256", "part", "base64"])


@pytest.mark.parametrize("how", [{"indent": 2}, {"sort_keys": True}, {"ensure_ascii": True, "separators": (",", ":")}])
def test_another_programs_layout_makes_no_difference(
    small: dict[str, Any], new_desk: New, tmp_path: Path, how: dict[str, Any]
) -> None:
    (tmp_path / "x.json").write_text(json.dumps(small, **how))
    with new_desk() as new:
        assert take(new, tmp_path / "x.json").value.notices == ()


_ROW = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(_ROW, st.sampled_from([1, 7, 64, 1 << 18]))
def test_any_text_comes_through_however_the_file_is_cut_into_pieces(text: str, size: int) -> None:
    """A letter of several bytes at the end of what was read would break the file, or change her note."""
    from io import BytesIO

    from stylistdesk.exchange import json_stream

    told = {"a": [[1, text, None], [2, text, -5]], "b": {text: 12}}
    stream = json_stream.JsonStream(BytesIO(json.dumps(told, ensure_ascii=False).encode()), "x")
    before, json_stream._READ = json_stream._READ, size
    try:
        found: dict[str, Any] = {}
        for key in stream.members():
            found[key] = [stream.value() for _ in stream.items()] if key == "a" else stream.value()
        stream.end()
    finally:
        json_stream._READ = before
    assert found == told


# ------------------------------------------------------------------------------------------ what is refused


def test_a_file_of_an_older_desk_is_taken_in(small: dict[str, Any], new_desk: New, tmp_path: Path) -> None:
    """The copy from before the last update would be worth nothing."""
    small["format"]["schema"] = "1.5"
    gone = {"template", "outgoing_email", "delivery", "erasure", "website", "sign_up"}
    small["tables"] = [one for one in small["tables"] if one["name"] not in gone]
    clients = table(small, "client")
    for column in ("birthday", "website", "stage"):  # columns that came later
        at = clients["columns"].index(column)
        clients["columns"].pop(at)
        for row in clients["rows"]:
            row.pop(at)
    (tmp_path / "x.json").write_text(json.dumps(signed(small)))
    with new_desk() as new:
        take(new, tmp_path / "x.json")
        (row, _) = dump(new)["client"]
        assert row[-2:] == ("", "") and row[-3] is None


@pytest.mark.parametrize(("key", "value"), [("version", 2), ("schema", "1.999"), ("schema", "2.0")])
def test_a_file_of_a_later_program_is_refused(
    small: dict[str, Any], new_desk: New, tmp_path: Path, key: str, value: object
) -> None:
    small["format"][key] = value
    (tmp_path / "x.json").write_text(json.dumps(small))
    with new_desk() as new, pytest.raises(FileTooNew, match="later stylistdesk"):
        take(new, tmp_path / "x.json")


_WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a word for a number": (lambda t: put(t, "client", "watermark", "many"), "watermark is “many”"),
    "yes for a number": (lambda t: put(t, "client", "watermark", True), "watermark"),
    "a broken number": (lambda t: put(t, "client", "watermark", 1.5), "watermark"),
    "a number too large": (lambda t: put(t, "client", "watermark", 1 << 64), "watermark"),
    "a number for a text": (lambda t: put(t, "client", "name", 5), "name is “5”"),
    "nothing where something must be": (lambda t: put(t, "client", "name", None), "name is nothing"),
    "half a letter": (lambda t: put(t, "client", "name", "a\ud800"), "name"),
    "a NUL": (lambda t: put(t, "client", "name", "a\x00"), "name"),
    "a list in a cell": (lambda t: put(t, "client", "name", ["a"]), "name"),
    "a stage that none is": (lambda t: put(t, "client", "stage", "queen"), "stage is “queen”"),
    "an instant without its time": (lambda t: put(t, "client", "added_at", "2026-11-21"), "added_at"),
    "a day that is none": (lambda t: put(t, "client", "last_order_on", "2026-02-30"), "last_order_on"),
    "a zone that is a path": (lambda t: put(t, "desk_info", "time_zone", "../../etc/passwd"), "time_zone"),
    "no currency": (lambda t: put(t, "desk_info", "currency", "XXQ"), "currency"),
    "a hash that is a path": (lambda t: put(t, "attachment", "sha256", "../" * 21 + "x"), "sha256"),
    "an id twice": (lambda t: put(t, "client", "id", 1, row=1), "the id 1 is there twice"),
    "ids out of order": (lambda t: table(t, "client")["rows"].reverse(), "stands after a higher one"),
    "no id": (lambda t: put(t, "client", "id", None), "id is nothing"),
    "a short row": (lambda t: table(t, "client")["rows"][0].pop(), "values of its columns"),
    "a row that is none": (lambda t: table(t, "client")["rows"].append("x"), "values of its columns"),
    "a note of nobody": (lambda t: put(t, "note", "client_id", 77), "refers to a client"),
    "two primary contacts": (lambda t: put(t, "contact", "client_id", 1, row=1), "same client_id"),
    "no primary contact": (lambda t: put(t, "contact", "is_primary", 0), "primary"),
    "a certificate used twice": (lambda t: put(t, "gift_movement", "cents", -1), "more was used"),
    "one number twice": (
        lambda t: table(t, "gift_certificate")["rows"].append([2, *table(t, "gift_certificate")["rows"][0][1:]]),
        "same number",
    ),
    "a strange table": (lambda t: t["tables"].append({"name": "evil", "columns": [], "rows": []}), "no table “evil”"),
    "the triggers' table": (
        lambda t: t["tables"].append({"name": "primary_wanted", "columns": [], "rows": []}), "no table",
    ),
    "a table twice": (lambda t: t["tables"].append(table(t, "note")), "twice"),
    "a strange column": (lambda t: table(t, "note")["columns"].__setitem__(1, 'x" --'), "which no desk has"),
    "a column twice": (lambda t: table(t, "note")["columns"].__setitem__(1, "id"), "twice"),
    "a column missing": (
        lambda t: [one.pop(2) for one in (table(t, "client")["columns"], *table(t, "client")["rows"])], "lacks",
    ),
    "no last id": (lambda t: table(t, "note").__setitem__("last_id", "x"), "last id"),
    "a last id past all": (lambda t: table(t, "note").__setitem__("last_id", (1 << 63) - 1), "last id"),
    "a file that is another": (
        lambda t: table(t, "files")["rows"].__setitem__(0, [table(t, "files")["rows"][0][0], 0, "eA=="]), "part|kept",
    ),
    "a part missing": (lambda t: table(t, "files")["rows"].pop(0), "part before it"),
    "no base64": (lambda t: table(t, "files")["rows"][0].__setitem__(2, "§"), "base64"),
    "rows that are no list": (lambda t: table(t, "note").__setitem__("rows", {}), "broken"),
    "tables that are no list": (lambda t: t.__setitem__("tables", {"client": []}), "broken"),
    "no table": (lambda t: t.__setitem__("tables", []), "no table"),
    "no version": (lambda t: t["format"].pop("version"), "does not say its version"),
    "a version of words": (lambda t: t["format"].__setitem__("schema", "the best"), "does not say"),
}  # fmt: skip


@pytest.mark.parametrize("what", _WRONG)
def test_a_mangled_file_is_refused_in_words_and_nothing_is_kept(
    small: dict[str, Any], new_desk: New, tmp_path: Path, what: str
) -> None:
    """Half a desk, one that no longer opens, or a screen that fails on a word that nobody knows."""
    mangle, said = _WRONG[what]
    mangle(small)
    with suppress(TypeError, UnicodeEncodeError):  # some cannot even be hashed
        signed(small)
    (tmp_path / "x.json").write_text(json.dumps(small))
    with new_desk() as new:
        before = dump(new)
        with pytest.raises(BadFile, match=said):
            take(new, tmp_path / "x.json")
        assert dump(new) == before and not list(new.paths.attachments.glob("??/*"))
        assert new.ask(lambda asking: asking.zone.key) == "America/New_York"


@pytest.mark.parametrize(
    ("column", "value"), [("evidence", "She said yes"), ("hash", "0" * 64), ("state", "subscribed")]
)
def test_a_consent_that_was_rewritten_is_refused(
    desk: Desk, new_desk: New, tmp_path: Path, column: str, value: str
) -> None:
    """She would hold a proof of a consent that was never given (R25)."""
    client = add_client(desk, "Ana Ruiz", email="ana@example.com")
    desk.do(WithdrawConsent(client, Channel.EMAIL, "ana@example.com"))
    told = json.loads(out(desk, tmp_path / "x.json", history=False).read_bytes())
    put(told, "consent", column, value)
    (tmp_path / "x.json").write_text(json.dumps(signed(told)))
    with new_desk() as new, pytest.raises(BadFile, match="consent ledger of ana@"):
        take(new, tmp_path / "x.json")


def test_what_was_changed_by_hand_is_told_by_its_hash(small: dict[str, Any], new_desk: New, tmp_path: Path) -> None:
    put(small, "note", "body", "Hates navy")
    (tmp_path / "x.json").write_text(json.dumps(small))
    with new_desk() as new:
        with pytest.raises(BadFile, match="SHA-256 is another"):
            take(new, tmp_path / "x.json")
        table(small, "note").pop("sha256")
        (tmp_path / "x.json").write_text(json.dumps(small))
        assert "note does not say" in take(new, tmp_path / "x.json").value.notices[0].text


def test_a_file_that_was_cut_off_at_any_place_is_refused(desk: Desk, new_desk: New, tmp_path: Path) -> None:
    add_client(desk, "Ana Ruiz", email="ana@example.com")
    whole = out(desk, tmp_path / "x.json").read_bytes()
    with new_desk() as new:
        before = dump(new)
        for end in range(300, len(whole) - 3, max(1, len(whole) // 60)):
            (tmp_path / "x.json").write_bytes(whole[:end])
            with pytest.raises(BadFile):
                take(new, tmp_path / "x.json")
        assert dump(new) == before


@pytest.mark.parametrize(
    "tail", [b"[" * 100_000, b'"' + b"a" * 17_000_000, b"\xff\xfe", b"NaN", b"1" * 10_000, b"{}", b""], ids=str
)
def test_what_is_no_json_behind_a_good_head_is_refused(new_desk: New, tmp_path: Path, tail: bytes) -> None:
    """Deep nesting, an endless text, bytes that are no letters: a traceback, or all of the memory."""
    head = '{"format": {"name": "stylistdesk desk", "version": 1, "schema": "1.6", "history": false}, "tables": '
    (tmp_path / "x.json").write_bytes(head.encode() + tail)
    with new_desk() as new, pytest.raises(BadFile):
        take(new, tmp_path / "x.json")


def test_a_desk_with_clients_takes_no_other_in(small: dict[str, Any], desk: Desk, tmp_path: Path) -> None:
    before = dump(desk)
    with pytest.raises(Refused, match="only goes into an empty one, and this one has 2 clients") as no:
        take(desk, tmp_path / "small.json")
    assert "--data-dir" in no.value.hint and "restore" in no.value.hint and dump(desk) == before


def test_an_empty_desk_that_had_clients_keeps_its_own_past(desk: Desk, new_desk: New, tmp_path: Path) -> None:
    """What she took back could not be put back any more."""
    with new_desk() as other:
        add_client(other, "Ana Ruiz")
        file = out(other, tmp_path / "x.json")
    add_client(desk, "Bea Okafor")
    desk.undo()
    with pytest.raises(Refused, match="has a history"):
        take(desk, file)
    desk.redo()


def test_control_characters_and_numbers_of_cards_do_not_come_in(
    small: dict[str, Any], new_desk: New, tmp_path: Path
) -> None:
    put(small, "client", "name", "Ana\x1b[31m Ruiz")
    put(small, "note", "body", "card 4111 1111 1111 1111")
    (tmp_path / "x.json").write_text(json.dumps(signed(small)))
    with new_desk() as new:
        notices = " ".join(one.text for one in take(new, tmp_path / "x.json").value.notices)
        assert "control characters" in notices and "last four digits" in notices
        assert "Ana Ruiz" in dump(new)["client"][0] and "4111" not in str(dump(new)["note"])


def test_an_import_that_is_stopped_leaves_nothing(small: dict[str, Any], new_desk: New, tmp_path: Path) -> None:
    with new_desk() as new:
        before = dump(new)
        stopped = TakeInDesk(recognise(tmp_path / "small.json"), new.paths.attachments, cancelled=lambda: True)
        with pytest.raises(Stopped):
            new.do(stopped)
        assert dump(new) == before and not list(new.paths.attachments.glob("*"))


def test_an_export_that_is_stopped_leaves_no_file(small: dict[str, Any], desk: Desk, tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(Stopped):
            write_json(desk, tmp_path / "new.json", force=False, cancelled=lambda: True)
    assert not list(tmp_path.glob("*new.json*"))
