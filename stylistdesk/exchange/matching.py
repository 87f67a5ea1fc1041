"""Which client a row means: by email, then phone, then external id, then exact name (formats.md).

The names are settled for the whole file before anything is written, those with the strongest keys first, so that the
order of the rows does not matter. A weaker key is not taken against a stronger one that contradicts it:

- a name is not enough if the row gives an email, a phone or an id, and the client of that name has another one;
- nor is it if the row gives a postcode, and all that are known of that client are others;
- a phone is not enough if email and name both say that it is someone else, or if the row has an id that the desk does
  not know, and the client with that phone has another one.

Further addresses of a row are weaker than the first ones: an email that another row gives as its first, or that several
rows give as a further one, and a phone, count only if the names agree. So a household's number makes nobody one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from stylistdesk.db.tables import Client, ClientExternalId, Contact, Location
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.ledger import table_of
from stylistdesk.exchange.records import ClientRef


class Keys:
    """Who has a key; nearly always one."""

    def __init__(self) -> None:
        self._who: dict[str, int | tuple[int, ...]] = {}

    def add(self, key: str, who: int) -> None:
        """The client has this key too."""
        if not key:
            return
        there = self._who.get(key)
        if there is None:
            self._who[key] = who
        elif who not in self.find(key):
            self._who[key] = (*self.find(key), who)

    def find(self, key: str) -> tuple[int, ...]:
        """All that have it."""
        there = self._who.get(key, ())
        return there if isinstance(there, tuple) else (there,)


@dataclass(slots=True)
class Settled:
    """Whom each ref means, or why that cannot be told; what is to be said of a ref whose keys disagree.

    `taken` are the further emails of a ref, folded, that are another client's: they are left out.
    """

    whose: dict[ClientRef, int | str] = field(default_factory=dict)
    said: dict[ClientRef, str] = field(default_factory=dict)
    taken: dict[ClientRef, frozenset[str]] = field(default_factory=dict)


class Matcher:
    """The clients of the desk and those that the file brings, by their keys. A new client is a negative number."""

    def __init__(self, session: Session, program: str) -> None:
        self._emails, self._phones, self._ids, self._names = Keys(), Keys(), Keys(), Keys()
        self._further_emails, self._further_phones = Keys(), Keys()
        self._firsts: Collection[str] = ()
        self._with_email: set[int] = set()
        self._with_phone: set[int] = set()
        self._with_id: set[int] = set()
        self._postcodes: dict[int, set[str]] = {}
        self._made = 0
        self._session = session
        self._load(session, program)

    def _load(self, session: Session, program: str) -> None:
        clients, contacts, ids = table_of(Client), table_of(Contact), table_of(ClientExternalId)
        for who, key in session.execute(select(clients.c.id, clients.c.name_key).order_by(clients.c.id)):
            self._know(who, name=key)
        query = select(contacts.c.client_id, contacts.c.email_key, contacts.c.phone).order_by(contacts.c.id)
        for who, email, phone in session.execute(query):
            self._know(who, email=email, phone=phone)
        theirs = select(ids.c.client_id, ids.c.external_id).where(ids.c.source == program).order_by(ids.c.id)
        for who, external_id in session.execute(theirs):
            self._know(who, external_id=external_id)

    def _know(self, who: int, *, email: str = "", phone: str = "", external_id: str = "", name: str = "") -> None:
        self._emails.add(email, who)
        self._phones.add(phone, who)
        self._ids.add(external_id, who)
        self._names.add(name, who)
        if email:
            self._with_email.add(who)
        if phone:
            self._with_phone.add(who)
        if external_id:
            self._with_id.add(who)

    def settle(self, refs: Iterable[ClientRef]) -> Settled:
        """Whom each ref means."""
        settled = Settled()
        whose, said = settled.whose, settled.said
        in_order = sorted(refs, key=_strength)
        if any(ref.postcode for ref in in_order):
            self._load_postcodes()
        self._firsts = {ref.email.casefold() for ref in in_order}
        for ref in in_order:
            email, name = ref.email.casefold(), name_key(ref.name)
            try:
                who = self._find(ref, email, name)
            except Refused as error:
                whose[ref] = str(error)
                continue
            if who is None:
                self._made -= 1
                who = self._made
            if ref.postcode:
                self._postcodes.setdefault(who, set()).add(_postcode(ref.postcode))
            owner = self._ids.find(ref.external_id)
            if owner and who not in owner:
                said[ref] = f"id {ref.external_id} is that of another client; the email or phone decided"
                self._know(who, email=email, phone=ref.phone, name=name)
            else:
                self._know(who, email=email, phone=ref.phone, external_id=ref.external_id, name=name)
            for further in ref.emails:
                self._further_emails.add(further.casefold(), who)
            for further in ref.phones:
                self._further_phones.add(further, who)
            whose[ref] = who
        for ref in in_order:
            self._give_emails(ref, settled)
        return settled

    def _give_emails(self, ref: ClientRef, settled: Settled) -> None:
        """The further emails of a ref become its client's, unless they are another one's."""
        who, taken = settled.whose[ref], set()
        if not ref.emails or isinstance(who, str):
            return
        for email in map(str.casefold, ref.emails):
            owners = self._emails.find(email)
            if owners and who not in owners:
                taken.add(email)
            else:
                self._emails.add(email, who)
        settled.taken[ref] = frozenset(taken)

    def _find(self, ref: ClientRef, email: str, name: str) -> int | None:
        found = self._emails.find(email) or self._agreeing(self._further_emails.find(email), name)
        if found:
            return self._one(found, ref, name, f"email {ref.email}")
        for further in ref.emails:
            key = further.casefold()
            found = self._emails.find(key)
            if not found or key in self._firsts:
                found = self._agreeing((*found, *self._further_emails.find(key)), name)
            if found:
                return self._one(found, ref, name, f"email {further}")
        found = tuple(who for who in self._phones.find(ref.phone) if not self._someone_else(who, ref, email, name))
        found = found or self._agreeing(self._further_phones.find(ref.phone), name)
        if found:
            return self._one(found, ref, name, f"phone {ref.phone}")
        for further in ref.phones:
            found = self._agreeing((*self._phones.find(further), *self._further_phones.find(further)), name)
            found = tuple(who for who in found if not self._someone_else(who, ref, email, name))
            if found and name:
                return self._one(found, ref, name, f"phone {further}")
        found = self._ids.find(ref.external_id)
        if found:
            return found[0]
        found = tuple(
            who
            for who in self._names.find(name)
            if not (
                (email and who in self._with_email)
                or (ref.phone and who in self._with_phone)
                or (ref.external_id and who in self._with_id)
            )
        )
        if ref.postcode:
            found = self._living_at(found, _postcode(ref.postcode))
        if len(found) > 1:
            raise Refused(f"{len(found)} clients are called “{ref.name}”; give the row an email or a phone")
        return found[0] if found else None

    def _load_postcodes(self) -> None:
        places = table_of(Location)
        query = select(places.c.client_id, places.c.postcode).where(places.c.postcode != "")
        for who, postcode in self._session.execute(query):
            self._postcodes.setdefault(who, set()).add(_postcode(postcode))

    def _living_at(self, found: tuple[int, ...], postcode: str) -> tuple[int, ...]:
        """Those who live there; if nobody does, those of whom no postcode is known."""
        there = tuple(who for who in found if postcode in self._postcodes.get(who, ()))
        return there or tuple(who for who in found if not self._postcodes.get(who))

    def _agreeing(self, found: Iterable[int], name: str) -> tuple[int, ...]:
        """Those whose name is this one; all where the row gives no name."""
        return tuple(who for who in dict.fromkeys(found) if not name or who in self._names.find(name))

    def _someone_else(self, who: int, ref: ClientRef, email: str, name: str) -> bool:
        """Whether the client with the ref's phone is another person who has that phone too."""
        if ref.external_id and who in self._with_id and not self._ids.find(ref.external_id):
            return True
        return bool(email and who in self._with_email and name and who not in self._names.find(name))

    def _one(self, found: tuple[int, ...], ref: ClientRef, name: str, key: str) -> int:
        for telling in (self._ids.find(ref.external_id), self._names.find(name)):
            left = [who for who in found if who in telling]
            if len(found) == 1 or len(left) == 1:
                return (left or found)[0]
        raise Refused(f"{len(found)} clients share the {key}; give the row the exact name of one of them")


def _postcode(text: str) -> str:
    """A postcode as it is compared: the four further digits of an American one do not count."""
    return "".join(name_key(text).split()).partition("-")[0]


def _strength(ref: ClientRef) -> tuple[bool, bool, bool, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    keys = (ref.email, ref.phone, ref.external_id, ref.name, ref.postcode)
    return not ref.email, not ref.phone, not ref.external_id, keys, ref.emails, ref.phones
