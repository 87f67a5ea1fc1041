"""Links that leave the program: a few schemes, everything that is filled in percent-encoded."""

import shutil
import subprocess
import sys
from urllib.parse import quote, urlsplit

from stylistdesk.domain.types import Channel

SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo"})
DEFAULTS = {
    Channel.TEXT: "sms:{phone}?body={body}",
    Channel.EMAIL: "mailto:{email}?subject={subject}&body={body}",
    Channel.CALL: "tel:{phone}",
}


def message_link(channel: Channel, template: str, address: str, subject: str, body: str) -> str | None:
    """The link that opens a message to this address in the rep's own program; `None` if there is nothing to open."""
    template = template or DEFAULTS.get(channel, "")
    if not address.strip() or not template:
        return None
    filled = {
        "{phone}": quote(address.strip(), safe="+"),
        "{email}": quote(address.strip(), safe="@"),
        "{subject}": quote(subject, safe=""),
        "{body}": quote(body, safe=""),
    }
    for name, value in filled.items():
        template = template.replace(name, value)
    return template


def open_link(link: str) -> bool:
    """Open a link that `may_open` allows in the rep's own program; whether there was one. Not for the event loop."""
    opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    program = shutil.which(opener)
    if program is None or not may_open(link):
        return False
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and `may_open` let the link through
            [program, link], check=False, timeout=10, capture_output=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 or opener == "explorer"


def may_open(link: str) -> bool:
    """Whether the program ever opens such a link: no files, no scripts, no spaces or control characters."""
    if any(ord(character) <= 0x20 or ord(character) >= 0x7F for character in link):
        return False
    try:
        return urlsplit(link).scheme.lower() in SCHEMES
    except ValueError:
        return False
