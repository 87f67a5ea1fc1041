"""The map: where the clients are."""
