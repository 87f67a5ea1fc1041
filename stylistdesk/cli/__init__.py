"""The command line: everything the desk can tell or take in bulk, without the screen. Heavy imports wait until used."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stylistdesk import __version__, cli_settings
from stylistdesk.cli import browser, plain
from stylistdesk.cli.shared import AsJson, Here, ask, one_client, owning, print_json, reading, refuse_writing, writing
from stylistdesk.clock import WallClock, clock_from
from stylistdesk.domain.errors import (
    FREE_ROOM,
    OUR_FAULT,
    BadFile,
    DeskDamaged,
    DeskInUse,
    DeskReadOnly,
    DiskFull,
    FileTooNew,
    Refused,
    ServerAway,
    is_of_room,
)
from stylistdesk.paths import DeskPaths, desk_paths, refuse_where_nothing_is_set

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.outbox import Told
    from stylistdesk.exchange.reading import Source

app = typer.Typer(
    name="stylistdesk",
    help="The terminal desk on which an independent rep works through her day. Without a command it opens the desk.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


_desk_of_this_run: list[DeskPaths] = []
"""The desk that the command is for, once that is known: a report of what went wrong is put beside it."""


def main() -> None:
    """Run the command line; a refusal is one line on standard error and an exit code of its own."""
    try:
        app()
    except Refused as error:
        print(f"stylistdesk: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        print("stylistdesk: stopped; what was not finished is not kept", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        where = f" ({str(error.filename)[:200]})" if error.filename else ""
        what_to_do = f" {FREE_ROOM}" if is_of_room(error) else ""
        print(f"stylistdesk: {error.strerror or 'The system did not allow it'}{where}.{what_to_do}", file=sys.stderr)
        sys.exit((DiskFull if is_of_room(error) else DeskReadOnly).exit_code)
    except Exception as error:  # noqa: BLE001 - the guard of the command line
        sys.exit(_went_wrong(error))


def _went_wrong(error: Exception) -> int:
    """Tell of an error that is ours: where the report is, and no word of client data. Gives the exit code."""
    from stylistdesk.crash import write_report

    report = write_report(
        (_desk_of_this_run or [desk_paths()])[-1].data_dir, error, "the command line", WallClock().now()
    )
    where = f" A report without client data is in {report}." if report else ""
    print(f"stylistdesk: Something went wrong; nothing was changed by it.{where}", file=sys.stderr)
    return OUR_FAULT


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"stylistdesk {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def open_desk(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="The folder of the desk.", metavar="DIR")] = None,
    at: Annotated[str | None, typer.Option("--at", help="Pretend that it is this time.", metavar="NOW")] = None,
    version: Annotated[bool, typer.Option("--version", help="Say the version.", callback=_say_version)] = False,
) -> None:
    """Open the desk, or the read-only window if it is open already."""
    if context.invoked_subcommand not in {"today", "history"}:
        gc.set_threshold(700, 10, 10)
    context.obj = Here(desk_paths(data_dir), clock_from(at), given=data_dir is not None)
    _desk_of_this_run.append(context.obj.paths)
    if context.invoked_subcommand is None:
        from stylistdesk.ui.running import run

        raise typer.Exit(run(context.obj.paths, context.obj.clock))


@app.command()
def today(
    context: typer.Context,
    limit: Annotated[int | None, typer.Option(help="At most so many clients.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """The Daily Tasks queue: who needs you, what to do next and why."""
    from stylistdesk.queries.daily_tasks import queue, today_json

    with reading(context.obj) as desk:
        found = desk.ask(queue)
        told = desk.ask(today_json, found, limit) if as_json else None
        now, zone = desk.now(), desk.zone
    if told is not None:
        print_json(told)
        return
    from stylistdesk.printing import queue_lines

    for line in queue_lines(found, now=now, zone=zone, limit=limit):
        print(line)


@app.command("import")
def import_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Files exported from your platform.", metavar="FILE...")],
    format: Annotated[str | None, typer.Option("--format", help="The format, if it is not recognised.")] = None,  # noqa: A002
    encoding: Annotated[str | None, typer.Option("--encoding", help="The encoding, if it is misread.")] = None,
    delimiter: Annotated[str | None, typer.Option("--delimiter", help="What stands between two cells.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take files in: all or nothing a file, safe to repeat, one undo step each."""
    from stylistdesk.exchange.recognise import recognise
    from stylistdesk.exchange.whole_in import taking_in
    from stylistdesk.exchange.whole_tables import DESK
    from stylistdesk.printing import report_lines

    failed: Refused | None = None
    sources: list[Source] = []
    for file in files:
        try:
            sources.append(recognise(file, format=format, encoding=encoding, delimiter=delimiter))
        except Refused as error:
            failed = error
            print(f"stylistdesk: {file}: {error}", file=sys.stderr)
    reports: list[dict[str, Any]] = []
    guessed = False
    # Where nothing can be taken in, no desk is made for it.
    with _for_import(context.obj, dry_run=dry_run) if sources else nullcontext() as desk:
        for source in sources:
            try:
                if desk is None and source.format == DESK:
                    raise DeskInUse("The desk is open in another window.", hint="Close it first.")
                if desk is None:
                    placed = _put_in_inbox(context.obj.paths, source.path)
                    said = (
                        f"The desk is open: {source.path.name} is in its inbox as {placed.name}, and is offered there."
                    )
                    print(said, file=sys.stderr if as_json else sys.stdout)
                    continue
                taking = taking_in(source, desk.paths.attachments, only_look=dry_run)
                outcome = (desk.do if dry_run else desk.take_in)(taking)  # a dry run has a copy to throw away
            except Refused as error:
                failed = error
                print(f"stylistdesk: {source.path}: {error}", file=sys.stderr)
                continue
            report = outcome.value
            reports.append(report.as_json())
            guessed = guessed or (report.by_country and not desk.is_set_up)
            if not as_json:
                for line in report_lines(report, dry_run=dry_run):
                    print(line)
        if reports and desk is not None and not dry_run:
            desk.learn_buyers()
        if guessed and desk is not None:
            read, first = ("would be read", "") if dry_run else ("were read", "undo the import, and ")
            print(
                f"stylistdesk: phones without a country code {read} as those of {desk.country}; if that is wrong, "
                f"{first}set your country with ctrl+r on screen first",
                file=sys.stderr,
            )
    if as_json:
        print_json(reports)
    if failed is not None:
        own = isinstance(failed, BadFile | FileTooNew | DeskInUse | DiskFull | DeskReadOnly)
        raise typer.Exit(failed.exit_code if own else BadFile.exit_code)


