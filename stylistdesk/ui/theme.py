"""The desk's own two themes: calm greys, gold for what matters, red for late, teal for what clients did."""

from textual.theme import Theme

from stylistdesk.screen_names import OWN_THEMES as OWN

DARK = Theme(
    name=OWN[0],
    primary="#c8a165",
    secondary="#7fa99b",
    accent="#c8a165",
    warning="#c8a165",
    error="#e0705f",
    success="#93b073",
    foreground="#dcd8cf",
    background="#16171b",
    surface="#1d1f23",
    panel="#282b31",
    boost="#2b2f38",
    dark=True,
    variables={
        "quiet": "#8d8a84",
        "signal": "#7fa99b",
        "line": "#4a4c50",
        "cursor": "#2b2f38",
        "on-accent": "#16171b",
        "footer-key-foreground": "#c8a165",
        "input-selection-background": "#c8a165 35%",
        "block-cursor-background": "#c8a165",
        "block-cursor-foreground": "#16171b",
        "border": "#c8a165",
        "scrollbar": "#3a3c41",
        "scrollbar-background": "#1d1f23",
    },
)

LIGHT = Theme(
    name=OWN[1],
    primary="#7d5a17",
    secondary="#2c6e5f",
    accent="#7d5a17",
    warning="#7d5a17",
    error="#b3261e",
    success="#3f6b1f",
    foreground="#26241f",
    background="#f7f5f0",
    surface="#efece5",
    panel="#e5e1d8",
    boost="#dfdacd",
    dark=False,
    variables={
        "quiet": "#68645b",
        "signal": "#2c6e5f",
        "line": "#bdb8ab",
        "cursor": "#dfd9ca",
        "on-accent": "#f7f5f0",
        "footer-key-foreground": "#7d5a17",
        "input-selection-background": "#7d5a17 30%",
        "block-cursor-background": "#7d5a17",
        "block-cursor-foreground": "#f7f5f0",
        "border": "#7d5a17",
        "scrollbar": "#cfc9bb",
        "scrollbar-background": "#efece5",
    },
)

OWN_THEMES = (DARK, LIGHT)
