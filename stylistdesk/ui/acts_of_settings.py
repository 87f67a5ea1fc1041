"""What keys do on the screen of the settings."""

from stylistdesk.ui.acts import Act, Scope

ACTS_OF_SETTINGS: tuple[Act, ...] = (
    Act("settings_change", "enter", Scope.SETTINGS, "Change", "Change it; yes and no change places at once", 1,
        "change"),
    Act("settings_default", "delete,backspace", Scope.SETTINGS, "Default", "Put it back to its default", 2,
        "to_default"),
    Act("settings_one_more", "plus", Scope.SETTINGS, "One more key", "Give the action a key beside those it has", 2,
        "one_more"),
    Act("settings_find", "ctrl+f", Scope.SETTINGS, "Find", "Show only the settings that have these words", 3, "filter"),
    Act("settings_changed", "c", Scope.SETTINGS, "Only changed", "Show only what is not at its default, or all", 7,
        "only_changed"),
    Act("settings_before", "left_square_bracket", Scope.SETTINGS, "Group before", "To the group before", 0,
        "group(-1)"),
    Act("settings_after", "right_square_bracket", Scope.SETTINGS, "Next group", "To the next group", 4, "group(1)"),
)  # fmt: skip
