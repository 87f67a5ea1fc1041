"""A form with a field `client` that may stay empty."""

from typing import TYPE_CHECKING, ClassVar

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.find_client import A_FEW_LETTERS, find_client
from stylistdesk.ui.dialogs.form import Form

if TYPE_CHECKING:
    from stylistdesk.desk import Desk


class FormWithClient(Form):
    """Before it saves, whom the letters mean is looked up; `known` says whom the form has at first."""

    OR_NOTHING: ClassVar[str] = "A few letters of her name, or nothing."
    desk: "Desk"

    def known(self, client_id: int | None, name: str) -> None:
        """This client stands in the field already: she is not looked up again."""
        self.client_id, self._looked_for = client_id, name

    async def action_save(self) -> None:
        """Save; whom it is with is looked up first."""
        if "client" not in self.fields or await self._find_client():
            await super().action_save()

    async def _find_client(self) -> bool:
        typed = self.value_of("client")
        if not typed.strip():
            self.known(None, "")
        elif typed != self._looked_for:
            try:
                row = await find_client(self.desk, typed)
            except Refused as no:
                hint = self.OR_NOTHING if no.hint == A_FEW_LETTERS else no.hint
                self._refuse(Refused(no.reason, field=no.field, hint=hint))
                return False
            self.known(row.client_id, typed)
        return True
