"""Where an event of the calendar came from, if it was no calendar with a name (R17, R19)."""

OURS = "desk"
"""The source of an event that was made at this desk."""

FROM_A_FILE = "file"
"""The source of an event whose file does not say of which calendar it is."""
