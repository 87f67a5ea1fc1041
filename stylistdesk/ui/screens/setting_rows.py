"""The settings as rows: what each is now, whether it is at its default, and what is said of it beside the list."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.text import folded
from stylistdesk.settings import Problem, Settings
from stylistdesk.settings_file import from_environment
from stylistdesk.settings_table import KEYS, Setting, settings_of, value_at
from stylistdesk.settings_words import say_limits, say_value
from stylistdesk.ui.keymap import BY_ID, format_shown, keys_in
from stylistdesk.ui.keys_of_settings import known_keys
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, clip_middle, fit, labelled, wrap

if TYPE_CHECKING:
    from stylistdesk.desk import Desk

DESK, WRONG = "Desk", "Not understood"
LABEL = 10

OF_THE_DESK: tuple[tuple[str, str, str], ...] = (
    ("rep_name", "Your name", "It signs your messages."),
    ("time_zone", "Time zone", "Every day and hour on the desk is of this zone."),
    ("currency", "Currency", "Amounts without a currency of their own are in this one."),
    ("country", "Country", "Its holidays count, and phone numbers without a country code are read as its own."),
)
"""What stands in the desk itself and not in the file: the field of its form, its name, and what it is."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row. Without a `setting` it is of the desk itself (the `field` of its form), or a wrong line."""

    id: int
    group: str
    title: str
    value: str
    about: str
    setting: Setting | None = None
    held: Any = None
    differs: bool = False
    field: str = ""
    problem: Problem | None = None

    @property
    def is_key(self) -> bool:
        """Whether it is the keys of an action."""
        return self.setting is not None and self.setting.path[0] == KEYS

    @property
    def sought(self) -> str:
        """What the filter looks in."""
        name = self.setting.name if self.setting is not None else ""
        return folded(f"{self.group} {self.title} {name} {self.value} {self.about}")


@cache
def all_settings() -> tuple[Setting, ...]:
    """Every setting, those of the keys too."""
    return settings_of(Settings, known_keys())


def rows_of(desk: "Desk", wrong_on_screen: Iterable[Problem] = ()) -> list[SettingRow]:
    """All rows in their groups: what is wrong in the file first, then the desk itself, then every setting."""
    table, loaded = all_settings(), desk.loaded
    known = {one.path for one in table}
    wrong = {problem.path: problem for problem in (*loaded.problems, *wrong_on_screen)}
    of_desk = (desk.rep_name, desk.zone.key, desk.currency, desk.country)
    rows = [
        SettingRow(0, WRONG, ".".join(path), f"line {one.line}" if one.line else "", one.said, problem=one)
        for path, one in wrong.items()
        if path not in known
    ]
    rows += [
        SettingRow(0, DESK, title, value or "none", about, field=field)
        for (field, title, about), value in zip(OF_THE_DESK, of_desk, strict=True)
    ]
    for setting in table:
        held = value_at(desk.settings, setting)
        said = shown_keys(held) if setting.path[0] == KEYS else say_value(setting, held, desk.currency)
        rows.append(
            SettingRow(
                0, setting.group, setting.title, said, setting.about, setting, held,
                differs=held != setting.default, problem=wrong.get(setting.path),
            )
        )  # fmt: skip
    return [_numbered(row, at) for at, row in enumerate(rows)]


def _numbered(row: SettingRow, at: int) -> SettingRow:
    object.__setattr__(row, "id", at)
    return row


def shown_keys(keys: str) -> str:
    """The keys of an action as a rep reads them."""
    return "  ".join(format_shown(key) for key in keys_in(keys))


def sought(rows: Iterable[SettingRow], words: str, *, only_changed: bool) -> list[SettingRow]:
    """The rows that have all the words."""
    parts = folded(words).split()
    return [
        row
        for row in rows
        if (not only_changed or row.differs or row.problem is not None) and all(part in row.sought for part in parts)
    ]


def grouped(rows: Iterable[SettingRow]) -> list[tuple[str, str, list[SettingRow]]]:
    """The groups for the list: their words, their look, their rows."""
    groups: dict[str, list[SettingRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [(name, "alert" if name == WRONG else "label", members) for name, members in groups.items()]


def row_line(row: SettingRow, width: int, mark: str) -> Line:
    """A row of the list: what differs from its default has a mark and stands out."""
    room = max(12, width * 11 // 20)
    look = "late" if row.problem is not None else "strong" if row.differs else "quiet"
    return (
        Piece(f"{mark if row.differs else ' '} ", "label"),
        Piece(fit(row.title, room)),
        Piece(" "),
        Piece(clip(row.value, width - room - 3), look),
    )


def row_lines(row: SettingRow, width: int, currency: str, file: str, key: Callable[[str], str]) -> list[Line]:
    """What is said of a row beside the list."""
    lines: list[Line] = [(Piece(part),) for part in wrap(row.about, width)] + [BLANK]
    if row.problem is not None:
        on = f"Line {row.problem.line} of the file: " if row.problem.line else ""
        said = row.problem.said if row.setting is not None else ""
        lines += [(Piece(part, "late"),) for part in wrap(f"{on}{said}", width)] + [BLANK] if said else []
    lines += [line for label, words, look in _facts(row, currency) for line in _labelled(label, words, look, width)]
    lines.append(BLANK)
    for acts in _keys(row):
        lines.append((Piece(f"{key(acts[0])} ", "key"), Piece(clip(acts[1], width - 8), "quiet")))
    return [*lines, BLANK, (Piece(clip_middle(file, width), "quiet"),)] if row.setting is not None else lines


def _labelled(label: str, words: str, look: str, width: int) -> list[Line]:
    return labelled(label, [(Piece(part, look),) for part in wrap(words, width - LABEL)], LABEL)


def _facts(row: SettingRow, currency: str) -> Iterator[tuple[str, str, str]]:
    setting = row.setting
    if setting is None:
        if row.field:
            yield "Now", row.value, "strong"
            yield "Kept", "in the desk itself, with your other data", ""
        return
    yield "Now", row.value, "strong"
    if row.is_key:
        yield "Default", shown_keys(setting.default), ""
        yield "Where", BY_ID[setting.path[1]].scope.value, ""
    else:
        yield "Default", say_value(setting, setting.default, currency), ""
        if (limits := say_limits(setting, currency)) != "text":
            yield "May be", limits, ""
    if (name := of_environment(setting)) is not None:
        yield "But", f"{name} goes before the file.", "late"
    yield "Counts", "from the next start on" if setting.next_start else "at once", ""
    yield "In file", setting.name, "quiet"


def of_environment(setting: Setting) -> str | None:
    """The variable that says what the setting is, if one does."""
    said: Mapping[str, str] = from_environment()
    name = f"STYLISTDESK_{setting.name.upper()}"
    return name if setting.name in said and os.environ.get(name) else None


def _keys(row: SettingRow) -> Iterator[tuple[str, str]]:
    if row.setting is None:
        if row.field:
            yield "settings_change", "opens the form of your desk"
        return
    yield "settings_change", "asks for the key" if row.is_key else "changes it"
    if row.is_key:
        yield "settings_one_more", "gives it one more key"
    if row.differs or row.problem is not None:
        yield "settings_default", "puts it back to its default"
