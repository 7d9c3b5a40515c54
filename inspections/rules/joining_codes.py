"""When a code may be read out, and which code opens the page to join."""

from __future__ import annotations

from datetime import datetime

from core.dates import day_in_words
from core.verdicts import Verdict, require
from inspections.enums import OVER
from inspections.models import Invitation, JoiningCode
from inspections.models.joining_code import hash_of_code
from inspections.rules.team import is_over

# One sentence for every fault, so that nobody learns from it who is invited.
NOT_TOGETHER = (
    "This e-mail address and this code do not go together, or the code has run out. Check both with the person who "
    "read it out to you. After five wrong tries a code opens nothing any more: then ask them, or the support officer named "
    "in the notification letter, to read out a new one."
)

OWN_CODE = (
    "You made this code. It is for the person whom it was read out to, who types it at their own machine. Nothing was opened, "
    "and the log says that it was tried."
)

MADE_HERE = (
    "This code was made in this browser. It is for the person whom it was read out to, who types it at their own machine. Nothing "
    "was opened, and the log says that it was tried."
)


def may_make_joining_code(invitation: Invitation, *, now: datetime) -> Verdict:
    """A code is for an invitation that is open and in time, while the inspection runs."""
    ran_out = day_in_words(invitation.expires_at)
    return (
        require(not invitation.accepted_at, f"{invitation.name} has joined already.")
        & require(
            not invitation.withdrawn_at,
            f"The invitation of {invitation.name} was withdrawn. Invite them again, then make a code.",
        )
        & require(
            not invitation.has_expired(now),
            f"The invitation of {invitation.name} ran out on {ran_out}. Send it again, then make a code.",
        )
        & require(invitation.inspection.state not in OVER, f"{is_over(invitation.inspection)}.")
    )


def may_join_by_code(found: JoiningCode, *, code: str, now: datetime) -> Verdict:
    """A code opens the page to join while it lasts, its invitation is open, and it was not typed wrongly too often."""
    return require(
        not found.is_spent
        and now < found.expires_at
        and found.invitation.is_open
        and found.code_hash == hash_of_code(code),
        NOT_TOGETHER,
    )
