"""The forms of orders, shipments, credits, brands and rates: what is typed, and the command that it makes."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.order_lines import parse_lines
from stylistdesk.domain.order_parts import parse_part
from stylistdesk.domain.past_days import parse_past_day
from stylistdesk.domain.rates import format_rate, parse_rate, parse_rate_or_none, say_date
from stylistdesk.domain.sales import net_of_line
from stylistdesk.domain.seasons import parse_season, say_season
from stylistdesk.domain.spoken_dates import parse_day
from stylistdesk.domain.types import BasisPoints, BrandStatus, Cents
from stylistdesk.ui.brand_field import brand_meant, said_brand
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.lines import clip

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.orders import OrderForm
    from stylistdesk.desk import Desk
    from stylistdesk.domain.commission import RateKey
    from stylistdesk.queries.host_events import EventChoice
    from stylistdesk.queries.rates import HerBrand, RateRow
    from stylistdesk.queries.sales import OrderChoices, OrderPage

Values = dict[str, str]
T = TypeVar("T")
REOPENS = (("yes", "reopens the order"), ("no", "does not"))
STATUSES = tuple((status.value, status.value) for status in BrandStatus)
KEPT_FOR_THE_NEXT = (
    "brand",
    "season",
    "ordered_on",
    "ship_on",
    "cancel_on",
    "location_id",
    "event_id",
    "rep",
    "origin",
    "rate",
)
"""What "save and new" leaves in the form: orders of one market are typed in together."""

LINES_HINT = "4 x Cardigan @ 95.00, one line each; at 7 % if it has its own rate"


def today(desk: "Desk") -> date:
    """The desk's today."""
    return desk.now().astimezone(desk.zone).date()


def in_field(field: str, read: Callable[[], T]) -> T:
    """What was read; a refusal names the field."""
    try:
        return read()
    except Refused as no:
        raise Refused(no.reason, field=field, hint=no.hint) from None


def past_day(desk: "Desk", values: Values, field: str) -> date:
    """A day that has been."""
    return in_field(field, lambda: parse_past_day(values[field], today(desk)))


def any_day(desk: "Desk", values: Values, field: str) -> date | None:
    """A day to come (or one that is named with its year), or none."""
    return in_field(field, lambda: parse_day(values[field], today(desk))) if values[field].strip() else None


def amount(desk: "Desk", values: Values, field: str) -> Cents | None:
    """An amount, or none."""
    return in_field(field, lambda: parse_typed_money(values[field], desk.currency)) if values[field].strip() else None


def _says(read: Callable[[str], str], empty: str = "") -> Callable[[str], str]:
    return lambda typed: read(typed) if typed.strip() else empty


def past_field(desk: "Desk", name: str, label: str, value: str = "today") -> Field:
    """A field for a day that has been."""
    return Field(name, label, value, hint="today, yesterday, mon, 10/12, 12 oct 2025",
                 understood=lambda typed: say_date(parse_past_day(typed, today(desk))))  # fmt: skip


def _day(desk: "Desk", name: str, label: str, value: date | None, hint: str) -> Field:
    return Field(name, label, value.isoformat() if value else "", hint=hint,
                 understood=_says(lambda typed: say_date(parse_day(typed, today(desk))), hint))  # fmt: skip


def money_field(desk: "Desk", name: str, label: str, value: int | None, hint: str) -> Field:
    """A field for an amount in the desk's currency."""
    shown = format_money(value, desk.currency) if value is not None else ""
    return Field(name, label, shown, hint=hint, understood=_says(
        lambda typed: format_money(parse_typed_money(typed, desk.currency), desk.currency), hint))  # fmt: skip


def _rate(name: str, label: str, value: int | None, hint: str, *, needed: bool = False) -> Field:
    def read(typed: str) -> str:
        return format_rate(parse_rate(typed))

    shown = format_rate(value) if value is not None else ""
    return Field(name, label, shown, hint=hint, understood=read if needed else _says(read, hint))


# ------------------------------------------------------------------- orders


