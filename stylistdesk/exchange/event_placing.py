"""Into which event an order goes (R37, R41): found by the event's external id, or by the code that the desk gave one
that was made here, then by its exact name.
"""

from collections.abc import Sequence
from itertools import chain

from sqlalchemy import select

from stylistdesk.commands.host_events import OURS, check_order_day
from stylistdesk.db.tables import HostEvent, Order, OrderLine
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.gifts import sells_gift
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.ledger import Values, fetch, table_of
from stylistdesk.exchange.records import OrderRecord, PlacedIn
from stylistdesk.exchange.store import Store

NO_GIFTS = "a gift certificate is never sold in an event; sell it under Certificates"


class Events:
    """The desk's events, and its orders of other programs that have the number of one of some records."""

    def __init__(self, records: Sequence[OrderRecord], store: Store) -> None:
        self._store = store
        self._rows: list[Values] = []
        self._elsewhere: dict[str, list[Values]] = {}
        placed = [record for record in records if record.placed_in is not None]
        if not placed:
            return
        self._rows = [dict(row) for row in store.ledger.session.execute(select(table_of(HostEvent))).mappings()]
        for row in fetch(store.ledger.session, Order, "number", [record.number for record in placed]):
            if row["source"].partition(" ")[0] != store.source:
                self._elsewhere.setdefault(row["number"], []).append(row)

    def values(self, record: OrderRecord) -> Values:
        """What the file says of the order's event, as columns. Raises `Refused` for an event that cannot be found."""
        if record.placed_in is None:
            return {}
        values: Values = {"event_id": self._event(record.placed_in)["id"]}
        if record.placed_in.is_host_order is not None:
            values["is_host_order"] = record.placed_in.is_host_order
        return values

    def _event(self, named: PlacedIn) -> Values:
        if named.external_id:
            theirs = (row for row in self._rows if row["external_id"] == named.external_id)
            ours = (row for row in self._rows if row["source"] == OURS and row["code"] == named.external_id)
            if (event := next(chain(theirs, ours), None)) is not None:
                return event
        key = name_key(named.name)
        found = [row for row in self._rows if key and name_key(row["name"]) == key]
        if len(found) > 1:
            raise Refused(f"{len(found)} events are called “{named.name}”; give the row the event_external_id of one")
        if not found:
            said = f"“{named.name}”" if named.name else f"with the id {named.external_id}"
            raise Refused(f"there is no event {said}; import the events first, or add it under Shop links")
        return found[0]

    def elsewhere(self, record: OrderRecord) -> Values | None:
        """The order of another program, or one that was typed in, that the record puts into its event.

        Raises `Refused` if several have its number.
        """
        rows = self._elsewhere.get(record.number, [])
        if len(rows) > 1:
            sources = ", ".join(row["source"] for row in rows)
            raise Refused(f"the desk has {len(rows)} orders {record.number} ({sources}); put the right one in by hand")
        return rows[0] if rows else None

    def put(self, record: OrderRecord, row: Values, values: Values) -> None:
        """Put an order that is there into its event, and change nothing else. Raises `Refused` as `check` does."""
        self.check(record, row, values)
        changes = {name: value for name, value in values.items() if row[name] != value}
        if self._store.ledger.update(Order, row["id"], changes, row["client_id"]):
            row |= changes
        else:
            self._store.ledger.unchanged["order"] += 1

    def check(self, record: OrderRecord, row: Values | None, values: Values) -> None:
        """Whether the order, new or as it is in `row`, may come into the event; what is in it already stays there.

        Raises `Refused` for an order of another event, which is moved and not imported (R41), for a sale of nothing
        but gift certificates (R36), and for a guest's order of a day on which the event's window was not open. A host
        orders when it is over.
        """
        wanted, there = values.get("event_id"), row["event_id"] if row is not None else None
        if wanted is None or there == wanted:
            return
        if there is not None:
            name = next((event["name"] for event in self._rows if event["id"] == there), "")
            raise Refused(f"order {record.number} is in the event “{name}”; move it under Moving orders")
        if row is not None:
            lines = fetch(self._store.ledger.session, OrderLine, "order_id", [row["id"]])
            if lines and all(sells_gift(line["name"]) for line in lines):
                raise Refused(f"order {record.number}: {NO_GIFTS}")
        if not values.get("is_host_order"):
            placed_at = row["placed_at"] if row is not None else record.placed_at
            check_order_day(self._store.work, wanted, placed_at.astimezone(self._store.work.zone).date())
