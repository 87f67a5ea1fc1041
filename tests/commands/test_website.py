"""Her page: what it says, its picture, its links in her order, and which shop windows are open today."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stylistdesk.commands.base import Work
from stylistdesk.commands.website import (
    MOST_LINKS,
    AddWebsiteLink,
    ChangeWebsite,
    EditWebsiteLink,
    MarkWebsiteWritten,
    MoveWebsiteLink,
    RemoveWebsiteLink,
    SetPicture,
    WebsiteForm,
)
from stylistdesk.db.attachments import Stored
from stylistdesk.db.tables import HostEvent, WebsiteLink
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import DeskDamaged, Refused
from stylistdesk.domain.website import PageTexts, completeness
from stylistdesk.exchange.website_page import website_page
from stylistdesk.queries.website import WebsiteView, website
from tests.commands.doing import Do
from tests.commands.undone import Done, refused
from tests.exchange.pages import picture
from tests.helpers import add_client

FORM = WebsiteForm(
    "Ola Berg", "Stylist", "word " * 25, "shop.example.com", "ola@example.com", "(212) 555-0142", "Ola at her desk"
)
TODAY = date(2026, 11, 21)


@pytest.fixture
def done(desk: Desk) -> Done:
    return Done(desk)


@pytest.fixture
def stored(desk: Desk, tmp_path: Path) -> Stored:
    (tmp_path / "ola.jpg").write_bytes(picture())
    return desk.keep_file(tmp_path / "ola.jpg")


def shown(desk: Desk) -> WebsiteView:
    return desk.ask(website)


def test_a_page_is_filled_step_by_step_up_to_100(done: Done, desk: Desk, stored: Stored) -> None:
    view = shown(desk)
    assert not view.is_begun and view.completeness.score == 0
    assert [part.name for part in view.completeness.missing][:2] == ["Name", "Picture"]
    done(ChangeWebsite(WebsiteForm("  Ola\x1b[31m Berg ")))
    assert shown(desk).name == "Ola Berg" and shown(desk).completeness.score == 20
    done(ChangeWebsite(FORM))
    view = shown(desk)
    assert (view.shop_url, view.email, view.phone) == ("https://shop.example.com", "ola@example.com", "+12125550142")
    assert view.completeness.score == 70  # words for a picture that is not there do not count
    done(ChangeWebsite(FORM, stored))
    done(AddWebsiteLink("Instagram", "instagram.example.com/ola"))
    assert shown(desk).completeness.score == 100 and shown(desk).completeness.missing == ()
    done(MarkWebsiteWritten())
    assert shown(desk).exported_at == desk.now()


def test_every_part_counts_and_together_they_make_100() -> None:
    whole = {
        "name": "Ola", "headline": "Stylist", "story": "word " * 20, "shop_url": "x", "email": "y",
        "has_picture": True, "picture_words": "z", "links": 1,
    }  # fmt: skip
    assert completeness(PageTexts(**whole)).score == 100
    for name in whole:
        without = completeness(PageTexts(**{key: value for key, value in whole.items() if key != name}))
        assert without.score < 100 and without.missing and all(part.missing.endswith(".") for part in without.missing)
    assert completeness(PageTexts(**whole | {"email": "", "phone": "1"})).score == 100
    assert completeness(PageTexts(**whole | {"story": "word " * 19})).score == 90


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", " \x00 "), ("shop_url", "javascript:alert(1)"), ("email", "ola at home"), ("phone", "12")],
)
def test_a_wrong_field_is_told_and_nothing_changes(desk: Desk, field: str, typed: str) -> None:
    desk.do(ChangeWebsite(FORM))
    changed = WebsiteForm(**{"name": "Other", field: typed})
    with refused(desk, field):
        desk.do(ChangeWebsite(changed))


@pytest.mark.parametrize(("field", "most"), [("name", 80), ("headline", 160), ("story", 5_000), ("picture_words", 300)])
def test_a_text_that_is_too_long_is_refused_and_none_of_it_cut_off(desk: Desk, field: str, most: int) -> None:
    desk.do(ChangeWebsite(replace(FORM, **{field: " " + "é" * most + " "})))
    assert getattr(shown(desk), field) == "é" * most
    with refused(desk, field) as no:
        desk.do(ChangeWebsite(replace(FORM, **{field: "e" * (most + 12)})))
    assert f"At most {most:,} characters go here; that is 12 too many." in str(no.value)


def test_the_picture_stays_until_another_comes_or_it_is_taken_off(done: Done, desk: Desk, stored: Stored) -> None:
    done(ChangeWebsite(FORM, stored))
    assert b"data:image/jpeg" in website_page(shown(desk), desk.paths.attachments)
    done(ChangeWebsite(WebsiteForm("Ola")))
    assert shown(desk).picture_name == "ola.jpg"
    done(ChangeWebsite(FORM, keeps_picture=False))
    assert shown(desk).picture_sha256 == "" == shown(desk).picture_name
    done(SetPicture(stored, "Ola\nlaughing"))
    assert shown(desk).picture_words == "Ola laughing"
    with refused(desk, "picture"):
        desk.do(SetPicture(Stored("large.jpg", stored.sha256, 2_000_001), ""))
    (desk.paths.attachments / stored.sha256[:2] / stored.sha256).write_bytes(b"something else")
    with pytest.raises(DeskDamaged, match=r"ola\.jpg is no longer"):
        website_page(shown(desk), desk.paths.attachments)


def test_links_stand_in_her_order(done: Done, desk: Desk) -> None:
    ids = [done(AddWebsiteLink(label, f"{label}.example.com")).value for label in ("one", "two", "three")]

    def labels() -> list[str]:
        return [link.label for link in shown(desk).links]

    done(MoveWebsiteLink(ids[2], -1))
    assert labels() == ["one", "three", "two"]
    done(MoveWebsiteLink(ids[0], 1))
    assert labels() == ["three", "one", "two"]
    desk.do(MoveWebsiteLink(ids[2], -1))
    assert labels() == ["three", "one", "two"]
    done(EditWebsiteLink(ids[0], "first", "https://first.example.com"))
    done(RemoveWebsiteLink(ids[2]))
    assert labels() == ["first", "two"] and shown(desk).links[0].url == "https://first.example.com"
    with refused(desk):
        desk.do(RemoveWebsiteLink(ids[2]))


def test_a_link_without_a_label_or_address_or_twice_is_refused(desk: Desk) -> None:
    first = desk.do(AddWebsiteLink("Instagram", "instagram.example.com")).value
    for field, label, url in (
        ("label", " ", "x.example.com"), ("url", "X", ""), ("url", "X", "file:///etc/passwd"),
        ("label", "INSTAGRAM", "x.example.com"),
    ):  # fmt: skip
        with refused(desk, field):
            desk.do(AddWebsiteLink(label, url))
    desk.do(EditWebsiteLink(first, "instagram", "instagram.example.com"))  # its own label is not taken
    for number in range(MOST_LINKS - 1):
        desk.do(AddWebsiteLink(f"link {number}", "x.example.com"))
    with refused(desk, "label") as no:
        desk.do(AddWebsiteLink("one more", "x.example.com"))
    assert "Remove one" in str(no.value)


def test_links_that_all_stand_at_one_place_can_be_moved(desk: Desk) -> None:
    def add(work: Work) -> None:
        for label in ("a", "b", "c"):
            work.session.add(WebsiteLink(position=0, label=label, url="https://x.example.com"))

    desk.do(Do(add))
    desk.do(MoveWebsiteLink(shown(desk).links[2].id, -1))
    assert [link.label for link in shown(desk).links] == ["a", "c", "b"]


def test_windows_of_today_are_on_it_own_ones_first(desk: Desk) -> None:
    """Not the one of tomorrow or yesterday, nor one that was closed or called off, nor one without a link."""
    ana = add_client(desk)

    def event(name: str, opens: int, closes: int, **fields: object) -> HostEvent:
        known = {"link": f"https://shop.example.com/?event={name}", "code": name} | fields
        days = {"opens_on": TODAY + timedelta(opens), "closes_on": TODAY + timedelta(closes)}
        return HostEvent(name=name, **days, **known)

    def add(work: Work) -> None:
        work.session.add_all(
            [
                event("hers, long", -5, 9, client_id=ana),
                event("hers", -5, 0, client_id=ana),
                event("mine", 0, 20),
                event("tomorrow", 1, 5),
                event("yesterday", -9, -1),
                event("closed", -9, 5, closed_at=work.now),
                event("called off", -9, 5, cancelled_at=work.now),
                event("no link", -9, 5, link=""),
            ]
        )

    desk.do(Do(add))
    windows = shown(desk).windows
    assert [(one.name, one.is_own) for one in windows] == [("mine", True), ("hers", False), ("hers, long", False)]
    assert windows[1].closes_on == TODAY


def test_her_clients_names_are_not_on_it(desk: Desk) -> None:
    ana = add_client(desk, "Ana Secretname")
    desk.do(ChangeWebsite(FORM))
    opened = {"opens_on": TODAY, "closes_on": TODAY, "link": "https://x.example.com"}
    desk.do(Do(lambda work: work.session.add(HostEvent(client_id=ana, name="Fall party", code="F", **opened))))
    page = website_page(shown(desk), desk.paths.attachments).decode()
    assert "Fall party" in page and "Secretname" not in page
    with pytest.raises(Refused, match="no name"):
        desk.undo()
        desk.undo()
        website_page(shown(desk), desk.paths.attachments)
