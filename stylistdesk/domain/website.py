"""The rep's public page (R35): what belongs on it, and how complete it is."""

from collections.abc import Callable
from dataclasses import dataclass

SHORT_STORY = 20
"""A story of fewer words says too little."""


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What the page is made of; empty where the rep has not said it yet. `links` counts her social links."""

    name: str = ""
    headline: str = ""
    story: str = ""
    shop_url: str = ""
    email: str = ""
    phone: str = ""
    has_picture: bool = False
    picture_words: str = ""
    links: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its name, how many points it is worth, whether it is there, and what to do about it."""

    name: str
    points: int
    there: bool
    missing: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """The parts of a page in their order."""

    parts: tuple[Part, ...]

    @property
    def score(self) -> int:
        """0 to 100."""
        return sum(part.points for part in self.parts if part.there)

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is not there yet, what is worth most first."""
        return tuple(sorted((part for part in self.parts if not part.there), key=lambda part: -part.points))


_PARTS: tuple[tuple[str, int, Callable[[PageTexts], bool], str], ...] = (
    ("Name", 20, lambda page: bool(page.name), "Say who you are: your name, or that of your shop."),
    ("Headline", 10, lambda page: bool(page.headline), "One line under your name: what you do, and for whom."),
    ("Story", 10, lambda page: bool(page.story), "Tell a client why she comes to you."),
    (
        "Longer story",
        10,
        lambda page: len(page.story.split()) >= SHORT_STORY,
        f"A story of {SHORT_STORY} words or more lets her know you.",
    ),
    ("Picture", 15, lambda page: page.has_picture, "A picture of you or your work."),
    (
        "Picture in words",
        5,
        lambda page: page.has_picture and bool(page.picture_words),
        "Say what the picture shows, for those who cannot see it.",
    ),
    ("Shop", 10, lambda page: bool(page.shop_url), "The address of your shop."),
    ("Contact", 10, lambda page: bool(page.email or page.phone), "An email address or a phone number."),
    ("Elsewhere", 10, lambda page: page.links > 0, "At least one link to where you are seen: Instagram, say."),
)
"""Each part with its points, which come to 100."""


def completeness(page: PageTexts) -> Completeness:
    """What is there, what is missing, and what that comes to."""
    return Completeness(tuple(Part(name, points, there(page), missing) for name, points, there, missing in _PARTS))
