"""What the screens ask the desk, each with its answer's type. Called in threads: the queries bring in the database."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from stylistdesk.desk import Desk
    from stylistdesk.domain.consent import Answer, Sender
    from stylistdesk.domain.periods import Period
    from stylistdesk.domain.types import Channel, MessageKind
    from stylistdesk.exchange.whole_file import Handed
    from stylistdesk.queries.assignments import ToStart
    from stylistdesk.queries.clients import ClientCard, ClientList, Sort
    from stylistdesk.queries.consent import ConsentPage
    from stylistdesk.queries.daily_tasks import ClientPane, Queue, QueueRow
    from stylistdesk.queries.last_contact import LastContact
    from stylistdesk.queries.overview import ClientOverview
    from stylistdesk.queries.places import ContactRow, Pins, PlaceRow
    from stylistdesk.queries.profile import Header
    from stylistdesk.queries.sweep import Sweep, SweepRow
    from stylistdesk.queries.waiting import Waiting


def read_queue(desk: "Desk") -> "Queue":
    """The whole queue of Daily Tasks."""
    from stylistdesk.queries.daily_tasks import queue

    return desk.ask(queue)


def read_waiting(desk: "Desk") -> "tuple[Waiting, tuple[ToStart, ...]]":
    """What waits behind the other tabs, and the consultations that begin now and are not In Progress."""
    from stylistdesk.queries.assignments import to_start
    from stylistdesk.queries.waiting import waiting

    return desk.ask(waiting), desk.ask(to_start)


def read_rows(
    desk: "Desk", client_ids: tuple[int, ...], panes_of: tuple[int, ...] = ()
) -> "tuple[dict[int, QueueRow | None], dict[int, ClientPane]]":
    """The rows of these clients in the queue, `None` where one is not in it; and the right panes of those."""
    from stylistdesk.queries.daily_tasks import queue_row

    rows = {client_id: desk.ask(queue_row, client_id) for client_id in client_ids}
    return rows, read_panes(desk, panes_of)


def read_panes(desk: "Desk", client_ids: tuple[int, ...]) -> "dict[int, ClientPane]":
    """The right panes of these clients; those that are gone are left out."""
    from stylistdesk.queries.daily_tasks import client_pane

    asked = {client_id: desk.ask(client_pane, client_id) for client_id in client_ids}
    return {client_id: pane for client_id, pane in asked.items() if pane is not None}


def read_last_contact(desk: "Desk", client_id: int) -> "LastContact | None":
    """The last contact with a client (R28)."""
    from stylistdesk.queries.last_contact import last_contact

    return desk.ask(last_contact, client_id)


def count_recent_contacts(desk: "Desk", client_ids: tuple[int, ...]) -> int:
    """How many of these clients were contacted so lately that it warns."""
    from stylistdesk.queries.last_contact import recently_contacted

    return desk.ask(recently_contacted, client_ids)


def read_clients(desk: "Desk", sort: "Sort", words: str, offset: int, limit: int) -> "ClientList":
    """One page of all clients."""
    from stylistdesk.queries.clients import all_clients

    return desk.ask(all_clients, sort, words, offset, limit)


def read_card(desk: "Desk", client_id: int) -> "ClientCard | None":
    """What the form of a client shows."""
    from stylistdesk.queries.clients import client_card

    return desk.ask(client_card, client_id)


def read_address(desk: "Desk", client_id: int) -> str:
    """A client's name, primary email, phone and place, each on a line of its own; nothing if she is gone."""
    from stylistdesk.domain.text import say_phone
    from stylistdesk.queries.clients import client_card
    from stylistdesk.queries.places import places

    card = desk.ask(client_card, client_id)
    if card is None:
        return ""
    place = next((place.address for place in desk.ask(places, client_id) if place.is_primary), ())
    phone = say_phone(card.phone) if card.phone else ""
    return "\n".join(part for part in (card.name, card.company, card.email, phone, *place) if part)


def read_overview(desk: "Desk", client_id: int, most: int) -> "ClientOverview | None":
    """What the overview tells of a client beside her place in the queue, at most so many of each."""
    from stylistdesk.queries.overview import client_overview

    return desk.ask(client_overview, client_id, most)


def read_header(desk: "Desk", client_id: int) -> "Header | None":
    """What stands above every section of a client's profile."""
    from stylistdesk.queries.profile import header

    return desk.ask(header, client_id)


