"""The rep's public page (R35): its texts, links and picture, and her shop windows that are open today."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from stylistdesk.db.tables import HostEvent, Website, WebsiteLink
from stylistdesk.domain.website import Completeness, PageTexts, completeness
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A social link: its label and address."""

    id: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A shop window that is open today: what it is called, its link, and its last day. `is_own` has no host."""

    name: str
    link: str
    closes_on: date
    is_own: bool


@dataclass(frozen=True, slots=True)
class WebsiteView:
    """All that the page is made of; `is_begun` once something of it was said."""

    name: str
    headline: str
    story: str
    shop_url: str
    email: str
    phone: str
    picture_name: str
    picture_sha256: str
    picture_words: str
    exported_at: datetime | None
    links: tuple[LinkLine, ...]
    windows: tuple[OpenWindow, ...]
    today: date
    is_begun: bool

    @property
    def completeness(self) -> Completeness:
        """How complete it is."""
        return completeness(
            PageTexts(
                name=self.name,
                headline=self.headline,
                story=self.story,
                shop_url=self.shop_url,
                email=self.email,
                phone=self.phone,
                has_picture=bool(self.picture_sha256),
                picture_words=self.picture_words,
                links=len(self.links),
            )
        )


def website(asking: Asking) -> WebsiteView:
    """The page as it is now; the windows that are her own come first, then those that close soonest."""
    session, today = asking.session, asking.now.astimezone(asking.zone).date()
    row = session.get(Website, 1)
    links = session.exec(select(WebsiteLink).order_by(col(WebsiteLink.position), col(WebsiteLink.id)))
    own = col(HostEvent.client_id).is_(None)
    open_today = session.exec(
        select(HostEvent)
        .where(
            HostEvent.opens_on <= today,
            HostEvent.closes_on >= today,
            HostEvent.link != "",
            col(HostEvent.closed_at).is_(None),
            col(HostEvent.cancelled_at).is_(None),
        )
        .order_by(own.desc(), col(HostEvent.closes_on), col(HostEvent.id))
    )
    site = row or Website()
    return WebsiteView(
        name=site.name,
        headline=site.headline,
        story=site.story,
        shop_url=site.shop_url,
        email=site.email,
        phone=site.phone,
        picture_name=site.picture_name,
        picture_sha256=site.picture_sha256,
        picture_words=site.picture_words,
        exported_at=site.exported_at,
        links=tuple(LinkLine(link.id or 0, link.label, link.url) for link in links),
        windows=tuple(OpenWindow(one.name, one.link, one.closes_on, one.client_id is None) for one in open_today),
        today=today,
        is_begun=row is not None,
    )
