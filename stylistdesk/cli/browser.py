"""`stylistdesk serve`: the desk in a browser on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from stylistdesk.cli.shared import Here
from stylistdesk.clock import FrozenClock
from stylistdesk.domain.errors import Refused

commands = typer.Typer()
PORT = 8642


@commands.command()
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = PORT,
    open_it: Annotated[bool, typer.Option("--open", help="Open the link in your browser.")] = False,
) -> None:
    """The same desk in a browser, on this machine only, for whoever has the link that it prints."""
    import asyncio

    try:
        from stylistdesk.browser.server import DeskServer, own_program
    except ModuleNotFoundError as missing:
        raise Refused(
            "The desk in a browser needs an extra that is not installed.",
            hint="In the program's folder: pipx install --force '.[browser]' (or: python -m pip install '.[browser]').",
        ) from missing

    here: Here = context.obj
    environment = {"STYLISTDESK_DATA_DIR": str(here.paths.data_dir)} if here.given else {}
    if isinstance(here.clock, FrozenClock):
        environment["STYLISTDESK_NOW"] = here.clock.at.isoformat()
    made: list[Path] = []

    def ready(link: str) -> None:
        print(f"The desk is at {link}", flush=True)
        print("Only this machine reaches it, and only with this link. ctrl+c here closes it.", flush=True)
        if open_it:
            made.append(_open(here, link))

    try:
        asyncio.run(DeskServer(own_program(), environment, port).run(ready))
    finally:
        for page in made:
            page.unlink(missing_ok=True)


def _open(here: Here, link: str) -> Path:
    """Open the link by way of a private page: every user of the machine sees what programs are started with."""
    import sys

    from stylistdesk.paths import private_folder, write_private
    from stylistdesk.ui.opening import open_own_page

    page = here.paths.opened / "in-the-browser.html"
    private_folder(page.parent)
    text = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={link}"><title>…</title>'
    write_private(page, text.encode())
    if not open_own_page(page):
        print("stylistdesk: no browser could be started; open the link yourself", file=sys.stderr)
    return page
