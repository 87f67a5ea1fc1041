"""Addresses of web pages as they are typed and kept."""

import re
from urllib.parse import urlsplit

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean

_NEVER = re.compile(r"[^!-~]|[\"<>`]")
"""What is no part of an address: it came along when one was copied."""
_ENCODED = re.compile(r"[\\\[\]^{|}]|%(?![0-9A-Fa-f]{2})")
"""What browsers show, and a page holds percent-encoded only (RFC 3986)."""
_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
"""What stands between two dots of a host's name (RFC 1035)."""


def checked_web_address(words: str, field: str = "url") -> str:
    """The address with its scheme, or nothing.

    Raises `Refused` at `field` for what is no http or https address.
    """
    address = clean(words)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        right = parts.scheme.lower() in ("http", "https") and _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # for a port beyond 65535 too
        right = False
    if not right or _NEVER.search(address):
        raise Refused(
            f"“{address[:60]}” is not the address of a page.",
            field=field,
            hint="For example https://looks.example.com/1.",
        )
    return address


def encoded_web_address(words: str) -> str:
    """The address as a page holds it: what needs it percent-encoded (RFC 3986). Raises `Refused` for none."""
    address = checked_web_address(words)
    host = urlsplit(address).netloc
    at = address.index(host) + len(host)
    page, hash_sign, place = address[at:].partition("#")
    return address[:at] + _encoded(page) + hash_sign + _encoded(place).replace("#", "%23")


def _is_host(host: str) -> bool:
    """Whether it is a name with a dot in it, each part of which can be one."""
    parts = host.removesuffix(".").split(".")
    return len(host) <= 253 and len(parts) > 1 and all(_PART.fullmatch(part) for part in parts)


def _encoded(words: str) -> str:
    return _ENCODED.sub(lambda found: f"%{ord(found[0]):02X}", words)
