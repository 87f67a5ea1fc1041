"""Addresses of web pages as they are typed and kept."""

from urllib.parse import urlsplit

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean

_NEVER = '"<>`'
"""What an address holds percent-encoded (RFC 3986)."""


def checked_web_address(words: str, field: str = "url") -> str:
    """The address with its scheme, or nothing; raises `Refused` at `field` for what is no http or https address."""
    address = clean(words)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
    except ValueError:
        scheme = host = ""
    printable = all(0x20 < ord(character) < 0x7F and character not in _NEVER for character in address)
    if not printable or scheme not in ("http", "https") or "." not in host.strip("."):
        raise Refused(
            f"“{address[:60]}” is not the address of a page.",
            field=field,
            hint="For example https://looks.example.com/1.",
        )
    return address
