"""The settings file as it is written: one value at a time among a rep's own comments, or whole with every default."""

import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock, Timeout
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable

from stylistdesk.domain.errors import Refused, not_written
from stylistdesk.paths import PRIVATE_FILE, private_folder, write_private
from stylistdesk.settings import Settings, checked, table_of_settings
from stylistdesk.settings_file import line_in, names_in, parse, read_file, read_text
from stylistdesk.settings_history import Step, Steps, Way, differences, keep_steps, steps_of
from stylistdesk.settings_table import KEYS, Kind, Known, Section, Setting, sections_of, settings_of

WIDTH = 100
LONGEST_WAIT = 5
"""Seconds for another process to have changed the file."""

HEAD = """\
# The settings of stylistdesk. Each stands here with its default, behind a #: take that away and change the value.
# What is wrong is named with its line when the desk opens, and left at its default. On screen they are under ctrl+l.
"""


def save_value(path: Path, setting: Setting, value: Any) -> None:
    """Set one setting in the file, or put it back to its default (`None`), as one step; all else in it stays as it is.

    Raises `Refused` for a value that the settings do not take, with the reason in the field "value"; and where the file
    is not understood or cannot be written.
    """

    def made(text: str) -> str:
        new = with_value(text, setting, value, path.name)
        wrong = {problem.path for problem in checked(parse(text), path).problems}
        for problem in checked(parse(new), path).problems:
            if problem.path not in wrong or problem.path == setting.path:
                raise Refused(problem.reason, field="value")
        return new

    change_settings(path, made)


def change_settings(path: Path, made: Callable[[str], str]) -> None:
    """Write what is made of the file's text, as one step that `turn` takes back.

    Raises `Refused`, as `made` may; then the file is as it was.
    """
    tables = [one.path for one in table_of_settings().values() if one.kind is Kind.TABLE]
    with _alone(path):
        text = made(text_of(path))
        steps = steps_of(path)
        step = differences(_holds(read_file(path)[0], path), _holds(parse(text), path), tables)
        if step:
            keep_steps(path, Steps((*steps.done, step)))
        try:
            write_settings(path, text)
        except Refused:
            with suppress(Refused):
                keep_steps(path, steps)
            raise


def turn(path: Path, way: Way, known: Mapping[tuple[str, ...], Setting], allow: Callable[[Setting, Any], None]) -> Step:
    """Take back the last step, or do it again; what that changed.

    Raises `Refused` where there is none; and where the file was changed by hand since, or `allow` refuses a value: that
    step is then let go.
    """
    with _alone(path):
        return _turn(path, way, known, allow)


