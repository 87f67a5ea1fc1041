"""The rep's page as one static file of HTML that needs nothing from anywhere (R35).

No script, no request: style and picture are in it. It follows the reader's light or dark scheme. Every word is hers,
cleaned and escaped; links go to http and https, to her email address and her phone, and nowhere else.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from stylistdesk.commands.website import LARGEST_PICTURE
from stylistdesk.db.attachments import content_of, place_to_open
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.file_names import harmless_name, say_size
from stylistdesk.domain.pictures import picture_kind, without_traces
from stylistdesk.domain.text import clean, say_phone, shortened
from stylistdesk.domain.web_address import encoded_web_address
from stylistdesk.exchange.exporting import file_name
from stylistdesk.paths import DeskPaths, write_private
from stylistdesk.queries.website import WebsiteView

NONE_OPEN = "No shop window is open just now."
WRITE = "Write to me, and I will tell you when the next one opens."
CALL = "Call me, and I will tell you when the next one opens."


@dataclass(frozen=True, slots=True)
class Window:
    """A shop window as the page shows it."""

    name: str
    link: str
    closes_on: str
    until: str


@dataclass(frozen=True, slots=True)
class Link:
    """A social link as the page shows it."""

    label: str
    url: str


def checked_picture(path: Path) -> Path:
    """The path of a picture that can go on the page. Raises `Refused` at "picture" for one that cannot."""
    name = harmless_name(path.name)
    try:
        if not path.is_file():
            raise Refused(f"There is no file {name}.", field="picture", hint="Choose another one.")
        if path.stat().st_size > LARGEST_PICTURE:
            raise Refused(
                f"{name} is larger than {say_size(LARGEST_PICTURE)}.",
                field="picture",
                hint="Save it smaller: 1200 points wide is plenty.",
            )
        without_traces(path.read_bytes())
    except (OSError, ValueError, RuntimeError):
        raise Refused(f"{name} cannot be read.", field="picture", hint="Choose another one.") from None
    return path


def website_page(site: WebsiteView, attachments: Path) -> bytes:
    """The page, its picture read from the folder of kept files.

    Raises `Refused` for a page without a name, `DeskDamaged` where the picture is missing or no longer what it was.
    """
    picture = content_of(attachments, site.picture_sha256, site.picture_name) if site.picture_sha256 else b""
    return page_text(site, picture).encode()


def page_to_open(site: WebsiteView, paths: DeskPaths) -> Path:
    """The page in a private file, for a browser to show. Raises `Refused` as `website_page` does."""
    content = website_page(site, paths.attachments)
    target = place_to_open(file_name(site.name, ".html"), paths.opened)
    write_private(target, content)
    return target


def page_text(site: WebsiteView, picture: bytes = b"") -> str:
    """The page around these bytes of a picture."""
    name = clean(site.name)
    if not name:
        raise Refused("Your page has no name yet.", hint="Fill in the page first.")
    headline, css = clean(site.headline), _part("css")
    windows = open_windows(site)
    email, phone = clean(site.email), clean(site.phone)
    fingerprint = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    template = ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        _part("html")
    )
    return template.render(
        policy=f"default-src 'none'; style-src 'sha256-{fingerprint}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
        css=Markup(css),  # noqa: S704 - a file of this package
        title=f"{name}: {headline}" if headline else name,
        description=shortened(f"{headline} {clean(site.story, multiline=True)}", 155),
        name=name,
        headline=headline,
        shop_url=safe_address(site.shop_url),
        picture=_embedded(picture) if picture else "",
        picture_words=clean(site.picture_words) or name,
        windows=windows,
        none_open=none_open(has_email=bool(email), has_phone=bool(phone)),
        story=paragraphs(site.story),
        email=email,
        email_link=f"mailto:{quote(email, safe='@')}",
        phone=say_phone(phone),
        phone_link=f"tel:{quote(phone, safe='+')}",
        links=[Link(clean(one.label), url) for one in site.links if (url := safe_address(one.url))],
        written_on=_long(site.today),
    )


def open_windows(site: WebsiteView) -> list[Window]:
    """The shop windows that have a link to a page, with until when each is open."""
    return [
        Window(clean(one.name), link, one.closes_on.isoformat(), say_last_day(one.closes_on))
        for one in site.windows
        if (link := safe_address(one.link))
    ]


def none_open(*, has_email: bool, has_phone: bool) -> str:
    """What the page says while no shop window is open, with how to reach her."""
    return " ".join(part for part in (NONE_OPEN, WRITE if has_email else CALL if has_phone else "") if part)


def safe_address(url: str) -> str:
    """The address if it leads to a page by http or https, else nothing: what an import brought is looked at again."""
    try:
        return encoded_web_address(url)
    except Refused:
        return ""


def paragraphs(story: str) -> list[list[str]]:
    """A text in paragraphs, which an empty line parts, and these in lines."""
    found: list[list[str]] = [[]]
    for line in clean(story, multiline=True).split("\n"):
        if line.strip():
            found[-1].append(" ".join(line.split()))
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def say_last_day(day: date) -> str:
    """A day as a stranger reads it, even next year: "Sunday 29 November 2026"."""
    return f"{day:%A} {_long(day)}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _embedded(picture: bytes) -> str:
    picture = without_traces(picture)
    return f"data:{picture_kind(picture)};base64,{base64.b64encode(picture).decode()}"


@cache
def _part(suffix: str) -> str:
    return files(__package__).joinpath(f"website_page.{suffix}").read_text("utf-8")
