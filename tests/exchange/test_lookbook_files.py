"""A lookbook as a file to send: all of it, whole, and nothing in it that runs or calls home."""

import base64
import stat
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.lookbook_files import Page, as_html, as_text, write_lookbook
from stylistdesk.queries.lookbooks import ItemRow, LookbookRow
from tests.conftest import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
ZONE = ZoneInfo("America/New_York")


def item(name: str, look: str = "", **fields: object) -> ItemRow:
    known = {"brand": "", "price_cents": None, "currency": "USD", "url": "", "picture": ""} | fields
    return ItemRow(id=1, look=look, name=name, hearted=0, commented=0, carted=0, units=0, bought=(), **known)  # type: ignore[arg-type]


def page(*items: ItemRow, title: str = "Fall looks 2", words: str = "", client: str = "Ana Ruiz") -> Page:
    return Page(LookbookRow(1, title, None, items, words), client, "Ola Berg")


class Seen(HTMLParser):
    """The tags of a page with what they point at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        self.hrefs += [found["href"] or ""] if "href" in found else []
        self.sources += [found["src"] or ""] if "src" in found else []

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_text_has_each_look_with_its_items_prices_and_pages() -> None:
    coat = item("Cashmere coat, ink", "Look 1", brand="Alder & Wick", price_cents=42_000, url="looks.example.com/1")
    shown = as_text(page(coat, item("Silk shirt", "Look 2"), words="For the cold days.\nEnjoy!"))
    assert shown == (
        "Fall looks 2\n\nFor the cold days.\nEnjoy!\n\nLook 1\n- Cashmere coat, ink, Alder & Wick, $420\n"
        "  https://looks.example.com/1\n\nLook 2\n- Silk shirt\n\nOla Berg\n"
    )


def test_pictures_are_embedded_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "coat.png").write_bytes(PNG)
    (tmp_path / "list.png").write_text("not a picture")
    items = [item(name, picture=str(tmp_path / name)) for name in ("coat.png", "list.png", "gone.png")]
    html, left_out = as_html(page(*items, item("no picture")))
    assert Seen(html).sources == ["data:image/png;base64," + base64.b64encode(PNG).decode()]
    assert left_out == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", 'x" onclick="y'])
def test_only_pages_of_the_web_are_linked(url: str) -> None:
    seen = Seen(as_html(page(item("Coat", url=url), item("Shirt", url="https://a.example.com/?a=1&b=2")))[0])
    assert seen.hrefs == ["https://a.example.com/?a=1&b=2"]


HOSTILE = st.text(st.sampled_from("<>&\"'{}%a /=!-"), max_size=40)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_word_becomes_a_tag_or_runs(title: str, words: str, name: str, look: str) -> None:
    plain = Seen(as_html(page(item("x", "x"), title="x", words="x", client="x"))[0])
    html = as_html(page(item(name or "x", look or "x"), title=title, words=words or "x", client=title or "x"))[0]
    assert Seen(html).tags == plain.tags
    assert (name or "x") in Seen(html).words


def test_the_file_is_private_and_writes_over_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    first = write_lookbook(folder, page(item("Coat")), "html", ZONE, NOW).path
    again = write_lookbook(folder, page(item("Coat")), "html", ZONE, NOW).path
    text = write_lookbook(folder, page(item("Coat"), title="../../etc"), "text", ZONE, NOW).path
    assert [one.name for one in (first, again, text)] == [
        "ana-ruiz-fall-looks-2-2026-11-21.html", "ana-ruiz-fall-looks-2-2026-11-21-2.html",
        "ana-ruiz-etc-2026-11-21.txt",
    ]  # fmt: skip
    dated = write_lookbook(folder, page(item("Coat"), title="Lookbook of 21 Nov 2026"), "html", ZONE, NOW).path
    assert dated.name == "ana-ruiz-lookbook-of-21-nov-2026.html"  # its day is not said twice
    assert {one.parent for one in (first, again, text)} == {folder}
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    with pytest.raises(Refused):
        write_lookbook(folder, page(), "text", ZONE, NOW)
