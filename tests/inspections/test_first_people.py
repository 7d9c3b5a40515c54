"""A new system: one programme manager, made at the terminal, staffs the first inspection through the pages alone."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Agency, User
from accounts.roles import Role
from inspections import permissions
from inspections.models import Inspection, Membership
from tests.client import StrictClient
from tests.inspections.places import invented_area
from tests.inspections.test_invitations import link_in_the_post
from tests.inspections.test_plan_inspection import plan
from workspace.example.world import World

PASSWORD = "seven quiet glens"


def planned(world: World) -> Inspection:
    return plan(world, invented_area(2))


@pytest.mark.at_week(0)
def test_a_programme_manager_invites_a_lead_who_has_no_account_and_who_joins(
    world: World, client: StrictClient
) -> None:
    call_command(
        "createsuperuser",
        interactive=False,
        verbosity=0,
        email="first@careinspectorate.example",
        name="Fay Lennoch",
    )
    first = User.objects.get(email="first@careinspectorate.example")
    inspection = planned(world)
    team = reverse("inspections:team", args=[inspection.reference])
    invite = reverse("inspections:invite-person", args=[inspection.reference])
    client.as_(first)
    page = client.get(team).content.decode()
    assert "invite somebody to the team" in page
    assert f"{invite}?role=inspection_lead" in page
    assert f"{invite}?role=inspection_coordinator" not in page
    form = {
        "email": "lena@careinspectorate.example",
        "name": "Lena Orchy",
        "designation": "Inspection lead",
        "agency": str(Agency.objects.care_inspectorate().pk),
        "role": Role.INSPECTION_LEAD.value,
        "until": "",
    }
    assert client.post(invite, form).url == team
    link = link_in_the_post()
    client.logout()
    client.get(link)
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    held = Membership.objects.get(inspection=inspection, role=Role.INSPECTION_LEAD)
    assert held.person.name == "Lena Orchy"


@pytest.mark.at_week(3)
@pytest.mark.parametrize(
    ("key", "team", "partnership"),
    [
        ("programme_manager", True, False),
        ("lead", True, True),
        ("support_officer", True, True),
        ("coordinator", False, True),
        ("inspector", False, False),
        ("service_manager", False, False),
    ],
)
def test_roles_invited_by(world: World, key: str, team: bool, partnership: bool) -> None:
    roles = set(permissions.roles_invited_by(world.people[key], world.inspection))
    assert (Role.INSPECTION_LEAD in roles) is team
    assert (Role.INSPECTION_COORDINATOR in roles) is partnership
    assert bool(permissions.can_invite_person(world.people[key], world.inspection)) is bool(roles)


@pytest.mark.at_week(0)
def test_home_and_programme_of_a_programme_manager_without_any_inspection_say_what_to_do(
    world: World, client: StrictClient
) -> None:
    Inspection.objects.all().delete()
    client.as_(world.people["programme_manager"])
    assert "Plan the first below" in client.get("/").content.decode()
    assert "No inspection is planned yet" in client.get("/programme/").content.decode()
