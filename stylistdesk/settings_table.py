"""Every setting as the screen, the command line and the commented file tell of it, made from the model itself.

A field that is added to the model, or to a section of it, appears in all of them. What the model cannot say by itself
stands in `json_schema_extra` of a field of pydantic's, or in the metadata of a data class: `unit`, `known`, `example`,
`next_start`, `title`; of a data class also `about`, `least` and `most`.
"""

import dataclasses
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

GROUPS: dict[str, tuple[str, ...]] = {
    "Looks": ("theme", "symbols", "mouse", "opening_tab", "week_starts"),
    "Waits of the queue": ("waits",),
    "Weights: signals": (),
    "Weights: suggestions": (),
    "Weights of the queue": ("weights",),
    "Bookings": (
        "overlaps", "appointment_minutes", "lookbook_minutes", "late_change_hours", "recent_contact_days",
        "appointments_shown", "deadline_counts_from", "consultation_grace_minutes",
    ),
    "Metrics": ("periods", "attribution_days", "rebooking_days", "buying_weeks"),
    "Back office": (
        "event_days", "host_orders_needed", "host_sales_needed_cents", "plan_moves", "restock_fee_cents",
        "restock_basis", "restock_fees", "credit_memo_reopens", "sign_up_days",
    ),
    "Links": ("links",),
    "Sending email": ("sending",),
    "Safety": ("backups", "second_copy", "backup_key"),
}  # fmt: skip
"""In which group a setting is shown; a section that is not here makes a group of its own, any other is in "More"."""

KEYS = "keys"
"""The table of other keys: its settings come last, in groups of their own."""

_UNITS = ("days", "hours", "minutes", "months", "weeks", "percent", "cents")
_RULE = re.compile(r"\s*\(R\d+\)")


class Kind(StrEnum):
    """What a value is."""

    YES_NO = "yes or no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    NUMBERS = "numbers"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that a table may hold: what it is if nothing is said, and what it means."""

    name: str
    default: Any
    about: str
    group: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `default` is as TOML has it; `None` where nothing is said.

    The limits `least` and `most` are of each number where there are several (`count`), and of each value of a table.
    """

    path: tuple[str, ...]
    about: str
    default: Any
    kind: Kind
    group: str
    title: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    count: int = 0
    unit: str = ""
    example: str = ""
    next_start: bool = False

    @property
    def name(self) -> str:
        """As the file names it: "waits.cart_hours"."""
        return ".".join(self.path)

    @property
    def limits(self) -> str:
        """What it may be, in words that follow "must be"."""
        match self.kind:
            case Kind.YES_NO:
                return "true or false"
            case Kind.CHOICE:
                return any_of(self.choices)
            case Kind.NUMBER:
                return f"a whole number{self._range}"
            case Kind.NUMBERS:
                return f"{self.count or 'some'} whole numbers, each{self._range or ' 0 or more'}"
            case Kind.TABLE:
                return f"names, each with a whole number{self._range}"
            case Kind.TEXT:
                return f"text of at most {self.most} letters" if self.most is not None else "text"

    @property
    def _range(self) -> str:
        if self.least is None and self.most is None:
            return ""
        if self.most is None:
            return f" of {self.least} or more"
        return f" from {self.least} to {self.most}" if self.least is not None else f" up to {self.most}"

    def is_wrong(self, value: Any) -> bool:
        """Whether a value can be seen to be wrong by itself; words for a number are left to the model to read."""
        match self.kind:
            case Kind.YES_NO:
                return not isinstance(value, bool | str)
            case Kind.CHOICE:
                return value not in self.choices
            case Kind.NUMBER:
                return not isinstance(value, str) and not self._holds(value)
            case Kind.NUMBERS:
                return (
                    not isinstance(value, list | tuple)
                    or bool(self.count and len(value) != self.count)
                    or not all(self._holds(one) for one in value)
                )
            case Kind.TABLE:
                return not isinstance(value, dict) or not all(self._holds(one) for one in value.values())
            case Kind.TEXT:
                return not isinstance(value, str) or (self.most is not None and len(value) > self.most)

    def _holds(self, value: Any) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the file, and what it is about; one that `lists` has many settings of one kind."""

    path: tuple[str, ...]
    about: str
    lists: bool = False


