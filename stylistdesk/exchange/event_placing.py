"""Into which event an order goes (R37, R41): found by the event's external id, then by its exact name."""

from collections.abc import Sequence

from sqlalchemy import select

from stylistdesk.db.tables import HostEvent, Order
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import name_key
from stylistdesk.exchange.ledger import Values, fetch, table_of
from stylistdesk.exchange.records import OrderRecord, PlacedIn
from stylistdesk.exchange.store import Store


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
        event = self._event(record.placed_in)
        if event["cancelled_at"] is not None:
            raise Refused(f"the event “{event['name']}” is cancelled; put the order into another")
        values: Values = {"event_id": event["id"]}
        if record.placed_in.is_host_order is not None:
            values["is_host_order"] = record.placed_in.is_host_order
        return values

    def _event(self, named: PlacedIn) -> Values:
        if named.external_id:
            for row in self._rows:
                if row["external_id"] == named.external_id:
                    return row
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
        """Put an order that is there into its event, and change nothing else. Raises `Refused` as `refuse_move`."""
        self.refuse_move(record, row, values)
        changes = {name: value for name, value in values.items() if row[name] != value}
        if self._store.ledger.update(Order, row["id"], changes, row["client_id"]):
            row |= changes
            self.tell_closed(record, changes)
        else:
            self._store.ledger.unchanged["order"] += 1

    def tell_closed(self, record: OrderRecord, values: Values) -> None:
        """Say so if the order has come into an event that is closed: what it earns its host may be another now."""
        for event in self._rows:
            if event["id"] == values.get("event_id") and event["closed_at"] is not None:
                self._store.tell(record.line, f"the event “{event['name']}” is closed; look at its rewards again")

    def refuse_move(self, record: OrderRecord, row: Values, values: Values) -> None:
        """Raises `Refused` for an order that is in another event: that one is moved, not imported (R41)."""
        there = row["event_id"]
        if there is not None and there != values.get("event_id", there):
            name = next((event["name"] for event in self._rows if event["id"] == there), "")
            raise Refused(f"order {record.number} is in the event “{name}”; move it under Moving orders")
