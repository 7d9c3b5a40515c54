"""Nobody gives themselves a part, nor more time in one; and whoever comes onto the team is made known to those who answer for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, User
from accounts.roles import Role
from core.models import Letter
from core.verdicts import Refused
from inspections import permissions, rules
from inspections.actions.invitations import accept_invitation, invite_person
from inspections.actions.offices import hand_over_office, name_stand_in
from inspections.actions.team import change_last_day, name_team_member
from inspections.models import Membership
from tests.client import StrictClient
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(4)

REFUSED = "Somebody else names you"
NAMERS = ("lead", "support_officer")
LAST = date(2025, 12, 1)


def held(world: World, key: str) -> Membership:
    return Membership.objects.get(
        inspection=world.inspection, person=world.people[key], ended_at__isnull=True
    )


def name(world: World, key: str, *, by: str, role: Role = Role.STRATEGIC_INSPECTOR) -> Membership:
    person, named_by = world.people[key], world.people[by]
    return name_team_member(
        world.inspection, person=person, role=role, until=None, by=named_by, at=world.now
    )


def invite(world: World, email: str, *, by: str, **changes: Any) -> Any:
    usual: dict[str, Any] = {
        "email": email,
        "name": "Rona Brae",
        "designation": "",
        "agency": Agency.objects.get(kind="care_inspectorate"),
        "role": Role.STRATEGIC_INSPECTOR,
        "until": None,
        "by": world.people[by],
        "at": world.now,
    }
    return invite_person(world.inspection, **{**usual, **changes})


def url(world: World, page: str, *args: Any) -> str:
    return reverse(f"inspections:{page}", args=[world.inspection.reference, *args])


def told(since: int) -> dict[str, str]:
    """Who was told that the team changes since that letter, and in which words. One letter a person."""
    run_jobs(timezone.now())
    letters = Letter.objects.filter(template="inspections/team_changed", pk__gt=since)
    assert letters.values("to").distinct().count() == letters.count()
    return dict(letters.values_list("to", "body"))


def newest() -> int:
    """The number of the newest letter, once everything of before is told."""
    run_jobs(timezone.now())
    return Letter.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def address(world: World, *keys: str) -> set[str]:
    return {world.people[key].email for key in keys}


# ---------- Nobody names themselves ----------


@pytest.mark.parametrize("key", NAMERS)
def test_nobody_names_themselves(world: World, key: str) -> None:
    with pytest.raises(Refused, match=REFUSED):
        name(world, key, by=key)


@pytest.mark.parametrize("key", NAMERS)
def test_nobody_invites_themselves(world: World, key: str) -> None:
    with pytest.raises(Refused, match=REFUSED):
        invite(world, world.people[key].email.upper(), by=key)


@pytest.mark.parametrize("office", ["concerns_lead", "participation_coordinator"])
def test_nobody_hands_an_office_over_to_themselves(world: World, office: str) -> None:
    """A co-ordinator may hand over the offices of their partnership, and takes none of them."""
    person = world.people["coordinator"]
    with pytest.raises(Refused, match=REFUSED):
        hand_over_office(held(world, office), to=person, by=person, at=world.now)


def test_nobody_takes_up_an_invitation_of_their_own(world: World) -> None:
    """An invitation to a new address, which the inviter then makes their own."""
    invitation = invite(world, "puppet@ci.example", by="support_officer")
    officer = world.people["support_officer"]
    User.objects.filter(pk=officer.pk).update(email="puppet@ci.example")
    officer.refresh_from_db()
    with pytest.raises(Refused, match=REFUSED):
        accept_invitation(invitation, person=officer, password=None, at=world.now)


def test_name_team_member_page_does_not_offer_oneself(world: World, client: StrictClient) -> None:
    officer = world.people["support_officer"]
    client.as_(officer)
    assert (
        f'value="{officer.pk}"' not in client.get(url(world, "name-team-member")).content.decode()
    )
    typed = {"person": officer.pk, "role": "strategic_inspector", "until": ""}
    page = client.post(url(world, "name-team-member"), typed).content.decode()
    assert "somebody else names you" in page
    assert not permissions.has(officer, world.inspection, permissions.Capability.SEE_EVIDENCE)


def test_hand_over_office_page_does_not_offer_oneself(world: World, client: StrictClient) -> None:
    officer = world.people["support_officer"]
    client.as_(officer)
    page = url(world, "hand-over-office", held(world, "participation_lead").pk)
    assert f'value="{officer.pk}"' not in client.get(page).content.decode()
    client.post(page, {"person": officer.pk})
    assert held(world, "participation_lead").ended_at is None


@pytest.mark.parametrize("key", NAMERS)
def test_nobody_changes_their_own_last_day(world: World, client: StrictClient, key: str) -> None:
    part, person = held(world, key), world.people[key]
    with pytest.raises(Refused, match="Somebody else changes your last day"):
        change_last_day(part, until=LAST, reason="So", by=person, at=world.now)
    assert not permissions.can_change_last_day(person, part, on=world.now.date())
    client.as_(person)
    page = url(world, "change-last-day", part.pk)
    assert client.get(page).status_code == 403
    assert page not in client.get(url(world, "team")).content.decode()


def test_nobody_changes_the_last_day_of_the_part_they_stand_in_for(world: World) -> None:
    part, person = held(world, "support_officer"), world.people["inspector"]
    assert rules.somebody_else_sets_last_day(part, by=person)
    name_stand_in(
        part,
        person=person,
        starts_on=world.now.date(),
        until=None,
        by=world.people["lead"],
        at=world.now,
    )
    assert not rules.somebody_else_sets_last_day(part, by=person)


# ---------- Who is told ----------


def test_name_team_member_is_told_to_the_lead_and_the_service_manager(world: World) -> None:
    before = newest()
    name(world, "other_lead", by="support_officer")
    found = told(before)
    assert set(found) == address(world, "lead", "service_manager")
    for body in found.values():
        assert "Jean Alder named Ross Tummel as strategic inspector." in body
        email = world.people["other_lead"].email
        assert f"The address of Ross Tummel is {email}, at Care Inspectorate." in body


def test_whoever_did_it_and_whoever_was_named_are_not_told(world: World) -> None:
    before = newest()
    name(world, "other_lead", by="lead")
    assert set(told(before)) == address(world, "service_manager")


def test_invite_person_to_the_team_is_told_and_to_the_partnership_is_not(world: World) -> None:
    before = newest()
    invite(world, "puppet@ci.example", by="support_officer")
    found = told(before)
    assert set(found) == address(world, "lead", "service_manager")
    assert all("Jean Alder invited Rona Brae as strategic inspector." in x for x in found.values())
    assert all("puppet@ci.example, at Care Inspectorate." in body for body in found.values())
    before = newest()
    agency = Agency.objects.get(name="Glenmarrow Council")
    role = Role.CHIEF_OFFICER
    invite(world, "rona@glenmarrow.example", by="support_officer", agency=agency, role=role)
    assert told(before) == {}


def test_the_leads_office_given_to_a_puppet_is_told_to_the_old_lead(world: World) -> None:
    agency = Agency.objects.get(kind="care_inspectorate")
    puppet = User.objects.create(
        email="puppet@ci.example", name="Pup Pet", agency=agency, password="!"
    )
    before = newest()
    manager = world.people["programme_manager"]
    hand_over_office(held(world, "lead"), to=puppet, by=manager, at=world.now)
    found = told(before)
    assert set(found) == address(world, "lead", "service_manager")
    said = "Una Breck handed over the office of inspection lead from Isla Dunmore to Pup Pet."
    assert all(said in body and "puppet@ci.example" in body for body in found.values())


def test_name_stand_in_is_told_to_whoever_it_is_for(world: World) -> None:
    before = newest()
    name_stand_in(
        held(world, "participation_lead"),
        person=world.people["inspector"],
        starts_on=world.now.date(),
        until=None,
        by=world.people["support_officer"],
        at=world.now,
    )
    assert set(told(before)) == address(world, "lead", "service_manager", "participation_lead")


def test_before_there_is_a_lead_the_service_manager_is_told(world: World) -> None:
    before = newest()
    Membership.objects.filter(inspection=world.inspection).delete()
    name(world, "lead", by="programme_manager", role=Role.INSPECTION_LEAD)
    assert set(told(before)) == address(world, "service_manager")
