"""Places and contacts: exactly one is primary where there is any, whatever is done and taken back (R23, R24)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import update

from stylistdesk.commands import postcodes
from stylistdesk.commands.check import CheckDesk
from stylistdesk.commands.clients import ClientForm, EditClient
from stylistdesk.commands.contacts import AddContact, ContactForm, EditContact, MakeContactPrimary, RemoveContact
from stylistdesk.commands.places import (
    AddLocation,
    EditLocation,
    LocationForm,
    MakeLocationPrimary,
    PlaceAll,
    RemoveLocation,
)
from stylistdesk.db.tables import Location, OptOut
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import NotUndoable, Refused
from stylistdesk.domain.positions import Position
from stylistdesk.domain.types import Channel, ConsentState, EmailStatus
from stylistdesk.queries.history import history
from stylistdesk.queries.places import ContactRow, PlaceRow, contacts, map_pins, places
from tests.commands.doing import Do
from tests.helpers import add_client, dump
from tests.torture import times

SOHO = Position(40_725_500, -73_998_300)


@pytest.fixture(autouse=True)
def a_small_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two postcodes are known, whatever is installed."""
    known = {("10012", "US"): SOHO, ("11201", "US"): Position(40_694_000, -73_990_300)}
    monkeypatch.setattr(postcodes, "position_of", lambda postcode, country: known.get((postcode, country)))


def places_of(desk: Desk, client_id: int = 1) -> tuple[PlaceRow, ...]:
    return desk.ask(places, client_id)


def contacts_of(desk: Desk, client_id: int = 1) -> tuple[ContactRow, ...]:
    return desk.ask(contacts, client_id)


def test_the_first_place_is_primary_and_later_ones_are_not(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddLocation(ana, LocationForm("Home", city="New York")))
    desk.do(AddLocation(ana, LocationForm("Office", city="Brooklyn")))
    assert [(row.name, row.is_primary) for row in places_of(desk)] == [("Home", True), ("Office", False)]
    desk.do(AddLocation(ana, LocationForm("Studio", city="Queens"), primary=True))
    assert [row.name for row in places_of(desk) if row.is_primary] == ["Studio"]


def test_removing_the_primary_place_asks_for_the_next_one(desk: Desk) -> None:
    ana = add_client(desk)
    home, office, studio = (desk.do(AddLocation(ana, LocationForm(n))).value for n in ("Home", "Office", "Studio"))
    before = dump(desk)
    with pytest.raises(Refused, match="Which place is primary then") as no:
        desk.do(RemoveLocation(home))
    assert no.value.field == "next"
    assert dump(desk) == before
    outcome = desk.do(RemoveLocation(home, next_id=studio))
    assert outcome.label == "Removed Home of Ana Ruiz; Studio is primary now"
    assert [(row.id, row.is_primary) for row in places_of(desk)] == [(office, False), (studio, True)]
    desk.do(RemoveLocation(studio))  # only one stays: nothing to ask
    assert [(row.id, row.is_primary) for row in places_of(desk)] == [(office, True)]
    desk.do(RemoveLocation(office))
    assert places_of(desk) == ()
    for _ in range(3):
        desk.undo()
    assert dump(desk) == before


def test_the_next_primary_must_be_another_place_of_hers(desk: Desk) -> None:
    ana, bea = add_client(desk), add_client(desk, "Bea Okafor")
    home = desk.do(AddLocation(ana, LocationForm("Home"))).value
    desk.do(AddLocation(ana, LocationForm("Office")))
    elsewhere = desk.do(AddLocation(bea, LocationForm("Home"))).value
    for wrong in (home, elsewhere, 99):
        with pytest.raises(Refused, match="not one of those that stay"):
            desk.do(RemoveLocation(home, next_id=wrong))


