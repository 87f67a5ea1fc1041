"""The second copy: it arrives whole, is thinned alike, may be away, and brings the desk back on a new machine."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.attachments import AddAttachment
from stylistdesk.db import encryption, second_copy
from stylistdesk.db.backups import backups_in, is_whole
from stylistdesk.desk import Desk
from stylistdesk.paths import desk_paths
from stylistdesk.settings import Settings
from tests.conftest import NOW
from tests.helpers import add_client, dump


def opened(desk: Desk, clock: FrozenClock, **settings: str) -> Desk:
    desk.close()
    return Desk.open(desk.paths, clock=clock, settings=Settings(**settings))  # type: ignore[arg-type]


def test_it_arrives_whole_private_and_thinned_alike(desk: Desk, clock: FrozenClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(desk, clock, second_copy=str(stick)) as own:
        for _ in range(16):
            clock.at += timedelta(days=1)
            add_client(own, f"Client {clock.at:%d}")
            own.back_up_if_due()
        place = next(stick.glob("stylistdesk-*"))
        there, home = backups_in(place), backups_in(own.paths.backups)
        assert [one.name for one in there] == [one.name for one in home] and len(home) < 16
        assert all(is_whole(one) for one in there)
        assert all(one.has_second for one in own.kept().backups)
        for path in place.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_place_that_is_away_is_no_fault_and_gets_what_it_missed(
    desk: Desk, clock: FrozenClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    with opened(desk, clock, second_copy=str(stick)) as own:
        add_client(own)
        own.back_up()
        assert own.second is not None and "is not there now" in own.second.words and not stick.exists()
        assert [one.has_second for one in own.kept().backups] == [False]
        stick.mkdir()
        clock.at += timedelta(days=1)
        own.back_up()
        assert [one.has_second for one in own.kept().backups] == [True, True]
        assert own.kept().second.words == ""


def test_a_copy_that_does_not_arrive_whole_is_told_and_not_kept(
    desk: Desk, clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worn-out stick takes the bytes and gives others back."""
    monkeypatch.setattr(second_copy, "sha256_of", lambda *_: "0" * 64)
    with opened(desk, clock, second_copy=str(tmp_path)) as own:
        own.back_up()
        assert own.second is not None and "did not arrive whole" in own.second.words
        assert [one.has_second for one in own.kept().backups] == [False]


def test_it_is_never_in_the_desks_own_folder(desk: Desk, clock: FrozenClock) -> None:
    with opened(desk, clock, second_copy=str(desk.paths.backups)) as own:
        own.back_up()
        assert own.second is not None and "a folder of the desk itself" in own.second.words
        assert not list(desk.paths.backups.glob("stylistdesk-*"))


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_new_machine_gets_the_desk_and_the_clients_files_back(
    desk: Desk, clock: FrozenClock, tmp_path: Path, encrypted: bool
) -> None:
    """The laptop is lost; the stick and, if it was encrypted, the key are all that is left."""
    letter, stick, key = tmp_path / "letter.txt", tmp_path / "stick", tmp_path / "key.txt"
    letter.write_text("Dear Zora")
    stick.mkdir()
    recipient = encryption.make_key(key) if encrypted else ""
    with opened(desk, clock, second_copy=str(stick), backup_key=recipient) as own:
        zora = add_client(own, "Zora Hale")
        own.do(AddAttachment(zora, own.keep_file(letter)))
        own.back_up()
        wanted = dump(own)
    place = next(stick.glob("stylistdesk-*"))
    content = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert (b"Dear Zora" in content) is not encrypted and (b"Zora Hale" in content) is not encrypted
    newest = backups_in(place)[0].path
    new = tmp_path / "new machine"
    Desk.restore(desk_paths(new), str(newest), clock=clock, key=key if encrypted else None)
    with Desk.open(new, clock=FrozenClock(NOW)) as again:
        assert dump(again) == wanted
        found = [path.read_text() for path in again.paths.attachments.rglob("*") if path.is_file()]
        assert found == ["Dear Zora"]


def test_what_was_made_before_there_was_a_key_stays_at_home(desk: Desk, clock: FrozenClock, tmp_path: Path) -> None:
    """The cloud gets nothing that it could read."""
    add_client(desk, "Zora Hale")
    desk.back_up()
    clock.at += timedelta(days=1)
    recipient = encryption.make_key(tmp_path / "key.txt")
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(desk, clock, second_copy=str(stick), backup_key=recipient) as own:
        own.back_up()
        assert [one.has_second for one in own.kept().backups] == [True, False]
    assert not list(stick.rglob("*.sqlite3"))


def test_what_went_there_in_plain_is_gone_once_there_is_a_key(desk: Desk, clock: FrozenClock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (tmp_path / "measures.txt").write_text("of Zora")
    with opened(desk, clock, second_copy=str(stick)) as own:
        own.do(AddAttachment(add_client(own, "Zora Hale"), own.keep_file(tmp_path / "measures.txt")))
        own.back_up()
        assert any(b"of Zora" in path.read_bytes() for path in stick.rglob("*") if path.is_file())
    clock.at += timedelta(days=1)
    recipient = encryption.make_key(tmp_path / "key.txt")
    with opened(desk, clock, second_copy=str(stick), backup_key=recipient) as own:
        own.back_up()
    assert not any(b"of Zora" in path.read_bytes() for path in stick.rglob("*") if path.is_file())


@pytest.mark.parametrize("away", [False, True])
def test_files_of_who_is_erased_go_there_too_or_as_soon_as_it_is_back(
    desk: Desk, clock: FrozenClock, tmp_path: Path, away: bool
) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    stick.mkdir()
    with opened(desk, clock, second_copy=str(stick)) as own:
        ana, bea = add_client(own), add_client(own, "Bea Okafor")
        for client, words in ((ana, "of ana"), (bea, "of bea")):
            (tmp_path / "measures.txt").write_text(words)
            own.do(AddAttachment(client, own.keep_file(tmp_path / "measures.txt")))
        own.back_up()
        if away:
            stick.rename(elsewhere)
        said = str(own.erase(ana, "Ana Ruiz"))
        assert ("her files are deleted there when the next backup is brought" in said) == away
        if away:
            elsewhere.rename(stick)
            clock.at += timedelta(days=1)
            own.back_up()
        there = [path.read_text() for path in stick.glob("stylistdesk-*/attachments/??/*")]
        assert there == ["of bea"]
        assert not (own.paths.data_dir / "second-copy-forget.json").exists()
