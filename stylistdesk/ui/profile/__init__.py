"""The client profile."""
