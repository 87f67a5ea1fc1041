"""What keys do in the tasks of the back office, and on the pages behind them: the last part of the table of keys."""

from stylistdesk.ui.acts import Act, Scope

TRAINING: tuple[Act, ...] = ()

WEBSITE: tuple[Act, ...] = ()

CERTIFICATES: tuple[Act, ...] = ()

SHOP_LINKS: tuple[Act, ...] = (
    Act("event_copy", "c", Scope.SHOP_LINKS, "Copy link", "Copy the link of the event", 3, "on_row('copy_link')"),
    Act("event_code", "r", Scope.SHOP_LINKS, "QR code", "Show the link as a QR code, for a phone to read",
        4, "on_row('show_code')"),
    Act("event_send", "m", Scope.SHOP_LINKS, "Send to host", "Write to its host, with the link",
        5, "on_row('send_link')"),
    Act("event_close", "d", Scope.SHOP_LINKS, "Close", "All is done: close the event, or open it again",
        6, "on_row('turn_closed')"),
    Act("event_cancel", "x", Scope.SHOP_LINKS, "Call off", "The event does not take place, or does after all",
        8, "on_row('turn_cancelled')"),
    Act("event_open", "o", Scope.SHOP_LINKS, "Open link", "Open the shop window in your browser",
        9, "on_row('open_shop')"),
    Act("event_write", "W", Scope.SHOP_LINKS, "Write QR code", "Write the QR code into a PNG or SVG file",
        10, "on_row('write_code')"),
    Act("event_tick", "space", Scope.EVENT, "Tick", "The step under the cursor is done, or is not after all", 1,
        "tick"),
    Act("event_go", "enter", Scope.EVENT, "Open", "The client of an order; a step is ticked", 6, "open_entry"),
    Act("event_page_edit", "e", Scope.EVENT, "Edit", "Change the event", 4, "event('edit_event')"),
    Act("event_page_copy", "c", Scope.EVENT, "Copy link", "Copy its link", 2, "event('copy_link')"),
    Act("event_page_code", "r", Scope.EVENT, "QR code", "Show the link as a QR code, for a phone to read", 2,
        "event('show_code')"),
    Act("event_page_send", "m", Scope.EVENT, "Send to host", "Write to its host, with the link", 3,
        "event('send_link')"),
    Act("event_page_close", "d", Scope.EVENT, "Close", "All is done: close it, or open it again", 3,
        "event('turn_closed')"),
    Act("event_page_cancel", "x", Scope.EVENT, "Call off", "It does not take place, or does after all", 8,
        "event('turn_cancelled')"),
    Act("event_page_open", "o", Scope.EVENT, "Open link", "Open the shop window in your browser", 7,
        "event('open_shop')"),
    Act("event_page_write", "W", Scope.EVENT, "Write QR code", "Write the QR code into a PNG or SVG file", 9,
        "event('write_code')"),
)  # fmt: skip

REWARDS: tuple[Act, ...] = (
    Act(
        "rewards_take",
        "o",
        Scope.REWARDS,
        "Host order",
        "Enter what the host takes against her rewards, or change it",
        3,
        "on_row('take')",
    ),
    Act(
        "rewards_place",
        "P",
        Scope.REWARDS,
        "Place",
        "Place the host order: final, what she pays is an order of hers",
        4,
        "on_row('place')",
    ),
    Act(
        "rewards_cancel",
        "C",
        Scope.REWARDS,
        "Cancel",
        "Cancel the host order: the rewards can be used again",
        5,
        "on_row('cancel')",
    ),
    Act(
        "rewards_tiers",
        "T",
        Scope.REWARDS,
        "Tiers",
        "What sales of so much earn a host, to look at and to change",
        6,
        "section('tiers')",
    ),
    Act(
        "rewards_export",
        "E",
        Scope.REWARDS,
        "Export",
        "Write all host orders as CSV, for a spreadsheet",
        0,
        "section('write_host_orders')",
    ),
    Act(
        "rewards_page_open",
        "enter,p",
        Scope.REWARD_LEDGER,
        "Her orders",
        "Open the orders of the client",
        6,
        "open_entry",
    ),
    Act(
        "rewards_page_take",
        "o,e",
        Scope.REWARD_LEDGER,
        "Host order",
        "Enter what the host takes against her rewards, or change it",
        1,
        "take",
    ),
    Act(
        "rewards_page_place",
        "P",
        Scope.REWARD_LEDGER,
        "Place",
        "Place the host order: final, what she pays is an order of hers",
        2,
        "place",
    ),
    Act(
        "rewards_page_cancel",
        "C",
        Scope.REWARD_LEDGER,
        "Cancel",
        "Cancel the host order: the rewards can be used again",
        3,
        "cancel_order",
    ),
    Act(
        "rewards_page_export",
        "E",
        Scope.REWARD_LEDGER,
        "Export",
        "Write this ledger as CSV, for a spreadsheet",
        4,
        "write",
    ),
    Act("tier_add", "a", Scope.TIERS, "Add", "Add a tier", 1, "add_tier"),
    Act("tier_edit", "e,enter", Scope.TIERS, "Edit", "Change the tier under the cursor", 2, "edit_tier"),
    Act(
        "tier_remove",
        "delete",
        Scope.TIERS,
        "Remove",
        "Remove the tier under the cursor; u undoes it",
        4,
        "remove_tier",
    ),
    Act(
        "tiers_restore", "R", Scope.TIERS, "The usual ones", "Let the usual tiers hold again; u undoes it", 3, "restore"
    ),
)

RETURNS: tuple[Act, ...] = ()

COMPANY_FILES: tuple[Act, ...] = ()

MOVES: tuple[Act, ...] = (
    Act("moves_preview", "v", Scope.MOVES, "Preview", "Both events' rewards before and after a move, and move it",
        0, "on_row('preview')"),
    Act("moves_plan", "P", Scope.MOVES, "Plan", "Work out the moves that earn hosts most, and make them in one step",
        8, "section('plan')"),
    Act("moves_write", "w", Scope.MOVES, "Write", "Draft the email that asks customer service to move the order",
        7, "on_row('write')"),
    Act("moves_requested", "s", Scope.MOVES, "Sent", "The email to customer service was sent: the move is requested",
        11, "on_row('requested')"),
    Act("moves_confirmed", "y", Scope.MOVES, "Confirmed", "Customer service has moved it: it counts for its new event",
        12, "on_row('confirmed')"),
    Act("moves_refused", "x", Scope.MOVES, "Refused", "Customer service will not move it: it stays where it is",
        13, "on_row('refused')"),
    Act("moves_profile", "p", Scope.MOVES, "Profile", "Open the client whose order it is", 15, "on_row('profile')"),
    Act("moves_export", "E", Scope.MOVES, "Export", "Write the list into a CSV file", 14, "section('export')"),
)  # fmt: skip

SIGN_UPS: tuple[Act, ...] = ()

ACTS_OF_BACKOFFICE: tuple[Act, ...] = (
    *TRAINING,
    *WEBSITE,
    *CERTIFICATES,
    *SHOP_LINKS,
    *REWARDS,
    *RETURNS,
    *COMPANY_FILES,
    *MOVES,
    *SIGN_UPS,
)
