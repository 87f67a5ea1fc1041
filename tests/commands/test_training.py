"""Training: topics in their order, watched or not, each with a video or a file of hers."""

from pathlib import Path

import pytest

from stylistdesk.commands.training import MarkWatched, SetTrainingFile, SetVideo
from stylistdesk.db.attachments import Stored
from stylistdesk.desk import Desk
from stylistdesk.domain.training import TOPICS, topic_beside
from stylistdesk.queries.training import TopicLine, training
from tests.commands.undone import Done, refused


def of(desk: Desk, topic: str) -> TopicLine:
    return next(line for line in desk.ask(training) if line.topic == topic)


def test_every_topic_is_there_from_the_start_and_none_is_watched(desk: Desk) -> None:
    lines = desk.ask(training)
    assert [line.topic for line in lines] == list(TOPICS) and len(lines) == 9
    assert not any(line.watched_at for line in lines)


def test_a_topic_is_watched_and_is_not_after_all(desk: Desk) -> None:
    done = Done(desk)
    done(MarkWatched("returns"))
    at = of(desk, "returns").watched_at
    assert at == desk.now() and of(desk, "certificates").watched_at is None
    desk.clock.at = at.replace(hour=23)  # type: ignore[attr-defined]
    desk.do(MarkWatched("returns"))
    assert of(desk, "returns").watched_at == at
    done(MarkWatched("returns", watched=False))
    assert of(desk, "returns").watched_at is None


def test_a_topic_keeps_a_video_and_a_file(desk: Desk, tmp_path: Path) -> None:
    done, file = Done(desk), tmp_path / "How to.pdf"
    file.write_bytes(b"%PDF-1.7")
    stored = desk.keep_file(file)
    done(SetVideo("returns", "videos.example.com/returns"))
    done(SetTrainingFile("returns", stored))
    line = of(desk, "returns")
    assert (line.video_url, line.file_name) == ("https://videos.example.com/returns", "How to.pdf")
    assert done(SetTrainingFile("returns", None)).label == "Took How to.pdf away from “Returns”"
    done(SetVideo("returns", " "))
    assert of(desk, "returns") == TopicLine("returns", "Returns")


def test_no_other_kind_of_link_or_topic_is_taken(desk: Desk) -> None:
    with refused(desk, "video_url"):
        desk.do(SetVideo("returns", "javascript:alert(1)"))
    with refused(desk):
        desk.do(MarkWatched("knitting"))
    with refused(desk):
        desk.do(SetTrainingFile("returns", Stored("x", "../etc/passwd", 4)))


@pytest.mark.parametrize(("topic", "by", "beside"), [("morning", 1, "website"), ("morning", -1, "sign_ups")])
def test_the_topics_go_round(topic: str, by: int, beside: str) -> None:
    assert topic_beside(topic, by) == beside
