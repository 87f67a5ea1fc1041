"""What keys do on the other tabs of the dashboard: the third part of the table of keys, one tuple a tab."""

from stylistdesk.ui.acts import Act, Scope

SWEEP: tuple[Act, ...] = (
    Act("sweep_week", "w", Scope.SWEEP, "Week", "Who did anything in the week", 1, "period('week')"),
    Act("sweep_month", "m", Scope.SWEEP, "Month", "Who did anything in the month", 1, "period('month')"),
    Act("sweep_year", "y", Scope.SWEEP, "Year", "Who did anything in the year", 1, "period('year')"),
    Act("sweep_earlier", "left_square_bracket", Scope.SWEEP, "Before", "The period before", 2,
        "period('before')"),
    Act("sweep_later", "right_square_bracket", Scope.SWEEP, "After", "The period after, up to the one of today", 2,
        "period('after')"),
    Act("sweep_rolling", "r", Scope.SWEEP, "Rolling", "Rolling periods, the days up to a day, or the calendar's", 7,
        "period('rolling')"),
    Act("sweep_export", "E", Scope.SWEEP, "Export", "Write what is shown as CSV, for a spreadsheet", 8,
        "export_shown"),
)  # fmt: skip

APPOINTMENTS: tuple[Act, ...] = (
    Act("due_book", "a", Scope.DUE, "Book", "Book a session: its type follows from what was delivered to her", 4,
        "book"),
    Act("due_other", "b", Scope.DUE, "Appointment", "Book an appointment that ends in no lookbook", 9, "book_other"),
    Act("due_begin", "i", Scope.DUE, "In progress", "The consultation begins: In Progress", 1, "begin"),
    Act("due_lookbook", "l", Scope.DUE, "Lookbook", "Deliver the lookbook, build it, write it out to send", 1,
        "lookbook"),
    Act("due_close", "o", Scope.DUE, "Close out", "It is over; a revision or the next session is offered", 3,
        "close_out"),
    Act("due_revise", "v", Scope.DUE, "Revision", "Changes to a delivered lookbook are asked for", 2, "revise"),
    Act("due_move", "r", Scope.DUE, "Reschedule", "Give it new times, or its first", 2, "reschedule"),
    Act("due_call_off", "x", Scope.DUE, "Call off", "It is cancelled, or she did not come", 2, "call_off"),
    Act("due_confirm", "y", Scope.DUE, "Confirmed", "She has confirmed, or has not after all", 2, "confirm"),
    Act("due_notes", "N", Scope.DUE, "Your notes", "Write your own notes on it; HQ's are read-only", 12, "rep_notes"),
    Act("due_quiz", "Q", Scope.DUE, "Style Quiz", "Open her Style Quiz", 0, "section('quiz')"),
    Act("due_cadence", "C", Scope.DUE, "Cadence", "Open her styling frequency", 0, "section('cadence')"),
    Act("due_orders", "O", Scope.DUE, "Orders", "Open what she has bought", 0, "section('orders')"),
    Act("due_conversation", "V", Scope.DUE, "Conversation", "Open the conversation with her number", 0,
        "section('conversation')"),
    Act("due_tickets", "T", Scope.DUE, "Tickets", "What was drafted to HQ and to your ASM", 7, "tickets"),
    Act("ticket_edit", "e", Scope.TICKETS, "Edit", "Change what it says, before it is sent", 1, "edit_ticket"),
    Act("ticket_open", "enter,o", Scope.TICKETS, "Open mail", "Open it in your mail program", 2, "open_mail"),
    Act("ticket_copy", "c", Scope.TICKETS, "Copy", "Copy its words, to send them from elsewhere", 0, "copy_words"),
    Act("ticket_sent", "s", Scope.TICKETS, "Sent", "It was sent, or was not after all", 3, "turn_sent"),
    Act("ticket_settled", "d", Scope.TICKETS, "Settled", "It is settled, or is not after all", 4, "turn_settled"),
    Act("ticket_add", "a", Scope.TICKETS, "Add", "Draft a ticket to HQ or to your ASM", 6, "add_ticket"),
    Act("ticket_profile", "p", Scope.TICKETS, "Profile", "Open the client whom it is about", 7, "profile"),
    Act("ticket_address", "w", Scope.TICKETS, "Addresses", "Say where tickets go", 8, "addresses"),
)  # fmt: skip

