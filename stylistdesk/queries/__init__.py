"""What the screens and commands show: one file a screen, session -> frozen rows."""
