"""How backups are printed: in lines to read, and as JSON for scripts."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stylistdesk.db.backups import Backup
from stylistdesk.desk import Desk, KeptBackup
from stylistdesk.domain.comparison import say_beyond, say_comparison, say_returned, say_since
from stylistdesk.domain.file_names import say_size
from stylistdesk.domain.text import counted


def made_lines(made: Backup) -> list[str]:
    """What was just made."""
    how = "encrypted, verified" if made.is_encrypted else "verified"
    return [f"{made.path}: {counted(made.rows['client'], 'client')}, {counted(made.rows['signal'], 'signal')}, {how}"]


def listed_line(made: Backup, zone: ZoneInfo) -> str:
    """One backup on a line; its name says the time too, but in UTC."""
    holds = f"{made.rows['client']:>6} clients  {made.rows['signal']:>8} signals"
    return f"{made.name}  {_at(made.made_at, zone)}  {holds}  {made.why}"


def list_lines(desk: Desk) -> list[str]:
    """The backups, newest first, each with what the desk has beyond it; then what lies beside the desk."""
    kept = desk.kept()
    lines = []
    for one in kept.backups:
        marks = [say_size(one.backup.size), _state(one, desk.zone)]
        marks += ["encrypted"] if one.backup.is_encrypted else []
        marks += ["second copy"] if one.has_second else []
        lines += [listed_line(one.backup, desk.zone), f"    {', '.join(marks)}; {_beyond(one)}"]
    lines += [f"{aside.name}  {_at(aside.at, desk.zone)}  {say_size(aside.size)}  {aside.why}" for aside in kept.aside]
    if kept.second.words:
        lines.append(kept.second.words)
    lines += returned_lines(desk)
    return lines or ["There is no backup yet; `stylistdesk backup` makes one."]


def returned_lines(desk: Desk) -> list[str]:
    """Who was erased and is back by a restore, each with the command that erases her again."""
    return say_returned(desk.erased_and_back(), "`stylistdesk erase {number}`")


def list_json(desk: Desk) -> list[dict[str, Any]]:
    """A list, one object a backup: that of `backup_json`, and `{second_copy, beyond, changes_since}`."""
    return [
        {
            **backup_json(one.backup),
            "second_copy": one.has_second,
            "beyond": one.beyond,
            "changes_since": one.since,
        }
        for one in desk.kept().backups
    ]


def backup_json(made: Backup) -> dict[str, Any]:
    """`{name, file, made_at, why, size, rows, verified_at, damaged, encrypted}`."""
    return {
        "name": made.name,
        "file": str(made.path),
        "made_at": made.made_at.isoformat(),
        "why": made.why,
        "size": made.size,
        "rows": made.rows,
        "verified_at": made.checked_at.isoformat() if made.checked_at else None,
        "damaged": made.damaged,
        "encrypted": made.is_encrypted,
    }


def comparison_lines(desk: Desk, name: str, key: Path | None) -> list[str]:
    """What restoring a backup would change."""
    return [words for _, words in say_comparison(desk.compare_with(name, key))]


def comparison_json(desk: Desk, name: str, key: Path | None) -> dict[str, Any]:
    """`{same, changes_since, fewer, more, clients: {gone, back, otherwise}}`; at most 20 names of each."""
    found = desk.compare_with(name, key)
    return {
        "same": found.is_same,
        "changes_since": found.since,
        "fewer": found.lacks,
        "more": found.adds,
        "clients": {
            "gone": {"count": found.lost.count, "names": list(found.lost.names)},
            "back": {"count": found.back.count, "names": list(found.back.names)},
            "otherwise": {"count": found.changed.count, "names": list(found.changed.names)},
        },
    }


def _at(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _state(one: KeptBackup, zone: ZoneInfo) -> str:
    checked = one.backup.checked_at
    if one.backup.damaged:
        return "DAMAGED"
    return f"verified {checked.astimezone(zone):%Y-%m-%d}" if checked else "verified"


def _beyond(one: KeptBackup) -> str:
    return "; ".join(filter(None, (say_since(one.since), say_beyond(one.beyond))))
