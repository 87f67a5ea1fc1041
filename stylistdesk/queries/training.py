"""Training (R34): every topic, whether it was watched, and what she keeps with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from stylistdesk.db.tables import Training
from stylistdesk.domain.training import TOPICS
from stylistdesk.queries.asking import Asking


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic: its id and title, when it was watched, the link of its video, and the name and hash of its file."""

    topic: str
    title: str
    watched_at: datetime | None = None
    video_url: str = ""
    file_name: str = ""
    file_sha256: str = ""


def training(asking: Asking) -> tuple[TopicLine, ...]:
    """All topics in their order, also those of which nothing is kept yet."""
    kept = {row.topic: row for row in asking.session.exec(select(Training))}
    return tuple(_line(topic, title, kept.get(topic)) for topic, title in TOPICS.items())


def _line(topic: str, title: str, row: Training | None) -> TopicLine:
    if row is None:
        return TopicLine(topic, title)
    return TopicLine(topic, title, row.watched_at, row.video_url, row.file_name, row.file_sha256)