def test_the_database_lets_no_two_be_primary(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com")
    for name in ("Home", "Office"):
        desk.do(AddLocation(ana, LocationForm(name)))
        desk.do(AddContact(ana, ContactForm(name)))
    for table in ("location", "contact"):
        with closing(sqlite3.connect(desk.paths.database)) as other, pytest.raises(sqlite3.IntegrityError):
            other.execute(f"UPDATE {table} SET is_primary = 1")


def test_the_database_ends_no_transaction_without_a_primary_one(desk: Desk) -> None:
    """Whatever writes: a place or contact of hers is primary, or none of it is kept. In between, none may be."""
    ana = add_client(desk, email="ana@example.com")
    for name in ("Home", "Office"):
        desk.do(AddLocation(ana, LocationForm(name)))
        desk.do(AddContact(ana, ContactForm(name)))
    before = dump(desk)
    for table in ("location", "contact"):
        for statement in (
            f"UPDATE {table} SET is_primary = 0",
            f"DELETE FROM {table} WHERE is_primary",
            f"UPDATE {table} SET client_id = {add_client(desk, table)} WHERE NOT is_primary",
        ):
            with closing(sqlite3.connect(desk.paths.database, isolation_level=None)) as other:
                other.execute("PRAGMA foreign_keys = ON")
                other.execute("BEGIN IMMEDIATE")
                other.execute(statement)
                with pytest.raises(sqlite3.IntegrityError):
                    other.execute("COMMIT")
                other.execute("ROLLBACK")
                other.execute("BEGIN IMMEDIATE")
                other.execute(f"UPDATE {table} SET is_primary = 0")
                other.execute(f"UPDATE {table} SET is_primary = 1 WHERE id = (SELECT max(id) FROM {table})")
                other.execute(f"UPDATE {table} SET is_primary = 0")
                other.execute(f"UPDATE {table} SET is_primary = 1 WHERE id = (SELECT min(id) FROM {table})")
                other.execute("COMMIT")
    after = dump(desk)
    assert {name: after[name] for name in ("location", "contact", "primary_wanted")} == {
        name: before[name] for name in ("location", "contact", "primary_wanted")
    }
    assert desk.do(CheckDesk()).value.repaired == ()


def test_an_undo_that_would_leave_no_primary_one_is_refused(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddLocation(ana, LocationForm("Home")))
    home = desk.ask(history)[0].id
    desk.do(AddLocation(ana, LocationForm("Office")))
    before = dump(desk)
    with pytest.raises(NotUndoable, match=r"“Added Office of Ana Ruiz” \(today 9:42\) depends on"):
        desk.undo(home)
    assert dump(desk) == before


def test_a_place_needs_something_said_of_it(desk: Desk) -> None:
    ana = add_client(desk)
    with pytest.raises(Refused, match="Nothing is said"):
        desk.do(AddLocation(ana, LocationForm(country="US")))
    with pytest.raises(Refused, match="is no position") as no:
        desk.do(AddLocation(ana, LocationForm("Home", position="over there")))
    assert no.value.field == "position"
    with pytest.raises(Refused, match="no longer on the desk"):
        desk.do(AddLocation(99, LocationForm("Home")))


def test_a_place_is_put_on_the_map_by_its_postcode_or_as_typed(desk: Desk) -> None:
    ana = add_client(desk)
    home = desk.do(AddLocation(ana, LocationForm("Home", postcode="10012"))).value
    place = places_of(desk)[0]
    assert (place.position, place.position_from) == (SOHO, "postcode")
    desk.do(EditLocation(home, LocationForm("Home", postcode="10012", position="48.8566 N, 2.3522 E")))
    place = places_of(desk)[0]
    assert (place.position, place.position_from) == (Position(48_856_600, 2_352_200), "typed")
    desk.do(EditLocation(home, LocationForm("Home", postcode="10012")))
    assert places_of(desk)[0].position == SOHO
    desk.do(EditLocation(home, LocationForm("Home", postcode="H2W 1S4", country="CA")))
    assert (places_of(desk)[0].position, places_of(desk)[0].position_from) == (None, "")


def test_a_position_stays_where_the_table_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = add_client(desk)
    home = desk.do(AddLocation(ana, LocationForm("Home", postcode="10012"))).value
    monkeypatch.setattr(postcodes, "position_of", lambda postcode, country: None)
    desk.do(EditLocation(home, LocationForm("Her home", postcode="10012")))
    assert places_of(desk)[0].position == SOHO
    desk.do(EditLocation(home, LocationForm("Her home", postcode="11201")))
    assert places_of(desk)[0].position is None


def test_all_clients_are_put_on_the_map_in_one_step(desk: Desk) -> None:
    forms = (
        LocationForm("Home", postcode="10012", position="1, 2"),
        LocationForm("Home", city="Somewhere"),
        LocationForm("Home", postcode="99999"),
        LocationForm("Home", postcode="99999", country="CA"),
    )
    for number, form in enumerate(forms, 1):
        desk.do(AddLocation(add_client(desk, f"Client {number}"), form))
    found = desk.ask(map_pins)
    assert (len(found.pins), found.without, found.with_postcode) == (1, 3, 2)
    before = dump(desk)
    outcome = desk.do(PlaceAll(lambda postcode, country: SOHO if country == "US" else None))
    assert (outcome.label, outcome.value) == ("Put 1 place on the map", (1, 2))
    assert [(pin.name, pin.position) for pin in desk.ask(map_pins).pins] == [
        ("Client 1", Position(1_000_000, 2_000_000)),
        ("Client 3", SOHO),
    ]
    desk.undo()
    assert dump(desk) == before
    assert not desk.do(PlaceAll(lambda postcode, country: None)).changed


def test_only_the_primary_place_is_a_pin(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(AddLocation(ana, LocationForm("Home", city="New York", region="NY", position="40.7, -74")))
    office = desk.do(AddLocation(ana, LocationForm("Office", city="Brooklyn", position="40.6, -73.9"))).value
    assert [(pin.place, pin.city) for pin in desk.ask(map_pins).pins] == [("Home", "New York NY")]
    desk.do(MakeLocationPrimary(office))
    assert [pin.place for pin in desk.ask(map_pins).pins] == ["Office"]


def test_an_order_outlives_the_place_it_went_to(desk: Desk) -> None:
    ana = add_client(desk)
    home = desk.do(AddLocation(ana, LocationForm("Home"))).value
    with closing(sqlite3.connect(desk.paths.database)) as other:
        columns = {row[1]: row for row in other.execute('PRAGMA table_info("appointment")')}
        filled = {"client_id": ana, "location_id": home, "starts_at": "2026-11-21 10:00:00"}
        for name, row in columns.items():
            if row[3] and row[4] is None and name not in filled and name != "id":
                filled[name] = 0 if "INT" in row[2] or "BOOL" in row[2] else "2026-11-21 10:00:00"
        other.execute(f"INSERT INTO appointment ({', '.join(filled)}) VALUES ({', '.join('?' * len(filled))})",
                      tuple(filled.values()))  # fmt: skip
        other.commit()
    desk.do(RemoveLocation(home))
    assert [row[0] for row in dump(desk)["appointment"]] == [1]
    desk.undo()
    assert places_of(desk)[0].id == home


# ------------------------------------------------------------------- contacts


def test_contacts_have_checked_addresses(desk: Desk) -> None:
    ana = add_client(desk)
    with pytest.raises(Refused, match="is no email address") as no:
        desk.do(AddContact(ana, ContactForm("Ana", email="ana at home")))
    assert no.value.field == "email"
    with pytest.raises(Refused, match="too short for a phone number") as no:
        desk.do(AddContact(ana, ContactForm("Ana", phone="12")))
    assert no.value.field == "phone"
    with pytest.raises(Refused, match="Nothing is said"):
        desk.do(AddContact(ana, ContactForm(title="buyer")))
    desk.do(AddContact(ana, ContactForm("Ana", "buyer", "Ana@Example.com", "(212) 555-0101")))
    only = contacts_of(desk)[0]
    assert (only.phone, only.is_primary, only.email_status, only.email_consent) == (
        "+12125550101",
        True,
        EmailStatus.ACTIVE,
        ConsentState.NEVER_ASKED,
    )


def test_an_email_is_one_clients_and_a_phone_may_be_shared(desk: Desk) -> None:
    ana, bea = add_client(desk, email="ana@example.com", phone="+12125550101"), add_client(desk, "Bea Okafor")
    with pytest.raises(Refused, match="belongs to Ana Ruiz"):
        desk.do(AddContact(bea, ContactForm("Bea", email="ANA@example.com")))
    desk.do(AddContact(bea, ContactForm("Bea", phone="+12125550101")))
    desk.do(AddContact(ana, ContactForm("Her husband", email="ana@example.com")))
    assert len(contacts_of(desk, ana)) == 2


def test_an_address_that_opted_out_stays_unsubscribed(desk: Desk) -> None:
    ana = add_client(desk)
    desk.do(Do(lambda work: work.session.add(
        OptOut(channel=Channel.EMAIL, address="ana@example.com", source="a form", recorded_at=work.now))))  # fmt: skip
    desk.do(Do(lambda work: work.session.add(
        OptOut(channel=Channel.TEXT, address="+12125550101", source="a form", recorded_at=work.now))))  # fmt: skip
    told = desk.do(AddContact(ana, ContactForm("Ana", email="Ana@example.com", phone="212 555 0101")))
    assert "opted out and stays unsubscribed" in told.label
    only = contacts_of(desk)[0]
    assert only.email_status is EmailStatus.UNSUBSCRIBED
    assert (only.email_consent, only.text_consent) == (ConsentState.UNSUBSCRIBED, ConsentState.UNSUBSCRIBED)
    with pytest.raises(Refused, match="has opted out"):
        desk.do(EditContact(only.id, ContactForm("Ana", email="ana@example.com", email_status=EmailStatus.ACTIVE)))
    with pytest.raises(Refused, match="is on record"):
        form = ContactForm("Ana", email="ana@example.com", email_consent=ConsentState.NEVER_ASKED)
        desk.do(EditContact(only.id, replace(form, email_status=EmailStatus.UNSUBSCRIBED)))
    desk.do(EditContact(only.id, ContactForm("Ana", email="other@example.com")))
    changed = contacts_of(desk)[0]
    assert (changed.email_status, changed.email_consent) == (EmailStatus.ACTIVE, ConsentState.NEVER_ASKED)
    assert desk.do(CheckDesk()).value.problems == ()


def test_consent_changed_in_the_form_is_in_the_ledger(desk: Desk) -> None:
    ana = add_client(desk)
    asked = ContactForm("Ana", email="ana@example.com", email_consent=ConsentState.SUBSCRIBED)
    with pytest.raises(Refused, match="evidence") as no:
        desk.do(AddContact(ana, asked))
    assert no.value.field == "evidence"
    before = dump(desk)
    desk.do(AddContact(ana, replace(asked, evidence="On the phone, yes to new looks")))
    only = contacts_of(desk)[0]
    assert (only.email_status, only.email_consent) == (EmailStatus.ACTIVE, ConsentState.SUBSCRIBED)
    assert [row for row in dump(desk)["consent"] if "On the phone, yes to new looks" in row]
    left = ContactForm("Ana", email="ana@example.com", email_status=EmailStatus.UNSUBSCRIBED)
    told = desk.do(EditContact(only.id, left))
    assert told.label.endswith("ana@example.com has opted out")
    gone = contacts_of(desk)[0]
    assert (gone.email_status, gone.email_consent) == (EmailStatus.UNSUBSCRIBED, ConsentState.UNSUBSCRIBED)
    assert len(dump(desk)["consent"]) == 2
    assert [row for row in dump(desk)["opt_out"] if "ana@example.com" in row]
    back = replace(left, email_consent=ConsentState.SUBSCRIBED, evidence="Asked me in the shop")
    desk.do(EditContact(only.id, back))
    again = contacts_of(desk)[0]
    assert (again.email_status, again.email_consent) == (EmailStatus.ACTIVE, ConsentState.SUBSCRIBED)
    desk.do(EditContact(only.id, replace(asked, name="Ana R.", email="new@example.com")))
    assert contacts_of(desk)[0].email_consent is ConsentState.NEVER_ASKED, "the new address was never asked"
    desk.do(EditContact(only.id, ContactForm("Ana", email="ana@example.com")))
    assert contacts_of(desk)[0].email_consent is ConsentState.SUBSCRIBED, "the ledger knows it"
    assert desk.do(CheckDesk()).value.problems == ()
    for _ in range(5):
        desk.undo()
    now = dump(desk)
    assert {name: rows for name, rows in now.items() if name != "consent"} == {
        name: rows for name, rows in before.items() if name != "consent"
    }


def test_a_bounced_address_keeps_its_consent(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com")
    first = contacts_of(desk)[0].id
    desk.do(EditContact(first, ContactForm("Ana", email="ana@example.com", email_status=EmailStatus.BOUNCED)))
    assert (contacts_of(desk, ana)[0].email_status, contacts_of(desk, ana)[0].email_consent) == (
        EmailStatus.BOUNCED,
        ConsentState.NEVER_ASKED,
    )
    with pytest.raises(Refused, match="no address"):
        desk.do(AddContact(ana, ContactForm("Her office", email_consent=ConsentState.SUBSCRIBED, evidence="yes")))


def test_the_form_of_the_client_edits_her_primary_contact(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com", phone="+12125550101")
    second = desk.do(AddContact(ana, ContactForm("Her office", "assistant", "office@example.com"), primary=True)).value
    desk.do(EditClient(ana, ClientForm("Ana Ruiz", email="front@example.com", phone="+12125550109")))
    other, first = contacts_of(desk)
    assert (first.id, first.email, first.phone, first.title) == (
        second, "front@example.com", "+12125550109", "assistant")  # fmt: skip
    assert other.email == "ana@example.com"


def test_removing_the_primary_contact_asks_too(desk: Desk) -> None:
    ana = add_client(desk, email="ana@example.com")
    husband = desk.do(AddContact(ana, ContactForm("Her husband", phone="+12125550102"))).value
    office = desk.do(AddContact(ana, ContactForm("Her office", email="office@example.com"))).value
    first = next(row.id for row in contacts_of(desk) if row.is_primary)
    with pytest.raises(Refused, match="Which contact is primary then"):
        desk.do(RemoveContact(first))
    desk.do(RemoveContact(first, next_id=office))
    assert [(row.id, row.is_primary) for row in contacts_of(desk)] == [(husband, False), (office, True)]


# ---------------------------------------------------------------- any order

STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add primary", "edit", "remove", "primary", "undo", "redo"]),
              st.integers(0, 4), st.integers(0, 4)),
    max_size=14,
)  # fmt: skip


@pytest.mark.parametrize("kind", ["location", "contact"])
@given(steps=STEPS)
@settings(max_examples=times(12), deadline=None)
def test_there_is_one_primary_whatever_is_done(
    new_desk: Callable[[], Desk], kind: str, steps: list[tuple[str, int, int]]
) -> None:
    with new_desk() as desk:
        for name in ("Ana Ruiz", "Bea Okafor"):
            add_client(desk, name)
        for step, one, two in steps:
            rows = [
                row for client in (1, 2) for row in (places_of if kind == "location" else contacts_of)(desk, client)
            ]
            try:
                _step(desk, kind, step, [row.id for row in rows], one, two)
            except (Refused, NotUndoable):
                continue
            for client in (1, 2):
                hers = (places_of if kind == "location" else contacts_of)(desk, client)
                assert sum(row.is_primary for row in hers) == bool(hers)
        assert desk.preview(CheckDesk()).value.repaired == ()


def _step(desk: Desk, kind: str, step: str, ids: list[int], one: int, two: int) -> None:
    here = kind == "location"
    client = 1 + one % 2
    row, other = (ids[one % len(ids)], ids[two % len(ids)]) if ids else (99, 99)
    if step in ("undo", "redo"):
        if step == "undo" and ids:  # never the clients themselves
            desk.undo()
        elif step == "redo":
            desk.redo()
    elif step.startswith("add"):
        primary = step == "add primary"
        desk.do(
            AddLocation(client, LocationForm(f"Place {two}"), primary)
            if here
            else AddContact(client, ContactForm(f"One {two}", phone=f"+1212555010{two}"), primary)
        )
    elif step == "edit":
        desk.do(EditLocation(row, LocationForm("Edited")) if here else EditContact(row, ContactForm("Edited")))
    elif step == "primary":
        desk.do(MakeLocationPrimary(row) if here else MakeContactPrimary(row))
    else:
        desk.do(RemoveLocation(row, other) if here else RemoveContact(row, other))


@pytest.mark.parametrize("country", ["CA", "ca", "Canada", "USA", "U.S.A.", "UK", "England", "Netherlands", ""])
def test_a_country_that_there_is_may_be_typed_in_several_ways(desk: Desk, country: str) -> None:
    desk.do(AddLocation(add_client(desk), LocationForm("Home", country=country)))


def test_a_country_that_there_is_not_is_refused_but_an_imported_one_stays(desk: Desk) -> None:
    ana = add_client(desk)
    with pytest.raises(Refused, match="“Ruritania” is no country") as no:
        desk.do(AddLocation(ana, LocationForm("Home", country="Ruritania")))
    assert no.value.field == "country"
    home = int(desk.do(AddLocation(ana, LocationForm("Home"))).value)
    desk.do(Do(lambda work: work.session.exec(update(Location).values(country="Estados Unidos"))))
    before = dump(desk)
    desk.do(EditLocation(home, LocationForm("House", country="Estados Unidos")))
    assert places_of(desk)[0].country == "Estados Unidos"
    desk.undo()
    assert dump(desk) == before
    with pytest.raises(Refused):
        desk.do(EditLocation(home, LocationForm("House", country="Estados")))
