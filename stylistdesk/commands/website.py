"""The rep's public page (R35): what it says, its picture and its social links."""

import sys
from dataclasses import dataclass, replace

from sqlmodel import col, select

from stylistdesk.commands.addresses import checked_email, checked_phone
from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.attachments import SHA256, Stored
from stylistdesk.db.tables import Website, WebsiteLink
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.file_names import harmless_name, say_size
from stylistdesk.domain.text import clean, name_key
from stylistdesk.domain.web_address import checked_web_address

LARGEST_PICTURE = 2_000_000
"""The page carries its picture with it, so it must be small, in bytes."""

MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class WebsiteForm:
    """What the page says; all of it may be empty but the name."""

    name: str
    headline: str = ""
    story: str = ""
    shop_url: str = ""
    email: str = ""
    phone: str = ""
    picture_words: str = ""

    def checked(self, country: str) -> "WebsiteForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        name = _whole("name", self.name, 80)
        if not name:
            raise Refused("The page has no name.", field="name", hint="Your name, or that of your shop.")
        return replace(
            self,
            name=name,
            headline=_whole("headline", self.headline, 160),
            story=_whole("story", self.story, 5_000, multiline=True),
            shop_url=checked_web_address(self.shop_url, "shop_url"),
            email=checked_email(self.email),
            phone=checked_phone(self.phone, country),
            picture_words=_picture_words(self.picture_words),
        )


@dataclass(frozen=True, slots=True)
class ChangeWebsite:
    """Say what the page says. `picture` is the kept file of a new one; without `keeps_picture`, the old one goes."""

    form: WebsiteForm
    picture: Stored | None = None
    keeps_picture: bool = True

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a page without a name, for a wrong address, for too long a text, too large a picture."""
        form, page = self.form.checked(work.country), _page(work)
        page.name, page.headline, page.story = form.name, form.headline, form.story
        page.shop_url, page.email, page.phone = form.shop_url, form.email, form.phone
        page.picture_words = form.picture_words
        if self.picture is not None:
            _show(page, self.picture)
        elif not self.keeps_picture:
            page.picture_name = page.picture_sha256 = ""
        work.session.add(page)
        return Outcome("Changed your website")


@dataclass(frozen=True, slots=True)
class SetPicture:
    """Put a picture on the page, and say in words what it shows."""

    picture: Stored
    picture_words: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for too large a picture, and for too many words."""
        page = _page(work)
        _show(page, self.picture)
        page.picture_words = _picture_words(self.picture_words)
        work.session.add(page)
        return Outcome(f"Put “{page.picture_name}” on your website")


@dataclass(frozen=True, slots=True)
class MarkWebsiteWritten:
    """The page was written into a file now."""

    def apply(self, work: Work) -> Outcome:
        """The page remembers only the last time."""
        page = _page(work)
        page.exported_at = work.now
        work.session.add(page)
        return Outcome("Wrote your website into a file")


def _page(work: Work) -> Website:
    return work.session.get(Website, 1) or Website(id=1)


def _whole(field: str, words: str, most: int, *, multiline: bool = False) -> str:
    """The words, cleaned. Raises `Refused` at the field where they are longer than the page takes: none is cut off."""
    said = clean(words, multiline=multiline, limit=sys.maxsize)
    if len(said) > most:
        over = len(said) - most
        raise Refused(
            f"At most {most:,} characters go here; that is {over:,} too many.", field=field, hint="Make it shorter."
        )
    return said


def _picture_words(words: str) -> str:
    return _whole("picture_words", words, 300)


def _show(page: Website, picture: Stored) -> None:
    if not SHA256.fullmatch(picture.sha256) or picture.size <= 0:
        raise Refused("That is no file that was kept.", field="picture")
    if picture.size > LARGEST_PICTURE:
        raise Refused(
            f"{harmless_name(picture.name)} is larger than {say_size(LARGEST_PICTURE)}.",
            field="picture",
            hint="Save it smaller: 1200 points wide is plenty.",
        )
    page.picture_name, page.picture_sha256 = harmless_name(picture.name), picture.sha256


# ------------------------------------------------------------------------- links


def _checked_link(work: Work, label: str, url: str, but: int | None = None) -> tuple[str, str]:
    label, url = clean(label, limit=40), checked_web_address(url)
    if not label:
        raise Refused("The link has no label.", field="label", hint="For example Instagram.")
    if not url:
        raise Refused("The address is missing.", field="url", hint="For example instagram.example.com/ola.")
    for other in _links(work):
        if other.id != but and name_key(other.label) == name_key(label):
            raise Refused(f"There is a link “{other.label}” already.", field="label", hint="Give it another label.")
    return label, url


def _links(work: Work) -> list[WebsiteLink]:
    query = select(WebsiteLink).order_by(col(WebsiteLink.position), col(WebsiteLink.id))
    return list(work.session.exec(query))


def _link(work: Work, link_id: int) -> WebsiteLink:
    link = work.session.get(WebsiteLink, link_id)
    if link is None:
        raise Refused("This link is no longer there.", hint="Undo brings a removed one back.")
    return link


@dataclass(frozen=True, slots=True)
class AddWebsiteLink:
    """Put a social link on the page, as the last one. `Outcome.value` is its id."""

    label: str
    url: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a missing or taken label, for what is no http or https address, and for too many."""
        label, url = _checked_link(work, self.label, self.url)
        links = _links(work)
        if len(links) >= MOST_LINKS:
            raise Refused(f"{MOST_LINKS} links are enough for a page.", field="label", hint="Remove one first.")
        link = WebsiteLink(position=max((one.position for one in links), default=-1) + 1, label=label, url=url)
        work.session.add(link)
        work.session.flush()
        return Outcome(f"Put the link “{label}” on your website", value=link.id)


@dataclass(frozen=True, slots=True)
class EditWebsiteLink:
    """Change a social link."""

    link_id: int
    label: str
    url: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` as adding does, and if it is gone."""
        link = _link(work, self.link_id)
        link.label, link.url = _checked_link(work, self.label, self.url, but=link.id)
        return Outcome(f"Changed the link “{link.label}”", value=link.id)


@dataclass(frozen=True, slots=True)
class RemoveWebsiteLink:
    """Take a social link off the page."""

    link_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if it is gone."""
        link = _link(work, self.link_id)
        work.session.delete(link)
        return Outcome(f"Removed the link “{link.label}”")


@dataclass(frozen=True, slots=True)
class MoveWebsiteLink:
    """Move a social link up (-1) or down (1)."""

    link_id: int
    by: int

    def apply(self, work: Work) -> Outcome:
        """At the end it stays where it is. Raises `Refused` if it is gone."""
        link, links = _link(work, self.link_id), _links(work)
        place = links.index(link)
        other = place + self.by
        if 0 <= other < len(links):
            links[place], links[other] = links[other], links[place]
        for position, one in enumerate(links):
            one.position = position
        return Outcome(f"Moved the link “{link.label}”", value=link.id)
