"""The settings file: typed, with defaults, read once at start. Every value can be left out.

A wrong value is told with its name and left at its default; the rest still counts. STYLISTDESK_THEME and the like
override the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from stylistdesk.domain.score import Weights
from stylistdesk.domain.server_address import HERE
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import DeadlineAnchor, Overlaps, RestockBasis
from stylistdesk.domain.waits import Waits
from stylistdesk.likeness import near
from stylistdesk.paths import data_dir_of, is_within
from stylistdesk.screen_names import SHORT_THEMES, THEMES, no_key, wrong_key
from stylistdesk.settings_file import from_environment, line_of, read_file
from stylistdesk.settings_table import KEYS, Kind, Setting, sections_of, settings_of

_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
SCHEMES = ("sms", "mailto", "tel", "http", "https")
"""What a link of the rep's own tools may begin with."""


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

    @field_validator("text", "email", "call")
    @classmethod
    def _opens(cls, template: str) -> str:
        if template and template.partition(":")[0].lower() not in SCHEMES:
            raise ValueError(f"must begin with one of {', '.join(f'{scheme}:' for scheme in SCHEMES)}")
        return template

    @field_validator("event", "sign_up")
    @classmethod
    def _is_of_the_web(cls, template: str) -> str:
        if template and template.partition("://")[0].lower() not in ("http", "https"):
            raise ValueError("must begin with https:// or http://")
        return template


