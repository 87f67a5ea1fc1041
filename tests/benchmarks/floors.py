"""The bare programs that the desk is measured against, each in a pty of its own: `python -m … NAME [DATABASE]`."""

import sys
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static


class Bare(App[None]):
    """Nothing but a word."""

    def compose(self) -> ComposeResult:
        yield Static("bare-ready")


class BareDatabase(App[None]):
    """Imports SQLModel in a worker, opens the database, and shows one name."""

    def compose(self) -> ComposeResult:
        yield Static("starting", id="said")

    def on_mount(self) -> None:
        self.run_worker(self._read, thread=True)

    def _read(self) -> None:
        from sqlmodel import Session, create_engine, text

        with Session(create_engine(f"sqlite:///{sys.argv[2]}")) as session:
            session.connection().execute(text("SELECT name FROM client LIMIT 1")).scalar()
        self.call_from_thread(self._show)

    def _show(self) -> None:
        self.query_one("#said", Static).update("bare-ready")


class BareTable(App[None]):
    """A DataTable of 100 rows."""

    def compose(self) -> ComposeResult:
        yield DataTable[Any](cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("name", "power", "action", "due")
        for number in range(100):
            table.add_row(f"bare-ready {number}", "$$$", "Answer her comment", "now")


if __name__ == "__main__":
    {"bare": Bare, "database": BareDatabase, "table": BareTable}[sys.argv[1]]().run()
