"""History, as of a day, emails, website, attachments, conversation, duplicates: by keys alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.commands.clients import AddClient, ClientForm, EditClient
from stylistdesk.commands.consent import RecordConsent, SetSender
from stylistdesk.commands.conversations import KeepMessage
from stylistdesk.commands.notes import AddNote
from stylistdesk.desk import Desk
from stylistdesk.domain.types import Channel, ConsentGround, Direction
from stylistdesk.paths import desk_paths
from stylistdesk.queries.attachments import attachments
from stylistdesk.queries.conversations import conversation, emails
from stylistdesk.ui.profile.as_of import ProfileThen
from stylistdesk.ui.profile.sections import SECTIONS
from tests.helpers import dump
from tests.ui.conftest import NOW, Rep, at_the_desk

ANA = 1


async def go_to(rep: Rep, section: str, client_id: int = ANA) -> None:
    await rep.app.open_profile(client_id, section)
    await rep.sees("Ana Ruiz" if client_id == ANA else "", section)
    await rep.press("enter")


@pytest.fixture
def aged(folder: Path) -> Path:
    """The desk some days later, with a few more steps."""
    clock = FrozenClock(NOW - timedelta(days=10))
    with Desk.open(desk_paths(folder), clock=clock) as desk:
        clock.at = NOW - timedelta(days=5)
        desk.do(AddNote(ANA, "Loves navy"))
        clock.at = NOW - timedelta(days=1)
        desk.do(EditClient(ANA, ClientForm("Ana Maria Ruiz", phone="+12125550101", email="c1@example.com")))
    return folder


async def test_history_in_words_filtered_and_taken_back(rep: Rep) -> None:
    await rep.press("n")
    await rep.sees("Note on Ana Ruiz")
    await rep.press(*"Navy", "ctrl+s")
    await rep.sees("Added a note about Ana Ruiz")
    await go_to(rep, "History")
    await rep.sees("All Activity", "Added a note “Navy”", "Commented “Love the coat, is it in navy?”", "Robin")
    await rep.press("v")
    await rep.until(lambda shown: "Commented" not in shown, "customer only")
    await rep.press("v")
    await rep.sees("Nothing of this kind has happened yet.")
    await rep.press("V")
    await rep.sees("Show", "Website")
    await rep.press("G", "enter")
    await rep.until(lambda shown: "Commented" in shown and "Added a note" not in shown, "website only")
    await rep.press("v")
    await rep.sees("Added a note “Navy”")
    await rep.press("enter")
    await rep.sees("What happened", "Step", "Added a note about Ana Ruiz")
    await rep.press("escape", "y")
    await rep.sees("Took back: Added a note about Ana Ruiz.")


async def test_a_long_history_comes_a_page_at_a_time(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        for number in range(230):
            desk.do(AddNote(ANA, f"note {number}"))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await go_to(rep, "History")
        await rep.sees("note 229")
        await rep.press("G")
        await rep.until(lambda _: len(rep.app.screen.known.happenings) > 200, "the next page")  # type: ignore[attr-defined]
        await rep.press("G")
        await rep.sees("Added her to the desk")


async def test_as_of_a_day_every_section_and_nothing_can_be_done(aged: Path) -> None:
    async with at_the_desk(aged) as rep:
        await rep.sees("clients need you")
        await rep.app.open_profile(ANA)
        await rep.sees("Ana Maria Ruiz", "Overview")
        before = dump(rep.desk)
        await rep.press("ctrl+y")
        await rep.sees("The profile as of")
        await rep.write("3 days ago")
        await rep.sees("as of Wed 18 Nov 23:59")
        await rep.press("ctrl+s")
        await rep.sees("As of Wed 18 Nov 23:59", "Loves navy")
        assert isinstance(rep.app.screen, ProfileThen)
        shown = rep.read()
        assert "Maria" not in shown
        for key in ("d", "n", "delete", "a", "u", "U", "e", "D", "x"):
            await rep.press(key)
        await rep.sees("it can only be read")
        for _ in range(12):
            await rep.press("right_square_bracket", "enter", "enter", "escape")
            if not isinstance(rep.app.screen, ProfileThen):
                break
        assert dump(rep.desk) == before
        while isinstance(rep.app.screen, ProfileThen):
            await rep.press("escape")
        await rep.sees("Ana Maria Ruiz")
        await rep.press("ctrl+y")
        await rep.sees("The profile as of")
        await rep.write("2020-01-01")
        await rep.press("ctrl+s")
        await rep.sees("She was not on the desk then.")
        await rep.press("ctrl+y")
        await rep.sees("The profile as of")
        await rep.write("tomorrow")
        await rep.press("ctrl+s")
        await rep.sees("That day has not come yet.")


async def test_an_email_is_logged_read_and_removed(rep: Rep) -> None:
    await go_to(rep, "Emails")
    await rep.sees("Nothing here yet.", "adds an email")
    await rep.press("a")
    await rep.sees("Log an email", "from her")
    await rep.press("tab")
    await rep.write("yesterday 14:00")
    await rep.press("tab", *"Coat", "tab", *"navy", "ctrl+s")
    await rep.sees("Logged an email from Ana Ruiz", "Fri 20 Nov 14:00", "Coat", "navy")
    (email,) = rep.desk.ask(emails, ANA)
    assert (email.direction, email.address) == (Direction.IN, "c1@example.com")
    await rep.press("enter")
    await rep.sees("Email from her", "Subject", "c1@example.com")
    await rep.press("escape", "delete")
    await rep.sees("Removed an email of Ana Ruiz")
    await rep.press("u")
    await rep.sees("Took back", "navy")


async def test_a_text_to_a_number_is_logged_and_copied_where_nothing_opens_it(
    rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("stylistdesk.ui.profile.conversation.open_link", lambda link: bool(opened.append(link)))
    await go_to(rep, "Conversation")
    await rep.sees("(212) 555-0101", "writes a text")
    await rep.press("enter")
    await rep.sees("Text to (212) 555-0101")
    await rep.press("tab", *"Hi", "ctrl+s")
    await rep.sees("Text to (212) 555-0101", "consent")
    assert opened == []
    await rep.press("shift+tab", "right", "ctrl+s")
    await rep.sees("Logged a message to Ana Ruiz", "copied", "Hi")
    assert opened == ["sms:+12125550101?body=Hi"]
    (thread,) = rep.desk.ask(conversation, ANA)
    assert [one.body for one in thread.messages] == ["Hi"]


async def test_a_text_from_the_conversation_is_signed_unless_it_is_an_answer(
    rep: Rep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stylistdesk.ui.profile.conversation.open_link", lambda _: True)
    rep.desk.do(SetSender("12 Alder Lane"))
    rep.desk.do(RecordConsent(ANA, Channel.TEXT, "+12125550101", ConsentGround.EXPRESS, NOW.date(), "On the phone"))
    await go_to(rep, "Conversation")
    await rep.press("enter")
    await rep.sees("Text to (212) 555-0101", "Signed, unless it is an answer: Robin, 12 Alder Lane.")
    await rep.press("tab", *"Hi", "ctrl+s")
    await rep.sees("Logged a message to Ana Ruiz")
    await rep.press("up", "enter")
    await rep.sees("Text to (212) 555-0101")
    await rep.press("right", "tab", *"Yes", "ctrl+s")
    await rep.until(lambda _: len(rep.desk.ask(conversation, ANA)[0].messages) == 2)
    (thread,) = rep.desk.ask(conversation, ANA)
    assert {one.body for one in thread.messages} == {"Hi\nRobin, 12 Alder Lane. Reply STOP to opt out.", "Yes"}


async def test_found_by_number_one_two_and_nobody(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddClient(ClientForm("Fay Lindqvist", phone="+12125550102")))
        desk.do(KeepMessage(2, Channel.TEXT, Direction.IN, NOW, body="from Bea"))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("number_sign")
        await rep.sees("Find by phone number")
        await rep.write("212 555 0101")
        await rep.press("enter")
        await rep.sees("Ana Ruiz", "Conversation", "writes a text")
        await rep.press("number_sign")
        await rep.sees("Find by phone number")
        await rep.write("nonsense")
        await rep.press("enter")
        await rep.sees("is no phone number")
        await rep.write("212-555-0102")
        await rep.press("enter")
        await rep.sees("Who has (212) 555-0102?", "Bea Okafor", "Fay Lindqvist")
        await rep.press("down", "enter")
        await rep.sees("also the number of Bea Okafor", "from Bea")
        await rep.press("number_sign")
        await rep.sees("Find by phone number")
        await rep.write("212 555 0199")
        await rep.press("enter")
        await rep.sees("Nobody has this number")
        await rep.press("y")
        await rep.sees("Add a client", "(212) 555-0199")
        await rep.write("Gil Ortega")
        await rep.press("ctrl+s")
        await rep.sees("Gil Ortega", "(212) 555-0199", "writes a text")


async def test_a_file_is_attached_opened_and_brought_back(
    rep: Rep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, script = tmp_path / "letter.txt", tmp_path / "look.sh"
    letter.write_text("Dear Ana,")
    script.write_text("echo")
    choice = [letter, tmp_path / "none.txt", script]
    (tmp_path / "none.txt").symlink_to(letter)
    opened: list[Path] = []
    (Path.home() / "Downloads").mkdir(parents=True)

    async def choose(*_: object) -> Path:
        return choice.pop(0)

    def open_it(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr("stylistdesk.ui.profile.attachments.choose_a_file", choose)
    monkeypatch.setattr("stylistdesk.ui.kept_files.open_file", open_it)
    await go_to(rep, "Attachments")
    await rep.sees("adds a file")
    await rep.press("a")
    await rep.sees("Attached “letter.txt” to Ana Ruiz", "9 bytes")
    await rep.press("a")
    await rep.sees("none.txt is a link.")
    await rep.press("enter")
    await rep.sees("Opened a copy of letter.txt")
    assert opened[0].read_text() == "Dear Ana," and opened[0].parent.parent == rep.desk.paths.opened
    await rep.press("e")
    await rep.sees("Attachment", "Note")
    await rep.write("Contract.txt")
    await rep.press("ctrl+s")
    await rep.sees("Changed the attachment “Contract.txt”")
    await rep.press("delete")
    await rep.sees("Removed the attachment", "adds a file")
    await rep.press("u")
    await rep.sees("Contract.txt", "9 bytes")
    await rep.press("a")
    await rep.sees("Attached “look.sh”")
    assert [one.name for one in rep.desk.ask(attachments, ANA)] == ["look.sh", "Contract.txt"]
    await rep.press("g", "enter")
    await rep.sees("A file of this kind is not opened from here.")
    assert len(opened) == 1
    await rep.press("y")
    await rep.sees("Saved", "look.sh")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "There is no link to open."),
        ("javascript:alert(1)", "Such a link is never opened."),
        ("file:///etc/passwd", "Such a link is never opened."),
        ("https://looks.example.com/items/1", "Opened in your browser."),
    ],
)
async def test_only_a_link_that_may_be_opened_is(
    folder: Path, url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_it(link: str) -> bool:
        opened.append(link)
        return True

    monkeypatch.setattr("stylistdesk.ui.profile.website.open_link", open_it)
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk, desk._database.write() as session:
        session.connection().exec_driver_sql("UPDATE signal SET url = ? WHERE kind = 'hearted'", (url,))
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await go_to(rep, "Website")
        await rep.sees("Cashmere coat, ink")
        await rep.press("enter")
        await rep.sees(said)
        assert opened == ([url] if url.startswith("https") else [])


async def test_two_records_are_merged_and_parted(folder: Path) -> None:
    with Desk.open(desk_paths(folder), clock=FrozenClock(NOW)) as desk:
        desk.do(AddClient(ClientForm("Ana Ruiz-Vega", phone="+12125550101", company="Copper Lane")))
        before = dump(desk)
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("ctrl+d")
        await rep.sees("1 pair may be one client", "Ana Ruiz-Vega", "same phone (212) 555-0101")
        await rep.press("enter")
        await rep.sees("Merge Ana Ruiz-Vega into Ana Ruiz", "(nothing)", "Copper Lane", "2 contacts (1 + 1)")
        await rep.press("left", "ctrl+s")
        await rep.sees("Merged Ana Ruiz-Vega into Ana Ruiz", "No two clients look alike.")
        assert dump(rep.desk)["client"][0][1] == "Ana Ruiz"
        await rep.press("u")
        await rep.sees("Took back: Merged", "same phone (212) 555-0101")
        assert dump(rep.desk) == before
        await rep.press("x")
        await rep.sees("Remembered that Ana Ruiz and Ana Ruiz-Vega are two", "No two clients look alike.")
        await rep.press("escape")
        await rep.sees("clients need you")


async def test_any_two_that_are_marked_are_merged(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        before = dump(rep.desk)
        await rep.press("8")
        await rep.sees("Bea Okafor")
        await rep.press("down", "space", "down", "space", "ctrl+d")
        await rep.sees("Merge ", " into ")
        await rep.press("ctrl+s")
        await rep.sees("Merged ", " into ")
        assert len(dump(rep.desk)["client"]) == len(before["client"]) - 1
        await rep.press("u")
        await rep.sees("Took back: Merged")
        assert dump(rep.desk) == before


async def test_a_number_is_found_by_its_end(folder: Path) -> None:
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.press("number_sign")
        await rep.sees("Find by phone number")
        await rep.write("555-0103")
        await rep.press("ctrl+s")
        await rep.sees("Conversation", "Cleo Marsh", "(212) 555-0103")


async def test_a_link_is_not_attached(folder: Path, tmp_path: Path) -> None:
    """Her letter would show what the link leads to, whatever that is."""
    (tmp_path / "secret.txt").write_text("not hers")
    (tmp_path / "letter.txt").symlink_to(tmp_path / "secret.txt")
    async with at_the_desk(folder) as rep:
        await rep.sees("clients need you")
        await rep.app.open_profile(1, "Attachments")
        await rep.sees("a adds a file")
        await rep.press("a")
        await rep.sees("Attach a file", "esc leaves")
        await rep.press("tab")
        await rep.write(str(tmp_path / "letter.txt"))
        await rep.press("enter")
        await rep.sees("That is a link: choose the file itself")
        assert not dump(rep.desk)["attachment"]


async def test_where_there_was_nothing_no_key_is_offered(aged: Path) -> None:
    async with at_the_desk(aged) as rep:
        await rep.sees("clients need you")
        await rep.app.open_profile(ANA)
        await rep.sees("Overview", "Ana Maria Ruiz")
        await rep.press("ctrl+y")
        await rep.sees("The profile as of")
        await rep.write("3 days ago")
        await rep.press("ctrl+s")
        await rep.sees("it can only be read")
        seen = []
        profile = rep.app.screen
        assert isinstance(profile, ProfileThen)
        for _ in SECTIONS:
            await rep.until(lambda _: profile.known is not None, "the section is read")
            seen.append(rep.read())
            await rep.press("right_square_bracket")
        assert "There was nothing here then." in seen[-1]
        offered = (" adds ", "enrols her", "schedules a follow-up", "says how far", "writes a text", "opens all brands")
        assert not [words for words in offered for shown in seen if words in shown]
