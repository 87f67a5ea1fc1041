"""Message templates (R44): what they are for, the fields that they may have, and which one is taken.

How a field is filled is in `stylistdesk/filling.py`; the templates that come with the desk are in
`built_in_templates.py`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.rules_of_returns import number_of
from stylistdesk.domain.spoken_items import and_more, spoken
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Channel, MessageKind, SignalKind

MOST_BODY = 5_000
"""A template is at most so long, in characters."""

REP_NAME = "rep_name"

FIELDS: Final = MappingProxyType(
    {
        "first_name": "her first name",
        "name": "her whole name",
        "item": "what it is about: in her cart, hearted, received",
        "the_item": "the same with “the” before it",
        "the_items": "and how many more, such as the coat and one more piece",
        "brand": "the brand of that item",
        "lookbook": "the lookbook that item is in",
        "comment": "what she wrote last",
        "date": "the day of her next appointment",
        "time": "its hour",
        "appointment": "what it is: consultation, look review",
        "last_order": "the day of her last order",
        "cadence": "how often she is styled",
        "link": "the link of an event, or of a sign-up",
        "shop_link": "the link to your own shop, from Your website",
        "event": "the name of an event",
        "window": "when its shop is open, such as 7 Nov to 29 Nov",
        "orders": "what it came to, such as 3 orders",
        "sales": "and in money, such as $420.00",
        "number": "a Return ID, or a certificate’s number",
        "amount": "what is left on a certificate, such as $100.00",
        "giver": "who bought a certificate as a present",
        "recipient": "for whom a certificate is",
        "address": "where a return is sent",
        "detail": "anything more about it, in a few words",
        REP_NAME: "your name",
    }
)
"""Each field of a template, and what it says.

Beside what it says of her, an example of a day would be taken for hers.
"""

ONLY_OF_ITS_OWN: Final = MappingProxyType(
    {
        "link": "https://shop.example.com/?event=fall",
        "event": "Fall evening",
        "window": "7 Nov to 29 Nov",
        "orders": "3 orders",
        "sales": "$420.00",
        "number": "RET-1042",
        "amount": "$100.00",
        "giver": "Dana Whitfield",
        "recipient": "Emi Tanaka",
        "address": "Returns\n400 Tannery Row\nNewark, NJ 07105",
        "detail": "It ships free.",
    }
)
"""What only the event, return or certificate at hand can say; a preview shows these examples."""

OCCASIONS: Final = MappingProxyType(
    {
        "make_it_right": "Make it right",
        "start_consultation": "Start the consultation",
        "deliver_lookbook": "Deliver the lookbook",
        "help_with_cart": "Help with her cart",
        "answer_comment": "Answer her comment",
        "answer_question": "Answer her question",
        "send_close_up": "Send a close-up",
        "first_impressions": "Ask for first impressions",
        "thank_for_order": "Thank her for the order",
        "ask_how_she_likes_it": "Ask how she likes it",
        "ask_how_it_fits": "Ask how it fits",
        "send_outfit_ideas": "Send outfit ideas",
        "ask_what_is_next": "Ask what is next",
        "schedule_revision": "Schedule the revision",
        "book_next_looks": "Book her next looks",
        "check_in": "Check in",
        "follow_up": "Follow up",
        "ask_for_consent": "Ask for express consent",
        "pass_on_return": "Pass on the Return ID",
        "ship_exchange": "Ship the exchange",
        "send_certificate": "Send the gift certificate",
        "give_present": "Send a certificate as a present",
        "move_order": "Move her order to an event",
        "book_head_to_toe": "Book Head to Toe",
        "confirm_appointment": "Confirm an appointment",
        "answer_rating_3": "Answer a rating of 3",
        "answer_rating_4": "Answer a rating of 4",
        "answer_rating_5": "Answer a rating of 5",
        "share_shop_link": "Send an event’s shop link",
        "thank_host": "Thank a host",
        "invite_rep": "Invite to become a rep",
        "": "Any time",
    }
)
"""What a template can be for, each with its words: the next actions of R5, then what other screens send.

