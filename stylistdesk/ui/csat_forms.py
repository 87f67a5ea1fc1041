"""What the keys of CSAT ask: an answer, a call, an action item, a question to the ASM, a response typed in."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.csat import NPS_SCORES, SCORES
from stylistdesk.domain.dates import LocalNow, say_short_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.past_days import parse_past_moment
from stylistdesk.domain.templates import answer_to
from stylistdesk.domain.types import Channel
from stylistdesk.ui import asking, doing, words
from stylistdesk.ui.dialogs.find_client import client_field, find_client
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.message import MessageForm, to_log
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.dialogs.prepared import prepare
from stylistdesk.ui.dialogs.question import QuestionForm
from stylistdesk.ui.doing import Subject
from stylistdesk.ui.lines import BLANK, Line, Piece, wrap
from stylistdesk.ui.triage_forms import CALL_OUTCOMES
from stylistdesk.ui.work_forms import day_of, recent_lines, task_fields

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.commands.csat import ResponseForm
    from stylistdesk.desk import Desk
    from stylistdesk.queries.csat import ResponsePane, ResponseRow
    from stylistdesk.ui.screens.csat import Csat

Values = dict[str, str]
AFTER = (("done", "it is answered"), ("keep", "not answered yet"))
MOST_LINES = 3


def _the_desk(screen: "Csat") -> "Desk":
    assert screen.desk is not None
    return screen.desk


def _said(row: "ResponseRow", width: int = 64) -> tuple[Line, ...]:
    """What she said, above a form."""
    lines = wrap(f"“{row.comment}”" if row.comment else "no comment", width)[:MOST_LINES]
    return ((Piece(f"{row.score} of 5", "strong"),), *((Piece(part, "quiet"),) for part in lines), BLANK)


def _answered(row: "ResponseRow", logged: "Command", values: Values) -> "Command":
    """What was written or said and, if the rep is done, that the response is answered: one undo step."""
    from stylistdesk.commands.base import Together
    from stylistdesk.commands.csat import MarkAnswered, MarkRead

    if values["after"] != "done":
        return Together((logged, MarkRead((row.id,))))
    return Together((logged, MarkAnswered((row.id,))), f"Answered the response of {row.client}")


async def answer(screen: "Csat", row: "ResponseRow") -> "tuple[Outcome | None, str]":
    """Write to her about it; what came of it, and what to say beside."""
    desk = _the_desk(screen)
    panes = await asyncio.to_thread(asking.read_panes, desk, (row.client_id,))
    pane = panes.get(row.client_id)
    if pane is None:
        return None, ""
    her = Subject(row.client_id, row.client, pane.last_signal_id)
    links = desk.settings.links
    form = MessageForm(
        pane,
        {Channel.TEXT: links.text, Channel.EMAIL: links.email},
        screen.saver(lambda values: _answered(row, to_log(her, values), values)),
        await prepare(desk, pane, answer_to(row.score), about=_said(row), after=AFTER, draft=f"answer:{row.id}"),
        await _recent(desk, row),
    )
    outcome = await screen.app.push_screen_wait(form)
    return outcome, form.more


async def _recent(desk: "Desk", row: "ResponseRow") -> tuple[Line, ...]:
    last = await asyncio.to_thread(asking.read_last_contact, desk, row.client_id)
    return recent_lines(last, LocalNow(desk.now(), desk.zone))


async def call(screen: "Csat", row: "ResponseRow") -> "tuple[Outcome | None, str]":
    """Log a call with her about it (R5, rule 1: call first)."""
    her = Subject(row.client_id, row.client, 0)
    form = Form(
        f"Call with {row.client}",
        [
            Field("outcome", "Outcome", "talked", choices=CALL_OUTCOMES),
            Field("body", "Words", hint="what was said; shift+tab goes to the outcome", lines=4, begins=True),
            Field("after", "Then", "done", choices=AFTER),
        ],
        screen.saver(lambda v: _answered(row, doing.log_call(her, v["outcome"], v["body"]), v)),
        draft=f"call about:{row.id}",
        about=(*await _recent(_the_desk(screen), row), *_said(row)),
    )
    return await screen.app.push_screen_wait(form), ""


# ---------------------------------------------------------------------- the action item


async def adjust(screen: "Csat", row: "ResponseRow") -> "tuple[Outcome | None, str]":
    """What is to be adjusted: a task of hers; then whether it is done, or not needed any more."""
    desk, pane = _the_desk(screen), await read_pane(screen, row)
    if pane is None:
        return None, ""
    action = pane.action
    fields = task_fields(desk, action)
    if action is None:
        fields[2] = replace(fields[2], value="CSAT")
    else:
        states = (("open", "to do"), ("done", "done"), ("gone", "not needed any more"))
        fields.insert(0, Field("state", "It is", "done" if action.done_at else "open", choices=states))

    def make(values: Values) -> "Command":
        return _action_of(desk, pane, values)

    title = f"Action item for {row.client}" if action is None else f"Edit the action item for {row.client}"
    form = Form(title, fields, screen.saver(make), draft=f"action:{row.id}", about=_said(row))
    form.FIRST = "description"
    return await screen.app.push_screen_wait(form), ""


def _action_of(desk: "Desk", pane: "ResponsePane", values: Values) -> "Command":
    from stylistdesk.commands.base import Together
    from stylistdesk.commands.csat import SetAction
    from stylistdesk.commands.work import CompleteTask, RemoveTask, ReopenTask, TaskForm

    wanted = TaskForm(values["description"], day_of(desk, values), values["category"], values["assignee"])
    setting, action = SetAction(pane.row.id, wanted), pane.action
    if action is None:
        return setting
    if values["state"] == "gone":
        return RemoveTask(action.id)
    if (values["state"] == "done") == (action.done_at is not None):
        return setting
    turned = CompleteTask(action.id) if values["state"] == "done" else ReopenTask(action.id)
    said = "Did" if values["state"] == "done" else "Reopened"
    return Together((setting, turned), f"{said} the action item for {pane.row.client}")


async def read_pane(screen: "Csat", row: "ResponseRow") -> "ResponsePane | None":
    """The response in full; `None` if it is gone."""
    found = await asyncio.to_thread(screen.read_panes, _the_desk(screen), (row.id,))
    return found.get(row.id)


# ------------------------------------------------------------------ a question to the ASM


async def ask_asm(screen: "Csat", row: "ResponseRow") -> "tuple[Outcome | None, str]":
    """Draft a question, change the draft, send it; one that was sent is settled, or another one is asked."""
    from stylistdesk.commands.csat import AskAsm
    from stylistdesk.commands.tickets import SettleTicket
    from stylistdesk.queries.tickets import recipients

    desk, pane = _the_desk(screen), await read_pane(screen, row)
    if pane is None:
        return None, ""
    draft = pane.draft
    waits = next((one for one in pane.questions if one.sent_at is not None and one.settled_at is None), None)
    if draft is None and waits is not None:
        choices = (("settle", "It is settled"), ("again", "Ask another question"))
        wish = await screen.app.push_screen_wait(Picker("Your ASM was asked", choices))
        if wish == "settle":
            return await screen.program.carry_out(SettleTicket(waits.ticket_id)), ""
        if wish is None:
            return None, ""
    to = await asyncio.to_thread(desk.ask, recipients)
    subject, body = (draft.subject, draft.body) if draft else _question(desk, pane, to.asm_name)

    def make(values: Values) -> "Command":
        sent = values.get("sent") == "yes"
        return AskAsm(row.id, values["subject"], values["body"], sent, draft.ticket_id if draft else None)

    form = QuestionForm(
        f"Ask {to.asm_name or 'your ASM'} about {row.client}",
        (to.asm_email, subject, body),
        desk.settings.links.email,
        screen.saver(make),
        draft=f"ask:{row.id}",
    )
    return await screen.app.push_screen_wait(form), ""


def _question(desk: "Desk", pane: "ResponsePane", asm_name: str) -> tuple[str, str]:
    """The subject and the words of a new question: client, score, comment, assignment."""
    row, here = pane.row, LocalNow(desk.now(), desk.zone)
    on = say_short_day(here.day(row.responded_at), here.today)
    about = f", after her {pane.assignment}" if pane.assignment else ""
    if pane.assignment and pane.consultation_at is not None:
        about += f" of {say_short_day(here.day(pane.consultation_at), here.today)}"
    said = f":\n\n“{row.comment}”" if row.comment else ", without a comment."
    asked = "How would you make this right?" if row.score <= 2 else "What do you think?"
    hello = f"Hello {asm_name.split(maxsplit=1)[0]}," if asm_name.strip() else "Hello,"
    parts = (hello, f"{row.client} rated me {row.score} of 5 on {on}{about}{said}", asked, desk.rep_name)
    return f"{row.client}: {row.score} of 5", "\n\n".join(part for part in parts if part)


# ------------------------------------------------------------------------- typed in


def _response_fields(desk: "Desk", row: "ResponseRow | None" = None) -> list[Field]:
    now, zone = desk.now(), desk.zone

    def nps(typed: str) -> str:
        asked = nps_of(typed)
        return "not asked" if asked is None else f"{asked} of 10"

    scores = tuple((str(score), str(score)) for score in reversed(SCORES))
    at = row.responded_at.astimezone(zone) if row else None
    on = f"{at:%Y-%m-%d %H:%M}".removesuffix(" 23:59") if at else "now"  # a day alone is its end
    return [
        Field("score", "Score of 5", str(row.score) if row else "5", choices=scores),
        Field("comment", "Comment", row.comment if row else "", lines=4, hint="in her words; may be empty"),
        Field("on", "When", on, hint="for example now, yesterday, fri 14:00, 3/14",
              understood=lambda typed: words.moment(parse_past_moment(typed, now, zone), now, zone)),
        Field("nps", "0 to 10", str(row.nps) if row and row.nps is not None else "", understood=nps,
              hint="would she recommend you? empty if she was not asked"),
    ]  # fmt: skip


def nps_of(typed: str) -> int | None:
    """The 0 to 10 that was typed; `None` where she was not asked. Raises `Refused` for anything else."""
    said = typed.strip()
    if not said:
        return None
    if not said.isdecimal() or int(said) not in NPS_SCORES:
        raise Refused("That is not 0 to 10.", field="nps", hint="Empty if she was not asked.")
    return int(said)


def _form_of(desk: "Desk", values: Values, assignment_id: int | None) -> "ResponseForm":
    from stylistdesk.commands.csat import ResponseForm

    at = parse_past_moment(values["on"], desk.now(), desk.zone)
    return ResponseForm(int(values["score"]), at, values["comment"], assignment_id, nps_of(values["nps"]))


async def add_response(screen: "Csat") -> Any:
    """Type in what a client said."""
    from stylistdesk.commands.csat import AddResponse
    from stylistdesk.queries.csat import assignments_to_rate

    desk = _the_desk(screen)

    async def save(values: Values) -> Any:
        client = await find_client(desk, values["client"])
        jobs = await asyncio.to_thread(desk.ask, assignments_to_rate, client.client_id)
        job = jobs[0][0] if jobs and values["about"] == "last" else None
        return await screen.saver(lambda v: AddResponse(client.client_id, _form_of(desk, v, job)))(values)

    about = (("last", "her newest session"), ("", "nothing in particular"))
    fields = [client_field(desk), *_response_fields(desk)]
    fields.append(Field("about", "About", "last", choices=about))
    return await screen.app.push_screen_wait(Form("Type in a response", fields, save, draft="response:new"))


async def change_response(screen: "Csat", row: "ResponseRow") -> "tuple[Outcome | None, str]":
    """Change one that was typed in."""
    from stylistdesk.commands.csat import EditResponse
    from stylistdesk.queries.csat import assignments_to_rate

    desk, pane = _the_desk(screen), await read_pane(screen, row)
    if pane is None:
        return None, ""
    jobs = await asyncio.to_thread(desk.ask, assignments_to_rate, row.client_id)
    today = LocalNow(desk.now(), desk.zone)
    named = {
        str(number): kind + (f" of {say_short_day(today.day(at), today.today)}" if at else "")
        for number, kind, at in jobs
    }
    if pane.assignment_id is not None:
        named.setdefault(str(pane.assignment_id), pane.assignment)
    about = Field(
        "about", "About", str(pane.assignment_id or ""), choices=(*named.items(), ("", "nothing in particular"))
    )

    def make(values: Values) -> "Command":
        return EditResponse(row.id, _form_of(desk, values, int(values["about"]) if values["about"] else None))

    fields = [*_response_fields(desk, row), about]
    title = f"Edit the response of {row.client}"
    return await screen.app.push_screen_wait(Form(title, fields, screen.saver(make), draft=f"response:{row.id}")), ""


JOBS: dict[str, Callable[["Csat", "ResponseRow"], "Coroutine[Any, Any, tuple[Outcome | None, str]]"]] = {
    "answer": answer,
    "call": call,
    "adjust": adjust,
    "ask_asm": ask_asm,
    "change": change_response,
}
"""What is asked about a response, by name: each gives what came of it, and what to say beside."""
