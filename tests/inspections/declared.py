"""Declaring one's interests by the real deeds: what lets a member of the team in."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import Role
from inspections.actions.declarations import declare_interest
from inspections.actions.team import name_team_member
from inspections.enums import InterestAnswer
from inspections.models import Declaration, Inspection, Membership
from workspace.example.world import World


def declares(
    world: World, key: str, words: str = "", *, on: Inspection | None = None
) -> Declaration:
    """This person of the cast says that there is nothing, or these words."""
    return declare(on or world.inspection, world.people[key], words, at=world.now)


def declare(inspection: Inspection, person: User, words: str = "", *, at: Any) -> Declaration:
    answer = InterestAnswer.SOMETHING if words else InterestAnswer.NOTHING
    return declare_interest(inspection, answer=answer, words=words, by=person, at=at)


def named_and_let_in(
    inspection: Inspection, *, person: User, role: Role, until: Any = None, by: User, at: Any
) -> Membership:
    """Named to the team, and declared that there is nothing, unless something was declared here before."""
    membership = name_team_member(inspection, person=person, role=role, until=until, by=by, at=at)
    if not Declaration.objects.of(person).filter(inspection=inspection).exists():
        declare(inspection, person, at=at)
    return membership
