"""A picture that is published says nothing of where and when it was taken, and looks as it did."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.pictures import picture_kind, without_traces

GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F
SECRET = b"Secretcam"


def taken(form: str, *, turned: int = 1, progressive: bool = False) -> bytes:
    """A picture as a phone makes it: with the camera, a place, and how it is turned."""
    picture = Image.new("RGB", (40, 24))
    picture.putdata([((x * 7) % 256, (x * 3) % 256, x % 256) for x in range(40 * 24)])
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION] = SECRET.decode(), turned
    exif.get_ifd(GPS)[1] = "N"
    out, more = io.BytesIO(), {}
    if form == "PNG":
        info = PngInfo()
        info.add_text("Comment", SECRET.decode())
        more = {"pnginfo": info}
    elif form == "JPEG":
        more = {"comment": SECRET, "progressive": progressive, "icc_profile": b"colours" * 20}
    picture.save(out, form, exif=exif, **more)
    return out.getvalue()


def seen(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture.convert("RGB").tobytes()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("progressive", [False, True])
def test_place_camera_and_comments_go_and_the_picture_stays(form: str, progressive: bool) -> None:
    content = taken(form, progressive=progressive)
    assert SECRET in content
    told = without_traces(content)
    assert SECRET not in told and b"Exif" not in told and b"EXIF" not in told
    assert picture_kind(told) == f"image/{form.lower()}" and seen(told) == seen(content)
    assert without_traces(told) == told


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stays_turned_as_it_was(turned: int) -> None:
    told = without_traces(taken("JPEG", turned=turned))
    with Image.open(io.BytesIO(told)) as picture:
        assert picture.getexif().get(ORIENTATION, 1) == turned
        assert set(picture.getexif()) <= {ORIENTATION} and picture.info["icc_profile"] == b"colours" * 20


def test_what_a_phone_puts_behind_the_picture_goes_too() -> None:
    content = taken("JPEG")
    assert without_traces(content + b"a film" + taken("JPEG")) == without_traces(content)


def test_a_damaged_exif_turns_nothing_and_tells_nothing() -> None:
    content = taken("JPEG")
    said = b"Exif\x00\x00II*\x00" + struct.pack("<I", 4_000_000_000) + SECRET
    broken = content[:2] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + content[2:]
    assert without_traces(broken) == without_traces(content)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_is_broken_off_is_refused(form: str) -> None:
    content = taken(form)
    for end in range(12, len(content) - 12, 7):
        with pytest.raises(Refused, match="broken off"):
            without_traces(content[:end])


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x00\x00\x00\x00WEBP"])
)
def test_no_bytes_bring_anything_but_a_refusal(body: bytes, head: bytes) -> None:
    try:
        told = without_traces(head + body)
    except Refused as no:
        assert no.field == "picture" and no.hint
    else:
        assert picture_kind(told) == picture_kind(head + body) != ""


def test_a_page_or_a_drawing_is_no_picture() -> None:
    for content in (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html>",
        b"%PDF-1.7",
        b"",
        b"RIFF____WAVE",
    ):
        assert picture_kind(content) == ""
        with pytest.raises(Refused, match="no picture"):
            without_traces(content)
