"""The rules of R5 that a client's signals feed: 4 to 9.

Each is pure: facts, now and the waits in, a suggestion or nothing out.
"""

from datetime import date, datetime, timedelta

from stylistdesk.domain.dates import (
    LocalNow,
    add_months,
    say_ago,
    say_number,
    say_short_day,
    say_since,
    start_of_day,
)
from stylistdesk.domain.facts import Facts, ReceivedFact, Unseen
from stylistdesk.domain.money import format_money
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel, SignalKind
from stylistdesk.domain.waits import Waits


def _unseen(facts: Facts, kind: SignalKind) -> Unseen | None:
    """What she did of one kind since the last follow-up."""
    for unseen in facts.unseen:
        if unseen.kind is kind:
            return unseen
    return None


def _newer(one: Unseen | None, other: Unseen | None) -> Unseen | None:
    """The one with the newer instant; of two at once, the one recorded later."""
    if one is None or other is None:
        return one or other
    if one.last_at == other.last_at:
        return one if one.last_id > other.last_id else other
    return one if one.last_at > other.last_at else other


def _both(one: Unseen | None, other: Unseen | None, newest: Unseen) -> tuple[int, int, datetime]:
    """Of two kinds of which there is at least one: how many in all, the newest id and the first instant."""
    if one is None or other is None:
        return newest.count, newest.last_id, newest.first_at
    return one.count + other.count, max(one.last_id, other.last_id), min(one.first_at, other.first_at)


def _since(first: datetime, last: datetime, settled: Unseen | None, here: LocalNow) -> datetime:
    """Since when something waits: since the first, or since the last if an earlier one was settled."""
    since = last if settled is not None and settled.last_at >= first else first
    return min(since, here.now)


def _items(item: str, count: int) -> str:
    """The newest item by name, and how many more: "Cashmere coat, ink and two more"."""
    if not item:
        return say_number(count, "item")
    return item if count == 1 else f"{item} and {count - 1} more"