def order_fields(
    desk: "Desk", choices: "OrderChoices", page: "OrderPage | None" = None, *, lines: bool, kept: Values | None = None
) -> list[Field]:
    """The fields of an order summary, or with `lines` of a purchase order; `kept` is what stays from the one before."""
    known = kept or {}
    number = choices.next_purchase_order if lines else choices.next_summary
    places = (("", "none"), *((str(key), name) for key, name in choices.locations))
    row = page.row if page else None
    ordered = row.day.isoformat() if row else known.get("ordered_on", "today")
    season = say_season(row.season, row.year) if row else known.get("season", "")

    def total(typed: str) -> str:
        found = parse_lines(typed, desk.currency)
        worth = sum(net_of_line(x.price, x.quantity, x.discount) for x in found)
        return f"{sum(x.quantity for x in found)} units, {format_money(worth, desk.currency)}"

    fields = [
        Field("brand", "Brand", page.brand if page else known.get("brand", ""),
              hint=clip(", ".join(choices.brands), 120) or "its name; a new one is added",
              understood=_says(partial(said_brand, choices.brands))),
        Field("season", "Season", season, hint="fall 2026, holiday 26; may be empty",
              understood=_says(lambda typed: say_season(*parse_season(typed)))),
        past_field(desk, "ordered_on", "Ordered", ordered),
        _day(desk, "ship_on", "Ship", page.ship_on if page else None, "from when it may ship; may be empty"),
        _day(desk, "cancel_on", "Cancel", page.cancel_on if page else None, "cancelled if not shipped by then"),
        Field("location_id", "Location", str(page.location_id or "") if page else known.get("location_id", ""),
              choices=places),
        Field("number", "Number", row.number if row else number, hint="empty gets the next one"),
    ]  # fmt: skip
    for name in ("ship_on", "cancel_on"):
        if page is None and known.get(name):
            at = next(i for i, field in enumerate(fields) if field.name == name)
            fields[at] = Field(name, fields[at].label, known[name], fields[at].hint, understood=fields[at].understood)
    if lines:
        typed = page.typed_lines if page else ""
        # Right below the brand: the lines are the order, and there their example is in sight on the smallest screen.
        fields.insert(1, Field("lines", "Lines", typed, hint=LINES_HINT, lines=6, understood=_says(total)))
    else:
        units = "" if page is None or page.units is None else str(page.units)
        fields.append(Field("units", "Units", units, hint="may be empty", understood=_says(_count)))
        fields.append(money_field(desk, "total", "Total", page.total if page else None, "1,440 or 1,440.00"))
    own = page.own_rate if page else None
    rate = _rate("rate", "Commission %", own, "only if agreed for this order; empty: by your rates")
    if page is None and known.get("rate"):
        rate = Field("rate", rate.label, known["rate"], rate.hint, understood=rate.understood)
    fields += [
        rate,
        *_event(choices, page, known),
        Field("rep", "Rep", page.rep if page else known.get("rep", desk.rep_name), hint="who wrote it"),
        Field("origin", "Source", page.origin if page else known.get("origin", ""), hint="market, phone, email …"),
        Field("description", "Description", page.description if page else "", hint="may be empty", lines=3),
    ]
    return fields


def _event(choices: "OrderChoices", page: "OrderPage | None", known: Values) -> list[Field]:
    """The event that it was placed in, where there are any; a host order stays where it is."""
    if not choices.events or (page is not None and page.is_host_order):
        return []
    own = str(page.event_id or "") if page is not None else known.get("event_id", "")
    hint = "whose shop window was open on that day" if page is None else "changed only as orders are moved"
    return [Field("event_id", "Event", own, hint=hint, choices=event_options(choices.events))]


def event_options(events: "Sequence[EventChoice]") -> tuple[tuple[str, str], ...]:
    """None, and each event with its window, so short that one has room on the smallest screen."""
    return ("", "none"), *((str(one.id), f"{clip(one.name, 24)}, {say_window(one)}") for one in events)


def say_window(event: "EventChoice") -> str:
    """From when until when its shop window is open: "7 Nov to 29 Nov"."""
    return f"{event.opens_on:%-d %b} to {event.closes_on:%-d %b}"


