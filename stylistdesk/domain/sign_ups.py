"""Signing up a rep (R42): how far someone is who may become one, and her personal link."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stylistdesk.domain.codes import link_made_of

OF_SIGN_UP = "sign_up"
"""The rule by which a follow-up is known, while it is scheduled, that reminds of a sign-up."""


class SignUpState(StrEnum):
    """How far she is."""

    ADDED = "added"
    SENT = "sent"
    OPENED = "opened"
    ENROLLED = "enrolled"
    GIVEN_UP = "given up"


OVER = frozenset({SignUpState.ENROLLED, SignUpState.GIVEN_UP})
"""Who is not asked any more."""


@dataclass(frozen=True, slots=True)
class Steps:
    """When each step was, as far as it was: the link sent, opened, she enrolled, or was given up."""

    sent_at: datetime | None = None
    opened_at: datetime | None = None
    enrolled_at: datetime | None = None
    given_up_at: datetime | None = None

    @property
    def state(self) -> SignUpState:
        """The farthest step; who was given up is, whatever was before."""
        if self.given_up_at is not None:
            return SignUpState.GIVEN_UP
        if self.enrolled_at is not None:
            return SignUpState.ENROLLED
        if self.opened_at is not None:
            return SignUpState.OPENED
        return SignUpState.SENT if self.sent_at is not None else SignUpState.ADDED

    @property
    def last_at(self) -> datetime | None:
        """When the farthest step was; `None` for who is only added."""
        return {
            SignUpState.ADDED: None,
            SignUpState.SENT: self.sent_at,
            SignUpState.OPENED: self.opened_at,
            SignUpState.ENROLLED: self.enrolled_at,
            SignUpState.GIVEN_UP: self.given_up_at,
        }[self.state]


def personal_link(template: str, code: str) -> str:
    """Her link: the template with {code} in it, percent-encoded. Raises `Refused` where it makes no page."""
    return link_made_of(template, "links.sign_up", code=code)
