"""Files out (R46): a registry of what can be written, and the one way in which a file reaches the disk.

A new export is a function and a row in `EXPORTS`. What is written is private to the rep (0600), whole or not there, and
takes the place of nothing unless that was asked for.
"""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.client_table import table_text
from stylistdesk.exchange.export_cards import cards_text
from stylistdesk.exchange.export_company import addresses_text, files_text, sign_ups_text
from stylistdesk.exchange.export_gifts import gifts_text, moves_text
from stylistdesk.exchange.export_ics import calendar_text, freebusy_text
from stylistdesk.exchange.export_moves import order_moves_text
from stylistdesk.exchange.export_orders import card_payments_text, event_orders_text
from stylistdesk.exchange.export_returns import returns_text
from stylistdesk.exchange.export_rewards import adjustments_text, host_orders_text, ledgers_text, tiers_text
from stylistdesk.exchange.export_sales import brands_text, rates_text
from stylistdesk.exchange.host_events import events_text
from stylistdesk.exchange.our_uids import desk_mark
from stylistdesk.exchange.templates import templates_text
from stylistdesk.paths import PRIVATE_FILE, DeskPaths, write_private
from stylistdesk.queries.asking import Asking
from stylistdesk.queries.busy import busy_between
from stylistdesk.queries.company_files import company_files
from stylistdesk.queries.exports import clients_for_export
from stylistdesk.queries.exports_of_calendar import calendar_for_export
from stylistdesk.queries.exports_of_events import host_events_for_export
from stylistdesk.queries.exports_of_gifts import gift_moves_for_export, gifts_for_export
from stylistdesk.queries.exports_of_orders import card_payments_for_export, event_lines_for_export
from stylistdesk.queries.exports_of_rewards import adjustments_for_export, tiers_for_export
from stylistdesk.queries.exports_of_sales import brands_for_export, rates_for_export
from stylistdesk.queries.host_rewards import event_ledgers, host_orders
from stylistdesk.queries.moves import moves_page
from stylistdesk.queries.returns import returns
from stylistdesk.queries.sign_ups import sign_ups
from stylistdesk.queries.templates import own_templates
from stylistdesk.queries.working_hours import working_hours

FREE_FOR = timedelta(weeks=13)
"""So far ahead a file of free and busy time tells."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file as it is to be written, and how many things it holds."""

    content: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Export:
    """Something that can be written: `make` is asked of the desk, with the ids of some clients or None for all.

    `of` is what is counted in it: "client", "rate". `holds` says what goes into it, where its name does not.
    What is not `read_back` is for a spreadsheet only: no import takes it.
    """

    name: str
    label: str
    suffix: str
    make: Callable[[Asking, Sequence[int] | None], Exported]
    aliases: tuple[str, ...] = ()
    of: str = "client"
    holds: str = ""
    read_back: bool = True

    @property
    def about(self) -> str:
        """What a file is called if nobody says."""
        return self.name if self.of != "client" else "clients"

    @property
    def nothing_in_it(self) -> Refused:
        """What to say when there is nothing to write."""
        return Refused(f"There are no {self.of}s to export.", field="what", hint=self.holds)


def _cards(asking: Asking, ids: Sequence[int] | None, *, version: int) -> Exported:
    clients = clients_for_export(asking, ids)
    return Exported(cards_text(clients, version).encode(), len(clients))


def _table(asking: Asking, ids: Sequence[int] | None) -> Exported:
    clients = clients_for_export(asking, ids)
    return Exported(table_text(clients, asking.zone).encode(), len(clients))


