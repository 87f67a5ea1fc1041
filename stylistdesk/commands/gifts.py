"""Gift certificates (R36): sold, changed, sent on, corrected and removed.

To sell one is no order: it counts for no event and no metric; what is bought with it does. Every change of a balance is
a movement that `move` makes.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from stylistdesk.commands.base import Outcome, Work, at_noon
from stylistdesk.commands.sending import SendEmail
from stylistdesk.commands.triage import LogMessage, client_named
from stylistdesk.db.gifts import balances
from stylistdesk.db.tables import Client, GiftCertificate, GiftMovement
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import (
    BY_ITSELF,
    IN_AN_EVENT,
    check_amount,
    clean_number,
    make_number,
    refuse_card_number,
)
from stylistdesk.domain.money import format_money
from stylistdesk.domain.order_lines import MOST_CENTS
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.types import Cents, GiftMove

MOST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class SellGift:
    """Sell a client a gift certificate, or several of one amount. `Outcome.value` is their ids.

    `whom` is who gets it: the whole name of a client, or any name; `for_client_id` says which client outright. An event
    is refused. `number` is one that was made elsewhere by the same rule; as a rule a new one is made.
    """

    client_id: int
    amount: Cents
    sold_on: date
    whom: str = ""
    for_client_id: int | None = None
    note: str = ""
    count: int = 1
    event_id: int | None = None
    number: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        client = client_named(work.session, self.client_id)
        if self.event_id is not None:
            raise Refused(IN_AN_EVENT, field="event_id", hint=BY_ITSELF)
        check_amount(self.amount, self.count)
        if self.sold_on > work.now.astimezone(work.zone).date():
            raise Refused("That day is not here yet.", field="sold_on", hint="For example: today, yesterday, 3/14.")
        gift = GiftCertificate(
            client_id=self.client_id, number="", currency=work.currency, sold_on=self.sold_on, note=noted(self.note)
        )
        put_whom(work.session, gift, self.whom, self.for_client_id)
        sold = sell(work, gift, self.amount, self.count, clean_number(self.number) if self.number else "")
        said = f"Sold {said_gifts([self.amount] * self.count, work.currency)} to {client.name}"
        return Outcome(said, _clients(gift), sold)


def sell(work: Work, like: GiftCertificate, amount: Cents, count: int, number: str = "") -> tuple[int, ...]:
    """So many certificates like this one, each with its own number and its sale; their ids."""
    ids = []
    for _ in range(count):
        gift = GiftCertificate(**{**like.model_dump(exclude={"id"}), "number": _free_number(work.session, number)})
        work.session.add(gift)
        work.session.flush()
        assert gift.id is not None
        move(work, gift, GiftMove.SOLD, amount, at=at_noon(work, gift.sold_on))
        ids.append(gift.id)
    return tuple(ids)


def said_gifts(amounts: list[Cents], currency: str) -> str:
    """Certificates in words: "a gift certificate of $50", "3 gift certificates, $120"."""
    if len(amounts) == 1:
        return f"a gift certificate of {format_money(amounts[0], currency)}"
    return f"{len(amounts)} gift certificates, {format_money(sum(amounts), currency)}"


@dataclass(frozen=True, slots=True)
class EditGift:
    """Change for whom a certificate is, its note and, while nothing but its sale is on it, its day and amount."""

    gift_id: int
    whom: str = ""
    note: str = ""
    amount: Cents | None = None
    sold_on: date | None = None
    for_client_id: int | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and for another amount or day once it was used."""
        gift = gift_with(work.session, self.gift_id)
        before = _clients(gift)
        note = noted(self.note)
        put_whom(work.session, gift, self.whom, self.for_client_id)
        gift.note = note
        first, *later = movements_of(work.session, self.gift_id)
        amount = first.cents if self.amount is None else self.amount
        sold_on = self.sold_on or gift.sold_on
        if (amount, sold_on) != (first.cents, gift.sold_on):
            if later:
                raise Refused("It was used, or corrected: what it was sold at stays.", field="amount",
                              hint="Correct what is left on it instead.")  # fmt: skip
            check_amount(amount)
            if sold_on > work.now.astimezone(work.zone).date():
                raise Refused("That day is not here yet.", field="sold_on")
            first.cents, gift.sold_on, first.at = amount, sold_on, at_noon(work, sold_on)
        return Outcome(f"Edited gift certificate {gift.number}", tuple(dict.fromkeys((*before, *_clients(gift)))))


@dataclass(frozen=True, slots=True)
class SendGift:
    """The number was sent on: with a message, which is judged (R25) and logged, or without one, by hand."""

    gift_id: int
    message: LogMessage | SendEmail | None = None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a message that may not be sent, or that goes to someone else."""
        gift = gift_with(work.session, self.gift_id)
        to = ""
        if self.message is not None:
            if self.message.client_id not in _clients(gift):
                raise Refused("She neither bought this certificate nor gets it.", hint="Change for whom it is first.")
            refuse_card_number(self.message.subject, "subject")
            refuse_card_number(self.message.body, "body")
            self.message.apply(work)
            to = f" to {client_named(work.session, self.message.client_id).name}"
        gift.sent_at = work.now
        return Outcome(f"Sent gift certificate {gift.number}{to}", _clients(gift))


@dataclass(frozen=True, slots=True)
class UnsendGift:
    """The number was not sent after all. A message that was logged stays."""

    gift_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it was not sent."""
        gift = gift_with(work.session, self.gift_id)
        if gift.sent_at is None:
            raise Refused("It is not marked as sent.", hint="Send it, or mark it as sent, first.")
        gift.sent_at = None
        return Outcome(f"Gift certificate {gift.number} is to be sent", _clients(gift))


