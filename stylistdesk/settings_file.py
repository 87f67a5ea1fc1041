"""The raw values of the settings, with nothing but the standard library: the first frame does not wait for more."""

import os
import tomllib
from pathlib import Path
from typing import Any


def read_file(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The raw values of a settings file, and what is wrong with it as a whole."""
    try:
        return tomllib.loads(path.read_text("utf-8")), []
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [f"{path.name} cannot be read ({error}); every setting is at its default."]


def from_environment() -> dict[str, str]:
    """STYLISTDESK_THEME and its like. By hand: the library takes a tenth of the time to the queue."""
    names = ("opening_tab", "theme", "symbols", "mouse", "backups")
    given = {name: os.environ.get(f"STYLISTDESK_{name.upper()}", "") for name in names}
    return {name: value for name, value in given.items() if value}
