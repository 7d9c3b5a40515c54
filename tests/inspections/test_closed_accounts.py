"""Nothing on an inspection is given to somebody whose account is closed."""

from __future__ import annotations

import pytest

from accounts.models import User
from accounts.roles import Role
from core.verdicts import Refused
from inspections.actions.invitations import accept_invitation, invite_person
from inspections.actions.offices import hand_over_office, name_stand_in
from inspections.actions.team import name_team_member
from inspections.models import Membership
from tests.inspections import record
from workspace.example.world import World

pytestmark = pytest.mark.at_week(3)
CLOSED = "account is closed. Choose somebody else"


def closed(world: World, key: str) -> User:
    """Closed behind the back of whoever still has the person in hand."""
    person = world.people[key]
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person


def test_name_team_member_hand_over_office_and_name_stand_in_ask_for_an_open_account(
    world: World,
) -> None:
    person, lead = closed(world, "other_lead"), world.people["lead"]
    part = Membership.objects.get(inspection=world.inspection, role=Role.PARTICIPATION_LEAD)
    before = record.count()
    with pytest.raises(Refused, match=CLOSED):
        name_team_member(
            world.inspection, person=person, role=Role.STRATEGIC_INSPECTOR, until=None, by=lead,
            at=world.now,
        )  # fmt: skip
    with pytest.raises(Refused, match=CLOSED):
        hand_over_office(part, to=person, by=lead, at=world.now)
    with pytest.raises(Refused, match=CLOSED):
        name_stand_in(
            part, person=person, starts_on=world.now.date(), until=None, by=lead, at=world.now
        )
    assert record.count() == before


def test_accept_invitation_asks_for_an_open_account(world: World) -> None:
    person, lead = world.people["other_lead"], world.people["lead"]
    invitation = invite_person(
        world.inspection, email=person.email, name=person.name, designation="",
        agency=person.agency, role=Role.STRATEGIC_INSPECTOR, until=None, by=lead, at=world.now,
    )  # fmt: skip
    closed(world, "other_lead")
    with pytest.raises(Refused, match="account is closed"):
        accept_invitation(invitation, person=person, password=None, at=world.now)
    assert (
        not Membership.objects.current().filter(inspection=world.inspection, person=person).exists()
    )
