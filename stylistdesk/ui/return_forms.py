"""The forms of a return (R39): which client and order, what comes back of each line, what it comes to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.return_words import HINT, Typed, parse_coming, say_coming
from stylistdesk.domain.returns import Asked, Bought
from stylistdesk.domain.text import clean
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.sales_forms import Values, amount, in_field, money_field

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.returns import ReturnChoices, ReturnRow

NOTHING = "nothing of it comes back"
"""What an empty field beside a line says."""


def line_fields(desk: "Desk", choices: "ReturnChoices", typed: Values) -> list[Field]:
    """A field for each line of which something is left; of an order without lines, the item and what it was paid."""
    if len(choices.lines) == 1 and choices.lines[0].line_id is None:
        (whole,) = choices.lines
        left = format_money(whole.left_cents, choices.currency)
        return [
            Field("name", "Item", typed.get("name", ""), hint="what comes back: this order has no lines"),
            money_field(desk, "amount", "Paid", None, f"what it was paid for; {left} of the order is left"),
            Field(
                "line_None",
                "It is",
                typed.get("line_None", "1"),
                hint=HINT,
                understood=_say(whole, choices.currency),
                tells=True,
            ),
        ]
    return [
        Field(
            f"line_{line.line_id}",
            "Comes back",
            typed.get(f"line_{line.line_id}", ""),
            hint=NOTHING,
            understood=_say(line, choices.currency),
            tells=True,
            question=_asked_of(line, choices.currency),
        )
        for line in choices.lines
        if line.left
    ]


def _asked_of(line: Bought, currency: str) -> str:
    said = f"{line.quantity} x {clean(line.name)}, {format_money(line.worth, currency)}"
    return f"{said}, {line.back} back already" if line.back else said


def _say(line: Bought, currency: str) -> Callable[[str], str]:
    """What the words beside a line mean: "2 exchange for size M; 1 refund, $33.33"."""

    def understood(words: str) -> str:
        if not words.strip():
            return NOTHING
        said, left = [], line
        for one in parse_coming(words):
            count = left.left if one.quantity is None else one.quantity
            if line.line_id is not None and (count > left.left or not count):
                raise Refused(
                    f"{line.left} of {line.quantity} can still come back.",
                    hint="It is never more than was bought, less what was returned.",
                )
            cents = left.paid_for(count)
            what = f"{count} {say_coming(one.kind, is_replaced=one.is_replaced, instead=one.instead)}"
            told = one.is_replaced or line.line_id is None
            said.append(what if told else f"{what}, {format_money(cents, currency)}")
            left = left.less(count, cents)
        return "; ".join(said)

    return understood


def asked(desk: "Desk", choices: "ReturnChoices", values: Values) -> tuple[Asked, ...]:
    """What was typed, line by line. Raises `Refused` with the field."""
    cents = amount(desk, values, "amount") if "amount" in values else None

    def typed(line_id: int | None) -> tuple[Typed, ...]:
        field = f"line_{line_id}"
        return in_field(field, lambda: parse_coming(values.get(field, "")))

    return tuple(
        Asked(line.line_id, one.quantity, one.kind, one.is_replaced, one.instead, values.get("name", ""), cents)
        for line in choices.lines
        for one in typed(line.line_id)
    )


def message_values(row: "ReturnRow") -> dict[str, str]:
    """What a message that passes on a Return ID may say: the ID, where to send it, and that an exchange ships free."""
    free = "What I send you instead ships free." if row.exchange_order_id is not None else ""
    return {"number": row.number, "address": row.address, "detail": free}
