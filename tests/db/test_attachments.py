"""Attachments: one content once, private, whole or not at all; nothing from outside leads the store astray."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from stylistdesk.commands.attachments import AddAttachment, EditAttachment, RemoveAttachment
from stylistdesk.commands.base import Work
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import DeleteClient
from stylistdesk.db.attachments import Stored, copy_to_open, is_whole, kept_files, place_of, store_file
from stylistdesk.db.tables import CompanyFile, Training, Website
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.queries.attachments import attachments
from tests.commands.doing import Do
from tests.helpers import add_client, dump


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "Letter to Ana.txt"
    path.write_text("Dear Ana,")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def problems(desk: Desk) -> tuple[str, ...]:
    report = desk.preview(CheckDesk(desk.paths.attachments)).value
    return tuple(report.problems)


def test_kept_under_its_hash_for_her_eyes_only(store: Path, letter: Path) -> None:
    stored = store_file(store, letter)
    place = place_of(store, stored.sha256)
    assert place == store / stored.sha256[:2] / stored.sha256
    assert place.read_text() == "Dear Ana," and stored.size == 9
    assert (mode(place), mode(place.parent), mode(store)) == (0o600, 0o700, 0o700)
    assert not [path for path in store.iterdir() if path.name.startswith(".")]


def test_the_same_content_is_kept_once(store: Path, letter: Path, tmp_path: Path) -> None:
    again = tmp_path / "copy.txt"
    again.write_text("Dear Ana,")
    assert store_file(store, letter).sha256 == store_file(store, again).sha256
    assert len(list(kept_files(store))) == 1


def test_content_that_was_damaged_is_mended_by_attaching_it_again(store: Path, letter: Path) -> None:
    stored = store_file(store, letter)
    place_of(store, stored.sha256).write_text("Dear Bea,")
    assert not is_whole(place_of(store, stored.sha256), stored.sha256)
    store_file(store, letter)
    assert is_whole(place_of(store, stored.sha256), stored.sha256)


def test_a_full_disk_leaves_nothing_behind(store: Path, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="cannot be written"):
        store_file(store, letter)
    assert list(store.rglob("*")) == []


def _link(path: Path) -> Path:
    target = path.parent / "link.txt"
    target.symlink_to(path)
    return target


def _pipe(path: Path) -> Path:
    target = path.parent / "pipe.txt"
    os.mkfifo(target)
    return target


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [(_link, "is a link"), (_pipe, "is no file"), (lambda p: p.parent, "is no file"), (_empty, "is empty")],
)
def test_links_pipes_folders_and_nothing_are_refused(store: Path, letter: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match=said):
        store_file(store, make(letter))
    assert list(kept_files(store)) == []


def test_a_file_that_is_too_large_is_refused_by_its_size(store: Path, letter: Path) -> None:
    with pytest.raises(Refused, match="larger than 5 bytes"):
        store_file(store, letter, largest=5)
    assert list(store.rglob("*")) == []


@pytest.mark.parametrize("name", ["../../../tmp/evil.txt", "/etc/passwd", "..\\..\\evil.txt", "a/../../evil.txt"])
def test_a_name_leads_nowhere(desk: Desk, letter: Path, name: str) -> None:
    ana = add_client(desk)
    kept = store_file(desk.paths.attachments, letter)
    desk.do(AddAttachment(ana, Stored(name, kept.sha256, kept.size)))
    (line,) = desk.ask(attachments, ana)
    assert line.name in ("evil.txt", "passwd")
    copy = copy_to_open(desk.paths.attachments, line.sha256, name, desk.paths.opened)
    assert copy.parent.parent == desk.paths.opened
    assert (mode(copy), mode(copy.parent)) == (0o400, 0o700)
    assert copy.read_text() == "Dear Ana,"


@pytest.mark.parametrize("sha256", ["", "../../x", "0" * 63, "Z" * 64])
def test_only_a_hash_names_a_file(desk: Desk, sha256: str) -> None:
    ana = add_client(desk)
    with pytest.raises(Refused):
        desk.do(AddAttachment(ana, Stored("a.txt", sha256, 3)))


def test_removed_renamed_and_brought_back(desk: Desk, letter: Path) -> None:
    ana = add_client(desk)
    stored = store_file(desk.paths.attachments, letter)
    before = dump(desk)
    number = desk.do(AddAttachment(ana, stored, "hers")).value
    with pytest.raises(Refused, match="there already, as Letter to Ana"):
        desk.do(AddAttachment(ana, stored))
    kept = dump(desk)
    desk.do(EditAttachment(number, "Contract.pdf", "signed"))
    assert [(line.name, line.note) for line in desk.ask(attachments, ana)] == [("Contract.pdf", "signed")]
    desk.do(RemoveAttachment(number))
    assert desk.ask(attachments, ana) == ()
    assert problems(desk) == ()  # the bytes wait for undo
    desk.undo()
    desk.undo()
    assert dump(desk) == kept
    assert is_whole(place_of(desk.paths.attachments, stored.sha256), stored.sha256)
    desk.undo()
    assert dump(desk) == before
    desk.redo()
    desk.do(DeleteClient(ana))
    assert problems(desk) == ()


def test_check_tells_what_is_missing_damaged_and_nobodys(desk: Desk, letter: Path) -> None:
    ana = add_client(desk)
    stored = store_file(desk.paths.attachments, letter)
    desk.do(AddAttachment(ana, stored))
    place = place_of(desk.paths.attachments, stored.sha256)
    told, again = "The attachment “Letter to Ana.txt” of Ana Ruiz", "no copy of it is whole: attach it again"
    assert problems(desk) == ()
    place.write_text("Dear Bea,")
    assert problems(desk) == (f"{told} is damaged; {again}",)
    with pytest.raises(DeskDamaged):
        copy_to_open(desk.paths.attachments, stored.sha256, "a.txt", desk.paths.opened)
    place.unlink()
    assert problems(desk) == (f"{told} is missing; {again}",)
    place.symlink_to(letter)
    assert problems(desk) == (f"{told} is damaged; {again}",)
    place.unlink()
    letter.write_text("Dear nobody,")
    nobodys = store_file(desk.paths.attachments, letter).sha256
    assert problems(desk)[1:] == (
        f"The file attachments/{nobodys[:2]}/{nobodys} belongs to nothing here and can be deleted",
    )


def test_check_knows_the_files_of_the_back_office(desk: Desk, letter: Path) -> None:
    stored = store_file(desk.paths.attachments, letter)
    kept = {"name": "Letter.txt", "sha256": stored.sha256}

    def keep(work: Work) -> None:
        work.session.add(CompanyFile(title="Terms", dated_on=date(2026, 11, 1), size=9, added_at=work.now, **kept))
        work.session.add(Website(picture_name="me.png", picture_sha256=stored.sha256))
        work.session.add(Training(topic="returns", file_name="Returns.pdf", file_sha256=stored.sha256))
        work.session.add(Training(topic="certificates"))

    desk.do(Do(keep))
    assert problems(desk) == ()
    place_of(desk.paths.attachments, stored.sha256).unlink()
    assert problems(desk) == (
        "The company file “Terms” of 2026-11-01 is missing; "
        "choose it again: delete it in Company files and add the file",
        "The picture “me.png” of your website is missing; choose it again in Your website",
        "The file “Returns.pdf” of your training is missing; choose it again in Training",
    )
    store_file(desk.paths.attachments, letter)
    desk.undo()
    assert problems(desk) == ()  # the bytes wait for redo


def test_a_backup_has_the_files_and_a_restore_brings_them_back(desk: Desk, letter: Path) -> None:
    ana = add_client(desk)
    stored = store_file(desk.paths.attachments, letter)
    desk.do(AddAttachment(ana, stored))
    desk.back_up()
    beside = place_of(desk.paths.backups / "attachments", stored.sha256)
    assert beside.read_text() == "Dear Ana,"
    assert mode(beside) == 0o600 and mode(beside.parent) == 0o700
    place_of(desk.paths.attachments, stored.sha256).unlink()
    paths, clock = desk.paths, desk.clock
    desk.close()
    Desk.restore(paths, "latest", clock=clock)
    with Desk.open(paths, clock=clock) as again:
        assert problems(again) == ()


def test_a_copy_beside_the_backups_is_a_file_of_its_own_and_mends_the_kept_one(desk: Desk, letter: Path) -> None:
    """A second name of the same file would be damaged with it; an earlier version made such."""
    stored = desk.keep_file(letter)
    desk.do(AddAttachment(add_client(desk), stored))
    kept, beside = (place_of(f, stored.sha256) for f in (desk.paths.attachments, *desk.copies_of_files))
    beside.parent.mkdir(parents=True)
    beside.hardlink_to(kept)
    desk.back_up()
    assert not kept.samefile(beside)
    kept.write_text("Dear Bea,")
    desk.back_up()
    assert beside.read_text() == "Dear Ana,", "what is damaged is not passed on"
    check = CheckDesk(desk.paths.attachments, desk.copies_of_files)
    assert desk.do(check).value.repaired == ("1 kept files put back from a copy",)
    assert kept.read_text() == "Dear Ana," and mode(kept) == 0o600
    assert desk.do(check).value.as_json() == {"ok": True, "problems": [], "repaired": []}
    for place in (kept, beside):
        place.write_text("Dear Bea,")
    [told] = desk.do(check).value.problems
    assert told.endswith("“Letter to Ana.txt” of Ana Ruiz is damaged; no copy of it is whole: attach it again")


def test_a_size_that_is_not_its_files_is_put_right_by_the_check(desk: Desk, letter: Path) -> None:
    desk.do(AddAttachment(add_client(desk), desk.keep_file(letter)))
    before = dump(desk)
    with desk._database.raw() as connection:
        connection.execute("UPDATE attachment SET size = 1")
    check = CheckDesk(desk.paths.attachments)
    assert desk.do(check).value.as_json() == {"ok": True, "problems": [], "repaired": ["1 sizes of kept files"]}
    assert dump(desk) == before
    assert desk.do(check).value.repaired == ()


def test_a_restore_puts_right_what_was_damaged_here(desk: Desk, letter: Path) -> None:
    stored = desk.keep_file(letter)
    desk.do(AddAttachment(add_client(desk), stored))
    desk.back_up()
    place_of(desk.paths.attachments, stored.sha256).write_text("Dear Bea,")
    desk.restore_here("latest")
    assert problems(desk) == ()
