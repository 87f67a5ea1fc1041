"""What every kind of record is stored with: the transaction, the ledger, the people, and what is told to the rep."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from stylistdesk.commands.base import Work
from stylistdesk.db.tables import ClientExternalId
from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.ledger import Ledger, Model, Values, fetch, table_of
from stylistdesk.exchange.people import People, Person
from stylistdesk.exchange.records import ClientRef, Notice, Record, RefusedRow


@dataclass(slots=True)
class Store:
    """One import while it writes.

    `source` is whose ids the file's records carry; `buyers` are the clients whose orders changed, `orders` those
    orders; `seen` are the rows that the file has named so far by their own id; `disputed` are refs whose external id is
    another client's.
    """

    work: Work
    ledger: Ledger
    people: People
    source: str
    refused: list[RefusedRow] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    buyers: set[int] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    disputed: Collection[ClientRef] = ()
    _known_ids: set[str] | None = None

    def there(self, model: Model, column: str, keys: Iterable[str], **only: str) -> dict[str, Values]:
        """The rows of a table that the desk already has, by their key."""
        return {row[column]: row for row in fetch(self.ledger.session, model, column, keys, **only)}

    def refuse(self, record: Record, error: Refused) -> None:
        """Leave a record out, by the line on which it starts."""
        self.refused.append(RefusedRow(record.line, str(error)))

    def tell(self, line: int, text: str) -> None:
        """Say something of a row that goes in."""
        self.notices.append(Notice(line, text))

    def client(self, ref: ClientRef) -> Person:
        """The client of a new record, with the addresses and the id that it gives.

        Raises `Refused` if that cannot be told.
        """
        person = self.people.person(ref)
        self.people.know(person, ref)
        if ref.external_id and ref not in self.disputed:
            self.people.know_id(person, ref, self.known_ids)
        return person

    @property
    def known_ids(self) -> set[str]:
        """The clients' ids in the file's program that the desk knows."""
        if self._known_ids is None:
            table = table_of(ClientExternalId)
            rows = self.ledger.session.execute(select(table.c.external_id).where(table.c.source == self.source))
            self._known_ids = set(rows.scalars())
        return self._known_ids
