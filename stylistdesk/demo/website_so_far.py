"""The rep's own page on the demo desk, all of it but the picture, and the two guides that she knows."""

from stylistdesk.commands.base import Command
from stylistdesk.commands.training import MarkWatched, SetVideo
from stylistdesk.commands.website import AddWebsiteLink, ChangeWebsite, WebsiteForm

_STORY = """\
I have dressed people in New York for eleven years: for first days at work, for weddings, and for ordinary Tuesdays.

Tell me what your week looks like. I bring three looks, you keep what you love, and I take the rest back. No stores, \
no fitting rooms, no hurry."""

THE_WEBSITE: tuple[Command, ...] = (
    ChangeWebsite(
        WebsiteForm(
            "Thea Lindholm",
            "Personal stylist for people who would rather not shop.",
            _STORY,
            "https://shop.example.com/thea",
            "thea.lindholm@example.com",
            "+1 212 555 0142",
        )
    ),
    AddWebsiteLink("Instagram", "https://instagram.example.com/thea"),
    AddWebsiteLink("My letter", "https://letters.example.com/thea"),
    SetVideo("certificates", "https://videos.example.com/certificates"),
    MarkWatched("morning"),
    MarkWatched("website"),
)
"""Done one after the other, four days ago."""
