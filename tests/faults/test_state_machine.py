"""Any order of commands, undo, redo, restart, backup, restore and import: the model and the database agree."""

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.base import Command
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import AddClient, ClientForm, DeleteClient, EditClient
from stylistdesk.commands.consent import RecordConsent, WithdrawConsent
from stylistdesk.commands.contacts import MakeContactPrimary
from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.commands.follow_ups import ScheduleFollowUp
from stylistdesk.commands.merging import MarkDistinct, MergeClients
from stylistdesk.commands.notes import AddNote
from stylistdesk.commands.orders import AddOrderSummary, AddPurchaseOrder, EditOrder, OrderForm
from stylistdesk.commands.places import AddLocation, LocationForm, RemoveLocation
from stylistdesk.commands.rates import ReRate, SetRate
from stylistdesk.commands.sales import AddCreditMemo, CancelOrder, ShipOrder
from stylistdesk.commands.triage import CompleteFollowUp, DismissRule, LogCall, LogMessage, SnoozeClient
from stylistdesk.commands.work import AddTask
from stylistdesk.desk import Desk
from stylistdesk.domain.commission import RateKey
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.order_lines import TypedLine
from stylistdesk.domain.types import BasisPoints, Cents, Channel, ConsentGround, MessageKind, RateScope
from stylistdesk.exchange.importing import ImportFile
from stylistdesk.exchange.recognise import recognise
from stylistdesk.queries.daily_tasks import queue, queue_row
from tests.conftest import NOW
from tests.faults.every_command import Drawing, command_classes
from tests.helpers import dump
from tests.torture import times

State = dict[str, list[tuple[object, ...]]]
who = st.integers(1, 4)
addresses = st.sampled_from(["ana@example.com", "bea@example.com"])
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)


