"""The demo desk for pictures, built once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stylistdesk.clock import FrozenClock
from stylistdesk.demo.start import build
from stylistdesk.paths import desk_paths

NOW = datetime(2026, 11, 21, 14, 42, tzinfo=UTC)  # Saturday, 9:42 in New York


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build(desk_paths(folder), clock=FrozenClock(NOW))
    return folder
