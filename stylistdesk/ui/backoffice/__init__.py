"""The back office: a screen, and a file a task."""
