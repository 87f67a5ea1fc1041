"""Lookbooks with their looks and items (R22).

Delivering the lookbook of an assignment that is open delivers the assignment, and taking it back takes that back (R12).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, delete, select

from stylistdesk.commands.base import Outcome, Work
from stylistdesk.commands.sessions import (
    assignment_with,
    deliver,
    lookbook_of,
    owes,
    take_delivery_back,
    title_for,
)
from stylistdesk.commands.triage import MOST_WORDS, client_named
from stylistdesk.db.tables import Assignment, Lookbook, LookbookItem
from stylistdesk.domain.assignments import OPEN
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.text import clean
from stylistdesk.domain.web_address import checked_web_address


def _title(words: str) -> str:
    title = clean(words)
    if not title:
        raise Refused("The title is missing.", field="title", hint="For example: Fall looks 2.")
    return title


def _refuse_to_come(work: Work, delivered_at: datetime | None) -> None:
    if delivered_at is not None and delivered_at > work.now:
        raise Refused("That time is yet to come.", field="delivered", hint="Leave it empty until it is delivered.")


def _words(typed: str) -> str:
    return clean(typed, multiline=True, limit=MOST_WORDS)


@dataclass(frozen=True, slots=True)
class AddLookbook:
    """Begin a lookbook for a client. `Outcome.value` is its id."""

    client_id: int
    title: str
    delivered_at: datetime | None = None
    words: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a title, or for a delivery that is yet to come."""
        client = client_named(work.session, self.client_id)
        title = _title(self.title)
        _refuse_to_come(work, self.delivered_at)
        lookbook = Lookbook(
            client_id=self.client_id, title=title, delivered_at=self.delivered_at, words=_words(self.words)
        )
        work.session.add(lookbook)
        work.session.flush()
        return Outcome(f"Added “{title}” for {client.name}", (self.client_id,), lookbook.id)


def _lookbook(work: Work, lookbook_id: int) -> Lookbook:
    lookbook = work.session.get(Lookbook, lookbook_id)
    if lookbook is None:
        raise Refused("This lookbook is no longer on the desk.", hint="Undo brings a removed one back.")
    return lookbook


@dataclass(frozen=True, slots=True)
class BeginLookbook:
    """Begin the lookbook of an assignment, if there is none yet. `Outcome.value` is its id.

    Its title is the day's until the rep gives one.
    """

    assignment_id: int
    title: str = ""
    words: str = ""

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the assignment is gone."""
        assignment = assignment_with(work, self.assignment_id)
        client = client_named(work.session, assignment.client_id)
        lookbook = lookbook_of(work, assignment)
        if lookbook is None:
            at = assignment.consultation_at or work.now
            lookbook = Lookbook(client_id=assignment.client_id, assignment_id=assignment.id, title=title_for(work, at))
            work.session.add(lookbook)
        if self.title.strip():
            lookbook.title = _title(self.title)
        if self.words.strip():
            lookbook.words = _words(self.words)
        work.session.flush()
        return Outcome(f"Began a lookbook for {client.name}", (assignment.client_id,), lookbook.id)


@dataclass(frozen=True, slots=True)
class EditLookbook:
    """Change a lookbook: its title, its words, and when it was delivered; `None` is not delivered."""

    lookbook_id: int
    title: str
    delivered_at: datetime | None = None
    words: str | None = None  # `None` leaves them as they are

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a title, or for a delivery that is yet to come."""
        lookbook = _lookbook(work, self.lookbook_id)
        title = _title(self.title)
        if self.delivered_at != lookbook.delivered_at:
            _refuse_to_come(work, self.delivered_at)
        lookbook.title = title
        if self.words is not None:
            lookbook.words = _words(self.words)
        _deliver(work, lookbook, self.delivered_at)
        return Outcome(f"Edited “{title}”", (lookbook.client_id,), lookbook.id)


def _deliver(work: Work, lookbook: Lookbook, at: datetime | None) -> None:
    before, lookbook.delivered_at = lookbook.delivered_at, at
    assignment = work.session.get(Assignment, lookbook.assignment_id) if lookbook.assignment_id else None
    if assignment is None or before == at:
        return
    if at is not None and before is not None:
        # The one that stands for the assignment says when that was delivered.
        assignment.delivered_at = at if assignment.delivered_at == before else assignment.delivered_at
    elif at is None:
        take_delivery_back(work, assignment)
    elif assignment.status in OPEN or owes(work, assignment):
        deliver(work, assignment, lookbook, at)


@dataclass(frozen=True, slots=True)
class MarkDelivered:
    """A lookbook was delivered now, or was not after all."""

    lookbook_id: int
    delivered: bool = True

    def apply(self, work: Work) -> Outcome:
        """What was delivered before keeps its time. Raises `Refused` if the lookbook is gone."""
        lookbook = _lookbook(work, self.lookbook_id)
        _deliver(work, lookbook, (lookbook.delivered_at or work.now) if self.delivered else None)
        said = "Delivered" if self.delivered else "Took back the delivery of"
        return Outcome(f"{said} “{lookbook.title}”", (lookbook.client_id,), lookbook.id)