def any_of(words: Sequence[str]) -> str:
    """ "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def settings_of(model: type[BaseModel], keys: Sequence[Known] = ()) -> tuple[Setting, ...]:
    """All settings of a model, in the order of the groups; `keys` are the actions whose keys can be changed."""
    found = [one for one in _walk(model, model(), (), {KEYS: keys}) if isinstance(one, Setting)]
    groups = list(GROUPS)
    more = [one.group for one in found if one.group not in groups]
    order = {name: at for at, name in enumerate(dict.fromkeys([*groups[:-1], *_middle(more), groups[-1], *more]))}
    names = [name for members in GROUPS.values() for name in members]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.path[0] == KEYS,
                order[one.group],
                names.index(one.path[0]) if one.path[0] in names else len(names),
            ),
        )
    )


def _middle(groups: list[str]) -> list[str]:
    """Sections of their own stand before the last group; "More" after it."""
    return [group for group in groups if group != "More"]


def sections_of(model: type[BaseModel]) -> tuple[Section, ...]:
    """The tables of the file, each before those inside it."""
    return tuple(one for one in _walk(model, model(), (), {KEYS: ()}) if isinstance(one, Section))


def value_at(settings: object, setting: Setting) -> Any:
    """What holds for a setting, as TOML has it."""
    value: Any = settings
    for part in setting.path:
        value = value.get(part, setting.default) if isinstance(value, Mapping) else getattr(value, part)
    return _plain(value)


# ------------------------------------------------------------------ the model


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: Any
    about: str
    said: Mapping[str, Any]  # what the field says of itself beside its type
    least: int | None
    most: int | None


def _walk(
    kind: type, held: object, path: tuple[str, ...], known: Mapping[str, Sequence[Known]]
) -> Iterator[Setting | Section]:
    for field in _fields(kind):
        where, type_ = (*path, field.name), _without_none(field.type)
        default = getattr(held, field.name)
        names = field.said.get("known") or (known.get(field.name) if not path else None)
        if _is_section(type_):
            yield Section(where, _RULE.sub("", field.about) or _first_sentence(type_))
            yield from _walk(type_, default, where, known)
        elif names is not None:
            yield Section(where, _RULE.sub("", field.about), lists=True)
            for one in names:
                yield _setting(field, (*where, one.name), _value_type(type_), one)
        else:
            made = _setting(field, where, type_, Known(field.name, default, field.about))
            if made.kind is Kind.TABLE:
                yield Section(where, _RULE.sub("", field.about))
            yield made


def _setting(field: _Field, path: tuple[str, ...], type_: Any, known: Known) -> Setting:
    type_, least, most = _unwrapped(type_, field.least, field.most)
    kind, choices = _kind_of(type_)
    if kind is Kind.TABLE:
        _, least, most = _unwrapped(_value_type(type_), least, most)
    last = path[-1]
    unit = field.said.get("unit") or next((unit for unit in _UNITS if last.endswith(f"_{unit}")), "")
    title = known.title or field.said.get("title") or last.removesuffix(f"_{unit}").replace("_", " ")
    return Setting(
        path=path,
        about=_RULE.sub("", known.about),
        default=_plain(known.default),
        kind=kind,
        group=known.group or _group_of(path),
        title=title[:1].upper() + title[1:],
        choices=choices,
        least=least,
        most=most,
        count=len(get_args(type_)) if kind is Kind.NUMBERS and Ellipsis not in get_args(type_) else 0,
        unit=unit if kind is not Kind.TEXT else "",
        example=field.said.get("example", ""),
        next_start=bool(field.said.get("next_start")),
    )


def _fields(kind: type) -> Iterator[_Field]:
    if issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            least, most = _limits(info)
            yield _Field(name, info.annotation, info.description or "", extra, least, most)
        return
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.init:
            said = field.metadata
            yield _Field(
                field.name, hints[field.name], said.get("about", ""), said, said.get("least"), said.get("most")
            )


def _limits(info: FieldInfo) -> tuple[int | None, int | None]:
    """The least and the most of a field; of a text, how many letters it may have."""
    found: dict[str, int] = {}
    for one in info.metadata:
        for name, side, more in (("ge", 0, 0), ("gt", 0, 1), ("le", 1, 0), ("lt", 1, -1), ("max_length", 1, 0)):
            value = getattr(one, name, None)
            if isinstance(value, int):
                found["most" if side else "least"] = value + more
    return found.get("least"), found.get("most")


def _unwrapped(type_: Any, least: int | None, most: int | None) -> tuple[Any, int | None, int | None]:
    """The type without `Annotated`, with the limits that it says."""
    if get_origin(type_) is Annotated:
        type_, *said = get_args(type_)
        for one in said:
            if isinstance(one, FieldInfo):
                low, high = _limits(one)
                least, most = low if low is not None else least, high if high is not None else most
    return type_, least, most


def _kind_of(type_: Any) -> tuple[Kind, tuple[str, ...]]:
    origin = get_origin(type_)
    if origin is Literal:
        return Kind.CHOICE, tuple(str(one) for one in get_args(type_))
    if isinstance(type_, type) and issubclass(type_, Enum):
        return Kind.CHOICE, tuple(str(one.value) for one in type_)
    if type_ is bool:
        return Kind.YES_NO, ()
    if type_ is int:
        return Kind.NUMBER, ()
    if origin in (tuple, list):
        return Kind.NUMBERS, ()
    return (Kind.TABLE if origin is dict else Kind.TEXT), ()


def _without_none(type_: Any) -> Any:
    if get_origin(type_) in (Union, types.UnionType):
        kept = [one for one in get_args(type_) if one is not type(None)]
        return kept[0] if len(kept) == 1 else str
    return type_


def _value_type(type_: Any) -> Any:
    return (*get_args(type_), str)[1] if get_args(type_) else str


def _is_section(type_: Any) -> bool:
    return isinstance(type_, type) and (issubclass(type_, BaseModel) or dataclasses.is_dataclass(type_))


def _first_sentence(type_: type) -> str:
    return " ".join((type_.__doc__ or "").split()).split(". ")[0].rstrip(".")


def _group_of(path: tuple[str, ...]) -> str:
    own = path[0].replace("_", " ").capitalize() if len(path) > 1 else "More"
    return next((group for group, names in GROUPS.items() if path[0] in names), own)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)
