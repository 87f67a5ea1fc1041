"""The rep's page: one file, whole, hers, readable by anybody, and nothing in it that runs or calls home."""

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from stylistdesk.domain.errors import Refused
from stylistdesk.exchange.website_page import CALL, NONE_OPEN, WRITE, checked_picture, page_text, paragraphs
from stylistdesk.queries.website import LinkLine, OpenWindow
from tests.exchange.pages import SITE, TODAY, Strict, picture, site
from tests.ui.test_hostile_text import PAYLOADS

EVIL = (
    *PAYLOADS,
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)', "<!--", "]]>", "<?php ?>",
    "&lt;b&gt;", "&amp;#60;", "&#x3c;script", "javascript:alert(1)", "<a href='https://evil.example.com'>x</a>",
    "{{ self.__init__.__globals__ }}", "{% raw %}", "<base href='//evil.example.com'>", "\x00<\x00b>", "x\x0cy",
    "<meta http-equiv=refresh content=0>", "`${1}`", "</main></body></html>after",
)  # fmt: skip
"""Texts that want to be markup, in a page or on a terminal."""
ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example.com",
    'https://a.example.com/" onclick="x', "https://a.example.com/<b>", "https://a.example.com/?a=1&b=2", "vbscript:x",
    "https://", " java\nscript:alert(1)", "https://exämple.com", "http://a.example.com/\x00",
)  # fmt: skip


def test_all_that_she_said_is_on_the_page() -> None:
    page = Strict(page_text(SITE, picture()))
    words = page.words()
    for said in (SITE.name, SITE.headline, SITE.email, "(212) 555-0142", "Instagram", "I bring the looks."):
        assert said in words
    assert "Open until Sunday 6 December 2026" in words and NONE_OPEN not in words
    hrefs = [attributes["href"] for _, attributes, _ in page.of("a")]
    assert hrefs == [
        "https://shop.example.com/ola",
        "https://shop.example.com/?event=H",
        "https://shop.example.com/?event=M",
        "mailto:ola.berg@example.com",
        "tel:+12125550142",
        "https://instagram.example.com/ola",
        "https://letters.example.com/?a=1&amp;b=2".replace("&amp;", "&"),
    ]
    assert all(attributes.get("rel") == "noopener" for _, attributes, _ in page.of("a") if "http" in attributes["href"])


def test_a_reader_who_hears_the_page_finds_her_way() -> None:
    """Language, title, one first heading, landmarks with names, and what the picture shows."""
    page = Strict(page_text(SITE, picture()))
    assert page.of("html")[0][1]["lang"] == "en"
    assert page.words(page.of("title")[0]) == f"{SITE.name}: {SITE.headline}"
    assert [page.words(each) for each in page.of("h1")] == [SITE.name]
    assert [tag for tag, _, _ in page.of("body")[0][2]] == ["header", "main", "footer"]
    named = {attributes["id"]: page.words(each) for each in page.of("h2") for attributes in [each[1]]}
    assert [named[each[1]["aria-labelledby"]] for each in page.of("section")] == [
        "Open now", "About me", "Talk to me", "Elsewhere",
    ]  # fmt: skip
    assert page.of("img")[0][1]["alt"] == "Ola at a rack of autumn coats"
    described = [each[1] for each in page.of("meta") if each[1].get("name") == "description"]
    assert described[0]["content"].startswith(SITE.headline) and len(described[0]["content"]) <= 155


def test_a_page_with_only_a_name_is_whole_too() -> None:
    bare = site(headline="", story="", shop_url="", email="", phone="", picture_sha256="", links=(), windows=())
    page = Strict(page_text(bare))
    assert page.words(page.of("title")[0]) == SITE.name and not page.of("img") and not page.of("a")
    assert NONE_OPEN in page.words() and WRITE not in page.words()
    with pytest.raises(Refused, match="no name"):
        page_text(site(name=" \x00 "))


@pytest.mark.parametrize(
    ("fields", "said"), [({}, WRITE), ({"email": ""}, CALL), ({"email": "", "phone": ""}, "Shop links of")]
)
def test_where_no_window_is_open_it_says_how_to_reach_her(fields: dict[str, str], said: str) -> None:
    words = Strict(page_text(site(windows=(), **fields))).words()
    assert NONE_OPEN in words and said in words and "Open until" not in words


