"""Moving sample files in time by whole days, so that the day they show is today.

Only the timestamps change, each in its own spelling: `2026-11-21T07:38:19Z`, `2026-11-21 08:51:05 -0500`, and the days
of rates. Everything else stays as it is to the byte, quirks included.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from stylistdesk.demo.world import World
from stylistdesk.paths import private_folder, write_private

PLANNED = frozenset({"hq_assignments.csv"})
"""Files that say what is to come: their times of day stand, also where the demo is built earlier in the day."""

DATED = frozenset({"commission_rates.csv"})
"""Files whose dates stand without a time."""

_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_TIMESTAMP = re.compile(
    r"(?<![\w-])(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d(?::\d\d)?)( ?)(Z|[+-]\d\d:?\d\d)(?![\d:])",
)


@dataclass(frozen=True, slots=True)
class Shift:
    """From the world's reference instant to `now`: so many whole days in the desk's zone."""

    world: World
    now: datetime

    @property
    def days(self) -> int:
        """The days between the two, by the desk's calendar."""
        here = self.now.astimezone(self.world.zone).date()
        return (here - self.world.reference.astimezone(self.world.zone).date()).days

    def instant(self, at: datetime, *, planned: bool = False) -> datetime:
        """The same time of day, so many days on, in the desk's zone.

        What has happened on the reference day stays in the past: if `now` is earlier in its day than the reference
        instant is, the day so far is drawn together.
        """
        zone, reference = self.world.zone, self.world.reference
        local = at.astimezone(zone)
        moved = local.replace(tzinfo=None) + timedelta(days=self.days)
        shifted = moved.replace(tzinfo=zone, fold=local.fold).astimezone(UTC).astimezone(zone)
        happened = not planned and local.date() == reference.astimezone(zone).date() and at <= reference
        return self._drawn_together(at, shifted) if happened else shifted

    def _drawn_together(self, at: datetime, shifted: datetime) -> datetime:
        midnight = datetime.combine(shifted.date(), time(), tzinfo=self.world.zone)
        was = datetime.combine(at.astimezone(self.world.zone).date(), time(), tzinfo=self.world.zone)
        day_so_far, day_then = self.now.astimezone(UTC) - midnight, self.world.reference.astimezone(UTC) - was
        if day_so_far >= day_then:
            return shifted
        part = (at.astimezone(UTC) - was) * (day_so_far / day_then)
        return (midnight.astimezone(UTC) + part).replace(microsecond=0).astimezone(self.world.zone)

    def text(self, words: str, *, planned: bool = False) -> str:
        """The same text with every timestamp moved. One written with another offset than the desk's keeps it."""
        return _TIMESTAMP.sub(lambda found: self._respelled(found, planned=planned), words)

    def dates(self, words: str) -> str:
        """The same text with every date moved."""
        return _DATE.sub(lambda found: (date.fromisoformat(found[0]) + timedelta(days=self.days)).isoformat(), words)

    def _respelled(self, found: re.Match[str], *, planned: bool) -> str:
        day, between, clock, space, offset = found.groups()
        try:
            at = datetime.fromisoformat(f"{day}T{clock}{offset}")
        except ValueError:
            return found[0]
        moved = self.instant(at, planned=planned)
        if at.utcoffset() != at.astimezone(self.world.zone).utcoffset() or offset == "Z":
            moved = moved.astimezone(at.tzinfo)
        spelled = "Z" if offset == "Z" else moved.strftime("%z")
        if ":" in offset:
            spelled = f"{spelled[:3]}:{spelled[3:]}"
        shown = moved.strftime("%H:%M:%S" if clock.count(":") == 2 else "%H:%M")
        return f"{moved:%Y-%m-%d}{between}{shown}{space}{spelled}"


def shift_files(source: Path, target: Path, shift: Shift) -> list[Path]:
    """Write the sample files of `source`, moved, into the private folder `target`. Gives their paths."""
    private_folder(target)
    written = []
    for file in sorted(source.iterdir()):
        if file.suffix not in (".csv", ".jsonl", ".vcf"):
            continue
        words = shift.text(file.read_bytes().decode("utf-8"), planned=file.name in PLANNED)
        if file.name in DATED:
            words = shift.dates(words)
        write_private(target / file.name, words.encode("utf-8"))
        written.append(target / file.name)
    return written
