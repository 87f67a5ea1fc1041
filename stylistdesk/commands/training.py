"""Training (R34): which topics she has watched, and the video or file that she keeps with one."""

from dataclasses import dataclass

from sqlmodel import select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.db.attachments import SHA256, Stored
from stylistdesk.db.tables import Training
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.file_names import harmless_name
from stylistdesk.domain.training import TOPICS
from stylistdesk.domain.web_address import checked_web_address


@dataclass(frozen=True, slots=True)
class MarkWatched:
    """A topic was watched now, or was not after all."""

    topic: str
    watched: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was watched before keeps its time. Raises `Refused` for what is no topic."""
        row = _row(work, self.topic)
        row.watched_at = (row.watched_at or work.now) if self.watched else None
        work.session.add(row)
        said = "Watched" if self.watched else "Have yet to watch"
        return Outcome(f"{said} “{TOPICS[self.topic]}”")


@dataclass(frozen=True, slots=True)
class SetVideo:
    """Keep the link of a video with a topic; an empty one takes it away."""

    topic: str
    url: str

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for what is no http or https address, and for what is no topic."""
        row = _row(work, self.topic)
        row.video_url = checked_web_address(self.url, "video_url")
        work.session.add(row)
        said = "Put a video with" if row.video_url else "Took the video away from"
        return Outcome(f"{said} “{TOPICS[self.topic]}”")


@dataclass(frozen=True, slots=True)
class SetTrainingFile:
    """Keep a stored file with a topic, in place of the one that is there; `None` takes it away."""

    topic: str
    stored: Stored | None

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` for a file that was not kept, and for what is no topic."""
        row, stored = _row(work, self.topic), self.stored
        if stored is not None and (not SHA256.fullmatch(stored.sha256) or stored.size <= 0):
            raise Refused("That is no file that was kept.")
        named = harmless_name(stored.name if stored else row.file_name)
        row.file_name, row.file_sha256 = (named, stored.sha256) if stored else ("", "")
        work.session.add(row)
        said = f"Put {named} with" if stored else f"Took {named} away from"
        return Outcome(f"{said} “{TOPICS[self.topic]}”")


def _row(work: Work, topic: str) -> Training:
    if topic not in TOPICS:
        raise Refused("There is no such topic.", hint="Training lists them all.")
    return work.session.exec(select(Training).where(Training.topic == topic)).first() or Training(topic=topic)
