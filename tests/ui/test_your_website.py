"""The rep's own page by keys: filled in, looked at, shown in a browser, written into a file."""

import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stylistdesk.ui import opening
from stylistdesk.ui.backoffice.website_lines import preview_lines
from stylistdesk.ui.lines import width_of
from tests.exchange.pages import SITE, Strict, picture, site
from tests.ui.conftest import Rep, at_the_desk
from tests.ui.test_hostile_text import PAYLOADS

STORY = "I have dressed women in New York for eleven years now and I bring the looks to where you are, every week."


@pytest.fixture(params=[(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def rep(folder: Path, request: pytest.FixtureRequest) -> AsyncIterator[Rep]:
    """A rep in the task Your website."""
    async with at_the_desk(folder, request.param) as someone:
        await someone.sees("clients need you", "Ana Ruiz")
        await someone.press("9")
        await someone.sees("Training")
        await someone.press("j", "enter")
        await someone.sees("Your page is 0 % complete")
        yield someone


async def fill_in(rep: Rep, *fields: str) -> None:
    await rep.press("e")
    await rep.sees("yours, or that of your shop")
    for at, words in enumerate(fields):
        if at:
            await rep.press("tab")
        if words:
            await rep.write(words)
    await rep.press("ctrl+s")


async def test_from_an_empty_page_to_a_whole_one(rep: Rep, tmp_path: Path) -> None:
    await rep.sees("e fills in your page.", "0 of 100", "Say who you are")
    await fill_in(rep, "", "Stylist", STORY, "shop.example.com", "robin@example.com")
    await rep.sees("Changed your website", "Robin", "70 of 100", "A picture of you or your work.")
    (tmp_path / "me.jpg").write_bytes(picture())
    await fill_in(rep, "", "", "", "", "", "", str(tmp_path / "gone.jpg"), "Robin at work")
    await rep.sees("There is no file gone.jpg")
    await rep.write(str(tmp_path / "me.jpg"))
    await rep.press("ctrl+s")
    await rep.sees("90 of 100", "me.jpg: Robin at work")
    await rep.press("a")
    await rep.sees("as it stands on the page")
    await rep.write("Instagram")
    await rep.press("tab")
    await rep.write("instagram.example.com/robin")
    await rep.press("ctrl+s")
    await rep.sees("Put the link “Instagram” on your website")
    await rep.press("g")
    await rep.sees("100 of 100", "Your page is 100 % complete")
    await rep.press("u", "u", "j")
    await rep.sees("Your page is 70 % complete")


async def test_what_is_typed_after_choosing_a_picture_is_what_it_shows(rep: Rep, tmp_path: Path) -> None:
    (tmp_path / "me.jpg").write_bytes(picture())
    await rep.press("p")
    await rep.sees("A picture of you")
    await rep.press("tab")
    await rep.write(str(tmp_path / "me.jpg"))
    await rep.press("enter")
    await rep.sees("Your picture", "what it shows")
    await rep.write("Robin at work")
    await rep.press("ctrl+s")
    await rep.sees("Put “me.jpg” on your website", "me.jpg: Robin at work")


async def test_links_are_put_in_her_order_and_taken_away(rep: Rep) -> None:
    for label in ("One", "Two"):
        await rep.press("a")
        await rep.sees("Add a link")
        await rep.write(label)
        await rep.press("tab")
        await rep.write(f"{label.lower()}.example.com")
        await rep.press("ctrl+s")
        await rep.sees(f"Put the link “{label}” on your website")
    await rep.press("K")
    await rep.until(lambda shown: shown.index(" Two  ") < shown.index(" One  "), "Two above One")
    await rep.press("e")
    await rep.sees("Edit the link")
    await rep.write("Second")
    await rep.press("ctrl+s")
    await rep.sees("Changed the link “Second”")
    await rep.press("delete")
    await rep.until(lambda shown: "Second  " not in shown, "the link gone")
    await rep.press("g", "delete")
    await rep.sees("The page itself stays.")


async def test_the_page_is_seen_here_as_it_will_be(rep: Rep) -> None:
    await fill_in(rep, "", "Stylist for everybody")
    await rep.sees("Changed your website")
    await rep.press("v")
    await rep.sees("Your page", "Stylist for everybody", "Open now", "No shop window is open just now.")
    await rep.press("escape")
    await rep.sees("of 100")


def opener(folder: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> Path:
    """A browser that only copies what it is shown."""
    shown = folder / "shown.html"
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\ncp "$1" "{shown}"; echo "$1" > "{shown}.from"; exit {int(fails)}\n')
    program.chmod(0o755)
    monkeypatch.setattr(opening.sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return shown


async def test_a_browser_is_shown_a_private_copy(
    rep: Rep, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opener(tmp_path_factory.mktemp("bin"), monkeypatch)
    await rep.press("o")
    await rep.sees("Your page has no name yet.")
    await fill_in(rep, "")
    await rep.sees("Changed your website")
    await rep.press("o")
    await rep.sees("Opened in your browser.")
    assert Strict(shown.read_text("utf-8")).words().startswith("Robin")
    private = Path(shown.with_name("shown.html.from").read_text().strip())
    assert private.is_relative_to(rep.desk.paths.opened) and private.name == "Robin.html"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600 and stat.S_IMODE(private.parent.stat().st_mode) == 0o700


async def test_without_a_browser_it_says_what_to_do(rep: Rep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening.shutil, "which", lambda _: None)
    await fill_in(rep, "")
    await rep.sees("Changed your website")
    await rep.press("o")
    await rep.sees("No browser was found.", "W writes the page into a file.")
    assert not list(rep.desk.paths.opened.rglob("*.html"))


async def test_it_is_written_where_she_wants_it_and_the_day_is_kept(rep: Rep, tmp_path: Path) -> None:
    await fill_in(rep, "Robin Hale")
    await rep.sees("Changed your website")
    await rep.press("W")
    await rep.sees("Write out your page", "Robin-Hale.html")
    await rep.write(str(tmp_path / "page"))
    await rep.press("ctrl+s")
    await rep.sees("Wrote 1 page to", "Written", "into a file on Sat 21 Nov")
    assert "Robin Hale" in Strict((tmp_path / "page.html").read_text("utf-8")).words()
    await rep.press("W")
    await rep.sees("Write out your page", "it stays on this machine until you put it where", "your website is")
    await rep.write(str(tmp_path / "page.html"))
    await rep.press("ctrl+s")
    await rep.sees("page.html is there already.")


# ------------------------------------------------------------------ as it is laid out


@pytest.mark.parametrize("width", [20, 40, 72, 110])
def test_the_preview_has_all_and_keeps_to_its_width(width: int) -> None:
    page = preview_lines(SITE, width)
    assert all(width_of(line) <= width for line in page)
    words = " ".join("".join(piece.text for piece in line) for line in page)
    for said in ("Ola Berg", "Holiday looks", "Elsewhere", "Instagram", "(212)", "About me", "Open until Sunday 6"):
        assert said in words or width < 30


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_hers_acts_on_the_terminal(payload: str) -> None:
    evil = site(name=payload, headline=payload, story=payload, email=payload, picture_words=payload, shop_url=payload)
    for line in preview_lines(evil, 60):
        assert all(piece.text.isprintable() or "\u200d" in piece.text for piece in line)
