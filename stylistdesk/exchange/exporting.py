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
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from stylistdesk.domain.dates import start_of_day
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.exchange.client_table import client_table
from stylistdesk.exchange.export_cards import cards_text
from stylistdesk.exchange.export_company import (
    ADDRESS_COLUMNS,
    FILE_COLUMNS,
    SIGN_UP_COLUMNS,
    addresses_table,
    files_table,
    sign_ups_table,
)
from stylistdesk.exchange.export_gifts import GIFTS, MOVES, gifts_table, moves_table
from stylistdesk.exchange.export_ics import calendar_text, freebusy_text
from stylistdesk.exchange.export_moves import COLUMNS as ORDER_MOVES
from stylistdesk.exchange.export_moves import order_moves_table
from stylistdesk.exchange.export_orders import CARD_COLUMNS, card_payments_table, event_orders_table
from stylistdesk.exchange.export_returns import COLUMNS as RETURNS
from stylistdesk.exchange.export_returns import returns_table
from stylistdesk.exchange.export_rewards import (
    ADJUSTMENT_COLUMNS,
    HOST_ORDER_COLUMNS,
    LEDGER_COLUMNS,
    TIER_COLUMNS,
    adjustments_table,
    host_orders_table,
    ledgers_table,
    tiers_table,
)
from stylistdesk.exchange.export_sales import brands_table, rates_table
from stylistdesk.exchange.export_sweep import COLUMNS as SWEEP
from stylistdesk.exchange.host_events import events_table
from stylistdesk.exchange.lists import (
    METRICS,
    QUEUE,
    Told,
    listed_table,
    metrics_table,
    queue_table,
    statement_of_year,
    sweep_of_month,
)
from stylistdesk.exchange.our_uids import desk_mark
from stylistdesk.exchange.spreadsheet import write_csv
from stylistdesk.exchange.statement import COLUMNS as STATEMENT
from stylistdesk.exchange.templates import templates_table
from stylistdesk.paths import PRIVATE_FILE, DeskPaths, private_file
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
from stylistdesk.queries.lists import LISTS
from stylistdesk.queries.moves import moves_page
from stylistdesk.queries.returns import returns
from stylistdesk.queries.sign_ups import sign_ups
from stylistdesk.queries.templates import own_templates
from stylistdesk.queries.working_hours import working_hours

