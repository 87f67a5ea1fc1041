"""The desk's own lists for spreadsheets (R46) that no import takes: known by their headings, and refused by name.

Taken for lists of another kind they would do harm: in the list of contacts, a client's sister stands under "name".
"""

from collections.abc import Sequence
from pathlib import Path

from stylistdesk.domain.errors import BadFile
from stylistdesk.exchange.rows import folded

_ABOUT_CLIENTS = ("contacts", "locations")


def own_list(path: Path, columns: Sequence[str]) -> BadFile | None:
    """What to say of a file with this heading if it is one of those lists, maybe with some columns taken out of it."""
    from stylistdesk.exchange.exporting import EXPORTS

    here = [folded(column).replace(" ", "_") for column in columns if column.strip()]
    lists = [known for known in EXPORTS if known.table is not None and not known.read_back]
    found = next((known for known in lists if here == list(known.columns)), None)
    found = found or next((known for known in lists if _is_most_of(here, known.columns)), None)
    if found is None:
        return None
    everything = "everything as JSON (`stylistdesk export desk.json`), which makes an empty desk the same as this one"
    clients = "the list of clients (`--format clients`), or " if found.name in _ABOUT_CLIENTS else ""
    return BadFile(
        f"{path.name} is stylistdesk's own list “{found.label}”, which is for spreadsheets and is not taken in.",
        hint=f"Export {clients}{everything}.",
    )


def _is_most_of(here: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether the heading is this one but for a third of it; whose row it is, the first column, has to be there."""
    return columns[0] in here and set(here) <= set(columns) and 3 * len(here) >= 2 * len(columns)
