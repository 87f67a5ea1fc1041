"""The templates that come with the desk (R44), one for each thing that a message may be for, and some for any time.

They are in the syntax in which a rep writes hers: she can look at each, and put her own words in its place.
"""

from typing import Final

from stylistdesk.domain.templates import OCCASIONS, MessageTemplate
from stylistdesk.domain.types import Channel, MessageKind

TEXT, EMAIL = Channel.TEXT, Channel.EMAIL
COMMERCIAL, ANSWER, NOTICE = MessageKind.COMMERCIAL, MessageKind.ANSWER, MessageKind.ORDER
SIGNED = "\n\n{{ rep_name }}"
HI = 'Hi {{ first_name or "there" }}, '


def _for(
    occasion: str,
    subject: str,
    body: str,
    kind: MessageKind = COMMERCIAL,
    channel: Channel | None = None,
    *,
    key: str = "",
    name: str = "",
) -> MessageTemplate:
    """One of ours, signed unless it is to be gone on with. Without a name of its own it is called as what it is for."""
    body = HI + body + ("" if body.endswith(" ") or not body else SIGNED)
    return MessageTemplate(key or occasion, name or OCCASIONS[occasion], channel, occasion, kind, subject, body)


def _any_time(
    key: str, name: str, subject: str, body: str, kind: MessageKind = COMMERCIAL, channel: Channel | None = None
) -> MessageTemplate:
    return _for("", subject, body, kind, channel, key=key, name=name)


