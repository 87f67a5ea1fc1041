"""The rep's page as a browser shows it, on a phone and on a desk, by day and by night."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stylistdesk.exchange.website_page import page_text
from tests.browser import Browser, chromium
from tests.exchange.pages import SITE, Strict, picture, site
from tests.exchange.test_website_page import EVIL, contrast

pytestmark = pytest.mark.skipif(
    chromium() is None, reason="Chromium is not here, so no browser showed the page: apt-get install chromium"
)

SIZES = [(390, 844), (1280, 800)]
SCHEMES = ["light", "dark"]
TREE = """(function read(node) {
    const words = text => text.replace(/[ \\t\\n\\f\\r]+/g, " ").trim();
    const children = [];
    for (const child of node.childNodes) {
        if (child.nodeType === 1) children.push(read(child));
        else if (words(child.nodeValue)) children.push(words(child.nodeValue));
    }
    const attributes = {};
    for (const each of node.attributes) attributes[each.name] = each.value;
    return [node.localName, attributes, children];
})(document.documentElement)"""
COLOURS = """[...document.querySelectorAll("body *")].filter(
    each => [...each.childNodes].some(child => child.nodeType === 3 && child.nodeValue.trim())
).map(each => {
    let ground = each;
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    return [each.localName, getComputedStyle(each).color, getComputedStyle(ground).backgroundColor];
})"""
LINKS = """[...document.querySelectorAll("a")].map(each => [each.innerText.split("\\n")[0].trim(), each.href])"""
FINGERS = """[...document.querySelectorAll("a")].map(each => [each.innerText, each.getBoundingClientRect().height])"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    evil = site(
        name="<script>document.title='run'</script>",
        headline=" ".join(EVIL[:40])[:900],
        story="\n\n".join(EVIL),
        picture_words='" onload="document.title=1',
        windows=SITE.windows * 3,
    )
    long = site(name="Wolfeschlegelsteinhausenbergerdorff" * 3, story="x" * 900, email=f"{'a' * 60}@{'b' * 60}.example")
    (folder / "page.html").write_text(page_text(SITE, picture((900, 1100))), encoding="utf-8")
    (folder / "evil.html").write_text(page_text(evil, picture()), encoding="utf-8")
    (folder / "long.html").write_text(page_text(long, picture((2000, 200))), encoding="utf-8")
    return folder


def as_lists(element: Any) -> Any:
    if isinstance(element, str):
        return element
    tag, attributes, children = element
    return [tag, attributes, [as_lists(child) for child in children]]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_page_fits_and_leads_where_it_says(
    browser: Browser, folder: Path, width: int, height: int, scheme: str
) -> None:
    browser.open(folder / "page.html", width, height, scheme)
    assert browser.evaluate("document.title") == f"{SITE.name}: {SITE.headline}"
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    assert browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is (scheme == "dark")
    shown = browser.evaluate(LINKS)
    assert shown == [
        ["Visit my shop", "https://shop.example.com/ola"],
        ["Holiday looks", "https://shop.example.com/?event=H"],
        ["An evening at Marguerite’s", "https://shop.example.com/?event=M"],
        ["ola.berg@example.com", "mailto:ola.berg@example.com"],
        ["(212) 555-0142", "tel:+12125550142"],
        ["Instagram", "https://instagram.example.com/ola"],
        ["My letter", "https://letters.example.com/?a=1&b=2"],
    ]
    assert browser.evaluate("document.images[0].complete && document.images[0].naturalWidth") == 900
    assert browser.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"  # its style counts
    assert browser.complaints() == []
    assert [url.partition(",")[0] for url in browser.requested() if not url.startswith("file:")] in (
        ["data:image/jpeg;base64"], [],
    )  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_word_can_be_read_as_it_is_painted(browser: Browser, folder: Path, scheme: str) -> None:
    browser.open(folder / "page.html", *SIZES[0], scheme)
    painted = browser.evaluate(COLOURS)
    assert len(painted) > 12
    for tag, *colours in painted:
        text, ground = ("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", one)[:3]) for one in colours)
        assert contrast(text, ground) >= 4.5, (tag, text, ground)


@pytest.mark.parametrize("name", ["page", "evil", "long"])
def test_a_browser_reads_what_was_written_and_mends_nothing(browser: Browser, folder: Path, name: str) -> None:
    browser.open(folder / f"{name}.html", *SIZES[0])
    written = Strict((folder / f"{name}.html").read_text("utf-8"))
    assert browser.evaluate(TREE) == as_lists(written.tree)
    assert browser.complaints() == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), *SIZES])
@pytest.mark.parametrize("name", ["evil", "long"])
def test_no_text_makes_the_page_wider_than_it_is(
    browser: Browser, folder: Path, name: str, width: int, height: int
) -> None:
    browser.open(folder / f"{name}.html", width, height)
    assert browser.evaluate("document.documentElement.scrollWidth") == width
    assert not browser.evaluate("document.title").startswith("run")


def test_keys_and_fingers_find_every_link(browser: Browser, folder: Path) -> None:
    browser.open(folder / "page.html", *SIZES[0])
    assert all(height >= 24 for _, height in browser.evaluate(FINGERS))
    for number in range(browser.evaluate("document.querySelectorAll('a').length")):
        browser.press_tab()
        here = "document.activeElement"
        assert browser.evaluate(f"{here} === document.querySelectorAll('a')[{number}]")
        assert browser.evaluate(f"getComputedStyle({here}).outlineStyle + getComputedStyle({here}).outlineWidth") == (
            "solid3px"
        )
