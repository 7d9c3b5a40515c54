"""When a concern is raised, added to, decided, confirmed and closed. Every sentence here is what the user reads."""

from __future__ import annotations

from accounts.models import User
from concerns.enums import ConcernState, Referral
from concerns.models import Concern
from core.dates import day_in_words
from core.verdicts import ALLOWED, Verdict, refuse, require
from inspections.enums import OVER, InspectionState
from inspections.models import Inspection
from inspections.rules import concerns_lead_named

RING = "If somebody is in danger now, ring the police on 999."


def may_raise_concern(inspection: Inspection) -> Verdict:
    """A concern is raised at any time while the inspection runs (R35)."""
    if inspection.state == InspectionState.PLANNED:
        return refuse(
            f"Concerns are raised here once the partnership has been notified. {RING}", source="R35"
        )
    return require(
        inspection.state not in OVER,
        f"This inspection is over, and takes no concerns any more. {RING} "
        "Otherwise tell the social work department of the area.",
        source="R35",
    )


def may_add_to_concern(concern: Concern, *, by: User) -> Verdict:
    """Whoever raised it adds words until it has ended. Nothing is edited (R35)."""
    if concern.raised_by_id != by.pk:
        return refuse(
            f"Only whoever raised {concern.reference} adds to it. Raise what you saw yourself as a concern of its own.",
            source="R35",
        )
    return require(
        concern.is_open,
        f"{concern.reference} has ended. Raise what is new as a concern of its own.",
        source="R35",
    )


def may_decide_concern(concern: Concern) -> Verdict:
    """The decision is made once, and is final (R35)."""
    if concern.state == ConcernState.RAISED:
        return ALLOWED
    decision = concern.decision
    return refuse(
        f"{decision.decided_by} decided on {concern.reference} on {day_in_words(decision.decided_at)}. "
        "A decision is final.",
        source="R35",
    )


def concern_is_as_read(concern: Concern, *, based_on: int) -> Verdict:
    """Nobody decides on words that they have not read."""
    return require(
        concern.version == based_on,
        "Words were added to this concern after you opened this page. Read them above, then decide.",
    )


def may_be_referred(concern: Concern, *, referral: Referral) -> Verdict:
    """A concern is referred to somebody: the partnership's lead for concerns (R16)."""
    return concerns_lead_named(concern.inspection) if referral == Referral.REFER else ALLOWED


def may_acknowledge_concern(concern: Concern) -> Verdict:
    """What was referred is confirmed, once."""
    if concern.state == ConcernState.REFERRED:
        return ALLOWED
    if concern.acknowledged_at is None:
        return refuse(f"{concern.reference} was not referred, so there is nothing to confirm.")
    day = day_in_words(concern.acknowledged_at)
    return refuse(f"{concern.acknowledged_by} confirmed {concern.reference} on {day}.")


def may_close_concern(concern: Concern) -> Verdict:
    """What has arrived is closed, once, with the reference of the local case (R37)."""
    if concern.state == ConcernState.ACKNOWLEDGED:
        return ALLOWED
    if concern.closed_at is not None:
        day = day_in_words(concern.closed_at)
        return refuse(f"{concern.closed_by} closed {concern.reference} on {day}.")
    return refuse(
        f"{concern.reference} is closed once the partnership's lead for concerns has confirmed it.",
        source="R37",
    )
