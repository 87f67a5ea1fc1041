"""The rules of R5 that a client's signals feed: 4 to 9.

Each is pure: facts, now and the waits in, a suggestion or nothing out.
"""

from datetime import datetime, timedelta

from stylistdesk.domain.dates import LocalNow, add_months, say_ago, say_number, say_short_day, say_since, start_of_day
from stylistdesk.domain.facts import Facts, ReceivedFact, Unseen
from stylistdesk.domain.money import format_money
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel, SignalKind
from stylistdesk.domain.waits import Waits


def unseen_of(facts: Facts, kind: SignalKind) -> Unseen | None:
    """What she did of one kind since the last follow-up."""
    for unseen in facts.unseen:
        if unseen.kind is kind:
            return unseen
    return None


def _later(one: Unseen | None, other: Unseen | None) -> Unseen | None:
    """The one with the newer instant; of two at once, the one recorded later."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda unseen: (unseen.last_at, unseen.last_id))


def _stale(at: datetime, here: LocalNow, days: int) -> bool:
    return here.now - at > timedelta(days=days)


def _waiting(unseen: Unseen, settled: Unseen | None, hours: int, here: LocalNow) -> datetime:
    """When waiting ends: counted from the first, or from the last if an earlier one was settled."""
    since = unseen.last_at if settled is not None and settled.last_at >= unseen.first_at else unseen.first_at
    return min(since, here.now) + timedelta(hours=hours)


def _too_far(due: datetime, here: LocalNow, waits: Waits) -> bool:
    return due > here.now + timedelta(days=waits.lookahead_days)


def _on(unseen: Unseen) -> str:
    return f" on {unseen.lookbook}" if unseen.lookbook else ""


def help_with_cart(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 4: a cart not checked out: help with sizes and stock."""
    cart = unseen_of(facts, SignalKind.ADDED_TO_CART)
    if cart is None or _stale(cart.last_at, here, waits.cart_stale_days):
        return None
    bought = unseen_of(facts, SignalKind.CHECKED_OUT)
    if bought is not None and bought.last_at >= cart.last_at:
        return None
    due = _waiting(cart, bought, waits.cart_hours, here)
    if _too_far(due, here, waits):
        return None
    item = cart.item or say_number(cart.count, "item")
    others = f" and {cart.count - 1} more" if cart.item and cart.count > 1 else ""
    return Suggestion(
        rule="help_with_cart",
        number=4,
        action="Help with her cart",
        channel=facts.by(Channel.TEXT),
        reason=f"She put {item}{others} in her cart {say_ago(cart.last_at, here)} and has not checked out; "
        "offer help with sizes and stock.",
        detail=f"{item}{others} in the cart {say_since(cart.last_at, here)}",
        due=due,
        mark=cart.last_id,
    )


