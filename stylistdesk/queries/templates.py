"""Message templates (R44): all there are, and what a message to one client may be made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stylistdesk.domain.built_in_templates import BUILT_IN, BY_KEY
from stylistdesk.domain.dates import WEEKDAYS, LocalNow, say_short_day
from stylistdesk.domain.suggestions import Suggestion
from stylistdesk.domain.templates import (
    OCCASIONS,
    REP_NAME,
    MessageTemplate,
    Words,
    about_item,
    as_letter,
    best,
    by_nearness,
    number_in,
    occasion_of,
    with_the,
)
from stylistdesk.domain.text import name_key
from stylistdesk.domain.types import Channel, MessageKind, SignalKind
from stylistdesk.filling import fill_template
from stylistdesk.queries.movable import OPEN

if TYPE_CHECKING:
    from stylistdesk.queries.asking import Asking
    from stylistdesk.queries.daily_tasks import ClientPane

_TEMPLATES = """
    SELECT id, name, channel, suggestion, kind, subject, body, replaces, hidden FROM template ORDER BY id"""
_OF_THE_REP = """
    SELECT rep_name, (SELECT shop_url FROM website WHERE id = 1) FROM desk_info WHERE id = 1"""

RECEIVED = 9
"""The rule that asks about what she received, seen or not."""

_RECEIVED = """
    SELECT item, brand, lookbook FROM signal WHERE client_id = ? AND kind = 'received' AND item <> ''
    ORDER BY occurred_at DESC, id DESC LIMIT 30"""
_OPEN_EVENTS = f"SELECT name FROM host_event WHERE {OPEN} LIMIT 2"

_LAST_SEEN = """
    SELECT (SELECT client_id FROM signal ORDER BY id DESC LIMIT 1), (SELECT id FROM client ORDER BY id LIMIT 1)"""


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A row of the rep's: what she wrote, or one of ours that she hid, with its key in `replaces`."""

    id: int
    name: str
    channel: Channel | None
    occasion: str
    kind: MessageKind
    subject: str
    body: str
    replaces: str
    hidden: bool


def own_templates(asking: "Asking") -> tuple[OwnTemplate, ...]:
    """What is hers, the oldest first."""
    return tuple(
        OwnTemplate(
            row,
            name,
            Channel(channel) if channel else None,
            suggestion if suggestion in OCCASIONS else "",
            MessageKind(kind),
            subject,
            body,
            replaces if replaces in BY_KEY else "",
            bool(hidden),
        )
        for row, name, channel, suggestion, kind, subject, body, replaces, hidden in (
            asking.session.connection().exec_driver_sql(_TEMPLATES)
        )
    )


def templates(asking: "Asking") -> tuple[MessageTemplate, ...]:
    """All templates, also the hidden ones, by what they are for: hers before ours, then by name.

    One of hers that replaces one of ours stands in its place. Of what replaces one that came with an earlier
    stylistdesk and is no more, nothing is lost: it is one of hers.
    """
    own = own_templates(asking)
    replaced = {one.replaces for one in own}
    places = {name: place for place, name in enumerate(OCCASIONS)}
    found = [*(_offered(one) for one in own), *(one for one in BUILT_IN if one.key not in replaced)]
    return tuple(sorted(found, key=lambda one: (places[one.occasion], not one.is_own, name_key(one.name))))


def _offered(own: OwnTemplate) -> MessageTemplate:
    """Hers as she is offered it; one of ours that was only hidden, not rewritten, as it came."""
    one = MessageTemplate(
        f"own:{own.id}", own.name, own.channel, own.occasion, own.kind, own.subject, own.body, own.id, own.replaces,
        own.hidden,
    )  # fmt: skip
    ours = BY_KEY.get(one.replaces)
    if ours is None or not one.hidden:
        return one
    same = replace(one, key=ours.key, name=ours.name, row=None, replaces="")
    return same if same == replace(ours, hidden=True) else one


@dataclass(frozen=True)
class Letter:
    """What a message to one client is made of: what it is for, the templates, and what the fields say of her."""

    occasion: str
    templates: tuple[MessageTemplate, ...]
    values: Mapping[str, str] = field(default_factory=dict)

    def best(self, channel: Channel) -> MessageTemplate:
        """The template that is taken, where she picks none."""
        return best(self.templates, self.occasion, channel)

    def nearest(self, channel: Channel) -> list[MessageTemplate]:
        """Those that she may pick from, the likeliest first."""
        return by_nearness(self.templates, self.occasion, channel)

    def fill(self, template: MessageTemplate, channel: Channel = Channel.TEXT) -> Words:
        """A template in words for her. Slow the first time. Raises `Refused` for one that cannot be filled."""
        words = fill_template(template, self.values)
        return as_letter(words) if template.channel is None and channel is Channel.EMAIL else words


