"""The card on a row of Square's transactions, and when the row happened."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import Cents
from stylistdesk.exchange.cells import cell, code
from stylistdesk.exchange.moments import moment, zone_named
from stylistdesk.exchange.records import PAID_BY, REFUNDED_TO, CardPaymentRecord, Notice

PAYMENT, REFUND = "payment", "refund"
"""The Event Type of money that came in, and of money that went back."""

_LAST = 4


class Times:
    """The instants of a file's rows, in the zone that each names; zones that nobody knows are told once each."""

    def __init__(self, desk: ZoneInfo) -> None:
        self._desk = desk
        self._told: set[str] = set()

    def zone(self, row: dict[str, str]) -> ZoneInfo:
        """The zone that the row names, or the desk's own."""
        return zone_named(row["Time Zone"]) or self._desk

    def at(self, row: dict[str, str]) -> datetime:
        """When it happened, in UTC. Raises `Refused`."""
        return moment(row["Date"], row["Time"], self.zone(row))

    def told(self, line: int, row: dict[str, str]) -> Iterator[Notice]:
        """A word on a zone that nobody knows, the first time."""
        named = row["Time Zone"].strip()
        if named and named not in self._told and zone_named(named) is None:
            self._told.add(named)
            yield Notice(line, f"the time zone “{clean(named)[:60]}” is not known; times are taken as on the desk")


def card_payment(
    line: int, row: dict[str, str], cents: Cents, most: int, times: Times
) -> tuple[CardPaymentRecord | None, Notice | None]:
    """What the row's card paid, at most `most` (the rest went into a tip or a gift card), and what is to be told.

    Of a card's number the last four digits are kept, whatever the cell holds. Two cards in one cell are kept without
    their digits: how much each paid, the file does not say. Raises `Refused`.
    """
    payment_id = code(row["Payment ID"])
    if not cents or not payment_id:
        return None, None
    amount = min(abs(cents), most)
    if not amount:
        return None, None
    brands = [cell(part, 40) for part in row["Card Brand"].split(",") if part.strip()]
    suffixes = [code(part) for part in row["PAN Suffix"].split(",") if part.strip()]
    notice = None
    last_four = ""
    if len(suffixes) == 1:
        digits = "".join(character for character in suffixes[0] if character.isascii() and character.isdigit())
        last_four = digits[-_LAST:] if len(digits) >= _LAST else ""
        if not last_four:
            notice = Notice(line, "PAN Suffix is not the last four digits of a card; it was left out")
        elif len(suffixes[0]) > _LAST:
            notice = Notice(line, "PAN Suffix is more than the last four digits of a card; only these were kept")
    elif suffixes:
        notice = Notice(line, f"{len(suffixes)} cards paid, and the file does not say how much each; kept as one")
    brand = ", ".join(dict.fromkeys(brands))
    on = times.at(row).astimezone(times.zone(row)).date()
    if cents < 0 or name_key(row["Event Type"]) == REFUND:
        return CardPaymentRecord(f"{REFUNDED_TO}{payment_id}", on, Cents(-amount), brand[:60], last_four), notice
    return CardPaymentRecord(f"{PAID_BY}{payment_id}", on, Cents(amount), brand[:60], last_four), notice


def more_than_paid(number: str, back: Cents, kept: Cents, currency: str) -> str:
    """What is told where more went back than the goods and their tax came to."""
    said, most = format_money(back, currency), format_money(kept, currency)
    return f"order {number}: {said} was paid back, more than it came to; {most} of it was taken as refunded"
