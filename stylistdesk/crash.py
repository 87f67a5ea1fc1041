"""What is left behind when something unexpected goes wrong: a report without a word of client data."""

import os
import platform
import traceback
from datetime import datetime
from pathlib import Path


def report_of(error: BaseException, doing: str, now: datetime) -> str:
    """The report: what was being done, the kinds of errors, and where; never their messages or any value."""
    from importlib.metadata import version

    parts = [
        f"stylistdesk {version('stylistdesk') if _installed() else 'from its source'}, textual {version('textual')}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        f"{now.isoformat(timespec='seconds')}, while doing: {doing or 'nothing in particular'}",
        "",
    ]
    link: BaseException | None = error
    while link is not None:
        parts.append(f"{type(link).__module__}.{type(link).__qualname__}")
        parts += [
            f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__, limit=-60)
        ]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        if link is not None:
            parts.append("which came of")
    return "\n".join(parts) + "\n"


def write_report(data_dir: Path, error: BaseException, doing: str, now: datetime) -> Path | None:
    """Write the report where only the rep can read it, and say where; `None` if the disk does not take it."""
    folder = data_dir / "reports"
    path = folder / f"{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(report_of(error, doing, now))
    except OSError:
        return None
    return path


def _installed() -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version("stylistdesk")
    except PackageNotFoundError:
        return False
    return True
