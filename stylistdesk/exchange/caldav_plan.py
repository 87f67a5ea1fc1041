"""What a sync is to do for each event, given how both sides stand and how they stood when they were last the same.

Pure: neither side is asked or changed here. Whatever was changed on both sides becomes a conflict, and neither side is
touched until the rep has said which one stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stylistdesk.db.tables import CalendarLink
from stylistdesk.exchange.caldav_items import PAST, Item, Settled, State, digest, says_the_same
from stylistdesk.exchange.our_uids import is_of
from stylistdesk.exchange.records import EventRecord

OURS, THEIRS = "ours", "theirs"
"""Which side the rep keeps."""


@dataclass(frozen=True, slots=True)
class There:
    """An event on the server; without records it is as it was when it was last read."""

    href: str
    etag: str
    text: str = ""
    records: tuple[EventRecord, ...] = ()

    @property
    def main(self) -> EventRecord | None:
        """The series, or the only one."""
        return next((one for one in self.records if not one.recurrence), next(iter(self.records), None))


class Do(StrEnum):
    """What is to be done."""

    PUSH = "push"  # ours goes there
    DELETE = "delete"  # it is removed there
    PULL = "pull"  # theirs changes ours
    CANCEL = "cancel"  # ours is cancelled or removed
    TAKE = "take"  # an event of theirs comes in, or is brought up to date
    DROP = "drop"  # an event of theirs goes
    CONFLICT = "conflict"
    LINK = "link"  # both say the same: only that is kept
    FORGET = "forget"  # it is gone on both sides


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with what is known of the event."""

    do: Do
    uid: str
    item: Item | None = None
    there: There | None = None
    link: CalendarLink | None = None


def plan(state: State, there: dict[str, There], now: datetime) -> Iterator[Step]:
    """The steps of a sync, by uid."""
    for uid in dict.fromkeys((*state.links, *state.items, *there)):
        if not uid or uid in state.waiting:
            continue
        item, theirs, link = state.items.get(uid), there.get(uid), state.links.get(uid)
        if item is None and (not link.ours if link is not None else not is_of(uid, state.desk)):
            step = _foreign(theirs, link, here=uid in state.foreign)
        elif link is None or not link.ours:
            step = _unknown(item, theirs, state.settled.get(uid), now)
        else:
            step = _own(item, theirs, link, state.settled.get(uid))
        if step is not None:
            yield Step(step, uid, item, theirs, link)


def _foreign(theirs: There | None, link: CalendarLink | None, *, here: bool) -> Do | None:
    if theirs is None:
        return Do.DROP if here else Do.FORGET if link is not None else None
    return Do.TAKE if theirs.records else None


def _unknown(item: Item | None, theirs: There | None, settled: Settled | None, now: datetime) -> Do | None:
    """For something of ours of which nothing was kept: an account that is new, or a sync that was cut off."""
    main = theirs.main if theirs is not None else None
    if item is None:
        return Do.TAKE if main is not None and (main.ics or main.ends_at >= now - PAST) else None
    if theirs is None:
        return Do.PUSH
    if main is None:
        return None
    word = settled.kept if settled is not None and settled.theirs == digest(main) else ""
    return _both(item, main, word, ours_changed=True, theirs_changed=True)


def _own(item: Item | None, theirs: There | None, link: CalendarLink, settled: Settled | None) -> Do | None:
    main = theirs.main if theirs is not None else None
    ours_now = item.digest if item is not None else ""
    theirs_now = "" if theirs is None else digest(main) if main is not None else link.theirs
    ours_changed, theirs_changed = ours_now != link.ours, theirs_now != link.theirs
    # The rep's word holds for what she saw of theirs; her own side may be what she has made of it since.
    word = settled.kept if settled is not None and settled.theirs == theirs_now else ""
    if item is not None and theirs is not None:
        found = _both(item, main, word, ours_changed=ours_changed, theirs_changed=theirs_changed)
        return found or (Do.LINK if theirs.etag != link.etag else None)
    if theirs is None and item is None:
        return Do.FORGET
    if ours_changed and theirs_changed and not word:
        return Do.CONFLICT
    if theirs is None:
        return Do.PUSH if word == OURS or ours_changed else Do.CANCEL
    return Do.TAKE if word == THEIRS else Do.DELETE


def _both(item: Item, main: EventRecord | None, word: str, *, ours_changed: bool, theirs_changed: bool) -> Do | None:
    """For something that is there on both sides; `main` is what theirs says, if it was read."""
    if main is not None and says_the_same(item.record, main):
        return Do.LINK
    if word == THEIRS and main is not None:  # it was taken over when she said so: what differs now, she changed since
        return Do.LINK if _was_taken_over(item, main) else Do.PUSH
    if ours_changed and theirs_changed and word != OURS:
        return Do.CONFLICT
    if ours_changed or word == OURS:
        return Do.PUSH
    return Do.PULL if theirs_changed else None


def _was_taken_over(item: Item, theirs: EventRecord) -> bool:
    ours = item.record
    if item.what == "follow_up":
        return ours.starts_at <= theirs.starts_at < ours.ends_at and ours.note == theirs.note
    return (ours.starts_at, ours.ends_at, ours.note) == (theirs.starts_at, theirs.ends_at, theirs.note)