def answer_comment(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 5: a comment or a reply without an answer. A text or email sent to her since is one."""
    comment = _later(unseen_of(facts, SignalKind.COMMENTED), unseen_of(facts, SignalKind.REPLIED))
    if comment is None or _stale(comment.last_at, here, waits.comment_stale_days):
        return None
    if facts.last_sent_at is not None and facts.last_sent_at > comment.last_at:
        return None
    replied = comment.kind is SignalKind.REPLIED
    count = sum(u.count for u in facts.unseen if u.kind in (SignalKind.COMMENTED, SignalKind.REPLIED))
    mark = max(u.last_id for u in facts.unseen if u.kind in (SignalKind.COMMENTED, SignalKind.REPLIED))
    what = (
        "replied to you" if replied else "commented" + (_on(comment) or (f" on {comment.item}" if comment.item else ""))
    )
    ago = say_ago(comment.last_at, here)
    others = f" ({count} in all)" if count > 1 else ""
    return Suggestion(
        rule="answer_comment",
        number=5,
        action="Answer her reply" if replied else "Answer her comment",
        channel=facts.by(Channel.TEXT),
        reason=f"She {what} {ago} and has no answer yet{others}.",
        detail=f"“{comment.comment}”" if comment.comment else f"{'Replied' if replied else 'Commented'} {ago}",
        due=comment.last_at,
        all_day=False,
        mark=mark,
    )


def send_close_up(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 6: items hearted or favourited, and no cart since: send a close-up or a size."""
    hearted = unseen_of(facts, SignalKind.HEARTED)
    favourited = unseen_of(facts, SignalKind.FAVOURITED)
    newest = _later(hearted, favourited)
    if newest is None or _stale(newest.last_at, here, waits.hearted_stale_days):
        return None
    cart = _later(unseen_of(facts, SignalKind.ADDED_TO_CART), unseen_of(facts, SignalKind.CHECKED_OUT))
    if cart is not None and cart.last_at >= newest.last_at:
        return None
    both = [unseen for unseen in (hearted, favourited) if unseen is not None]
    first = newest._replace(first_at=min(unseen.first_at for unseen in both)) if len(both) > 1 else newest
    due = _waiting(first, cart, waits.hearted_hours, here)
    if _too_far(due, here, waits):
        return None
    count = sum(unseen.count for unseen in both)
    item = newest.item or say_number(count, "item")
    others = f" and {count - 1} more" if newest.item and count > 1 else ""
    ago = say_ago(newest.last_at, here)
    return Suggestion(
        rule="send_close_up",
        number=6,
        action="Send a close-up",
        channel=facts.by(Channel.TEXT),
        reason=f"She hearted {item}{others}{_on(newest)} {ago} and has put nothing in her cart since; "
        "a close-up or her size may decide it.",
        detail=f"Hearted {item}{others} {ago}",
        due=due,
        mark=max(unseen.last_id for unseen in both),
    )


def first_impressions(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 7: a lookbook was delivered and she has not reacted: ask for first impressions."""
    sent = facts.delivered
    if sent is None or sent.signal_since or _stale(sent.delivered_at, here, waits.lookbook_stale_days):
        return None
    due = sent.delivered_at + timedelta(days=waits.lookbook_days)
    if _too_far(due, here, waits) or facts.followed_up_since(sent.delivered_at):
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
    """Rule 8: she checked out: thank her and say when it ships."""
    bought = unseen_of(facts, SignalKind.CHECKED_OUT)
    if bought is None or _stale(bought.last_at, here, waits.checked_out_stale_days):
        return None
    ago = say_ago(bought.last_at, here)
    what = [bought.item, say_number(bought.count, "order") if bought.count > 1 else ""]
    if bought.amount is not None and bought.currency and bought.count == 1:
        what.append(format_money(bought.amount, bought.currency))
    item = ", ".join(word for word in what if word)
    return Suggestion(
        rule="thank_for_order",
        number=8,
        action="Thank her for the order",
        channel=facts.by(Channel.TEXT),
        reason=f"She checked out {ago}{': ' + item if item else ''}; thank her and say when it ships.",
        detail=f"{item} · checked out {ago}" if item else f"Checked out {ago}",
        due=min(bought.last_at, here.now),
        mark=bought.last_id,
    )


def _stage(received: ReceivedFact, here: LocalNow, waits: Waits) -> tuple[int, datetime]:
    """The latest stage that is due, or the first, and when it is or was due."""
    third = _months_on(received.at, waits.received_third_months, here)
    if here.now >= third:
        return 3, third
    second = received.at + timedelta(days=waits.received_second_days)
    if here.now >= second:
        return 2, second
    return 1, received.at + timedelta(days=waits.received_first_days)


def _months_on(at: datetime, months: int, here: LocalNow) -> datetime:
    local = at.astimezone(here.zone)
    day = add_months(local.date(), months)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(at.tzinfo)


def _returns_to(received: ReceivedFact, here: LocalNow, waits: Waits) -> str:
    """Until when she can return it, if that is known and not over: "12 Dec"."""
    if received.bought_at is None:
        return ""
    last = here.day(received.bought_at) + timedelta(days=waits.return_window_days)
    return say_short_day(last, here.today) if last >= here.today else ""


def ask_how_it_fits(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 9: what she received: its fit before the return window closes, then outfit ideas, then what is next."""
    received = facts.received
    if received is None:
        return None
    stage, due = _stage(received, here, waits)
    if stage == 3 and here.now - due > timedelta(days=waits.received_lapse_days):
        return None
    closes = _returns_to(received, here, waits)
    if stage == 1 and received.bought_at is not None:
        last = here.day(received.bought_at) + timedelta(days=waits.return_window_days)
        if here.day(received.at) <= last < here.day(due):
            due = max(received.at, start_of_day(last, here.zone))
    seen_from = max(received.at, due - timedelta(days=waits.lookahead_days))
    if _too_far(due, here, waits) or facts.followed_up_since(due) or facts.did("ask_how_it_fits", seen_from):
        return None
    item = received.item or "her order"
    ago = say_ago(received.at, here)
    if stage == 1:
        action = "Ask how it fits"
        offer = f"; until {closes} she can still have a revision or an exchange" if closes else ""
        reason = f"She received {item} {ago}: ask how it fits{offer}."
        detail = f"Received {item} {ago}" + (f" · return window to {closes}" if closes else "")
    elif stage == 2:
        action = "Send outfit ideas"
        reason = f"She received {item} {ago}: send ideas of what to wear it with."
        detail = f"Received {item} {ago}"
    else:
        action = "Ask what is next"
        reason = f"She received {item} {ago}: ask how it wears and what she needs next."
        detail = f"Received {item} {ago}"
    return Suggestion(
        rule="ask_how_it_fits",
        number=9,
        action=action,
        channel=facts.by(Channel.TEXT),
        reason=reason,
        detail=detail,
        due=due,
        mark=received.signal_id,
    )
