"""Where an email and a phone belong among a client's contacts."""

from collections.abc import Callable, Sequence

from stylistdesk.exchange.ledger import Values
from stylistdesk.exchange.records import ClientRef


def fit(contacts: Sequence[Values], ref: ClientRef, outdated: Callable[[str], bool]) -> tuple[int | None, Values]:
    """Which contact the addresses of the ref belong to, or None for a new one, and what to write there.

    A blank is filled in. What differs is added as a contact of its own; only an `outdated` phone that stands with this
    very email gives way.
    """
    email = {"email": ref.email, "email_key": ref.email.casefold()} if ref.email else {}
    phone = {"phone": ref.phone} if ref.phone else {}
    by_email = _first(contacts, "email_key", email.get("email_key", ""))
    by_phone = _first(contacts, "phone", ref.phone)
    if by_email is not None:
        theirs = contacts[by_email]["phone"]
        if not phone or theirs == ref.phone or (not theirs and by_phone is not None):
            return by_email, {}
        if not theirs or outdated(theirs):
            return by_email, phone
        return by_phone, {} if by_phone is not None else phone
    if by_phone is not None and (not email or not contacts[by_phone]["email_key"]):
        return by_phone, email
    for index, contact in enumerate(contacts):
        free_email, free_phone = not contact["email_key"], not contact["phone"]
        if by_phone is None and (free_email or not email) and (free_phone or not phone):
            return index, email | phone
    return None, email | phone


def _first(contacts: Sequence[Values], column: str, value: str) -> int | None:
    if not value:
        return None
    return next((index for index, contact in enumerate(contacts) if contact[column] == value), None)
