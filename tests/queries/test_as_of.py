"""R30: as of any date, a client's rows are as they were, whatever has been done and taken back since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command, Outcome, Work
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient, EditClient
from stylistdesk.commands.merging import MergeClients
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.triage import LogCall
from stylistdesk.commands.work import AddTask
from stylistdesk.db import tables as t
from stylistdesk.db.journal import journaled_tables
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskReadOnly, Refused
from stylistdesk.domain.types import OrderStatus
from stylistdesk.past import PastDesk
from stylistdesk.queries.as_of import _is_own, _parent, rows_as_of
from stylistdesk.queries.overview import client_overview
from tests.helpers import add_client, dump
from tests.torture import times

State = dict[str, list[tuple[object, ...]]]
CLIENTS = (1, 2, 3)


@dataclass(frozen=True)
class PlaceOrder:
    client_id: int
    number: int

    def apply(self, work: Work) -> Outcome:
        if work.session.get(t.Client, self.client_id) is None:
            raise Refused("gone")
        if work.session.exec(select(t.Order).where(t.Order.number == str(self.number))).first() is not None:
            raise Refused("there already")
        order = t.Order(
            client_id=self.client_id, source="shop", number=str(self.number), status=OrderStatus.PLACED,
            placed_at=work.now, currency="USD", subtotal_cents=100, shipping_cents=0, tax_cents=0, discount_cents=0,
            total_cents=100,
        )  # fmt: skip
        work.session.add(order)
        work.session.flush()
        assert order.id is not None
        work.session.add(t.OrderLine(order_id=order.id, position=1, name="Coat", quantity=1, price_cents=100))
        return Outcome("Placed")


@dataclass(frozen=True)
class ChangeLines:
    """Change or remove the lines of all orders of a client; add a brand that is nobody's."""

    client_id: int
    remove: bool

    def apply(self, work: Work) -> Outcome:
        orders = select(t.Order.id).where(t.Order.client_id == self.client_id)
        for line in work.session.exec(select(t.OrderLine).where(col(t.OrderLine.order_id).in_(orders))).all():
            line.quantity += 1
            if self.remove:
                work.session.delete(line)
        return Outcome("Changed lines")


@dataclass(frozen=True)
class RenameBrands:
    def apply(self, work: Work) -> Outcome:
        for brand in work.session.exec(select(t.Brand)):
            brand.note += "!"
        number = len(work.session.exec(select(t.Brand)).all())
        work.session.add(t.Brand(name=f"b{number}", name_key=f"b{number}"))
        return Outcome("Brands")


who = st.sampled_from(CLIENTS)
steps = st.one_of(
    st.builds(AddNote, who, st.sampled_from(["navy", "boots"])),
    st.builds(AddTask, who, st.just("swatch")),
    st.builds(LogCall, who, st.just("talked")),
    st.builds(EditClient, who, st.builds(ClientForm, st.sampled_from(["Ana", "Bea"]), phone=st.just("2125550101"))),
    st.builds(DeleteClient, who),
    st.builds(MergeClients, who, who),
    st.builds(PlaceOrder, who, st.integers(1, 99)),
    st.builds(ChangeLines, who, st.booleans()),
    st.builds(RenameBrands),
    st.sampled_from(["undo", "redo"]),
)


def hers(state: State, client_id: int) -> State:
    """What belongs to a client in a dump, and what belongs to nobody."""
    found: State = {}
    for table in journaled_tables():
        names = [column.name for column in table.columns]
        rows = state[table.name]
        if table.name == "client":
            rows = [row for row in rows if row[0] == client_id]
        elif _is_own(table):
            rows = [row for row in rows if row[names.index("client_id")] in (client_id, None)]
        found[table.name] = rows
    for table in journaled_tables():
        parent = None if _is_own(table) else _parent(table)
        if parent is not None:
            ids = {row[0] for row in found[parent[1]]}
            place = [column.name for column in table.columns].index(parent[0])
            found[table.name] = [row for row in state[table.name] if row[place] in ids]
    return found


@settings(max_examples=times(8))
@given(series=st.lists(steps, min_size=1, max_size=14))
def test_as_it_was_after_each_command(new_desk: Callable[[], Desk], series: list[Any]) -> None:
    with new_desk() as desk:
        clock = cast("FrozenClock", desk.clock)
        for name in ("Ana Ruiz", "Bea Okafor", "Cleo Marsh"):
            desk.do(AddClient(ClientForm(name)))
        states: list[tuple[datetime, State]] = [(clock.at, dump(desk))]
        for step in series:
            clock.at += timedelta(minutes=1)
            try:
                if step in ("undo", "redo"):
                    getattr(desk, step)()
                else:
                    desk.do(cast("Command", step))
            except Refused:
                pass
            states.append((clock.at, dump(desk)))
        for at, state in states:
            for client_id in CLIENTS:
                then = {
                    name: sorted((tuple(row) for row in rows), key=lambda row: row[0])
                    for name, rows in desk.ask(rows_as_of, client_id, at).items()
                }
                assert then == hers(state, client_id)


def test_every_question_is_answered_as_of_then(desk: Desk, clock: FrozenClock) -> None:
    ana = add_client(desk, "Ana Ruiz", phone="2125550101")
    desk.do(PlaceOrder(ana, 1042))
    then, page = clock.at, desk.ask(client_overview, ana, 4)
    clock.at += timedelta(days=30)
    desk.do(EditClient(ana, ClientForm("Ana Maria", phone="2125550199")))
    desk.do(AddNote(ana, "Loves navy"))
    desk.do(DeleteClient(ana))
    past = PastDesk(desk, ana, then)
    assert past.ask(client_overview, ana, 4) == page
    assert past.now() == then
    with pytest.raises(DeskReadOnly):
        past.do(AddNote(ana, "too late"))
    assert not PastDesk(desk, ana, clock.at).is_known
    assert not PastDesk(desk, ana, datetime(2020, 1, 1, tzinfo=UTC)).is_known
