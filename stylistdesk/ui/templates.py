"""What to write to a client, for each rule of R5: filled with her first name and the item, for the rep to edit."""

from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.types import MessageKind, SignalKind

# By the number of the rule: the subject of an email, and the words. {the_item} is "the Cashmere coat" or a stand-in.
_TEMPLATES: dict[int, tuple[str, str]] = {
    1: ("Making it right", "Hi {name}, thank you for telling me. I am sorry that this was not what you hoped for."
        " When can I call you, so that we make it right?"),
    2: ("Our consultation", "Hi {name}, I am here and ready when you are. Shall we begin?"),
    3: ("Your lookbook", "Hi {name}, your lookbook is ready! I kept in mind what we said. Tell me what you love."),
    4: ("Still in your cart", "Hi {name}, I saw that you put {the_item} in your cart."
        " Can I help with the size, or check that it is in stock?"),
    5: ("Thank you", "Hi {name}, thank you for your words about {the_item}! "),
    6: ("A closer look", "Hi {name}, I saw that you like {the_item}. Shall I send a close-up, or look up your size?"),
    7: ("What do you think?", "Hi {name}, have you had a moment to look at your lookbook? I would love your first"
        " impressions, also of what is not quite you."),
    8: ("Thank you!", "Hi {name}, thank you so much for your order! I will tell you as soon as it ships."),
    9: ("How does it fit?", "Hi {name}, how does {the_item} fit? If anything is not quite right, tell me and we will"
        " change it while we can."),
    10: ("Your revision", "Hi {name}, I am glad to change your looks. When shall we talk it through?"),
    11: ("Your next looks", "Hi {name}, it is time for your next looks! Which day suits you?"),
    12: ("Thinking of you", "Hi {name}, it has been a while! How are you, and is there anything coming up that you"
        " would like to dress for?"),
    14: ("May I keep writing to you?", "Hi {name}, I would like to keep sending you looks. Is that all right with you?"
        " Just reply yes; you can change your mind at any time."),
    15: ("Your return", "Hi {name}, here is what you need for your return: {detail}."),
    16: ("Your order", "Hi {name}, a word about your order: it can still count towards an event this month."),
    17: ("Let us begin", "Hi {name}, welcome! I would love to get to know your style. When suits you for a first"
        " Head to Toe session?"),
    18: ("Tomorrow", "Hi {name}, a short word to confirm our appointment tomorrow. Does the time still suit you?"),
}  # fmt: skip
# Where one rule suggests different things, by what it suggests.
_VARIANTS: dict[str, tuple[str, str]] = {
    "Ask how she likes it": ("Thank you!", "Hi {name}, thank you again for your order! How do you like it?"),
    "Send outfit ideas": ("Ideas for you", "Hi {name}, here is what I would wear with {the_item}: "),
    "Ask what is next": ("What is next?", "Hi {name}, how do you like wearing {the_item}? Is there anything you are"
        " looking for next?"),
    "Ship the exchange": ("Your exchange", "Hi {name}, good news: your exchange is on its way to you!"),
    "Send the gift certificate": ("Your gift certificate", "Hi {name}, here is your gift certificate: {detail}."
        " Give me its number whenever you would like to use it."),
}  # fmt: skip
# By the score of 5, what to answer to a rating; 1 and 2 are what rule 1 suggests.
_TO_RATING: dict[int, tuple[str, str]] = {
    1: _TEMPLATES[1],
    2: _TEMPLATES[1],
    3: ("Thank you for telling me", "Hi {name}, thank you for telling me how it was. What would have made it just"
        " right? I will keep it in mind for your next looks."),
    4: ("Thank you!", "Hi {name}, thank you so much for your feedback! If anything was not quite right, tell me, and"
        " your next looks will be."),
    5: ("Thank you!", "Hi {name}, thank you so much for your kind words! It was a joy to style you."),
}  # fmt: skip
_QUESTION = ("Your question", "Hi {name}, thank you for asking about {the_item}! ")
_PLAIN = ("A word from me", "Hi {name}, ")

_ABOUT = {
    4: (SignalKind.ADDED_TO_CART,),
    5: (SignalKind.COMMENTED, SignalKind.REPLIED),
    6: (SignalKind.HEARTED, SignalKind.FAVOURITED),
    9: (SignalKind.RECEIVED,),
}


def _template(suggestion: Suggestion) -> tuple[str, str]:
    if suggestion.number == 5 and any(sign in suggestion.detail for sign in "?？؟"):
        return _QUESTION
    if suggestion.number in (8, 9, 15) and suggestion.action in _VARIANTS:
        return _VARIANTS[suggestion.action]
    return _TEMPLATES.get(suggestion.number, _PLAIN)


_KINDS = {
    1: MessageKind.ANSWER,
    2: MessageKind.ORDER,
    3: MessageKind.ORDER,
    5: MessageKind.ANSWER,
    8: MessageKind.ORDER,
    10: MessageKind.ANSWER,
    15: MessageKind.ORDER,
    18: MessageKind.ORDER,
}
"""What a message on these is, as a rule: an answer to her, or a notice about what she bought or booked (R25)."""


def kind_of(suggestion: Suggestion | None) -> MessageKind:
    """What a message on this suggestion is; commercial where nothing else is sure, since that needs the most."""
    return _KINDS.get(suggestion.number, MessageKind.COMMERCIAL) if suggestion else MessageKind.COMMERCIAL


def template_for(
    suggestion: Suggestion | None, first_name: str, items: dict[SignalKind, str], rep_name: str
) -> tuple[str, str]:
    """The subject and the words for what is suggested; `items` is the newest item she did each thing to."""
    subject, body = _template(suggestion) if suggestion else _PLAIN
    about = _ABOUT.get(suggestion.number, ()) if suggestion else ()
    item = next((items[kind] for kind in about if items.get(kind)), "")
    if not item:
        body = body.replace(" about {the_item}", "")
    # Stored text is put in as it is: it is never itself read as a template.
    filled = body.replace("{name}", "\x00").replace("{the_item}", f"the {item}" if item else "what you chose")
    if suggestion and suggestion.number == 15:
        filled = filled.replace("{detail}", suggestion.detail.partition(" · ")[0])
    return subject, _addressed(filled.replace("\x00", first_name or "there"), rep_name)


def answer_to_rating(score: int, first_name: str, rep_name: str) -> tuple[str, str]:
    """The subject and the words of an answer to a client's rating."""
    subject, body = _TO_RATING[score]
    return subject, _addressed(body.replace("{name}", first_name or "there"), rep_name)


def invitation(first_name: str, link: str, rep_name: str) -> tuple[str, str]:
    """The subject and the words that ask someone to become a rep, with her personal link."""
    body = (
        f"Hi {first_name or 'there'}, you have such a good eye that I thought of you at once: would you like to do "
        f"what I do? Here is your own link to sign up, and there is no hurry:\n\n{link}"
    )
    return "Would you like to do what I do?", _addressed(body, rep_name)


def _addressed(body: str, rep_name: str) -> str:
    return body + (f"\n\n{rep_name}" if rep_name and not body.endswith(" ") else "")
