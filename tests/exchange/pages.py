"""The rep's page for tests: made of anything, and read strictly."""

import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

from PIL import Image

from stylistdesk.queries.website import LinkLine, OpenWindow, WebsiteView

TODAY = date(2026, 11, 21)


def picture(size: tuple[int, int] = (90, 110), form: str = "JPEG", **how: Any) -> bytes:
    """The bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (150, 110, 100)).save(out, form, **how)
    return out.getvalue()


SITE = WebsiteView(
    name="Ola Berg",
    headline="Personal stylist for women who would rather not shop.",
    story="I have dressed women in New York for eleven years.\n\nTell me about your week.\nI bring the looks.",
    shop_url="https://shop.example.com/ola",
    email="ola.berg@example.com",
    phone="+12125550142",
    picture_name="ola.jpg",
    picture_sha256="0" * 64,
    picture_words="Ola at a rack of autumn coats",
    exported_at=None,
    links=(
        LinkLine(1, "Instagram", "https://instagram.example.com/ola"),
        LinkLine(2, "My letter", "https://letters.example.com/?a=1&b=2"),
    ),
    windows=(
        OpenWindow("Holiday looks", "https://shop.example.com/?event=H", date(2026, 12, 6), True),
        OpenWindow("An evening at Marguerite’s", "https://shop.example.com/?event=M", date(2026, 11, 29), False),
    ),
    today=TODAY,
    is_begun=True,
)


def site(**fields: Any) -> WebsiteView:
    """The page above with something else in it."""
    return replace(SITE, **fields)


_VOID = frozenset({"meta", "link", "img", "br"})
_PHRASES = frozenset({"a", "br", "span", "time", "#text"})
_GLOBAL = frozenset({"class", "id", "dir", "aria-labelledby"})
_HOLDS: dict[str, frozenset[str]] = {
    "": frozenset({"html"}),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"meta", "title", "link", "style"}),
    "title": frozenset({"#text"}),
    "style": frozenset({"#text"}),
    "body": frozenset({"header", "main", "footer"}),
    "header": frozenset({"div", "img"}),
    "main": frozenset({"section"}),
    "footer": frozenset({"p"}),
    "section": frozenset({"h2", "ul", "p", "div"}),
    "div": frozenset({"h1", "p", "a"}),
    "ul": frozenset({"li"}),
    "li": frozenset({"a"}),
    "h1": frozenset({"#text"}),
    "h2": frozenset({"#text"}),
    "p": _PHRASES,
    "a": _PHRASES - {"a"},
    "span": _PHRASES - {"a"},
    "time": frozenset({"#text"}),
}
"""What may stand in what, by the HTML standard, of the elements that the page is made of."""
_HAS: dict[str, frozenset[str]] = {
    "html": frozenset({"lang"}),
    "meta": frozenset({"charset", "name", "content", "http-equiv"}),
    "link": frozenset({"rel", "href"}),
    "a": frozenset({"href", "rel"}),
    "img": frozenset({"src", "alt"}),
    "time": frozenset({"datetime"}),
}
_TAG = re.compile(r"<[a-z][a-z0-9]*(?: [a-z-]+=\"[^\"<]*\")*>")
_ENTITIES = frozenset({"amp", "lt", "gt", "quot"})


class Strict(HTMLParser):
    """Reads a page and fails at the first thing that a browser would have to mend.

    `tree` is what it is made of, as (tag, attributes, children); texts that are only white space are left out.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root: tuple[str, dict[str, str], list[Any]] = ("", {}, [])
        self._open = [self.root]
        self._text = ""
        self.all: list[tuple[str, dict[str, str], list[Any]]] = []
        self.feed(html)
        self.close()
        self._end_text()
        assert self._open == [self.root], f"{self._open[-1][0]} is not closed"
        ids = [attributes["id"] for _, attributes, _ in self.all if "id" in attributes]
        assert len(ids) == len(set(ids))
        for _, attributes, _ in self.all:
            assert attributes.get("aria-labelledby") in (None, *ids)

    @property
    def tree(self) -> tuple[str, dict[str, str], list[Any]]:
        (html,) = self.root[2]
        return html  # type: ignore[no-any-return]

    def of(self, tag: str) -> list[tuple[str, dict[str, str], list[Any]]]:
        """The elements of a kind, in their order."""
        return [each for each in self.all if each[0] == tag]

    def words(self, element: Any = None) -> str:
        """The text in an element, or in the whole body."""
        element = element or self.of("body")[0]
        return element if isinstance(element, str) else " ".join(self.words(child) for child in element[2])

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html" and not self.all and self.getpos() == (1, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        assert _TAG.fullmatch(self.get_starttag_text() or ""), self.get_starttag_text()
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)) and set(names) <= _GLOBAL | _HAS.get(tag, frozenset()), (tag, names)
        assert tag in _HOLDS[self._open[-1][0]], f"{tag} in {self._open[-1][0]}"
        element = (tag, {name: value or "" for name, value in attrs}, [])
        self._open[-1][2].append(element)
        self.all.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] != "style":
            assert not set(data) & set("<>&"), data
        self._text += data

    def handle_entityref(self, name: str) -> None:
        assert name in _ENTITIES, name
        self._text += self.unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text += self.unescape(f"&#{name};")

    @staticmethod
    def unescape(reference: str) -> str:
        """The character that a reference stands for."""
        import html

        return html.unescape(reference)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def _end_text(self) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if text:
            assert "#text" in _HOLDS[self._open[-1][0]], f"text in {self._open[-1][0]}"
            self._open[-1][2].append(text)
