"""What `today` prints, line by line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from stylistdesk.domain.suggestions import Standing, Suggestion, Term
from stylistdesk.domain.types import Channel
from stylistdesk.printing import queue_lines
from stylistdesk.queries.daily_tasks import Queue, QueueRow

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)


def _row(client_id: int, name: str, action: str) -> QueueRow:
    suggestion = Suggestion("a_rule", 1, action, Channel.CALL, "Why.", "", NOW)
    return QueueRow(client_id, name, 3, Standing(client_id, (suggestion,), (Term("term", 100),)), (), 0)


def test_wide_characters_do_not_shift_the_columns() -> None:
    rows = (_row(1, "Ana Ruiz", "Call her"), _row(2, "美咲 佐藤", "絹のシャツ"), _row(3, "名" * 30, "Call"))
    lines = list(queue_lines(Queue(rows, 0, 3, 0), now=NOW, zone=ZoneInfo("America/New_York"), limit=None))
    firsts = lines[0:6:2]
    assert len({cell_len(line[: line.index("$$$")]) for line in firsts}) == 1
    assert len({cell_len(line[: line.index("call ")]) for line in firsts}) == 1
