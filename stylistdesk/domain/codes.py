"""Codes in links: made from a name, checked as they are typed, and put into the rep's template of a link (R37, R42)."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean, folded
from stylistdesk.domain.web_address import checked_web_address

MOST_LETTERS = 40
"""A code is at most so long."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)


def made_code(name: str, taken: Iterable[str] = (), *, otherwise: str = "event") -> str:
    """A code that is made from the name and is not among those taken: "Fay's party" gives "fays-party".

    `otherwise` is what it is made of where the name has no letters for it.
    """
    plain = unicodedata.normalize("NFKD", folded(name)).replace("'", "").replace("’", "")
    words = re.findall(r"[a-z0-9]+", plain, re.ASCII)
    code = "-".join(words)[:MOST_LETTERS].strip("-") or otherwise
    known = {one.casefold() for one in taken}
    number, found = 1, code
    while found in known:
        number += 1
        found = f"{code[: MOST_LETTERS - len(str(number)) - 1].rstrip('-')}-{number}"
    return found


def checked_code(words: str) -> str:
    """The code as it was typed, or nothing. Raises `Refused` for signs that a link would have to spell otherwise."""
    code = clean(words)
    if code and (not _CODE.fullmatch(code) or len(code) > MOST_LETTERS):
        raise Refused(
            f"A code has letters, digits, - and _, {MOST_LETTERS} at most.",
            field="code",
            hint="Leave it empty, and it is made from the name.",
        )
    return code


def link_made_of(template: str, setting: str, **named: str) -> str:
    """The template with what is `named` in it, percent-encoded; nothing without a template.

    Raises `Refused` where that makes no http or https address, and where it is the same one for every code; `setting`
    names the template: "links.event".
    """
    # In one pass: what is filled in is never itself read as a place to fill.
    places = re.compile("{(" + "|".join(named) + ")}")
    link = places.sub(lambda found: quote(named[found[1]], safe=""), template)
    try:
        link = checked_web_address(link) if "://" in link or not link else _unusable(setting, _NO_PAGE)
    except Refused:
        return _unusable(setting, _NO_PAGE)
    return link if not link or "{code}" in template else _unusable(setting, _ONE_FOR_ALL)


_NO_PAGE = "makes no http or https address"
_ONE_FOR_ALL = "has no {code} in it, and would give everybody the same link"


def _unusable(setting: str, why: str) -> str:
    raise Refused(
        f"The template {setting} {why}.",
        field="link",
        hint=f"Set {setting} in the settings, such as https://shop.example.com/?at={{code}}, or type the link.",
    )
