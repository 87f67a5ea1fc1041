"""Pictures by their bytes: what kind one is, and a copy without what a camera wrote into it.

A picture of a phone says where it was taken, down to the house. What is published must not.
"""

import re
import struct
from collections.abc import Iterator

from stylistdesk.domain.errors import Refused

_HEADS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_PNG_HEAD = _HEADS[0][0]
_PNG_TELLS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_WEBP_TELLS = (b"EXIF", b"XMP ")
_WEBP_FLAGS = 0x08 | 0x04
"""In a VP8X chunk: there is EXIF, there is XMP."""

_JPEG_TELLS = frozenset((*range(0xE1, 0xEE), 0xEF, 0xFE))
"""Segments of applications, and comments; the first and Adobe's say how the colours are meant."""

_COLOURS = b"ICC_PROFILE\x00"
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ORIENTATION = 0x0112


def picture_kind(content: bytes) -> str:
    """The media type that the first bytes tell: PNG, JPEG, GIF or WebP; nothing for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for head, kind in _HEADS if content.startswith(head)), "")


def without_traces(content: bytes) -> bytes:
    """The same picture without place, time, camera and comments; it looks the same, turned as it was.

    Raises `Refused` for what is no picture of a known kind, or is broken off. A GIF stays as it is.
    """
    kind = picture_kind(content)
    try:
        if kind == "image/png":
            return _PNG_HEAD + b"".join(_png(content))
        if kind == "image/jpeg":
            return b"\xff\xd8" + b"".join(_jpeg(content))
        if kind == "image/webp":
            return _webp(content)
    except (struct.error, IndexError):
        raise Refused("The picture is broken off.", field="picture", hint="Save it once more, and choose it.") from None
    if kind != "image/gif":
        raise Refused("That is no picture.", field="picture", hint="Choose a JPEG, PNG, WebP or GIF file.")
    return content


def _png(content: bytes) -> Iterator[bytes]:
    """The chunks that are to be seen, up to the last."""
    at, kind = len(_PNG_HEAD), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise IndexError
        if kind not in _PNG_TELLS:
            yield content[at:end]
        at = end


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments that are to be seen, up to the end of the picture; how it is turned is said anew.

    What a phone puts behind the end (a film of the moment, smaller pictures) is left out.
    """
    at = 2
    while True:
        if content[at] != 0xFF:
            raise IndexError
        marker = content[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if marker == 0xD9:
            yield content[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if marker == 0xDA:
            after = _AFTER_SCAN.search(content, end)
            end = after.start() if after else len(content) + 1
        if length < 2 or end > len(content):
            raise IndexError
        part = content[at:end]
        if marker == 0xE1:
            turned = _turned(part)
            if turned > 1:
                yield _exif(turned)
        elif marker not in _JPEG_TELLS or part[4:].startswith(_COLOURS):
            yield part
        at = end


def _turned(segment: bytes) -> int:
    """How the picture is to be turned, 1 to 8, by the EXIF of a camera; 0 where it does not say."""
    if segment[4:10] != b"Exif\x00\x00":
        return 0
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _exif(turned: int) -> bytes:
    """The smallest EXIF: how the picture is turned, nothing else."""
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\x00\x00" + tiff


def _webp(content: bytes) -> bytes:
    kept, at = [], 12
    (said,) = struct.unpack_from("<I", content, 4)
    if said + 8 > len(content):
        raise IndexError
    while at + 8 <= said + 8:
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(content):
            raise IndexError
        chunk = content[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if name not in _WEBP_TELLS:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