class DeskMachine(RuleBasedStateMachine):
    """The model: every state there was, in order, and which of them is the present one."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stylistdesk-machine-"))
        self.clock = FrozenClock(NOW)
        self.desk = Desk.open(self.folder / "desk", clock=self.clock)
        self.desk.do(SetUpDesk("Ola Berg", "America/New_York", "USD"))
        (self.folder / "letter.txt").write_text("Dear Ana")
        self.stored = self.desk.keep_file(self.folder / "letter.txt")
        self.states: list[State] = [dump(self.desk)]
        self.at = 0
        self.files = 0
        self.backup: str | None = None
        self.backup_state: State = {}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            shutil.rmtree(self.folder)

    def do(self, command: Command) -> None:
        """A command adds a state; a refused one, and one that changes nothing, adds none."""
        before = dump(self.desk)
        try:
            self.desk.do(command)
        except Refused:
            assert dump(self.desk) == before
            return
        after = dump(self.desk)
        if after != before:
            del self.states[self.at + 1 :]
            self.states.append(after)
            self.at += 1

    @rule(name=words, email=st.sampled_from(["", "ana@example.com", "bea@example.com", "nonsense"]))
    def add_client(self, name: str, email: str) -> None:
        self.do(AddClient(ClientForm(name, email=email)))

    @rule(client=who, name=words)
    def edit_client(self, client: int, name: str) -> None:
        self.do(EditClient(client, ClientForm(name)))

    @rule(client=who, name=words, primary=st.booleans())
    def add_place(self, client: int, name: str, primary: bool) -> None:
        self.do(AddLocation(client, LocationForm(name), primary))

    @rule(place=who, heir=who)
    def remove_place(self, place: int, heir: int) -> None:
        self.do(RemoveLocation(place, heir))

    @rule(contact=who)
    def make_contact_primary(self, contact: int) -> None:
        self.do(MakeContactPrimary(contact))

    @rule(client=who)
    def delete_client(self, client: int) -> None:
        self.do(DeleteClient(client))

    @rule(client=who, other=who)
    def merge(self, client: int, other: int) -> None:
        self.do(MergeClients(client, other))

    @rule(client=who, other=who)
    def tell_apart(self, client: int, other: int) -> None:
        if client != other:
            self.do(MarkDistinct(client, other))

    @rule(client=who, text=words)
    def add_note(self, client: int, text: str) -> None:
        self.do(AddNote(client, text))

    @rule(client=who, text=words, days=st.integers(-1, 5))
    def add_task(self, client: int, text: str, days: int) -> None:
        self.do(AddTask(client, text, (NOW + timedelta(days=days)).date()))

    @rule(client=who, days=st.integers(0, 3))
    def schedule(self, client: int, days: int) -> None:
        self.do(ScheduleFollowUp(client, Channel.TEXT, (NOW + timedelta(days=days)).date(), "as promised"))

    @rule(client=who, text=words)
    def call(self, client: int, text: str) -> None:
        self.do(LogCall(client, "answered", text))

    @rule(client=who, address=addresses, ground=st.sampled_from(ConsentGround), days=st.integers(0, 3), text=words)
    def consent(self, client: int, address: str, ground: ConsentGround, days: int, text: str) -> None:
        day = (NOW - timedelta(days=days)).date()
        self.do(RecordConsent(client, Channel.EMAIL, address, ground, day, text))

    @rule(client=who, address=addresses)
    def opt_out(self, client: int, address: str) -> None:
        self.do(WithdrawConsent(client, Channel.EMAIL, address))

    @rule(client=who, address=addresses, text=words, kind=st.sampled_from([MessageKind.COMMERCIAL, MessageKind.ORDER]))
    def write(self, client: int, address: str, text: str, kind: MessageKind) -> None:
        """An opt-out is never written to with anything commercial."""
        out = (address,) in [row[2:3] for row in dump(self.desk)["opt_out"]]
        before = len(dump(self.desk)["message"])
        self.do(LogMessage(client, Channel.EMAIL, address, "", text, kind))
        if out and kind is MessageKind.COMMERCIAL:
            assert len(dump(self.desk)["message"]) == before

    @rule(client=who, hours=st.integers(-1, 48))
    def snooze(self, client: int, hours: int) -> None:
        self.do(SnoozeClient(client, NOW + timedelta(hours=hours)))

    @rule(client=who)
    def deal_with(self, client: int) -> None:
        """What `d` does: the suggestion at hand is done, and the watermark moves to what was seen."""
        row = self.desk.ask(queue_row, client)
        if row is not None:
            self.do(CompleteFollowUp(client, row.last_signal_id, rule=row.next.rule, subject=row.next.subject))

    @rule(client=who)
    def dismiss(self, client: int) -> None:
        row = self.desk.ask(queue_row, client)
        if row is not None:
            self.do(DismissRule(client, row.next.rule, row.next.subject, "not now"))

    @rule(client=who, dollars=st.integers(0, 500), brand=st.sampled_from(["", "Alder", "Nordhem"]))
    def add_order(self, client: int, dollars: int, brand: str) -> None:
        self.do(AddOrderSummary(client, OrderForm(NOW.date(), Cents(dollars * 100 + 1), brand)))

    @rule(client=who, pieces=st.integers(1, 3), cents=st.integers(0, 9999))
    def add_purchase_order(self, client: int, pieces: int, cents: int) -> None:
        lines = (TypedLine("Coat", pieces, Cents(cents)), TypedLine("Scarf", 1, Cents(3333)))
        self.do(AddPurchaseOrder(client, OrderForm(NOW.date(), lines=lines)))

    @rule(
        order=who,
        names=st.lists(st.sampled_from(["Coat", "Scarf", "Hat"]), min_size=1, max_size=3),
        cents=st.integers(0, 9999),
        rate=st.none() | st.integers(0, 2000),
    )
    def edit_lines(self, order: int, names: list[str], cents: int, rate: int | None) -> None:
        own = None if rate is None else BasisPoints(rate)
        first, *others = (TypedLine(name, 1, Cents(cents)) for name in names)
        lines = (replace(first, rate=own), *others)
        self.do(EditOrder(order, OrderForm(NOW.date(), Cents(cents), lines=lines)))

    @rule(order=who, cents=st.none() | st.integers(1, 9999))
    def ship(self, order: int, cents: int | None) -> None:
        self.do(ShipOrder(order, NOW.date(), None if cents is None else Cents(cents)))

    @rule(order=who, cents=st.none() | st.integers(1, 9999))
    def cancel(self, order: int, cents: int | None) -> None:
        self.do(CancelOrder(order, None if cents is None else Cents(cents)))

    @rule(order=who, cents=st.integers(1, 9999), reopens=st.booleans())
    def credit(self, order: int, cents: int, reopens: bool) -> None:
        self.do(AddCreditMemo(order, Cents(cents), NOW.date(), reopens))

    @rule(client=who, order=who, points=st.integers(0, 2000), scope=st.sampled_from(["rep", "client", "order"]))
    def set_rate(self, client: int, order: int, points: int, scope: str) -> None:
        keys = {
            "rep": RateKey(RateScope.REP),
            "client": RateKey(RateScope.CLIENT, client_id=client),
            "order": RateKey(RateScope.ORDER, client_id=client, order_id=order),
        }
        self.do(SetRate(keys[scope], BasisPoints(points)))

    @rule(order=who)
    def re_rate(self, order: int) -> None:
        self.do(ReRate((order,)))

    @rule(
        rows=st.lists(
            st.tuples(
                st.integers(1, 6),
                st.sampled_from(["ana", "bea", "cleo"]),
                st.sampled_from(["hearted", "commented", "added_to_cart", "received", "nonsense"]),
                st.integers(0, 90),
            ),
            max_size=6,
        )
    )
    def import_activity(self, rows: list[tuple[int, str, str, int]]) -> None:
        self.files += 1
        file = self.folder / f"activity-{self.files}.jsonl"
        lines = [
            {
                "external_id": f"s{number}",
                "occurred_at": (NOW - timedelta(days=days)).isoformat(),
                "client_email": f"{name}@example.com",
                "client_name": name.title(),
                "kind": kind,
            }
            for number, name, kind, days in rows
        ]
        file.write_text("\n".join(json.dumps(line) for line in lines))
        try:
            source = recognise(file)
        except Refused:
            return
        before = dump(self.desk)
        told = self.desk.preview(ImportFile(source)).value
        assert dump(self.desk) == before
        self.do(ImportFile(source))
        again: Any = self.desk.preview(ImportFile(source)).value
        assert not again.created and not again.updated
        assert sum(told.created.values()) >= 0

    @rule(name=st.sampled_from(sorted(command_classes())), seed=st.integers(0, 2**20))
    def any_command(self, name: str, seed: int) -> None:
        """Of the back office, the templates and all else: whatever class of commands there is."""
        now = dump(self.desk)
        ids = {table: [int(str(row[0])) for row in rows if str(row[0]).isdigit()] for table, rows in now.items()}
        drawing = Drawing(Random(seed), lambda table: ids[table], self.folder, self.stored)
        self.do(drawing.command(command_classes()[name]))

    @rule()
    def undo(self) -> None:
        if self.at == 0:
            return
        self.desk.undo()
        self.at -= 1

    @rule()
    def redo(self) -> None:
        try:
            self.desk.redo()
        except NotUndoable:
            assert self.at == len(self.states) - 1
        else:
            self.at += 1

    @rule()
    def restart(self) -> None:
        self.desk.close()
        self.desk = Desk.open(self.folder / "desk", clock=self.clock)

    @rule()
    def back_up(self) -> None:
        self.clock.at += timedelta(seconds=1)
        self.backup, self.backup_state = self.desk.back_up().name, dump(self.desk)
        self.at_backup = (list(self.states), self.at)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        self.desk.close()
        self.clock.at += timedelta(seconds=1)
        Desk.restore(self.desk.paths, self.backup or "", clock=self.clock)
        self.desk = Desk.open(self.folder / "desk", clock=self.clock)
        self.states, self.at = list(self.at_backup[0]), self.at_backup[1]

    @invariant()
    def the_model_and_the_database_agree(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert dump(self.desk) == self.states[self.at]
        found = self.desk.ask(queue)
        for row in found.rows:
            assert sum(term.points for term in row.standing.terms) == row.standing.points
        report = self.desk.preview(CheckDesk()).value
        assert report.problems == () and report.repaired == ()


DeskMachine.TestCase.settings = settings(max_examples=times(8), stateful_step_count=times(25, 3), deadline=None)
TestDeskMachine = DeskMachine.TestCase