@app.command()
def export(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="Where to write: FILE.json (everything, to take in again), FILE.xlsx, FILE.csv, FILE.vcf, FILE.ics, "
            "FILE.pdf, or a folder.",
            metavar="FILE",
        ),
    ],
    client: Annotated[
        list[str] | None, typer.Option(help="Only this client (name, email or id); may be given several times.")
    ] = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            help="What to write, if the name does not say: json; csv or xlsx, which are all lists in a folder or a "
            "workbook; vcard, calendar (your appointments, follow-ups and events) or freebusy (only when you are "
            "busy); statement (of commission) or slip (of a return), as .pdf; or one list, as .csv or .xlsx: clients, "
            "daily_tasks, sweep, contacts, locations, follow_ups, tasks, notes, messages, appointments, assignments, "
            "lookbooks, signals, orders, order_lines, shipments, credit_memos, commission_payments, csat_responses, "
            "tickets, quizzes, cadences, consents, opt_outs, attachments, calendar_events, templates, sent_emails, "
            "training, history, metrics, commission, brands, rates; of the back office host_events, event_orders, "
            "host_rewards, host_orders, card_payments, order_moves, gift_certificates, gift_movements, returns, "
            "reward_tiers, reward_adjustments, return_addresses, company_files or sign_ups.",
        ),
    ] = None,
    version: Annotated[int, typer.Option("--version", help="Of vCards: 4, 3 or 2 (2.1).", min=2, max=4)] = 4,
    period: Annotated[
        str | None, typer.Option("--period", help="Of a statement: 2026-11 or 2026; else this month.")
    ] = None,
    of_return: Annotated[str | None, typer.Option("--return", help="The Return ID of a slip.", metavar="ID")] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="JSON: leave out what was done, and with it undo.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write everything, a list, clients, your calendar or a paper into a file."""
    from stylistdesk.writing_out import Choice, write_out

    with reading(context.obj) as desk:
        found = [one_client(desk, words) for words in client or ()]
        choice = Choice(
            format, tuple(one for one, _ in found) if client else None, found[0][1] if len(found) == 1 else "",
            version, period, of_return, history=not no_history, force=force,
        )  # fmt: skip
        for wrote in write_out(desk, file, choice):
            print(f"{wrote.path}: {', '.join(filter(None, (wrote.said, wrote.kind)))}")
            for problem in wrote.problems:
                print(f"stylistdesk: {problem}", file=sys.stderr)


