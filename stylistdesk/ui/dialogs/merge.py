"""Two clients field by field: she picks whose value stays, and they become one (R47)."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar

from stylistdesk.domain.birthdays import say_birthday
from stylistdesk.domain.merging import TAKES_BOTH, MergeField, Side
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import LABEL_WIDTH, Field, Form
from stylistdesk.ui.lines import Line, Piece, clip, fit, wrap

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.queries.merging import Comparison, FieldPair

LABELS = {
    MergeField.SPENDING_POWER: "Power",
    MergeField.CONTACT: "Main contact",
    MergeField.LOCATION: "Main place",
    MergeField.RATES: "Rates",
}
NOTHING = "(nothing)"


class MergeForm(Form):
    """The arrows choose a value; where nothing is chosen, the known one stays, or the fuller name."""

    PLACE: ClassVar[str] = "Merge"
    KEY_LABELS: ClassVar[dict[str, str]] = {"form_save": "Merge"}

    def __init__(self, two: "Comparison", width: int, save: Callable[[dict[str, str]], Awaitable[Any]]) -> None:
        differing = [pair for pair in two.fields if pair.keep != pair.gone]
        room = max(12, (min(width * 96 // 100, 116) - 34) // 2)
        fields = [_field(pair, room) for pair in differing]
        super().__init__(
            f"Merge {two.gone_name} into {two.keep_name}",
            fields or [Field("name", "Name", Side.KEEP, choices=((Side.KEEP, clip(two.keep_name, room)),))],
            save,
            about=_about(two, room),
            classes="-wide-form",
        )


def _field(pair: "FieldPair", room: int) -> Field:
    shown = say_birthday if pair.field is MergeField.BIRTHDAY else str
    sides = ((Side.KEEP, pair.keep), (Side.GONE, pair.gone))
    choices = [(side.value, fit(shown(told) or NOTHING, room)) for side, told in sides]
    if pair.field in TAKES_BOTH:
        choices.append((Side.BOTH.value, "both"))
    label = LABELS.get(pair.field, pair.field.value.capitalize())
    return Field(pair.field.value, label, pair.default.value, choices=tuple(choices))


def _about(two: "Comparison", room: int) -> list[Line]:
    width = room * 2 + 20
    same = [LABELS.get(pair.field, pair.field.value) for pair in two.fields if pair.keep == pair.gone]
    kinds = ", ".join(
        words.count(ours + theirs, noun) + (f" ({ours} + {theirs})" if ours and theirs else "")
        for noun, ours, theirs in two.together
    )
    said = [f"Come together: {kinds or 'nothing else'}."]
    if same:
        said.append(f"The same in both: {', '.join(same).lower()}.")
    said.append("In each line below, the left and right arrows choose whose value stays.")
    lines: list[Line] = [(Piece(part, "quiet"),) for words_ in said for part in wrap(words_, width)]
    if two.shown_again:
        again = words.count(two.shown_again, "signal")
        lines.append((Piece(f"{again} that you had seen will show again, so that none is missed", "late"),))
    heads = (Piece(" " * (LABEL_WIDTH + 2)), Piece(fit("stays", room + 3), "label"), Piece("joins her", "label"))
    return [*lines, (), heads]


def command_of(two: "Comparison", values: dict[str, str]) -> "Command":
    """The merge as she chose it."""
    from stylistdesk.commands.merging import MergeClients

    return MergeClients(two.keep_id, two.gone_id, tuple(values.items()))
