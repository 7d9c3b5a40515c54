"""Somebody is named while their account, or that of whoever names them, is closed in the same moment."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from accounts.actions.people import close_account
from accounts.models import Agency, User
from accounts.roles import Role
from core.verdicts import Refused
from inspections.actions.team import name_team_member
from inspections.models import Membership
from tests.at_once import at_once
from workspace.example.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at_week(3)]


def test_name_team_member_beside_close_account_waits_in_no_circle(world: World) -> None:
    """The one that is second is refused or ends the new part; nobody closed is left with one."""
    ours = Agency.objects.care_inspectorate()
    people = [
        User.objects.create_user(
            f"x{n}@ci.example", "a long pass phrase", name=f"X{n}", agency=ours
        )
        for n in range(3)
    ]
    lead, manager = world.people["lead"], world.people["programme_manager"]

    def deed(number: int) -> object:
        person = people[number // 2]
        if number % 2:
            return close_account(person, by=manager, at=world.now)
        return name_team_member(
            world.inspection, person=person, role=Role.STRATEGIC_INSPECTOR, until=None, by=lead,
            at=world.now,
        )  # fmt: skip

    answers = at_once(deed)
    assert not [one for one in answers if isinstance(one, DatabaseError)]
    assert not [one for one in answers[1::2] if not isinstance(one, User)]
    assert all(isinstance(one, Membership | Refused) for one in answers[::2])
    assert not Membership.objects.current().filter(person__in=people).exists()


def test_close_account_of_who_names_somebody_waits_in_no_circle(world: World) -> None:
    """Whoever was named before the closing stays; whoever comes after it is refused in a sentence."""
    ours = Agency.objects.care_inspectorate()
    make = User.objects.create_user
    named = [make(f"n{n}@ci.example", "a long pass phrase", name=f"N{n}", agency=ours) for n in range(5)]  # fmt: skip
    officer, manager = world.people["support_officer"], world.people["programme_manager"]

    def deed(number: int) -> object:
        if number == 5:
            return close_account(officer, by=manager, at=world.now)
        return name_team_member(
            world.inspection, person=named[number], role=Role.STRATEGIC_INSPECTOR, until=None,
            by=officer, at=world.now,
        )  # fmt: skip

    *namings, closing = at_once(deed)
    assert isinstance(closing, User), closing
    assert all(isinstance(one, Membership | Refused) for one in namings), namings
    standing = Membership.objects.current().filter(person__in=named)
    assert standing.count() == sum(isinstance(one, Membership) for one in namings)
