"""Versions of a Style Quiz side by side (R22)."""

from collections.abc import Sequence
from dataclasses import dataclass

from stylistdesk.domain.text import name_key

Answers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One question over the versions; `None` where it was not asked. `changed` marks what the version before lacks."""

    question: str
    answers: tuple[str | None, ...]
    changed: tuple[bool, ...]


def compare(versions: Sequence[Answers]) -> tuple[Compared, ...]:
    """The questions of these versions, which are newest first; those of the newest lead, in its order.

    Questions are the same if their words are, whatever their case and spaces. An answer is changed if the last version
    before in which it was answered says something else.
    """
    told = [{name_key(question): (question, answer) for question, answer in version} for version in versions]
    order = dict.fromkeys(question for version in told for question in version)
    rows = []
    for key in order:
        answers = tuple(version[key][1] if key in version else None for version in told)
        changed = tuple(_differs(answer, answers[at + 1 :]) for at, answer in enumerate(answers))
        rows.append(Compared(next(version[key][0] for version in told if key in version), answers, changed))
    return tuple(rows)


def _differs(answer: str | None, before: Sequence[str | None]) -> bool:
    last = next((said for said in before if said), None)
    return bool(answer) and last is not None and name_key(answer or "") != name_key(last)
