"""Concerns as the tests raise them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from concerns.actions.concerns import acknowledge_concern, decide_concern, raise_concern
from concerns.enums import Referral
from concerns.models import Concern
from workspace.example.world import World

WORDS = "Heard in the corridor: quillonberry."
WHO = "A child called vossamyre."
PLACE = "At the house by the trellowick."
REASON = "Nobody has looked into marrowfen yet."
ADDED = "And later: pellucidor."
CASE = "LOCAL-77"
SECRET = ("quillonberry", "vossamyre", "trellowick", "marrowfen", "pellucidor", CASE)


def raised(
    world: World,
    *,
    by: str = "inspector",
    is_immediate: bool = False,
    at: datetime | None = None,
    **words: Any,
) -> Concern:
    """A concern that waits for the decision."""
    said = {"words": WORDS, "who": WHO, "place": PLACE, "form_token": uuid4()} | words
    return raise_concern(
        world.inspection,
        is_immediate=is_immediate,
        by=world.people[by],
        at=at or world.now,
        **said,
    )


def decided(world: World, concern: Concern, referral: Referral = Referral.REFER) -> Concern:
    """The same, decided by the lead."""
    return decide_concern(
        concern,
        referral=referral,
        reason=REASON,
        based_on=concern.version,
        by=world.people["lead"],
        at=world.now,
    )


def acknowledged(world: World, concern: Concern) -> Concern:
    """The same, referred and confirmed."""
    return acknowledge_concern(
        decided(world, concern), by=world.people["concerns_lead"], at=world.now
    )