FOLLOW_UPS: tuple[Act, ...] = (
    Act("follow_up_done", "d", Scope.FOLLOW_UPS, "Done", "It is done: what she did so far is seen; if it repeats, the "
        "next one is promised", 1, "done"),
    Act("follow_up_done_with", "D", Scope.FOLLOW_UPS, "Done, with words", "It is done, and say what came of it", 12,
        "done_with"),
    Act("follow_up_snooze", "s", Scope.FOLLOW_UPS, "Snooze", "Put it off until a day; the day first promised is kept",
        2, "put_off"),
    Act("follow_up_move", "r", Scope.FOLLOW_UPS, "Reschedule", "Give it another day", 7, "move"),
    Act("follow_up_edit", "e", Scope.FOLLOW_UPS, "Edit", "Change its channel, day, reminder, or how often it repeats",
        9, "change"),
    Act("follow_up_add", "a", Scope.FOLLOW_UPS, "Add", "Promise a client a follow-up", 5, "add_one"),
    Act("follow_up_remove", "delete", Scope.FOLLOW_UPS, "Remove", "Take the promise away; u undoes it", 14,
        "take_away"),
)  # fmt: skip

CALENDAR: tuple[Act, ...] = (
    Act("calendar_left", "left,h", Scope.CALENDAR, "Day before", "To the day before", 0, "step(-1)"),
    Act("calendar_right", "right,l", Scope.CALENDAR, "Next day", "To the next day", 0, "step(1)"),
    Act("calendar_open", "enter", Scope.CALENDAR, "Open", "Open the day, or what is under the cursor", 1, "open_here"),
    Act("calendar_book", "a", Scope.CALENDAR, "Book", "Book an appointment at the cursor", 2, "book"),
    Act("calendar_block", "b", Scope.CALENDAR, "Block", "Block time at the cursor", 3, "block"),
    Act("calendar_event", "v", Scope.CALENDAR, "Event", "Put an event into the calendar at the cursor", 8, "event"),
    Act("calendar_paint", "space", Scope.CALENDAR, "Work or not",
        "Paint the day, the half hour or what is selected as working time, or rub it out", 4, "paint"),
    Act("calendar_hours", "H", Scope.CALENDAR, "Hours", "Your hours of every week, and of the day at the cursor", 7,
        "hours"),
    Act("calendar_usual", "x", Scope.CALENDAR, "As usual", "Let the day have its weekly hours again", 12, "as_usual"),
    Act("calendar_copy", "C", Scope.CALENDAR, "Copy week", "Give the next week the hours of this one", 0, "copy_week"),
    Act("calendar_unfilled", "N", Scope.CALENDAR, "Not filled in", "To the next day that is not filled in", 9,
        "next_unfilled"),
    Act("calendar_overlap", "o", Scope.CALENDAR, "Overlaps", "To the next day on which something overlaps", 13,
        "next_overlap"),
    Act("calendar_before", "left_square_bracket", Scope.CALENDAR, "Before", "To the month, week or day before", 0,
        "turn(-1)"),
    Act("calendar_after", "right_square_bracket", Scope.CALENDAR, "After", "To the next month, week or day", 10,
        "turn(1)"),
    Act("calendar_today", "t", Scope.CALENDAR, "Today", "To today", 11, "today"),
    Act("calendar_month", "m", Scope.CALENDAR, "Month", "Show the month", 5, "show_view('month')"),
    Act("calendar_week", "w", Scope.CALENDAR, "Week", "Show the week by the hour", 5, "show_view('week')"),
    Act("calendar_day", "d", Scope.CALENDAR, "Day", "Show the day by the hour", 6, "show_view('day')"),
    Act("calendar_edit", "e", Scope.CALENDAR, "Edit", "Change what is under the cursor", 14, "edit_here"),
    Act("calendar_remove", "delete", Scope.CALENDAR, "Remove", "Remove what is under the cursor", 15, "remove_here"),
    Act("calendar_select", "s", Scope.CALENDAR, "Select", "Select from here on with the arrows; again ends it", 16,
        "select"),
    Act("calendar_select_up", "shift+up", Scope.CALENDAR, "Select up", "Select what is above", 0, "extend(0, -1)"),
    Act("calendar_select_down", "shift+down", Scope.CALENDAR, "Select down", "Select what is below", 0, "extend(0, 1)"),
    Act("calendar_select_left", "shift+left", Scope.CALENDAR, "Select left", "Select the day before too", 0,
        "extend(-1, 0)"),
    Act("calendar_select_right", "shift+right", Scope.CALENDAR, "Select right", "Select the next day too", 0,
        "extend(1, 0)"),
    Act("calendar_servers", "S", Scope.CALENDAR, "On servers", "Calendars on servers, kept in step", 18,
        "servers"),
    Act("calendar_back", "escape", Scope.CALENDAR, "Back", "End the selection; then back to the view before", 17,
        "go_back"),
)  # fmt: skip