class Sending(BaseModel):
    """How the desk sends email itself; the password is in the system's keyring only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="", description="Your provider's server for outgoing mail; empty sends nothing")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 with starttls, 465 with tls")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the way there is encrypted; none only to this machine itself"
    )
    user: str = Field(default="", description="Your user name there, often your address; empty if it asks for none")
    from_name: str = Field(default="", description="The name that your emails are from")
    from_address: str = Field(default="", description="The address that your emails are from")

    @property
    def is_set_up(self) -> bool:
        """Whether there is a server to send through, and an address to send from."""
        return bool(self.host and self.from_address)

    @field_validator("host", "user", "from_name", "from_address")
    @classmethod
    def _one_line(cls, words: str) -> str:
        if not words.isprintable():
            raise ValueError("must be one line of plain text")
        return words

    @field_validator("host")
    @classmethod
    def _host(cls, host: str) -> str:
        if re.search(r"[\s/@]", host):
            raise ValueError("must be the name of a server, such as smtp.example.com")
        return host

    @field_validator("from_address")
    @classmethod
    def _address(cls, address: str) -> str:
        if address and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
            raise ValueError("must be an email address")
        return address

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.security == "none" and self.host and self.host not in HERE:
            raise ValueError("none sends your password and your emails in clear; use starttls or tls")
        return self


NEXT_START: dict[str, Any] = {"next_start": True}
"""Says of a setting that it counts from the next start on."""


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
    ] = Field(default="daily_tasks", description="The tab that the program opens on (R1)", json_schema_extra=NEXT_START)
    theme: str = Field(
        default="stylistdesk-dark",
        description="How the screens look: the name of a theme; in the settings each is tried on",
    )
    symbols: Literal["unicode", "ascii"] = Field(default="unicode", description="ascii for terminals without symbols")
    mouse: bool = Field(default=True, description="Whether the mouse works", json_schema_extra=NEXT_START)
    keys: dict[str, str] = Field(
        default_factory=dict, description="Other keys: the name of an action, and its keys with a comma between them"
    )
    links: Links = Field(default_factory=Links)
    sending: Sending = Field(default_factory=Sending)
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
        default=20_000, ge=0, le=10**9, description="Host rewards begin at so much in sales (R38)"
    )
    restock_fee_cents: int = Field(
        default=200, ge=0, le=10**7, description="What a return costs that is no exchange (R39)"
    )
    restock_fees: dict[str, Annotated[int, Field(ge=0, le=10**7)]] = Field(
        default_factory=dict,
        description="Another restock fee in a country than the usual one (R39)",
        json_schema_extra={"unit": "cents", "example": "CA = 300"},
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

    @field_validator("theme")
    @classmethod
    def _can_be_worn(cls, theme: str) -> str:
        if theme not in THEMES and theme not in SHORT_THEMES:
            meant = near(theme, sorted(THEMES))
            raise ValueError(f"There is no theme “{clean(theme)}”{f' (did you mean {meant}?)' if meant else ''}")
        return theme

    @field_validator("backup_key")
    @classmethod
    def _is_public(cls, key: str) -> str:
        key = key.strip()
        if key.upper().startswith("AGE-SECRET-KEY"):
            raise ValueError("that is the secret key, which stands in no settings; the public one begins with age1")
        if key and not _RECIPIENT.fullmatch(key):
            raise ValueError("that is no public key of age: it begins with age1 and has 62 letters and digits")
        return key


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that is wrong, and what holds instead. `line` is 0 where it stands on none, as in a `variable`."""

    path: tuple[str, ...]
    line: int
    said: str
    variable: str = ""

    @property
    def reason(self) -> str:
        """What is wrong, without what holds instead."""
        return self.said.split("; the default")[0].rstrip(".") + "."

    def in_words(self, file: str) -> str:
        """All of it in a sentence, with the name of the file."""
        if self.variable:
            return f"{self.variable}: {self.said}"
        on = f", line {self.line}" if self.line else ""
        return f"{file}{on}: {'.'.join(self.path)}: {self.said}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the file and the environment say: the settings that hold, `given` without what is wrong, and what that is.

    `unreadable` says why the file as a whole is not understood.
    """

    settings: Settings
    given: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    unreadable: str = ""

    def in_words(self, file: str) -> list[str]:
        """A line for each thing that is wrong."""
        return [self.unreadable] * bool(self.unreadable) + [problem.in_words(file) for problem in self.problems]

    def gives(self, setting: Setting) -> bool:
        """Whether the file says something that holds for it."""
        inside: Any = self.given
        for part in setting.path:
            if not isinstance(inside, Mapping) or part not in inside:
                return False
            inside = inside[part]
        return True


@cache
def table_of_settings() -> Mapping[tuple[str, ...], Setting]:
    """Every setting by its path, without those of the keys, whose names only the screens know."""
    return {one.path: one for one in settings_of(Settings)}


_OF_ONE_MACHINE = ("second_copy",)
"""What names a place that another machine does not have."""


def portable(given: Mapping[str, Any]) -> dict[str, Any]:
    """What of the settings means the same on another machine. None is a secret: passwords are in the keyring."""
    return {name: deepcopy(value) for name, value in given.items() if name not in _OF_ONE_MACHINE}


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings of a file, and one line for each value in it that is wrong and was left at its default."""
    loaded = read_settings(path)
    return loaded.settings, loaded.in_words(path.name)


def read_settings(path: Path) -> Loaded:
    """The settings of a file and of the environment; whatever is wrong in them is left at its default."""
    given, unreadable = read_file(path)
    return checked(given | from_environment(), path, unreadable[0] if unreadable else "", from_environment())


def checked(
    given: dict[str, Any], path: Path, unreadable: str = "", environment: Mapping[str, str] | None = None
) -> Loaded:
    """The settings that these values make; `given` loses what is wrong. `path` is only looked into for the lines.

    What stands in the `environment` is told by the name of its variable.
    """
    problems: list[Problem] = []

    def drop(where: list[str], said: str) -> bool:
        variable = f"STYLISTDESK_{where[0].upper()}" if where[0] in (environment or {}) else ""
        problems.append(Problem(tuple(where), 0 if variable else line_of(path, where), said, variable))
        return _take_out(given, where)

    if given:
        for where, said in list(_seen_wrong(given, ())):
            drop(where, said)
        if _is_in_the_desk(given.get("second_copy"), path):
            drop(
                ["second_copy"],
                "must be a folder outside the desk's own, such as on another disk; the default is used.",
            )
    while True:
        try:
            return Loaded(Settings(**given), given, tuple(by_line(problems)), unreadable)
        except ValidationError as error:
            one = error.errors(include_url=False)[0]
            where = _blamed(given, [str(part) for part in one["loc"]])
            if not drop(where, _said(where, one["msg"], one["type"])):
                return Loaded(Settings(), {}, tuple(by_line(problems)), unreadable)


