"""A lookbook as a file to send: plain text, or one static page of HTML that needs nothing from anywhere.

Pictures are embedded as they are on the rep's machine; what is not there, or is no picture, is left out. Links go to
http and https only, and every word is escaped.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from jinja2.sandbox import ImmutableSandboxedEnvironment

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money
from stylistdesk.domain.pictures import picture_kind
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Cents
from stylistdesk.domain.web_address import checked_web_address
from stylistdesk.paths import private_folder, unused, write_private
from stylistdesk.queries.lookbooks import ItemRow, LookbookRow

Format = Literal["text", "html"]
LARGEST_PICTURE = 8_000_000
"""A larger picture is left out, in bytes: the page has to go by email."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is written: a lookbook, whose it is, and whose name stands under it."""

    book: LookbookRow
    client: str
    rep_name: str


@dataclass(frozen=True, slots=True)
class Written:
    """The file, and how many pictures were left out."""

    path: Path
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Shown:
    name: str
    brand: str
    price: str
    url: str
    picture: str


_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
body { font: 17px/1.5 Georgia, serif; color: #222; background: #fff; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-weight: normal } h2 { font-size: 1.1rem; margin-top: 2.5rem; border-bottom: 1px solid #ccc }
ul { list-style: none; padding: 0 } li { margin: 1rem 0 } img { max-width: 100%; display: block }
.quiet { color: #666 } .words { white-space: pre-line }
</style>
</head>
<body>
<h1>{{ title }}</h1>
{% if client %}<p class="quiet">For {{ client }}</p>{% endif %}
{% if words %}<p class="words">{{ words }}</p>{% endif %}
{% for look, items in looks %}
{% if look %}<h2>{{ look }}</h2>{% endif %}
<ul>
{% for item in items %}
<li>{% if item.picture %}<img src="{{ item.picture }}" alt="{{ item.name }}">{% endif %}
{% if item.url %}<a href="{{ item.url }}" rel="noopener noreferrer">{{ item.name }}</a>{% else %}{{ item.name }}{% endif %}
{% if item.brand or item.price %}<span class="quiet">{{ [item.brand, item.price] | select | join(", ") }}</span>{% endif %}</li>
{% endfor %}
</ul>
{% endfor %}
{% if rep_name %}<p class="quiet">{{ rep_name }}</p>{% endif %}
</body>
</html>
"""  # noqa: E501


def write_lookbook(folder: Path, page: Page, form: Format, zone: ZoneInfo, now: datetime) -> Written:
    """Write the lookbook into the folder (made private); nothing that is there is overwritten.

    Raises `Refused` for a lookbook without items.
    """
    if not page.book.items:
        raise Refused("There is nothing in it yet.", hint="Put items into the lookbook first.")
    content, left_out = (as_text(page), 0) if form == "text" else as_html(page)
    private_folder(folder)
    on = (page.book.delivered_at or now).astimezone(zone)
    name = re.sub(r"[^a-z0-9]+", "-", name_key(f"{page.client} {page.book.title}"))[:80].strip("-") or "lookbook"
    suffix = "txt" if form == "text" else "html"
    dated = re.search(r"-[0-9]{1,2}-[a-z]{3}-[0-9]{4}$", name)  # "Lookbook of 21 Nov 2026"
    path = unused(folder / f"{name}{'' if dated else f'-{on:%Y-%m-%d}'}.{suffix}")
    write_private(path, content.encode())
    return Written(path, left_out)


def as_text(page: Page) -> str:
    """The lookbook to be pasted into a message: its title, the words, and each look with its items."""
    lines = [page.book.title, ""]
    if page.book.words:
        lines += [page.book.words, ""]
    for look, items in _looks(page.book.items):
        lines += [look] if look else []
        for item in items:
            about = ", ".join(part for part in (item.name, item.brand, _price(item)) if part)
            url = _url(item)
            lines.append(f"- {about}" + (f"\n  {url}" if url else ""))
        lines.append("")
    return "\n".join([*lines, page.rep_name]).strip() + "\n"


def as_html(page: Page) -> tuple[str, int]:
    """The lookbook as one page, and how many pictures were left out since they are not there or are none."""
    left_out = 0
    looks = []
    for look, items in _looks(page.book.items):
        shown = []
        for item in items:
            picture = _embedded(item.picture)
            left_out += bool(item.picture) and not picture
            shown.append(_Shown(item.name, item.brand, _price(item), _url(item), picture))
        looks.append((look, shown))
    template = ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    book = page.book
    said = template.render(title=book.title, client=page.client, words=book.words, looks=looks, rep_name=page.rep_name)
    return said + "\n", left_out


def _looks(items: Sequence[ItemRow]) -> Iterator[tuple[str, list[ItemRow]]]:
    for look in dict.fromkeys(item.look for item in items):
        yield look, [item for item in items if item.look == look]


def _price(item: ItemRow) -> str:
    return format_money(Cents(item.price_cents), item.currency) if item.price_cents is not None else ""


def _url(item: ItemRow) -> str:
    """The item's page, if it is one: what an import brought is looked at here again."""
    try:
        return checked_web_address(item.url)
    except Refused:
        return ""


def _embedded(path: str) -> str:
    """The picture as a data URI; nothing for what is no picture, not there or too large."""
    if not path:
        return ""
    try:
        file = Path(path).expanduser()
        if not file.is_file() or file.stat().st_size > LARGEST_PICTURE:
            return ""
        content = file.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return ""
    kind = picture_kind(content)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}" if kind else ""