A template for any time is offered, but never taken by itself.
"""

OF_OTHER_SCREENS: Final = frozenset(
    {
        "give_present",
        "answer_rating_3",
        "answer_rating_4",
        "answer_rating_5",
        "share_shop_link",
        "thank_host",
        "invite_rep",
    }
)
"""What no rule suggests: CSAT, the back office and its events send it."""

FOLLOW_UP = "follow_up"
"""What is taken where nothing is written for what is suggested: what she promised, in her own words."""

CHECK_IN = "check_in"
"""What is taken where nothing is suggested."""

_BY_RULE: Final = MappingProxyType(
    {
        1: "make_it_right",
        2: "start_consultation",
        3: "deliver_lookbook",
        4: "help_with_cart",
        5: "answer_comment",
        6: "send_close_up",
        7: "first_impressions",
        8: "thank_for_order",
        9: "ask_how_it_fits",
        10: "schedule_revision",
        11: "book_next_looks",
        12: CHECK_IN,
        13: FOLLOW_UP,
        14: "ask_for_consent",
        15: "pass_on_return",
        16: "move_order",
        17: "book_head_to_toe",
        18: "confirm_appointment",
    }
)
_VARIANTS: Final = MappingProxyType(
    {
        (8, "Ask how she likes it"): "ask_how_she_likes_it",
        (9, "Send outfit ideas"): "send_outfit_ideas",
        (9, "Ask what is next"): "ask_what_is_next",
        (15, "Ship the exchange"): "ship_exchange",
        (15, "Send the gift certificate"): "send_certificate",
    }
)
_ABOUT: Final = MappingProxyType(
    {
        "help_with_cart": (SignalKind.ADDED_TO_CART,),
        "answer_comment": (SignalKind.COMMENTED, SignalKind.REPLIED),
        "answer_question": (SignalKind.COMMENTED, SignalKind.REPLIED),
        "send_close_up": (SignalKind.HEARTED, SignalKind.FAVOURITED),
        "thank_for_order": (SignalKind.CHECKED_OUT,),
        "ask_how_she_likes_it": (SignalKind.CHECKED_OUT,),
        "ask_how_it_fits": (SignalKind.RECEIVED,),
        "send_outfit_ideas": (SignalKind.RECEIVED,),
        "ask_what_is_next": (SignalKind.RECEIVED,),
    }
)
"""What she did with the item that it is about; where nothing is said, the newest item of all."""


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A template as the rep is offered it: one that came with the desk, or one of hers.

    `channel` is the one it is for, or None for text and email alike. `row` is the id of her own; one of hers that
    `replaces` another has that one's key.
    """

    key: str
    name: str
    channel: Channel | None
    occasion: str
    kind: MessageKind
    subject: str
    body: str
    row: int | None = None
    replaces: str = ""
    hidden: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the rep wrote it."""
        return self.row is not None

    @property
    def ref(self) -> "int | str":
        """By what a command names it: the id of hers, else the key of one that came with the desk."""
        return self.row if self.row is not None else self.key

    def fits(self, channel: Channel) -> bool:
        """Whether it is for this channel, or for both."""
        return self.channel in (None, channel)


@dataclass(frozen=True, slots=True)
class Words:
    """What a template has become for one client. One that `goes_on` ends where the rep is to go on."""

    subject: str
    body: str
    goes_on: bool = False


_GREETED = re.compile(r"((?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening)) [^,\n]{1,60}), +(\S?\S?)")


def as_letter(words: Words) -> Words:
    """The words as an email has them, where they were written for a text too: the greeting has a line of its own."""
    found = _GREETED.match(words.body)
    if found is None:
        return words
    begun = found[2] if found[2][1:].isupper() else found[2][:1].upper() + found[2][1:]  # but not "iPhone"
    return replace(words, body=f"{found[1]},\n\n{begun}{words.body[found.end() :]}")


def occasion_of(suggestion: Suggestion | None) -> str:
    """What a message on a suggestion is for."""
    if suggestion is None:
        return CHECK_IN
    if suggestion.number == 5 and any(sign in suggestion.detail for sign in "?？؟"):
        return "answer_question"
    usual = _BY_RULE.get(suggestion.number, FOLLOW_UP)
    return _VARIANTS.get((suggestion.number, suggestion.action), usual)


def answer_to(score: int) -> str:
    """What an answer to a rating from 1 to 5 is for: 1 and 2 are what rule 1 suggests."""
    return f"answer_rating_{score}" if score > 2 else "make_it_right"


def best(templates: Iterable[MessageTemplate], occasion: str, channel: Channel) -> MessageTemplate:
    """The template to take: hers before ours, the one for this channel before the one for both, the newest of hers.

    Where there is none for the occasion, the one to follow up with; if that is hidden too, a greeting.
    """
    offered = [one for one in templates if not one.hidden and one.fits(channel)]
    for wanted in (occasion, FOLLOW_UP):
        fitting = [one for one in offered if one.occasion == wanted]
        if fitting:
            return min(fitting, key=lambda one: (not one.is_own, one.channel is None, -(one.row or 0)))
    return GREETING


GREETING: Final = MessageTemplate(
    "greeting",
    "A greeting",
    None,
    FOLLOW_UP,
    MessageKind.COMMERCIAL,
    "A word from me",
    'Hi {{ first_name or "there" }}, ',
)


def by_nearness(templates: Iterable[MessageTemplate], occasion: str, channel: Channel) -> list[MessageTemplate]:
    """Those that are not hidden, for a rep to pick from: first those for the occasion, hers before ours."""
    places = {name: place for place, name in enumerate(OCCASIONS)}

    def near(one: MessageTemplate) -> tuple[bool, bool, bool, int, str]:
        here = one.occasion == occasion
        return not here, not one.is_own, not one.fits(channel), places.get(one.occasion, 0), name_key(one.name)

    return sorted((one for one in templates if not one.hidden), key=near)


def parse_occasion(typed: str) -> str | None:
    """The occasion whose words were typed, or begin so, or hold all that was typed; None where it is not one."""
    found = occasions_meant(typed)
    return "" if not name_key(typed) else found[0] if len(found) == 1 else None


def occasions_meant(typed: str) -> list[str]:
    """The occasions that the words may mean: so called; else beginning so; else those that hold them."""
    said = name_key(typed).replace("’", "'")
    words = {key: name_key(label.replace("’", "'")) for key, label in OCCASIONS.items()}
    for means in (lambda label: label == said, lambda label: label.startswith(said), lambda label: said in label):
        found = [key for key, label in words.items() if said and means(label)]
        if found:
            return found
    return []


# ---------------------------------------------------------------------------- values


def about_item(occasion: str, items: Sequence[tuple[SignalKind, str]]) -> tuple[str, str, str]:
    """The item that a message is about: as it was recorded, as it is said, and with how many more.

    `items` is what she did with which, the newest last.
    """
    about = _ABOUT.get(occasion)
    for kind in about or (None,):
        done = [item for did, item in reversed(items) if item and kind in (None, did)]
        if done:
            first, *others = dict.fromkeys(spoken(item).item for item in done) if about else [spoken(done[0]).item]
            return done[0], first, and_more(with_the(first), spoken(done[0]).more + len(others))
    return "", "", ""


def with_the(item: str) -> str:
    """An item with the word before it: "the cashmere coat"."""
    return item if not item or item.casefold().startswith(("the ", "her ", "your ")) else f"the {item}"


def number_in(suggestion: Suggestion | None) -> str:
    """The number that a suggestion is about, where it is about a return or a certificate."""
    return number_of(suggestion.detail) if suggestion is not None and suggestion.number == 15 else ""


# ------------------------------------------------------------- what is not known of her


def not_known(field: str) -> str:
    """What stands in a message where a client has no value for a field: "[no item known]"."""
    return f"[no {field.removeprefix('the_').replace('_', ' ')} known]"


_MARK = re.compile("|".join(re.escape(not_known(field)) for field in FIELDS))


def unknown_in(words: str) -> str:
    """The first such mark that still stands in a message, or nothing."""
    found = _MARK.search(words)
    return found[0] if found else ""


def check_finished(field: str, words: str, filled: Words, names: Iterable[str]) -> None:
    """Raises `Refused` at this field for words that are not ready to go out to a client.

    These still hold a mark of what is not known of her, greet her and say no more, or end where the template, `filled`,
    leaves it to the rep to go on. `names` are hers and the rep's.
    """
    if mark := unknown_in(words):
        raise Refused(f"{mark} still stands in it.", field=field, hint="Write what it is, or take it out.")
    if field != "body":
        return
    if not words.strip():
        raise Refused("The message is empty.", field=field, hint="Write a few words.")
    said = set(_words_of(words))
    if said <= _GREETING_WORDS.union(*map(_words_of, names)):
        raise Refused("It says no more than a greeting.", field=field, hint="Write a few words.")
    if filled.goes_on and _words_of(words) == _words_of(filled.body):
        raise Refused("It is not finished: the last words are yours.", field=field, hint="Go on where it ends.")


_GREETING_WORDS = frozenset(["hi", "hello", "hey", "dear", "there", "good", "morning", "afternoon", "evening"])


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def example_values(values: Mapping[str, str]) -> dict[str, str]:
    """The values for a preview: examples stand in for what only an event, a return or a certificate can say."""
    return {**values, **{name: said for name, said in ONLY_OF_ITS_OWN.items() if not values.get(name)}}