BUILT_IN: Final[tuple[MessageTemplate, ...]] = (
    _for("make_it_right", "Making it right", "thank you for telling me. I am sorry that this was not what you hoped"
         " for. When can I call you, so that we make it right?", ANSWER),
    _for("start_consultation", "Our consultation", "I am here and ready when you are. Shall we begin?", NOTICE),
    _for("deliver_lookbook", "Your lookbook", "your lookbook is ready! I kept in mind what we said. Tell me what you"
         " love.", NOTICE),
    _for("deliver_lookbook", "Your lookbook is ready", "your lookbook is ready! I kept in mind what we said.\n\n"
         "Take your time with it: heart what you love, and tell me what is not quite you. Both help me with the next"
         " one.", NOTICE, EMAIL, key="deliver_lookbook_email", name="Deliver the lookbook, by email"),
    _for("help_with_cart", "Still in your cart", 'I saw that you put {{ the_item or "what you chose" }} in your cart.'
         " Can I help with the size, or check that it is in stock?"),
    _for("answer_comment", "Thank you", "thank you for your words{% if item %} about {{ the_item }}{% endif %}! ",
         ANSWER),
    _for("answer_question", "Your question", "thank you for asking{% if item %} about {{ the_item }}{% endif %}! ",
         ANSWER),
    _for("send_close_up", "A closer look", 'I saw that you like {{ the_item or "what you chose" }}. Shall I send a'
         " close-up, or look up your size?"),
    _for("first_impressions", "What do you think?", "have you had a moment to look at your lookbook? I would love"
         " your first impressions, also of what is not quite you."),
    _for("thank_for_order", "Thank you!", "thank you so much for your order! I will tell you as soon as it ships.",
         NOTICE),
    _for("thank_for_order", "Thank you for your order", "thank you so much for your order"
         "{% if item %} of {{ the_item }}{% endif %}! I will tell you as soon as it ships.\n\nWhen it is with you,"
         " try it on with what you have, and tell me how it fits: if anything is not quite right, we will change it"
         " while we can.", NOTICE, EMAIL, key="thank_for_order_email", name="Thank her for the order, by email"),
    _for("ask_how_she_likes_it", "Thank you!", "thank you again for your order! How do you like it?", NOTICE),
    _for("ask_how_it_fits", "How does it fit?", 'how does {{ the_item or "what you chose" }} fit? If anything is not'
         " quite right, tell me and we will change it while we can."),
    _for("send_outfit_ideas", "Ideas for you", 'here is what I would wear with {{ the_item or "what you chose" }}: '),
    _for("ask_what_is_next", "What is next?", 'how do you like wearing {{ the_item or "what you chose" }}? Is there'
         " anything you are looking for next?"),
    _for("schedule_revision", "Your revision", "I am glad to change your looks. When shall we talk it through?",
         ANSWER),
    _for("book_next_looks", "Your next looks", "it is time for your next looks! Which day suits you?"),
    _for("book_next_looks", "Your next looks", "it is time for your next looks"
         "{% if cadence %}, as you have them {{ cadence }}{% endif %}!\n\nWhich day suits you? And is there anything"
         " coming up that I should keep in mind: a trip, a party, a new job?", channel=EMAIL,
         key="book_next_looks_email", name="Book her next looks, by email"),
    _for("check_in", "Thinking of you", "it has been a while! How are you, and is there anything coming up that you"
         " would like to dress for?"),
    _for("follow_up", "A word from me", ""),
    _for("ask_for_consent", "May I keep writing to you?", "I would like to keep sending you looks. Is that all right"
         " with you? Just reply yes; you can change your mind at any time."),
    _for("pass_on_return", "Your return {{ number }}", "here is what you need for your return.\n\n"
         "Return ID: {{ number }}\n{% if address %}\n\nSend it to:\n{{ address }}\n{% endif %}\n\nPlease write the"
         " Return ID on the parcel. The postage of the return is yours.{% if detail %} {{ detail }}{% endif %}",
         NOTICE),
    _for("ship_exchange", "Your exchange", "good news: your exchange is on its way to you!", NOTICE),
    _for("send_certificate", "Your gift certificate", "here is your gift certificate"
         "{% if amount %} of {{ amount }}{% endif %}{% if recipient %} for {{ recipient }}{% endif %}. Its number is"
         " {{ number }}: just tell it to me when you would like to use it.", NOTICE),
    _for("give_present", "A present for you", "{{ giver }} has a present for you: a gift certificate of {{ amount }}."
         " Its number is {{ number }}: just tell it to me when you would like to use it.", NOTICE),
    _for("move_order", "Your order", "a word about your order: it can still count towards an event this month."),
    _for("book_head_to_toe", "Let us begin", "welcome! I would love to get to know your style. When suits you for a"
         " first Head to Toe session?"),
    _for("confirm_appointment", "Tomorrow", "a short word to confirm our appointment tomorrow"
         "{% if time %} at {{ time }}{% endif %}. Does the time still suit you?", NOTICE),
    _for("answer_rating_3", "Thank you for telling me", "thank you for telling me how it was. What would have made it"
         " just right? I will keep it in mind for your next looks.", ANSWER),
    _for("answer_rating_4", "Thank you!", "thank you so much for your feedback! If anything was not quite right, tell"
         " me, and your next looks will be.", ANSWER),
    _for("answer_rating_5", "Thank you!", "thank you so much for your kind words! It was a joy to style you.", ANSWER),
    _for("share_shop_link", "Your shop link: {{ event }}", "here is the link to the shop of your event, {{ event }}:"
         " {{ link }}\n\nIt is open from {{ window }}. Please share it with everyone who would like to look."),
    _for("thank_host", "Thank you: {{ event }}", "thank you so much for hosting {{ event }}!"
         "{% if orders %} It came to {{ orders }} and {{ sales }} in sales.{% endif %}"),
    _for("invite_rep", "Would you like to do what I do?", "you have such a good eye that I thought of you at once:"
         " would you like to do what I do? Here is your own link to sign up, and there is no hurry:\n\n{{ link }}"),
    _any_time("running_late", "Running late", "A few minutes late", "I am running a few minutes late, and I am"
              " sorry. I will be with you as soon as I can!", NOTICE, TEXT),
    _any_time("happy_birthday", "Happy birthday", "Happy birthday!", "happy birthday! I hope that the day is as lovely"
              " as you are."),
    _any_time("new_arrivals", "New arrivals", "New, and I thought of you", "new pieces have come in, and I thought of"
              " you at once.{% if shop_link %} Have a look here: {{ shop_link }}{% endif %}\n\nTell me what you like,"
              " and I will look up your size."),
    _any_time("back_in_stock", "Back in stock", "It is back", 'good news: {{ the_item or "what you asked for" }} is'
              " back in stock. Shall I put your size aside?"),
    _any_time("host_an_evening", "Would you host?", "An evening with your friends?", "would you like to have a few"
              " friends over and try on the new looks? I bring everything, you choose the day, and what your friends"
              " buy earns you rewards."),
)  # fmt: skip

BY_KEY: Final = {one.key: one for one in BUILT_IN}


def usual_kind(occasion: str) -> MessageKind:
    """What a message for this is, as ours are; commercial where nothing else is sure, since that needs the most."""
    return next((one.kind for one in BUILT_IN if occasion and one.occasion == occasion), COMMERCIAL)