@app.command()
def sync(
    context: typer.Context,
    calendar: Annotated[str | None, typer.Argument(help="Only the calendar of this name.", metavar="NAME")] = None,
    as_json: AsJson = False,
) -> None:
    """Bring the calendars on servers in step, both ways."""
    from stylistdesk.exchange.caldav_accounts import sync_with_kept_password
    from stylistdesk.queries.calendars import calendar_accounts, open_conflicts

    failed: Refused | None = None
    told: list[dict[str, Any]] = []
    with writing(context.obj) as desk:
        accounts = [one for one in desk.ask(calendar_accounts) if calendar is None or one.name == calendar]
        if not accounts:
            raise Refused(
                f"There is no calendar “{calendar}”." if calendar else "There is no calendar on a server yet.",
                hint="Calendars are added in the tab Calendar.",
            )
        for account in accounts:
            try:
                report = sync_with_kept_password(desk, account)
            except Refused as error:
                failed = error
                print(f"stylistdesk: {account.name}: {error}", file=sys.stderr)
                continue
            told.append(report.as_json())
            for problem in report.problems:
                print(f"stylistdesk: {account.name}: {problem}", file=sys.stderr)
            if not as_json:
                print(f"{account.name}: {report.in_words}")
        waiting = desk.ask(open_conflicts)
    if as_json:
        print_json(told)
    elif waiting:
        print(f"{waiting} changed on both sides: say in the tab Calendar which side stays.")
    if failed is not None:
        raise typer.Exit(failed.exit_code)


@app.command()
def send(context: typer.Context, as_json: AsJson = False) -> None:
    """Send the emails that wait and are due, one after the other; the open desk does it by itself."""
    from stylistdesk.domain.types import DeliveryState
    from stylistdesk.exchange.outbox import Outbox
    from stylistdesk.printing import sent_line
    from stylistdesk.queries.outbox import outbox_state

    with writing(context.obj) as desk:
        if not desk.settings.sending.is_set_up:
            raise Refused("Sending is not set up.", hint="ctrl+x on screen says through which server.")
        zone = desk.zone

        def tell(told: "Told") -> None:
            if not as_json:
                print(sent_line(told, zone), flush=True)

        told = Outbox(desk, tell).run()
        waits = desk.ask(outbox_state).waiting
    if as_json:
        print_json([one.as_json() for one in told])
    elif waits or not told:
        print("Nothing waits to be sent." if not waits else f"{waits} to be sent later.")
    if any(one.state is not DeliveryState.SENT for one in told):
        raise typer.Exit(ServerAway.exit_code)


