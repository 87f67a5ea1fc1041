"""Consent (R24, R25): each address with what is judged of it today, what outside lists must do, and the ledger."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.consent import LASTING, Answer, say_date
from stylistdesk.domain.spoken_dates import parse_day, parse_past_day
from stylistdesk.domain.text import say_phone, typed_phone
from stylistdesk.domain.types import Channel, ConsentGround, ConsentState, EmailStatus
from stylistdesk.ui import asking, words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, clip, fit, line, width_of, wrap
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.consent import AddressLine, ConsentPage, LedgerLine, ObligationLine
    from stylistdesk.ui.profile.screen import Profile

GROUNDS = (
    (ConsentGround.EXPRESS.value, "express"),
    (ConsentGround.INQUIRY.value, "inquiry"),
    (ConsentGround.PURCHASE.value, "bought"),
    (ConsentGround.CONTRACT.value, "contract"),
    (ConsentGround.SUBSCRIPTION.value, "member"),
)
STATUSES = tuple((status.value, status.value) for status in EmailStatus)
INDENT, DATED = 3, 17


class Consent(Section["ConsentPage | None"]):
    """The cursor goes over her addresses, then over the ledger: `a` records a consent, `delete` an opt-out."""

    TITLE = "Consent"
    SCOPE = Scope.CONSENT
    LABELS: ClassVar[Mapping[str, str]] = {"remove": "Opt out"}
    ADDS = "a consent, once she has an address"

    def read(self, desk: "Desk", client_id: int) -> "ConsentPage | None":
        return asking.read_consent(desk, client_id)

    # ---------------------------------------------------------------- showing

    def entries(self, known: "ConsentPage | None", look: Look) -> list[Entry]:
        if known is None or not (known.addresses or known.ledger):
            return []
        shown = [Entry(((Piece(" May she be written to?", "label"),),))]
        shown += [_address(address, look) for address in known.addresses]
        if known.obligations:
            shown.append(Entry(((Piece(" To be taken off lists", "label"),),)))
            shown += [_obligation(one, look) for one in known.obligations]
            shown.append(Entry((BLANK,)))
        shown.append(Entry(((Piece(" The ledger, newest first", "label"),),)))
        if not known.ledger:
            shown.append(Entry(((Piece("   Nothing is on record; her orders count all the same.", "quiet"),),)))
        shown += [_ledger(entry, look) for entry in known.ledger]
        return shown

    # ------------------------------------------------------------ what keys do

    async def add(self, profile: "Profile") -> None:
        """Record on what ground an address may be written to."""
        page: ConsentPage | None = profile.known
        if page is None or not page.addresses:
            profile.tell("She has no address yet.", bad=True)
            return
        today = profile.look.here.today
        at_hand = _at(profile, profile.key_at_hand) if profile.key_at_hand else None
        unlawful = next((one for one in page.addresses if not one.answer.lawful), page.addresses[0])
        await self._record(profile, at_hand or unlawful, today)

    async def open(self, profile: "Profile", key: Key) -> None:
        """On an address, record a consent for it; on an entry, show it in full."""
        address = _at(profile, key)
        if address is not None:
            await self._record(profile, address, profile.look.here.today)
        elif (entry := _entry_at(profile, key)) is not None:
            from stylistdesk.ui.dialogs.ledger import LedgerEntry

            await profile.app.push_screen_wait(LedgerEntry(entry, profile.look.here))

    async def _record(self, profile: "Profile", address: "AddressLine", today: date) -> None:
        country = profile.desk.country if profile.desk is not None else ""
        hers = {typed_phone(one.address, country) for one in profile.known.addresses}

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.consent import RecordConsent

            ground, ends = ConsentGround(values["ground"]), values["ends_on"].strip()
            return RecordConsent(
                profile.client_id,
                Channel.EMAIL if "@" in values["address"] else Channel.TEXT,
                values["address"],
                ground,
                parse_past_day(values["happened_on"], today),
                values["evidence"],
                parse_day(ends, today) if ends and ground in LASTING else None,
            )

        await profile.fill_in(
            f"Record a consent of {profile.known.name}",
            [
                Field(
                    "address", "Address", typed_phone(address.address, country),
                    hint=f"one of hers: {', '.join(sorted(hers))}",
                ),
                Field("ground", "Ground", ConsentGround.EXPRESS.value, choices=GROUNDS),
                Field(
                    "happened_on", "On", "today", hint="when it was; of a contract, when it began",
                    understood=lambda typed: say_date(parse_past_day(typed, today)),
                ),
                Field(
                    "ends_on", "Ends", hint="of a contract or membership; empty while it is in force",
                    understood=lambda typed: say_date(parse_day(typed, today)) if typed.strip() else "",
                ),
                Field("evidence", "Evidence", hint="how she said it, where, and to what", lines=3),
            ],
            make,
            draft=f"consent:{profile.client_id}",
            about=((Piece("A purchase with an order on the desk counts by itself.", "quiet"),), BLANK),
        )  # fmt: skip

    async def edit(self, profile: "Profile", key: Key) -> None:
        """What became of an email address: Active, Unsubscribed, Bounced, Invalid."""
        address = _at(profile, key)
        if address is None or address.channel is not Channel.EMAIL:
            said = "The ledger only grows." if address is None else "Only an email address has a status."
            profile.tell(said, bad=True)
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.consent import SetEmailStatus

            return SetEmailStatus(address.contact_id, EmailStatus(values["status"]))

        await profile.fill_in(
            f"Status of {clip(address.address, 40)}",
            [
                Field("status", "Status", address.status.value, choices=STATUSES),
            ],
            make,
        )

    async def remove(self, profile: "Profile", key: Key) -> None:
        """She opted out: asks when and how, then suppresses the address everywhere."""
        address = _at(profile, key)
        if address is None:
            undo = profile.program.keymap_of_desk.shown("undo")
            profile.tell(f"The ledger only grows; {undo} takes back what was done last.", bad=True)
            return
        today = profile.look.here.today

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.consent import WithdrawConsent

            return WithdrawConsent(
                profile.client_id,
                address.channel,
                address.address,
                values["evidence"],
                parse_past_day(values["happened_on"], today),
            )

        said = ["Nothing commercial goes there any more, whosever address it is."]
        if address.lists:
            said.append(f"{' and '.join(address.lists)}: a task to take it off within 10 business days.")
        await profile.fill_in(
            f"Opt out {clip(say_phone(address.address), 40)}",
            [
                Field(
                    "happened_on", "On", "today", hint="when she said so",
                    understood=lambda typed: say_date(parse_past_day(typed, today)),
                ),
                Field("evidence", "How", hint="for example: replied STOP; may be empty", lines=2),
            ],
            make,
            about=(
                *((Piece(part),) for one in said for part in wrap(one, 64)),
                BLANK,
            ),
        )  # fmt: skip

    async def prove(self, profile: "Profile", key: Key | None) -> None:
        """Write all that proves her consent for this address into one file."""
        desk, page = profile.desk, profile.known
        address = _at(profile, key) if key else None
        if address is None and page is not None and page.addresses:
            address = page.addresses[0]
        if desk is None or address is None:
            profile.tell("She has no address yet.", bad=True)
            return
        path = await asyncio.to_thread(asking.write_proof, desk, profile.client_id, address.channel, address.address)
        profile.program.tell(f"Wrote {path}.", after="It holds her data: hand it to nobody but those who may ask.")


def _at(profile: "Profile", key: Key) -> "AddressLine | None":
    """The address under the cursor."""
    kind, contact_id = key
    addresses: tuple[AddressLine, ...] = profile.known.addresses if profile.known else ()
    return next((one for one in addresses if (one.channel.value, one.contact_id) == (kind, contact_id)), None)


def _entry_at(profile: "Profile", key: Key) -> "LedgerLine | None":
    entries: tuple[LedgerLine, ...] = profile.known.ledger if profile.known else ()
    return next((entry for entry in entries if key == ("ledger", entry.id)), None)


def _address(one: "AddressLine", look: Look) -> Entry:
    """An address: its state, the answer with the ground and its last lawful day, and what is missing."""
    answer, room = one.answer, look.width - INDENT
    shown = say_phone(one.address)
    whose = "" if one.is_primary else f"  {one.contact or 'another contact'}"
    said, how = words.CONSENT[one.state]
    status = one.status.value if one.channel is Channel.EMAIL and one.status is not EmailStatus.ACTIVE else ""
    after = line(
        Piece(f"{clip(whose, 16)}  ", "quiet"),
        Piece(said, how),
        Piece(f", {status}" if status and status != said else "", "late"),
    )
    head = line(
        Piece(fit(f" {one.channel.value}", 7), "label"),
        Piece(clip(shown, max(8, look.width - 7 - width_of(after))), "strong"),
        *after,
    )
    lines: list[Line] = [head, *_wrapped(answer.reason, room, "good" if answer.lawful else "late")]
    # The strongest of each other kind: a regular's ten purchases say no more than her last.
    kinds = {ground.kind: ground for ground in reversed(answer.grounds) if ground.proven}
    others = [ground.words for kind, ground in kinds.items() if answer.ground and kind is not answer.ground.kind]
    if others:
        lines += _wrapped(f"also {'; '.join(others)}", room)
    if answer.remedy:
        lines += _wrapped(answer.remedy, room)
    missing = _missing(answer, look)
    if missing:
        lines += _wrapped(missing, room)
    if one.lists:
        lines += _wrapped(f"on {', '.join(one.lists)}", room)
    return Entry((*lines, BLANK), (one.channel.value, one.contact_id))


def _missing(answer: Answer, look: Look) -> str:
    if not answer.missing:
        return ""
    key = f" ({look.shown('sender')})" if "your mailing address" in answer.missing else ""
    return f"missing: {', '.join(answer.missing)}{key}"


def _wrapped(said: str, room: int, how: str = "quiet") -> list[Line]:
    return [(Piece(" " * INDENT), Piece(part, how)) for part in wrap(said, max(10, room - 1))]


def _obligation(one: "ObligationLine", look: Look) -> Entry:
    if one.done_at is not None:
        when = Piece(f"done {words.day(look.here.day(one.done_at), look.here.today)}", "good")
    else:
        by = words.day(one.due_on, look.here.today) if one.due_on else "some time"
        late = one.due_on is not None and one.due_on < look.here.today
        when = Piece(f"by {by}", "late" if late else "")
    return Entry((line(Piece(f"   {clip(one.description, max(10, look.width - 26))}  "), when),))


def _ledger(entry: "LedgerLine", look: Look) -> Entry:
    """An entry: when it was written, what it says, and the evidence below."""
    when = words.day(look.here.day(entry.recorded_at), look.here.today)
    shown = say_phone(entry.address)
    room = max(10, look.width - DATED - 1)
    first, *rest = wrap(said_by(entry), room)
    beside = not rest and width_of((Piece(f"{first}  {shown}"),)) <= room
    head = line(
        Piece(fit(f" {when}", DATED), "quiet"),
        Piece(first, "late" if entry.state is ConsentState.UNSUBSCRIBED else "strong"),
        Piece(f"  {shown}" if beside else "", "quiet"),
    )
    below = [*rest, *([] if beside else wrap(shown, room))]
    for told in filter(None, (entry.evidence, f"{entry.source}, {entry.hash[:12]}")):
        below += wrap(told, room)[:4]
    lines = [(Piece(" " * DATED), Piece(part, "quiet")) for part in below]
    return Entry((head, *lines), ("ledger", entry.id))


def said_by(entry: "LedgerLine") -> str:
    """What an entry says, in a few words: "express consent of 3 Mar 2026"."""
    if entry.state is ConsentState.UNSUBSCRIBED:
        on = f" on {say_date(entry.happened_on)}" if entry.happened_on else ""
        return f"opted out{on}"
    if entry.ground is None:
        return words.CONSENT[entry.state][0]
    name = "express consent" if entry.ground is ConsentGround.EXPRESS else entry.ground.value
    since = f" of {say_date(entry.happened_on)}" if entry.happened_on else ""
    return f"{name}{since}" + (f", until {say_date(entry.ends_on)}" if entry.ends_on else "")
