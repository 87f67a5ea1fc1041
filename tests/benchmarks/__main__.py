"""`make bench`: how fast the desk is, each figure as a ratio to a floor measured in the same run.

Ten thousand clients and a million signals, 120x40, a real pty. `--clients` and `--signals` make a smaller desk;
`--write` puts the table into docs/speed.md.
"""

import argparse
import csv
import sqlite3
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.queries.daily_tasks import queue
from tests.benchmarks.backoffice import backoffice_figures
from tests.benchmarks.backups import backup_figures
from tests.benchmarks.figures import DOWN, ENV, NOW, PYTHON, ROOT, Figure, median, seconds
from tests.benchmarks.search import search_figures
from tests.benchmarks.tabs import tab_figures
from tests.terminal import Terminal


def command(*arguments: str) -> Callable[[], float]:
    """A run of the whole program, output thrown away."""
    return lambda: seconds(
        lambda: subprocess.run([PYTHON, *arguments], check=True, env=ENV, cwd=ROOT, stdout=subprocess.DEVNULL)
    )


def in_terminal(arguments: list[str], *words: str) -> Callable[[], float]:
    """From the start of a program to the words on its screen."""

    def measure() -> float:
        with Terminal([PYTHON, *arguments], env=ENV) as terminal:
            return terminal.wait_for(*words)

    return measure


def keys(arguments: list[str], ready: str, key: str, times: int) -> tuple[list[float], float]:
    """For each press of a key: seconds to the last byte of its answer; and the program's peak memory."""
    with Terminal([PYTHON, *arguments], env=ENV) as terminal:
        terminal.wait_for(ready)
        terminal.settle(1.0)
        for _ in range(3):
            terminal.time_key(key)
        answers = [terminal.time_key(key)[1] for _ in range(times)]
        return answers, terminal.peak_memory()


def profile_keys(arguments: list[str], ready: str, times: int) -> tuple[list[float], list[float]]:
    """Seconds to the last byte of the answer: of opening the profiles down a list, and of going along the sections."""
    opened: list[float] = []
    along: list[float] = []
    with Terminal([PYTHON, *arguments], env=ENV) as terminal:
        terminal.wait_for(ready)
        terminal.settle(1.0)
        for number in range(times + 2):
            taken = terminal.time_key("\r")[1]
            terminal.settle(0.6)
            if number > 1:
                opened.append(taken)
                along.append(terminal.time_key("]")[1])
            terminal.time_key("\x1b")
            terminal.settle(0.6)
            terminal.time_key(DOWN)
        return opened, along


def map_keys(arguments: list[str], ready: str, times: int) -> list[float]:
    """Seconds to the last byte of the answer, of panning the map of all clients, near and far."""
    with Terminal([PYTHON, *arguments], env=ENV) as terminal:
        terminal.wait_for(ready)
        terminal.settle(1.0)
        terminal.send("M")
        terminal.wait_for("on the map", "km wide")
        terminal.settle(1.0)
        answers: list[float] = []
        for number in range(times):
            if number == times // 2:
                terminal.time_key("+")
            answers.append(terminal.time_key("hjlk"[number % 4])[1])
        return answers[2:]


def raw_queue(desk: Desk) -> tuple[float, float]:
    """The queue, and the very statements that it sends, run bare on the same file."""
    statements: list[str] = []
    with closing(sqlite3.connect(desk.paths.database)) as bare:
        desk.ask(queue)

        def traced(asking: object) -> None:
            connection = asking.session.connection().connection.driver_connection  # type: ignore[attr-defined]
            connection.set_trace_callback(statements.append)
            queue(asking)  # type: ignore[arg-type]
            connection.set_trace_callback(None)

        desk.ask(traced)
        selects = [s for s in statements if s.lstrip().upper().startswith(("SELECT", "WITH"))]
        floor = median(lambda: seconds(lambda: [bare.execute(s).fetchall() for s in selects]))
    return median(lambda: seconds(lambda: desk.ask(queue))), floor


