"""Every class of commands there is, found by looking, and arguments for it drawn by the types of its fields."""

import dataclasses
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any

import stylistdesk.commands
import stylistdesk.exchange
from stylistdesk.commands.base import Command
from stylistdesk.db.attachments import Stored
from stylistdesk.domain.frequency import Frequency
from stylistdesk.domain.metrics_table import METRICS
from stylistdesk.domain.training import TOPICS
from stylistdesk.exchange.reading import Source
from stylistdesk.exchange.recognise import recognise
from tests.conftest import NOW

WORDS = ("", "coat", "Ö ♥ 日本", "[/] \x1b[31mred", "=1+1", "Nordlys", "x" * 300)
BY_NAME: dict[str, Sequence[object]] = {
    "email": ("", "ana@example.com", "new@example.com", "no address"),
    "hq_email": ("hq@example.com",),
    "asm_email": ("asm@example.com",),
    "service_email": ("", "care@example.com"),
    "company_zone": ("America/New_York",),
    "address": ("ana@example.com", "+12125550101", "new@example.com"),
    "phone": ("", "+1 212 555 0142", "12"),
    "time_zone": ("America/New_York", "Europe/Oslo", "Nowhere/Land"),
    "currency": ("USD", "EUR", ""),
    "country": ("US", "NO", ""),
    "unit": ("week", "month", "year"),
    "every": (1, 2, 6, 0),
    "metric": tuple(METRICS if isinstance(METRICS, Mapping) else (metric.id for metric in METRICS)),
    "topic": tuple(TOPICS),
    "url": ("", "https://shop.example.com/a", "file:///etc/passwd"),
    "position": ("", "40.7, -74", "north"),
    "kind": ("", "call", "meeting"),
    "season": ("", "fall", "spring"),
    "season_year": (None, 2026),
    "rule": ("send_close_up", "answer_comment", "nonsense"),
    "spending_power": (None, 1, 4, 9),
    "score": (1, 5, 6),
    "nps": (None, 0, 10),
    "by": (-1, 1),
    "kept": ("here", "there"),
    "code": ("", "autumn", "A1"),
    "weekday": (None, 0, 6),
    "brand": ("", "Nordlys", "Alder"),
    "starts": (540, 600),
    "ends": (660, 1020),
    "quantity": (1, 2),
    "percent": (None, 1_000),
    "fixed_cents": (None, 500),
    "half_price_items": (0, 1),
    "from_cents": (0, 10_000, 20_000, 50_000, 100_000, 123_400),
    "to_cents": (None, 123_500),
    "last_four": ("4242", "12"),
    "birthday": ("", "1990-03-04", "soon"),
    "province": ("", "NY"),
    "find": (None,),
    "progress": (None,),
    "cancelled": (None,),
    "attachments": (None,),
    "seen_through": (0, 3, 99),
    "steps": ((),),
    "repeat": (None, Frequency(1, "month"), Frequency(6, "week")),
    "template": (1, 2, 3, 4, 5, 6, "check_in", "hearts"),
}
TABLES = {
    "gift_id": "gift_certificate", "certificate_id": "gift_certificate", "csat_id": "csat_response",
    "response_id": "csat_response", "response_ids": "csat_response", "item_id": "lookbook_item",
    "other_id": "client", "keep_id": "client", "gone_id": "client", "for_client_id": "client",
    "parent_id": "assignment", "move_id": "order_move", "file_id": "company_file", "link_id": "website_link",
    "address_id": "return_address", "return_id": "goods_return", "line_id": "order_line",
    "order_line_id": "order_line", "order_ids": "order", "account_id": "calendar_account", "quiz_id": "style_quiz",
    "credit_id": "credit_memo", "rate_id": "commission_rate", "conflict_id": "calendar_conflict",
    "payment_id": "commission_payment", "event_id": "host_event", "next_id": "contact",
}  # fmt: skip
OTHERS = {
    ("calendar", "event_id"): "calendar_event", ("paying", "payment_id"): "card_payment",
    ("places", "next_id"): "location",
}  # fmt: skip
"""Where a field has another meaning in one module."""
ACTIVITY = (
    "external_id,occurred_at,client_email,client_phone,client_name,kind,lookbook,item,brand,amount,currency,comment,url\n"
    "x1,2026-11-20T10:00:00-05:00,ana@example.com,,Ana Ruiz,hearted,Fall looks,Coat,Nordlys,420.00,USD,,\n"
)


