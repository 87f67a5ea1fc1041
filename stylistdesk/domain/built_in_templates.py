"""The templates that come with the desk (R44), one for each thing that a message may be for, and some for any time.

They are in the syntax in which a rep writes hers: she can look at each, and put her own words in its place.
"""

from typing import Final

from stylistdesk.domain.templates import OCCASIONS, MessageTemplate
from stylistdesk.domain.types import Channel, MessageKind

TEXT, EMAIL = Channel.TEXT, Channel.EMAIL
COMMERCIAL, ANSWER, NOTICE = MessageKind.COMMERCIAL, MessageKind.ANSWER, MessageKind.ORDER
SIGNED = "\n\n{{ rep_name }}"
HI = 'Hi {{ first_name or "there" }},'


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
    """One of ours, signed unless it is to be gone on with. Without a name of its own it is called as what it is for.

    What is for emails alone is set as a letter; an email of what is for a text too becomes one (`as_letter`).
    """
    body = HI + ("\n\n" if channel is EMAIL else " ") + body + ("" if body.endswith(" ") or not body else SIGNED)
    return MessageTemplate(key or occasion, name or OCCASIONS[occasion], channel, occasion, kind, subject, body)


def _any_time(
    key: str, name: str, subject: str, body: str, kind: MessageKind = COMMERCIAL, channel: Channel | None = None
) -> MessageTemplate:
    return _for("", subject, body, kind, channel, key=key, name=name)