def order_file(folder: Path, lines: int) -> Path:
    """A Shopify order export of so many lines, in the 79 columns of the demo's own file."""
    with (ROOT / "data" / "shopify_orders.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    header, pattern = rows[0], next(row for row in rows[1:] if row[header_at(rows[0], "Total")])
    target = folder / "orders.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        place = {name: header_at(header, name) for name in ("Name", "Email", "Id", "Lineitem name", "Total")}
        for number in range(lines):
            order, row = divmod(number, 2)
            cells = list(pattern) if row == 0 else ["" for _ in header]
            cells[place["Name"]] = f"#{order}"
            cells[place["Email"]] = f"client{order % 10_000}@example.com"
            cells[place["Id"]] = str(9_000_000 + order) if row == 0 else ""
            for name in header:
                if name.startswith("Lineitem") or name == "Created at":
                    cells[header_at(header, name)] = pattern[header_at(header, name)]
            cells[place["Lineitem name"]] = f"Wide trousers, oat / {number}"
            for name in ("Phone", "Billing Phone", "Shipping Phone"):
                cells[header_at(header, name)] = ""
            for name in ("Billing Name", "Shipping Name"):
                cells[header_at(header, name)] = f"Client {order % 10_000}" if row == 0 else ""
            writer.writerow(cells)
    return target


def header_at(header: list[str], name: str) -> int:
    return header.index(name)


def imports(folder: Path, lines: int) -> Figure:
    """A fresh desk takes in an order export; the floor is sqlite-utils with the same file."""
    file = order_file(folder, lines)

    def ours() -> float:
        with tempfile.TemporaryDirectory(dir=folder) as desk:
            return command("-m", "stylistdesk", "--data-dir", desk, "import", str(file))()

    def theirs() -> float:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            return command("-m", "sqlite_utils", "insert", f"{place}/x.db", "lines", str(file), "--csv")()

    floor = min(theirs() for _ in range(2))
    return Figure(f"{lines:,} Shopify order lines; sqlite-utils insert", min(ours() for _ in range(2)), floor, 3)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--clients", type=int, default=10_000)
    options.add_argument("--signals", type=int, default=1_000_000)
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--desk", type=Path, help="a large desk that is there already")
    options.add_argument("--write", action="store_true", help="put the table into docs/speed.md")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="stylistdesk-bench-") as temporary:
        folder = Path(temporary)
        where = given.desk or folder / "desk"
        if given.desk is None:
            print(f"Building a desk of {given.clients:,} clients and {given.signals:,} signals ...", flush=True)
            large = ["--clients", str(given.clients), "--signals", str(given.signals)]
            build = ["-m", "stylistdesk", "--data-dir", str(where), "demo", "--build-only", *large]
            print(f"built in {command(*build)():.0f} s", flush=True)
        for line in report(measure_all(folder, where, given.lines), given.write):
            print(line)


def measure_all(folder: Path, where: Path, lines: int) -> list[Figure]:
    database = str(where / "desk.sqlite3")
    ENV["STYLISTDESK_DATA_DIR"] = str(where)
    desk_app = ["-m", "stylistdesk"]
    floors = "tests.benchmarks.floors"
    figures: list[Figure] = []

    def add(figure: Figure) -> None:
        figures.append(figure)
        print(figure.line(), flush=True)

    with Desk.open(where, clock=FrozenClock(datetime.fromisoformat(NOW).astimezone(UTC))) as desk:
        rows = desk.ask(queue).rows
        first = rows[0].name
        reached, floor = raw_queue(desk)
    add(Figure(f"the queue ({len(rows):,} clients); the raw SQL of the same facts", reached, floor, 3))
    bare_import = median(command("-c", "import sqlmodel"))
    add(
        Figure(
            "`today`; importing SQLModel and that SQL",
            median(command(*desk_app, "today", "--limit", "20")),
            bare_import + floor,
            1.3,
        )
    )
    add(
        Figure(
            "first paint; a bare Textual app",
            median(in_terminal(desk_app, "Daily Tasks")),
            median(in_terminal(["-m", floors, "bare"], "bare-ready")),
            1.25,
        )
    )
    add(
        Figure(
            "queue readable; a bare app with SQLModel and a database",
            median(in_terminal(desk_app, first)),
            median(in_terminal(["-m", floors, "database", database], "bare-ready")),
            1.2,
        )
    )
    bare_keys, _ = keys(["-m", floors, "table"], "bare-ready", DOWN, 60)
    our_keys, _ = keys(desk_app, first, DOWN, 60)
    arrow = statistics.median(bare_keys)
    add(Figure("arrow key to paint, median; a bare DataTable", statistics.median(our_keys), arrow, 1.5))
    high = sorted(our_keys)[int(len(our_keys) * 0.95)]
    add(Figure("arrow key to paint, 95th percentile; a bare DataTable's median", high, arrow, 2))
    for figure in backup_figures(desk_app, first, where, arrow=statistics.median(our_keys), high=high):
        add(figure)
    opened, along = profile_keys(desk_app, first, 20)
    ours = statistics.median(our_keys)
    panned = map_keys(desk_app, first, 40)
    add(Figure("panning the map of all clients; 50 ms", statistics.median(panned), 0.05, 1))
    add(Figure("opening a profile; our arrow key on the list", statistics.median(opened), ours, 3))
    add(Figure("the next section of a profile; our arrow key on the list", statistics.median(along), ours, 2))
    for figure in search_figures(where, first):
        add(figure)
    for figure in (*tab_figures(desk_app, first, where, ours), *backoffice_figures(where)):
        add(figure)
    triage, memory = keys(desk_app, first, "d", 30)
    add(Figure("triage key, commit and the next client's pane; an arrow key", statistics.median(triage), arrow, 3))
    add(Figure("peak memory of the open desk; 200 MiB", memory, 200, 1, unit="MiB"))
    add(imports(folder, lines))
    return figures


def report(figures: list[Figure], write: bool) -> list[str]:
    table = ["| what; and its floor | reached | floor | ratio | goal | met |", "|---|---|---|---|---|---|"]
    table += [figure.line() for figure in figures]
    if write:
        path = ROOT / "docs" / "speed.md"
        before, _, rest = path.read_text().partition("<!-- table -->")
        _, _, after = rest.partition("<!-- end of table -->")
        joined = "\n".join(table)
        path.write_text(f"{before}<!-- table -->\n{joined}\n<!-- end of table -->{after}")
    return ["", *table]


if __name__ == "__main__":
    main()
