"""What `stylistdesk demo` does: a folder to throw away, and a desk built in it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from stylistdesk.clock import Clock
from stylistdesk.paths import DeskPaths, desk_paths


@contextmanager
def demo_folder(paths: DeskPaths | None, *, keep: bool) -> Iterator[DeskPaths]:
    """The folder that the rep named; without one a temporary folder, gone at the end unless it is to be kept."""
    if paths is not None:
        yield paths
        return
    folder = Path(tempfile.mkdtemp(prefix="stylistdesk-demo-"))
    try:
        yield desk_paths(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)


def demo_clock(clock: Clock) -> Clock:
    """The clock of an open demo: always the morning of the sample world, today, and going on from there."""
    from stylistdesk.clock import StartedClock, WallClock
    from stylistdesk.demo.world import data_folder, read_world

    if not isinstance(clock, WallClock):
        return clock
    world = read_world(data_folder())
    morning = world.reference.astimezone(world.zone).time()
    return StartedClock(datetime.combine(clock.now().astimezone(world.zone).date(), morning, world.zone))


def build(
    paths: DeskPaths,
    clock: Clock,
    *,
    clients: int | None = None,
    signals: int | None = None,
    seed: int = 1,
    say: Callable[[str], None] = lambda said: None,
) -> None:
    """Build the demo desk in its folder; with `clients` or `signals`, the large one of that size.

    Raises `Refused` if there are clients already, or the desk cannot be written.
    """
    from stylistdesk.desk import Desk
    from stylistdesk.domain.errors import DeskReadOnly

    if not paths.owner.exists() and not paths.database.exists():
        Desk.begin_here(paths)  # a demo that was here before and was thrown away is not missed
    with Desk.open(paths, clock=clock) as desk:
        if desk.read_only is not None:
            raise DeskReadOnly(desk.read_only)
        if clients is None and signals is None:
            from stylistdesk.demo.small import build_demo

            build_demo(desk)
        else:
            from stylistdesk.demo.large import build_large

            clients = clients or 10_000
            build_large(desk, clients, 100 * clients if signals is None else signals, seed=seed, say=say)
        desk.learn_buyers()
        desk.learn_buyers()