def _turn(
    path: Path, way: Way, known: Mapping[tuple[str, ...], Setting], allow: Callable[[Setting, Any], None]
) -> Step:
    steps = steps_of(path)
    step = steps.next(way)
    if not step:
        raise Refused(f"There is nothing to {way} in the settings.")
    values, unreadable = read_file(path)
    if unreadable:
        raise Refused(unreadable[0], hint="Mend that line first; nothing was changed.")
    made, holds = text_of(path), _holds(values, path)
    try:
        for one in step:
            setting = known.get(one.path)
            if setting is None or _find(holds, one.path) != one.before:
                name = setting.title if setting is not None else ".".join(one.path)
                raise Refused(f"{name} was changed in {path.name} since, and stays.")
            allow(setting, one.after)
            made = with_value(made, setting, one.after, path.name)
    except Refused as no:
        keep_steps(path, steps.without_next(way))
        raise Refused(no.reason, hint=f"The next {way} is of the step before it.") from None
    write_settings(path, made)
    keep_steps(path, steps.turned(way))
    return step


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Meanwhile no other process changes the file: what one writes, another that had read it before would undo.

    Raises `Refused`.
    """
    try:
        if not path.parent.exists():
            private_folder(path.parent)
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=LONGEST_WAIT, mode=PRIVATE_FILE)
        lock.acquire()
    except Timeout:
        raise Refused(f"{path.name} is being changed by another stylistdesk.", hint="Try it again.") from None
    except OSError as error:
        raise not_written(str(path), error) from None
    try:
        yield
    finally:
        lock.release()


def _holds(values: dict[str, Any], path: Path) -> Mapping[str, Any]:
    """What a file says that holds: what is wrong in it, a date for a number, is no value to go back to."""
    return checked(values, path).given


def text_of(path: Path) -> str:
    """The text of the file, empty where there is none. Raises `Refused`."""
    try:
        return read_text(path)
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read ({error}).", hint="Nothing was changed.") from None


def _find(values: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        values = values.get(part) if isinstance(values, Mapping) else None
    return values


def settings_text(given: Mapping[str, Any]) -> str:
    """A file that says this and no more."""
    return tomlkit.dumps(given)


def write_settings(path: Path, text: str) -> None:
    """Write the whole file, readable by the rep alone; where it is a link, what that leads to. Raises `Refused`."""
    path = path.resolve()
    try:
        if not path.parent.exists():
            private_folder(path.parent)
        write_private(path, text.encode())
    except OSError as error:
        raise not_written(str(path), error) from None


def with_value(text: str, setting: Setting, value: Any, file: str = "settings.toml") -> str:
    """The text of the file with one setting set, or back at its default (`None`); comments and order stay.

    A line that has the setting behind a # is used for it, and going back to the default leaves such a line.
    """
    try:
        before = parse(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(
            f"{file} is not understood: {error}.", hint="Mend that line first; nothing was changed."
        ) from None
    wanted = _wanted(before, setting.path, value)
    for way in (_in_its_line, _below_its_heading, _in_the_document):
        try:
            made = way(text, setting, value)
            if _without_empty(parse(made)) == wanted:
                return made
        except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, TypeError, KeyError, RecursionError):
            continue
    raise Refused(f"{setting.name} cannot be changed in {file}.", hint="Change it there by hand.")


def _wanted(values: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """What the file must say in the end, without its empty tables."""
    inside = values
    for part in path[:-1]:
        if not isinstance(inside.get(part), dict):
            inside[part] = {}
        inside = inside[part]
    if value is None:
        inside.pop(path[-1], None)
    else:
        inside[path[-1]] = value
    return _without_empty(values)


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: _without_empty(one) if isinstance(one, dict) else one for name, one in values.items()}
    return {name: one for name, one in kept.items() if one != {}}


def _in_its_line(text: str, setting: Setting, value: Any) -> str:
    """The one line changed that has the setting, or has it behind a #. Raises `ValueError` if there is none such."""
    if isinstance(value, dict):
        raise ValueError
    lines = text.splitlines(keepends=True)
    at = line_in([line.rstrip("\r\n") for line in lines], setting.path, whole=True) - 1
    hidden = at < 0
    if hidden:
        at = line_in([_uncommented(line) for line in lines], setting.path, whole=True) - 1
    if at < 0 or (hidden and value is None):
        raise ValueError
    ends = lines[at][len(lines[at].rstrip("\r\n")) :]
    document = tomlkit.parse(_uncommented(lines[at]) if hidden else lines[at].rstrip("\r\n"))
    inside: Any = document
    *above, last = names_in(_uncommented(lines[at]).partition("=")[0])
    for part in above:
        inside = inside[part]
    inside[last] = setting.default if value is None else value
    lines[at] = ("#" if value is None else "") + tomlkit.dumps(document).rstrip("\r\n") + ends
    return "".join(lines)


def _uncommented(line: str) -> str:
    """A line with a setting behind a # without it; words of a comment stay what they are."""
    text = line.strip()
    name, equals, _ = text.lstrip("#").partition("=")
    is_one = text.startswith("#") and equals and len(name.split()) == 1
    return text.lstrip("#").strip() if is_one else line.rstrip("\r\n")


def _below_its_heading(text: str, setting: Setting, value: Any) -> str:
    """New lines behind the last one of its table: what is said above the next table stays there. As `_in_its_line`."""
    lines = text.splitlines(keepends=True)
    table = setting.path if isinstance(value, dict) else setting.path[:-1]
    heads = [at for at, line in enumerate(lines) if line.lstrip().startswith("[")]
    first = 0
    if table:
        named = [at for at in heads if names_in(lines[at].split("#")[0].strip("[] \t\r\n")) == table]
        if not named:
            raise ValueError
        first = named[0] + 1
    end = next((at for at in heads if at >= first), len(lines))
    own = [at for at in range(first, end) if "=" in lines[at] and not lines[at].lstrip().startswith("#")]
    if value is None:
        raise ValueError
    new = {setting.path[-1]: value} if not isinstance(value, dict) else value
    at = own[-1] + 1 if own else first if table else _after_the_head(lines[:end])
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    said = [f"{_key(name)} = {_toml(one)}\n" for name, one in new.items()]
    gone = set(own) if isinstance(value, dict) else set()
    return "".join([line for place, line in enumerate(lines[:at]) if place not in gone] + said + lines[at:])