@dataclass(frozen=True, slots=True)
class RemoveLookbook:
    """Take a lookbook away, with its items."""

    lookbook_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the lookbook is gone, or its assignment was closed out with it."""
        lookbook = _lookbook(work, self.lookbook_id)
        title, client_id = lookbook.title, lookbook.client_id
        if lookbook.delivered_at is not None:
            _deliver(work, lookbook, None)  # what is taken away was not delivered
        work.session.exec(delete(LookbookItem).where(col(LookbookItem.lookbook_id) == self.lookbook_id))
        work.session.delete(lookbook)
        return Outcome(f"Removed “{title}”", (client_id,))


@dataclass(frozen=True, slots=True)
class ItemForm:
    """What the form of an item holds; its price in minor units of the currency. `picture` is the path of a file."""

    name: str
    look: str = ""
    brand: str = ""
    price_cents: int | None = None
    currency: str = ""
    url: str = ""
    picture: str = ""

    def checked(self) -> "ItemForm":
        """The same, cleaned. Raises `Refused` at the first wrong field."""
        name = clean(self.name)
        if not name:
            raise Refused("The name is missing.", field="name", hint="For example: Silk shirt, bone.")
        if self.price_cents is not None and self.price_cents < 0:
            raise Refused("A price is not below zero.", field="price", hint="For example: 140, 140.50.")
        picture = clean(self.picture)
        if "://" in picture:
            raise Refused("A picture is a file on your machine.", field="picture", hint="Its path, without file://.")
        return replace(
            self,
            name=name,
            look=clean(self.look),
            brand=clean(self.brand),
            url=checked_web_address(self.url),
            picture=picture,
        )


@dataclass(frozen=True, slots=True)
class AddItem:
    """Put an item into a lookbook, as the last of its look. `Outcome.value` is its id."""

    lookbook_id: int
    form: ItemForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` without a name, and for a price or address that is none."""
        lookbook, form = _lookbook(work, self.lookbook_id), self.form.checked()
        last = max((item.position for item in _items(work, self.lookbook_id)), default=-1)
        item = LookbookItem(lookbook_id=self.lookbook_id, name=form.name, position=last + 1)
        _fill(item, form)
        work.session.add(item)
        work.session.flush()
        return Outcome(f"Added {form.name} to “{lookbook.title}”", (lookbook.client_id,), item.id)


def _fill(item: LookbookItem, form: ItemForm) -> None:
    item.name, item.look, item.brand = form.name, form.look, form.brand
    item.price_cents = form.price_cents
    item.currency = form.currency if form.price_cents is not None else ""
    item.url, item.picture = form.url, form.picture


def _items(work: Work, lookbook_id: int) -> list[LookbookItem]:
    """The items of a lookbook in their order."""
    item = LookbookItem
    return list(
        work.session.exec(
            select(item).where(item.lookbook_id == lookbook_id).order_by(col(item.position), col(item.id))
        ).all()
    )


def _item(work: Work, item_id: int) -> LookbookItem:
    item = work.session.get(LookbookItem, item_id)
    if item is None:
        raise Refused("This item is no longer on the desk.", hint="Undo brings a removed one back.")
    return item


@dataclass(frozen=True, slots=True)
class EditItem:
    """Change an item of a lookbook."""

    item_id: int
    form: ItemForm

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` as adding does."""
        item, form = _item(work, self.item_id), self.form.checked()
        lookbook = _lookbook(work, item.lookbook_id)
        _fill(item, form)
        return Outcome(f"Edited {form.name} in “{lookbook.title}”", (lookbook.client_id,), item.id)


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take an item out of its lookbook."""

    item_id: int

    def apply(self, work: Work) -> Outcome:
        """Raises `Refused` if the item is gone."""
        item = _item(work, self.item_id)
        lookbook, name = _lookbook(work, item.lookbook_id), item.name
        work.session.delete(item)
        return Outcome(f"Removed {name} from “{lookbook.title}”", (lookbook.client_id,))


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Move an item up (-1) or down (1) within its look."""

    item_id: int
    by: int

    def apply(self, work: Work) -> Outcome:
        """At the end of its look it stays where it is. Raises `Refused` if the item is gone."""
        item = _item(work, self.item_id)
        lookbook = _lookbook(work, item.lookbook_id)
        items = _items(work, item.lookbook_id)
        for position, one in enumerate(items):  # imported items may all be at 0
            one.position = position
        same = [one for one in items if one.look == item.look]
        place = same.index(item) + self.by
        if 0 <= place < len(same):
            other = same[place]
            item.position, other.position = other.position, item.position
        return Outcome(f"Moved {item.name} in “{lookbook.title}”", (lookbook.client_id,), item.id)
