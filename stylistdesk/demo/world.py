"""Where the made-up world lies, and whose desk it is."""

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.positions import Position, parse_position

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


@dataclass(frozen=True, slots=True)
class World:
    """The rep of the sample files, the instant at which they were exported, and where postcodes are ("US 07030")."""

    rep_name: str
    time_zone: str
    currency: str
    country: str
    reference: datetime
    mailing_address: str
    postcodes: Mapping[str, Position] = field(default_factory=dict)

    def position_of(self, postcode: str, country: str) -> Position | None:
        """Where a postcode of the made-up world is."""
        return self.postcodes.get(f"{country} {postcode}")

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
        postcodes={code: parse_position(at) for code, at in told.get("postcodes", {}).items()},
    )


def refuse_filled(desk: "Desk") -> None:
    """Raises `Refused`, and says how to open the desk, if it has clients: the demo is made in an empty one."""
    if not desk.is_empty:
        here = shlex.quote(str(desk.paths.data_dir))
        raise Refused(
            "This desk has clients already.",
            hint=f"`stylistdesk --data-dir {here}`, without `demo`, opens it. To make a new one, name another folder.",
        )
