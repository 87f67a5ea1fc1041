"""Your website: the rep's own public page (R35)."""

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from stylistdesk.ui.backoffice import website_jobs
from stylistdesk.ui.backoffice.task import Entry, Key, Look, Task
from stylistdesk.ui.backoffice.website_lines import link_entries, missing_entries, page_entry, window_entries
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import BLANK, Line, Piece
from stylistdesk.ui.links import open_link

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.desk import Desk
    from stylistdesk.queries.website import LinkLine, WebsiteView
    from stylistdesk.ui.backoffice.screen import BackOffice

KEYS = (
    ("website_preview", "previews"),
    ("website_browser", "shows it in your browser"),
    ("website_write", "writes it out"),
)


class YourWebsite(Task["WebsiteView"]):
    """The page with its score, then her links in their order, then the shop windows that are open today."""

    TITLE = "Your website"
    SCOPE: ClassVar[Scope] = Scope.WEBSITE
    ADDS = "a link"
    LABELS: ClassVar[dict[str, str]] = {"edit": "Fill in"}

    def read(self, desk: "Desk") -> "WebsiteView":
        from stylistdesk.queries.website import website

        return desk.ask(website)

    def summary(self, known: "WebsiteView", look: Look) -> Line:
        score = known.completeness.score
        said = Piece(f"Your page is {score} % complete", "strong" if score == 100 else "name")
        missing = known.completeness.missing
        return (said, Piece(f"   next: {missing[0].name.lower()}" if missing else "", "quiet"))

    def entries(self, known: "WebsiteView", look: Look) -> list[Entry]:
        return [
            page_entry(known, look),
            Entry((BLANK, look.keys(*KEYS))),
            *missing_entries(known, look),
            *link_entries(known, look),
            *window_entries(known, look),
        ]

    # ------------------------------------------------------------------- keys

    async def add(self, screen: "BackOffice") -> None:
        await screen.fill_in("Add a link", _link_fields(None), _add_link, draft="website:link:new")

    async def edit(self, screen: "BackOffice", key: Key) -> None:
        link = _link(screen, key)
        if link is None:
            await website_jobs.fill_in_page(screen)
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.website import EditWebsiteLink

            return EditWebsiteLink(link.id, values["label"], values["url"])

        await screen.fill_in("Edit the link", _link_fields(link), make, draft=f"website:link:{link.id}")

    async def remove(self, screen: "BackOffice", key: Key) -> None:
        from stylistdesk.commands.website import RemoveWebsiteLink

        if key[0] == "link":
            await screen.carry_out(RemoveWebsiteLink(key[1]))
        else:
            shown = screen.program.keymap_of_desk.shown("edit")
            screen.tell("The page itself stays.", bad=True, after=f"{shown} changes what it says.")

    async def open(self, screen: "BackOffice", key: Key) -> None:
        """See the page, or open the link."""
        link = _link(screen, key)
        if link is None:
            await (website_jobs.preview if screen.known.is_begun else website_jobs.fill_in_page)(screen)
        elif await asyncio.to_thread(open_link, link.url):
            screen.tell("Opened in your browser.")
        else:
            screen.app.copy_to_clipboard(link.url)
            screen.tell("No browser was found.", bad=True, after="The link is copied.")

    async def move_up(self, screen: "BackOffice", key: Key | None) -> None:
        """Move the link up."""
        await self._move(screen, key, -1)

    async def move_down(self, screen: "BackOffice", key: Key | None) -> None:
        """Move the link down."""
        await self._move(screen, key, 1)

    @staticmethod
    async def _move(screen: "BackOffice", key: Key | None, by: int) -> None:
        from stylistdesk.commands.website import MoveWebsiteLink

        if key is not None and key[0] == "link":
            await screen.carry_out(MoveWebsiteLink(key[1], by))
        else:
            screen.tell("Only links can be moved.", bad=True)

    async def preview(self, screen: "BackOffice", _key: Key | None) -> None:
        """See the page here."""
        await website_jobs.preview(screen)

    async def show_in_browser(self, screen: "BackOffice", _key: Key | None) -> None:
        """See the page in her browser."""
        await website_jobs.show_in_browser(screen)

    async def write_out(self, screen: "BackOffice", _key: Key | None) -> None:
        """Write the page into a file."""
        await website_jobs.write_out(screen)

    async def choose_picture(self, screen: "BackOffice", _key: Key | None) -> None:
        """Choose a picture for the page."""
        await website_jobs.choose_picture(screen)


def _link(screen: "BackOffice", key: Key) -> "LinkLine | None":
    links: tuple[Any, ...] = screen.known.links
    return next((link for link in links if key == ("link", link.id)), None)


def _link_fields(link: "LinkLine | None") -> list[Field]:
    return [
        Field("label", "Label", link.label if link else "", hint="as it stands on the page, for example Instagram"),
        Field("url", "Address", link.url if link else "", hint="for example instagram.example.com/ola"),
    ]


def _add_link(values: dict[str, str]) -> "Command":
    from stylistdesk.commands.website import AddWebsiteLink

    return AddWebsiteLink(values["label"], values["url"])
