"""What keys do on the other tabs of the dashboard: the third part of the table of keys, one tuple a tab."""

from stylistdesk.ui.acts import Act, Scope

SWEEP: tuple[Act, ...] = ()

APPOINTMENTS: tuple[Act, ...] = ()

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

CALENDAR: tuple[Act, ...] = ()

METRICS: tuple[Act, ...] = ()

CSAT: tuple[Act, ...] = (
    Act("csat_read", "r", Scope.CSAT, "Read", "You have read it, or want it unread again", 1, "turn_read"),
    Act("csat_answered", "d", Scope.CSAT, "Answered", "She has her answer, or has none after all", 2, "turn_answered"),
    Act("csat_checked", "y", Scope.CSAT, "Checked", "You looked through them all today: all are read", 4,
        "check_today"),
    Act("csat_themes", "T", Scope.CSAT, "Themes", "What it is about: service, execution, timely responses, look "
        "quality", 7, "themes"),
    Act("csat_action", "i", Scope.CSAT, "Action", "What to adjust, as a task by a day; then whether it is done", 5,
        "adjust"),
    Act("csat_ask_asm", "Q", Scope.CSAT, "Ask ASM", "Draft a question to your area sales manager, and send it", 9,
        "ask_asm"),
    Act("csat_add", "a", Scope.CSAT, "Add", "Type in what a client said", 10, "add_one"),
    Act("csat_edit", "e", Scope.CSAT, "Edit", "Change a response that you typed in", 0, "change"),
    Act("csat_remove", "delete", Scope.CSAT, "Remove", "Remove a response that you typed in", 0, "take_away"),
    Act("csat_only", "v", Scope.CSAT, "Show only", "Only what is unread, has a score or a theme; or all", 8,
        "show_only"),
)  # fmt: skip

ACTS_OF_TABS: tuple[Act, ...] = (*SWEEP, *APPOINTMENTS, *FOLLOW_UPS, *CALENDAR, *METRICS, *CSAT)