@pytest.mark.parametrize("payload", EVIL)
def test_no_word_becomes_a_tag_or_runs(payload: str) -> None:
    evil = site(
        name=f"Ola {payload}",
        headline=payload,
        story=f"{payload}\n\n{payload}",
        email=payload,
        phone=payload,
        picture_words=payload,
        links=(LinkLine(1, payload, "https://a.example.com"),),
        windows=(OpenWindow(payload, "https://b.example.com", TODAY, True),),
    )
    html = page_text(evil, picture())
    page = Strict(html)
    hrefs = [attributes["href"] for _, attributes, _ in page.of("a")]
    led = [href for href in hrefs if not re.fullmatch(r"(mailto|tel):[\w%+.@~-]+", href, re.ASCII)]
    assert led == [SITE.shop_url, "https://b.example.com", "https://a.example.com"]
    assert len(page.of("img")) == 1 and html.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)


MARKUP = st.text(st.sampled_from("<>&\"'{}%a /=!-;#x\n\x00"), max_size=40)


@given(MARKUP, MARKUP, MARKUP, MARKUP)
def test_whatever_is_written_is_read_as_it_was_written(name: str, headline: str, story: str, words: str) -> None:
    typed = site(name=f"O{name}", headline=f"H{headline}", story=story, picture_words=f"P{words}")
    page = Strict(page_text(typed, picture()))

    def plain(text: str) -> str:
        return " ".join(text.replace("\x00", "").split())

    assert page.words(page.of("h1")[0]) == plain(f"O{name}")
    assert plain(page.of("img")[0][1]["alt"]) == plain(f"P{words}")
    assert plain(f"H{headline}") in page.words()


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_lead_to_pages_mail_and_phone_and_nowhere_else(address: str) -> None:
    page = Strict(
        page_text(
            site(
                shop_url=address,
                links=(LinkLine(1, "Mine", address),),
                windows=(OpenWindow("Looks", address, TODAY, True),),
            )
        )
    )
    for _, attributes, _ in page.of("a"):
        assert re.match(r"(https?://[a-z]|mailto:|tel:)", attributes["href"]) and '"' not in attributes["href"]
    assert ("https://a.example.com/?a=1&b=2" in [each[1]["href"] for each in page.of("a")]) == ("b=2" in address)


def test_it_asks_nothing_of_anybody() -> None:
    html = page_text(SITE, picture())
    page = Strict(html)
    assert [each[1]["src"][:22] for each in page.of("img")] == ["data:image/jpeg;base64"]
    assert [each[1]["href"] for each in page.of("link")] == ["data:,"]
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert "url(" not in style and "@import" not in style and "</" not in style
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [each[1]["content"] for each in page.of("meta") if "http-equiv" in each[1]]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{fingerprint}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_picture_on_the_page_does_not_say_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secretcam"
    source = Strict(page_text(SITE, picture(exif=exif))).of("img")[0][1]["src"]
    assert b"Secretcam" in picture(exif=exif) and b"Secretcam" not in base64.b64decode(source.partition(",")[2])


# ---------------------------------------------------------------------- colours


def schemes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark scheme, by their names."""
    style = page_text(SITE)
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    first = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return {"light": first, "dark": first | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_stands_out(scheme: str) -> None:
    colours = schemes()[scheme]
    assert contrast("#000000", "#ffffff") == 21
    for ground in ("paper", "card"):
        for text in ("ink", "quiet", "accent"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (scheme, text, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["focus"], colours["paper"]) >= 3


# --------------------------------------------------------------------- its parts


def test_an_empty_line_parts_paragraphs_and_any_other_stays_a_line() -> None:
    assert paragraphs("One\r\ntwo\n \n\n  three   four\n") == [["One", "two"], ["three four"]]
    assert paragraphs(" \n ") == []


def test_only_a_small_picture_that_is_one_is_taken(tmp_path: Path) -> None:
    good, large, none = tmp_path / "ola.png", tmp_path / "large.jpg", tmp_path / "page.png"
    good.write_bytes(picture(form="PNG"))
    large.write_bytes(picture() + b"0" * 2_000_000)
    none.write_text("<svg/>")
    assert checked_picture(good) == good
    for path, said in ((large, "larger than 2 MB"), (none, "no picture"), (tmp_path / "gone.png", "no file")):
        with pytest.raises(Refused, match=said) as no:
            checked_picture(path)
        assert no.value.field == "picture" and no.value.hint


def test_the_day_a_window_closes_is_said_with_its_year() -> None:
    windows = (OpenWindow("Looks", "https://a.example.com", date(2027, 1, 2), True),)
    page = Strict(page_text(site(windows=windows)))
    (until,) = page.of("time")
    assert until[1]["datetime"] == "2027-01-02" and page.words(until) == "Saturday 2 January 2027"