def _brands(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = brands_for_export(asking, ids)
    return Exported(brands_text(rows).encode(), len(rows))


def _rates(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = rates_for_export(asking, ids)
    return Exported(rates_text(rows).encode(), len(rows))


def _events(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = host_events_for_export(asking, ids)
    return Exported(events_text(rows, asking.zone).encode(), len(rows))


def _event_orders(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = event_lines_for_export(asking, ids)
    return Exported(event_orders_text(rows, asking.zone).encode(), len(rows))


def _host_rewards(asking: Asking, ids: Sequence[int] | None) -> Exported:
    """The ledgers of all events, or of those that these clients host."""
    ledgers = tuple(one for one in event_ledgers(asking) if ids is None or one.event.host_id in ids)
    return Exported(ledgers_text(ledgers, asking.currency).encode(), len(ledgers))


def _host_orders(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = tuple(row for row in host_orders(asking) if ids is None or row.client_id in ids)
    return Exported(host_orders_text(rows, asking.currency).encode(), len(rows))


def _card_payments(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = card_payments_for_export(asking, ids)
    return Exported(card_payments_text(rows).encode(), len(rows))


def _order_moves(asking: Asking, ids: Sequence[int] | None) -> Exported:
    page = moves_page(asking, most=None).of_clients(ids)
    return Exported(order_moves_text(page, asking.zone).encode(), page.count)


def _gifts(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = gifts_for_export(asking, ids)
    return Exported(gifts_text(rows, asking.zone).encode(), len(rows))


def _gift_moves(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = gift_moves_for_export(asking, ids)
    return Exported(moves_text(rows, asking.zone).encode(), len(rows))


def _company_files(asking: Asking, _ids: Sequence[int] | None) -> Exported:
    """The documents and return addresses; whose clients are meant makes no difference to them."""
    known = company_files(asking)
    return Exported(files_text(known).encode(), len(known.files) + len(known.addresses))


def _return_addresses(asking: Asking, _ids: Sequence[int] | None) -> Exported:
    known = company_files(asking)
    return Exported(addresses_text(known).encode(), len(known.addresses))


def _returns(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = tuple(row for row in returns(asking, most=None) if ids is None or row.client_id in ids)
    return Exported(returns_text(rows, asking.zone).encode(), len(rows))


def _reward_tiers(asking: Asking, _ids: Sequence[int] | None) -> Exported:
    """The tiers; whose clients are meant makes no difference to them."""
    rows = tiers_for_export(asking)
    return Exported(tiers_text(rows, asking.currency).encode(), len(rows))


def _reward_adjustments(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = adjustments_for_export(asking, ids)
    return Exported(adjustments_text(rows, asking.currency).encode(), len(rows))


def _sign_ups(asking: Asking, ids: Sequence[int] | None) -> Exported:
    rows = [row for row in sign_ups(asking, judged=False) if ids is None or row.client_id in ids]
    return Exported(sign_ups_text(rows, asking.zone).encode(), len(rows))


def _templates(asking: Asking, _ids: Sequence[int] | None) -> Exported:
    """Her own; whose clients are meant makes no difference to them."""
    rows = own_templates(asking)
    return Exported(templates_text(rows).encode(), len(rows))


def _calendar(asking: Asking, ids: Sequence[int] | None) -> Exported:
    found = calendar_for_export(asking, ids)
    count = len(found.appointments) + len(found.follow_ups) + len(found.events) + len(found.shop_days)
    return Exported(calendar_text(found, desk_mark(asking.session), asking.zone, asking.now), count)


def _freebusy(asking: Asking, _ids: Sequence[int] | None) -> Exported:
    """From this morning on; whose clients they are makes no difference to when the rep has time."""
    since = start_of_day(asking.now.astimezone(asking.zone).date(), asking.zone)
    until = since + FREE_FOR
    working = tuple(working_hours(asking).between(since, until, asking.zone))
    return Exported(*freebusy_text(busy_between(asking, since, until), working, since, until, asking.now))


_HOLDS = (
    "This file holds appointments, follow-ups, shop windows and the events that you made here; those of other "
    "calendars are there already. For all the time that is taken, write free/busy (--format freebusy)."
)
_IN_EVENTS = "This file holds the orders that are in an event, line by line; the others have no event to name."

EXPORTS: tuple[Export, ...] = (
    Export("vcard4", "vCard 4", ".vcf", partial(_cards, version=4), ("vcard", "vcf")),
    Export("vcard3", "vCard 3", ".vcf", partial(_cards, version=3)),
    Export("vcard2", "vCard 2", ".vcf", partial(_cards, version=2)),
    Export("clients", "CSV", ".csv", _table, ("csv",)),
    Export("brands", "brands", ".csv", _brands, of="row"),
    Export("commission_rates", "rates", ".csv", _rates, ("rates", "commissionrates"), of="rate"),
    Export("host_events", "events", ".csv", _events, ("events", "shoplinks"), of="event"),
    Export("event_orders", "orders of events", ".csv", _event_orders, ("eventorders",), of="line", holds=_IN_EVENTS),
    Export("host_rewards", "host rewards", ".csv", _host_rewards, ("rewards",), of="event", read_back=False),
    Export("host_orders", "host orders", ".csv", _host_orders, ("hostorders",), of="host order", read_back=False),
    Export("card_payments", "card payments", ".csv", _card_payments, ("cardpayments",), of="payment", read_back=False),
    Export("calendar", "calendar", ".ics", _calendar, ("ics", "icalendar", "ical"), of="event", holds=_HOLDS),
    Export("free_busy", "free/busy", ".ics", _freebusy, ("freebusy", "ifb"), of="span"),
    Export("order_moves", "moves of orders", ".csv", _order_moves, ("ordermoves", "moves"), of="move", read_back=False),
    Export("gift_certificates", "certificates", ".csv", _gifts, ("gifts", "giftcertificates", "certificates"),
           of="certificate", read_back=False),
    Export("gift_movements", "movements of certificates", ".csv", _gift_moves, ("giftmovements",), of="movement",
           read_back=False),
    Export("company_files", "company files", ".csv", _company_files, ("companyfiles",), of="row", read_back=False),
    Export("returns", "returns", ".csv", _returns, of="return", read_back=False),
    Export("reward_tiers", "reward tiers", ".csv", _reward_tiers, ("rewardtiers", "tiers"), of="tier", read_back=False),
    Export("reward_adjustments", "adjustments of rewards", ".csv", _reward_adjustments,
           ("rewardadjustments", "adjustments"), of="adjustment", read_back=False),
    Export("return_addresses", "return addresses", ".csv", _return_addresses, ("returnaddresses",), of="row",
           read_back=False),
    Export("templates", "message templates", ".csv", _templates, ("messagetemplates",), of="template",
           holds="This file holds those that you wrote or hid; the others come with every desk."),
    Export("sign_ups", "sign-ups", ".csv", _sign_ups, ("signups",), of="sign-up", read_back=False),
)  # fmt: skip


def export_for(path: Path, name: str | None = None) -> Export:
    """What is meant by the name, or else by the file's ending. Raises `Refused` if that is nothing."""
    wanted = clean(name or "").casefold().replace(" ", "").replace("-", "")
    for known in EXPORTS:
        if wanted in (known.name, *known.aliases) if wanted else path.suffix.casefold() == known.suffix:
            return known
    said = f"There is no export “{wanted[:40]}”." if wanted else f"{path.name} does not say what to write."
    endings = " or ".join(dict.fromkeys(known.suffix for known in EXPORTS))
    raise Refused(said, hint=f"End the name in {endings}, or use --format with {_names()}.")


def _names() -> str:
    return ", ".join(known.name for known in EXPORTS)


def file_name(about: str, suffix: str) -> str:
    """A file's name that says what is in it: nothing in it can lead out of its folder."""
    plain = re.sub(r"[^\w.-]+", "-", clean(about, limit=60)).strip("-.")
    return f"{plain or 'clients'}{suffix}"


def save(target: Path, content: bytes, *, force: bool, paths: DeskPaths) -> Path:
    """Write the file, and give its path. Raises `Refused` for a file that is there, or that is the desk's own."""
    target = target.expanduser().absolute()
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", hint="Make it first.")
    target = target.parent.resolve() / target.name
    if _is_the_desks(target, paths):
        raise Refused(f"{target.name} is the desk's own.", hint="Choose another folder or name.")
    if target.is_dir():
        raise Refused(f"{target} is a folder.", hint="Give the file a name in it.")
    if os.path.lexists(target):
        if not force:
            raise Refused(f"{target.name} is there already.", hint="Use --force to write over it, or another name.")
    else:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))  # nobody else can take it now
        try:
            write_private(target, content)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target
    write_private(target, content)
    return target


def _is_the_desks(target: Path, paths: DeskPaths) -> bool:
    own = paths.data_dir.resolve()
    if target in (paths.settings.resolve(), paths.lock.resolve()):
        return True
    if target.parent == own and target.name.startswith(paths.database.name):
        return True
    return any(folder.resolve() in target.parents for folder in (paths.backups, paths.inbox, paths.reports))
