"""The desk without the screen, for screen readers and scripts: one client shown, and what the keys of the queue do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from stylistdesk.cli.shared import AsJson, Here, one_client, print_json, reading, writing
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.ui.doing import Subject

commands = typer.Typer()

Whom = Annotated[str, typer.Argument(help="A client's name, email or id.", metavar="CLIENT", show_default=False)]
WhomAlone = Annotated[
    list[str], typer.Argument(help="A client's name, email or id.", metavar="CLIENT", show_default=False)
]
"""The only argument: its words need no quotes."""
By = Annotated[Channel | None, typer.Option("--channel", help="How she is reached; else as it is suggested.")]


@commands.command()
def show(
    context: typer.Context,
    client: WhomAlone,
    limit: Annotated[int, typer.Option(help="At most so many of each.", min=1, max=10_000)] = 10,
    as_json: AsJson = False,
) -> None:
    """Everything about a client in plain lines: who she is, whether she may be written to, what is next and why."""
    from stylistdesk.cli.telling import know, show_json, show_lines

    with reading(context.obj) as desk:
        known = know(desk, one_client(desk, " ".join(client))[0], limit)
    if as_json:
        print_json(show_json(known))
        return
    for line in show_lines(known):
        print(line)


@commands.command()
def why(context: typer.Context, client: WhomAlone, as_json: AsJson = False) -> None:
    """Why a client is where she is in the queue: every term of her urgency, and all that is suggested."""
    from stylistdesk.cli.telling import why_json, why_lines
    from stylistdesk.domain.dates import LocalNow
    from stylistdesk.queries.daily_tasks import client_pane

    with reading(context.obj) as desk:
        client_id, name = one_client(desk, " ".join(client))
        pane, here = desk.ask(client_pane, client_id), LocalNow(desk.now(), desk.zone)
    standing = pane.standing if pane else None
    if as_json:
        print_json(why_json(client_id, name, standing, here))
        return
    print(clean(name))
    for line in why_lines(standing, here):
        print(line)


@commands.command()
def done(
    context: typer.Context,
    client: WhomAlone,
    note: Annotated[str, typer.Option(help="What came of it.")] = "",
    channel: By = None,
    as_json: AsJson = False,
) -> None:
    """You have dealt with a client: her follow-up is completed, and what was suggested is settled."""
    from stylistdesk.ui import doing

    _carry_out(context, " ".join(client), lambda desk, she: doing.complete(she, channel, note), as_json, leaves=True)


@commands.command()
def snooze(
    context: typer.Context,
    client: Whom,
    until: Annotated[list[str], typer.Argument(help="For example: tomorrow, in 2 weeks, mon 9:30.", metavar="UNTIL")],
    as_json: AsJson = False,
) -> None:
    """Hide a client from the queue until then, unless something urgent or new wakes her."""
    from stylistdesk.domain.spoken_dates import parse_moment
    from stylistdesk.ui import doing

    def make(desk: "Desk", she: "Subject") -> "Command":
        return doing.snooze(she, parse_moment(" ".join(until), desk.now(), desk.zone))

    _carry_out(context, client, make, as_json, leaves=True)


@commands.command("follow-up")
def follow_up(
    context: typer.Context,
    client: Whom,
    when: Annotated[list[str], typer.Argument(help="For example: fri, next week, 3/14.", metavar="WHEN")],
    channel: By = None,
    note: Annotated[str, typer.Option(help="What to say then; she does not see it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Promise a client a follow-up on a day."""
    from stylistdesk.domain.spoken_dates import parse_day
    from stylistdesk.ui import doing

    def make(desk: "Desk", she: "Subject") -> "Command":
        on = parse_day(" ".join(when), desk.now().astimezone(desk.zone).date())
        by = channel or (she.next.channel if she.next else Channel.TEXT)
        return doing.schedule(she, by, on, note)

    _carry_out(context, client, make, as_json)


@commands.command()
def note(
    context: typer.Context,
    client: Whom,
    text: Annotated[list[str], typer.Argument(help="The note.", metavar="TEXT")],
    as_json: AsJson = False,
) -> None:
    """Write a note about a client."""
    from stylistdesk.ui import doing

    _carry_out(context, client, lambda desk, she: doing.note(she, " ".join(text)), as_json)


@commands.command()
def call(
    context: typer.Context,
    client: Whom,
    text: Annotated[list[str], typer.Argument(help="What was said.", metavar="TEXT")],
    outcome: Annotated[
        Literal["talked", "left a message", "no answer", "call back"], typer.Option(help="What came of it.")
    ] = "talked",
    and_done: Annotated[bool, typer.Option("--done", help="Her follow-up is completed with it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Log a call with a client."""
    from stylistdesk.ui import doing

    def make(desk: "Desk", she: "Subject") -> "Command":
        return doing.contact(she, doing.log_call(she, outcome, " ".join(text)), Channel.CALL, done=and_done)

    _carry_out(context, client, make, as_json, leaves=and_done)


@commands.command()
def task(
    context: typer.Context,
    client: Whom,
    text: Annotated[str, typer.Argument(help="What is to be done, in quotes.", metavar="TEXT")],
    when: Annotated[
        list[str] | None, typer.Argument(help="By when; without it, some time.", metavar="WHEN", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a task for a client."""
    from stylistdesk.domain.spoken_dates import parse_day
    from stylistdesk.ui import doing

    def make(desk: "Desk", she: "Subject") -> "Command":
        today = desk.now().astimezone(desk.zone).date()
        return doing.task(she, text, parse_day(" ".join(when), today) if when else None)

    _carry_out(context, client, make, as_json)


def _carry_out(
    context: typer.Context,
    words: str,
    make: "Callable[[Desk, Subject], Command]",
    as_json: bool,
    *,
    leaves: bool = False,
) -> None:
    """Do it to the client who is meant, and say so; `leaves` also says if she is in the queue all the same."""
    from stylistdesk.cli.telling import suggestion_json, suggestion_line
    from stylistdesk.domain.dates import LocalNow
    from stylistdesk.queries.daily_tasks import client_pane, queue_row
    from stylistdesk.ui.doing import Subject

    here: Here = context.obj
    with writing(here) as desk:
        client_id, name = one_client(desk, words)
        pane = desk.ask(client_pane, client_id)
        assert pane is not None
        suggested = pane.standing.suggestions[0] if pane.standing else None
        outcome = desk.do(make(desk, Subject(client_id, name, pane.last_signal_id, suggested)))
        row, now = desk.ask(queue_row, client_id), LocalNow(desk.now(), desk.zone)
    if as_json:
        print_json(
            {
                "did": outcome.label,
                "changed": outcome.changed,
                "id": client_id,
                "client": name,
                "next": suggestion_json(row.next, now) if row else None,
            }
        )
        return
    print(f"{clean(outcome.label)}." if outcome.changed else "Nothing was changed.")
    if leaves and row is not None:
        print(f"Still to do for her: {suggestion_line(row.next, now)}")