def _after_the_head(lines: list[str]) -> int:
    """The line behind what is said at the top of the file, if a blank one parts that from the rest."""
    blank = next((at for at, line in enumerate(lines) if not line.strip()), None)
    return blank + 1 if blank is not None and lines[0].startswith("#") else 0


def _in_the_document(text: str, setting: Setting, value: Any) -> str:
    """Set or taken out where it stands; a new one goes to the end of its table."""
    document = tomlkit.parse(text)
    inside: Any = document
    for part in setting.path[:-1]:
        if not isinstance(inside.get(part), dict):
            if value is None:
                return text
            inside[part] = tomlkit.inline_table() if type(inside).__name__ == "InlineTable" else tomlkit.table()
        inside = inside[part]
    if value is None:
        inside.pop(setting.path[-1], None)
        return tomlkit.dumps(document)
    if isinstance(value, dict) and isinstance(inside.get(setting.path[-1]), AbstractTable):
        _fill(inside[setting.path[-1]], value)
    else:
        inside[setting.path[-1]] = value
    return tomlkit.dumps(document)


def _fill(table: Any, value: Mapping[str, Any]) -> None:
    for name in [name for name in table if name not in value]:
        del table[name]
    for name, one in value.items():
        table[name] = one


# ------------------------------------------------------------------ the whole file


def whole_file(path: Path, keys: Iterable[Known]) -> str:
    """Every setting with what it is, its limits and its default behind a #; what the file says already, without.

    `keys` are the actions whose keys can be changed, as the screens have them. Raises `Refused` where the file that is
    there is not understood.
    """
    values, unreadable = read_file(path)
    if unreadable:
        raise Refused(unreadable[0], hint=f"Mend {path}, or move it away.")
    loaded = checked(values, path)
    table = settings_of(Settings, tuple(keys))
    given = {one.path: _find(loaded.given, one.path) for one in table if loaded.gives(one)}
    above = [one for one in table if len(one.path) == 1 and one.kind is not Kind.TABLE]
    lines = [HEAD]
    lines += _grouped(above, given)
    for section in _in_order(sections_of(Settings)):
        inside = [one for one in table if one.path[:-1] == section.path]
        free = next((one for one in table if one.path == section.path), None)
        name = ".".join(section.path)
        lines += ["", *_comment(f"{section.about.rstrip('.')}.")]
        if section.lists and inside and inside[0].kind is not Kind.TEXT:
            lines += _comment(_limits_of(inside[0]))
        if free is not None:
            lines += _comment(f"{_limits_of(free)} For example: {free.example or 'name = 1'}")
        lines.append(f"[{name}]")
        if free is not None:
            lines += [f"{_key(one)} = {_toml(value)}" for one, value in (given.get(free.path) or {}).items()]
        elif section.path == (KEYS,):
            lines += _grouped(inside, given, short=True)
        else:
            lines += [line for one in inside for line in _one(one, given, short=section.lists)]
    return "\n".join(lines) + "\n"


def _in_order(sections: Iterable[Section]) -> list[Section]:
    """The keys come last: there are so many."""
    return sorted(sections, key=lambda section: section.path == (KEYS,))


def _grouped(settings: list[Setting], given: Mapping[tuple[str, ...], Any], *, short: bool = False) -> list[str]:
    lines: list[str] = []
    group = ""
    for one in settings:
        if one.group != group:
            group = one.group
            lines += ["", f"# -- {group}"]
        lines += _one(one, given, short=short)
    return lines


def _one(setting: Setting, given: Mapping[tuple[str, ...], Any], *, short: bool = False) -> list[str]:
    says = setting.path in given
    value = given[setting.path] if says else setting.default
    line = f"{'' if says else '#'}{_key(setting.path[-1])} = {_toml('' if value is None else value)}"
    if short:
        return [f"{line}  # {setting.about}"]
    limits = _limits_of(setting) if setting.kind is not Kind.TEXT or setting.most is not None else ""
    default = f"If not set: {_toml(setting.default)}."
    later = "Counts from the next start." if setting.next_start else ""
    about = f"{setting.about.rstrip('.')}."
    return ["", *_comment(about), *_comment(" ".join(part for part in (limits, later, default) if part)), line]


def _limits_of(setting: Setting) -> str:
    unit = {"points": ", in hundredths of a point", "cents": ", in cents"}.get(setting.unit, "")
    return f"Must be {setting.limits}{unit}."


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(words, WIDTH)]


def _key(name: str) -> str:
    return tomlkit.key(name).as_string()


def _toml(value: Any) -> str:
    return str(tomlkit.item(value).as_string()) if value is not None else '""'
