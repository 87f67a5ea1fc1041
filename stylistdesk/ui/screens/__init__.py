"""The seven tabs and the lists beside them, one file a screen."""
