"""The README's tables, made from the program: `python -m tests.docs.tables` puts them in."""

import inspect
import re
from pathlib import Path

import typer

from stylistdesk.cli import app
from stylistdesk.domain import errors
from stylistdesk.ui.keymap import keymap_markdown

README = Path(__file__).parents[2] / "README.md"


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
    return "\n".join(["| code | meaning |", "|---|---|", *rows, ""])


def _first(text: str | None) -> str:
    """The first sentence."""
    return re.split(r"(?<=[.!])\s", " ".join((text or "").split()), maxsplit=1)[0]


TABLES = {"keys": keymap_markdown, "commands": commands_markdown, "exit codes": exit_codes_markdown}


def fill(text: str) -> str:
    """The README with its tables as they should be."""
    for name, table in TABLES.items():
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        text = f"{before}<!-- {name} -->\n{table()}{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(fill(README.read_text()))
