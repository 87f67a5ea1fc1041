"""The raw values of the settings, with nothing but the standard library: the first frame does not wait for more."""

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any

LARGEST = 4 << 20
"""More bytes than any settings have: what is larger is not read."""

Stamp = tuple[int, int, int] | None
"""By what a file is known to be as it was; `None` where there is none."""


def stamp(path: Path) -> Stamp:
    """What changes when the file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_file(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The raw values of a settings file, and what is wrong with it as a whole."""
    try:
        return parse(read_text(path)), []
    except FileNotFoundError:
        return {}, []
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        on = f", line {at[1]}" if at and at[1] else ", at its end" if at else ""
        why = said[: at.start()] if at else said
        return {}, [
            f"{path.name}{on}: this is not understood ({why}); every setting is at its default until that is mended."
        ]
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{path.name} cannot be read ({error}); every setting is at its default."]


def read_text(path: Path) -> str:
    """The text of a settings file, its ends of lines as they are. Raises `OSError` for what is no such file."""
    found = path.stat()
    if not S_ISREG(found.st_mode):
        raise OSError("it is not a plain file")
    if found.st_size > LARGEST:
        raise OSError(f"it is larger than {LARGEST >> 20} MB")
    return path.read_bytes().decode("utf-8-sig")


def parse(text: str) -> dict[str, Any]:
    """The raw values of a settings file with this text. Raises `TOMLDecodeError`."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("a value is nested too deeply") from None


def line_of(path: Path, where: Sequence[str]) -> int:
    """The line on which a value stands, or its section where it has no line of its own; 0 if it is not in the file."""
    try:
        lines = read_text(path).splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    return line_in(lines, where)


def line_in(lines: Sequence[str], where: Sequence[str], *, whole: bool = False) -> int:
    """As `line_of`, in these lines; where the value's own line must say `whole` of its name, no section will do."""
    table: tuple[str, ...] = ()
    wanted, found, nearest = tuple(where), 0, 0
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith("["):
            table = names_in(text.split("#")[0].strip("[] \t"))
            here = table
        else:
            name, equals, _ = text.partition("=")
            here = (*table, *names_in(name)) if equals and not text.startswith("#") else ()
        if here == wanted and not (whole and text.startswith("[")):
            return number
        if here and here == wanted[: len(here)] and len(here) > nearest:
            found, nearest = number, len(here)
    return 0 if whole else found


def names_in(key: str) -> tuple[str, ...]:
    """The names of a key with dots: `weights.kinds."commented"`."""
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def from_environment() -> dict[str, str]:
    """STYLISTDESK_THEME and its like. By hand: the library takes a tenth of the time to the queue."""
    names = ("opening_tab", "theme", "symbols", "mouse", "backups")
    given = {name: os.environ.get(f"STYLISTDESK_{name.upper()}", "") for name in names}
    return {name: value for name, value in given.items() if value}
