"""Where the made-up world lies, and whose desk it is."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class World:
    """The rep of the sample files, and the instant at which they were exported."""

    rep_name: str
    time_zone: str
    currency: str
    country: str
    reference: datetime
    mailing_address: str

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone."""
        return ZoneInfo(self.time_zone)


def data_folder() -> Path:
    """The folder of the sample files: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


def read_world(folder: Path) -> World:
    """What `world.toml` says."""
    told = tomllib.loads((folder / "world.toml").read_text("utf-8"))
    return World(
        rep_name=told["rep_name"],
        time_zone=told["time_zone"],
        currency=told["currency"],
        country=told["country"],
        reference=datetime.fromisoformat(told["reference"]),
        mailing_address=told["mailing_address"],
    )
