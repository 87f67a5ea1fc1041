"""Writing an event of ours over the one on a server, and keeping what the desk does not know of it."""

from collections.abc import Iterator

from stylistdesk.exchange.export_cards import folded

_OURS = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "SEQUENCE",
        "DTSTAMP", "LAST-MODIFIED",
    }
)  # fmt: skip
_IF_GIVEN = frozenset({"LOCATION", "RRULE", "RDATE", "EXDATE"})


def merged(before: str, ours: str) -> str:
    """The file on the server, with what ours says in its main event; its alarms, guests and moved days stay.

    Only lines are looked at: a file that another program wrote is not made sense of where that is not needed.
    """
    given = [line for line in _inside(ours) if _name(line) not in ("BEGIN", "END")]
    replaced = _OURS | (_IF_GIVEN & set(map(_name, given)))
    lines, depth, main, done = _lines(before), 0, False, False
    kept: list[str] = []
    for at, line in enumerate(lines):
        word = line.upper().replace(" ", "")
        if word == "BEGIN:VEVENT" and not done:
            main = not any(_name(one) == "RECURRENCE-ID" for one in _until_end(lines[at + 1 :]))
            kept.append(line)
            if main:
                sequence = f"SEQUENCE:{_sequence(lines[at + 1 :]) + 1}"
                kept += [one if _name(one) != "SEQUENCE" else sequence for one in given]
            depth = 0
        elif main and word == "END:VEVENT":
            kept.append(line)
            main, done = False, True
        elif main:
            depth += word.startswith("BEGIN:")
            if depth or _name(line) not in replaced:
                kept.append(line)
            depth -= word.startswith("END:")
        else:
            kept.append(line)
    return "\r\n".join(map(folded, kept)) + "\r\n" if done else ours


def _lines(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "")
    return [line for line in plain.split("\n") if line.strip()]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()


def _until_end(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.upper().replace(" ", "") == "END:VEVENT":
            return
        yield line


def _inside(text: str) -> Iterator[str]:
    lines = _lines(text)
    return _until_end(lines[lines.index("BEGIN:VEVENT") + 1 :])


def _sequence(lines: list[str]) -> int:
    found = next((line.partition(":")[2] for line in _until_end(lines) if _name(line) == "SEQUENCE"), "0").strip()
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 9 else 0
