"""Commission that was paid to the rep, or taken back (R20)."""

from dataclasses import dataclass
from datetime import date

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.tables import Brand, CommissionPayment
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Cents


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """What the form of a payment holds: cents of the desk's currency, below zero where it was taken back."""

    paid_on: date
    amount: Cents
    brand_id: int | None = None
    note: str = ""

    def checked(self, work: Work) -> "PaymentForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        if self.amount == 0:
            raise Refused("A payment is not nothing.", field="amount", hint="Write it as 120 or 120.00.")
        if self.paid_on > work.now.astimezone(work.zone).date():
            raise Refused("That day is not here yet.", field="on", hint="For example: today, yesterday, 3/14.")
        if self.brand_id and work.session.get(Brand, self.brand_id) is None:
            raise Refused("This brand is no longer on the desk.", field="brand", hint="Leave it empty for all brands.")
        return PaymentForm(self.paid_on, self.amount, self.brand_id, clean(self.note, limit=200))


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """Commission was paid. `Outcome.value` is the id of the payment."""

    form: PaymentForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field."""
        form = self.form.checked(work)
        payment = CommissionPayment(paid_on=form.paid_on, amount_cents=form.amount, currency=work.currency)
        payment.brand_id, payment.note = form.brand_id, form.note
        work.session.add(payment)
        work.session.flush()
        return Outcome(f"Recorded a payment of {format_money(form.amount, work.currency)}", value=payment.id)


@dataclass(frozen=True, slots=True)
class EditPayment:
    """Change a payment."""

    payment_id: int
    form: PaymentForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` at the first wrong field, and if the payment is gone."""
        payment = _payment(work, self.payment_id)
        form = self.form.checked(work)
        payment.paid_on, payment.amount_cents = form.paid_on, form.amount
        payment.brand_id, payment.note = form.brand_id, form.note
        return Outcome(f"Edited a payment of {format_money(form.amount, payment.currency)}", value=payment.id)


@dataclass(frozen=True, slots=True)
class RemovePayment:
    """Take a payment away that should not be there."""

    payment_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the payment is gone."""
        payment = _payment(work, self.payment_id)
        said = format_money(payment.amount_cents, payment.currency)
        work.session.delete(payment)
        return Outcome(f"Removed a payment of {said}")


def _payment(work: Work, payment_id: int) -> CommissionPayment:
    payment = work.session.get(CommissionPayment, payment_id)
    if payment is None:
        raise Refused("This payment is no longer on the desk.", hint="Undo brings a removed one back.")
    return payment