@app.command()
def undo(
    context: typer.Context,
    command: Annotated[
        int | None, typer.Argument(help="The id in the history; else the last command.", min=1, max=2**62)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask where the last thing done stays.")] = False,
) -> None:
    """Take back the last command, or one that the history lists."""
    with writing(context.obj) as desk:
        earlier = desk.before_what_stays() if command is None else None
        if earlier is not None:
            print(f"{earlier.stays} The step before it: {earlier.label}.", file=sys.stderr)
            if not yes:
                ask("Take that back?")
        outcome = desk.undo(command if earlier is None else earlier.id)
        print(f"Took back: {outcome.label}")
        desk.learn_buyers()


@app.command()
def redo(context: typer.Context) -> None:
    """Do again what was taken back last."""
    with writing(context.obj) as desk:
        print(f"Did again: {desk.redo().label}")
        desk.learn_buyers()


@app.command()
def history(
    context: typer.Context,
    client: Annotated[str | None, typer.Option(help="A client's name, email or id.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=1_000_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """What was done on the desk, newest first."""
    from stylistdesk.printing import history_json, history_lines
    from stylistdesk.queries.history import history as ask_history

    with reading(context.obj) as desk:
        client_id = one_client(desk, client)[0] if client is not None else None
        entries, zone = desk.ask(ask_history, client_id=client_id, limit=limit), desk.zone
    if as_json:
        print_json(history_json(entries, zone))
    else:
        for line in history_lines(entries, zone):
            print(line)


@app.command()
def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="A name, a number, or any words.", metavar="WORDS...")],
    limit: Annotated[int, typer.Option(help="At most so many of each kind.", min=1, max=1_000)] = 5,
    as_json: AsJson = False,
) -> None:
    """Find anything by its words: clients, numbers, notes, messages, items."""
    from stylistdesk.printing import found_lines
    from stylistdesk.queries.search import search, vocabulary

    typed = " ".join(words)
    if not typed.strip():
        raise Refused("Say what is to be found.", hint="For example: stylistdesk find ana coat")
    with reading(context.obj) as desk:
        found = desk.ask(search, typed, each=limit)
        if not found.groups:  # reading all words takes longer than the search itself
            found = desk.ask(search, typed, desk.ask(vocabulary), each=limit)
    if as_json:
        print_json([{**hit.as_json(), "near": group.near} for group in found.groups for hit in group.hits])
        return
    for line in found_lines(found):
        print(line)


@app.command()
def proof(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="A client's name, email or id.", metavar="CLIENT")],
) -> None:
    """Write the proof of consent for each of a client's addresses, to hand over."""
    from stylistdesk.exchange.proof import write_proof
    from stylistdesk.queries.consent import consent_page
    from stylistdesk.queries.proof import proof_of

    with reading(context.obj) as desk:
        client_id, _ = one_client(desk, client)
        page = desk.ask(consent_page, client_id)
        for line in page.addresses if page is not None else ():
            made = desk.ask(proof_of, client_id, line.channel, line.address)
            print(write_proof(desk.paths.exports, made, desk.zone))


@app.command("export-client")
def export_client(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="A client's name, email or id.", metavar="CLIENT")],
    folder: Annotated[Path, typer.Argument(help="A new folder, or one to make hers in.", metavar="FOLDER")],
) -> None:
    """Write everything the desk has of one client into a folder, to hand to her when she asks."""
    from stylistdesk.exchange.whole_file import gather, write_whole_file
    from stylistdesk.queries.whole_file import named_lines

    with reading(context.obj) as desk:
        client_id, _ = one_client(desk, client)
        gathered = desk.ask(gather, client_id)
        for line in named_lines(gathered.file):
            print(line)
        handed = write_whole_file(folder, gathered, desk.paths.attachments)
    print(f"{handed.folder}: {handed.holds}")
    for name in handed.missing:
        print(f"stylistdesk: the file {name} is missing on the desk", file=sys.stderr)


@app.command()
def erase(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="A client's name, email or id; with --yes, her id.", metavar="CLIENT")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask. CLIENT has to be her id.")] = False,
) -> None:
    """Erase one client for good, where she asks for it. No undo brings her back."""
    from stylistdesk.queries.erasing import erasing_lines, what_erasing_does

    if yes and not client.isdecimal():
        with reading(context.obj) as desk:
            client_id, name = one_client(desk, client)
        hint = f"{name} is client {client_id}: `stylistdesk erase {client_id} --yes`."
        raise Refused("With --yes, the client has to be named by her id.", hint=hint)
    with writing(context.obj) as desk:
        if yes:
            client_id, name = int(client), ""
        else:
            client_id, name = one_client(desk, client)
        told = desk.ask(what_erasing_does, client_id, desk.paths)
        for line in erasing_lines(told):
            print(line)
        typed = (
            told.name if yes else typer.prompt(f"Type her name to erase her ({name})", default="", show_default=False)
        )
        erased = desk.erase(client_id, typed)
        print(erased)


KeyFile = Annotated[
    Path | None, typer.Option("--key", help="The file with your secret key, for encrypted backups.", metavar="FILE")
]


@app.command()
def backup(
    context: typer.Context,
    listed: Annotated[
        bool, typer.Option("--list", help="List the backups, and what the desk has beyond each.")
    ] = False,
    compare: Annotated[
        str | None, typer.Option("--compare", help="Say what restoring this one would change.", metavar="NAME")
    ] = None,
    verify: Annotated[
        str | None, typer.Option("--verify", help="Check this one again, byte for byte.", metavar="NAME")
    ] = None,
    make_key: Annotated[
        Path | None, typer.Option("--make-key", help="Write a new key file; backups are encrypted from then on.")
    ] = None,
    key: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Make a verified backup; list, compare or check those that are there."""
    from stylistdesk import printing_backups as told

    here: Here = context.obj
    if make_key is not None:
        for line in _make_key(here, make_key):
            print(line)
    elif listed or compare is not None:
        with reading(here) as desk:
            lines: Any = told.list_lines(desk) if compare is None else told.comparison_lines(desk, compare, key)
            if as_json:
                lines = told.list_json(desk) if compare is None else told.comparison_json(desk, compare, key)
        print_json(lines) if as_json else print("\n".join(lines))
    elif verify is not None:
        with reading(here) as desk:
            found = desk.verify_backup(verify, key)
        print(f"{found.name}: {'damaged' if found.damaged else 'whole'}")
        if found.damaged:
            raise typer.Exit(DeskDamaged.exit_code)
    else:
        with writing(here) as desk:
            made = desk.back_up()
            second = desk.second
        print_json(told.backup_json(made)) if as_json else print("\n".join(told.made_lines(made)))
        if second is not None and second.words:
            print(f"stylistdesk: {second.words}", file=sys.stderr)


def _make_key(here: Here, file: Path) -> list[str]:
    """Write a key file, and set its public key."""
    from stylistdesk.db.encryption import make_key
    from stylistdesk.settings import table_of_settings
    from stylistdesk.settings_writing import save_value

    refuse_where_nothing_is_set(here.paths)
    file = file.expanduser().absolute()
    if here.paths.data_dir in file.parents:
        raise Refused(
            "A key beside the backups opens them for anybody.", hint="Keep it on a stick, or in a safe place."
        )
    recipient = make_key(file)
    save_value(here.paths.settings, table_of_settings()[("backup_key",)], recipient)
    return [
        recipient,
        f"Your secret key is in {file}. Without it nobody reads the backups, you included: keep two copies of it.",
        "Backups made from now on are encrypted; those that are there stay as they are.",
    ]


@app.command()
def restore(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="A backup's name or file, or latest; without it, they are listed.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Put back what the last restore replaced.")] = False,
    key: KeyFile = None,
) -> None:
    """Put a backup in the desk's place, and back any client's file that is missing; nothing is deleted."""
    from stylistdesk.db.backups import Backup, backups_in
    from stylistdesk.db.opening import refuse_where_none_is, say_at_rest, zone_at_rest
    from stylistdesk.db.restoring import find
    from stylistdesk.desk import Desk
    from stylistdesk.printing_backups import listed_line, returned_lines

    here: Here = context.obj
    if undo:
        with writing(here) as desk:
            print(f"The restore of {desk.undo_restore()} is undone: the desk is again what it was before it.")
            for line in returned_lines(desk):
                print(line)
        return
    if name is None:
        kept = backups_in(here.paths.backups)
        if not kept:
            refuse_where_none_is(here.paths)
        for made in kept:
            print(listed_line(made, zone_at_rest(here.paths)))
        return
    # A backup from elsewhere may begin a desk here.
    if not here.paths.database.exists() and not Path(name).expanduser().is_file():
        try:
            find(here.paths, name)
        except Refused:
            refuse_where_none_is(here.paths)
            raise
    restored, aside = Desk.restore(here.paths, name, clock=here.clock, key=key)
    if isinstance(restored, Backup):
        print(f"The backup of {say_at_rest(here.paths, restored.made_at)} is the desk now.")
    else:
        print(f"{restored.name} is the desk now.")
    if aside is not None:
        print(f"What was there is kept as {aside}. `stylistdesk restore --undo` puts it back.")
    with reading(here) as desk:
        for line in returned_lines(desk):
            print(line)


@app.command()
def takeover(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Write on this machine, though another one has the desk, or its file is not the one that was here last."""
    from stylistdesk.db.opening import refuse_where_none_is
    from stylistdesk.desk import Desk

    here: Here = context.obj
    if not here.paths.database.exists():
        with suppress(DeskDamaged):  # that there was one is known: it is forgotten
            refuse_where_none_is(here.paths)
        if not yes:
            ask(f"Begin with an empty desk in {here.paths.data_dir}?")
        Desk.begin_here(here.paths)
        print("The desk that was there is forgotten; `stylistdesk` begins with an empty one.")
        return
    said = Desk.why_held(here.paths)
    if said is None:
        print("Nothing keeps this machine from writing.")
        return
    print(f"{said.reason}\n{said.hint}\n{said.taking_over}", file=sys.stderr)
    if not yes:
        ask("Take it over?")
    with Desk.open(here.paths, clock=here.clock, take_over=True) as desk:
        if desk.read_only is not None:
            refuse_writing(desk)
    print("This machine writes from now on.")


app.add_typer(cli_settings.app, name="settings")


@app.command()
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the whole desk; what can be derived is repaired."""
    from stylistdesk.commands.check import CheckDesk

    with writing(context.obj) as desk:
        report = desk.do(CheckDesk(desk.paths.attachments, desk.copies_of_files)).value
    if as_json:
        print_json(report.as_json())
    else:
        for line in (*report.problems, *(f"Repaired: {what}" for what in report.repaired)):
            print(line)
        if not report.problems:
            print("The desk is whole.")
    if report.problems:
        raise typer.Exit(DeskDamaged.exit_code)


@app.command()
def demo(
    context: typer.Context,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Build it, say where it is, do not open it.")
    ] = False,
    clients: Annotated[int | None, typer.Option(help="A large made-up desk with so many clients.", min=1)] = None,
    signals: Annotated[int | None, typer.Option(help="And so many signals.", min=0)] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same desk.")] = 1,
) -> None:
    """A throw-away desk filled from the sample files, with everything to try."""
    from stylistdesk.demo.start import demo_folder

    here: Here = context.obj
    with demo_folder(here.paths if here.given else None, keep=build_only) as paths:
        from stylistdesk.demo.start import build, demo_clock

        clock = here.clock if build_only or clients or signals else demo_clock(here.clock)
        build(paths, clock, clients=clients, signals=signals, seed=seed, say=lambda said: print(said, flush=True))
        if build_only:
            print(f"stylistdesk --data-dir {paths.data_dir}")
            return
        from stylistdesk.ui.running import run

        raise typer.Exit(run(paths, clock, tour=True))


@contextmanager
def _for_import(here: Here, *, dry_run: bool) -> Iterator["Desk | None"]:
    """The desk to import into; None where the inbox has to take the file.

    A dry run goes into a copy to throw away, so that each file finds what those before it would bring; where there is
    no desk, into a new one to throw away.
    """
    if dry_run and not here.paths.database.exists():
        from tempfile import TemporaryDirectory

        from stylistdesk.db.opening import refuse_in_place_of_a_lost_one

        refuse_in_place_of_a_lost_one(here.paths)
        with TemporaryDirectory(prefix="stylistdesk-") as folder:
            thrown_away = replace(here, paths=DeskPaths(Path(folder), here.paths.settings))
            with owning(thrown_away, make=True) as desk:
                yield desk
        return
    with owning(here, make=True) as desk:
        if desk.read_only is not None and not desk.is_open_elsewhere:
            refuse_writing(desk)
        elif dry_run:
            with desk.copy() as copy:
                yield copy
        else:
            yield desk if desk.read_only is None else None


def _put_in_inbox(paths: DeskPaths, file: Path) -> Path:
    from stylistdesk.paths import write_private

    target = paths.inbox / file.name
    number = 1
    while target.exists():
        number += 1
        target = paths.inbox / f"{file.stem}-{number}{file.suffix}"
    write_private(target, file.read_bytes())
    return target


app.add_typer(plain.commands)
app.add_typer(browser.commands)
