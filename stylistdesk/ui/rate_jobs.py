"""What keys do with rates and brands: in a client's Brands, and on the page of all brands and rates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stylistdesk.domain.rates import format_rate, say_span
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.lines import Line, Piece, line, wrap
from stylistdesk.ui.sales_forms import edit_rate, rate_fields, set_rate

if TYPE_CHECKING:
    from stylistdesk.domain.commission import RateKey
    from stylistdesk.queries.rates import RateRow
    from stylistdesk.ui.screens.base import DeskScreen


async def new_rate(host: "DeskScreen", whose: str, key: "RateKey", rates: "Sequence[RateRow]") -> None:
    """Set a rate; one that runs is told above the form, and ends where the new one begins."""
    desk = host.desk
    assert desk is not None
    running = next((rate for rate in rates if rate.runs), None)
    about: list[Line] = []
    if running is not None:
        said = f"Now {format_rate(running.rate)}, {say_span(running.starts_on, running.ends_on)}."
        about = [line(Piece(said), Piece(" It ends where this one begins.", "quiet")), ()]
    await host.fill_in(
        f"Set {whose}",
        rate_fields(desk),
        lambda values: set_rate(desk, key, values),
        draft=f"rate:{key}",
        about=about,
    )


async def rates_of(host: "DeskScreen", whose: str, key: "RateKey", rates: "Sequence[RateRow]") -> None:
    """The rates that are set, to change or remove one; where there is none, to set one."""
    if not rates:
        await new_rate(host, whose, key, rates)
        return
    choices = [("new", "set another")] + [(str(rate.id), rate_words(rate)) for rate in rates]
    chosen = await host.app.push_screen_wait(Picker(whose[:1].upper() + whose[1:], choices, choices[1][0]))
    if chosen == "new":
        await new_rate(host, whose, key, rates)
    elif chosen:
        await _change(host, whose, next(rate for rate in rates if str(rate.id) == chosen))


async def _change(host: "DeskScreen", whose: str, rate: "RateRow") -> None:
    from stylistdesk.commands.rates import RemoveRate

    desk = host.desk
    assert desk is not None
    choices = [("change", "change it, or say when it ends"), ("remove", "remove it, as if it had never been set")]
    chosen = await host.app.push_screen_wait(Picker(rate_words(rate), choices))
    if chosen == "remove":
        await host.carry_out(RemoveRate(rate.id))
    elif chosen == "change":
        await host.fill_in(
            f"Change {whose}",
            rate_fields(desk, rate),
            lambda values: edit_rate(desk, rate.id, values),
            draft=f"rate:{rate.id}",
        )


def rate_words(rate: "RateRow") -> str:
    """A rate with its days and note on one line."""
    note = f", {rate.note}" if rate.note else ""
    return f"{format_rate(rate.rate)} {say_span(rate.starts_on, rate.ends_on)}{note}"


def rates_lines(label: str, rates: "Sequence[RateRow]", width: int) -> list[Line]:
    """A label, the rate of today, and below it the others."""
    running = next((rate for rate in rates if rate.runs), None)
    others = [rate_words(rate) for rate in rates if rate is not running]
    now = rate_words(running) if running is not None else "none today" if rates else "none"
    told = [(part, "strong" if running is not None else "quiet") for part in wrap(now, width - len(label))]
    told += [(part, "quiet") for other in others for part in wrap(other, width - len(label))]
    return [
        (Piece(label if at == 0 else " " * len(label), "quiet"), Piece(part, how))
        for at, (part, how) in enumerate(told)
    ]
