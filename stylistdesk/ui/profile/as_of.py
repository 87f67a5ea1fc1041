"""The profile as it was: the same sections, read from her rows of then (R30). Nothing can be done in it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.domain.past_days import parse_past_moment
from stylistdesk.ui import words
from stylistdesk.ui.dialogs.form import Field, Form
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.profile.screen import Profile
from stylistdesk.ui.profile.section import Look

if TYPE_CHECKING:
    from stylistdesk.commands.base import Command, Outcome
    from stylistdesk.desk import Desk
    from stylistdesk.past import PastDesk
    from stylistdesk.ui.lines import Line


class ProfileThen(Profile, inherit_bindings=False):
    """One client as she stood at an instant; escape returns to today."""

    PLACE = "As of"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.THEN, Scope.PAGE)

    def __init__(self, past: "PastDesk", section: str) -> None:
        super().__init__()
        self.past = past
        self.show_client(past.client_id, section)

    @property
    def desk(self) -> "Desk | None":
        """The desk of then: every section asks it, as it asks the desk of today."""
        return cast("Desk", self.past)

    def say_banner(self, words_: str) -> None:
        when = words.moment(self.past.at, self.program.local_now(), self.past.zone)
        back = self.program.keymap_of_desk.shown("back")
        super().say_banner(f"As of {when}: it can only be read. {back} goes back to today.")

    def be_at(self, place: str) -> None:
        super().be_at("As of")

    @property
    def look(self) -> Look:
        return replace(super().look, only_read=True)

    @property
    def key_labels(self) -> dict[str, str]:
        labels = super().key_labels
        return {**labels, "then_open": labels["section_open"], "undo": "", "redo": ""}

    def on_unmount(self) -> None:
        self.past.close()

    def action_back(self) -> None:
        """Back to today."""
        self.dismiss(None)

    def action_only_read(self) -> None:
        """Whatever would change something."""
        self.tell(self.past.read_only, bad=True)

    async def carry_out(self, command: "Command") -> "Outcome | None":
        self.action_only_read()
        return None

    async def fill_in(
        self,
        title: str,
        fields: Sequence[Field],
        make: "Callable[[dict[str, str]], Command]",
        *,
        draft: str = "",
        about: "Sequence[Line]" = (),
    ) -> "Outcome | None":
        self.action_only_read()
        return None

    async def show_form(self, form: Form) -> "Outcome | None":
        self.action_only_read()
        return None


async def look_back(profile: Profile, typed: str) -> None:
    """Ask for a day in words, and show the profile as it was then."""
    desk, client_id = profile.desk, profile.client_id
    assert desk is not None
    now, zone = desk.now(), desk.zone

    header = profile.reading.header
    since = f"She is since {words.moment(header.added_at, now, zone)}." if header else ""

    def understood(words_: str) -> str:
        return f"as of {words.moment(parse_past_moment(words_, now, zone), now, zone)}"

    async def chosen(values: dict[str, str]) -> "PastDesk | None":
        def read() -> Any:
            from stylistdesk.past import PastDesk

            past = PastDesk(desk, client_id, parse_past_moment(values["at"], now, zone))
            if past.is_known:
                return past
            past.close()
            raise Refused("She was not on the desk then.", field="at", hint=since)

        return cast("PastDesk", await asyncio.to_thread(read))

    hint = "yesterday, last fri, 3 weeks ago, last month, 14 mar, yesterday 14:00"
    fields = [Field("at", "Day", typed, hint=hint, understood=understood)]
    form = Form("The profile as of", fields, chosen, does="Show")
    past: PastDesk | None = await profile.app.push_screen_wait(form)
    if past is not None:
        await profile.app.push_screen(ProfileThen(past, profile.section.TITLE))
