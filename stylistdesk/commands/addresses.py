"""Email addresses and phone numbers as forms bring them: checked, and with the permission that is known of each."""

from sqlmodel import Session, col, select

from stylistdesk.db.tables import Client, Consent, Contact, OptOut
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus


def checked_email(typed: str) -> str:
    """The address as it is written to; nothing for nothing. Raises `Refused` with field "email"."""
    address = clean(typed)
    if not address:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Refused(f"“{address}” is no email address.", field="email", hint=str(error)) from None


def checked_phone(typed: str, country: str) -> str:
    """The number in E.164, read as one of `country` unless it begins with +. Raises `Refused` with field "phone".

    A number that can only be dialled next door is refused: with the country before it, it would be another one.
    """
    number = clean(typed)
    if not number:
        return ""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        parsed = None
    fits = phonenumbers.ValidationResult
    found = phonenumbers.is_possible_number_with_reason(parsed) if parsed is not None else fits.INVALID_LENGTH
    if found in (fits.IS_POSSIBLE_LOCAL_ONLY, fits.TOO_SHORT):
        hint = "Write it with its area code, or with + and the country."
        raise Refused(f"“{number}” is too short for a phone number.", field="phone", hint=hint)
    if parsed is None or found != fits.IS_POSSIBLE:
        hint = "For example +1 212 555 0101, or without +1."
        raise Refused(f"“{number}” is no phone number.", field="phone", hint=hint)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def refuse_taken(session: Session, email: str, but: int | None = None) -> None:
    """Raises `Refused` if the email is another client's than `but`: imports know a client by it."""
    if not email:
        return
    taken = session.exec(
        select(Client).join(Contact).where(Contact.email_key == email.casefold(), Client.id != but)
    ).first()
    if taken is not None:
        raise Refused(f"{email} belongs to {taken.name}.", field="email", hint="Edit that client instead.")


def has_opted_out(session: Session, channel: Channel, address: str) -> bool:
    """Whether the address has asked not to be written to."""
    query = select(OptOut.id).where(OptOut.channel == channel, OptOut.address == address)
    return bool(address) and session.exec(query).first() is not None


def consent_known(session: Session, channel: Channel, address: str) -> ConsentState:
    """What the opt-outs and the ledger say last of an address: an opt-out holds against everything else (R25)."""
    if not address:
        return ConsentState.NEVER_ASKED
    if has_opted_out(session, channel, address):
        return ConsentState.UNSUBSCRIBED
    last = session.exec(
        select(Consent.state)
        .where(Consent.channel == channel, Consent.address == address, Consent.state != ConsentState.NEVER_ASKED)
        .order_by(col(Consent.id).desc())
    ).first()
    return ConsentState.NEVER_ASKED if last is None else ConsentState(last)


def readdress(session: Session, contact: Contact, email: str, phone: str) -> None:
    """Give a contact these addresses (checked ones). One that is new to it brings what is known of it, or nothing."""
    key = email.casefold()
    if key != contact.email_key:
        contact.email_consent = consent_known(session, Channel.EMAIL, key)
        opted_out = has_opted_out(session, Channel.EMAIL, key)
        contact.email_status = EmailStatus.UNSUBSCRIBED if opted_out else EmailStatus.ACTIVE
    if phone != contact.phone:
        contact.text_consent = consent_known(session, Channel.TEXT, phone)
    contact.email, contact.email_key, contact.phone = email, key, phone
    session.add(contact)
