"""Attachments in the system's own program: only documents and pictures, only private copies, never run."""

import shutil
import subprocess
import sys
from pathlib import Path

DOCUMENTS = frozenset(
    [
        ".pdf",
        ".txt",
        ".md",
        ".csv",
        ".tsv",
        ".rtf",
        ".doc",
        ".docx",
        ".odt",
        ".xls",
        ".xlsx",
        ".ods",
        ".ppt",
        ".pptx",
        ".odp",
        ".pages",
        ".numbers",
        ".key",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".bmp",
        ".tif",
        ".tiff",
        ".heic",
        ".avif",
        ".mp3",
        ".m4a",
        ".wav",
        ".ogg",
        ".flac",
        ".mp4",
        ".mov",
        ".webm",
        ".mkv",
        ".eml",
        ".vcf",
        ".ics",
        ".json",
        ".zip",
    ]
)
"""Kinds of files that a system opens to be looked at. Whatever could be run as a program is not among them."""


def may_open_file(name: str) -> bool:
    """Whether a file of this name is ever given to the system's opener."""
    return Path(name).suffix.lower() in DOCUMENTS


def open_file(path: Path) -> bool:
    """Open a file that `may_open_file` allows; whether there was a program for it. Not for the event loop."""
    return may_open_file(path.name) and _open(path)


def open_own_page(path: Path) -> bool:
    """Open a page that the desk itself has just written; whether there was a browser. Not for the event loop."""
    return path.suffix == ".html" and _open(path)


def _open(path: Path) -> bool:
    opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    program = shutil.which(opener)
    if program is None or path.is_symlink() or not path.is_file():
        return False
    try:
        done = subprocess.run(  # noqa: S603 - no shell, an absolute path, a kind of file that is only looked at
            [program, str(path.absolute())], check=False, timeout=10, capture_output=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 or opener == "explorer"
