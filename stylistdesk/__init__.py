"""stylistdesk: the terminal desk on which an independent rep works through her day."""

__version__ = "0.1.0"
