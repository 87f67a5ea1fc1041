"""Jobs beside the event loop: one way to start them, so that what goes wrong in one is always told."""

import gc
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from textual.css.query import NoMatches
from textual.dom import DOMNode

from stylistdesk.domain.errors import Refused

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


def start(
    owner: DOMNode,
    job: Callable[[], Coroutine[Any, Any, None]],
    name: str,
    *,
    group: str = "default",
    exclusive: bool = False,
) -> None:
    """Run the job in a worker of its owner; an exclusive one ends the others of its group.

    Keys that come before a job of the group `dialog` has shown what it opens, wait for that.
    """
    program = cast("StylistDesk", owner.app)
    if group == "dialog":
        program.held_keys.hold()

    async def guarded() -> None:
        try:
            await job()
        except Refused as no:
            program.tell(str(no), bad=True)
        except NoMatches as error:
            if owner.display:  # else it went while the job ran, and with it all that was to be shown
                program.went_wrong(error, name)
        except Exception as error:  # noqa: BLE001 - the guard: whatever it was, the rep keeps her desk
            program.went_wrong(error, name)
        finally:
            if group == "dialog":
                program.held_keys.let_go()

    owner.run_worker(guarded, name=name, group=group, exclusive=exclusive, exit_on_error=False)  # type: ignore[arg-type]


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let the garbage collector rest while a hundred thousand rows are made, which it would look at many times."""
    rests = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not rests:
            gc.enable()


def collect_again() -> None:
    """Let the garbage collector work, which rests while the desk opens; what was loaded it need not look at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 10)
