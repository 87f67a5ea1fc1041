"""`stylistdesk settings`: the whole commented file, and one setting asked for or changed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stylistdesk.domain.errors import Refused
from stylistdesk.paths import refuse_where_nothing_is_set

if TYPE_CHECKING:
    from stylistdesk.settings_table import Setting

app = typer.Typer(
    help="Print the settings file with every setting: what it is, its limits, its default, and what you have set.",
    no_args_is_help=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def whole(
    context: typer.Context,
    write: Annotated[
        bool, typer.Option("--write", help="Write it; a file that is there is kept beside it, under another name.")
    ] = False,
) -> None:
    """Print the settings file with every setting: what it is, its limits, its default, and what you have set."""
    if context.invoked_subcommand is not None:
        return
    from stylistdesk.paths import unused
    from stylistdesk.settings_writing import whole_file, write_settings
    from stylistdesk.ui.keys_of_settings import known_keys, wrong_in_file

    path = _path(context)
    text = whole_file(path, known_keys())
    for said in wrong_in_file(path):
        print(f"stylistdesk: {said}", file=sys.stderr)
    if not write:
        print(text, end="")
        return
    kept: Path | None = None
    if path.exists() and path.read_text("utf-8").strip():
        kept = unused(path.with_name(f"{path.stem}-before{path.suffix}"))
        write_settings(kept, path.read_text("utf-8"))
    write_settings(path, text)
    print(f"{path}: every setting{'; what you had set is set in it' if kept else ''}")
    if kept is not None:
        print(f"{kept}: the file that was there")


@app.command("get")
def get(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As the file has it: event_days, waits.cart_hours, keys.done.")],
) -> None:
    """Print what holds for one setting."""
    import json

    from stylistdesk.settings import read_settings
    from stylistdesk.settings_table import value_at
    from stylistdesk.ui.keys_of_settings import wrong_in_file

    setting, path = _setting(name), _path(context)
    for said in wrong_in_file(path):
        print(f"stylistdesk: {said}", file=sys.stderr)
    value = value_at(read_settings(path).settings, setting)
    print(json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value)


@app.command("set")
def set_one(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As the file has it: event_days, waits.cart_hours, keys.done.")],
    value: Annotated[str | None, typer.Argument(help="The new value; without it, back to the default.")] = None,
) -> None:
    """Change one setting in the file, and nothing else there; a desk that is open takes it up."""
    from stylistdesk.settings import read_settings
    from stylistdesk.settings_words import read_value
    from stylistdesk.settings_writing import save_value
    from stylistdesk.ui.keys_of_settings import refuse_keys

    setting, path = _setting(name), _path(context)
    try:
        wanted = read_value(setting, value) if value is not None else None
        refuse_keys(read_settings(path).settings.keys, setting, wanted)
        save_value(path, setting, wanted)
    except Refused as no:  # of several that a script sets, she would not know which
        no.reason = f"{setting.name}: {no.reason}"
        raise
    print(f"{path}: {setting.name} is {value if value is not None else 'at its default'}")


def _path(context: typer.Context) -> Path:
    """Where the settings are. Raises `NoDesk`."""
    refuse_where_nothing_is_set(context.obj.paths)
    return Path(context.obj.paths.settings)


def _setting(name: str) -> "Setting":
    """The setting of this name. Raises `Refused` with the nearest."""
    from stylistdesk.likeness import near
    from stylistdesk.settings import Settings
    from stylistdesk.settings_table import settings_of
    from stylistdesk.ui.keys_of_settings import known_keys

    table = {one.name: one for one in settings_of(Settings, known_keys())}
    if name in table:
        return table[name]
    meant = near(name, table)
    hint = f"Did you mean {meant}?" if meant else "`stylistdesk settings` lists all of them."
    raise Refused(f"There is no setting “{name}”.", hint=hint)