T = TypeVar("T")

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
    What is not `read_back` is for a spreadsheet only: no import takes it. What has a `table` is a list with these
    `columns`, and can be written as a workbook too.
    """

    name: str
    label: str
    suffix: str
    make: Callable[[Asking, Sequence[int] | None], Exported]
    aliases: tuple[str, ...] = ()
    of: str = "client"
    holds: str = ""
    read_back: bool = True
    table: "Callable[[Asking, Sequence[int] | None], Told] | None" = None
    columns: Sequence[str] = ()

    @property
    def about(self) -> str:
        """What a file is called if nobody says."""
        return "clients" if self.suffix == ".vcf" else self.name

    @property
    def names(self) -> frozenset[str]:
        """By what it is asked for, in small letters and without spaces and hyphens."""
        return frozenset((self.name, self.name.replace("_", ""), *self.aliases))

    @property
    def nothing_in_it(self) -> Refused:
        """What to say when there is nothing to write."""
        return Refused(f"There are no {self.of}s to export.", field="what", hint=self.holds)


def _cards(asking: Asking, ids: Sequence[int] | None, *, version: int) -> Exported:
    clients = clients_for_export(asking, ids)
    return Exported(cards_text(clients, version).encode(), len(clients))


def _table(asking: Asking, ids: Sequence[int] | None) -> Told:
    clients = clients_for_export(asking, ids)
    return client_table(clients, asking.zone), len(clients)


def _brands(asking: Asking, ids: Sequence[int] | None) -> Told:
    return brands_table(brands_for_export(asking, ids)), None


def _rates(asking: Asking, ids: Sequence[int] | None) -> Told:
    return rates_table(rates_for_export(asking, ids)), None


def _events(asking: Asking, ids: Sequence[int] | None) -> Told:
    return events_table(host_events_for_export(asking, ids), asking.zone), None


def _event_orders(asking: Asking, ids: Sequence[int] | None) -> Told:
    return event_orders_table(event_lines_for_export(asking, ids), asking.zone), None


def _host_rewards(asking: Asking, ids: Sequence[int] | None) -> Told:
    """The ledgers of all events, or of those that these clients host."""
    ledgers = tuple(one for one in event_ledgers(asking) if ids is None or one.event.host_id in ids)
    return ledgers_table(ledgers, asking.currency), len(ledgers)


def _host_orders(asking: Asking, ids: Sequence[int] | None) -> Told:
    rows = tuple(row for row in host_orders(asking) if ids is None or row.client_id in ids)
    return host_orders_table(rows, asking.currency), len(rows)


def _card_payments(asking: Asking, ids: Sequence[int] | None) -> Told:
    return card_payments_table(card_payments_for_export(asking, ids)), None


def _order_moves(asking: Asking, ids: Sequence[int] | None) -> Told:
    page = moves_page(asking, most=None).of_clients(ids)
    return order_moves_table(page, asking.zone), page.count


def _gifts(asking: Asking, ids: Sequence[int] | None) -> Told:
    return gifts_table(gifts_for_export(asking, ids), asking.zone), None


def _gift_moves(asking: Asking, ids: Sequence[int] | None) -> Told:
    return moves_table(gift_moves_for_export(asking, ids), asking.zone), None


def _company_files(asking: Asking, _ids: Sequence[int] | None) -> Told:
    """The documents and return addresses; whose clients are meant makes no difference to them."""
    return files_table(company_files(asking)), None


def _return_addresses(asking: Asking, _ids: Sequence[int] | None) -> Told:
    return addresses_table(company_files(asking)), None


def _returns(asking: Asking, ids: Sequence[int] | None) -> Told:
    rows = tuple(row for row in returns(asking, most=None) if ids is None or row.client_id in ids)
    return returns_table(rows, asking.zone), len(rows)


def _reward_tiers(asking: Asking, _ids: Sequence[int] | None) -> Told:
    """The tiers; whose clients are meant makes no difference to them."""
    return tiers_table(tiers_for_export(asking), asking.currency), None


def _reward_adjustments(asking: Asking, ids: Sequence[int] | None) -> Told:
    return adjustments_table(adjustments_for_export(asking, ids), asking.currency), None


def _sign_ups(asking: Asking, ids: Sequence[int] | None) -> Told:
    rows = [row for row in sign_ups(asking, judged=False) if ids is None or row.client_id in ids]
    return sign_ups_table(rows, asking.zone), None


def _templates(asking: Asking, _ids: Sequence[int] | None) -> Told:
    """Her own; whose clients are meant makes no difference to them."""
    return templates_table(own_templates(asking)), None


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


def a_list(
    name: str,
    label: str,
    table: Callable[[Asking, Sequence[int] | None], Told],
    *aliases: str,
    of: str,
    holds: str = "",
    read_back: bool = False,
    columns: Sequence[str] = (),
) -> Export:
    """A list: CSV, or a sheet of a workbook."""

    def make(asking: Asking, ids: Sequence[int] | None) -> Exported:
        out = BytesIO()
        made, count = table(asking, ids)
        rows = write_csv(made, out)
        return Exported(out.getvalue(), rows if count is None else count)

    return Export(name, label, ".csv", make, aliases, of, holds, read_back, table, columns)


_HOLDS = (
    "This file holds appointments, follow-ups, shop windows and the events that you made here; those of other "
    "calendars are there already. For all the time that is taken, write free/busy (--format freebusy)."
)
_IN_EVENTS = "This file holds the orders that are in an event, line by line; the others have no event to name."

_OWN = "This file holds those that you wrote or hid; the others come with every desk."

EXPORTS: tuple[Export, ...] = (
    Export("vcard4", "vCard 4", ".vcf", partial(_cards, version=4), ("vcard", "vcf")),
    Export("vcard3", "vCard 3", ".vcf", partial(_cards, version=3)),
    Export("vcard2", "vCard 2", ".vcf", partial(_cards, version=2)),
    Export("calendar", "calendar", ".ics", _calendar, ("ics", "icalendar", "ical"), of="event", holds=_HOLDS),
    Export("free_busy", "free/busy", ".ics", _freebusy, ("freebusy", "ifb"), of="span"),
    a_list("clients", "clients", _table, "csv", of="client", read_back=True),
    a_list("daily_tasks", "daily tasks", queue_table, "dailytasks", "queue", of="client", columns=QUEUE),
    a_list("sweep", "sweep of the month", sweep_of_month, of="client", columns=SWEEP),
    *(
        a_list(one.name, one.label, partial(listed_table, one), *one.aliases, of=one.of, columns=one.names)
        for one in LISTS
    ),
    a_list("metrics", "metrics of the month", metrics_table, of="metric", columns=METRICS),
    a_list("commission", "commission of the year", statement_of_year, of="row", columns=STATEMENT),
    a_list("brands", "brands", _brands, of="row", read_back=True),
    a_list("commission_rates", "rates", _rates, "rates", of="rate", read_back=True),
    a_list("host_events", "events", _events, "events", "shoplinks", of="event", read_back=True),
    a_list("event_orders", "orders of events", _event_orders, of="line", holds=_IN_EVENTS, read_back=True),
    a_list("host_rewards", "host rewards", _host_rewards, "rewards", of="event", columns=LEDGER_COLUMNS),
    a_list("host_orders", "host orders", _host_orders, of="host order", columns=HOST_ORDER_COLUMNS),
    a_list("card_payments", "card payments", _card_payments, of="payment", columns=CARD_COLUMNS),
    a_list("order_moves", "moves of orders", _order_moves, "moves", of="move", columns=ORDER_MOVES),
    a_list("gift_certificates", "certificates", _gifts, "gifts", "certificates", of="certificate", columns=GIFTS),
    a_list("gift_movements", "movements of certificates", _gift_moves, of="movement", columns=MOVES),
    a_list("company_files", "company files", _company_files, of="row", columns=FILE_COLUMNS),
    a_list("returns", "returns", _returns, of="return", columns=RETURNS),
    a_list("reward_tiers", "reward tiers", _reward_tiers, "tiers", of="tier", columns=TIER_COLUMNS),
    a_list(
        "reward_adjustments",
        "adjustments of rewards",
        _reward_adjustments,
        "adjustments",
        of="adjustment",
        columns=ADJUSTMENT_COLUMNS,
    ),
    a_list("return_addresses", "return addresses", _return_addresses, of="row", columns=ADDRESS_COLUMNS),
    a_list("templates", "message templates", _templates, "messagetemplates", of="template", holds=_OWN, read_back=True),
    a_list("sign_ups", "sign-ups", _sign_ups, of="sign-up", columns=SIGN_UP_COLUMNS),
)


def export_for(path: Path, name: str | None = None) -> Export:
    """What is meant by the name, or else by the file's ending. Raises `Refused` if that is nothing."""
    wanted = clean(name or "").casefold().replace(" ", "").replace("-", "")
    for known in EXPORTS:
        if wanted in known.names if wanted else path.suffix.casefold() == known.suffix:
            return known
    said = f"There is no export “{wanted[:40]}”." if wanted else f"{path.name} does not say what to write."
    raise Refused(
        said,
        hint="End the name in .json, .xlsx, .pdf, .ics, .vcf or .csv; `stylistdesk export --help` names the lists.",
    )


