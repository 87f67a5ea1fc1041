"""What is asked in forms about metrics: goals, payments of commission, and where a statement goes."""

import asyncio
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused, not_written
from stylistdesk.domain.metrics_words import EXAMPLES, parse_target, say_value
from stylistdesk.ui import words
from stylistdesk.ui.asking_metrics import read_brand_names, read_goal, read_ledger
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.lines import Line, Piece
from stylistdesk.ui.sales_forms import amount, money_field, past_day, past_field
from stylistdesk.ui.screens.exporting import OVER, expanded, shortened

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.domain.metrics_of_sales import Payment
    from stylistdesk.domain.metrics_table import Metric
    from stylistdesk.domain.periods import Period
    from stylistdesk.domain.types import PeriodKind
    from stylistdesk.ui.screens.base import DeskScreen


async def set_goal(screen: "DeskScreen", metric: "Metric", kind: "PeriodKind") -> None:
    """Ask for a goal; an empty one takes it away."""
    desk = screen.desk
    assert desk is not None
    currency = desk.currency
    before = await asyncio.to_thread(read_goal, desk, metric.id, kind)

    def understood(typed: str) -> str:
        if not typed.strip():
            return "no goal"
        return f"{say_value(parse_target(typed, metric.unit, currency), metric.unit, currency)} a {kind.value}"

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.goals import RemoveGoal, SetGoal

        if not values["target"].strip():
            return RemoveGoal(metric.id, kind)
        return SetGoal(metric.id, kind, parse_target(values["target"], metric.unit, currency))

    shown = say_value(before, metric.unit, currency) if before is not None else ""
    field = Field("target", f"Each {kind.value}", shown, EXAMPLES[metric.unit], understood=understood)
    about: list[Line] = [(Piece("Empty takes the goal away.", "quiet"),)] if before is not None else []
    await screen.fill_in(f"Goal for {metric.label}", [field], make, about=about)


# ------------------------------------------------------------------- payments


async def pay(screen: "DeskScreen", payment: "Payment | None" = None) -> None:
    """Ask for a payment of commission, new or old."""
    desk = screen.desk
    assert desk is not None
    brands = await asyncio.to_thread(read_brand_names, desk)

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.payments import EditPayment, PaymentForm, RecordPayment

        paid = amount(desk, values, "amount")
        if paid is None:
            raise Refused("Say how much was paid.", field="amount", hint="Write it as 120 or 120.00.")
        form = PaymentForm(past_day(desk, values, "on"), paid, int(values["brand"]) or None, values["note"])
        return RecordPayment(form) if payment is None else EditPayment(payment.id, form)

    title = "Record a payment" if payment is None else "Edit a payment"
    await screen.fill_in(title, payment_fields(desk, brands, payment), make)


def payment_fields(desk: "Desk", brands: dict[int, str], payment: "Payment | None") -> list[Field]:
    """When, how much, for which brand."""
    fields = [
        money_field(desk, "amount", "Amount", payment.cents if payment else None, "below zero where it was taken back"),
        past_field(desk, "on", "Paid on", payment.on.isoformat() if payment else "today"),
        Field("brand", "For", str(payment.brand_id or 0) if payment else "0", choices=_choices(brands)),
        Field("note", "Note", payment.note if payment else "", hint="may be empty"),
    ]
    return fields


def _choices(brands: dict[int, str]) -> tuple[tuple[str, str], ...]:
    return (("0", "all brands"), *((str(key), name) for key, name in brands.items()))


# ------------------------------------------------------------------ statement

AS = (("csv", "CSV"), ("pdf", "PDF"))


async def write_statement(screen: "DeskScreen", period: "Period") -> None:
    """Ask as what and where, write the statement of the period, and say so."""
    from stylistdesk.exchange.exporting import file_name
    from stylistdesk.paths import downloads

    desk = screen.desk
    assert desk is not None
    about = f"commission-{period.starts:%Y-%m-%d}"
    place = await asyncio.to_thread(downloads) / file_name(about, ".csv")

    async def write(values: dict[str, str]) -> str:
        try:
            return await asyncio.to_thread(_write, desk, period, values, about)
        except OSError as error:
            raise not_written("It", error, field="file") from None

    fields = [
        Field("what", "As", "csv", choices=AS),
        Field("file", "File", shortened(place), hint="only you can read it; its ending follows what is chosen above"),
        Field("over", "If there", "no", choices=OVER),
    ]
    said = await screen.app.push_screen_wait(Form("Commission statement", fields, write, does="Write it"))
    if said is not None:
        screen.tell(said)


def _write(desk: "Desk", period: "Period", values: dict[str, str], about: str) -> str:
    from stylistdesk.exchange.exporting import file_name, save
    from stylistdesk.exchange.statement import statement_csv, statement_pdf

    ledger = read_ledger(desk, period)
    if not ledger.rows and not ledger.payments:
        raise Refused("There is no commission in this period.", field="what")
    suffix = f".{values['what']}"
    if suffix == ".pdf":
        content = statement_pdf(ledger, desk.currency, desk.rep_name, desk.now().astimezone(desk.zone))
    else:
        content = statement_csv(ledger, desk.currency).encode()
    target = expanded(values["file"].strip() or "~")
    if target.is_dir():
        target /= file_name(about, suffix)
    elif target.suffix.casefold() != suffix:
        target = target.with_name(f"{target.stem or about}{suffix}")
    try:
        path = save(target, content, force=values["over"] == "yes", paths=desk.paths)
    except Refused as no:
        hint = "Choose another name, or write over it." if "already" in no.reason else no.hint
        raise Refused(no.reason, field="file", hint=hint) from None
    return (
        f"Wrote {words.count(len(ledger.rows), 'order')} and {words.count(len(ledger.payments), 'payment')} to {path}."
    )
