"""Host rewards: what events earn their hosts, and what these take (R38)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.host_orders import say_taken
from stylistdesk.domain.money import format_money
from stylistdesk.domain.reward_tiers import say_both, say_missing, say_next
from stylistdesk.domain.types import HostOrderStatus
from stylistdesk.ui import words
from stylistdesk.ui.backoffice import reward_jobs
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece, line, spread, wrap

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.queries.host_rewards import EventRewards
    from stylistdesk.ui.backoffice.screen import BackOffice

Known = tuple["tuple[EventRewards, ...]", str]
"""The events, and the desk's currency."""


class HostRewards(Task[Known]):
    """Events that ended with rewards and have no host order first, then pending ones, and what may still earn more."""

    TITLE = "Host rewards"
    SCOPE: ClassVar[Scope] = Scope.REWARDS
    LABELS: ClassVar[Mapping[str, str]] = {"section_open": "Ledger", "edit": "", "remove": ""}

    def read(self, desk: "Desk") -> Known:
        from stylistdesk.queries.host_rewards import events_with_rewards

        return desk.ask(events_with_rewards), desk.currency

    def summary(self, known: Known, look: Look) -> Line:
        waiting, pending = (sum(_group(event) == at for event in known[0]) for at in (0, 1))
        if not known[0]:
            return ()
        said = f"{words.count(waiting, 'host order')} to enter" if waiting else "No host order to enter"
        return line(Piece(said, "strong"), Piece(f"   {pending} pending" if pending else "", "quiet"))

    def entries(self, known: Known, look: Look) -> list[Entry]:
        events, currency = known
        shown: list[Entry] = []
        for at, title in enumerate(GROUPS):
            some = [event for event in events if _group(event) == at]
            if some:
                head: tuple[Line, ...] = ((Piece(f" {title}", "label"), Piece(f"  {len(some)}", "quiet")),)
                shown.append(Entry((BLANK, *head) if shown else head))
                shown += [Entry(_lines(event, currency, look), ("event", event.event_id)) for event in some]
        return shown

    def empty(self, look: Look) -> list[Line]:
        return [
            BLANK,
            (Piece(" No event yet: the orders of an event earn its host rewards.", "quiet"),),
            BLANK,
            (Piece(" An event is added in Shop links. ", "quiet"), *look.key("rewards_tiers", "the tiers", before="")),
        ]

    # -------------------------------------------------------------------- keys

    async def open(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.ui.backoffice.rewards_page import RewardsPage

        await screen.app.push_screen(RewardsPage(key[1]))

    async def add(self, screen: "BackOffice") -> None:
        screen.tell("An event is added in Shop links.", bad=True)

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        await self.take(screen, key)

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        screen.tell(f"{screen.program.keymap_of_desk.shown('rewards_cancel')} cancels its host order.", bad=True)

    async def take(self, screen: "BackOffice", key: Key | None) -> None:
        """Enter the host order of the event, or change the one that is pending."""
        if (event := _at(screen, key)) is not None:
            await reward_jobs.take(screen, event)

    async def place(self, screen: "BackOffice", key: Key | None) -> None:
        """Place it."""
        if (event := _at(screen, key)) is not None:
            await reward_jobs.place(screen, event)

    async def cancel(self, screen: "BackOffice", key: Key | None) -> None:
        """Cancel it: the rewards can be used again."""
        if (event := _at(screen, key)) is not None:
            await reward_jobs.cancel(screen, event)

    async def tiers(self, screen: "BackOffice", key: Key | None) -> None:
        """The table of tiers."""
        from stylistdesk.ui.backoffice.tiers_page import TiersPage

        await screen.app.push_screen(TiersPage())

    async def write_host_orders(self, screen: "BackOffice", key: Key | None) -> None:
        """Write all host orders as CSV."""
        await reward_jobs.write_host_orders(screen)


def _at(screen: "BackOffice", key: Key | None) -> "EventRewards | None":
    found = next((event for event in screen.known[0] if key == ("event", event.event_id)), None)
    if found is None:
        screen.tell("There is no event here.", bad=True)
    return found


GROUPS = ("Host order to enter", "Host order pending", "Open or to come", "Host order placed", "Ended without rewards")


def _group(event: "EventRewards") -> int:
    """Which of `GROUPS` it is in."""
    if event.host_order is not None:
        return 1 if event.host_order.status is HostOrderStatus.PENDING else 3
    if not event.is_over:
        return 2
    return 0 if event.rewards.cents or event.rewards.half_price_items else 4


def _lines(event: "EventRewards", currency: str, look: Look) -> tuple[Line, ...]:
    shown = [spread((Piece(f" {event.name}", "strong"),), (Piece(say_has(event, currency), "good"),), look.width)]
    about = [event.host or "your own event", say_window(event, look)]
    shown += [(Piece(f"   {said}", "quiet"),) for said in wrap(f" {look.symbols.dot} ".join(about), look.width - 4)]
    come_to = f"{format_money(event.rewards.base, currency)} of {words.count(event.rewards.orders, 'order')}"
    missing = say_missing(event.rewards, currency)
    more = f"needs {missing}" if missing else say_next(event.next, currency) if event.next is not None else ""
    if event.is_over and not missing:
        more = ""
    shown += _wrapped(come_to + (f"; {more}" if more else ""), "", look)
    host_order = event.host_order
    if host_order is not None:
        said = f"{host_order.number} {host_order.status.value}: {say_taken(host_order.takes, currency)}"
        shown += _wrapped(said, "good" if host_order.status is HostOrderStatus.PLACED else "signal", look)
        shown += _wrapped(host_order.unfit, "late", look)
    return tuple(shown)


def _wrapped(said: str, style: str, look: Look) -> list[Line]:
    return [(Piece(f"   {part}", style),) for part in wrap(said, look.width - 4) if part]


def say_has(event: "EventRewards", currency: str) -> str:
    """What the host has, in words; nothing where she has none."""
    if not event.total and not event.half_price_items:
        return ""
    return say_both(format_money(event.total, currency) if event.total else "", event.half_price_items)


def say_window(event: "EventRewards", look: Look) -> str:
    """When its orders count: open until a day, over since one, or not open yet."""
    today = look.here.today
    if event.is_over:
        return f"ended {words.day(event.closes_on, today)}"
    if event.opens_on > today:
        return f"opens {words.day(event.opens_on, today)}"
    return f"open until {words.day(event.closes_on, today)}"