def _count(typed: str) -> str:
    digits = typed.replace(",", "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 8:
        raise Refused("Units are a whole number.", hint="For example 24.")
    return f"{int(digits):,}"


def order_form(desk: "Desk", values: Values, brands: Sequence[str]) -> "OrderForm":
    """What was typed into the fields of an order; `brands` are those there are. Raises `Refused` with the field."""
    from stylistdesk.commands.orders import OrderForm

    season, year = in_field("season", lambda: parse_season(values["season"]))
    lines = in_field("lines", lambda: parse_lines(values.get("lines", ""), desk.currency))
    if "total" in values and not values["total"].strip():
        raise Refused("The total is missing.", field="total", hint="Write it as 1,440 or 1,440.00.")
    units = in_field("units", lambda: _count(values["units"])) if values.get("units", "").strip() else ""
    return OrderForm(
        ordered_on=past_day(desk, values, "ordered_on"),
        total=(amount(desk, values, "total") if "total" in values else None) or Cents(0),
        brand=brand_meant(brands, values["brand"]),
        season=season,
        season_year=year,
        ship_on=any_day(desk, values, "ship_on"),
        cancel_on=any_day(desk, values, "cancel_on"),
        location_id=int(values["location_id"]) if values["location_id"] else None,
        number=values["number"],
        units=int(units.replace(",", "")) if units else None,
        rate=in_field("rate", lambda: parse_rate_or_none(values["rate"])),
        rep=values["rep"],
        origin=values["origin"],
        description=values["description"],
        lines=lines,
        event_id=int(values["event_id"] or 0) if "event_id" in values else None,
    )


def part(page: "OrderPage", typed: str) -> Cents | None:
    """How much of what is open was typed; none is all of it. Raises `Refused` with field "amount"."""
    if not typed.strip():
        return None
    return in_field("amount", lambda: parse_part(typed, page.row.left_to_ship, page.row.currency))


def ship_fields(desk: "Desk", page: "OrderPage") -> list[Field]:
    """A shipment: how much of what is open, and when."""
    currency = page.row.currency
    hint = f"empty: all that is open, {format_money(page.row.left_to_ship, currency)}; or half, 50 %"

    def understood(typed: str) -> str:
        cents = part(page, typed) or Cents(0)
        earns = page.earns(cents)
        return format_money(cents, currency) + (f", earns {format_money(earns, currency)}" if earns is not None else "")

    return [
        Field("amount", "Amount", hint=hint, understood=_says(understood, hint)),
        past_field(desk, "on", "Shipped"),
        Field("note", "Note", hint="may be empty"),
    ]


def cancel_fields(desk: "Desk", page: "OrderPage") -> list[Field]:
    """How much of what is open is cancelled."""
    currency = page.row.currency
    left = format_money(page.row.left_to_ship, currency)
    hint = f"empty: all that is open, {left}; or half, 50 %; it earns nothing"

    def understood(typed: str) -> str:
        return format_money(part(page, typed) or Cents(0), currency)

    return [Field("amount", "Amount", hint=hint, understood=_says(understood, hint))]


def credit_fields(desk: "Desk", number: str) -> list[Field]:
    """A credit memo; whether it reopens the order begins as the settings have it."""
    return [
        money_field(desk, "amount", "Amount", None, "what she gets back"),
        past_field(desk, "on", "On"),
        Field("reopens", "It", "yes" if desk.settings.credit_memo_reopens else "no", choices=REOPENS),
        Field("number", "Number", number, hint="empty gets the next one"),
        Field("note", "Note", hint="may be empty"),
    ]


# -------------------------------------------------------------- brands and rates


ALWAYS = "empty: as if it had always been"


def rate_fields(desk: "Desk", rate: "RateRow | None" = None) -> list[Field]:
    """A rate with its days. A new one begins today: it reaches back only where the rep says so."""
    starts_on = "today" if rate is None else rate.starts_on.isoformat() if rate.starts_on else ""
    return [
        _rate("rate", "Rate", rate.rate if rate else None, "7 or 7.5 %; 0 % is a rate too", needed=True),
        Field("starts_on", "From", starts_on, hint=ALWAYS, understood=_says(
            lambda typed: f"{say_date(parse_day(typed, today(desk)))}; {ALWAYS}", ALWAYS)),
        _day(desk, "ends_on", "Ends before", rate.ends_on if rate else None, "the first day without it; empty: never"),
        Field("note", "Note", rate.note if rate else "", hint="may be empty"),
    ]  # fmt: skip


def set_rate(desk: "Desk", key: "RateKey", values: Values) -> "Command":
    """Set it; a rate that runs on its first day ends there."""
    from stylistdesk.commands.rates import SetRate

    rate, starts_on, ends_on = _rate_of(desk, values)
    return SetRate(key, rate, starts_on, ends_on, values["note"], end_running=True)


def edit_rate(desk: "Desk", rate_id: int, values: Values) -> "Command":
    """Change a rate that is set."""
    from stylistdesk.commands.rates import EditRate

    rate, starts_on, ends_on = _rate_of(desk, values)
    return EditRate(rate_id, rate, starts_on, ends_on, values["note"])


def _rate_of(desk: "Desk", values: Values) -> tuple[BasisPoints, date | None, date | None]:
    rate = in_field("rate", lambda: parse_rate(values["rate"]))
    return rate, any_day(desk, values, "starts_on"), any_day(desk, values, "ends_on")


def brand_fields(name: str = "", note: str = "") -> list[Field]:
    """A brand's own fields."""
    return [
        Field("name", "Brand", name, hint="its name"),
        Field("note", "Note", note, hint="may be empty", lines=3),
    ]


def her_brand_fields(brand: "HerBrand | None" = None, brands: Sequence[str] = ()) -> list[Field]:
    """What a client is to a brand, or to one that is named, of these or a new one."""
    status = brand.status.value if brand and brand.status else BrandStatus.ACTIVE.value
    named = Field("brand", "Brand", hint="its name; a new one is added", understood=_says(partial(said_brand, brands)))
    return [
        *([] if brand else [named]),
        Field("status", "Status", status, choices=STATUSES),
        Field("number", "ID number", brand.number if brand else "", hint="her number there; may be empty"),
    ]
