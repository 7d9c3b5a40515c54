"""Who joined by a code opens nothing before they prove their address, or a second person confirms that they know them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.urls import reverse

from accounts.models import Agency, User
from accounts.roles import OPENS_UNPROVED, PARTNERSHIP_ROLES, SECOND_FACTOR, Role
from core.verdicts import Refused
from inspections import permissions, queries, rules
from inspections.actions.invitations import accept_invitation
from inspections.actions.joined import confirm_joined, tell_of_unproved
from inspections.actions.joining_codes import make_joining_code
from inspections.models import Declaration, Inspection, JoiningCode, Membership
from tests.client import StrictClient
from tests.inspections import record
from tests.inspections.declared import declare
from tests.inspections.invited import NEW, PASSWORD, invite, url
from tests.inspections.record import undone
from tests.jobs import run_jobs
from workspace.example.world import World

pytestmark = pytest.mark.at_week(4)


def joined(
    world: World, role: Role = Role.PARTNER_INSPECTOR, by: str = "support_officer"
) -> Membership:
    """Somebody new has joined by a code that the one who invited them made."""
    agency = (
        Agency.objects.get(kind="healthcare_improvement_scotland")
        if role == Role.PARTNER_INSPECTOR
        else Agency.objects.get(name="Glenmarrow Council")
    )
    invitation = invite(
        world,
        role=role,
        agency=agency,
        by=world.people[by],
        until=world.now.date() + timedelta(days=30),
    )
    make_joining_code(invitation, by=world.people[by], at=world.now)
    return accept_invitation(invitation, person=None, password=PASSWORD, at=world.now, by_code=True)


def sees(world: World, person: User) -> bool:
    return Inspection.objects.visible_to(person).filter(pk=world.inspection.pk).exists()


def test_who_made_the_code_reads_nothing_by_it(world: World, client: StrictClient) -> None:
    """A support officer invites an inspector of their own making, reads the code to themselves, and gets nowhere."""
    page = client.as_(world.people["support_officer"]).post(
        url(
            world,
            "make-joining-code",
            invite(
                world,
                role=Role.PARTNER_INSPECTOR,
                agency=Agency.objects.get(kind="healthcare_improvement_scotland"),
            ).pk,
        )
    )
    found = re.search(r'id="code">([^<]+)<', page.content.decode())
    assert found
    assert "You cannot confirm it yourself." in page.content.decode()
    stranger = StrictClient()
    link = stranger.post(reverse("inspections:join-by-code"), {"email": NEW, "code": found[1]})
    answer = stranger.post(link["Location"], {"password": PASSWORD, "again": PASSWORD})
    assert answer["Location"] == url(world, "address-proof")
    what_to_do = stranger.get(answer["Location"]).content.decode()
    assert "It opens to you once it is sure that it is you." in what_to_do
    assert "Isla Dunmore" in what_to_do
    assert "Jean Alder" not in what_to_do

    stranger.post(url(world, "declare-interest"), {"answer": "nothing", "words": ""})
    person = User.objects.get(email=NEW)
    assert not Declaration.objects.of(person).exists()
    for room in ("team", "letters", "timetable"):
        assert stranger.get(url(world, room)).status_code in (403, 404)
    assert not sees(world, person)
    home = stranger.get("/").content.decode()
    assert "Show that it is you" in home


def test_a_part_that_a_code_opened_opens_with_the_address(world: World) -> None:
    held = joined(world)
    person = held.person
    with pytest.raises(Refused, match="You joined by a code"):
        declare(world.inspection, person, at=world.now)
    EmailAddress.objects.filter(user=person).update(verified=True)
    declare(world.inspection, person, at=world.now)
    assert sees(world, person)


@pytest.mark.parametrize("role", sorted(PARTNERSHIP_ROLES))
def test_which_parts_of_the_partnership_open_to_whoever_joined_by_a_code(
    world: World, role: Role
) -> None:
    """A contributor and a reader begin at once: they see nothing that others wrote."""
    Membership.objects.filter(inspection=world.inspection, role=role).delete()
    person = joined(world, role).person
    assert sees(world, person) == (role in OPENS_UNPROVED)


def test_opens_unproved_is_who_needs_no_second_proof() -> None:
    assert {Role.CONTRIBUTOR, Role.LOCAL_READER} == OPENS_UNPROVED
    assert not OPENS_UNPROVED & SECOND_FACTOR


def test_naming_who_joined_by_a_code_to_another_part_opens_nothing_either(world: World) -> None:
    person = joined(world).person
    Membership.objects.filter(person=person).update(role=Role.CONTRIBUTOR)
    other = world.inspection
    Membership.objects.create(
        inspection=other,
        person=person,
        role=Role.STRATEGIC_INSPECTOR,
        named_at=world.now,
        named_by=world.people["support_officer"],
    )
    assert permissions.roles_of(person, other) == {Role.CONTRIBUTOR}


def test_confirm_joined(world: World) -> None:
    held = joined(world)
    before = record.count()
    confirm_joined(held, by=world.people["lead"], at=world.now)
    assert record.count() == before + 1
    assert record.last_sentence() == (
        "Isla Dunmore confirmed that they know Rona Brae, who joined as inspector of a scrutiny partner by a code."
    )
    declare(world.inspection, held.person, at=world.now)
    assert sees(world, held.person)
    with pytest.raises(Refused, match=r"Isla Dunmore confirmed on .* that they know Rona Brae"):
        confirm_joined(held, by=world.people["programme_manager"], at=world.now)


def test_confirm_joined_that_fails_leaves_nothing_behind(world: World) -> None:
    held = joined(world)
    undone(lambda: confirm_joined(held, by=world.people["lead"], at=world.now))
    held.refresh_from_db()
    assert held.confirmed_at is None


def test_can_confirm_joined(world: World) -> None:
    held = joined(world)
    allowed = {
        key for key, one in world.people.items() if permissions.can_confirm_joined(one, held)
    }
    assert allowed == {"programme_manager", "service_manager", "lead"}


def test_may_confirm_joined_is_for_a_second_person(world: World) -> None:
    lead = world.people["lead"]
    held = joined(world, by="lead")
    assert rules.may_confirm_joined(held, by=lead).sentence == (
        "You brought Rona Brae here, or made a code for them. Somebody else confirms that they know Rona Brae: the inspection lead, "
        "the programme manager or the service manager."
    )
    assert rules.may_confirm_joined(held, by=held.person).sentence == (
        "Nobody confirms themselves. Ask somebody who knows you."
    )
    JoiningCode.objects.update(made_by=world.people["service_manager"])
    assert not rules.may_confirm_joined(held, by=world.people["service_manager"])
    assert rules.may_confirm_joined(held, by=world.people["programme_manager"])
    EmailAddress.objects.filter(user=held.person).update(verified=True)
    assert "Nothing of Rona Brae waits" in (
        rules.may_confirm_joined(held, by=world.people["programme_manager"]).sentence
    )


def test_those_who_may_know_them_are_told_and_whoever_brought_them_is_not(world: World) -> None:
    held = joined(world, by="lead")
    run_jobs()
    asked = {to for one in outbox.outbox if "do you know Rona Brae" in one.subject for to in one.to}
    assert asked == {
        world.people["programme_manager"].email,
        world.people["service_manager"].email,
    }
    joinings = (one for one in outbox.outbox if one.subject.startswith("Somebody joined with"))
    owner = next(one for one in joinings if one.to == [held.person.email])
    assert "Tell Una Kinloch" in owner.body or world.people["programme_manager"].email in owner.body
    before = len(outbox.outbox)
    tell_of_unproved(held)
    run_jobs()
    assert len(outbox.outbox) == before


def test_confirm_joined_page(world: World, client: StrictClient) -> None:
    held = joined(world)
    client.as_(world.people["lead"])
    team = client.get(url(world, "team")).content.decode()
    address = url(world, "confirm-joined", held.pk)
    assert address in team
    assert "Not proved yet" in team
    assert "Ring Rona Brae on a number that you know" in client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()
    assert "Confirmed. What Rona Brae joined is no longer held back." in answer
    assert "Not proved yet" not in answer
    again = client.post(address, follow=True).content.decode()
    assert "Isla Dunmore confirmed on" in again


@pytest.mark.parametrize(("key", "status"), [("support_officer", 403), ("other_lead", 404)])
def test_confirm_joined_page_refuses(
    world: World, client: StrictClient, key: str, status: int
) -> None:
    address = url(world, "confirm-joined", joined(world).pk)
    assert client.as_(world.people[key]).post(address).status_code == status


def test_the_page_of_proof_leads_on_once_it_is_known(world: World, client: StrictClient) -> None:
    held = joined(world)
    client.as_(held.person)
    assert client.get(url(world, "address-proof")).status_code == 200
    why = client.get(url(world, "team")).content.decode()
    assert "You joined" in why
    assert url(world, "address-proof") in why
    confirm_joined(held, by=world.people["lead"], at=world.now)
    assert client.get(url(world, "address-proof"))["Location"] == url(world, "declare-interest")
    assert queries.unproved_parts(world.inspection) == []


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        ("support_officer", {"lead", "programme_manager", "service_manager"}),
        ("lead", {"programme_manager", "service_manager"}),
    ],
)
def test_home_asks_those_who_may_know_them_and_nobody_who_brought_them(
    world: World, client: StrictClient, by: str, asked: set[str]
) -> None:
    held = joined(world, by=by)
    address = url(world, "confirm-joined", held.pk)

    def those_asked() -> set[str]:
        keys = ("lead", "support_officer", "programme_manager", "service_manager", "inspector")
        homes = {key: client.as_(world.people[key]).get("/").content.decode() for key in keys}
        return {key for key, page in homes.items() if f'href="{address}"' in page}

    assert those_asked() == asked
    confirm_joined(held, by=world.people["service_manager"], at=world.now)
    assert those_asked() == set()
