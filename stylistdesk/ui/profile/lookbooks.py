"""Lookbooks: their looks and items, and what came of each (R22)."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.money import format_money, parse_typed_money
from stylistdesk.domain.spoken_dates import parse_moment
from stylistdesk.domain.types import SignalKind
from stylistdesk.domain.web_address import checked_web_address
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field
from stylistdesk.ui.keymap import Scope
from stylistdesk.ui.lines import Line, Piece, clip, cut, fit, line, width_of
from stylistdesk.ui.links import open_link
from stylistdesk.ui.profile.dated import WHEN, dated, more, on
from stylistdesk.ui.profile.section import Entry, Key, Look, Section

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command
    from stylistdesk.commands.lookbooks import ItemForm
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.lookbook_files import Format
    from stylistdesk.queries.lookbooks import ItemRow, LookbookRow
    from stylistdesk.ui.profile.screen import Profile

    Books = tuple[LookbookRow, ...]


ROOMY = 70
"""From so many cells on, what came of an item is said in words too."""


class Lookbooks(Section["Books"]):
    """What is still to be delivered first, then the newest."""

    TITLE = "Lookbooks"
    SCOPE: ClassVar[Scope] = Scope.LOOKBOOKS
    ADDS = "a lookbook"

    def read(self, desk: "Desk", client_id: int) -> "Books":
        from stylistdesk.queries.lookbooks import client_lookbooks

        return desk.ask(client_lookbooks, client_id)

    def entries(self, known: "Books", look: Look) -> list[Entry]:
        shown: list[Entry] = []
        for book in known:
            shown += [_book(book, look), *_items(book, look), Entry(((),))]
        return shown[:-1]

    # ---------------------------------------------------------------- lookbooks

    async def add(self, profile: "Profile") -> None:
        desk = profile.desk
        assert desk is not None

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.lookbooks import AddLookbook

            return AddLookbook(
                profile.client_id, values["title"], _delivered(values["delivered"], desk), values["words"]
            )

        fields = _book_fields(None, desk)
        await profile.fill_in("Add a lookbook", fields, make, draft=f"lookbook:new:{profile.client_id}")

    async def edit(self, profile: "Profile", key: Key) -> None:
        desk, (book, item) = profile.desk, _at(profile.known, key)
        if desk is None or book is None:
            return
        if item is not None:
            await self._edit_item(profile, desk, item)
            return
        fields = _book_fields(book, desk)
        stood = fields[1].value

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.lookbooks import EditLookbook

            typed = values["delivered"]
            delivered_at = book.delivered_at if typed == stood else _delivered(typed, desk)
            return EditLookbook(book.id, values["title"], delivered_at, values["words"])

        await profile.fill_in("Edit the lookbook", fields, make, draft=f"lookbook:{book.id}")

    async def remove(self, profile: "Profile", key: Key) -> None:
        from stylistdesk.commands.lookbooks import RemoveItem, RemoveLookbook

        await profile.carry_out(RemoveLookbook(key[1]) if key[0] == "lookbook" else RemoveItem(key[1]))

    async def turn_delivered(self, profile: "Profile", key: Key | None) -> None:
        """It was delivered now, or was not after all."""
        from stylistdesk.commands.lookbooks import MarkDelivered

        book, _ = _at(profile.known, key)
        if book is None:
            profile.tell("There is no lookbook under the cursor.", bad=True)
        else:
            await profile.carry_out(MarkDelivered(book.id, delivered=book.delivered_at is None))

    async def write_out(self, profile: "Profile", key: Key | None) -> None:
        """Write the lookbook into a file to send, as one page or as text."""
        from stylistdesk.ui.dialogs.picker import Picker
        from stylistdesk.ui.lookbook_jobs import FORMATS, write_out

        desk, (book, _) = profile.desk, _at(profile.known, key)
        header = profile.reading.header
        if desk is None or book is None or header is None:
            profile.tell("There is no lookbook under the cursor.", bad=True)
            return
        form = await profile.app.push_screen_wait(Picker(f"Write out {book.title}", FORMATS))
        if form is not None:
            kind: Format = "text" if form == "text" else "html"
            profile.tell(await asyncio.to_thread(write_out, desk, book, header.name, kind, profile.size.width))

    # -------------------------------------------------------------------- items

    async def add_item(self, profile: "Profile", key: Key | None) -> None:
        """Put an item into the lookbook under the cursor, into the look under the cursor."""
        desk, (book, item) = profile.desk, _at(profile.known, key)
        if desk is None or book is None:
            profile.tell("Add a lookbook first; an item goes into the one under the cursor.", bad=True)
            return

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.lookbooks import AddItem

            return AddItem(book.id, _item_form(values, desk.currency))

        last = item or (book.items[-1] if book.items else None)
        fields = _item_fields(None, desk.currency, look=last.look if last else "Look 1")
        await profile.fill_in(f"Add to {book.title}", fields, make, draft=f"item:new:{book.id}")

    async def _edit_item(self, profile: "Profile", desk: "Desk", item: "ItemRow") -> None:
        currency = item.currency or desk.currency

        def make(values: dict[str, str]) -> "Command":
            from stylistdesk.commands.lookbooks import EditItem

            return EditItem(item.id, _item_form(values, currency))

        await profile.fill_in("Edit the item", _item_fields(item, currency), make, draft=f"item:{item.id}")

    async def move_up(self, profile: "Profile", key: Key | None) -> None:
        """The item one up in its look."""
        await self._move(profile, key, -1)

    async def move_down(self, profile: "Profile", key: Key | None) -> None:
        """The item one down in its look."""
        await self._move(profile, key, 1)

    async def _move(self, profile: "Profile", key: Key | None, by: int) -> None:
        from stylistdesk.commands.lookbooks import MoveItem

        if key is None or key[0] != "item":
            profile.tell("There is no item under the cursor.", bad=True)
        else:
            await profile.carry_out(MoveItem(key[1], by))

    async def open_page(self, profile: "Profile", key: Key | None) -> None:
        """Open the item's page in the rep's browser."""
        _, item = _at(profile.known, key)
        if item is None or not item.url:
            profile.tell("No page is known of it: e gives it one.", bad=True)
        elif await asyncio.to_thread(open_link, item.url):
            profile.tell(f"Opened the page of {item.name}.")
        else:
            profile.tell("No program here opens it.", bad=True)


def _at(known: "Books", key: Key | None) -> "tuple[LookbookRow | None, ItemRow | None]":
    """The lookbook under the cursor, and its item if that is what the cursor is on."""
    for book in known if key else ():
        if key == ("lookbook", book.id):
            return book, None
        for item in book.items:
            if key == ("item", item.id):
                return book, item
    return None, None


# --------------------------------------------------------------------- the forms


def _delivered(typed: str, desk: "Desk") -> datetime | None:
    if not typed.strip():
        return None
    at = parse_moment(typed, desk.now(), desk.zone)
    if at > desk.now():
        raise Refused("That time is yet to come.", field="delivered", hint="Leave it empty until it is delivered.")
    return at


def _book_fields(book: "LookbookRow | None", desk: "Desk") -> list[Field]:
    at = book.delivered_at.astimezone(desk.zone) if book and book.delivered_at else None

    def understood(typed: str) -> str:
        found = _delivered(typed, desk)
        return words.moment(found, desk.now(), desk.zone) if found else ""

    return [
        Field("title", "Title", book.title if book else "", hint="for example Fall looks 2, as she sees it"),
        Field(
            "delivered", "Delivered", f"{at:%Y-%m-%d %H:%M}" if at else "",
            hint="empty until it is; or: now, yesterday 17:00", understood=understood,
        ),
        Field("words", "Words", book.words if book else "", hint="what she reads above the looks", lines=3),
    ]  # fmt: skip


def _item_fields(item: "ItemRow | None", currency: str, *, look: str = "") -> list[Field]:
    price = ""
    if item is not None and item.price_cents is not None:
        price = format_money(item.price_cents, currency)

    def priced(typed: str) -> str:
        return format_money(parse_typed_money(typed, currency), currency) if typed.strip() else ""

    def named(typed: str) -> str:
        if not typed.strip():
            raise Refused("The name is missing.", hint="For example: Silk shirt, bone.")
        return ""

    hint = "as her platform names it: Silk shirt, bone"
    return [
        Field("name", "Item", item.name if item else "", hint=hint, understood=named),
        Field("look", "Look", item.look if item else look, hint="items of one look stand together; may be empty"),
        Field("brand", "Brand", item.brand if item else "", hint="may be empty"),
        Field("price", "Price", price, hint="may be empty", understood=priced),
        Field("url", "Page", item.url if item else "", hint="may be empty", understood=checked_web_address),
        Field("picture", "Picture", item.picture if item else "", hint="the path of a file; may be empty"),
    ]


def _item_form(values: dict[str, str], currency: str) -> "ItemForm":
    from stylistdesk.commands.lookbooks import ItemForm

    price = parse_typed_money(values["price"], currency) if values["price"].strip() else None
    return ItemForm(values["name"], values["look"], values["brand"], price, currency, values["url"], values["picture"])


# ---------------------------------------------------------------------- the lines


def _sums(amounts: tuple[tuple[str, int], ...]) -> str:
    return " + ".join(format_money(cents, currency) for currency, cents in amounts)


def _book(book: "LookbookRow", look: Look) -> Entry:
    """Its title, when it was delivered, and what came of it in all."""
    hearted = sum(1 for item in book.items if item.hearted)
    carted = sum(1 for item in book.items if item.carted)
    units = sum(item.units for item in book.items)
    counts = (
        words.count(len(book.items), "item") if book.items else "no items yet",
        _sums(book.prices),
        f"{hearted} hearted" if hearted else "",
        f"{carted} in cart" if carted else "",
        f"{units} bought" + (f" ({_sums(book.bought)})" if book.bought else "") if units else "",
    )
    head = line(
        Piece(clip(book.title, look.width - WHEN - 1), "strong"),
        Piece("" if book.delivered_at else "  not delivered", "late"),
    )
    when = on(book.delivered_at, look) or "to deliver"
    return dated(("lookbook", book.id), when, head, look, more(*counts, look=look))


def _items(book: "LookbookRow", look: Look) -> list[Entry]:
    """The items, each look with its name above."""
    shown: list[Entry] = []
    before = ""
    marks = max((width_of(_became(item, look)) for item in book.items), default=0)
    room = max(12, look.width - 14 - max(marks, 14 if look.width < ROOMY else 24))
    for item in book.items:
        if item.look and item.look != before:
            shown.append(Entry(((Piece(f"   {item.look}", "label"),),)))
        before = item.look
        shown.append(_item(item, look, room))
    return shown


def _item(item: "ItemRow", look: Look, room: int) -> Entry:
    """An item, its name in so many cells: what came of it has the rest."""
    price = format_money(item.price_cents, item.currency) if item.price_cents is not None else ""
    came = _became(item, look)
    name = item.name
    if item.brand and cell_len(f"{name}, {item.brand}") <= room:
        name = f"{name}, {item.brand}"
    lines = [cut((Piece("     "), Piece(fit(name, room)), Piece(fit(price, 9, right=True)), *came), look.width)]
    if item.picture:
        lines.append((Piece("       "), Piece(clip(item.picture, look.width - 8), "quiet")))
    return Entry(tuple(lines), ("item", item.id), item.url)


def _became(item: "ItemRow", look: Look) -> Line:
    """What came of it, in the signs of signals."""
    signs = look.symbols.signals
    counted = (
        (signs[SignalKind.HEARTED], item.hearted, "heart"),
        (signs[SignalKind.COMMENTED], item.commented, "signal"),
        (signs[SignalKind.ADDED_TO_CART], item.carted, "signal"),
        (signs[SignalKind.CHECKED_OUT], item.units, "good"),
    )
    said = [(f"  {sign}{number if number > 1 else ''}", shown) for sign, number, shown in counted if number]
    ends = []
    if look.width >= ROOMY:
        ends += [(" bought", "good")] if item.units else []
        ends += [("  page", "quiet")] if item.url else []
    return tuple(Piece(text, shown) for text, shown in [*said, *ends])
