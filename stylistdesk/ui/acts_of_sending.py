"""What keys do with emails that the desk sends itself (R44)."""

from stylistdesk.ui.acts import Act, Scope

ACTS_OF_SENDING: tuple[Act, ...] = (
    Act("outbox", "ctrl+x", Scope.DESK, "Emails to send", "What the desk sends by itself: what waits, what could not "
        "be sent, and through which server", 0, "page('outbox')"),
    Act("message_send", "ctrl+e", Scope.MESSAGE, "Send", "Have the desk send the email by itself, and log it; "
        "undone while it waits", 3, "send"),
    Act("outbox_account", "e", Scope.OUTBOX, "Your account", "Say through which server and as whom", 8, "account"),
    Act("outbox_again", "r", Scope.OUTBOX, "Try again", "Send it now: what waits, or could not be sent", 2,
        "send_again"),
    Act("outbox_open", "enter", Scope.OUTBOX, "Her emails", "Open her profile at her emails", 3, "open_emails"),
    Act("outbox_seen", "x", Scope.OUTBOX, "Seen", "You have seen what could not be sent: be told of it no more", 4,
        "seen"),
    Act("outbox_remove", "delete", Scope.OUTBOX, "Take back", "Do not send it, and take it out of her emails", 6,
        "take_back"),
    Act("email_again", "r", Scope.EMAILS, "Try again", "Send it now: what waits, or could not be sent", 3,
        "on_row('send_again')"),
    Act("sending_test", "ctrl+t", Scope.SENDING, "Send a test", "Send a test to yourself, with what the form says", 2,
        "send_test"),
)  # fmt: skip
