"""Rule 15 of R5: what the rep still owes a client of a return, an exchange or a gift certificate."""

from stylistdesk.domain.dates import LocalNow, say_day, start_of_day
from stylistdesk.domain.facts import Facts, Owed
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import Channel
from stylistdesk.domain.waits import Waits


def pass_on(facts: Facts, here: LocalNow, waits: Waits) -> Suggestion | None:
    """Rule 15: a Return ID not passed on; an exchange not yet shipped; a gift certificate number not sent."""
    for owed in facts.to_pass_on:
        subject = f"{owed.kind}:{owed.id}"
        if facts.dismissed and facts.hides("pass_on", subject, 0):
            continue
        day = say_day(owed.since, here.today)
        on = day if day in ("yesterday", "today") else f"on {day}"
        action, reason, detail = _WORDS[owed.kind]
        to = f" to {owed.for_name}" if owed.for_name else ""
        return Suggestion(
            rule="pass_on",
            number=15,
            action=action,
            channel=facts.by(Channel.EMAIL),
            reason=reason.format(number=owed.number, on=on, to=to),
            detail=f"{detail.format(number=owed.number)} · {day}",
            due=start_of_day(min(owed.since, here.today), here.zone),
            subject=subject,
        )
    return None


_WORDS = {
    Owed.RETURN: (
        "Pass on the Return ID",
        "Return {number} was opened {on}; tell her its Return ID and where to send it.",
        "Return ID {number}",
    ),
    Owed.EXCHANGE: (
        "Ship the exchange",
        "The exchange of return {number} was promised {on} and has not been sent; it ships free.",
        "Exchange of {number}",
    ),
    Owed.GIFT: (
        "Send the gift certificate",
        "Gift certificate {number} was sold {on}, and its number has not been sent{to} yet.",
        "Gift certificate {number}",
    ),
}


def number_of(detail: str) -> str:
    """The number in the few words of such a suggestion: "GC-1042" in "Gift certificate GC-1042 · today"."""
    said = detail.rpartition(" · ")[0] or detail
    heads = (words[2].partition("{number}")[0] for words in _WORDS.values())
    return next((said.removeprefix(head) for head in heads if said.startswith(head)), "")
