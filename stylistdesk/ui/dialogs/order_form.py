"""The form of an order: it can be saved and closed, or saved with a new one to follow (R29)."""

from typing import ClassVar

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.form import Form
from stylistdesk.ui.keymap import Scope, bindings


class OrderForm(Form):
    """`again` says that the rep wants the next one."""

    PLACE: ClassVar[str] = "Order form"
    KEY_LABELS: ClassVar[dict[str, str]] = {"form_save": "Save and close"}
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.ORDER_FORM)
    again = False

    async def action_save_and_new(self) -> None:
        """Save it, and begin the next with what orders of one day share."""
        self.again = True
        await self.action_save()

    def _refuse(self, no: Refused) -> None:
        self.again = False
        super()._refuse(no)
