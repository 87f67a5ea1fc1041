"""The settings file: typed, with defaults, read once at start."""

from pydantic import BaseModel


class Settings(BaseModel):
    """All settings."""
