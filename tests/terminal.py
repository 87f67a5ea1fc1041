"""A real terminal (a pty, and pyte to read its screen), for the tests of the main job and for the benchmarks."""

import os
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

ROOT = Path(__file__).parents[1]


class Terminal:
    """A program in a pty of its own, and what its screen shows."""

    def __init__(self, command: Sequence[str], *, size: tuple[int, int] = (120, 40), env: dict[str, str]) -> None:
        columns, rows = size
        # A picture taken earlier in this process leaves its size in the environment, where it wins over the pty's.
        env = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = bytearray()
        self.started = time.perf_counter()
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(rows, columns),
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"},  # type: ignore[arg-type]
            timeout=30,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """The screen as lines; pyte's own `display` stumbles over a wide character that was drawn over."""
        rows, columns = self.screen.lines, range(self.screen.columns)
        return "\n".join("".join(self.screen.buffer[row][column].data for column in columns) for row in range(rows))

    def read(self, timeout: float) -> bytes:
        """What comes within so many seconds: one chunk, or nothing."""
        ready, _, _ = select.select([self.child.child_fd], [], [], timeout)
        if not ready:
            return b""
        try:
            chunk = os.read(self.child.child_fd, 1 << 16)
        except OSError:
            return b""
        self.bytes += chunk
        return chunk

    def show(self, chunk: bytes) -> None:
        """Put what came on the screen."""
        self._stream.feed(chunk)

    def wait_for(self, *words: str, gone: str = "", timeout: float = 30) -> float:
        """Read until all words are on the screen (and `gone` is not); the seconds since the start."""
        end = time.perf_counter() + timeout
        shown = self.text
        while time.perf_counter() < end:
            chunk = self.read(0.05)
            at = time.perf_counter()
            if chunk:
                self.show(chunk)
                shown = self.text
            if all(word in shown for word in words) and not (gone and gone in shown):
                return at - self.started
            if not chunk and not self.child.isalive():
                break
        raise AssertionError(f"{words} did not come; the screen shows:\n{self.text}")

    def send(self, keys: str) -> None:
        """Type."""
        self.child.send(keys)

    def settle(self, quiet: float = 0.15) -> None:
        """Read until nothing has come for a while."""
        while chunk := self.read(quiet):
            self.show(chunk)

    def time_key(self, keys: str, *, quiet: float = 0.12) -> tuple[float, float]:
        """Seconds from a key to the first byte of the answer, and to the last one before a silence."""
        self.settle(quiet)
        started = time.perf_counter()
        self.send(keys)
        first = last = 0.0
        chunks = []
        while chunk := self.read(quiet if first else 5):
            last = time.perf_counter() - started
            first = first or last
            chunks.append(chunk)
        for chunk in chunks:
            self.show(chunk)
        return first, last

    def peak_memory(self) -> float:
        """The most memory that the program has held, in MiB (Linux)."""
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def open_desk(folder: Path, size: tuple[int, int] = (120, 40)) -> Terminal:
    """The desk of a folder on a terminal, at 9:42 on Saturday, 21 November 2026."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "STYLISTDESK_NOW": "2026-11-21T09:42-05:00",
        "STYLISTDESK_DATA_DIR": str(folder),
    }
    return Terminal([sys.executable, "-m", "stylistdesk"], size=size, env=env)
