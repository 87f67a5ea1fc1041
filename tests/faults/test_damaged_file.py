"""Any flip, zeroed page or cut of the file: told plainly, set aside to the byte, and no empty desk in its place."""

from pathlib import Path
from random import Random

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.queries.daily_tasks import queue
from tests.conftest import NOW
from tests.helpers import add_client, dump
from tests.torture import times


def harmed(random: Random, whole: bytes) -> bytes:
    """The file with one harm done to it."""
    content, at = bytearray(whole), random.randrange(len(whole))
    match random.choice(("bit", "byte", "bytes", "zeroed page", "garbage page", "swapped pages", "cut", "grown")):
        case "bit":
            content[at] ^= 1 << random.randrange(8)
        case "byte":
            content[at] = random.randrange(256)
        case "bytes":
            content[at : at + 64] = random.randbytes(len(content[at : at + 64]))
        case "zeroed page":
            content[at // 4096 * 4096 : at // 4096 * 4096 + 4096] = bytes(4096)
        case "garbage page":
            content[at // 4096 * 4096 : at // 4096 * 4096 + 4096] = random.randbytes(4096)
        case "swapped pages":
            one, other = at // 4096 * 4096, random.randrange(len(whole) // 4096) * 4096
            content[one : one + 4096], content[other : other + 4096] = (
                whole[other : other + 4096], whole[one : one + 4096],
            )  # fmt: skip
        case "cut":
            del content[at:]
        case "grown":
            content += random.randbytes(random.randrange(1, 9_000))
    return bytes(content)


@pytest.mark.timeout(0)
def test_no_harm_ends_in_a_traceback_or_in_an_empty_desk(desk: Desk, tmp_path: Path) -> None:
    for number in range(30):
        add_client(desk, f"Client {number}")
    wanted = dump(desk)
    desk.back_up()
    desk.close()
    whole, random = desk.paths.database.read_bytes(), Random(46)
    refused = 0
    for _ in range(times(60, 50)):
        content = harmed(random, whole)
        desk.paths.database.write_bytes(content)
        try:
            with Desk.open(desk.paths, clock=FrozenClock(NOW)) as again:
                again.ask(queue)
        except Refused:
            refused += 1
            aside = list(desk.paths.data_dir.glob("desk-damaged-*.sqlite3"))
            if aside:
                assert aside[0].read_bytes() == content
                assert not desk.paths.database.exists()
                Desk.restore(desk.paths, "latest", clock=FrozenClock(NOW))
                assert dump(desk.paths.database) == wanted
                aside[0].unlink()
        for extra in desk.paths.data_dir.glob("desk.sqlite3-*"):
            extra.unlink()
        for extra in desk.paths.data_dir.glob("desk-before-restore*"):
            extra.unlink()
    assert refused > 20


def test_a_flip_in_the_name_of_a_column_is_told_at_the_start(desk: Desk) -> None:
    """SQLite's own check passes by it, and the first screen would end in an error."""
    add_client(desk, "Ana Ruiz")
    desk.close()
    whole = desk.paths.database.read_bytes()
    desk.paths.database.write_bytes(whole.replace(b"\n\tdescription VARCHAR", b"\n\tdescriptiom VARCHAR"))
    with pytest.raises(DeskDamaged, match=r"client.description is not there.*set aside"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))


def test_a_flip_that_sqlite_quotes_in_its_message_is_told_at_the_start(desk: Desk) -> None:
    """The message is then no text itself, and reading it would end in an error of its own."""
    add_client(desk, "Ana Ruiz")
    desk.close()
    whole = desk.paths.database.read_bytes()
    desk.paths.database.write_bytes(whole.replace(b"CREATE TABLE client (", b"CREATE T\xffBLE client ("))
    with pytest.raises(DeskDamaged, match=r"its table of contents is no text.*set aside"):
        Desk.open(desk.paths, clock=FrozenClock(NOW))
