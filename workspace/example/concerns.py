"""A concern of the example, from beginning to end. Invented, and in words that name nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from concerns.actions import concerns as actions
from concerns.enums import Referral
from concerns.models import Concern
from workspace.example.world import World

FORM = UUID("4f0c3c1e-6d5b-4d53-9a57-0c1f8e2b7a11")
WORDS = (
    "At the end of a group, when the others had gone, D said that they do not like to be at home on the evenings when a visitor stays, "
    "and go to a friend's instead. I did not ask further. D knows that I would tell somebody."
)
WHO = "A child known to the team as D."
PLACE = "At school until four; then with the family of a friend."
ADDED = "D's key worker has known since Monday that D stays with a friend, and not why."
REASON = "What D said could be abuse, and nobody has looked into it yet. D is safe with the friend's family tonight."
CASE = "GCP-0000-D"


def somebody_raises(world: World, at: datetime) -> None:
    """The health inspector raises what a child has said (R35)."""
    actions.raise_concern(
        world.inspection,
        is_immediate=False,
        words=WORDS,
        who=WHO,
        place=PLACE,
        form_token=FORM,
        by=world.people["health_inspector"],
        at=at,
    )


def more_comes_to_mind(world: World, at: datetime) -> None:
    """She adds what she has heard since."""
    actions.add_to_concern(
        _concern(world),
        words=ADDED,
        form_token=FORM,
        by=world.people["health_inspector"],
        at=at,
    )


def lead_refers(world: World, at: datetime) -> None:
    """The inspection lead decides, on the same day, to refer it."""
    concern = _concern(world)
    actions.decide_concern(
        concern,
        referral=Referral.REFER,
        reason=REASON,
        based_on=concern.version,
        by=world.people["lead"],
        at=at,
    )


def partnership_confirms(world: World, at: datetime) -> None:
    """The partnership's lead for concerns has it."""
    actions.acknowledge_concern(_concern(world), by=world.people["concerns_lead"], at=at)


def partnership_closes(world: World, at: datetime) -> None:
    """The local system has its case."""
    actions.close_concern(
        _concern(world), case_reference=CASE, by=world.people["concerns_lead"], at=at
    )


def _concern(world: World) -> Concern:
    return Concern.objects.get(inspection=world.inspection, number=1)