def command_classes() -> dict[str, type[Any]]:
    """Every class of commands by its name."""
    found: dict[str, type[Any]] = {}
    for package in (stylistdesk.commands, stylistdesk.exchange):
        for module in pkgutil.iter_modules(package.__path__):
            held = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
            for name, kind in held.items():
                if inspect.isclass(kind) and kind.__module__.endswith(f".{module.name}") and is_command(kind):
                    assert name not in found, f"two commands are named {name}"
                    found[name] = kind
    return found


def is_command(kind: type[Any]) -> bool:
    """Whether it is a command: frozen data, and what it does to the work."""
    return dataclasses.is_dataclass(kind) and list(inspect.signature(getattr(kind, "apply", len)).parameters) == [
        "self",
        "work",
    ]


class Drawing:
    """Draws a command: `ids` gives the ids of a table, `stored` is a kept file, `folder` is for files to import."""

    def __init__(self, random: Random, ids: Callable[[str], Sequence[int]], folder: Path, stored: Stored) -> None:
        self.random, self.ids, self.folder, self.stored = random, ids, folder, stored
        self.of = ""

    def command(self, kind: type[Any]) -> Command:
        """One of these, with whatever arguments."""
        self.of = kind.__module__.rpartition(".")[2]
        made: Command = self._data(kind)
        return made

    def _data(self, kind: type[Any]) -> Any:
        hints = typing.get_type_hints(kind)
        given: dict[str, Any] = {}
        for field in dataclasses.fields(kind):
            optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
            if not (optional and self.random.random() < 0.4):
                given[field.name] = self._value(field.name, hints[field.name])
        return kind(**given)

    def _value(self, name: str, hint: Any) -> Any:  # noqa: PLR0911
        pick = self.random.choice
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if hint is bool:
            return pick((True, False))
        if name in BY_NAME and (origin is not None or hint in (str, int) or hasattr(hint, "__supertype__")):
            return pick(BY_NAME[name])
        if origin in (typing.Union, types.UnionType):
            some = [one for one in inner if one is not types.NoneType]
            return None if len(some) < len(inner) and self.random.random() < 0.4 else self._value(name, pick(some))
        if name.endswith(("_id", "_ids")) and (hint is int or origin is not None):
            table = TABLES.get(name, name.removesuffix("s").removesuffix("_id"))
            ids = self.ids(OTHERS.get((self.of, name), table))
            chosen = [pick(ids) if ids and self.random.random() < 0.95 else pick((1, 99_999)) for _ in range(2)]
            return chosen[0] if hint is int else tuple(chosen)
        if origin is frozenset:
            return frozenset({self._value(name, inner[0])})
        if origin is not None and issubclass(origin, Mapping):
            return {day: pick((None, ((540, 1020),), ((540, 700), (720, 1020)))) for day in range(7)}
        if origin is tuple and ... not in inner:
            if name == "hours":
                return pick(((540, 1020), (600, 660)))
            return tuple(self._value(name, one) for one in inner)
        if origin is not None and issubclass(origin, Sequence):
            return tuple(self._value(name, inner[0]) for _ in range(self.random.randint(0, 2)))
        return self._plain(name, hint)

    def _plain(self, name: str, hint: Any) -> Any:  # noqa: PLR0911
        pick = self.random.choice
        if hasattr(hint, "__supertype__"):
            return hint(pick((0, 1, 500, 3_333, 12_000)))
        if hint is Stored:
            return self.stored
        if hint is Source:
            file = self.folder / f"activity-{self.random.randint(1, 3)}.csv"
            file.write_text(ACTIVITY.replace("x1", file.stem))
            return recognise(file)
        if hint is Command:
            return self.command(command_classes()[pick(("AddNote", "AddTask"))])
        if hint is datetime:
            return NOW + timedelta(hours=self.random.randint(-200, 200))
        if hint is date:
            return (NOW + timedelta(days=self.random.randint(-9, 9))).date()
        if hint is int:
            return self.random.randint(0, 12)
        if hint is str:
            return pick(WORDS)
        if hint is Path:
            return self.folder / "copies"
        if isinstance(hint, type) and issubclass(hint, Enum):
            return pick(list(hint))
        if dataclasses.is_dataclass(hint):
            return self._data(hint)  # type: ignore[arg-type]
        raise TypeError(f"{name}: {hint} is drawn by no rule of tests/faults/every_command.py")
