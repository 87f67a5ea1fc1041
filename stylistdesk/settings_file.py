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


def set_in_file(path: Path, name: str, value: str) -> None:
    """Set one setting of the file's first level; all else in it, comments too, stays as it is. Raises `OSError`."""
    import tomlkit
    from tomlkit.exceptions import ParseError

    from stylistdesk.domain.errors import Refused
    from stylistdesk.paths import private_folder, write_private

    try:
        document = tomlkit.parse(path.read_text("utf-8") if path.exists() else "")
    except (ParseError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} cannot be read ({error}).", hint=f"Put {name} into it by hand.") from None
    document[name] = value
    private_folder(path.parent)
    write_private(path, tomlkit.dumps(document).encode())
