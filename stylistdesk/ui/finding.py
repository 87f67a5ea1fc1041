"""Search (R43): the box is shown, and what was chosen in it is opened where it is."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from textual.screen import ModalScreen

from stylistdesk.domain.dates import say_short_day
from stylistdesk.ui.dialogs.picker import Picker
from stylistdesk.ui.dialogs.search import SearchBox
from stylistdesk.ui.lines import clip, fit

if TYPE_CHECKING:
    from stylistdesk.queries.search_told import Hit
    from stylistdesk.ui.app import StylistDesk
    from stylistdesk.ui.backoffice.screen import BackOffice
    from stylistdesk.ui.profile.screen import Profile
    from stylistdesk.ui.screens.appointments import AppointmentsDue


@dataclass(frozen=True, slots=True)
class Place:
    """A section of the profile or a task of the back office, and what its entries are called there."""

    title: str
    entry: str


IN_PROFILE = {
    "contact": Place("Contacts", "contact"),
    "order": Place("Orders", "order"),
    "note": Place("Notes", "note"),
    "message": Place("Conversation", "message"),
    "comment": Place("History", "signal"),
    "task": Place("Tasks", "task"),
    "follow_up": Place("Tasks", "follow_up"),
    "appointment": Place("Appointments", "appointment"),
    "session": Place("Appointments", "appointment"),
    "lookbook": Place("Lookbooks", "lookbook"),
    "place": Place("Locations", "location"),
    "attachment": Place("Attachments", "attachment"),
}
IN_BACK_OFFICE = {
    "certificate": Place("Certificates", "gift"),
    "return": Place("Returns", "return"),
    "event": Place("Shop links", "event"),
    "company_file": Place("Company files", "file"),
    "sign_up": Place("Sign-ups", "sign_up"),
}


PAGES = ("order", "certificate", "return", "event")
"""What has a page of its own, over where it is."""


async def search_and_open(program: "StylistDesk", mode: str = "") -> None:
    """Ask what to find, in this tab if one is named, and open it."""
    if mode:
        await program.action_tab(mode)
    try:
        hit: Hit | None = await program.push_screen_wait(SearchBox())
    finally:
        program.held_keys.let_go()
    if hit is not None:
        await open_hit(program, hit)


async def open_hit(program: "StylistDesk", hit: "Hit") -> None:
    """Open the thing itself, over the screen of the desk that is in sight; she goes back from it to the search."""
    searched = program.searched
    searched.turn += 1
    turn = searched.turn
    while isinstance(program.screen, ModalScreen):  # a page that the search was opened over
        await program.screen.dismiss(None)
    if hit.kind == "item":
        await _open_item(program, hit)
    elif hit.kind == "session":
        await _open_session(program, hit)
    elif hit.kind == "ticket":
        await _open_ticket(program, hit)
    elif hit.kind in IN_BACK_OFFICE:
        await _open_in_back_office(program, hit)
    elif hit.client_id is not None:
        await _open_in_profile(program, hit)
    else:
        program.tell(f"{hit.text or hit.title}: it is about no client.")
    if hit.kind in PAGES and turn == searched.turn and program.was_opened_by_search(program.screen):
        program.leave(program.screen)  # the page over it was left


async def _open_in_profile(program: "StylistDesk", hit: "Hit") -> None:
    from stylistdesk.ui.profile import order_jobs

    assert hit.client_id is not None
    place = IN_PROFILE.get(hit.kind, Place("", ""))
    title = "Emails" if hit.channel == "email" else place.title
    if title == "Appointments":
        _show_all_appointments(program, hit.client_id)
    await program.open_profile(hit.client_id, title)
    profile = cast("Profile", program.screen)
    program.searched.opened = profile
    if title:
        await profile.show_entry((place.entry, hit.id))
    if hit.kind == "order":
        await order_jobs.open_order(profile, hit.id)


def _show_all_appointments(program: "StylistDesk", client_id: int) -> None:
    """Or the one that was found may be of those that do not show."""
    from stylistdesk.ui.profile.appointments import Appointments
    from stylistdesk.ui.profile.sections import SECTIONS

    assert program.desk is not None
    for section in SECTIONS:
        if isinstance(section, Appointments):
            section.show_all(program.desk, client_id)


async def _open_session(program: "StylistDesk", hit: "Hit") -> None:
    """At its consultation among her appointments; where it has no time yet, among what is due."""
    from stylistdesk.queries.appointments import consultation_of

    assert program.desk is not None
    consultation = program.desk.ask(consultation_of, hit.id)
    if consultation is not None:
        await _open_in_profile(program, replace(hit, id=consultation))
    else:
        await program.action_tab("appointments")
        await cast("AppointmentsDue", program.screen).load(at_key=2 * hit.id)


async def _open_in_back_office(program: "StylistDesk", hit: "Hit") -> None:
    from stylistdesk.ui.backoffice import gift_jobs
    from stylistdesk.ui.backoffice.event_page import HostEventPage
    from stylistdesk.ui.return_jobs import show_page

    place, mode = IN_BACK_OFFICE[hit.kind], program.current_mode
    await program.action_tab("back_office")
    office = cast("BackOffice", program.screen)
    program.searched.opened, program.searched.mode = office, mode
    await office.show_entry(place.title, (place.entry, hit.id))
    if hit.kind == "certificate":
        await gift_jobs.open_gift(office, hit.id)
    elif hit.kind == "return":
        await show_page(office, hit.id)
    elif hit.kind == "event":
        await program.push_screen_wait(HostEventPage(hit.id))


async def _open_ticket(program: "StylistDesk", hit: "Hit") -> None:
    from stylistdesk.ui.screens.tickets import TicketsPage

    page = TicketsPage()
    page.begin_at = ("ticket", hit.id)
    await program.push_screen(page)
    program.searched.opened = page


async def _open_item(program: "StylistDesk", hit: "Hit") -> None:
    from stylistdesk.queries.items import newest_with, with_item

    desk = program.desk
    assert desk is not None
    name, clients = await asyncio.to_thread(desk.ask, with_item, hit.id)
    if not clients:
        program.tell(f"{name or 'It'}: no client has to do with it any more.")
        return
    today = program.local_now().date()
    choices = [
        (
            str(one.client_id),
            f"{fit(one.name, 19)}  {fit(one.did, 15)}  {say_short_day(one.on, today) if one.on else ''}",
        )
        for one in clients
    ]
    chosen: str | None = choices[0][0]
    if hit.client_id is not None:  # found beside her name
        chosen = str(hit.client_id)
    elif len(choices) > 1:
        chosen = await program.push_screen_wait(Picker(clip(name, 50), choices))
    if chosen is None:
        program.search_again()
        return
    newest = await asyncio.to_thread(desk.ask, newest_with, name, int(chosen))
    if newest is None:
        await program.open_profile(int(chosen))
        program.searched.opened = program.screen
    else:
        kind, id_ = newest
        await open_hit(program, replace(hit, kind=kind, id=id_, client_id=int(chosen)))
