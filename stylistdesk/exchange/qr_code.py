"""QR codes of links: on the screen, and as files to print or to send (R37)."""

from io import BytesIO
from typing import Any

from stylistdesk.domain.errors import Refused

QUIET = 4
"""So many modules around a code stay light, by ISO/IEC 18004."""
LEAST_QUIET = 2
"""On a small screen so many are enough for a phone."""
SCALE = 12
"""A module of a PNG file is so many pixels wide: enough for print."""


def qr_rows(link: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code, dark ones True, without the light ones around. Raises `Refused` for too long a link."""
    return tuple(tuple(bool(module) for module in row) for row in _made(link).matrix)


def half_blocks(rows: tuple[tuple[bool, ...], ...], quiet: int = QUIET) -> tuple[str, ...]:
    """The code in lines of text, two rows of modules a line: what is drawn is dark, to be shown in black on white."""
    across = len(rows) + 2 * quiet
    light = (False,) * across
    all_rows = [*(light,) * quiet, *((False,) * quiet + row + (False,) * quiet for row in rows), *(light,) * quiet]
    if len(all_rows) % 2:
        all_rows.append(light)
    signs = {(False, False): " ", (False, True): "▄", (True, False): "▀", (True, True): "█"}
    return tuple(
        "".join(signs[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(all_rows[::2], all_rows[1::2], strict=True)
    )


def qr_file(link: str, suffix: str) -> bytes:
    """The code as a file: `suffix` is ".png" or ".svg". Raises `Refused` for too long a link."""
    out = BytesIO()
    kind = suffix.removeprefix(".")
    if kind == "svg":
        _made(link).save(out, kind="svg", border=QUIET, scale=SCALE, light="white", xmldecl=True)
    else:
        _made(link).save(out, kind="png", border=QUIET, scale=SCALE)
    return out.getvalue()


def _made(link: str) -> Any:
    import segno

    try:
        return segno.make(link, micro=False, error="l", boost_error=True)
    except segno.DataOverflowError:
        raise Refused("This link is too long for a QR code.", hint="Give the event a shorter link.") from None
