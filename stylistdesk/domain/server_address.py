"""Addresses of servers, as they are typed and kept (R19, R44)."""

from urllib.parse import urlsplit

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""This machine: what goes there needs no encryption."""


def checked_server_address(words: str) -> str:
    """The address of a calendar, ending in a slash. Raises `Refused` for one that is none, or not encrypted."""
    address = clean(words)
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or port == 0 or not address.isascii() or " " in address:
        raise Refused(
            "This is not the address of a calendar.", field="url", hint="For example https://example.com/ana/calendar/."
        )
    if parts.username or parts.password:
        raise Refused(
            "Leave the name and the password out of the address.", field="url", hint="They have their own fields."
        )
    if parts.scheme == "http" and host not in HERE:
        raise Refused("That address is not encrypted.", field="url", hint="Use one that begins with https://.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
