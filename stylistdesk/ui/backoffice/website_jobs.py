"""What keys do with the rep's page as a whole: fill it in, look at it, show it in a browser, write it out."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import typed_phone
from stylistdesk.paths import downloads
from stylistdesk.ui.backoffice.website_lines import preview_lines
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.dialogs.page import PageDialog
from stylistdesk.ui.lines import Line
from stylistdesk.ui.opening import open_own_page
from stylistdesk.ui.screens.exporting import expanded, export_made

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.exporting import Exported
    from stylistdesk.queries.website import WebsiteView
    from stylistdesk.ui.backoffice.screen import BackOffice

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif")


async def fill_in_page(screen: "BackOffice") -> None:
    """Ask what the page says, and keep it."""
    desk, site = screen.desk, screen.known
    if desk is None:
        return

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.website import ChangeWebsite, WebsiteForm

        typed = values.pop("picture").strip()
        form, same = WebsiteForm(**values).checked(desk.country), typed == site.picture_name
        return ChangeWebsite(form, None if same or not typed else _kept(desk, typed), keeps_picture=same)

    await _ask(screen, "Your website", _page_fields(site, desk), make, draft="website")


def _page_fields(site: "WebsiteView", desk: "Desk") -> list[Field]:
    return [
        Field("name", "Name", site.name if site.is_begun else desk.rep_name, hint="yours, or that of your shop"),
        Field("headline", "Headline", site.headline, hint="one line: what you do, and for whom"),
        Field("story", "Story", site.story, lines=6, hint="why a client comes to you; an empty line parts paragraphs"),
        Field("shop_url", "Shop", site.shop_url, hint="its address, for example shop.example.com/ola"),
        Field("email", "Email", site.email, hint="as everybody may see it"),
        Field("phone", "Phone", typed_phone(site.phone, desk.country), hint="as everybody may see it; may be empty"),
        _picture_field(site.picture_name),
        _words_field(site.picture_words),
    ]


def _picture_field(name: str) -> Field:
    return Field("picture", "Picture", name, hint="a file of yours, at most 2 MB; where it was taken is left out")


def _words_field(words: str) -> Field:
    return Field("picture_words", "In words", words, hint="what it shows, for those who cannot see it")


async def choose_picture(screen: "BackOffice") -> None:
    """Choose a picture, say what it shows, and put it on the page."""
    from stylistdesk.ui.dialogs.choose_file import ChooseFile

    desk, site = screen.desk, screen.known
    if desk is None:
        return
    kinds = {"Pictures": lambda path: path.suffix.lower() in PICTURES, "All files": lambda _: True}
    chosen = await screen.app.push_screen_wait(ChooseFile("A picture of you", "Take it", downloads(), kinds))
    if chosen is None:
        return

    def make(values: dict[str, str]) -> "Command":
        from stylistdesk.commands.website import SetPicture

        return SetPicture(_kept(desk, values["picture"]), values["picture_words"])

    fields = [_picture_field(str(chosen)), _words_field(site.picture_words)]
    await _ask(screen, "Your picture", fields, make, first="picture_words")


def _kept(desk: "Desk", typed: str) -> Any:
    """Keep the bytes of a picture that can go on the page."""
    from stylistdesk.exchange.website_page import checked_picture

    try:
        return desk.keep_file(checked_picture(expanded(typed.strip())))
    except Refused as no:
        raise Refused(no.reason, field="picture", hint=no.hint) from None


async def _ask(
    screen: "BackOffice", title: str, fields: Sequence[Field], make: Any, *, draft: str = "", first: str = ""
) -> None:
    """Ask in a form that begins at its `first` field; what is made of it reads files, so that is done in a thread."""

    async def save(values: dict[str, str]) -> Any:
        command = await asyncio.to_thread(make, dict(values))
        return await screen.saver(lambda _: command)(values)

    form = Form(title, fields, save, draft=draft)
    form.FIRST = first
    await screen.show_form(form)


# -------------------------------------------------------------------- looking at it


class Preview(PageDialog[None]):
    """The page as it will be."""

    page_title = "Your page"

    def __init__(self, site: "WebsiteView") -> None:
        super().__init__()
        self.site = site

    def lines(self, width: int) -> Sequence[Line]:
        return preview_lines(self.site, width)


async def preview(screen: "BackOffice") -> None:
    """Show the page here."""
    await screen.app.push_screen_wait(Preview(screen.known))


async def show_in_browser(screen: "BackOffice") -> None:
    """Write the page into a private file, and open that in her browser."""
    desk, site = screen.desk, screen.known
    if desk is None:
        return

    def job() -> tuple[Path, bool]:
        from stylistdesk.exchange.website_page import page_to_open

        path = page_to_open(site, desk.paths)
        return path, open_own_page(path)

    try:
        path, opened = await asyncio.to_thread(job)
    except Refused as no:
        screen.tell(str(no), bad=True)
        return
    if opened:
        screen.tell("Opened in your browser.")
    else:
        path.unlink(missing_ok=True)
        key = screen.program.keymap_of_desk.shown("website_write")
        screen.tell("No browser was found.", bad=True, after=f"{key} writes the page into a file.")


async def write_out(screen: "BackOffice") -> None:
    """Ask for a file, and write the page into it."""
    from stylistdesk.commands.website import MarkWebsiteWritten
    from stylistdesk.exchange.exporting import file_name

    desk = screen.desk
    if desk is None:
        return

    def make() -> "Exported":
        from stylistdesk.exchange.exporting import Exported
        from stylistdesk.exchange.website_page import website_page
        from stylistdesk.queries.website import website

        return Exported(website_page(desk.ask(website), desk.paths.attachments), 1)

    name = file_name(screen.known.name or "my page", ".html")
    hint = "it stays on this machine until you put it where your website is"
    written = await export_made(screen.program, "Write out your page", name, "page", make, hint=hint)
    if written and desk.read_only is None:
        await asyncio.to_thread(desk.do, MarkWebsiteWritten())
        await screen.changed(())