def read_answer(
    desk: "Desk", client_id: int, channel: "Channel", address: str, kind: "MessageKind", body: str
) -> "tuple[Answer, Sender]":
    """May she be written to there now, with a message of this kind in these words, and whom would it be from?"""
    from stylistdesk.queries.consent import judge_message

    return desk.ask(judge_message, client_id, channel, address, kind, body)


def dialled(number: str, country: str) -> str:
    """A number, typed as one reads it, as it is dialled from anywhere; what is none stays as it is."""
    from stylistdesk.commands.addresses import checked_phone
    from stylistdesk.domain.errors import Refused

    try:
        return checked_phone(number, country)
    except Refused:
        return number


def read_sender(desk: "Desk") -> tuple[str, str]:
    """The rep's mailing address and her province ("ON"), as she gave them."""
    from stylistdesk.queries.consent import sender_as_typed

    return desk.ask(sender_as_typed)


def read_recipients(desk: "Desk") -> tuple[str, ...]:
    """HQ's address, her ASM's name and address, customer service's, and the company's zone, as the rep gave them."""
    from stylistdesk.queries.tickets import recipients

    found = desk.ask(recipients)
    return found.hq_email, found.asm_name, found.asm_email, found.service_email, found.company_zone


def read_consent(desk: "Desk", client_id: int) -> "ConsentPage | None":
    """Each address of a client with what is judged of it, and the consent ledger."""
    from stylistdesk.queries.consent import consent_page

    return desk.ask(consent_page, client_id)


def write_proof(desk: "Desk", client_id: int, channel: "Channel", address: str) -> "Path":
    """Write the proof of consent for one address into the desk's exports, and say where."""
    from stylistdesk.exchange.proof import write_proof
    from stylistdesk.queries.proof import proof_of

    return write_proof(desk.paths.exports, desk.ask(proof_of, client_id, channel, address), desk.zone)


def write_whole_file(desk: "Desk", client_id: int, folder: "Path") -> "Handed":
    """Write everything the desk has of a client into a folder."""
    from stylistdesk.exchange.whole_file import gather, write_whole_file

    return write_whole_file(folder, desk.ask(gather, client_id), desk.paths.attachments)


def whom_her_file_names(desk: "Desk", client_id: int, most: int) -> tuple[str, ...]:
    """Which other clients the words in her whole file name, at most so many of them."""
    from stylistdesk.queries.whole_file import whom_it_names

    return desk.ask(whom_it_names, client_id, most)


def what_erasing_does(desk: "Desk", client_id: int) -> list[str]:
    """What it would do to erase a client, a sentence each."""
    from stylistdesk.queries.erasing import erasing_lines, what_erasing_does

    return erasing_lines(desk.ask(what_erasing_does, client_id, desk.paths))


def read_pins(desk: "Desk") -> "Pins":
    """The pins of the map."""
    from stylistdesk.queries.places import map_pins

    return desk.ask(map_pins)


def read_places(desk: "Desk", client_id: int) -> "tuple[PlaceRow, ...]":
    """The places of a client."""
    from stylistdesk.queries.places import places

    return desk.ask(places, client_id)


def read_contacts(desk: "Desk", client_id: int) -> "tuple[ContactRow, ...]":
    """The contacts of a client."""
    from stylistdesk.queries.places import contacts

    return desk.ask(contacts, client_id)


def read_sweep(desk: "Desk", period: "Period") -> "Sweep":
    """Who did anything in the period; the signals, which take longest, are counted beside the rest."""
    from concurrent.futures import ThreadPoolExecutor

    from stylistdesk.queries.sweep import signals_of, sweep

    with ThreadPoolExecutor(1) as aside:
        signals = aside.submit(desk.ask, signals_of, period)
        return desk.ask(sweep, period, signals.result)


def arrange_sweep(found: "Sweep", sort: str, words: str, shown: "Callable[[SweepRow], str]") -> "Sweep":
    """The clients of a sweep who have these words, with the sums over them, in an order of `SweepSort`."""
    from stylistdesk.queries.sweep import SweepSort, arranged, summed

    return summed(found.period, arranged(found.rows, SweepSort(sort), words, shown))


def read_sweep_bars(desk: "Desk", period: "Period", client_ids: "Sequence[int]") -> dict[int, tuple[int, ...]]:
    """How much each of these clients did in each part of the period."""
    from stylistdesk.queries.sweep import sweep_bars

    return desk.ask(sweep_bars, period, client_ids)