def by_line(problems: Iterable[Problem]) -> list[Problem]:
    """As they stand in the file."""
    return sorted(problems, key=lambda one: one.line)


def _is_in_the_desk(folder: object, path: Path) -> bool:
    """Whether a folder is the desk's own or inside it, for the desk of this settings file; or is no folder at all."""
    if not isinstance(folder, str) or not folder.strip():
        return False
    try:
        return is_within(folder, data_dir_of(path))
    except (OSError, ValueError, RuntimeError):
        return True


def _seen_wrong(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[list[str], str]]:
    """What is wrong by itself: a name that there is not, or a value beyond its limits."""
    table = table_of_settings()
    sections = {section.path for section in sections_of(Settings)}
    for name, value in values.items():
        where = (*path, name)
        setting = table.get(where)
        if setting is not None:
            if setting.kind is Kind.TABLE and isinstance(value, dict):
                within = replace(setting, kind=Kind.NUMBER)
                yield from (([*where, one], _must_be(within)) for one, held in value.items() if within.is_wrong(held))
            elif setting.is_wrong(value):
                yield list(where), _must_be(setting)
        elif where[0] == KEYS:
            if not isinstance(value, dict if where == (KEYS,) else str):
                yield list(where), 'must be text, such as done = "D"; the default is used.'
            elif isinstance(value, str) and (key := wrong_key(value)):
                yield list(where), f"{no_key(key)}; the default is used."
            elif isinstance(value, dict):
                yield from _seen_wrong(value, where)
        elif where not in sections:
            yield list(where), _no_such(where)
        elif isinstance(value, dict):
            yield from _seen_wrong(value, where)
        else:
            yield list(where), f"must be a table: [{'.'.join(where)}], and its settings below; the defaults are used."


def _must_be(setting: Setting) -> str:
    return f"must be {setting.limits}; the default is used."


def _said(where: list[str], message: str, kind: str) -> str:
    setting = table_of_settings().get(tuple(where))
    if setting is not None and kind != "value_error":
        return _must_be(setting)
    return f"{message.removeprefix('Value error, ')}; the default is used."


def _no_such(where: tuple[str, ...]) -> str:
    """That there is no such setting, and which one may be meant: one spelt like it, or its name in another table."""
    *table, name = where
    tables: dict[tuple[str, ...], list[str]] = {(): list(Settings.model_fields)}
    for path in table_of_settings():
        tables.setdefault(path[:-1], []).append(path[-1])
    if meant := near(name, tables.get(tuple(table), ())):
        return f"There is no such setting; did you mean {meant}?"
    elsewhere = next((other for other, names in tables.items() if name in names), None)
    if elsewhere is None:
        return "There is no such setting."
    table_name = ".".join(elsewhere)
    return f"It stands {f'under [{table_name}]' if elsewhere else 'above all [tables]'}; here it is not read."


def _blamed(values: dict[str, Any], where: list[str]) -> list[str]:
    """Of a section that is wrong as a whole, the one value without which it is not."""
    section = values.get(where[0])
    if len(where) > 1 or not isinstance(section, dict):
        return where
    for leaf in reversed(list(_leaves(section))):
        fewer = _copy(section)
        _take_out(fewer, leaf)
        try:
            Settings(**{where[0]: fewer})
        except ValidationError:
            continue
        return [*where, *leaf]
    return where


def _leaves(values: Mapping[str, Any]) -> Iterator[list[str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from ([name, *leaf] for leaf in _leaves(value))
        else:
            yield [name]


def _copy(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _copy(value) if isinstance(value, dict) else value for name, value in values.items()}


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