def letter(
    asking: "Asking",
    pane: "ClientPane",
    occasion: str | None = None,
    about: Mapping[str, str] | None = None,
) -> Letter:
    """What a message to her is made of; for what is suggested next, unless an occasion is named.

    `about` are the fields that only the event, the return or the certificate at hand can say.
    """
    suggestion = pane.standing.suggestions[0] if pane.standing and pane.standing.suggestions else None
    wanted = occasion_of(suggestion) if occasion is None else occasion
    row = asking.session.connection().exec_driver_sql(_OF_THE_REP).first()
    rep_name, shop_link = row if row is not None else ("", "")
    values = {
        **values_of(
            pane, suggestion, wanted, LocalNow(asking.now, asking.zone), _did(asking, pane, suggestion, wanted)
        ),
        **({"event": name} if wanted == "move_order" and (name := _the_open_event(asking)) else {}),
        "shop_link": shop_link or "",
        REP_NAME: rep_name or "",
        **(about or {}),
    }
    return Letter(wanted, templates(asking), values)


Did = tuple[SignalKind, str, str, str]
"""What she did, with which item, of which brand, in which lookbook."""


def _did(asking: "Asking", pane: "ClientPane", suggestion: Suggestion | None, occasion: str) -> list[Did]:
    """What she did with items, the newest last: since the last follow-up, or what she received that is asked about."""
    if suggestion is None or suggestion.number != RECEIVED or occasion != occasion_of(suggestion):
        return [(each.kind, each.item, each.brand, each.lookbook) for each in pane.signals]
    rows = asking.session.connection().exec_driver_sql(_RECEIVED, (pane.client_id,))
    return [(SignalKind.RECEIVED, *row) for row in rows if row[0] in suggestion.detail][:1]


def _the_open_event(asking: "Asking") -> str:
    """The event to which an order can be moved, where there is but one."""
    today = asking.now.astimezone(asking.zone).date().isoformat()
    names = asking.session.connection().exec_driver_sql(_OPEN_EVENTS, {"today": today}).all()
    return str(names[0][0]) if len(names) == 1 else ""


def values_of(
    pane: "ClientPane", suggestion: Suggestion | None, occasion: str, here: LocalNow, did: Sequence[Did]
) -> dict[str, str]:
    """What the fields say of her; those that are not here are not known."""
    recorded, item, items = about_item(occasion, [each[:2] for each in did])
    brand, lookbook = next((each[2:] for each in reversed(did) if recorded and each[1] == recorded), ("", ""))
    said = (each.comment for each in reversed(pane.signals) if each.kind in (SignalKind.COMMENTED, SignalKind.REPLIED))
    ahead = _ahead(pane, occasion, here)
    return {
        "first_name": pane.first_name,
        "name": pane.name,
        "item": item,
        "the_item": with_the(item),
        "the_items": items,
        "brand": brand,
        "lookbook": lookbook,
        "comment": next((words for words in said if words), ""),
        "date": _say_date(ahead[0], here) if ahead else "",
        "time": here.hour(ahead[0]) if ahead else "",
        "appointment": ahead[1] if ahead else "",
        "last_order": say_short_day(pane.last_order_on, here.today) if pane.last_order_on else "",
        "cadence": pane.cadence_label,
        "number": number_in(suggestion),
    }


def _ahead(pane: "ClientPane", occasion: str, here: LocalNow) -> tuple[datetime, str] | None:
    """Her next appointment; where one is to be confirmed, the first of tomorrow that is not."""
    for at, kind, confirmed in pane.appointments:
        if occasion != "confirm_appointment" or (not confirmed and (here.day(at) - here.today).days == 1):
            return at, kind
    return None


def _say_date(at: datetime, here: LocalNow) -> str:
    """A day that is still right when she reads it tomorrow: "Mon 23 Nov"."""
    day = here.day(at)
    return f"{WEEKDAYS[day.weekday()]} {say_short_day(day, here.today)}"


def previewed(asking: "Asking", client_id: int | None) -> "ClientPane | None":
    """The client on whom templates are tried: this one, else the one who did something last; None on an empty desk."""
    from stylistdesk.queries.daily_tasks import client_pane

    wanted = (client_id, *(asking.session.connection().exec_driver_sql(_LAST_SEEN).first() or ()))
    found = (client_pane(asking, each) for each in wanted if each is not None)
    return next((pane for pane in found if pane is not None), None)