BUILT_IN: Final[tuple[MessageTemplate, ...]] = (
    _for("make_it_right", "Making it right", "thank you for telling me, and I am sorry that it was not what you hoped"
         " for. When may I call you, so that I can make it right?", ANSWER),
    _for("start_consultation", "Our consultation", "I am here and ready when you are. Shall we begin?", NOTICE),
    _for("deliver_lookbook", "Your lookbook", "your lookbook is ready! Tell me what you love, and what is not"
         " quite you. Here it is: ", NOTICE),
    _for("deliver_lookbook", "Your lookbook is ready", "Your lookbook is ready! I kept in mind what we said.\n\n"
         "Take your time with it: heart what you love, and tell me what is not quite you. Both help me with the next"
         " one.\n\nHere it is: ", NOTICE, EMAIL, key="deliver_lookbook_email", name="Deliver the lookbook, by email"),
    _for("help_with_cart", "Still in your cart", 'I saw {{ the_items or "something you like" }} in your cart: a lovely'
         " choice! Can I help you with the size?"),
    _for("answer_comment", "Thank you", "thank you for your words{% if item %} about {{ the_item }}{% endif %}! ",
         ANSWER),
    _for("answer_question", "Your question", "thank you for asking{% if item %} about {{ the_item }}{% endif %}! ",
         ANSWER),
    _for("send_close_up", "A closer look", 'I am so glad that you like {{ the_item or "what I chose for you" }}!'
         " Shall I send you a close-up, or look up your size?"),
    _for("first_impressions", "What do you think?", "have you had a moment to look at your lookbook? I would love"
         " your first impressions, also of what is not quite you."),
    _for("thank_for_order", "Thank you!", "thank you so much for your order{% if item %} of {{ the_items }}{% endif %}!"
         " I will tell you as soon as it ships.", NOTICE),
    _for("thank_for_order", "Thank you for your order", "Thank you so much for your order"
         "{% if item %} of {{ the_items }}{% endif %}! I will tell you as soon as it ships.\n\nWhen it is with you,"
         " try it on with what you have, and tell me how it fits: if anything is not quite right, we will change it"
         " while we can.", NOTICE, EMAIL, key="thank_for_order_email", name="Thank her for the order, by email"),
    _for("ask_how_she_likes_it", "Thank you!", 'thank you again for your order! How do you like'
         ' {{ the_items or "what you chose" }}?', NOTICE),
    _for("ask_how_it_fits", "How does it fit?", 'how are you getting on with {{ the_items or "what you chose" }}? If'
         " the fit is not quite right, tell me, and we will change that while we can."),
    _for("send_outfit_ideas", "Ideas for you", 'here is what I would wear with {{ the_item or "what you chose" }}: '),
    _for("ask_what_is_next", "What is next?", 'how do you like wearing {{ the_item or "what you chose" }}? Tell me'
         " what you are looking for next, and I will keep an eye out for you."),
    _for("schedule_revision", "Your revision", "I will gladly change your looks until they are right. When shall we"
         " talk it through?", ANSWER),
    _for("book_next_looks", "Your next looks", "it is time for your next looks! Which day suits you?"),
    _for("book_next_looks", "Your next looks", "It is time for your next looks"
         "{% if cadence %}, as you have them {{ cadence }}{% endif %}!\n\nWhich day suits you? And is there anything"
         " coming up that I should keep in mind: a trip, a party, a new job?", channel=EMAIL,
         key="book_next_looks_email", name="Book her next looks, by email"),
    _for("check_in", "Thinking of you", "I was just thinking of you! How are you, and is there anything coming up that"
         " I can help you with?"),
    _for("follow_up", "A word from me", ""),
    _for("ask_for_consent", "May I keep writing to you?", "I would love to keep sending you looks. Is that all right"
         " with you? Just reply yes; you can change your mind at any time."),
    _for("pass_on_return", "Your return {{ number }}", "here is your Return ID: {{ number }}"
         "{% if address %}\nSend it to:\n{{ address }}{% endif %}\n\nPlease write the"
         " Return ID on the parcel, and choose how you send it: you pay the postage.{% if detail %}"
         " {{ detail }}{% endif %}", NOTICE),
    _for("ship_exchange", "Your exchange", "good news: your exchange is on its way to you! Tell me how you like it when"
         " you have it on.", NOTICE),
    _for("send_certificate", "Your gift certificate", "here is your gift certificate"
         "{% if amount %} of {{ amount }}{% endif %}{% if recipient %} for {{ recipient }}{% endif %}. Its number is"
         " {{ number }}: just tell it to me when you would like to use it.", NOTICE),
    _for("give_present", "A present for you", "{{ giver }} has a present for you: a gift certificate of {{ amount }}."
         " Its number is {{ number }}: just tell it to me when you would like to use it.", NOTICE),
    _for("move_order", "Your order", "{% if event %}may I count your order towards {{ event }}? It helps the host, and"
         " for you nothing changes.{% else %}your order can still help a host this month, and for you nothing"
         " changes. Is there a friend's event that it may count towards?{% endif %}"),
    _for("book_head_to_toe", "Let us begin", "welcome! I would love to get to know your style. When would a first Head"
         " to Toe session suit you?"),
    _for("confirm_appointment", "Tomorrow", "I look forward to our appointment tomorrow"
         "{% if time %} at {{ time }}{% endif %}. Does the time still suit you?", NOTICE),
    _for("answer_rating_3", "Thank you for telling me", "thank you for telling me how it was. What would have made it"
         " just right? I will keep it in mind for your next looks.", ANSWER),
    _for("answer_rating_4", "Thank you!", "thank you so much for your feedback! If anything was not quite right, tell"
         " me, and I will see to it that your next looks are.", ANSWER),
    _for("answer_rating_5", "Thank you!", "thank you so much for your kind words! It was a joy to style you.", ANSWER),
    _for("share_shop_link", "Your shop link: {{ event }}", "here is the link for {{ event }}:\n{{ link }}\n\nThe shop"
         " is open from {{ window }}. Please share it with everyone who would like to look."),
    _for("thank_host", "Thank you: {{ event }}", "thank you so much for hosting {{ event }}!"
         "{% if orders %} It came to {{ orders }} and {{ sales }} in sales.{% endif %} It was a joy to do it with"
         " you."),
    _for("invite_rep", "Would you like to do what I do?", "would you like to do what I do? Sign up here:"
         "\n{{ link }}\n\nYou have such a good eye that I thought of you at once, and there is no hurry."),
    _any_time("running_late", "Running late", "A few minutes late", "I am running a few minutes late, and I am"
              " sorry. I will be with you as soon as I can!", NOTICE, TEXT),
    _any_time("happy_birthday", "Happy birthday", "Happy birthday!", "happy birthday! I hope that the day is as lovely"
              " as you are."),
    _any_time("new_arrivals", "New arrivals", "New, and I thought of you", "new pieces have come in, and I thought of"
              " you at once.{% if shop_link %} Have a look here: {{ shop_link }}{% endif %}\n\nTell me what you like,"
              " and I will look up your size."),
    _any_time("back_in_stock", "Back in stock", "Back in stock", 'good news: what you were waiting for is back in'
              ' stock{% if item %}, {{ the_item }}{% endif %}. Shall I put your size aside?'),
    _any_time("host_an_evening", "Would you host?", "An evening with your friends?", "would you like to try on the"
              " new looks with a few friends? I bring everything, you choose the day, and what they buy earns you"
              " rewards."),
)  # fmt: skip

BY_KEY: Final = {one.key: one for one in BUILT_IN}


def usual_kind(occasion: str) -> MessageKind:
    """What a message for this is, as ours are; commercial where nothing else is sure, since that needs the most."""
    return next((one.kind for one in BUILT_IN if occasion and one.occasion == occasion), COMMERCIAL)
