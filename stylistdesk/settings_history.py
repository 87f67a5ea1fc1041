"""What was changed in the settings, kept beside their file: it can be taken back tomorrow too (product.md R7)."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from stylistdesk.domain.errors import not_written
from stylistdesk.paths import private_folder, write_private

Way = Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One value of the file, as TOML has it; `None` where the file says nothing of it."""

    path: tuple[str, ...]
    before: Any
    after: Any


Step = tuple[Changed, ...]
"""What was changed at once."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that can be taken back and those that can be done again, the next one last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def next(self, way: Way) -> Step:
        """What would be changed now: the values as they must be found, and as they will be. Empty if there is none."""
        if way == "redo":
            return self.undone[-1] if self.undone else ()
        return tuple(Changed(one.path, one.after, one.before) for one in self.done[-1]) if self.done else ()

    def without_next(self, way: Way) -> "Steps":
        """Without that step."""
        return replace(self, done=self.done[:-1]) if way == "undo" else replace(self, undone=self.undone[:-1])

    def turned(self, way: Way) -> "Steps":
        """After that step."""
        if way == "undo":
            return Steps(self.done[:-1], (*self.undone, self.done[-1]))
        return Steps((*self.done, self.undone[-1]), self.undone[:-1])


def history_of(settings: Path) -> Path:
    """Where the steps of a settings file are kept."""
    return settings.with_name(f"{settings.stem}.history.json")


def steps_of(settings: Path) -> Steps:
    """The steps of a settings file; none where their file is not there or is not understood."""
    try:
        said = json.loads(history_of(settings).read_bytes())
        return Steps(*(tuple(_step(one) for one in said[name]) for name in ("done", "undone")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Steps()


def keep_steps(settings: Path, steps: Steps) -> None:
    """Keep the steps of a settings file, readable by the rep alone. Raises `Refused`."""
    said = {"done": _plain(steps.done), "undone": _plain(steps.undone)}
    try:
        if not settings.parent.exists():
            private_folder(settings.parent)
        write_private(history_of(settings), json.dumps(said, ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise not_written(str(history_of(settings)), error) from None


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    whole: Collection[tuple[str, ...]],
    above: tuple[str, ...] = (),
) -> Step:
    """Each value that two files say differently; a table of `whole` is one value."""
    found: list[Changed] = []
    for name in dict.fromkeys((*before, *after)):
        path, one, other = (*above, name), before.get(name), after.get(name)
        inside = [value for value in (one, other) if value is not None]
        if path not in whole and all(isinstance(value, dict) for value in inside):
            found += differences(one or {}, other or {}, whole, path)
        elif one != other:
            found.append(Changed(path, one, other))
    return tuple(found)


def _step(said: Any) -> Step:
    return tuple(Changed(tuple(map(str, path)), before, after) for path, before, after in said)


def _plain(steps: tuple[Step, ...]) -> list[list[tuple[Any, ...]]]:
    return [[(one.path, one.before, one.after) for one in step] for step in steps]