CALENDARS: tuple[Act, ...] = (
    Act("calendars_sync", "s", Scope.CALENDARS, "Sync", "Bring all calendars in step now, both ways", 1, "sync"),
    Act("calendars_ours", "o", Scope.CALENDARS, "Keep yours", "Of what both have changed, yours stays", 2,
        "keep('ours')"),
    Act("calendars_theirs", "t", Scope.CALENDARS, "Keep theirs", "Of what both have changed, the server's stays", 3,
        "keep('theirs')"),
    Act("calendars_add", "a", Scope.CALENDARS, "Add", "Add a calendar on a server", 4, "add_account"),
    Act("calendars_edit", "e,enter", Scope.CALENDARS, "Edit", "Change its name, address or password", 5,
        "edit_account"),
    Act("calendars_remove", "delete", Scope.CALENDARS, "Remove", "Keep it in step no longer; the server keeps all", 6,
        "remove_account"),
)  # fmt: skip

_PERIOD = (
    ("week", "w", "Week", "The numbers of a week", 4),
    ("month", "m", "Month", "The numbers of a month", 5),
    ("year", "y", "Year", "The numbers of a year", 6),
    ("before", "left_square_bracket", "Before", "The period before", 2),
    ("after", "right_square_bracket", "After", "The period after", 3),
    ("rolling", "r", "Rolling", "Periods of the calendar, or the days up to today", 8),
)


def _period(scope: Scope, name: str, *, footer: bool) -> tuple[Act, ...]:
    """The keys that choose the period, in one of the places that show numbers of one."""
    return tuple(
        Act(f"{name}_{act}", keys, scope, label, said, rank if footer else 0, f"period('{act}')")
        for act, keys, label, said, rank in _PERIOD
    )


