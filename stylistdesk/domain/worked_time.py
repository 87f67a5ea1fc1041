"""Working time between many pairs of instants (R20): the spans are laid out once, and each pair is then looked up."""

from bisect import bisect_right
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from stylistdesk.domain.working_hours import WorkingHours


class WorkedTime:
    """The working time of a stretch; pairs must lie within it. It tells the same as `WorkingHours.worked`."""

    def __init__(self, hours: WorkingHours, since: datetime, until: datetime, zone: ZoneInfo) -> None:
        spans = sorted(hours.between(since, until, zone))
        self._starts = [starts for starts, _ in spans]
        self._lengths = [int((ends - starts).total_seconds()) for starts, ends in spans]
        self._before = list(accumulate(self._lengths, initial=0))

    def until(self, at: datetime) -> int:
        """Seconds of working time from the beginning of the stretch up to an instant."""
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0
        passed = int((at - self._starts[place]).total_seconds())
        return self._before[place] + min(passed, self._lengths[place])

    def between(self, since: datetime, until: datetime) -> int:
        """Seconds of working time from one instant up to another."""
        return self.until(until) - self.until(since)
