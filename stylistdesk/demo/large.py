"""A large made-up desk, to measure with: three years of work, the same for the same seed and day.

Rows go in by the thousand, past the journal's triggers, in one transaction: a kill leaves the desk as it was, and undo
does not reach it. Held in memory is only what later rows of the same client depend on.
"""

from collections.abc import Callable
from random import Random

from sqlalchemy import Connection, bindparam, update
from sqlmodel import col

from stylistdesk.commands.desk import SetUpDesk
from stylistdesk.db import journal
from stylistdesk.db.derive import refresh_order_summary
from stylistdesk.db.filling import indexes_made_last
from stylistdesk.db.tables import Client, Order
from stylistdesk.demo.bulk import Filling
from stylistdesk.demo.large_backoffice import add_back_office
from stylistdesk.demo.large_clients import Cast, add_clients
from stylistdesk.demo.large_orders import add_orders
from stylistdesk.demo.large_signals import add_signals
from stylistdesk.demo.large_work import add_work
from stylistdesk.demo.world import data_folder, read_world, refuse_filled
from stylistdesk.desk import Desk


def build_large(
    desk: Desk,
    clients: int = 10_000,
    signals: int = 1_000_000,
    *,
    seed: int = 1,
    say: Callable[[str], None] = lambda said: None,
) -> None:
    """Fill an empty desk with so many clients and so many signals; `say` is told how far it is.

    Raises `Refused` if the desk has clients already.
    """
    refuse_filled(desk)
    world = read_world(data_folder())
    desk.do(SetUpDesk(world.rep_name, world.time_zone, world.currency, world.country))
    with desk._database.write() as session:
        connection = session.connection()
        filling, random = Filling(connection), Random(seed)  # noqa: S311  (made up, not secret)
        with journal.paused(connection), indexes_made_last(connection, ("signal",)):
            cast = Cast(clients, desk.now(), world.zone, world.currency)
            add_clients(filling, random, cast)
            say(f"{clients:,} clients")
            happened = add_orders(filling, random, cast, most_signals=signals // 2)
            say(f"{filling.rows(Order).last_id:,} orders")
            add_work(filling, random, cast)
            filling.flush()
            add_signals(filling, random, cast, happened, signals, say)
            add_back_office(filling, cast, seed)
            _store_watermarks(connection, cast)
            refresh_order_summary(session, None, world.zone)
    desk.poll()


def _store_watermarks(connection: Connection, cast: Cast) -> None:
    statement = update(Client).where(col(Client.id) == bindparam("client")).values(watermark=bindparam("seen"))
    seen = [{"client": client_id, "seen": mark} for client_id, mark in enumerate(cast.watermark) if mark]
    if seen:
        connection.execute(statement, seen)