METRICS: tuple[Act, ...] = (
    Act(
        "metrics_open",
        "enter",
        Scope.METRICS,
        "Open",
        "The number in full: a plot, its formula and whose it is",
        1,
        "open_card",
    ),
    Act("metrics_goal", "e,G", Scope.METRICS, "Goal", "Set a goal for the number, or take it away", 2, "goal"),
    Act(
        "metrics_ledger",
        "c",
        Scope.METRICS,
        "Commission",
        "The commission ledger: what each order earned and was paid",
        2,
        "ledger",
    ),
    *_period(Scope.METRICS, "metrics", footer=True),
    Act("metrics_up", "up,k", Scope.METRICS, "Up", "The card above", 0, "move('up')"),
    Act("metrics_down", "down,j", Scope.METRICS, "Down", "The card below", 0, "move('down')"),
    Act("metrics_left", "left,h", Scope.METRICS, "Left", "The card to the left", 0, "move('left')"),
    Act("metrics_right", "right,l", Scope.METRICS, "Right", "The card to the right", 0, "move('right')"),
    Act("metrics_first", "g,home", Scope.METRICS, "First", "The first card", 0, "move('first')"),
    Act("metrics_last", "end", Scope.METRICS, "Last", "The last card", 0, "move('last')"),
    Act("metrics_page_up", "pageup", Scope.METRICS, "Page up", "A page of cards up", 0, "move('page_up')"),
    Act("metrics_page_down", "pagedown", Scope.METRICS, "Page down", "A page of cards down", 0, "move('page_down')"),
    Act("metric_profile", "enter,p", Scope.METRIC, "Profile", "Open everything known about the client", 1, "profile"),
    Act("metric_goal", "e", Scope.METRIC, "Goal", "Set a goal for this number, or take it away", 2, "goal"),
    Act("metric_next", "right,l", Scope.METRIC, "Next number", "The next number in full", 0, "other(1)"),
    Act("metric_previous", "left,h", Scope.METRIC, "Number before", "The number before in full", 0, "other(-1)"),
    *_period(Scope.METRIC, "metric", footer=True),
    Act(
        "ledger_open",
        "enter,p",
        Scope.LEDGER,
        "Profile",
        "Open everything known about the client; a payment to change it",
        7,
        "open_entry",
    ),
    Act("ledger_add", "a", Scope.LEDGER, "Add a payment", "Record commission that was paid to you", 1, "add"),
    Act("ledger_edit", "e", Scope.LEDGER, "Edit", "Change the payment under the cursor", 4, "change"),
    Act(
        "ledger_remove",
        "delete",
        Scope.LEDGER,
        "Remove",
        "Take the payment under the cursor away; u undoes it",
        7,
        "take_away",
    ),
    Act(
        "ledger_statement",
        "x",
        Scope.LEDGER,
        "Statement",
        "Write the statement of the period as CSV or PDF",
        3,
        "statement",
    ),
    *_period(Scope.LEDGER, "ledger", footer=True),
)

CSAT: tuple[Act, ...] = (
    Act("csat_read", "r", Scope.CSAT, "Read", "You have read it, or want it unread again", 1, "turn_read"),
    Act("csat_answered", "d", Scope.CSAT, "Answered", "She has her answer, or has none after all", 2, "turn_answered"),
    Act("csat_checked", "y", Scope.CSAT, "Checked", "You looked through them all today: all are read", 3,
        "check_today"),
    Act("csat_themes", "T", Scope.CSAT, "Themes", "What it is about: service, execution, timely responses, look "
        "quality", 7, "themes"),
    Act("csat_action", "i", Scope.CSAT, "Action", "What to adjust, as a task by a day; then whether it is done", 6,
        "adjust"),
    Act("csat_ask_asm", "Q", Scope.CSAT, "Ask ASM", "Draft a question to your area sales manager, and send it", 9,
        "ask_asm"),
    Act("csat_add", "a", Scope.CSAT, "Add", "Type in what a client said", 10, "add_one"),
    Act("csat_edit", "e", Scope.CSAT, "Edit", "Change a response that you typed in", 0, "change"),
    Act("csat_remove", "delete", Scope.CSAT, "Remove", "Remove a response that you typed in", 0, "take_away"),
    Act("csat_only", "v", Scope.CSAT, "Show only", "Only what is unread, has a score or a theme; or all", 8,
        "show_only"),
)  # fmt: skip

ACTS_OF_TABS: tuple[Act, ...] = (*SWEEP, *APPOINTMENTS, *FOLLOW_UPS, *CALENDAR, *CALENDARS, *METRICS, *CSAT)
