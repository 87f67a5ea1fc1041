"""What the rep of the made-up world has of her company, and who may join her: files, return addresses, sign-ups."""

from collections.abc import Iterator
from pathlib import Path

from stylistdesk.commands.base import Command
from stylistdesk.commands.company_files import AddCompanyFile, FileForm, SetReturnAddress
from stylistdesk.commands.consent import RecordConsent
from stylistdesk.commands.sign_ups import AddSignUp, MarkSignUp, RemindOfSignUp, SendSignUp, SignUpForm
from stylistdesk.commands.sign_ups import Step as SignUpStep
from stylistdesk.demo.day_so_far import Calendar, Known, Step
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround

FILES: tuple[tuple[str, str, int, str, str], ...] = (
    ("return-terms-earlier.txt", "Return terms", -320, "terms", ""),
    ("return-terms.txt", "Return terms", -20, "terms", "30 days now, and a smaller fee"),
    ("fall-line-sheet.pdf", "Fall line sheet", -75, "line sheet", ""),
)
"""Documents in the folder of the sample files: title, days from today, kind, note."""

WREN, LOU = "wren.calloway@example.com", "lou.bianchi@example.com"
ROSA = SignUpForm(
    "Rosa Delgado",
    email="rosa.delgado@example.com",
    phone="+12125550187",
    note="Met at the trunk show.",
)
"""The first of the sign-ups; the others are clients, in the order in which they are added."""


def company_files(desk: Desk, source: Path, calendar: Calendar) -> Iterator[Command]:
    """The return addresses of before and of now, and the files; each is kept as its command is made."""
    yield SetReturnAddress(calendar.day(-320), "Halcyon Returns\n18 Mill Lane\nTrenton, NJ 08608")
    yield SetReturnAddress(calendar.day(0).replace(day=1), "Halcyon Returns\n400 Tannery Row\nNewark, NJ 07105")
    for name, title, day, kind, note in FILES:
        yield AddCompanyFile(desk.keep_file(source / name), FileForm(title, calendar.day(day), kind, note))


def _said_yes(_: Known, on: Calendar) -> Command:
    evidence = "At the trunk show: yes, write to me about it"
    return RecordConsent(None, Channel.EMAIL, ROSA.email, ConsentGround.EXPRESS, on.day(-6), evidence, name=ROSA.name)


def _sent(_: Known, __: Calendar) -> Command:
    return SendSignUp(1, Channel.EMAIL, ROSA.email, "As promised", "Hello Rosa, here is your own link to sign up.")


SIGN_UPS_OF_THE_WEEK: tuple[Step, ...] = (
    Step(-4, "08:50", WREN, lambda _, __: AddSignUp(ROSA)),
    Step(-4, "08:51", WREN, _said_yes),
    Step(-4, "08:52", WREN, _sent),
    Step(-4, "08:53", WREN, lambda _, on: RemindOfSignUp(1, on.day(0))),
    Step(-4, "08:55", WREN, lambda known, _: AddSignUp(SignUpForm(client_id=known.client_id))),
    Step(-4, "08:56", WREN, lambda _, __: MarkSignUp(2, SignUpStep.SENT)),
    Step(-3, "17:20", WREN, lambda _, __: MarkSignUp(2, SignUpStep.OPENED)),
    Step(-2, "16:30", WREN, lambda _, __: MarkSignUp(1, SignUpStep.OPENED)),
    Step(-1, "12:10", WREN, lambda _, __: MarkSignUp(2, SignUpStep.ENROLLED)),
    Step(-1, "12:12", LOU, lambda known, _: AddSignUp(SignUpForm(client_id=known.client_id))),
)
"""Played among the steps of the week, in order of time."""