def help_with_cart(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 4: a cart not checked out: help with sizes and stock."""
    cart = _unseen(facts, SignalKind.ADDED_TO_CART)
    if cart is None or cart.last_at < here.ago(waits.cart_stale_days):
        return None
    bought = _unseen(facts, SignalKind.CHECKED_OUT)
    if bought is not None and bought.last_at >= cart.last_at:
        return None
    due = _since(cart.first_at, cart.last_at, bought, here) + timedelta(hours=waits.cart_hours)
    if due > here.now:
        return None
    items = _items(cart.item, cart.count)
    return Suggestion(
        rule="help_with_cart",
        number=4,
        action="Help with her cart",
        channel=facts.by(Channel.TEXT),
        reason=f"She put {items} in her cart {say_ago(cart.last_at, here)} and has not checked out; "
        "offer help with sizes and stock.",
        detail=f"{items} in the cart {say_since(cart.last_at, here)}",
        due=due,
        mark=cart.last_id,
    )


def answer_comment(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 5: a comment or a reply without an answer. A text or email sent to her since is one."""
    commented, reply = _unseen(facts, SignalKind.COMMENTED), _unseen(facts, SignalKind.REPLIED)
    newest = _newer(commented, reply)
    if newest is None or newest.last_at < here.ago(waits.comment_stale_days):
        return None
    if facts.last_sent_at is not None and facts.last_sent_at > newest.last_at:
        return None
    count, mark, _ = _both(commented, reply, newest)
    on = newest.lookbook or newest.item
    did = "replied" if newest is reply else "commented"
    ago = say_ago(newest.last_at, here)
    return Suggestion(
        rule="answer_comment",
        number=5,
        action="Answer her reply" if newest is reply else "Answer her comment",
        channel=facts.by(Channel.TEXT),
        reason=f"She {did}{' on ' + on if on else ''} {ago} and has no answer yet"
        f"{f' ({count} in all)' if count > 1 else ''}.",
        detail=f"“{newest.comment}”" if newest.comment else f"{did.capitalize()} {ago}",
        due=min(newest.last_at, here.now),
        all_day=False,
        mark=mark,
    )


def send_close_up(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 6: items hearted or favourited, and no cart since: send a close-up or a size."""
    hearted, favourited = _unseen(facts, SignalKind.HEARTED), _unseen(facts, SignalKind.FAVOURITED)
    newest = _newer(hearted, favourited)
    if newest is None or newest.last_at < here.ago(waits.hearted_stale_days):
        return None
    cart = _newer(_unseen(facts, SignalKind.ADDED_TO_CART), _unseen(facts, SignalKind.CHECKED_OUT))
    if cart is not None and cart.last_at >= newest.last_at:
        return None
    count, mark, first_at = _both(hearted, favourited, newest)
    due = _since(first_at, newest.last_at, cart, here) + timedelta(hours=waits.hearted_hours)
    if due > here.now:
        return None
    items = _items(newest.item, count)
    ago = say_ago(newest.last_at, here)
    return Suggestion(
        rule="send_close_up",
        number=6,
        action="Send a close-up",
        channel=facts.by(Channel.TEXT),
        reason=f"She hearted {items}{' on ' + newest.lookbook if newest.lookbook else ''} {ago} and has put nothing "
        "in her cart since; a close-up or her size may decide it.",
        detail=f"Hearted {items} {ago}",
        due=due,
        mark=mark,
    )


def first_impressions(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 7: a lookbook was delivered and she has not reacted: ask for first impressions."""
    sent = facts.delivered
    if sent is None or sent.signal_since or sent.delivered_at < here.ago(waits.lookbook_stale_days):
        return None
    due = sent.delivered_at + timedelta(days=waits.lookbook_days)
    # Delivering from the queue completes a follow-up at that very instant: it is no question how she likes it.
    asked = facts.last_follow_up_at is not None and facts.last_follow_up_at > sent.delivered_at
    if asked or due > here.now:
        return None
    title = sent.title or "Her lookbook"
    ago = say_ago(sent.delivered_at, here)
    return Suggestion(
        rule="first_impressions",
        number=7,
        action="Ask for first impressions",
        channel=facts.by(Channel.TEXT),
        reason=f"{title} was delivered {ago} and she has not reacted yet; ask for her first impressions.",
        detail=f"{title} · delivered {ago}",
        due=due,
        subject=f"lookbook:{sent.lookbook_id}" if sent.assignment_id is None else f"assignment:{sent.assignment_id}",
    )


def thank_for_order(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 8: she checked out: thank her and say when it ships, or ask how she likes what must have come by now."""
    bought = _unseen(facts, SignalKind.CHECKED_OUT)
    if bought is None or bought.last_at < here.ago(waits.checked_out_stale_days):
        return None
    ago = say_ago(bought.last_at, here)
    what = [bought.item] if bought.item else []
    if bought.count > 1:
        what.append(say_number(bought.count, "order"))
    elif bought.amount is not None and bought.currency:
        what.append(format_money(bought.amount, bought.currency))
    order = ", ".join(what)
    ships = bought.last_at >= here.ago(waits.ships_days)
    return Suggestion(
        rule="thank_for_order",
        number=8,
        action="Thank her for the order" if ships else "Ask how she likes it",
        channel=facts.by(Channel.TEXT),
        reason=f"She checked out {ago}{f' ({order})' if order else ''}; "
        f"thank her and {'say when it ships' if ships else 'ask how she likes it'}.",
        detail=f"{order} · checked out {ago}" if order else f"Checked out {ago}",
        due=min(bought.last_at, here.now),
        mark=bought.last_id,
    )


def _months_on(at: datetime, months: int, here: LocalNow) -> datetime:
    local = at.astimezone(here.zone)
    day = add_months(local.date(), months)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(at.tzinfo)


def _stage(received: ReceivedFact, here: LocalNow, waits: Waits) -> tuple[int, datetime]:
    """The latest stage that is due, or the first, and when it is or was due."""
    if received.at < here.ago(waits.received_third_months * 28 - 1):
        third = _months_on(received.at, waits.received_third_months, here)
        if here.now >= third:
            return 3, third
    if received.at <= here.ago(waits.received_second_days):
        return 2, received.at + timedelta(days=waits.received_second_days)
    first = received.at + timedelta(days=waits.received_first_days)
    closes = _closes(received, here, waits)
    if closes is not None and here.day(received.at) <= closes < here.day(first):
        return 1, max(received.at, start_of_day(closes, here.zone))
    return 1, first


def _closes(received: ReceivedFact, here: LocalNow, waits: Waits) -> date | None:
    """The last day on which she can return it, if the purchase is known."""
    if received.bought_at is None:
        return None
    return here.day(received.bought_at) + timedelta(days=waits.return_window_days)


def _still_open(facts: Facts, received: ReceivedFact, stage: int, due: datetime, here: LocalNow, waits: Waits) -> bool:
    """Whether a stage that is due was not dealt with, and has not lapsed."""
    if facts.followed_up_since(due) or (stage == 3 and due < here.ago(waits.received_lapse_days)):
        return False
    seen_from = max(received.at, due - timedelta(days=waits.lookahead_days))
    return not (facts.done and facts.did("ask_how_it_fits", seen_from))


def ask_how_it_fits(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 9: what she received: its fit before the return window closes, then outfit ideas, then what is next.

    What was recorded since the last follow-up is news, however old: no earlier follow-up settles it (R4), unless it
    came back.
    """
    received = facts.received
    if received is None:
        return None
    news = received.news if received.newer_came_back else _unseen(facts, SignalKind.RECEIVED)
    stage, due = _stage(received, here, waits)
    is_news = news is not None and news.last_at >= received.at
    if due > here.now or not (is_news or _still_open(facts, received, stage, due, here, waits)):
        if news is None:
            return None
        # The newest has to wait or is settled, but something older has come in since.
        received = ReceivedFact(news.last_id, news.first_at)
        stage, due = _stage(received, here, waits)
        if due > here.now:
            return None
    item = received.item or "her order"
    detail = f"Received {received.item}" if received.item else "Received"
    ago = say_ago(received.at, here)
    if stage == 1:
        action, reason, detail = "Ask how it fits", f"She received {item} {ago}: ask how it fits", f"{detail} {ago}"
        closes = _closes(received, here, waits)
        if closes is not None and closes >= here.today:
            until = say_short_day(closes, here.today)
            reason += f"; until {until} she can still have a revision or an exchange"
            detail += f" · return window to {until}"
    elif stage == 2:
        action, detail = "Send outfit ideas", f"{detail} {ago}"
        reason = f"She received {item} {ago}: send ideas of what to wear it with"
    else:
        action, detail = "Ask what is next", f"{detail} {ago}"
        reason = f"She received {item} {ago}: ask how it wears and what she needs next"
    return Suggestion(
        rule="ask_how_it_fits",
        number=9,
        action=action,
        channel=facts.by(Channel.TEXT),
        reason=reason + ".",
        detail=detail,
        due=due,
        mark=max(received.signal_id, news.last_id if news is not None else 0),
    )
