"""The README's tables, made from the program: `python -m tests.docs.tables` puts them in."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import typer
from tomlkit import item

from stylistdesk.cli import app
from stylistdesk.db import tables as desk_tables
from stylistdesk.domain import errors
from stylistdesk.exchange.whole_tables import kept_columns, tables
from stylistdesk.settings import Settings
from stylistdesk.settings_table import sections_of, settings_of
from stylistdesk.ui.keymap import keymap_markdown
from stylistdesk.ui.keys_of_settings import known_keys

README = Path(__file__).parents[2] / "README.md"
JSON = README.parent / "docs" / "json.md"


def commands_markdown() -> str:
    """Every command with its options, as its own `--help` has them."""
    group = typer.main.get_command(app)
    lines = ["```", "stylistdesk [--data-dir DIR] [--at NOW]", f"    {_first(group.help)}"]
    lines += _commands(group, "stylistdesk")
    return "\n".join([*lines, "```", ""])


def _commands(group: object, above: str) -> list[str]:
    lines: list[str] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts = [_usage(parameter) for parameter in command.params if parameter.name != "help"]
        lines += [" ".join([above, name, *parts]), f"    {_first(command.help)}"]
        lines += _commands(command, f"{above} {name}") if hasattr(command, "commands") else []
    return lines


def _usage(parameter: object) -> str:
    """`FILE...`, `[--limit N]`, `[--json]`."""
    kind = type(parameter).__name__
    name = str(getattr(parameter, "name", ""))
    if "Argument" in kind:
        metavar = str(getattr(parameter, "metavar", None) or name.upper())
        return metavar if getattr(parameter, "required", False) else f"[{metavar}]"
    option = max(getattr(parameter, "opts", [name]), key=len)
    if getattr(parameter, "is_flag", False):
        return f"[{option}]"
    return f"[{option} {str(getattr(parameter, 'metavar', None) or name).upper()}]"


def exit_codes_markdown() -> str:
    """Every refusal's exit code and what it means."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refused)]
    rows = [f"| {kind.exit_code} | {_first(inspect.getdoc(kind))} |" for kind in kinds]
    rows.append(
        f"| {errors.OUR_FAULT} | Something unexpected went wrong; a report is in the folder `reports` of the desk. |"
    )
    return "\n".join(["| code | meaning |", "|---|---|", *rows, ""])


def json_markdown() -> str:
    """Every table of the JSON file with its columns, from the metadata."""
    lines = []
    for table in tables(history=True):
        about = _first(inspect.getdoc(_MODELS[table.name]))
        lines += [f"### {table.name}", "", about, "", "| column | holds |", "|---|---|"]
        for column in kept_columns(table.name):
            refers = f", the id of a row of {column.refers_to}" if column.refers_to else ""
            lines.append(f"| {column.name} | {column.kind}{refers}{' or null' if column.is_optional else ''} |")
        lines.append("")
    return "\n".join(lines)


_MODELS = {model.__tablename__: model for model in vars(desk_tables).values() if hasattr(model, "__tablename__")}


def _first(text: str | None) -> str:
    """The first sentence."""
    return re.split(r"(?<=[.!])\s", " ".join((text or "").split()), maxsplit=1)[0]


ASKED_FOR = (
    "theme", "symbols", "overlaps", "recent_contact_days", "appointment_minutes", "late_change_hours", "event_days",
    "host_orders_needed", "host_sales_needed_cents", "restock_fee_cents", "plan_moves", "backups", "keys.done",
    "waits.cart_hours", "waits.quiet_percent", "weights.overdue_per_day", "weights.kinds.commented", "links.text",
    "links.event", "links.sign_up",
)  # fmt: skip
"""The settings of the README's example."""


def settings_markdown() -> str:
    """A part of the settings file, each at its default."""
    known = {one.name: one for one in settings_of(Settings, known_keys())}
    about = {section.path: section.about.rstrip(".") for section in sections_of(Settings)}
    lines: list[str] = ["```toml"]
    table: tuple[str, ...] = ()
    for setting in (known[name] for name in ASKED_FOR):
        if setting.path[:-1] != table:
            table = setting.path[:-1]
            lines += ["", f"# {about[table]}", f"[{'.'.join(table)}]"]
        value = item(setting.default).as_string()
        lines.append(f"{setting.path[-1]} = {value}  # {setting.about.rstrip('.')}")
    return "\n".join([*lines, "```", ""])


TABLES = {
    "keys": keymap_markdown,
    "commands": commands_markdown,
    "exit codes": exit_codes_markdown,
    "settings": settings_markdown,
}


OF_JSON = {"tables": json_markdown}


def fill(text: str, made: dict[str, Callable[[], str]] = TABLES) -> str:
    """A document with its tables as they should be."""
    for name, table in made.items():
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        text = f"{before}<!-- {name} -->\n{table()}{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(fill(README.read_text()))
    JSON.write_text(fill(JSON.read_text(), OF_JSON))
