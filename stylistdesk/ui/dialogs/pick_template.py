"""Pick one of the templates: those for what is to be done come first, and hers before ours."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stylistdesk.domain.templates import OCCASIONS, MessageTemplate
from stylistdesk.ui.dialogs.filtered_picker import FilteredPicker

if TYPE_CHECKING:
    from stylistdesk.ui.app import StylistDesk


async def pick_template(
    program: "StylistDesk", offered: Sequence[MessageTemplate], current: str
) -> MessageTemplate | None:
    """The one that she picks; `current` is the key of the one that stands there."""
    by_key = {one.key: one for one in offered}
    chosen = await program.push_screen_wait(
        FilteredPicker(
            "Begin with which template?",
            [(one.key, one.name) for one in offered],
            current if current in by_key else "",
            {one.key: say_about(one) for one in offered},
        )
    )
    return by_key[chosen] if chosen is not None else None


def say_about(one: MessageTemplate) -> str:
    """What its name does not say of a template: "help with her cart, email only, yours"."""
    occasion = OCCASIONS[one.occasion]
    occasion = "" if one.name.startswith(occasion) or not one.occasion else occasion[:1].lower() + occasion[1:]
    channel = f"{one.channel.value} only" if one.channel is not None else ""
    return ", ".join(filter(None, (occasion, channel, "yours" if one.is_own else "")))