def file_name(about: str, suffix: str) -> str:
    """A file's name that says what is in it: nothing in it can lead out of its folder."""
    plain = re.sub(r"[^\w.-]+", "-", clean(about, limit=60)).strip("-.")
    return f"{plain or 'clients'}{suffix}"


def save(target: Path, content: bytes, *, force: bool, paths: DeskPaths) -> Path:
    """Write the file, and give its path. Raises `Refused` for a file that is there, or that is the desk's own."""
    return save_through(target, lambda file: file.write(content), force=force, paths=paths)[0]


def save_through(target: Path, write: Callable[[BinaryIO], T], *, force: bool, paths: DeskPaths) -> tuple[Path, T]:
    """`save` for a file that is too large to be in memory: its path, and what `write` gave, which fills it."""
    target = checked_target(target, force=force, paths=paths)
    is_new = not os.path.lexists(target)
    if is_new:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))  # nobody else can take it now
    try:
        with private_file(target) as file:
            found = write(file)
    except BaseException:
        if is_new:
            target.unlink(missing_ok=True)
        raise
    return target, found


def checked_target(target: Path, *, force: bool, paths: DeskPaths) -> Path:
    """Where the file is to be, all links in its folder followed. Raises `Refused` as `save` does."""
    target = target.expanduser().absolute()
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", hint="Make it first.")
    target = target.parent.resolve() / target.name
    if _is_the_desks(target, paths):
        raise Refused(f"{target.name} is the desk's own.", hint="Choose another folder or name.")
    if target.is_dir():
        raise Refused(f"{target} is a folder.", hint="Give the file a name in it.")
    if not force and os.path.lexists(target):
        raise Refused(f"{target.name} is there already.", hint="Use --force to write over it, or another name.")
    return target


def _is_the_desks(target: Path, paths: DeskPaths) -> bool:
    own = paths.data_dir.resolve()
    if target in (paths.settings.resolve(), paths.lock.resolve()):
        return True
    if target.parent == own and target.name.startswith(paths.database.name):
        return True
    return any(folder.resolve() in target.parents for folder in (paths.backups, paths.inbox, paths.reports))
