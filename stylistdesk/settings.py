"""The settings file: typed, with defaults, read once at start. Every value can be left out.

A wrong value is told with its name and left at its default; the rest still counts. STYLISTDESK_THEME and the like
override the file.
"""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from stylistdesk.domain.score import Weights
from stylistdesk.domain.types import DeadlineAnchor, Overlaps, RestockBasis
from stylistdesk.domain.waits import Waits
from stylistdesk.settings_file import from_environment, read_file

_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
ALIKE = 75
"""From this likeness of two names on, in hundredths, one may be meant by the other (rapidfuzz)."""


class Links(BaseModel):
    """Templates of the links that open the rep's own tools; only sms, mailto, tel, http and https are opened."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(default="sms:{phone}?body={body}", description="Opens a text message")
    email: str = Field(default="mailto:{email}?subject={subject}&body={body}", description="Opens an email")
    call: str = Field(default="tel:{phone}", description="Starts a call")
    event: str = Field(
        default="https://shop.example.com/?event={code}", description="The link of an event's shop window (R37)"
    )
    sign_up: str = Field(
        default="https://join.example.com/?rep={code}", description="The personal link of a sign-up (R42)"
    )


class Settings(BaseModel):
    """All settings, each with its default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opening_tab: Literal[
        "sweep",
        "appointments",
        "daily_tasks",
        "follow_ups",
        "calendar",
        "metrics",
        "csat",
        "all_clients",
        "back_office",
    ] = Field(default="daily_tasks", description="The tab that the program opens on (R1)")
    theme: str = Field(default="stylistdesk-dark", description="The name of a theme; ctrl+p lists them")
    symbols: Literal["unicode", "ascii"] = Field(default="unicode", description="ascii for terminals without symbols")
    mouse: bool = Field(default=True, description="Whether the mouse works")
    keys: dict[str, str] = Field(default_factory=dict, description="Other keys: action id = keys, comma between them")
    links: Links = Field(default_factory=Links)
    waits: Waits = Field(default_factory=Waits, description="How long the rules of the queue wait")
    weights: Weights = Field(default_factory=Weights, description="What each part of a score weighs, in hundredths")
    credit_memo_reopens: bool = Field(default=True, description="Whether a credit memo reopens its order (R29)")
    overlaps: Overlaps = Field(
        default=Overlaps.SAME_REP,
        description="Overlapping appointments that warn: same_rep, same_brand or ignore (R17)",
    )
    recent_contact_days: int = Field(
        default=3, ge=0, le=60, description="Contact within so many days warns before the next (R28); 0 never does"
    )
    appointments_shown: Literal["all", "upcoming", "this_year"] = Field(
        default="all", description="Which of a client's appointments show at first (R27)"
    )
    appointment_minutes: int = Field(default=60, ge=5, le=1440, description="How long an appointment usually lasts")
    late_change_hours: int = Field(
        default=48, ge=0, le=336, description="A booking moved or cancelled so late is told to HQ (R14)"
    )
    lookbook_minutes: int = Field(
        default=90, ge=5, le=1440, description="How long a lookbook usually takes to make (R15)"
    )
    consultation_grace_minutes: int = Field(
        default=0, ge=0, le=120, description="A consultation that starts so many minutes late is still on time (R13)"
    )
    deadline_counts_from: DeadlineAnchor = Field(
        default=DeadlineAnchor.START,
        description="A lookbook is due on the day on which its consultation starts: start, or end (R13)",
    )
    week_starts: Literal["monday", "sunday"] = Field(default="monday", description="The first day of a week")
    periods: Literal["calendar", "rolling"] = Field(
        default="calendar",
        description="Whether weeks, months and years are the calendar's or the days up to today (R2)",
    )
    attribution_days: int = Field(
        default=14, ge=1, le=365, description="An order so many days after a lookbook counts as won by it (R20)"
    )
    rebooking_days: int = Field(
        default=14, ge=1, le=365, description="A session booked so many days after closing counts as rebooked (R20)"
    )
    buying_weeks: int = Field(
        default=13, ge=1, le=104, description="Within so many weeks a client is likely to buy, or not (R48)"
    )
    event_days: int = Field(
        default=30, ge=1, le=366, description="An event's shop window is open for at most so many days (R37)"
    )
    host_orders_needed: int = Field(
        default=3, ge=0, le=1000, description="Host rewards begin at so many orders of an event (R38)"
    )
    host_sales_needed_cents: int = Field(
        default=20_000, ge=0, le=10**9, description="Host rewards begin at so much in sales, in cents (R38)"
    )
    restock_fee_cents: int = Field(
        default=200, ge=0, le=10**7, description="What a return costs that is no exchange, in cents (R39)"
    )
    restock_fees: dict[str, int] = Field(
        default_factory=dict, description="Another restock fee in a country: US = 200, say; in cents (R39)"
    )
    restock_basis: RestockBasis = Field(
        default=RestockBasis.RETURN, description="The restock fee is for each return, or for each item (R39)"
    )
    plan_moves: bool = Field(
        default=True, description="Propose which orders to move between events, so that hosts earn most (R41)"
    )
    sign_up_days: int = Field(
        default=7, ge=1, le=365, description="Remind of a sign-up so many days after its link was sent (R42)"
    )
    backups: bool = Field(default=True, description="Make a verified backup once a day, when something has changed")
    second_copy: str = Field(
        default="",
        description="A folder that gets a copy of every backup: on a stick, another disk, or one that goes to a cloud",
    )
    backup_key: str = Field(
        default="",
        description="Backups are encrypted for this public key (age1…); `stylistdesk backup --make-key FILE` makes one",
    )

    @field_validator("backup_key")
    @classmethod
    def _is_public(cls, key: str) -> str:
        key = key.strip()
        if key.upper().startswith("AGE-SECRET-KEY"):
            raise ValueError("that is the secret key, which stands in no settings; the public one begins with age1")
        if key and not _RECIPIENT.fullmatch(key):
            raise ValueError("that is no public key of age: it begins with age1 and has 62 letters and digits")
        return key


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings of a file, and one line for each value in it that is wrong and was left at its default."""
    values, problems = read_file(path)
    values |= from_environment()
    while True:
        try:
            return Settings(**values), problems
        except ValidationError as error:
            wrong = error.errors(include_url=False)
            for one in wrong:
                where = [str(part) for part in one["loc"]]
                where = _nearest(values, where)
                line = _line_of(path, where)
                on = f", line {line}" if line else ""
                said = f"{one['msg'].removeprefix('Value error, ')}; the default is used."
                if one["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
                    said = _no_such(where)
                problems.append(f"{path.name}{on}: {'.'.join(where)}: {said}")
                if not _take_out(values, where):
                    return Settings.model_construct(), problems


def _no_such(where: list[str]) -> str:
    """That there is no such setting, and which one may be meant: one spelt like it, or its name in another table."""
    from rapidfuzz import process

    *table, name = where
    tables: dict[str, list[str]] = {
        "": list(Settings.model_fields),
        "links": list(Links.model_fields),
        "waits": [field.name for field in fields(Waits)],
        "weights": [field.name for field in fields(Weights)],
    }
    found = process.extractOne(name.lower(), tables.get(".".join(table), ()), score_cutoff=ALIKE)
    if found is not None:
        return f"There is no such setting; did you mean {found[0]}?"
    elsewhere = next((other for other, names in tables.items() if name in names), None)
    if elsewhere is None:
        return "There is no such setting."
    return f"It stands {f'under [{elsewhere}]' if elsewhere else 'above all [tables]'}; here it is not read."


def _nearest(values: dict[str, Any], where: list[str]) -> list[str]:
    """The one value of a section that is wrong by itself, where only the section was blamed."""
    section = values.get(where[0])
    check = {"waits": Waits, "weights": Weights}.get(where[0])
    if len(where) > 1 or check is None or not isinstance(section, dict):
        return where
    for name, value in section.items():
        inside = value if isinstance(value, dict) else {"": value}
        for key, one in inside.items():
            try:
                check(**{name: {key: one} if key else one})
            except (TypeError, ValueError):
                return [*where, name, key] if key else [*where, name]
    return where


def _line_of(path: Path, where: list[str]) -> int:
    """The line on which a value stands, or its section where it has no line of its own; 0 if it is not in the file."""
    *tables, key = where
    table, found = "", 0
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith("["):
            table = text.strip("[] ")
            found = number if table == ".".join(where) else found
        elif table == ".".join(tables) and text.partition("=")[0].strip().strip("\"'") == key:
            return number
    return found


def _take_out(values: dict[str, Any], where: list[str]) -> bool:
    """Take the wrong value out, or the nearest thing above it that is there."""
    inside: Any = values
    for depth, part in enumerate(where):
        if not isinstance(inside, dict) or part not in inside:
            return False
        if depth == len(where) - 1 or not isinstance(inside[part], dict):
            del inside[part]
            return True
        inside = inside[part]
    return False
