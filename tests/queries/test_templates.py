"""What a message to a client is made of (R44): the template for what is suggested, and what the fields say of her."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stylistdesk.commands.appointments import AddAppointment, AppointmentForm
from stylistdesk.commands.host_events import AddHostEvent, HostEventForm
from stylistdesk.commands.templates import AddTemplate, TemplateForm
from stylistdesk.desk import Desk
from stylistdesk.domain.suggestions import Standing
from stylistdesk.domain.templates import FIELDS, occasion_of, with_the
from stylistdesk.domain.types import Channel, SignalKind
from stylistdesk.queries.daily_tasks import ClientPane, client_pane
from stylistdesk.queries.templates import Letter, letter
from tests.snapshots.picture_desk import suggestion
from tests.ui.conftest import Did, fill


@pytest.fixture
def filled(desk: Desk) -> Desk:
    fill(desk)
    return desk


def pane_of(desk: Desk, client_id: int) -> ClientPane:
    pane = desk.ask(client_pane, client_id)
    assert pane is not None
    return pane


def written(found: Letter, channel: Channel = Channel.TEXT) -> str:
    return found.fill(found.best(channel)).body


@pytest.mark.parametrize(
    ("client", "words"),
    [
        (1, "Hi Ana, thank you for asking! "),
        (2, "Hi Bea, I saw the tan ankle boot in your cart: a lovely choice!"),
        (3, "Hi Cleo, welcome! I would love to get to know your style."),
        (4, "Hi Dana, thank you so much for your order of the oat wide trousers! I will tell you as soon as it ships."),
        (5, "Hi Emi, welcome! I would love to get to know your style."),
    ],
)
def test_a_message_is_about_what_is_to_be_done_next(filled: Desk, client: int, words: str) -> None:
    assert written(filled.ask(letter, pane_of(filled, client))).startswith(words)


@pytest.mark.parametrize(
    ("action", "detail", "number", "occasion"),
    [
        ("Answer her comment", "“Is it in navy?”", 5, "answer_question"),
        ("Answer her reply", "“Gorgeous!”", 5, "answer_comment"),
        ("Answer her reply", "“هل هو؟”", 5, "answer_question"),
        ("Thank her for the order", "", 8, "thank_for_order"),
        ("Ask how she likes it", "", 8, "ask_how_she_likes_it"),
        ("Ask how it fits", "", 9, "ask_how_it_fits"),
        ("Send outfit ideas", "", 9, "send_outfit_ideas"),
        ("Ask what is next", "", 9, "ask_what_is_next"),
        ("Ship the exchange", "", 15, "ship_exchange"),
        ("Send the gift certificate", "", 15, "send_certificate"),
        ("Ask what is next", "", 13, "follow_up"),
        ("Something new", "", 99, "follow_up"),
    ],
)
def test_what_is_suggested_says_what_the_message_is_for(action: str, detail: str, number: int, occasion: str) -> None:
    assert occasion_of(suggestion(action, detail, 0, Channel.TEXT, number)) == occasion


def test_where_nothing_is_suggested_it_is_a_check_in_and_what_was_promised_is_hers_to_write(filled: Desk) -> None:
    pane = replace(pane_of(filled, 5), standing=None)
    assert written(filled.ask(letter, pane)).startswith("Hi Emi, I was just thinking of you! How are you")
    promised = Standing(5, (suggestion("Follow up", "Ask about the wedding", 0, Channel.TEXT, 13),), ())
    assert written(filled.ask(letter, replace(pane, standing=promised))) == "Hi Emi, "


def test_what_she_received_is_named_though_it_was_seen(filled: Desk) -> None:
    for item in ("Barn jacket, olive - M", "Silk scarf, marigold"):
        filled.do(Did(5, SignalKind.RECEIVED, timedelta(days=16), item=item))
    asked = suggestion("Send outfit ideas", "Received Barn jacket, olive - M 16 days ago", 0, Channel.TEXT, 9)
    pane = replace(pane_of(filled, 5), standing=Standing(5, (asked,), ()), signals=())
    assert written(filled.ask(letter, pane)) == "Hi Emi, here is what I would wear with the olive barn jacket: "


def test_an_order_is_asked_for_an_event_where_there_is_but_one(filled: Desk) -> None:
    pane = pane_of(filled, 5)
    assert "Is there a friend's event" in written(filled.ask(letter, pane, "move_order"))
    day = filled.now().date()
    filled.do(AddHostEvent(HostEventForm("Fall evening", day, day + timedelta(days=9))))
    assert "may I count your order towards Fall evening?" in written(filled.ask(letter, pane, "move_order"))


def test_a_number_to_pass_on_is_in_the_message(filled: Desk) -> None:
    pane = pane_of(filled, 5)
    assert pane.standing is not None
    owed = suggestion("Send the gift certificate", "Gift certificate GC-1042 · yesterday", 0, Channel.TEXT, 15)
    pane = replace(pane, standing=pane.standing._replace(suggestions=(owed,)))
    assert "Its number is GC-1042: just tell it" in written(filled.ask(letter, pane))


def test_hers_is_taken_for_what_she_wrote_it_for(filled: Desk) -> None:
    body = "{{ name }}: {{ the_item }}, {{ brand }}, {{ rep_name }}"
    filled.do(AddTemplate(TemplateForm("Mine", body, "Cart", occasion="help_with_cart")))
    assert written(filled.ask(letter, pane_of(filled, 2))) == "Bea Okafor: the tan ankle boot, [no brand known], Robin"
    likes = filled.ask(letter, pane_of(filled, 3), "send_close_up")
    assert written(likes).startswith("Hi Cleo, I am so glad that you like the bone silk shirt!")


def test_what_tomorrow_holds_is_what_is_confirmed(filled: Desk) -> None:
    """Not what she has today, and not what she has confirmed."""
    ten = datetime(2026, 11, 21, 15, tzinfo=UTC)
    day = timedelta(days=1)
    ahead = ((ten + timedelta(hours=2), "fitting", False), (ten + day, "consultation", True),
             (ten + day + timedelta(hours=3), "look review", False))  # fmt: skip
    pane = replace(pane_of(filled, 5), appointments=ahead)
    found = filled.ask(letter, pane, "confirm_appointment")
    assert "our appointment tomorrow at 13:00. Does" in written(found)
    assert found.values["date"] == "Sun 22 Nov" and found.values["appointment"] == "look review"
    assert filled.ask(letter, pane, "check_in").values["time"] == "12:00"


def test_a_day_in_a_message_is_to_come_and_no_field_shows_another(filled: Desk) -> None:
    """An example in the list of fields was a day gone by, and stood where hers stands."""
    ten = datetime(2026, 11, 20, 15, tzinfo=UTC)
    for at in (ten, ten + timedelta(days=12)):
        filled.do(AddAppointment(5, AppointmentForm("Fitting", at)))
        known = filled.ask(letter, pane_of(filled, 5)).values
        assert known["date"] == ("" if at == ten else "Wed 2 Dec")
    for name in ("date", "time", "last_order"):
        assert not any(letter.isdecimal() for letter in FIELDS[name])


def test_what_an_event_says_goes_before_what_is_known_of_her(filled: Desk) -> None:
    about = {"event": "Fall evening", "link": "https://shop.example.com/?event=fall", "window": "1 to 9 Dec"}
    found = filled.ask(letter, pane_of(filled, 1), "share_shop_link", about)
    words = found.fill(found.best(Channel.EMAIL))
    assert words.subject == "Your shop link: Fall evening"
    assert (
        "link for Fall evening:\nhttps://shop.example.com/?event=fall\n\nThe shop is open from 1 to 9 Dec."
        in words.body
    )


@pytest.mark.parametrize(
    ("item", "said"), [("Coat", "the Coat"), ("The Row bag", "The Row bag"), ("your fitting", "your fitting"), ("", "")]
)
def test_an_item_is_spoken_of(item: str, said: str) -> None:
    assert with_the(item) == said


def test_the_newest_item_counts(filled: Desk) -> None:
    pane = pane_of(filled, 1)
    two = (*pane.signals, replace(pane.signals[-1], kind=SignalKind.HEARTED, item="Boot", brand="Alder"))
    found = filled.ask(letter, replace(pane, signals=two), "send_close_up")
    assert (found.values["item"], found.values["brand"]) == ("boot", "Alder")
