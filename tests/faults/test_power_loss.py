"""The power fails while a file is attached: whatever the disk had not synced may be gone, torn or there, in any mix.

Names and contents are followed one by one as they are written. What a command has acknowledged must be there with
only what was synced; before that, a name of the store never leads to half a file.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.db.attachments import place_of, store_file

CONTENT = b"Dear Ana, the coat is in." * 40_000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was asked of the disk: "name" a file or folder, "write" its content, or "sync" either."""

    kind: str
    path: Path
    born_as: Path | None = None  # of a renamed file: the name it was written under


class Disk:
    """Writes down what is asked of the disk; it is all done too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[Step] = []
        names: dict[int, Path] = {}
        sync, replace, mkdir, open_ = os.fsync, Path.replace, Path.mkdir, os.open

        def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            handle = open_(path, flags, *rest, **more)
            names[handle] = Path(path)
            if flags & os.O_CREAT:
                self.steps += [Step("name", Path(path), Path(path)), Step("write", Path(path))]
            return handle

        def fsync(handle: int) -> None:
            self.steps.append(Step("sync", names[handle]))
            sync(handle)

        def renamed(path: Path, target: Path) -> Path:
            self.steps.append(Step("name", target, path))
            return replace(path, target)

        def made(path: Path, *rest: Any, **more: Any) -> None:
            if not path.exists():
                self.steps.append(Step("name", path))
            mkdir(path, *rest, **more)

        monkeypatch.setattr(os, "open", opened)
        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(Path, "replace", renamed)
        monkeypatch.setattr(Path, "mkdir", made)

    def synced(self, at: int, until: int) -> bool:
        """Whether a step is on the disk for good after so many steps: a name by its folder, content by its file."""
        step = self.steps[at]
        by = step.path.parent if step.kind == "name" else step.path
        return any(later.kind == "sync" and later.path == by for later in self.steps[at + 1 : until])

    def after_crash(self, until: int) -> "Iterator[dict[Path, Path | None]]":
        """Every mix of names that may be found after so many steps: each name, and what the file was written as."""
        named = [at for at in range(until) if self.steps[at].kind == "name"]
        kept = [at for at in named if self.synced(at, until)]
        loose = [at for at in named if at not in kept]
        for size in range(len(loose) + 1):
            for some in combinations(loose, size):
                yield {self.steps[at].path: self.steps[at].born_as for at in sorted([*kept, *some])}

    def is_written(self, born_as: Path, until: int) -> bool:
        """Whether the content of a file is on the disk for good."""
        return any(
            step.kind == "write" and step.path == born_as and self.synced(at, until)
            for at, step in enumerate(self.steps[:until])
        )


def test_no_crash_leaves_half_a_file_and_what_is_said_to_be_kept_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, desk = tmp_path / "letter.txt", tmp_path / "desk"
    source.write_bytes(CONTENT)
    desk.mkdir()
    with monkeypatch.context() as watched:
        disk = Disk(watched)
        stored = store_file(desk / "attachments", source)
    place = place_of(desk / "attachments", stored.sha256)
    assert place.read_bytes() == CONTENT and stat.S_ISREG(place.stat().st_mode)
    folders = [desk / "attachments", place.parent]
    mixes = 0
    for until in range(len(disk.steps) + 1):
        for names in disk.after_crash(until):
            mixes += 1
            reached = place in names and all(folder in names for folder in folders)
            if reached:
                born_as = names[place]
                assert born_as is not None and disk.is_written(born_as, until), f"half a file after step {until}"
            if until == len(disk.steps):
                assert reached, f"lost, though it was acknowledged: {set(names)}"
    assert mixes > 20