@dataclass(frozen=True, slots=True)
class CorrectGift:
    """Put right what is left on a certificate; the reason stays with it."""

    gift_id: int
    balance: Cents
    reason: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a reason, for less than nothing, and where it is right already."""
        gift = gift_with(work.session, self.gift_id)
        reason = noted(self.reason, field="reason")
        if not reason:
            raise Refused("A correction has a reason.", field="reason", hint="A few words of what was wrong.")
        if not 0 <= self.balance <= MOST_CENTS:
            raise Refused("What is left is zero or more.", field="balance")
        left, said = balance_of(work.session, gift), format_money(self.balance, gift.currency)
        if self.balance == left:
            raise Refused(f"{said} is what is left on it already.", field="balance")
        move(work, gift, GiftMove.CORRECTED, Cents(self.balance - left), note=reason)
        return Outcome(f"Corrected gift certificate {gift.number} to {said}", _clients(gift))


@dataclass(frozen=True, slots=True)
class DeleteGift:
    """Remove a certificate that should not be there."""

    gift_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` once anything but its sale is on it."""
        session, gift = work.session, gift_with(work.session, self.gift_id)
        first, *later = movements_of(session, self.gift_id)
        if later:
            raise Refused("It was used, or corrected: it stays.", hint="Correct what is left on it to 0 instead.")
        number, clients = gift.number, _clients(gift)
        session.delete(first)
        session.flush()
        session.delete(gift)
        return Outcome(f"Removed gift certificate {number}", clients)


# ------------------------------------------------------------- one certificate


def gift_with(session: Session, gift_id: int) -> GiftCertificate:
    """The certificate, or `Refused` if it is gone."""
    gift = session.get(GiftCertificate, gift_id)
    if gift is None:
        raise Refused("This gift certificate is no longer on the desk.", hint="Undo brings a removed one back.")
    return gift


def gift_numbered(session: Session, typed: str) -> GiftCertificate:
    """The certificate whose number was typed. Raises `Refused` with field "number"."""
    number = clean_number(typed)
    gift = session.exec(select(GiftCertificate).where(GiftCertificate.number == number)).first()
    if gift is None:
        raise Refused(
            f"There is no certificate {number} on the desk.",
            field="number",
            hint="Compare it with hers: one that another rep sold is redeemed there.",
        )
    return gift


def movements_of(session: Session, gift_id: int) -> list[GiftMovement]:
    """Its movements, its sale first."""
    query = select(GiftMovement).where(GiftMovement.gift_id == gift_id).order_by(GiftMovement.id)  # type: ignore[arg-type]
    return list(session.exec(query))


def balance_of(session: Session, gift: GiftCertificate) -> Cents:
    """What is left on it."""
    assert gift.id is not None
    return balances(session, (gift.id,)).get(gift.id, Cents(0))


def move(
    work: Work,
    gift: GiftCertificate,
    kind: GiftMove,
    cents: Cents,
    *,
    at: datetime | None = None,
    order_id: int | None = None,
    return_id: int | None = None,
    note: str = "",
) -> None:
    """Put so much on a certificate, or take it off. Raises `Refused` for more than is left: here, for all commands."""
    left = balance_of(work.session, gift)
    if left + cents < 0:
        said = format_money(left, gift.currency)
        raise Refused(
            f"Only {said} is left on {gift.number}.",
            field="amount",
            hint="Another certificate or a card pays the rest.",
        )
    work.session.add(
        GiftMovement(
            gift_id=gift.id or 0,
            kind=kind,
            cents=cents,
            at=at or work.now,
            order_id=order_id,
            return_id=return_id,
            note=note,
        )
    )
    work.session.flush()


def noted(words: str, field: str = "note") -> str:
    """A note, cleaned. Raises `Refused` for a card's number in it."""
    refuse_card_number(words, field)
    return clean(words, multiline=True, limit=MOST_NOTE)


def put_whom(session: Session, gift: GiftCertificate, whom: str, client_id: int | None = None) -> None:
    """For whom it is: a client, if she is named or is the only one who is called so; else a name."""
    refuse_card_number(whom, "whom")
    name = clean(whom, limit=200)
    if client_id is None and name:
        called = session.exec(select(Client.id).where(Client.name_key == name_key(name)).limit(2)).all()
        client_id = called[0] if len(called) == 1 else None
    if client_id is not None:
        client_named(session, client_id)
        name = ""
    gift.for_client_id, gift.for_name = client_id, name


def _clients(gift: GiftCertificate) -> tuple[int, ...]:
    """Whom it concerns: who bought it, and who gets it."""
    both = (gift.client_id, gift.for_client_id)
    return tuple(dict.fromkeys(key for key in both if key is not None))


def _free_number(session: Session, wanted: str) -> str:
    def taken(number: str) -> bool:
        return session.exec(select(GiftCertificate.id).where(GiftCertificate.number == number)).first() is not None

    if wanted and taken(wanted):
        raise Refused(f"There is a certificate {wanted} already.", field="number")
    number = wanted or make_number(secrets.choice)
    while taken(number):
        number = make_number(secrets.choice)
    return number
