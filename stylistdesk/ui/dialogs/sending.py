"""Through which mail server the desk sends, and as whom (R44); tried at once with a test to the rep herself."""

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from stylistdesk.domain.errors import Refused
from stylistdesk.ui.dialogs.form import Field, Form, Hint
from stylistdesk.ui.jobs import start
from stylistdesk.ui.keymap import Scope, bindings
from stylistdesk.ui.lines import BLANK, Piece

if TYPE_CHECKING:
    from stylistdesk.desk import Desk
    from stylistdesk.exchange.sending_account import AccountForm
    from stylistdesk.settings import Sending
    from stylistdesk.ui.app import StylistDesk

SECURITY = (("starttls", "STARTTLS"), ("tls", "TLS"), ("none", "none"))


async def ask_account(program: "StylistDesk") -> None:
    """Ask for the account, and say what was kept; in a worker."""
    desk = program.desk
    if desk is None:
        return
    kept: Sending | None = await program.push_screen_wait(SendingForm(desk))
    if kept is not None:
        program.tell(f"Emails are sent through {kept.host}, from {kept.from_address}.")


class SendingForm(Form):
    """The account; ctrl+t sends a test with what it says, before anything is kept."""

    PLACE: ClassVar[str] = "Sending"
    BINDINGS: ClassVar[list[Binding]] = bindings(Scope.SENDING)

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        now = desk.settings.sending
        kept = "empty keeps the one that is kept" if now.user else "kept in your system's keyring, nowhere else"
        super().__init__(
            "Sending email",
            [
                Field("host", "Server", now.host, "your provider's for outgoing mail, such as smtp.example.com"),
                Field("security", "Encrypted", now.security, choices=SECURITY),
                Field("port", "Port", str(now.port), "587 with STARTTLS, 465 with TLS, mostly"),
                Field("user", "User name", now.user, "often your whole address; may be empty"),
                Field("password", "Password", "", kept, secret=True),
                Field("from_address", "From", now.from_address, "the address that your emails are from"),
                Field("from_name", "Your name", now.from_name or desk.rep_name, "as she reads it beside the address"),
            ],
            self._keep,
            about=((Piece("One email to one client at a time; nothing goes out in bulk.", "quiet"),), BLANK),
        )
        self._testing = False

    @property
    def _account(self) -> "AccountForm":
        from stylistdesk.exchange.sending_account import AccountForm

        return AccountForm(**self.values)

    async def _keep(self, values: dict[str, str]) -> Any:
        def keep() -> "Sending":
            from stylistdesk.exchange.sending_account import save_account

            return save_account(self.desk, self._account)

        kept = await asyncio.to_thread(keep)
        self.program.sending.set_up()
        return kept

    def action_send_test(self) -> None:
        """Send a test to herself."""
        if not self._testing:
            start(self, self._send_test, "test", group="test")

    async def _send_test(self) -> None:
        def test() -> str:
            from stylistdesk.exchange.sending_account import send_test

            return send_test(self.desk, self._account)

        self._testing = True
        hint = self.query_one("#hint-host", Hint)
        hint.say("Sending a test …", "quiet")
        try:
            hint.say(await asyncio.to_thread(test), "good")
            self.call_after_refresh(self._into_sight, "host")
        except Refused as no:
            hint.say(self.fields["host"].hint)
            self._refuse(no)
        finally:
            self._testing = False
